//! The acts of the record in the order in which they count, each with its days and the parties that acted.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use chrono::NaiveDate;

use super::successions::Successions;
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

/// The day on which an act became known; `None` where its own day does not exist, or where it was foreseen all along.
pub(crate) fn known_from(act: &Act) -> Option<NaiveDate> {
    act.published.or_else(|| act.on.window().filter(|_| !act.expected).map(Window::latest))
}

/// An act with its days.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub(super) act: &'t Act,
    /// Its index in the document.
    pub(super) index: usize,
    /// Its days; what a successor did before it had its place counts from the first day on which it has.
    pub(super) window: Window,
    /// Another entry has the same act for parties whose place came earlier: here it counts for its actors alone.
    pub(super) is_echo: bool,
    /// The parties that acted, or come to have the place of one that did. An act that names no party is of every party
    /// whose consent is needed on its last day.
    pub(super) actors: Rc<[Actor<'t>]>,
}

impl<'t> Entry<'t> {
    pub(super) const fn kind(&self) -> ActKind {
        self.act.act
    }

    /// Whether it names no party, and so is of every party whose consent is needed.
    pub(super) const fn is_of_all(&self) -> bool {
        self.act.parties.is_empty()
    }

    /// The parties that acted themselves.
    pub(super) fn acting(&self) -> impl Iterator<Item = &Actor<'t>> {
        self.actors.iter().filter(|actor| !actor.is_heir)
    }

    /// The days of the act itself, from whenever it counts.
    pub(super) fn days(&self) -> Window {
        self.act.on.window().unwrap_or(self.window)
    }

    pub(super) fn place(&self) -> Place {
        Place::from("record").index(self.index)
    }
}

/// A party that acted, or that has the place of one that did.
#[derive(Clone, Debug)]
pub(super) struct Actor<'t> {
    pub(super) index: usize,
    pub(super) party: &'t Party,
    /// How the party consents that acted.
    mode: ConsentMode,
    /// The index of the party that acted among those that the act names, if it names any.
    named: Option<usize>,
    is_heir: bool,
}

impl Actor<'_> {
    /// Whether an act of this kind is a consent.
    pub(super) fn consents_by(&self, kind: ActKind) -> bool {
        consents(self.mode).contains(&kind)
    }

    /// Where the act names the party; else the act.
    pub(super) fn place(&self, entry: &Entry<'_>) -> Place {
        match self.named {
            Some(index) => entry.place().field("parties").index(index),
            None => entry.place(),
        }
    }
}

