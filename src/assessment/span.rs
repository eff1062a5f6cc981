//! Slips, margins and paces in words.

use std::fmt;

use super::{Margin, Pace, Slip};
use crate::wording::thousands;

/// `-5 to 1,200`, `at least 3`, `at most 3`, `3`, `not known`.
fn span(f: &mut fmt::Formatter<'_>, low: Option<i64>, high: Option<i64>) -> fmt::Result {
    match (low, high) {
        (Some(low), Some(high)) if low == high => write!(f, "{}", thousands(low)),
        (Some(low), Some(high)) => write!(f, "{} to {}", thousands(low), thousands(high)),
        (Some(low), None) => write!(f, "at least {}", thousands(low)),
        (None, Some(high)) => write!(f, "at most {}", thousands(high)),
        (None, None) => f.write_str("not known"),
    }
}

/// The days: `2 to 10`, `3`, `at least -1,097`, `not known`.
///
/// ```
/// use force_drawdown::Slip;
/// assert_eq!(Slip { low: Some(-1_097), high: None }.to_string(), "at least -1,097");
/// ```
impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        span(f, self.low, self.high)
    }
}

/// The people: `-2,200 to 750`, `0`, `at most 1,000`, `not known`.
///
/// ```
/// use force_drawdown::Margin;
/// assert_eq!(Margin { low: Some(-2_200), high: Some(750) }.to_string(), "-2,200 to 750");
/// ```
impl fmt::Display for Margin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        span(f, self.low, self.high)
    }
}

/// The people a week: `19`, `10 to 1,200`, `at least 10`.
///
/// ```
/// use force_drawdown::Pace;
/// assert_eq!(Pace { low: Some(10), high: Some(1_200) }.to_string(), "10 to 1,200");
/// ```
impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signed = |people: u64| i64::try_from(people).unwrap_or(i64::MAX);
        span(f, self.low.map(signed), self.high.map(signed))
    }
}
