//! People a week: what is required for the next milestone, what was observed, and where that would lead.

use chrono::NaiveDate;

use super::evidence::{Bar, Bases, Count};
use super::reasons::NextStep;
use super::{Bounds, Projected};
use crate::day;
use crate::schedule::{VersionForce, WithdrawnSoFar, set_by};
use crate::terms::{Band, Terms};

/// The next binding milestone of a force's own chain: the first that closes after a day.
pub(super) struct Next {
    bar: Bar,
    pub(super) step: NextStep,
}

impl Next {
    pub(super) fn of(terms: &Terms, force: VersionForce<'_>, on: NaiveDate) -> Option<Self> {
        let terminated = force.version.is_terminated(day::day_number(on));
        force.schedule.required.milestones.iter().filter(|one| one.outlives || !terminated).find_map(|milestone| {
            let due = milestone.due.window().filter(|window| window.latest() > on)?;
            let step =
                NextStep { by: set_by(terms, milestone.setter).map(str::to_owned), due, ceiling: milestone.band };
            Some(Self { bar: milestone.bar(), step })
        })
    }

    /// People a week from a count to the milestone.
    pub(super) fn required(&self, count: &Count<'_>, base: Band) -> Bounds {
        let left = to_leave(count, &self.bar, base);
        let weekly = |left: i64, days: i64| match days {
            _ if left <= 0 => Some(0),
            1.. => up(left.checked_mul(7)?, days),
            _ => None,
        };
        let longest = day::days_between(count.days.earliest(), self.step.due.latest());
        let shortest = day::days_between(count.days.latest(), self.step.due.earliest());
        Bounds {
            low: Some(left.low.and_then(|left| weekly(left, longest)).unwrap_or(0)),
            high: left.high.and_then(|left| weekly(left, shortest)),
        }
    }

    /// When a straight line from the baseline through a count would reach the milestone's ceiling.
    pub(super) fn projected(&self, count: &Count<'_>, bases: &Bases) -> Option<Projected> {
        let (as_of, gone) = (counted_on(bases)?, gone(count, bases));
        let left = to_leave(count, &self.bar, bases.own_band());
        // In so many days from the count, as many leave as have still to, at the pace at which others have left.
        let reached = |day: NaiveDate, left: Option<i64>, gone: Option<i64>| {
            let (left, gone) = match (left?, gone) {
                (left @ 1.., Some(gone)) => (i128::from(left), i128::from(gone)),
                // They are few enough, or any number has left.
                _ => return Some(day),
            };
            let days = left.checked_mul(i128::from(day::days_between(as_of, day)))?;
            let days = days.checked_add(gone.checked_sub(1)?)?.checked_div(Some(gone).filter(|&gone| gone > 0)?)?;
            day::plus_days(day, i64::try_from(days).ok()?)
        };
        Some(Projected {
            earliest: reached(count.days.earliest(), Some(left.low.unwrap_or(0)), gone.high),
            latest: reached(count.days.latest(), left.high, Some(gone.low.unwrap_or(0))),
        })
    }
}

/// People a week from the baseline to a count; `None` where no reading has a day between them.
pub(super) fn observed(count: &Count<'_>, bases: &Bases) -> Option<Bounds> {
    let as_of = counted_on(bases)?;
    let gone = gone(count, bases);
    let shortest = day::days_between(as_of, count.days.earliest());
    let longest = Some(day::days_between(as_of, count.days.latest())).filter(|&days| days > 0)?;
    let weekly = |gone: i64, rounded: fn(i64, i64) -> Option<i64>, far: bool| {
        rounded(gone.checked_mul(7)?, if far { longest } else { shortest })
    };
    Some(Bounds {
        low: gone.low.and_then(|gone| weekly(gone, i64::checked_div_euclid, gone >= 0)),
        high: gone.high.and_then(|gone| weekly(gone, up, gone <= 0)),
    })
}

/// The day of a baseline that is a count; an authorised one says how many may be there, and not how many were.
fn counted_on(bases: &Bases) -> Option<NaiveDate> {
    bases.own.filter(|own| !own.authorised).map(|own| own.as_of)
}

/// How many have left since the baseline: what a ceiling that is the baseline leaves below it.
fn gone(count: &Count<'_>, bases: &Bases) -> Bounds {
    let (base, nothing) = (bases.own_band(), WithdrawnSoFar::NOTHING);
    count.margin(&Bar { low: base.low(), high: base.high(), taken_low: nothing, taken_high: nothing }, base)
}

/// Count minus ceiling.
fn to_leave(count: &Count<'_>, bar: &Bar, base: Band) -> Bounds {
    let margin = count.margin(bar, base);
    Bounds { low: margin.high.map(i64::saturating_neg), high: margin.low.map(i64::saturating_neg) }
}

fn up(a: i64, b: i64) -> Option<i64> {
    a.checked_neg()?.checked_div_euclid(b)?.checked_neg()
}
