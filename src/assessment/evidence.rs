//! Observations that count for one force in one version, and how each compares with a ceiling.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::observation::{Counted, Observation, ObservationKind};
use crate::day::Window;
use crate::schedule::chain::{Base, ChainMilestone};
use crate::schedule::limit_ceiling::band;
use crate::schedule::withdrawn::{People, WithdrawnSoFar};
use crate::terms::fraction::{self, Shares};
use crate::terms::{Band, Fraction, Terms};

/// A count in people, and what it says has been taken away.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) days: Window,
    pub(super) people: Band,
    pub(super) taken: WithdrawnSoFar,
}

/// How a count compares with a ceiling, over all readings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Comparison {
    /// At or below it in every reading.
    Below,
    /// Above it in every reading.
    Above,
    /// It depends on the reading.
    Either,
}

/// A ceiling that counts compare with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar {
    pub(super) low: u32,
    /// `None` is open or not due.
    pub(super) high: Option<u32>,
    /// What has been taken away at the low end and at the high end.
    pub(super) taken_low: WithdrawnSoFar,
    pub(super) taken_high: WithdrawnSoFar,
}

impl ChainMilestone {
    pub(super) const fn bar(&self) -> Bar {
        Bar { low: self.band.low(), high: self.band.high(), taken_low: self.taken, taken_high: self.taken_high }
    }
}

/// An observation of a force that may count, before a version says from when on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sighting {
    days: Window,
    counted: Counted,
}

/// The observations of a force that are judged: counts, dated by the day of judgement and published as known.
pub(super) fn sightings<'o>(
    terms: &Terms,
    force: &str,
    observations: impl Iterator<Item = &'o Observation>,
    on: NaiveDate,
    known: Option<NaiveDate>,
) -> Vec<Sighting> {
    let of_force = |observation: &&Observation| match &observation.force {
        Some(id) => id == force,
        None => terms.forces.len() == 1 && terms.forces.iter().any(|only| only.id == force),
    };
    observations.filter(of_force).filter_map(|observation| sighting(terms, observation, on, known)).collect()
}

/// The same of every force of a version, by its index, in one pass.
pub(super) fn sightings_by_force(
    terms: &Terms,
    forces: &HashMap<&str, usize>,
    observations: &[Observation],
    on: NaiveDate,
    known: Option<NaiveDate>,
) -> Vec<Vec<Sighting>> {
    let mut by_force = vec![Vec::new(); forces.len()];
    let only = if let [only] = terms.forces.as_slice() { Some(only.id.as_str()) } else { None };
    for observation in observations {
        let force = observation.force.as_deref().or(only).and_then(|id| forces.get(id));
        if let Some(of_force) = force.and_then(|&force| by_force.get_mut(force)) {
            of_force.extend(sighting(terms, observation, on, known));
        }
    }
    by_force
}

/// An observation that is judged.
fn sighting(terms: &Terms, observation: &Observation, on: NaiveDate, known: Option<NaiveDate>) -> Option<Sighting> {
    let days = observation.date.window()?;
    let counts = observation.kind() == ObservationKind::Count && days.latest() <= on;
    let is_known = known.is_none_or(|known| observation.known_from(terms).is_some_and(|from| from <= known));
    (counts && is_known).then_some(Sighting { days, counted: observation.counted })
}

/// The counts for a version: those dated wholly after its baseline, in the order of their days.
pub(super) fn counts(sightings: &[Sighting], base: Option<&Base>) -> Vec<Count> {
    let band = base.map_or(Band::OPEN, |base| base.band);
    let in_time = |sighting: &&Sighting| base.is_none_or(|base| sighting.days.earliest() >= base.as_of);
    let mut counts: Vec<Count> = sightings.iter().filter(in_time).map(|sighting| count(*sighting, band)).collect();
    counts.sort_by_key(|count| (count.days.earliest(), count.days.latest()));
    counts
}

