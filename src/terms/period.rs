//! Stretches of days that a text gives by itself.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::day::{self, Window};
use crate::terms::spelling::{self, digits, spellings};
use crate::wording::GrammarError;

/// A part of the calendar.
///
/// ```
/// use force_drawdown::Part;
/// let may = Part::Month(2021, 5);
/// assert_eq!(may.to_string(), "2021-05");
/// assert_eq!(may.window().unwrap().to_string(), "2021-05-01 to 2021-05-31");
/// assert_eq!(Part::Month(2021, 13).window(), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// A day.
    Day(NaiveDate),
    /// A month: year and month.
    Month(u16, u8),
    /// A quarter: year and quarter, from 1 to 4.
    Quarter(u16, u8),
    /// A year, from 1 to 9999.
    Year(u16),
}

impl Part {
    /// Its first to its last day; `None` if it does not exist within the years 1 to 9999.
    #[must_use]
    pub fn window(self) -> Option<Window> {
        let months =
            |year, first, last| Window::new(day::first_day_of_month(year, first)?, day::last_day_of_month(year, last)?);
        match self {
            Self::Day(day) => day::is_in_range(day).then(|| Window::day(day)),
            Self::Month(year, month) => months(year, month, month),
            Self::Quarter(year, quarter) => {
                let last = Some(quarter).filter(|quarter| (1..=4).contains(quarter))?.checked_mul(3)?;
                months(year, last.checked_sub(2)?, last)
            }
            Self::Year(year) => months(year, 1, 12),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text.len() {
            4 => Some(Self::Year(year(text)?)),
            7 => {
                let (of, rest) = text.split_once('-')?;
                let year = year(of)?;
                let part = match rest.strip_prefix('Q') {
                    Some(quarter) => Self::Quarter(year, u8::try_from(digits(quarter)?).ok()?),
                    None => Self::Month(year, u8::try_from(digits(rest)?).ok()?),
                };
                part.window().map(|_| part)
            }
            _ => day::read(text).map(Self::Day),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{}", day::Iso(*day)),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// A stretch of days that a text gives by itself.
///
/// ```
/// use force_drawdown::{Part, Period};
/// let period: Period = "mid-2011".parse().unwrap();
/// assert_eq!(period.window().unwrap().to_string(), "2011-05-01 to 2011-08-31");
/// let late = Period::Late(Part::Month(2025, 10));
/// assert_eq!(late.to_string(), "late 2025-10");
/// assert_eq!(late.window().unwrap().to_string(), "2025-10-21 to 2025-10-31");
/// assert_eq!(Period::EndOf(Part::Year(2026)).window().unwrap().to_string(), "2026-12-31");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Period {
    /// The days of a part of the calendar.
    Of(Part),
    /// From the first day of the one to the last day of the other.
    Between(Part, Part),
    /// The first day.
    StartOf(Part),
    /// The last day.
    EndOf(Part),
    /// The 1st to the 10th of a month, or January to April of a year.
    Early(Part),
    /// The 11th to the 20th of a month, or May to August of a year.
    Mid(Part),
    /// The 21st to the last day of a month, or September to December of a year.
    Late(Part),
    /// The day before.
    Before(NaiveDate),
}

impl Period {
    /// Its first to its last day; `None` if it does not exist within the years 1 to 9999.
    #[must_use]
    pub fn window(self) -> Option<Window> {
        match self {
            Self::Of(part) => part.window(),
            Self::Between(first, last) => Window::new(first.window()?.earliest(), last.window()?.latest()),
            Self::StartOf(part) => Some(Window::day(part.window()?.earliest())),
            Self::EndOf(part) => Some(Window::day(part.window()?.latest())),
            Self::Early(part) => third(part, 0),
            Self::Mid(part) => third(part, 1),
            Self::Late(part) => third(part, 2),
            Self::Before(day) => day::plus_days(day, -1).filter(|_| day::is_in_range(day)).map(Window::day),
        }
    }
}

/// A third of a month, by days, or of a year, by months; `None` of any other part.
fn third(of: Part, which: u8) -> Option<Window> {
    match of {
        Part::Month(year, month) => {
            let begins = day::plus_days(day::first_day_of_month(year, month)?, i64::from(which).checked_mul(10)?)?;
            let ends = if which == 2 { None } else { day::plus_days(begins, 9) };
            Window::new(begins, ends.or_else(|| day::last_day_of_month(year, month))?)
        }
        Part::Year(year) => {
            let last = which.checked_add(1)?.checked_mul(4)?;
            Window::new(day::first_day_of_month(year, last.checked_sub(3)?)?, day::last_day_of_month(year, last)?)
        }
        Part::Day(_) | Part::Quarter(..) => None,
    }
}

spellings! { Period of Part, read by Part::parse, with words [] {
    [""] (PART: part) => Of(part);
        "2025-09-30", "2025-09", "2025-Q3", "2025" => "that day; the first to the last day of that month, quarter or year";
    [""] (PART: first) ["/"] (PART: last) => Between(first, last);
        "2021-05/2021-08", "2017-12-29/2018-01-31" => "the first day of the one to the last day of the other";
    ["start of "] (LONG_PART: part) => StartOf(part) if !matches!(part, Part::Day(_));
        "start of 2015" => "exactly the first day of a year, quarter or month";
    ["end of "] (LONG_PART: part) => EndOf(part) if !matches!(part, Part::Day(_));
        "end of 2026", "end of 2025-09" => "exactly the last day of a year, quarter or month";
    ["early "] (MONTH_OR_YEAR: part) => Early(part);
        "early 2026", "early 2025-10" => "1 January to 30 April of a year; the 1st to the 10th of a month";
    ["mid-", "mid "] (MONTH_OR_YEAR: part) => Mid(part);
        "mid-2011", "mid-2025-10" => "1 May to 31 August; the 11th to the 20th";
    ["late "] (MONTH_OR_YEAR: part) => Late(part);
        "late 2026", "late 2025-10" => "1 September to 31 December; the 21st to the last day";
    ["before "] (DAY: Part::Day(day)) => Before(day);
        "before 1989-04-01" => "the day before that day";
} }

/// The regular expressions of parts of the calendar.
const DAY: &str = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
const MONTH_OR_YEAR: &str = "([0-9]{4}-(0[1-9]|1[0-2])|[0-9]{4})";
const LONG_PART: &str = "([0-9]{4}-(0[1-9]|1[0-2])|[0-9]{4}-Q[1-4]|[0-9]{4})";
const PART: &str =
    "([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|[0-9]{4}-(0[1-9]|1[0-2])|[0-9]{4}-Q[1-4]|[0-9]{4})";

/// Reads a stretch of days, if it exists.
pub(super) fn parse(text: &str) -> Option<Period> {
    // Most are days.
    let day = day::read(text).map(Period::from);
    day.or_else(|| spelling::read(text).filter(|period: &Period| period.window().is_some()))
}

impl FromStr for Period {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        parse(text).ok_or_else(|| {
            let example = "\"2025-09-30\", \"2025-09\", \"2025-Q3\", \"2021-05/2021-08\", \"end of 2026\", \"mid-2011\" or \
                           \"before 1989-04-01\"";
            GrammarError::new("a day or a stretch of days", example, text)
        })
    }
}

/// Reads four digits as a year from 1 to 9999.
fn year(text: &str) -> Option<u16> {
    u16::try_from(digits(text)?).ok().filter(|&year| text.len() == 4 && year > 0)
}
