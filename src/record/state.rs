//! The record, folded: what it says of each day, and the events that deadlines count from.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::acts::{AGREED, Actor, Acts, Entry, PUBLIC, UNDOING, consents, gated, is_needed};
use super::consent::{ApprovalState, Blocker, Consent};
use crate::day::Window;
use crate::terms::{ActKind, BindsFrom, Event, GatedStep, Instrument, Party, Terms};

/// The acts by which the agreement applies.
const APPLIED: &[ActKind] = &[ActKind::InForce, ActKind::ProvisionallyApplied];

/// A set of kinds of acts.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Kinds(u32);

impl Kinds {
    const fn of(kind: ActKind) -> Self {
        Self(1_u32.wrapping_shl(kind as u32))
    }

    pub(super) fn has(self, kinds: &[ActKind]) -> bool {
        kinds.iter().any(|&kind| self.0 & Self::of(kind).0 != 0)
    }

    const fn add(&mut self, kind: ActKind) {
        self.0 |= Self::of(kind).0;
    }

    fn take(&mut self, kinds: &[ActKind]) {
        for &kind in kinds {
            self.0 &= !Self::of(kind).0;
        }
    }
}

/// Where a party stands.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Standing {
    /// The days of the act since which its consent is given.
    pub(super) given: Option<Window>,
    /// What it did and has not undone: a consent undoes refusals and withdrawals, `resumed` its own pause.
    pub(super) done: Kinds,
}

/// Where the agreement and its parties stand.
#[derive(Clone, Default, Debug)]
pub(super) struct State {
    /// What happened and is not undone: `resumed` without parties undoes a suspension.
    pub(super) done: Kinds,
    pub(super) postponements: usize,
    /// In the order of the document.
    pub(super) parties: Vec<Standing>,
}

impl State {
    pub(super) fn new(acts: &Acts<'_>) -> Self {
        let parties = vec![Standing::default(); acts.terms.parties.len()];
        Self { parties, ..Self::default() }
    }

    /// Each party with where it stands.
    pub(super) fn of<'a>(&'a self, terms: &'a Terms) -> impl Iterator<Item = (&'a Party, &'a Standing)> {
        terms.parties.iter().zip(&self.parties)
    }

    pub(super) fn count(&mut self, entry: &Entry<'_>) {
        let kind = entry.kind();
        self.done.add(kind);
        if kind == ActKind::Resumed && entry.is_of_all() {
            self.done.take(&[ActKind::Suspended]);
        }
        if kind == ActKind::AnnouncementPostponed {
            self.postponements = self.postponements.saturating_add(1);
        }
        for actor in entry.actors.iter() {
            let Some(standing) = self.parties.get_mut(actor.index) else { continue };
            standing.done.add(kind);
            if consents(actor.party.consent_mode()).contains(&kind) {
                standing.given = standing.given.or(Some(entry.window));
                standing.done.take(UNDOING);
            } else if UNDOING.contains(&kind) {
                standing.given = None;
            } else if kind == ActKind::Resumed && !entry.is_of_all() {
                standing.done.take(&[ActKind::Paused]);
            }
        }
    }
}

/// The record as known. An act counts from the end of the last day on which it may have happened.
///
/// A question takes the terms that the record is of, for the parties.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// Before any act.
    before: State,
    /// From the end of each day on which an act begins to count.
    days: Vec<(NaiveDate, State)>,
    /// For each party, from when each of its bodies has said yes.
    steps: Vec<Vec<Option<NaiveDate>>>,
    /// The windows of the first acts that are events, bound by bound.
    events: BTreeMap<Event, Window>,
    /// The day from which the agreement binds, unless it applies before.
    binds_since: Option<NaiveDate>,
}

impl Record {
    pub(crate) fn new(acts: &Acts<'_>) -> Self {
        let before = State::new(acts);
        let (mut state, mut days) = (before.clone(), Vec::new());
        for of_day in acts.entries.chunk_by(|one, other| one.window.latest() == other.window.latest()) {
            for entry in of_day {
                state.count(entry);
            }
            days.extend(of_day.first().map(|entry| (entry.window.latest(), state.clone())));
        }
        let said_yes = |party, body: &String| acts.first_steps.get(&(party, body.as_str())).map(|first| first.latest());
        let of_party =
            |(index, party): (usize, &Party)| party.domestic_steps.iter().map(|body| said_yes(index, body)).collect();
        let steps = acts.terms.parties.iter().enumerate().map(of_party).collect();
        let events = events(acts);
        let binds_since = events.get(&begins(acts)).map(|window| window.latest());
        Self { before, days, steps, events, binds_since }
    }

