//! Consent and the record: states, blockers, events and rules, all derived from dated acts.

mod cases;
mod days;
mod events;
mod model;
mod orders;
mod rules;
mod successors;

use chrono::NaiveDate;
use force_drawdown::{
    Act, ActKind, Agreement, Approval, ApprovalState, BindsFrom, Blocker, ConsentMode, Deadline, Due, Event, Force,
    GatedStep, Instrument, Limit, Part, Party, Period, Phase, Role, Terms,
};

use crate::support::day;

fn act(on: &str, kind: ActKind) -> Act {
    Act::new(period(on), kind)
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn step(on: &str, body: &str) -> Act {
    Act { body: Some(body.to_owned()), ..act(on, ActKind::DomesticStep) }
}

/// Iraq and the United States bind themselves by approval, the Taliban by signature; Qatar need not.
fn party(id: &str) -> Party {
    match id {
        "IRQ" => Party::new("IRQ", "Iraq", Role::Receiving),
        "USA" => Party::new("USA", "United States", Role::Sending),
        "TAL" => Party::new("TAL", "Taliban", Role::Signatory).consent(ConsentMode::Signature),
        _ => Party::new("QAT", "Qatar", Role::Mediator),
    }
}

fn terms(parties: &[&str], record: Vec<Act>) -> Terms {
    let mut terms = Terms::new("plan");
    terms.parties = parties.iter().map(|id| party(id)).collect();
    terms.forces = vec![Force::new("us")];
    terms.phases = vec![Phase::new("1", Deadline::after(Event::EntryIntoForce)).limit(Limit::remain(0))];
    terms.record = record;
    terms
}

/// The terms with nothing gated.
fn free(parties: &[&str], record: Vec<Act>) -> Terms {
    Terms { consent_before: Some(Vec::new()), ..terms(parties, record) }
}

fn agreement(terms: Terms) -> Agreement {
    Agreement::try_from(terms).unwrap()
}

fn due(mut terms: Terms, event: Event) -> Due {
    terms.phases[0].by = Deadline::after(event);
    let agreement = agreement(terms);
    let schedule = agreement.schedule("us").unwrap();
    schedule.required_milestones_on(day("2030-01-01")).first().unwrap().due.clone()
}

#[test]
fn the_plan_of_2024_waits_for_both_consents() {
    let agreement = crate::support::iraq();
    let reported = day("2024-09-06");
    let state = agreement.approval_on(reported);
    assert_eq!(state, ApprovalState::AwaitingConsent { outstanding: vec!["IRQ".into(), "USA".into()] });
    assert_eq!(state.to_string(), "awaiting consent of IRQ and USA");
    assert_eq!(state.sentence(agreement.terms()), "awaiting consent of Iraq and United States");
    let consents = ["IRQ", "USA"].map(|party| Blocker::Consent { party: party.to_owned() });
    assert_eq!(agreement.blockers_on(GatedStep::Announcement, reported), consents);
    let blockers = agreement.blockers_on(GatedStep::Execution, reported);
    assert_eq!(blockers, [consents.as_slice(), &[Blocker::Announcement]].concat());
    assert!(!agreement.binds_on(reported));
    assert_eq!((agreement.postponements_on(day("2024-08-30")), agreement.postponements_on(reported)), (0, 1));
    assert_eq!(agreement.approval_on(day("2024-09-05")), ApprovalState::Negotiating);
    assert!(agreement.consent_on("FRA", reported).is_none());
}

#[test]
fn a_blocker_without_names_has_ids() {
    let (party, body) = ("IRQ".to_owned(), "council".to_owned());
    let blockers =
        [Blocker::Consent { party: party.clone() }, Blocker::DomesticStep { party, body }, Blocker::Announcement];
    let expected = ["IRQ has to consent", "council of IRQ has to say yes", "the agreement has to be announced"];
    assert_eq!(blockers.map(|blocker| blocker.to_string()), expected);
}

#[test]
fn each_act_moves_the_state() {
    use ActKind::{
        Adopted, Approved, ConsentWithdrawn, InForce, Initialled, ProvisionallyApplied, Refused, Resumed, Suspended,
        Terminated,
    };
    let record = vec![
        act("2024-01-01", Initialled),
        act("2024-01-02", Approved).by("IRQ"),
        act("2024-01-03", Refused).by("USA"),
        act("2024-01-04", Approved).by("USA"),
        act("2024-01-05", ConsentWithdrawn).by("IRQ"),
        act("2024-01-06", Adopted).by("IRQ"),
        act("2024-01-07", ProvisionallyApplied),
        act("2024-01-08", Suspended).by("USA"),
        act("2024-01-09", Resumed).by("USA"),
        act("2024-01-10", Resumed),
        act("2024-01-11", InForce),
        act("2024-01-12", ConsentWithdrawn).by("IRQ"),
        act("2024-01-13", Refused).by("IRQ"),
        act("2024-01-14", Approved).by("IRQ"),
        act("2024-01-15", ConsentWithdrawn),
        act("2024-01-16", Terminated),
    ];
    let agreement = agreement(free(&["QAT", "IRQ", "USA"], record));
    let states = [
        "under negotiation",
        "awaiting consent of IRQ and USA",
        "awaiting consent of USA",
        "refused by USA",
        "approved, not announced",
        "refused by IRQ",
        "announced",
        "provisionally applied",
        "suspended",
        "suspended",
        "provisionally applied",
        "in force",
        "in force, consent withdrawn by IRQ",
        "in force, consent withdrawn by IRQ",
        "in force",
        "in force, consent withdrawn by IRQ and USA",
        // The day of the termination is the last on which it binds.
        "in force, consent withdrawn by IRQ and USA",
        "terminated",
    ];
    let days = day("2023-12-31").iter_days();
    for (day, state) in days.zip(states) {
        assert_eq!(agreement.approval_on(day).to_string(), state, "{day}");
    }
    let consented = |on| agreement.consent_on("IRQ", day(on)).unwrap().on.map(|days| days.to_string());
    assert_eq!(consented("2024-01-04").as_deref(), Some("2024-01-02"));
    assert_eq!(consented("2024-01-05"), None);
    let bound: Vec<_> = day("2024-01-01").iter_days().take(20).filter(|&day| agreement.binds_on(day)).collect();
    assert_eq!((bound[0], bound[1], bound.len()), (day("2024-01-04"), day("2024-01-05"), 11));
}

#[test]
fn an_agreement_that_needs_nobody_is_negotiated_until_it_is_public() {
    let record = vec![act("2024-01-01", ActKind::Signed), act("2024-01-03", ActKind::Announced)];
    let agreement = agreement(terms(&["QAT"], record));
    let state = |on| agreement.approval_on(day(on));
    assert_eq!((state("2024-01-02"), state("2024-01-03")), (ApprovalState::Negotiating, ApprovalState::Announced));
    assert!(!agreement.binds_on(day("2024-01-02")) && agreement.binds_on(day("2024-01-03")));
}

#[test]
fn states_have_words_and_keys_of_their_own() {
    let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
    let in_force = |provisional, by| ApprovalState::InForce { provisional, withdrawn_by: ids(by) };
    let table = [
        (ApprovalState::Terminated, "terminated", r#"{"state":"terminated"}"#),
        (ApprovalState::Suspended, "suspended", r#"{"state":"suspended"}"#),
        (in_force(false, &[]), "in force", r#"{"state":"in-force","provisional":false,"withdrawn_by":[]}"#),
        (
            in_force(true, &["IRQ"]),
            "provisionally applied, consent withdrawn by Iraq",
            r#"{"state":"in-force","provisional":true,"withdrawn_by":["IRQ"]}"#,
        ),
        (
            ApprovalState::Refused { by: ids(&["IRQ", "USA", "TAL"]) },
            "refused by Iraq, United States and Taliban",
            r#"{"state":"refused","by":["IRQ","USA","TAL"]}"#,
        ),
        (ApprovalState::Announced, "announced", r#"{"state":"announced"}"#),
        (ApprovalState::Approved, "approved, not announced", r#"{"state":"approved"}"#),
        (
            ApprovalState::AwaitingConsent { outstanding: ids(&["XXX"]) },
            "awaiting consent of XXX",
            r#"{"state":"awaiting-consent","outstanding":["XXX"]}"#,
        ),
        (ApprovalState::Negotiating, "under negotiation", r#"{"state":"negotiating"}"#),
    ];
    let terms = terms(&["IRQ", "USA", "TAL"], Vec::new());
    for (state, words, json) in table {
        assert_eq!(state.sentence(&terms), words);
        assert_eq!(serde_json::to_string(&state).unwrap(), json);
        let approval = Approval { state: state.clone(), paused_by: Vec::new() };
        assert_eq!(approval.sentence(&terms), words);
        let paused = Approval { state, paused_by: ids(&["USA"]) };
        assert_eq!(paused.sentence(&terms), format!("{words}; paused by United States"));
        let json = json.replace('}', r#","paused_by":["USA"]}"#);
        assert_eq!(serde_json::to_string(&paused).unwrap(), json);
    }
}

#[test]
fn blockers_are_the_consents_with_their_bodies_then_the_announcement() {
    let gated = Some(vec![GatedStep::Announcement, GatedStep::Execution]);
    let mut terms = terms(&["IRQ", "USA"], Vec::new());
    terms.parties[0].domestic_steps = vec!["cabinet".into(), "parliament".into()];
    terms.record = vec![
        step("2024-01-01", "cabinet"),
        step("2024-01-02", "parliament").by("IRQ"),
        act("2024-01-03", ActKind::Approved).by("IRQ"),
        act("2024-01-04", ActKind::Approved).by("USA"),
        act("2024-01-05", ActKind::Announced),
        act("2024-01-06", ActKind::InForce),
        act("2024-01-07", ActKind::ConsentWithdrawn),
    ];
    let words = |terms: &Terms, step, on| {
        let blockers = agreement(terms.clone()).blockers_on(step, day(on));
        blockers.iter().map(|blocker| blocker.sentence(terms)).collect::<Vec<_>>().join("; ")
    };
    terms.consent_before = gated;
    let table = [
        (
            "2023-12-31",
            "Iraq has to consent; cabinet of Iraq has to say yes; parliament of Iraq has to say yes; United States has to consent",
        ),
        ("2024-01-01", "Iraq has to consent; parliament of Iraq has to say yes; United States has to consent"),
        ("2024-01-02", "Iraq has to consent; United States has to consent"),
        ("2024-01-03", "United States has to consent"),
        ("2024-01-04", ""),
    ];
    for (on, expected) in table {
        assert_eq!(words(&terms, GatedStep::Announcement, on), expected, "{on}");
        let separator = if expected.is_empty() { "" } else { "; " };
        let expected = format!("{expected}{separator}the agreement has to be announced");
        assert_eq!(words(&terms, GatedStep::Execution, on), expected, "{on}");
    }
    for step in [GatedStep::Announcement, GatedStep::Execution] {
        for on in ["2024-01-05", "2024-01-06", "2024-01-07"] {
            assert_eq!(words(&terms, step, on), "", "{step} {on}");
        }
    }
    terms.consent_before = None;
    assert_eq!(words(&terms, GatedStep::Announcement, "2023-12-31"), "");
    assert_eq!(words(&terms, GatedStep::Execution, "2024-01-03"), "United States has to consent");
    terms.consent_before = Some(vec![GatedStep::Announcement]);
    assert_eq!(words(&terms, GatedStep::Execution, "2023-12-31"), "");
    assert_eq!(
        serde_json::to_string(&agreement(terms).blockers_on(GatedStep::Announcement, day("2024-01-01"))).unwrap(),
        r#"[{"kind":"consent","party":"IRQ"},{"kind":"domestic-step","party":"IRQ","body":"parliament"},{"kind":"consent","party":"USA"}]"#
    );
    assert_eq!(serde_json::to_string(&Blocker::Announcement).unwrap(), r#"{"kind":"announcement"}"#);
}

#[test]
fn a_consent_says_since_when_it_stands_and_what_it_waits_for() {
    let mut terms = free(&["IRQ", "TAL", "QAT"], Vec::new());
    terms.parties[0].domestic_steps = vec!["cabinet".into(), "parliament".into()];
    terms.parties[2].domestic_steps = vec!["emir".into()];
    terms.record = vec![
        step("2024-01-01", "cabinet").by("IRQ"),
        step("2024-01-02", "parliament"),
        act("2024-01-03/2024-01-04", ActKind::Approved).by("IRQ"),
        act("2024-01-05", ActKind::Adopted),
        act("2024-01-06", ActKind::Signed),
        act("2024-01-07", ActKind::Refused).by("TAL"),
        act("2024-01-08", ActKind::ConsentWithdrawn).by("TAL"),
        act("2024-01-09", ActKind::Signed).by_all(["TAL", "QAT"]),
        act("2024-01-10", ActKind::ConsentWithdrawn).by("IRQ"),
        act("2024-01-11", ActKind::Signed).by("IRQ"),
        act("2024-01-12", ActKind::Refused).by("QAT"),
    ];
    let agreement = agreement(terms);
    let consent = |party, on| agreement.consent_on(party, day(on)).unwrap();
    let table = [
        ("IRQ", "2023-12-31", "Iraq has not consented, and waits for cabinet and parliament"),
        ("IRQ", "2024-01-01", "Iraq has not consented, and waits for parliament"),
        ("IRQ", "2024-01-03", "Iraq has not consented"),
        ("IRQ", "2024-01-09", "Iraq consented between 2024-01-03 and 2024-01-04"),
        ("IRQ", "2024-01-10", "Iraq withdrew its consent"),
        ("IRQ", "2024-01-11", "Iraq withdrew its consent"),
        ("TAL", "2024-01-04", "Taliban has not consented"),
        ("TAL", "2024-01-06", "Taliban consented on 2024-01-05"),
        ("TAL", "2024-01-07", "Taliban refused"),
        ("TAL", "2024-01-08", "Taliban withdrew its consent"),
        ("TAL", "2024-01-09", "Taliban consented on 2024-01-09"),
        ("QAT", "2024-01-11", "Qatar need not consent"),
        ("QAT", "2024-01-12", "Qatar refused"),
    ];
    for (party, on, words) in table {
        assert_eq!(consent(party, on).to_string(), words, "{party} {on}");
    }
    let iraq = consent("IRQ", "2024-01-01");
    assert_eq!((iraq.party.as_str(), iraq.needed, iraq.given(), iraq.on), ("IRQ", true, false, None));
    assert_eq!((iraq.steps_done, iraq.steps_outstanding), (vec!["cabinet".to_owned()], vec!["parliament".to_owned()]));
    let taliban = consent("TAL", "2024-01-08");
    assert!(taliban.refused && taliban.withdrawn && !taliban.given());
    let qatar = consent("QAT", "2024-01-11");
    assert_eq!((qatar.needed, qatar.given(), qatar.steps_outstanding.len()), (false, false, 1));
}

#[test]
fn pauses_change_nothing_but_who_has_paused() {
    let record = vec![
        act("2024-01-01", ActKind::Paused).by("QAT"),
        act("2024-01-02", ActKind::Paused),
        act("2024-01-03", ActKind::Resumed),
        act("2024-01-04", ActKind::Resumed).by_all(["USA", "QAT"]),
        act("2024-01-05", ActKind::Resumed).by("IRQ"),
    ];
    let agreement = agreement(terms(&["USA", "QAT", "IRQ"], record));
    let table = [
        ("2023-12-31", ""),
        ("2024-01-01", "QAT"),
        ("2024-01-02", "USA QAT IRQ"),
        ("2024-01-03", "USA QAT IRQ"),
        ("2024-01-04", "IRQ"),
        ("2024-01-05", ""),
    ];
    for (on, paused) in table {
        assert_eq!(agreement.paused_by_on(day(on)).join(" "), paused, "{on}");
        assert_eq!(agreement.approval_on(day(on)), ApprovalState::Negotiating);
    }
}

#[test]
fn an_act_counts_from_the_end_of_its_window_and_as_known_once_it_is_published() {
    let mut record = vec![act("2024-01", ActKind::TextAgreed), act("2024-02-01", ActKind::Approved)];
    record[1].published = Some(day("2024-03-01"));
    let agreement = agreement(terms(&["USA"], record));
    assert_eq!(agreement.approval_on(day("2024-01-30")), ApprovalState::Negotiating);
    assert_eq!(agreement.approval_on(day("2024-01-31")).as_str(), "awaiting-consent");
    assert_eq!(agreement.approval_on(day("2024-02-01")).as_str(), "approved");
    let known = |on| agreement.as_known_on(day(on)).approval_on(day("2024-02-01"));
    assert_eq!(known("2024-01-30"), ApprovalState::Negotiating);
    assert_eq!(known("2024-02-29").as_str(), "awaiting-consent");
    assert_eq!(known("2024-03-01").as_str(), "approved");
}
