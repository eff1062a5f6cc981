//! Many questions at once: dense series, portfolios of agreements, and reading by the line.
//!
//! Every answer here is the answer of the single question. The chapter [*bulk*](crate::guide::bulk) shows which call to
//! use, and [*performance*](crate::guide::performance) what each costs. Answers are written into the caller's columns, so
//! that memory is used again.

mod block;
mod columns;
mod fill;
#[cfg(feature = "serde_json1")]
mod json_lines;
mod names;
mod portfolio;
mod segments;
mod series;

pub use columns::{CountColumns, NO_KEY, NO_MARGIN, NO_VERDICT, NONE, VerdictColumns};
#[cfg(all(feature = "serde_json1", feature = "rayon1"))]
pub use json_lines::read_lines_parallel;
#[cfg(feature = "serde_json1")]
pub use json_lines::{BadLine, LineError, read_lines};
pub use names::AddError;
pub use portfolio::Portfolio;
pub use series::{RequiredEnds, Series};
