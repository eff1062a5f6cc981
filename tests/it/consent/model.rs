//! A slow model of consent, written from the words of the design: it goes through the acts one by one for every day.

use std::collections::BTreeSet;

use super::cases::{Answers, Consenting, LAST, OnDay, STEPS, date};
use super::*;

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
pub(super) struct Model<'a> {
    parties: &'a [Party],
    day: NaiveDate,
    acts: Vec<Dated<'a>>,
}

/// Whether a party has consented, refused, and withdrawn its consent.
#[derive(Default)]
struct Said {
    given: bool,
    refused: bool,
    withdrawn: bool,
}

/// The parties that are named on a day and need to consent.
fn needed(parties: &[Party], day: NaiveDate) -> Vec<&Party> {
    let needs = |party: &&Party| is_named(parties, party, day) && party.consent_mode() != ConsentMode::None;
    parties.iter().filter(needs).collect()
}

/// From the day of a succession on the successor is named, and before it the other.
fn is_named(parties: &[Party], party: &Party, day: NaiveDate) -> bool {
    let successors = parties.iter().filter(|other| other.succeeds.as_deref() == Some(party.id.as_str()));
    party.since.is_none_or(|since| since <= day) && { successors }.all(|successor| successor.since.unwrap() > day)
}

/// What a successor did before its day counts from that day.
fn counts_from(actor: &Party, day: NaiveDate) -> NaiveDate {
    actor.since.map_or(day, |since| since.max(day))
}

