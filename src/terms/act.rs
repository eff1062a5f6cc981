//! What happened to the agreement.

use chrono::NaiveDate;

use super::setters::setters;
use super::vocabulary::vocabulary;
use super::{Citation, Period};

vocabulary! {
    /// What an act did. Acts of one day count in this order.
    ActKind {
        /// The text is agreed.
        TextAgreed = "text-agreed",
        /// The text is initialled, and so agreed.
        Initialled = "initialled",
        /// The text is signed, and so agreed.
        Signed = "signed",
        /// A body of a party said yes.
        DomesticStep = "domestic-step",
        /// Approved, ratified or accepted.
        Approved = "approved",
        /// Approved by its parties and announced, as a resolution is.
        Adopted = "adopted",
        /// Refused.
        Refused = "refused",
        /// Consent is taken back.
        ConsentWithdrawn = "consent-withdrawn",
        /// The announcement was put off.
        AnnouncementPostponed = "announcement-postponed",
        /// Made public.
        Announced = "announced",
        /// Applied before it is in force.
        ProvisionallyApplied = "provisionally-applied",
        /// Entered into force.
        InForce = "in-force",
        /// Parties stopped withdrawing for a while; what is due does not change.
        Paused = "paused",
        /// The agreement is suspended.
        Suspended = "suspended",
        /// The agreement, or the withdrawal of the named parties, is taken up again.
        Resumed = "resumed",
        /// Notice of its end is given.
        NoticeGiven = "notice-given",
        /// The agreement is over from this day on.
        Terminated = "terminated",
        /// Something with a name happened.
        Event = "event",
    }
}

/// A dated act on the record.
///
/// ```
/// use force_drawdown::{Act, ActKind, Part, day};
/// let cabinet = Act::new(day!(2025, 2, 3), ActKind::DomesticStep).by("IRQ").body("cabinet").source("gazette");
/// assert_eq!((cabinet.on.to_string(), cabinet.act.as_str()), ("2025-02-03".into(), "domestic-step"));
/// let signed = Act::new(Part::Month(2005, 5), ActKind::Signed).by_all(["RUS", "GEO"]);
/// assert_eq!((signed.parties.len(), Act::event(day!(2007, 11, 13), "batumi-closed").act), (2, ActKind::Event));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Act {
    /// The day, or a stretch of days where it is not known.
    pub on: Period,
    /// What was done.
    pub act: ActKind,
    /// Who acted; empty is every party whose consent is needed.
    pub parties: Vec<String>,
    /// The body that took a domestic step, or refused.
    pub body: Option<String>,
    /// The name of an event.
    pub name: Option<String>,
    /// When it became known, if not on its (last) day.
    pub published: Option<NaiveDate>,
    /// Anything else a reader should know.
    pub note: Option<String>,
    /// Where this comes from.
    pub source: Vec<Citation>,
}

impl Act {
    /// An act of every party whose consent is needed.
    #[must_use]
    pub fn new(on: impl Into<Period>, act: ActKind) -> Self {
        let on = on.into();
        Self { on, act, parties: Vec::new(), body: None, name: None, published: None, note: None, source: Vec::new() }
    }

    /// An event with a name.
    #[must_use]
    pub fn event(on: impl Into<Period>, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..Self::new(on, ActKind::Event) }
    }

    /// The same act, done by one more party.
    #[must_use]
    pub fn by(self, party: impl Into<String>) -> Self {
        self.by_all([party])
    }

    /// The same act, done by several more parties.
    #[must_use]
    pub fn by_all<S: Into<String>>(mut self, parties: impl IntoIterator<Item = S>) -> Self {
        self.parties.extend(parties.into_iter().map(Into::into));
        self
    }
}

setters! { noted Act {
    /// With the body that took a domestic step, or refused.
    text body;
    /// With the day on which it became known, if not on its (last) day.
    value published: NaiveDate;
} }
