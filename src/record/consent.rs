//! Who said yes, and what waits for whom: the answers that are derived from the record.

use std::collections::HashMap;
use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::day::{Iso, Window};
use crate::terms::Terms;
use crate::wording::separator;

/// How far an agreement has come, derived from its dated record. Parties stand in the order of the document.
///
/// Displayed with the ids of parties; [`sentence`](Self::sentence) has their names.
///
/// ```
/// use force_drawdown::ApprovalState;
/// let state = ApprovalState::AwaitingConsent { outstanding: vec!["IRQ".into(), "USA".into()] };
/// assert_eq!(state.to_string(), "awaiting consent of IRQ and USA");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ApprovalState {
    /// It is over.
    Terminated,
    /// It is suspended, and not resumed.
    Suspended,
    /// It is in force.
    InForce {
        /// Whether it is applied provisionally, and not in force yet.
        provisional: bool,
        /// The parties that have withdrawn their consent, which does not end the agreement.
        withdrawn_by: Vec<String>,
    },
    /// Parties whose consent is needed refused, or withdrew their consent before the entry into force.
    Refused {
        /// Those parties.
        by: Vec<String>,
    },
    /// Every consent that is needed is given, and the agreement is public.
    Announced,
    /// Every consent that is needed is given, and the agreement is not public.
    Approved,
    /// The text is agreed.
    AwaitingConsent {
        /// The parties that have still to consent.
        outstanding: Vec<String>,
    },
    /// The text is not agreed; or nobody's consent is needed, and the agreement is not public.
    Negotiating,
}

impl ApprovalState {
    /// The stable kebab-case name of the state.
    ///
    /// ```
    /// use force_drawdown::ApprovalState;
    /// assert_eq!(ApprovalState::Announced.as_str(), "announced");
    /// ```
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
    ///
    /// ```
    /// use force_drawdown::{ApprovalState, Party, Role, Terms};
    /// let mut terms = Terms::new("plan");
    /// terms.parties = vec![Party::new("IRQ", "Iraq", Role::Receiving), Party::new("USA", "United States", Role::Sending)];
    /// let state = ApprovalState::AwaitingConsent { outstanding: vec!["IRQ".into(), "USA".into()] };
    /// assert_eq!(state.sentence(&terms), "awaiting consent of Iraq and United States");
    /// ```
    #[must_use]
    pub fn sentence(&self, terms: &Terms) -> String {
        let names = names(terms);
        let called = |ids: &[String]| ids.iter().map(|id| name(&names, id).to_owned()).collect();
        let state = match self {
            Self::InForce { provisional, withdrawn_by } => {
                Self::InForce { provisional: *provisional, withdrawn_by: called(withdrawn_by) }
            }
            Self::Refused { by } => Self::Refused { by: called(by) },
            Self::AwaitingConsent { outstanding } => Self::AwaitingConsent { outstanding: called(outstanding) },
            other => other.clone(),
        };
        state.to_string()
    }

    fn serialize_keys<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("state", self.as_str())?;
        match self {
            Self::InForce { provisional, withdrawn_by } => {
                map.serialize_entry("provisional", provisional)?;
                map.serialize_entry("withdrawn_by", withdrawn_by)
            }
            Self::Refused { by } => map.serialize_entry("by", by),
            Self::AwaitingConsent { outstanding } => map.serialize_entry("outstanding", outstanding),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for ApprovalState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InForce { provisional, withdrawn_by } => {
                f.write_str(if *provisional { "provisionally applied" } else { "in force" })?;
                if withdrawn_by.is_empty() { Ok(()) } else { write!(f, ", consent withdrawn by {}", And(withdrawn_by)) }
            }
            Self::Refused { by } => write!(f, "refused by {}", And(by)),
            Self::Approved => f.write_str("approved, not announced"),
            Self::AwaitingConsent { outstanding } => write!(f, "awaiting consent of {}", And(outstanding)),
            Self::Negotiating => f.write_str("under negotiation"),
            Self::Terminated | Self::Suspended | Self::Announced => f.write_str(self.as_str()),
        }
    }
}

/// An object with the key `state` and the keys that belong to it.
impl Serialize for ApprovalState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.serialize_keys(&mut map)?;
        map.end()
    }
}

/// The approval state, and who has stopped withdrawing for a while.
///
/// ```
/// use force_drawdown::{Approval, ApprovalState};
/// let approval = Approval { state: ApprovalState::Refused { by: vec!["IRQ".into()] }, paused_by: vec!["USA".into()] };
/// assert_eq!(serde_json::to_string(&approval)?, r#"{"state":"refused","by":["IRQ"],"paused_by":["USA"]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Approval {
    /// The state.
    pub state: ApprovalState,
    /// The ids of the parties that have paused, in the order of the document.
    pub paused_by: Vec<String>,
}

impl Approval {
    /// The state and the pauses in words, with the names of parties.
    ///
    /// ```
    /// use force_drawdown::{Approval, ApprovalState, Party, Role, Terms};
    /// let mut terms = Terms::new("plan");
    /// terms.parties = vec![Party::new("GBR", "Britain", Role::Sending), Party::new("USA", "United States", Role::Sending)];
    /// let approval = Approval { state: ApprovalState::Announced, paused_by: vec!["GBR".into(), "USA".into()] };
    /// assert_eq!(approval.sentence(&terms), "announced; paused by Britain and United States");
    /// ```
    #[must_use]
    pub fn sentence(&self, terms: &Terms) -> String {
        let names = names(terms);
        let paused_by: Vec<String> = self.paused_by.iter().map(|id| name(&names, id).to_owned()).collect();
        let state = self.state.sentence(terms);
        if paused_by.is_empty() { state } else { format!("{state}; paused by {}", And(&paused_by)) }
    }
}