impl<'a> Model<'a> {
    /// Each act counts on a day of its window; what is only expected counts for nothing.
    fn by(day: NaiveDate, parties: &'a [Party], record: &[Dated<'a>]) -> Self {
        let acts = record.iter().filter(|(on, act)| !act.expected && *on <= day).copied().collect();
        Self { parties, day, acts }
    }

    /// The acts as they count for all, those of one day in their order: from the day on which they count for one of those
    /// who acted. On the day of a termination the agreement binds for the last time.
    fn counting(&self) -> Vec<&'a Act> {
        let first = |dated: &Dated<'a>| self.who(dated).into_iter().map(|actor| counts_from(actor, dated.0)).min();
        let dated = self.acts.iter().map(|dated| (first(dated).unwrap_or(dated.0), dated.1));
        let is_past = |(day, act): &Dated<'_>| *day < self.day || *day == self.day && act.act != ActKind::Terminated;
        let mut acts: Vec<Dated<'a>> = dated.filter(is_past).collect();
        acts.sort_by_key(|(day, act)| (*day, rank(act.act)));
        acts.into_iter().map(|(_, act)| act).collect()
    }

    fn party(&self, id: &str) -> &'a Party {
        self.parties.iter().find(|party| party.id == id).unwrap()
    }

    /// Those who acted; without anybody named, all whose consent is needed on the last day on which it may have been.
    fn who(&self, (_, act): &Dated<'a>) -> Vec<&'a Party> {
        if act.parties.is_empty() {
            return needed(self.parties, latest(act));
        }
        act.parties.iter().map(|id| self.party(id)).collect()
    }

    /// What a party and those whose place it takes did, and who of them.
    fn acts_of(&self, party: &Party) -> Vec<(&'a Party, &'a Act)> {
        let mut acts: Vec<(NaiveDate, usize, &'a Party, &'a Act)> = Vec::new();
        for dated in &self.acts {
            for actor in self.who(dated) {
                let day = counts_from(actor, dated.0);
                let is_of_it = actor.id == party.id || party.succeeds.as_ref() == Some(&actor.id);
                if is_of_it && day <= self.day {
                    acts.push((day, rank(dated.1.act), actor, dated.1));
                }
            }
        }
        acts.sort_by_key(|(day, rank, ..)| (*day, *rank));
        acts.into_iter().map(|(_, _, actor, act)| (actor, act)).collect()
    }

    fn said(&self, party: &Party) -> Said {
        let mut said = Said::default();
        for (actor, act) in self.acts_of(party) {
            match act.act {
                ActKind::Signed if actor.consent_mode() != ConsentMode::Signature => {}
                ActKind::Signed | ActKind::Approved | ActKind::Adopted => {
                    said = Said { given: true, refused: false, withdrawn: false };
                }
                ActKind::Refused => said = Said { given: false, refused: true, ..said },
                ActKind::ConsentWithdrawn => said = Said { given: false, withdrawn: true, ..said },
                _ => {}
            }
        }
        said
    }

    fn has_paused(&self, party: &Party) -> bool {
        let turns = |act: &&Act| act.act == ActKind::Paused || act.act == ActKind::Resumed && !act.parties.is_empty();
        self.acts_of(party).into_iter().map(|(_, act)| act).rfind(turns).is_some_and(|act| act.act == ActKind::Paused)
    }

    fn has(&self, kinds: &[ActKind]) -> bool {
        self.counting().iter().any(|act| kinds.contains(&act.act))
    }

    /// The parties of whom something is so, in the order of the document.
    fn of(parties: impl IntoIterator<Item = &'a Party>, is: impl Fn(&Party) -> bool) -> Vec<String> {
        parties.into_iter().filter(|party| is(party)).map(|party| party.id.clone()).collect()
    }

    fn lacking(&self) -> Vec<String> {
        Self::of(needed(self.parties, self.day), |party| !self.said(party).given)
    }

    fn is_suspended(&self) -> bool {
        let turns = |act: &&Act| act.act == ActKind::Suspended || act.act == ActKind::Resumed && act.parties.is_empty();
        let last = self.counting().into_iter().rfind(turns);
        last.is_some_and(|act| act.act == ActKind::Suspended)
    }

    fn state(&self) -> ApprovalState {
        let needed = || needed(self.parties, self.day);
        let outstanding = self.lacking();
        let refused = Self::of(needed(), |party| {
            let said = self.said(party);
            said.refused || said.withdrawn
        });
        if self.has(&[ActKind::Terminated]) {
            ApprovalState::Terminated
        } else if self.is_suspended() {
            ApprovalState::Suspended
        } else if self.has(&[ActKind::InForce, ActKind::ProvisionallyApplied]) {
            let withdrawn_by = Self::of(needed(), |party| self.said(party).withdrawn);
            ApprovalState::InForce { provisional: !self.has(&[ActKind::InForce]), withdrawn_by }
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
fn approval(terms: &Terms) -> Option<(NaiveDate, NaiveDate)> {
    use ActKind::{Adopted, Approved, ConsentWithdrawn, Refused, Signed};
    let matters = |act: &&Act| matches!(act.act, Adopted | Approved | ConsentWithdrawn | Refused | Signed);
    let record: Vec<Act> = terms.record.iter().filter(matters).filter(|act| !act.expected).cloned().collect();
    let first = |choice: Vec<Dated<'_>>| {
        (1..=LAST).map(date).find(|&day| Model::by(day, &terms.parties, &choice).lacking().is_empty())
    };
    let days = choices(&record).into_iter().map(first).collect::<Option<BTreeSet<NaiveDate>>>()?;
    Some((*days.first()?, *days.last()?))
}

/// The last day on which the event that binds may have happened.
fn binds_from(terms: &Terms) -> Option<NaiveDate> {
    let dated: Vec<Dated<'_>> = terms.record.iter().map(|act| (latest(act), act)).collect();
    let by = |day: NaiveDate| Model::by(day, &terms.parties, &dated);
    let first = |kinds: &[ActKind]| (1..=LAST).map(date).find(|&day| by(day).has(kinds));
    let is_treaty = matches!(terms.instrument, Some(Instrument::Treaty | Instrument::ExecutiveAgreement));
    match terms.binds_from.unwrap_or(if is_treaty { BindsFrom::EntryIntoForce } else { BindsFrom::Approval }) {
        BindsFrom::EntryIntoForce => first(&[ActKind::InForce]),
        BindsFrom::Approval => Some(approval(terms)?.1),
        BindsFrom::Announcement => first(&[ActKind::Announced, ActKind::Adopted]).or_else(|| {
            let signs = |(_, act): &(&Party, &Act)| act.act == ActKind::Signed;
            let has_signed = |day: NaiveDate, party: &Party| by(day).acts_of(party).iter().any(signs);
            let all = |day: &NaiveDate| needed(&terms.parties, *day).iter().all(|party| has_signed(*day, party));
            (1..=LAST).map(date).find(all)
        }),
    }
}

impl Consenting for Model<'_> {
    fn consent(terms: &Terms) -> Answers {
        let gated = terms.consent_before.as_deref().unwrap();
        let first = binds_from(terms);
        let on_last_days: Vec<Dated<'_>> = terms.record.iter().map(|act| (latest(act), act)).collect();
        let on_day = |day| {
            let model = Model::by(day, &terms.parties, &on_last_days);
            let has_begun = model.has(&[ActKind::InForce, ActKind::ProvisionallyApplied])
                || first.is_some_and(|first| first <= day);
            let named = || terms.parties.iter().filter(|party| is_named(&terms.parties, party, day));
            let of = |party: &Party| {
                let said = model.said(party);
                (party.id.clone(), [said.given, said.refused, said.withdrawn])
            };
            let postponements = model.counting().iter().filter(|act| act.act == ActKind::AnnouncementPostponed).count();
            OnDay {
                day,
                state: model.state(),
                paused_by: Model::of(named(), |party| model.has_paused(party)),
                binds: has_begun && !model.is_suspended() && !model.has(&[ActKind::Terminated]),
                postponements,
                blockers: STEPS.map(|step| model.blockers(step, gated)),
                consents: named().map(of).collect(),
            }
        };
        Answers { days: (1..=LAST).map(date).map(on_day).collect(), approval: approval(terms) }
    }
}
