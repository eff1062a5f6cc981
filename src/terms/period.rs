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
/// assert_eq!((may.to_string(), Part::Quarter(2021, 3).to_string()), ("2021-05".into(), "2021-Q3".into()));
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
                    Some(quarter) => Self::Quarter(year, u8::try_from(digits(quarter.as_bytes())?).ok()?),
                    None => Self::Month(year, u8::try_from(digits(rest.as_bytes())?).ok()?),
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
    /// From 1 May to 31 August of a year.
    Mid(u16),
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
            Self::Mid(year) => Window::new(day::first_day_of_month(year, 5)?, day::last_day_of_month(year, 8)?),
            Self::Before(day) => day::plus_days(day, -1).filter(|_| day::is_in_range(day)).map(Window::day),
        }
    }
}

impl From<Part> for Period {
    fn from(part: Part) -> Self {
        Self::Of(part)
    }
}

impl From<NaiveDate> for Period {
    fn from(day: NaiveDate) -> Self {
        Self::Of(Part::Day(day))
    }
}

spellings! { Period of Part, read by Part::parse {
    [""] (PART: part) => Of(part);
        "2025-09-30", "2025-09", "2025-Q3", "2025" => "that day; the first to the last day of that month, quarter or year";
    [""] (PART: first) ["/"] (PART: last) => Between(first, last);
        "2021-05/2021-08", "2017-12-29/2018-01-31" => "the first day of the one to the last day of the other";
    ["start of "] (LONG_PART: part) => StartOf(part) if !matches!(part, Part::Day(_));
        "start of 2015" => "exactly the first day of a year, quarter or month";
    ["end of "] (LONG_PART: part) => EndOf(part) if !matches!(part, Part::Day(_));
        "end of 2026", "end of 2025-09" => "exactly the last day of a year, quarter or month";
    ["mid-"] (YEAR: Part::Year(year)) => Mid(year);
        "mid-2011" => "1 May to 31 August";
    ["before "] (DAY: Part::Day(day)) => Before(day);
        "before 1989-04-01" => "the day before that day";
} }

/// The regular expressions of parts of the calendar.
const DAY: &str = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
const YEAR: &str = "[0-9]{4}";
const LONG_PART: &str = "([0-9]{4}-(0[1-9]|1[0-2])|[0-9]{4}-Q[1-4]|[0-9]{4})";
const PART: &str =
    "([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|[0-9]{4}-(0[1-9]|1[0-2])|[0-9]{4}-Q[1-4]|[0-9]{4})";

/// Reads a stretch of days, if it exists.
pub(super) fn parse(text: &str) -> Option<Period> {
    spelling::read(text).filter(|period: &Period| period.window().is_some())
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
    let year = Some(text).filter(|text| text.len() == 4).and_then(|text| digits(text.as_bytes()))?;
    u16::try_from(year).ok().filter(|&year| year > 0)
}
