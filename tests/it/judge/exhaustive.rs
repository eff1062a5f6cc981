//! Every small case: five days, numbers from 0 to 2, one baseline of 2 on the first day, judged on each day. The slow
//! judge says the same of each, and what is said of a slip contains every reading of it.
//!
//! The first two tests take 20 seconds of processor time, the last 140 without optimisation, each on two threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use force_drawdown::{Act, ActKind, Baseline, Force, Limit, Party, Phase, Quantity, Role, Terms};

use super::cases::{Judging, TheCrate, after, assert_contains, cases, period};
use super::naive::Naive;
use super::*;

const DAYS: u32 = 5;
const MOST: u32 = 2;

/// The first and the last of one or several days, or of one or several numbers.
type Ends = (u32, u32);

fn windows() -> Vec<Ends> {
    (0..DAYS).flat_map(|first| (first..DAYS).map(move |last| (first, last))).collect()
}

fn bands() -> Vec<Ends> {
    (0..=MOST).flat_map(|low| (low..=MOST).map(move |high| (low, high))).collect()
}

fn exact(most: u32) -> Vec<Ends> {
    (0..most).map(|one| (one, one)).collect()
}

fn quantity((low, high): Ends) -> Quantity {
    if low == high { low.into() } else { Quantity::Range(low, high) }
}

/// Up to so many counts of some windows and numbers, whatever the order in which they are given.
fn counts(windows: &[Ends], numbers: &[Ends], most: usize) -> Vec<Vec<Observation>> {
    let of_window = |&(first, last): &Ends| {
        numbers.iter().map(move |&number| Observation::present(period(after(first), after(last)), quantity(number)))
    };
    let kinds: Vec<Observation> = windows.iter().flat_map(of_window).collect();
    let mut all = vec![(0, Vec::new())];
    let mut longest = all.clone();
    for _ in 0..most {
        let longer = |(from, counts): &(usize, Vec<Observation>)| {
            let with = |place: usize| (place, [counts.as_slice(), &kinds[place..=place]].concat());
            (*from..kinds.len()).map(with).collect::<Vec<_>>()
        };
        longest = longest.iter().flat_map(longer).collect();
        all.extend(longest.clone());
    }
    all.into_iter().map(|(_, counts)| counts).collect()
}

/// Phases with their windows and their ceilings.
fn agreement(phases: &[(Ends, Ends)]) -> Agreement {
    let mut terms = Terms::new("T");
    terms.parties = vec![Party::new("W", "Witness", Role::Witness)];
    terms.forces = vec![Force { baseline: Some(Baseline::new(MOST, after(0))), ..Force::new("us") }];
    terms.record = vec![Act::new(after(0), ActKind::Announced)];
    let phase = |(index, &((first, last), ceiling)): (usize, &(Ends, Ends))| {
        Phase::new(index.to_string(), period(after(first), after(last)).into()).limit(Limit::remain(quantity(ceiling)))
    };
    terms.phases = phases.iter().enumerate().map(phase).collect();
    Agreement::try_from(terms).unwrap()
}

/// Judges every agreement with all counts on every day, on two threads; so many cases there are.
fn assert_all(agreements: &[Agreement], counts: &[Vec<Observation>], cases: usize) {
    let next = AtomicUsize::new(0);
    let judged = AtomicUsize::new(0);
    let work = || {
        while let Some(agreement) = agreements.get(next.fetch_add(1, Ordering::Relaxed)) {
            for day in (0..DAYS).map(after) {
                let (mut fast, mut slow) = (TheCrate::on(agreement, day), Naive::on(agreement, day));
                for seen in counts {
                    let text = || format!("{} {} on {day}", serde_json::json!(agreement), serde_json::json!(seen));
                    let found = fast.judge(seen);
                    assert_eq!(found, slow.judge(seen), "{}", text());
                    assert_contains(&found, &slow.readings, &text);
                    judged.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    };
    std::thread::scope(|scope| (0..2).for_each(|_| _ = scope.spawn(work)));
    assert_eq!(judged.into_inner(), cases);
}

fn one_phase(ceilings: &[Ends]) -> Vec<Agreement> {
    windows().into_iter().flat_map(|due| ceilings.iter().map(move |&ceiling| agreement(&[(due, ceiling)]))).collect()
}

/// 183,600 cases: one phase with every window and an exact ceiling, up to three exact counts.
#[test]
fn every_case_of_one_phase_and_three_counts() {
    assert_all(&one_phase(&exact(MOST + 1)), &counts(&exact(DAYS), &exact(MOST + 1), 3), 183_600);
}

/// 367,200 cases: two phases on exact days with ceilings that do not rise, up to three exact counts.
#[test]
fn every_case_of_two_phases_and_three_counts() {
    let two = |(first, second): Ends| {
        let exact = |n| (n, n);
        let of_days = move |(more, less): Ends| agreement(&[(exact(first), exact(more)), (exact(second), exact(less))]);
        bands().into_iter().map(|(less, more)| (more, less)).map(of_days).collect::<Vec<_>>()
    };
    let agreements: Vec<Agreement> = windows().into_iter().flat_map(two).collect();
    assert_all(&agreements, &counts(&exact(DAYS), &exact(MOST + 1), 3), 367_200);
}

/// 1,883,700 cases: one phase with every window and band, up to two counts of every window and band. Only if the
/// variable `EXHAUSTIVE` is set.
#[test]
fn every_vague_case_of_one_phase_and_two_counts() {
    if std::env::var_os("EXHAUSTIVE").is_some() {
        assert_all(&one_phase(&bands()), &counts(&windows(), &bands(), 2), 1_883_700);
    }
}

/// Counts of few days, many of which may be of one day, so that one may be taken in place of another.
fn crowd() -> impl Strategy<Value = Vec<Observation>> {
    let days = (0..DAYS, 0..3_u32).prop_map(|(first, length)| (first, (first + length).min(DAYS - 1)));
    let count = (days, proptest::sample::select(bands()))
        .prop_map(|((first, last), number)| Observation::present(period(after(first), after(last)), quantity(number)));
    proptest::collection::vec(count, 3..6)
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn many_counts_of_few_days(seen in crowd(), first in 0..3_u32, length in 0..2_u32, ceiling in 0..=MOST) {
        let agreement = agreement(&[((first, first + length), (ceiling, ceiling))]);
        let day = after(DAYS - 1);
        let (mut fast, mut slow) = (TheCrate::on(&agreement, day), Naive::on(&agreement, day));
        let text = || format!("{} {}", serde_json::json!(agreement), serde_json::json!(seen));
        let found = fast.judge(&seen);
        prop_assert_eq!(&found, &slow.judge(&seen), "{}", text());
        assert_contains(&found, &slow.readings, &text);
    }
}
