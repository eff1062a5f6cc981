//! Exact rationals: as written, in bands, in sums, and as parts of people.

use std::cmp::Ordering;
use std::fmt;

use super::spelling::digits;
use crate::band::Band;

/// A rational number: as written a percentage with its decimals, or a fraction.
///
/// Two are equal if they are written in the same way; [`compare`](Self::compare) goes by value.
///
/// ```
/// use force_drawdown::terms::Ratio;
/// let half = Ratio::new(1, 2).unwrap();
/// assert_eq!((half.numerator(), half.denominator()), (1, 2));
/// assert_eq!([half, Ratio::percent(50)].map(|ratio| ratio.to_string()), ["1/2", "50%"]);
/// assert_ne!(half, Ratio::percent(50));
/// assert!(half.compare(Ratio::percent(50)).is_eq());
/// assert_eq!(Ratio::new(1, 0), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Ratio {
    numerator: u64,
    denominator: u64,
}

const MOST_DECIMALS: usize = 6;

impl Ratio {
    /// A fraction; `None` over 0.
    #[must_use]
    pub const fn new(numerator: u32, denominator: u32) -> Option<Self> {
        let (numerator, denominator) = (numerator as u64, denominator as u64);
        if denominator == 0 { None } else { Some(Self { numerator, denominator }) }
    }

    /// A whole percentage.
    #[must_use]
    pub const fn percent(n: u32) -> Self {
        Self { numerator: n as u64, denominator: 100 }
    }

    /// A fraction whose denominator is not 0.
    pub(super) const fn of(numerator: u64, denominator: u64) -> Self {
        Self { numerator, denominator }
    }

    /// The number above the line.
    #[must_use]
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// The number below the line; at least 1.
    #[must_use]
    pub const fn denominator(self) -> u64 {
        self.denominator
    }

    /// Compares two ratios by value, however they are written.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        let cross = |a: u64, b: u64| u128::from(a).wrapping_mul(u128::from(b));
        cross(self.numerator, other.denominator).cmp(&cross(other.numerator, self.denominator))
    }

    pub(crate) const ZERO: Self = Self { numerator: 0, denominator: 1 };
    pub(crate) const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// A fraction in lowest terms; over 0 is read as over 1.
    pub(crate) fn reduced(numerator: u64, denominator: u64) -> Self {
        let denominator = denominator.max(1);
        let divisor = gcd(numerator.into(), denominator.into());
        let reduce = |n: u64| u128::from(n).checked_div(divisor).and_then(|n| u64::try_from(n).ok()).unwrap_or(n);
        Self { numerator: reduce(numerator), denominator: reduce(denominator) }
    }

    fn in_lowest_terms(self) -> Self {
        Self::reduced(self.numerator, self.denominator)
    }

    /// So many tenths of it, in lowest terms.
    pub(super) fn tenths(self, tenths: u64) -> Self {
        Self::reduced(self.numerator.saturating_mul(tenths), self.denominator.saturating_mul(10))
    }

    /// What is left of one, nothing below zero.
    pub(crate) fn rest(self) -> Self {
        Self { numerator: self.denominator.saturating_sub(self.numerator), denominator: self.denominator }
    }

    fn decimals(self) -> Option<usize> {
        (0..=MOST_DECIMALS).find(|&decimals| {
            let scale = u32::try_from(decimals).ok().and_then(|decimals| 10_u64.checked_pow(decimals));
            scale.and_then(|scale| scale.checked_mul(100)) == Some(self.denominator)
        })
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let whole = |text: &str| {
            let zero = text.len() > 1 && text.starts_with('0');
            if zero { None } else { digits(text) }
        };
        if let Some((n, d)) = text.split_once('/') {
            return Self::new(whole(n)?, whole(d)?);
        }
        let percent = [" percent", " per cent", " %", "\u{a0}%", "\u{2009}%", "\u{202f}%", "%"];
        let text = percent.iter().find_map(|of| text.strip_suffix(of))?;
        let Some((percent, decimals)) = text.split_once('.') else { return Some(Self::percent(whole(text)?)) };
        let places = Some(decimals.len()).filter(|places| (1..=MOST_DECIMALS).contains(places))?;
        let scale = 10_u32.checked_pow(u32::try_from(places).ok()?)?;
        let numerator = whole(percent)?.checked_mul(scale)?.checked_add(digits(decimals)?)?;
        Self::new(numerator, scale.checked_mul(100)?)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimals() {
            Some(0) => write!(f, "{}%", self.numerator),
            Some(places) => {
                let scale = self.denominator.checked_div(100).unwrap_or(1);
                let whole = self.numerator.checked_div(scale).unwrap_or(0);
                let rest = self.numerator.checked_rem(scale).unwrap_or(0);
                write!(f, "{whole}.{rest:0places$}%")
            }
            None => write!(f, "{}/{}", self.numerator, self.denominator),
        }
    }
}

