//! Days: the one module that knows the calendar.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{Datelike, Month, Months, NaiveDate, TimeDelta};
use serde::Serialize;

use crate::wording::GrammarError;

/// Years that documents may speak of.
const YEARS: RangeInclusive<i32> = 1..=9999;

/// Days from the first of January of the year 1, which is day 1, to the first of January 1970.
const EPOCH: i32 = 719_163;

/// Whether a day lies within the years 1 to 9999.
pub(crate) fn is_in_range(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

/// A day of the years 1 to 9999: `day!(2024, 9, 6)` is 6 September 2024.
///
/// Year, month and day of the month are constants. [`parse_day`](crate::parse_day) reads a text.
///
/// ```
/// use force_drawdown::day;
/// assert_eq!(day!(2024, 9, 6).to_string(), "2024-09-06");
/// ```
///
/// A day that does not exist does not compile:
///
/// ```compile_fail
/// let day = force_drawdown::day!(2024, 9, 31);
/// ```
#[macro_export]
macro_rules! day {
    ($year:expr, $month:expr, $day:expr $(,)?) => {
        const {
            match $crate::__day($year, $month, $day) {
                Some(day) => day,
                None => panic!("this day does not exist within the years 1 to 9999"),
            }
        }
    };
}

/// The day of `day!`; `None` if it does not exist.
#[doc(hidden)]
#[must_use]
pub const fn __day(year: u16, month: u32, day: u32) -> Option<NaiveDate> {
    if year == 0 || year > 9999 {
        return None;
    }
    NaiveDate::from_ymd_opt(year as i32, month, day)
}

/// Reads a day written `YYYY-MM-DD`, of the years 1 to 9999.
///
/// # Errors
///
/// [`GrammarError`] if the text is anything else, with the text in its message.
///
/// ```
/// use force_drawdown::{day, parse_day};
/// assert_eq!(parse_day("2024-09-07"), Ok(day!(2024, 9, 7)));
/// let error = parse_day("2024-9-7").unwrap_err();
/// assert!(error.to_string().starts_with("expected a day written YYYY-MM-DD, such as"));
/// ```
pub fn parse_day(text: &str) -> Result<NaiveDate, GrammarError> {
    read(text).ok_or_else(|| GrammarError::new("a day written YYYY-MM-DD", "\"2024-09-06\"", text))
}

/// Reads `YYYY-MM-DD` of the years 1 to 9999, and nothing else.
pub(crate) fn read(text: &str) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte & 0x0f));
    let pair = |tens: u8, ones: u8| Some(digit(tens)?.wrapping_mul(10).wrapping_add(digit(ones)?));
    let year = pair(y1, y2)?.wrapping_mul(100).wrapping_add(pair(y3, y4)?);
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, pair(m1, m2)?, pair(d1, d2)?)?;
    is_in_range(day).then_some(day)
}

/// Days from 1970-01-01, as Arrow's Date32 counts them.
///
/// Without a branch and inline, unlike `num_days_from_ce`, for columns of days. Nothing here overflows, for chrono's years
/// go from -262,143 to 262,142.
#[inline]
pub(crate) fn day_number(day: NaiveDate) -> i32 {
    /// Years before the year 1 from which years are counted, and their days: whole cycles of the calendar.
    const BEFORE: (i32, i32) = (656 * 400, 656 * 146_097);
    let years = day.year().wrapping_add(BEFORE.0.wrapping_sub(1)).cast_unsigned();
    let centuries = years / 100;
    let leap_days = (years / 4).wrapping_sub(centuries).wrapping_add(centuries / 4);
    let days = years.wrapping_mul(365).wrapping_add(leap_days).wrapping_add(day.ordinal());
    days.cast_signed().wrapping_sub(BEFORE.1.wrapping_add(EPOCH))
}

/// The day with this number; `None` outside the years 1 to 9999.
pub(crate) fn from_day_number(number: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number.checked_add(EPOCH)?).filter(|&day| is_in_range(day))
}

/// So many days later, or earlier; `None` outside the years 1 to 9999.
pub(crate) fn plus_days(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    day.checked_add_signed(TimeDelta::try_days(days)?).filter(|&day| is_in_range(day))
}

/// So many months later, on the last day of a shorter month; `None` outside the years 1 to 9999.
pub(crate) fn plus_months(day: NaiveDate, months: u64) -> Option<NaiveDate> {
    let months = Months::new(u32::try_from(months).ok()?);
    day.checked_add_months(months).filter(|&day| is_in_range(day))
}

/// So many months earlier, on the last day of a shorter month; `None` outside the years 1 to 9999.
pub(crate) fn minus_months(day: NaiveDate, months: u64) -> Option<NaiveDate> {
    let months = Months::new(u32::try_from(months).ok()?);
    day.checked_sub_months(months).filter(|&day| is_in_range(day))
}

/// Days from one to another; negative where the other is earlier.
pub(crate) fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    i64::from(day_number(to)).saturating_sub(i64::from(day_number(from)))
}

/// Year, month and day of the month.
pub(crate) fn parts(day: NaiveDate) -> (i32, u32, u32) {
    (day.year(), day.month(), day.day())
}

