//! Help: the word that was meant, and no other mistake in its place.

use force_drawdown::Finding;
use proptest::prelude::*;

use crate::broken::invalid;

/// A document with a text at one place.
fn with_text(place: &str, text: &str) -> String {
    let at = |name: &str, legal: &str| serde_json::to_string(if name == place { text } else { legal }).unwrap();
    let limit = match place {
        "share" => format!(r#""remain_share": {}"#, at("share", "")),
        "field" => format!("{}: 5", at("field", "")),
        _ => r#""remain": 5"#.to_owned(),
    };
    let by = if place == "event" { format!(r#"{{ "after": {} }}"#, at("event", "")) } else { at("by", "2025-06") };
    format!(
        r#"{{ "title": "T",
        "parties": [{{ "id": "IRQ", "name": "Iraq", "role": {} }}, {{ "id": "USA", "name": "US", "role": "sending" }}],
        "forces": [{{ "id": {}, "party": {}, "baseline": {{ "strength": {}, "as_of": {} }} }}],
        "phases": [{{ "id": "phase-1", "by": "2024-10" }}, {{ "id": "phase-2", "by": {by}, "limits": [{{ {limit} }}] }}] }}"#,
        at("role", "receiving"),
        at("id", "f"),
        at("party", "USA"),
        at("strength", "5"),
        at("as_of", "2024-09-06"),
    )
}

#[test]
fn what_was_meant_is_what_the_table_says() {
    for row in include_str!("help.txt").lines() {
        let (what, expected) = row.split_once(" =>").unwrap();
        let (place, text) = what.split_once(": ").unwrap();
        let found = invalid(&with_text(place, text));
        let help: Vec<String> = found.violations().iter().filter_map(Finding::help).collect();
        assert_eq!(help.join("; "), expected.trim(), "{row}: {found}");
    }
}

#[test]
fn a_value_of_another_type_is_put_right() {
    let text = with_text("", "");
    for (piece, other, expected) in [
        (r#""by": "2025-06""#, r#""by": 2025"#, r#"put it in quotes: "2025""#),
        (r#""title": "T""#, r#""title": "T", "consent_before": "execution""#, r#"put it in a list: ["execution"]"#),
        (r#""title": "T""#, r#""title": "T", "pax": "5""#, "write it without quotes: 5"),
        (r#""strength": "5""#, r#""strength": 5, "authorised": "true""#, "write it without quotes: true"),
        (
            r#""by": "2024-10""#,
            r#""by": { "after": "event:vote", "days": -30 }"#,
            r#"write "before" in place of "after", and 30"#,
        ),
        (r#""by": "2024-10""#, r#""from": "2024-10""#, "write \"open\" if the text does not say when"),
    ] {
        assert_eq!(text.matches(piece).count(), 1, "{piece}");
        let found = invalid(&text.replace(piece, other));
        let help: Vec<String> = found.violations().iter().filter_map(Finding::help).collect();
        assert_eq!(help, [expected], "{found}");
    }
}

proptest! {
    /// What is proposed in place of a text is not malformed.
    #[test]
    fn a_proposal_is_no_mistake(
        place in proptest::sample::select(&["strength", "share", "by", "as_of", "event", "id", "role", "party", "field"]),
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
