//! A schedule compiled into a table with an answer for every day.

use std::marker::PhantomData;
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::NaiveDate;

use super::columns::{self, NONE};
use super::fill::Curve;
use crate::day;
use crate::schedule::{Interpolation, Planned, Schedule};

/// Days whose places in the table are worked out together, on the stack. The compiler does that with vector
/// instructions, as it cannot where each place is looked up at once; it needs a length that it knows.
const BATCH: usize = 64;

/// The ceiling of a day, as two numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RequiredEnds {
    /// In the strict reading; `None` if nothing is required yet.
    pub strict: Option<u32>,
    /// In the lenient reading; `None` if nothing is due yet, or if the end is open.
    pub lenient: Option<u32>,
}

impl From<[Option<u32>; 2]> for RequiredEnds {
    fn from([strict, lenient]: [Option<u32>; 2]) -> Self {
        Self { strict, lenient }
    }
}

impl From<[Option<u32>; 2]> for Planned {
    fn from([low, high]: [Option<u32>; 2]) -> Self {
        Self { low, high }
    }
}

/// A table of what is required of a force ([`RequiredEnds`]), or planned for it ([`Planned`]), on every day: for questions
/// about many days. The two are never mixed.
///
/// The table holds the days from the first change of an answer to the last, over all versions. Before and after, answers
/// are constant. A day takes eight bytes: at most 600 kB for one version, which spans at most 200 years, and 29 MB if
/// amendments or a termination stretch the table over all years from 1 to 9999. Clones share the table, across threads too.
///
/// In columns of answers an end without a number is [`NONE`]. Days as numbers are counted from 1970-01-01, as Arrow's
/// Date32 does; every number has an answer, also outside the calendar.
///
/// # What is required on each of these days?
///
/// ```
/// use force_drawdown::{bulk::NONE, catalog, day};
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let series = agreement.schedule("us").unwrap().compile_required();
/// let ends = series.at(day!(2026, 12, 30));
/// assert_eq!((ends.strict, ends.lenient), (Some(1_251), Some(2_550)));
/// let (mut strict, mut lenient) = ([7; 3], [7; 3]);
/// let days = [day!(2027, 1, 1), day!(2024, 9, 6)];
/// assert_eq!(series.at_many(&days, &mut strict, &mut lenient), 2);
/// assert_eq!((strict, lenient), ([0, NONE, 7], [2_550, NONE, 7]));
/// ```
///
/// # What is planned on each day of a range?
///
/// ```
/// use force_drawdown::{Interpolation, catalog, day};
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let series = agreement.schedule("us").unwrap().compile(Interpolation::Linear);
/// let (mut low, mut high) = ([0; 2], [0; 2]);
/// let days = day!(2026, 12, 30)..=day!(2027, 12, 31);
/// assert_eq!(series.fill(days, &mut low, &mut high), 2);
/// assert_eq!((low, high), ([2, 0], [2_550, 2_550]));
/// ```
#[derive(Clone, Debug)]
pub struct Series<E> {
    /// The number of the day before the first change, whose cell is also that of all earlier days.
    origin: i32,
    /// The number of the day of the last change, whose cell is also that of all later days.
    last: i32,
    /// Never empty.
    cells: Arc<[[u32; 2]]>,
    ends: PhantomData<fn() -> E>,
}

impl Schedule<'_> {
    /// Compiles what is required on every day, over all versions, into a table. Time and memory grow with the days from
    /// the first change to the last.
    #[must_use]
    pub fn compile_required(&self) -> Series<RequiredEnds> {
        Series::new(self, Curve::Required)
    }

    /// Compiles what is planned on every day; otherwise as [`compile_required`](Self::compile_required).
    #[must_use]
    pub fn compile(&self, how: Interpolation) -> Series<Planned> {
        Series::new(self, Curve::Planned(how))
    }
}

impl<E: From<[Option<u32>; 2]>> Series<E> {
    fn new(schedule: &Schedule<'_>, curve: Curve) -> Self {
        let (first, last) = schedule.changes(curve).unwrap_or((0, 0));
        let origin = first.saturating_sub(1);
        let days = usize::try_from(last.abs_diff(origin)).unwrap_or(0).saturating_add(1);
        let (mut low, mut high) = (vec![NONE; days], vec![NONE; days]);
        schedule.fill(curve, origin, &mut low, &mut high);
        let cells = low.into_iter().zip(high).map(|(low, high)| [low, high]).collect();
        Self { origin, last, cells, ends: PhantomData }
    }

    /// The index of a day's cell: the first for all earlier days, the last for all later ones. It has no branch, because
    /// days come in any order.
    fn place(&self, number: i32) -> u32 {
        number.max(self.origin).min(self.last).wrapping_sub(self.origin).cast_unsigned()
    }

    fn cell(&self, place: u32) -> [u32; 2] {
        let cell = usize::try_from(place).ok().and_then(|place| self.cells.get(place));
        cell.copied().unwrap_or([NONE; 2])
    }

    /// The two ends on a day.
    #[must_use]
    pub fn at(&self, day: NaiveDate) -> E {
        self.at_number(day::day_number(day))
    }

