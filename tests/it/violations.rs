//! Every violation, in exact words: the table of broken documents.

use std::collections::BTreeSet;

use force_drawdown::{Agreement, Observation, ReadError, Rule, Terms, findings::Severity};

use crate::broken::{Broken, DOCUMENT, code, table};

fn found(json: &str) -> String {
    match Agreement::read(&mut serde_json::Deserializer::from_str(json)) {
        Ok(_) => String::new(),
        Err(ReadError::Invalid(invalid)) => {
            let lines: Vec<_> = invalid.violations().iter().map(ToString::to_string).collect();
            lines.join("\n")
        }
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

/// A list of so many numbers, where phases belong, and a field that does not belong.
fn broken_often(times: usize) -> String {
    let numbers = vec!["5"; times].join(",");
    format!(r#"{{ "title": "T", "parties": [], "forces": [], "phases": [{numbers}], "notes": 1 }}"#)
}

#[test]
fn the_first_thousand_mistakes_are_reported_in_full_and_the_others_counted() {
    let read = |text: &str| match Terms::read(&mut serde_json::Deserializer::from_str(text)) {
        Err(ReadError::Invalid(invalid)) => invalid,
        other => panic!("{other:?}"),
    };
    let all = read(&broken_often(999));
    assert_eq!((all.violations().len(), all.further(), all.to_string().lines().count()), (1_000, &[][..], 1_000));
    let text = broken_often(2_500);
    let most = read(&text);
    assert_eq!(most.violations(), &force_drawdown::findings::in_full(|| read(&text)).violations()[..1_000]);
    assert_eq!(most.further(), [("unknown-field", 1), ("wrong-type", 1_500)]);
    assert_eq!(most.to_string().lines().last(), Some("and 1501 more: unknown-field 1, wrong-type 1500"));
    // Nothing is kept from one question to the next.
    assert_eq!(read(&text), most);
}

#[test]
fn rules_that_are_broken_often_are_counted_over_reading_checks_and_versions() {
    let phases: Vec<_> =
        (0..2_000).map(|phase| format!(r#"{{ "id": "p{phase}", "by": {{ "after": "phase:q{phase}" }} }}"#)).collect();
    let text = format!(
        r#"{{ "title": "T", "parties": [{{ "id": "?", "name": "P", "role": "sending" }}], "forces": [{{ "id": "f" }}],
            "phases": [{}] }}"#,
        phases.join(",")
    );
    let invalid = |text: &str| match Agreement::read(&mut serde_json::Deserializer::from_str(text)) {
        Err(ReadError::Invalid(invalid)) => invalid,
        other => panic!("{other:?}"),
    };
    let most = invalid(&text);
    assert_eq!((most.violations()[0].code(), most.violations()[1].code()), ("malformed-id", "unknown-phase"));
    assert_eq!((most.violations().len(), most.further()), (1_000, &[("unknown-phase", 1_001)][..]));
}

/// Words after numbers that turn out to be what the force counts are no mistakes, however many there are.
#[test]
fn units_that_are_right_are_no_mistakes_however_many_there_are() {
    let limits: Vec<_> = (0..1_500)
        .map(|phase| {
            format!(r#"{{ "id": "p{phase}", "by": "2025", "limits": [{{ "remain": "{} tanks" }}] }}"#, 5_000 - phase)
        })
        .collect();
    let text = format!(
        r#"{{ "title": "T", "parties": [{{ "id": "A", "name": "P", "role": "sending" }}],
            "forces": [{{ "id": "f", "unit": "tanks" }}], "phases": [{}] }}"#,
        limits.join(",")
    );
    assert!(Agreement::read(&mut serde_json::Deserializer::from_str(&text)).is_ok());
}

/// What is legal and surely meant otherwise, and what is near it and no oddity.
#[test]
fn what_is_legal_and_odd_is_advised() {
    let document = |title: &str, limit: &str, record: &str, baseline: &str| {
        format!(
            r#"{{ "title": "{title}", "record": [{record}], "forces": [{{ "id": "f", "party": "S"{baseline} }}],
            "parties": [{{ "id": "S", "name": "S", "role": "sending" }}, {{ "id": "H", "name": "H", "role": "receiving" }}],
            "phases": [{{ "id": "1", "by": "2025-06", "limits": [{{ {limit} }}] }}] }}"#
        )
    };
    const BASE: &str = r#", "baseline": { "strength": 1000, "as_of": "2024-12-31" }"#;
    let both = |h: &str, act: &str, on: &str| {
        format!(
            r#"{{ "on": "{h}", "act": "approved", "parties": ["H"] }}, {{ "on": "{on}", "act": "{act}", "parties": ["H"] }}"#
        )
    };
    let published = |act: &str, more: &str, day: &str| {
        format!(r#"{{ "on": "2025-02", "act": "{act}", "name": "e", "published": "{day}"{more} }}"#)
    };
    for (title, limit, record, baseline, expected) in [
        ("T", r#""remain": 5"#, String::new(), BASE, ""),
        (" ", r#""remain": 5"#, String::new(), BASE, "empty-title"),
        ("T", r#""remain": "at least 5""#, String::new(), BASE, "floor-is-no-ceiling"),
        ("T", r#""remain": "more than 5""#, String::new(), BASE, "floor-is-no-ceiling"),
        ("T", r#""remain_share": "at least half""#, String::new(), BASE, "floor-is-no-ceiling"),
        ("T", r#""withdraw": "at least 5""#, String::new(), BASE, ""),
        ("T", r#""remain": "unspecified""#, String::new(), BASE, ""),
        ("T", r#""withdraw": 5"#, String::new(), "", "limit-without-baseline"),
        ("T", r#""withdrawn_share": "half""#, String::new(), "", "limit-without-baseline"),
        ("T", r#""remain": 5"#, String::new(), "", ""),
        ("T", r#""remain": 5"#, both("2025-01-01", "signed", "2025-01-02"), BASE, "approved-before-signed"),
        ("T", r#""remain": 5"#, both("2025-01-02", "signed", "2025-01-02"), BASE, ""),
        ("T", r#""remain": 5"#, both("2025-01-01", "signed", "2025"), BASE, ""),
        ("T", r#""remain": 5"#, both("2025-01-01", "refused", "2025-01-01"), BASE, "refused-and-consented"),
        ("T", r#""remain": 5"#, both("2025-01-01", "consent-withdrawn", "2025-01-01"), BASE, "refused-and-consented"),
        ("T", r#""remain": 5"#, both("2025-01-01", "refused", "2025-01-02"), BASE, ""),
        ("T", r#""remain": 5"#, published("signed", "", "2025-01-31"), BASE, "published-before-act"),
        ("T", r#""remain": 5"#, published("signed", "", "2025-02-01"), BASE, ""),
        ("T", r#""remain": 5"#, published("signed", r#", "expected": true"#, "2025-01-31"), BASE, ""),
        ("T", r#""remain": 5"#, published("event", "", "2025-01-31"), BASE, ""),
    ] {
        let text = document(title, limit, &record, baseline);
        let agreement: Agreement = serde_json::from_str(&text).unwrap();
        let codes: Vec<_> = agreement.advice().iter().map(force_drawdown::Finding::code).collect();
        assert_eq!(codes.join(" "), expected, "{text}");
    }
}
