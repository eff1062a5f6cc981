//! Stretches of days of one force, on each of which a count is compared with the same numbers.

use super::columns::NONE;
use crate::agreement::Agreement;
use crate::assessment::{Verdict, binds};
use crate::day;
use crate::schedule::{ForceIndex, VersionForce, step_on};

/// The state in which the count decides the verdict. The codes of verdicts are below it, and states are below 16, so that
/// two fit in a byte.
pub(super) const BY_COUNT: u8 = 7;

/// What a state has besides if a count of the day does not count: the day is before the baseline.
pub(super) const IGNORED: u8 = 8;

/// The state in which there is no verdict. No count decides what is ignored, so that it is no other.
pub(super) const UNKNOWN: u8 = 15;

/// What is required on a day, and what a count is judged to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cell {
    /// The ends of the ceiling; [`NONE`] if an end has no number.
    pub(super) strict: u32,
    pub(super) lenient: u32,
    /// The code of the verdict if every count has the same, with [`IGNORED`] if no count counts, or [`BY_COUNT`].
    pub(super) state: u8,
}

impl Cell {
    /// The cell of a force that is not in the agreement.
    pub(super) const ABSENT: Self = Self { strict: NONE, lenient: NONE, state: UNKNOWN };
}

/// The cells of each force, each with the day number from which on it applies. The first applies from the least day
/// number on.
pub(super) fn segments(agreement: &Agreement) -> Vec<Vec<(i32, Cell)>> {
    let versions = agreement.history();
    let binding = agreement.record().days().map(|day| (day::day_number(day), agreement.binds_on(day)));
    let mut binding: Vec<_> = binding.collect();
    binding.sort_unstable();
    binding.dedup_by_key(|(_, binds)| *binds);
    let binds_on = |day: i32| {
        let after = binding.partition_point(|(since, _)| *since <= day);
        after.checked_sub(1).and_then(|last| binding.get(last)).is_some_and(|(_, binds)| *binds)
    };
    let forces = versions.last().map_or(0, |last| last.forces.len());
    let mut segments: Vec<Vec<(i32, Cell)>> = vec![Vec::new(); forces];
    for (version, next) in versions.spans() {
        let since = version.effective.map_or(i32::MIN, day::day_number);
        let until = next.map_or(i32::MAX, day::day_number);
        if until <= since {
            continue;
        }
        let [from, to] = [since, until].map(|day| binding.partition_point(|(turn, _)| *turn < day));
        let binding = binding.get(from..to).unwrap_or_default();
        for (index, segments) in segments.iter_mut().enumerate() {
            let mut push = |day, cell| {
                if segments.last().is_none_or(|(_, before)| *before != cell) {
                    segments.push((day, cell));
                }
            };
            let Some(force) = version.force(ForceIndex::new(index)) else {
                push(since, Cell::ABSENT);
                continue;
            };
            let cell = cell_on(force);
            let turns = force.turns().chain(as_of(force)).chain(binding.iter().map(|(day, _)| *day));
            let mut days = vec![since];
            days.extend(turns.filter(|day| (since..until).contains(day)));
            days.sort_unstable();
            days.dedup();
            for day in days {
                push(day, cell(day, binds_on(day)));
            }
        }
    }
    segments
}

/// The first day whose counts count: that of the baseline.
fn as_of(force: VersionForce<'_>) -> Option<i32> {
    let schedule = force.schedule;
    let base = if schedule.unilateral { schedule.planned.base } else { schedule.required.base };
    base.map(|base| day::day_number(base.as_of))
}

/// The cell of each day of a force in one version, by whether the agreement binds on it.
fn cell_on(force: VersionForce<'_>) -> impl Fn(i32, bool) -> Cell {
    let as_of = as_of(force);
    let outlives = binds(force, i32::MAX, false);
    let is_limited = force.obliging().any(|force| !force.required.milestones.is_empty());
    move |day, agreement_binds| {
        let terminated = force.version.is_terminated(day);
        // The least of the force and of its wholes; open ends are above every number.
        let end = |is_strict: bool| {
            let steps = force.obliging().map(|of| if terminated { &of.steps_after } else { &of.steps });
            let steps = steps.filter_map(|of| step_on(if is_strict { &of.strict } else { &of.lenient }, day));
            steps.map(|step| step.value.unwrap_or(NONE)).min()
        };
        let (strict, lenient) = (end(true), end(false));
        let counts = as_of.is_none_or(|as_of| as_of <= day);
        let verdict = if !(agreement_binds || terminated && outlives) {
            Some(Verdict::NotBinding)
        } else if !is_limited {
            Some(Verdict::NoLimit)
        } else if strict.is_none() || lenient.is_none() {
            Some(Verdict::NotDue)
        } else if !counts {
            Some(Verdict::NotReported)
        } else {
            None
        };
        let (strict, lenient) = (strict.unwrap_or(NONE), lenient.unwrap_or(NONE));
        // Without a number no count is compared, so that the stretch goes on when counts begin to count.
        let is_ignored = !counts && (strict, lenient) != (NONE, NONE);
        let state = verdict.map_or(BY_COUNT, Verdict::code) | if is_ignored { IGNORED } else { 0 };
        Cell { strict, lenient, state }
    }
}
