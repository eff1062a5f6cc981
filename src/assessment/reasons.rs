//! Why a verdict or an outcome is what it is, as data; [`Assessment::explain`](crate::Assessment::explain) says it in words.
//!
//! ```
//! use force_drawdown::assessment::reasons::{Comparison, Dated};
//! use force_drawdown::{Act, ActKind, Agreement, Observation, catalog, day};
//! // At most 1,251 in the strict reading, and 2,550 in the lenient one, by September 2025.
//! let terms = catalog::get("us-iraq-2024").unwrap().agreement.into_terms();
//! let approved = Act::new(day!(2024, 9, 27), ActKind::Approved);
//! let plan = Agreement::try_from(terms.act(approved)).unwrap();
//! let seen = [Observation::present(day!(2025, 8, 20), 2_000)];
//! let judged = plan.assess(&seen, day!(2025, 10, 15));
//! let reason = &judged.forces[0].reason;
//! assert_eq!(reason.latest[0].comparison, Some(Comparison::Either));
//! assert_eq!(reason.settled_by.unwrap().at_most, 1_251);
//! let reason = &judged.phases[0].reason;
//! assert_eq!(reason.counts[0].0, Dated::ByTheDeadline);
//! assert_eq!(reason.settled_by.unwrap().from, Some(day!(2025, 8, 21)));
//! ```

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Counted;
use crate::day::Window;
use crate::schedule::SetBy;
use crate::terms::{Band, Event};
use crate::wording::excerpt;

/// How a count compares with a ceiling, over all readings of both.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Comparison {
    /// The count is at or below the ceiling in every reading.
    AtOrBelow,
    /// The count is above the ceiling in every reading.
    Above,
    /// The readings differ.
    Either,
}

/// A count that was looked at.
///
/// Displayed as `24000..24500 present on 1989-10-31 (source: UN)`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JudgedCount {
    /// The days that the count may be of.
    pub days: Window,
    /// The number, as it was reported.
    pub counted: Counted,
    /// A key of the document's sources, or free text.
    pub source: Option<Arc<str>>,
    /// How the count compares with the ceiling; `None` where nothing is required yet.
    pub comparison: Option<Comparison>,
}

impl fmt::Display for JudgedCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.counted, self.days)?;
        self.source.as_ref().map_or(Ok(()), |source| write!(f, " (source: {})", excerpt(source)))
    }
}

/// Why a force has its verdict.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VerdictReason {
    /// The latest count: all that may be the latest, in the order of their days.
    pub latest: Vec<JudgedCount>,
    /// The greatest age in days of a count that is judged, if the latest count may be older.
    pub too_old_for: Option<u32>,
    /// The later count that would settle the verdict, if it is `not-reported` or `undetermined`.
    pub settled_by: Option<SettlingCount>,
    /// The next step that binds the force itself, for which a pace is required.
    pub next: Option<NextStep>,
}

/// The next ceiling that a force has to come down to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NextStep {
    /// The phase, or an authorised baseline.
    pub by: SetBy<String>,
    /// The days on which the ceiling falls due.
    pub due: Window,
    /// The ceiling from then on, in all readings.
    pub ceiling: Band,
}

/// A later count that would settle a verdict.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SettlingCount {
    /// A count of at most so many people makes it `compliant`.
    pub at_most: u32,
    /// A count of at least so many people, dated after the ceiling fell due, makes it `exceeded`; `None` where the
    /// ceiling has no upper end.
    pub at_least: Option<u32>,
}

/// Why a limit or a `done` event of a phase has its outcome.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OutcomeReason {
    /// The last count by the deadline, the last that may be before or after it, and the last after it: those that there
    /// are.
    pub counts: Vec<(Dated, JudgedCount)>,
    /// The day of the baseline, from which on counts are looked at; `None` without a baseline.
    pub counts_from: Option<NaiveDate>,
    /// The day of the new baseline that settled the phase, before which counts are looked at.
    pub counts_before: Option<NaiveDate>,
    /// The events that the deadline waits for, if the outcome is `awaiting`; none if the text leaves it open.
    pub awaiting: Vec<Event>,
    /// When the `done` event happened, if it has.
    pub happened: Option<Window>,
    /// The last day at whose end the `done` event is on record as not having happened.
    pub not_yet: Option<NaiveDate>,
    /// The days of which one more count at or below the ceiling would make the outcome `met`, if the outcome is
    /// `not-reported` or `undetermined`.
    pub settled_by: Option<SettlingDays>,
}

/// Where the day of a count is, before or after the deadline of a phase.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Dated {
    /// By the deadline of the lenient reading.
    ByTheDeadline,
    /// By the deadline or after it: the days of the count allow both.
    Either,
    /// After the deadline.
    After,
}

/// The days of one more count that would settle an outcome.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SettlingDays {
    /// The first day; `None` if any day until the last will do.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: NaiveDate,
}
