//! `drawdown judge`: verdicts on many counts of many agreements.

use std::collections::HashMap;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord, Trim, WriterBuilder};
use force_drawdown::bulk::{
    BadLine, CountColumns, LineError, NO_MARGIN, NONE, Portfolio, VerdictColumns, read_lines_parallel,
};
use force_drawdown::{Quantity, ReadError, Verdict, parse_day};
use indicatif::{ProgressBar, ProgressStyle};

use crate::Failure;
use crate::arguments::Judge;
use crate::files::{failed, of_json};
use crate::mistakes::{Mistake, shown};
use crate::text::{STANDARD_INPUT, Text};

/// The columns of a table of counts; the last two are only copied.
const COLUMNS: [&str; 6] = ["agreement", "force", "date", "present", "source", "note"];
/// Bytes of a file from which on reading takes long enough to show how far it is.
const LONG: usize = 1 << 22;

pub(crate) fn run(arguments: &Judge) -> Result<String, Failure> {
    let is_input = |file: &Path| file == Path::new(STANDARD_INPUT);
    if is_input(&arguments.agreements) && is_input(&arguments.counts) {
        return Err(Failure::Usage("only one file can be standard input".to_owned()));
    }
    let portfolio = portfolio(&Text::read(&arguments.agreements)?)?;
    let table = Table::read(&Text::read(&arguments.counts)?, &portfolio)?;
    table.judged(&portfolio).map_err(|error| failed(&arguments.counts, error))
}

/// Shows how far a long text is read, where standard error is a terminal.
fn progress(text: &Text, what: &'static str) -> ProgressBar {
    if text.all.len() < LONG {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(text.all.len()).unwrap_or(u64::MAX)).with_message(what);
    match ProgressStyle::with_template("{msg} {wide_bar} {bytes} of {total_bytes}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn portfolio(text: &Text) -> Result<Portfolio, Failure> {
    let (mut portfolio, mut mistakes) = (Portfolio::new(), Vec::new());
    let bar = progress(text, "agreements");
    for line in read_lines_parallel(bar.wrap_read(text.all.as_bytes())) {
        match line {
            Ok((number, agreement)) => {
                if let Err(error) = portfolio.add(&agreement) {
                    let start = text.line_start(number);
                    mistakes.push(Mistake::new("portfolio", error.to_string(), Some(start..start)));
                }
            }
            Err(bad) => mistakes.extend(of_line(text, &bad)),
        }
    }
    bar.finish_and_clear();
    if mistakes.is_empty() { Ok(portfolio) } else { Err(Failure::Input(shown(text, &mistakes))) }
}

/// The mistakes of a line, at their places in the whole text.
fn of_line(text: &Text, bad: &BadLine) -> Vec<Mistake> {
    let start = text.line_start(bad.number);
    let line = text.all.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    match &bad.error {
        LineError::Document(ReadError::Invalid(invalid)) => {
            of_json(line, invalid.violations()).into_iter().map(|mistake| mistake.moved(start)).collect()
        }
        LineError::Document(ReadError::Syntax(error)) => {
            vec![Mistake::syntax(error, None, |_, column| text.boundary(start.saturating_add(column)))]
        }
        error => vec![Mistake::new("syntax", error.to_string(), Some(start..start))],
    }
}

/// A table of counts: its rows, and what is judged of them.
struct Table {
    header: StringRecord,
    rows: Vec<StringRecord>,
    keys: Vec<u32>,
    days: Vec<i32>,
    low: Vec<u32>,
    high: Vec<u32>,
}

impl Table {
    fn read(text: &Text, portfolio: &Portfolio) -> Result<Self, Failure> {
        let bar = progress(text, "counts");
        let mut reader = ReaderBuilder::new();
        reader.flexible(true).delimiter(text.separator()).trim(Trim::All);
        let mut reader = reader.from_reader(bar.wrap_read(text.all.as_bytes()));
        let header = reader.headers().cloned().unwrap_or_default();
        let columns = Columns::new(&header, portfolio);
        let columns = columns.map_err(|mistakes| Failure::Input(shown(text, &mistakes)))?;
        let mut table = Self {
            header: header.clone(),
            rows: Vec::new(),
            keys: Vec::new(),
            days: Vec::new(),
            low: Vec::new(),
            high: Vec::new(),
        };
        let mut mistakes = Vec::new();
        for row in reader.into_records() {
            match row.map_err(|error| (None, error.to_string())).and_then(|row| {
                let read = columns.read(&row, header.len());
                read.map(|read| (row.clone(), read)).map_err(|(column, message)| (Some((column, row)), message))
            }) {
                Ok((row, (key, day, low, high))) => {
                    table.rows.push(row);
                    table.keys.push(key);
                    table.days.push(day);
                    table.low.push(low);
                    table.high.push(high);
                }
                Err((place, message)) => {
                    let span = place.as_ref().and_then(|(column, row)| {
                        let start = usize::try_from(row.position()?.byte()).ok()?;
                        Some(text.cell(start, column.map(|column| column.saturating_add(1))))
                    });
                    mistakes.push(Mistake::new("csv", message, span));
                }
            }
        }
        bar.finish_and_clear();
        if mistakes.is_empty() { Ok(table) } else { Err(Failure::Input(shown(text, &mistakes))) }
    }

    /// The table with the verdict on each row, and its margin.
    fn judged(&self, portfolio: &Portfolio) -> Result<String, csv::Error> {
        let count = self.rows.len();
        let (mut verdicts, mut margin_low, mut margin_high) = (vec![0; count], vec![0; count], vec![0; count]);
        let rows = CountColumns { keys: &self.keys, days: &self.days, low: &self.low, high: &self.high };
        let mut out =
            VerdictColumns { verdicts: &mut verdicts, margin_low: &mut margin_low, margin_high: &mut margin_high };
        portfolio.judge_parallel(rows, &mut out);
        let mut writer = WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(self.header.iter().chain(["verdict", "margin_low", "margin_high"]))?;
        let margin = |people: i64| if people == NO_MARGIN { String::new() } else { people.to_string() };
        for ((row, verdict), (low, high)) in self.rows.iter().zip(verdicts).zip(margin_low.into_iter().zip(margin_high))
        {
            let verdict = Verdict::from_code(verdict).map(|verdict| verdict.to_string()).unwrap_or_default();
            let judged = [verdict, margin(low), margin(high)];
            writer.write_record(row.iter().chain(judged.iter().map(String::as_str)))?;
        }
        let csv = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
        Ok(String::from_utf8_lossy(&csv).into_owned())
    }
}

/// Where the columns of a table are, and which agreements and forces its rows may be of.
struct Columns<'p> {
    agreement: Option<usize>,
    force: Option<usize>,
    date: usize,
    present: usize,
    /// The forces of each agreement, with their keys.
    forces: HashMap<&'p str, Vec<(&'p str, u32)>>,
    /// The name of the first agreement, which is the only one where none is named.
    only: &'p str,
}

