//! Reading a million observations from CSV, beside the csv crate's own typed deserialisation of the same rows.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, missing_docs, reason = "a benchmark may panic")]

use std::fmt::Write;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use force_drawdown::Observation;
use serde::Deserialize;

const ROWS: usize = 1_000_000;

/// The same cells as texts, none of them understood.
#[derive(Deserialize)]
#[allow(dead_code, reason = "it is read and dropped")]
struct Texts {
    force: String,
    date: String,
    present: String,
    withdrawn: String,
    withdrawn_share: String,
    published: String,
    source: String,
    kind: String,
    note: String,
}

fn rows() -> String {
    let mut text = "force,date,present,withdrawn,withdrawn_share,published,source,kind,note\n".to_owned();
    for row in 0..ROWS {
        let (month, day, people) = (row % 12 + 1, row % 28 + 1, 100_000 - row % 90_000);
        let written = match row % 4 {
            0 => writeln!(text, "us,2025-{month:02}-{day:02},{people},,,,report,,"),
            1 => writeln!(text, "us,2025-{month:02}-{day:02},about {people},,,2026-01-{day:02},report,count,"),
            2 => writeln!(
                text,
                "us,2025-{month:02},,\"{},500\",,,\"Ministry, as reported\",,\"said \"\"all\"\"\"",
                people % 1_000
            ),
            _ => writeln!(text, "us,2025-Q{},,,{}%,,report,doubtful,", row % 4 + 1, row % 101),
        };
        written.unwrap();
    }
    text
}

fn reading(criterion: &mut Criterion) {
    let text = rows();
    let mut group = criterion.benchmark_group("a million rows");
    group.throughput(Throughput::Elements(ROWS as u64)).sample_size(10).measurement_time(Duration::from_secs(15));
    group.bench_function("observations", |bencher| {
        bencher.iter(|| Observation::read_csv(black_box(text.as_bytes())).unwrap().len());
    });
    group.bench_function("csv crate, typed", |bencher| {
        bencher.iter(|| {
            let rows = csv::Reader::from_reader(black_box(text.as_bytes())).into_deserialize::<Texts>();
            rows.collect::<Result<Vec<_>, _>>().unwrap().len()
        });
    });
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
