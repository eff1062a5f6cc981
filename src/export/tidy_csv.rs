//! What is required, planned and observed, as tables of CSV whose columns are the same for every agreement.

use std::collections::BTreeMap;
use std::io;

use chrono::NaiveDate;
use csv::StringRecord;

use crate::agreement::Agreement;
use crate::assessment::evidence::Evidence;
use crate::assessment::sums::InPeople;
use crate::assessment::{Assessment, ForceAssessment, Observation, ObservationKind, guarded};
use crate::day::{self, Iso, Window};
use crate::schedule::{Interpolation, Schedule, SetBy};
use crate::terms::{Band, Force, Party};

/// What every row says of its force.
const OF_FORCE: &str = "agreement,force,unit,party,iso3,cow,gw";
const LONG: &str = "kind,date,until,low,high,source,published,low_by,high_by";
const PHASES: &str = "agreement,phase,title,force,name,unit,standing,due_from,due_by,low,high,outcome,slip_low,slip_high,\
                      binding_when_due";
/// The kinds that a wide table has columns of.
const WIDE: [&str; 5] = ["required", "planned", "observed", "forecast", "doubtful"];

/// Programs guess the type of a column from its first hundred rows, some from fewer.
const GUESSED_FROM: usize = 64;

/// A row of the long table; the ends are those of a band, or the strict and the lenient ceiling.
struct Row<'a> {
    kind: &'static str,
    days: Window,
    ends: [Option<u32>; 2],
    by: [Option<SetBy<&'a str>>; 2],
    source: Option<&'a str>,
    published: Option<NaiveDate>,
}

