//! Everything dated, in order and in words.

use force_drawdown::{ActKind, Agreement, history::TimelineEvent};
use serde_json::json;

/// A plan of Iraq and the United States with such a record.
fn lines(record: &serde_json::Value) -> Vec<String> {
    let terms = json!({
        "title": "plan",
        "consent_before": [],
        "parties": [
            { "id": "IRQ", "name": "Iraq", "role": "receiving", "domestic_steps": ["cabinet"] },
            { "id": "USA", "name": "United States", "role": "sending" },
        ],
        "forces": [{ "id": "us" }],
        "phases": [{ "id": "1", "by": "2026", "limits": [{ "remain": 0 }] }],
        "record": record,
    });
    let agreement: Agreement = serde_json::from_value(terms).unwrap();
    let acts = agreement.timeline().filter(|dated| matches!(dated.what, TimelineEvent::Act(_)));
    acts.map(|dated| dated.to_string()).collect()
}

#[test]
fn each_act_has_its_sentence() {
    let sentence = |kind: ActKind| match kind {
        ActKind::TextAgreed => "the text is agreed",
        ActKind::Initialled => "the text is initialled",
        ActKind::Signed => "the text is signed",
        ActKind::DomesticStep => "cabinet of Iraq says yes",
        ActKind::Approved => "the agreement is approved",
        ActKind::Adopted => "the agreement is adopted",
        ActKind::Refused => "the agreement is refused",
        ActKind::ConsentWithdrawn => "consent is withdrawn",
        ActKind::AnnouncementPostponed => "the announcement is postponed",
        ActKind::Announced => "the agreement is announced",
        ActKind::ProvisionallyApplied => "the agreement is applied provisionally",
        ActKind::InForce => "the agreement enters into force",
        ActKind::Paused => "the withdrawal is paused by Iraq",
        ActKind::Suspended => "the agreement is suspended",
        ActKind::Resumed => "the agreement is taken up again",
        ActKind::NoticeGiven => "notice of the end is given",
        ActKind::Terminated => "the agreement ends",
        ActKind::Event => "last-convoy happens",
        ActKind::NotYet => "last-convoy has not happened yet",
    };
    for &kind in ActKind::ALL {
        let step = json!([{ "on": "2025-01-01", "act": "domestic-step", "body": "cabinet", "parties": ["IRQ"] }]);
        let mut record = step.as_array().unwrap().clone();
        match kind {
            ActKind::DomesticStep => {}
            ActKind::Approved | ActKind::Adopted | ActKind::Signed => {
                record.push(json!({ "on": "2025-02-01", "act": kind.to_string() }));
            }
            ActKind::Paused => record.push(json!({ "on": "2025-02-01", "act": "paused", "parties": ["IRQ"] })),
            ActKind::Event | ActKind::NotYet => {
                record.push(json!({ "on": "2025-02-01", "act": kind.to_string(), "name": "last-convoy" }));
            }
            _ => record.push(json!({ "on": "2025-02-01", "act": kind.to_string() })),
        }
        let lines = lines(&record.into());
        assert!(lines.last().unwrap().ends_with(&format!(": {}", sentence(kind))), "{lines:?}");
    }
}

#[test]
fn acts_name_their_bodies_and_parties() {
    let record = json!([
        { "on": "2025-01-01", "act": "refused", "body": "cabinet", "parties": ["IRQ"] },
        { "on": "2025-01-02", "act": "refused", "parties": ["USA"] },
        { "on": "2025-01/2025-02", "act": "paused", "parties": ["USA"] },
        { "on": "2025-03-01", "act": "resumed", "parties": ["USA"] },
        { "on": "2025-03-02", "act": "refused", "parties": ["IRQ", "USA"] },
    ]);
    assert_eq!(
        lines(&record),
        [
            "2025-01-01: cabinet of Iraq refuses",
            "2025-01-02: the agreement is refused by United States",
            "2025-01-01 to 2025-02-28: the withdrawal is paused by United States",
            "2025-03-01: the withdrawal is taken up again by United States",
            "2025-03-02: the agreement is refused by Iraq and United States",
        ]
    );
}

