//! A report of an assessment, and the day on which to judge if none is asked for.

use std::fmt;

use chrono::NaiveDate;

use super::names::{Teller, date};
use super::structure::{Report, Sentence, on_a_line};
use super::{bottom_line, outlook, steps, why};
use crate::agreement::Agreement;
use crate::assessment::{Assessment, Observation};
use crate::day::Window;

/// So many characters of a name or a title are said, for lists are cut where they are long.
const LONGEST: usize = 160;

/// The day on which to judge where none is asked for: see [`Agreement::default_day`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DefaultDay {
    /// The day.
    pub day: NaiveDate,
    /// Whether it is the day that was given as today; else it is the last day of anything.
    pub is_today: bool,
}

impl Agreement {
    /// The day on which to judge for a reader who asks for none: today, if any deadline, act or expected act ends on it or
    /// later, else the last day of anything. `None` where no day is known. The library reads no clock: today is given.
    ///
    /// ```
    /// use force_drawdown::{catalog, day};
    /// let iraq = catalog::get("us-iraq-2024").unwrap();
    /// let default = |today| iraq.agreement.default_day(&iraq.observations, today).unwrap();
    /// let (running, over) = (default(day!(2026, 3, 1)), default(day!(2030, 1, 1)));
    /// assert_eq!((running.day, running.is_today), (day!(2026, 3, 1), true));
    /// assert_eq!((over.day, over.is_today), (day!(2026, 12, 31), false));
    /// let judged = iraq.agreement.assess(&iraq.observations, running.day);
    /// let report = judged.report().judged_on(running);
    /// assert_eq!(report.day.words, "As of 1 March 2026, which is today.");
    /// ```
    #[must_use]
    pub fn default_day(&self, observations: &[Observation], today: NaiveDate) -> Option<DefaultDay> {
        let expected = self.terms().record.iter().filter(|act| act.expected).filter_map(|act| act.on.window());
        let last = expected.map(Window::latest).chain(self.last_day(&[])).max();
        if last.is_some_and(|last| last >= today) {
            return Some(DefaultDay { day: today, is_today: true });
        }
        self.last_day(observations).map(|day| DefaultDay { day, is_today: false })
    }
}

impl Assessment {
    /// The judgement in words that can be quoted.
    ///
    /// ```
    /// use force_drawdown::{catalog, day};
    /// let iraq = catalog::get("us-iraq-2024").unwrap();
    /// let report = iraq.agreement.assess(&iraq.observations, day!(2026, 4, 14)).report();
    /// let first = &report.bottom_line[0];
    /// assert!(first.words.starts_with("Not binding: Iraq and the United States have still"));
    /// assert_eq!(report.sections[0].heading, "Steps");
    /// ```
    #[must_use]
    pub fn report(&self) -> Report {
        let mut teller = Teller::new(self, LONGEST);
        let known = self.known.map(|known| format!(", as known on {}", date(known))).unwrap_or_default();
        let bottom_line = bottom_line::bottom_line(&mut teller);
        let sections = [
            Some(steps::steps(&mut teller)),
            steps::history(&mut teller),
            why::why(&mut teller),
            outlook::pace(&mut teller),
            outlook::missing(&mut teller),
            outlook::next(&mut teller),
            outlook::expected(&mut teller),
            outlook::open(&mut teller),
            outlook::not_judged(&mut teller),
        ];
        Report {
            title: on_a_line(&teller.terms.title),
            day: Sentence::new(format!("As of {}{known}.", date(self.on))),
            bottom_line,
            sections: sections.into_iter().flatten().collect(),
            sources: teller.notes,
        }
    }
}

impl Report {
    /// Says how the day of judgement was chosen.
    #[must_use]
    pub fn judged_on(mut self, default: DefaultDay) -> Self {
        let why = if default.is_today { "which is today" } else { "the last day of anything on record or due" };
        let (words, stop) = self.day.parts();
        self.day.words = format!("{words}, {why}{stop}");
        self
    }
}

/// The text of the [report](Assessment::report), in 80 columns.
impl fmt::Display for Assessment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.report().fmt(f)
    }
}
