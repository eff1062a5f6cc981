//! Every mistake of form, in its exact words.

use force_drawdown::{Deadline, Event, Period, Quantity, ReadError, Share, Terms};

use super::{in_change, in_phase, mistakes, read, with_fields};

#[test]
fn mistakes_of_fields_and_types_have_their_words() {
    for (json, expected) in [
        ("[]".to_owned(), "wrong-type at document: expected a document (a table or object), found a list"),
        ("null".to_owned(), "wrong-type at document: expected a document (a table or object), found null"),
        (
            with_fields(r#""colour": { "deep": [1] }"#),
            "unknown-field at colour: no field \"colour\" belongs here; the fields are $schema, format, id, title, instrument, binds_from, \
             consent_before, follows, pax, ucdp, pam, parties, forces, phases, residual, record, amendments, sources, note",
        ),
        (
            in_phase(r#""by": "2025", "limits": [{ "remian": 5, "remain": 5 }]"#),
            "unknown-field at phases[0].limits[0].remian: no field \"remian\" belongs here; the fields are force, remain, \
             withdraw, withdrawn, remain_share, withdraw_share, withdrawn_share, note, source",
        ),
        (in_phase(r#""title": "t""#), "missing-field at phases[0].by: the field \"by\" is required"),
        (
            in_phase(r#""by": "2025", "by": ["anything"]"#),
            "duplicate-key at phases[0].by: the key \"by\" is written more than once in one object; keep one",
        ),
        (
            with_fields(r#""sources": { "a": { "title": "A" }, "a": 5 }"#),
            "duplicate-key at sources.a: the key \"a\" is written more than once in one object; keep one",
        ),
        (
            with_fields(r#""sources": { "a": { "titel": 1, "title": "A" } }"#),
            "unknown-field at sources.a.titel: no field \"titel\" belongs here; the fields are title, published, url, note",
        ),
        (with_fields(r#""parties": "IRQ""#), "wrong-type at parties: expected a list, found the text \"IRQ\""),
        (
            with_fields(r#""phases": [7]"#),
            "wrong-type at phases[0]: expected a phase (a table or object), found the number 7",
        ),
        (with_fields(r#""note": 5"#), "wrong-type at note: expected a string, found the number 5"),
        (with_fields(r#""note": false"#), "wrong-type at note: expected a string, found false"),
        (with_fields(r#""note": {}"#), "wrong-type at note: expected a string, found a table or object"),
        (
            with_fields(r#""note": { "a": 1, "b": [2] }"#),
            "wrong-type at note: expected a string, found a table or object",
        ),
        (with_fields(r#""note": [[1], 2]"#), "wrong-type at note: expected a string, found a list"),
        (
            with_fields(r#""format": "1""#),
            "wrong-type at format: expected a whole number from 0 to 4294967295, found the text \"1\"",
        ),
        (
            with_fields(r#""format": -1"#),
            "wrong-type at format: expected a whole number from 0 to 4294967295, found the number -1",
        ),
        (
            with_fields(r#""format": 1.5"#),
            "wrong-type at format: expected a whole number from 0 to 4294967295, found the number 1.5",
        ),
        (
            with_fields(
                r#""forces": [{ "id": "f", "baseline": { "strength": 1, "as_of": "2025-01-01", "authorised": "yes" } }]"#,
            ),
            "wrong-type at forces[0].baseline.authorised: expected true or false, found the text \"yes\"",
        ),
        (
            in_phase(r#""by": 2025"#),
            "wrong-type at phases[0].by: expected a string such as \"2025-09\", or an object such as \
             {\"after\": \"signature\", \"days\": 135}, found the number 2025",
        ),
        (
            in_phase(r#""by": null"#),
            "wrong-type at phases[0].by: expected a string such as \"2025-09\", or an object such as \
             {\"after\": \"signature\", \"days\": 135}, found null",
        ),
        (
            in_phase(r#""by": "2025", "limits": [{ "remain": true }]"#),
            "wrong-type at phases[0].limits[0].remain: expected an integer, or a string such as \"about 2500\", found true",
        ),
        (
            in_phase(r#""by": "2025", "limits": [{ "remain_share": 0.5 }]"#),
            "wrong-type at phases[0].limits[0].remain_share: expected a string such as \"50%\" or \"2/3\", found the number 0.5",
        ),
        (
            with_fields(r#""instrument": "pact""#),
            "unknown-word at instrument: expected one of treaty, executive-agreement, joint-statement, memorandum, \
             resolution, declaration, plan, other, found \"pact\"",
        ),
        (
            with_fields(r#""instrument": 1"#),
            "wrong-type at instrument: expected a word such as \"treaty\", found the number 1",
        ),
        (
            with_fields(r#""record": [{ "on": 2025, "act": "signed" }]"#),
            "wrong-type at record[0].on: expected a string such as \"2025-09\", found the number 2025",
        ),
        (
            with_fields(r#""residual": [{ "strength": 1, "status": "agreed", "source": 7 }]"#),
            "wrong-type at residual[0].source: expected a key of sources, or a list of keys and citations, found the number 7",
        ),
        (
            with_fields(r#""residual": [{ "strength": 1, "status": "agreed", "source": [{ "clause": "1" }] }]"#),
            "missing-field at residual[0].source[0].source: the field \"source\" is required",
        ),
        (
            with_fields(r#""sources": { "a": { "title": "A", "published": 20240906 } }"#),
            "wrong-type at sources.a.published: expected a string such as \"2024-09-06\", found the number 20240906",
        ),
    ] {
        assert_eq!(mistakes(&json), [expected], "{json}");
    }
}

#[test]
fn mistakes_of_deadlines_and_changes_have_their_words() {
    for (json, expected) in [
        (
            in_phase(r#""by": {}"#),
            "deadline-kind at phases[0].by: a deadline object has exactly one of after, before, any, earliest, latest; found 0 of them",
        ),
        (
            in_phase(r#""by": { "any": ["2025"], "latest": ["2026"] }"#),
            "deadline-kind at phases[0].by: a deadline object has exactly one of after, before, any, earliest, latest; found 2 of them",
        ),
        (
            in_phase(r#""by": { "any": ["2025"], "days": 5 }"#),
            "unknown-field at phases[0].by.days: no field \"days\" belongs here; the fields are any",
        ),
        (
            in_phase(r#""by": { "after": "signature", "days": -5 }"#),
            "wrong-type at phases[0].by.days: expected a whole number from 0 to 4294967295, found the number -5",
        ),
        (
            in_phase(r#""by": { "after": "signature", "days": 4294967296 }"#),
            "wrong-type at phases[0].by.days: expected a whole number from 0 to 4294967295, found the number 4294967296",
        ),
        (
            in_phase(r#""by": { "earliest": [] }"#),
            "empty-list at phases[0].by.earliest: a list of deadlines needs at least one member",
        ),
        (
            in_phase(r#""by": { "earliest": "2025" }"#),
            "wrong-type at phases[0].by.earliest: expected a list of deadlines, found the text \"2025\"",
        ),
        (
            in_change(r#"{ "title": "t" }"#),
            "change-kind at amendments[0].changes[0]: a change has exactly one of phase, add, drop, residual, add_force, \
             baseline; found 0 of them",
        ),
        (
            in_change(r#"{ "drop": "1", "phase": "2", "by": "2025" }"#),
            "change-kind at amendments[0].changes[0]: a change has exactly one of phase, add, drop, residual, add_force, \
             baseline; found 2 of them",
        ),
        (
            in_change(r#"{ "drop": "1", "by": "2025" }"#),
            "unknown-field at amendments[0].changes[0].by: no field \"by\" belongs here; the fields are drop",
        ),
        (
            in_change(r#"{ "phase": "1", "after": "2" }"#),
            "unknown-field at amendments[0].changes[0].after: no field \"after\" belongs here; the fields are phase, by, \
             from, limits, done, conditions, standing, title",
        ),
        (
            in_change(r#"{ "add": null }"#),
            "wrong-type at amendments[0].changes[0].add: expected a phase (a table or object), found null",
        ),
        (
            in_change(r#"{ "baseline": { "strength": 5 } }"#),
            "missing-field at amendments[0].changes[0].baseline.as_of: the field \"as_of\" is required",
        ),
    ] {
        assert_eq!(mistakes(&json), [expected], "{json}");
    }
}

#[test]
fn malformed_texts_keep_the_words_of_their_grammar() {
    let quantity = |text: &str| text.parse::<Quantity>().unwrap_err().to_string();
    for (json, code, path, error) in [
        (
            in_phase(r#""by": "2025", "limits": [{ "remain": "5O" }]"#),
            "quantity",
            "phases[0].limits[0].remain",
            quantity("5O"),
        ),
        (
            in_phase(r#""by": "2025", "limits": [{ "remain": -5 }]"#),
            "quantity",
            "phases[0].limits[0].remain",
            quantity("-5"),
        ),
        (
            in_phase(r#""by": "2025", "limits": [{ "remain": 2.5 }]"#),
            "quantity",
            "phases[0].limits[0].remain",
            quantity("2.5"),
        ),
        (
            in_phase(r#""by": "2025", "limits": [{ "remain": 5.5 }]"#),
            "quantity",
            "phases[0].limits[0].remain",
            quantity("5.5"),
        ),
        (
            in_phase(r#""by": "2025", "limits": [{ "remain": 4294967296 }]"#),
            "quantity",
            "phases[0].limits[0].remain",
            quantity("4294967296"),
        ),
        (
            in_phase(r#""by": "2025", "limits": [{ "remain_share": "12.5 pct" }]"#),
            "share",
            "phases[0].limits[0].remain_share",
            "12.5 pct".parse::<Share>().unwrap_err().to_string(),
        ),
        (
            in_phase(r#""by": "2025-9""#),
            "deadline",
            "phases[0].by",
            "2025-9".parse::<Deadline>().unwrap_err().to_string(),
        ),
        (
            in_phase(r#""by": { "after": "sunrise" }"#),
            "event",
            "phases[0].by.after",
            "sunrise".parse::<Event>().unwrap_err().to_string(),
        ),
        (
            with_fields(r#""record": [{ "on": "open", "act": "signed" }]"#),
            "deadline",
            "record[0].on",
            "open".parse::<Period>().unwrap_err().to_string(),
        ),
        (
            with_fields(r#""sources": { "a": { "title": "A", "published": "2024-9-6" } }"#),
            "date",
            "sources.a.published",
            "expected a day written YYYY-MM-DD, such as \"2024-09-06\", found \"2024-9-6\"".to_owned(),
        ),
    ] {
        assert_eq!(mistakes(&json), [format!("malformed-{code} at {path}: {error}")], "{json}");
    }
}

#[test]
fn seven_mistakes_give_seven_lines() {
    let json = r#"{
      "titel": "T",
      "parties": [{ "id": 1, "name": "A", "role": "sender" }],
      "forces": [{ "id": "f", "baseline": { "strength": "about", "as_of": "6 September" } }],
      "phases": [{ "id": "1", "by": { "latest": ["2025", { "after": "signature", "days": 1.5 }] } }]
    }"#;
    let paths: Vec<_> = mistakes(json).iter().map(|line| line.split(':').next().unwrap().to_owned()).collect();
    let expected = [
        "unknown-field at titel",
        "wrong-type at parties[0].id",
        "unknown-word at parties[0].role",
        "malformed-quantity at forces[0].baseline.strength",
        "malformed-date at forces[0].baseline.as_of",
        "wrong-type at phases[0].by.latest[1].days",
        "missing-field at title",
    ];
    assert_eq!(paths, expected);
    // The text of the plain serde error is the same lines, with what may put each right.
    let error = serde_json::from_str::<Terms>(json).unwrap_err().to_string();
    let Err(ReadError::Invalid(invalid)) = read(json) else { panic!("it is not valid") };
    let help = invalid.violations().iter().map(|one| one.help().map(|help| format!("; {help}")).unwrap_or_default());
    let lines: Vec<_> = mistakes(json).into_iter().zip(help).map(|(line, help)| line + &help).collect();
    assert_eq!(invalid.to_string(), lines.join("\n"));
    assert!(lines[2].ends_with("; did you mean \"sending\"?"), "{lines:?}");
    assert!(error.starts_with(&lines.join("\n")), "{error}");
    assert_eq!(error.lines().count(), 7);
}

#[test]
fn every_missing_field_is_reported() {
    assert_eq!(
        mistakes(r#"{ "phases": [{}] }"#),
        ["phases[0].id", "phases[0].by", "title", "parties", "forces"].map(|path| {
            let field = path.rsplit('.').next().unwrap();
            format!("missing-field at {path}: the field {field:?} is required")
        })
    );
}

#[test]
fn syntax_errors_are_the_formats_own() {
    let Err(ReadError::Syntax(error)) = read(r#"{ "title": "#) else { panic!("it is cut off") };
    assert!(error.is_eof());
    assert_eq!(ReadError::Syntax(&error).to_string(), error.to_string());
}

#[test]
fn toml_mistakes_have_paths_too() {
    let text = "title = 'T'\nparties = []\nforces = []\n[[phases]]\nid = '1'\nby = 2025-09-30T12:00:00\n\
                [[phases.limits]]\nremain = -1\n[[phases]]\nid = 2\nby = '2026'\nfrom = inf\n";
    let Err(ReadError::Invalid(invalid)) = Terms::read(toml::Deserializer::parse(text).unwrap()) else {
        panic!("it has four mistakes")
    };
    let quantity = "-1".parse::<Quantity>().unwrap_err();
    let deadline =
        "expected a string such as \"2025-09\", or an object such as {\"after\": \"signature\", \"days\": 135}";
    let mut expected = [
        format!(
            "wrong-type at phases[0].by: {deadline}, found the time 2025-09-30T12:00:00; write the day: 2025-09-30"
        ),
        format!("malformed-quantity at phases[0].limits[0].remain: {quantity}"),
        "wrong-type at phases[1].id: expected a string, found the number 2".to_owned(),
        format!("wrong-type at phases[1].from: {deadline}, found the number inf"),
    ];
    // The format gives the keys of a table in an order of its own.
    let mut lines: Vec<_> = invalid.violations().iter().map(ToString::to_string).collect();
    lines.sort();
    expected.sort();
    assert_eq!(lines, expected);
}
