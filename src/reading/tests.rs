//! What stands in for a part that could not be read, and when the rest cannot be checked.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use super::{Reading, collect};
use crate::terms::{Deadline, LimitKind, MAX_PEOPLE, Quantity, Role, Standing, Terms};

fn read(fields: &str) -> Reading<Terms> {
    let json = format!(r#"{{ "title": "T", "parties": [], "forces": [], {fields} }}"#);
    collect(&mut serde_json::Deserializer::from_str(&json)).unwrap()
}

#[test]
fn what_could_not_be_read_has_a_stand_in() {
    let reading = read(
        r#""phases": [{ "id": 1, "by": "soon", "standing": "hoped", "from": 5, "limits": [{ "withdraw": "many" }, { "remian": 5 }] }],
           "residual": [{ "strength": [], "status": "agreed" }], "amendments": [], "consent_before": ["signature"]"#,
    );
    assert!(!reading.structural);
    assert_eq!(reading.findings.len(), 8);
    let terms = reading.value.unwrap();
    let phase = &terms.phases[0];
    let harmless = Quantity::Range(0, MAX_PEOPLE);
    assert_eq!((phase.id.as_str(), &phase.by, phase.standing), ("1", &Deadline::Open, Some(Standing::Envisaged)));
    let kinds: Vec<_> = phase.limits.iter().map(|limit| limit.kind).collect();
    assert_eq!(kinds, [LimitKind::Withdraw(harmless), LimitKind::Remain(harmless)]);
    assert_eq!(terms.residual[0].strength, harmless);
    assert_eq!(terms.consent_before, Some(vec![]));

    let json = r#"{ "title": "T", "phases": [], "parties": [{ "id": "a", "name": "A", "role": "sender" }],
        "forces": [{ "id": "f", "baseline": { "strength": 5, "as_of": "then" } }] }"#;
    let reading: Reading<Terms> = collect(&mut serde_json::Deserializer::from_str(json)).unwrap();
    assert!(!reading.structural);
    let terms = reading.value.unwrap();
    assert_eq!(terms.parties[0].role, Role::Witness);
    assert_eq!(terms.forces[0].baseline, None);
}

#[test]
fn what_has_no_stand_in_is_structural() {
    for fields in [
        r#""phases": 5"#,
        r#""phases": [5]"#,
        r#""phases": [{ "id": "1" }]"#,
        r#""phases": [{ "id": [], "by": "2025" }]"#,
        r#""phases": [{ "id": "1", "by": "2025", "conditions": [null] }]"#,
        r#""phases": [{ "id": "1", "by": "2025", "limits": [{ "force": true, "remain": 1 }] }]"#,
        r#""phases": [], "record": [{ "on": "then", "act": "signed" }]"#,
        r#""phases": [], "amendments": [{ "title": "A", "adopted": "then", "changes": [] }]"#,
        r#""phases": [], "amendments": [{ "title": "A", "adopted": "2025-01-01", "changes": [{}] }]"#,
    ] {
        let reading = read(fields);
        assert!(reading.structural, "{fields}");
        assert_eq!(reading.findings.len(), 1, "{fields}");
    }
}

#[test]
fn what_others_do_not_refer_to_is_not_structural() {
    for fields in [
        r#""phases": [], "note": []"#,
        r#""phases": [], "residual": [{ "strength": 5, "status": "agreed", "source": {} }]"#,
        r#""phases": [], "sources": { "a": 5 }"#,
    ] {
        let reading = read(fields);
        assert!(!reading.structural, "{fields}");
        assert_eq!(reading.findings.len(), 1, "{fields}");
    }
}
