//! Where in the document a part of a version is written.

use crate::path::Place;
use crate::terms::{Change, Force, Phase, PhaseChange, Terms};

/// Where in the document something is written: an index into its terms, which outlives no borrow.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Origin {
    /// In the document's own list, at this index.
    Base(usize),
    /// In a change of an amendment.
    Change { amendment: usize, change: usize },
    /// In what a change of an amendment adds.
    Added { amendment: usize, change: usize },
}

impl Origin {
    /// The place of a member of `list`, whose additions are in the field `added`.
    pub(crate) fn place(self, list: &'static str, added: &'static str) -> Place {
        let change_of = |amendment, change| Place::from("amendments").index(amendment).field("changes").index(change);
        match self {
            Self::Base(index) => Place::from(list).index(index),
            Self::Change { amendment, change } => change_of(amendment, change),
            Self::Added { amendment, change } => change_of(amendment, change).field(added),
        }
    }

    /// The place of a phase.
    pub(crate) fn of_phase(self) -> Place {
        self.place("phases", "add")
    }

    /// The place of a force.
    pub(crate) fn of_force(self) -> Place {
        self.place("forces", "add_force")
    }

    /// The change that is written there; `None` in the document's own lists.
    pub(super) fn change(self, terms: &Terms) -> Option<&Change> {
        match self {
            Self::Base(_) => None,
            Self::Change { amendment, change } | Self::Added { amendment, change } => {
                terms.amendments.get(amendment)?.changes.get(change)
            }
        }
    }

    /// The phase that is written there.
    pub(crate) fn phase(self, terms: &Terms) -> Option<&Phase> {
        match (self, self.change(terms)) {
            (Self::Base(index), _) => terms.phases.get(index),
            (Self::Added { .. }, Some(Change::Add { add, .. })) => Some(add),
            _ => None,
        }
    }

    /// The change of a phase that is written there.
    pub(super) fn phase_change(self, terms: &Terms) -> Option<&PhaseChange> {
        match self.change(terms) {
            Some(Change::Phase(fields)) => Some(fields),
            _ => None,
        }
    }

    /// The force that is written there.
    pub(crate) fn force(self, terms: &Terms) -> Option<&Force> {
        match (self, self.change(terms)) {
            (Self::Base(index), _) => terms.forces.get(index),
            (_, Some(Change::AddForce { add_force })) => Some(add_force),
            _ => None,
        }
    }
}
