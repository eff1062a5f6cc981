//! Numbers of people that are known to lie in an interval.

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::wording::thousands;

/// The greatest number of people that a document may state.
///
/// ```
/// use force_drawdown::{MAX_PEOPLE, Quantity};
/// assert!(Quantity::exactly(MAX_PEOPLE).band().is_some());
/// assert!(Quantity::exactly(MAX_PEOPLE + 1).band().is_none());
/// ```
pub const MAX_PEOPLE: u32 = 4_294_967_294;

/// A closed interval of people, open above where it has no high end.
///
/// ```
/// use force_drawdown::Band;
/// assert_eq!(Band::new(1251, Some(2550)).unwrap().to_string(), "1,251-2,550");
/// assert_eq!(Band::OPEN.to_string(), "any number");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Band {
    low: u32,
    high: Option<u32>,
}

impl Band {
    /// Any number.
    pub const OPEN: Self = Self { low: 0, high: None };

    /// From `low` to `high`, both included; `None` if that is empty or above [`MAX_PEOPLE`].
    ///
    /// ```
    /// use force_drawdown::Band;
    /// assert!(Band::new(2, Some(2)).is_some());
    /// assert!(Band::new(2, Some(1)).is_none());
    /// assert!(Band::new(0, Some(u32::MAX)).is_none());
    /// ```
    #[must_use]
    pub const fn new(low: u32, high: Option<u32>) -> Option<Self> {
        match high {
            Some(high) if high < low || high > MAX_PEOPLE => None,
            _ if low > MAX_PEOPLE => None,
            _ => Some(Self { low, high }),
        }
    }

    /// One number, at most [`MAX_PEOPLE`].
    ///
    /// ```
    /// use force_drawdown::Band;
    /// assert!(Band::exactly(3).is_exact());
    /// ```
    #[must_use]
    pub const fn exactly(n: u32) -> Self {
        let n = if n > MAX_PEOPLE { MAX_PEOPLE } else { n };
        Self { low: n, high: Some(n) }
    }

    /// The low end.
    ///
    /// ```
    /// use force_drawdown::Quantity;
    /// assert_eq!(Quantity::hundreds().band().unwrap().low(), 200);
    /// ```
    #[must_use]
    pub const fn low(self) -> u32 {
        self.low
    }

    /// The high end; `None` is open.
    ///
    /// ```
    /// use force_drawdown::Quantity;
    /// assert_eq!(Quantity::hundreds().band().unwrap().high(), Some(999));
    /// assert_eq!(Quantity::at_least(5).band().unwrap().high(), None);
    /// ```
    #[must_use]
    pub const fn high(self) -> Option<u32> {
        self.high
    }

    /// Whether it holds one number.
    ///
    /// ```
    /// use force_drawdown::Band;
    /// assert!(!Band::OPEN.is_exact());
    /// ```
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.high == Some(self.low)
    }

    /// Whether it holds a number.
    ///
    /// ```
    /// use force_drawdown::Band;
    /// assert!(Band::exactly(3).contains(3));
    /// assert!(!Band::exactly(3).contains(4));
    /// ```
    #[must_use]
    pub fn contains(self, n: u32) -> bool {
        self.low <= n && self.high.is_none_or(|high| n <= high)
    }

    /// Whether it holds every number of another.
    ///
    /// ```
    /// use force_drawdown::Band;
    /// assert!(Band::OPEN.contains_band(Band::exactly(3)));
    /// assert!(!Band::exactly(3).contains_band(Band::OPEN));
    /// ```
    #[must_use]
    pub fn contains_band(self, other: Self) -> bool {
        let above = self.high.is_none_or(|ours| other.high.is_some_and(|theirs| theirs <= ours));
        self.low <= other.low && above
    }
}

/// `2,550`, `1,251-2,550`, `up to 2,550`, `at least 2,000`, `any number`.
impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let low = thousands(self.low);
        f.pad(&match self.high {
            Some(high) if high == self.low => low.to_string(),
            Some(high) if self.low == 0 => format!("up to {}", thousands(high)),
            Some(high) => format!("{low}-{}", thousands(high)),
            None if self.low == 0 => "any number".to_owned(),
            None => format!("at least {low}"),
        })
    }
}

impl Serialize for Band {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut band = serializer.serialize_struct("Band", 2)?;
        band.serialize_field("low", &self.low)?;
        band.serialize_field("high", &self.high)?;
        band.end()
    }
}
