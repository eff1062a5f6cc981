//! Who agreed.

use chrono::NaiveDate;

use super::Citation;
use super::fields::fields;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What a party does in the agreement.
    Role {
        /// The state whose forces are deployed.
        Sending = "sending",
        /// The state on whose territory they are deployed.
        Receiving = "receiving",
        /// A party that signs without sending or receiving.
        Signatory = "signatory",
        /// A party that answers for the agreement.
        Guarantor = "guarantor",
        /// A party that helped to bring the agreement about.
        Mediator = "mediator",
        /// A party that verifies that the agreement is kept.
        Verifier = "verifier",
        /// A party that was present.
        Witness = "witness",
        /// The other side of the fight, not a party to the text.
        Opponent = "opponent",
        /// An international organisation.
        Organisation = "organisation",
    }
}

vocabulary! {
    /// The way in which a party binds itself.
    ConsentMode {
        /// By approval; ratification and acceptance are the same act.
        Approval = "approval",
        /// By signing.
        Signature = "signature",
        /// Not at all: its consent is not needed.
        None = "none",
    }
}

fields! {
    /// A state, an organisation or a movement with a part in the agreement.
    ///
    /// The codes of states join the document with other data. Several parties may have the same one: a state that acts in
    /// two roles is written as two.
    ///
    /// ```
    /// use force_drawdown::{ConsentMode, Party, Role};
    /// let host = Party::new("IRQ", "Iraq", Role::Receiving).iso3("IRQ").cow(645).gw(645);
    /// let host = host.domestic_step("cabinet").domestic_step("parliament");
    /// assert_eq!(host.consent_mode(), ConsentMode::Approval);
    /// let movement = Party::new("TAL", "Taliban", Role::Signatory);
    /// let movement = movement.consent(ConsentMode::Signature);
    /// assert_eq!(movement.consent_mode(), ConsentMode::Signature);
    /// let verifier = Party::new("UN", "United Nations", Role::Verifier);
    /// assert_eq!(verifier.consent_mode(), ConsentMode::None);
    /// ```
    ///
    /// # Who takes the place of whom?
    ///
    /// From the day `since` on, the acts, consents and forces of a party are its successor's.
    ///
    /// ```
    /// use force_drawdown::{Party, Role, day};
    /// let russia = Party::new("RUS", "Russia", Role::Sending);
    /// let russia = russia.succeeds("SUN", day!(1991, 12, 26));
    /// assert_eq!(russia.succeeds.as_deref(), Some("SUN"));
    /// ```
    noted Party(
        "A party that consents as its role does by default.",
        id: impl Into<String>, name: impl Into<String>, role: Role
    ) read by party_fields {
        /// Short name that the document refers to, 1 to 64 of `A-Z a-z 0-9 . _ -`.
        required given id: String;
        /// Name for people.
        required given name: String;
        /// The role of the party in the agreement.
        required given role: Role;
        /// ISO 3166-1 alpha-3 code, of a state that has one: an assigned code, in upper case.
        optional text iso3;
        /// Country code of the Correlates of War project, 2 to 990, of a state that is in its system.
        optional value cow: u32;
        /// Country code of Gleditsch and Ward, 2 to 990, which is another list, though most numbers are the same.
        optional value gw: u32;
        /// The way in which the party binds itself; `None` takes the default of the role.
        optional value consent: ConsentMode;
        /// The party whose place this one takes.
        reference field succeeds: Option<String>;
        /// The first day on which this party has that place.
        reference field since: Option<NaiveDate>;
        /// The bodies that must say yes before the party can, in order.
        defaulted member domestic_steps as domestic_step: String;
    }
}

impl Party {
    /// With the party whose place this one takes from a day on.
    #[must_use]
    pub fn succeeds(self, party: impl Into<String>, since: NaiveDate) -> Self {
        Self { succeeds: Some(party.into()), since: Some(since), ..self }
    }

    /// How the party binds itself: as written, else the default of its role.
    #[must_use]
    pub const fn consent_mode(&self) -> ConsentMode {
        match (self.consent, self.role) {
            (Some(mode), _) => mode,
            (None, Role::Sending | Role::Receiving | Role::Signatory | Role::Organisation) => ConsentMode::Approval,
            (None, _) => ConsentMode::None,
        }
    }
}