/// With the feature `csv1`.
impl Agreement {
    /// Writes a CSV table with a row for each day, force and kind: `required`, `planned`, `observed`, `forecast`,
    /// `doubtful` and `set-aside`.
    ///
    /// [*See*](crate::guide::see#how-do-i-get-a-table-for-my-statistics-program) says what the columns are, and how the rows
    /// are ordered. Days are those of [`Schedule::days`].
    ///
    /// ```
    /// use force_drawdown::{Interpolation, Observation, catalog, day};
    /// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let seen = [Observation::present(day!(2025, 8, 25), 2_000).source("press")];
    /// let mut csv = Vec::new();
    /// iraq.write_tidy_csv(&seen, Interpolation::Linear, &mut csv)?;
    /// let csv = String::from_utf8(csv).unwrap();
    /// assert!(csv.starts_with("agreement,force,unit,party,iso3,cow,gw,kind,date,until,"));
    /// assert!(csv.contains(",required,2026-01-01,2026-01-01,1251,2550,,,1,1\n"));
    /// assert!(csv.contains(",observed,2025-08-25,2025-08-25,2000,2000,press,"));
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
        self.write_long(observations, how, false, output)
    }

    /// Writes the table of [`write_tidy_csv`](Self::write_tidy_csv) with a row for each change of what is required and
    /// planned, which holds from `date` to `until`, in place of a row for each day.
    ///
    /// ```
    /// use force_drawdown::{Interpolation, catalog};
    /// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let mut csv = Vec::new();
    /// iraq.write_changes_csv(&[], Interpolation::Step, &mut csv)?;
    /// let csv = String::from_utf8(csv).unwrap();
    /// assert!(csv.contains(",required,2025-09-30,2026-12-30,1251,2550,,,1,1\n"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn write_changes_csv(
        &self,
        observations: &[Observation],
        how: Interpolation,
        output: impl io::Write,
    ) -> io::Result<()> {
        self.write_long(observations, how, true, output)
    }

    fn write_long(
        &self,
        observations: &[Observation],
        how: Interpolation,
        is_by_change: bool,
        output: impl io::Write,
    ) -> io::Result<()> {
        let seen = Evidence::gather(self, observations).in_people(self);
        write_table(output, &format!("{OF_FORCE},{LONG}"), |write| {
            self.of_forces().try_for_each(|(schedule, force, party)| {
                rows(self, schedule, party, &seen, how, is_by_change, &mut |row| {
                    let mut record = of_force(self, force, self.party_on(party, row.days.earliest()));
                    record.push_field(row.kind);
                    record.extend([row.days.earliest(), row.days.latest()].map(|day| Iso(day).to_string()));
                    record.extend(row.ends.map(cell));
                    record.push_field(&guarded(row.source.unwrap_or_default()));
                    record.push_field(&cell(row.published.map(Iso)));
                    record.extend(row.by.map(|by| guarded(&cell(by)).into_owned()));
                    write(&record)
                })
            })
        })
    }

    /// Writes a CSV table with a row for each force and day, and two columns for each kind of number, such as
    /// `required_low` and `required_high`: the form that chart services take.
    ///
    /// Numbers are those of [`write_tidy_csv`](Self::write_tidy_csv). Observations are put on the last day that they may be
    /// of; several of a kind and day are one range. A day without any number has no row.
    ///
    /// ```
    /// use force_drawdown::{Interpolation, Observation, catalog, day};
    /// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let seen = [Observation::present(day!(2026, 1, 1), 2_000)];
    /// let mut csv = Vec::new();
    /// iraq.write_wide_csv(&seen, Interpolation::Step, &mut csv)?;
    /// let csv = String::from_utf8(csv).unwrap();
    /// assert!(csv.contains(",2026-01-01,1251,2550,1251,2550,2000,2000,,,,\n"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn write_wide_csv(
        &self,
        observations: &[Observation],
        how: Interpolation,
        output: impl io::Write,
    ) -> io::Result<()> {
        let seen = Evidence::gather(self, observations).in_people(self);
        let kinds = WIDE.map(|kind| format!(",{kind}_low,{kind}_high")).concat();
        write_table(output, &format!("{OF_FORCE},date{kinds}"), |write| {
            for (schedule, force, party) in self.of_forces() {
                let mut days: BTreeMap<NaiveDate, [Option<[Option<u32>; 2]>; WIDE.len()]> = BTreeMap::new();
                rows(self, schedule, party, &seen, how, false, &mut |row| {
                    let cells = days.entry(row.days.latest()).or_default();
                    let cell = WIDE.iter().position(|kind| *kind == row.kind).and_then(|kind| cells.get_mut(kind));
                    if let Some(cell) = cell {
                        *cell = Some(cell.map_or(row.ends, |[low, high]| {
                            [low.min(row.ends[0]), high.zip(row.ends[1]).map(|(one, other)| one.max(other))]
                        }));
                    }
                    Ok(())
                })?;
                for (day, cells) in days.into_iter().filter(|(_, cells)| cells.iter().any(Option::is_some)) {
                    let mut record = of_force(self, force, self.party_on(party, day));
                    record.push_field(&Iso(day).to_string());
                    record.extend(cells.into_iter().flat_map(|ends| ends.unwrap_or_default().map(cell)));
                    write(&record)?;
                }
            }
            Ok(())
        })
    }

    /// Writes a CSV table with a row for each force and year, for tables of states and years: the codes of the state, the
    /// year, and the ceiling at its end, `strict` and `lenient`, as [`state_years`](Self::state_years) has them.
    ///
    /// ```
    /// let iraq = force_drawdown::catalog::get("us-iraq-2024").unwrap().agreement;
    /// let mut csv = Vec::new();
    /// iraq.write_state_years_csv(&mut csv)?;
    /// let csv = String::from_utf8(csv).unwrap();
    /// assert!(csv.starts_with("agreement,force,unit,party,iso3,cow,gw,year,"));
    /// assert!(csv.contains(",2025,1251,2550\n"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn write_state_years_csv(&self, output: impl io::Write) -> io::Result<()> {
        write_table(output, &format!("{OF_FORCE},year,strict,lenient"), |write| {
            self.of_forces().try_for_each(|(_, force, _)| {
                self.state_years(&force.id).try_for_each(|(year, party, ceiling)| {
                    let mut record = of_force(self, force, party);
                    record.push_field(&year.to_string());
                    let ends = [ceiling.map(|ceiling| ceiling.strict), ceiling.and_then(|ceiling| ceiling.lenient)];
                    record.extend(ends.map(cell));
                    write(&record)
                })
            })
        })
    }

    /// Each force that is there, with its schedule and its party.
    fn of_forces(&self) -> impl Iterator<Item = (Schedule<'_>, &Force, Option<usize>)> {
        self.schedules().filter_map(|schedule| Some((schedule, schedule.force()?, self.party_of(schedule.force()?))))
    }
}

