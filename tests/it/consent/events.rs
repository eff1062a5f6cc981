//! The events on record: what deadlines and the binding of an agreement count from.

use super::*;

#[test]
fn every_anchor_is_awaited_until_it_is_on_record() {
    use ActKind::{
        Adopted, Announced, Approved, ConsentWithdrawn, InForce, ProvisionallyApplied, Refused, Signed, Terminated,
    };
    let named = || Event::Named("handover".to_owned());
    let both = ["TAL", "USA"];
    let table = [
        (
            Event::Signature,
            vec![act("2024-02", Signed).by("TAL"), act("2024-01/2024-03", Signed).by("USA")],
            "2024-02-01 to 2024-03-31",
        ),
        (
            Event::Signature,
            vec![act("2024-02", Signed).by("USA"), act("2024-01/2024-03", Signed)],
            "2024-01-01 to 2024-03-31",
        ),
        (
            Event::Approval,
            vec![act("2024-02", Signed).by("TAL"), act("2024-01-20/2024-03", Approved).by("USA")],
            "2024-02-01 to 2024-03-31",
        ),
        (
            Event::Approval,
            vec![
                act("2024-02-01", Approved),
                act("2024-02-01", Refused).by("USA"),
                act("2024-02-03", Adopted).by("USA"),
                act("2024-02-09", ConsentWithdrawn),
            ],
            // On a day, a refusal comes before a consent.
            "2024-02-01",
        ),
        (
            Event::Approval,
            vec![act("2024-02-01/2024-02-02", Approved), act("2024-02-02", Refused), act("2024-03", Approved)],
            "2024-02-01 to 2024-02-02",
        ),
        (
            Event::Announcement,
            vec![act("2024-02", Announced), act("2024-01-20/2024-03", Adopted)],
            "2024-01-20 to 2024-02-29",
        ),
        (Event::Announcement, vec![act("2024-02-01", Signed), act("2024-03-01", Announced)], "2024-03-01"),
        (Event::Announcement, vec![act("2024-02-01", Signed)], "2024-02-01"),
        (Event::ProvisionalApplication, vec![act("2024-02-01", ProvisionallyApplied)], "2024-02-01"),
        (Event::EntryIntoForce, vec![act("2024-02-01", InForce), act("2024-03-01", InForce)], "2024-02-01"),
        (Event::Refusal, vec![act("2024-02-01", Refused).by("QAT")], "2024-02-01"),
        (Event::Termination, vec![act("2024-02-01", Terminated)], "2024-02-01"),
        (
            named(),
            vec![Act::event(day("2024-02-01"), "handover"), Act::event(day("2024-01-31"), "other")],
            "2024-02-01",
        ),
    ];
    for (event, record, window) in table {
        let parties = [both[0], both[1], "QAT"];
        assert_eq!(due(free(&parties, Vec::new()), event.clone()), Due::Awaiting([event.clone()].into()));
        assert_eq!(due(free(&parties, record), event.clone()).to_string(), window, "{event}");
    }
    let almost = [
        (Event::Signature, vec![act("2024-02-01", Signed).by("TAL")]),
        (
            Event::Approval,
            vec![act("2024-02-01", Signed), act("2024-02-02", Refused), act("2024-02-03", Approved).by("TAL")],
        ),
        (
            Event::Approval,
            vec![
                act("2024-02-01/2024-02-05", Approved).by("TAL"),
                act("2024-02-03/2024-02-12", Refused).by("TAL"),
                act("2024-02-13", Approved).by("USA"),
            ],
        ),
        (Event::Refusal, vec![act("2024-02-02", ConsentWithdrawn)]),
        (named(), vec![Act::event(day("2024-01-31"), "other")]),
    ];
    for (event, record) in almost {
        assert_eq!(due(free(&both, record), event.clone()), Due::Awaiting([event].into()));
    }
    assert_eq!(
        due(terms(&["QAT"], vec![act("2024-02-01", Signed)]), Event::Signature),
        Due::Awaiting([Event::Signature].into())
    );
    assert_eq!(
        due(terms(&["QAT"], vec![act("2024-02-01", Approved)]), Event::Approval),
        Due::Awaiting([Event::Approval].into())
    );
}

/// The United States consents on some day, withdraws that on some day and never consents again; the Taliban consent on
/// one of two days. Only on a choice of days between the ends of the windows are they never at one. So many choices, times
/// acts, are gone through one by one, and of more only the ends.
#[test]
fn an_approval_is_sought_on_every_choice_of_days() {
    use ActKind::{Announced, Approved, ConsentWithdrawn, Signed};
    let terms = |more: &[Act]| {
        let record = vec![
            act("2024-01-01/2024-05-07", Approved).by("USA"),
            act("2024-01-02/2024-03-05", ConsentWithdrawn).by("USA"),
            act("2024-01-05/2024-01-06", Signed).by("TAL"),
            act("2024-01-01", Approved).by("IRQ"),
            act("2024-06-01", Announced),
        ];
        free(&["USA", "TAL", "IRQ"], [record.as_slice(), more].concat())
    };
    // 128 x 64 x 2 choices of four acts are 65,536.
    assert_eq!(due(terms(&[]), Event::Approval), Due::Awaiting([Event::Approval].into()));
    let more = [act("2024-01-02", Approved).by("IRQ")];
    assert_eq!(due(terms(&more), Event::Approval).to_string(), "2024-01-05 to 2024-05-07");
}

#[test]
fn it_binds_from_the_event_that_its_instrument_gives() {
    let record = vec![
        act("2024-01-01", ActKind::Signed),
        act("2024-01-02", ActKind::Approved),
        act("2024-01-03", ActKind::Announced),
        act("2024-01-04", ActKind::InForce),
    ];
    let mut terms = free(&["IRQ", "USA"], record);
    let mut first = |instrument, binds_from, parties: &[&str]| {
        terms.instrument = instrument;
        terms.binds_from = binds_from;
        terms.parties = parties.iter().map(|id| party(id)).collect();
        let agreement = agreement(terms.clone());
        day("2023-12-30").iter_days().take(9).find(|&day| agreement.binds_on(day)).unwrap().to_string()
    };
    let both = ["IRQ", "USA"].as_slice();
    assert_eq!(first(None, None, both), "2024-01-02");
    assert_eq!(first(Some(Instrument::JointStatement), None, both), "2024-01-02");
    assert_eq!(first(Some(Instrument::Treaty), None, both), "2024-01-04");
    assert_eq!(first(Some(Instrument::ExecutiveAgreement), None, both), "2024-01-04");
    assert_eq!(first(Some(Instrument::Treaty), None, &["QAT"]), "2024-01-03");
    assert_eq!(first(None, Some(BindsFrom::Announcement), both), "2024-01-03");
    assert_eq!(first(Some(Instrument::Treaty), Some(BindsFrom::Approval), both), "2024-01-02");
}
