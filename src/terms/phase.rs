//! The steps of the drawdown, and what may stay.

use serde::Serialize;

use super::setters::setters;
use super::vocabulary::vocabulary;
use super::{Citation, Deadline, Quantity, Share, written_form};

vocabulary! {
    /// Whether a phase obliges.
    #[derive(Default)]
    Standing {
        /// It obliges.
        #[default]
        Binding = "binding",
        /// It is planned or hoped for, and obliges nobody.
        Envisaged = "envisaged",
    }
}

vocabulary! {
    /// Whether it is agreed that people may stay.
    ResidualStatus {
        /// Both sides agreed that they may stay.
        Agreed = "agreed",
        /// It is proposed; nobody may count on it.
        Proposed = "proposed",
    }
}

/// A step of the drawdown that is to be complete by a deadline.
///
/// ```
/// use force_drawdown::{Deadline, Limit, Phase, Standing};
/// let all_leave = Phase::new("2", Deadline::end_of_year(2026)).limit(Limit::remain(0)).source("report");
/// assert_eq!((all_leave.by.to_string(), all_leave.standing()), ("end of 2026".into(), Standing::Binding));
/// let handover = Phase::new("3", Deadline::Open).title("bases handed over").done("handover").envisaged();
/// assert_eq!((handover.limits.len(), handover.standing()), (0, Standing::Envisaged));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Phase {
    /// Short name that the document refers to.
    pub id: String,
    /// The deadline: the day by which it is complete, at the end of that day.
    pub by: Deadline,
    /// Name for people.
    pub title: Option<String>,
    /// The planned path holds until then.
    pub from: Option<Deadline>,
    /// What is required of each force, at most one for each.
    pub limits: Vec<Limit>,
    /// The event that completes it, where it has no number.
    pub done: Option<String>,
    /// Events that must have happened before it is due.
    pub conditions: Vec<String>,
    /// Whether it obliges; `None` is read as binding.
    pub standing: Option<Standing>,
    /// Anything else a reader should know.
    pub note: Option<String>,
    /// Where this comes from.
    pub source: Vec<Citation>,
}

impl Phase {
    /// A binding phase without limits.
    #[must_use]
    pub fn new(id: impl Into<String>, by: Deadline) -> Self {
        Self { id: id.into(), by, ..Self::default() }
    }

    /// Whether it obliges: as written, else binding.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing.unwrap_or_default()
    }

    /// As a phase that is planned or hoped for, and obliges nobody.
    #[must_use]
    pub fn envisaged(mut self) -> Self {
        self.standing = Some(Standing::Envisaged);
        self
    }
}

setters! { noted Phase {
    /// With a name for people.
    text title;
    /// With a deadline until which the planned path holds.
    value from: Deadline;
    /// With one more limit, at most one for each force.
    member limit in limits: Limit;
    /// With the event that completes it, where it has no number.
    text done;
    /// With one more event that must have happened before it is due.
    member condition in conditions: String;
} }

/// What a phase requires of one force.
///
/// ```
/// use force_drawdown::{Limit, Quantity, Share};
/// let limit = Limit::withdraw(Quantity::Hundreds).on("us").note("all ranks");
/// assert_eq!(limit.kind.to_string(), "withdraw hundreds");
/// let json = r#"{"force":"us","withdraw":"hundreds","note":"all ranks"}"#;
/// assert_eq!(serde_json::to_string(&limit)?, json);
/// for (limit, kind) in [
///     (Limit::remain(0), "remain 0"),
///     (Limit::withdrawn(34_000), "withdrawn 34000"),
///     (Limit::remain_share(Share::percent(50)), "remain_share 50%"),
///     (Limit::withdraw_share(Share::percent(25)), "withdraw_share 25%"),
///     (Limit::withdrawn_share(Share::percent(75)), "withdrawn_share 75%"),
/// ] {
///     assert_eq!(limit.kind.to_string(), kind);
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Limit {
    /// The force; may be left out where the document has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force: Option<String>,
    /// What is required, written as the one field of its name.
    #[serde(flatten)]
    pub kind: LimitKind,
    /// Anything else a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where this comes from.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "written_form::serialize")]
    pub source: Vec<Citation>,
}

