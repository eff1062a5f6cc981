//! How long judging takes: `cargo bench -p force-drawdown-benches --bench judge`. Ten thousand agreements of five phases,
//! with ten and with a hundred observations each: ten times the observations should take no more than ten times as long.
//! And what is made of one real agreement to be read, seen and shared.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, missing_docs)]

use std::hint::black_box;

use chrono::{Days, NaiveDate};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use force_drawdown::{
    Act, ActKind, Agreement, Baseline, Chart, Deadline, Force, Interpolation, Limit, Observation, Party, Phase,
    Quantity, Role, Terms, catalog,
};

const AGREEMENTS: u32 = 10_000;

fn day(number: u32) -> NaiveDate {
    NaiveDate::default() + Days::new(number.into())
}

fn agreement(n: u32) -> Agreement {
    let mut terms = Terms::new("made up");
    terms.parties = vec![Party::new("s", "Sender", Role::Sending), Party::new("r", "Receiver", Role::Receiving)];
    terms.forces = vec![Force::new("f").baseline(Baseline::new(Quantity::About(9_000 + n), day(20_000)))];
    for i in 1..=5 {
        let limit = Limit::remain(Quantity::Range(8_000 - 1_000 * i, 8_100 - 1_000 * i));
        terms.phases.push(Phase::new(i.to_string(), Deadline::day(day(20_000 + 100 * i))).limit(limit));
    }
    terms.record = vec![Act::new(day(20_000), ActKind::TextAgreed), Act::new(day(20_000), ActKind::Approved)];
    Agreement::try_from(terms).unwrap()
}

fn judge(c: &mut Criterion) {
    let agreements: Vec<Agreement> = (0..AGREEMENTS).map(agreement).collect();
    let mut group = c.benchmark_group("judge 10,000 agreements");
    group.sample_size(10);
    for each in [10, 100] {
        let seen =
            |i: u32| Observation::present(day(20_001 + 599 * i / each), Quantity::About(9_000 - 80 * i * 100 / each));
        let observations: Vec<Observation> = (0..each).map(seen).collect();
        group.throughput(Throughput::Elements(u64::from(AGREEMENTS * each)));
        group.bench_function(format!("{} observations", AGREEMENTS * each), |b| {
            b.iter(|| {
                for agreement in &agreements {
                    black_box(agreement.assess(black_box(&observations), day(20_600)));
                }
            });
        });
    }
    group.finish();
}

fn share(c: &mut Criterion) {
    let entry = catalog::get("us-iraq-2024").unwrap();
    let (agreement, seen) = (&entry.agreement, entry.observations.as_slice());
    let on = agreement.last_day(seen).unwrap();
    let assessment = agreement.assess(seen, on);
    let mut group = c.benchmark_group("us-iraq-2024");
    group.bench_function("assess", |b| b.iter(|| agreement.assess(black_box(seen), on)));
    group.bench_function("explain", |b| b.iter(|| black_box(&assessment).explain()));
    group.bench_function("timeline", |b| b.iter(|| black_box(agreement).timeline().count()));
    group.bench_function("calendar", |b| b.iter(|| black_box(agreement).calendar()));
    group.bench_function("chart, SVG", |b| b.iter(|| Chart::new(black_box(agreement)).observations(seen).svg()));
    group.bench_function("tidy CSV", |b| {
        b.iter(|| agreement.write_tidy_csv(black_box(seen), Interpolation::Linear, std::io::sink()));
    });
    group.finish();
}

criterion_group!(benches, judge, share);
criterion_main!(benches);
