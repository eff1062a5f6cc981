//! Mistakes shown in the text: every one at its place, and no text that is too much.

use std::time::{Duration, Instant};

use force_drawdown::{Agreement, Observation, ReadError, Terms, TextPosition, Violations};
use serde_json::Value;

use crate::broken::table;

fn read(json: &str) -> ReadError<serde_json::Error> {
    Agreement::read(&mut serde_json::Deserializer::from_str(json)).unwrap_err()
}

fn invalid(json: &str) -> Violations {
    match read(json) {
        ReadError::Invalid(invalid) => invalid,
        ReadError::Syntax(error) => panic!("{error} in {json}"),
    }
}

/// A document with these fields.
fn document(fields: &str) -> String {
    format!(
        r#"{{ "title": "T", "parties": [{{ "id": "p", "name": "P", "role": "sending" }}], "forces": [{{ "id": "f" }}],
  "phases": [{{ "id": "1", "by": "2025" }}],
  {fields} }}"#
    )
}

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
fn a_place_is_shown_with_its_line() {
    let text = document(r#""record": [{ "on": "2025-13", "act": "signed" }]"#);
    assert_eq!(
        invalid(&text).in_text(&text).to_string(),
        [
            r#"malformed-deadline at record[0].on: expected a day or a stretch of days, such as "2025-09-30", "2025-09", "2025-Q3", "2021-05/2021-08", "end of 2026", "mid-2011" or "before 1989-04-01", found "2025-13""#,
            " --> line 3, column 16",
            "  |",
            r#"3 |   "record": [{ "on": "2025-13", "act": "signed" }] }"#,
            "  |                ^^^^^^^^^^^^^^^",
        ]
        .join("\n")
    );
}

/// Of two equal keys the second is meant, and a field that is missing is looked for around it.
#[test]
fn several_are_shown_one_below_another() {
    let text = document("\"note\": \"a\",\r\n\t\"note\": \"b\", \"sources\": {\r\n  \"s\": {} }");
    assert_eq!(
        invalid(&text).in_text(&text).to_string(),
        [
            r#"duplicate-key at note: the key "note" stands more than once in one object; keep one"#,
            " --> line 4, column 2",
            "  |",
            r#"4 |  "note": "b", "sources": {"#,
            "  |  ^^^^^^^^^^^",
            "",
            r#"missing-field at sources.s.title: the field "title" is required"#,
            " --> line 5, column 3",
            "  |",
            r#"5 |   "s": {} } }"#,
            "  |   ^^^^^^^",
        ]
        .join("\n")
    );
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let note = "ä".repeat(5000);
    let text = document(&format!(r#""note": "{note}", "colour": "{note}", "format": 1"#));
    let shown = invalid(&text).in_text(&text).to_string();
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[1], " --> line 3, column 5015");
    let before = format!("…{}\", ", "ä".repeat(37));
    let after = 60 - "\"colour\": \"".len();
    assert_eq!(lines[3], format!("3 | {before}\"colour\": \"{}…", "ä".repeat(after)));
    assert_eq!(lines[4], format!("  | {}{}", " ".repeat(41), "^".repeat(60)));
    assert_eq!(lines[3].chars().count(), "3 | ".len() + 100 + 2);
}

#[test]
fn a_syntax_error_is_shown_where_the_parser_stopped() {
    for (text, place, marked) in [
        ("{ \"title\": \"äöü\", title }", "line 1, column 19", "{ \"title\": \"äöü\", title }"),
        ("{\r\n  \"title\": \"T\r\n\" }", "line 2, column 14", "  \"title\": \"T"),
        ("{ \"title\": ", "line 1, column 11", "{ \"title\": "),
        ("{\n", "line 2, column 1", ""),
        ("", "line 1, column 1", ""),
        ("\u{0}", "line 1, column 1", " "),
        ("\u{feff}[", "line 1, column 1", "["),
    ] {
        let shown = read(text).in_text(text).to_string();
        let lines: Vec<&str> = shown.split('\n').collect();
        assert_eq!(lines[1].trim_start(), format!("--> {place}"), "{shown}");
        assert_eq!(lines[3].split_once("| ").unwrap().1, marked, "{shown}");
        assert!(lines[4].ends_with(" ^") || lines[4].ends_with("| ^"), "{shown}");
    }
}

/// The text may be another than the one that was read, or none.
#[test]
fn a_text_without_the_place_is_no_mistake() {
    let found = invalid(r#"{ "title": 5, "parties": [], "forces": [], "phases": [{ "by": "2025", "id": [] }] }"#);
    for text in ["", "title = 5", "{", "nul", "[1, 2", "\u{feff}", "\u{0}", "{ \"title\": \u{1} }"] {
        assert_eq!(found.in_text(text).to_string(), found.to_string(), "{text:?}");
        assert_eq!(found.violations()[0].place_in(text), None, "{text:?}");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let nested = format!("{{ \"phases\": {}1{} }}", "[{ \"by\": ".repeat(10_000), "}]".repeat(10_000));
    for text in ["5", "[]", "{}", "null", " \"title\"", "{\"phases\": 5}", "\u{feff}{ }", "{} x", &deep, &nested] {
        let shown = found.in_text(text).to_string();
        assert_eq!(shown.matches("\n --> line 1, column ").count(), found.violations().len(), "{shown}");
    }
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
        (&"\u{2028}".repeat(100), &"\u{2028}".repeat(100)),
        (&long, &long),
    ] {
        let text = document(&format!("\"sources\": {{ \"s\": {{ \"title\": \"S\" }} }},\n  \"{written}\": [[0]]"));
        let found = invalid(&text);
        let [violation] = found.violations() else { panic!("{found}") };
        assert_eq!(violation.code(), "unknown-field", "{key}");
        assert!(!violation.path().contains(moves) && !violation.to_string().contains(moves), "{violation:?}");
        assert!(from(&text, violation.place_in(&text).unwrap()).starts_with(&format!("\"{written}\"")), "{key}");
    }
}

fn moves(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')
}

/// Ids and keys that would break a line, or move the cursor of a terminal.
#[test]
fn a_violation_is_one_line() {
    let text = r#"{ "title": "T", "parties": [{ "id": "p\nq", "name": "P", "role": "sending" }],
        "forces": [{ "id": "f\u001b[2J", "party": "\n" }, { "id": "g", "party": "p" }],
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

#[test]
fn observations_are_shown_in_their_list() {
    let text = "[\n  { \"date\": \"2025\", \"present\": 5 },\n  { \"date\": \"2025\", \"present\": \"5,0\" }\n]";
    let error = Observation::read_list(&mut serde_json::Deserializer::from_str(text)).unwrap_err();
    let shown = error.in_text(text).to_string();
    assert!(shown.contains("\n --> line 3, column 21\n"), "{shown}");
    assert!(shown.ends_with("\n  |                     ^^^^^^^^^^^^^^^^"), "{shown}");
}

/// As many mistakes as there are members, on one line: the text is read once, and not once for each.
#[test]
fn many_mistakes_cost_no_more_than_their_text() {
    let text = document(&format!("\"record\": [{}1]", "0,".repeat(100_000)));
    let found = invalid(&text);
    assert_eq!(found.violations().len(), 100_001);
    let start = Instant::now();
    let shown = found.in_text(&text).to_string();
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    assert!(shown.contains(" --> line 3, column 200014\n"), "{}", &shown[shown.len() - 600..]);
}

/// Near the end of a long line more of what stands before is shown.
#[test]
fn a_cut_line_is_shown_as_wide_as_can_be() {
    let text = document(&format!(r#""note": "{}", "format": 5"#, "x".repeat(500)));
    let shown = invalid(&text).in_text(&text).to_string();
    let line = shown.lines().nth(3).unwrap();
    assert!(line.starts_with("3 | …xxx") && line.ends_with("\"format\": 5 }"), "{line}");
    assert_eq!(line.chars().count(), "3 | …".chars().count() + 100);
}