    /// The window of an event; `None` is not on record. Phases are resolved by the schedule, and are `None`.
    pub(crate) fn event(&self, event: &Event) -> Option<Window> {
        match event {
            Event::Day(day) => Some(Window::day(*day)),
            event => self.events.get(event).copied(),
        }
    }

    /// The last day of anything on record.
    pub(crate) fn last_day(&self) -> Option<NaiveDate> {
        self.days.last().map(|&(day, _)| day)
    }

    /// The approval state at the end of a day: the first that fits.
    pub(crate) fn approval_on(&self, terms: &Terms, day: NaiveDate) -> ApprovalState {
        let state = self.on(day);
        let ids = |test: fn(&Standing) -> bool| -> Vec<String> {
            let needed = state.of(terms).filter(|(party, standing)| is_needed(party) && test(standing));
            needed.map(|(party, _)| party.id.clone()).collect()
        };
        if state.done.has(&[ActKind::Terminated]) {
            return ApprovalState::Terminated;
        }
        if state.done.has(&[ActKind::Suspended]) {
            return ApprovalState::Suspended;
        }
        if state.done.has(APPLIED) {
            let withdrawn_by = ids(|standing| standing.done.has(&[ActKind::ConsentWithdrawn]));
            return ApprovalState::InForce { provisional: !state.done.has(&[ActKind::InForce]), withdrawn_by };
        }
        let by = ids(|standing| standing.done.has(UNDOING));
        if !by.is_empty() {
            return ApprovalState::Refused { by };
        }
        let outstanding = ids(|standing| standing.given.is_none());
        match (outstanding.is_empty(), state.done.has(PUBLIC)) {
            (true, true) => ApprovalState::Announced,
            (true, false) if terms.parties.iter().any(is_needed) => ApprovalState::Approved,
            (false, _) if state.done.has(AGREED) => ApprovalState::AwaitingConsent { outstanding },
            _ => ApprovalState::Negotiating,
        }
    }

    /// The parties that have stopped withdrawing for a while, at the end of a day.
    pub(crate) fn paused_by_on(&self, terms: &Terms, day: NaiveDate) -> Vec<String> {
        let paused = self.on(day).of(terms).filter(|(_, standing)| standing.done.has(&[ActKind::Paused]));
        paused.map(|(party, _)| party.id.clone()).collect()
    }

