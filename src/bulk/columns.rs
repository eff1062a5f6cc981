//! Columns of rows: what is asked, what is answered, and what a column holds where there is no answer.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::assessment::Verdict;
use crate::day;

/// The value for no number in a column of people: nothing is required or planned, the number is not known,
/// or the end is open. It is above every number of people.
pub const NONE: u32 = u32::MAX;

/// The value for no margin in a column of margins.
pub const NO_MARGIN: i64 = i64::MIN;

/// The code for no verdict in a column of verdicts: the portfolio does not have the key, or the agreement
/// does not have the force yet.
pub const NO_VERDICT: u8 = u8::MAX;

/// The key that [`Portfolio::keys`](super::Portfolio::keys) writes where the portfolio has no such agreement or force.
/// No force has it.
pub const NO_KEY: u32 = u32::MAX;

pub(super) fn count(days: &RangeInclusive<NaiveDate>) -> usize {
    let days = day::days_between(*days.start(), *days.end()).saturating_add(1);
    usize::try_from(days).unwrap_or(0)
}

impl Verdict {
    /// The code of the verdict in a column: its place in [`Verdict::ALL`].
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The verdict with this code; `None` if no verdict has it.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}

/// Input columns: row *i* is one count, with the key of its force, its day, and its lowest and highest number of people.
#[derive(Clone, Copy, Debug)]
pub struct CountColumns<'a> {
    /// The key of the force, from [`Portfolio::add`](super::Portfolio::add) or [`Portfolio::key`](super::Portfolio::key).
    pub keys: &'a [u32],
    /// The day, counted from 1970-01-01 as Arrow's Date32 does.
    pub days: &'a [i32],
    /// The lowest number of people; [`NONE`] if there is no count.
    pub low: &'a [u32],
    /// The highest number of people, at least the lowest; [`NONE`] if it is open. For exact counts, pass the same column
    /// as `low`.
    pub high: &'a [u32],
}

impl CountColumns<'_> {
    /// The number of rows that all columns have, those of the output included.
    pub(super) fn count(&self, out: &VerdictColumns<'_>) -> usize {
        let VerdictColumns { verdicts, margin_low, margin_high } = out;
        self.len().min(verdicts.len()).min(margin_low.len()).min(margin_high.len())
    }

    /// The number of rows that all columns have.
    pub(super) fn len(&self) -> usize {
        let Self { keys, days, low, high } = self;
        keys.len().min(days.len()).min(low.len()).min(high.len())
    }
}

/// Output columns: row *i* is the verdict on count *i*, and the margin as a range.
#[derive(Debug)]
pub struct VerdictColumns<'a> {
    /// The code of the verdict, as [`Verdict::code`] gives it, or [`NO_VERDICT`].
    pub verdicts: &'a mut [u8],
    /// The smallest margin, in people: ceiling minus count; [`NO_MARGIN`] if it is open or nothing can be compared.
    pub margin_low: &'a mut [i64],
    /// The largest margin, in people; likewise.
    pub margin_high: &'a mut [i64],
}