/// With the feature `csv1`.
impl Assessment {
    /// Writes a CSV table with a row for each limit and each `done` event of a phase: what was due when, and what came of
    /// it. It is the table that newspapers print.
    ///
    /// `due_from` and `due_by` are the first and the last day on which it may fall due, `low` and `high` the ceiling,
    /// `slip_low` and `slip_high` the days by which it was late. What is not known is empty.
    ///
    /// ```
    /// use force_drawdown::{catalog, day};
    /// let georgia = catalog::get("georgia-2005").unwrap();
    /// let judged = georgia.agreement.assess(&georgia.observations, day!(2008, 12, 31));
    /// let mut csv = Vec::new();
    /// judged.write_phases_csv(&mut csv)?;
    /// let csv = String::from_utf8(csv).unwrap();
    /// assert!(csv.contains(",bases,binding,2008-10-01,2008-12-31,0,0,met,-578,-323,true\n"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub fn write_phases_csv(&self, output: impl io::Write) -> io::Result<()> {
        let forces: BTreeMap<&str, &ForceAssessment> =
            self.forces.iter().map(|force| (force.force.as_str(), force)).collect();
        write_table(output, PHASES, |write| {
            self.phases.iter().try_for_each(|phase| {
                let force = phase.force.as_deref().and_then(|force| forces.get(force));
                let title = phase.title.as_deref().unwrap_or_default();
                let id = phase.force.as_deref().unwrap_or_default();
                let name = force.and_then(|force| force.name.as_deref()).unwrap_or_default();
                let unit = force.map_or("", |force| &force.unit);
                let texts = [self.id.as_ref().unwrap_or(&self.title), &phase.phase, title, id, name, unit];
                let mut record: StringRecord = texts.map(guarded).iter().collect();
                record.push_field(phase.standing.as_str());
                record.extend([Window::earliest, Window::latest].map(|end| cell(phase.due.map(end).map(Iso))));
                record.extend([phase.ceiling.map(Band::low), phase.ceiling.and_then(Band::high)].map(cell));
                record.push_field(phase.outcome.as_str());
                record.extend(
                    [phase.slip_days.and_then(|slip| slip.low), phase.slip_days.and_then(|slip| slip.high)].map(cell),
                );
                record.push_field(&cell(phase.binding_when_due));
                write(&record)
            })
        })
    }
}

