//! Where in the document a part of a version is written.

use crate::path::Place;
use crate::terms::{Change, Force, Phase, PhaseChange, Terms};

/// Where in the document something is written, by index. It is small, for each version keeps many.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Origin {
    /// In the document's own list.
    Base(u32),
    /// In a change of an amendment.
    Change { amendment: u32, change: u32 },
    /// In what a change of an amendment adds.
    Added { amendment: u32, change: u32 },
}

/// An index in four bytes: no list of a document is longer than that.
fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn widen(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

impl Origin {
    /// In the document's own list, at this index.
    pub(super) fn base(index: usize) -> Self {
        Self::Base(narrow(index))
    }

    /// In a change of an amendment.
    pub(super) fn change(amendment: usize, change: usize) -> Self {
        Self::Change { amendment: narrow(amendment), change: narrow(change) }
    }

    /// In what a change of an amendment adds.
    pub(super) fn added(amendment: usize, change: usize) -> Self {
        Self::Added { amendment: narrow(amendment), change: narrow(change) }
    }

    /// The place of a member of `list`, whose additions are in the field `added`.
    pub(crate) fn place(self, list: &'static str, added: &'static str) -> Place {
        let change_of =
            |amendment, change| Place::from("amendments").index(widen(amendment)).field("changes").index(widen(change));
        match self {
            Self::Base(index) => Place::from(list).index(widen(index)),
            Self::Change { amendment, change } => change_of(amendment, change),
            Self::Added { amendment, change } => change_of(amendment, change).field(added),
        }
    }

    pub(crate) fn of_phase(self) -> Place {
        self.place("phases", "add")
    }

    pub(crate) fn of_force(self) -> Place {
        self.place("forces", "add_force")
    }

    /// The change that is written there; `None` in the document's own lists.
    pub(super) fn change_in(self, terms: &Terms) -> Option<&Change> {
        match self {
            Self::Base(_) => None,
            Self::Change { amendment, change } | Self::Added { amendment, change } => {
                terms.amendments.get(widen(amendment))?.changes.get(widen(change))
            }
        }
    }

    pub(crate) fn phase(self, terms: &Terms) -> Option<&Phase> {
        match (self, self.change_in(terms)) {
            (Self::Base(index), _) => terms.phases.get(widen(index)),
            (Self::Added { .. }, Some(Change::Add { add, .. })) => Some(add),
            _ => None,
        }
    }

    pub(super) fn phase_change(self, terms: &Terms) -> Option<&PhaseChange> {
        match self.change_in(terms) {
            Some(Change::Phase(fields)) => Some(fields),
            _ => None,
        }
    }

    pub(crate) fn force(self, terms: &Terms) -> Option<&Force> {
        match (self, self.change_in(terms)) {
            (Self::Base(index), _) => terms.forces.get(widen(index)),
            (_, Some(Change::AddForce { add_force })) => Some(add_force),
            _ => None,
        }
    }
}
