//! Successions: who takes the place of whom, and from which day on.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::terms::{Party, Terms};
use crate::wording::list;

/// The places of the parties, by their indices; empty where nobody succeeds anybody.
///
/// From its first day on, a successor has all that those before it did.
#[derive(Clone, Default, Debug)]
pub(super) struct Successions(Vec<Succession>);

/// The place of a party.
#[derive(Clone, Default, Debug)]
struct Succession {
    /// Whose place it takes.
    before: Option<usize>,
    /// Its first day, not before that of the party before it; `None` is from the start.
    since: Option<NaiveDate>,
    /// The first day of those who take it over.
    until: Option<NaiveDate>,
    successors: Vec<usize>,
}

impl Successions {
    /// The places, and the parties at which a circle was broken, each with the circle.
    pub(super) fn new(terms: &Terms, parties: &BTreeMap<&str, (usize, &Party)>) -> (Self, Vec<(usize, String)>) {
        let mut circles = Vec::new();
        if terms.parties.iter().all(|party| party.succeeds.is_none()) {
            return (Self::default(), circles);
        }
        let before = |party: &Party| Some(parties.get(party.since.and(party.succeeds.as_deref())?)?.0);
        let place = |party: &Party| Succession { before: before(party), since: party.since, ..Succession::default() };
        let mut places: Vec<Succession> = terms.parties.iter().map(place).collect();
        // The walk in which a party was seen first.
        let mut seen = vec![None; places.len()];
        for start in 0..places.len() {
            let (mut walk, mut next) = (Vec::new(), Some(start));
            while let Some((index, place)) = next.and_then(|index| Some((index, places.get_mut(index)?))) {
                match seen.get_mut(index) {
                    Some(free @ None) => *free = Some(start),
                    Some(Some(by)) if *by == start => {
                        let circle = walk.iter().skip_while(|&&walked| walked != index).chain([&index]);
                        let ids = circle.filter_map(|&index| Some(terms.parties.get(index)?.id.as_str()));
                        circles.push((index, list(ids)));
                        place.before = None;
                        break;
                    }
                    _ => break,
                }
                walk.push(index);
                next = place.before;
            }
            walk.into_iter().rev().for_each(|index| settle(&mut places, index));
        }
        (Self(places), circles)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first day on which a party has its place; `None` if it has it from the start.
    pub(super) fn since(&self, party: usize) -> Option<NaiveDate> {
        self.0.get(party)?.since
    }

    /// The party whose place another takes.
    pub(super) fn before(&self, party: usize) -> Option<usize> {
        self.0.get(party)?.before
    }

    /// Whether a party is the one that is named on a day: from its first day on, and until the day before another's.
    pub(super) fn is_named_on(&self, party: usize, day: NaiveDate) -> bool {
        let has_place = |place: &Succession| {
            place.since.is_none_or(|since| since <= day) && place.until.is_none_or(|until| day < until)
        };
        self.0.get(party).is_none_or(has_place)
    }

    /// The days on which places are taken.
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> {
        self.0.iter().filter_map(|place| place.since)
    }

    /// Those who take the place of a party.
    pub(super) fn of(&self, party: usize) -> &[usize] {
        self.0.get(party).map_or(&[], |place| &place.successors)
    }
}

/// Puts a party after the one before it, whose own place is settled.
fn settle(places: &mut [Succession], index: usize) {
    let Some(place) = places.get(index) else { return };
    let since = place.before.and_then(|before| place.since.max(places.get(before)?.since));
    let before = place.before.and_then(|before| places.get_mut(before));
    if let Some(before) = before {
        before.until = before.until.map_or(since, |until| Some(until).min(since));
        before.successors.push(index);
    }
    if let Some(place) = places.get_mut(index) {
        place.since = since;
    }
}