/// A mistake of a row: the column, if it is of one, and what is wrong.
type BadCell = (Option<usize>, String);

impl<'p> Columns<'p> {
    fn new(header: &StringRecord, portfolio: &'p Portfolio) -> Result<Self, Vec<Mistake>> {
        let mut forces: HashMap<&str, Vec<(&str, u32)>> = HashMap::new();
        for (key, (agreement, force)) in (0..).map_while(|key| Some((key, portfolio.name(key)?))) {
            forces.entry(agreement).or_default().push((force, key));
        }
        let place = |name: &str| header.iter().position(|column| column == name);
        let mut mistakes = Vec::new();
        let mut wrong = |message: String| mistakes.push(Mistake::new("csv", message, Some(0..0)));
        for (index, name) in header.iter().enumerate() {
            if !COLUMNS.contains(&name) {
                wrong(format!("no column {name:?} belongs here; the columns are {}", COLUMNS.join(", ")));
            } else if place(name) != Some(index) {
                wrong(format!("the column {name:?} is written more than once; keep one"));
            }
        }
        let is_needed = |name: &str| name == "date" || name == "present" || name == "agreement" && forces.len() > 1;
        for name in COLUMNS.into_iter().filter(|name| is_needed(name) && place(name).is_none()) {
            wrong(format!("the column {name:?} is required"));
        }
        let Some((date, present)) = place("date").zip(place("present")).filter(|_| mistakes.is_empty()) else {
            return Err(mistakes);
        };
        let only = portfolio.name(0).map_or("", |(agreement, _)| agreement);
        Ok(Self { agreement: place("agreement"), force: place("force"), date, present, forces, only })
    }

    /// The key, the day, and the lowest and highest count of a row.
    fn read(&self, row: &StringRecord, cells: usize) -> Result<(u32, i32, u32, u32), BadCell> {
        if row.len() != cells {
            return Err((None, format!("the row has {} cells, where the header has {cells}", row.len())));
        }
        let cell = |column: usize| row.get(column).unwrap_or_default();
        let bad = |column| move |message: String| (Some(column), message);
        let key = self.key(self.agreement.map_or(self.only, cell), self.force.map_or("", cell))?;
        let day = parse_day(cell(self.date)).map_err(|error| error.to_string()).map_err(bad(self.date))?;
        let present = cell(self.present);
        if present.is_empty() {
            return Ok((key, day.to_epoch_days(), NONE, NONE));
        }
        let quantity = present.parse::<Quantity>().map_err(|error| error.to_string()).map_err(bad(self.present))?;
        // A count without a number says nothing, as none does.
        let (low, high) = quantity.band().map_or((NONE, NONE), |band| (band.low(), band.high().unwrap_or(NONE)));
        Ok((key, day.to_epoch_days(), low, high))
    }

    /// The key of a force; of the only one of the agreement, if the row names none.
    fn key(&self, agreement: &str, force: &str) -> Result<u32, BadCell> {
        let unknown = || (self.agreement, format!("no agreement has the id or the title {agreement:?}"));
        let forces = self.forces.get(agreement).ok_or_else(unknown)?;
        match forces.as_slice() {
            [(_, only)] if force.is_empty() => Ok(*only),
            _ => forces.iter().find(|(id, _)| *id == force).map(|(_, key)| *key).ok_or_else(|| {
                let ids: Vec<&str> = forces.iter().map(|(id, _)| *id).collect();
                (self.force, format!("no force has the id {force:?}; the forces are {}", ids.join(", ")))
            }),
        }
    }
}
