//! The record, folded: what it says of each day, and the events that deadlines count from.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::acts::{AGREED, Acts, PUBLIC, gated, is_needed};
use super::approval_day;
use super::consent::{ApprovalState, Blocker, Consent};
use super::domestic_steps::first_steps;
use super::standing::{Course, History, Standing};
use crate::day::Window;
use crate::terms::{ActKind, BindsFrom, Event, GatedStep, Instrument, Party, Terms};

/// The acts by which the agreement applies.
const APPLIED: &[ActKind] = &[ActKind::InForce, ActKind::ProvisionallyApplied];

/// The record as known. An act counts from the end of the last day on which it may have happened.
///
/// A question takes the terms that the record is of, for the parties.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The window of the first act of each kind, bound by bound.
    first: BTreeMap<ActKind, Window>,
    /// The window of the first act of each named event, bound by bound.
    named: BTreeMap<String, Window>,
    signature: Option<Window>,
    approval: Option<Window>,
    course: History<Course>,
    members: Vec<Member>,
    binds_from: BindsFrom,
    last_day: Option<NaiveDate>,
}

/// What the record says of a party.
#[derive(Clone, Default, Debug)]
struct Member {
    standing: History<Standing>,
    /// From when each of its bodies has said yes, in the order of the document.
    steps: Vec<Option<NaiveDate>>,
}

impl Record {
    pub(crate) fn new(acts: &Acts<'_>) -> Self {
        let steps = first_steps(acts);
        let said_yes = |party, body: &String| steps.get(&(party, body.as_str())).map(|first| first.latest());
        let member = |(index, party): (usize, &Party)| Member {
            standing: History::default(),
            steps: party.domestic_steps.iter().map(|body| said_yes(index, body)).collect(),
        };
        let mut record = Self {
            first: BTreeMap::new(),
            named: BTreeMap::new(),
            signature: approval_day::signature(acts),
            approval: approval_day::approval(acts),
            course: History::default(),
            members: acts.terms.parties.iter().enumerate().map(member).collect(),
            binds_from: acts.terms.binds_from.unwrap_or_else(|| default_binds_from(acts)),
            last_day: acts.entries.last().map(|entry| entry.window.latest()),
        };
        for entry in &acts.entries {
            let day = entry.window.latest();
            keep_earlier(&mut record.first, entry.kind(), entry.window);
            if let (ActKind::Event, Some(name)) = (entry.kind(), &entry.act.name) {
                keep_earlier(&mut record.named, name.clone(), entry.window);
            }
            record.course.change(day, |course| course.count(entry));
            for actor in acts.actors(entry) {
                if let Some(member) = record.members.get_mut(actor.index) {
                    member.standing.change(day, |standing| standing.count(entry, actor.party.consent_mode()));
                }
            }
        }
        record
    }

    /// The window of an event; `None` is not on record. Phases are resolved by the schedule, and are `None`.
    pub(crate) fn event(&self, event: &Event) -> Option<Window> {
        match event {
            Event::Day(day) => Some(Window::day(*day)),
            Event::Signature => self.signature,
            Event::Approval => self.approval,
            Event::Announcement => self.first(PUBLIC).or(self.signature),
            Event::ProvisionalApplication => self.first(&[ActKind::ProvisionallyApplied]),
            Event::EntryIntoForce => self.first(&[ActKind::InForce]),
            Event::Refusal => self.first(&[ActKind::Refused]),
            Event::Termination => self.first(&[ActKind::Terminated]),
            Event::Phase(_) => None,
            Event::Named(name) => self.named.get(name).copied(),
        }
    }

    /// The last day of anything on record.
    pub(crate) const fn last_day(&self) -> Option<NaiveDate> {
        self.last_day
    }

    /// The approval state at the end of a day: the first that fits.
    pub(crate) fn approval_on(&self, terms: &Terms, day: NaiveDate) -> ApprovalState {
        let ids = |test: fn(&Standing) -> bool| -> Vec<String> {
            let needed = self.standings(terms, day).filter(|(party, standing)| is_needed(party) && test(standing));
            needed.map(|(party, _)| party.id.clone()).collect()
        };
        if self.has(&[ActKind::Terminated], day) {
            return ApprovalState::Terminated;
        }
        if self.course.on(day).suspended {
            return ApprovalState::Suspended;
        }
        if self.has(APPLIED, day) {
            let withdrawn_by = ids(|standing| standing.withdrawn);
            return ApprovalState::InForce { provisional: !self.has(&[ActKind::InForce], day), withdrawn_by };
        }
        let by = ids(|standing| standing.refused || standing.withdrawn);
        if !by.is_empty() {
            return ApprovalState::Refused { by };
        }
        let outstanding = ids(|standing| standing.given.is_none());
        match (outstanding.is_empty(), self.has(PUBLIC, day)) {
            (true, true) => ApprovalState::Announced,
            (true, false) if terms.parties.iter().any(is_needed) => ApprovalState::Approved,
            (false, _) if self.has(AGREED, day) => ApprovalState::AwaitingConsent { outstanding },
            _ => ApprovalState::Negotiating,
        }
    }

