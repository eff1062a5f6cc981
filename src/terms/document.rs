//! The document as a whole.

use std::collections::BTreeMap;

use super::fields::fields;
use super::vocabulary::vocabulary;
use super::{Act, Amendment, Change, Force, Party, Phase, Residual, Source};
#[cfg(feature = "chart")]
use crate::wording::excerpt;

vocabulary! {
    /// The kind of text that holds the agreement.
    Instrument {
        /// A treaty.
        Treaty = "treaty",
        /// An agreement between governments that needs no parliament.
        ExecutiveAgreement = "executive-agreement",
        /// A statement made together.
        JointStatement = "joint-statement",
        /// A memorandum of understanding.
        Memorandum = "memorandum",
        /// A resolution, as of the UN Security Council.
        Resolution = "resolution",
        /// A declaration.
        Declaration = "declaration",
        /// An announced plan.
        Plan = "plan",
        /// Anything else.
        Other = "other",
    }
}

vocabulary! {
    /// The event from which an agreement binds.
    BindsFrom {
        /// From its entry into force: the default of treaties and executive agreements.
        EntryIntoForce = "entry-into-force",
        /// From the last consent that is needed: the default of the other instruments.
        Approval = "approval",
        /// From its announcement: the default where nobody's consent is needed.
        Announcement = "announcement",
    }
}

vocabulary! {
    /// A step that may have to wait for consent.
    GatedStep {
        /// Making the agreement public.
        Announcement = "announcement",
        /// Entry into force.
        Execution = "execution",
    }
}

fields! {
    /// An agreement as written: plain data, not yet checked.
    ///
    /// [`Agreement::try_from`](crate::Agreement) checks a document. Only a checked agreement answers questions.
    ///
    /// ```
    /// use force_drawdown::{Deadline, Force, GatedStep, Limit, Party, Phase, Role, Terms};
    /// let terms = Terms::new("Plan")
    ///     .id("plan-2026")
    ///     .consent_before([GatedStep::Announcement, GatedStep::Execution])
    ///     .party(Party::new("S", "Sender", Role::Sending))
    ///     .force(Force::new("f"))
    ///     .phase(Phase::new("1", Deadline::end_of_year(2026)).limit(Limit::remain(0)));
    /// assert!(terms.validate().is_ok());
    /// assert_eq!(terms.name(), "plan-2026");
    /// ```
    #[derive(Default)]
    Terms("Empty terms with a title, to be filled in.", title: impl Into<String>) read by terms_fields {
        /// The address of the JSON Schema, for editors; the crate does not use it.
        optional text schema = "$schema";
        /// Version of the document format; `None` is read as 1, the only one there is.
        optional field format: Option<u32>;
        /// A short name of the document, which stays when the title is corrected.
        optional text id;
        /// The title of the agreement.
        required given title: String;
        /// The kind of text.
        optional value instrument: Instrument;
        /// The event from which the agreement binds; `None` takes the default of the instrument.
        optional value binds_from: BindsFrom;
        /// The steps that wait for every needed consent; `None` is read as `["execution"]`.
        optional list consent_before: GatedStep;
        /// The agreement that this one follows, in free text.
        optional text follows;
        /// Agreement id in the PA-X Peace Agreements Database (its `AgtId`), from 1.
        optional value pax: u32;
        /// Agreement id in the UCDP Peace Agreement Dataset, from 1; not that of a conflict or dyad.
        optional value ucdp: u32;
        /// Case id in the Peace Accords Matrix Implementation Dataset (its `pam_caseid`), from 1.
        optional value pam: u32;
        /// The parties that agreed, and others that take part. At least one.
        required member parties as party: Party;
        /// The forces whose people the agreement counts. At least one.
        required member forces as force: Force;
        /// The steps of the drawdown, in the order in which they fall due. At least one.
        required member phases as phase: Phase;
        /// The people who may stay after the last phase.
        defaulted member residual: Residual;
        /// The acts that happened to the agreement, in any order.
        defaulted member record as act: Act;
        /// The changes that were made later.
        defaulted member amendments as amendment: Amendment;
        /// The sources of the facts, by key.
        defaulted field sources: BTreeMap<String, Source>;
        /// Anything else a reader should know.
        optional text note;
    }
}

impl Terms {
    /// The name of the agreement among others: its id, or its title if it has no id.
    #[must_use]
    pub fn name(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.title)
    }

    /// What the amendments change.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &Change> {
        self.amendments.iter().flat_map(|amendment| &amendment.changes)
    }

    /// The forces of the document, and those that amendments add.
    pub(crate) fn all_forces(&self) -> impl Iterator<Item = &Force> {
        self.forces.iter().chain(self.changes().filter_map(|change| match change {
            Change::AddForce { add_force } => Some(add_force),
            _ => None,
        }))
    }

    /// With a source under a key, which citations name.
    #[must_use]
    pub fn source(mut self, key: impl Into<String>, source: Source) -> Self {
        self.sources.insert(key.into(), source);
        self
    }

    /// The sources that a count names: a key, several keys, or free text.
    pub(crate) fn keys_of<'s>(&self, source: &'s str) -> Vec<&'s str> {
        let known = |key: &str| self.sources.contains_key(key);
        if known(source) || !source.split(", ").all(known) { vec![source] } else { source.split(", ").collect() }
    }

    /// The titles of these sources.
    #[cfg(feature = "chart")]
    pub(crate) fn title_of(&self, source: &str) -> String {
        let title = |key| excerpt(self.sources.get(key).map_or(key, |source| &source.title));
        self.keys_of(source).into_iter().map(title).collect::<Vec<_>>().join("; ")
    }
}
