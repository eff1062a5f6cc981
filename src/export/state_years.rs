//! The states and years of a force, as the tables of conflict research count them.

use chrono::NaiveDate;

use crate::agreement::Agreement;
use crate::day;
use crate::schedule::Ceiling;
use crate::terms::{Force, Party};

impl Agreement {
    /// The party that a force is of, by its index.
    pub(crate) fn party_of(&self, force: &Force) -> Option<usize> {
        let id = force.party.as_ref()?;
        self.terms().parties.iter().position(|party| party.id == *id)
    }

    /// The party that has the place of another on a day, as a successor has.
    pub(crate) fn party_on(&self, party: Option<usize>, day: NaiveDate) -> Option<&Party> {
        self.terms().parties.get(self.record().in_place_of(party?, day))
    }

    /// The years of a force, for tables of states and years: each from that of the first day of the schedule to that of
    /// its last known deadline, with the party whose force it is at the end of the year (its successor, where there is
    /// one), and the ceiling at that end, or `None` where nothing is required. A force that is not there has no years.
    ///
    /// ```
    /// use force_drawdown::catalog;
    /// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let rows = agreement.state_years("us").map(|(year, party, ceiling)| {
    ///     let most = ceiling.map(|ceiling| (ceiling.strict, ceiling.lenient));
    ///     (year, party.and_then(|party| party.cow), most)
    /// });
    /// let expected = [
    ///     (2024, Some(2), None),
    ///     (2025, Some(2), Some((1_251, Some(2_550)))),
    ///     (2026, Some(2), Some((0, Some(2_550)))),
    /// ];
    /// assert_eq!(rows.collect::<Vec<_>>(), expected);
    /// ```
    pub fn state_years(&self, force: &str) -> impl Iterator<Item = (i32, Option<&Party>, Option<Ceiling<&str>>)> {
        let schedule = self.schedule(force);
        let party = schedule.and_then(|schedule| self.party_of(schedule.force()?));
        let years = schedule.and_then(|schedule| schedule.days()).map(|days| {
            let year = |day| day::parts(day).0;
            // The last day is the one after the last deadline.
            let last = day::plus_days(*days.end(), -1).filter(|last| last >= days.start()).unwrap_or(*days.end());
            year(*days.start())..=year(last)
        });
        years.into_iter().flatten().filter_map(move |year| {
            let end = day::last_day_of_month(u16::try_from(year).ok()?, 12)?;
            Some((year, self.party_on(party, end), schedule?.required_on(end)))
        })
    }
}
