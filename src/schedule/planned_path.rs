//! One end of a planned path: whole people on every day between dated points, in integers.
//!
//! Everything here is exact, so that a path never rises by as much as a rounding error: a line and
//! a cubic are rational numbers that are rounded down once, on the day that is asked about.

use std::num::Wrapping;

use crate::terms::vocabulary::vocabulary;

#[cfg(test)]
mod tests;

vocabulary! {
    /// How a planned path gets from one milestone to the next.
    ///
    /// This is what is planned and never what is required. No verdict depends on it.
    ///
    /// ```
    /// use force_drawdown::Interpolation;
    ///
    /// assert_eq!("monotone".parse(), Ok(Interpolation::Monotone));
    /// assert_eq!(Interpolation::default().to_string(), "linear");
    /// assert!("cubic".parse::<Interpolation>().is_err_and(|error| {
    ///     error.to_string() == "expected one of step, linear, monotone, found \"cubic\""
    /// }));
    /// ```
    #[derive(Default)]
    Interpolation {
        /// Holds, then drops on the day of the milestone.
        Step = "step",
        /// The straight line between neighbouring milestones, rounded down.
        #[default]
        Linear = "linear",
        /// A smooth curve that never rises and stays between neighbouring milestones (PCHIP), rounded down.
        Monotone = "monotone",
    }
}

/// The planned path of a force on a day, at its end.
///
/// ```
/// use force_drawdown::{Interpolation, Planned, catalog, day};
/// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
/// let schedule = iraq.schedule("us").unwrap();
/// let planned = schedule.planned_on(day!(2024, 9, 6), Interpolation::Linear);
/// assert_eq!(planned, Planned { low: Some(2_250), high: Some(2_750) });
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Planned {
    /// The low end; `None` where the path has no such end on the day.
    pub low: Option<u32>,
    /// The high end; likewise.
    pub high: Option<u32>,
}

/// A point that the path goes through: the people left at the end of a day, counted in days from the epoch.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Knot {
    pub(crate) day: i32,
    pub(crate) value: u32,
}

/// One end of a planned path.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct PlannedPath {
    knots: Vec<Knot>,
    /// The last day of a path that ends.
    pub(crate) until: Option<i32>,
}

impl PlannedPath {
    /// The path through knots whose days strictly increase, by at most 75,000 in all, and whose
    /// values never rise; other knots give some answer.
    ///
    /// It starts on the day of the first knot. After the last it is constant, `until` a day where the next
    /// milestone is awaited.
    pub(crate) const fn new(knots: Vec<Knot>, until: Option<i32>) -> Self {
        Self { knots, until }
    }

    /// The first day, and the last on which it differs from the day after.
    pub(crate) fn span(&self) -> Option<(i32, i32)> {
        let (first, last) = (self.knots.first()?.day, self.knots.last()?.day);
        Some((first, self.until.map_or(last, |until| until.max(last))))
    }

    pub(crate) fn knots(&self) -> &[Knot] {
        &self.knots
    }

    /// The people at the end of `day`; `None` before the first knot, and after the last where the path ends.
    pub(crate) fn at(&self, day: i32, how: Interpolation) -> Option<u32> {
        let next = self.knots.partition_point(|knot| knot.day <= day);
        let reached = self.knots.get(next.checked_sub(1)?)?;
        match self.curve(next, how) {
            Some(curve) => Some(curve.value(reached.day.abs_diff(day))),
            None => self.until.is_none_or(|until| day <= until).then_some(reached.value),
        }
    }

    /// As [`at`](Self::at), but a path that has ended goes on with its last value.
    pub(crate) fn last_value(&self, day: i32, how: Interpolation) -> Option<u32> {
        self.at(day.min(self.knots.last()?.day), how)
    }

    /// Writes what [`at`](Self::at) gives for each day from `from` on, and `absent` for `None`; without the end of the path
    /// what [`last_value`](Self::last_value) gives.
    pub(crate) fn fill(&self, from: i32, how: Interpolation, out: &mut [u32], absent: u32, until: Option<i32>) {
        let (Some(first), Some(last)) = (self.knots.first(), self.knots.last()) else {
            out.fill(absent);
            return;
        };
        let mut unfilled = Unfilled { day: from, rest: out };
        unfilled.take_until(first.day).fill(absent);
        let next = self.knots.partition_point(|knot| knot.day <= unfilled.day);
        let knots = self.knots.get(next.saturating_sub(1)..).unwrap_or_default();
        for (next, (left, right)) in (next..).zip(knots.iter().zip(knots.iter().skip(1))) {
            if unfilled.rest.is_empty() {
                return;
            }
            let since = left.day.abs_diff(unfilled.day);
            if let Some(curve) = self.curve(next, how) {
                curve.fill(since, unfilled.take_until(right.day));
            }
        }
        if let Some(until) = until {
            unfilled.take_until(until.saturating_add(1)).fill(last.value);
        }
        unfilled.rest.fill(if until.is_some() { absent } else { last.value });
    }

