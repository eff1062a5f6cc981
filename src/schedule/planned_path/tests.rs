#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Interpolation, Knot, PlannedPath};

const ABSENT: u32 = u32::MAX;

fn knots(points: &[(i32, u32)]) -> Vec<Knot> {
    points.iter().map(|&(day, value)| Knot { day, value }).collect()
}

fn path(points: &[(i32, u32)]) -> PlannedPath {
    PlannedPath::new(knots(points), false)
}

/// Falling knots: a first day, a first value, and steps of days and of people that are often none.
fn falling(count: usize, days: u32, people: u32) -> impl Strategy<Value = Vec<Knot>> {
    let fall = prop_oneof![1 => Just(0), 2 => 0..=people, 1 => 0..=3_u32];
    let step = prop_oneof![3 => 1..=days, 1 => 1..=3_u32];
    (-200_000..200_000_i32, 0..=people, vec((step, fall), 0..count)).prop_map(|(day, last, steps)| {
        let total: u64 = steps.iter().map(|&(_, fall)| u64::from(fall)).sum();
        let mut value = u32::try_from(u64::from(last) + total).unwrap();
        let mut knots = vec![Knot { day, value }];
        let mut day = day;
        for (step, fall) in steps {
            day += i32::try_from(step).unwrap();
            value -= fall;
            knots.push(Knot { day, value });
        }
        knots
    })
}

/// Small numbers, ordinary ones, counts near the greatest, and segments of more than a century.
fn any_knots() -> impl Strategy<Value = Vec<Knot>> {
    prop_oneof![
        falling(8, 12, 20),
        falling(8, 400, 5_000),
        falling(8, 800, 500_000_000),
        falling(6, 7_000, 700_000_000),
        falling(3, 37_000, 1_400_000_000),
        falling(2, 75_000, 2_147_483_647),
    ]
}

fn any_interpolation() -> impl Strategy<Value = Interpolation> {
    prop::sample::select(Interpolation::ALL)
}

/// Every day from three before the first knot to three after the last.
fn days(knots: &[Knot]) -> impl Iterator<Item = i32> + use<> {
    knots.first().unwrap().day - 3..=knots.last().unwrap().day + 3
}

/// An exact fraction over a positive denominator, for numbers small enough never to overflow.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Exact(i128, i128);

impl Exact {
    fn new(numerator: i128, denominator: i128) -> Self {
        assert_ne!(denominator, 0);
        let (mut a, mut b) = (numerator.abs(), denominator.abs());
        while b > 0 {
            (a, b) = (b, a % b);
        }
        let sign = denominator.signum();
        Self(sign * numerator / a.max(1), sign * denominator / a.max(1))
    }

    fn whole(number: impl Into<i128>) -> Self {
        Self(number.into(), 1)
    }

    fn floor(self) -> i128 {
        self.0.div_euclid(self.1)
    }

    fn sign(self) -> i128 {
        self.0.signum()
    }

    fn abs(self) -> Self {
        Self(self.0.abs(), self.1)
    }

    fn exceeds(self, other: Self) -> bool {
        (self - other).0 > 0
    }
}

impl std::ops::Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }
}

impl std::ops::Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + Self(-other.0, other.1)
    }
}

impl std::ops::Mul for Exact {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::new(self.0 * other.0, self.1 * other.1)
    }
}

impl std::ops::Div for Exact {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        Self::new(self.0 * other.1, self.1 * other.0)
    }
}

/// The tangent in the first of three knots, limits and all.
fn exact_end_tangent(h: [Exact; 2], m: [Exact; 2]) -> Exact {
    let two = Exact::whole(2);
    let tangent = ((two * h[0] + h[1]) * m[0] - h[0] * m[1]) / (h[0] + h[1]);
    let limit = Exact::whole(3) * m[0];
    if tangent.sign() != m[0].sign() {
        Exact::whole(0)
    } else if m[0].sign() != m[1].sign() && tangent.abs().exceeds(limit.abs()) {
        limit
    } else {
        tangent
    }
}

/// The tangent in each knot as exact fractions, word for word from the definition.
fn exact_tangents(knots: &[Knot]) -> Vec<Exact> {
    let steps: Vec<(Exact, Exact)> = (knots.windows(2))
        .map(|pair| {
            let h = Exact::whole(pair[1].day - pair[0].day);
            (h, (Exact::whole(pair[1].value) - Exact::whole(pair[0].value)) / h)
        })
        .collect();
    let two = Exact::whole(2);
    let mut tangents = Vec::new();
    match steps[..] {
        [] => tangents.push(Exact::whole(0)),
        [(_, m)] => tangents.extend([m, m]),
        [first, second, ..] => {
            tangents.push(exact_end_tangent([first.0, second.0], [first.1, second.1]));
            for pair in steps.windows(2) {
                let [(h0, m0), (h1, m1)] = [pair[0], pair[1]];
                let (w1, w2) = (two * h1 + h0, h1 + two * h0);
                let flat = m0.sign() == 0 || m1.sign() == 0;
                tangents.push(if flat { Exact::whole(0) } else { (w1 + w2) / (w1 / m0 + w2 / m1) });
            }
            let [last, before] = [steps[steps.len() - 1], steps[steps.len() - 2]];
            tangents.push(exact_end_tangent([last.0, before.0], [last.1, before.1]));
        }
    }
    tangents
}

