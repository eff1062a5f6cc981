//! The acts of the record in the order in which they count, each with its days and the parties that acted.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::day::Window;
use crate::path::Place;
use crate::terms::{Act, ActKind, ConsentMode, GatedStep, Party, Terms};

/// The acts that take a consent away.
pub(super) const UNDOING: &[ActKind] = &[ActKind::Refused, ActKind::ConsentWithdrawn];

/// The acts that make the agreement public.
pub(super) const PUBLIC: &[ActKind] = &[ActKind::Announced, ActKind::Adopted];

/// The acts by which the text is agreed.
pub(super) const AGREED: &[ActKind] = &[ActKind::TextAgreed, ActKind::Initialled, ActKind::Signed];

/// The acts by which a party of this mode consents.
pub(super) const fn consents(mode: ConsentMode) -> &'static [ActKind] {
    match mode {
        ConsentMode::Signature => &[ActKind::Signed, ActKind::Approved, ActKind::Adopted],
        ConsentMode::Approval | ConsentMode::None => &[ActKind::Approved, ActKind::Adopted],
    }
}

/// Whether the agreement needs the consent of a party.
pub(super) const fn is_needed(party: &Party) -> bool {
    !matches!(party.consent_mode(), ConsentMode::None)
}

/// The steps that wait for every needed consent.
pub(super) fn gated(terms: &Terms) -> &[GatedStep] {
    terms.consent_before.as_deref().unwrap_or(&[GatedStep::Execution])
}

/// The day on which an act became known; `None` where its own day does not exist.
pub(crate) fn known_from(act: &Act) -> Option<NaiveDate> {
    act.published.or_else(|| act.on.window().map(Window::latest))
}

/// An act with its days.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub(super) act: &'t Act,
    /// Its index in the document.
    pub(super) index: usize,
    pub(super) window: Window,
    /// The parties that it names, by index; `None` is no party of the document.
    named: Vec<Option<usize>>,
}

impl Entry<'_> {
    pub(super) const fn kind(&self) -> ActKind {
        self.act.act
    }

    /// Whether it names no party, and so is of every party whose consent is needed.
    pub(super) const fn is_of_all(&self) -> bool {
        self.act.parties.is_empty()
    }

    pub(super) fn place(&self) -> Place {
        Place::from("record").index(self.index)
    }
}

/// A party that acted.
#[derive(Clone, Copy)]
pub(super) struct Actor<'t> {
    pub(super) index: usize,
    pub(super) party: &'t Party,
    /// Its index among the parties that the act names, if it names any.
    named: Option<usize>,
}

impl Actor<'_> {
    /// Where the act names the party; else the act.
    pub(super) fn place(self, entry: &Entry<'_>) -> Place {
        match self.named {
            Some(index) => entry.place().field("parties").index(index),
            None => entry.place(),
        }
    }
}

/// The acts whose days exist, in the order in which they count for the state: by their last days, then by kind.
#[derive(Debug)]
pub(crate) struct Acts<'t> {
    pub(super) terms: &'t Terms,
    /// The index of each party by its id.
    pub(super) ids: BTreeMap<&'t str, usize>,
    pub(super) entries: Vec<Entry<'t>>,
    /// The parties whose consent is needed, by index.
    needed: Vec<usize>,
    /// The windows of the first domestic steps, bound by bound, by the index of the party and the body.
    pub(super) first_steps: BTreeMap<(usize, &'t str), Window>,
}

impl<'t> Acts<'t> {
    pub(crate) fn new(terms: &'t Terms) -> Self {
        let parties = terms.parties.iter().enumerate();
        // Of equal ids, the first.
        let ids: BTreeMap<_, _> = parties.clone().rev().map(|(index, party)| (party.id.as_str(), index)).collect();
        let entry = |(index, act): (usize, &'t Act)| {
            let named = act.parties.iter().map(|id| ids.get(id.as_str()).copied()).collect();
            Some(Entry { act, index, window: act.on.window()?, named })
        };
        let mut entries: Vec<_> = terms.record.iter().enumerate().filter_map(entry).collect();
        // The earliest day as well, so that the order of the document does not matter.
        entries.sort_by_key(|entry| (entry.window.latest(), entry.kind(), entry.window.earliest()));
        let needed = parties.filter(|(_, party)| is_needed(party)).map(|(index, _)| index).collect();
        let mut acts = Self { terms, ids, entries, needed, first_steps: BTreeMap::new() };
        let mut first_steps = BTreeMap::new();
        for (entry, body) in acts.steps() {
            acts.actors(entry).for_each(|actor| keep_earlier(&mut first_steps, (actor.index, body), entry.window));
        }
        acts.first_steps = first_steps;
        acts
    }

    /// The acts of these kinds.
    pub(super) fn of(&self, kinds: &[ActKind]) -> impl Iterator<Item = &Entry<'t>> {
        self.entries.iter().filter(|entry| kinds.contains(&entry.kind()))
    }

    /// The domestic steps, each with its body.
    pub(super) fn steps(&self) -> impl Iterator<Item = (&Entry<'t>, &'t str)> {
        self.of(&[ActKind::DomesticStep]).filter_map(|entry| Some((entry, entry.act.body.as_deref()?)))
    }

    /// The parties whose consent is needed, in the order of the document.
    pub(super) fn needed(&self) -> impl Iterator<Item = Actor<'t>> {
        self.needed.iter().filter_map(|&index| self.actor(index, None))
    }

    /// The parties that acted: those that the act names, else every party whose consent is needed.
    pub(super) fn actors(&self, entry: &Entry<'_>) -> impl Iterator<Item = Actor<'t>> {
        let needed = if entry.is_of_all() { self.needed.as_slice() } else { &[] };
        let named = entry.named.iter().enumerate();
        let named = named.filter_map(|(place, index)| self.actor((*index)?, Some(place)));
        needed.iter().filter_map(|&index| self.actor(index, None)).chain(named)
    }

    fn actor(&self, index: usize, named: Option<usize>) -> Option<Actor<'t>> {
        Some(Actor { index, party: self.terms.parties.get(index)?, named })
    }
}

pub(super) fn keep_earlier<K: Ord>(first: &mut BTreeMap<K, Window>, key: K, window: Window) {
    first.entry(key).and_modify(|first| *first = first.earlier(window)).or_insert(window);
}
