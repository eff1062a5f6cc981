//! Resolved: what is required and what is planned of one force, day by day.

pub(crate) mod chain;
mod chain_building;
pub(crate) mod consolidated_text;
pub(crate) mod consolidation;
pub(crate) mod due;
mod dues;
pub(crate) mod force_schedule;
pub(crate) mod history;
pub(crate) mod ids;
pub(crate) mod limit_ceiling;
pub(crate) mod limits_by_force;
mod milestone;
pub(crate) mod origin;
pub(crate) mod phase_text;
mod placing;
pub(crate) mod planned_path;
pub(crate) mod size;
pub(crate) mod version;
pub(crate) mod version_findings;
mod wholes;
pub(crate) mod withdrawn;

use std::ops::RangeInclusive;

use chrono::NaiveDate;

pub use due::Due;
pub(crate) use milestone::set_by;
pub use milestone::{Ceiling, Milestone, SetBy};
pub use planned_path::Interpolation;

use crate::day::{self, Window};
use crate::terms::{Force, Terms};
use chain::Chain;
use force_schedule::{CeilingStep, ForceSchedule};
use history::History;
use planned_path::PlannedPath;
use version::VersionEntry;

/// The planned path of a force on a day, at its end.
///
/// ```
/// # use force_drawdown::doc_examples::iraq;
/// use force_drawdown::{Interpolation, Planned, day};
/// let agreement = iraq();
/// let planned = agreement.schedule("us").unwrap().planned_on(day!(2024, 9, 6), Interpolation::Linear);
/// assert_eq!(planned, Planned { low: Some(2_250), high: Some(2_750) });
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Planned {
    /// The low end; `None` where the path has no such end on the day.
    pub low: Option<u32>,
    /// The high end; likewise.
    pub high: Option<u32>,
}

/// The schedule of one force: what is required of it and what is planned, on any day.
///
/// Each day is answered by the version in effect on it, or by one version where it was taken from that.
///
/// ```
/// # use force_drawdown::{day, doc_examples::iraq};
/// let agreement = iraq();
/// let schedule = agreement.schedule("us").unwrap();
/// assert_eq!(schedule.required_on(day!(2026, 12, 31)).unwrap().strict, 0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Schedule<'a> {
    versions: History<'a>,
    force: usize,
}

impl<'a> Schedule<'a> {
    pub(crate) fn new(versions: History<'a>, id: &str) -> Option<Self> {
        let is_it = |force: &ForceSchedule| force.force(versions.terms()).is_some_and(|force| force.id == id);
        let force = versions.last()?.forces.iter().position(|force| is_it(force))?;
        Some(Self { versions, force })
    }

    /// The schedule of each force of the last version.
    #[cfg(any(feature = "plotters03", feature = "csv1", feature = "icalendar017"))]
    pub(crate) fn all(versions: History<'a>) -> impl Iterator<Item = Self> {
        let forces = versions.last().map_or(0, |last| last.forces.len());
        (0..forces).map(move |force| Self { versions, force })
    }

