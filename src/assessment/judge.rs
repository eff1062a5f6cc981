//! An agreement judged on a day.

use chrono::NaiveDate;

use super::evidence::{self, Sighting};
use super::observation::Observation;
use super::result::{Assessment, Blockers, ForceAssessment, RequiredBand, Verdict};
use super::verdict::{self, Bars, Latest};
use crate::agreement::Agreement;
use crate::day::{self, Window};
use crate::record::Approval;
use crate::record::Record;
use crate::schedule::chain::{self, Setter};
use crate::schedule::set_by;
use crate::schedule::version::{ResolvedText, VersionEntry};
use crate::terms::{Band, GatedStep};

impl Agreement {
    /// Judges the agreement at the end of a day, from what was observed by then.
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
        Judge::new(self, observations, on).assess()
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
        let is_known = |seen: &&Observation| {
            self.known_on().is_none_or(|known| seen.known_from(self.terms()).is_some_and(|from| from <= known))
        };
        let observed = observations.iter().filter(is_known).filter_map(|seen| seen.date.window());
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
    /// The observations of each force, by its index.
    sightings: Vec<Vec<Sighting>>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(agreement: &'a Agreement, observations: &[Observation], on: NaiveDate) -> Self {
        let (version, terms) = (agreement.version_on(on), agreement.terms());
        let in_effect = agreement.history().versions().get(version);
        let forces = in_effect.iter().flat_map(|version| version.forces.iter()).enumerate();
        let ids = forces.filter_map(|(index, force)| Some((force.force(terms)?.id.as_str(), index))).collect();
        let sightings = evidence::sightings_by_force(terms, &ids, observations, on, agreement.known_on());
        Self { agreement, on, version, in_effect, sightings }
    }

    pub(super) fn record(&self) -> &'a Record {
        self.agreement.record()
    }

    fn assess(&self) -> Assessment {
        let Self { agreement, on, version, .. } = *self;
        let forces = self.in_effect.map_or(0, |version| version.forces.len());
        Assessment {
            on,
            known: agreement.known_on(),
            version,
            approval: Approval { state: agreement.approval_on(on), paused_by: agreement.paused_by_on(on) },
            binding: agreement.binds_on(on),
            blockers: Blockers {
                announcement: agreement.blockers_on(GatedStep::Announcement, on),
                execution: agreement.blockers_on(GatedStep::Execution, on),
            },
            forces: (0..forces).filter_map(|force| self.force(force)).collect(),
            phases: self.phases(),
        }
    }

    pub(super) fn sightings(&self, force: usize) -> &[Sighting] {
        self.sightings.get(force).map(Vec::as_slice).unwrap_or_default()
    }

    fn force(&self, force: usize) -> Option<ForceAssessment> {
        let terms = self.agreement.terms();
        let version = self.in_effect?;
        let schedule = version.forces.get(force)?;
        let chain = &schedule.required;
        let required = version.required(force, day::day_number(self.on));
        let base = if schedule.unilateral { schedule.planned().base.as_ref() } else { chain.base.as_ref() };
        let counts = evidence::counts(self.sightings(force), base);
        let latest = Latest::of(&counts);
        let base = base.map_or(Band::OPEN, |base| base.band);
        let bars = Bars::on(version, force, self.on);
        let by = |setter: Setter| set_by(terms, setter).to_string();
        let pace = latest.as_ref().zip(verdict::next_milestone(version, force, self.on));
        let limited = || version.obliging(force).any(|force| !force.required.milestones.is_empty());
        let verdict = if !verdict::binds(version, force, day::day_number(self.on), self.agreement.binds_on(self.on)) {
            Verdict::NotBinding
        } else if !limited() {
            Verdict::NoLimit
        } else {
            match (&bars, required.lenient, &latest) {
                (None, _, _) | (_, None, _) => Verdict::NotDue,
                (_, _, None) => Verdict::NotReported,
                (Some(bars), _, Some(latest)) => verdict::verdict(version, force, latest, bars),
            }
        };
        Some(ForceAssessment {
            force: schedule.force(terms)?.id.clone(),
            ceiling: required.strict.map(|strict| RequiredBand {
                strict: strict.value.unwrap_or(0),
                lenient: required.lenient.and_then(|step| step.value),
                strict_by: by(strict.setter),
                lenient_by: required.lenient.map(|step| by(step.setter)),
            }),
            verdict,
            observed: latest.as_ref().map(|latest| latest.observed),
            margin: latest.as_ref().zip(bars.as_ref()).map(|(latest, bars)| latest.margin(bars, base)),
            required_pace: pace.map(|(latest, (bar, due))| latest.pace(&bar, due, base)),
        })
    }
}
