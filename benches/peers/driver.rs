//! This crate's side of the comparison with other tools: `run.sh` beside this file runs it.
#![allow(
    unreachable_pub,
    clippy::struct_field_names,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    missing_docs
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use force_drawdown::bulk::{CountColumns, Portfolio, VerdictColumns, read_lines};
use force_drawdown::{
    Act, ActKind, Agreement, Baseline, Deadline, Force, Interpolation, Limit, Part, Party, Period, Phase, Quantity,
    Role, Terms,
};

mod plain;

/// Stretches of runs of which the median counts, and how long each takes at least, in milliseconds.
const STRETCHES: usize = 5;
const STRETCH: f64 = 300.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["days", folder] => days(Path::new(folder)),
        ["series"] => series(),
        ["verdicts", folder] => verdicts(Path::new(folder)),
        ["lines", file] => lines(Path::new(file)),
        ["phases"] => phases(),
        _ => println!("0 passed, 0 failed"),
    }
}

/// Milliseconds that this thread has had a processor; where the system does not say, of the clock.
///
/// Other work on the machine then makes nothing longer but waiting for memory. The system counts by the tick, hence
/// stretches that are much longer.
fn clock(begun: Instant) -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = stat.and_then(|stat| stat.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| begun.elapsed().as_secs_f64() * 1e3, |nanoseconds| nanoseconds / 1e6)
}

