//! The rules of domestic steps: known bodies, in order, and before the consent of their party.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::findings::place_of;
use super::{By, DomesticSteps, Entry, consents};
use crate::findings::{Findings, Rule};
use crate::path::Place;
use crate::terms::spelling::is_id;
use crate::terms::{ActKind, ConsentMode, Party, Terms};
use crate::wording::{excerpt, list};

pub(super) fn check(terms: &Terms, acts: &[Entry<'_>], steps: &DomesticSteps<'_>, out: &mut Findings) {
    let parties: Vec<_> =
        terms.parties.iter().enumerate().map(|(place, party)| Domestic::new(place, party, steps)).collect();
    known_bodies(&parties, acts, out);
    in_order(&parties, acts, out);
    before_consents(&parties, acts, out);
}

/// A party with its bodies.
struct Domestic<'t, 's> {
    place: usize,
    party: &'t Party,
    steps: &'s DomesticSteps<'t>,
    /// Each body with the one that goes before it.
    bodies: HashMap<&'t str, Option<&'t str>>,
    /// The earliest day on which every body may have said yes; `None` where one has not.
    ready: Option<NaiveDate>,
}

impl<'t, 's> Domestic<'t, 's> {
    fn new(place: usize, party: &'t Party, steps: &'s DomesticSteps<'t>) -> Self {
        let ids = || party.domestic_steps.iter().map(String::as_str);
        let mut bodies = HashMap::new();
        for (body, before) in ids().zip(std::iter::once(None).chain(ids().map(Some))) {
            bodies.entry(body).or_insert(before);
        }
        let mut this = Self { place, party, steps, bodies, ready: None };
        this.ready = ids().try_fold(NaiveDate::MIN, |ready, body| Some(ready.max(this.earliest(body)?)));
        this
    }

    /// The first day on which a body may have said yes.
    fn earliest(&self, body: &str) -> Option<NaiveDate> {
        Some(self.steps.first(self.place, self.party.consent_mode(), body)?.earliest())
    }

    fn is_needed(&self) -> bool {
        self.party.consent_mode() != ConsentMode::None
    }

    /// Checks that a step of a body may have come after that of the body before it.
    fn check_order(&self, entry: &Entry<'_>, body: &str, at: Place, out: &mut Findings) {
        let Some(Some(before)) = self.bodies.get(body) else { return };
        if self.earliest(before).is_none_or(|earliest| earliest > entry.window.latest()) {
            let (party, body) = (excerpt(&self.party.id), excerpt(body));
            let rule = Rule::DomesticStepOutOfOrder { party, body, before: excerpt(before) };
            out.push(at, rule);
        }
    }

    fn consents_by(&self, entry: &Entry<'_>) -> bool {
        consents(self.party.consent_mode()).contains(&entry.act.act)
    }

    /// Checks that a consent may have come after every domestic step.
    fn check_consent(&self, entry: &Entry<'_>, at: Place, out: &mut Findings) {
        let latest = entry.window.latest();
        // On one day a signature counts before a domestic step, and an approval after it.
        let is_late = |step: NaiveDate| step > latest || (step == latest && entry.act.act < ActKind::DomesticStep);
        if self.ready.is_none_or(is_late) {
            let ids = self.party.domestic_steps.iter().map(String::as_str);
            let missing = list(ids.filter(|body| self.earliest(body).is_none_or(is_late)));
            let (party, on) = (excerpt(&self.party.id), entry.act.on.to_string());
            out.push(at, Rule::ConsentBeforeDomesticSteps { party, on, missing });
        }
    }
}

/// The parties that an act names, each with its place; none where it names none.
fn named<'p, 't, 's>(
    parties: &'p [Domestic<'t, 's>],
    entry: &'p Entry<'_>,
) -> impl Iterator<Item = (&'p Domestic<'t, 's>, Place)> {
    let places = match &entry.by {
        By::EveryNeeded => [].as_slice(),
        By::These(places) => places,
    };
    let found = places.iter().enumerate().filter_map(|(index, place)| Some((index, parties.get((*place)?)?)));
    found.map(|(index, domestic)| (domestic, place_of(entry.place).field("parties").index(index)))
}

/// Every step is of a body that its party lists; without parties, that a party whose consent is needed lists.
fn known_bodies(parties: &[Domestic<'_, '_>], acts: &[Entry<'_>], out: &mut Findings) {
    let needed = || parties.iter().filter(|domestic| domestic.is_needed());
    let of_needed: HashSet<_> = needed().flat_map(|domestic| domestic.bodies.keys().copied()).collect();
    let listed = list(needed().flat_map(|domestic| &domestic.party.domestic_steps).map(String::as_str));
    for (entry, body) in bodies(acts).filter(|(_, body)| is_id(body)) {
        let mut unknown = |known| {
            let rule = Rule::UnknownBody { body: body.to_owned(), known };
            out.push(place_of(entry.place).field("body"), rule);
        };
        if entry.by == By::EveryNeeded && !of_needed.contains(body) {
            unknown(listed.clone());
        }
        for (domestic, _) in named(parties, entry).filter(|(domestic, _)| !domestic.bodies.contains_key(body)) {
            unknown(list(domestic.party.domestic_steps.iter().map(String::as_str)));
        }
    }
}

fn in_order(parties: &[Domestic<'_, '_>], acts: &[Entry<'_>], out: &mut Findings) {
    // A step of all is checked once for each party, where it comes first: so the findings stay in proportion.
    let mut first = HashMap::new();
    for (entry, body) in bodies(acts) {
        if entry.by == By::EveryNeeded {
            first.entry(body).or_insert(entry);
        }
        for (domestic, at) in named(parties, entry) {
            domestic.check_order(entry, body, at, out);
        }
    }
    for domestic in parties.iter().filter(|domestic| domestic.is_needed()) {
        for body in domestic.bodies.keys() {
            if let Some(entry) = first.get(body) {
                domestic.check_order(entry, body, place_of(entry.place), out);
            }
        }
    }
}

fn before_consents(parties: &[Domestic<'_, '_>], acts: &[Entry<'_>], out: &mut Findings) {
    let may_consent = acts.iter().filter(|entry| consents(ConsentMode::Signature).contains(&entry.act.act));
    for entry in may_consent {
        for (domestic, at) in named(parties, entry).filter(|(domestic, _)| domestic.consents_by(entry)) {
            domestic.check_consent(entry, at, out);
        }
    }
    // A consent of all likewise.
    for domestic in parties.iter().filter(|domestic| domestic.is_needed()) {
        let first = acts.iter().find(|entry| entry.by == By::EveryNeeded && domestic.consents_by(entry));
        if let Some(first) = first {
            domestic.check_consent(first, place_of(first.place), out);
        }
    }
}

/// The domestic steps, each with its body.
fn bodies<'a, 't>(acts: &'a [Entry<'t>]) -> impl Iterator<Item = (&'a Entry<'t>, &'t str)> {
    let steps = acts.iter().filter(|entry| entry.act.act == ActKind::DomesticStep);
    steps.filter_map(|entry| Some((entry, entry.act.body.as_deref()?)))
}
