//! What is wrong with a file of observations, and where.

use std::{fmt, io};

use crate::assessment::observation::{Counted, Observation};
use crate::findings::{Finding, Rule, most_in_full};
use crate::path::Place;
use crate::terms::{GrammarError, UnknownWord};

/// The columns, in the order in which they are written.
pub(super) const COLUMNS: [&str; 11] = {
    let [present, withdrawn, share] = Counted::FIELDS;
    ["force", "date", "until", present, withdrawn, share, "since", "published", "source", "kind", "note"]
};

/// The longest row that is accepted, in bytes.
pub(super) const LONGEST: usize = 1 << 20;

/// What is wrong with a cell or a row, with the offending values.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum CsvMistake {
    /// A column that observations do not have.
    #[error("no column {found:?} belongs here; the columns are {}", COLUMNS.join(", "))]
    UnknownColumn {
        /// Its name.
        found: String,
    },
    /// The cells are separated by none of what may separate them.
    #[error("cells are separated by commas, semicolons or tabs, found {found:?}")]
    Separator {
        /// The first line.
        found: String,
    },
    /// A column is written twice.
    #[error("the column is written more than once; keep one")]
    DuplicateColumn,
    /// The header has no column `date`.
    #[error("the column \"date\" is required")]
    MissingDate,
    /// The header has none of the columns that give a number.
    #[error("one of the columns present, withdrawn, withdrawn_share is required")]
    MissingCount,
    /// A row has fewer or more cells than the header.
    #[error("the row has {found} cells, where the header has {expected}")]
    Cells {
        /// Those of the row.
        found: usize,
        /// Those of the header.
        expected: usize,
    },
    /// A row that is too long to be kept.
    #[error("the row is longer than {LONGEST} bytes, the most that is accepted")]
    TooLong,
    /// A quote within a cell.
    #[error("a cell has a quote in it; put the whole cell in quotes, and write a quote within it twice")]
    StrayQuote,
    /// A quote that nothing closes, so that the rest of the file belongs to the row.
    #[error("a quote is opened here and never closed")]
    OpenQuote,
    /// A cell that is not UTF-8.
    #[error("the cell is not UTF-8")]
    NotUtf8,
    /// A row without a date.
    #[error("the date is required, and the cell is empty")]
    EmptyDate,
    /// A row without a number, or with several.
    #[error("exactly one of present, withdrawn, withdrawn_share is required; found {found}")]
    Count {
        /// The names of those that are written, or `none`.
        found: String,
    },
    /// A word for a value that is not there.
    #[error("{found:?} says that there is no value; leave the cell empty, or leave out the row if it counts nothing")]
    NoValue {
        /// The word.
        found: String,
    },
    /// A text that is no day.
    #[error("write a day as YYYY-MM-DD{}, found {:?}", or_days(.0), .0.input())]
    Day(GrammarError),
    /// A text that is not what the column holds.
    #[error(transparent)]
    Malformed(#[from] GrammarError),
    /// A word that the column does not have.
    #[error(transparent)]
    UnknownWord(#[from] UnknownWord),
    /// A number or a date that is out of range, or a force that the agreement does not have.
    #[error(transparent)]
    Rule(#[from] Rule),
}

/// What else a column may hold that holds days.
fn or_days(error: &GrammarError) -> &'static str {
    if error.expected().ends_with("days") { ", or days as 2025-09, 2025-Q3 or 2025-09-01/2025-10-15" } else { "" }
}

impl CsvMistake {
    /// What may put it right.
    fn help(&self, column: Option<&'static str>) -> Option<String> {
        if matches!(self, Self::Cells { found, expected } if found > expected) {
            return Some("put a cell that holds a separator in quotes".to_owned());
        }
        let rule = match self.clone() {
            Self::Day(error) if or_days(&error).is_empty() => Rule::MalformedDate { error },
            Self::Day(error) => Rule::MalformedDeadline { error },
            Self::Malformed(error) if error.expected().contains("share") => Rule::MalformedShare { error },
            Self::Malformed(error) => Rule::MalformedQuantity { error },
            Self::UnknownWord(error) => Rule::Unlisted { error },
            Self::UnknownColumn { found } => Rule::UnknownField { field: found, known: &COLUMNS },
            Self::Rule(rule) => rule,
            _ => return None,
        };
        Finding::new(column.map_or(Place::WHOLE, Place::from), rule).help()
    }
}

/// One mistake, and its place.
///
/// Displayed as `line 3, column 2 (date): message; help`, without what it has not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadCell {
    /// The line on which the row begins, counted from 1, with empty lines.
    pub line: u64,
    /// The column, counted from 1 in the order of the file; `None` for the row as a whole.
    pub column: Option<usize>,
    /// The column's name; `None` if the column is unknown.
    pub name: Option<&'static str>,
    /// The mistake.
    pub mistake: CsvMistake,
}

impl fmt::Display for BadCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self.column.map(|column| format!(", column {column}")).unwrap_or_default();
        let name = self.name.map(|name| format!(" ({name})")).unwrap_or_default();
        let help = self.mistake.help(self.name).map(|help| format!("; {help}")).unwrap_or_default();
        write!(f, "line {}{column}{name}: {}{help}", self.line, self.mistake)
    }
}

/// Every mistake of a file, in the order of its lines, and the rows without one. The first 1,000 mistakes are kept and the
/// others counted; [`findings::in_full`](crate::findings::in_full) keeps all.
///
/// Displayed one mistake a line, and the number of the others in a last line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BadRows {
    /// The mistakes; at least one, and at most the first 1,000.
    pub cells: Vec<BadCell>,
    /// The number of mistakes after those.
    pub further: usize,
    /// The observations of the rows without a mistake; none where the header has one.
    pub good: Vec<Observation>,
}

impl BadRows {
    pub(super) fn push(&mut self, cell: BadCell) {
        if self.cells.len() < most_in_full() {
            self.cells.push(cell);
        } else {
            self.further = self.further.saturating_add(1);
        }
    }
}

impl fmt::Display for BadRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut cells = self.cells.iter();
        cells.next().map_or(Ok(()), |first| write!(f, "{first}"))?;
        cells.try_for_each(|cell| write!(f, "\n{cell}"))?;
        if self.further > 0 { write!(f, "\nand {} more", self.further) } else { Ok(()) }
    }
}

impl std::error::Error for BadRows {}

/// Why observations could not be read from CSV.
///
/// ```
/// use force_drawdown::{Observation, assessment::{CsvError, CsvMistake}};
/// let text = "date,present\n2025-09-30,2100\n2025-9-30,about\n";
/// let Err(CsvError::Rows(bad)) = Observation::read_csv(text.as_bytes()) else {
///     unreachable!("it has two mistakes")
/// };
/// let [date, present] = &bad.cells[..] else { unreachable!("it has two mistakes") };
/// assert_eq!((date.line, date.column, date.name), (3, Some(1), Some("date")));
/// assert!(matches!(date.mistake, CsvMistake::Day(_)));
/// assert!(present.to_string().starts_with("line 3, column 2 (present): "));
/// assert_eq!(bad.good[0].counted.to_string(), "2100 present");
/// ```
#[derive(thiserror::Error, Debug)]
pub enum CsvError {
    /// The input could not be read to its end.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Rows are bad; every one of them.
    #[error(transparent)]
    Rows(BadRows),
}
