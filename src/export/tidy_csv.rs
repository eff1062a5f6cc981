//! What is required, planned and observed, as one tidy table.

use std::io;

use chrono::NaiveDate;

use crate::agreement::Agreement;
use crate::assessment::evidence::Evidence;
use crate::assessment::sums::InPeople;
use crate::assessment::{Observation, ObservationKind};
use crate::schedule::{Interpolation, Planned};
use crate::terms::Band;

const HEAD: [&str; 8] = ["date", "until", "force", "kind", "low", "high", "low_by", "high_by"];

/// The two ends of what no phase sets.
const NOBODY: (Option<&str>, Option<&str>) = (None, None);

impl Agreement {
    /// Writes a CSV table with a row for each day, force and kind: `required`, `planned`, `observed`, `forecast`,
    /// `doubtful` and `set-aside`.
    ///
    /// The columns are `date`, `until`, `force`, `kind`, `low`, `high`, `low_by` and `high_by`. Numbers are of people at
    /// the end of the day; an end that is open, not due or not known is empty, and a day on which a force has neither
    /// end of a kind has no row of it. For `required`, `low` and `high` are the strict and the lenient ceiling, and
    /// `low_by` and `high_by` the phases that set them, or `baseline`. `until` is filled for observations: one whose day
    /// is not known is of a day from `date` to `until`, both included. A count that held has a row for its first day and
    /// one for its last; one that cannot be true is `set-aside`, without numbers. Sums of parts and the zeros of a whole
    /// of nobody are `observed`, as the last version makes them. Days are those of
    /// [`Schedule::days`](crate::Schedule::days).
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// use force_drawdown::{Interpolation, Observation, day};
    /// let seen = [Observation::present(day!(2025, 8, 25), 2_000)];
    /// let mut csv = Vec::new();
    /// iraq().write_tidy_csv(&seen, Interpolation::Linear, &mut csv)?;
    /// let csv = String::from_utf8(csv).unwrap();
    /// assert!(csv.starts_with("date,until,force,kind,low,high,low_by,high_by\n2024-09-06,,us,planned,2250,2750,,\n"));
    /// assert!(csv.contains("\n2026-01-01,,us,required,1251,2550,1,1\n"));
    /// assert!(csv.ends_with("\n2025-08-25,2025-08-25,us,observed,2000,2000,,\n"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn write_tidy_csv(
        &self,
        observations: &[Observation],
        how: Interpolation,
        output: impl io::Write,
    ) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(output);
        csv.write_record(HEAD)?;
        let seen = Evidence::gather(self, observations).in_people(self);
        for schedule in self.schedules() {
            let Some(force) = schedule.force().map(|force| force.id.as_str()) else { continue };
            for (day, ceiling) in schedule.days().into_iter().flat_map(|days| schedule.required_series(days)) {
                if let Some(ceiling) = ceiling {
                    let by = (Some(ceiling.strict_by.to_string()), ceiling.lenient_by.map(|by| by.to_string()));
                    let ends = (Some(ceiling.strict), ceiling.lenient);
                    csv.serialize((day, None::<NaiveDate>, force, "required", ends, by))?;
                }
                let Planned { low, high } = schedule.planned_on(day, how);
                if low.is_some() || high.is_some() {
                    csv.serialize((day, None::<NaiveDate>, force, "planned", (low, high), NOBODY))?;
                }
            }
            for InPeople { seen, people } in schedule.parts().1.of(&seen).into_iter().flatten() {
                let kind = match seen.kind {
                    _ if people.is_none() => "set-aside",
                    ObservationKind::Count => "observed",
                    kind => kind.as_str(),
                };
                let [date, until] = [seen.days.earliest(), seen.days.latest()];
                let ends = (people.map(Band::low), people.and_then(Band::high));
                csv.serialize((date, Some(until), force, kind, ends, NOBODY))?;
            }
        }
        csv.flush()
    }
}
