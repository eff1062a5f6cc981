//! The last day of an agreement, acts to come, and acts of which the day is not known.

use force_drawdown::{Assessment, Observation};

use super::*;

fn assess(agreement: &Agreement, on: &str) -> Assessment {
    agreement.assess(&[], day(on))
}

/// What the report says of the record.
fn said(agreement: &Agreement, on: &str) -> Vec<String> {
    let assessment = assess(agreement, on);
    let explanation = assessment.explain();
    let report = assessment.report().text(1_000);
    assert!(explanation.record.iter().all(|sentence| report.contains(&format!("\n- {sentence}\n"))), "{report}");
    explanation.record
}

/// All out within a year of the last day of a mandate.
#[test]
fn a_mandate_binds_on_its_last_day_and_what_follows_counts_from_it() {
    let text = r#"{ "title": "Mandate until 31 December 2026, all out within one year of that day", "instrument": "resolution",
        "parties": [{ "id": "C", "name": "Council", "role": "organisation" }],
        "forces": [{ "id": "f", "party": "C",
            "baseline": { "strength": 13000, "as_of": "2020-08-28", "authorised": true } }],
        "phases": [{ "id": "out", "by": { "after": "termination", "years": 1 }, "from": "2026-12-31", "limits": [{ "remain": 0 }] }],
        "record": [{ "on": "2020-08-28", "act": "adopted" },
            { "on": "2026-12-31", "act": "terminated", "published": "2025-08-28" }] }"#;
    let agreement: Agreement = serde_json::from_str(text).unwrap();
    let due = assess(&agreement, "2026-12-31").phases[0].due.unwrap();
    assert_eq!(due.to_string(), "2027-12-31");
    for (on, state, binds, strict) in [
        ("2026-12-30", "announced", true, Some(13_000)),
        ("2026-12-31", "announced", true, Some(13_000)),
        ("2027-01-01", "terminated", false, None),
        ("2027-12-30", "terminated", false, None),
        ("2027-12-31", "terminated", false, Some(0)),
    ] {
        let assessment = assess(&agreement, on);
        let found = (assessment.approval.state.as_str(), assessment.binding);
        assert_eq!(found, (state, binds), "{on}");
        assert_eq!(assessment.forces[0].ceiling.as_ref().map(|ceiling| ceiling.strict), strict, "{on}");
    }
    assert_eq!(agreement.as_known_on(day("2025-08-27")).approval_on(day("2027-01-01")).as_str(), "announced");
    let judged = |on| agreement.assess(&[Observation::present(day("2026-12-01"), 13_001)], day(on)).forces[0].verdict;
    assert_eq!(judged("2026-12-31").as_str(), "exceeded");
}

/// An end within a stretch of days: the agreement surely binds until its first day, and no more after its last.
#[test]
fn a_state_that_rests_on_an_act_without_a_day_says_so() {
    use ActKind::{Announced, Approved, InForce, NoticeGiven, Signed, Suspended, Terminated, TextAgreed};
    let record = vec![
        act("2024-01-01", Signed),
        act("2024-02", Approved).by("USA"),
        act("2024-02-10/2024-02-20", Approved).by("USA"),
        act("2024-03-01", Approved).by("IRQ"),
        act("2024-03-02", Announced),
        act("2024-03-03/2024-03-04", TextAgreed),
        act("2024-04", InForce),
        act("2024-05-01/2024-05-02", NoticeGiven),
        act("2024-06-01/2024-06-30", Suspended),
        act("2024-07-01/2024-07-31", Terminated),
    ];
    let agreement = agreement(free(&["IRQ", "USA"], record));
    let approves = |days: &str| format!("{days} the agreement is approved by United States; the day is not known.");
    for (on, expected) in [
        ("2024-01-31", vec![]),
        ("2024-02-01", vec![approves("In February 2024")]),
        ("2024-02-15", vec![approves("Between 10 and 20 February 2024"), approves("In February 2024")]),
        ("2024-02-20", vec![]),
        ("2024-03-03", vec![]),
        ("2024-04-29", vec!["In April 2024 the agreement enters into force; the day is not known.".to_owned()]),
        ("2024-04-30", vec![]),
        ("2024-05-01", vec![]),
        ("2024-06-01", vec!["In June 2024 the agreement is suspended; the day is not known.".to_owned()]),
        ("2024-07-01", vec![]),
        ("2024-07-02", vec!["In July 2024 the agreement ends; the day is not known.".to_owned()]),
        ("2024-07-31", vec!["In July 2024 the agreement ends; the day is not known.".to_owned()]),
        ("2024-08-01", vec![]),
    ] {
        assert_eq!(said(&agreement, on), expected, "{on}");
    }
    assert_eq!(agreement.approval_on(day("2024-07-31")).as_str(), "suspended");
    assert_eq!(agreement.approval_on(day("2024-08-01")).as_str(), "terminated");
}

