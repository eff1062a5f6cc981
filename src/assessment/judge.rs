//! An agreement judged on a day.

use chrono::NaiveDate;

use super::acts_to_come;
use super::evidence::{self, Evidence, Sighting};
use super::observation::Observation;
use super::result::{Assessment, Basis, Blockers};
use crate::agreement::Agreement;
use crate::day::Window;
use crate::record::Approval;
use crate::schedule::chain::{self, Setter};
use crate::schedule::index::ForceIndex;
use crate::schedule::version::{ResolvedText, VersionEntry};
use crate::terms::GatedStep;

impl Agreement {
    /// Judges the agreement at the end of a day, from what was observed up to it.
    ///
    /// ```
    /// use force_drawdown::{Observation, Outcome, Verdict, catalog, day};
    /// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let seen = [Observation::present(day!(2025, 8, 25), 1_200)];
    /// let judged = iraq.assess(&seen, day!(2025, 10, 1));
    /// // Neither capital has consented, so that nothing binds; the phase is compared all the same.
    /// assert_eq!(judged.forces[0].verdict, Verdict::NotBinding);
    /// assert_eq!(judged.phases[0].outcome, Outcome::Met);
    /// ```
    #[must_use]
    pub fn assess(&self, observations: &[Observation], on: NaiveDate) -> Assessment {
        let evidence = Evidence::gather(self, observations);
        let version = self.version_on(on);
        let in_effect = self.history().versions().get(version);
        let judge = Judge { agreement: self, on, version, in_effect, evidence: &evidence };
        let (forces, phases) = (judge.forces(), judge.phases());
        Assessment {
            on,
            known: self.known_on(),
            version,
            approval: Approval { state: self.approval_on(on), paused_by: self.paused_by_on(on) },
            binding: self.binds_on(on),
            blockers: Blockers {
                announcement: self.blockers_on(GatedStep::Announcement, on),
                execution: self.blockers_on(GatedStep::Execution, on),
            },
            expected: acts_to_come::expected(self, on),
            forces,
            phases,
            basis: Basis { agreement: self.clone(), evidence },
        }
    }

    /// The last day of anything on record, observed or due in any version: the day on which to judge if none is given.
    ///
    /// ```
    /// let iraq = force_drawdown::catalog::get("us-iraq-2024").unwrap().agreement;
    /// assert_eq!(iraq.last_day(&[]), Some(force_drawdown::day!(2026, 12, 31)));
    /// ```
    #[must_use]
    pub fn last_day(&self, observations: &[Observation]) -> Option<NaiveDate> {
        let of_phase = |one: &&chain::ChainMilestone| !one.residual_ends && one.setter != Setter::Baseline;
        let mut due: Option<NaiveDate> = None;
        for version in self.history().versions() {
            let chains = version.forces.iter().flat_map(|force| force.chains());
            let milestones = chains.flat_map(|chain| &chain.milestones).filter(of_phase);
            let moved = milestones.filter_map(|milestone| milestone.due.window());
            let phases = [&version.full, version.agreed()].into_iter().flat_map(ResolvedText::phases);
            let written = phases.filter_map(|(_, resolved)| resolved.due.window());
            due = written.chain(moved).map(Window::latest).chain(due).max();
        }
        let observed =
            observations.iter().filter(|seen| evidence::is_known(self, seen)).filter_map(|seen| seen.date.window());
        let baselines = self.terms().forces.iter().filter_map(|force| force.baseline.as_ref()).map(|base| base.as_of);
        let observed = observed.map(Window::latest);
        observed.chain(due).chain(self.record().last_day()).max().or_else(|| baselines.max())
    }
}

/// A day of judgement.
pub(super) struct Judge<'a> {
    pub(super) agreement: &'a Agreement,
    pub(super) on: NaiveDate,
    /// The number of the version in effect, and the version.
    pub(super) version: usize,
    pub(super) in_effect: Option<&'a VersionEntry>,
    pub(super) evidence: &'a Evidence,
}

impl<'a> Judge<'a> {
    /// The counts of a force that are judged.
    pub(super) fn sightings(&self, force: ForceIndex) -> impl Iterator<Item = &'a Sighting> {
        self.evidence.judged(force, self.on)
    }
}
