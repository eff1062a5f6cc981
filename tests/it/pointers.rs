//! Mistakes in their text: every one at its place.

use force_drawdown::{Terms, TextPosition};
use serde_json::Value;

use crate::broken::{invalid, read, table, with_fields};

/// What the text says from a place on.
fn from(text: &str, place: TextPosition) -> String {
    let line: String = text.lines().nth(place.line - 1).unwrap().chars().skip(place.column - 1).collect();
    std::iter::once(line.as_str()).chain(text.lines().skip(place.line)).collect::<Vec<_>>().join("\n")
}

/// The JSON value with which a text begins.
fn first_value(text: &str) -> Value {
    serde_json::Deserializer::from_str(text).into_iter().next().unwrap().unwrap()
}

/// The place has the last field of the path as its key, and the very value to which the path leads.
#[test]
fn every_violation_points_at_its_field() {
    let mut missing = 0;
    for text in table().map(|broken| broken.document) {
        let whole: Value = serde_json::from_str(&text).unwrap();
        for violation in invalid(&text).violations() {
            let found = from(&text, violation.place_in(&text).unwrap());
            let pointer = format!("/{}", violation.path().replace(['.', '['], "/").replace(']', ""));
            if let Some(value) = whole.pointer(&pointer) {
                let key = pointer.rsplit('/').next().filter(|last| last.parse::<usize>().is_err());
                let found = match key {
                    Some(key) => {
                        found.strip_prefix(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{violation}: {found}"))
                    }
                    None => &found,
                };
                assert_eq!(first_value(found), *value, "{violation}");
            } else {
                assert!(matches!(violation.code(), "missing-field" | "act-lacks-field"), "{violation}");
                let around = whole.pointer(pointer.rsplit_once('/').unwrap().0).unwrap();
                assert_eq!(first_value(&found), *around, "{violation}");
                missing += 1;
            }
        }
    }
    assert!(missing >= 2);
}

#[test]
fn a_byte_order_mark_is_no_column() {
    let text = r#"{ "colour": 1, "title": "T", "parties": [], "forces": [], "phases": [] }"#;
    let place = invalid(text).violations()[0].place_in(&format!("\u{feff}{text}")).unwrap();
    assert_eq!(place, TextPosition { line: 1, column: 3 });
}

/// Keys that look like paths, that are long, and that are escaped in the text.
#[test]
fn keys_are_found_as_they_are_meant() {
    let long = "k".repeat(500);
    for (key, written) in [
        ("sources.t", "sources.t"),
        ("[0]", "[0]"),
        ("a.b[0].c", "a.b[0].c"),
        ("colour", "c\\u006flour"),
        ("ä\"", "ä\\\""),
        ("a\nb", "a\\nb"),
        ("\u{1b}[2J", "\\u001b[2J"),
        ("\u{2028}x", "\u{2028}x"),
        ("\u{202e}x\u{2069}", "\u{202e}x\u{2069}"),
        ("\u{200f}\u{61c}", "\\u200f\\u061c"),
        (&"\u{2028}".repeat(100), &"\u{2028}".repeat(100)),
        (&long, &long),
    ] {
        let text = with_fields(&format!("\"sources\": {{ \"s\": {{ \"title\": \"S\" }} }},\n  \"{written}\": [[0]]"));
        let found = invalid(&text);
        let [violation] = found.violations() else { panic!("{found}") };
        assert_eq!(violation.code(), "unknown-field", "{key}");
        assert!(!violation.path().contains(moves) && !violation.to_string().contains(moves), "{violation:?}");
        assert!(from(&text, violation.place_in(&text).unwrap()).starts_with(&format!("\"{written}\"")), "{key}");
    }
}

fn moves(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Ids and keys that would break a line, or move the cursor of a terminal.
#[test]
fn a_violation_is_one_line() {
    let text = r#"{ "title": "T", "parties": [{ "id": "p\nq", "name": "P", "role": "sending" }],
        "forces": [{ "id": "f\u001b[2J\u202e", "party": "\n" }, { "id": "g", "party": "p" }],
        "phases": [{ "id": "1\r", "by": { "after": "2025-01-01", "days\n": 1 }, "limits": [{ "remain": 5, "force": "f\n" }] }],
        "sources": { "s\nt": { "title": 5 }, "u\nv": { "title": "S" } } }"#;
    let error = read(text);
    assert!(invalid(text).violations().len() > 3);
    for line in invalid(text).to_string().lines().chain(error.to_string().lines()) {
        assert!(line.contains(" at ") && !line.contains(moves), "{line:?}");
    }
    assert!(error.to_string().contains("sources.s\\nt"), "{error}");
    let terms: Terms = serde_json::from_str(
        r#"{ "title": "T", "parties": [{ "id": "p\nq", "name": "P", "role": "sending" }], "forces": [{ "id": "f\n" }],
        "phases": [{ "id": "1", "by": "2025", "limits": [{ "remain": 5, "force": "f" }] }],
        "sources": { "u\nv": { "title": "S" } } }"#,
    )
    .unwrap();
    let invalid = terms.validate().unwrap_err();
    for violation in invalid.violations() {
        assert!(!violation.path().contains(moves) && !violation.to_string().contains(moves), "{violation:?}");
    }
}

/// An empty key is no part of a path that ends before it.
#[test]
fn a_path_ends_where_it_ends() {
    let found = invalid(r#"{ "title": 5, "parties": [], "forces": [], "phases": [] }"#);
    assert_eq!(found.violations()[0].place_in(r#"{ "title": { "": 5 } }"#), Some(TextPosition { line: 1, column: 3 }));
}

/// The bytes are those of line and column, with the key and to the end of the value, in the text as it is given.
#[test]
fn a_span_is_that_of_its_place() {
    for mark in ["", "\u{feff}"] {
        for text in table().map(|broken| mark.to_owned() + &broken.document) {
            for violation in invalid(text.trim_start_matches('\u{feff}')).violations() {
                let (span, place) = (violation.span_in(&text).unwrap(), violation.place_in(&text).unwrap());
                let found = from(text.trim_start_matches('\u{feff}'), place);
                assert!(found.replace('\r', "").starts_with(&text[span.clone()].replace('\r', "")), "{violation}");
                assert!(serde_json::from_str::<Value>(&format!("[{}]", value_of(&text[span]))).is_ok(), "{violation}");
            }
        }
    }
}

/// The text after the key, if there is one.
fn value_of(member: &str) -> &str {
    let value = member.strip_prefix('"').and_then(|rest| rest.split_once("\":"));
    value.map_or(member, |(_, value)| value)
}

#[test]
fn a_text_that_is_no_json_has_no_place() {
    let found = invalid(r#"{ "title": 5, "parties": [], "forces": [], "phases": [{ "by": "2025", "id": [] }] }"#);
    for text in ["", "title = 5", "{", "nul", "[1, 2", "\u{feff}", "\u{0}", "{ \"title\": \u{1} }"] {
        assert_eq!(found.violations()[0].place_in(text), None, "{text:?}");
        assert_eq!(found.violations()[0].span_in(text), None, "{text:?}");
    }
}
