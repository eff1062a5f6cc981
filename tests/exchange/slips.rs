//! What is not quite JSON, each with what puts it right.

use force_drawdown::Agreement;

use crate::broken::with_fields;

#[test]
fn each_slip_has_its_help() {
    let sound = with_fields(r#""note": "sound""#);
    for (text, expected) in [
        ("", "there is nothing in it: a document is one object, { … }"),
        (" \n", "there is nothing in it: a document is one object, { … }"),
        (r#"{"a": 2,500}"#, r#"numbers have no comma in JSON: 2500, or "2,500""#),
        ("{\n  \"a\": 2,500,\n  \"b\": 1 }", r#"numbers have no comma in JSON: 2500, or "2,500""#),
        (r#"{"a": 1,234,567}"#, r#"numbers have no comma in JSON: 1234567, or "1,234,567""#),
        (r#"{"a": 2 500}"#, r#"numbers have no space in JSON: 2500, or "2 500""#),
        ("{ // the plan\n}", r#"JSON has no comments: put it in a "note""#),
        ("# the plan\n{}", r#"JSON has no comments: put it in a "note""#),
        (r#"{"a": 1, /* one */ "b": 2}"#, r#"JSON has no comments: put it in a "note""#),
        (r#"{"a": 1,}"#, "JSON has no comma before } or ]: leave it out"),
        (r#"{"a": [1,]}"#, "JSON has no comma before } or ]: leave it out"),
        (r#"{"a": 1,, "b": 2}"#, "there is one comma too many"),
        (r#"{"a": , "b": 2}"#, "the value is missing"),
        (r#"{"a": }"#, "the value is missing"),
        (r#"{"a": 1 "b": 2}"#, "a comma is missing before it"),
        (r#"{"a": [{} {}]}"#, "a comma is missing before it"),
        ("{'a': 1}", "JSON has double quotes: \""),
        ("{“a”: 1}", "write straight quotes: \""),
        ("{a: 1}", r#"put names in quotes: "a""#),
        ("{\n  title: \"x\" }", r#"put names in quotes: "title""#),
        (r#"{"a" = 1}"#, r#"a name has a colon after it: "title": "Plan""#),
        (r#"{"a" 1}"#, r#"a name has a colon after it: "title": "Plan""#),
        (r#"{"a": 50%}"#, r#"put it in quotes: "50%""#),
        (r#"{"a": 2500 troops}"#, r#"put it in quotes: "2500 troops""#),
        (r#"{"a": about 2500, "b": 1}"#, r#"put it in quotes: "about 2500""#),
        (r#"{"a": ~300}"#, r#"put it in quotes: "~300""#),
        (r#"{"a": 2025-06-30}"#, r#"put it in quotes: "2025-06-30""#),
        (r#"{"a": tomorrow}"#, r#"put it in quotes: "tomorrow""#),
        (r#"{"a": True}"#, "write true"),
        (r#"{"a": None}"#, "leave the field out where the text does not say"),
        (r#"{"a": 007}"#, "a number has no plus and no zeros before it, and no point at its beginning or end"),
        (r#"{"a": .5}"#, "a number has no plus and no zeros before it, and no point at its beginning or end"),
        (r#"{"a": +5}"#, "a number has no plus and no zeros before it, and no point at its beginning or end"),
        (r#"{"a": 1"#, "it ends before all that is opened is closed: look for a missing }, ] or quote"),
        (r#"{"a": "x"#, "it ends before all that is opened is closed: look for a missing }, ] or quote"),
        (&[&sound, "{}"].concat(), "one document ends before this: a file has one"),
        ("title = \"Plan\"", "a document in JSON begins with {"),
        ("{\"a\": \"x\ny\"}", "a line break within a text is written \\n, a tab \\t"),
        (r#"{"a": "C:\x"}"#, "a backslash within a text is written twice"),
    ] {
        let error = Agreement::read_json(text.as_bytes()).unwrap_err();
        assert_eq!(error.help(text).as_deref(), Some(expected), "{text}: {error}");
        if !text.trim().is_empty() {
            let shown = error.in_text(text).to_string();
            assert!(shown.ends_with(&format!("= help: {expected}")), "{shown}");
        }
    }
}

#[test]
fn a_slip_is_found_where_the_text_is_not_ascii() {
    let text = "{ \"ä\": 1,\n \"ö\": é }";
    let error = Agreement::read_json(text.as_bytes()).unwrap_err();
    assert_eq!(error.help(text).as_deref(), Some("put it in quotes: \"é\""));
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_much(text in "(\\{|\\[|\"|'|,|:| |[0-9]|[a-z]|é|/|\\}|\\]|\n){0,24}") {
        if let Err(error) = Agreement::read_json(text.as_bytes()) {
            let _ = (error.help(&text), error.in_text(&text).to_string());
        }
    }
}