/// The keys of the state, and `paused_by` where a party has paused.
impl Serialize for Approval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.state.serialize_keys(&mut map)?;
        if !self.paused_by.is_empty() {
            map.serialize_entry("paused_by", &self.paused_by)?;
        }
        map.end()
    }
}

/// The consent of a party at the end of a day.
///
/// ```
/// let agreement = force_drawdown::doc_examples::iraq();
/// let day = agreement.terms().forces[0].baseline.as_ref().unwrap().as_of;
/// let consent = agreement.consent_on("IRQ", day).unwrap();
/// assert_eq!(consent.to_string(), "Iraq has not consented");
/// assert!(consent.needed && !consent.given());
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Consent {
    /// The id of the party.
    pub party: String,
    /// The name of the party.
    pub name: String,
    /// Whether the agreement needs its consent.
    pub needed: bool,
    /// The day, or days, of the act since which its consent is given; `None` if it is not.
    pub on: Option<Window>,
    /// Whether it refused, and has not consented since.
    pub refused: bool,
    /// Whether it withdrew its consent, and has not consented since.
    pub withdrawn: bool,
    /// The bodies that have said yes, in the order of the document.
    pub steps_done: Vec<String>,
    /// The bodies that have still to say yes, in the order of the document.
    pub steps_outstanding: Vec<String>,
}

impl Consent {
    /// Whether its consent is given, and not taken away.
    ///
    /// ```
    /// use force_drawdown::{Act, ActKind, Agreement, day};
    /// let day = day!(2024, 9, 27);
    /// let mut terms = force_drawdown::doc_examples::iraq().into_terms();
    /// terms.record.push(Act::new(day, ActKind::Approved).by("IRQ"));
    /// let agreement = Agreement::try_from(terms)?;
    /// assert!(agreement.consent_on("IRQ", day).unwrap().given());
    /// # Ok::<(), force_drawdown::Violations>(())
    /// ```
    #[must_use]
    pub const fn given(&self) -> bool {
        self.on.is_some()
    }
}

impl fmt::Display for Consent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match self.on {
            Some(on) if on.earliest() == on.latest() => return write!(f, " consented on {on}"),
            Some(on) => {
                return write!(f, " consented between {} and {}", Iso(on.earliest()), Iso(on.latest()));
            }
            None if self.withdrawn => f.write_str(" withdrew its consent")?,
            None if self.refused => f.write_str(" refused")?,
            None if self.needed => f.write_str(" has not consented")?,
            None => f.write_str(" need not consent")?,
        }
        if self.needed && !self.steps_outstanding.is_empty() {
            write!(f, ", and waits for {}", And(&self.steps_outstanding))?;
        }
        Ok(())
    }
}

/// What a step of the agreement still waits for.
///
/// Displayed with the ids of parties; [`sentence`](Self::sentence) has their names.
///
/// ```
/// use force_drawdown::Blocker;
/// let blocker = Blocker::DomesticStep { party: "IRQ".into(), body: "parliament".into() };
/// assert_eq!(blocker.to_string(), "parliament of IRQ has to say yes");
/// assert_eq!(
///     serde_json::to_string(&blocker)?,
///     r#"{"kind":"domestic-step","party":"IRQ","body":"parliament"}"#
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Blocker {
    /// A party has to consent.
    Consent {
        /// The id of the party.
        party: String,
    },
    /// A body of a party has to say yes, before the party can.
    DomesticStep {
        /// The id of the party.
        party: String,
        /// The body.
        body: String,
    },
    /// The agreement has to be announced.
    Announcement,
}

impl Blocker {
    /// The blocker in words, with the name of the party.
    ///
    /// ```
    /// use force_drawdown::{Blocker, Party, Role, Terms};
    /// let mut terms = Terms::new("plan");
    /// terms.parties = vec![Party::new("IRQ", "Iraq", Role::Receiving)];
    /// assert_eq!(Blocker::Consent { party: "IRQ".into() }.sentence(&terms), "Iraq has to consent");
    /// ```
    #[must_use]
    pub fn sentence(&self, terms: &Terms) -> String {
        let name = |id: &String| {
            let party = terms.parties.iter().find(|party| &party.id == id);
            party.map_or(id, |party| &party.name).clone()
        };
        let blocker = match self {
            Self::Consent { party } => Self::Consent { party: name(party) },
            Self::DomesticStep { party, body } => Self::DomesticStep { party: name(party), body: body.clone() },
            Self::Announcement => Self::Announcement,
        };
        blocker.to_string()
    }
}

impl fmt::Display for Blocker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Consent { party } => write!(f, "{party} has to consent"),
            Self::DomesticStep { party, body } => write!(f, "{body} of {party} has to say yes"),
            Self::Announcement => f.write_str("the agreement has to be announced"),
        }
    }
}

/// The names of parties by their ids.
pub(crate) fn names(terms: &Terms) -> HashMap<&str, &str> {
    terms.parties.iter().rev().map(|party| (party.id.as_str(), party.name.as_str())).collect()
}

/// The name of a party, else its id.
pub(crate) fn name<'n>(names: &HashMap<&'n str, &'n str>, id: &'n str) -> &'n str {
    names.get(id).unwrap_or(&id)
}

/// `A`, `A and B`, `A, B and C`.
pub(crate) struct And<'a>(pub(crate) &'a [String]);

impl fmt::Display for And<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut members = self.0.iter().enumerate();
        members.try_for_each(|(position, member)| write!(f, "{}{member}", separator(position, self.0.len())))
    }
}
