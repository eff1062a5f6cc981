//! Help: the word that was meant, and no other mistake in its place.

use force_drawdown::Finding;
use proptest::prelude::*;

use crate::broken::invalid;

/// A document with a text at one place.
fn with_text(place: &str, text: &str) -> String {
    let at = |name: &str, legal: &str| serde_json::to_string(if name == place { text } else { legal }).unwrap();
    let limit = match place {
        "share" => format!(r#""remain_share": {}"#, at("share", "")),
        "remain" | "withdraw" | "withdrawn" => format!("{place:?}: {}", at(place, "")),
        "field" => format!("{}: 5", at("field", "")),
        _ => r#""remain": 5"#.to_owned(),
    };
    let by = if place == "event" { format!(r#"{{ "after": {} }}"#, at("event", "")) } else { at("by", "2025-06") };
    format!(
        r#"{{ "title": "T", "instrument": {},
        "record": [{{ "on": {}, "act": {} }}],
        "parties": [{{ "id": "IRQ", "name": "Iraq", "role": {}, "iso3": {} }}, {{ "id": "USA", "name": "US", "role": "sending" }}],
        "forces": [{{ "id": {}, "party": {}, "baseline": {{ "strength": {}, "as_of": {} }} }}],
        "phases": [{{ "id": "phase-1", "by": "2024-10" }}, {{ "id": "phase-2", "by": {by}, "limits": [{{ {limit} }}] }}] }}"#,
        at("instrument", "plan"),
        at("on", "2024-09-06"),
        at("act", "text-agreed"),
        at("role", "receiving"),
        at("iso3", "IRQ"),
        at("id", "f"),
        at("party", "USA"),
        at("strength", "5"),
        at("as_of", "2024-09-06"),
    )
}

#[test]
fn what_was_meant_is_what_the_table_says() {
    let mut other = Vec::new();
    for row in include_str!("help.txt").lines() {
        let (what, expected) = row.split_once(" =>").unwrap();
        let (place, text) = what.split_once(": ").unwrap();
        let found = invalid(&with_text(place, text));
        let help: Vec<String> = found.violations().iter().filter_map(Finding::help).collect();
        if help.join("; ") != expected.trim() {
            other.push(format!("{row} <= {help:?}, {found}"));
        }
    }
    assert!(other.is_empty(), "{}", other.join("\n"));
}

#[test]
fn a_value_of_another_type_is_put_right() {
    let text = with_text("", "");
    for (piece, other, expected) in [
        (r#""by": "2025-06""#, r#""by": 2025"#, r#"put it in quotes: "2025""#),
        (r#""by": "2025-06""#, r#""by": 45838"#, r#"a spreadsheet shows days as such numbers: write "2025-06-30""#),
        (r#""by": "2025-06""#, r#""by": ["2025", "2026"]"#, r#"write { "any": [ … ] } if the text gives several"#),
        (r#""by": "2025-06""#, r#""by": null"#, "leave the field out where the text does not say"),
        (r#""as_of": "2024-09-06""#, r#""as_of": 20240906"#, r#"did you mean "2024-09-06"?"#),
        (r#""title": "T""#, r#""title": "T", "consent_before": "execution""#, r#"put it in a list: ["execution"]"#),
        (r#""title": "T""#, r#""title": "T", "pax": "5""#, "write it without quotes: 5"),
        (r#""title": "T""#, r#""title": "T", "sources": ["News"]"#, r#"give each a key: { "report": { "title": … } }"#),
        (r#""title": "T""#, r#""title": "T", "sources": { "r": "News" }"#, r#"write { "title": "News" }"#),
        (r#""title": "T""#, r#""title": ["T"]"#, "write one, without brackets"),
        (r#""strength": "5""#, r#""strength": 5, "authorised": "true""#, "write it without quotes: true"),
        (r#""strength": "5""#, r#""strength": [5, 6]"#, "write one number, without brackets"),
        (r#""strength": "5""#, r#""strength": 5, "authorised": "yes""#, "write true"),
        (
            r#""by": "2024-10""#,
            r#""by": { "after": "signature", "months": "six" }"#,
            "write it in digits and without quotes",
        ),
        (r#"{ "remain": 5 }"#, "500", r#"say what it limits: { "remain": 500 }"#),
        (r#"[{ "remain": 5 }]"#, r#"{ "remain": 5 }"#, "put it in a list: [{ … }]"),
        (r#""remain": 5"#, r#""remain_share": 0.5"#, r#"did you mean "50%"?"#),
        (r#""remain": 5"#, r#""remain_share": 50"#, r#"did you mean "50%"?"#),
        (r#""remain": 5"#, r#""remain_share": 500"#, r#"a number of people is written "remain": "500""#),
        (
            r#"{ "strength": "5", "as_of": "2024-09-06" }"#,
            "2500",
            r#"write { "strength": 2500, "as_of": DAY } with the day of the count"#,
        ),
        (
            r#"{ "id": "USA", "name": "US", "role": "sending" }"#,
            r#""USA""#,
            r#"write { "id": "USA", "name": "USA", "role": "sending" }, with its role"#,
        ),
        (
            r#""by": "2024-10""#,
            r#""by": { "after": "event:vote", "days": -30 }"#,
            r#"write "before" in place of "after", and 30"#,
        ),
        (r#""by": "2024-10""#, r#""from": "2024-10""#, "write \"open\" if the text does not say when"),
        (
            r#""role": "sending""#,
            r#""iso3": "USA""#,
            r#"write "sending" for whose forces they are, "receiving" for where they are"#,
        ),
    ] {
        assert_eq!(text.matches(piece).count(), 1, "{piece}");
        let found = invalid(&text.replace(piece, other));
        let help: Vec<String> = found.violations().iter().filter_map(Finding::help).collect();
        assert_eq!(help, [expected], "{found}");
    }
}

/// The texts in the table of the chapter *encode*; its other values have their rows above.
#[test]
fn the_help_of_the_guide_is_given() {
    let rows = include_str!("../../src/guide/encode.md").split_once("| written | help |").unwrap().1;
    let rows = rows.lines().skip(2).take_while(|line| line.starts_with("| "));
    let mut texts = 0;
    for (written, help) in rows.map(|row| row.trim_matches(['|', ' ']).split_once(" | ").unwrap()) {
        let (place, text) = written.trim_matches('`').trim_start_matches('"').split_once("\": ").unwrap();
        let Some(text) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else { continue };
        let place = if place == "remain_share" { "share" } else { place };
        let found = invalid(&with_text(place, text));
        assert_eq!(found.violations()[0].help().as_deref(), Some(help), "{written}");
        texts += 1;
    }
    assert!(texts >= 8, "only {texts}");
}

#[test]
fn a_list_of_documents_is_told_from_a_document() {
    let help = invalid("[]").violations()[0].help();
    assert_eq!(help.as_deref(), Some("a document is one object, { … }; of a list, read the members one by one"));
}

proptest! {
    /// What is proposed in place of a text is not malformed.
    #[test]
    fn a_proposal_is_no_mistake(
        place in proptest::sample::select(&["strength", "remain", "share", "by", "on", "as_of", "event", "id", "role", "act", "iso3", "party", "field"]),
        text in "[a-z0-9 ./-]{0,12}|(end of |mid |by |~|ca\\. |< )?[0-9]{1,4}[ ./'-][a-zA-Z0-9]{1,5}[ ./-]?[0-9]{0,4}( troops|%)?",
    ) {
        let read = |text: &str| serde_json::from_str::<force_drawdown::Agreement>(&with_text(place, text)).is_err();
        prop_assume!(read(&text));
        for finding in invalid(&with_text(place, &text)).violations() {
            let Some(help) = finding.help() else { continue };
            let Some(meant) = help.strip_prefix("did you mean \"").and_then(|rest| rest.strip_suffix("\"?")) else { continue };
            // A phase is named within an event.
            let meant = if finding.code() == "unknown-phase" { format!("phase:{meant}") } else { meant.to_owned() };
            if read(&meant) {
                let still = invalid(&with_text(place, &meant));
                prop_assert!(still.violations().iter().all(|other| other.code() != finding.code()), "{}: {}", meant, still);
            }
        }
    }
}