/// What a limit requires, with its number or share.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// So many remain.
    Remain(Quantity),
    /// So many leave in this phase alone.
    Withdraw(Quantity),
    /// So many have left in all, since the baseline.
    Withdrawn(Quantity),
    /// This share of the baseline remains.
    RemainShare(Share),
    /// This share of the baseline leaves in this phase alone.
    WithdrawShare(Share),
    /// This share of the baseline has left in all.
    WithdrawnShare(Share),
}

impl Limit {
    /// So many remain.
    #[must_use]
    pub fn remain(quantity: impl Into<Quantity>) -> Self {
        LimitKind::Remain(quantity.into()).into()
    }

    /// So many leave in this phase alone.
    #[must_use]
    pub fn withdraw(quantity: impl Into<Quantity>) -> Self {
        LimitKind::Withdraw(quantity.into()).into()
    }

    /// So many have left in all, since the baseline.
    #[must_use]
    pub fn withdrawn(quantity: impl Into<Quantity>) -> Self {
        LimitKind::Withdrawn(quantity.into()).into()
    }

    /// This share of the baseline remains.
    #[must_use]
    pub fn remain_share(share: Share) -> Self {
        LimitKind::RemainShare(share).into()
    }

    /// This share of the baseline leaves in this phase alone.
    #[must_use]
    pub fn withdraw_share(share: Share) -> Self {
        LimitKind::WithdrawShare(share).into()
    }

    /// This share of the baseline has left in all.
    #[must_use]
    pub fn withdrawn_share(share: Share) -> Self {
        LimitKind::WithdrawnShare(share).into()
    }
}

setters! { noted Limit {
    /// On a named force.
    text on in force;
} }

impl From<LimitKind> for Limit {
    fn from(kind: LimitKind) -> Self {
        Self { force: None, kind, note: None, source: Vec::new() }
    }
}

impl LimitKind {
    /// The field that writes this kind.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Remain(_) => "remain",
            Self::Withdraw(_) => "withdraw",
            Self::Withdrawn(_) => "withdrawn",
            Self::RemainShare(_) => "remain_share",
            Self::WithdrawShare(_) => "withdraw_share",
            Self::WithdrawnShare(_) => "withdrawn_share",
        }
    }
}

/// `remain 0`, `withdraw hundreds`, `withdrawn_share 50%`.
impl std::fmt::Display for LimitKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ", self.field())?;
        match self {
            Self::Remain(quantity) | Self::Withdraw(quantity) | Self::Withdrawn(quantity) => write!(f, "{quantity}"),
            Self::RemainShare(share) | Self::WithdrawShare(share) | Self::WithdrawnShare(share) => write!(f, "{share}"),
        }
    }
}

/// People who may stay after the last phase of a force.
///
/// ```
/// use force_drawdown::{Deadline, Quantity, Residual, ResidualStatus};
/// let advisers = Residual::new(Quantity::Unspecified, ResidualStatus::Proposed);
/// let guards = Residual::new(50, ResidualStatus::Agreed).of("us").until(Deadline::end_of_year(2027));
/// assert_eq!((advisers.until, guards.status), (None, ResidualStatus::Agreed));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Residual {
    /// The force; may be left out where the document has one.
    pub force: Option<String>,
    /// How many may stay.
    pub strength: Quantity,
    /// Whether that is agreed.
    pub status: ResidualStatus,
    /// What they stay for.
    pub purpose: Option<String>,
    /// The last day on which they may stay.
    pub until: Option<Deadline>,
    /// Anything else a reader should know.
    pub note: Option<String>,
    /// Where this comes from.
    pub source: Vec<Citation>,
}

impl Residual {
    /// A residual of the only force of a document, without an end.
    #[must_use]
    pub fn new(strength: impl Into<Quantity>, status: ResidualStatus) -> Self {
        let strength = strength.into();
        Self { force: None, strength, status, purpose: None, until: None, note: None, source: Vec::new() }
    }
}

setters! { noted Residual {
    /// Of a named force.
    text of in force;
    /// With what they stay for.
    text purpose;
    /// With the last day on which they may stay.
    value until: Deadline;
} }
