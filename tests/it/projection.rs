//! The pace so far and where it would lead, beside a slow model that takes every reading.

use chrono::{Days, NaiveDate};
use force_drawdown::assessment::ForceAssessment;
use force_drawdown::{
    Act, ActKind, Agreement, Baseline, Deadline, Force, Limit, Observation, Part, Party, Period, Phase, Quantity, Role,
    Terms, day,
};
use proptest::prelude::*;

const FIRST: NaiveDate = day!(2000, 1, 1);

/// A low end, and how much higher the high end is.
type Ends = (u32, u32);

/// A count: its days since the baseline, its number, and whether that is of those who have left.
type Count = (Ends, Ends, bool);

/// A baseline, a ceiling as a number or as people who have left since the baseline, and counts.
#[derive(Clone, Debug)]
struct Case {
    base: Ends,
    limit: Ends,
    is_withdrawn: bool,
    counts: Vec<Count>,
}

fn ends(low: std::ops::Range<u32>) -> impl Strategy<Value = Ends> {
    (low, prop_oneof![Just(0), 0..3_u32])
}

fn case() -> impl Strategy<Value = Case> {
    let count = (ends(0..15), ends(0..30), any::<bool>());
    let counts = proptest::collection::vec(count, 1..3);
    (ends(10..24), ends(0..10), any::<bool>(), counts).prop_map(|(base, limit, is_withdrawn, counts)| {
        // No more have left than there were, in some reading.
        let counts = counts
            .into_iter()
            .map(|(days, number, gone)| (days, if gone { (number.0.min(base.0), number.1) } else { number }, gone));
        Case { base, limit, is_withdrawn, counts: counts.collect() }
    })
}

fn range((low, more): Ends) -> Quantity {
    Quantity::Range(low, low + more)
}

fn after(days: u32) -> NaiveDate {
    FIRST + Days::new(days.into())
}

impl Case {
    /// Judged on the 30th day; the step is due on the 40th.
    fn judged(&self, baseline: Baseline) -> ForceAssessment {
        let limit =
            if self.is_withdrawn { Limit::withdrawn(range(self.limit)) } else { Limit::remain(range(self.limit)) };
        let terms = Terms::new("T")
            .party(Party::new("S", "Sender", Role::Mediator))
            .force(Force::new("f").baseline(baseline))
            .phase(Phase::new("1", Deadline::day(after(40))).limit(limit))
            .act(Act::new(FIRST, ActKind::Announced));
        let seen = self.counts.iter().map(|&((first, more), number, gone)| {
            let days = Period::Between(Part::Day(after(first)), Part::Day(after(first + more)));
            if gone { Observation::withdrawn(days, range(number)) } else { Observation::present(days, range(number)) }
        });
        Agreement::try_from(terms).unwrap().assess(&seen.collect::<Vec<_>>(), after(30)).forces.remove(0)
    }

    /// In every reading: people a week as a fraction, and the day on which the ceiling is reached, if ever. Nothing of a
    /// reading whose latest count is of the day of the baseline.
    fn readings(&self) -> Vec<((i64, i64), Option<i64>)> {
        let each = |(low, more): Ends| (low..=low + more).map(i64::from);
        let mut readings = Vec::new();
        let mut of_count = |base: i64, (day, number, gone): (i64, i64, bool)| {
            let there = if gone { base - number } else { number };
            if day == 0 || there < 0 {
                return;
            }
            for limit in each(self.limit) {
                let ceiling = if self.is_withdrawn { (base - limit).max(0) } else { limit };
                let reached = match (there - ceiling, base - there) {
                    (..=0, _) => Some(day),
                    (_, ..=0) => None,
                    (left, gone) => (day..=9_999).find(|on| (on - day) * gone >= left * day),
                };
                readings.push(((7 * (base - there), day), reached));
            }
        };
        let taken = |&(days, number, gone): &Count| {
            let numbers = each(days).flat_map(move |day| each(number).map(move |number| (day, number, gone)));
            numbers.collect::<Vec<_>>()
        };
        for base in each(self.base) {
            match self.counts.as_slice() {
                [one] => taken(one).into_iter().for_each(|one| of_count(base, one)),
                [one, other] => {
                    for one in taken(one) {
                        for other in taken(other) {
                            if one.0 >= other.0 {
                                of_count(base, one);
                            }
                            if other.0 >= one.0 {
                                of_count(base, other);
                            }
                        }
                    }
                }
                _ => unreachable!("one or two are drawn"),
            }
        }
        readings
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    /// Every reading is within both; of one count after the day of the baseline, the ends are those of readings.
    #[test]
    fn the_pace_and_the_projection_are_those_of_all_readings(case in case()) {
        let judged = case.judged(Baseline::new(range(case.base), FIRST));
        let readings = case.readings();
        let low = readings.iter().map(|((people, days), _)| people.div_euclid(*days)).min();
        let high = readings.iter().map(|((people, days), _)| -(-people).div_euclid(*days)).max();
        let earliest = readings.iter().filter_map(|(_, reached)| *reached).min();
        let latest = readings.iter().map(|(_, reached)| reached.unwrap_or(i64::MAX)).max();
        let number = |day: NaiveDate| (day - FIRST).num_days();
        let pace = judged.observed_pace;
        let projected = judged.projected;
        prop_assert_eq!((pace.is_some(), projected.is_some()), (low.is_some(), low.is_some()), "{:?}", case);
        let (Some(pace), Some(projected)) = (pace, projected) else { return Ok(()) };
        let within = |found: Option<i64>, end: Option<i64>| found.is_none_or(|found| Some(found) <= end);
        prop_assert!(within(pace.low, low), "{:?}: {:?}, {:?}", case, pace, low);
        prop_assert!(pace.high.is_none_or(|found| Some(found) >= high), "{:?}: {:?}, {:?}", case, pace, high);
        let first = projected.earliest.map(number);
        prop_assert!(earliest.is_none_or(|earliest| first.is_some_and(|first| first <= earliest)), "{:?}", case);
        let last = projected.latest.map_or(i64::MAX, number);
        prop_assert!(latest.is_none_or(|latest| last >= latest), "{:?}: {:?}, {:?}", case, projected, latest);
        if let [((1.., _), ..)] = case.counts[..] {
            prop_assert_eq!((pace.low, pace.high), (low, high), "{:?}", case);
            prop_assert_eq!((first, Some(last)), (earliest, latest), "{:?}", case);
        }
    }

    /// R4: what people did before says nothing of whether a number is kept.
    #[test]
    fn a_pace_decides_nothing(case in case(), earlier in 1..400_u64, strength in 0..99_u32) {
        let case = Case { is_withdrawn: false, counts: case.counts.iter().map(|&(days, number, _)| (days, number, false)).collect(), ..case };
        let judged = case.judged(Baseline::new(range(case.base), FIRST));
        let other = case.judged(Baseline::new(strength, FIRST - Days::new(earlier)));
        prop_assert_eq!(judged.verdict, other.verdict);
        prop_assert_eq!((judged.margin, judged.required_pace), (other.margin, other.required_pace));
        // An authorised number is no count.
        let authorised = case.judged(Baseline::authorised(999, FIRST));
        prop_assert_eq!((authorised.observed_pace, authorised.projected), (None, None));
    }
}
