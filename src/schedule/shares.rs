//! Exact shares of people, and sums of them.

use crate::terms::{Band, Fraction};

/// Two ends of a share, the low one first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Shares {
    pub(crate) low: Fraction,
    pub(crate) high: Fraction,
}

impl Shares {
    pub(crate) const ZERO: Self = Self { low: Fraction::ZERO, high: Fraction::ZERO };

    /// What is left of one, nothing below zero.
    pub(crate) fn rest(self) -> Self {
        Self { low: rest(self.high), high: rest(self.low) }
    }

    /// The sum; an end whose exact value does not fit is rounded outwards.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { low: add(self.low, other.low, false), high: add(self.high, other.high, true) }
    }
}

fn rest(share: Fraction) -> Fraction {
    let left = share.denominator().saturating_sub(share.numerator());
    Fraction::new(left, share.denominator())
}

/// Denominator of a sum whose exact one does not fit.
const COARSE: u128 = 1 << 56;

fn add(a: Fraction, b: Fraction, up: bool) -> Fraction {
    let (an, ad, bn, bd) = (wide(a.numerator()), wide(a.denominator()), wide(b.numerator()), wide(b.denominator()));
    let exact = || {
        let divisor = gcd(ad, bd).max(1);
        let (a_scale, b_scale) = (bd.checked_div(divisor)?, ad.checked_div(divisor)?);
        let numerator = an.checked_mul(a_scale)?.checked_add(bn.checked_mul(b_scale)?)?;
        let denominator = ad.checked_mul(a_scale)?;
        let divisor = gcd(numerator, denominator).max(1);
        let numerator = u64::try_from(numerator.checked_div(divisor)?).ok()?;
        Some(Fraction::new(numerator, u64::try_from(denominator.checked_div(divisor)?).ok()?))
    };
    exact().unwrap_or_else(|| {
        let sum = coarse(a, up).saturating_add(coarse(b, up));
        Fraction::new(u64::try_from(sum).unwrap_or(u64::MAX), 1 << 56)
    })
}

fn coarse(share: Fraction, up: bool) -> u128 {
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
pub(crate) fn floor_of(people: u32, share: Fraction) -> u64 {
    let product = u128::from(people).saturating_mul(wide(share.numerator()));
    let floor = product.checked_div(wide(share.denominator())).unwrap_or(0);
    u64::try_from(floor).unwrap_or(u64::MAX)
}

/// People times a share, rounded up.
pub(crate) fn ceil_of(people: u32, share: Fraction) -> u64 {
    let product = u128::from(people).saturating_mul(wide(share.numerator()));
    u64::try_from(product.div_ceil(wide(share.denominator()).max(1))).unwrap_or(u64::MAX)
}

/// A share of a number of people that is known to lie in a band, rounded down.
pub(crate) fn floor_band(base: Band, share: Shares) -> (u64, Option<u64>) {
    (floor_of(base.low(), share.low), upper(base, share.high, floor_of))
}

/// A share of a number of people that is known to lie in a band, rounded up.
pub(crate) fn ceil_band(base: Band, share: Shares) -> (u64, Option<u64>) {
    (ceil_of(base.low(), share.low), upper(base, share.high, ceil_of))
}

fn upper(base: Band, share: Fraction, round: impl Fn(u32, Fraction) -> u64) -> Option<u64> {
    match base.high() {
        Some(high) => Some(round(high, share)),
        // None of an unknown number is none.
        None if share.numerator() == 0 => Some(0),
        None => None,
    }
}
