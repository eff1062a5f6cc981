//! The guide: every code has its example, and every example does what the page says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use force_drawdown::{Agreement, Finding, Observation, Outcome, ReadError, Rule, Verdict, day, findings::Severity};

const CODES: &str = include_str!("../../src/guide/codes.md");

/// The page of a code: its diff and its message.
struct Page {
    code: &'static str,
    severity: Severity,
    diff: String,
    message: String,
}

fn pages() -> Vec<Page> {
    let page = |&(code, severity): &(&'static str, Severity)| {
        let file = format!("{}/src/guide/codes/{code}.md", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(file).unwrap();
        let fenced = |fence: &str| {
            let (_, rest) = text.split_once(fence).unwrap_or_else(|| panic!("no {fence} in {text}"));
            rest.split_once("\n```").unwrap().0.to_owned()
        };
        Page { code, severity, diff: fenced("```diff\n"), message: fenced("```text\n") }
    };
    Rule::CODES.iter().map(page).collect()
}

/// The text with the member before `, … 210 of them` as often as that says.
fn repeated(text: &str) -> String {
    let Some((before, rest)) = text.split_once(", … ") else { return text.to_owned() };
    let (count, rest) = rest.split_once(" of them").unwrap();
    let (start, member) = before.split_at(before.find('[').unwrap() + 1);
    let members = vec![member; count.replace(',', "").parse().unwrap()];
    format!("{start}{}{rest}", members.join(","))
}

/// The lines of a diff that are common to both sides, or of the one with this sign.
fn side(diff: &str, sign: char) -> String {
    diff.lines().filter(|line| line.starts_with([' ', sign])).map(|line| format!("{}\n", &line[1..])).collect()
}

/// The document of the page, with fields in place of its own.
fn page_with(fields: &str) -> String {
    let base = CODES.split_once("```json\n{\n").unwrap().1.split_once("\n}\n```").unwrap().0;
    let mut kept: Vec<String> = Vec::new();
    for line in base.lines() {
        // A field of the document begins two columns in.
        if line.starts_with("  \"") || kept.is_empty() {
            kept.push(line.to_owned());
        } else {
            *kept.last_mut().unwrap() += line;
        }
    }
    let name = |field: &str| field.trim_start().split(':').next().unwrap().to_owned();
    let starts: Vec<String> = fields.lines().filter(|line| line.starts_with(" \"")).map(name).collect();
    let kept = kept.iter().map(|field| field.trim_end_matches(',')).filter(|field| !starts.contains(&name(field)));
    format!("{{ {}, {fields} }}", kept.collect::<Vec<_>>().join(", "))
}

/// What is found in a document or a list of observations, violations if it has any, and else advice.
fn found(text: &str) -> Vec<Finding> {
    let mut json = serde_json::Deserializer::from_str(text);
    let error = if text.trim_start().starts_with('[') {
        match Observation::read_list(&mut json) {
            Ok(seen) => {
                let agreement: Agreement = serde_json::from_str(&page_with(r#" "title": "Plan""#)).unwrap();
                return agreement.check_observations(&seen);
            }
            Err(error) => Some(error),
        }
    } else {
        match Agreement::read(&mut json) {
            Ok(agreement) => return agreement.advice(),
            Err(error) => Some(error),
        }
    };
    match error {
        None => Vec::new(),
        Some(ReadError::Invalid(invalid)) => invalid.into_violations(),
        Some(ReadError::Syntax(error)) => panic!("{error} in {text}"),
    }
}

/// A finding as its page shows it.
fn shown(finding: &Finding) -> String {
    let help = finding.help().map(|help| format!("\nhelp: {help}"));
    format!("{finding}{}", help.unwrap_or_default())
}

#[test]
fn every_page_has_a_code() {
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/codes")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let codes: BTreeSet<String> = Rule::CODES.iter().map(|(code, _)| format!("{code}.md")).collect();
    assert_eq!(names.collect::<BTreeSet<_>>(), codes);
}

#[test]
fn every_example_has_its_mistake_alone_and_its_fix_has_none() {
    for Page { code, severity, diff, message } in pages() {
        let text = |sign| {
            let fields = repeated(&side(&diff, sign));
            if fields.trim_start().starts_with('[') { fields } else { page_with(&fields) }
        };
        let (wrong, fixed) = (text('-'), text('+'));
        let of_wrong = found(&wrong);
        if std::env::var_os("UPDATE_GOLDEN").is_some() && of_wrong.len() == 1 {
            let file = format!("{}/src/guide/codes/{code}.md", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(&file).unwrap();
            std::fs::write(file, text.replace(&message, &shown(&of_wrong[0]))).unwrap();
            continue;
        }
        assert_eq!(of_wrong.iter().map(shown).collect::<Vec<_>>(), [message], "{code}: {wrong}");
        assert_eq!((of_wrong[0].code(), of_wrong[0].severity()), (code, severity));
        let of_fixed = found(&fixed).into_iter().filter(|finding| finding.severity() <= severity);
        assert_eq!(of_fixed.map(|finding| finding.to_string()).collect::<Vec<_>>(), [""; 0], "{code}: {fixed}");
    }
}

const START: &str = include_str!("../../src/guide/start.md");

/// The fenced texts of a kind on the first page.
fn of_start(kind: &str) -> Vec<&'static str> {
    let fence = format!("\n```{kind}\n");
    let text = |part: &'static str| part.split_once("\n```").unwrap().0;
    START.split(fence.as_str()).skip(1).map(text).collect()
}

#[test]
fn the_first_agreement_is_judged_as_its_page_says() {
    let agreement: Agreement = serde_json::from_str(of_start("json")[0]).unwrap();
    let counts = Observation::read_csv(of_start("csv")[0].as_bytes()).unwrap();
    assert!(agreement.advice().is_empty() && agreement.check_observations(&counts).is_empty());
    let assessment = agreement.assess(&counts, day!(2025, 7, 31));
    let printed: Vec<String> = of_start("text")[0].split("\n\n").map(|lines| lines.replace('\n', " ")).collect();
    assert_eq!(assessment.explain().to_string(), printed.join("\n"));

    let sharp: Agreement = serde_json::from_str(&of_start("json")[0].replace("\"about 4000\"", "4000")).unwrap();
    let assessment = sharp.assess(&counts, day!(2025, 7, 31));
    assert_eq!(assessment.forces[0].verdict, Verdict::Compliant);
    assert_eq!(assessment.phases[0].outcome, Outcome::Undetermined);
}

#[test]
fn mistakes_in_the_first_agreement_are_those_of_its_page() {
    let changes =
        [("end of 2025-06", "June 2025"), ("\"party\": \"SENDER\"", "\"party\": \"SENDR\""), ("0 }", "5000 }")];
    let wrong = changes.iter().fold(of_start("json")[0].to_owned(), |text, (from, to)| text.replacen(from, to, 1));
    let lines: Vec<String> = found(&wrong).iter().map(ToString::to_string).collect();
    assert_eq!(lines.join("\n"), of_start("text")[1]);
}

#[test]
fn every_feature_is_in_the_tables_of_features() {
    let manifest = include_str!("../../Cargo.toml").split_once("[features]").unwrap().1.split_once("\n[").unwrap().0;
    let features = manifest.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
    let features: Vec<&str> = features.filter(|name| *name != "default").collect();
    assert!(features.len() > 7);
    for (page, text) in [
        ("the landing page", include_str!("../../src/lib.rs")),
        ("performance", include_str!("../../src/guide/performance.md")),
    ] {
        for feature in &features {
            assert_eq!(text.matches(&format!("| `{feature}` |")).count(), 1, "{feature} on {page}");
        }
    }
}

/// The chapters in the order of the guide's tables, without the design and the pages of codes.
fn chapters() -> Vec<(&'static str, String)> {
    let module = include_str!("../../src/guide/mod.rs");
    let links = module.lines().filter_map(|line| line.strip_prefix("//! | [`")?.split_once("`]"));
    let names: Vec<&str> = links.map(|(name, _)| name.trim_start_matches("mod@")).collect();
    assert_eq!(names.last(), Some(&"design"));
    let text = |name: &&'static str| {
        let file = format!("{}/src/guide/{name}.md", env!("CARGO_MANIFEST_DIR"));
        (*name, std::fs::read_to_string(file).unwrap())
    };
    names.iter().filter(|name| **name != "design").map(text).collect()
}

#[test]
fn every_chapter_leads_on_to_the_next() {
    let chapters = chapters();
    let next = chapters.iter().skip(1).map(|(name, _)| *name).chain(["design"]);
    for ((name, text), next) in chapters.iter().zip(next) {
        // The pages of codes come after the text of their chapter, and the line after them.
        let text = if *name == "codes" { include_str!("../../src/guide/mod.rs") } else { text };
        assert!(text.contains(&format!("Next: [*{next}*][{next}]")), "{name} leads to {next}");
    }
}

/// The definitions of links in a text, by their labels.
fn definitions(text: &str) -> BTreeMap<&str, &str> {
    text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")).collect()
}

/// A chapter is read in the documentation and as a file.
#[test]
fn links_between_chapters_work_in_both_places() {
    let of_docs = definitions(include_str!("../../src/guide/links.md"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = root.join("src/guide");
    let page = |(code, _): &(&str, Severity)| guide.join("codes").join(format!("{code}.md"));
    let chapters = chapters().into_iter().map(|(name, _)| guide.join(format!("{name}.md")));
    let mut links = 0;
    for file in chapters.chain(Rule::CODES.iter().map(page)).chain([root.join("DESIGN.md")]) {
        let text = std::fs::read_to_string(&file).unwrap();
        let of_file = definitions(&text);
        // Code has numbers and texts there.
        let used = text.split("][").skip(1).filter(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
        for label in used.filter_map(|rest| Some(rest.split_once(']')?.0)) {
            assert!(of_file.contains_key(label), "{label} in {}", file.display());
            links += 1;
        }
        for (label, target) in of_file {
            let target = file.with_file_name(target.split('#').next().unwrap());
            assert!(target.exists(), "{label} in {}", file.display());
            let name = target.file_stem().unwrap().to_str().unwrap().to_lowercase();
            assert!(of_docs[label].contains(&name), "{label} leads to {name}, and to {}", of_docs[label]);
        }
    }
    assert!(links > 60, "{links}");
}

#[test]
fn the_first_document_of_the_format_is_legal() {
    let text = include_str!("../../src/guide/format.md").split_once("```json\n").unwrap().1;
    let agreement: Agreement = serde_json::from_str(text.split_once("\n```").unwrap().0).unwrap();
    assert_eq!(agreement.advice(), []);
}

/// What binds is to be read as a whole; fine print has its place in the chapters.
#[test]
fn the_design_is_short() {
    let words = include_str!("../../DESIGN.md").split_whitespace().count();
    assert!((2_000..=5_000).contains(&words), "{words}");
}

/// The documentation in each file of the source, by the file.
fn docs(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            docs(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let code = std::fs::read_to_string(&path).unwrap();
            let doc = |line: &str| {
                let line = line.trim_start();
                let doc = line.strip_prefix("///").or(line.strip_prefix("//!")).unwrap_or_default();
                doc.strip_prefix(' ').unwrap_or(doc).to_owned()
            };
            found.push((path.display().to_string(), code.lines().map(doc).collect::<Vec<_>>().join("\n")));
        }
    }
}

/// Longer lines are cut where the documentation is 1280 pixels wide.
#[test]
fn no_line_of_code_is_cut_on_the_page() {
    const MOST_COLUMNS: usize = 88;
    let mut lines = 0;
    let mut pages = vec![("README.md".to_owned(), include_str!("../../README.md").to_owned())];
    pages.extend(chapters().into_iter().map(|(name, text)| (name.to_owned(), text)));
    docs(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut pages);
    for (name, text) in pages {
        let mut fence = None;
        for line in text.lines() {
            match (line.strip_prefix("```"), fence) {
                (Some(_), Some(_)) => fence = None,
                (Some(kind), None) => fence = Some(kind),
                // Messages are as long as they are, and the changes of documents with them.
                (None, Some("text" | "diff") | None) => {}
                (None, Some(_)) => {
                    lines += 1;
                    assert!(line.chars().count() <= MOST_COLUMNS, "{name}: {line}");
                }
            }
        }
    }
    assert!(lines > 1_000, "{lines}");
}
