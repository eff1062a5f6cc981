//! A slow model of consent, written from the words of the design: it goes through the acts one by one for every day.

use std::collections::BTreeSet;

use super::cases::{Answers, Consenting, LAST, OnDay, PARTIES, STEPS, date};
use super::*;

const NEEDED: [&str; 2] = ["USA", "TAL"];

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

impl Consenting for Model {
    fn consent(terms: &Terms) -> Answers {
        let gated = terms.consent_before.as_deref().unwrap();
        let first = binds_from(terms);
        let on_day = |day| {
            let model = Self::by(day, &terms.record, latest);
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
