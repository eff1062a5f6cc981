//! What was observed, gathered once for a question, and its counts as a version takes them.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::reasons::{Comparison, JudgedCount};
use super::{Bounds, Counted, Observation, ObservationKind};
use crate::agreement::Agreement;
use crate::day::Window;
use crate::schedule::limit_ceiling::band;
use crate::schedule::{BaselineText, ChainMilestone, ForceIndex, Ids, People, VersionEntry, WithdrawnSoFar};
use crate::terms::fraction::ShareEnd;
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
    /// All days of a number that held for several; its own is the first, or another of them once it is judged.
    pub(crate) held: Option<Window>,
    pub(crate) counted: Counted,
    pub(super) since: Option<NaiveDate>,
    pub(crate) kind: ObservationKind,
    pub(crate) source: Option<Arc<str>>,
    pub(crate) known_from: Option<NaiveDate>,
    /// Its place among those of its force; the last for what was made of others.
    pub(super) place: usize,
}

/// What was observed of each force, by its index, in the order in which it was given.
#[derive(Clone, Debug)]
pub(crate) struct Evidence(pub(super) Vec<Vec<Sighting>>);

impl Evidence {
    /// Gathers what a question is asked with; observations of no force of the agreement are left out.
    pub(crate) fn gather(agreement: &Agreement, observations: &[Observation]) -> Self {
        let terms = agreement.terms();
        // Later versions only add forces, so that an index means the same force in each.
        let forces = agreement.history().last().map(|last| last.full.text.forces.as_slice()).unwrap_or_default();
        let ids = Ids::new(forces.iter().map(|force| force.id(terms)));
        let mut by_force = vec![Vec::new(); forces.len()];
        for observation in observations.iter().filter(|observation| is_known(agreement, observation)) {
            let force = ids.force(terms, observation.force.as_deref());
            let of_force = force.and_then(|force| force.of_mut(&mut by_force));
            if let Some((of_force, days)) = of_force.zip(observation.date.window()) {
                let place = of_force.len();
                let Observation { counted, since, .. } = *observation;
                let (held, source) = (observation.held(), observation.source.as_deref().map(Arc::from));
                let (kind, known_from) = (observation.kind(), observation.known_from(terms));
                of_force.push(Sighting { days, held, counted, since, kind, source, known_from, place });
            }
        }
        Self(by_force)
    }

    /// Everything that was observed, each with the id of its force.
    pub(crate) fn of_forces<'e>(&'e self, agreement: &'e Agreement) -> impl Iterator<Item = (&'e str, &'e Sighting)> {
        let forces = agreement.history().last().map(|last| last.full.text.forces.as_slice()).unwrap_or_default();
        let all = forces.iter().zip(&self.0);
        all.flat_map(|(force, seen)| seen.iter().map(|seen| (force.id(agreement.terms()), seen)))
    }

    /// The counts of a force, in the order of their days: those dated wholly after its baseline that can be true.
    pub(super) fn counts(&self, force: ForceIndex, bases: &Bases) -> Vec<Count<'_>> {
        let as_of = bases.own.map(|own| own.as_of);
        let in_time = self.of(force).filter(|seen| as_of.is_none_or(|as_of| seen.days.earliest() >= as_of));
        let mut counts: Vec<_> = in_time.filter_map(|seen| Count::new(seen, bases)).collect();
        counts.sort_by_key(|count| count.days);
        counts
    }

    /// The observations of a force.
    pub(super) fn of(&self, force: ForceIndex) -> impl Iterator<Item = &Sighting> {
        force.of(&self.0).into_iter().flatten()
    }
}

impl Sighting {
    /// As it counts by a day: a number that held is one on its first day and on its last (or that day), and around each
    /// baseline between them, so that it counts from there on, and up to it.
    pub(super) fn by(&self, on: NaiveDate, bases: &[BaselineText]) -> Vec<Self> {
        let Some(held) = self.held else {
            return Some(self).filter(|seen| seen.days.latest() <= on).cloned().into_iter().collect();
        };
        let Some(held) = Window::new(held.earliest(), held.latest().min(on)) else { return Vec::new() };
        let between =
            bases.iter().map(|base| base.as_of).filter(|&as_of| as_of > held.earliest() && held.contains(as_of));
        let days = between.flat_map(|as_of| [as_of.pred_opt(), Some(as_of)]).flatten();
        let days: BTreeSet<NaiveDate> = days.chain([held.earliest(), held.latest()]).collect();
        days.into_iter().map(|day| Self { days: Window::day(day), held: Some(held), ..self.clone() }).collect()
    }
}

