//! The least and the greatest number that any reading gives.

use std::fmt;

use serde::Serialize;

use crate::wording::thousands;

/// The least and the greatest number that any reading gives: of days, of people, or of people a week.
///
/// Displayed as `2 to 10`, `3`, `at least -1,097`, `at most 1,000` or `not known`.
///
/// ```
/// use force_drawdown::assessment::Bounds;
/// assert_eq!(Bounds { low: Some(-2_200), high: Some(750) }.to_string(), "-2,200 to 750");
/// assert_eq!(Bounds { low: Some(-1_097), high: None }.to_string(), "at least -1,097");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Bounds {
    /// The least; `None` where it is open or not known.
    pub low: Option<i64>,
    /// The greatest; `None` where it is open or not known.
    pub high: Option<i64>,
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => write!(f, "{}", thousands(low)),
            (Some(low), Some(high)) => write!(f, "{} to {}", thousands(low), thousands(high)),
            (Some(low), None) => write!(f, "at least {}", thousands(low)),
            (None, Some(high)) => write!(f, "at most {}", thousands(high)),
            (None, None) => f.write_str("not known"),
        }
    }
}

impl Bounds {
    /// The widest of several: an end is open if one of them has it open.
    pub(super) fn hull(self, other: Self) -> Self {
        let high = self.high.zip(other.high).map(|(one, other)| one.max(other));
        Self { low: self.low.zip(other.low).map(|(one, other)| one.min(other)), high }
    }
}
