//! Deadlines as texts give them, and the windows of days that they come to.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::event::{Event, Offset};
use super::period::{Part, Period};
use crate::wording::{GrammarError, separator};

/// The deepest nesting of `any`, `earliest` and `latest`.
pub(crate) const MAX_DEPTH: usize = 16;

/// The day by which something is complete, as the text gives it.
///
/// # How is it written?
///
/// ```
/// use force_drawdown::{Deadline, Event, Part, Period, day};
/// for (deadline, text) in [
///     (Deadline::day(day!(2025, 9, 30)), "2025-09-30"),
///     (Deadline::month(2025, 9), "2025-09"),
///     (Part::Quarter(2025, 3).into(), "2025-Q3"),
///     (Deadline::year(2025), "2025"),
///     (Deadline::end_of_year(2026), "end of 2026"),
///     (Period::StartOf(Part::Month(2015, 2)).into(), "start of 2015-02"),
///     (Period::Mid(Part::Year(2011)).into(), "mid-2011"),
///     (Period::Before(day!(1989, 4, 1)).into(), "before 1989-04-01"),
///     (Period::Between(Part::Year(2021), Part::Month(2022, 8)).into(), "2021/2022-08"),
///     (Deadline::Open, "open"),
/// ] {
///     assert_eq!(text.parse(), Ok(deadline));
/// }
/// let nine_months = Deadline::after(Event::Signature).months(9).days(15);
/// assert_eq!(nine_months.to_string(), "9 months and 15 days after signature");
/// let before = Deadline::before(Event::Named("vote".into())).days(30);
/// assert_eq!(before.to_string(), "30 days before the event vote");
/// let later = Deadline::latest([nine_months, Deadline::year(2026)]);
/// assert!(later.to_string().starts_with("the latest of 9 months and 15 days after"));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Deadline {
    /// Within a stretch of days that the text itself gives.
    Period(Period),
    /// Not known.
    #[default]
    Open,
    /// So long after an event.
    After {
        /// The event.
        event: Event,
        /// How long after.
        offset: Offset,
    },
    /// So long before an event; the day before it, if that is no time at all.
    Before {
        /// The event.
        event: Event,
        /// How long before.
        offset: Offset,
    },
    /// The text gives several: from the earliest to the latest of them.
    Any(Vec<Deadline>),
    /// Whichever is earlier.
    Earliest(Vec<Deadline>),
    /// Whichever is later.
    Latest(Vec<Deadline>),
}

impl Deadline {
    /// On that day.
    #[must_use]
    pub const fn day(day: NaiveDate) -> Self {
        Self::Period(Period::Of(Part::Day(day)))
    }

    /// Within a month.
    #[must_use]
    pub const fn month(year: u16, month: u8) -> Self {
        Self::Period(Period::Of(Part::Month(year, month)))
    }

    /// Within a year.
    #[must_use]
    pub const fn year(year: u16) -> Self {
        Self::Period(Period::Of(Part::Year(year)))
    }

    /// On the last day of a year.
    #[must_use]
    pub const fn end_of_year(year: u16) -> Self {
        Self::Period(Period::EndOf(Part::Year(year)))
    }

    /// On the day of an event; [`Deadline::years`] and its like add to it.
    #[must_use]
    pub fn after(event: Event) -> Self {
        Self::After { event, offset: Offset::default() }
    }

    /// On the day before an event; [`Deadline::years`] and its like say how long before it.
    #[must_use]
    pub fn before(event: Event) -> Self {
        Self::Before { event, offset: Offset::default() }
    }

    /// From the earliest to the latest of several.
    #[must_use]
    pub fn any(members: impl IntoIterator<Item = Self>) -> Self {
        Self::Any(members.into_iter().collect())
    }

    /// Whichever of several is earlier.
    #[must_use]
    pub fn earliest(members: impl IntoIterator<Item = Self>) -> Self {
        Self::Earliest(members.into_iter().collect())
    }

    /// Whichever of several is later.
    #[must_use]
    pub fn latest(members: impl IntoIterator<Item = Self>) -> Self {
        Self::Latest(members.into_iter().collect())
    }

    /// The deadlines that it is made of.
    #[must_use]
    pub fn members(&self) -> &[Self] {
        match self {
            Self::Any(members) | Self::Earliest(members) | Self::Latest(members) => members,
            Self::Period(_) | Self::Open | Self::After { .. } | Self::Before { .. } => &[],
        }
    }

    fn describe(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        let opening = match self {
            Self::Period(period) => return write!(f, "{period}"),
            Self::Open => return f.write_str("open"),
            Self::After { event, offset } if *offset == Offset::default() => return f.write_str(&event.phrase()),
            Self::After { event, offset } => return write!(f, "{offset} after {}", event.phrase()),
            Self::Before { event, offset } if *offset == Offset::default() => {
                return write!(f, "the day before {}", event.phrase());
            }
            Self::Before { event, offset } => return write!(f, "{offset} before {}", event.phrase()),
            Self::Any(_) => "any of ",
            Self::Earliest(_) => "the earliest of ",
            Self::Latest(_) => "the latest of ",
        };
        f.write_str(opening)?;
        if depth >= MAX_DEPTH {
            return f.write_str("…");
        }
        let members = self.members();
        for (position, member) in members.iter().enumerate() {
            f.write_str(separator(position, members.len()))?;
            member.describe(f, depth.saturating_add(1))?;
        }
        Ok(())
    }
}

/// Writes the setters of how long after or before its event a deadline is.
macro_rules! lengths {
    ($($unit:ident)+) => {
        impl Deadline {$(
            #[doc = concat!("So many ", stringify!($unit), " after or before the event; other kinds of deadlines stay as they are.")]
            #[must_use]
            pub fn $unit(mut self, $unit: u32) -> Self {
                if let Self::After { offset, .. } | Self::Before { offset, .. } = &mut self {
                    offset.$unit = $unit;
                }
                self
            }
        )+}
    };
}

lengths!(years months weeks days);

/// Reads the strings of the deadline table; the other kinds are objects.
impl FromStr for Deadline {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        if text == "open" {
            return Ok(Self::Open);
        }
        super::period::parse(text).map(Self::Period).ok_or_else(|| {
            let example = "\"2025-09-30\", \"2025-09\", \"2025-Q3\", \"2021-05/2021-08\", \"end of 2026\", \"mid-2011\", \
                           \"before 1989-04-01\" or \"open\"";
            GrammarError::new("a deadline", example, text)
        })
    }
}

/// A phrase for people.
impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe(f, 0)
    }
}