/// Whether an observation was public on the day as known on which the agreement is.
pub(super) fn is_known(agreement: &Agreement, observation: &Observation) -> bool {
    let Some(known) = agreement.known_on() else { return true };
    observation.known_from(agreement.terms()).is_some_and(|from| from <= known)
}

/// A baseline: its day, and how many there were.
pub(super) type Baseline = (NaiveDate, Band);

/// The baselines that numbers taken away count from.
#[derive(Clone, Debug, Default)]
pub(super) struct Bases {
    /// That of the chain that judges.
    pub(super) own: Option<BaselineText>,
    /// All of the force.
    all: Vec<Baseline>,
}

impl Bases {
    /// Those of a force in the version in effect, of its text with or without what is one party's own; and that of a
    /// chain, which may be another version's.
    pub(super) fn new(
        in_effect: &VersionEntry,
        force: ForceIndex,
        is_planned: bool,
        own: Option<BaselineText>,
    ) -> Self {
        let text = if is_planned { &in_effect.full } else { in_effect.agreed() };
        let all = force.of(&text.text.forces).into_iter().flat_map(|force| &force.baselines);
        Self { own, all: all.map(|base| (base.as_of, base.band)).collect() }
    }

    /// Those by which the counts of a force are judged in the version in effect.
    pub(super) fn judging(in_effect: &VersionEntry, force: ForceIndex) -> Self {
        let schedule = force.of(&in_effect.forces);
        let is_planned = schedule.is_some_and(|schedule| schedule.unilateral);
        let chain = schedule.map(|schedule| if is_planned { &*schedule.planned } else { &schedule.required });
        Self::new(in_effect, force, is_planned, chain.and_then(|chain| chain.base))
    }

    /// Whether a count that is not from before all of them can be true of none that it may count from.
    pub(super) fn refute(&self, seen: &Sighting) -> bool {
        let by = seen.days.earliest();
        let mut from = counted_from(&self.all, seen.since, by).peekable();
        from.peek().is_some_and(|(as_of, _)| *as_of <= by) && from.all(|base| !can_have_left(seen.counted, base))
    }

    pub(super) fn own_band(&self) -> Band {
        self.own.map_or(Band::OPEN, |own| own.band)
    }
}

/// The baselines that a number taken away by a day may count from: that of the day said, else the only one, else each that
/// is not dated after the day.
pub(super) fn counted_from(
    all: &[Baseline],
    since: Option<NaiveDate>,
    by: NaiveDate,
) -> impl Iterator<Item = Baseline> + '_ {
    let is_one = all.len() == 1;
    all.iter().copied().filter(move |&(as_of, _)| match since {
        Some(since) => as_of == since && since <= by,
        None => is_one || as_of <= by,
    })
}

/// Whether so many can have left of a baseline.
pub(super) fn can_have_left(counted: Counted, (_, there): Baseline) -> bool {
    let Counted::Withdrawn(gone) = counted else { return true };
    let gone = gone.band().unwrap_or(Band::OPEN);
    there.high().is_none_or(|there| gone.low() <= there)
}

/// A count, by each baseline that it may count from.
#[derive(Clone, Debug)]
pub(super) struct Count<'e> {
    pub(super) sighting: &'e Sighting,
    pub(super) days: Window,
    /// In people, over all of them.
    pub(super) people: Band,
    readings: Vec<Reading>,
}

/// A count in people, and what it says has been taken away since the judging baseline.
#[derive(Clone, Copy, Debug)]
struct Reading {
    people: Band,
    taken: WithdrawnSoFar,
}

impl Reading {
    fn new(counted: Counted, base: Band) -> Self {
        let (people, taken) = match counted {
            Counted::Present(quantity) => (quantity.band().unwrap_or(Band::OPEN), WithdrawnSoFar::UNRELATED),
            Counted::Withdrawn(quantity) => {
                let gone = People::from(quantity.band().unwrap_or(Band::OPEN));
                (gone.left_of(base), WithdrawnSoFar::people(gone))
            }
            Counted::WithdrawnShare(share) => {
                let gone = share.bounds().unwrap_or(ShareBand::ANY);
                let (low, high) = gone.rest().counted_of(base);
                (band(low, high), WithdrawnSoFar::share(gone))
            }
        };
        Self { people, taken }
    }

