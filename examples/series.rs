//! Prints what is required or planned of a force, a row a day, as CSV.
//!
//! `cargo run --example series -- AGREEMENT.json --force ID [--interpolation required|step|linear|monotone]
//! [--from DATE] [--to DATE] [--known DATE]`

mod shared;

use std::fmt::Write as _;
use std::process::ExitCode;

use chrono::NaiveDate;
use force_drawdown::{Agreement, Interpolation, Schedule};
use shared::{Arguments, Failure, day, read_agreement};

const USAGE: &str = "series AGREEMENT.json --force ID [--interpolation required|step|linear|monotone] \
                     [--from DATE] [--to DATE] [--known DATE]";

fn main() -> ExitCode {
    shared::finish(run())
}

fn run() -> Result<String, Failure> {
    let options = ["--force", "--interpolation", "--from", "--to", "--known"];
    let arguments = Arguments::parse(USAGE, &options, &[])?;
    let mut agreement: Agreement = read_agreement(arguments.file()?)?;
    if let Some(known) = arguments.day("--known")? {
        agreement = agreement.as_known_on(known);
    }
    let force = arguments.get("--force").ok_or_else(|| arguments.misuse("--force is missing"))?;
    let unknown = || {
        let known: Vec<_> = agreement.terms().forces.iter().map(|force| force.id.as_str()).collect();
        Failure::new(format!("no force has the id {force:?}; the forces are {}", known.join(", ")))
    };
    let schedule = agreement.schedule(force).ok_or_else(unknown)?;
    let days = schedule.days();
    let from = arguments.day("--from")?.or_else(|| days.as_ref().map(|days| *days.start()));
    let to = arguments.day("--to")?.or_else(|| days.as_ref().map(|days| *days.end()));
    let rows = match arguments.get("--interpolation") {
        None | Some("required") => required(&schedule, from, to),
        Some(how) => planned(&schedule, from, to, how.parse().map_err(|error| arguments.misuse(&format!("{error}")))?),
    };
    Ok(rows)
}

fn required(schedule: &Schedule<'_>, from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    let mut csv = "date,strict,lenient\n".to_owned();
    if let (Some(from), Some(to)) = (from, to) {
        for (date, ceiling) in schedule.required_series(from..=to) {
            let strict = ceiling.map(|ceiling| ceiling.strict);
            row(&mut csv, date, strict, ceiling.and_then(|ceiling| ceiling.lenient));
        }
    }
    csv
}

fn planned(schedule: &Schedule<'_>, from: Option<NaiveDate>, to: Option<NaiveDate>, how: Interpolation) -> String {
    let mut csv = "date,low,high\n".to_owned();
    if let (Some(from), Some(to)) = (from, to) {
        for (date, planned) in schedule.planned_series(from..=to, how) {
            row(&mut csv, date, planned.low, planned.high);
        }
    }
    csv
}

fn row(csv: &mut String, date: NaiveDate, low: Option<u32>, high: Option<u32>) {
    let cell = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    // Writing to a string does not fail.
    _ = writeln!(csv, "{},{},{}", day(date), cell(low), cell(high));
}
