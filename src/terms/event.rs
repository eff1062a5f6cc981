//! Events that deadlines may count from, and how long after.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::wording::{GrammarError, separator};

use crate::day;
use crate::terms::spelling::is_id;

/// An event from which a deadline may count.
///
/// ```
/// use force_drawdown::Event;
/// let event: Event = "phase:1".parse().unwrap();
/// assert_eq!((&event, event.phrase()), (&Event::Phase("1".into()), "phase 1".into()));
/// assert_eq!(Event::EntryIntoForce.to_string(), "entry-into-force");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Event {
    /// A day.
    Day(NaiveDate),
    /// The day by which every party whose consent is needed has signed.
    Signature,
    /// The first day at whose end every needed consent is given.
    Approval,
    /// The first announcement or adoption, else the signature.
    Announcement,
    /// The first provisional application.
    ProvisionalApplication,
    /// The first entry into force.
    EntryIntoForce,
    /// The first refusal.
    Refusal,
    /// The termination.
    Termination,
    /// The day on which a phase falls due.
    Phase(String),
    /// The first event of this name on record.
    Named(String),
}

impl Event {
    /// The event in a sentence.
    #[must_use]
    pub fn phrase(&self) -> String {
        match self {
            Self::Day(day) => day::Iso(*day).to_string(),
            Self::Phase(id) => format!("phase {id}"),
            Self::Named(name) => format!("the event {name}"),
            word => word.to_string().replace('-', " "),
        }
    }
}

/// The events that are one word.
static WORDS: [(&str, Event); 7] = [
    ("signature", Event::Signature),
    ("approval", Event::Approval),
    ("announcement", Event::Announcement),
    ("provisional-application", Event::ProvisionalApplication),
    ("entry-into-force", Event::EntryIntoForce),
    ("refusal", Event::Refusal),
    ("termination", Event::Termination),
];

impl FromStr for Event {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        let id = |id: &str| is_id(id).then(|| id.to_owned());
        let event = match text.split_once(':') {
            Some(("phase", phase)) => id(phase).map(Self::Phase),
            Some(("event", name)) => id(name).map(Self::Named),
            _ => match WORDS.iter().find(|(word, _)| *word == text) {
                Some((_, event)) => Some(event.clone()),
                None => day::read(text).map(Self::Day),
            },
        };
        let example = "\"signature\", \"approval\", \"announcement\", \"provisional-application\", \
                       \"entry-into-force\", \"refusal\", \"termination\", \"phase:1\", \"event:handover\" or \"2025-09-30\"";
        event.ok_or_else(|| GrammarError::new("an event", example, text))
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day::Iso(*day).fmt(f),
            Self::Phase(id) => write!(f, "phase:{id}"),
            Self::Named(name) => write!(f, "event:{name}"),
            event => f.write_str(WORDS.iter().find(|(_, other)| other == event).map_or("", |(word, _)| word)),
        }
    }
}

/// A length of time after an event, or before it.
///
/// ```
/// use chrono::NaiveDate;
/// use force_drawdown::{day, terms::Offset};
/// let offset = Offset { months: 14, ..Offset::default() };
/// let leap = day!(2024, 2, 29);
/// assert_eq!(offset.from_day(leap), NaiveDate::from_ymd_opt(2025, 4, 29));
/// assert_eq!(Offset::default().before_day(leap), NaiveDate::from_ymd_opt(2024, 2, 28));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Offset {
    /// Years.
    pub years: u32,
    /// Months.
    pub months: u32,
    /// Weeks.
    pub weeks: u32,
    /// Days.
    pub days: u32,
}

impl Offset {
    /// The day so long after another: years and months together, on the last day of a shorter month, then weeks and days.
    /// `None` outside the years 1 to 9999.
    #[must_use]
    pub fn from_day(self, day: NaiveDate) -> Option<NaiveDate> {
        let (months, days) = self.parts();
        day::plus_days(day::plus_months(day, months)?, days)
    }

    /// The day so long before another, in the same order; the day before, if the length is none.
    #[must_use]
    pub fn before_day(self, day: NaiveDate) -> Option<NaiveDate> {
        let (months, days) = self.parts();
        let days = if (months, days) == (0, 0) { 1 } else { days };
        day::plus_days(day::minus_months(day, months)?, days.checked_neg()?)
    }

    /// The months of years and months, and the days of weeks and days.
    fn parts(self) -> (u64, i64) {
        let months = u64::from(self.years).saturating_mul(12).saturating_add(u64::from(self.months));
        let days = i64::from(self.weeks).saturating_mul(7).saturating_add(i64::from(self.days));
        (months, days)
    }
}

/// `9 months and 15 days`; nothing where it is none.
impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [("year", self.years), ("month", self.months), ("week", self.weeks), ("day", self.days)];
        let written = || units.iter().filter(|(_, n)| *n > 0);
        let count = written().count();
        for (position, (unit, n)) in written().enumerate() {
            f.write_str(separator(position, count))?;
            write!(f, "{n} {unit}{}", if *n == 1 { "" } else { "s" })?;
        }
        Ok(())
    }
}
