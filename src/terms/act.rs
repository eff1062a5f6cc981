//! What happened to the agreement.

use chrono::NaiveDate;

use super::fields::fields;
use super::vocabulary::vocabulary;
use super::{Citation, Period};

vocabulary! {
    /// What an act did. Acts of one day count in this order.
    ActKind {
        /// The text is agreed.
        TextAgreed = "text-agreed",
        /// The text is initialled, and so agreed.
        Initialled = "initialled",
        /// Refused.
        Refused = "refused",
        /// Consent is taken back.
        ConsentWithdrawn = "consent-withdrawn",
        /// The text is signed, and so agreed.
        Signed = "signed",
        /// A body of a party said yes.
        DomesticStep = "domestic-step",
        /// Approved, ratified or accepted.
        Approved = "approved",
        /// Approved by its parties and announced, as a resolution is.
        Adopted = "adopted",
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
        /// The agreement ends: this is its last day.
        Terminated = "terminated",
        /// Something with a name happened.
        Event = "event",
        /// At the end of the day, something with a name had not happened.
        NotYet = "not-yet",
    }
}

fields! {
    /// A dated act on the record.
    ///
    /// ```
    /// use force_drawdown::{Act, ActKind, Part, day};
    /// let yes = Act::new(day!(2025, 2, 3), ActKind::DomesticStep).by("IRQ").body("cabinet");
    /// assert_eq!((yes.on, yes.act.as_str()), (day!(2025, 2, 3).into(), "domestic-step"));
    /// let signed = Act::new(Part::Month(2005, 5), ActKind::Signed).by_all(["RUS", "GEO"]);
    /// let closed = Act::event(day!(2007, 11, 13), "batumi-closed").source("report");
    /// assert_eq!((signed.parties.len(), closed.act), (2, ActKind::Event));
    /// ```
    ///
    /// # What is expected, and what has not happened?
    ///
    /// ```
    /// use force_drawdown::{Act, ActKind, Part, day};
    /// // Written `"expected": true`: to be announced in September 2024. It counts for nothing.
    /// let soon = Act::new(Part::Month(2024, 9), ActKind::Announced).expected();
    /// // A report that on 13 November 2007 the base was still open.
    /// let open = Act::not_yet(day!(2007, 11, 13), "batumi-closed");
    /// assert_eq!((soon.expected, open.act.as_str()), (true, "not-yet"));
    /// ```
    noted Act(
        "An act of every party whose consent is needed.",
        on: impl Into<Period>, act: ActKind
    ) read by act_fields {
        /// The day, or a stretch of days where it is not known.
        required given on: Period;
        /// What was done.
        required given act: ActKind;
        /// Who acted; empty is every party whose consent is needed.
        defaulted field parties: Vec<String>;
        /// The body that took a domestic step, or refused.
        reference text body;
        /// The name of an event that happened, or had not.
        reference field name: Option<String>;
        /// Whether it is only foreseen.
        defaulted field expected: bool;
        /// When it became known, if not on its (last) day; what is expected is known from the start.
        optional value published: NaiveDate;
    }
}

impl Act {
    /// An event with a name.
    #[must_use]
    pub fn event(on: impl Into<Period>, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..Self::new(on, ActKind::Event) }
    }

    /// What had not happened at the end of the (last) day.
    #[must_use]
    pub fn not_yet(on: impl Into<Period>, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..Self::new(on, ActKind::NotYet) }
    }

    /// The same act, only foreseen.
    #[must_use]
    pub fn expected(self) -> Self {
        Self { expected: true, ..self }
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