/// The exact monotone cubic on a day that the knots span, from the four basis functions.
fn exact_monotone(knots: &[Knot], tangents: &[Exact], day: i32) -> Exact {
    let right = knots.partition_point(|knot| knot.day < day).max(1);
    let [left_knot, right_knot] = [knots[right - 1], knots[right]];
    let h = Exact::whole(right_knot.day - left_knot.day);
    let t = Exact::whole(day - left_knot.day) / h;
    let (square, cube) = (t * t, t * t * t);
    let [two, three] = [2, 3].map(|number: i128| Exact::whole(number));
    let rise = three * square - two * cube;
    Exact::whole(left_knot.value) * (Exact::whole(1) - rise)
        + Exact::whole(right_knot.value) * rise
        + h * (cube - two * square + t) * tangents[right - 1]
        + h * (cube - square) * tangents[right]
}

proptest! {
    #[test]
    fn a_step_holds_until_the_day_of_the_next_knot(knots in any_knots(), ends: bool) {
        let path = PlannedPath::new(knots.clone(), ends);
        for day in days(&knots) {
            let reached = knots.iter().rev().find(|knot| knot.day <= day).map(|knot| knot.value);
            let over = ends && day > knots.last().unwrap().day;
            prop_assert_eq!(path.at(day, Interpolation::Step), reached.filter(|_| !over));
        }
    }

    #[test]
    fn a_line_is_the_exact_one_rounded_down(knots in any_knots()) {
        let path = PlannedPath::new(knots.clone(), false);
        for pair in knots.windows(2) {
            for day in pair[0].day..=pair[1].day {
                let [x0, x1, x] = [pair[0].day, pair[1].day, day].map(i128::from);
                let [y0, y1] = [pair[0].value, pair[1].value].map(i128::from);
                let exact = (y0 * (x1 - x) + y1 * (x - x0)).div_euclid(x1 - x0);
                prop_assert_eq!(path.at(day, Interpolation::Linear).map(i128::from), Some(exact));
            }
        }
    }

    #[test]
    fn a_monotone_path_is_within_one_of_the_exact_cubic(
        knots in prop_oneof![falling(7, 12, 20), falling(7, 300, 3_000)],
    ) {
        let path = PlannedPath::new(knots.clone(), false);
        let tangents = exact_tangents(&knots);
        if knots.len() > 1 {
            for day in knots[0].day..=knots.last().unwrap().day {
                let exact = exact_monotone(&knots, &tangents, day).floor();
                let value = i128::from(path.at(day, Interpolation::Monotone).unwrap());
                prop_assert!((value - exact).abs() <= 1, "{value} for {exact} on {day}");
            }
        }
    }

    #[test]
    fn no_path_ever_rises_or_leaves_its_neighbouring_knots(
        knots in any_knots(), how in any_interpolation(),
    ) {
        let path = PlannedPath::new(knots.clone(), false);
        let mut before = u32::MAX;
        for day in knots[0].day..=knots.last().unwrap().day + 3 {
            let value = path.at(day, how).unwrap();
            prop_assert!(value <= before, "{before} rises to {value} on {day}");
            before = value;
        }
        for knot in knots {
            prop_assert_eq!(path.at(knot.day, how), Some(knot.value));
        }
    }

    #[test]
    fn filled_days_are_single_days(
        knots in any_knots(), ends: bool, how in any_interpolation(),
        skipped in 0..2_000_i32, length in 0..2_000_usize,
    ) {
        let path = PlannedPath::new(knots.clone(), ends);
        let first = knots[0].day;
        for (from, length) in [(first - 3, days(&knots).count()), (first - 300 + skipped, length)] {
            let mut filled = vec![7; length];
            path.fill(from, how, &mut filled, ABSENT);
            for (day, value) in (from..).zip(filled) {
                prop_assert_eq!(value, path.at(day, how).unwrap_or(ABSENT), "day {}", day);
            }
        }
    }

    #[test]
    fn an_ended_path_keeps_its_last_value_for_capping(
        knots in any_knots(), how in any_interpolation(),
    ) {
        let [open, ended] = [false, true].map(|ends| PlannedPath::new(knots.clone(), ends));
        for day in days(&knots) {
            prop_assert_eq!(ended.last_value(day, how), open.at(day, how));
            prop_assert_eq!(open.last_value(day, how), open.at(day, how));
        }
        let [mut filled, mut expected] = [vec![7; days(&knots).count()], vec![7; days(&knots).count()]];
        ended.fill_last_value(knots[0].day - 3, how, &mut filled, ABSENT);
        open.fill(knots[0].day - 3, how, &mut expected, ABSENT);
        prop_assert_eq!(filled, expected);
        prop_assert_eq!(ended.knots(), knots);
    }

    #[test]
    fn knots_in_disorder_still_give_some_answer(
        points in vec((any::<i32>(), any::<u32>()), 0..6), ends: bool,
        how in any_interpolation(), day: i32,
    ) {
        let path = PlannedPath::new(knots(&points), ends);
        for day in [day, day.saturating_add(1), i32::MIN, i32::MAX] {
            let _ = (path.at(day, how), path.last_value(day, how));
            path.fill(day, how, &mut [0; 50], ABSENT);
        }
    }
}

