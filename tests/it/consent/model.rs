//! A slow model of consent, written from the words of the design: it goes through the acts one by one for every day.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const PARTIES: [&str; 3] = ["USA", "QAT", "TAL"];
const NEEDED: [&str; 2] = ["USA", "TAL"];
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
const LAST: u32 = 14;

fn date(day: u32) -> NaiveDate {
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

/// What the acts come to that count by a day.
#[derive(Default)]
struct Model {
    seen: BTreeSet<ActKind>,
    given: BTreeSet<String>,
    refused: BTreeSet<String>,
    withdrawn: BTreeSet<String>,
    paused: BTreeSet<String>,
    suspended: bool,
}

impl Model {
    /// Each act counts on a day of its window, and those of one day in the order of their kinds.
    fn by(end: NaiveDate, record: &[Act], on: impl Fn(&Act) -> NaiveDate) -> Self {
        let mut acts: Vec<_> = record.iter().filter(|act| on(act) <= end).collect();
        acts.sort_by_key(|act| (on(act), act.act));
        let mut model = Self::default();
        for act in acts {
            model.count(act);
        }
        model
    }

    fn count(&mut self, act: &Act) {
        self.seen.insert(act.act);
        let needed = NEEDED.map(str::to_owned).to_vec();
        for party in if act.parties.is_empty() { &needed } else { &act.parties } {
            let consents =
                matches!(act.act, ActKind::Approved | ActKind::Adopted) || act.act == ActKind::Signed && party == "TAL";
            if consents {
                self.given.insert(party.clone());
                self.refused.remove(party);
                self.withdrawn.remove(party);
            }
            match act.act {
                ActKind::Refused => {
                    self.given.remove(party);
                    self.refused.insert(party.clone());
                }
                ActKind::ConsentWithdrawn => {
                    self.given.remove(party);
                    self.withdrawn.insert(party.clone());
                }
                ActKind::Paused => _ = self.paused.insert(party.clone()),
                ActKind::Resumed if !act.parties.is_empty() => _ = self.paused.remove(party),
                _ => {}
            }
        }
        match act.act {
            ActKind::Suspended => self.suspended = true,
            ActKind::Resumed if act.parties.is_empty() => self.suspended = false,
            _ => {}
        }
    }

    fn has(&self, kinds: &[ActKind]) -> bool {
        kinds.iter().any(|kind| self.seen.contains(kind))
    }

    fn lacking(&self) -> Vec<String> {
        NEEDED.iter().filter(|&&party| !self.given.contains(party)).map(|&party| party.to_owned()).collect()
    }

    fn state(&self) -> ApprovalState {
        let of =
            |set: &BTreeSet<String>| NEEDED.iter().filter(|&&id| set.contains(id)).map(|&id| id.to_owned()).collect();
        let refused: Vec<_> = of(&self.refused.union(&self.withdrawn).cloned().collect());
        let outstanding = self.lacking();
        if self.has(&[ActKind::Terminated]) {
            ApprovalState::Terminated
        } else if self.suspended {
            ApprovalState::Suspended
        } else if self.has(&[ActKind::InForce, ActKind::ProvisionallyApplied]) {
            ApprovalState::InForce { provisional: !self.has(&[ActKind::InForce]), withdrawn_by: of(&self.withdrawn) }
        } else if !refused.is_empty() {
            ApprovalState::Refused { by: refused }
        } else if outstanding.is_empty() && self.has(&[ActKind::Announced, ActKind::Adopted]) {
            ApprovalState::Announced
        } else if outstanding.is_empty() {
            ApprovalState::Approved
        } else if self.has(&[ActKind::TextAgreed, ActKind::Initialled, ActKind::Signed]) {
            ApprovalState::AwaitingConsent { outstanding }
        } else {
            ApprovalState::Negotiating
        }
    }

    fn blockers_on(&self, step: GatedStep, gated: &[GatedStep]) -> Vec<Blocker> {
        let is_public = self.has(&[ActKind::Announced, ActKind::Adopted]);
        let is_taken = if step == GatedStep::Announcement { is_public } else { self.has(&[ActKind::InForce]) };
        if is_taken || !gated.contains(&step) {
            return Vec::new();
        }
        let mut blockers: Vec<_> = self.lacking().into_iter().map(|party| Blocker::Consent { party }).collect();
        if step == GatedStep::Execution && gated.contains(&GatedStep::Announcement) && !is_public {
            blockers.push(Blocker::Announcement);
        }
        blockers
    }
}

fn earliest(act: &Act) -> NaiveDate {
    act.on.window().unwrap().earliest()
}

fn latest(act: &Act) -> NaiveDate {
    act.on.window().unwrap().latest()
}

fn undoes(act: &Act) -> bool {
    matches!(act.act, ActKind::Refused | ActKind::ConsentWithdrawn)
}

/// The first day at whose end every consent stands, if acts count on these days.
fn approved_first(record: &[Act], on: impl Fn(&Act) -> NaiveDate) -> Option<NaiveDate> {
    (1..=LAST).map(date).find(|&day| Model::by(day, record, &on).lacking().is_empty())
}

fn approval(record: &[Act]) -> Option<(NaiveDate, NaiveDate)> {
    let one = approved_first(record, |act| if undoes(act) { latest(act) } else { earliest(act) })?;
    let other = approved_first(record, |act| if undoes(act) { earliest(act) } else { latest(act) })?;
    Some((one.min(other), one.max(other)))
}

/// The last day on which the event that binds may have happened.
fn binds_from(terms: &Terms) -> Option<NaiveDate> {
    let first = |kinds: &[ActKind]| terms.record.iter().filter(|act| kinds.contains(&act.act)).map(latest).min();
    let signed = |party: &str| {
        let by = |act: &&Act| {
            act.act == ActKind::Signed && (act.parties.is_empty() || act.parties.iter().any(|id| id == party))
        };
        terms.record.iter().filter(by).map(latest).min()
    };
    let is_treaty = matches!(terms.instrument, Some(Instrument::Treaty | Instrument::ExecutiveAgreement));
    match terms.binds_from.unwrap_or(if is_treaty { BindsFrom::EntryIntoForce } else { BindsFrom::Approval }) {
        BindsFrom::EntryIntoForce => first(&[ActKind::InForce]),
        BindsFrom::Approval => Some(approval(&terms.record)?.1),
        BindsFrom::Announcement => {
            first(&[ActKind::Announced, ActKind::Adopted]).or_else(|| Some(signed("USA")?.max(signed("TAL")?)))
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
            [GatedStep::Announcement, GatedStep::Execution].map(|step| agreement.blockers_on(step, day)),
            PARTIES.map(|party| agreement.consent_on(party, day)),
        )
    };
    (1..=LAST).map(date).map(answer).collect()
}

proptest! {
    #[test]
    fn the_crate_and_the_model_agree_on_every_day(terms in document()) {
        let agreement = agreement(terms.clone());
        let gated = terms.consent_before.as_deref().unwrap();
        for day in (1..=LAST).map(date) {
            let model = Model::by(day, &terms.record, latest);
            prop_assert_eq!(agreement.approval_on(day), model.state(), "{}", day);
            let paused: Vec<_> = PARTIES.into_iter().filter(|&id| model.paused.contains(id)).collect();
            prop_assert_eq!(agreement.paused_by_on(day), paused, "{}", day);
            for step in [GatedStep::Announcement, GatedStep::Execution] {
                prop_assert_eq!(agreement.blockers_on(step, day), model.blockers_on(step, gated), "{} {}", step, day);
            }
            for id in PARTIES {
                let consent = agreement.consent_on(id, day).unwrap();
                let sets = [&model.given, &model.refused, &model.withdrawn].map(|set| set.contains(id));
                prop_assert_eq!([consent.given(), consent.refused, consent.withdrawn], sets, "{} {}", id, day);
            }
            let has_begun = model.has(&[ActKind::InForce, ActKind::ProvisionallyApplied])
                || binds_from(&terms).is_some_and(|first| first <= day);
            let binds = has_begun && !model.suspended && !model.has(&[ActKind::Terminated]);
            prop_assert_eq!(agreement.binds_on(day), binds, "{}", day);
        }
    }

    #[test]
    fn the_approval_is_the_window_of_the_model(terms in document()) {
        let window = due(terms.clone(), Event::Approval).window().map(|window| (window.earliest(), window.latest()));
        prop_assert_eq!(window, approval(&terms.record));
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