/// Prints the median time in milliseconds of what is done, after a first time that does not count.
fn time<T>(name: &str, mut work: impl FnMut() -> T) {
    black_box(work());
    let start = Instant::now();
    let mut times: Vec<f64> = (0..STRETCHES)
        .map(|_| {
            let (begun, mut runs) = (clock(start), 0.0);
            loop {
                black_box(work());
                runs += 1.0;
                let taken = clock(start) - begun;
                if taken >= STRETCH {
                    return taken / runs;
                }
            }
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{name} {}", times[STRETCHES / 2]);
}

fn numbers(file: &Path) -> Vec<i32> {
    let bytes = std::fs::read(file).unwrap();
    bytes.chunks_exact(4).map(|number| i32::from_le_bytes(number.try_into().unwrap())).collect()
}

fn write(file: &Path, column: &[u32]) {
    std::fs::write(file, column.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>()).unwrap();
}

fn date(number: i32) -> NaiveDate {
    NaiveDate::default() + Days::new(number.try_into().unwrap())
}

/// Days in random order against one schedule.
fn days(folder: &Path) {
    let text = std::fs::read_to_string(folder.join("agreement.json")).unwrap();
    let agreement: Agreement = serde_json::from_str(&text).unwrap();
    let schedule = agreement.schedule("f").unwrap();
    let numbers = numbers(&folder.join("days.bin"));
    let dates: Vec<_> = numbers.iter().copied().map(date).collect();
    let (mut low, mut high) = (vec![1; numbers.len()], vec![1; numbers.len()]);
    let mut copy = vec![1; numbers.len()];
    time("memcpy", || copy.copy_from_slice(&numbers));
    macro_rules! measure {
        ($name:literal, $series:expr) => {
            let series = $series;
            time(concat!($name, ".numbers"), || series.at_many_numbers(&numbers, &mut low, &mut high));
            write(&folder.join(concat!($name, ".low.bin")), &low);
            write(&folder.join(concat!($name, ".high.bin")), &high);
            time(concat!($name, ".dates"), || series.at_many(&dates, &mut low, &mut high));
            time(concat!($name, ".compile"), || $series);
        };
    }
    measure!("required", schedule.compile_required());
    measure!("linear", schedule.compile(Interpolation::Linear));
    measure!("monotone", schedule.compile(Interpolation::Monotone));
}

/// An agreement by formula, which the other side follows too: eight phases with windows and vague numbers.
fn by_formula(a: i32) -> Agreement {
    let start = 18_000 + a * 7_919 % 3_000;
    let mut terms = Terms::new("made up");
    terms.parties = vec![Party::new("s", "Sender", Role::Sending)];
    let base = Baseline::new(Quantity::Exact(2_400), date(start));
    terms.forces = vec![Force::new("f").baseline(base)];
    for i in 1..=8 {
        let earliest = start + 100 * i + (a * 31 + i * 17) % 30;
        let latest = earliest + (a + i) % 25;
        let high = 100 * (20 - 2 * i) + (a * 13 + i * 7) % 50;
        let low = high - (a + 3 * i) % 40;
        let window = Period::Between(Part::Day(date(earliest)), Part::Day(date(latest)));
        let strength = Quantity::Range(low.unsigned_abs(), high.unsigned_abs());
        terms.phases.push(Phase::new(i.to_string(), Deadline::Period(window)).limit(Limit::remain(strength)));
    }
    terms.record.push(Act::new(date(17_000), ActKind::Approved));
    Agreement::try_from(terms).unwrap()
}

/// A thousand days of each of 5,000 agreements.
fn series() {
    const DAYS: usize = 1_000;
    let agreements: Vec<_> = (0..5_000).map(by_formula).collect();
    let schedules: Vec<_> = agreements.iter().map(|agreement| agreement.schedule("f").unwrap()).collect();
    let length = DAYS * agreements.len();
    let (mut low, mut high) = (vec![1; length], vec![1; length]);
    let starts: Vec<_> = (0..5_000).map(|a| date(18_000 + a * 7_919 % 3_000)).collect();
    time("constant", || {
        let value = black_box(77);
        low.fill(value);
        high.fill(value);
        black_box((&mut low, &mut high));
    });
    let mut fill = |name: &str, how: Option<Interpolation>| {
        time(name, || {
            let buffers = low.chunks_mut(DAYS).zip(high.chunks_mut(DAYS));
            for ((schedule, start), (low, high)) in schedules.iter().zip(&starts).zip(buffers) {
                let days = *start..=*start + Days::new(999);
                match how {
                    Some(how) => schedule.fill_planned(days, how, low, high),
                    None => schedule.fill_required(days, low, high),
                };
            }
        });
        low.iter().chain(&high).fold(0_u64, |sum, number| sum.wrapping_mul(31).wrapping_add(u64::from(*number)))
    };
    fill("required", None);
    fill("linear", Some(Interpolation::Linear));
    fill("monotone", Some(Interpolation::Monotone));
    let sums: (u64, u64) = {
        fill("linear", Some(Interpolation::Linear));
        (low.iter().map(|n| u64::from(*n)).sum(), high.iter().map(|n| u64::from(*n)).sum())
    };
    println!("sum.low {}\nsum.high {}", sums.0, sums.1);
}

/// Five million rows against 100,000 agreements.
fn verdicts(folder: &Path) {
    let mut portfolio = Portfolio::new();
    let start = Instant::now();
    for a in 0..100_000 {
        portfolio.add_as(&a.to_string(), &by_formula(a)).unwrap();
    }
    println!("build {}", start.elapsed().as_secs_f64() * 1e3);
    let unsigned = |name| numbers(&folder.join(name)).iter().map(|n| n.unsigned_abs()).collect::<Vec<_>>();
    let (keys, counts, days) = (unsigned("keys.bin"), unsigned("counts.bin"), numbers(&folder.join("days.bin")));
    let (mut codes, mut low, mut high) = (vec![1; keys.len()], vec![1; keys.len()], vec![1; keys.len()]);
    let rows = CountColumns { keys: &keys, days: &days, low: &counts, high: &counts };
    let mut out = VerdictColumns { verdicts: &mut codes, margin_low: &mut low, margin_high: &mut high };
    time("judge", || portfolio.judge(rows, &mut out));
    std::fs::write(folder.join("codes.bin"), &codes).unwrap();
}

/// Agreements from JSON lines.
fn lines(file: &Path) {
    let text = std::fs::read_to_string(file).unwrap();
    let bytes = text.as_bytes();
    time("lines", || read_lines(bytes).map(|read| read.unwrap().1.terms().phases.len()).sum::<usize>());
    time("plain", || text.lines().map(|line| plain::read(line).phases.len()).sum::<usize>());
    time("terms", || {
        let read = |line| serde_json::from_str::<Terms>(line).unwrap();
        text.lines().map(|line| read(line).phases.len()).sum::<usize>()
    });
    let all: Vec<Terms> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    time("clone", || all.iter().map(|terms| terms.clone().phases.len()).sum::<usize>());
    time("clone+validate", || {
        all.iter().map(|terms| Agreement::try_from(terms.clone()).unwrap().terms().phases.len()).sum::<usize>()
    });
    let agreements: Vec<_> = all.into_iter().map(|terms| Agreement::try_from(terms).unwrap()).collect();
    time("compile", || {
        agreements.iter().map(|agreement| agreement.schedule("f").unwrap().compile_required().memory()).sum::<usize>()
    });
}

/// Validation, resolution and compilation of ever more phases.
fn phases() {
    for count in [5_u32, 50, 500, 5_000, 50_000, 500_000, 1_000_000] {
        let mut terms = Terms::new("long");
        terms.parties = vec![Party::new("s", "Sender", Role::Sending)];
        terms.forces = vec![Force::new("f").baseline(Baseline::new(4_000_000, date(10_000)))];
        for i in 0..count {
            let by = Deadline::day(date(10_001 + i32::try_from(u64::from(i) * 70_000 / u64::from(count)).unwrap()));
            let mut id = String::new();
            write!(id, "p{i}").unwrap();
            terms.phases.push(Phase::new(id, by).limit(Limit::remain(3_999_999 - i)));
        }
        time(&format!("{count}"), || {
            Agreement::try_from(terms.clone()).unwrap().schedule("f").unwrap().compile_required()
        });
    }
}
