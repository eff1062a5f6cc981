//! Fills columns with the answers of a stretch of days, one run of equal or planned days after the other.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::columns::{self, NONE};
use crate::day;
use crate::schedule::{CeilingStep, Interpolation, PlannedPath, Schedule, Unfilled, VersionForce};

/// Days whose caps are worked out together, on the stack.
const BLOCK: usize = 256;

/// Which of a day's answers are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Curve {
    /// What is required.
    Required,
    /// What is planned, by an interpolation.
    Planned(Interpolation),
}

impl Schedule<'_> {
    /// Writes what is required on each day of a range into two columns, its last day included, and gives the number of
    /// days written: the length of the range or of the shorter column.
    ///
    /// An end without a number (nothing due, or open) is [`NONE`]. Time grows with the days and with the steps of the
    /// ceiling. Nothing is allocated. For one long stretch it is faster than
    /// [`compile_required`](Self::compile_required).
    ///
    /// ```
    /// use force_drawdown::{bulk::NONE, catalog, day};
    /// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let schedule = iraq.schedule("us").unwrap();
    /// let (mut strict, mut lenient) = ([0; 3], [0; 3]);
    /// let days = day!(2025, 8, 31)..=day!(2025, 12, 31);
    /// assert_eq!(schedule.fill_required(days, &mut strict, &mut lenient), 3);
    /// assert_eq!((strict, lenient), ([NONE, 1_251, 1_251], [NONE; 3]));
    /// ```
    pub fn fill_required(&self, days: RangeInclusive<NaiveDate>, strict: &mut [u32], lenient: &mut [u32]) -> usize {
        self.fill_range(Curve::Required, &days, strict, lenient)
    }

    /// Writes what is planned on each day of a range, as [`fill_required`](Self::fill_required) does what is required. An
    /// end that the path does not have on a day is [`NONE`]. Time grows with the days and the milestones.
    pub fn fill_planned(
        &self,
        days: RangeInclusive<NaiveDate>,
        how: Interpolation,
        low: &mut [u32],
        high: &mut [u32],
    ) -> usize {
        self.fill_range(Curve::Planned(how), &days, low, high)
    }

    fn fill_range(&self, curve: Curve, days: &RangeInclusive<NaiveDate>, low: &mut [u32], high: &mut [u32]) -> usize {
        let count = columns::count(days).min(low.len()).min(high.len());
        if let (Some(low), Some(high)) = (low.get_mut(..count), high.get_mut(..count)) {
            self.fill(curve, day::day_number(*days.start()), low, high);
        }
        count
    }

    /// Writes the answers of the days from this day number on, into two columns of the same length.
    pub(super) fn fill(&self, curve: Curve, from: i32, low: &mut [u32], high: &mut [u32]) {
        self.touch(curve);
        self.fill_end(curve, true, Unfilled { day: from, rest: &mut *low });
        self.fill_end(curve, false, Unfilled { day: from, rest: &mut *high });
        if curve != Curve::Required {
            cap(low, high);
        }
    }

    /// Reads from the lists of both ends, so that memory is waited for once and not list by list.
    fn touch(&self, curve: Curve) {
        /// The length of most lists, of which two members lie in each line of memory. The processor fetches what follows by
        /// itself.
        const FIRST: usize = 16;
        let (versions, force) = self.parts();
        let Some(force) = versions.versions.first().and_then(|version| version.force(force)) else { return };
        let force = force.schedule;
        let steps = |steps: &[CeilingStep]| steps.iter().take(FIRST).step_by(2).fold(0, |all, step| all ^ step.day);
        let knots = |path: &PlannedPath| path.knots().iter().take(FIRST).step_by(2).fold(0, |all, knot| all ^ knot.day);
        std::hint::black_box(match curve {
            Curve::Required => steps(&force.steps.strict) ^ steps(&force.steps.lenient),
            Curve::Planned(_) => knots(&force.low) ^ knots(&force.high),
        });
    }

    /// Fills the strict or low end of each day, or else the lenient or high one.
    fn fill_end(&self, curve: Curve, is_low: bool, mut unfilled: Unfilled<'_>) {
        let (versions, force) = self.parts();
        for (version, next) in versions.spans() {
            let from = unfilled.day;
            let days = match next {
                Some(next) => unfilled.take_until(day::day_number(next)),
                None => std::mem::take(&mut unfilled.rest),
            };
            if days.is_empty() {
                continue;
            }
            match (version.force(force), curve) {
                (None, _) => days.fill(NONE),
                (Some(force), Curve::Required) => required(force, is_low, Unfilled { day: from, rest: days }),
                (Some(force), Curve::Planned(how)) => planned(force, how, is_low, from, days),
            }
        }
    }

    /// The numbers of the first and the last day whose answer may differ from that of the day before.
    pub(super) fn changes(&self, curve: Curve) -> Option<(i32, i32)> {
        let (versions, force) = self.parts();
        let (mut span, mut since) = (None, i32::MIN);
        for (version, next) in versions.spans() {
            let until = next.map_or(i32::MAX, day::day_number);
            let mut add = |day: i32| {
                // A version may take effect, or be replaced, in the middle of a path.
                let day = day.max(since).min(until);
                span = Some(span.map_or((day, day), |(first, last): (i32, i32)| (first.min(day), last.max(day))));
            };
            if next.is_some() {
                add(until);
            }
            match (version.force(force), curve) {
                (None, _) => {}
                (Some(force), Curve::Required) => force.turns().for_each(add),
                (Some(force), Curve::Planned(_)) => {
                    let paths = force.with_wholes().flat_map(|force| [&force.low, &force.high]);
                    let spans = paths.filter_map(PlannedPath::span);
                    spans.flat_map(|(first, last)| [first, last.saturating_add(1)]).for_each(add);
                }
            }
            since = until;
        }
        span
    }
}