#[test]
fn baselines_windows_and_amendments_stand_among_them() {
    let terms = json!({
        "title": "plan",
        "parties": [{ "id": "USA", "name": "United States", "role": "sending" }],
        "forces": [
            { "id": "us", "baseline": { "strength": 900, "as_of": "2025-01-01" } },
            { "id": "un", "baseline": { "strength": 50, "as_of": "2025-01-02", "authorised": true } },
        ],
        "phases": [
            { "id": "1", "title": "half", "by": "2025-06", "limits": [{ "force": "us", "remain": 450 }] },
            { "id": "2", "by": "2025-12-31", "standing": "envisaged", "limits": [{ "force": "us", "remain": 0 }] },
            { "id": "3", "by": "open", "limits": [{ "force": "un", "remain": 0 }] },
        ],
        "amendments": [
            { "title": "a", "adopted": "2025-02-01", "changes": [{ "phase": "2", "by": "2026-01-31" }] },
            { "title": "b", "adopted": "2025-03-01", "unilateral": "USA", "changes": [{ "phase": "1", "title": "first" }] },
        ],
    });
    let agreement: Agreement = serde_json::from_value(terms).unwrap();
    let lines: Vec<_> = agreement.timeline().map(|dated| dated.to_string()).collect();
    assert_eq!(agreement.timeline().next().unwrap().sentence, "us is 900");
    assert_eq!(
        lines,
        [
            "2025-01-01: us is 900",
            "2025-01-02: un may be 50",
            "2025-02-01: the amendment \"a\" takes effect",
            "2025-03-01: the amendment \"b\" takes effect, decided by USA alone",
            "2025-06-01: phase 1 (first) may be due from now on",
            "2025-06-30: phase 1 (first) is due",
            "2026-01-31: phase 2 is due, as envisaged",
        ]
    );
    let versions: Vec<_> = agreement.versions().collect();
    assert_eq!(versions.iter().map(|version| version.number()).collect::<Vec<_>>(), [0, 1, 2]);
    let all = versions[2].diff(versions[0]);
    assert_eq!(all.differences().len(), 2);
    assert_eq!(all.to_string(), "phase 1: title, from half to first\nphase 2: by, from 2025-12-31 to 2026-01-31");
}

#[test]
fn what_an_amendment_changed_is_said_field_by_field() {
    let terms = json!({
        "title": "plan",
        "parties": [{ "id": "USA", "name": "United States", "role": "sending" }],
        "forces": [{ "id": "us", "baseline": { "strength": 900, "as_of": "2025-01-01" } }],
        "phases": [
            { "id": "1", "by": "2025-06", "limits": [{ "remain": 450 }] },
            { "id": "2", "by": "2025-12-31", "limits": [{ "remain": 20 }] },
        ],
        "amendments": [{ "title": "a", "adopted": "2025-02-01", "changes": [
            { "drop": "1" },
            { "add": { "id": "3", "by": "2025-08", "limits": [{ "remain": 60 }] }, "after": null },
            { "add": { "id": "4", "by": "2026", "done": "left" }, "after": "2" },
            { "phase": "2", "from": "2025-11-01", "limits": [{ "remain": 10 }], "conditions": ["a", "b"], "done": "x",
              "standing": "envisaged" },
            { "baseline": { "force": "us", "strength": "at most 800", "as_of": "2025-02-01", "authorised": true } },
            { "add_force": { "id": "un", "name": "UN observers", "unit": "battalions" } },
            { "add_force": { "id": "eu", "unit": "teams" } },
            { "residual": [
                { "force": "us", "strength": 15, "status": "agreed", "until": "2027" },
                { "force": "un", "strength": "unspecified", "status": "proposed" },
            ] },
        ] }],
    });
    let agreement: Agreement = serde_json::from_value(terms).unwrap();
    let versions: Vec<_> = agreement.versions().collect();
    let forth = versions[1].diff(versions[0]);
    assert_eq!(forth.differences().len(), 12);
    assert_eq!(
        forth.to_string().lines().collect::<Vec<_>>(),
        [
            "phase 1 dropped",
            "phase 3 added: by 2025-08, remain 60",
            "phase 2: from set to 2025-11-01",
            "phase 2: limits, from remain 20 to remain 10",
            "phase 2: done set to x",
            "phase 2: conditions set to a, b",
            "phase 2: standing, from binding to envisaged",
            "phase 4 added: by 2026, no limit, done left",
            "force us: baseline, from 900 as of 2025-01-01 to at most 800 as of 2025-02-01 (authorised)",
            "force un added: UN observers",
            "force eu added: eu",
            "the residual: strength set to 15 of us (agreed) until 2027, unspecified of un (proposed)",
        ]
    );
    let back = versions[0].diff(versions[1]);
    assert_eq!(
        back.to_string().lines().collect::<Vec<_>>(),
        [
            "phase 3 dropped",
            "phase 4 dropped",
            "phase 1 added: by 2025-06, remain 450",
            "phase 2: from taken away, it was 2025-11-01",
            "phase 2: limits, from remain 10 to remain 20",
            "phase 2: done taken away, it was x",
            "phase 2: conditions taken away, it was a, b",
            "phase 2: standing, from envisaged to binding",
            "force us: baseline, from at most 800 as of 2025-02-01 (authorised) to 900 as of 2025-01-01",
            "force un dropped",
            "force eu dropped",
            "the residual: strength taken away, it was 15 of us (agreed) until 2027, unspecified of un (proposed)",
        ]
    );
}
