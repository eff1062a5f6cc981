//! How much of the bare kernel's speed the functions keep on Arrow's arrays, by processor time.
//!
//! `./measure.sh` runs it. It prints a row for each way to ask. The ways take turns, so that what else the machine does
//! troubles all of them alike. It reads the processor time of its thread, which Linux alone tells.

#![allow(clippy::arithmetic_side_effects, reason = "the numbers are those of this file")]

use std::cell::RefCell;
use std::error::Error;
use std::sync::Arc;

use datafusion_common::arrow::array::{ArrayRef, Date32Array, StringViewArray, StringViewBuilder, UInt32Array};
use datafusion_common::arrow::datatypes::{Field, FieldRef};
use datafusion_common::config::ConfigOptions;
use datafusion_expr::{ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF};
use force_drawdown::bulk::{CountColumns, VerdictColumns};
use force_drawdown_datafusion::{Agreements, functions};

use support::{Numbers, documents, median};

mod support;

/// Rows that an engine hands to a function at once.
const BATCH: usize = 8192;
const BATCHES: usize = 64;
const ROUNDS: usize = 31;

/// The processor time of this thread, in nanoseconds.
fn processor_time() -> Result<f64, Box<dyn Error>> {
    // The system counts up to the last time that it looked at the thread, which is now.
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split_whitespace().next().ok_or("no time")?.parse()?)
}

/// A function as a query calls it: what it returns is settled once, and not for each batch.
struct Call {
    function: ScalarUDF,
    arg_fields: Vec<FieldRef>,
    return_field: FieldRef,
    config_options: Arc<ConfigOptions>,
}

impl Call {
    fn new(function: &ScalarUDF, columns: &[ArrayRef]) -> Result<Self, Box<dyn Error>> {
        let types: Vec<_> = columns.iter().map(|column| column.data_type().clone()).collect();
        assert_eq!(function.coerce_types(&types)?, types);
        let arg_fields: Vec<_> = types.iter().map(|of| Arc::new(Field::new("it", of.clone(), true))).collect();
        let scalar_arguments = vec![None; columns.len()];
        let fields = ReturnFieldArgs { arg_fields: &arg_fields, scalar_arguments: &scalar_arguments };
        let return_field = function.return_field_from_args(fields)?;
        Ok(Self { function: function.clone(), arg_fields, return_field, config_options: Arc::default() })
    }

    fn run(&self, columns: &[ArrayRef]) -> Outcome {
        std::hint::black_box(self.function.invoke_with_args(ScalarFunctionArgs {
            args: columns.iter().cloned().map(ColumnarValue::Array).collect(),
            arg_fields: self.arg_fields.clone(),
            number_rows: BATCH,
            return_field: Arc::clone(&self.return_field),
            config_options: Arc::clone(&self.config_options),
        })?);
        Ok(())
    }
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

type Outcome = Result<(), Box<dyn Error>>;
type Way<'a> = (&'static str, &'a dyn Fn() -> Outcome);

/// Measures ways in turn, and prints the median of each and of its share of the speed of the first ones in the same round.
fn compare(ways: &[Way<'_>], first: usize) -> Result<(), Box<dyn Error>> {
    let mut times = vec![Vec::new(); ways.len()];
    for _ in 0..ROUNDS {
        for ((_, way), times) in ways.iter().zip(&mut times) {
            let before = processor_time()?;
            way()?;
            times.push((processor_time()? - before) / f64::from(u32::try_from(BATCH * BATCHES)?));
        }
    }
    for ((name, _), of_way) in ways.iter().zip(&times) {
        let share = |bare: &Vec<f64>| median(bare.iter().zip(of_way).map(|(bare, time)| 100.0 * bare / time).collect());
        let shares: Vec<_> = times.iter().take(first).map(|bare| format!("{:.0} %", share(bare))).collect();
        println!("| {name} | {:.1} | {} |", median(of_way.clone()), shares.join(" | "));
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut numbers = Numbers(1);
    let all = Agreements::read_lines(documents(&mut numbers, 2_000).as_bytes())?;
    let portfolio = all.portfolio();
    let find = |name: &str| functions(&all).into_iter().find(|function| function.name() == name).ok_or("no function");
    let (verdict, required) = (find("verdict")?, find("required_strict")?);
    let used_again = RefCell::new((vec![0; BATCH], vec![0; BATCH], vec![0; BATCH]));
    for (order, is_sorted) in [("in any order", false), ("sorted", true)] {
        let batches = batches(&mut numbers, 2_000, is_sorted);
        println!("\n| {order} | ns a row | of `judge` | of `judge_verdicts` |\n| --- | ---: | ---: | ---: |");
        let each = |ask: &dyn Fn(&Batch) -> Outcome| batches.iter().try_for_each(ask);
        let bare = |it: &Batch| {
            let rows = CountColumns { keys: &it.keys, days: &it.days, low: &it.low, high: &it.high };
            let mut codes = vec![0; BATCH];
            assert_eq!(portfolio.judge_verdicts(rows, &mut codes), BATCH);
            std::hint::black_box(codes);
            Ok(())
        };
        let with_margins = |it: &Batch| {
            let rows = CountColumns { keys: &it.keys, days: &it.days, low: &it.low, high: &it.high };
            let (verdicts, margin_low, margin_high) = &mut *used_again.borrow_mut();
            assert_eq!(portfolio.judge(rows, &mut VerdictColumns { verdicts, margin_low, margin_high }), BATCH);
            Ok(())
        };
        let first = batches.first().ok_or("no batch")?;
        let [by_key, by_names] = [&first.by_key, &first.by_names];
        let [verdict_key, verdict_names] = [Call::new(&verdict, by_key)?, Call::new(&verdict, by_names)?];
        let ways: [Way<'_>; 4] = [
            ("`judge`", &|| each(&with_margins)),
            ("`judge_verdicts`", &|| each(&bare)),
            ("`verdict` by key", &|| each(&|it| verdict_key.run(&it.by_key))),
            ("`verdict` by names", &|| each(&|it| verdict_names.run(&it.by_names))),
        ];
        compare(&ways, 2)?;
        println!("\n| {order} | ns a row | of `required_numbers` |\n| --- | ---: | ---: |");
        let bare = |it: &Batch| {
            let (mut strict, mut lenient) = (vec![0; BATCH], vec![0; BATCH]);
            assert_eq!(portfolio.required_numbers(&it.keys, &it.days, &mut strict, &mut lenient), BATCH);
            std::hint::black_box((strict, lenient));
            Ok(())
        };
        let days = |columns: &[ArrayRef], names: usize| columns.get(..=names).unwrap_or_default().to_vec();
        let [required_key, required_names] =
            [Call::new(&required, &days(by_key, 1))?, Call::new(&required, &days(by_names, 2))?];
        let ways: [Way<'_>; 3] = [
            ("`required_numbers`", &|| each(&bare)),
            ("`required_strict` by key", &|| each(&|it| required_key.run(&days(&it.by_key, 1)))),
            ("`required_strict` by names", &|| each(&|it| required_names.run(&days(&it.by_names, 2)))),
        ];
        compare(&ways, 1)?;
    }
    Ok(())
}