/// Whether an end of an interval of shares is in it: an open end is next to what it names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Side {
    /// Next below: the high end of "fewer than 50%".
    Below,
    At,
    /// Next above: the low end of "more than 50%".
    Above,
}

/// An end of an interval of shares, as a fraction in lowest terms.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct ShareEnd {
    pub(crate) at: Ratio,
    pub(crate) side: Side,
}

impl Ord for ShareEnd {
    fn cmp(&self, other: &Self) -> Ordering {
        self.at.compare(other.at).then(self.side.cmp(&other.side))
    }
}

impl PartialOrd for ShareEnd {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl ShareEnd {
    pub(crate) const ZERO: Self = Self { at: Ratio::ZERO, side: Side::At };
    pub(crate) const ONE: Self = Self { at: Ratio::ONE, side: Side::At };

    /// What is left of one, nothing below zero.
    fn rest(self) -> Self {
        let side = match self.side {
            _ if self >= Self::ONE => return Self::ZERO,
            Side::Below => Side::Above,
            Side::At => Side::At,
            Side::Above => Side::Below,
        };
        Self { at: self.at.rest().in_lowest_terms(), side }
    }

    /// The sum, which may exceed 1; where its exact value does not fit it is rounded up or down.
    fn plus(self, other: Self, up: bool) -> Self {
        let side = match (self.side, other.side) {
            (Side::At, side) | (side, Side::At) => side,
            (one, other) if one == other => one,
            _ => Side::At,
        };
        Self { at: add(self.at, other.at, up), side }
    }

    /// So many of people, rounded down or up: where an end is open, from next to it.
    fn of(self, people: u32, up: bool) -> u64 {
        let product = u128::from(people).saturating_mul(wide(self.at.numerator()));
        let denominator = wide(self.at.denominator()).max(1);
        let (floor, ceil) = (product.checked_div(denominator).unwrap_or(0), product.div_ceil(denominator));
        let whole = match (self.side, up) {
            (Side::Below, false) => ceil.saturating_sub(1),
            (Side::Above, true) if people > 0 => floor.saturating_add(1),
            (_, false) => floor,
            (_, true) => ceil,
        };
        u64::try_from(whole).unwrap_or(u64::MAX)
    }
}

/// An interval of shares, whose ends are fractions in lowest terms. Both ends are in it unless the text leaves them out.
///
/// ```
/// use force_drawdown::Share;
/// let bounds = |text: &str| text.parse::<Share>().unwrap().bounds().unwrap();
/// let about = bounds("about 30%");
/// assert_eq!([about.low(), about.high()].map(|end| end.to_string()), ["27%", "33%"]);
/// assert!(about.contains_band(bounds("3/10")));
/// assert!(bounds("at least 50%").contains_band(bounds("more than 50%")));
/// assert!(!bounds("more than 50%").contains_band(bounds("50%")));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ShareBand {
    pub(crate) low: ShareEnd,
    pub(crate) high: ShareEnd,
}