    /// The consent of a party at the end of a day; `None` if there is no such party.
    pub(crate) fn consent_on(&self, terms: &Terms, id: &str, day: NaiveDate) -> Option<Consent> {
        let index = terms.parties.iter().position(|party| party.id == id)?;
        let (party, standing) = (terms.parties.get(index)?, self.on(day).parties.get(index)?);
        Some(Consent {
            party: party.id.clone(),
            name: party.name.clone(),
            needed: is_needed(party),
            on: standing.given,
            refused: standing.done.has(&[ActKind::Refused]),
            withdrawn: standing.done.has(&[ActKind::ConsentWithdrawn]),
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
        for (index, (party, standing)) in state.of(terms).enumerate() {
            if is_needed(party) && standing.given.is_none() {
                let missing = self.bodies(index, party, day, false).into_iter();
                blockers.push(Blocker::Consent { party: party.id.clone() });
                blockers.extend(missing.map(|body| Blocker::DomesticStep { party: party.id.clone(), body }));
            }
        }
        let waits = step == GatedStep::Execution && gated.contains(&GatedStep::Announcement);
        if waits && !state.done.has(PUBLIC) {
            blockers.push(Blocker::Announcement);
        }
        blockers
    }

    /// Whether the agreement binds on a day.
    pub(crate) fn binds_on(&self, day: NaiveDate) -> bool {
        let done = self.on(day).done;
        let has_begun = done.has(APPLIED) || self.binds_since.is_some_and(|since| since <= day);
        has_begun && !done.has(&[ActKind::Suspended, ActKind::Terminated])
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
        let since = self.steps.get(index).into_iter().flatten();
        let bodies = party.domestic_steps.iter().zip(since);
        let wanted = bodies.filter(|(_, since)| since.is_some_and(|since| since <= day) == done);
        wanted.map(|(body, _)| body.clone()).collect()
    }
}

/// The events that acts are, and those that follow from all signatures and consents.
fn events(acts: &Acts<'_>) -> BTreeMap<Event, Window> {
    let mut events: BTreeMap<_, Window> = BTreeMap::new();
    for entry in &acts.entries {
        let event = match (entry.kind(), &entry.act.name) {
            (ActKind::Announced | ActKind::Adopted, _) => Event::Announcement,
            (ActKind::ProvisionallyApplied, _) => Event::ProvisionalApplication,
            (ActKind::InForce, _) => Event::EntryIntoForce,
            (ActKind::Refused, _) => Event::Refusal,
            (ActKind::Terminated, _) => Event::Termination,
            (ActKind::Event, Some(name)) => Event::Named(name.clone()),
            _ => continue,
        };
        let first = events.entry(event).or_insert(entry.window);
        *first = first.earlier(entry.window);
    }
    if let Some(signature) = signature(acts) {
        events.entry(Event::Announcement).or_insert(signature);
        events.insert(Event::Signature, signature);
    }
    events.extend(approval(acts).map(|approval| (Event::Approval, approval)));
    events
}

/// The event from which an agreement binds.
fn begins(acts: &Acts<'_>) -> Event {
    let by_default = match acts.terms.instrument {
        _ if acts.needed.is_empty() => BindsFrom::Announcement,
        Some(Instrument::Treaty | Instrument::ExecutiveAgreement) => BindsFrom::EntryIntoForce,
        _ => BindsFrom::Approval,
    };
    match acts.terms.binds_from.unwrap_or(by_default) {
        BindsFrom::EntryIntoForce => Event::EntryIntoForce,
        BindsFrom::Approval => Event::Approval,
        BindsFrom::Announcement => Event::Announcement,
    }
}

/// The first day at whose end something is so of every party whose consent is needed, if acts of these kinds happen on
/// these days; `None` where nobody's is.
pub(super) fn first_day(
    acts: &Acts<'_>,
    kinds: &[ActKind],
    day: impl Fn(Window, ActKind) -> NaiveDate,
    is_so: impl Fn(&Standing) -> bool,
) -> Option<NaiveDate> {
    let mut order: Vec<_> = acts.of(kinds).map(|entry| (day(entry.window, entry.kind()), entry)).collect();
    order.sort_by_key(|(day, entry)| (*day, entry.kind()));
    let mut state = State::new(acts);
    let mut days = order.chunk_by(|(one, _), (other, _)| one == other);
    days.find_map(|of_day| {
        for (_, entry) in of_day {
            state.count(entry);
        }
        let is_so = |party: &Actor<'_>| state.parties.get(party.index).is_some_and(&is_so);
        (!acts.needed.is_empty() && acts.needed.iter().all(is_so)).then_some(of_day.first()?.0)
    })
}

/// The day by which every party whose consent is needed has signed.
pub(super) fn signature(acts: &Acts<'_>) -> Option<Window> {
    let has_signed = |standing: &Standing| standing.done.has(&[ActKind::Signed]);
    let first =
        |bound: fn(Window) -> NaiveDate| first_day(acts, &[ActKind::Signed], |window, _| bound(window), has_signed);
    let one = first(Window::earliest)?;
    if acts.have_days() { Some(Window::day(one)) } else { Window::new(one, first(Window::latest)?) }
}

/// The first day at whose end every needed consent is given: the one where consents come as early and their undoing as
/// late as may be, and the one where it is the other way round; `None` where there is none in either.
pub(super) fn approval(acts: &Acts<'_>) -> Option<Window> {
    const KINDS: [ActKind; 5] =
        [ActKind::Signed, ActKind::Approved, ActKind::Adopted, ActKind::Refused, ActKind::ConsentWithdrawn];
    let first = |late_undoing: bool| {
        let day = |window: Window, kind| {
            if UNDOING.contains(&kind) == late_undoing { window.latest() } else { window.earliest() }
        };
        first_day(acts, &KINDS, day, |standing| standing.given.is_some())
    };
    let one = first(true)?;
    let other = if acts.have_days() { one } else { first(false)? };
    Window::new(one.min(other), one.max(other))
}