    /// The curve that leads to the knot at `index` from the one before it.
    fn curve(&self, index: usize, how: Interpolation) -> Option<Curve> {
        let knot = |index: Option<usize>| self.knots.get(index?).copied();
        let left = knot(index.checked_sub(1))?;
        let right = knot(Some(index))?;
        if left.value <= right.value || how == Interpolation::Step {
            return Some(Curve::Level(left.value));
        }
        if how == Interpolation::Linear || self.knots.len() == 2 {
            return Some(Curve::Line(Line::new(left, right)));
        }
        let before = knot(index.checked_sub(2)).map(|before| Secant::new(before, left));
        let after = knot(index.checked_add(1)).map(|after| Secant::new(right, after));
        Some(Curve::Cubic(Cubic::new(left.value, before, Secant::new(left, right), after)))
    }
}

/// The days that a fill has not come to yet.
pub(crate) struct Unfilled<'a> {
    pub(crate) day: i32,
    pub(crate) rest: &'a mut [u32],
}

impl<'a> Unfilled<'a> {
    /// Takes the days before `day`, or all that there are.
    pub(crate) fn take_until(&mut self, day: i32) -> &'a mut [u32] {
        let days = i64::from(day).saturating_sub(i64::from(self.day));
        let days = usize::try_from(days).unwrap_or(0).min(self.rest.len());
        self.day = self.day.max(day);
        self.rest.split_off_mut(..days).unwrap_or_default()
    }
}

/// What happens from one knot until the day before the next; `since` counts the days since the first of the two.
enum Curve {
    Level(u32),
    Line(Line),
    Cubic(Cubic),
}

impl Curve {
    fn value(&self, since: u32) -> u32 {
        match self {
            Self::Level(value) => *value,
            Self::Line(line) => line.value(since),
            Self::Cubic(cubic) => cubic.value(since),
        }
    }

    fn fill(&self, since: u32, out: &mut [u32]) {
        match self {
            Self::Level(value) => out.fill(*value),
            Self::Line(line) => line.fill(since, out),
            Self::Cubic(cubic) => cubic.fill(since, out),
        }
    }
}

/// Puts `value` of each day into `out`, for the curves that are too long for a running sum.
fn fill_each(since: u32, out: &mut [u32], value: impl Fn(u32) -> u32) {
    for (since, day) in (since..).zip(out) {
        *day = value(since);
    }
}

struct Line {
    start: u32,
    fall: u64,
    days: u64,
}

impl Line {
    /// Below this many days a running sum with 32 fractional bits is exact: it is above the line by less than days /
    /// 2^32, and a value that is not whole is at least 1 / days below the next whole one.
    const RUNNING_SUM_DAYS: u64 = 1 << 16;

    fn new(left: Knot, right: Knot) -> Self {
        Self {
            start: left.value,
            fall: u64::from(left.value.saturating_sub(right.value)),
            days: u64::from(right.day.abs_diff(left.day)).max(1),
        }
    }

    fn value(&self, since: u32) -> u32 {
        let fallen = self.fall.wrapping_mul(u64::from(since)).div_ceil(self.days);
        self.start.saturating_sub(u32::try_from(fallen).unwrap_or(u32::MAX))
    }

    fn fill(&self, since: u32, out: &mut [u32]) {
        let Some(fall) = (self.fall << 32).checked_div(self.days).filter(|_| self.days < Self::RUNNING_SUM_DAYS) else {
            return fill_each(since, out, |since| self.value(since));
        };
        let mut sum = (u64::from(self.start) << 32).wrapping_sub(fall.wrapping_mul(u64::from(since)));
        for day in out {
            *day = u32::try_from(sum >> 32).unwrap_or_default();
            sum = sum.wrapping_sub(fall);
        }
    }
}

#[derive(Clone, Copy)]
struct Secant {
    days: Wrapping<i128>,
    change: Wrapping<i128>,
}

impl Secant {
    fn new(left: Knot, right: Knot) -> Self {
        let difference = |left: i64, right: i64| Wrapping(i128::from(right.wrapping_sub(left)));
        Self {
            days: difference(left.day.into(), right.day.into()),
            change: difference(left.value.into(), right.value.into()),
        }
    }

    /// The tangent in the knot between two secants: the harmonic mean of their slopes, each with
    /// more weight where its secant is the shorter one.
    fn inner_tangent(left: Self, right: Self) -> Wrapping<i128> {
        let left_weight = right.days + right.days + left.days;
        let right_weight = left.days + left.days + right.days;
        // Where a slope is 0 so is the numerator; where both are, nothing divided by nothing is 0, too.
        tangent(
            (left_weight + right_weight) * left.change * right.change,
            left_weight * left.days * right.change + right_weight * right.days * left.change,
        )
    }