    /// The force as written.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// let agreement = iraq();
    /// assert_eq!(agreement.schedule("us").unwrap().force().unwrap().unit(), "persons");
    /// ```
    #[must_use]
    pub fn force(&self) -> Option<&'a Force> {
        self.versions.last()?.forces.get(self.force)?.force(self.versions.terms())
    }

    /// The versions, and the place of the force in each.
    pub(crate) const fn parts(&self) -> (History<'a>, usize) {
        (self.versions, self.force)
    }

    /// What is required at the end of a day: a step function of the binding phases, capped by the whole that the
    /// force is a part of. `None` where nothing is required yet, or any more after a termination.
    ///
    /// ```
    /// # use force_drawdown::{day, doc_examples::iraq};
    /// let agreement = iraq();
    /// let schedule = agreement.schedule("us").unwrap();
    /// assert_eq!(schedule.required_on(day!(2025, 8, 31)), None);
    /// assert_eq!(schedule.required_on(day!(2025, 9, 1)).unwrap().to_string(), "1,251, not due in every reading");
    /// assert_eq!(schedule.required_on(day!(2025, 9, 30)).unwrap().to_string(), "1,251-2,550");
    /// ```
    #[must_use]
    pub fn required_on(&self, day: NaiveDate) -> Option<Ceiling<&'a str>> {
        self.required_of(self.versions.on(day)?, day)
    }

    pub(crate) fn required_of(&self, version: &VersionEntry, day: NaiveDate) -> Option<Ceiling<&'a str>> {
        version.required(self.force, day::day_number(day)).ceiling(self.versions.terms())
    }

    /// What is planned at the end of a day, on an interpolation of all phases.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// use force_drawdown::{Interpolation, day};
    /// let agreement = iraq();
    /// let schedule = agreement.schedule("us").unwrap();
    /// let planned = schedule.planned_on(day!(2026, 1, 1), Interpolation::Linear);
    /// assert_eq!((planned.low, planned.high), (Some(936), Some(2_550)));
    /// assert_eq!(schedule.planned_on(day!(2024, 9, 5), Interpolation::Linear).high, None);
    /// ```
    #[must_use]
    pub fn planned_on(&self, day: NaiveDate, how: Interpolation) -> Planned {
        let version = self.versions.on(day);
        version.map_or_else(Planned::default, |version| version.planned(self.force, day::day_number(day), how))
    }

    /// The milestones that bind in the version in effect on a day, in the order of the phases.
    ///
    /// ```
    /// # use force_drawdown::{day, doc_examples::iraq};
    /// let agreement = iraq();
    /// let schedule = agreement.schedule("us").unwrap();
    /// let milestones = schedule.required_milestones_on(day!(2025, 1, 1));
    /// assert_eq!(milestones[0].due.to_string(), "2025-09-01 to 2025-09-30");
    /// assert_eq!(milestones[0].band.to_string(), "1,251-2,550");
    /// ```
    #[must_use]
    pub fn required_milestones_on(&self, day: NaiveDate) -> Vec<Milestone<'a>> {
        self.milestones_on(day, |force| &force.required)
    }

    /// All milestones of the version in effect on a day, binding and envisaged, in the order of the phases.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// use force_drawdown::{Agreement, Standing, day};
    /// let mut terms = iraq().into_terms();
    /// terms.phases[1].standing = Some(Standing::Envisaged);
    /// let agreement = Agreement::try_from(terms).unwrap();
    /// let schedule = agreement.schedule("us").unwrap();
    /// assert_eq!(schedule.planned_milestones_on(day!(2025, 1, 1)).len(), 2);
    /// assert_eq!(schedule.required_milestones_on(day!(2025, 1, 1)).len(), 1);
    /// ```
    #[must_use]
    pub fn planned_milestones_on(&self, day: NaiveDate) -> Vec<Milestone<'a>> {
        self.milestones_on(day, ForceSchedule::planned)
    }

    fn milestones_on(&self, day: NaiveDate, chain: fn(&ForceSchedule) -> &Chain) -> Vec<Milestone<'a>> {
        let force = self.versions.on(day).and_then(|version| version.forces.get(self.force));
        let milestones = force.map(|force| chain(force).milestones.as_slice()).unwrap_or_default();
        milestones.iter().map(|milestone| Milestone::new(self.versions.terms(), milestone)).collect()
    }

    /// What is required on each day of a range, both ends included.
    ///
    /// ```
    /// # use force_drawdown::{day, doc_examples::iraq};
    /// let agreement = iraq();
    /// let schedule = agreement.schedule("us").unwrap();
    /// let september = schedule.required_series(day!(2025, 8, 31)..=day!(2025, 9, 30));
    /// assert_eq!(september.filter(|(_, ceiling)| ceiling.is_some()).count(), 30);
    /// ```
    pub fn required_series(
        &self,
        days: RangeInclusive<NaiveDate>,
    ) -> impl Iterator<Item = (NaiveDate, Option<Ceiling<&'a str>>)> + use<'a> {
        let schedule = *self;
        day::each(days).map(move |day| (day, schedule.required_on(day)))
    }

    /// What is planned on each day of a range, both ends included.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// use force_drawdown::{Interpolation, day};
    /// let agreement = iraq();
    /// let schedule = agreement.schedule("us").unwrap();
    /// let days = day!(2026, 12, 30)..=day!(2026, 12, 31);
    /// let lows: Vec<_> = schedule.planned_series(days, Interpolation::Step).map(|(_, planned)| planned.low).collect();
    /// assert_eq!(lows, [Some(1_251), Some(0)]);
    /// ```
    pub fn planned_series(
        &self,
        days: RangeInclusive<NaiveDate>,
        how: Interpolation,
    ) -> impl Iterator<Item = (NaiveDate, Planned)> + use<'a> {
        let schedule = *self;
        day::each(days).map(move |day| (day, schedule.planned_on(day, how)))
    }

    /// From the baseline of the force (else the first day on which something of it falls due) to the day after the
    /// last on which something of it, or of what it is a part of, falls due in any version; `None` where no day is
    /// known.
    ///
    /// ```
    /// # use force_drawdown::{day, doc_examples::iraq};
    /// let agreement = iraq();
    /// assert_eq!(agreement.schedule("us").unwrap().days(), Some(day!(2024, 9, 6)..=day!(2027, 1, 1)));
    /// ```
    #[must_use]
    pub fn days(&self) -> Option<RangeInclusive<NaiveDate>> {
        let (mut is_there, mut base, mut windows) = (false, None, None);
        for version in self.versions.versions() {
            let Some(own) = version.forces.get(self.force) else { continue };
            if !std::mem::replace(&mut is_there, true) {
                base = own.chains().into_iter().find_map(|chain| chain.base).map(|base| base.as_of);
            }
            let milestones =
                version.with_wholes(self.force).flat_map(ForceSchedule::chains).flat_map(|chain| &chain.milestones);
            windows = milestones.filter_map(|known| known.due.window()).chain(windows).reduce(Window::hull);
        }
        let first = base.or_else(|| windows.map(Window::earliest))?;
        let last = windows.map_or(first, |windows| windows.latest().max(first));
        Some(first..=day::plus_days(last, 1).unwrap_or(last))
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
        })
    }
}

