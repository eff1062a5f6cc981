//! Validated: the agreement, its versions, and what the record says of it.

pub(crate) mod advice;
mod change;
mod check;
pub(crate) mod consent;
mod odd;
pub(crate) mod record;
mod timeline;
mod versions;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use advice::{Advice, AdviceKind};
pub use consent::{Approval, ApprovalState, Blocker, Consent};
pub use crate::terms::read::ReadError;
pub use timeline::{Dated, Happening};
pub use versions::{Diff, Difference, VersionView};

use crate::day::Window;
use crate::schedule::finding::Findings;
use crate::schedule::version::{self, Version};
use crate::schedule::{self, Events, Schedule};
use crate::terms::{Event, Step, Terms};
use crate::violation::{Invalid, Violation};
use record::Record;

/// An agreement that passed validation: the only way to ask questions.
///
/// It is made from [`Terms`], or read as such from any serde format.
#[derive(Clone, Debug)]
pub struct Agreement {
    terms: Terms,
    record: Record,
    versions: Vec<Version>,
    known: Option<NaiveDate>,
}

impl Events for Record {
    fn window(&self, event: &Event) -> Option<Window> {
        self.event(event)
    }
}

impl Terms {
    /// Every violation of the document, or none.
    ///
    /// # Errors
    ///
    /// [`Invalid`] holds at least one violation; the codes are listed at [`Rule`](crate::Rule).
    pub fn validate(&self) -> Result<(), Invalid> {
        Resolved::new(self).map(|_| ())
    }
}

struct Resolved {
    record: Record,
    versions: Vec<Version>,
}

impl Resolved {
    fn new(terms: &Terms) -> Result<Self, Invalid> {
        let (resolved, violations) = Self::with_violations(terms);
        if violations.is_empty() { Ok(resolved) } else { Err(Invalid::new(violations)) }
    }

    fn with_violations(terms: &Terms) -> (Self, Vec<Violation>) {
        let mut violations = Vec::new();
        check::check(terms, &mut violations);
        record::check(terms, &mut violations);
        let record = Record::new(terms, None);
        let mut findings = Findings::default();
        let versions = version::resolve(terms, &record, &mut findings);
        violations.extend(findings.into_violations());
        (Self { record, versions }, violations)
    }
}

impl TryFrom<Terms> for Agreement {
    type Error = Invalid;

    fn try_from(terms: Terms) -> Result<Self, Invalid> {
        let Resolved { record, versions } = Resolved::new(&terms)?;
        Ok(Self { terms, record, versions, known: None })
    }
}

impl Serialize for Agreement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.terms.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Agreement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(deserializer).map_err(|error| match error {
            ReadError::Syntax(error) => error,
            ReadError::Invalid(invalid) => serde::de::Error::custom(invalid),
        })
    }
}

impl Agreement {
    /// Reads and validates a document, keeping its violations typed.
    ///
    /// # Errors
    ///
    /// [`ReadError::Syntax`] where the text is not even of its format, else [`ReadError::Invalid`] with everything
    /// that is wrong with the document, in reading it and in what it says.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, ReadError<D::Error>> {
        let reading = Terms::read_collecting(deserializer).map_err(ReadError::Syntax)?;
        let mut violations = reading.violations;
        let Some(terms) = reading.value.filter(|_| !reading.structural) else {
            return Err(ReadError::Invalid(Invalid::new(violations)));
        };
        let (Resolved { record, versions }, found) = Resolved::with_violations(&terms);
        violations.extend(found);
        if violations.is_empty() {
            Ok(Self { terms, record, versions, known: None })
        } else {
            Err(ReadError::Invalid(Invalid::new(violations)))
        }
    }

    /// The document.
    #[must_use]
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The document, given away.
    #[must_use]
    pub fn into_terms(self) -> Terms {
        self.terms
    }

    pub(crate) const fn record(&self) -> &Record {
        &self.record
    }

    pub(crate) fn resolved(&self) -> &[Version] {
        &self.versions
    }

    /// The schedule of a force, over all versions; `None` if there is no such force.
    #[must_use]
    pub fn schedule(&self, force: &str) -> Option<Schedule<'_>> {
        Schedule::new(&self.terms, &self.versions, force)
    }

    /// The number of the version in effect on a day; 0 is as first agreed.
    #[must_use]
    pub fn version_on(&self, day: NaiveDate) -> usize {
        schedule::index_on(&self.versions, day)
    }

    /// The agreement as it was known at the end of a day: without acts published after it and amendments adopted
    /// after it.
    #[must_use]
    pub fn as_known_on(&self, day: NaiveDate) -> Self {
        let mut terms = self.terms.clone();
        terms.amendments.retain(|amendment| amendment.adopted <= day);
        terms.record.retain(|act| record::known_from(act).is_none_or(|known| known <= day));
        let Resolved { record, versions } = Resolved::with_violations(&terms).0;
        let known = Some(self.known.map_or(day, |known| known.min(day)));
        Self { terms, record, versions, known }
    }

    /// The day as known on which this agreement is, if not with all that is on record.
    #[must_use]
    pub const fn known_on(&self) -> Option<NaiveDate> {
        self.known
    }

    /// The approval state at the end of a day.
    #[must_use]
    pub fn approval_on(&self, day: NaiveDate) -> ApprovalState {
        self.record.approval_on(day)
    }

    /// The parties that have stopped withdrawing for a while, at the end of a day.
    #[must_use]
    pub fn paused_by(&self, day: NaiveDate) -> Vec<String> {
        self.record.paused_by(day)
    }

    /// The consent of a party at the end of a day; `None` if there is no such party.
    #[must_use]
    pub fn consent_on(&self, party: &str, day: NaiveDate) -> Option<Consent> {
        self.record.consent_on(party, day)
    }

    /// What a step still waits for at the end of a day; nothing once it is taken.
    #[must_use]
    pub fn blockers(&self, step: Step, day: NaiveDate) -> Vec<Blocker> {
        self.record.blockers(step, day)
    }

    /// How many times the announcement has been postponed by the end of a day.
    ///
    /// ```
    /// # use force_drawdown::{doc::iraq, terms::parse_day};
    /// assert_eq!(iraq().postponements(parse_day("2024-09-06").unwrap()), 1);
    /// ```
    #[must_use]
    pub fn postponements(&self, day: NaiveDate) -> usize {
        self.record.postponements(day)
    }

    /// Whether the agreement binds on a day.
    #[must_use]
    pub fn binds_on(&self, day: NaiveDate) -> bool {
        self.record.binds_on(day)
    }
}
