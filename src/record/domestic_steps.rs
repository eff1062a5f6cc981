//! The rules of domestic steps: known bodies, in order, and before the consent of their party.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use chrono::NaiveDate;

use super::acts::{Actor, Acts, Entry, consents};
use crate::day::Window;
use crate::findings::{Findings, KnownIds, Rule};
use crate::terms::spelling::is_id;
use crate::terms::{ActKind, ConsentMode, Party};
use crate::wording::{excerpt, list};

/// The windows of the first domestic steps, bound by bound, by the index of the party and the body.
pub(super) type FirstSteps<'t> = BTreeMap<(usize, &'t str), Window>;

pub(super) fn first_steps<'t>(acts: &Acts<'t>) -> FirstSteps<'t> {
    let mut first = FirstSteps::new();
    for (entry, body) in bodies(acts) {
        for actor in acts.actors(entry) {
            let window = first.entry((actor.index, body)).or_insert(entry.window);
            *window = window.earlier(entry.window);
        }
    }
    first
}

/// The domestic steps, each with its body.
fn bodies<'a, 't>(acts: &'a Acts<'t>) -> impl Iterator<Item = (&'a Entry<'t>, &'t str)> {
    acts.of(&[ActKind::DomesticStep]).filter_map(|entry| Some((entry, entry.act.body.as_deref()?)))
}

pub(super) fn check(acts: &Acts<'_>, out: &mut Findings) {
    let first = first_steps(acts);
    let parties = acts.terms.parties.iter().enumerate();
    let mut parties: Vec<_> = parties.map(|(index, party)| Domestic::new(index, party, &first)).collect();
    known_bodies(acts, &parties, out);
    in_order(acts, &parties, &first, out);
    before_consents(acts, &mut parties, out);
}

/// The bodies of a party, in the order of the document.
fn ids(party: &Party) -> impl Iterator<Item = &str> {
    party.domestic_steps.iter().map(String::as_str)
}

/// The domestic steps of a party.
struct Domestic<'t> {
    /// Each body with the one that goes before it.
    before: BTreeMap<&'t str, Option<&'t str>>,
    /// Those that cannot have said yes yet, by index, while the acts are gone through in their order.
    late: BTreeSet<usize>,
    /// The first days on which they may have said yes, the last first.
    coming: Vec<(NaiveDate, usize)>,
    /// A consent of all was checked, as one of this party.
    is_checked_with_all: bool,
}

impl<'t> Domestic<'t> {
    fn new(index: usize, party: &'t Party, first: &FirstSteps<'_>) -> Self {
        let mut before = BTreeMap::new();
        for (body, previous) in ids(party).zip(std::iter::once(None).chain(ids(party).map(Some))) {
            before.entry(body).or_insert(previous);
        }
        let day = |(place, body)| Some((first.get(&(index, body))?.earliest(), place));
        let mut coming: Vec<_> = ids(party).enumerate().filter_map(day).collect();
        coming.sort_unstable_by(|one, other| other.cmp(one));
        Self { before, late: (0..party.domestic_steps.len()).collect(), coming, is_checked_with_all: false }
    }

    /// Lets the bodies say yes that may do so before an act.
    fn go_on(&mut self, act: &Entry<'_>) {
        // On one day a signature counts before a domestic step, and an approval after it.
        let until = (act.window.latest(), act.kind());
        while let Some((_, body)) = self.coming.pop_if(|&mut (day, _)| (day, ActKind::DomesticStep) < until) {
            self.late.remove(&body);
        }
    }
}

/// Every step is of a body that its party lists; without parties, that a party whose consent is needed lists.
fn known_bodies(acts: &Acts<'_>, parties: &[Domestic<'_>], out: &mut Findings) {
    for (entry, body) in bodies(acts).filter(|(_, body)| is_id(body)) {
        let is_listed = |actor: &Actor<'_>| parties.get(actor.index).is_some_and(|of| of.before.contains_key(body));
        let mut unknown = |known| {
            out.push(entry.place().field("body"), Rule::UnknownBody { body: body.to_owned(), known });
        };
        if !entry.is_of_all() {
            acts.actors(entry)
                .filter(|actor| !is_listed(actor))
                .for_each(|actor| unknown(KnownIds::new(body, ids(actor.party))));
        } else if !acts.needed().any(|actor| is_listed(&actor)) {
            unknown(KnownIds::new(body, acts.needed().flat_map(|actor| ids(actor.party))));
        }
    }
}

/// No step of a body surely comes before that of the body which goes first.
fn in_order(acts: &Acts<'_>, parties: &[Domestic<'_>], first: &FirstSteps<'_>, out: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (entry, body) in bodies(acts) {
        // A step of all is checked where it comes first.
        if entry.is_of_all() && !seen.insert(body) {
            continue;
        }
        for actor in acts.actors(entry) {
            let before = parties.get(actor.index).and_then(|of| of.before.get(body).copied().flatten());
            let Some(before) = before else { continue };
            let earliest = first.get(&(actor.index, before)).map(|first| first.earliest());
            if earliest.is_none_or(|earliest| earliest > entry.window.latest()) {
                let (party, body, before) = (excerpt(&actor.party.id), excerpt(body), excerpt(before));
                out.push(actor.place(entry), Rule::DomesticStepOutOfOrder { party, body, before });
            }
        }
    }
}

/// No consent of a party surely comes before one of its bodies.
fn before_consents(acts: &Acts<'_>, parties: &mut [Domestic<'_>], out: &mut Findings) {
    for entry in acts.of(consents(ConsentMode::Signature)) {
        for actor in acts.actors(entry).filter(|actor| consents(actor.party.consent_mode()).contains(&entry.kind())) {
            let Some(domestic) = parties.get_mut(actor.index) else { continue };
            // A consent of all is checked where it comes first.
            if entry.is_of_all() && mem::replace(&mut domestic.is_checked_with_all, true) {
                continue;
            }
            domestic.go_on(entry);
            if !domestic.late.is_empty() {
                let late = domestic.late.iter().filter_map(|&body| actor.party.domestic_steps.get(body));
                let (party, on) = (excerpt(&actor.party.id), entry.act.on.to_string());
                let missing = list(late.map(String::as_str));
                out.push(actor.place(entry), Rule::ConsentBeforeDomesticSteps { party, on, missing });
            }
        }
    }
}
