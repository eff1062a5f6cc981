//! What a judgement says: of forces, of phases, and of what steps still wait for.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::evidence::Evidence;
use super::reasons::{OutcomeReason, VerdictReason};
use super::{Bounds, Counted, ExpectedAct, WaitingAmendment};
use crate::agreement::Agreement;
use crate::day::Window;
use crate::record::{Approval, Blocker};
use crate::schedule::Ceiling;
use crate::terms::vocabulary::vocabulary;
use crate::terms::{Band, Standing};

vocabulary! {
    /// Whether a force is within what is required of it on a day.
    Verdict {
        /// The agreement does not bind on the day.
        NotBinding = "not-binding",
        /// No binding phase and no authorised baseline limits the force.
        NoLimit = "no-limit",
        /// No limit is due yet in every reading.
        NotDue = "not-due",
        /// Something is due, and there is no count.
        NotReported = "not-reported",
        /// The latest count is at or below the ceiling in every reading.
        Compliant = "compliant",
        /// The latest count is above a ceiling that was required on its day already, in every reading.
        Exceeded = "exceeded",
        /// The readings differ: see [why](crate::guide::faq#why-is-this-undetermined).
        Undetermined = "undetermined",
    }
}

vocabulary! {
    /// The outcome of a limit of a phase, or of its `done` event.
    Outcome {
        /// The ceiling was kept on the due day in every reading, whatever came after it.
        Met = "met",
        /// The ceiling was reached after the due day in every reading.
        Late = "late",
        /// The due day is past and the ceiling not reached in every reading.
        Overdue = "overdue",
        /// Late in some readings and overdue in all others.
        Missed = "missed",
        /// Not kept yet, and the deadline is not past in every reading.
        Pending = "pending",
        /// The readings differ: see [why](crate::guide::faq#why-is-this-undetermined).
        Undetermined = "undetermined",
        /// The deadline of the phase is not known yet.
        Awaiting = "awaiting",
        /// The deadline is past, and there is no count.
        NotReported = "not-reported",
        /// An amendment took the phase or its limit away.
        Dropped = "dropped",
    }
}

/// The latest count of a force.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Observed {
    /// The fewest.
    pub low: u32,
    /// The most; `None` is open.
    pub high: Option<u32>,
    /// The first day that it may be of.
    pub earliest: NaiveDate,
    /// The last day that it may be of.
    pub latest: NaiveDate,
    /// How many days before the day of judgement that is.
    pub age_days: Bounds,
}

/// The days between which a straight line from the baseline's count through the latest count reaches a ceiling.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Projected {
    /// The first; `None` where in no reading people leave, or not in the years up to 9999.
    pub earliest: Option<NaiveDate>,
    /// The last; `None` where in some reading nobody leaves, or not in the years up to 9999.
    pub latest: Option<NaiveDate>,
}

impl Projected {
    /// The widest of two.
    pub(super) fn hull(self, other: Self) -> Self {
        let earliest = [self.earliest, other.earliest].into_iter().flatten().min();
        Self { earliest, latest: self.latest.zip(other.latest).map(|(one, other)| one.max(other)) }
    }
}

/// One force on the day of judgement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ForceAssessment {
    /// The id of the force.
    pub force: String,
    /// Its name for people, where it has one.
    pub name: Option<String>,
    /// The unit of the counts, such as `persons`.
    pub unit: String,
    /// The ceiling that is required; `None` if nothing is required.
    pub ceiling: Option<Ceiling<String>>,
    /// Whether the force keeps to the ceiling.
    pub verdict: Verdict,
    /// The latest count.
    pub observed: Option<Observed>,
    /// Ceiling minus observed, in people; negative is above the ceiling.
    pub margin: Option<Bounds>,
    /// People a week, rounded up, that have to leave for the next binding milestone; open where no pace is enough.
    pub required_pace: Option<Bounds>,
    /// People a week that have left from the baseline's count to the latest count, rounded outwards; negative where more
    /// came than left. `None` without two counts, and where the baseline is authorised and so is none.
    pub observed_pace: Option<Bounds>,
    /// When the next binding milestone would be reached if people went on leaving so: arithmetic, and no forecast.
    pub projected: Option<Projected>,
    /// Why it is so; not serialised.
    #[serde(skip)]
    pub reason: VerdictReason,
}

/// A phase as an earlier version had it, judged; [*change*](crate::guide::change) has an example.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AsFirstAgreed {
    /// When it fell due.
    pub due: Option<Window>,
    /// The ceiling that it set.
    pub ceiling: Option<Band>,
    /// What became of it.
    pub outcome: Outcome,
    /// How many days after its deadline the ceiling was reached; negative is early.
    pub slip_days: Option<Bounds>,
    /// Whether the agreement bound when it fell due; not serialised.
    #[serde(skip)]
    pub binding_when_due: Option<bool>,
    /// Why it is so; not serialised.
    #[serde(skip)]
    pub reason: OutcomeReason,
}

