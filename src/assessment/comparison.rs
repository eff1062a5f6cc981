//! What is required, planned and observed, side by side, day by day.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::Assessment;
use super::evidence::{Bases, Count};
use crate::day;
use crate::schedule::{Ceiling, Interpolation, Planned};
use crate::terms::Band;

/// One day of a force: three curves that are never mixed, as [`Assessment::gaps`] gives them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DayComparison<'a> {
    /// The day, at its end.
    pub date: NaiveDate,
    /// The ceiling, if anything is required.
    pub required: Option<Ceiling<&'a str>>,
    /// The planned path on the day.
    pub planned: Planned,
    /// The range of all counts that are, or may be, of this day; `None` if there are none.
    pub observed: Option<Band>,
}

impl Assessment {
    /// Required, planned and observed on each day of a range, both ends included; `None` if there is no such force.
    ///
    /// Counts dated by the day of judgement are shown, on each day as the version in effect on it takes them: after its
    /// baseline.
    ///
    /// ```
    /// use force_drawdown::{Interpolation, Observation, Quantity, catalog, day};
    /// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let seen = [Observation::present(day!(2025, 9, 30), Quantity::About(2_000))];
    /// let judged = iraq.assess(&seen, day!(2025, 10, 1));
    /// let days = day!(2025, 9, 30)..=day!(2025, 10, 1);
    /// let days: Vec<_> = judged.gaps("us", days, Interpolation::Step).unwrap().collect();
    /// assert_eq!(days[0].observed.unwrap().to_string(), "1,800-2,200");
    /// assert_eq!(days[1].required.as_ref().unwrap().strict, 1_251);
    /// assert_eq!(days[1].planned.low, Some(1_251));
    /// assert_eq!(days[1].observed, None);
    /// ```
    #[must_use]
    pub fn gaps(
        &self,
        force: &str,
        days: RangeInclusive<NaiveDate>,
        how: Interpolation,
    ) -> Option<impl Iterator<Item = DayComparison<'_>>> {
        let agreement = &self.basis.agreement;
        let schedule = agreement.schedule(force)?;
        // The counts as the version in effect on the present day takes them, and those of them that may be of it.
        let (_, index) = schedule.parts();
        let mut number = None;
        let mut ahead: std::iter::Peekable<std::vec::IntoIter<Count<'_>>> = Vec::new().into_iter().peekable();
        let mut current = Current::default();
        Some(day::each(days).map(move |date| {
            let in_effect = agreement.version_on(date);
            let force = schedule.on(date);
            if number.replace(in_effect) != Some(in_effect) {
                let bases = force.map(|force| Bases::new(force.version, index, true, force.schedule.base()));
                ahead = self.basis.judged.counts(index, &bases.unwrap_or_default()).into_iter().peekable();
                current = Current::default();
            }
            while let Some(count) = ahead.next_if(|count| count.days.earliest() <= date) {
                current.push(&count);
            }
            let observed = current.hull_on(date);
            let today = day::day_number(date);
            let required = force.and_then(|force| force.required(today).ceiling(agreement.terms()));
            let planned = force.map(|force| force.planned(today, how)).unwrap_or_default();
            DayComparison { date, required, planned, observed }
        }))
    }
}

/// The counts that may be of a day, as the days go on: a heap for each end, in which those that are over are left until
/// they come to the top.
#[derive(Default)]
struct Current {
    lows: BinaryHeap<Reverse<(u32, NaiveDate)>>,
    /// No number is open, and is above every number.
    highs: BinaryHeap<(bool, Option<u32>, NaiveDate)>,
}

impl Current {
    fn push(&mut self, count: &Count<'_>) {
        let (people, latest) = (count.people, count.days.latest());
        self.lows.push(Reverse((people.low(), latest)));
        self.highs.push((people.high().is_none(), people.high(), latest));
    }

    /// The hull of those whose last day is not before this one.
    fn hull_on(&mut self, date: NaiveDate) -> Option<Band> {
        while self.lows.peek().is_some_and(|Reverse((_, latest))| *latest < date) {
            self.lows.pop();
        }
        while self.highs.peek().is_some_and(|(.., latest)| *latest < date) {
            self.highs.pop();
        }
        Band::new(self.lows.peek()?.0.0, self.highs.peek()?.1)
    }
}
