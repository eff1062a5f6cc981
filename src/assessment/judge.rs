//! An agreement judged on a day.

use chrono::NaiveDate;

use super::evidence::{self, Evidence, Sighting};
use super::observation::Observation;
use super::reasons::{SettlingCount, VerdictReason};
use super::result::{Assessment, Basis, Blockers, ForceAssessment, Verdict};
use super::verdict::{self, Bars, Latest};
use crate::agreement::Agreement;
use crate::day::{self, Window};
use crate::record::Approval;
use crate::record::Record;
use crate::schedule::Ceiling;
use crate::schedule::chain::{self, Setter};
use crate::schedule::index::ForceIndex;
use crate::schedule::version::{ResolvedText, VersionEntry};
use crate::schedule::version_force::VersionForce;
use crate::terms::{Band, GatedStep};

impl Agreement {
    /// Judges the agreement at the end of a day, from what was observed up to it.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// use force_drawdown::{Observation, Outcome, Verdict, day};
    /// let seen = [Observation::present(day!(2025, 8, 25), 1_200)];
    /// let judged = iraq().assess(&seen, day!(2025, 10, 1));
    /// // Neither capital has consented, so that nothing binds; the phase is compared all the same.
    /// assert_eq!(judged.forces[0].verdict, Verdict::NotBinding);
    /// assert_eq!(judged.phases[0].outcome, Outcome::Met);
    /// ```
    #[must_use]
    pub fn assess(&self, observations: &[Observation], on: NaiveDate) -> Assessment {
        let evidence = Evidence::gather(self, observations);
        let version = self.version_on(on);
        let judge = Judge {
            agreement: self,
            on,
            version,
            in_effect: self.history().versions().get(version),
            evidence: &evidence,
        };
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
            forces,
            phases,
            basis: Basis { agreement: self.clone(), evidence },
        }
    }

    /// The last day of anything on record, observed or due in any version: the day on which to judge if none is given.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// use force_drawdown::{Observation, day};
    /// assert_eq!(iraq().last_day(&[]), Some(day!(2026, 12, 31)));
    /// assert_eq!(iraq().last_day(&[Observation::present(day!(2027, 3, 1), 0)]), Some(day!(2027, 3, 1)));
    /// ```
    #[must_use]
    pub fn last_day(&self, observations: &[Observation]) -> Option<NaiveDate> {
        let of_phase = |one: &&chain::ChainMilestone| !one.residual_ends && one.setter != Setter::Baseline;
        let mut due: Option<NaiveDate> = None;
        for version in self.history().versions() {
            let milestones = version.forces.iter().flat_map(|force| force.chains()).flat_map(|chain| &chain.milestones);
            let moved = milestones.filter(of_phase).filter_map(|milestone| milestone.due.window());
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
    pub(super) fn record(&self) -> &'a Record {
        self.agreement.record()
    }

    /// The counts of a force that are judged.
    pub(super) fn sightings(&self, force: ForceIndex) -> impl Iterator<Item = &'a Sighting> {
        self.evidence.judged(force, self.on)
    }

    fn forces(&self) -> Vec<ForceAssessment> {
        let forces = self.in_effect.into_iter().flat_map(VersionEntry::forces);
        forces.filter_map(|(index, force)| self.force(index, force)).collect()
    }

    fn force(&self, index: ForceIndex, force: VersionForce<'_>) -> Option<ForceAssessment> {
        let terms = self.agreement.terms();
        let schedule = force.schedule;
        let required = force.required(day::day_number(self.on));
        let base = evidence::judging_base(schedule);
        let counts = evidence::counts(self.sightings(index), base);
        let latest = Latest::of(&counts);
        let base = base.map_or(Band::OPEN, |base| base.band);
        let bars = Bars::on(force, self.on);
        let pace = latest.as_ref().zip(verdict::next_milestone(force, self.on));
        let limited = || force.obliging().any(|force| !force.required.milestones.is_empty());
        let mut named = None;
        let verdict = if !verdict::binds(force, day::day_number(self.on), self.agreement.binds_on(self.on)) {
            Verdict::NotBinding
        } else if !limited() {
            Verdict::NoLimit
        } else {
            match (&bars, required.lenient, &latest) {
                (None, _, _) | (_, None, _) => Verdict::NotDue,
                (_, _, None) => Verdict::NotReported,
                (Some(bars), _, Some(latest)) => {
                    let (verdict, counts) = verdict::verdict(force, latest, bars);
                    named = Some(counts);
                    verdict
                }
            }
        };
        let not_judged = || latest.as_ref().map(|latest| latest.named(|_| None)).unwrap_or_default();
        let ceiling = required.ceiling(terms).map(Ceiling::into_owned);
        let settling = |ceiling: &Ceiling<String>| SettlingCount {
            at_most: ceiling.strict,
            at_least: ceiling.lenient.map(|lenient| lenient.saturating_add(1)),
        };
        let is_open = matches!(verdict, Verdict::NotReported | Verdict::Undetermined);
        let reason = VerdictReason {
            latest: named.unwrap_or_else(not_judged),
            settled_by: ceiling.as_ref().filter(|_| is_open).map(settling),
        };
        Some(ForceAssessment {
            force: schedule.force(terms)?.id.clone(),
            ceiling,
            verdict,
            observed: latest.as_ref().map(|latest| latest.observed),
            margin: latest.as_ref().zip(bars.as_ref()).map(|(latest, bars)| latest.margin(bars, base)),
            required_pace: pace.map(|(latest, (bar, due))| latest.pace(&bar, due, base)),
            reason,
        })
    }
}
