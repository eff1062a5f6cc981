//! What was changed later.

use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::day::Iso;

use super::event::{Event, Offset};
use super::fields::fields;
use super::{Baseline, Citation, Deadline, Force, Limit, Phase, Residual, Standing};

fields! {
    /// A dated set of changes that makes a new version of the agreement.
    ///
    /// ```
    /// use force_drawdown::{Amendment, Change, Deadline, Phase, PhaseChange, day};
    /// let amendment = Amendment::new("Resolution 2431", day!(2018, 7, 30))
    ///     .change(PhaseChange::new("2").by(Deadline::month(2019, 2)))
    ///     .change(Change::add_after("2", Phase::new("3", Deadline::month(2020, 2))))
    ///     .source("resolution");
    /// assert_eq!(amendment.effective_day(), Some(day!(2018, 7, 30)));
    /// ```
    ///
    /// # What if it waits for its own ratification?
    ///
    /// An amendment that takes effect with an event does not govern while that event is not on record.
    ///
    /// ```
    /// use force_drawdown::{Amendment, Event, day};
    /// let amendment = Amendment::new("Protocol", day!(2025, 3, 1))
    ///     .effective(Event::Named("protocol-ratified".into()));
    /// assert_eq!(amendment.effective_day(), None);
    /// let json = serde_json::to_string(&amendment)?;
    /// assert!(json.contains(r#""effective":{"after":"event:protocol-ratified"}"#));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    noted Amendment(
        "An agreed amendment that governs from the day of its adoption, and changes nothing yet.",
        title: impl Into<String>, adopted: NaiveDate
    ) read by amendment_fields {
        /// What it is called.
        required given title: String;
        /// The day on which it was decided.
        required given adopted: NaiveDate;
        /// When it begins to govern; `None` is the day of adoption.
        reference into effective: Effective;
        /// The party whose own decision it is; it changes what is planned and not what is required.
        reference text unilateral;
        /// What it changes, in order.
        required member changes as change: Change;
    }
}

impl Amendment {
    /// The first day that it governs, where the text alone gives it.
    #[must_use]
    pub fn effective_day(&self) -> Option<NaiveDate> {
        match &self.effective {
            None => Some(self.adopted),
            Some(Effective::On(day)) => Some(*day),
            Some(Effective::After { event: Event::Day(day), offset }) => offset.from_day(*day),
            Some(Effective::After { .. }) => None,
        }
    }
}

/// When an amendment begins to govern.
///
/// A day and an [`Event`] become one by themselves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effective {
    /// From this day on.
    On(NaiveDate),
    /// From so long after an event on.
    After {
        /// The event, which is none of a phase.
        event: Event,
        /// How long after.
        offset: Offset,
    },
}

/// A phrase for people.
impl fmt::Display for Effective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(day) => Iso(*day).fmt(f),
            Self::After { event, offset } => Deadline::After { event: event.clone(), offset: *offset }.fmt(f),
        }
    }
}

/// One change that an amendment makes.
///
/// A [`PhaseChange`], a [`Force`] that is added and a new [`Baseline`] become one by themselves.
///
/// ```
/// use force_drawdown::{Change, Deadline, Phase};
/// let change = Change::add_after("2", Phase::new("3", Deadline::month(2020, 2)));
/// let json = r#"{"add":{"id":"3","by":"2020-02"},"after":"2"}"#;
/// assert_eq!(serde_json::to_string(&change)?, json);
/// assert_eq!(serde_json::to_string(&Change::drop("2"))?, r#"{"drop":"2"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Change {
    /// Fields of a phase are replaced.
    Phase(PhaseChange),
    /// A phase is added.
    Add {
        /// The new phase.
        add: Phase,
        /// The phase that it follows; `None`, written `""`, puts it first.
        #[serde(serialize_with = "id_or_empty")]
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

/// An id that is written even where there is none, as the empty text.
#[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
fn id_or_empty<S: Serializer>(id: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(id.as_deref().unwrap_or_default())
}

impl Change {
    /// Adds a phase after another.
    #[must_use]
    pub fn add_after(phase: impl Into<String>, add: Phase) -> Self {
        Self::Add { add, after: Some(phase.into()) }
    }

    /// Adds a phase before all others.
    #[must_use]
    pub const fn add_first(add: Phase) -> Self {
        Self::Add { add, after: None }
    }

    /// Drops a phase.
    #[must_use]
    pub fn drop(phase: impl Into<String>) -> Self {
        Self::Drop { drop: phase.into() }
    }

    /// Replaces all residuals.
    #[must_use]
    pub fn residuals(residual: impl IntoIterator<Item = Residual>) -> Self {
        Self::Residual { residual: residual.into_iter().collect() }
    }
}

fields! {
    /// The fields of a phase that an amendment replaces; `None` leaves a field as it is.
    ///
    /// Where a field may be taken away, `Some(None)` does so, written `""`.
    ///
    /// ```
    /// use force_drawdown::{Limit, PhaseChange};
    /// let change = PhaseChange::new("2").from(None).limits([Limit::remain(500)]).title("");
    /// let json = r#"{"phase":"2","from":"","limits":[{"remain":500}],"title":""}"#;
    /// assert_eq!(serde_json::to_string(&change)?, json);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[derive(Default)]
    PhaseChange("A change of a phase that replaces nothing yet.", phase: impl Into<String>) {
        /// The phase.
        required given phase: String;
        /// A new deadline.
        optional value by: Deadline;
        /// A new day until which the planned path holds.
        replaced value from: Option<Deadline>;
        /// New limits, in place of all of the old.
        optional list limits: Limit;
        /// A new event that completes it.
        replaced text_or_none done;
        /// New conditions, in place of all of the old.
        optional list conditions: String;
        /// A new standing.
        optional value standing: Standing;
        /// A new name for people. An empty one takes it away, and is read back as `Some(None)`.
        replaced text_or_none title;
    }
}

fields! {
    /// A new baseline of a force.
    ///
    /// ```
    /// use force_drawdown::{Baseline, NewBaseline, Quantity, day};
    /// let counted = Baseline::new(Quantity::About(66_000), day!(2013, 2, 12));
    /// let json = serde_json::to_string(&NewBaseline::new(counted).of("us"))?;
    /// assert_eq!(json, r#"{"force":"us","strength":"about 66000","as_of":"2013-02-12"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    NewBaseline("A new baseline of the only force of a document.", baseline: Baseline) {
        /// The force; may be left out where the document has one.
        reference text force as of;
        /// The baseline, whose fields are written beside the force.
        flattened given baseline: Baseline;
    }
}
