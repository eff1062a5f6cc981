//! Records of all kinds, and what an implementation of consent says of them: the crate and the slow model agree.

use proptest::prelude::*;

use super::model::Model;
use super::*;

pub(super) const PARTIES: [&str; 3] = ["USA", "QAT", "TAL"];
const KINDS: [ActKind; 17] = [
    ActKind::TextAgreed,
    ActKind::Initialled,
    ActKind::Signed,
    ActKind::Approved,
    ActKind::Approved,
    ActKind::Adopted,
    ActKind::Refused,
    ActKind::ConsentWithdrawn,
    ActKind::AnnouncementPostponed,
    ActKind::Announced,
    ActKind::ProvisionallyApplied,
    ActKind::InForce,
    ActKind::Paused,
    ActKind::Suspended,
    ActKind::Resumed,
    ActKind::NoticeGiven,
    ActKind::Terminated,
];
pub(super) const LAST: u32 = 14;
pub(super) const STEPS: [GatedStep; 2] = [GatedStep::Announcement, GatedStep::Execution];

pub(super) fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, day).unwrap()
}

pub(super) fn window(first: u32, length: u32) -> Period {
    Period::Between(Part::Day(date(first)), Part::Day(date(first + length)))
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let length = prop_oneof![3 => Just(0), 1 => 1..4_u32];
    let parties = prop_oneof![Just(Vec::new()), proptest::sample::subsequence(PARTIES.to_vec(), 1..3)];
    let act = (proptest::sample::select(KINDS.to_vec()), 1..LAST - 3, length, parties)
        .prop_map(|(kind, first, length, parties)| Act::new(window(first, length), kind).by_all(parties));
    proptest::collection::vec(act, 0..14).prop_map(|mut acts| {
        let latest = |act: &Act| act.on.window().unwrap().latest();
        let end = acts.iter().filter(|act| act.act == ActKind::Terminated).map(latest).min();
        acts.retain(|act| {
            act.act == ActKind::TextAgreed || end.is_none_or(|end| act.on.window().unwrap().earliest() <= end)
        });
        acts
    })
}

/// Steps are gated where they are not taken, for what is taken waits for nothing.
fn document() -> impl Strategy<Value = Terms> {
    let binds_from = proptest::option::of(proptest::sample::select(BindsFrom::ALL.to_vec()));
    (acts(), binds_from, proptest::option::of(proptest::sample::select(Instrument::ALL.to_vec()))).prop_map(
        |(record, binds_from, instrument)| {
            let has = |kinds: &[ActKind]| record.iter().any(|act| kinds.contains(&act.act));
            let mut gated = Vec::new();
            if !has(&[ActKind::Announced, ActKind::Adopted]) {
                gated.push(GatedStep::Announcement);
            }
            if !has(&[ActKind::InForce]) {
                gated.push(GatedStep::Execution);
            }
            Terms { consent_before: Some(gated), binds_from, instrument, ..terms(&PARTIES, record) }
        },
    )
}

/// An implementation of consent, to be run on these records.
pub(super) trait Consenting {
    /// What it says of every day, and of the event `approval`.
    fn consent(terms: &Terms) -> Answers;
}

/// What is said of a record.
#[derive(PartialEq, Debug)]
pub(super) struct Answers {
    pub(super) days: Vec<OnDay>,
    pub(super) approval: Option<(NaiveDate, NaiveDate)>,
}

/// What is said of the end of a day.
#[derive(PartialEq, Debug)]
pub(super) struct OnDay {
    pub(super) day: NaiveDate,
    pub(super) state: ApprovalState,
    pub(super) paused_by: Vec<String>,
    pub(super) binds: bool,
    pub(super) postponements: usize,
    /// Of the announcement and of the execution.
    pub(super) blockers: [Vec<Blocker>; 2],
    /// Whether each party has consented, refused, and withdrawn its consent.
    pub(super) consents: [[bool; 3]; 3],
}

struct TheCrate;

impl Consenting for TheCrate {
    fn consent(terms: &Terms) -> Answers {
        let agreement = agreement(terms.clone());
        let consent = |id, day| {
            let consent = agreement.consent_on(id, day).unwrap();
            [consent.given(), consent.refused, consent.withdrawn]
        };
        let on_day = |day| OnDay {
            day,
            state: agreement.approval_on(day),
            paused_by: agreement.paused_by_on(day),
            binds: agreement.binds_on(day),
            postponements: agreement.postponements_on(day),
            blockers: STEPS.map(|step| agreement.blockers_on(step, day)),
            consents: PARTIES.map(|id| consent(id, day)),
        };
        let approval = due(terms.clone(), Event::Approval).window();
        Answers {
            days: (1..=LAST).map(date).map(on_day).collect(),
            approval: approval.map(|window| (window.earliest(), window.latest())),
        }
    }
}

/// Every answer for every day.
fn answers(agreement: &Agreement) -> Vec<impl PartialEq + std::fmt::Debug + use<>> {
    let answer = |day| {
        (
            agreement.approval_on(day),
            agreement.paused_by_on(day),
            agreement.binds_on(day),
            STEPS.map(|step| agreement.blockers_on(step, day)),
            PARTIES.map(|party| agreement.consent_on(party, day)),
        )
    };
    (1..=LAST).map(date).map(answer).collect()
}

proptest! {
    #[test]
    fn the_slow_model_agrees_on_every_day(terms in document()) {
        prop_assert_eq!(TheCrate::consent(&terms), Model::consent(&terms));
    }

    #[test]
    fn the_order_of_the_record_does_not_matter((terms, shuffled) in document().prop_flat_map(|terms| {
        let shuffled = Just(terms.record.clone()).prop_shuffle();
        (Just(terms), shuffled)
    })) {
        let shuffled = Terms { record: shuffled, ..terms.clone() };
        for event in [Event::Signature, Event::Approval, Event::Announcement, Event::Refusal, Event::Termination] {
            prop_assert_eq!(due(terms.clone(), event.clone()), due(shuffled.clone(), event));
        }
        prop_assert_eq!(answers(&agreement(terms)), answers(&agreement(shuffled)));
    }
}
