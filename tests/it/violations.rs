//! Every violation, in exact words: the table of broken documents.

use std::collections::BTreeSet;

use force_drawdown::{Agreement, Observation, ReadError, Rule, Terms, findings::Severity};

use crate::broken::{Broken, DOCUMENT, code, table};

fn found(json: &str) -> String {
    match Agreement::read(&mut serde_json::Deserializer::from_str(json)) {
        Ok(_) => String::new(),
        Err(ReadError::Invalid(invalid)) => invalid.to_string(),
        Err(ReadError::Syntax(error)) => panic!("{error}"),
    }
}

#[test]
fn the_document_is_valid_before_it_is_broken() {
    assert_eq!(found(DOCUMENT), "");
}

#[test]
fn each_broken_document_is_reported_in_exact_words() {
    for Broken { document, expected } in table() {
        assert_eq!(found(&document).lines().collect::<Vec<_>>(), expected, "{document}");
    }
}

/// The text of a serde error holds the same lines, and so does the two-step way.
#[test]
fn every_way_of_reading_reports_the_same() {
    for Broken { document, expected } in table() {
        let error = serde_json::from_str::<Agreement>(&document).unwrap_err().to_string();
        for line in &expected {
            assert!(error.contains(line), "{error}");
        }
        if let Ok(terms) = serde_json::from_str::<Terms>(&document) {
            assert_eq!(terms.validate().unwrap_err(), Agreement::try_from(terms.clone()).unwrap_err());
        }
    }
}

#[test]
fn every_code_has_a_broken_document() {
    let mut covered: BTreeSet<&str> = table().flat_map(|broken| broken.expected).map(code).collect();
    // Observations are no part of a document.
    let error = serde_json::from_str::<Observation>(r#"{ "date": "2025", "present": 5, "withdrawn": 6 }"#).unwrap_err();
    let expected = "count-kind at document: an observation has exactly one of present, withdrawn, withdrawn_share; \
                    found present, withdrawn";
    assert!(error.to_string().starts_with(expected), "{error}");
    covered.insert(code(expected));
    // See `observations::what_an_agreement_cannot_judge_is_found`.
    covered.extend(["until-before-date", "unknown-since"]);
    // Its document is not one to be written down: see `schedule::hostile`.
    covered.insert("document-too-large");
    let violations = Rule::CODES.iter().filter(|(_, severity)| *severity == Severity::Violation);
    let all: BTreeSet<&str> = violations.map(|(code, _)| *code).collect();
    assert_eq!(covered, all);
}

/// Seven mistakes at once are seven lines.
#[test]
fn all_violations_are_reported_at_once() {
    let mut document = DOCUMENT.to_owned();
    for (piece, other) in [
        (r#""title": "Plan""#, r#""title": "Plan", "colour": 1"#),
        (r#""role": "sending""#, r#""role": "sender""#),
        (r#""strength": 2500"#, r#""strength": "2,50""#),
        (r#""source": "report""#, r#""source": "press""#),
        (r#""20%""#, r#""120%""#),
        (r#""part_of": "us""#, r#""part_of": "us", "unit": "bases""#),
        (r#""by": "2028""#, r#""by": "2227""#),
    ] {
        assert!(document.contains(piece), "{piece}");
        document = document.replace(piece, other);
    }
    let found = found(&document);
    assert_eq!(found.lines().count(), 7, "{found}");
    let codes: BTreeSet<_> = found.lines().map(code).collect();
    let expected = [
        "malformed-quantity",
        "part-of-unit",
        "share-out-of-range",
        "span-too-long",
        "unknown-field",
        "unknown-source",
        "unknown-word",
    ];
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), expected, "{found}");
}
