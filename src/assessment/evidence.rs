//! What was observed, gathered once for a question, and its counts as a version takes them.

use std::sync::Arc;

use chrono::NaiveDate;

use super::bounds::Bounds;
use super::observation::{Counted, Observation, ObservationKind};
use super::reasons::{Comparison, JudgedCount};
use crate::agreement::Agreement;
use crate::day::Window;
use crate::schedule::chain::{Base, ChainMilestone};
use crate::schedule::force_schedule::ForceSchedule;
use crate::schedule::ids::Ids;
use crate::schedule::index::ForceIndex;
use crate::schedule::limit_ceiling::band;
use crate::schedule::limits_by_force::find;
use crate::schedule::withdrawn::{People, WithdrawnSoFar};
use crate::terms::fraction;
use crate::terms::{Band, Ratio, ShareBand};

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
        Bar { low: self.band.low(), high: self.band.high(), taken_low: self.taken, taken_high: self.taken_high() }
    }
}

/// An observation of a force that was public on the day as known.
#[derive(Clone, Debug)]
pub(crate) struct Sighting {
    pub(crate) days: Window,
    pub(crate) counted: Counted,
    pub(crate) kind: ObservationKind,
    pub(super) source: Option<Arc<str>>,
    /// Its place among those of its force.
    pub(super) place: usize,
}

/// What was observed of each force, by its index, in the order in which it was given.
#[derive(Clone, Debug)]
pub(crate) struct Evidence(Vec<Vec<Sighting>>);

impl Evidence {
    /// Gathers what a question is asked with; observations of no force of the agreement are left out.
    pub(crate) fn gather(agreement: &Agreement, observations: &[Observation]) -> Self {
        let terms = agreement.terms();
        // Later versions only add forces, so that an index means the same force in each.
        let forces = agreement.history().last().map(|last| last.full.text.forces.as_slice()).unwrap_or_default();
        let ids = Ids::new(forces.iter().map(|force| force.id(terms)));
        let mut by_force = vec![Vec::new(); forces.len()];
        for observation in observations.iter().filter(|observation| is_known(agreement, observation)) {
            let force = find(terms, &ids, observation.force.as_deref());
            let of_force = force.and_then(|force| force.of_mut(&mut by_force));
            if let Some((of_force, days)) = of_force.zip(observation.date.window()) {
                let place = of_force.len();
                let Observation { counted, .. } = *observation;
                let source = observation.source.as_deref().map(Arc::from);
                of_force.push(Sighting { days, counted, kind: observation.kind(), source, place });
            }
        }
        Self(by_force)
    }

    /// The counts of a force that are judged: dated by the day of judgement.
    pub(super) fn judged(&self, force: ForceIndex, on: NaiveDate) -> impl Iterator<Item = &Sighting> {
        let of_force = force.of(&self.0).into_iter().flatten();
        of_force.filter(move |seen| seen.kind == ObservationKind::Count && seen.days.latest() <= on)
    }

    /// The days of every observation.
    #[cfg(feature = "plotters03")]
    pub(crate) fn days(&self) -> impl Iterator<Item = Window> {
        self.0.iter().flatten().map(|seen| seen.days)
    }

    /// The observations of a force in people, each by the baseline of the version in effect on its last day.
    #[cfg(any(feature = "plotters03", feature = "csv1"))]
    pub(crate) fn in_people(&self, agreement: &Agreement, force: ForceIndex) -> Vec<InPeople> {
        let in_people = |seen: &Sighting| {
            let band = match seen.counted {
                Counted::Present(quantity) => quantity.band()?,
                Counted::Withdrawn(_) | Counted::WithdrawnShare(_) => {
                    let version = agreement.history().on(seen.days.latest())?;
                    let base = judging_base(version.force(force)?.schedule);
                    counts(std::iter::once(seen), base).first()?.people
                }
            };
            Some(InPeople { window: seen.days, band, kind: seen.kind })
        };
        force.of(&self.0).into_iter().flatten().filter_map(in_people).collect()
    }
}

/// Whether an observation was public on the day as known on which the agreement is.
pub(super) fn is_known(agreement: &Agreement, observation: &Observation) -> bool {
    let Some(known) = agreement.known_on() else { return true };
    observation.known_from(agreement.terms()).is_some_and(|from| from <= known)
}

/// An observation in people, for what shows it.
#[cfg(any(feature = "plotters03", feature = "csv1"))]
#[derive(Clone, Copy, Debug)]
pub(crate) struct InPeople {
    pub(crate) window: Window,
    pub(crate) band: Band,
    pub(crate) kind: ObservationKind,
}

/// The baseline that the counts of a force are taken from.
pub(super) fn judging_base(schedule: &ForceSchedule) -> Option<&Base> {
    let chain = if schedule.unilateral { schedule.planned() } else { &schedule.required };
    chain.base.as_ref()
}

/// A count in people, and what it says has been taken away.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count<'e> {
    pub(super) sighting: &'e Sighting,
    pub(super) days: Window,
    pub(super) people: Band,
    pub(super) taken: WithdrawnSoFar,
}

/// Of which days counts are looked at.
#[derive(Clone, Copy)]
pub(super) struct CountingWindow {
    /// The day of the baseline.
    pub(super) from: Option<NaiveDate>,
    /// For a settled phase, the day of the baseline that settled it.
    pub(super) before: Option<NaiveDate>,
}

impl CountingWindow {
    pub(super) fn has(self, days: Window) -> bool {
        self.from.is_none_or(|from| days.earliest() >= from) && self.before.is_none_or(|before| days.latest() < before)
    }
}

