//! The outcome of a phase: the one that all readings of its deadline, its ceiling and the counts give.

use chrono::NaiveDate;

use super::bounds::Bounds;
use super::evidence::{Bar, Count};
use super::reasons::{Comparison, Dated, JudgedCount, SettlingDays};
use super::result::Outcome;
use crate::day::{self, Window};

/// How the counts of a window, judged as one, compare with a ceiling.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compared {
    days: Window,
    comparison: Comparison,
    /// Above it, and no count that may be of the same day is not.
    surely_above: bool,
}

/// How counts, in the order of their days, compare with a ceiling; those dated alike as one.
pub(super) fn compared(counts: &[&Count<'_>], bar: &Bar) -> Vec<Compared> {
    let mut seen: Vec<Compared> = Vec::new();
    for count in counts {
        let (days, comparison) = (count.days, count.against(bar));
        match seen.last_mut() {
            Some(last) if last.days == days => {
                if last.comparison != comparison {
                    last.comparison = Comparison::Either;
                }
            }
            _ => seen.push(Compared { days, comparison, surely_above: false }),
        }
    }
    // Those that are not above: from which day on, and until when at the latest they and those before them reach.
    let mut others: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for one in seen.iter().filter(|one| one.comparison != Comparison::Above) {
        let until = others.last().map_or(one.days.latest(), |&(_, until)| until.max(one.days.latest()));
        others.push((one.days.earliest(), until));
    }
    for one in &mut seen {
        let begun = others.partition_point(|&(from, _)| from <= one.days.latest());
        let until = begun.checked_sub(1).and_then(|last| others.get(last)).map(|&(_, until)| until);
        one.surely_above = one.comparison == Comparison::Above && until.is_none_or(|until| until < one.days.earliest());
    }
    seen
}

/// The outcome that all readings give.
pub(super) fn judge(seen: &[Compared], due: Window, on: NaiveDate) -> Outcome {
    let (first_due, last_due) = (due.earliest(), due.latest());
    let open = on < last_due;
    if seen.is_empty() {
        return if open { Outcome::Pending } else { Outcome::NotReported };
    }
    // On or before the due day in every reading, the latest that one must be.
    let latest_before = seen.iter().filter(|count| count.days.latest() <= first_due);
    let latest_before = latest_before.map(|count| count.days.earliest()).max();
    let may_be_last_before = |count: &&Compared| {
        let days = count.days;
        days.earliest() <= last_due && latest_before.is_none_or(|before| days.latest() >= before)
    };
    let mut candidates = seen.iter().filter(may_be_last_before).peekable();
    let never_met = candidates.clone().all(|count| count.comparison == Comparison::Above);
    let always_met = latest_before.is_some()
        && candidates.peek().is_some()
        && candidates.all(|count| count.comparison == Comparison::AtOrBelow);
    // The latest of all, in some reading.
    let latest = seen.iter().map(|count| count.days.earliest()).max();
    let mut may_be_last = seen.iter().filter(|count| latest.is_none_or(|latest| count.days.latest() >= latest));
    let above_after = seen.iter().any(|count| count.surely_above && count.days.earliest() >= last_due);
    if always_met {
        Outcome::Met
    } else if never_met && above_after && may_be_last.clone().all(|count| count.comparison == Comparison::AtOrBelow) {
        Outcome::Late
    } else if never_met && above_after && may_be_last.clone().all(|count| count.comparison == Comparison::Above) {
        Outcome::Overdue
    } else if open && may_be_last.any(|count| count.comparison != Comparison::AtOrBelow) {
        Outcome::Pending
    } else {
        Outcome::Undetermined
    }
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
    let from = match last {
        Some(last) => as_of.max(Some(last.succ_opt()?)),
        None => as_of,
    };
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
        _ if may_be.contains(&(Outcome::Pending, true)) => Outcome::Pending,
        _ => Outcome::Undetermined,
    }
}

/// How many days after its deadline the ceiling has been kept.
pub(super) fn slip(seen: &[Compared], due: Window, as_of: Option<NaiveDate>) -> Bounds {
    let above = seen.iter().filter(|count| count.comparison == Comparison::Above);
    let last_above = above.map(|count| count.days.earliest()).max().or(as_of);
    let not_below = seen.iter().filter(|count| count.comparison != Comparison::AtOrBelow);
    let clear = not_below.map(|count| count.days.latest()).max();
    let kept = seen.iter().filter(|count| clear.is_none_or(|clear| count.days.earliest() > clear));
    let first_kept = kept.map(|count| count.days.latest()).min();
    let high = first_kept.map(|day| day::days_between(due.earliest(), day));
    let low = last_above.map(|day| day::days_between(due.latest(), day).saturating_add(1));
    let low = low.map(|low| high.map_or(low, |high| low.min(high)));
    Bounds { low, high }
}
