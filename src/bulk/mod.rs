//! Many questions at once: dense series, portfolios of agreements, and reading by the line.
//!
//! Everything here gives exactly what the single questions give, day by day, only faster; the chapter on speed of the
//! guide says what each costs. Answers go into the caller's columns, so that memory is used again.

mod block;
mod fill;
#[cfg(feature = "serde_json1")]
mod json_lines;
mod portfolio;
mod segments;
mod series;

use std::ops::RangeInclusive;

use chrono::NaiveDate;

#[cfg(all(feature = "serde_json1", feature = "rayon1"))]
pub use json_lines::read_lines_parallel;
#[cfg(feature = "serde_json1")]
pub use json_lines::{BadLine, LineError, read_lines};
pub use portfolio::{AddError, CountColumns, Portfolio, VerdictColumns};
pub use series::{Ends, RequiredEnds, Series};

use crate::assessment::Verdict;
use crate::day;

/// What stands in a column of numbers of people where there is none: nothing is required or planned, it is not known,
/// or the end is open. It is no number of people.
///
/// ```
/// use force_drawdown::{MAX_PEOPLE, bulk};
/// assert!(bulk::NONE > MAX_PEOPLE);
/// ```
pub const NONE: u32 = u32::MAX;

/// What stands in a column of margins where there is none.
pub const NO_MARGIN: i64 = i64::MIN;

/// What stands in a column of verdicts where there is none: the key is not one of the portfolio, or its force is not yet
/// one of the agreement.
///
/// ```
/// use force_drawdown::{Verdict, bulk};
/// assert_eq!(Verdict::from_code(bulk::NO_VERDICT), None);
/// ```
pub const NO_VERDICT: u8 = u8::MAX;

/// How many days a range has.
fn count(days: &RangeInclusive<NaiveDate>) -> usize {
    let days = day::days_between(*days.start(), *days.end()).saturating_add(1);
    usize::try_from(days).unwrap_or(0)
}

impl Verdict {
    /// The code of the verdict in a column: its place in [`Verdict::ALL`].
    ///
    /// ```
    /// use force_drawdown::Verdict;
    /// assert_eq!(Verdict::Compliant.code(), 4);
    /// ```
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The verdict with this code.
    ///
    /// ```
    /// use force_drawdown::Verdict;
    /// assert_eq!(Verdict::from_code(5), Some(Verdict::Exceeded));
    /// ```
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}
