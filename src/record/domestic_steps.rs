//! The rules of domestic steps: known bodies, in order, and before the consent of their party. The steps of a party that
//! need not consent are on record, and no consent waits for them.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use super::acts::{Actor, Acts, consents, is_needed, steps};
use crate::findings::{Findings, KnownIds, Rule};
use crate::terms::spelling::is_id;
use crate::terms::{ActKind, ConsentMode, Party};
use crate::wording::{excerpt, list};

/// The bodies of parties, by the index of the party, each with the one that goes before it.
type Bodies<'t> = BTreeMap<(usize, &'t str), Option<&'t str>>;

pub(super) fn check(acts: &Acts<'_>, out: &mut Findings) {
    let mut bodies = Bodies::new();
    for (index, party) in acts.terms.parties.iter().enumerate() {
        let mut before = None;
        for body in ids(party) {
            bodies.entry((index, body)).or_insert(before);
            before = Some(body);
        }
    }
    if bodies.is_empty() && steps(&acts.entries).next().is_none() {
        return;
    }
    known_bodies(acts, &bodies, out);
    in_order(acts, &bodies, out);
    before_consents(acts, out);
}

/// The bodies of a party, in the order of the document.
fn ids(party: &Party) -> impl Iterator<Item = &str> {
    party.domestic_steps.iter().map(String::as_str)
}

/// Every step is of a body that its party lists; without parties, that a party whose consent is needed lists.
fn known_bodies(acts: &Acts<'_>, bodies: &Bodies<'_>, out: &mut Findings) {
    for (entry, body) in steps(&acts.entries).filter(|(_, body)| is_id(body)) {
        let mut unknown = |known| {
            out.push(entry.place().field("body"), Rule::UnknownBody { body: body.to_owned(), known });
        };
        if !entry.is_of_all() {
            for actor in entry.acting().filter(|actor| !bodies.contains_key(&(actor.index, body))) {
                unknown(KnownIds::new(body, ids(actor.party)));
            }
        } else if !entry.acting().any(|actor| bodies.contains_key(&(actor.index, body))) {
            unknown(KnownIds::new(body, entry.acting().flat_map(|actor| ids(actor.party))));
        }
    }
}

/// No step of a body surely comes before that of the body which goes first.
fn in_order(acts: &Acts<'_>, bodies: &Bodies<'_>, out: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (entry, body) in steps(&acts.entries) {
        // A step of all is checked where it comes first.
        if entry.is_of_all() && !seen.insert(body) {
            continue;
        }
        for actor in entry.acting().filter(|actor| is_needed(actor.party)) {
            let Some(before) = bodies.get(&(actor.index, body)).copied().flatten() else { continue };
            let earliest = acts.first_steps.get(&(actor.index, before)).map(|first| first.earliest());
            if earliest.is_none_or(|earliest| earliest > entry.days().latest()) {
                let (party, body, before) = (excerpt(&actor.party.id), excerpt(body), excerpt(before));
                out.push(actor.place(entry), Rule::DomesticStepOutOfOrder { party, body, before });
            }
        }
    }
}

/// No consent of a party surely comes before one of its bodies.
fn before_consents(acts: &Acts<'_>, out: &mut Findings) {
    // The bodies that cannot have said yes yet, by party, and the first days on which they may have, the last first.
    let (mut late, mut coming) = (BTreeSet::new(), Vec::new());
    for (index, party) in acts.terms.parties.iter().enumerate() {
        for (place, body) in ids(party).enumerate() {
            late.insert((index, place));
            coming.extend(acts.first_steps.get(&(index, body)).map(|first| (first.earliest(), (index, place))));
        }
    }
    coming.sort_unstable_by(|one, other| other.cmp(one));
    let mut has_consented_with_all = vec![false; acts.terms.parties.len()];
    let mut entries: Vec<_> = acts.of(consents(ConsentMode::Signature)).collect();
    entries.sort_by_key(|entry| (entry.days().latest(), entry.kind()));
    for entry in entries {
        // On one day a signature counts before a domestic step, and an approval after it.
        let until = (entry.days().latest(), entry.kind());
        while let Some((_, body)) = coming.pop_if(|(day, _)| (*day, ActKind::DomesticStep) < until) {
            late.remove(&body);
        }
        let consenting = |actor: &&Actor<'_>| is_needed(actor.party) && actor.consents_by(entry.kind());
        for actor in entry.acting().filter(consenting) {
            // A consent of all is checked where it comes first.
            let with_all = has_consented_with_all.get_mut(actor.index).filter(|_| entry.is_of_all());
            if with_all.is_some_and(|before| mem::replace(before, true)) {
                continue;
            }
            let late = late.range((actor.index, 0)..=(actor.index, usize::MAX));
            let mut late = late.filter_map(|&(_, place)| actor.party.domestic_steps.get(place)).peekable();
            if late.peek().is_some() {
                let (party, on) = (excerpt(&actor.party.id), entry.act.on.to_string());
                let missing = list(late.map(String::as_str));
                out.push(actor.place(entry), Rule::ConsentBeforeDomesticSteps { party, on, missing });
            }
        }
    }
}
