//! How long questions take, single and in bulk: `cargo bench -p force-drawdown-benches --bench bulk`.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, missing_docs)]

use std::fmt::Write as _;
use std::hint::black_box;

use chrono::{Days, NaiveDate};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use force_drawdown::bulk::{CountColumns, Portfolio, VerdictColumns, read_lines, read_lines_parallel};
use force_drawdown::{
    Act, ActKind, Agreement, Baseline, Deadline, Force, Interpolation, Limit, Observation, Party, Phase, Quantity,
    Role, Terms,
};

fn day(number: u32) -> NaiveDate {
    NaiveDate::default() + Days::new(number.into())
}

/// An agreement on one force, with a phase each 100 days.
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

fn agreement(phases: u32) -> Agreement {
    Agreement::try_from(terms(phases)).unwrap()
}

/// Numbers that look random.
fn scattered(count: u32, below: u32) -> impl Iterator<Item = u32> {
    (0..count).map(move |n| n.wrapping_mul(2_654_435_761) % below)
}

fn single(c: &mut Criterion) {
    let mut group = c.benchmark_group("single");
    let json = serde_json::to_string(&terms(5)).unwrap();
    group.bench_function("read and validate 5 phases", |b| {
        b.iter(|| serde_json::from_str::<Agreement>(black_box(&json)).unwrap());
    });
    group.bench_function("validate and resolve 5 phases", |b| {
        b.iter_batched(|| terms(5), |terms| Agreement::try_from(terms).unwrap(), BatchSize::SmallInput);
    });
    let agreement = agreement(8);
    let schedule = agreement.schedule("f").unwrap();
    let on = day(20_333);
    group.bench_function("required on a day", |b| b.iter(|| schedule.required_on(black_box(on))));
    for how in Interpolation::ALL {
        group.bench_function(format!("planned on a day, {how}"), |b| {
            b.iter(|| schedule.planned_on(black_box(on), *how));
        });
    }
    let seen = [Observation::present(on, Quantity::Exact(39_500))];
    group.bench_function("assess", |b| b.iter(|| agreement.assess(black_box(&seen), on)));
    group.finish();
}

fn series(c: &mut Criterion) {
    let agreement = agreement(8);
    let schedule = agreement.schedule("f").unwrap();
    let days = || day(20_000)..=day(20_999);
    let (mut low, mut high) = (vec![0; 1_000], vec![0; 1_000]);
    let mut group = c.benchmark_group("series of 1,000 days");
    group.throughput(Throughput::Elements(1_000));
    group.bench_function("required", |b| b.iter(|| schedule.fill_required(days(), &mut low, &mut high)));
    for how in Interpolation::ALL {
        group.bench_function(how.as_str(), |b| b.iter(|| schedule.fill_planned(days(), *how, &mut low, &mut high)));
        group.bench_function(format!("compile {how}"), |b| b.iter(|| schedule.compile(*how)));
    }
    let compiled = schedule.compile(Interpolation::Linear);
    group.bench_function("from a compiled one", |b| b.iter(|| compiled.fill(days(), &mut low, &mut high)));
    group.finish();

    let many: Vec<_> = scattered(100_000, 1_200).map(|n| 19_900 + n.cast_signed()).collect();
    let dates: Vec<_> = many.iter().map(|number| day(number.unsigned_abs())).collect();
    let (mut low, mut high) = (vec![0; many.len()], vec![0; many.len()]);
    let mut group = c.benchmark_group("100,000 days in any order");
    group.throughput(Throughput::Elements(100_000));
    group.bench_function("numbers", |b| b.iter(|| compiled.at_many_numbers(&many, &mut low, &mut high)));
    group.bench_function("dates", |b| b.iter(|| compiled.at_many(&dates, &mut low, &mut high)));
    group.finish();
}

fn portfolio(c: &mut Criterion) {
    let agreement = agreement(8);
    let mut portfolio = Portfolio::new();
    for n in 0..10_000 {
        portfolio.add_as(&n.to_string(), &agreement).unwrap();
    }
    let count = 500_000;
    let keys: Vec<_> = scattered(count, 10_000).collect();
    let days: Vec<_> = scattered(count, 1_200).map(|n| 19_900 + n.cast_signed()).collect();
    let counts: Vec<_> = scattered(count, 50_000).collect();
    let (mut codes, mut low, mut high) = (vec![0; keys.len()], vec![0; keys.len()], vec![0; keys.len()]);
    let rows = CountColumns { keys: &keys, days: &days, low: &counts, high: &counts };
    let mut out = VerdictColumns { verdicts: &mut codes, margin_low: &mut low, margin_high: &mut high };
    let mut group = c.benchmark_group("portfolio");
    group.bench_function("add", |b| {
        b.iter_batched(
            Portfolio::new,
            |mut empty| empty.add_as("it", &agreement).map(|_| empty),
            BatchSize::SmallInput,
        );
    });
    group.throughput(Throughput::Elements(count.into()));
    group.bench_function("judge", |b| b.iter(|| portfolio.judge(rows, &mut out)));
    group.bench_function("judge in parallel", |b| b.iter(|| portfolio.judge_parallel(rows, &mut out)));
    group.finish();
}

fn lines(c: &mut Criterion) {
    let line = serde_json::to_string(&terms(5)).unwrap() + "\n";
    let text = line.repeat(1_000);
    let mut group = c.benchmark_group("1,000 lines of 5 phases");
    group.throughput(Throughput::Bytes(text.len().try_into().unwrap()));
    group.bench_function("in turn", |b| b.iter(|| read_lines(text.as_bytes()).count()));
    group.bench_function("in parallel", |b| b.iter(|| read_lines_parallel(text.as_bytes()).count()));
    group.finish();
}

criterion_group!(benches, single, series, portfolio, lines);
criterion_main!(benches);
