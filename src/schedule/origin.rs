//! Where in the document a part of a version is written.

use crate::path::Place;

/// Where in the document something stands.
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
}
