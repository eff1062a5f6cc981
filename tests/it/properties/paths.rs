//! R8: paths against exact rationals, from points that the test itself lays down.

use super::*;
use force_drawdown::{Band, Baseline, Force, Limit, Part, Party, Period, Phase, Role, day};

/// Exact arithmetic of small rationals.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Ratio(i128, i128);

impl Ratio {
    fn new(n: i128, d: i128) -> Self {
        let (mut a, mut b) = (n.abs(), d.abs());
        while b > 0 {
            (a, b) = (b, a % b);
        }
        let a = a.max(1) * d.signum();
        Self(n / a, d / a)
    }
    fn of(n: i64) -> Self {
        Self(n.into(), 1)
    }
    fn floor(self) -> i128 {
        self.0.div_euclid(self.1)
    }
}

macro_rules! operator {
    ($($trait:ident $name:ident |$a:ident, $b:ident| $result:expr;)+) => {$(
        impl std::ops::$trait for Ratio {
            type Output = Self;
            fn $name(self, other: Self) -> Self {
                let ($a, $b) = (self, other);
                $result
            }
        }
    )+};
}

operator! {
    Add add |a, b| Self::new(a.0 * b.1 + b.0 * a.1, a.1 * b.1);
    Sub sub |a, b| Self::new(a.0 * b.1 - b.0 * a.1, a.1 * b.1);
    Mul mul |a, b| Self::new(a.0 * b.0, a.1 * b.1);
    Div div |a, b| Self::new(a.0 * b.1, a.1 * b.0);
}

/// A point of a path: a day, counted from the first, and the people left.
type Knot = (i64, i64);

/// The two points that a day lies between, by index; none before the first.
fn around(knots: &[Knot], day: i64) -> Option<usize> {
    knots.iter().rposition(|&(at, _)| at <= day)
}

fn step(knots: &[Knot], day: i64) -> Option<i128> {
    around(knots, day).map(|k| knots[k].1.into())
}

fn linear(knots: &[Knot], day: i64) -> Option<i128> {
    let k = around(knots, day)?;
    let (from, Some(&to)) = (knots[k], knots.get(k + 1)) else { return Some(knots[k].1.into()) };
    let slope = Ratio::new((to.1 - from.1).into(), (to.0 - from.0).into());
    Some((Ratio::of(from.1) + slope * Ratio::of(day - from.0)).floor())
}

/// The tangent at a point, as scipy's PCHIP has it.
fn tangent(knots: &[Knot], k: usize) -> Ratio {
    let h = |k: usize| Ratio::of(knots[k + 1].0 - knots[k].0);
    let m = |k: usize| Ratio::of(knots[k + 1].1 - knots[k].1) / h(k);
    let last = knots.len() - 1;
    let (two, three, zero) = (Ratio::of(2), Ratio::of(3), Ratio::of(0));
    if last == 1 {
        return m(0);
    }
    let end = |near: usize, far: usize| {
        let tangent = ((two * h(near) + h(far)) * m(near) - h(near) * m(far)) / (h(near) + h(far));
        if tangent.0.signum() != m(near).0.signum() {
            zero
        } else if m(near).0.signum() != m(far).0.signum()
            && tangent.0.abs() * (three * m(near)).1 > (three * m(near)).0.abs() * tangent.1
        {
            three * m(near)
        } else {
            tangent
        }
    };
    if k == 0 {
        return end(0, 1);
    }
    if k == last {
        return end(last - 1, last - 2);
    }
    if m(k - 1) == zero || m(k) == zero {
        return zero;
    }
    let (w1, w2) = (two * h(k) + h(k - 1), h(k) + two * h(k - 1));
    (w1 + w2) / (w1 / m(k - 1) + w2 / m(k))
}

fn monotone(knots: &[Knot], day: i64) -> Option<i128> {
    let k = around(knots, day)?;
    let (from, Some(&to)) = (knots[k], knots.get(k + 1)) else { return Some(knots[k].1.into()) };
    let h = Ratio::of(to.0 - from.0);
    let t = Ratio::of(day - from.0) / h;
    let (one, two, three) = (Ratio::of(1), Ratio::of(2), Ratio::of(3));
    let rise = Ratio::of(to.1 - from.1) * t * t * (three - two * t);
    let starts = h * tangent(knots, k) * t * (one - t) * (one - t);
    let ends = h * tangent(knots, k + 1) * t * t * (one - t);
    Some((Ratio::of(from.1) + rise + starts - ends).floor())
}

