//! Four fixed pieces of work whose instructions are counted, so that a change which doubles the work is seen on any
//! machine: `compare.sh` beside this file runs them.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark may panic"
)]

use std::fmt::Write as _;
use std::hint::black_box;

use chrono::{Days, NaiveDate};
use force_drawdown::bulk::{CountColumns, Portfolio, VerdictColumns, read_lines};
use force_drawdown::{
    Act, ActKind, Agreement, Baseline, Deadline, Force, Interpolation, Limit, Party, Phase, Quantity, Role, Terms,
};

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("read") => read(),
        Some("series") => series(),
        Some("verdicts") => verdicts(),
        Some("names") => names(),
        _ => println!("0 passed, 0 failed"),
    }
}

fn day(number: u32) -> NaiveDate {
    NaiveDate::default() + Days::new(number.into())
}

fn terms(phases: u32) -> Terms {
    let mut terms = Terms::new("made up");
    terms.parties = vec![Party::new("s", "Sender", Role::Sending), Party::new("r", "Receiver", Role::Receiving)];
    terms.forces = vec![Force::new("f").baseline(Baseline::new(Quantity::About(50_000), day(20_000)))];
    for i in 1..=phases {
        let mut id = String::new();
        write!(id, "p{i}").unwrap();
        let strength = Quantity::Range(40_000 - 100 * i - 90, 40_000 - 100 * i);
        terms.phases.push(Phase::new(id, Deadline::day(day(20_000 + 100 * i))).limit(Limit::remain(strength)));
    }
    terms.record = vec![Act::new(day(20_010), ActKind::TextAgreed), Act::new(day(20_020), ActKind::Approved)];
    terms
}

/// A thousand documents of five phases, from text to validated agreement.
fn read() {
    let text = (serde_json::to_string(&terms(5)).unwrap() + "\n").repeat(1_000);
    black_box(read_lines(text.as_bytes()).flatten().count());
}

/// A hundred times a thousand days of each curve, filled and compiled, and as many days in no order.
fn series() {
    let agreement = Agreement::try_from(terms(8)).unwrap();
    let schedule = agreement.schedule("f").unwrap();
    let days = || day(20_000)..=day(20_999);
    let scattered: Vec<_> = (0..1_000_u32).map(|n| day(19_900 + n.wrapping_mul(2_654_435_761) % 1_200)).collect();
    let (mut low, mut high) = (vec![0; 1_000], vec![0; 1_000]);
    for _ in 0..100 {
        schedule.fill_required(days(), &mut low, &mut high);
        schedule.compile_required().at_many(&scattered, &mut low, &mut high);
        for how in Interpolation::ALL {
            schedule.fill_planned(days(), *how, &mut low, &mut high);
            schedule.compile(*how).at_many(&scattered, &mut low, &mut high);
        }
        black_box((&low, &high));
    }
}

fn portfolio() -> Portfolio {
    let agreement = Agreement::try_from(terms(8)).unwrap();
    let mut portfolio = Portfolio::new();
    for n in 0..100 {
        portfolio.add_as(&n.to_string(), &agreement).unwrap();
    }
    portfolio
}

/// A hundred thousand numbers in no order.
fn scattered(below: u32) -> impl Iterator<Item = u32> {
    (0..100_000_u32).map(move |n| n.wrapping_mul(2_654_435_761) % below)
}

/// A hundred thousand pairs of names among a hundred agreements, and what is required of each on a day.
fn names() {
    let portfolio = portfolio();
    let names: Vec<_> = (0..100).map(|n| n.to_string()).collect();
    let pairs = scattered(100).map(|n| (names[usize::try_from(n).unwrap()].as_str(), "f"));
    let days: Vec<_> = scattered(1_200).map(|n| 19_900 + n.cast_signed()).collect();
    let (mut keys, mut strict, mut lenient) = (vec![0; 100_000], vec![0; 100_000], vec![0; 100_000]);
    black_box(portfolio.keys(pairs, &mut keys));
    black_box(portfolio.required_numbers(&keys, &days, &mut strict, &mut lenient));
}

/// A hundred thousand counts against a hundred agreements.
fn verdicts() {
    let portfolio = portfolio();
    let (keys, counts): (Vec<_>, Vec<_>) = (scattered(100).collect(), scattered(50_000).collect());
    let days: Vec<_> = scattered(1_200).map(|n| 19_900 + n.cast_signed()).collect();
    let (mut codes, mut low, mut high) = (vec![0; keys.len()], vec![0; keys.len()], vec![0; keys.len()]);
    let rows = CountColumns { keys: &keys, days: &days, low: &counts, high: &counts };
    let mut out = VerdictColumns { verdicts: &mut codes, margin_low: &mut low, margin_high: &mut high };
    black_box(portfolio.judge(rows, &mut out));
}
