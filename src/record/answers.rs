//! The record, folded day by day: what it says of each.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::acts::{AGREED, Acts, Entry, PUBLIC, UNDOING, gated, is_needed};
use super::consent::{ApprovalState, Blocker, Consent};
use super::events::{begins, events};
use super::state::{PartyState, State};
use super::successions::Successions;
use crate::day::Window;
use crate::terms::{ActKind, Event, GatedStep, Party, Terms};

/// The acts by which the agreement applies.
pub(super) const APPLIED: &[ActKind] = &[ActKind::InForce, ActKind::ProvisionallyApplied];

/// The record as known. An act counts from the end of the last day on which it may have happened.
///
/// A question takes the terms that the record is of, for the parties.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// Before any act.
    before: State,
    /// From the end of each day on which an act begins to count.
    days: Vec<(NaiveDate, State)>,
    /// From when the bodies of the parties have said yes, by the indices of the party and of its body.
    steps: BTreeMap<(usize, usize), NaiveDate>,
    successions: Successions,
    /// The windows of the first acts that are events, bound by bound.
    events: BTreeMap<Event, Window>,
    /// The days at whose end events had not happened, in order, by the names of the events.
    not_yet: BTreeMap<String, Vec<NaiveDate>>,
    /// The day from which the agreement binds, unless it applies before.
    binds_since: Option<NaiveDate>,
}

impl Record {
    pub(crate) fn new(acts: &Acts<'_>) -> Self {
        let before = State::new(acts);
        let mut days: Vec<(NaiveDate, State)> = Vec::new();
        for of_day in acts.entries.chunk_by(|one, other| one.window.latest() == other.window.latest()) {
            let mut state = days.last().map_or(&before, |(_, state)| state).clone();
            for entry in of_day {
                state.count(entry);
            }
            days.extend(of_day.first().map(|entry| (entry.window.latest(), state)));
        }
        let mut steps = BTreeMap::new();
        for (index, party) in acts.terms.parties.iter().enumerate() {
            for (place, body) in party.domestic_steps.iter().enumerate() {
                if let Some(first) = acts.first_steps.get(&(index, body.as_str())).map(|first| first.latest()) {
                    let since = acts.successions.since(index).map_or(first, |since| since.max(first));
                    steps.insert((index, place), since);
                }
            }
        }
        let mut not_yet: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for entry in acts.of(&[ActKind::NotYet]) {
            not_yet.entry(entry.act.name.clone().unwrap_or_default()).or_default().push(entry.window.latest());
        }
        let mut events = events(acts);
        for (event, window) in &mut events {
            // It came after the last day at whose end it had not happened.
            let Event::Named(name) = event else { continue };
            let last = not_yet.get(name).and_then(|days| last_while(days, |day| day < window.latest()));
            if let Some(first) = last.and_then(|day| day.succ_opt()) {
                *window = window.later(Window::day(first));
            }
        }
        let binds_since = events.get(&begins(acts)).map(|window| window.latest());
        Self { before, days, steps, successions: acts.successions.clone(), events, not_yet, binds_since }
    }

    /// The window of an event; `None` is not on record. Phases are resolved by the schedule, and are `None`.
    pub(crate) fn event(&self, event: &Event) -> Option<Window> {
        match event {
            Event::Day(day) => Some(Window::day(*day)),
            event => self.events.get(event).copied(),
        }
    }

