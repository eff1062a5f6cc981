//! Documents and days that several tests need.

use std::ops::RangeInclusive;

use force_drawdown::chrono::{Days, NaiveDate};
use force_drawdown::history::Version;
use force_drawdown::{Agreement, Terms};

/// The numbers of the first day of the year 1 and of the last day of 9999.
pub(crate) const CALENDAR: RangeInclusive<i32> = -719_162..=2_932_896;

pub(crate) fn number(day: NaiveDate) -> i32 {
    i32::try_from((day - NaiveDate::default()).num_days()).unwrap()
}

pub(crate) fn of_number(number: i32) -> NaiveDate {
    let days = Days::new(number.unsigned_abs().into());
    if number < 0 { NaiveDate::default() - days } else { NaiveDate::default() + days }
}

/// The number of the day of the calendar that is nearest.
pub(crate) fn nearest(number: i32) -> i32 {
    number.clamp(*CALENDAR.start(), *CALENDAR.end())
}

/// Terms as an agreement with a name of its own.
pub(crate) fn named(index: usize, mut terms: Terms) -> Agreement {
    terms.id = Some(format!("agreement-{index}"));
    Agreement::try_from(terms).unwrap()
}

/// An agreement as a line of JSON.
pub(crate) fn line(agreement: &Agreement) -> String {
    serde_json::to_string(agreement).unwrap() + "\n"
}

/// Days on which something may change, and those around them.
pub(crate) fn telling(agreement: &Agreement) -> Vec<NaiveDate> {
    let dated = agreement.timeline().flat_map(|dated| [dated.days.earliest(), dated.days.latest()]);
    let versions = agreement.versions().filter_map(Version::effective);
    let forces = agreement.terms().forces.iter().filter_map(|force| agreement.schedule(&force.id)?.days());
    let days = dated.chain(versions).chain(forces.flat_map(|days| [*days.start(), *days.end()]));
    let around = |day: NaiveDate| [day.pred_opt(), Some(day), day.succ_opt()].into_iter().flatten();
    days.chain([of_number(0)]).flat_map(around).collect()
}