impl ShareBand {
    pub(crate) const ZERO: Self = Self { low: ShareEnd::ZERO, high: ShareEnd::ZERO };
    pub(crate) const ANY: Self = Self { low: ShareEnd::ZERO, high: ShareEnd::ONE };

    /// An interval within 0 to 1.
    pub(super) fn new((low, low_side): (Ratio, Side), (high, high_side): (Ratio, Side)) -> Option<Self> {
        let end = |at: Ratio, side| ShareEnd { at: at.in_lowest_terms(), side };
        let (low, high) = (end(low, low_side), end(high, high_side));
        (low <= high && high <= ShareEnd::ONE).then_some(Self { low, high })
    }

    /// The low end.
    #[must_use]
    pub const fn low(self) -> Ratio {
        self.low.at
    }

    /// The high end.
    #[must_use]
    pub const fn high(self) -> Ratio {
        self.high.at
    }

    /// Whether it holds every share of another.
    #[must_use]
    pub fn contains_band(self, other: Self) -> bool {
        self.low <= other.low && other.high <= self.high
    }

    /// What is left of one, nothing below zero.
    pub(crate) fn rest(self) -> Self {
        Self { low: self.high.rest(), high: self.low.rest() }
    }

    /// A share of a number of people, rounded down, as ceilings are.
    pub(crate) fn floor_of(self, base: Band) -> (u64, Option<u64>) {
        self.of(base, [false, false])
    }

    /// A share of a number of people, rounded up, as what is taken away is.
    pub(crate) fn ceil_of(self, base: Band) -> (u64, Option<u64>) {
        self.of(base, [true, true])
    }

    /// A share of a number of people who were counted: rounded outwards, and without an end that is open.
    pub(crate) fn counted_of(self, base: Band) -> (u64, Option<u64>) {
        self.of(base, [self.low.side == Side::Above, self.high.side != Side::Below])
    }

    fn of(self, base: Band, [low_up, high_up]: [bool; 2]) -> (u64, Option<u64>) {
        let high = match base.high() {
            Some(high) => Some(self.high.of(high, high_up)),
            // None of an unknown number is none.
            None if self.high <= ShareEnd::ZERO => Some(0),
            None => None,
        };
        (self.low.of(base.low(), low_up), high)
    }

    /// The sum, which may exceed 1; an end whose exact value does not fit is rounded outwards.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { low: self.low.plus(other.low, false), high: self.high.plus(other.high, true) }
    }
}

/// Denominator of a sum whose exact one does not fit.
const COARSE: u128 = 1 << 56;

fn add(a: Ratio, b: Ratio, up: bool) -> Ratio {
    let (an, ad, bn, bd) = (wide(a.numerator()), wide(a.denominator()), wide(b.numerator()), wide(b.denominator()));
    let exact = || {
        let divisor = gcd(ad, bd).max(1);
        let (a_scale, b_scale) = (bd.checked_div(divisor)?, ad.checked_div(divisor)?);
        let numerator = an.checked_mul(a_scale)?.checked_add(bn.checked_mul(b_scale)?)?;
        let denominator = ad.checked_mul(a_scale)?;
        let divisor = gcd(numerator, denominator).max(1);
        let numerator = u64::try_from(numerator.checked_div(divisor)?).ok()?;
        Some(Ratio::reduced(numerator, u64::try_from(denominator.checked_div(divisor)?).ok()?))
    };
    exact().unwrap_or_else(|| {
        let sum = coarse(a, up).saturating_add(coarse(b, up));
        Ratio::reduced(u64::try_from(sum).unwrap_or(u64::MAX), 1 << 56)
    })
}

fn coarse(share: Ratio, up: bool) -> u128 {
    let scaled = wide(share.numerator()).saturating_mul(COARSE);
    let denominator = wide(share.denominator()).max(1);
    if up { scaled.div_ceil(denominator) } else { scaled.checked_div(denominator).unwrap_or(0) }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

const fn wide(n: u64) -> u128 {
    n as u128
}

#[cfg(test)]
mod tests;
