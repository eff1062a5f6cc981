//! Who said yes, and what waits for whom: the answers that are derived from the record.

use std::collections::HashMap;
use std::fmt;

use serde::Serialize;

use crate::day::{Iso, Window};
use crate::terms::Terms;
use crate::wording::{excerpt, separator};

/// The state of an agreement on a day, derived from its dated record: see [`Agreement::approval_on`].
///
/// Parties are listed by their ids, in the order of the document.
///
/// ```
/// use force_drawdown::{ApprovalState, catalog};
/// let state = ApprovalState::AwaitingConsent { outstanding: vec!["USA".into()] };
/// assert_eq!(state.as_str(), "awaiting-consent");
/// assert_eq!(state.to_string(), "awaiting consent of USA");
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let sentence = state.sentence(agreement.terms());
/// assert_eq!(sentence, "awaiting consent of United States");
/// let json = serde_json::to_string(&state)?;
/// assert_eq!(json, r#"{"state":"awaiting-consent","outstanding":["USA"]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// [`Agreement::approval_on`]: crate::Agreement::approval_on
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum ApprovalState {
    /// The agreement is over.
    Terminated,
    /// The agreement is suspended, and not resumed.
    Suspended,
    /// The agreement applies.
    InForce {
        /// Whether the agreement is applied provisionally, and not in force yet.
        provisional: bool,
        /// The parties that have withdrawn their consent, which does not end the agreement.
        withdrawn_by: Vec<String>,
    },
    /// Parties whose consent is needed refused, or withdrew their consent before the entry into force.
    Refused {
        /// The parties that refused or withdrew.
        by: Vec<String>,
    },
    /// Every consent that is needed is given, and the agreement is public.
    Announced,
    /// Every consent that is needed is given, and the agreement is not public.
    Approved,
    /// The text is agreed, and consents are missing.
    AwaitingConsent {
        /// The parties that have still to consent.
        outstanding: Vec<String>,
    },
    /// The text is not agreed; or nobody's consent is needed, and the agreement is not public.
    Negotiating,
}

impl ApprovalState {
    /// The stable kebab-case name of the state.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Terminated => "terminated",
            Self::Suspended => "suspended",
            Self::InForce { .. } => "in-force",
            Self::Refused { .. } => "refused",
            Self::Announced => "announced",
            Self::Approved => "approved",
            Self::AwaitingConsent { .. } => "awaiting-consent",
            Self::Negotiating => "negotiating",
        }
    }

    /// The state in words, with the names of parties.
    #[must_use]
    pub fn sentence(&self, terms: &Terms) -> String {
        self.words(&Names::new(terms))
    }

    fn words(&self, names: &Names<'_>) -> String {
        match self {
            Self::InForce { provisional, withdrawn_by } => {
                let state = if *provisional { "provisionally applied" } else { "in force" };
                let by = names.list(withdrawn_by);
                if by.is_empty() { state.to_owned() } else { format!("{state}, consent withdrawn by {by}") }
            }
            Self::Refused { by } => format!("refused by {}", names.list(by)),
            Self::Approved => "approved, not announced".to_owned(),
            Self::AwaitingConsent { outstanding } => format!("awaiting consent of {}", names.list(outstanding)),
            Self::Negotiating => "under negotiation".to_owned(),
            Self::Terminated | Self::Suspended | Self::Announced => self.as_str().to_owned(),
        }
    }
}

impl fmt::Display for ApprovalState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(&Names::default()))
    }
}

/// The approval state, and the parties that have paused their withdrawal.
///
/// ```
/// use force_drawdown::{Approval, ApprovalState, catalog};
/// let state = ApprovalState::Announced;
/// let approval = Approval { state, paused_by: vec!["USA".into()] };
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let sentence = approval.sentence(agreement.terms());
/// assert_eq!(sentence, "announced; paused by United States");
/// let json = serde_json::to_string(&approval)?;
/// assert_eq!(json, r#"{"state":"announced","paused_by":["USA"]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Approval {
    /// The state.
    #[serde(flatten)]
    pub state: ApprovalState,
    /// The ids of the parties that have paused, in the order of the document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paused_by: Vec<String>,
}

impl Approval {
    /// The state and the pauses in words, with the names of parties.
    #[must_use]
    pub fn sentence(&self, terms: &Terms) -> String {
        let names = Names::new(terms);
        let (state, paused_by) = (self.state.words(&names), names.list(&self.paused_by));
        if paused_by.is_empty() { state } else { format!("{state}; paused by {paused_by}") }
    }
}

