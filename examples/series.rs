//! Prints what is required or planned of a force, a row a day, as CSV.
//!
//! `cargo run --example series -- AGREEMENT.json --force ID [--interpolation required|step|linear|monotone]
//! [--from DATE] [--to DATE] [--known DATE]`

mod shared;

use std::fmt::Write as _;
use std::process::ExitCode;

use chrono::NaiveDate;
use force_drawdown::{Agreement, Change, Interpolation, Schedule};
use shared::{Arguments, Failure, day, read_agreement};

const USAGE: &str = "series AGREEMENT.json --force ID [--interpolation required|step|linear|monotone] \
                     [--from DATE] [--to DATE] [--known DATE]";

fn main() -> ExitCode {
    shared::finish(run())
}

fn run() -> Result<String, Failure> {
    let options = ["--force", "--interpolation", "--from", "--to", "--known"];
    let arguments = Arguments::parse(USAGE, &options, &[])?;
    let agreement: Agreement = read_agreement(arguments.file()?)?;
    let force = arguments.get("--force").ok_or_else(|| arguments.misuse("--force is missing"))?;
    if agreement.schedule(force).is_none() {
        let terms = agreement.terms();
        let added =
            terms.amendments.iter().flat_map(|amendment| &amendment.changes).filter_map(|change| match change {
                Change::AddForce { add_force } => Some(add_force),
                _ => None,
            });
        let forces: Vec<_> = terms.forces.iter().chain(added).map(|force| force.id.as_str()).collect();
        return Err(Failure::new(format!("no force has the id {force:?}; the forces are {}", forces.join(", "))));
    }
    let agreement = match arguments.day("--known")? {
        Some(known) => agreement.as_known_on(known),
        None => agreement,
    };
    // A force that only a later amendment adds is not known yet, and so without days of its own.
    let schedule = agreement.schedule(force);
    let days = schedule.and_then(|schedule| schedule.days());
    let from = arguments.day("--from")?.or_else(|| days.as_ref().map(|days| *days.start()));
    let to = arguments.day("--to")?.or_else(|| days.as_ref().map(|days| *days.end()));
    let days = from.zip(to);
    match arguments.get("--interpolation") {
        None | Some("required") => Ok(required(schedule, days)),
        Some(how) => {
            let how = how.parse().map_err(|_| {
                let words = Interpolation::WORDS.join(", ");
                arguments.misuse(&format!("--interpolation: expected one of required, {words}, found {how:?}"))
            })?;
            Ok(planned(schedule, days, how))
        }
    }
}

fn required(schedule: Option<Schedule<'_>>, days: Option<(NaiveDate, NaiveDate)>) -> String {
    let mut csv = "date,strict,lenient\n".to_owned();
    for date in each(days) {
        let ceiling = schedule.and_then(|schedule| schedule.required_on(date));
        row(&mut csv, date, ceiling.map(|ceiling| ceiling.strict), ceiling.and_then(|ceiling| ceiling.lenient));
    }
    csv
}

fn planned(schedule: Option<Schedule<'_>>, days: Option<(NaiveDate, NaiveDate)>, how: Interpolation) -> String {
    let mut csv = "date,low,high\n".to_owned();
    for date in each(days) {
        let planned = schedule.map(|schedule| schedule.planned_on(date, how)).unwrap_or_default();
        row(&mut csv, date, planned.low, planned.high);
    }
    csv
}

fn each(days: Option<(NaiveDate, NaiveDate)>) -> impl Iterator<Item = NaiveDate> {
    days.into_iter().flat_map(|(from, to)| from.iter_days().take_while(move |date| *date <= to))
}

fn row(csv: &mut String, date: NaiveDate, low: Option<u32>, high: Option<u32>) {
    let cell = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    // Writing to a string does not fail.
    _ = writeln!(csv, "{},{},{}", day(date), cell(low), cell(high));
}
