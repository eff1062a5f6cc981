//! The verdict on a force, and its margin.

use chrono::NaiveDate;

#[cfg(feature = "chart")]
use super::evidence::Sighting;
use super::evidence::{Bar, Bases, Count};
use super::judge::Judge;
use super::pace::{self, Next};
use super::reasons::{Comparison, JudgedCount, SettlingCount, VerdictReason};
use super::{Bounds, ForceAssessment, Observed, Projected, Verdict};
#[cfg(feature = "chart")]
use crate::agreement::Agreement;
use crate::day::{self, Window};
use crate::schedule::{
    Ceiling, CeilingStep, Chain, ChainMilestone, ForceIndex, ForceSchedule, Required, VersionEntry, VersionForce,
    WithdrawnSoFar,
};
use crate::terms::Band;

impl Judge<'_> {
    pub(super) fn forces(&self) -> Vec<ForceAssessment> {
        let forces = self.in_effect.map(VersionEntry::forces).into_iter().flatten();
        forces.filter_map(|(index, force)| self.force(index, force)).collect()
    }

    fn force(&self, index: ForceIndex, force: VersionForce<'_>) -> Option<ForceAssessment> {
        let terms = self.agreement.terms();
        let schedule = force.schedule;
        let required = force.required(day::day_number(self.on));
        let bases = Bases::judging(force.version, index);
        let counts = self.judged.counts(index, &bases);
        let latest = Latest::of(&counts, self.on);
        let observed = latest.as_ref().map(|latest| latest.observed);
        let base = bases.own_band();
        let bars = Bars::on(force, self.on);
        let judged = latest.as_ref().zip(bars.as_ref());
        let next = Next::of(terms, force, self.on);
        let coming = latest.as_ref().zip(next.as_ref());
        let binds = binds(force, day::day_number(self.on), self.agreement.binds_on(self.on));
        let is_limited = force.obliging().any(|force| !force.required.milestones.is_empty());
        let not_judged = || latest.as_ref().map(|latest| latest.named(|_| None)).unwrap_or_default();
        let is_fresh = |days: u32| observed.is_none_or(|seen| seen.age_days.high <= Some(days.into()));
        let too_old_for = self.fresh_within.filter(|&days| !is_fresh(days));
        let (verdict, named) = match (bars.as_ref().zip(required.lenient), &latest) {
            _ if !binds => (Verdict::NotBinding, not_judged()),
            _ if !is_limited => (Verdict::NoLimit, not_judged()),
            (None, _) => (Verdict::NotDue, not_judged()),
            (_, None) => (Verdict::NotReported, Vec::new()),
            _ if too_old_for.is_some() => (Verdict::NotReported, not_judged()),
            (Some((bars, _)), Some(latest)) => verdict(force, latest, bars),
        };
        let ceiling = required.ceiling(terms).map(Ceiling::into_owned);
        let is_open = matches!(verdict, Verdict::NotReported | Verdict::Undetermined);
        let settled_by = ceiling.as_ref().filter(|_| is_open).map(|ceiling| SettlingCount {
            at_most: ceiling.strict,
            at_least: ceiling.lenient.map(|lenient| lenient.saturating_add(1)),
        });
        let observed_pace =
            latest.as_ref().and_then(|latest| latest.hull(|count| pace::observed(count, &bases), Bounds::hull));
        let projected = coming.filter(|_| observed_pace.is_some());
        let projected =
            projected.and_then(|(latest, next)| latest.hull(|count| next.projected(count, &bases), Projected::hull));
        let reason =
            VerdictReason { latest: named, too_old_for, settled_by, next: next.as_ref().map(|next| next.step.clone()) };
        let force = schedule.force(terms)?;
        Some(ForceAssessment {
            force: force.id.clone(),
            name: force.name.clone(),
            unit: force.unit().to_owned(),
            ceiling,
            verdict,
            observed,
            margin: judged.and_then(|(latest, bars)| latest.hull(|one| Some(bars.margin(one, base)), Bounds::hull)),
            required_pace: coming
                .and_then(|(latest, next)| latest.hull(|one| Some(next.required(one, base)), Bounds::hull)),
            observed_pace,
            projected,
            reason,
        })
    }
}

/// The latest counts of a force: all of those that may be the latest, judged as one.
struct Latest<'c> {
    counts: Vec<&'c Count<'c>>,
    observed: Observed,
}

impl<'c> Latest<'c> {
    fn of(counts: &'c [Count<'c>], on: NaiveDate) -> Option<Self> {
        let latest = counts.iter().map(|count| count.days.earliest()).max()?;
        let counts: Vec<&Count<'_>> = counts.iter().filter(|count| count.days.latest() >= latest).collect();
        let days = counts.iter().map(|count| count.days).reduce(Window::hull)?;
        let people = counts.iter().map(|count| count.people).reduce(Band::hull)?;
        let (low, high) = (people.low(), people.high());
        let age = |day| Some(day::days_between(day, on));
        let age_days = Bounds { low: age(days.latest()), high: age(days.earliest()) };
        let observed = Observed { low, high, earliest: days.earliest(), latest: days.latest(), age_days };
        Some(Self { counts, observed })
    }

    /// Each of the counts, with how it compares with what is required.
    fn named(&self, compare: impl Fn(&Count<'_>) -> Option<Comparison>) -> Vec<JudgedCount> {
        self.counts.iter().map(|count| count.named(compare(count))).collect()
    }

    /// The widest of what those of the counts give that give something.
    fn hull<T>(&self, of: impl Fn(&Count<'_>) -> Option<T>, both: fn(T, T) -> T) -> Option<T> {
        self.counts.iter().filter_map(|count| of(count)).reduce(both)
    }
}

/// What a force has to keep to on a day: its own chain, and those of its wholes.
struct Bars<'v>(Vec<Level<'v>>);

