//! One reading of a deadline, a ceiling and the counts, and what all of them come to.

use std::collections::BTreeSet;

use super::numbers::{Number, exact, may_be};

/// The days on which something may be, both ends included.
pub(super) type Days = (i64, i64);

/// An end that is not known is `None`.
pub(super) type Slip = (Option<i64>, Option<i64>);

/// The counts of one window, which are one.
pub(super) struct Group {
    pub(super) days: Days,
    pub(super) numbers: Vec<Number>,
}

/// What is asked of a phase.
pub(super) struct Asked<'a> {
    pub(super) ceiling: &'a Number,
    pub(super) due: Days,
    pub(super) groups: &'a [Group],
    pub(super) as_of: Option<i64>,
    pub(super) on: i64,
}

/// What one reading gives; no slip where it is pending or nothing was reported.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Came {
    pub(super) outcome: &'static str,
    pub(super) slip: Option<Slip>,
}

/// Every choice of one from each.
pub(super) fn choices<T: Clone>(of: &[Vec<T>]) -> Vec<Vec<T>> {
    of.iter().fold(vec![Vec::new()], |chosen, one| {
        let with = |chosen: &Vec<T>| {
            let chosen = chosen.clone();
            one.iter().map(move |next| chosen.iter().cloned().chain([next.clone()]).collect()).collect::<Vec<_>>()
        };
        chosen.iter().flat_map(with).collect()
    })
}