fn count(sighting: Sighting, base: Band) -> Count {
    let Sighting { days, counted } = sighting;
    let (people, taken) = match counted {
        Counted::Present(quantity) => (quantity.band().unwrap_or(Band::OPEN), WithdrawnSoFar::UNRELATED),
        Counted::Withdrawn(quantity) => {
            let gone = People::from(quantity.band().unwrap_or(Band::OPEN));
            let low = gone.high.map_or(0, |gone| u64::from(base.low()).saturating_sub(gone));
            let high = base.high().map(|high| u64::from(high).saturating_sub(gone.low));
            (band(low, high), WithdrawnSoFar::people(gone))
        }
        Counted::WithdrawnShare(share) => {
            let gone = share.bounds().map_or(Shares { low: Fraction::ZERO, high: Fraction::ONE }, |bounds| Shares {
                low: bounds.low(),
                high: bounds.high(),
            });
            let left = gone.rest();
            let low = fraction::floor_band(base, left).0;
            let high = fraction::ceil_band(base, left).1;
            (band(low, high), WithdrawnSoFar::share(gone))
        }
    };
    Count { days, people, taken }
}

impl Count {
    /// How it compares with a ceiling.
    pub(super) fn against(&self, bar: &Bar) -> Comparison {
        if self.is_below(bar) {
            Comparison::Below
        } else if self.is_above(bar) {
            Comparison::Above
        } else {
            Comparison::Either
        }
    }

    /// At or below the low end of the ceiling in every reading.
    pub(super) fn is_below(&self, bar: &Bar) -> bool {
        let by_people = self.people.high().is_some_and(|high| high <= bar.low);
        let taken = self.taken.people.zip(bar.taken_low.people);
        let by_taken = taken.is_some_and(|(ours, theirs)| theirs.high.is_some_and(|high| ours.low >= high));
        let share = self.taken.share.zip(bar.taken_low.share);
        by_people || by_taken || share.is_some_and(|(ours, theirs)| ours.low >= theirs.high)
    }

    /// Above the high end of the ceiling in every reading.
    pub(super) fn is_above(&self, bar: &Bar) -> bool {
        let by_people = bar.high.is_some_and(|high| self.people.low() > high);
        let taken = self.taken.people.zip(bar.taken_high.people);
        let by_taken = taken.is_some_and(|(ours, theirs)| ours.high.is_some_and(|high| high < theirs.low));
        let share = self.taken.share.zip(bar.taken_high.share);
        by_people || by_taken || share.is_some_and(|(ours, theirs)| ours.high < theirs.low)
    }

    /// Ceiling minus count: the least and the greatest that a reading gives, each the tighter of what the numbers
    /// and what the people taken away say; `None` where there is no such end.
    pub(super) fn margin(&self, bar: &Bar, base: Band) -> (Option<i64>, Option<i64>) {
        let minus = |a: u64, b: u64| signed(a).saturating_sub(signed(b));
        let least = [
            self.people.high().map(|high| minus(u64::from(bar.low), u64::from(high))),
            self.taken.people.zip(bar.taken_low.people).and_then(|(ours, theirs)| Some(minus(ours.low, theirs.high?))),
            self.taken
                .share
                .zip(bar.taken_low.share)
                .and_then(|(ours, theirs)| difference(ours.low, theirs.high, base, Round::Down)),
        ];
        let greatest = [
            bar.high.map(|high| minus(u64::from(high), u64::from(self.people.low()))),
            self.taken.people.zip(bar.taken_high.people).and_then(|(ours, theirs)| Some(minus(ours.high?, theirs.low))),
            self.taken
                .share
                .zip(bar.taken_high.share)
                .and_then(|(ours, theirs)| difference(ours.high, theirs.low, base, Round::Up)),
        ];
        (least.into_iter().flatten().max(), greatest.into_iter().flatten().min())
    }
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    Down,
    Up,
}

/// The difference of two shares of a base, in people, rounded outwards; `None` where the base makes it open.
fn difference(a: Fraction, b: Fraction, base: Band, round: Round) -> Option<i64> {
    let wide = |n: u64| i128::from(n);
    let cross = |x: Fraction, y: Fraction| wide(x.numerator()).checked_mul(wide(y.denominator()));
    let numerator = cross(a, b)?.checked_sub(cross(b, a)?)?;
    let denominator = wide(a.denominator()).checked_mul(wide(b.denominator()))?;
    // The base that takes the end farthest out.
    let people = match (numerator.signum(), round) {
        (1, Round::Up) | (-1, Round::Down) => base.high()?,
        _ => base.low(),
    };
    let product = numerator.checked_mul(i128::from(people))?;
    let floor = product.checked_div_euclid(denominator)?;
    let rest = product.checked_rem_euclid(denominator)?;
    let rounded = if round == Round::Up && rest > 0 { floor.checked_add(1)? } else { floor };
    i64::try_from(rounded).ok()
}
