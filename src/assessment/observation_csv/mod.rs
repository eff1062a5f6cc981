//! Observations from CSV and into it.

mod mistake;
mod records;

use std::borrow::Cow;
use std::io;

pub use mistake::{BadCell, BadRows, CsvError, CsvMistake};

use super::observation::{Counted, Observation, ObservationKind};
use super::observation_rules::{Forces, date_mistake, since_mistake, until_mistake};
use crate::agreement::{Agreement, quantity_mistake, share_mistake};
use crate::day::{self, Iso};
use crate::findings::Rule;
use crate::terms::spelling::whole;
use crate::terms::{GrammarError, Period, Quantity, Share};
use crate::wording::excerpt;
use mistake::COLUMNS;
use records::{Record, Records};

impl Observation {
    /// Reads observations from CSV, and reports every mistake with its line and column.
    ///
    /// The first row is a header with `date`, at least one of `present`, `withdrawn` and `withdrawn_share`, and any other
    /// fields; a row gives exactly one number. [*Format*](crate::guide::format#observations-in-csv) has all rules.
    /// [`Agreement::read_observations`] also checks that the forces are those of an agreement.
    ///
    /// The input is read to its end before its first row. Memory and time are linear in it.
    ///
    /// # Errors
    ///
    /// [`CsvError::Io`] where the input cannot be read; else [`CsvError::Rows`] with every [`CsvMistake`]. Rows are read
    /// only where the header has no mistake.
    ///
    /// ```
    /// use force_drawdown::{Observation, Part, Quantity};
    /// let text = "date,present,withdrawn\n2025-09-30,\"2,100\",\n2025-10,,hundreds\n";
    /// let seen = Observation::read_csv(text.as_bytes())?;
    /// assert_eq!(seen[1], Observation::withdrawn(Part::Month(2025, 10), Quantity::Hundreds));
    /// # Ok::<(), force_drawdown::assessment::CsvError>(())
    /// ```
    pub fn read_csv(input: impl io::Read) -> Result<Vec<Self>, CsvError> {
        read(input, None)
    }

    /// Writes observations as CSV, with all columns; what is read back is equal, but that an empty text is an absent one.
    /// A number or a date out of range is written, and not read back. No spreadsheet runs a text as a formula.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    ///
    /// ```
    /// use force_drawdown::{Observation, Part, Quantity};
    /// let mut text = Vec::new();
    /// let seen = [Observation::present(Part::Year(2025), Quantity::About(2_500))];
    /// Observation::write_csv(&seen, &mut text)?;
    /// assert!(text.ends_with(b"\n,2025,,about 2500,,,,,,,\n"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn write_csv(observations: &[Self], output: impl io::Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(COLUMNS)?;
        for Self { force, date, until, counted, since, published, source, kind, note } in observations {
            let [present, withdrawn, share] =
                Counted::FIELDS.map(|field| (counted.field() == field).then(|| counted.number()));
            let (date, kind) = (Some(date.to_string()), kind.map(|kind| kind.to_string()));
            let [until, since, published] = [until, since, published].map(|day| day.map(|day| Iso(day).to_string()));
            let [force, source, note] = [force, source, note].map(|text| Some(guarded(text.as_deref()?).into_owned()));
            let cells = [force, date, until, present, withdrawn, share, since, published, source, kind, note];
            writer.write_record(cells.map(Option::unwrap_or_default))?;
        }
        writer.flush()
    }
}

impl Agreement {
    /// Reads observations of this agreement from CSV, as [`Observation::read_csv`] does, and reports unknown forces, rows
    /// that name none where the document has several, and a `since` that is no baseline's, with their lines as well.
    ///
    /// # Errors
    ///
    /// As [`Observation::read_csv`].
    ///
    /// ```
    /// let iraq = force_drawdown::catalog::get("us-iraq-2024").unwrap().agreement;
    /// let text = "date,force,present\n2025-09-30,us,2100\n2025-10,uk,5\n";
    /// let error = iraq.read_observations(text.as_bytes()).unwrap_err();
    /// assert!(error.to_string().starts_with("line 3, column 2 (force): "));
    /// ```
    pub fn read_observations(&self, input: impl io::Read) -> Result<Vec<Observation>, CsvError> {
        read(input, Some(&Forces::of(self)))
    }
}