impl Asked<'_> {
    /// What every reading gives.
    pub(super) fn readings(&self) -> BTreeSet<Came> {
        let mut found = BTreeSet::new();
        // Which counts are above, in each reading of the ceiling and of the counts.
        let mut above: BTreeSet<Vec<bool>> = BTreeSet::new();
        for ceiling in exact(self.ceiling) {
            let flags = |group: &Group| {
                let (below, above) = compared(group, &ceiling);
                [(below, false), (above, true)].into_iter().filter(|(may, _)| *may).map(|(_, is)| is).collect()
            };
            above.extend(choices(&self.groups.iter().map(flags).collect::<Vec<Vec<bool>>>()));
        }
        let days: Vec<Vec<i64>> = self.groups.iter().map(|group| (group.days.0..=group.days.1).collect()).collect();
        for days in choices(&days) {
            for above in &above {
                for counts in taken_a_day(&days, above) {
                    for due in self.due.0..=self.due.1 {
                        found.insert(self.reading(&counts, due));
                    }
                }
            }
        }
        found
    }

    /// One reading: a count a day, by day, and whether it is above.
    fn reading(&self, counts: &[(i64, bool)], due: i64) -> Came {
        let after = counts.iter().position(|&(day, _)| day > due).unwrap_or(counts.len());
        let last = counts[..after].last();
        let next = counts.get(after);
        let is_dated_due = last.is_some_and(|&(day, _)| day == due);
        // The count with which the ceiling is reached.
        let (outcome, reached) = match (last, next) {
            (Some((_, false)), _) => {
                let run = counts[..after].iter().rev().take_while(|(_, above)| !above).count();
                ("met", Some(after - run))
            }
            (_, Some((_, true))) => {
                let first_below = counts[after..].iter().position(|(_, above)| !above);
                (if first_below.is_some() { "late" } else { "overdue" }, first_below.map(|place| place + after))
            }
            (_, Some((_, false))) => (if is_dated_due { "late" } else { "undetermined" }, Some(after)),
            (_, None) if self.on < due => ("pending", None),
            (None, None) => ("not-reported", None),
            (Some(_), None) => (if is_dated_due { "overdue" } else { "undetermined" }, None),
        };
        if matches!(outcome, "pending" | "not-reported") {
            return Came { outcome, slip: None };
        }
        let before = reached.map_or(counts, |reached| &counts[..reached]).last().map(|&(day, _)| day);
        let since = before.or(self.as_of).map(|day| day + 1);
        let reached = reached.map(|reached| counts[reached].0);
        let low = since.map(|since| reached.map_or(since, |reached| since.min(reached)));
        Came { outcome, slip: Some((low.map(|day| day - due), reached.map(|day| day - due))) }
    }

    /// Bounds of the slip of every reading, by the words of the design.
    pub(super) fn slip(&self, outcome: &str) -> Option<Slip> {
        let is_above = |group: &Group| compared(group, self.ceiling) == (false, true);
        let is_below = |group: &Group| compared(group, self.ceiling) == (true, false);
        let comes_before = |one: &Group, other: &Group| one.days.1 < other.days.0;
        let shares_a_day = |one: &Group, other: &Group| one.days.0 <= other.days.1 && other.days.0 <= one.days.1;
        let may_be_last = |one: &Group| {
            (self.due.0..=self.due.1).any(|due| {
                let day = one.days.1.min(due);
                let is_not_after = |other: &Group| other.days.0 <= day || other.days.1 > due;
                one.days.0 <= due && self.groups.iter().all(is_not_after)
            })
        };
        let not_above = || self.groups.iter().filter(|group| !is_above(group));
        let is_clear = |one: &Group| {
            let matters = |other: &Group| other.days.1 > self.due.0 || may_be_last(other);
            not_above().all(|other| !shares_a_day(one, other) && (comes_before(one, other) || !matters(other)))
        };
        let last =
            self.groups.iter().filter(|group| is_above(group) && is_clear(group)).map(|group| group.days.0).max();
        let since_the_baseline = || {
            let first = not_above().map(|group| group.days.0).min();
            self.as_of.map(|as_of| first.map_or(as_of + 1, |first| first.min(as_of + 1)))
        };
        let low = last.map(|day| day + 1).or_else(since_the_baseline);
        let is_kept = |one: &&Group| {
            let not_below = self.groups.iter().filter(|other| !is_below(other));
            let after_both = |other: &Group| comes_before(one, other) && other.days.0 > self.due.1;
            is_below(one) && { not_below }.all(|other| comes_before(other, one) || after_both(other))
        };
        let high = self.groups.iter().filter(is_kept).map(|group| group.days.1).min();
        let low = low.map(|low| high.map_or(low, |high| low.min(high)));
        let slip = (low.map(|day| day - self.due.1), high.map(|day| day - self.due.0));
        match outcome {
            "met" | "late" | "overdue" | "missed" => Some(slip),
            "undetermined" => high.map(|_| slip),
            _ => None,
        }
    }
}

/// The outcome that all readings give.
pub(super) fn outcome(readings: &BTreeSet<Came>) -> &'static str {
    let found: BTreeSet<&str> = readings.iter().map(|came| came.outcome).collect();
    match found.first() {
        Some(only) if found.len() == 1 => only,
        _ if found == BTreeSet::from(["late", "overdue"]) => "missed",
        _ if found.contains("pending") => "pending",
        _ => "undetermined",
    }
}

/// Whether, in some reading, the count of a window is at or below a ceiling, and whether it is above.
pub(super) fn compared(group: &Group, ceiling: &Number) -> (bool, bool) {
    let each = group.numbers.iter().map(|number| may_be(number, ceiling));
    each.fold((false, false), |(below, above), may| (below || may.0, above || may.1))
}

/// Of the counts of one day, each that may be the one that is taken.
fn taken_a_day(days: &[i64], above: &[bool]) -> Vec<Vec<(i64, bool)>> {
    let mut by_day: Vec<Vec<(i64, bool)>> = Vec::new();
    let sorted: BTreeSet<(i64, bool)> = days.iter().copied().zip(above.iter().copied()).collect();
    for (day, above) in sorted {
        match by_day.last_mut() {
            Some(of_day) if of_day[0].0 == day => of_day.push((day, above)),
            _ => by_day.push(vec![(day, above)]),
        }
    }
    choices(&by_day)
}
