//! What is written without looking anything up: ten documents and five files of counts, with every message that comes of
//! them. Each says what to write instead, or how it is written in general.

use std::fmt::Write as _;

use force_drawdown::{Agreement, Finding, Observation, ReadError, assessment::CsvError};

use crate::golden;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/newcomer");

/// The messages for a document: violations, else advice.
fn of_document(text: &str) -> Vec<String> {
    match Agreement::read_json(text.as_bytes()) {
        Ok(agreement) => {
            let help = |one: &Finding| one.help().map(|help| format!("; {help}")).unwrap_or_default();
            agreement.advice().iter().map(|one| format!("{one}{}", help(one))).collect()
        }
        Err(ReadError::Invalid(invalid)) => invalid.to_string().lines().map(str::to_owned).collect(),
        Err(error) => vec![format!("syntax: {error}; {}", error.help(text).unwrap())],
    }
}

#[test]
fn every_message_to_a_newcomer_is_kept() {
    let mut shown = String::new();
    let mut messages = 0;
    let documents =
        ["memo", "resolution", "article", "ceasefire", "spreadsheet", "comma", "comment", "list", "empty", "odd"];
    for (number, name) in (1..).zip(documents) {
        let file = format!("{number}-{name}.json");
        let lines = of_document(&std::fs::read_to_string(format!("{FOLDER}/{file}")).unwrap());
        assert!(!lines.is_empty(), "{file}");
        messages += lines.len();
        _ = writeln!(shown, "# {file}\n{}\n", lines.join("\n"));
    }
    for number in 1..=5 {
        let file = format!("counts-{number}.csv");
        let text = std::fs::read(format!("{FOLDER}/{file}")).unwrap();
        let Err(CsvError::Rows(bad)) = Observation::read_csv(text.as_slice()) else { panic!("{file} has mistakes") };
        messages += bad.cells.len();
        _ = writeln!(shown, "# {file}\n{bad}\n");
    }
    assert!(messages > 60, "only {messages}");
    golden::assert_is_kept("tests/exchange/newcomer/messages.txt", &shown);
}
