//! Resolved: what is required and what is planned of one force, day by day.

mod by_force;
mod chain;
mod chain_building;
mod consolidated_text;
pub(crate) mod consolidation;
mod due;
mod dues;
pub(crate) mod history;
mod ids;
pub(crate) mod limit_ceiling;
mod milestone;
mod placing;
mod planned_path;
mod resolving;
pub(crate) mod size;
mod version;

use std::ops::RangeInclusive;

use chrono::NaiveDate;

pub(crate) use by_force::LimitAt;
pub(crate) use chain::{CeilingStep, Chain, ChainMilestone, ForceSchedule};
use consolidated_text::Origin;
pub(crate) use consolidated_text::{BaselineText, ConsolidatedText, ForceText, PhaseText};
pub use due::Due;
pub(crate) use due::Resolved;
pub(crate) use history::History;
pub(crate) use ids::{FEW, ForceIndex, Ids};
pub(crate) use limit_ceiling::{People, WithdrawnSoFar};
pub(crate) use milestone::set_by;
pub use milestone::{Ceiling, Milestone, SetBy};
pub use planned_path::{Interpolation, Planned};
pub(crate) use planned_path::{PlannedPath, Unfilled};
use resolving::VersionFindings;
pub(crate) use version::{Required, ResolvedText, VersionEntry, VersionForce, step_on};

use crate::day::{self, Window};
use crate::terms::Force;

/// The schedule of one force: what is required of it and what is planned, on any day.
///
/// Each day is answered by the version in effect on it, or by one version where it was taken from that.
///
/// # What is required on a day, and what sets it?
///
/// ```
/// use force_drawdown::{catalog, day};
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let schedule = agreement.schedule("us").unwrap();
/// assert_eq!(schedule.force().unwrap().unit(), "persons");
/// assert_eq!(schedule.required_on(day!(2025, 8, 31)), None);
/// let opens = schedule.required_on(day!(2025, 9, 1)).unwrap();
/// assert_eq!(opens.to_string(), "1,251, not due in every reading");
/// assert_eq!(schedule.required_on(day!(2025, 9, 30)).unwrap().to_string(), "1,251-2,550");
/// let milestones = schedule.required_milestones_on(day!(2025, 1, 1));
/// assert_eq!(milestones[0].due.to_string(), "2025-09-01 to 2025-09-30");
/// assert_eq!(milestones, schedule.planned_milestones_on(day!(2025, 1, 1)));
/// ```
///
/// # What is planned on a day?
///
/// ```
/// use force_drawdown::{Interpolation, catalog, day};
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let schedule = agreement.schedule("us").unwrap();
/// let planned = schedule.planned_on(day!(2026, 1, 1), Interpolation::Linear);
/// assert_eq!((planned.low, planned.high), (Some(936), Some(2_550)));
/// assert_eq!(schedule.planned_on(day!(2024, 9, 5), Interpolation::Linear).high, None);
/// ```
///
/// # What is it on each of many days?
///
/// ```
/// use force_drawdown::{Interpolation, catalog, day};
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let schedule = agreement.schedule("us").unwrap();
/// assert_eq!(schedule.days(), Some(day!(2024, 9, 6)..=day!(2027, 1, 1)));
/// let september = schedule.required_series(day!(2025, 8, 31)..=day!(2025, 9, 30));
/// assert_eq!(september.filter(|(_, ceiling)| ceiling.is_some()).count(), 30);
/// let december = day!(2026, 12, 30)..=day!(2026, 12, 31);
/// let mut planned = schedule.planned_series(december, Interpolation::Step);
/// assert_eq!(planned.next().unwrap().1.low, Some(1_251));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Schedule<'a> {
    history: History<'a>,
    force: ForceIndex,
}

impl<'a> Schedule<'a> {
    pub(crate) fn new(history: History<'a>, id: &str) -> Option<Self> {
        let is_it = |of: VersionForce<'_>| of.schedule.force(history.terms).is_some_and(|force| force.id == id);
        let (force, _) = history.last()?.forces().find(|(_, force)| is_it(*force))?;
        Some(Self { history, force })
    }

    pub(crate) const fn of(history: History<'a>, force: ForceIndex) -> Self {
        Self { history, force }
    }

    /// The schedule of each force of the last version.
    #[cfg(any(feature = "chart", feature = "csv1", feature = "calendar"))]
    pub(crate) fn all(history: History<'a>) -> impl Iterator<Item = Self> {
        history
            .last()
            .into_iter()
            .flat_map(version::VersionEntry::forces)
            .map(move |(force, _)| Self { history, force })
    }

