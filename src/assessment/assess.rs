//! An agreement judged on a day.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use chrono::NaiveDate;

use super::count::{self, Bar, Count, Sighting};
use super::rows::{Key, Row, Texts, roster};
use super::verdict::{self, Bars, Latest};
use super::{
    Assessment, Blockers, ForceAssessment, Observation, Original, Outcome, PhaseAssessment, RequiredBand, Slip,
    Verdict, outcome,
};
use crate::agreement::record::Record;
use crate::agreement::{Agreement, Approval};
use crate::day::{self, Window};
use crate::schedule::chain::{self, Chain, Setter};
use crate::schedule::version::Version;
use crate::schedule::{Due, SetBy, force_at, set_by};
use crate::terms::{Band, Event, Standing, Step};

impl Agreement {
    /// Judges the agreement at the end of a day, from what was observed by then.
    ///
    /// ```
    /// # use force_drawdown::{doc::iraq, terms::parse_day};
    /// # let day = |text: &str| parse_day(text).unwrap();
    /// use force_drawdown::{Observation, Outcome, Verdict};
    /// let seen = [Observation::present(day("2025-08-25"), 1_200)];
    /// let judged = iraq().assess(&seen, day("2025-10-01"));
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
    /// # use force_drawdown::{doc::iraq, terms::parse_day};
    /// # let day = |text: &str| parse_day(text).unwrap();
    /// use force_drawdown::Observation;
    /// assert_eq!(iraq().last_day(&[]), Some(day("2026-12-31")));
    /// assert_eq!(iraq().last_day(&[Observation::present(day("2027-03-01"), 0)]), Some(day("2027-03-01")));
    /// ```
    #[must_use]
    pub fn last_day(&self, observations: &[Observation]) -> Option<NaiveDate> {
        let texts = Texts::of(self.terms(), self.resolved().len().saturating_sub(1));
        let dues = texts.iter().flat_map(|texts| texts.windows(self.record()));
        let chains = self.resolved().iter().flat_map(|version| version.forces.iter());
        let milestones = chains.flat_map(|force| force.required.milestones.iter().chain(&force.planned.milestones));
        let of_phase = |one: &&chain::Milestone| !one.residual_ends && one.setter != Setter::Baseline;
        let moved = milestones.filter(of_phase).filter_map(|milestone| milestone.due.window());
        let is_known = |seen: &&Observation| {
            self.known_on().is_none_or(|known| seen.known_from(self.terms()).is_some_and(|from| from <= known))
        };
        let observed = observations.iter().filter(is_known).filter_map(|seen| seen.date.window());
        let baselines = self.terms().forces.iter().filter_map(|force| force.baseline.as_ref()).map(|base| base.as_of);
        dues.chain(moved)
            .chain(observed)
            .map(Window::latest)
            .chain(self.record().last_day())
            .max()
            .or_else(|| baselines.max())
    }
}

struct Judge<'a> {
    agreement: &'a Agreement,
    on: NaiveDate,
    version: usize,
    /// The observations of each force, by its index.
    sightings: Vec<Vec<Sighting>>,
    /// The chains that rows were judged by, of a version and a force.
    prepared: RefCell<HashMap<(usize, usize, Standing), Rc<Prepared<'a>>>>,
}

/// A chain with its milestones by phase, and the counts that it takes.
struct Prepared<'a> {
    chain: &'a Chain,
    by_phase: HashMap<&'a str, &'a chain::Milestone>,
    counts: Vec<Count>,
}

/// A phase judged by one version.
struct Judged {
    due: Option<Window>,
    ceiling: Option<Band>,
    outcome: Outcome,
    slip: Option<Slip>,
}

impl<'a> Judge<'a> {
    fn new(agreement: &'a Agreement, observations: &[Observation], on: NaiveDate) -> Self {
        let version = agreement.version_on(on);
        let terms = agreement.terms();
        let forces = agreement.resolved().get(version).map(|version| version.forces.as_slice()).unwrap_or_default();
        let ids = forces.iter().enumerate();
        let ids = ids.filter_map(|(index, force)| Some((force_at(terms, force)?.id.as_str(), index))).collect();
        let sightings = count::sightings_by_force(terms, &ids, observations, on, agreement.known_on());
        Self { agreement, on, version, sightings, prepared: RefCell::default() }
    }