fn read(mut input: impl io::Read, forces: Option<&Forces<'_>>) -> Result<Vec<Observation>, CsvError> {
    let mut text = Vec::new();
    input.read_to_end(&mut text)?;
    let mut records = Records::new(&text);
    let mut bad = BadRows::default();
    let header = Header::read(&records.header(), &mut bad);
    let mut good = Vec::new();
    if bad.cells.is_empty() {
        for record in records.filter(|record| record.flaw.is_some() || record.width() > 0) {
            let mut row = Row { header: &header, forces, line: record.line, bad: &mut bad, is_good: true };
            good.extend(row.read(&record).filter(|_| row.is_good));
        }
    }
    if bad.cells.is_empty() { Ok(good) } else { Err(CsvError::Rows(BadRows { good, ..bad })) }
}

/// For each column of the file its index in [`COLUMNS`].
#[derive(Default)]
struct Header(Vec<usize>);

impl Header {
    fn read(record: &Record<'_>, bad: &mut BadRows) -> Self {
        let mut header = Self::default();
        let mut report = |column, name, mistake| bad.push(BadCell { line: record.line, column, name, mistake });
        if let Some(flaw) = &record.flaw {
            report(None, None, flaw.clone());
            return header;
        }
        let (mut strange, width) = (false, record.width());
        for (number, cell) in (1..).zip(record.texts().take(width)) {
            let unknown = |name: &str| match excerpt(name) {
                found if width == 1 && (name.contains('|') || name.starts_with("sep=")) => {
                    CsvMistake::Separator { found }
                }
                found => CsvMistake::UnknownColumn { found },
            };
            match cell.and_then(|name| COLUMNS.iter().position(|column| name.trim().eq_ignore_ascii_case(column))) {
                Some(known) if header.0.contains(&known) => {
                    report(Some(number), COLUMNS.get(known).copied(), CsvMistake::DuplicateColumn);
                }
                Some(known) => header.0.push(known),
                None => {
                    strange = true;
                    report(Some(number), None, cell.map_or(CsvMistake::NotUtf8, unknown));
                }
            }
        }
        // A column that is misspelled is one mistake and not two.
        if !strange && header.number("date").is_none() {
            report(None, None, CsvMistake::MissingDate);
        }
        if !strange && Counted::FIELDS.iter().all(|field| header.number(field).is_none()) {
            report(None, None, CsvMistake::MissingCount);
        }
        header
    }

    /// The number of a column, counted from 1.
    fn number(&self, name: &str) -> Option<usize> {
        let is_it = |(number, &column): (usize, &usize)| (COLUMNS.get(column) == Some(&name)).then_some(number);
        (1..).zip(&self.0).find_map(is_it)
    }

    fn name(&self, number: usize) -> Option<&'static str> {
        COLUMNS.get(*self.0.get(number.checked_sub(1)?)?).copied()
    }
}

struct Row<'a> {
    header: &'a Header,
    /// Those that a row may be of, where the agreement is known.
    forces: Option<&'a Forces<'a>>,
    line: u64,
    bad: &'a mut BadRows,
    is_good: bool,
}

