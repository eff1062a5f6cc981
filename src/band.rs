//! Numbers of people that are known to lie in an interval.

use std::fmt;

use serde::Serialize;

use crate::wording::thousands;

/// The greatest number of people that a document may state.
///
/// ```
/// use force_drawdown::{MAX_PEOPLE, Quantity};
/// assert!(Quantity::Exact(MAX_PEOPLE).band().is_some());
/// assert!(Quantity::Exact(MAX_PEOPLE + 1).band().is_none());
/// ```
pub const MAX_PEOPLE: u32 = 4_294_967_294;

/// Numbers of people from a low end to a high end, both included; open above without a high end.
///
/// Displayed as `2,550`, `1,251-2,550`, `up to 2,550`, `at least 2,000` or `any number`.
///
/// ```
/// use force_drawdown::{Band, Quantity};
/// let band = Band::new(1_251, Some(2_550)).unwrap();
/// assert_eq!((band.low(), band.high(), band.is_exact()), (1_251, Some(2_550), false));
/// assert_eq!([band, Band::OPEN].map(|it| it.to_string()), ["1,251-2,550", "any number"]);
/// assert!(band.contains(1_251) && !band.contains(1_250));
/// assert!(Band::OPEN.contains_band(band) && band.contains_band(Band::exactly(2_000)));
/// assert_eq!(Band::new(2, Some(1)), None);
/// assert_eq!(Quantity::AtLeast(5).band().unwrap().high(), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
pub struct Band {
    low: u32,
    high: Option<u32>,
}

impl Band {
    /// Any number.
    pub const OPEN: Self = Self { low: 0, high: None };

    /// From `low` to `high`, both included; `None` if that is empty or above [`MAX_PEOPLE`].
    #[must_use]
    pub const fn new(low: u32, high: Option<u32>) -> Option<Self> {
        match high {
            Some(high) if high < low || high > MAX_PEOPLE => None,
            _ if low > MAX_PEOPLE => None,
            _ => Some(Self { low, high }),
        }
    }

    /// One number, at most [`MAX_PEOPLE`].
    #[must_use]
    pub const fn exactly(n: u32) -> Self {
        let n = if n > MAX_PEOPLE { MAX_PEOPLE } else { n };
        Self { low: n, high: Some(n) }
    }

    /// The narrowest band around both.
    pub(crate) fn hull(self, other: Self) -> Self {
        let high = self.high.zip(other.high).map(|(one, other)| one.max(other));
        Self { low: self.low.min(other.low), high }
    }

    /// The low end.
    #[must_use]
    pub const fn low(self) -> u32 {
        self.low
    }

    /// The high end; `None` is open.
    #[must_use]
    pub const fn high(self) -> Option<u32> {
        self.high
    }

    /// Whether it holds one number.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.high == Some(self.low)
    }

    /// Whether it holds a number.
    #[must_use]
    pub fn contains(self, n: u32) -> bool {
        self.low <= n && self.high.is_none_or(|high| n <= high)
    }

    /// Whether it holds every number of another.
    #[must_use]
    pub fn contains_band(self, other: Self) -> bool {
        let above = self.high.is_none_or(|ours| other.high.is_some_and(|theirs| theirs <= ours));
        self.low <= other.low && above
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let low = thousands(self.low);
        f.pad(&match self.high {
            Some(high) if high == self.low => low,
            Some(high) if self.low == 0 => format!("up to {}", thousands(high)),
            Some(high) => format!("{low}-{}", thousands(high)),
            None if self.low == 0 => "any number".to_owned(),
            None => format!("at least {low}"),
        })
    }
}