/// One limit of a phase, or its `done` event, judged.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PhaseAssessment {
    /// The id of the phase.
    pub phase: String,
    /// Its name for people, where it has one.
    pub title: Option<String>,
    /// The id of the force; `None` for the `done` event.
    pub force: Option<String>,
    /// Whether the phase obliges.
    pub standing: Standing,
    /// When it falls due.
    pub due: Option<Window>,
    /// The ceiling that it sets.
    pub ceiling: Option<Band>,
    /// What became of it.
    pub outcome: Outcome,
    /// How many days after its deadline the ceiling was reached; negative is early.
    pub slip_days: Option<Bounds>,
    /// Whether the agreement bound on every day of its deadline that has come, or on none; `None` if on some, if none
    /// of them has come, or if none is known.
    pub binding_when_due: Option<bool>,
    /// The same by the first version that had it, where that had another deadline, ceiling or amount.
    pub original: Option<AsFirstAgreed>,
    /// Why it is so; not serialised.
    #[serde(skip)]
    pub reason: OutcomeReason,
}

impl PhaseAssessment {
    /// The outcome in words, with whether the agreement bound when the phase fell due: `overdue`, or `not binding when
    /// due; would be overdue`.
    #[must_use]
    pub fn outcome_in_words(&self) -> String {
        let Self { outcome, binding_when_due, .. } = self;
        if *binding_when_due == Some(false) {
            format!("not binding when due; would be {outcome}")
        } else {
            outcome.to_string()
        }
    }
}

/// The things that the steps of an agreement wait for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Blockers {
    /// Those of the announcement.
    pub announcement: Vec<Blocker>,
    /// Those of the execution.
    pub execution: Vec<Blocker>,
}

/// A count that cannot be true, and is not judged: more has left than there was, in every reading.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SetAside {
    /// The id of the force.
    pub force: String,
    /// The days that the count may be of.
    pub date: Window,
    /// The code of the advice that [`check_observations`](crate::Agreement::check_observations) gives on it.
    pub reason: &'static str,
    /// The number, as it was reported; not serialised.
    #[serde(skip)]
    pub counted: Counted,
}

/// An agreement judged on a day: each force has a verdict, each phase an outcome.
///
/// Displayed as the text of its [report](Assessment::report).
///
/// # Is a force within its ceiling, and was a phase kept?
///
/// ```
/// use force_drawdown::{Observation, Outcome, Verdict, catalog, day};
/// let amisom = catalog::get("amisom").unwrap().agreement;
/// // At most 21,626 by the end of 2017, and 20,626 by 28 February 2019.
/// let seen = [
///     Observation::present(day!(2018, 1, 31), 22_000).of("uniformed"),
///     Observation::present(day!(2018, 2, 10), 21_000).of("uniformed"),
/// ];
/// let judged = amisom.assess(&seen, day!(2018, 2, 15));
/// let force = &judged.forces[0];
/// assert_eq!((force.force.as_str(), force.verdict), ("uniformed", Verdict::Compliant));
/// let observed = force.observed.unwrap();
/// assert_eq!((observed.earliest, observed.age_days.low), (day!(2018, 2, 10), Some(5)));
/// assert_eq!(force.margin.unwrap().to_string(), "626");
/// // 374 people have to leave in the 262 days from 10 February to 30 October.
/// assert_eq!(force.required_pace.unwrap().to_string(), "10");
///
/// let (first, second) = (&judged.phases[0], &judged.phases[1]);
/// assert_eq!((first.outcome, second.outcome), (Outcome::Late, Outcome::Pending));
/// assert_eq!(first.due.unwrap().to_string(), "2017-12-31");
/// assert_eq!(first.slip_days.unwrap().to_string(), "32 to 41");
/// assert_eq!((first.binding_when_due, second.binding_when_due), (Some(true), None));
/// assert_eq!(first.outcome_in_words(), "late");
/// assert!(judged.binding && judged.blockers.announcement.is_empty());
/// assert_eq!(serde_json::to_value(&judged).unwrap()["phases"][0]["outcome"], "late");
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Assessment {
    /// The id of the document, where it has one.
    pub id: Option<String>,
    /// The title of the agreement.
    pub title: String,
    /// The day of judgement, at its end.
    pub on: NaiveDate,
    /// The cut-off day given to [`as_known_on`](crate::Agreement::as_known_on); `None` if the whole record counts.
    pub known: Option<NaiveDate>,
    /// The version in effect; 0 is as first agreed.
    pub version: usize,
    /// The approval state.
    pub approval: Approval,
    /// Whether the agreement binds.
    pub binding: bool,
    /// The things that its steps wait for.
    pub blockers: Blockers,
    /// The amendments that were adopted and wait for their event, in the order of adoption.
    pub waiting: Vec<WaitingAmendment>,
    /// The acts that are foreseen and that nothing on record up to the day has met, in the order of their days.
    pub expected: Vec<ExpectedAct>,
    /// Each force, in document order.
    pub forces: Vec<ForceAssessment>,
    /// Each limit and `done` event of each phase, in document order.
    pub phases: Vec<PhaseAssessment>,
    /// The counts that cannot be true and are not judged, by force and day.
    pub set_aside: Vec<SetAside>,
    #[serde(skip)]
    pub(crate) basis: Basis,
}

/// What an assessment was made from. Assessments are compared, and shown for debugging, by what they say.
#[derive(Clone)]
pub(crate) struct Basis {
    pub(crate) agreement: Agreement,
    pub(crate) evidence: Evidence,
    /// What it comes to on the day of judgement.
    pub(super) judged: Evidence,
}

impl PartialEq for Basis {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Basis {}

impl fmt::Debug for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Basis").finish_non_exhaustive()
    }
}
