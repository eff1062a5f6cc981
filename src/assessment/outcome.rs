//! The outcome of a phase: the one that all readings of its deadline, its ceiling and the counts give.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::NaiveDate;

use super::evidence::{Bar, Count};
use super::reasons::{Comparison, Dated, JudgedCount, SettlingDays};
use super::{Bounds, Outcome};
use crate::day::{self, Window};

/// How the counts of a window, judged as one, compare with a ceiling.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compared {
    days: Window,
    comparison: Comparison,
}

/// How counts, in the order of their days, compare with a ceiling; those dated alike as one.
pub(super) fn compared(counts: &[&Count<'_>], bar: &Bar) -> Vec<Compared> {
    let mut seen: Vec<Compared> = Vec::new();
    for count in counts {
        let (days, comparison) = (count.days, count.against(bar));
        match seen.last_mut() {
            Some(last) if last.days == days && last.comparison == comparison => {}
            Some(last) if last.days == days => last.comparison = Comparison::Either,
            _ => seen.push(Compared { days, comparison }),
        }
    }
    seen
}

/// Of the counts dated on or before the due day in every reading, the latest day that one must be of.
fn last_by(seen: &[Compared], due: Window) -> Option<NaiveDate> {
    seen.iter().filter(|one| one.days.latest() <= due.earliest()).map(|one| one.days.earliest()).max()
}

/// Whether the last count is at or below the ceiling in every reading.
pub(super) fn is_kept(seen: &[Compared]) -> bool {
    let latest = seen.iter().map(|one| one.days.earliest()).max();
    let mut last = seen.iter().filter(|one| Some(one.days.latest()) >= latest);
    latest.is_some() && last.all(|one| one.comparison == Comparison::AtOrBelow)
}

/// The outcome that all readings give.
pub(super) fn judge(seen: &[Compared], due: Window, on: NaiveDate) -> Outcome {
    let (last_due, not_before) = (due.latest(), last_by(seen, due));
    // Those that may be the last one dated on or before the due day.
    let begun = seen.iter().filter(|one| one.days.earliest() <= last_due);
    let mut last = begun.filter(|one| not_before.is_none_or(|day| one.days.latest() >= day));
    if not_before.is_some() && last.clone().all(|one| one.comparison == Comparison::AtOrBelow) {
        return Outcome::Met;
    }
    if on < last_due && !is_kept(seen) {
        return Outcome::Pending;
    }
    if seen.is_empty() {
        return Outcome::NotReported;
    }
    // Where none that is at or below may be the last by the due day, they are of later days, but for those that never
    // matter. Surely missed is a deadline with a count above between it and the first of them.
    let others = seen.iter().filter(|one| one.comparison != Comparison::Above && one.days.earliest() > last_due);
    let first_other = others.map(|one| one.days.earliest()).min();
    let shows_it_missed = |one: &Compared| {
        let is_after = one.comparison == Comparison::Above && one.days.earliest() >= last_due;
        is_after && first_other.is_none_or(|first| one.days.latest() < first)
    };
    if !last.all(|one| one.comparison == Comparison::Above) || !seen.iter().any(shows_it_missed) {
        Outcome::Undetermined
    } else if first_other.is_none() {
        Outcome::Overdue
    } else if may_all_be_hidden(seen, last_due) {
        Outcome::Missed
    } else {
        Outcome::Late
    }
}

/// Whether, in some reading, none is taken of those surely at or below after a day: each is of the day of another that
/// may be above, and so is taken in its place.
fn may_all_be_hidden(seen: &[Compared], after: NaiveDate) -> bool {
    let is_below = |one: &&Compared| one.comparison == Comparison::AtOrBelow;
    let mut below: Vec<Window> = seen.iter().filter(is_below).map(|one| one.days).collect();
    below.retain(|days| days.earliest() > after);
    below.sort_by_key(|days| days.latest());
    let mut others = seen.iter().filter(|one| !is_below(one)).map(|one| one.days).peekable();
    // From the first that closes on: each other hides all those of its day, as late as it may.
    let (mut free, mut hidden_on) = (BinaryHeap::new(), None);
    for days in below {
        while let Some(other) = others.next_if(|other| other.earliest() <= days.latest()) {
            free.push(Reverse(other.latest()));
        }
        while let Some(closed) = free.peek().filter(|closed| closed.0 < days.latest()).copied() {
            hidden_on = hidden_on.max(Some(closed.0));
            free.pop();
        }
        if hidden_on < Some(days.earliest()) {
            if free.pop().is_none() {
                return false;
            }
            hidden_on = Some(days.latest());
        }
    }
    true
}

/// The counts that are named beside a deadline: of each kind the last, and of those with one last day the last given.
pub(super) fn named(counts: &[&Count<'_>], bar: &Bar, due: Window) -> Vec<(Dated, JudgedCount)> {
    let dated = |count: &Count<'_>| match (count.days.earliest(), count.days.latest()) {
        (_, latest) if latest <= due.latest() => Dated::ByTheDeadline,
        (earliest, _) if earliest > due.latest() => Dated::After,
        _ => Dated::Either,
    };
    let last = |kind| {
        let of_kind = counts.iter().filter(|count| dated(count) == kind);
        let last = of_kind.max_by_key(|count| (count.days.latest(), count.sighting.place))?;
        Some((kind, last.named(Some(last.against(bar)))))
    };
    [Dated::ByTheDeadline, Dated::Either, Dated::After].into_iter().filter_map(last).collect()
}

/// The days, by the day of judgement, of which one count more, at or below the ceiling, makes the outcome `met`: as the
/// last before the due day in every reading.
pub(super) fn settling(
    seen: &[Compared],
    due: Window,
    as_of: Option<NaiveDate>,
    on: NaiveDate,
) -> Option<SettlingDays> {
    let may_undo =
        |count: &&Compared| count.comparison != Comparison::AtOrBelow && count.days.earliest() <= due.latest();
    let last = seen.iter().filter(may_undo).map(|count| count.days.latest()).max();
    let from = last.map_or(Some(as_of), |last| Some(as_of.max(Some(last.succ_opt()?))))?;
    let until = due.earliest().min(on);
    from.is_none_or(|from| from <= until).then_some(SettlingDays { from, until })
}

/// The outcome of a `done` event that happened within a window which opens by the day of judgement, or has not; it may be
/// on record that at the end of the last due day, or later, it had not.
pub(super) fn judge_done(happened: Option<Window>, due: Window, on: NaiveDate, is_denied: bool) -> Outcome {
    let (first_due, last_due) = (due.earliest(), due.latest());
    let may_not_have = happened.is_none_or(|days| days.latest() > on);
    let may_be = [
        (Outcome::Met, happened.is_some_and(|days| days.earliest() <= last_due)),
        (Outcome::Late, happened.is_some_and(|days| days.latest().min(on) > first_due)),
        (Outcome::Pending, may_not_have && on < last_due),
        (Outcome::NotReported, may_not_have && on >= first_due && !is_denied),
        (Outcome::Overdue, may_not_have && is_denied),
    ];
    let mut possible = may_be.into_iter().filter(|(_, may_be)| *may_be).map(|(outcome, _)| outcome);
    match (possible.next(), possible.next()) {
        (Some(only), None) => only,
        (Some(Outcome::Late), Some(Outcome::Overdue)) => Outcome::Missed,
        _ if may_be.contains(&(Outcome::Pending, true)) => Outcome::Pending,
        _ => Outcome::Undetermined,
    }
}

/// How many days after its deadline the ceiling was reached, where the outcome tells.
pub(super) fn slip(seen: &[Compared], outcome: Outcome, due: Window, as_of: Option<NaiveDate>) -> Option<Bounds> {
    if matches!(outcome, Outcome::Pending | Outcome::NotReported) {
        return None;
    }
    let number = |day: NaiveDate| i64::from(day::day_number(day));
    let not = |comparison| seen.iter().filter(move |one| one.comparison != comparison).map(|one| one.days);
    let of = |comparison| seen.iter().filter(move |one| one.comparison == comparison);
    // The first day on which it may have been reached: after a count above, with which no other shares a day, and
    // before each other that matters.
    let not_before = last_by(seen, due);
    let others = reaches(not(Comparison::Above));
    let matters = |days: &Window| not_before.is_none_or(|day| days.latest() >= day);
    let first_other = not(Comparison::Above).filter(matters).map(Window::earliest).min();
    let is_clear =
        |one: &&Compared| first_other.is_none_or(|first| one.days.latest() < first) && !meet(&others, one.days);
    let last_above = of(Comparison::Above).filter(is_clear).map(|one| number(one.days.earliest())).max();
    let after_baseline = as_of.map(|as_of| {
        let first = others.first().map(|&(first, _)| number(first));
        first.unwrap_or(i64::MAX).min(number(as_of).saturating_add(1))
    });
    let low = last_above.map(|day| day.saturating_add(1)).or(after_baseline);
    // The last day on which it may have been reached.
    let clear = not(Comparison::AtOrBelow).filter(|days| days.earliest() <= due.latest()).map(Window::latest).max();
    let not_below = reaches(not(Comparison::AtOrBelow));
    let is_reached = |one: &&Compared| Some(one.days.earliest()) > clear && !meet(&not_below, one.days);
    let high = of(Comparison::AtOrBelow).filter(is_reached).map(|one| number(one.days.latest())).min();
    (outcome != Outcome::Undetermined || high.is_some()).then(|| Bounds {
        low: low.map(|low| high.unwrap_or(low).min(low).saturating_sub(number(due.latest()))),
        high: high.map(|high| high.saturating_sub(number(due.earliest()))),
    })
}

/// The first days of windows, in order, each with the last day that its window and those before it reach.
fn reaches(windows: impl Iterator<Item = Window>) -> Vec<(NaiveDate, NaiveDate)> {
    let reach = |until: &mut Option<NaiveDate>, days: Window| {
        *until = Some(days.latest()).max(*until);
        Some((days.earliest(), until.unwrap_or(days.latest())))
    };
    windows.scan(None, reach).collect()
}

/// Whether a window shares a day with one of others.
fn meet(others: &[(NaiveDate, NaiveDate)], days: Window) -> bool {
    let begun = others.partition_point(|&(from, _)| from <= days.latest());
    others.get(..begun).and_then(<[_]>::last).is_some_and(|&(_, until)| until >= days.earliest())
}
