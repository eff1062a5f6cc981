//! One force of an agreement as stretches of days on which the same number decides.

use super::NONE;
use super::fill::turns;
use crate::agreement::Agreement;
use crate::assessment::{Verdict, binds};
use crate::day;
use crate::schedule::version::{ForceSchedule, Version};
use crate::terms::Event;

/// The state in which the verdict waits for the count. States are below 16, so that two fit in a byte.
pub(super) const BY_COUNT: u8 = 14;

/// The state in which there is no verdict.
pub(super) const UNKNOWN: u8 = 15;

/// What a count compares with on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cell {
    /// The ends of what is required, [`NONE`] where there is no number or a count of the day does not count.
    pub(super) strict: u32,
    pub(super) lenient: u32,
    /// The code of the verdict, whatever the count is, or [`BY_COUNT`].
    pub(super) state: u8,
}

impl Cell {
    /// No verdict at all.
    pub(super) const ABSENT: Self = Self { strict: NONE, lenient: NONE, state: UNKNOWN };
}

/// When an agreement binds: from each of these days on, or no longer.
pub(super) struct Binding(Vec<(i32, bool)>);

impl Binding {
    pub(super) fn new(agreement: &Agreement) -> Self {
        let acts = agreement.terms().record.iter().filter_map(|act| act.on.window());
        let begins = [Event::EntryIntoForce, Event::Approval, Event::Announcement];
        let events = begins.iter().filter_map(|event| agreement.record().event(event));
        let mut days: Vec<_> = acts.chain(events).map(crate::Window::latest).collect();
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

    /// The days after one and before another on which it changes.
    fn turns(&self, after: i32, until: Option<i32>) -> impl Iterator<Item = i32> {
        let first = self.0.partition_point(|(day, _)| *day <= after);
        let changes = self.0.get(first..).unwrap_or_default().iter().map(|(day, _)| *day);
        changes.take_while(move |day| until.is_none_or(|until| *day < until))
    }
}

/// The cells of a force, each from its day on; the first is from the least day number on.
pub(super) fn segments(agreement: &Agreement, force: usize, binding: &Binding) -> Vec<(i32, Cell)> {
    let versions = agreement.resolved();
    let mut segments: Vec<(i32, Cell)> = Vec::new();
    let mut days = Vec::new();
    for (version, next) in versions.iter().zip(versions.iter().skip(1).map(Some).chain([None])) {
        let since = version.effective.map_or(i32::MIN, day::day_number);
        let until = next.and_then(|next| next.effective).map(day::day_number);
        if until.is_some_and(|until| until <= since) {
            continue;
        }
        let base = |force: &ForceSchedule| if force.unilateral { force.planned.base } else { force.required.base };
        let base = version.forces.get(force).and_then(base);
        let as_of = base.map(|base| day::day_number(base.as_of));
        let governs = |day: &i32| since < *day && until.is_none_or(|until| *day < until);
        days.clear();
        days.push(since);
        days.extend(turns(version, force).chain(as_of).filter(governs));
        days.extend(binding.turns(since, until));
        days.sort_unstable();
        days.dedup();
        let of_version = OfVersion::new(version, force, as_of);
        for &day in &days {
            let cell = of_version.cell(day, binding);
            if segments.last().is_none_or(|(_, before)| *before != cell) {
                segments.push((day, cell));
            }
        }
    }
    segments
}

/// A force in one version, with what is the same on every day.
struct OfVersion<'a> {
    version: &'a Version,
    force: usize,
    exists: bool,
    is_limited: bool,
    /// The first day whose counts count.
    as_of: Option<i32>,
}

impl<'a> OfVersion<'a> {
    fn new(version: &'a Version, force: usize, as_of: Option<i32>) -> Self {
        let is_limited = version.obliging(force).any(|force| !force.required.milestones.is_empty());
        Self { version, force, exists: version.forces.get(force).is_some(), is_limited, as_of }
    }

    fn cell(&self, day: i32, binding: &Binding) -> Cell {
        if !self.exists {
            return Cell::ABSENT;
        }
        let required = self.version.required(self.force, day);
        let counts = self.as_of.is_none_or(|as_of| as_of <= day);
        let verdict = if !binds(self.version, self.force, day, binding.on(day)) {
            Some(Verdict::NotBinding)
        } else if !self.is_limited {
            Some(Verdict::NoLimit)
        } else if required.strict.is_none() || required.lenient.is_none() {
            Some(Verdict::NotDue)
        } else if !counts {
            Some(Verdict::NotReported)
        } else {
            None
        };
        let end = |end: Option<Option<u32>>| end.filter(|_| counts).flatten().unwrap_or(NONE);
        Cell {
            strict: end(required.strict.map(|step| step.value)),
            lenient: end(required.lenient.map(|step| step.value)),
            state: verdict.map_or(BY_COUNT, Verdict::code),
        }
    }
}
