//! Parties that take the place of others.

use super::*;

fn successor(id: &str, of: &str, since: &str) -> Party {
    Party::new(id, id, Role::Sending).succeeds(of, day(since))
}

fn agreed(parties: Vec<Party>, record: Vec<Act>) -> Agreement {
    agreement(Terms { parties, ..free(&[], record) })
}

fn states(agreement: &Agreement, days: &[&str]) -> Vec<String> {
    days.iter().map(|on| agreement.approval_on(day(on)).to_string()).collect()
}

/// Czechoslovakia had ratified, and the host had not, when two states took its place.
#[test]
fn several_parties_take_the_place_of_one() {
    let record = vec![
        act("1990-02-26", ActKind::Signed).by_all(["CSK", "IRQ"]),
        act("1990-03-01", ActKind::Approved).by("CSK"),
        act("1993-02-01", ActKind::ConsentWithdrawn).by("SVK"),
        act("1993-03-01", ActKind::Approved).by("IRQ"),
        // Said of one that is no more: it is of both.
        act("1993-04-01", ActKind::Paused).by("CSK"),
        act("1993-05-01", ActKind::Approved),
    ];
    let csk = Party::new("CSK", "Czechoslovakia", Role::Sending);
    let parties = vec![csk, party("IRQ"), successor("CZE", "CSK", "1993-01-01"), successor("SVK", "CSK", "1993-01-01")];
    let agreement = agreed(parties, record);
    assert_eq!(
        states(&agreement, &["1990-02-28", "1992-12-31", "1993-01-01", "1993-02-01", "1993-03-01", "1993-05-01"]),
        [
            "awaiting consent of CSK and IRQ",
            "awaiting consent of IRQ",
            "awaiting consent of IRQ",
            "refused by SVK",
            "refused by SVK",
            "approved, not announced",
        ]
    );
    assert_eq!(agreement.paused_by_on(day("1993-04-01")), ["CZE", "SVK"]);
    let needed = |id, on| agreement.consent_on(id, day(on)).unwrap().needed;
    assert_eq!((needed("CSK", "1992-12-31"), needed("CZE", "1992-12-31")), (true, false));
    assert_eq!((needed("CSK", "1993-01-01"), needed("CZE", "1993-01-01")), (false, true));
    assert_eq!(due(agreement.terms().clone(), Event::Approval).to_string(), "1993-05-01");
    assert_eq!(due(agreement.terms().clone(), Event::Signature).to_string(), "1990-02-26");
}

/// A consent is given in the way of the one that acts, and asked of the one that is named.
#[test]
fn what_a_successor_did_before_its_day_counts_from_that_day() {
    let by_signature = |id| Party::new(id, id, Role::Sending).consent(ConsentMode::Signature);
    let record = |by: &str| {
        vec![act("2000-01-01", ActKind::Signed).by(by), act("2000-01-02", ActKind::AnnouncementPostponed).by(by)]
    };
    let parties = |first: Party| vec![first, successor("NEW", "OLD", "2000-01-10")];
    let of = |mode: fn(&str) -> Party, by| agreed(parties(mode("OLD")), record(by));
    let by_approval = |id: &str| Party::new(id, id, Role::Sending);
    let days = ["2000-01-01", "2000-01-09", "2000-01-10"];
    let (waits, new) = ("awaiting consent of OLD", "awaiting consent of NEW");
    let approved = "approved, not announced";
    assert_eq!(
        states(&of(|id| Party::new(id, id, Role::Sending).consent(ConsentMode::Signature), "OLD"), &days),
        [approved, approved, approved]
    );
    assert_eq!(states(&of(|id| Party::new(id, id, Role::Sending), "OLD"), &days), [waits, waits, new]);
    let by_new =
        agreed(vec![by_approval("OLD"), by_signature("NEW").succeeds("OLD", day("2000-01-10"))], record("NEW"));
    assert_eq!(states(&by_new, &days), ["under negotiation", "under negotiation", approved]);
    assert_eq!((by_new.postponements_on(day("2000-01-09")), by_new.postponements_on(day("2000-01-10"))), (0, 1));
    // Who need not consent ends the waiting by its place alone.
    let free = agreed(
        vec![
            by_approval("OLD"),
            by_approval("NEW").consent(ConsentMode::None).succeeds("OLD", day("2000-01-10")),
            by_approval("USA"),
        ],
        vec![act("2000-01-01", ActKind::Approved).by("USA")],
    );
    assert_eq!(due(free.terms().clone(), Event::Approval).to_string(), "2000-01-10");
}

/// An act of two parties, one of which comes to its place on that day or later, is one act.
#[test]
fn an_act_of_parties_of_different_days_is_one_act() {
    let parties = || {
        let [a, old] = ["A", "OLD"].map(|id| Party::new(id, id, Role::Sending));
        vec![a, old, successor("NEW", "OLD", "2000-01-10")]
    };
    let postponed = vec![act("2000-01-01", ActKind::AnnouncementPostponed).by_all(["A", "NEW"])];
    assert_eq!(agreed(parties(), postponed).postponements_on(day("2000-01-10")), 1);
    // The consent of both, on the first day of the one.
    let adopted = vec![act("2000-01-10", ActKind::Adopted).by_all(["A", "NEW"])];
    let gated = Terms { parties: parties(), consent_before: Some(vec![GatedStep::Announcement]), ..free(&[], adopted) };
    assert!(gated.validate().is_ok());
}

