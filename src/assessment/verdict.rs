//! The verdict on a force, its margin and its pace.

use chrono::NaiveDate;

use super::count::{Bar, Count};
use super::{Margin, Observed, Pace, Verdict};
use crate::day::{self, Window};
use crate::schedule::chain::Chain;
use crate::schedule::taken::Taken;
use crate::schedule::version::{ForceSchedule, Step, Version};
use crate::terms::Band;

/// The latest counts of a force: all of those that may be the latest, judged as one.
pub(super) struct Latest<'c> {
    counts: Vec<&'c Count>,
    pub(super) observed: Observed,
}

impl<'c> Latest<'c> {
    pub(super) fn of(counts: &'c [Count]) -> Option<Self> {
        let latest = counts.iter().map(|count| count.days.earliest()).max()?;
        let counts: Vec<&Count> = counts.iter().filter(|count| count.days.latest() >= latest).collect();
        let days = counts.iter().map(|count| count.days).reduce(Window::hull)?;
        let low = counts.iter().map(|count| count.people.low()).min()?;
        let high = counts.iter().map(|count| count.people.high()).try_fold(0, |most, high| Some(most.max(high?)));
        let observed = Observed { low, high, earliest: days.earliest(), latest: days.latest() };
        Some(Self { counts, observed })
    }

    /// Ceiling minus observed; the widest of the counts.
    pub(super) fn margin(&self, bar: &Bar, base: Band) -> Margin {
        let margins = || self.counts.iter().map(|count| count.margin(bar, base));
        Margin {
            low: margins().map(|(low, _)| low).try_fold(i64::MAX, |least, low| Some(least.min(low?))),
            high: margins().map(|(_, high)| high).try_fold(i64::MIN, |most, high| Some(most.max(high?))),
        }
    }

    /// People a week from the counts to a milestone.
    pub(super) fn pace(&self, band: Band, taken: Taken, due: Window, base: Band) -> Pace {
        let bar = Bar::new(band, taken);
        let paces = || self.counts.iter().map(|count| pace(count, &bar, due, base));
        Pace {
            low: paces().map(|(low, _)| low).min(),
            high: paces().map(|(_, high)| high).try_fold(0, |most, high| Some(most.max(high?))),
        }
    }
}

fn pace(count: &Count, bar: &Bar, due: Window, base: Band) -> (u64, Option<u64>) {
    let (least_left, most_left) = count.margin(bar, base);
    // Who has to leave is the margin, turned round.
    let weekly = |left: i64, days: i64| -> Option<u64> {
        let people = u64::try_from(left.saturating_neg()).ok().filter(|&people| people > 0);
        let Some(people) = people else { return Some(0) };
        let days = u64::try_from(days).ok().filter(|&days| days > 0)?;
        Some(people.saturating_mul(7).div_ceil(days))
    };
    let longest = day::days_between(count.days.earliest(), due.latest());
    let shortest = day::days_between(count.days.latest(), due.earliest());
    let low = most_left.and_then(|left| weekly(left, longest)).unwrap_or(0);
    (low, least_left.and_then(|left| weekly(left, shortest)))
}

/// The two ends of what is required, as a bar for counts.
pub(super) fn bar(chain: &Chain, strict: &Step, lenient: Option<&Step>, own: (bool, bool)) -> Bar {
    let taken = |step: Option<&Step>, own: bool| {
        let milestone = step.filter(|_| own).and_then(|step| chain.milestones.get(step.milestone));
        milestone.map_or(Taken::UNRELATED, |milestone| milestone.taken)
    };
    Bar {
        low: strict.value.unwrap_or(0),
        high: lenient.and_then(|step| step.value),
        taken_low: taken(Some(strict), own.0),
        taken_high: taken(lenient, own.1),
    }
}

/// Whether what limits a force binds on a day (a number): the agreement does, or what counts from its termination.
pub(crate) fn binds(version: &Version, force: usize, day: i32, agreement_binds: bool) -> bool {
    let outlives = |force: &ForceSchedule| force.required.milestones.iter().any(|milestone| milestone.outlives);
    agreement_binds
        || version.termination.is_some_and(|last| day > last) && version.with_wholes(force).any(outlives)
}

/// What the latest counts say of what is required, once something is due in every reading.
pub(super) fn verdict(version: &Version, force: usize, latest: &Latest<'_>, bar: &Bar, chain: &Chain) -> Verdict {
    if latest.counts.iter().all(|count| count.is_below(bar)) {
        return Verdict::Compliant;
    }
    if exceeded(version, force, latest, chain) { Verdict::Exceeded } else { Verdict::Undetermined }
}

/// Above what was required on the first day that the count may be of.
fn exceeded(version: &Version, force: usize, latest: &Latest<'_>, chain: &Chain) -> bool {
    let required = version.required(force, day::day_number(latest.observed.earliest));
    let (Some(strict), Some(lenient)) = (required.strict, required.lenient) else { return false };
    let bar = bar(chain, &strict, Some(&lenient), (required.strict_is_own, required.lenient_is_own));
    latest.counts.iter().all(|count| count.is_above(&bar))
}

/// The next binding milestone of a force's own chain: the first that closes after a day.
pub(super) fn next_milestone(version: &Version, force: usize, on: NaiveDate) -> Option<(Band, Taken, Window)> {
    let chain = &version.forces.get(force)?.required;
    let terminated = version.termination.is_some_and(|last| day::day_number(on) > last);
    let mut counting = chain.milestones.iter().filter(|milestone| milestone.outlives || !terminated);
    counting.find_map(|milestone| {
        let window = milestone.due.window().filter(|window| window.latest() > on)?;
        Some((milestone.band, milestone.taken, window))
    })
}
