//! How much of the bare kernel's speed the functions keep on Arrow's arrays, by processor time.
//!
//! `cargo run --example ratio` prints a row for each way to ask. The ways take turns, so that what else the machine does
//! troubles all of them alike. It reads the processor time of its thread, which Linux alone tells.

#![allow(clippy::arithmetic_side_effects, reason = "the numbers are those of this file")]

use std::error::Error;
use std::sync::Arc;

use datafusion_common::arrow::array::{ArrayRef, Date32Array, StringViewArray, StringViewBuilder, UInt32Array};
use datafusion_common::arrow::datatypes::Field;
use datafusion_common::config::ConfigOptions;
use datafusion_expr::{ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF};
use force_drawdown::bulk::CountColumns;
use force_drawdown_datafusion::{Agreements, functions};

/// Rows that an engine hands to a function at once.
const BATCH: usize = 8192;
const BATCHES: usize = 64;
const ROUNDS: usize = 31;

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(end)).unwrap_or(0)
    }
}

/// Agreements of one force and eight phases, approved.
fn documents(numbers: &mut Numbers, count: u32) -> String {
    let mut lines = Vec::new();
    for index in 0..count {
        let (base, first) = (2_000 + numbers.below(58_000), 2_000 + numbers.below(14));
        let mut left = base;
        let phases: Vec<_> = (1..=8)
            .map(|phase| {
                left = left * (50 + numbers.below(45)) / 100;
                let (month, day) = (2 + numbers.below(11), 1 + numbers.below(28));
                let year = first + phase - 1;
                format!(r#"{{"id":"{phase}","by":"{year}-{month:02}-{day:02}","limits":[{{"remain":{left}}}]}}"#)
            })
            .collect();
        let phases = phases.join(",");
        let party = r#"{"id":"A","name":"A","role":"sending"}"#;
        let baseline = format!(r#"{{"strength":{base},"as_of":"{}-12-01"}}"#, first - 1);
        let force = format!(r#"{{"id":"f","baseline":{baseline}}}"#);
        let act = format!(r#"{{"on":"{first}-01-10","act":"approved"}}"#);
        let head = format!(r#""id":"agreement-{index:06}","title":"T","parties":[{party}],"forces":[{force}]"#);
        lines.push(format!(r#"{{{head},"phases":[{phases}],"record":[{act}]}}"#));
    }
    lines.join("\n")
}

/// The processor time of this thread, in nanoseconds.
fn processor_time() -> Result<f64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split_whitespace().next().ok_or("no time")?.parse()?)
}

fn call(function: &ScalarUDF, columns: &[ArrayRef]) -> Result<ColumnarValue, Box<dyn Error>> {
    let types: Vec<_> = columns.iter().map(|column| column.data_type().clone()).collect();
    assert_eq!(function.coerce_types(&types)?, types);
    let arg_fields: Vec<_> = types.iter().map(|of| Arc::new(Field::new("it", of.clone(), true))).collect();
    let scalar_arguments = vec![None; columns.len()];
    let fields = ReturnFieldArgs { arg_fields: &arg_fields, scalar_arguments: &scalar_arguments };
    let return_field = function.return_field_from_args(fields)?;
    Ok(function.invoke_with_args(ScalarFunctionArgs {
        args: columns.iter().cloned().map(ColumnarValue::Array).collect(),
        arg_fields,
        number_rows: BATCH,
        return_field,
        config_options: Arc::new(ConfigOptions::default()),
    })?)
}

/// A batch: keys, names, days and counts.
struct Batch {
    keys: Vec<u32>,
    days: Vec<i32>,
    low: Vec<u32>,
    high: Vec<u32>,
    by_key: Vec<ArrayRef>,
    by_names: Vec<ArrayRef>,
}

fn batches(numbers: &mut Numbers, agreements: u32, is_sorted: bool) -> Vec<Batch> {
    let rows = BATCH * BATCHES;
    let mut keys: Vec<u32> = (0..rows).map(|_| numbers.below(agreements)).collect();
    if is_sorted {
        keys.sort_unstable();
    }
    let batch = |keys: &[u32]| {
        let keys = keys.to_vec();
        let days: Vec<i32> = keys.iter().map(|_| 10_957 + i32::try_from(numbers.below(9_000)).unwrap_or(0)).collect();
        let low: Vec<u32> = keys.iter().map(|_| numbers.below(60_000)).collect();
        let high: Vec<u32> = low.iter().map(|low| low + numbers.below(300)).collect();
        // As an engine reads them from Parquet: each name is in the buffer once.
        let mut names = StringViewBuilder::new().with_deduplicate_strings();
        for key in &keys {
            names.append_value(format!("agreement-{key:06}"));
        }
        let forces = StringViewArray::from_iter_values(keys.iter().map(|_| "f"));
        let counts: [ArrayRef; 3] = [
            Arc::new(Date32Array::from(days.clone())),
            Arc::new(UInt32Array::from(low.clone())),
            Arc::new(UInt32Array::from(high.clone())),
        ];
        let key: [ArrayRef; 1] = [Arc::new(UInt32Array::from(keys.clone()))];
        let names: [ArrayRef; 2] = [Arc::new(names.finish()), Arc::new(forces)];
        let with = |first: &[ArrayRef]| first.iter().chain(&counts).cloned().collect();
        Batch { by_key: with(&key), by_names: with(&names), keys, days, low, high }
    };
    keys.chunks(BATCH).map(batch).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

type Outcome = Result<(), Box<dyn Error>>;
type Way<'a> = (&'static str, &'a dyn Fn() -> Outcome);

/// Measures ways in turn, and prints the median of each and of its share of the first one's speed in the same round.
fn compare(ways: &[Way<'_>]) -> Result<(), Box<dyn Error>> {
    let mut times = vec![Vec::new(); ways.len()];
    for _ in 0..ROUNDS {
        for ((_, way), times) in ways.iter().zip(&mut times) {
            let before = processor_time()?;
            way()?;
            times.push((processor_time()? - before) / f64::from(u32::try_from(BATCH * BATCHES)?));
        }
    }
    let bare = times.first().cloned().unwrap_or_default();
    for ((name, _), times) in ways.iter().zip(times) {
        let shares = bare.iter().zip(&times).map(|(bare, time)| 100.0 * bare / time).collect();
        println!("| {name} | {:.1} | {:.0} % |", median(times), median(shares));
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut numbers = Numbers(1);
    let all = Agreements::read_lines(documents(&mut numbers, 2_000).as_bytes())?;
    let portfolio = all.portfolio();
    let find = |name: &str| functions(&all).into_iter().find(|function| function.name() == name).ok_or("no function");
    let (verdict, required) = (find("verdict")?, find("required_strict")?);
    for (order, is_sorted) in [("in any order", false), ("sorted", true)] {
        let batches = batches(&mut numbers, 2_000, is_sorted);
        println!("\n| {order} | ns a row | of the bare kernel's speed |\n| --- | ---: | ---: |");
        let each = |ask: &dyn Fn(&Batch) -> Outcome| batches.iter().try_for_each(ask);
        let bare = |it: &Batch| {
            let rows = CountColumns { keys: &it.keys, days: &it.days, low: &it.low, high: &it.high };
            let mut codes = vec![0; BATCH];
            assert_eq!(portfolio.judge_verdicts(rows, &mut codes), BATCH);
            std::hint::black_box(codes);
            Ok(())
        };
        let run = |function: &ScalarUDF, columns: &[ArrayRef]| {
            std::hint::black_box(call(function, columns)?);
            Ok(())
        };
        compare(&[
            ("`judge_verdicts`", &|| each(&bare)),
            ("`verdict` by key", &|| each(&|it| run(&verdict, &it.by_key))),
            ("`verdict` by names", &|| each(&|it| run(&verdict, &it.by_names))),
        ])?;
        let bare = |it: &Batch| {
            let (mut strict, mut lenient) = (vec![0; BATCH], vec![0; BATCH]);
            assert_eq!(portfolio.required_numbers(&it.keys, &it.days, &mut strict, &mut lenient), BATCH);
            std::hint::black_box((strict, lenient));
            Ok(())
        };
        compare(&[
            ("`required_numbers`", &|| each(&bare)),
            ("`required_strict` by key", &|| each(&|it| run(&required, it.by_key.get(..2).unwrap_or_default()))),
            ("`required_strict` by names", &|| each(&|it| run(&required, it.by_names.get(..3).unwrap_or_default()))),
        ])?;
    }
    Ok(())
}
