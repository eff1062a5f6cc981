//! Stretches of days of one force, on each of which a count is compared with the same numbers.

use super::columns::NONE;
use crate::agreement::Agreement;
use crate::assessment::{Verdict, binds};
use crate::day;
use crate::schedule::{CeilingStep, ForceIndex, ForceSchedule, VersionForce};
use crate::terms::Event;

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

/// Whether an agreement binds, from each of these day numbers on.
pub(super) struct Binding(Vec<(i32, bool)>);

impl Binding {
    pub(super) fn new(agreement: &Agreement) -> Self {
        let acts = agreement.record().days();
        let begins = [Event::EntryIntoForce, Event::Approval, Event::Announcement];
        let events = begins.iter().filter_map(|event| agreement.record().event(event));
        let mut days: Vec<_> = acts.chain(events.map(crate::day::Window::latest)).collect();
        days.sort_unstable();
        let mut binding = vec![(i32::MIN, false)];
        for day in days {
            let binds = agreement.binds_on(day);
            if binding.last().is_none_or(|(_, before)| *before != binds) {
                binding.push((day::day_number(day), binds));
            }
        }
        Self(binding)
    }

    fn on(&self, day: i32) -> bool {
        let after = self.0.partition_point(|(since, _)| *since <= day);
        after.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|(_, binds)| *binds)
    }

    /// The days after one day and before another on which it changes.
    fn turns(&self, after: i32, until: Option<i32>) -> impl Iterator<Item = i32> {
        let first = self.0.partition_point(|(day, _)| *day <= after);
        let changes = self.0.get(first..).unwrap_or_default().iter().map(|(day, _)| *day);
        changes.take_while(move |day| until.is_none_or(|until| *day < until))
    }
}

/// The cells of each force, each with the day number from which on it applies. The first applies from the least day
/// number on.
pub(super) fn segments(agreement: &Agreement, binding: &Binding) -> Vec<Vec<(i32, Cell)>> {
    let versions = agreement.history();
    let forces = versions.last().map_or(0, |last| last.forces.len());
    let mut segments: Vec<Vec<(i32, Cell)>> = vec![Vec::new(); forces];
    for (version, next) in versions.spans() {
        let since = version.effective.map_or(i32::MIN, day::day_number);
        let until = next.map(day::day_number);
        if until.is_some_and(|until| until <= since) {
            continue;
        }
        for (index, segments) in segments.iter_mut().enumerate() {
            let mut push = |day, cell| {
                if segments.last().is_none_or(|(_, before)| *before != cell) {
                    segments.push((day, cell));
                }
            };
            let Some(of_version) = version.force(ForceIndex::new(index)).map(OfVersion::new) else {
                push(since, Cell::ABSENT);
                continue;
            };
            let governs = |day: &i32| since < *day && until.is_none_or(|until| *day < until);
            let mut days = vec![since];
            days.extend(of_version.turns().filter(governs));
            days.extend(binding.turns(since, until));
            days.sort_unstable();
            days.dedup();
            for day in days {
                push(day, of_version.cell(day, binding));
            }
        }
    }
    segments
}

/// One end of a version's ceiling, from each day on which it falls. Because no chain rises, the ceiling is the least of all
/// steps so far, of the force and of its wholes.
struct Falls(Vec<(i32, u32)>);

impl Falls {
    fn new<'s>(steps: impl Iterator<Item = &'s CeilingStep>) -> Self {
        let mut falls: Vec<_> = steps.map(|step| (step.day, step.value.unwrap_or(NONE))).collect();
        falls.sort_unstable();
        let mut least = None;
        falls.retain(|&(_, value)| least.is_none_or(|least| value < least) && least.replace(value) != Some(value));
        Self(falls)
    }

    /// The number on a day: [`NONE`] if it is open, and `None` if nothing is due yet.
    fn on(&self, day: i32) -> Option<u32> {
        let after = self.0.partition_point(|(since, _)| *since <= day);
        self.0.get(after.checked_sub(1)?).map(|(_, value)| *value)
    }
}

/// What is the same on every day of a force in one version.
struct OfVersion {
    /// The strict and the lenient end, before a termination and after it.
    ends: [[Falls; 2]; 2],
    termination: Option<i32>,
    /// Whether a phase binds after a termination.
    outlives: bool,
    is_limited: bool,
    /// The first day whose counts count: that of the baseline.
    as_of: Option<i32>,
}

impl OfVersion {
    fn new(force: VersionForce<'_>) -> Self {
        let schedule = force.schedule;
        let base = if schedule.unilateral { schedule.planned().base } else { schedule.required.base };
        let falls = |steps: fn(&ForceSchedule) -> &Vec<CeilingStep>| Falls::new(force.obliging().flat_map(steps));
        let before = [falls(|force| &force.steps.strict), falls(|force| &force.steps.lenient)];
        let after = [falls(|force| &force.steps_after.strict), falls(|force| &force.steps_after.lenient)];
        Self {
            ends: [before, after],
            termination: force.version.termination,
            outlives: binds(force, i32::MAX, false),
            is_limited: force.obliging().any(|force| !force.required.milestones.is_empty()),
            as_of: base.map(|base| day::day_number(base.as_of)),
        }
    }

    /// The days on which the cell may change.
    fn turns(&self) -> impl Iterator<Item = i32> {
        let falls = self.ends.iter().flatten().flat_map(|falls| &falls.0).map(|(day, _)| *day);
        falls.chain(self.termination.map(|last| last.saturating_add(1))).chain(self.as_of)
    }

    fn cell(&self, day: i32, binding: &Binding) -> Cell {
        let terminated = self.termination.is_some_and(|last| day > last);
        let [before, after] = &self.ends;
        let [strict, lenient] = if terminated { after } else { before };
        let (strict, lenient) = (strict.on(day), lenient.on(day));
        let counts = self.as_of.is_none_or(|as_of| as_of <= day);
        let verdict = if !(binding.on(day) || terminated && self.outlives) {
            Some(Verdict::NotBinding)
        } else if !self.is_limited {
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