impl VersionEntry {
    /// What is required of a force, capped by what it is a part of.
    pub(crate) fn required(&self, force: usize, day: i32) -> Required {
        let mut tightest = Required::default();
        for (_, level) in self.levels(force, day) {
            if is_tighter(level.strict, tightest.strict) {
                tightest.strict = level.strict;
            }
            if is_tighter(level.lenient, tightest.lenient) {
                tightest.lenient = level.lenient;
            }
        }
        tightest
    }

    /// What each chain requires that a force has to keep to: its own first, then those of its wholes.
    pub(crate) fn levels(&self, force: usize, day: i32) -> impl Iterator<Item = (&Chain, Required)> {
        let terminated = self.termination.is_some_and(|last| day > last);
        self.obliging(force).map(move |force| {
            let (strict, lenient) =
                if terminated { (&force.strict_after, &force.lenient_after) } else { (&force.strict, &force.lenient) };
            (&force.required, Required { strict: step_on(strict, day), lenient: step_on(lenient, day) })
        })
    }

    /// The planned path of a force, capped by that of what it is a part of.
    pub(crate) fn planned(&self, force: usize, day: i32, how: Interpolation) -> Planned {
        let end = |path: fn(&ForceSchedule) -> &PlannedPath| {
            let mut paths = self.with_wholes(force).map(path).skip_while(|path| path.knots().is_empty());
            let own = paths.next()?.at(day, how)?;
            let caps = paths.filter_map(|path| path.last_value(day, how));
            Some(caps.fold(own, u32::min))
        };
        let (low, high) = (end(|force| &force.low), end(|force| &force.high));
        Planned { low: low.map(|low| high.map_or(low, |high| low.min(high))), high }
    }

    /// What a force is required to keep to: its own chain and those of its wholes, unless it is its party's own.
    pub(crate) fn obliging(&self, force: usize) -> impl Iterator<Item = &ForceSchedule> {
        let obliged = self.forces.get(force).is_some_and(|force| !force.unilateral);
        self.with_wholes(force).filter(move |_| obliged)
    }

    /// A force, what it is a part of, and so on.
    pub(crate) fn with_wholes(&self, force: usize) -> impl Iterator<Item = &ForceSchedule> {
        let mut next = Some(force);
        std::iter::from_fn(move || {
            let force: &ForceSchedule = self.forces.get(next?)?;
            next = force.whole;
            Some(force)
        })
    }
}