/// The rows of a force, of each day, or of each stretch of days on which they say the same.
fn rows<'a>(
    agreement: &'a Agreement,
    schedule: Schedule<'a>,
    own: Option<usize>,
    seen: &[Vec<InPeople>],
    how: Interpolation,
    is_by_change: bool,
    each: &mut dyn FnMut(Row<'_>) -> io::Result<()>,
) -> io::Result<()> {
    // Where the party changes, so does the row.
    let party = |day| agreement.party_on(own, day).map(|party| &party.id);
    let days = || schedule.days().into_iter().flat_map(day::each);
    let required = days().map(|day| (day, schedule.required_on(day).map(|ceiling| (ceiling, party(day)))));
    for (days, (ceiling, _)) in stretches(required, is_by_change) {
        let (ends, by) = ([Some(ceiling.strict), ceiling.lenient], [Some(ceiling.strict_by), ceiling.lenient_by]);
        each(Row { kind: "required", days, ends, by, source: None, published: None })?;
    }
    let some = |day| Some(schedule.planned_on(day, how)).filter(|planned| planned.low.or(planned.high).is_some());
    let planned = days().map(|day| (day, some(day).map(|planned| (planned, party(day)))));
    for (days, (planned, _)) in stretches(planned, is_by_change) {
        let ends = [planned.low, planned.high];
        each(Row { kind: "planned", days, ends, by: [None; 2], source: None, published: None })?;
    }
    for InPeople { seen, people } in schedule.parts().1.of(seen).into_iter().flatten() {
        let kind = match seen.kind {
            _ if people.is_none() => "set-aside",
            ObservationKind::Count => "observed",
            kind => kind.as_str(),
        };
        let (ends, source) = ([people.map(Band::low), people.and_then(Band::high)], seen.source.as_deref());
        each(Row { kind, days: seen.days, ends, by: [None; 2], source, published: seen.known_from })?;
    }
    Ok(())
}

/// The days that have a value, alone, or joined with those after them that have the same.
fn stretches<T: PartialEq>(
    days: impl Iterator<Item = (NaiveDate, Option<T>)>,
    is_joined: bool,
) -> impl Iterator<Item = (Window, T)> {
    let mut days = days.peekable();
    std::iter::from_fn(move || {
        loop {
            let (first, value) = days.next()?;
            let mut last = first;
            while let Some((day, _)) = days.next_if(|(_, next)| is_joined && *next == value) {
                last = day;
            }
            if let Some((days, value)) = Window::new(first, last).zip(value) {
                return Some((days, value));
            }
        }
    })
}

/// The first cells of a row.
fn of_force(agreement: &Agreement, force: &Force, party: Option<&Party>) -> StringRecord {
    let texts = [agreement.terms().name(), &force.id, force.unit(), party.map_or("", |party| &party.id)];
    let mut record: StringRecord = texts.map(guarded).iter().collect();
    record.push_field(party.and_then(|party| party.iso3.as_deref()).unwrap_or_default());
    record.extend([party.and_then(|party| party.cow), party.and_then(|party| party.gw)].map(cell));
    record
}

/// What is not known is an empty cell.
fn cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Writes a table whose rows are given as often as they are asked for. Those that fill a column late come first.
fn write_table(
    output: impl io::Write,
    head: &str,
    rows: impl Fn(&mut dyn FnMut(&StringRecord) -> io::Result<()>) -> io::Result<()>,
) -> io::Result<()> {
    // Of each column the first row that fills it, if possible with a text: where it is, and whether it does.
    let mut fillers: Vec<Option<(usize, bool, StringRecord)>> = head.split(',').map(|_| None).collect();
    let mut at = 0_usize;
    rows(&mut |row| {
        for (cell, filler) in row.iter().zip(&mut fillers).filter(|(cell, _)| !cell.is_empty()) {
            if filler.as_ref().is_none_or(|(_, has_text, _)| !has_text && !is_number(cell)) {
                *filler = Some((at, !is_number(cell), row.clone()));
            }
        }
        at = at.saturating_add(1);
        Ok(())
    })?;
    let late = fillers.into_iter().flatten().filter(|(at, ..)| *at >= GUESSED_FROM);
    let late: BTreeMap<usize, StringRecord> = late.map(|(at, _, row)| (at, row)).collect();
    let mut csv = csv::Writer::from_writer(output);
    csv.write_record(head.split(','))?;
    late.values().try_for_each(|row| csv.write_record(row))?;
    let mut at = 0_usize;
    rows(&mut |row| {
        if !late.contains_key(&at) {
            csv.write_record(row)?;
        }
        at = at.saturating_add(1);
        Ok(())
    })?;
    csv.flush()
}

/// Whether a cell may be taken for a number.
fn is_number(cell: &str) -> bool {
    cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'e' | b'E'))
        && cell.parse::<f64>().is_ok()
}
