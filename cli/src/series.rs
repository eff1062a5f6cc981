//! `drawdown series`: what is required or planned of a force, a row a day.

use std::fmt::Write as _;

use chrono::NaiveDate;
use force_drawdown::{Agreement, Change, Interpolation, Schedule};

use crate::Failure;
use crate::arguments::{Curve, Series};
use crate::files::{Read, as_known, day};

pub(crate) fn run(arguments: &Series) -> Result<String, Failure> {
    let agreement = Read::new(&arguments.document.file, arguments.document.format)?.agreement;
    let force = arguments.force.as_str();
    if agreement.schedule(force).is_none() {
        let forces = forces(&agreement).join(", ");
        return Err(Failure::Input(format!("no force has the id {force:?}; the forces are {forces}")));
    }
    let agreement = as_known(agreement, arguments.known);
    // A force that only a later amendment adds is not known yet, and so without days of its own.
    let schedule = agreement.schedule(force);
    let days = schedule.and_then(|schedule| schedule.days());
    let from = arguments.from.or_else(|| days.as_ref().map(|days| *days.start()));
    let to = arguments.to.or_else(|| days.as_ref().map(|days| *days.end()));
    let days = from.zip(to);
    Ok(match arguments.interpolation {
        Curve::Required => required(schedule, days),
        Curve::Planned(how) => planned(schedule, days, how),
    })
}

/// The ids of the forces of any version.
fn forces(agreement: &Agreement) -> Vec<&str> {
    let terms = agreement.terms();
    let changes = terms.amendments.iter().flat_map(|amendment| &amendment.changes);
    let added =
        changes.filter_map(|change| if let Change::AddForce { add_force } = change { Some(add_force) } else { None });
    terms.forces.iter().chain(added).map(|force| force.id.as_str()).collect()
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
