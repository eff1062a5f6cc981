//! A schedule in letters: a table and a line of blocks, for terminals and memos.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::day::{Iso, day_number, from_day_number};
use crate::schedule::{Ceiling, Interpolation, Planned, Schedule};
use crate::terms::Band;
use crate::wording::thousands;

/// The most columns of a line of blocks.
const WIDEST: u16 = 400;

impl Schedule<'_> {
    /// The days on which what is required changes, at the end of the day, from the first day of the schedule to its
    /// last; that first day comes first.
    ///
    /// ```
    /// use force_drawdown::{catalog, day};
    /// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let days = agreement.schedule("us").unwrap().turning_days();
    /// let september = [day!(2025, 9, 1), day!(2025, 9, 30)];
    /// assert_eq!(days, [day!(2024, 9, 6), september[0], september[1], day!(2026, 12, 31)]);
    /// ```
    #[must_use]
    pub fn turning_days(&self) -> Vec<NaiveDate> {
        let changes = self.days().map(|days| self.required_changes(days.into_inner()));
        changes.into_iter().flatten().map(|(day, _)| day).collect()
    }

    /// A table with a row for each day: what is required at its end, which phases set the strict and the lenient end,
    /// and what is planned.
    ///
    /// ```
    /// use force_drawdown::{Interpolation, catalog};
    /// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let schedule = agreement.schedule("us").unwrap();
    /// let table = schedule.table(schedule.turning_days(), Interpolation::Linear);
    /// assert_eq!(
    ///     table,
    ///     "day         required                         set by  planned (linear)\n\
    ///      2024-09-06  nothing                                  2,250-2,750\n\
    ///      2025-09-01  1,251, not due in every reading  1       1,251-2,564\n\
    ///      2025-09-30  1,251-2,550                      1       1,176-2,550\n\
    ///      2026-12-31  up to 2,550                      2       up to 2,550\n",
    /// );
    /// ```
    #[must_use]
    pub fn table(&self, days: impl IntoIterator<Item = NaiveDate>, how: Interpolation) -> String {
        let head = ["day".to_owned(), "required".to_owned(), "set by".to_owned(), format!("planned ({how})")];
        let row = |day: NaiveDate| {
            let ceiling = self.required_on(day);
            let required = ceiling.map_or_else(|| "nothing".to_owned(), |ceiling| ceiling.to_string());
            let by = ceiling.map(set_by).unwrap_or_default();
            [Iso(day).to_string(), required, by, planned(self.planned_on(day, how))]
        };
        let rows: Vec<[String; 4]> = std::iter::once(head).chain(days.into_iter().map(row)).collect();
        let mut widths = [0; 4];
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let line = |row: &[String; 4]| {
            let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
            format!("{}\n", cells.join("  ").trim_end())
        };
        rows.iter().map(line).collect()
    }

    /// What is required in one line: a column for each of `width` stretches of days, in the strict and in the lenient
    /// reading, as it is at the end of the stretch.
    ///
    /// The highest block is the greatest number; `_` is nobody, `.` nothing required (yet), `?` a ceiling without a
    /// number.
    ///
    /// ```
    /// let agreement = force_drawdown::catalog::get("us-iraq-2024").unwrap().agreement;
    /// let line = agreement.schedule("us").unwrap().sparkline(10);
    /// let days = "2024-09-06 to 2027-01-01, at most 2,550";
    /// assert_eq!(line, format!("strict ....▄▄▄▄▄_ lenient ....██████ {days}"));
    /// ```
    #[must_use]
    pub fn sparkline(&self, width: u16) -> String {
        let Some(days) = self.days() else { return "no day is known".to_owned() };
        let ceilings: Vec<_> = columns(&days, width).map(|day| self.required_on(day)).collect();
        let numbers = ceilings.iter().flatten().map(|ceiling| ceiling.lenient.unwrap_or(ceiling.strict));
        let most = numbers.max().unwrap_or(0);
        let strict = ceilings.iter().map(|ceiling| ceiling.map_or('.', |ceiling| block(ceiling.strict, most)));
        let lenient = ceilings.iter().map(|ceiling| match ceiling.filter(|ceiling| ceiling.lenient_by.is_some()) {
            Some(ceiling) => ceiling.lenient.map_or('?', |lenient| block(lenient, most)),
            None => '.',
        });
        let (first, last) = days.into_inner();
        format!(
            "strict {} lenient {} {} to {}, at most {}",
            strict.collect::<String>(),
            lenient.collect::<String>(),
            Iso(first),
            Iso(last),
            thousands(most),
        )
    }
}

/// The last day of each of so many equal stretches.
fn columns(days: &RangeInclusive<NaiveDate>, width: u16) -> impl Iterator<Item = NaiveDate> {
    let (first, last) = (i64::from(day_number(*days.start())), i64::from(day_number(*days.end())));
    let width = i64::from(width.clamp(1, WIDEST));
    let span = last.saturating_sub(first);
    let day = move |column: i64| {
        let along = span.saturating_mul(column).checked_div(width).unwrap_or(0);
        from_day_number(i32::try_from(first.saturating_add(along)).ok()?)
    };
    (1..=width).filter_map(day)
}

/// The sign of a number.
fn block(people: u32, most: u32) -> char {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let eighths = u64::from(people).saturating_mul(8).div_ceil(u64::from(most.max(1)));
    let index = eighths.checked_sub(1).and_then(|index| usize::try_from(index).ok());
    index.map_or('_', |index| BLOCKS.get(index).copied().unwrap_or('█'))
}

fn set_by(ceiling: Ceiling<&str>) -> String {
    match ceiling.lenient_by {
        Some(lenient) if lenient != ceiling.strict_by => format!("{} / {lenient}", ceiling.strict_by),
        _ => ceiling.strict_by.to_string(),
    }
}

fn planned(planned: Planned) -> String {
    let low = planned.low.or(planned.high.map(|_| 0));
    let band = low.and_then(|low| Band::new(low, planned.high));
    band.map_or_else(|| "not known".to_owned(), |band| band.to_string())
}
