//! A schedule in letters: a table for terminals and memos.

use chrono::NaiveDate;

use crate::day::Iso;
use crate::schedule::{Ceiling, Interpolation, Planned, Schedule};
use crate::terms::Band;

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
