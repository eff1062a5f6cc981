//! What was changed later.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Baseline, Citation, Deadline, Force, Limit, Phase, Quantity, Residual, Standing, cited};
use crate::day;

/// A dated set of changes that makes a new version of the agreement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Amendment {
    /// What it is called.
    pub title: String,
    /// The day on which it was decided.
    #[serde(serialize_with = "day::serialize")]
    pub adopted: NaiveDate,
    /// The first day that it governs; `None` is the day of adoption.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "day::serialize_option")]
    pub effective: Option<NaiveDate>,
    /// The party whose own decision it is; it changes what is planned and not what is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unilateral: Option<String>,
    /// What it changes, in order.
    pub changes: Vec<Change>,
    /// Anything else a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where this comes from.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "cited::serialize")]
    pub source: Vec<Citation>,
}

impl Amendment {
    /// An agreed amendment that governs from the day of its adoption.
    #[must_use]
    pub fn new(title: impl Into<String>, adopted: NaiveDate, changes: Vec<Change>) -> Self {
        let title = title.into();
        Self { title, adopted, effective: None, unilateral: None, changes, note: None, source: Vec::new() }
    }

    /// The first day that it governs.
    #[must_use]
    pub fn effective(&self) -> NaiveDate {
        self.effective.unwrap_or(self.adopted)
    }
}

/// One change that an amendment makes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Change {
    /// Fields of a phase are replaced.
    Phase(PhaseChange),
    /// A phase is added.
    Add {
        /// The new phase.
        add: Phase,
        /// The phase that it follows; `None`, written `null`, puts it first.
        #[serde(serialize_with = "cited::serialize_null")]
        after: Option<String>,
    },
    /// A phase is dropped.
    Drop {
        /// The phase.
        drop: String,
    },
    /// All residuals are replaced.
    Residual {
        /// The new ones.
        residual: Vec<Residual>,
    },
    /// A force is added.
    AddForce {
        /// The new force.
        add_force: Force,
    },
    /// A force has a new baseline; phases that closed before it are settled.
    Baseline {
        /// The new baseline.
        baseline: NewBaseline,
    },
}

/// The fields of a phase that an amendment replaces; `None` leaves a field as it is.
///
/// Where a field may be taken away, `Some(None)` does so, written `null`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct PhaseChange {
    /// The phase.
    pub phase: String,
    /// A new deadline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Deadline>,
    /// A new day until which the planned path holds.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "cited::serialize_taken_away")]
    pub from: Option<Option<Deadline>>,
    /// New limits, in place of all of the old.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Vec<Limit>>,
    /// A new event that completes it.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "cited::serialize_taken_away")]
    pub done: Option<Option<String>>,
    /// New conditions, in place of all of the old.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<Vec<String>>,
    /// A new standing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// A new name for people.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "cited::serialize_taken_away")]
    pub title: Option<Option<String>>,
}

impl PhaseChange {
    /// A change of a phase that replaces nothing yet.
    #[must_use]
    pub fn new(phase: impl Into<String>) -> Self {
        Self { phase: phase.into(), ..Self::default() }
    }
}

/// A new baseline of a force.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NewBaseline {
    /// The force; may be left out where the document has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force: Option<String>,
    /// How many.
    pub strength: Quantity,
    /// The day at whose end that many were there.
    #[serde(serialize_with = "day::serialize")]
    pub as_of: NaiveDate,
    /// Whether the baseline is itself a ceiling.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub authorised: bool,
    /// Anything else a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where this comes from.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "cited::serialize")]
    pub source: Vec<Citation>,
}

impl NewBaseline {
    /// A reported strength of the only force of a document.
    #[must_use]
    pub fn new(strength: impl Into<Quantity>, as_of: NaiveDate) -> Self {
        let strength = strength.into();
        Self { force: None, strength, as_of, authorised: false, note: None, source: Vec::new() }
    }

    /// The baseline without its force.
    #[must_use]
    pub fn to_baseline(&self) -> Baseline {
        Baseline {
            strength: self.strength,
            as_of: self.as_of,
            authorised: self.authorised,
            note: self.note.clone(),
            source: self.source.clone(),
        }
    }
}