    /// The tangent in the first or last knot, from the secant that touches it and the next one inwards.
    fn end_tangent(outer: Self, inner: Self) -> Wrapping<i128> {
        // On a path that never rises, 0 where the sign differs from the slope's is all that is left
        // of the limits: a fall is below twice the outer slope.
        tangent(
            (outer.days + outer.days + inner.days) * outer.change * inner.days - outer.days * outer.days * inner.change,
            outer.days * inner.days * (outer.days + inner.days),
        )
        .min(Wrapping(0))
    }
}

const TANGENT_BITS: usize = 20;

/// A tangent in people a day, rounded towards zero, so that it stays in the range in which a cubic is monotone.
fn tangent(numerator: Wrapping<i128>, denominator: Wrapping<i128>) -> Wrapping<i128> {
    Wrapping((numerator << TANGENT_BITS).0.checked_div(denominator.0).unwrap_or(0))
}

/// A cubic in Hermite's form: `start` and the polynomial of the days since, over one denominator.
struct Cubic {
    start: u32,
    /// The tangent at the start, which is the linear coefficient over `cubed`.
    left: Wrapping<i128>,
    square: Wrapping<i128>,
    cube: Wrapping<i128>,
    /// The days of the curve to the third; the denominator has the bits of a tangent besides.
    cubed: Wrapping<i128>,
}

impl Cubic {
    /// Up to so many days a running sum with 96 fractional bits is exact: with each coefficient too great by at most
    /// 2^-96, it is above the curve by at most (days^3 + days^2) / 2^96, and a value that is not whole is at least
    /// 1 / (days^3 * 2^20) below the next whole one.
    const RUNNING_SUM_DAYS: i128 = 6_000;
    const RUNNING_SUM_BITS: usize = 96;

    fn new(start: u32, before: Option<Secant>, secant: Secant, after: Option<Secant>) -> Self {
        let end = |inner: Option<Secant>| inner.map_or(Wrapping(0), |inner| Secant::end_tangent(secant, inner));
        let left = before.map_or_else(|| end(after), |before| Secant::inner_tangent(before, secant));
        let right = after.map_or_else(|| end(before), |after| Secant::inner_tangent(secant, after));
        let Secant { days, change } = secant;
        let change = change << TANGENT_BITS;
        Self {
            start,
            left,
            square: (change + change + change - (left + left + right) * days) * days,
            cube: (left + right) * days - change - change,
            cubed: days * days * days,
        }
    }

    fn value(&self, since: u32) -> u32 {
        let since = Wrapping(i128::from(since));
        let numerator = ((self.cube * since + self.square) * since + self.left * self.cubed) * since;
        let whole = numerator.0.checked_div_euclid((self.cubed << TANGENT_BITS).0).unwrap_or(0);
        self.start.wrapping_add(low_word(whole))
    }

    /// Forward differences: each day adds the first difference to the value, the second to the
    /// first and the third, which is constant, to the second.
    fn fill(&self, since: u32, out: &mut [u32]) {
        const MOST: i128 = Cubic::RUNNING_SUM_DAYS.pow(3);
        let sums = [self.square, self.cube].map(|numerator| self.running_sum(numerator));
        let ([Some(square), Some(cube)], ..=MOST) = (sums, self.cubed.0) else {
            return fill_each(since, out, |since| self.value(since));
        };
        let start = Wrapping(i128::from(self.start)) << Self::RUNNING_SUM_BITS;
        let linear = self.left << (Self::RUNNING_SUM_BITS - TANGENT_BITS);
        let [mut value, next, after] = [0, 1, 2].map(|days| {
            let since = Wrapping(i128::from(since)) + Wrapping(days);
            ((cube * since + square) * since + linear) * since + start
        });
        let (mut first, mut second) = (next - value, after - next - next + value);
        let third = (cube + cube + cube) << 1;
        for day in out {
            *day = low_word((value >> Self::RUNNING_SUM_BITS).0);
            value += first;
            first += second;
            second += third;
        }
    }

    /// A coefficient for the running sum, too great by at most one in the last bit.
    fn running_sum(&self, numerator: Wrapping<i128>) -> Option<Wrapping<i128>> {
        const BITS: usize = Cubic::RUNNING_SUM_BITS - TANGENT_BITS;
        let whole = Wrapping(numerator.0.checked_div_euclid(self.cubed.0)?);
        let rest = (numerator - whole * self.cubed) << BITS;
        Some((whole << BITS) + Wrapping(rest.0.checked_div(self.cubed.0)?) + Wrapping(1))
    }
}

/// A number modulo 2^32.
fn low_word(number: i128) -> u32 {
    u32::try_from(number & i128::from(u32::MAX)).unwrap_or_default()
}