    /// The parties that have stopped withdrawing for a while, at the end of a day.
    pub(crate) fn paused_by_on(&self, terms: &Terms, day: NaiveDate) -> Vec<String> {
        let paused = self.standings(terms, day).filter(|(_, standing)| standing.paused);
        paused.map(|(party, _)| party.id.clone()).collect()
    }

    /// The consent of a party at the end of a day; `None` if there is no such party.
    pub(crate) fn consent_on(&self, terms: &Terms, id: &str, day: NaiveDate) -> Option<Consent> {
        let (party, member) = terms.parties.iter().zip(&self.members).find(|(party, _)| party.id == id)?;
        let Standing { given, refused, withdrawn, .. } = member.standing.on(day);
        Some(Consent {
            party: party.id.clone(),
            name: party.name.clone(),
            needed: is_needed(party),
            on: given,
            refused,
            withdrawn,
            steps_done: member.bodies(party, day, true),
            steps_outstanding: member.bodies(party, day, false),
        })
    }

    /// What a step still waits for at the end of a day; nothing once it is taken.
    pub(crate) fn blockers_on(&self, terms: &Terms, step: GatedStep, day: NaiveDate) -> Vec<Blocker> {
        let is_taken = match step {
            GatedStep::Announcement => self.has(PUBLIC, day),
            GatedStep::Execution => self.has(&[ActKind::InForce], day),
        };
        let gated = gated(terms);
        let mut blockers = Vec::new();
        if is_taken || !gated.contains(&step) {
            return blockers;
        }
        for (party, member) in terms.parties.iter().zip(&self.members).filter(|(party, _)| is_needed(party)) {
            if member.standing.on(day).given.is_none() {
                blockers.push(Blocker::Consent { party: party.id.clone() });
                let missing = member.bodies(party, day, false).into_iter();
                blockers.extend(missing.map(|body| Blocker::DomesticStep { party: party.id.clone(), body }));
            }
        }
        let waits = step == GatedStep::Execution && gated.contains(&GatedStep::Announcement);
        if waits && !self.has(PUBLIC, day) {
            blockers.push(Blocker::Announcement);
        }
        blockers
    }

    /// Whether the agreement binds on a day.
    pub(crate) fn binds_on(&self, day: NaiveDate) -> bool {
        let begins = match self.binds_from {
            BindsFrom::EntryIntoForce => Event::EntryIntoForce,
            BindsFrom::Approval => Event::Approval,
            BindsFrom::Announcement => Event::Announcement,
        };
        let has_begun = self.has(APPLIED, day) || self.event(&begins).is_some_and(|window| window.latest() <= day);
        has_begun && !self.course.on(day).suspended && !self.has(&[ActKind::Terminated], day)
    }

    /// How often the announcement was put off, on a day or before it.
    pub(crate) fn postponements_on(&self, day: NaiveDate) -> usize {
        self.course.on(day).postponements
    }

    /// Whether an act of these kinds counts at the end of a day.
    fn has(&self, kinds: &[ActKind], day: NaiveDate) -> bool {
        self.first(kinds).is_some_and(|first| first.latest() <= day)
    }

    /// The window of the first act of these kinds, bound by bound.
    fn first(&self, kinds: &[ActKind]) -> Option<Window> {
        kinds.iter().filter_map(|kind| self.first.get(kind)).copied().reduce(Window::earlier)
    }

    /// Where each party stands at the end of a day.
    fn standings<'a>(&'a self, terms: &'a Terms, day: NaiveDate) -> impl Iterator<Item = (&'a Party, Standing)> {
        let members = terms.parties.iter().zip(&self.members);
        members.map(move |(party, member)| (party, member.standing.on(day)))
    }
}

impl Member {
    /// The bodies that have said yes by the end of a day, or that have not.
    fn bodies(&self, party: &Party, day: NaiveDate, done: bool) -> Vec<String> {
        let bodies = party.domestic_steps.iter().zip(&self.steps);
        let wanted = bodies.filter(|(_, since)| since.is_some_and(|since| since <= day) == done);
        wanted.map(|(body, _)| body.clone()).collect()
    }
}

/// The event from which an agreement binds where it does not say.
fn default_binds_from(acts: &Acts<'_>) -> BindsFrom {
    match acts.terms.instrument {
        _ if acts.needed().next().is_none() => BindsFrom::Announcement,
        Some(Instrument::Treaty | Instrument::ExecutiveAgreement) => BindsFrom::EntryIntoForce,
        _ => BindsFrom::Approval,
    }
}

fn keep_earlier<K: Ord>(first: &mut BTreeMap<K, Window>, key: K, window: Window) {
    first.entry(key).and_modify(|first| *first = first.earlier(window)).or_insert(window);
}