/// The counts for a version: those dated wholly after its baseline, in the order of their days.
pub(super) fn counts<'e>(sightings: impl Iterator<Item = &'e Sighting>, base: Option<&Base>) -> Vec<Count<'e>> {
    let band = base.map_or(Band::OPEN, |base| base.band);
    let in_time = |sighting: &&Sighting| base.is_none_or(|base| sighting.days.earliest() >= base.as_of);
    let mut counts: Vec<Count<'e>> = sightings.filter(in_time).map(|sighting| Count::new(sighting, band)).collect();
    counts.sort_by_key(|count| (count.days.earliest(), count.days.latest()));
    counts
}

impl<'e> Count<'e> {
    fn new(sighting: &'e Sighting, base: Band) -> Self {
        let (people, taken) = match sighting.counted {
            Counted::Present(quantity) => (quantity.band().unwrap_or(Band::OPEN), WithdrawnSoFar::UNRELATED),
            Counted::Withdrawn(quantity) => {
                let gone = People::from(quantity.band().unwrap_or(Band::OPEN));
                let low = gone.high.map_or(0, |gone| u64::from(base.low()).saturating_sub(gone));
                let high = base.high().map(|high| u64::from(high).saturating_sub(gone.low));
                (band(low, high), WithdrawnSoFar::people(gone))
            }
            Counted::WithdrawnShare(share) => {
                let gone = share.bounds().unwrap_or(ShareBand::ANY);
                let left = gone.rest();
                let low = fraction::floor_band(base, left).0;
                let high = fraction::ceil_band(base, left).1;
                (band(low, high), WithdrawnSoFar::share(gone))
            }
        };
        Self { sighting, days: sighting.days, people, taken }
    }

    /// As it is named in a reason.
    pub(super) fn named(&self, comparison: Option<Comparison>) -> JudgedCount {
        let Sighting { days, counted, ref source, .. } = *self.sighting;
        JudgedCount { days, counted, source: source.clone(), comparison }
    }

    /// How it compares with a ceiling.
    pub(super) fn against(&self, bar: &Bar) -> Comparison {
        if self.is_below(bar) {
            Comparison::AtOrBelow
        } else if self.is_above(bar) {
            Comparison::Above
        } else {
            Comparison::Either
        }
    }

    /// At or below the low end of the ceiling in every reading.
    pub(super) fn is_below(&self, bar: &Bar) -> bool {
        let (taken, share) = (self.taken.people.zip(bar.taken_low.people), self.taken.share.zip(bar.taken_low.share));
        self.people.high().is_some_and(|high| high <= bar.low)
            || taken.is_some_and(|(ours, theirs)| theirs.high.is_some_and(|high| ours.low >= high))
            || share.is_some_and(|(ours, theirs)| ours.low.compare(theirs.high).is_ge())
    }

    /// Above the high end of the ceiling in every reading.
    pub(super) fn is_above(&self, bar: &Bar) -> bool {
        let (taken, share) = (self.taken.people.zip(bar.taken_high.people), self.taken.share.zip(bar.taken_high.share));
        bar.high.is_some_and(|high| self.people.low() > high)
            || taken.is_some_and(|(ours, theirs)| ours.high.is_some_and(|high| high < theirs.low))
            || share.is_some_and(|(ours, theirs)| ours.high.compare(theirs.low).is_lt())
    }

    /// Ceiling minus count: the least and the greatest that a reading gives, each the tighter of what the numbers
    /// and what the people taken away say; `None` where there is no such end.
    pub(super) fn margin(&self, bar: &Bar, base: Band) -> Bounds {
        let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let minus = |a: u64, b: u64| signed(a).saturating_sub(signed(b));
        let (taken, share) = (self.taken.people.zip(bar.taken_low.people), self.taken.share.zip(bar.taken_low.share));
        let least = [
            self.people.high().map(|high| minus(u64::from(bar.low), u64::from(high))),
            taken.and_then(|(ours, theirs)| Some(minus(ours.low, theirs.high?))),
            share.and_then(|(ours, theirs)| difference(ours.low, theirs.high, base, false)),
        ];
        let (taken, share) = (self.taken.people.zip(bar.taken_high.people), self.taken.share.zip(bar.taken_high.share));
        let greatest = [
            bar.high.map(|high| minus(u64::from(high), u64::from(self.people.low()))),
            taken.and_then(|(ours, theirs)| Some(minus(ours.high?, theirs.low))),
            share.and_then(|(ours, theirs)| difference(ours.high, theirs.low, base, true)),
        ];
        Bounds { low: least.into_iter().flatten().max(), high: greatest.into_iter().flatten().min() }
    }
}

/// The difference of two shares of a base, in people, rounded up or down; `None` where the base makes it open.
fn difference(a: Ratio, b: Ratio, base: Band, up: bool) -> Option<i64> {
    let wide = |n: u64| i128::from(n);
    let cross = |x: Ratio, y: Ratio| wide(x.numerator()).checked_mul(wide(y.denominator()));
    let numerator = cross(a, b)?.checked_sub(cross(b, a)?)?;
    let denominator = wide(a.denominator()).checked_mul(wide(b.denominator()))?;
    // The base that takes the end farthest out.
    let is_far = numerator != 0 && (numerator > 0) == up;
    let people = if is_far { base.high()? } else { base.low() };
    let product = numerator.checked_mul(i128::from(people))?;
    let floor = product.checked_div_euclid(denominator)?;
    let rest = product.checked_rem_euclid(denominator)?;
    i64::try_from(floor.checked_add(i128::from(up && rest > 0))?).ok()
}
