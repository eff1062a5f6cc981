//! A slow model of consent, written from the words of the design: it goes through the acts one by one for every day.

use std::collections::BTreeSet;

use super::cases::{Answers, Consenting, LAST, OnDay, PARTIES, STEPS, date};
use super::*;

const NEEDED: [&str; 2] = ["USA", "TAL"];

/// The acts of one day count in this order.
const ORDER: [ActKind; 19] = [
    ActKind::TextAgreed,
    ActKind::Initialled,
    ActKind::Refused,
    ActKind::ConsentWithdrawn,
    ActKind::Signed,
    ActKind::DomesticStep,
    ActKind::Approved,
    ActKind::Adopted,
    ActKind::AnnouncementPostponed,
    ActKind::Announced,
    ActKind::ProvisionallyApplied,
    ActKind::InForce,
    ActKind::Paused,
    ActKind::Suspended,
    ActKind::Resumed,
    ActKind::NoticeGiven,
    ActKind::Terminated,
    ActKind::Event,
    ActKind::NotYet,
];

/// The place of an act among those of its day.
pub(super) fn rank(kind: ActKind) -> usize {
    ORDER.iter().position(|&other| other == kind).unwrap()
}

/// What the acts come to that count by a day.
#[derive(Default)]
pub(super) struct Model {
    seen: BTreeSet<ActKind>,
    given: BTreeSet<String>,
    refused: BTreeSet<String>,
    withdrawn: BTreeSet<String>,
    paused: BTreeSet<String>,
    suspended: bool,
    postponements: usize,
}

impl Model {
    /// Each act counts on a day of its window, and those of one day in their order. On the day of a termination the
    /// agreement binds for the last time.
    fn by(end: NaiveDate, record: &[Dated<'_>]) -> Self {
        let counts = |(day, act): &&Dated<'_>| *day < end || *day == end && act.act != ActKind::Terminated;
        let mut acts: Vec<_> = record.iter().filter(counts).collect();
        acts.sort_by_key(|(day, act)| (*day, rank(act.act)));
        let mut model = Self::default();
        for (_, act) in acts {
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
            ActKind::AnnouncementPostponed => self.postponements += 1,
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

    fn blockers(&self, step: GatedStep, gated: &[GatedStep]) -> Vec<Blocker> {
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

/// An act, and a day on which it may have been.
pub(super) type Dated<'a> = (NaiveDate, &'a Act);

/// Every choice of days.
pub(super) fn choices<'a>(record: &'a [Act]) -> Vec<Vec<Dated<'a>>> {
    record.iter().fold(vec![Vec::new()], |choices, act| {
        let days: Vec<_> =
            act.on.window().unwrap().earliest().iter_days().take_while(|&day| day <= latest(act)).collect();
        let with = |choice: &Vec<Dated<'a>>| {
            days.iter().map(|&day| [choice.clone(), vec![(day, act)]].concat()).collect::<Vec<_>>()
        };
        choices.iter().flat_map(with).collect()
    })
}

fn latest(act: &Act) -> NaiveDate {
    act.on.window().unwrap().latest()
}

/// From the first to the last of the days at whose end every consent may first be given; none where on some choice of
/// days it never is.
fn approval(record: &[Act]) -> Option<(NaiveDate, NaiveDate)> {
    use ActKind::{Adopted, Approved, ConsentWithdrawn, Refused, Signed};
    let matters = |act: &&Act| matches!(act.act, Adopted | Approved | ConsentWithdrawn | Refused | Signed);
    let record: Vec<Act> = record.iter().filter(matters).cloned().collect();
    let first = |choice: Vec<Dated<'_>>| (1..=LAST).map(date).find(|&day| Model::by(day, &choice).lacking().is_empty());
    let days = choices(&record).into_iter().map(first).collect::<Option<BTreeSet<NaiveDate>>>()?;
    Some((*days.first()?, *days.last()?))
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

impl Consenting for Model {
    fn consent(terms: &Terms) -> Answers {
        let gated = terms.consent_before.as_deref().unwrap();
        let first = binds_from(terms);
        let on_last_days: Vec<Dated<'_>> = terms.record.iter().map(|act| (latest(act), act)).collect();
        let on_day = |day| {
            let model = Self::by(day, &on_last_days);
            let has_begun = model.has(&[ActKind::InForce, ActKind::ProvisionallyApplied])
                || first.is_some_and(|first| first <= day);
            let of = |id| [&model.given, &model.refused, &model.withdrawn].map(|set| set.contains(id));
            let paused_by = PARTIES.into_iter().filter(|&id| model.paused.contains(id)).map(str::to_owned);
            OnDay {
                day,
                state: model.state(),
                paused_by: paused_by.collect(),
                binds: has_begun && !model.suspended && !model.has(&[ActKind::Terminated]),
                postponements: model.postponements,
                blockers: STEPS.map(|step| model.blockers(step, gated)),
                consents: PARTIES.map(of),
            }
        };
        Answers { days: (1..=LAST).map(date).map(on_day).collect(), approval: approval(&terms.record) }
    }
}