    fn is_below(&self, bar: &Bar) -> bool {
        let (taken, share) = (self.taken.people.zip(bar.taken_low.people), self.taken.share.zip(bar.taken_low.share));
        self.people.high().is_some_and(|high| high <= bar.low)
            || taken.is_some_and(|(ours, theirs)| theirs.high.is_some_and(|high| ours.low >= high))
            || share.is_some_and(|(ours, theirs)| ours.low >= theirs.high)
    }

    fn is_above(&self, bar: &Bar) -> bool {
        let (taken, share) = (self.taken.people.zip(bar.taken_high.people), self.taken.share.zip(bar.taken_high.share));
        bar.high.is_some_and(|high| self.people.low() > high)
            || taken.is_some_and(|(ours, theirs)| ours.high.is_some_and(|high| high < theirs.low))
            || share.is_some_and(|(ours, theirs)| ours.high < theirs.low)
    }

    /// Ceiling minus count: the least and the greatest that a reading gives, each the tighter of what the numbers
    /// and what the people taken away say; `None` where there is no such end.
    fn margin(&self, bar: &Bar, base: Band) -> Bounds {
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

impl<'e> Count<'e> {
    /// `None` where it can be true of no baseline that it may count from.
    pub(super) fn new(sighting: &'e Sighting, bases: &Bases) -> Option<Self> {
        let Sighting { days, counted, since, .. } = *sighting;
        let reading = |base: Baseline| match Reading::new(counted, base.1) {
            reading if bases.own.is_some_and(|own| (own.as_of, own.band) == base) => reading,
            reading => Reading { taken: WithdrawnSoFar::UNRELATED, ..reading },
        };
        let readings = if matches!(counted, Counted::Present(_)) || bases.all.is_empty() {
            vec![Reading::new(counted, bases.own_band())]
        } else {
            let from = counted_from(&bases.all, since, days.earliest());
            from.filter(|base| can_have_left(counted, *base)).map(reading).collect()
        };
        let people = readings.iter().map(|reading| reading.people).reduce(Band::hull)?;
        Some(Self { sighting, days, people, readings })
    }

    pub(super) fn named(&self, comparison: Option<Comparison>) -> JudgedCount {
        let Sighting { days, counted, ref source, .. } = *self.sighting;
        JudgedCount { days, counted, source: source.clone(), comparison }
    }

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
        self.readings.iter().all(|reading| reading.is_below(bar))
    }

    /// Above the high end of the ceiling in every reading.
    pub(super) fn is_above(&self, bar: &Bar) -> bool {
        self.readings.iter().all(|reading| reading.is_above(bar))
    }

    /// Ceiling minus count, over every reading.
    pub(super) fn margin(&self, bar: &Bar, base: Band) -> Bounds {
        self.readings.iter().map(|reading| reading.margin(bar, base)).reduce(Bounds::hull).unwrap_or_default()
    }
}

/// The difference of two shares of a base, in people, rounded up or down; `None` where the base makes it open.
fn difference(a: ShareEnd, b: ShareEnd, base: Band, up: bool) -> Option<i64> {
    let wide = |n: u64| i128::from(n);
    let cross = |x: Ratio, y: Ratio| wide(x.numerator()).checked_mul(wide(y.denominator()));
    let numerator = cross(a.at, b.at)?.checked_sub(cross(b.at, a.at)?)?;
    let denominator = wide(a.at.denominator()).checked_mul(wide(b.at.denominator()))?;
    // The base that takes the end farthest out.
    let is_far = if up { numerator > 0 } else { numerator < 0 };
    let people = if is_far { base.high()? } else { base.low() };
    let product = numerator.checked_mul(i128::from(people))?;
    let floor = product.checked_div_euclid(denominator)?;
    let rest = product.checked_rem_euclid(denominator)?;
    // An end that is open leaves out the whole number that it falls on, but for nobody of nobody.
    let leaves_out = rest == 0 && (people > 0 || numerator == 0);
    let rounded = match up {
        true if rest > 0 || leaves_out && a.side > b.side => floor.checked_add(1)?,
        false if leaves_out && a.side < b.side => floor.checked_sub(1)?,
        _ => floor,
    };
    i64::try_from(rounded).ok()
}
