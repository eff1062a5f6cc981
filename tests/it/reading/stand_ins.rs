//! Substitutes for parts that could not be read, so that what the rest says is judged, and when it is not.

use crate::broken::{DOCUMENT, invalid};

/// What is found in the document with these pieces replaced and, last, with a format that is not known. That is found where
/// what the document says is judged.
fn found(pieces: &[(&str, &str)]) -> Vec<String> {
    let replaced = |document: String, (piece, other): &(&str, &str)| {
        assert!(document.contains(piece), "{piece}");
        document.replacen(piece, other, 1)
    };
    let document = pieces.iter().chain(&[(r#""format": 1"#, r#""format": 2"#)]).fold(DOCUMENT.to_owned(), replaced);
    invalid(&document).violations().iter().map(|one| format!("{} at {}", one.code(), one.path())).collect()
}

#[test]
fn what_stands_in_for_a_part_breaks_no_rule() {
    const RECORD: &str = r#""act": "in-force" },"#;
    for (pieces, mistake) in [
        // The digits of an id, which others refer to.
        (&[(r#""id": "2""#, r#""id": 2"#)][..], "wrong-type at phases[1].id"),
        // A deadline that breaks no order, and counts from nothing.
        (&[(r#""2025-09""#, r#""soon""#)], "malformed-deadline at phases[0].by"),
        (&[(r#""end of 2026""#, r#""soon""#)], "malformed-deadline at phases[1].by"),
        (&[(r#""months": 6"#, r#""months": -6"#)], "wrong-type at phases[2].by.months"),
        (&[(r#""by": "2025-09""#, r#""by": "2025-09", "from": 5"#)], "wrong-type at phases[0].from"),
        // A number that is neither more nor less than another, and has an upper end.
        (&[(r#""hundreds""#, r#""many""#)], "malformed-quantity at phases[0].limits[0].withdraw"),
        (&[(r#""remain": 9"#, r#""remain": "few""#)], "malformed-quantity at phases[1].limits[1].remain"),
        (&[(r#""at most 100""#, "[]")], "wrong-type at residual[0].strength"),
        (&[("2500", r#""many", "authorised": true"#)], "malformed-quantity at forces[0].baseline.strength"),
        (
            &[(r#""20%""#, r#""some""#), (r#""remain": 0"#, r#""remain": 50"#)],
            "malformed-share at phases[1].limits[0].remain_share",
        ),
        (
            &[(r#""20%""#, r#""some""#), (r#""remain_share""#, r#""withdraw_share""#)],
            "malformed-share at phases[1].limits[0].withdraw_share",
        ),
        // A kind that is misspelled is one mistake.
        (&[(r#""withdraw""#, r#""withdrew""#)], "unknown-field at phases[0].limits[0].withdrew"),
        // A baseline without a day is none.
        (&[(r#""2024-09-06", "source""#, r#""then", "source""#)], "malformed-date at forces[0].baseline.as_of"),
        (
            &[(r#""2024-09-06", "source""#, r#""2024-09-06", "authorised": "no", "source""#)],
            "wrong-type at forces[0].baseline.authorised",
        ),
        // A party that need not consent, and steps that wait for nobody.
        (
            &[(r#""receiving""#, r#""host""#), (r#""on": "2024-09-08""#, r#""on": "2024-09-11""#)],
            "unknown-word at parties[0].role",
        ),
        (
            &[
                (r#""sending""#, r#""sending", "consent": "yes""#),
                (r#""approved""#, r#""approved", "parties": ["IRQ"]"#),
            ],
            "unknown-word at parties[1].consent",
        ),
        (
            &[(r#""format""#, r#""consent_before": ["enactment"], "format""#), (r#""2024-09-09""#, r#""2024-09-11""#)],
            "unknown-word at consent_before[0]",
        ),
        // A phase, a residual and an act that nothing forbids.
        (&[(r#""done": "gone""#, r#""standing": "hoped""#)], "unknown-word at phases[2].standing"),
        (&[(r#""proposed""#, r#""hoped""#)], "unknown-word at residual[0].status"),
        (
            &[(RECORD, r#""act": "terminated" }, { "on": "2025-01-01", "act": "ratification" },"#)],
            "unknown-word at record[5].act",
        ),
        // A source that is cited, and what cites one.
        (&[(r#"{ "title": "News", "published": "2024-09-06" }"#, "5")], "wrong-type at sources.report"),
        (&[(r#""source": "report""#, r#""source": {}"#)], "wrong-type at forces[0].baseline.source"),
        (&[(r#""source": "report""#, r#""source": ["report", 5]"#)], "wrong-type at forces[0].baseline.source[1]"),
        // What nothing refers to.
        (&[(r#""format""#, r#""note": [], "format""#)], "wrong-type at note"),
        (&[(r#""name": "Iraq""#, r#""name": "Iraq", "cow": "645""#)], "wrong-type at parties[0].cow"),
    ] {
        assert_eq!(found(pieces), [mistake, "unknown-format at format"], "{pieces:?}");
    }
}

#[test]
fn without_what_nothing_stands_in_for_only_the_form_is_judged() {
    for (piece, other, mistake) in [
        (r#"[{ "force": "us", "withdraw": "hundreds" }]"#, "5", "wrong-type at phases[0].limits"),
        (r#"{ "force": "us", "withdraw": "hundreds" }"#, "5", "wrong-type at phases[0].limits[0]"),
        (r#""by": "2028""#, r#""title": "The rest""#, "missing-field at amendments[1].changes[0].add.by"),
        (r#""id": "2""#, r#""id": []"#, "wrong-type at phases[1].id"),
        (r#""done": "gone""#, r#""conditions": [null]"#, "wrong-type at phases[2].conditions[0]"),
        (r#""done": "gone""#, r#""done": true"#, "wrong-type at phases[2].done"),
        (r#""force": "east""#, r#""force": true"#, "wrong-type at phases[1].limits[1].force"),
        (r#""2024-09-10""#, r#""then""#, "malformed-deadline at record[4].on"),
        (r#""adopted": "2025-01-01""#, r#""adopted": "then""#, "malformed-date at amendments[0].adopted"),
        (r#"{ "phase": "1", "by": "2025-10" }"#, "{}", "change-kind at amendments[0].changes[0]"),
        (r#""as_of": "2024-09-06", "#, "", "missing-field at forces[0].baseline.as_of"),
        (
            r#""source": "report""#,
            r#""source": [{ "source": [] }]"#,
            "wrong-type at forces[0].baseline.source[0].source",
        ),
    ] {
        assert_eq!(found(&[(piece, other)]), [mistake], "{other}");
    }
}
