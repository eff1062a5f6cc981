//! The acts of the record in the order in which they count, each with its days and the parties that acted.

use std::collections::BTreeMap;
use std::rc::Rc;

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
    /// The parties that acted: those that the act names, else every party whose consent is needed.
    pub(super) actors: Rc<[Actor<'t>]>,
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

/// A party that acted, or whose consent is needed.
#[derive(Debug)]
pub(super) struct Actor<'t> {
    pub(super) index: usize,
    pub(super) party: &'t Party,
    /// Its index among the parties that the act names, if it names any.
    named: Option<usize>,
}

impl Actor<'_> {
    /// Where the act names the party; else the act.
    pub(super) fn place(&self, entry: &Entry<'_>) -> Place {
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
    /// Each party by its id, with its index, if any act names one; of equal ids, the first.
    pub(super) parties: BTreeMap<&'t str, (usize, &'t Party)>,
    pub(super) entries: Vec<Entry<'t>>,
    /// The parties whose consent is needed, in the order of the document.
    pub(super) needed: Rc<[Actor<'t>]>,
    /// The windows of the first domestic steps, bound by bound, by the index of the party and the body.
    pub(super) first_steps: BTreeMap<(usize, &'t str), Window>,
}

impl<'t> Acts<'t> {
    pub(crate) fn new(terms: &'t Terms) -> Self {
        let of_terms = terms.parties.iter().enumerate();
        let any_named = terms.record.iter().any(|act| !act.parties.is_empty());
        let named = of_terms.clone().rev().filter(|_| any_named);
        let parties: BTreeMap<_, _> = named.map(|party| (party.1.id.as_str(), party)).collect();
        let needed = of_terms.filter(|(_, party)| is_needed(party));
        let needed: Rc<[_]> = needed.map(|(index, party)| Actor { index, party, named: None }).collect();
        let named = |(named, id): (usize, &String)| {
            let &(index, party) = parties.get(id.as_str())?;
            Some(Actor { index, party, named: Some(named) })
        };
        let entry = |(index, act): (usize, &'t Act)| {
            let actors = match act.parties.as_slice() {
                [] => Rc::clone(&needed),
                ids => ids.iter().enumerate().filter_map(named).collect(),
            };
            Some(Entry { act, index, window: act.on.window()?, actors })
        };
        let mut entries: Vec<_> = terms.record.iter().enumerate().filter_map(entry).collect();
        // The earliest day as well, so that the order of the document does not matter.
        entries.sort_by_key(|entry| (entry.window.latest(), entry.kind(), entry.window.earliest()));
        let mut first_steps = BTreeMap::new();
        for (entry, body) in steps(&entries) {
            for actor in entry.actors.iter() {
                let first = first_steps.entry((actor.index, body)).or_insert(entry.window);
                *first = first.earlier(entry.window);
            }
        }
        Self { terms, parties, entries, needed, first_steps }
    }

    /// Whether the day of each act is known, so that there is one choice of days.
    pub(super) fn have_days(&self) -> bool {
        self.entries.iter().all(|entry| entry.window.earliest() == entry.window.latest())
    }

    /// The acts of these kinds.
    pub(super) fn of(&self, kinds: &[ActKind]) -> impl Iterator<Item = &Entry<'t>> {
        self.entries.iter().filter(|entry| kinds.contains(&entry.kind()))
    }
}

/// The domestic steps, each with its body.
pub(super) fn steps<'a, 't>(entries: &'a [Entry<'t>]) -> impl Iterator<Item = (&'a Entry<'t>, &'t str)> {
    let steps = entries.iter().filter(|entry| entry.kind() == ActKind::DomesticStep);
    steps.filter_map(|entry| Some((entry, entry.act.body.as_deref()?)))
}
