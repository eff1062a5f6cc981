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
/// assert_eq!((half.to_string(), Ratio::percent(50).to_string()), ("1/2".into(), "50%".into()));
/// assert_ne!(half, Ratio::percent(50));
/// assert!(half.compare(Ratio::percent(50)).is_eq());
/// assert_eq!(Ratio::new(1, 0), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Ratio {
    numerator: u64,
    denominator: u64,
}

/// Most decimals of a percentage.
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

    /// What is above the line.
    #[must_use]
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// What is below the line; at least 1.
    #[must_use]
    pub const fn denominator(self) -> u64 {
        self.denominator
    }

    /// Which of two is the smaller by value, however they are written.
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

    /// The smaller one.
    pub(crate) fn min(self, other: Self) -> Self {
        if self.compare(other).is_le() { self } else { other }
    }

    /// The larger one.
    pub(crate) fn max(self, other: Self) -> Self {
        if self.compare(other).is_ge() { self } else { other }
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
            if zero { None } else { digits(text.as_bytes()) }
        };
        if let Some((n, d)) = text.split_once('/') {
            return Self::new(whole(n)?, whole(d)?);
        }
        let text = text.strip_suffix('%')?;
        let Some((percent, decimals)) = text.split_once('.') else { return Some(Self::percent(whole(text)?)) };
        let places = Some(decimals.len()).filter(|places| (1..=MOST_DECIMALS).contains(places))?;
        let scale = 10_u32.checked_pow(u32::try_from(places).ok()?)?;
        let numerator = whole(percent)?.checked_mul(scale)?.checked_add(digits(decimals.as_bytes())?)?;
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

/// A closed interval of shares, whose ends are fractions in lowest terms.
///
/// ```
/// use force_drawdown::Share;
/// let bounds = |text: &str| text.parse::<Share>().unwrap().bounds().unwrap();
/// let about = bounds("about 30%");
/// assert_eq!((about.low().to_string(), about.high().to_string()), ("27%".into(), "33%".into()));
/// assert!(about.contains_band(bounds("3/10")));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ShareBand {
    pub(crate) low: Ratio,
    pub(crate) high: Ratio,
}

impl ShareBand {
    /// None at all.
    pub(crate) const ZERO: Self = Self { low: Ratio::ZERO, high: Ratio::ZERO };
    /// From none to all.
    pub(crate) const ANY: Self = Self { low: Ratio::ZERO, high: Ratio::ONE };

    /// An interval within 0 to 1.
    pub(super) fn new(low: Ratio, high: Ratio) -> Option<Self> {
        let (low, high) = (low.in_lowest_terms(), high.in_lowest_terms());
        (low.compare(high).is_le() && high.compare(Ratio::ONE).is_le()).then_some(Self { low, high })
    }

    /// The low end.
    #[must_use]
    pub const fn low(self) -> Ratio {
        self.low
    }

    /// The high end.
    #[must_use]
    pub const fn high(self) -> Ratio {
        self.high
    }

    /// Whether it holds every share of another.
    #[must_use]
    pub fn contains_band(self, other: Self) -> bool {
        self.low.compare(other.low).is_le() && other.high.compare(self.high).is_le()
    }

    /// What is left of one, nothing below zero.
    pub(crate) fn rest(self) -> Self {
        Self { low: self.high.rest().in_lowest_terms(), high: self.low.rest().in_lowest_terms() }
    }

    /// The sum, which may exceed 1; an end whose exact value does not fit is rounded outwards.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { low: add(self.low, other.low, false), high: add(self.high, other.high, true) }
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

/// People times a share, rounded down.
pub(crate) fn floor_of(people: u32, share: Ratio) -> u64 {
    let product = u128::from(people).saturating_mul(wide(share.numerator()));
    let floor = product.checked_div(wide(share.denominator())).unwrap_or(0);
    u64::try_from(floor).unwrap_or(u64::MAX)
}

/// People times a share, rounded up.
pub(crate) fn ceil_of(people: u32, share: Ratio) -> u64 {
    let product = u128::from(people).saturating_mul(wide(share.numerator()));
    u64::try_from(product.div_ceil(wide(share.denominator()).max(1))).unwrap_or(u64::MAX)
}

/// A share of a number of people that is known to lie in a band, rounded down.
pub(crate) fn floor_band(base: Band, share: ShareBand) -> (u64, Option<u64>) {
    (floor_of(base.low(), share.low), upper(base, share.high, floor_of))
}

/// A share of a number of people that is known to lie in a band, rounded up.
pub(crate) fn ceil_band(base: Band, share: ShareBand) -> (u64, Option<u64>) {
    (ceil_of(base.low(), share.low), upper(base, share.high, ceil_of))
}

fn upper(base: Band, share: Ratio, round: impl Fn(u32, Ratio) -> u64) -> Option<u64> {
    match base.high() {
        Some(high) => Some(round(high, share)),
        // None of an unknown number is none.
        None if share.numerator() == 0 => Some(0),
        None => None,
    }
}
