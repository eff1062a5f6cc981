//! Holds the questions to the public functions of the sources.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::questions::{QUESTIONS, READERS};

/// Types of one small value, and what a document is written with: no document and no rows are asked about with them.
const SMALL: &[&str] = &[
    "Act",
    "Amendment",
    "ApprovalState",
    "Band",
    "Baseline",
    "Change",
    "Citation",
    "Consent",
    "Deadline",
    "Due",
    "Event",
    "Force",
    "GrammarError",
    "KnownIds",
    "Limit",
    "LimitKind",
    "NewBaseline",
    "Offset",
    "Part",
    "Party",
    "Period",
    "Phase",
    "PhaseChange",
    "Place",
    "Quantity",
    "Ratio",
    "Residual",
    "Rule",
    "Segment",
    "Share",
    "ShareBand",
    "Source",
    "UnknownWord",
    "Verdict",
    "Window",
];

/// Functions that hand over what is there, build what is asked later, or ask about one value; and the picture in pixels,
/// which draws the one in SVG and has at most 64 million.
const HANDED_OVER: &[&str] = &[
    "Agreement::into_terms",
    "Agreement::judging",
    "Agreement::known_on",
    "Assessment::chart",
    "Chart::fonts",
    "Chart::headline",
    "Chart::new",
    "Chart::observations",
    "Chart::planned",
    "Chart::png",
    "Chart::scale",
    "Chart::size",
    "Chart::width",
    "Diff::differences",
    "Finding::code",
    "Finding::path",
    "Finding::place",
    "Finding::rule",
    "Finding::severity",
    "Judging::fresh_within",
    "Observation::kind",
    "Observation::present",
    "Observation::withdrawn",
    "Observation::withdrawn_share",
    "Page::headline",
    "Page::judged_on",
    "Portfolio::is_empty",
    "Portfolio::len",
    "Portfolio::new",
    "Report::judged_on",
    "Schedule::force",
    "Series::memory",
    "Terms::source",
    "Version::amendment",
    "Version::effective",
    "Version::number",
    "Version::schedule",
    "Violations::further",
    "Violations::into_violations",
    "Violations::violations",
    "all",
    "get",
    "in_full",
    "parse_day",
];

/// Folders of functions for tests: generators of documents.
const FOR_TESTS: &[&str] = &["strategies"];

fn functions(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if FOR_TESTS.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        if path.is_dir() {
            functions(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            in_file(&fs::read_to_string(path).unwrap(), found);
        }
    }
}

/// The public functions of a file, each after the type of its `impl`. Those that a macro writes are of small values.
fn in_file(text: &str, found: &mut BTreeSet<String>) {
    let (mut of, mut is_hidden) = (String::new(), false);
    for line in text.lines() {
        if let Some(after) = line.strip_prefix("impl") {
            let after = after.rsplit(" for ").next().unwrap().trim_start();
            let named = after.strip_prefix('<').map_or(after, |rest| rest.split_once("> ").unwrap().1);
            of = named.chars().take_while(|letter| letter.is_alphanumeric()).collect();
        }
        let code = line.trim_start();
        let function = ["pub fn ", "pub const fn "].iter().find_map(|start| code.strip_prefix(start));
        if let Some(function) = function.filter(|_| !is_hidden) {
            let name: String =
                function.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            let name = match line.len() - code.len() {
                0 => name,
                4 => format!("{of}::{name}"),
                _ => continue,
            };
            found.insert(name);
        }
        is_hidden = code == "#[doc(hidden)]" || is_hidden && (code.starts_with("#[") || code.starts_with("///"));
    }
}

#[test]
fn every_public_function_that_takes_a_document_or_rows_has_an_entry() {
    let mut found = BTreeSet::new();
    functions(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../src")), &mut found);
    for known in ["Agreement::assess", "Portfolio::judge", "Observation::read_csv", "read_lines", "Band::low"] {
        assert!(found.contains(known), "{known} is not found in the sources");
    }
    let asked: BTreeSet<&str> =
        QUESTIONS.iter().map(|question| question.0).chain(READERS.iter().map(|one| one.0)).collect();
    let is_small = |name: &str| name.split_once("::").is_some_and(|(of, _)| SMALL.contains(&of));
    let missing: Vec<_> = found
        .iter()
        .filter(|name| !is_small(name) && !HANDED_OVER.contains(&name.as_str()) && !asked.contains(name.as_str()))
        .collect();
    assert!(missing.is_empty(), "write an entry in questions.rs, or say in sources.rs why there is none: {missing:?}");
    let gone: Vec<_> = HANDED_OVER.iter().filter(|name| !found.contains(**name)).collect();
    assert!(gone.is_empty(), "these are no functions any more: {gone:?}");
}