    /// The force as written.
    #[must_use]
    pub fn force(&self) -> Option<&'a Force> {
        self.history.last()?.force(self.force)?.schedule.force(self.history.terms)
    }

    /// The versions, and the place of the force in each.
    pub(crate) const fn parts(&self) -> (History<'a>, ForceIndex) {
        (self.history, self.force)
    }

    /// The force in the version in effect on a day; `None` where that has no such force.
    pub(crate) fn on(&self, day: NaiveDate) -> Option<VersionForce<'a>> {
        self.history.on(day)?.force(self.force)
    }

    /// What is required at the end of a day: a step function of the binding phases, capped by the whole that the
    /// force is a part of. `None` where nothing is required yet, or any more after a termination.
    #[must_use]
    pub fn required_on(&self, day: NaiveDate) -> Option<Ceiling<&'a str>> {
        self.on(day)?.required(day::day_number(day)).ceiling(self.history.terms)
    }

    /// What is planned at the end of a day, on an interpolation of all phases.
    #[must_use]
    pub fn planned_on(&self, day: NaiveDate, how: Interpolation) -> Planned {
        self.on(day).map(|force| force.planned(day::day_number(day), how)).unwrap_or_default()
    }

    /// The milestones that bind in the version in effect on a day, in the order of the phases.
    #[must_use]
    pub fn required_milestones_on(&self, day: NaiveDate) -> Vec<Milestone<'a>> {
        self.milestones_on(day, |force| &force.required)
    }

    /// All milestones of the version in effect on a day, binding and envisaged, in the order of the phases.
    #[must_use]
    pub fn planned_milestones_on(&self, day: NaiveDate) -> Vec<Milestone<'a>> {
        self.milestones_on(day, |force| &force.planned)
    }

    fn milestones_on(&self, day: NaiveDate, chain: fn(&ForceSchedule) -> &Chain) -> Vec<Milestone<'a>> {
        let milestones = self.on(day).map(|force| chain(force.schedule).milestones.as_slice()).unwrap_or_default();
        let milestone = |of: &ChainMilestone| Milestone {
            by: set_by(self.history.terms, of.setter),
            due: of.due.clone(),
            band: of.band,
            settled: of.settled,
            residual_ends: of.residual_ends,
        };
        milestones.iter().map(milestone).collect()
    }

    /// What is required on each day of a range, both ends included.
    pub fn required_series(
        &self,
        days: RangeInclusive<NaiveDate>,
    ) -> impl Iterator<Item = (NaiveDate, Option<Ceiling<&'a str>>)> + use<'a> {
        let schedule = *self;
        day::each(days).map(move |day| (day, schedule.required_on(day)))
    }

    /// What is required from the first of some days on, and from each later one of them on which that changes.
    pub(crate) fn required_changes(
        &self,
        (first, last): (NaiveDate, NaiveDate),
    ) -> Vec<(NaiveDate, Option<Ceiling<&'a str>>)> {
        let mut days = std::collections::BTreeSet::from([first]);
        for version in self.history.versions {
            days.extend(version.effective);
            let turns = version.force(self.force).into_iter().flat_map(VersionForce::turns);
            days.extend(turns.filter_map(day::from_day_number));
        }
        let days = days.into_iter().filter(|day| (first..=last).contains(day));
        let mut changes: Vec<_> = days.map(|day| (day, self.required_on(day))).collect();
        changes.dedup_by(|(_, later), (_, earlier)| later == earlier);
        changes
    }

    /// What is planned on each day of a range, both ends included.
    pub fn planned_series(
        &self,
        days: RangeInclusive<NaiveDate>,
        how: Interpolation,
    ) -> impl Iterator<Item = (NaiveDate, Planned)> + use<'a> {
        let schedule = *self;
        day::each(days).map(move |day| (day, schedule.planned_on(day, how)))
    }

    /// From the baseline of the force (else the first day on which something of it falls due) to the day after the last
    /// on which something of it, or of what it is a part of, falls due in any version; `None` where no day is known.
    #[must_use]
    pub fn days(&self) -> Option<RangeInclusive<NaiveDate>> {
        let mut own = self.history.versions.iter().filter_map(|version| version.force(self.force)).peekable();
        let base = own.peek()?.schedule.chains().into_iter().find_map(|chain| chain.base).map(|base| base.as_of);
        let chains = own.flat_map(VersionForce::with_wholes).flat_map(ForceSchedule::chains);
        let due = chains.flat_map(|chain| &chain.milestones).filter_map(|milestone| milestone.due.window());
        let windows = due.reduce(Window::hull);
        let first = base.or_else(|| windows.map(Window::earliest))?;
        let last = windows.map_or(first, |windows| windows.latest().max(first));
        Some(first..=day::plus_days(last, 1).unwrap_or(last))
    }
}