#[test]
fn no_knots_are_absent_and_one_is_constant() {
    for &how in Interpolation::ALL {
        let mut filled = [7; 3];
        path(&[]).fill(0, how, &mut filled, ABSENT);
        assert_eq!((filled, path(&[]).at(0, how), path(&[]).last_value(0, how)), ([ABSENT; 3], None, None));

        let one = [(5, 40)];
        path(&one).fill(4, how, &mut filled, ABSENT);
        assert_eq!(filled, [ABSENT, 40, 40]);
        PlannedPath::new(knots(&one), true).fill(4, how, &mut filled, ABSENT);
        assert_eq!(filled, [ABSENT, 40, ABSENT]);
    }
}

#[test]
fn days_at_the_ends_of_the_range_of_day_numbers_are_filled() {
    for &how in Interpolation::ALL {
        let mut filled = [7; 4];
        path(&[(i32::MAX - 4, 9), (i32::MAX - 1, 0)]).fill(i32::MAX - 1, how, &mut filled, ABSENT);
        assert_eq!(filled, [0; 4]);
        path(&[(i32::MIN + 1, 9), (i32::MIN + 3, 5)]).fill(i32::MIN, how, &mut filled, ABSENT);
        assert_eq!(filled, [ABSENT, 9, if how == Interpolation::Step { 9 } else { 7 }, 5]);
    }
}

#[test]
fn two_knots_make_a_line() {
    let path = path(&[(0, 1_000), (7, 1)]);
    for day in 0..10 {
        assert_eq!(path.at(day, Interpolation::Monotone), path.at(day, Interpolation::Linear));
    }
    assert_eq!(path.at(3, Interpolation::Linear), Some(571));
}

#[test]
fn large_and_long_monotone_paths_are_the_exact_ones() {
    // Worked out with arbitrary-precision fractions; none is so near to a whole number that a
    // rounded tangent shows.
    type Points = &'static [(i32, u32)];
    let cases: [(Points, Points); 5] = [
        (
            &[(0, 2_500), (100, 2_400), (400, 900), (450, 0)],
            &[(1, 2_499), (50, 2_468), (99, 2_401), (250, 1_932), (425, 517), (449, 19)],
        ),
        (
            &[(-10, 4_294_967_294), (70_000, 12), (74_990, 0)],
            &[(-9, 4_294_848_680), (1, 4_293_662_630), (35_000, 1_109_149_875), (65_530, 18_599_298), (69_999, 12)],
        ),
        (
            &[(0, 4_294_967_294), (1, 4_294_967_293), (75_000, 0)],
            &[(2, 4_294_967_290), (1_000, 4_294_203_767), (37_500, 3_221_223_507), (74_999, 114_531)],
        ),
        (&[(0, 500), (30, 500), (60, 100), (90, 100)], &[(15, 500), (31, 498), (45, 300), (59, 101), (75, 100)]),
        (
            &[(0, 4_294_967_294), (365, 2_147_483_647), (730, 0)],
            &[(1, 4_289_083_777), (182, 3_224_167_228), (364, 2_153_367_163), (366, 2_141_600_130), (729, 5_883_516)],
        ),
    ];
    for (points, expected) in cases {
        for &(day, value) in expected {
            assert_eq!(path(points).at(day, Interpolation::Monotone), Some(value), "{points:?} on {day}");
        }
    }
}

#[test]
fn a_line_too_long_for_the_running_sum_is_divided() {
    // The running sum would give 5 people here: the line is at 5 - 1 / 74,999.
    let path = path(&[(0, 62_499), (74_999, 0)]);
    let mut filled = [7];
    path.fill(74_993, Interpolation::Linear, &mut filled, ABSENT);
    assert_eq!((filled, path.at(74_993, Interpolation::Linear)), ([4], Some(4)));
}

#[test]
fn a_curve_too_long_for_the_running_sum_is_divided() {
    // The running sum would give one more here: the curve is at 76,793,515 - 1 / 74,967^3.
    let most = 2_059_589_156;
    let path = path(&[(-1, most), (0, most), (74_967, 0), (74_968, 0)]);
    let mut filled = [7];
    path.fill(66_266, Interpolation::Monotone, &mut filled, ABSENT);
    assert_eq!((filled, path.at(66_266, Interpolation::Monotone)), ([76_793_514], Some(76_793_514)));
}
