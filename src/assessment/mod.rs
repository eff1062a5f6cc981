//! Judged: whether the agreement is being kept, as far as the counts can tell.

mod bounds;
mod comparison;
pub(crate) mod evidence;
mod explain;
mod judge;
mod judged_phases;
mod observation;
#[cfg(feature = "csv1")]
mod observation_csv;
mod observation_reading;
mod observation_rules;
mod outcome;
pub mod reasons;
mod result;
mod score;
mod unknowns;
mod verdict;

pub use bounds::Bounds;
pub use comparison::DayComparison;
pub use explain::Explanation;
pub use observation::{Counted, Observation, ObservationKind};
#[cfg(feature = "csv1")]
pub use observation_csv::{BadCell, BadRows, CsvError, CsvMistake};
pub use result::{AsFirstAgreed, Assessment, Blockers, ForceAssessment, Observed, Outcome, PhaseAssessment, Verdict};
pub use score::Score;
pub use unknowns::{Unknown, UnknownKind};
pub(crate) use verdict::binds;
