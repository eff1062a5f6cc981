//! An agreement judged on a day.

use chrono::NaiveDate;

use super::acts_to_come;
use super::evidence::{Bases, Evidence, is_known};
use super::result::Basis;
use super::{Assessment, Blockers, Observation, SetAside};
use crate::agreement::Agreement;
use crate::day::Window;
use crate::findings::Rule;
use crate::record::Approval;
use crate::schedule::{ChainMilestone, Due, ResolvedText, SetBy, VersionEntry};
use crate::terms::{Event, GatedStep};

impl Agreement {
    /// Judges the agreement at the end of a day, from what was observed up to it.
    ///
    /// ```
    /// use force_drawdown::{Observation, Outcome, Verdict, catalog, day};
    /// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let seen = [Observation::present(day!(2025, 8, 25), 1_200)];
    /// let judged = iraq.assess(&seen, day!(2025, 10, 1));
    /// // Neither capital has consented, so that nothing binds. The phase is compared anyway.
    /// assert_eq!(judged.forces[0].verdict, Verdict::NotBinding);
    /// assert_eq!(judged.phases[0].outcome, Outcome::Met);
    /// ```
    #[must_use]
    pub fn assess(&self, observations: &[Observation], on: NaiveDate) -> Assessment {
        self.judging(on).assess(observations)
    }

    /// Judges the agreement at the end of a day as is asked further.
    #[must_use]
    pub const fn judging(&self, on: NaiveDate) -> Judging<'_> {
        Judging { agreement: self, on, fresh_within: None }
    }

    /// The last day of anything on record, observed or due in any version: the day on which to judge if none is given.
    ///
    /// ```
    /// let iraq = force_drawdown::catalog::get("us-iraq-2024").unwrap().agreement;
    /// assert_eq!(iraq.last_day(&[]), Some(force_drawdown::day!(2026, 12, 31)));
    /// ```
    #[must_use]
    pub fn last_day(&self, observations: &[Observation]) -> Option<NaiveDate> {
        let of_phase = |one: &&ChainMilestone| !one.residual_ends && one.setter != SetBy::Baseline;
        let due = self.history().versions.iter().flat_map(|version| {
            let chains = version.forces.iter().flat_map(|force| force.chains());
            let moved = chains.flat_map(|chain| &chain.milestones).filter(of_phase).map(|milestone| &milestone.due);
            let phases = [&version.full, version.agreed()].into_iter().flat_map(ResolvedText::phases);
            phases.map(|(_, resolved)| &resolved.due).chain(moved).filter_map(Due::window)
        });
        let known = observations.iter().filter(|seen| is_known(self, seen));
        let observed = known.filter_map(|seen| seen.held().or(seen.date.window()));
        let last = observed.chain(due).map(Window::latest).chain(self.record().last_day()).max();
        let baselines = self.terms().forces.iter().filter_map(|force| force.baseline.as_ref());
        last.or_else(|| baselines.map(|base| base.as_of).max())
    }
}

/// How an agreement is to be judged, as [`Agreement::judging`] gives it; [*judge*](crate::guide::judge#how-old-is-the-latest-count)
/// has an example.
#[derive(Clone, Copy, Debug)]
pub struct Judging<'a> {
    agreement: &'a Agreement,
    on: NaiveDate,
    fresh_within: Option<u32>,
}

