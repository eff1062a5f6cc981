//! Choices: a tape of random numbers from which values are built, so that a shorter tale shrinks from a longer one.

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::day;

/// Random numbers that are used up one by one; afterwards the first option is taken every time.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    tape: std::vec::IntoIter<u32>,
}

/// Values that are built from at most so many choices. Each choice shrinks to the first, and plainest, of its options.
pub(super) fn built<T: std::fmt::Debug>(choices: usize, build: impl Fn(&mut Choices) -> T) -> impl Strategy<Value = T> {
    let tape = proptest::collection::vec(any::<u32>(), choices);
    tape.prop_map(move |tape| build(&mut Choices { tape: tape.into_iter() }))
}

impl Choices {
    /// A number from 0 to `most`.
    pub(super) fn up_to(&mut self, most: u32) -> u32 {
        let next = u64::from(self.tape.next().unwrap_or(0));
        let scaled = next.saturating_mul(u64::from(most).saturating_add(1)) >> u32::BITS;
        u32::try_from(scaled).unwrap_or(most)
    }

    pub(super) fn once_in(&mut self, times: u32) -> bool {
        let most = times.saturating_sub(1);
        self.up_to(most) == most
    }

    pub(super) fn pick<T: Clone>(&mut self, options: &[T]) -> Option<T> {
        options.get(self.place_in(options.len())).cloned()
    }

    /// A place in a list of so many.
    pub(super) fn place_in(&mut self, count: usize) -> usize {
        let most = u32::try_from(count.saturating_sub(1)).unwrap_or(u32::MAX);
        usize::try_from(self.up_to(most)).unwrap_or(0)
    }

    /// The value, once in so many times.
    pub(super) fn maybe<T>(&mut self, times: u32, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.once_in(times).then(|| value(self))
    }

    pub(super) fn several<T>(&mut self, least: u32, most: u32, mut value: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let more = self.up_to(most.saturating_sub(least));
        (0..least.saturating_add(more)).map(|_| value(self)).collect()
    }

    pub(super) fn day_after(&mut self, day: NaiveDate, most: u32) -> NaiveDate {
        let days = self.up_to(most);
        later(day, days)
    }
}

/// So many days later; the day itself at the end of the calendar.
pub(super) fn later(day: NaiveDate, days: u32) -> NaiveDate {
    day::plus_days(day, i64::from(days)).unwrap_or(day)
}

/// So many days earlier; the day itself at the beginning of the calendar.
pub(super) fn earlier(day: NaiveDate, days: u32) -> NaiveDate {
    day::plus_days(day, i64::from(days).saturating_neg()).unwrap_or(day)
}
