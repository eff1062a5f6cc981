//! A force in one version: what is required of it, and what is planned.

use super::origin::Origin;
use super::{
    Ceiling, CeilingStep, ForceIndex, ForceSchedule, Interpolation, Planned, PlannedPath, VersionEntry, set_by,
};
use crate::terms::Terms;

/// A force in one version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VersionForce<'v> {
    pub(crate) version: &'v VersionEntry,
    pub(crate) schedule: &'v ForceSchedule,
}

impl VersionEntry {
    /// A force of this version; `None` if it does not have it yet.
    pub(crate) fn force(&self, force: ForceIndex) -> Option<VersionForce<'_>> {
        Some(VersionForce { version: self, schedule: force.of(&self.forces)? })
    }

    /// Each force of this version.
    pub(crate) fn forces(&self) -> impl Iterator<Item = (ForceIndex, VersionForce<'_>)> {
        let force = |(index, schedule)| (ForceIndex::new(index), VersionForce { version: self, schedule });
        self.forces.iter().map(|schedule| &**schedule).enumerate().map(force)
    }

    /// Whether a day is after the termination.
    pub(crate) fn is_terminated(&self, day: i32) -> bool {
        self.termination.is_some_and(|last| day > last)
    }
}

/// The step that counts on a day.
pub(crate) fn step_on(steps: &[CeilingStep], day: i32) -> Option<CeilingStep> {
    let after = steps.partition_point(|step| step.day <= day);
    steps.get(after.checked_sub(1)?).copied()
}

/// Whether one end is tighter than what is there.
fn is_tighter(than: Option<CeilingStep>, there: Option<CeilingStep>) -> bool {
    let value = |step: CeilingStep| step.value.unwrap_or(u32::MAX);
    than.is_some_and(|step| there.is_none_or(|there| value(step) < value(there)))
}

/// The two ends of what is required of a force.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Required {
    pub(crate) strict: Option<CeilingStep>,
    pub(crate) lenient: Option<CeilingStep>,
    /// The whole of the strict end, where the force has no ceiling of its own.
    of: Option<Origin>,
}

impl Required {
    /// Both ends as users see them; `None` where nothing is required.
    pub(crate) fn ceiling(self, terms: &Terms) -> Option<Ceiling<&str>> {
        let by = |step: CeilingStep| set_by(terms, step.setter);
        Some(Ceiling {
            strict: self.strict?.value.unwrap_or(0),
            lenient: self.lenient.and_then(|step| step.value),
            strict_by: by(self.strict?),
            lenient_by: self.lenient.map(by),
            of: self.of.and_then(|of| of.force(terms)).map(|whole| whole.id.as_str()),
        })
    }
}

impl<'v> VersionForce<'v> {
    /// What is required of a force, capped by what it is a part of.
    pub(crate) fn required(self, day: i32) -> Required {
        let (mut tightest, mut own) = (Required::default(), None);
        for (schedule, level) in self.levels(day) {
            let has_own = *own.get_or_insert(level.strict.is_some());
            if is_tighter(level.strict, tightest.strict) {
                tightest.strict = level.strict;
                tightest.of = (!has_own).then_some(schedule.at);
            }
            if is_tighter(level.lenient, tightest.lenient) {
                tightest.lenient = level.lenient;
            }
        }
        tightest
    }

    /// What each force requires that a force has to keep to: its own first, then those of its wholes.
    pub(crate) fn levels(self, day: i32) -> impl Iterator<Item = (&'v ForceSchedule, Required)> {
        let terminated = self.version.is_terminated(day);
        self.obliging().map(move |force| {
            let steps = if terminated { &force.steps_after } else { &force.steps };
            let (strict, lenient) = (step_on(&steps.strict, day), step_on(&steps.lenient, day));
            (force, Required { strict, lenient, of: None })
        })
    }

    /// The planned path of a force, capped by that of what it is a part of.
    pub(crate) fn planned(self, day: i32, how: Interpolation) -> Planned {
        let end = |path: fn(&ForceSchedule) -> &PlannedPath| {
            let mut paths = self.with_wholes().map(path).skip_while(|path| path.knots().is_empty());
            let own = paths.next()?.at(day, how)?;
            let caps = paths.filter_map(|path| path.last_value(day, how));
            Some(caps.fold(own, u32::min))
        };
        let (low, high) = (end(|force| &force.low), end(|force| &force.high));
        Planned { low: low.map(|low| high.map_or(low, |high| low.min(high))), high }
    }

    /// What the force is required to keep to: its own chain and those of its wholes, unless it is its party's own.
    pub(crate) fn obliging(self) -> impl Iterator<Item = &'v ForceSchedule> {
        self.with_wholes().filter(move |_| !self.schedule.unilateral)
    }

    /// The force, what it is a part of, and so on.
    pub(crate) fn with_wholes(self) -> impl Iterator<Item = &'v ForceSchedule> {
        let whole = move |part: &&'v ForceSchedule| part.whole?.of(&self.version.forces).map(|whole| &**whole);
        std::iter::successors(Some(self.schedule), whole)
    }
}