#[test]
fn an_expected_act_is_next_until_it_is_past_or_on_record() {
    use ActKind::{Announced, Approved, Refused, Terminated};
    let step = |on: &str| Act { body: Some("cabinet".into()), ..act(on, ActKind::DomesticStep) }.by("IRQ");
    let mut record = vec![
        act("2024-09/2024-10", Announced).expected(),
        step("2024-08").expected(),
        act("2024-11-05", Approved).by_all(["IRQ", "USA"]).expected(),
        act("2024-11-06", Approved).by("QAT").expected(),
        Act::event(day("2024-12-01"), "handover").expected(),
        act("2024-12-31", Terminated).expected(),
    ];
    let with = |record: &[Act]| {
        let mut terms = free(&["IRQ", "USA", "QAT"], record.to_vec());
        terms.parties[0].domestic_steps = vec!["cabinet".into()];
        agreement(terms)
    };
    let expected = with(&record);
    let next = "Expected on 5 November 2024: the agreement is approved by Iraq and United States.";
    let ends = "Expected on 31 December 2024: the agreement ends.";
    let handover = "Expected on 1 December 2024: “handover” happens.";
    assert_eq!(
        said(&expected, "2024-10-31"),
        [
            "Expected by 31 August 2024 and not on record: cabinet of Iraq says yes.",
            "Expected between September and October 2024: the agreement is announced.",
            next,
            "Expected on 6 November 2024: the agreement is approved by Qatar.",
            handover,
            ends
        ]
    );
    assert_eq!(
        said(&expected, "2024-11-01")[1],
        "Expected by 31 October 2024 and not on record: the agreement is announced."
    );
    let timeline: Vec<_> = expected.timeline().map(|entry| entry.to_string()).collect();
    assert!(timeline.contains(&"2024-09-01 to 2024-10-31: expected: the agreement is announced".to_owned()));
    // Nothing has happened.
    assert_eq!(expected.approval_on(day("2025-06-01")), ApprovalState::Negotiating);
    assert_eq!(due(expected.terms().clone(), Event::Termination), Due::Awaiting([Event::Termination].into()));

    // What is on record meets it: of the same kind, name and body, by each party that it names, up to the day.
    record.extend([
        step("2024-07-01"),
        act("2024-10-02", Approved).by("USA"),
        act("2024-10-02", Approved).by_all(["QAT", "USA"]),
        Act::event(day("2024-10-03"), "ceasefire"),
        act("2024-10-04", Refused),
        act("2024-10-05", Announced).by("USA"),
        act("2024-11-20/2024-11-25", Approved).by("IRQ"),
    ]);
    let met = with(&record);
    assert_eq!(said(&met, "2024-10-04").len(), 4);
    assert_eq!(said(&met, "2024-10-31"), [next, handover, ends]);
    assert_eq!(said(&met, "2024-11-25"), [handover, ends]);
    // On its last day it is not past yet.
    let passed = |on: &str| assess(&met, on).expected.iter().map(|expected| expected.passed).collect::<Vec<_>>();
    assert_eq!((passed("2024-12-31"), passed("2025-01-01")), (vec![true, false], vec![true, true]));
    let keys = |on: &str| serde_json::to_value(&assess(&met, on).expected).unwrap();
    assert_eq!(
        keys("2025-01-01"),
        serde_json::json!([
            { "on": { "earliest": "2024-12-01", "latest": "2024-12-01" }, "act": "event", "name": "handover", "passed": true },
            { "on": { "earliest": "2024-12-31", "latest": "2024-12-31" }, "act": "terminated", "passed": true },
        ])
    );
}

#[test]
fn an_expected_act_is_known_from_the_start_or_from_when_it_was_published() {
    let mut record =
        vec![act("2024-09-01", ActKind::Announced).expected(), act("2024-10-01", ActKind::InForce).expected()];
    record[1].published = Some(day("2024-03-01"));
    let agreement = agreement(terms(&["USA"], record));
    let known = |on| agreement.as_known_on(day(on)).assess(&[], day("2024-04-01")).expected.len();
    assert_eq!((known("2024-02-29"), known("2024-03-01")), (1, 2));
    assert_eq!(agreement.last_day(&[]), None);
}