    fn version(&self, version: usize) -> Option<&'a Version> {
        self.agreement.resolved().get(version)
    }

    fn record(&self) -> &'a Record {
        self.agreement.record()
    }

    fn assess(&self) -> Assessment {
        let Self { agreement, on, version, .. } = *self;
        let forces = self.version(version).map(|version| version.forces.as_slice()).unwrap_or_default();
        Assessment {
            on,
            known: agreement.known_on(),
            version,
            approval: Approval { state: agreement.approval_on(on), paused_by: agreement.paused_by(on) },
            binding: agreement.binds_on(on),
            blockers: Blockers {
                announcement: agreement.blockers(Step::Announcement, on),
                execution: agreement.blockers(Step::Execution, on),
            },
            forces: (0..forces.len()).filter_map(|force| self.force(force)).collect(),
            phases: self.phases(),
        }
    }

    fn sightings(&self, force: usize) -> &[Sighting] {
        self.sightings.get(force).map(Vec::as_slice).unwrap_or_default()
    }

    fn force(&self, force: usize) -> Option<ForceAssessment> {
        let terms = self.agreement.terms();
        let version = self.version(self.version)?;
        let schedule = version.forces.get(force)?;
        let chain = &schedule.required;
        let required = version.required(force, day::day_number(self.on));
        let base = if schedule.unilateral { schedule.planned.base.as_ref() } else { chain.base.as_ref() };
        let counts = count::counts(self.sightings(force), base);
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
            force: force_at(terms, schedule)?.id.clone(),
            ceiling: required.strict.map(|strict| RequiredBand {
                strict: strict.value.unwrap_or(0),
                lenient: required.lenient.and_then(|step| step.value),
                strict_by: by(strict.setter),
                lenient_by: required.lenient.map(|step| by(step.setter)),
            }),
            verdict,
            observed: latest.as_ref().map(|latest| latest.observed),
            margin: latest.as_ref().zip(bars.as_ref()).map(|(latest, bars)| latest.margin(bars, base)),
            required_pace: pace.map(|(latest, (band, taken, due))| latest.pace(band, taken, due, base)),
        })
    }

    fn phases(&self) -> Vec<PhaseAssessment> {
        let terms = self.agreement.terms();
        let texts = Texts::of(terms, self.version);
        let rows: Vec<Vec<Row<'_>>> = texts.iter().map(Texts::rows).collect();
        let dues: Vec<HashMap<&str, Due>> =
            texts.iter().zip(&rows).map(|(texts, rows)| texts.dues(rows, self.record())).collect();
        // The versions that have each row: the first with its row, and the last.
        let mut first: HashMap<Key<'_>, (usize, Row<'_>)> = HashMap::new();
        let mut last: HashMap<Key<'_>, (usize, Row<'_>)> = HashMap::new();
        for (version, row) in
            rows.iter().enumerate().flat_map(|(version, rows)| rows.iter().map(move |row| (version, row)))
        {
            first.entry(row.key).or_insert((version, *row));
            last.insert(row.key, (version, *row));
        }
        // Of each phase: its limits as they stand, those that were taken away, and its `done` event.
        let mut of_phase: HashMap<&str, Vec<Key<'_>>> = HashMap::new();
        let mut listed: HashSet<Key<'_>> = HashSet::new();
        for row in rows.iter().rev().flatten().filter(|row| listed.insert(row.key)) {
            of_phase.entry(row.key.phase).or_default().push(row.key);
        }
        let order = roster(terms, self.version).into_iter().filter_map(|phase| of_phase.remove(phase));
        let order: Vec<Key<'_>> = order
            .flat_map(|mut keys| {
                keys.sort_by_key(|key| key.force.is_none());
                keys
            })
            .collect();
        let judge = |key: &Key<'a>| {
            let (since, as_first) = first.get(key)?;
            let (until, row) = last.get(key)?;
            let original = || self.judge(as_first, *since, dues.get(*since)?);
            let force = key.force.and_then(|force| force_at(terms, self.version(self.version)?.forces.get(force)?));
            let judged = if *until == self.version {
                (0..=*until)
                    .rev()
                    .find_map(|version| {
                        let row = if version == *until { Some(row) } else { find(rows.get(version)?, key) };
                        self.judge(row?, version, dues.get(version)?)
                    })
                    // Settled from the start, so that no version has judged it.
                    .unwrap_or(Judged { due: None, ceiling: None, outcome: Outcome::Dropped, slip: None })
            } else {
                Judged { due: None, ceiling: None, outcome: Outcome::Dropped, slip: None }
            };
            let original = (*since < self.version).then(original).flatten().filter(|original| {
                judged.outcome == Outcome::Dropped || original.due != judged.due || original.ceiling != judged.ceiling
            });
            Some(PhaseAssessment {
                phase: key.phase.to_owned(),
                force: force.map(|force| force.id.clone()),
                standing: row.standing,
                due: judged.due,
                ceiling: judged.ceiling,
                outcome: judged.outcome,
                slip_days: judged.slip,
                original: original.map(|original| Original {
                    due: original.due,
                    ceiling: original.ceiling,
                    outcome: original.outcome,
                    slip_days: original.slip,
                }),
            })
        };
        order.iter().filter_map(judge).collect()
    }

    /// The judgement of one version; `None` where its chain no longer has the phase.
    fn judge(&self, row: &Row<'_>, version: usize, dues: &HashMap<&str, Due>) -> Option<Judged> {
        let Some(force) = row.key.force else {
            return Some(self.judge_done(row.done?, dues.get(row.key.phase)?));
        };
        let prepared = self.prepared(version, force, row.standing)?;
        let milestone = prepared.by_phase.get(row.key.phase)?;
        let (ceiling, due) = (Some(milestone.band), milestone.due.window());
        let Some(window) = due else {
            return Some(Judged { due, ceiling, outcome: Outcome::Awaiting, slip: None });
        };
        let seen = outcome::seen(&prepared.counts, &Bar::new(milestone.band, milestone.taken));
        let outcome = outcome::judge(&seen, window, self.on);
        let as_of = prepared.chain.base.map(|base| base.as_of);
        let slip = (outcome != Outcome::Pending).then(|| outcome::slip(&seen, window, as_of));
        Some(Judged { due, ceiling, outcome, slip })
    }

    /// The chain of a version that judges the rows of a standing. Settled phases are judged by the version before.
    fn prepared(&self, version: usize, force: usize, standing: Standing) -> Option<Rc<Prepared<'a>>> {
        let key = (version, force, standing);
        if let Some(known) = self.prepared.borrow().get(&key) {
            return Some(Rc::clone(known));
        }
        let schedule = self.version(version)?.forces.get(force)?;
        let chain = if standing == Standing::Binding { &schedule.required } else { &schedule.planned };
        let terms = self.agreement.terms();
        let own = chain.milestones.iter().filter(|milestone| !milestone.residual_ends && !milestone.settled);
        let by_phase = own.filter_map(|milestone| match set_by(terms, milestone.setter) {
            SetBy::Phase(phase) => Some((phase, milestone)),
            SetBy::Baseline => None,
        });
        let counts = count::counts(self.sightings(force), chain.base.as_ref());
        let prepared = Rc::new(Prepared { chain, by_phase: by_phase.collect(), counts });
        self.prepared.borrow_mut().insert(key, Rc::clone(&prepared));
        Some(prepared)
    }

    fn judge_done(&self, name: &str, due: &Due) -> Judged {
        let Some(window) = due.window() else {
            return Judged { due: None, ceiling: None, outcome: Outcome::Awaiting, slip: None };
        };
        let happened = self.record().event(&Event::Named(name.to_owned())).filter(|days| days.earliest() <= self.on);
        let outcome = outcome::judge_done(happened, window, self.on);
        let slip = happened.map_or_else(Slip::default, |days| Slip {
            low: Some(day::days_between(window.latest(), days.earliest())),
            high: Some(day::days_between(window.earliest(), days.latest())),
        });
        Judged { due: Some(window), ceiling: None, outcome, slip: (outcome != Outcome::Pending).then_some(slip) }
    }
}

fn find<'r, 'a>(rows: &'r [Row<'a>], key: &Key<'_>) -> Option<&'r Row<'a>> {
    rows.iter().find(|row| row.key == *key)
}
