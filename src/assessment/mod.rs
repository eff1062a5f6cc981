//! Judged: whether the agreement is being kept, as far as the counts can tell.
//!
//! [`Agreement::assess`](crate::Agreement::assess) judges a list of [`Observation`]s in an [`Assessment`]. Here are the parts of
//! it, and the mistakes of observations in CSV.

pub(crate) mod acts_to_come;
mod bounds;
mod comparison;
pub(crate) mod evidence;
mod judge;
mod judged_phases;
mod observation;
#[cfg(feature = "csv1")]
mod observation_csv;
mod observation_rules;
mod outcome;
mod pace;
pub mod reasons;
mod result;
mod score;
pub(crate) mod sums;
mod unknowns;
mod verdict;

pub use acts_to_come::{ExpectedAct, WaitingAmendment};
pub use bounds::Bounds;
pub use comparison::DayComparison;
pub use judge::Judging;
pub use observation::Counted;
#[doc(hidden)]
pub use observation::{Observation, ObservationKind};
#[cfg(feature = "csv1")]
pub(crate) use observation_csv::guarded;
#[cfg(feature = "csv1")]
pub use observation_csv::{BadCell, BadRows, CsvError, CsvMistake};
pub use result::{AsFirstAgreed, Blockers, ForceAssessment, Observed, PhaseAssessment, Projected, SetAside};
#[doc(hidden)]
pub use result::{Assessment, Outcome, Verdict};
pub use score::Score;
pub use unknowns::{Unknown, UnknownKind};
pub(crate) use verdict::binds;
#[cfg(feature = "chart")]
pub(crate) use verdict::on_its_days;
