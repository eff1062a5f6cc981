//! Mistakes shown in the text that has them, and no text that is too much.

use std::time::{Duration, Instant};

use force_drawdown::Observation;
use proptest::prelude::*;

use crate::broken::{invalid, read, with_fields};

#[test]
fn a_place_is_shown_with_its_line() {
    let text = with_fields(r#""record": [{ "on": "2025-13", "act": "signed" }]"#);
    assert_eq!(
        invalid(&text).in_text(&text).to_string(),
        [
            r#"malformed-deadline at record[0].on: expected a day or a stretch of days, such as "2025-09-30", "2025-09", "2025-Q3", "2021-05/2021-08", "end of 2026", "mid-2011" or "before 1989-04-01", found "2025-13""#,
            " --> line 3, column 16",
            "  |",
            r#"3 |   "record": [{ "on": "2025-13", "act": "signed" }] }"#,
            "  |                ^^^^^^^^^^^^^^^",
            "  |",
            "  = help: there is no month 13; months are 01 to 12",
        ]
        .join("\n")
    );
}

/// Of two equal keys the second is meant, and a field that is missing is looked for around it.
#[test]
fn several_are_shown_one_below_another() {
    let text = with_fields("\"note\": \"a\",\r\n\t\"note\": \"b\", \"sources\": {\r\n  \"s\": {} }");
    assert_eq!(
        invalid(&text).in_text(&text).to_string(),
        [
            r#"duplicate-key at note: the key "note" is written more than once in one object; keep one"#,
            " --> line 4, column 2",
            "  |",
            r#"4 |     "note": "b", "sources": {"#,
            "  |     ^^^^^^^^^^^",
            "",
            r#"missing-field at sources.s.title: the field "title" is required"#,
            " --> line 5, column 3",
            "  |",
            r#"5 |   "s": {} } }"#,
            "  |   ^^^^^^^",
            "  |",
            "  = help: say what it is called",
        ]
        .join("\n")
    );
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let note = "ä".repeat(5000);
    let text = with_fields(&format!(r#""note": "{note}", "colour": "{note}", "format": 1"#));
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
        ("\u{0}", "line 1, column 1", "␀"),
        ("\u{feff}[", "line 1, column 1", "["),
    ] {
        let shown = read(text).in_text(text).to_string();
        let lines: Vec<&str> = shown.split('\n').collect();
        assert_eq!(lines[1].trim_start(), format!("--> {place}"), "{shown}");
        assert_eq!(
            lines[3].split_once(" |").unwrap().1.trim_start_matches(' '),
            marked.trim_start_matches(' '),
            "{shown}"
        );
        assert!(lines[4].ends_with(" ^") || lines[4].ends_with("| ^"), "{shown}");
    }
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
    let text = with_fields(&format!("\"record\": [{}1]", "0,".repeat(100_000)));
    let found = force_drawdown::findings::in_full(|| invalid(&text));
    assert_eq!(found.violations().len(), 100_001);
    let start = Instant::now();
    let shown = found.in_text(&text).to_string();
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    assert!(shown.contains(" --> line 3, column 200014\n"), "{}", &shown[shown.len() - 600..]);
    let short = invalid(&text).in_text(&text).to_string();
    assert!(short.ends_with("\n\nand 99001 more: wrong-type 99001"), "{}", &short[short.len() - 600..]);
}

/// Near the end of a long line more of the text before it is shown.
#[test]
fn a_cut_line_is_shown_as_wide_as_can_be() {
    let text = with_fields(&format!(r#""note": "{}", "format": 5"#, "x".repeat(500)));
    let shown = invalid(&text).in_text(&text).to_string();
    let line = shown.lines().nth(3).unwrap();
    assert!(line.starts_with("3 | …xxx") && line.ends_with("\"format\": 5 }"), "{line}");
    assert_eq!(line.chars().count(), "3 | …".chars().count() + 100);
}

/// The text may be another than the one that was read, or none.
#[test]
fn a_text_without_the_place_is_no_mistake() {
    let found = invalid(r#"{ "title": 5, "parties": [], "forces": [], "phases": [{ "by": "2025", "id": [] }] }"#);
    for text in ["", "title = 5", "{", "nul", "[1, 2", "\u{feff}", "\u{0}", "{ \"title\": \u{1} }"] {
        assert_eq!(found.in_text(text).to_string(), found.to_string(), "{text:?}");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let nested = format!("{{ \"phases\": {}1{} }}", "[{ \"by\": ".repeat(10_000), "}]".repeat(10_000));
    for text in ["5", "[]", "{}", "null", " \"title\"", "{\"phases\": 5}", "\u{feff}{ }", "{} x", &deep, &nested] {
        let shown = found.in_text(text).to_string();
        assert_eq!(shown.matches("\n --> line 1, column ").count(), found.violations().len(), "{shown}");
    }
}

proptest! {
    /// Whatever signs a text has, it is shown on lines of its own: position, gutter, the line, the marks.
    #[test]
    fn every_text_is_shown(signs in "\\PC*|[\t -~\u{0}-\u{1f}äé漢\u{200b}\u{202e}\u{301}🏳]{0,200}", before in 0..200_usize) {
        let shown = read(&signs).in_text(&signs).to_string();
        prop_assert!(shown.lines().nth(1).unwrap().contains("--> line "), "{shown}");
        let note = serde_json::to_string(&signs).unwrap();
        let text = with_fields(&format!("{} \"note\": {note}, \"colour\": {note}", " ".repeat(before)));
        let found = invalid(&text);
        let shown = found.in_text(&text).to_string();
        prop_assert_eq!(shown.lines().count(), 5, "{}", shown);
        prop_assert!(shown.lines().last().unwrap().contains('^'), "{}", shown);
    }
}