/// Writes what a version requires at one end: the least ceiling of the force and of its wholes. An end without a number
/// is above every number, so that it caps nothing.
fn required(force: VersionForce<'_>, is_low: bool, mut unfilled: Unfilled<'_>) {
    let terminates = force.version.termination.map_or(i32::MAX, |last| last.saturating_add(1));
    for (until, terminated) in [(terminates, false), (i32::MAX, true)] {
        let day = unfilled.day;
        let rest = unfilled.take_until(until);
        if rest.is_empty() {
            continue;
        }
        let steps = force.obliging().map(|force| if terminated { &force.steps_after } else { &force.steps });
        let mut levels = steps.map(|steps| if is_low { &steps.strict } else { &steps.lenient });
        // Nothing is required of a force that is its party's own.
        let own = levels.next().map(Vec::as_slice).unwrap_or_default();
        runs(own, Unfilled { day, rest: &mut *rest }, <[u32]>::fill);
        for caps in levels {
            let unfilled = Unfilled { day, rest: &mut *rest };
            runs(caps, unfilled, |days, cap| days.iter_mut().for_each(|day| *day = (*day).min(cap)));
        }
    }
}

/// Hands out each stretch of days on which the same step counts, with its number.
fn runs(steps: &[CeilingStep], mut unfilled: Unfilled<'_>, write: impl Fn(&mut [u32], u32)) {
    let next = steps.partition_point(|step| step.day <= unfilled.day);
    let current = next.checked_sub(1).and_then(|current| steps.get(current));
    let mut value = current.and_then(|step| step.value).unwrap_or(NONE);
    for step in steps.get(next..).unwrap_or_default() {
        if unfilled.rest.is_empty() {
            return;
        }
        write(unfilled.take_until(step.day), value);
        value = step.value.unwrap_or(NONE);
    }
    write(unfilled.rest, value);
}

/// Writes what a version plans at one end. The low end is not yet capped by the high one.
fn planned(force: VersionForce<'_>, how: Interpolation, is_low: bool, from: i32, out: &mut [u32]) {
    let paths = force.with_wholes().map(|force| if is_low { &force.low } else { &force.high });
    let mut paths = paths.skip_while(|path| path.knots().is_empty());
    let Some(own) = paths.next() else { return out.fill(NONE) };
    own.fill(from, how, out, NONE, own.until);
    for path in paths {
        let mut caps = [NONE; BLOCK];
        let mut day = from;
        for days in out.chunks_mut(BLOCK) {
            path.fill(day, how, &mut caps, NONE, None);
            day = day.saturating_add_unsigned(u32::try_from(BLOCK).unwrap_or(u32::MAX));
            cap(days, &caps);
        }
    }
}

/// Caps each day that has a number. A cap without a number is above every number.
fn cap(days: &mut [u32], caps: &[u32]) {
    for (day, cap) in days.iter_mut().zip(caps) {
        // The minimum first, so that there is no branch.
        let capped = (*day).min(*cap);
        *day = if *day == NONE { NONE } else { capped };
    }
}