/// A force with a baseline and falling milestones: gaps between the windows, their lengths, and both ends of each band.
#[derive(Debug)]
struct Plan {
    lows: Vec<Knot>,
    highs: Vec<Knot>,
}

fn plan() -> impl Strategy<Value = Plan> {
    let point = (1..60_i64, 0..30_i64, 0..1_000_i64, 0..300_i64);
    (proptest::collection::vec(point, 1..7), 0..400_i64).prop_map(|(points, spread)| {
        let (mut low, mut high) = (3_000, 3_000 + spread);
        let (mut opens, mut closes) = (0, 0);
        let (mut lows, mut highs) = (vec![(0, low)], vec![(0, high)]);
        for (gap, length, falls, narrows) in points {
            opens = (opens + gap).max(closes - 20);
            closes = (opens + length).max(closes + 1);
            low = (low - falls).max(0);
            high = (high - falls - narrows).max(low);
            lows.push((opens, low));
            highs.push((closes, high));
        }
        // Several on one day count as the last of them.
        lows.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                *earlier = *later;
            }
            same
        });
        Plan { lows, highs }
    })
}

fn first() -> NaiveDate {
    day!(2019, 11, 20)
}

fn on(day: i64) -> NaiveDate {
    first() + chrono::TimeDelta::days(day)
}

fn band((low, high): (Knot, Knot)) -> Quantity {
    Quantity::Range(u32::try_from(low.1).unwrap(), u32::try_from(high.1).unwrap())
}

impl Plan {
    /// Opening days may coincide, so that there are fewer low points; they are written as one phase.
    fn document(&self) -> Option<Agreement> {
        if self.lows.len() != self.highs.len() {
            return None;
        }
        let mut terms = Terms::new("plan");
        terms.parties = vec![Party::new("USA", "United States", Role::Sending)];
        let mut points = self.lows.iter().copied().zip(self.highs.iter().copied());
        let base = band(points.next()?);
        terms.forces = vec![Force::new("us").baseline(Baseline::new(base, first()))];
        terms.phases = points
            .enumerate()
            .map(|(index, (low, high))| {
                let window = Period::Between(Part::Day(on(low.0)), Part::Day(on(high.0)));
                Phase::new(index.to_string(), window.into()).limit(Limit::remain(band((low, high))))
            })
            .collect();
        Some(Agreement::try_from(terms).unwrap())
    }
}

/// Exact points in order: small steps, ordinary ones, counts near the greatest, and stretches of more than a century.
fn wide() -> impl Strategy<Value = Vec<Knot>> {
    let falling = |most: usize, days: i64, people: i64| {
        let falls = prop_oneof![1 => Just(0), 2 => 0..=people, 1 => 0..=3_i64];
        let steps = proptest::collection::vec((prop_oneof![3 => 1..=days, 1 => 1..=3_i64], falls), 0..most);
        (0..=people, steps).prop_map(|(last, steps)| {
            let first = last + steps.iter().map(|step| step.1).sum::<i64>();
            let next = |knot: &mut Knot, (days, falls): (i64, i64)| {
                *knot = (knot.0 + days, knot.1 - falls);
                Some(*knot)
            };
            [(0, first)].into_iter().chain(steps.into_iter().scan((0, first), next)).collect()
        })
    };
    prop_oneof![
        falling(8, 12, 20),
        falling(8, 400, 5_000),
        falling(8, 800, 500_000_000),
        falling(6, 7_000, 700_000_000),
        falling(3, 36_000, 1_400_000_000),
        falling(2, 73_000, 2_147_483_647),
    ]
}