    /// The two ends on the day with this number.
    #[must_use]
    pub fn at_number(&self, number: i32) -> E {
        E::from(self.cell(self.place(number)).map(|end| (end != NONE).then_some(end)))
    }

    /// Writes the two ends of each day, in any order, and gives the number of answers: the length of the shortest of the
    /// three columns. The rest of a longer column is not changed. Nothing is allocated.
    pub fn at_many(&self, days: &[NaiveDate], low: &mut [u32], high: &mut [u32]) -> usize {
        self.write(days, day::day_number, low, high)
    }

    /// Does the same as [`at_many`](Self::at_many) for days as numbers.
    pub fn at_many_numbers(&self, numbers: &[i32], low: &mut [u32], high: &mut [u32]) -> usize {
        self.write(numbers, |number| number, low, high)
    }

    fn write<D: Copy>(&self, days: &[D], number: impl Fn(D) -> i32, low: &mut [u32], high: &mut [u32]) -> usize {
        let count = days.len().min(low.len()).min(high.len());
        let (days, last_days) = days.get(..count).unwrap_or_default().as_chunks::<BATCH>();
        let (low, last_low) = low.get_mut(..count).unwrap_or_default().as_chunks_mut::<BATCH>();
        let (high, last_high) = high.get_mut(..count).unwrap_or_default().as_chunks_mut::<BATCH>();
        let mut places = [0; BATCH];
        for (days, (low, high)) in days.iter().zip(low.iter_mut().zip(high)) {
            for (place, day) in places.iter_mut().zip(days) {
                *place = self.place(number(*day));
            }
            for (place, (low, high)) in places.iter().zip(low.iter_mut().zip(high)) {
                [*low, *high] = self.cell(*place);
            }
        }
        for (day, (low, high)) in last_days.iter().zip(last_low.iter_mut().zip(last_high)) {
            [*low, *high] = self.cell(self.place(number(*day)));
        }
        count
    }

    /// Writes the two ends of each day of a range, its last day included, and gives the number of days written: the length
    /// of the range or of the shorter column. Nothing is allocated.
    pub fn fill(&self, days: RangeInclusive<NaiveDate>, low: &mut [u32], high: &mut [u32]) -> usize {
        let count = columns::count(&days).min(low.len()).min(high.len());
        let first = day::day_number(*days.start());
        let (mut low, mut high) = (low.get_mut(..count).unwrap_or_default(), high.get_mut(..count).unwrap_or_default());
        // All days before the first cell have its answer, and all days after the last cell have that one's.
        let before = usize::try_from(i64::from(self.origin).saturating_sub(i64::from(first))).unwrap_or(0).min(count);
        let skipped = usize::try_from(i64::from(first).saturating_sub(i64::from(self.origin))).unwrap_or(0);
        let cells = self.cells.get(skipped..).unwrap_or_default();
        let mut take = |days: usize| [&mut low, &mut high].map(|ends| ends.split_off_mut(..days).unwrap_or_default());
        let constant =
            |columns: [&mut [u32]; 2], cell| columns.into_iter().zip(cell).for_each(|(days, end)| days.fill(end));
        constant(take(before), self.cell(0));
        let [within_low, within_high] = take(cells.len().min(count.saturating_sub(before)));
        for (cell, (low, high)) in cells.iter().zip(within_low.iter_mut().zip(within_high)) {
            [*low, *high] = *cell;
        }
        constant([low, high], self.cell(self.place(self.last)));
        count
    }

    /// Each day of a range with its two ends, the last day included.
    pub fn days(&self, days: RangeInclusive<NaiveDate>) -> impl Iterator<Item = (NaiveDate, E)> {
        let (first, last) = days.into_inner();
        let days = first.iter_days().take_while(move |day| *day <= last);
        (day::day_number(first)..).zip(days).map(|(number, day)| (day, self.at_number(number)))
    }

    /// Each day on which the answer changes, with the answer from that day on. On all days before the first of these, the
    /// answer is that of the day before it.
    ///
    /// ```
    /// use force_drawdown::{bulk::RequiredEnds, catalog, day};
    /// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let series = agreement.schedule("us").unwrap().compile_required();
    /// let changes: Vec<_> = series.changes().collect();
    /// let ends = RequiredEnds { strict: Some(1_251), lenient: None };
    /// assert_eq!(changes[0], (day!(2025, 9, 1), ends));
    /// assert_eq!(changes.last().unwrap().0, day!(2026, 12, 31));
    /// assert_eq!(series.at(day!(2025, 8, 31)), RequiredEnds::default());
    /// ```
    pub fn changes(&self) -> impl Iterator<Item = (NaiveDate, E)> {
        let pairs = self.cells.iter().zip(self.cells.iter().skip(1));
        let changed = (self.origin.saturating_add(1)..).zip(pairs).filter(|(_, (before, now))| before != now);
        changed.filter_map(|(number, _)| Some((day::from_day_number(number)?, self.at_number(number))))
    }

    /// The size of the table in bytes; all clones share it.
    #[must_use]
    pub fn memory(&self) -> usize {
        size_of_val(&*self.cells)
    }
}
