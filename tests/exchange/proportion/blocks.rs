//! A force takes one block of 128 bytes for every 18 changes of its ceiling, so that a verdict waits for memory once.

use allocation_counter::measure;
use chrono::{Days, NaiveDate};
use force_drawdown::bulk::Portfolio;
use force_drawdown::{
    Act, ActKind, Agreement, Baseline, ConsentMode, Deadline, Force, Limit, Part, Party, Period, Phase, Quantity, Role,
    Terms, day,
};

/// A portfolio of an agreement on one force, and the bytes that it takes.
fn kept(terms: Terms) -> (Portfolio, u64) {
    let mut portfolio = Portfolio::new();
    portfolio.add(&Agreement::try_from(terms).unwrap()).unwrap();
    let bytes = measure(|| drop(std::hint::black_box(portfolio.clone()))).bytes_total;
    (portfolio, bytes)
}

fn days_after(day: NaiveDate, days: u64) -> NaiveDate {
    day + Days::new(days)
}

#[test]
fn eighteen_stretches_share_a_block() {
    let plan = |steps: u16| {
        let terms = Terms::new("Plan").party(Party::new("A", "A", Role::Sending).consent(ConsentMode::None));
        let phase = |step: u16| {
            let due = days_after(day!(2001, 1, 1), 3_000 * u64::from(step));
            Phase::new(step.to_string(), Deadline::day(due)).limit(Limit::remain(u32::from(65_534 - step)))
        };
        let terms = terms.force(Force::new("f")).act(Act::new(day!(2000, 1, 1), ActKind::Announced));
        kept((0..steps).map(phase).fold(terms, Terms::phase))
    };
    // Two stretches more: before the announcement, and until the first step.
    let (portfolio, bytes) = plan(16);
    assert_eq!(((1..=15).find(|steps| plan(*steps).1 != bytes), plan(17).1), (None, bytes + 128));
    // The last day of each; the first step falls due on day 11,323.
    let days: Vec<i32> = (1..=16).map(|step| 11_322 + 3_000 * step).collect();
    let (mut strict, mut lenient) = ([0; 16], [0; 16]);
    portfolio.required_numbers(&[0; 16], &days, &mut strict, &mut lenient);
    assert!(strict.iter().copied().eq((65_519..=65_534).rev()) && strict == lenient, "{strict:?}");
}

/// Each step has a strict and a lenient day, and the approval comes before the baseline.
#[test]
fn eight_steps_share_a_block() {
    let plan = |steps: u32| {
        let terms = Terms::new("Plan").party(Party::new("A", "A", Role::Sending));
        let phase = |step: u32| {
            let opens = days_after(day!(2024, 1, 1), 30 * u64::from(step));
            let due: Deadline = Period::Between(Part::Day(opens), Part::Day(days_after(opens, 8))).into();
            let left = 900 - 100 * step;
            Phase::new(step.to_string(), due).limit(Limit::remain(Quantity::Range(left, left + 50)))
        };
        let baseline = Baseline::new(Quantity::Exact(950), day!(2023, 12, 31));
        let terms = terms.force(Force::new("f").baseline(baseline)).act(Act::new(day!(2020, 1, 1), ActKind::Approved));
        kept((0..steps).map(phase).fold(terms, Terms::phase))
    };
    assert_eq!((plan(8).1, plan(9).1), (plan(1).1, plan(1).1 + 128));
}