/// A plan through exact points, and after them a phase that is awaited or has no limit.
fn exact(knots: &[Knot], ends: bool) -> Agreement {
    let people = |knot: &Knot| u32::try_from(knot.1).unwrap();
    let mut terms = Terms::new("plan");
    terms.parties = vec![Party::new("USA", "United States", Role::Sending)];
    terms.forces = vec![Force::new("us").baseline(Baseline::new(people(&knots[0]), first()))];
    let phase =
        |knot: &Knot| Phase::new(knot.0.to_string(), Deadline::day(on(knot.0))).limit(Limit::remain(people(knot)));
    terms.phases = knots[1..].iter().map(phase).collect();
    let end = Phase::new("end", Deadline::Open);
    terms.phases.push(if ends { end.limit(Limit::remain(0)) } else { end });
    Agreement::try_from(terms).unwrap()
}

fn on_exact(knots: &[Knot], day: i64, how: Interpolation) -> Option<u32> {
    exact(knots, false).schedule("us").unwrap().planned_on(on(day), how).low
}

#[test]
fn two_points_make_a_line() {
    let knots = [(0, 1_000), (7, 1)];
    for day in 0..10 {
        let [monotone, linear] = [Interpolation::Monotone, Interpolation::Linear].map(|how| on_exact(&knots, day, how));
        assert_eq!(monotone, linear);
    }
    assert_eq!(on_exact(&knots, 3, Interpolation::Linear), Some(571));
}

#[test]
fn large_and_long_monotone_paths_are_the_exact_ones() {
    // Worked out with fractions of any size; none is so near to a whole number that a rounded tangent shows.
    let most = 4_294_967_294;
    let cases: [(&[Knot], &[Knot]); 5] = [
        (
            &[(0, 2_500), (100, 2_400), (400, 900), (450, 0)],
            &[(1, 2_499), (50, 2_468), (99, 2_401), (250, 1_932), (425, 517), (449, 19)],
        ),
        (
            &[(0, most), (68_000, 12), (72_990, 0)],
            &[(1, 4_294_845_290), (11, 4_293_625_341), (35_000, 1_047_102_576), (65_530, 6_040_135), (67_999, 12)],
        ),
        (
            &[(0, most), (1, most - 1), (73_000, 0)],
            &[(2, 4_294_967_290), (1_000, 4_294_161_438), (36_500, 3_221_224_721), (72_999, 117_669)],
        ),
        (&[(0, 500), (30, 500), (60, 100), (90, 100)], &[(15, 500), (31, 498), (45, 300), (59, 101), (75, 100)]),
        (
            &[(0, most), (365, 2_147_483_647), (730, 0)],
            &[(1, 4_289_083_777), (182, 3_224_167_228), (364, 2_153_367_163), (366, 2_141_600_130), (729, 5_883_516)],
        ),
    ];
    for (knots, expected) in cases {
        for &(day, value) in expected {
            let found = on_exact(knots, day, Interpolation::Monotone).map(i64::from);
            assert_eq!(found, Some(value), "{knots:?} on {day}");
        }
    }
}

#[test]
fn paths_too_long_for_a_running_sum_are_divided() {
    // A running sum would give one more: the line is at 7 - 1 / 73,000, the curve at 21,914,153 - 1 / 72,725^3.
    let most = 1_875_763_279;
    let line: &[Knot] = &[(0, 59), (73_000, 0)];
    let curve: &[Knot] = &[(0, most), (1, most), (72_726, 0), (72_727, 0)];
    for (knots, how, day, exactly) in
        [(line, Interpolation::Linear, 64_339, 6), (curve, Interpolation::Monotone, 68_088, 21_914_152)]
    {
        let agreement = exact(knots, false);
        let schedule = agreement.schedule("us").unwrap();
        let mut filled = ([7], [7]);
        schedule.fill_planned(on(day)..=on(day), how, &mut filled.0, &mut filled.1);
        assert_eq!((filled, schedule.planned_on(on(day), how).low), (([exactly], [exactly]), Some(exactly)), "{how}");
    }
}