/// The old one signs without effect, and the new one binds itself so.
#[test]
fn an_act_of_nobody_named_is_of_those_named_on_its_last_day() {
    let new = |since: &str| successor("NEW", "OLD", since).consent(ConsentMode::Signature);
    let signed = |since: &str| {
        let parties = vec![Party::new("OLD", "OLD", Role::Sending), new(since)];
        let agreement = agreed(parties, vec![act("2000-01-01/2000-01-10", ActKind::Signed)]);
        let state = agreement.approval_on(day("2000-02-01"));
        (state, due(agreement.into_terms(), Event::Approval).to_string())
    };
    assert_eq!(signed("2000-01-05"), (ApprovalState::Approved, "2000-01-05 to 2000-01-10".to_owned()));
    assert_eq!(signed("2000-01-10"), (ApprovalState::Approved, "2000-01-10".to_owned()));
    let outstanding = vec!["NEW".to_owned()];
    assert_eq!(signed("2000-01-11").0, ApprovalState::AwaitingConsent { outstanding });
}

/// A successor's successor has it all, and no earlier than that one.
#[test]
fn places_are_handed_on() {
    let record = vec![act("2000-01-01", ActKind::Approved).by("A"), act("2000-01-01", ActKind::Paused).by("A")];
    let a = Party::new("A", "A", Role::Sending);
    let parties = vec![successor("C", "B", "2000-01-05"), successor("B", "A", "2000-01-10"), a];
    let agreement = agreed(parties, record);
    let named = |on: &str| agreement.paused_by_on(day(on));
    assert_eq!((named("2000-01-09"), named("2000-01-10")), (vec!["A".to_owned()], vec!["C".to_owned()]));
    assert!(agreement.consent_on("C", day("2000-01-10")).unwrap().given());
}

#[test]
fn nothing_is_expected_of_a_party_whose_successor_did_it() {
    let record =
        vec![act("2000-02", ActKind::Approved).by("A").expected(), act("2000-01-20", ActKind::Approved).by("B")];
    let agreement = agreed(vec![Party::new("A", "A", Role::Sending), successor("B", "A", "2000-01-10")], record);
    let expected = |on: &str| agreement.assess(&[], day(on)).expected.len();
    assert_eq!((expected("2000-01-19"), expected("2000-01-20")), (1, 0));
}

/// Five hundred parties, each of which takes the place of the one before, and an act of all of them. Each succession, and
/// each party that is named, counts as an act.
#[test]
fn a_long_line_of_successors_is_bounded() {
    let since = |index: usize| day("1900-01-01") + chrono::Days::new(u64::try_from(index).unwrap());
    let party = |index: usize| {
        let party = Party::new(format!("P{index}"), "P", Role::Sending);
        if index == 0 { party } else { party.succeeds(format!("P{}", index - 1), since(index)) }
    };
    let line = |count: usize| {
        let all = act("1900-01-01", ActKind::Approved).by_all((0..count).map(|index| format!("P{index}")));
        Terms { parties: (0..count).map(party).collect(), ..free(&[], vec![all]) }
    };
    let agreement = agreement(line(500));
    assert!(agreement.consent_on("P499", since(499)).unwrap().given());
    assert_eq!(agreement.approval_on(since(499)), ApprovalState::Approved);
    let found = line(800).validate().unwrap_err().to_string();
    let expected =
        "document-too-large at record: the parties times the acts come to 1280000; at most 1048576 are accepted";
    assert_eq!(found, expected);
}

/// The consent of several on one of some days, in which a successor takes its place: on whichever of them it was, it is
/// that of all on one day, and of the successor on its own first day at the earliest. It undoes a refusal that counts
/// from that day, too.
#[test]
fn an_act_of_several_counts_for_a_successor_from_its_day() {
    let parties = || vec![party("USA"), party("IRQ"), successor("NEW", "USA", "2000-01-10")];
    let approval = |record| due(agreed(parties(), record).terms().clone(), Event::Approval).to_string();
    let approved = |on| [act(on, ActKind::Approved), act(on, ActKind::Approved).by_all(["NEW", "IRQ"])];
    for approved in approved("2000-01-09/2000-01-10") {
        let record = vec![act("2000-01-01", ActKind::Refused).by("NEW"), approved];
        assert_eq!(approval(record.clone()), "2000-01-10");
        let states = states(&agreed(parties(), record), &["2000-01-09", "2000-01-10"]);
        assert_eq!(states, ["under negotiation", "approved, not announced"]);
    }
    for approved in approved("2000-01-09/2000-01-11") {
        assert_eq!(approval(vec![approved, act("2000-01-11", ActKind::Refused)]), "2000-01-10 to 2000-01-11");
    }
}
