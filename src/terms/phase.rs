//! The steps of the drawdown, and what may stay.

use serde::Serialize;
use serde::ser::SerializeMap;

use super::fields::fields;
use super::vocabulary::vocabulary;
use super::{Citation, Deadline, Quantity, Share};

vocabulary! {
    /// Whether a phase obliges.
    #[derive(Default)]
    Standing {
        /// The phase obliges.
        #[default]
        Binding = "binding",
        /// The phase is planned or hoped for, and obliges nobody.
        Envisaged = "envisaged",
    }
}

vocabulary! {
    /// Whether it is agreed that people may stay.
    ResidualStatus {
        /// Both sides agreed that they may stay.
        Agreed = "agreed",
        /// The residual is proposed; nobody may count on it.
        Proposed = "proposed",
    }
}

fields! {
    /// A step of the drawdown that is to be complete by a deadline.
    ///
    /// ```
    /// use force_drawdown::{Deadline, Limit, Phase, Standing};
    /// let all_leave = Phase::new("2", Deadline::end_of_year(2026)).limit(Limit::remain(0));
    /// assert_eq!((all_leave.limits.len(), all_leave.standing()), (1, Standing::Binding));
    /// let handover = Phase::new("3", Deadline::Open).done("handover").envisaged();
    /// assert_eq!((handover.limits.len(), handover.standing()), (0, Standing::Envisaged));
    /// ```
    #[derive(Default)]
    noted Phase("A binding phase without limits.", id: impl Into<String>, by: Deadline) read by phase_fields {
        /// Short name that the document refers to.
        required given id: String;
        /// The deadline: the day by which it is complete, at the end of that day.
        required given by: Deadline;
        /// Name for people.
        optional text title;
        /// The planned path holds until then.
        optional value from: Deadline;
        /// What is required of each force, at most one for each.
        defaulted member limits as limit: Limit;
        /// The event that completes it, where it has no number.
        reference text done;
        /// Events that must have happened before it is due.
        defaulted member conditions as condition: String;
        /// Whether it obliges; `None` is read as binding.
        optional field standing: Option<Standing>;
    }
}

impl Phase {
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

fields! {
    /// The limit of a phase on one force.
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
    noted Limit() {
        /// The force; may be left out where the document has one.
        reference text force as on;
        /// What is required, written as the one field of its name.
        flattened field kind: LimitKind;
    }
}

/// Writes the kinds of limits from a table: each with its variant, and the constructor that is named as its field is.
macro_rules! limit_kinds {
    ($($(#[doc = $doc:literal])* $variant:ident($of:ident), $field:ident($from:ty);)+) => {
        /// The kind of a limit, with its number or share.
        ///
        /// Displayed as `remain 0`, `withdraw hundreds`, `withdrawn_share 50%`.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum LimitKind { $($(#[doc = $doc])* $variant($of),)+ }

        impl LimitKind {
            /// The field that writes this kind.
            #[must_use]
            pub const fn field(self) -> &'static str {
                match self { $(Self::$variant(_) => stringify!($field),)+ }
            }

            /// Writes it as the field of its name.
            fn write<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
                match self { $(Self::$variant(of) => object.serialize_entry(stringify!($field), of),)+ }
            }
        }

        impl std::fmt::Display for LimitKind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self { $(Self::$variant(of) => write!(f, "{} {of}", self.field()),)+ }
            }
        }

        impl Limit {$(
            $(#[doc = $doc])*
            #[must_use]
            pub fn $field(of: $from) -> Self {
                LimitKind::$variant(of.into()).into()
            }
        )+}
    };
}

limit_kinds! {
    /// The greatest number of people who remain.
    Remain(Quantity), remain(impl Into<Quantity>);
    /// The number of people who leave in this phase alone.
    Withdraw(Quantity), withdraw(impl Into<Quantity>);
    /// The number of people who have left in all, since the baseline.
    Withdrawn(Quantity), withdrawn(impl Into<Quantity>);
    /// This share of the baseline remains.
    RemainShare(Share), remain_share(Share);
    /// This share of the baseline leaves in this phase alone.
    WithdrawShare(Share), withdraw_share(Share);
    /// This share of the baseline has left in all.
    WithdrawnShare(Share), withdrawn_share(Share);
}

fields! {
    /// People who may stay after the last phase of a force.
    ///
    /// ```
    /// use force_drawdown::{Deadline, Quantity, Residual, ResidualStatus};
    /// let advisers = Residual::new(Quantity::Unspecified, ResidualStatus::Proposed);
    /// let guards = Residual::new(50, ResidualStatus::Agreed).until(Deadline::year(2027));
    /// assert_eq!((advisers.until, guards.status), (None, ResidualStatus::Agreed));
    /// ```
    noted Residual(
        "A residual of the only force of a document, without an end.",
        strength: impl Into<Quantity>, status: ResidualStatus
    ) read by residual_fields {
        /// The force; may be left out where the document has one.
        reference text force as of;
        /// How many may stay.
        required given strength: Quantity;
        /// Whether that is agreed.
        required given status: ResidualStatus;
        /// What they stay for.
        optional text purpose;
        /// The last day on which they may stay.
        optional value until: Deadline;
    }
}