proptest! {
    #![proptest_config(cases(40))]

    /// And they never rise, and meet their points.
    #[test]
    fn days_of_any_path_are_filled_as_they_are_asked(knots in wide(), ends: bool, skipped in -2..300_i64) {
        let agreement = exact(&knots, ends);
        let schedule = agreement.schedule("us").unwrap();
        let last = knots.last().unwrap().0;
        let until = skipped.max(last) + 3;
        for &how in Interpolation::ALL {
            let mut filled = (vec![7; 80_000], vec![7; 80_000]);
            let days = schedule.fill_planned(on(skipped)..=on(until), how, &mut filled.0, &mut filled.1);
            prop_assert_eq!(i64::try_from(days).unwrap(), until - skipped + 1);
            let mut before = u32::MAX;
            for (day, (low, high)) in (skipped..=until).zip(filled.0.into_iter().zip(filled.1)) {
                let planned = schedule.planned_on(on(day), how);
                let none = force_drawdown::bulk::NONE;
                prop_assert_eq!((planned.low.unwrap_or(none), planned.high.unwrap_or(none)), (low, high));
                prop_assert_eq!(planned.low.is_some(), day >= 0 && (day <= last || !ends), "on {}", day);
                let Some(value) = planned.low else { continue };
                prop_assert!(value <= before, "{} rises to {} on {}", before, value, day);
                before = value;
                let exactly = match how {
                    Interpolation::Step => step(&knots, day),
                    Interpolation::Linear => linear(&knots, day),
                    Interpolation::Monotone => knots.iter().find(|knot| knot.0 == day).map(|knot| knot.1.into()),
                };
                prop_assert!(exactly.is_none_or(|exactly| exactly == i128::from(value)), "{} on {}", how, day);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn paths_are_those_of_exact_rationals(plan in plan()) {
        let Some(agreement) = plan.document() else { return Ok(()) };
        let schedule = agreement.schedule("us").unwrap();
        let last = plan.highs.last().unwrap().0;
        let person = |n: Option<i128>| n.map(|n| u32::try_from(n).unwrap());
        for day in -2..last + 3 {
            for (how, path) in [(Interpolation::Step, step as fn(&[Knot], i64) -> _), (Interpolation::Linear, linear)] {
                let planned = schedule.planned_on(on(day), how);
                let high = person(path(&plan.highs, day));
                let low = person(path(&plan.lows, day)).map(|low| low.min(high.unwrap_or(low)));
                prop_assert_eq!((planned.low, planned.high), (low, high), "{} on day {}", how, day);
            }
            let planned = schedule.planned_on(on(day), Interpolation::Monotone);
            let (low, high) = (monotone(&plan.lows, day), monotone(&plan.highs, day));
            let near = |ours: Option<u32>, exact: Option<i128>| match (ours, exact) {
                (Some(ours), Some(exact)) => (i128::from(ours) - exact).abs() <= 1,
                (ours, exact) => ours.is_none() && exact.is_none(),
            };
            prop_assert!(near(planned.high, high), "day {}: {:?}, exactly {:?}", day, planned.high, high);
            let low = low.zip(high).map(|(low, high)| low.min(high));
            prop_assert!(near(planned.low, low), "day {}: {:?}, exactly {:?}", day, planned.low, low);
        }
    }

    /// A ceiling rounds down, and a number of people that is wanted at least is never rounded away.
    #[test]
    fn shares_of_people_round_down(base in 0..200_000_u32, numerator in 0..50_u32, more in 1..50_u32) {
        let denominator = numerator + more;
        let mut terms = Terms::new("plan");
        terms.parties = vec![Party::new("USA", "United States", Role::Sending)];
        terms.forces = vec![Force::new("us").baseline(Baseline::new(base, first()))];
        let share = || Share::Exact(force_drawdown::terms::Ratio::new(numerator, denominator).unwrap());
        let last = on(30);
        let whole = u64::from(base);
        let remains = |kept: u32| u32::try_from(whole * u64::from(kept) / u64::from(denominator)).unwrap();
        for (limit, expected) in [
            (Limit::remain_share(share()), remains(numerator)),
            (Limit::withdrawn_share(share()), remains(more)),
            (Limit::withdraw_share(share()), remains(more)),
        ] {
            terms.phases = vec![Phase::new("1", Deadline::day(last)).limit(limit)];
            let agreement = Agreement::try_from(terms.clone()).unwrap();
            let milestones = agreement.schedule("us").unwrap();
            prop_assert_eq!(milestones.required_milestones_on(last)[0].band, Band::exactly(expected));
        }
    }
}