/// The acts whose days exist and that are not only expected, in the order in which they count for the state: by their
/// last days, then by kind.
#[derive(Debug)]
pub(crate) struct Acts<'t> {
    pub(super) terms: &'t Terms,
    /// Each party by its id, with its index, if any is named; of equal ids, the first.
    pub(super) parties: BTreeMap<&'t str, (usize, &'t Party)>,
    pub(super) successions: Successions,
    /// The parties that succeed each other in a circle, each with the circle.
    pub(super) circles: Vec<(usize, String)>,
    pub(super) entries: Vec<Entry<'t>>,
    /// The parties whose consent is needed as long as they have their place, in the order of the document.
    pub(super) needed: Rc<[Actor<'t>]>,
    /// The windows of the first domestic steps, bound by bound, by the index of the party and the body.
    pub(super) first_steps: BTreeMap<(usize, &'t str), Window>,
}

impl<'t> Acts<'t> {
    pub(crate) fn new(terms: &'t Terms) -> Self {
        let of_terms = terms.parties.iter().enumerate();
        let any_succeeds = of_terms.clone().any(|(_, party)| party.succeeds.is_some());
        let any_named = any_succeeds || terms.record.iter().any(|act| !act.parties.is_empty());
        let named = of_terms.clone().rev().filter(|_| any_named);
        let parties: BTreeMap<_, _> = named.map(|party| (party.1.id.as_str(), party)).collect();
        let needed = of_terms.filter(|(_, party)| is_needed(party));
        let needed = needed.map(|(index, party)| actor(index, party, None)).collect();
        let (successions, circles) = Successions::new(terms, &parties);
        let (entries, first_steps) = (Vec::new(), BTreeMap::new());
        let mut acts = Self { terms, parties, successions, circles, entries, needed, first_steps };
        for (index, act) in terms.record.iter().enumerate().filter(|(_, act)| !act.expected) {
            acts.put(index, act);
        }
        // The earliest day as well, so that the order of the document does not matter.
        acts.entries.sort_by_key(|entry| (entry.window.latest(), entry.kind(), entry.window.earliest()));
        for (entry, body) in steps(&acts.entries) {
            for actor in entry.actors.iter() {
                let first = acts.first_steps.entry((actor.index, body)).or_insert(entry.days());
                *first = first.earlier(entry.days());
            }
        }
        acts
    }

    fn put(&mut self, index: usize, act: &'t Act) {
        let Some(window) = act.on.window() else { return };
        if act.parties.is_empty() && self.successions.is_empty() {
            let actors = Rc::clone(&self.needed);
            self.entries.push(Entry { act, index, window, is_echo: false, actors });
            return;
        }
        let acting: Vec<_> = if act.parties.is_empty() {
            let is_named = |actor: &&Actor<'_>| self.successions.is_named_on(actor.index, window.latest());
            self.needed.iter().filter(is_named).cloned().collect()
        } else {
            let party = |(named, id): (usize, &String)| {
                let &(index, party) = self.parties.get(id.as_str())?;
                Some(actor(index, party, Some(named)))
            };
            act.parties.iter().enumerate().filter_map(party).collect()
        };
        // By the first day that counts, for those whose place came later.
        let mut by_place: BTreeMap<Option<NaiveDate>, Vec<Actor<'t>>> = BTreeMap::new();
        for actor in acting {
            let since = self.successions.since(actor.index).filter(|since| *since > window.earliest());
            by_place.entry(since).or_default().push(actor);
        }
        let mut actors: Vec<_> = by_place.into_iter().map(|(since, named)| (since, self.with_heirs(named))).collect();
        if actors.is_empty() {
            actors.push((None, Rc::default()));
        }
        let entry = |(place, (since, actors)): (usize, (Option<NaiveDate>, Rc<[_]>))| {
            let window = since.map_or(window, |since| window.later(Window::day(since)));
            Entry { act, index, window, is_echo: place > 0, actors }
        };
        self.entries.extend(actors.into_iter().enumerate().map(entry));
    }

    /// Parties that acted, and those that come to have their places.
    fn with_heirs(&self, mut actors: Vec<Actor<'t>>) -> Rc<[Actor<'t>]> {
        let mut seen: BTreeSet<usize> = actors.iter().map(|actor| actor.index).collect();
        let mut left = if self.successions.is_empty() { Vec::new() } else { actors.clone() };
        while let Some(acted) = left.pop() {
            for &index in self.successions.of(acted.index).iter().filter(|heir| seen.insert(**heir)) {
                let Actor { mode, named, .. } = acted;
                let heir =
                    self.terms.parties.get(index).map(|party| Actor { index, party, mode, named, is_heir: true });
                actors.extend(heir.clone());
                left.extend(heir);
            }
        }
        actors.into()
    }

    /// The expected acts, by index, that nothing on record up to a day has met: no act of the same kind, name and body,
    /// by each party that is named.
    pub(crate) fn unmet_on(&self, day: NaiveDate) -> Vec<usize> {
        let key = |act: &'_ Act| (act.act, act.name.clone(), act.body.clone());
        // Who acted, and whose place they have taken.
        let mut done: HashMap<_, HashSet<usize>> = HashMap::new();
        for entry in self.entries.iter().filter(|entry| entry.window.latest() <= day) {
            let by = done.entry(key(entry.act)).or_default();
            for actor in entry.actors.iter() {
                let mut next = Some(actor.index);
                while let Some(party) = next.filter(|party| by.insert(*party)) {
                    next = self.successions.before(party);
                }
            }
        }
        let is_unmet = |(_, act): &(usize, &Act)| {
            let by = done.get(&key(act));
            let has_acted =
                |id: &String| self.parties.get(id.as_str()).zip(by).is_some_and(|((p, _), by)| by.contains(p));
            act.expected && !(by.is_some() && act.parties.iter().all(has_acted))
        };
        self.terms.record.iter().enumerate().filter(is_unmet).map(|(index, _)| index).collect()
    }

    /// The acts of these kinds.
    pub(super) fn of(&self, kinds: &[ActKind]) -> impl Iterator<Item = &Entry<'t>> {
        self.entries.iter().filter(|entry| kinds.contains(&entry.kind()))
    }
}

const fn actor(index: usize, party: &Party, named: Option<usize>) -> Actor<'_> {
    Actor { index, party, mode: party.consent_mode(), named, is_heir: false }
}

/// The domestic steps, each with its body.
pub(super) fn steps<'a, 't>(entries: &'a [Entry<'t>]) -> impl Iterator<Item = (&'a Entry<'t>, &'t str)> {
    let steps = entries.iter().filter(|entry| entry.kind() == ActKind::DomesticStep);
    steps.filter_map(|entry| Some((entry, entry.act.body.as_deref()?)))
}
