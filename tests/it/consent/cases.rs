//! Records of all kinds, and what an implementation of consent says of them: the crate and the slow model agree.

use proptest::prelude::*;

use super::model::Model;
use super::*;

pub(super) const PARTIES: [&str; 3] = ["USA", "QAT", "TAL"];
/// Those who may take the place of the United States.
const SUCCESSORS: [&str; 2] = ["NEW", "SUC"];
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

fn acts(parties: Vec<&'static str>) -> impl Strategy<Value = Vec<Act>> {
    let length = prop_oneof![3 => Just(0), 1 => 1..4_u32];
    let parties = prop_oneof![Just(Vec::new()), proptest::sample::subsequence(parties, 1..3)];
    let draw = (proptest::sample::select(KINDS.to_vec()), 1..LAST - 3, length, parties, proptest::bool::weighted(0.1));
    let act = draw.prop_map(move |(kind, first, length, parties, expected)| {
        Act { expected, ..Act::new(window(first, length), kind) }.by_all(parties)
    });
    proptest::collection::vec(act, 0..14).prop_map(|mut acts| {
        let latest = |act: &Act| act.on.window().unwrap().latest();
        let end = acts.iter().filter(|act| act.act == ActKind::Terminated && !act.expected).map(latest).min();
        acts.retain(|act| {
            act.act == ActKind::TextAgreed || end.is_none_or(|end| act.on.window().unwrap().earliest() <= end)
        });
        acts
    })
}

/// Steps are gated where they are not taken, for what is taken waits for nothing.
fn document() -> impl Strategy<Value = Terms> {
    let binds_from = proptest::option::of(proptest::sample::select(BindsFrom::ALL.to_vec()));
    let modes = proptest::sample::select(ConsentMode::ALL.to_vec());
    let successors = prop_oneof![
        2 => Just(Vec::new()),
        1 => proptest::collection::vec((1..LAST, modes), 1..=2),
    ];
    let acts = successors.prop_flat_map(|successors| {
        let parties = PARTIES.into_iter().chain(SUCCESSORS.into_iter().take(successors.len()));
        (Just(successors), acts(parties.collect()))
    });
    (acts, binds_from, proptest::option::of(proptest::sample::select(Instrument::ALL.to_vec()))).prop_map(
        |((successors, record), binds_from, instrument)| {
            let has = |kinds: &[ActKind]| record.iter().any(|act| kinds.contains(&act.act));
            let mut gated = Vec::new();
            if !has(&[ActKind::Announced, ActKind::Adopted]) {
                gated.push(GatedStep::Announcement);
            }
            if !has(&[ActKind::InForce]) {
                gated.push(GatedStep::Execution);
            }
            let mut terms = Terms { consent_before: Some(gated), binds_from, instrument, ..terms(&PARTIES, record) };
            for (id, (since, mode)) in SUCCESSORS.into_iter().zip(successors) {
                let party = Party::new(id, id, Role::Sending).consent(mode);
                terms.parties.push(party.succeeds("USA", date(since)));
            }
            terms
        },
    )
}

/// An implementation of consent, to be run on these records.
pub(super) trait Consenting {
    /// What it says of every day, and of the event `approval`.
    fn consent(terms: &Terms) -> Answers;
}

/// What is said of a record.
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
    /// Whether each party that is named has consented, refused, and withdrawn its consent.
    pub(super) consents: Vec<(String, [bool; 3])>,
}

struct TheCrate;

impl Consenting for TheCrate {
    fn consent(terms: &Terms) -> Answers {
        let agreement = agreement(terms.clone());
        let parties = &agreement.terms().parties;
        let is_named = |party: &Party, day| {
            let is_followed = |other: &Party| other.succeeds.as_ref() == Some(&party.id) && other.since <= Some(day);
            party.since.is_none_or(|since| since <= day) && !parties.iter().any(is_followed)
        };
        let consents = |day| {
            let consent = |party: &Party| {
                let consent = agreement.consent_on(&party.id, day).unwrap();
                (party.id.clone(), [consent.given(), consent.refused, consent.withdrawn])
            };
            parties.iter().filter(|party| is_named(party, day)).map(consent).collect()
        };
        let on_day = |day| OnDay {
            day,
            state: agreement.approval_on(day),
            paused_by: agreement.paused_by_on(day),
            binds: agreement.binds_on(day),
            postponements: agreement.postponements_on(day),
            blockers: STEPS.map(|step| agreement.blockers_on(step, day)),
            consents: consents(day),
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
            agreement.terms().parties.iter().map(|party| agreement.consent_on(&party.id, day)).collect::<Vec<_>>(),
        )
    };
    (1..=LAST).map(date).map(answer).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_slow_model_agrees_on_every_day(terms in document()) {
        let (fast, slow) = (TheCrate::consent(&terms), Model::consent(&terms));
        let text = || serde_json::json!(terms).to_string();
        prop_assert_eq!(fast.approval, slow.approval, "{}", text());
        for (fast, slow) in fast.days.iter().zip(&slow.days) {
            prop_assert_eq!(fast, slow, "{}", text());
        }
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