impl Judging<'_> {
    /// A force whose latest count may be older than so many days is `not-reported`. Outcomes stay as they are.
    #[must_use]
    pub const fn fresh_within(self, days: u32) -> Self {
        Self { fresh_within: Some(days), ..self }
    }

    /// Judges from what was observed.
    #[must_use]
    pub fn assess(self, observations: &[Observation]) -> Assessment {
        let Self { agreement, on, fresh_within } = self;
        let evidence = Evidence::gather(agreement, observations);
        let version = agreement.version_on(on);
        let in_effect = agreement.history().versions.get(version);
        let ended = agreement.record().event(&Event::Termination).map(Window::latest);
        let is_after = |day| ended.is_some_and(|ended| ended < day);
        let binds = turns(agreement, |day| agreement.binds_on(day));
        let binds_and_after = turns(agreement, |day| agreement.binds_on(day) || is_after(day));
        let judged = in_effect.map(|version| evidence.judged_on(agreement.terms(), version, on));
        let judged = judged.unwrap_or_else(|| evidence.clone());
        let judge = Judge { agreement, on, fresh_within, version, in_effect, judged: &judged, binds, binds_and_after };
        let (forces, phases, set_aside) = (judge.forces(), judge.phases(), judge.set_aside());
        Assessment {
            id: agreement.terms().id.clone(),
            title: agreement.terms().title.clone(),
            on,
            known: agreement.known_on(),
            version,
            approval: Approval { state: agreement.approval_on(on), paused_by: agreement.paused_by_on(on) },
            binding: agreement.binds_on(on),
            blockers: Blockers {
                announcement: agreement.blockers_on(GatedStep::Announcement, on),
                execution: agreement.blockers_on(GatedStep::Execution, on),
            },
            waiting: acts_to_come::waiting(agreement, on),
            expected: acts_to_come::expected(agreement, on),
            forces,
            phases,
            set_aside,
            basis: Basis { agreement: agreement.clone(), evidence, judged },
        }
    }
}

/// A day of judgement.
pub(super) struct Judge<'a> {
    pub(super) agreement: &'a Agreement,
    pub(super) on: NaiveDate,
    pub(super) fresh_within: Option<u32>,
    /// The number of the version in effect, and the version.
    pub(super) version: usize,
    pub(super) in_effect: Option<&'a VersionEntry>,
    pub(super) judged: &'a Evidence,
    /// The days on which the agreement begins to bind, or ceases to; and what counts from its termination.
    binds: Vec<(NaiveDate, bool)>,
    binds_and_after: Vec<(NaiveDate, bool)>,
}

/// The days on which something begins to bind, or ceases to.
fn turns(agreement: &Agreement, binds: impl Fn(NaiveDate) -> bool) -> Vec<(NaiveDate, bool)> {
    let mut days: Vec<NaiveDate> = agreement.record().days().collect();
    days.sort_unstable();
    let first = (NaiveDate::MIN, false);
    let mut turns: Vec<_> = std::iter::once(first).chain(days.into_iter().map(|day| (day, binds(day)))).collect();
    turns.dedup_by_key(|&mut (_, binds)| binds);
    turns
}

impl Judge<'_> {
    /// The counts that can be true of no baseline, by force and day.
    fn set_aside(&self) -> Vec<SetAside> {
        let mut set_aside = Vec::new();
        for (index, force) in self.in_effect.into_iter().flat_map(VersionEntry::forces) {
            let bases = Bases::judging(force.version, index);
            let Some(force) = force.schedule.force(self.agreement.terms()) else { continue };
            let mut impossible: Vec<_> = self.judged.of(index).filter(|seen| bases.refute(seen)).collect();
            impossible.sort_by_key(|seen| seen.days);
            set_aside.extend(impossible.into_iter().map(|seen| SetAside {
                force: force.id.clone(),
                date: seen.days,
                reason: const { Rule::MoreWithdrawnThanThereWere { gone: 0, there: 0 }.code() },
                counted: seen.counted,
            }));
        }
        set_aside
    }

    /// Whether the agreement bound on every day of a window that has come, or on none. What counts from a termination
    /// is bound after it, too.
    pub(super) fn bound_during(&self, days: Window, outlives: bool) -> Option<bool> {
        let turns = if outlives { &self.binds_and_after } else { &self.binds };
        let until = Some(days.latest().min(self.on)).filter(|&until| until >= days.earliest())?;
        let before = |day: NaiveDate| turns.partition_point(|&(turn, _)| turn <= day);
        let first = before(days.earliest());
        let bound = first.checked_sub(1).and_then(|turn| turns.get(turn)).is_some_and(|&(_, binds)| binds);
        (before(until) == first).then_some(bound)
    }
}