/// The consent of a party at the end of a day: see [`Agreement::consent_on`](crate::Agreement::consent_on).
///
/// ```
/// use force_drawdown::{catalog, day};
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let consent = agreement.consent_on("IRQ", day!(2024, 9, 6)).unwrap();
/// assert_eq!(consent.to_string(), "Iraq has not consented");
/// assert!(consent.needed && !consent.given());
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Consent {
    /// The id of the party.
    pub party: String,
    /// The name of the party.
    pub name: String,
    /// Whether the agreement needs the consent of the party.
    pub needed: bool,
    /// The day, or days, of the act since which the consent is given; `None` if it is not given.
    pub on: Option<Window>,
    /// Whether the party refused, and has not consented since.
    pub refused: bool,
    /// Whether the party withdrew its consent, and has not consented since.
    pub withdrawn: bool,
    /// The bodies that have said yes, in the order of the document.
    pub steps_done: Vec<String>,
    /// The bodies that have still to say yes, in the order of the document.
    pub steps_outstanding: Vec<String>,
}

impl Consent {
    /// Whether the consent is given, and not taken away.
    #[must_use]
    pub const fn given(&self) -> bool {
        self.on.is_some()
    }
}

impl fmt::Display for Consent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&excerpt(&self.name))?;
        match self.on {
            Some(on) if on.earliest() == on.latest() => return write!(f, " consented on {on}"),
            Some(on) => return write!(f, " consented between {} and {}", Iso(on.earliest()), Iso(on.latest())),
            None if self.withdrawn => f.write_str(" withdrew its consent")?,
            None if self.refused => f.write_str(" refused")?,
            None if self.needed => f.write_str(" has not consented")?,
            None => f.write_str(" need not consent")?,
        }
        if self.needed && !self.steps_outstanding.is_empty() {
            write!(f, ", and waits for {}", Names::default().list(&self.steps_outstanding))?;
        }
        Ok(())
    }
}

/// One thing that a step of the agreement still waits for: see [`Agreement::blockers_on`].
///
/// ```
/// use force_drawdown::{Blocker, catalog};
/// let blocker = Blocker::DomesticStep { party: "IRQ".into(), body: "parliament".into() };
/// assert_eq!(blocker.to_string(), "parliament of IRQ has to say yes");
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let sentence = blocker.sentence(agreement.terms());
/// assert_eq!(sentence, "parliament of Iraq has to say yes");
/// let json = serde_json::to_string(&blocker)?;
/// assert_eq!(json, r#"{"kind":"domestic-step","party":"IRQ","body":"parliament"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// [`Agreement::blockers_on`]: crate::Agreement::blockers_on
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Blocker {
    /// The missing consent of a party.
    Consent {
        /// The id of the party.
        party: String,
    },
    /// The missing yes of a body, before which its party cannot consent.
    DomesticStep {
        /// The id of the party.
        party: String,
        /// The body.
        body: String,
    },
    /// The missing announcement of the agreement.
    Announcement,
}

impl Blocker {
    /// The blocker in words, with the name of the party.
    #[must_use]
    pub fn sentence(&self, terms: &Terms) -> String {
        self.words(&Names::new(terms))
    }

    fn words(&self, names: &Names<'_>) -> String {
        match self {
            Self::Consent { party } => format!("{} has to consent", names.of(party)),
            Self::DomesticStep { party, body } => format!("{body} of {} has to say yes", names.of(party)),
            Self::Announcement => "the agreement has to be announced".to_owned(),
        }
    }
}

impl fmt::Display for Blocker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(&Names::default()))
    }
}

/// The names of parties by their ids, cut where they are long; an id without a name is its own.
#[derive(Default)]
pub(crate) struct Names<'t>(HashMap<&'t str, String>);

impl<'t> Names<'t> {
    pub(crate) fn new(terms: &'t Terms) -> Self {
        // Of equal ids, the first.
        Self(terms.parties.iter().rev().map(|party| (party.id.as_str(), excerpt(&party.name))).collect())
    }

    pub(crate) fn of<'n>(&'n self, id: &'n str) -> &'n str {
        self.0.get(id).map_or(id, String::as_str)
    }

    /// `A`, `A and B`, `A, B and C`.
    pub(crate) fn list(&self, ids: &[String]) -> String {
        let mut text = String::new();
        for (position, id) in ids.iter().enumerate() {
            text += separator(position, ids.len());
            text += self.of(id);
        }
        text
    }
}