impl Row<'_> {
    /// The observation, with everything that is wrong reported.
    fn read(&mut self, record: &Record<'_>) -> Option<Observation> {
        let expected = self.header.0.len();
        if let Some(flaw) = &record.flaw {
            self.report(None, flaw.clone());
            return None;
        }
        // Empty cells after the last column are none.
        let found = record.cells.len().min(record.width().max(expected));
        if found != expected {
            let first = found.min(expected).saturating_add(1);
            self.report(Some(first), CsvMistake::Cells { found, expected });
            return None;
        }
        let mut cells = [""; COLUMNS.len()];
        for (number, (cell, &column)) in (1..).zip(record.texts().zip(&self.header.0)) {
            match (cell, cells.get_mut(column)) {
                (Some(cell), Some(slot)) => *slot = cell,
                _ => self.report(Some(number), CsvMistake::NotUtf8),
            }
        }
        let [force, date, until, present, withdrawn, share, since, published, source, kind, note] = cells;
        let [present, withdrawn, share] = [present, withdrawn, share].map(str::trim);
        let [force, source, note] = [force, source, note].map(unguarded);
        // No id has spaces around it.
        let force = if self.forces.is_some() { force.trim() } else { force };
        let named = (!force.is_empty()).then_some(force);
        self.check("force", self.forces.and_then(|forces| forces.mistake(named)));
        if date.trim().is_empty() {
            self.report(self.header.number("date"), CsvMistake::EmptyDate);
        }
        let date = self.parse("date", date, str::parse::<Period>, date_mistake);
        let until = self.parse("until", until, day::parse_day, |_| None);
        self.check("until", date.as_ref().zip(until).and_then(|(date, until)| until_mistake(date, until)));
        self.one_number([present, withdrawn, share]);
        let present = self.parse("present", present, quantity, quantity_mistake);
        let withdrawn = self.parse("withdrawn", withdrawn, quantity, quantity_mistake);
        let share = self.parse("withdrawn_share", share, str::parse::<Share>, share_mistake);
        let share = share.map(Counted::WithdrawnShare);
        let counted = Counted::one_of([present.map(Counted::Present), withdrawn.map(Counted::Withdrawn), share]).ok();
        let since = self.parse("since", since, day::parse_day, |_| None);
        if let Some(((date, counted), since)) = date.as_ref().zip(counted).zip(since) {
            self.check("since", since_mistake(self.forces, named, date, counted, since));
        }
        let published = self.parse("published", published, day::parse_day, |_| None);
        let kind = self.parse("kind", kind, str::parse::<ObservationKind>, |_| None);
        let written = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Some(Observation {
            force: named.map(str::to_owned),
            date: date?,
            until,
            counted: counted?,
            since,
            published,
            source: written(source),
            kind,
            note: written(note),
        })
    }

    /// Reports a row that has not one number, at the one too many or where there could be one.
    fn one_number(&mut self, cells: [&str; 3]) {
        // Which is the mistake itself.
        if cells.iter().any(|cell| is_no_value(cell)) {
            return;
        }
        let written = cells.map(|cell| !cell.is_empty());
        let mut given = Counted::FIELDS.into_iter().zip(written).filter(|&(_, is)| is);
        let number = match (given.next(), given.next()) {
            (Some(_), None) => return,
            (_, Some((second, _))) => self.header.number(second),
            (None, None) => Counted::FIELDS.iter().filter_map(|field| self.header.number(field)).min(),
        };
        self.report(number, CsvMistake::Count { found: Counted::names(written) });
    }

    /// What a cell says; `None` where it is empty, bad or out of range.
    fn parse<T, E: Into<CsvMistake>>(
        &mut self,
        name: &str,
        cell: &str,
        read: fn(&str) -> Result<T, E>,
        out_of_range: fn(&T) -> Option<Rule>,
    ) -> Option<T> {
        let cell = cell.trim();
        if cell.is_empty() {
            return None;
        }
        let mistake = match read(cell).map(|value| out_of_range(&value).map_or(Ok(value), Err)) {
            Ok(Ok(value)) => return Some(value),
            Ok(Err(rule)) => rule.into(),
            Err(_) if is_no_value(cell) => CsvMistake::NoValue { found: cell.to_owned() },
            Err(error) => match error.into() {
                CsvMistake::Malformed(error) if DAYS.contains(&name) => CsvMistake::Day(error),
                mistake => mistake,
            },
        };
        self.report(self.header.number(name), mistake);
        None
    }

    fn check(&mut self, name: &str, rule: Option<Rule>) {
        if let Some(rule) = rule {
            self.report(self.header.number(name), rule.into());
        }
    }

    #[cold]
    fn report(&mut self, column: Option<usize>, mistake: CsvMistake) {
        self.is_good = false;
        let name = column.and_then(|number| self.header.name(number));
        self.bad.push(BadCell { line: self.line, column, name, mistake });
    }
}

const DAYS: [&str; 4] = ["date", "until", "since", "published"];

/// A number of people, or a whole number as programs write it.
fn quantity(cell: &str) -> Result<Quantity, GrammarError> {
    cell.parse().or_else(|error| whole(cell).map(Quantity::Exact).ok_or(error))
}

/// What programs write into a cell that has no value.
fn is_no_value(cell: &str) -> bool {
    const WORDS: [&str; 14] =
        ["na", "n/a", "n.a.", "#n/a", "nan", "null", "nil", "-", "--", "\u{2013}", "\u{2014}", ".", "..", "?"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(cell))
}

/// Whether a spreadsheet would run a text, or one with fewer apostrophes before it.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A text with an apostrophe before it where a spreadsheet would run it.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(cell)
}