/// The first day of a month.
pub(crate) fn first_day_of_month(year: u16, month: u8) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), 1).filter(|&day| is_in_range(day))
}

/// The last day of a month.
pub(crate) fn last_day_of_month(year: u16, month: u8) -> Option<NaiveDate> {
    first_day_of_month(year, month)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// The Monday of a week of ISO 8601.
pub(crate) fn monday_of_week(year: i32, week: u32) -> Option<NaiveDate> {
    NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon).filter(|&day| is_in_range(day))
}

/// Each day of a range, both ends included.
pub(crate) fn each(days: RangeInclusive<NaiveDate>) -> impl Iterator<Item = NaiveDate> {
    let (first, last) = days.into_inner();
    (day_number(first)..=day_number(last)).map_while(from_day_number)
}

/// A day as documents write it.
#[derive(Clone, Copy)]
pub(crate) struct Iso(pub(crate) NaiveDate);

impl fmt::Display for Iso {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// Days as prose has them: `5 May 2026`, `September 2025`, `2026`, `1 May to 3 June 2026`.
pub(crate) struct InWords(pub(crate) Window);

impl fmt::Display for InWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.0.earliest(), self.0.latest());
        let ((y, m, d), (year, month, day)) = (parts(from), parts(to));
        let to_month_end = to.succ_opt().is_none_or(|next| next.day() == 1);
        let day_of = |d: u32, m: u32| format!("{d} {}", month_name(m));
        match (d == 1 && to_month_end, y == year, m == month, d == day) {
            (_, true, true, true) => write!(f, "{} {year}", day_of(day, month)),
            (true, true, true, _) => write!(f, "{} {year}", month_name(month)),
            (true, true, ..) if m == 1 && month == 12 => write!(f, "{year}"),
            (true, true, ..) => write!(f, "{} to {} {year}", month_name(m), month_name(month)),
            (_, true, true, _) => write!(f, "{d} to {} {year}", day_of(day, month)),
            (_, true, ..) => write!(f, "{} to {} {year}", day_of(d, m), day_of(day, month)),
            _ => write!(f, "{} {y} to {} {year}", day_of(d, m), day_of(day, month)),
        }
    }
}

/// The name of a month from 1 to 12.
pub(crate) fn month_name(month: u32) -> &'static str {
    u8::try_from(month).ok().and_then(|month| Month::try_from(month).ok()).map_or("", |month| month.name())
}

/// A stretch of days, both ends included.
///
/// Displayed as `2025-09-30`, or `2025-09-01 to 2025-09-30`. Ordered by the first day, then by the last.
///
/// ```
/// use force_drawdown::{Window, day};
/// let window = Window::new(day!(2025, 9, 1), day!(2025, 9, 30)).unwrap();
/// assert_eq!(window.to_string(), "2025-09-01 to 2025-09-30");
/// assert_eq!((window.earliest(), window.latest()), (day!(2025, 9, 1), day!(2025, 9, 30)));
/// assert!(window.contains(day!(2025, 9, 30)) && !window.contains(day!(2025, 10, 1)));
/// assert_eq!(Window::new(day!(2025, 9, 2), day!(2025, 9, 1)), None);
/// assert_eq!(Window::day(day!(2025, 9, 1)).to_string(), "2025-09-01");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct Window {
    earliest: NaiveDate,
    latest: NaiveDate,
}

impl Window {
    /// From one day to another; `None` if the other is earlier.
    #[must_use]
    pub fn new(earliest: NaiveDate, latest: NaiveDate) -> Option<Self> {
        (earliest <= latest).then_some(Self { earliest, latest })
    }

    /// One day.
    #[must_use]
    pub const fn day(day: NaiveDate) -> Self {
        Self { earliest: day, latest: day }
    }

    /// The first day.
    #[must_use]
    pub const fn earliest(self) -> NaiveDate {
        self.earliest
    }

    /// The last day.
    #[must_use]
    pub const fn latest(self) -> NaiveDate {
        self.latest
    }

    /// Whether a day is one of its days.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.earliest <= day && day <= self.latest
    }

    /// With each end moved; `None` where one leaves the calendar, or they change places.
    pub(crate) fn moved(self, to: impl Fn(NaiveDate) -> Option<NaiveDate>) -> Option<Self> {
        Self::new(to(self.earliest)?, to(self.latest)?)
    }

    /// From the earliest to the latest day of both.
    pub(crate) fn hull(self, other: Self) -> Self {
        Self { earliest: self.earliest.min(other.earliest), latest: self.latest.max(other.latest) }
    }

    /// The earlier one, bound by bound.
    pub(crate) fn earlier(self, other: Self) -> Self {
        Self { earliest: self.earliest.min(other.earliest), latest: self.latest.min(other.latest) }
    }

    /// The later one, bound by bound.
    pub(crate) fn later(self, other: Self) -> Self {
        Self { earliest: self.earliest.max(other.earliest), latest: self.latest.max(other.latest) }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Iso(self.earliest))?;
        if self.latest == self.earliest { Ok(()) } else { write!(f, " to {}", Iso(self.latest)) }
    }
}