    /// The days from whose end on the state, or whether the agreement binds, may be another; in no order.
    pub(crate) fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let end = self.event(&Event::Termination).and_then(|end| end.latest().succ_opt());
        self.days.iter().map(|&(day, _)| day).chain(end).chain(self.binds_since)
    }

    /// The last day of anything on record.
    pub(crate) fn last_day(&self) -> Option<NaiveDate> {
        self.days.last().map(|&(day, _)| day)
    }

    /// The last day, up to one, at whose end an event had not happened.
    pub(crate) fn not_yet_by(&self, name: &str, day: NaiveDate) -> Option<NaiveDate> {
        last_while(self.not_yet.get(name)?, |not_yet| not_yet <= day)
    }

    /// The approval state at the end of a day.
    pub(crate) fn approval_on(&self, terms: &Terms, day: NaiveDate) -> ApprovalState {
        self.approval(self.on(day), terms, day)
    }

    /// The first state that fits.
    fn approval(&self, state: &State, terms: &Terms, day: NaiveDate) -> ApprovalState {
        let ids = |test: fn(&PartyState) -> bool| -> Vec<String> {
            let needed = self.needed(state, terms, day).filter(|(_, _, its_state)| test(its_state));
            needed.map(|(_, party, _)| party.id.clone()).collect()
        };
        if self.is_over(day) {
            return ApprovalState::Terminated;
        }
        if state.done.has(&[ActKind::Suspended]) {
            return ApprovalState::Suspended;
        }
        if state.done.has(APPLIED) {
            let withdrawn_by = ids(|its_state| its_state.done.has(&[ActKind::ConsentWithdrawn]));
            return ApprovalState::InForce { provisional: !state.done.has(&[ActKind::InForce]), withdrawn_by };
        }
        let by = ids(|its_state| its_state.done.has(UNDOING));
        if !by.is_empty() {
            return ApprovalState::Refused { by };
        }
        let outstanding = ids(|its_state| its_state.given.is_none());
        match (outstanding.is_empty(), state.done.has(PUBLIC)) {
            (true, true) => ApprovalState::Announced,
            (true, false) if self.needed(state, terms, day).next().is_some() => ApprovalState::Approved,
            (false, _) if state.done.has(AGREED) => ApprovalState::AwaitingConsent { outstanding },
            _ => ApprovalState::Negotiating,
        }
    }

    /// The parties that are named on a day, by index, each with its state.
    fn named<'a>(
        &'a self,
        state: &'a State,
        terms: &'a Terms,
        day: NaiveDate,
    ) -> impl Iterator<Item = (usize, &'a Party, &'a PartyState)> {
        let of = terms.parties.iter().zip(&state.parties).enumerate();
        let named = of.filter(move |(index, _)| self.successions.is_named_on(*index, day));
        named.map(|(index, (party, its_state))| (index, party, its_state))
    }

    /// Those of them whose consent is needed.
    fn needed<'a>(
        &'a self,
        state: &'a State,
        terms: &'a Terms,
        day: NaiveDate,
    ) -> impl Iterator<Item = (usize, &'a Party, &'a PartyState)> {
        self.named(state, terms, day).filter(|(_, party, _)| is_needed(party))
    }

    /// Whether the agreement has ended: it binds through the day of its termination.
    fn is_over(&self, day: NaiveDate) -> bool {
        self.event(&Event::Termination).is_some_and(|end| end.latest() < day)
    }

    /// The parties that have stopped withdrawing for a while, at the end of a day.
    pub(crate) fn paused_by_on(&self, terms: &Terms, day: NaiveDate) -> Vec<String> {
        let named = self.named(self.on(day), terms, day);
        let paused = named.filter(|(_, _, its_state)| its_state.done.has(&[ActKind::Paused]));
        paused.map(|(_, party, _)| party.id.clone()).collect()
    }

    /// The party that has the place of another on a day: itself, or the only one that has taken it over.
    pub(crate) fn in_place_of(&self, party: usize, day: NaiveDate) -> usize {
        let mut party = party;
        while let [successor] = self.successions.of(party) {
            if self.successions.is_named_on(party, day) || self.successions.since(*successor) > Some(day) {
                break;
            }
            party = *successor;
        }
        party
    }

    /// The consent of a party at the end of a day; `None` if there is no such party.
    pub(crate) fn consent_on(&self, terms: &Terms, id: &str, day: NaiveDate) -> Option<Consent> {
        let index = terms.parties.iter().position(|party| party.id == id)?;
        let (party, its_state) = (terms.parties.get(index)?, self.on(day).parties.get(index)?);
        Some(Consent {
            party: party.id.clone(),
            name: party.name.clone(),
            needed: is_needed(party) && self.successions.is_named_on(index, day),
            on: its_state.given,
            refused: its_state.done.has(&[ActKind::Refused]),
            withdrawn: its_state.done.has(&[ActKind::ConsentWithdrawn]),
            steps_done: self.bodies(index, party, day, true),
            steps_outstanding: self.bodies(index, party, day, false),
        })
    }

    /// What a step still waits for at the end of a day; nothing once it is taken.
    pub(crate) fn blockers_on(&self, terms: &Terms, step: GatedStep, day: NaiveDate) -> Vec<Blocker> {
        let (state, gated) = (self.on(day), gated(terms));
        let is_taken = match step {
            GatedStep::Announcement => state.done.has(PUBLIC),
            GatedStep::Execution => state.done.has(&[ActKind::InForce]),
        };
        let mut blockers = Vec::new();
        if is_taken || !gated.contains(&step) {
            return blockers;
        }
        for (index, party, _) in self.needed(state, terms, day).filter(|(_, _, its_state)| its_state.given.is_none()) {
            blockers.push(Blocker::Consent { party: party.id.clone() });
            let step = |body| Blocker::DomesticStep { party: party.id.clone(), body };
            blockers.extend(self.bodies(index, party, day, false).into_iter().map(step));
        }
        let waits = step == GatedStep::Execution && gated.contains(&GatedStep::Announcement);
        if waits && !state.done.has(PUBLIC) {
            blockers.push(Blocker::Announcement);
        }
        blockers
    }

    /// Whether the agreement binds on a day.
    pub(crate) fn binds_on(&self, day: NaiveDate) -> bool {
        self.binds(self.on(day), day)
    }

    fn binds(&self, state: &State, day: NaiveDate) -> bool {
        let has_begun = state.done.has(APPLIED) || self.binds_since.is_some_and(|since| since <= day);
        has_begun && !state.done.has(&[ActKind::Suspended]) && !self.is_over(day)
    }

    /// The acts, by index, that may have happened by the end of a day or not, and on which its state rests.
    pub(crate) fn unsure_on(&self, terms: &Terms, day: NaiveDate) -> Vec<usize> {
        let (acts, now) = (Acts::new(terms), self.on(day));
        let is_unsure = |entry: &&Entry<'_>| {
            let days = entry.window;
            if entry.kind() == ActKind::Terminated {
                return !self.is_over(day) && days.earliest() < day && day <= days.latest();
            }
            if day < days.earliest() || days.latest() <= day {
                return false;
            }
            let mut then = now.clone();
            then.count(entry);
            self.binds(now, day) != self.binds(&then, day)
                || self.approval(now, terms, day) != self.approval(&then, terms, day)
        };
        acts.entries.iter().filter(is_unsure).map(|entry| entry.index).collect()
    }

    /// How often the announcement was put off, on a day or before it.
    pub(crate) fn postponements_on(&self, day: NaiveDate) -> usize {
        self.on(day).postponements
    }

    /// The state at the end of a day.
    fn on(&self, day: NaiveDate) -> &State {
        let until = self.days.partition_point(|&(since, _)| since <= day);
        self.days.get(..until).and_then(<[_]>::last).map_or(&self.before, |(_, state)| state)
    }

    /// The bodies of a party that have said yes by the end of a day, or that have not.
    fn bodies(&self, index: usize, party: &Party, day: NaiveDate, done: bool) -> Vec<String> {
        let is_done = |place| self.steps.get(&(index, place)).is_some_and(|since| *since <= day);
        let wanted = party.domestic_steps.iter().enumerate().filter(|(place, _)| is_done(*place) == done);
        wanted.map(|(_, body)| body.clone()).collect()
    }
}

/// The last of some days, in order, of which something is so until one of which it is not.
fn last_while(days: &[NaiveDate], is_so: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
    days.get(..days.partition_point(|&day| is_so(day)))?.last().copied()
}
