//! The outcome of a phase: the one that all readings of its deadline, its ceiling and the counts give.

use chrono::NaiveDate;

use super::count::{Bar, Count, Standing};
use super::{Outcome, Slip};
use crate::day::{self, Window};

/// Counts of the same days, judged as one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub(super) days: Window,
    pub(super) standing: Standing,
}

/// How counts, in the order of their days, compare with a ceiling; those dated alike as one.
pub(super) fn groups(counts: &[Count], bar: &Bar) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::with_capacity(counts.len());
    for count in counts {
        let standing = count.against(bar);
        match groups.last_mut() {
            Some(last) if last.days == count.days => {
                if last.standing != standing {
                    last.standing = Standing::Either;
                }
            }
            _ => groups.push(Group { days: count.days, standing }),
        }
    }
    groups
}

/// The outcome that all readings give.
pub(super) fn judge(groups: &[Group], due: Window, on: NaiveDate) -> Outcome {
    let (first_due, last_due) = (due.earliest(), due.latest());
    let open = on < last_due;
    if groups.is_empty() {
        return if open { Outcome::Pending } else { Outcome::NotReported };
    }
    // On or before the due day in every reading, the latest that one must be.
    let latest_before = groups.iter().filter(|group| group.days.latest() <= first_due);
    let latest_before = latest_before.map(|group| group.days.earliest()).max();
    let may_be_last_before = |group: &&Group| {
        let days = group.days;
        days.earliest() <= last_due && latest_before.is_none_or(|before| days.latest() >= before)
    };
    let mut candidates = groups.iter().filter(may_be_last_before).peekable();
    let never_met = candidates.clone().all(|group| group.standing == Standing::Above);
    let always_met = latest_before.is_some()
        && candidates.peek().is_some()
        && candidates.all(|group| group.standing == Standing::Below);
    // The latest of all, in some reading.
    let latest = groups.iter().map(|group| group.days.earliest()).max();
    let mut may_be_last = groups.iter().filter(|group| latest.is_none_or(|latest| group.days.latest() >= latest));
    let above_after = groups.iter().any(|group| group.standing == Standing::Above && group.days.earliest() >= last_due);
    if always_met {
        Outcome::Met
    } else if never_met && above_after && may_be_last.clone().all(|group| group.standing == Standing::Below) {
        Outcome::Late
    } else if never_met && above_after && may_be_last.clone().all(|group| group.standing == Standing::Above) {
        Outcome::Overdue
    } else if open && may_be_last.any(|group| group.standing != Standing::Below) {
        Outcome::Pending
    } else {
        Outcome::Undetermined
    }
}

/// The outcome of a `done` event that happened within a window which opens by the day of judgement, or has not.
pub(super) fn judge_done(happened: Option<Window>, due: Window, on: NaiveDate) -> Outcome {
    let (first_due, last_due) = (due.earliest(), due.latest());
    let may_not_have = happened.is_none_or(|days| days.latest() > on);
    let may_be = [
        (Outcome::Met, happened.is_some_and(|days| days.earliest() <= last_due)),
        (Outcome::Late, happened.is_some_and(|days| days.latest().min(on) > first_due)),
        (Outcome::Pending, may_not_have && on < last_due),
        (Outcome::NotReported, may_not_have && on >= first_due),
    ];
    let mut possible = may_be.into_iter().filter(|(_, may_be)| *may_be).map(|(outcome, _)| outcome);
    match (possible.next(), possible.next()) {
        (Some(only), None) => only,
        _ if may_be.contains(&(Outcome::Pending, true)) => Outcome::Pending,
        _ => Outcome::Undetermined,
    }
}

/// How many days after its deadline the ceiling has been kept.
pub(super) fn slip(groups: &[Group], due: Window, as_of: Option<NaiveDate>) -> Slip {
    let above = groups.iter().filter(|group| group.standing == Standing::Above);
    let last_above = above.map(|group| group.days.earliest()).max().or(as_of);
    let not_below = groups.iter().filter(|group| group.standing != Standing::Below);
    let clear = not_below.map(|group| group.days.latest()).max();
    let kept = groups.iter().filter(|group| clear.is_none_or(|clear| group.days.earliest() > clear));
    let first_kept = kept.map(|group| group.days.latest()).min();
    let high = first_kept.map(|day| day::days_between(due.earliest(), day));
    let low = last_above.map(|day| day::days_between(due.latest(), day).saturating_add(1));
    let low = low.map(|low| high.map_or(low, |high| low.min(high)));
    Slip { low, high }
}