/// What one chain requires on a day. Ceilings only fall: a count at or below a later ceiling is also at or below this one,
/// and a count above an earlier ceiling is also above this one.
struct Level<'v> {
    bar: Bar,
    /// The milestones of the force's own chain after that of the strict end, and before that of the lenient end.
    later: &'v [ChainMilestone],
    earlier: &'v [ChainMilestone],
}

impl<'v> Bars<'v> {
    /// The bars on a day; `None` where nothing is required.
    fn on(force: VersionForce<'v>, day: NaiveDate) -> Option<Self> {
        let levels = force.levels(day::day_number(day)).enumerate();
        let levels: Vec<_> =
            levels.filter_map(|(above, (force, ends))| Level::new(&force.required, ends, above == 0)).collect();
        (!levels.is_empty()).then_some(Self(levels))
    }

    /// At or below what every chain requires, in every reading.
    fn is_below(&self, count: &Count<'_>) -> bool {
        self.0.iter().all(|level| count.is_below(&level.bar) || level.later().any(|bar| count.is_below(&bar)))
    }

    /// Above what one of the chains requires, in every reading.
    fn is_above(&self, count: &Count<'_>) -> bool {
        self.0.iter().any(|level| count.is_above(&level.bar) || level.earlier().any(|bar| count.is_above(&bar)))
    }

    /// The least margin to what a chain requires.
    fn margin(&self, count: &Count<'_>, base: Band) -> Bounds {
        let margins = || self.0.iter().map(|level| count.margin(&level.bar, base));
        // Of options, none is the least.
        Bounds {
            low: margins().map(|margin| margin.low).min().flatten(),
            high: margins().filter_map(|margin| margin.high).min(),
        }
    }
}

impl<'v> Level<'v> {
    /// The later ceilings that are no higher: after a recount one may be.
    fn later(&self) -> impl Iterator<Item = Bar> {
        self.later.iter().map(ChainMilestone::bar).filter(|bar| bar.low <= self.bar.low)
    }

    /// The earlier ceilings that are no lower.
    fn earlier(&self) -> impl Iterator<Item = Bar> {
        let is_no_lower = |bar: &Bar| bar.high.is_none() || self.bar.high.is_some_and(|high| bar.high >= Some(high));
        self.earlier.iter().map(ChainMilestone::bar).filter(is_no_lower)
    }

    /// The ends of a chain; only a force's own counts from the base that its counts do.
    fn new(chain: &'v Chain, ends: Required, own: bool) -> Option<Self> {
        let Required { strict, lenient, .. } = ends;
        let strict = strict?;
        let milestones = if own { chain.milestones.as_slice() } else { &[] };
        let of = |step: CeilingStep| milestones.get(step.milestone);
        let bar = Bar {
            low: strict.value.unwrap_or(0),
            high: lenient.and_then(|step| step.value),
            taken_low: of(strict).map_or(WithdrawnSoFar::UNRELATED, |milestone| milestone.taken),
            taken_high: lenient.and_then(of).map_or(WithdrawnSoFar::UNRELATED, ChainMilestone::taken_high),
        };
        let later = milestones.get(strict.milestone.saturating_add(1)..).unwrap_or_default();
        let earlier = lenient.and_then(|step| milestones.get(..step.milestone)).unwrap_or_default();
        Some(Self { bar, later, earlier })
    }
}

/// Whether what limits a force binds on a day (a number): the agreement does, or what counts from its termination.
pub(crate) fn binds(force: VersionForce<'_>, day: i32, agreement_binds: bool) -> bool {
    let outlives = |force: &ForceSchedule| force.required.milestones.iter().any(|milestone| milestone.outlives);
    agreement_binds || force.version.is_terminated(day) && force.obliging().any(outlives)
}

/// What the latest counts say of what is required, once something is due in every reading; and each of them.
fn verdict(force: VersionForce<'_>, latest: &Latest<'_>, bars: &Bars<'_>) -> (Verdict, Vec<JudgedCount>) {
    if latest.counts.iter().all(|count| bars.is_below(count)) {
        return (Verdict::Compliant, latest.named(|_| Some(Comparison::AtOrBelow)));
    }
    // Above what was required on the first day already that the count may be of.
    let then = Bars::on(force, latest.observed.earliest);
    let named = latest.named(|count| {
        Some(if then.as_ref().is_some_and(|then| then.is_above(count)) {
            Comparison::Above
        } else if bars.is_below(count) {
            Comparison::AtOrBelow
        } else {
            Comparison::Either
        })
    });
    let exceeded = named.iter().all(|count| count.comparison == Some(Comparison::Above));
    (if exceeded { Verdict::Exceeded } else { Verdict::Undetermined }, named)
}

/// How a count compares with what was required on its own days, in all readings; `None` where nothing was.
#[cfg(feature = "chart")]
pub(crate) fn on_its_days(agreement: &Agreement, force: ForceIndex, seen: &Sighting) -> Option<Comparison> {
    let version = agreement.history().on(seen.days.latest())?;
    let count = Count::new(seen, &Bases::judging(version, force))?;
    let force = version.force(force)?;
    let then = Bars::on(force, seen.days.earliest());
    Some(if Bars::on(force, seen.days.latest())?.is_below(&count) {
        Comparison::AtOrBelow
    } else if then.is_some_and(|then| then.is_above(&count)) {
        Comparison::Above
    } else {
        Comparison::Either
    })
}
