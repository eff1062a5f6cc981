//! Where in the document a part of a version is written.

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
    /// The amendment that it stands in.
    pub(crate) const fn amendment(self) -> Option<usize> {
        match self {
            Self::Base(_) => None,
            Self::Change { amendment, .. } | Self::Added { amendment, .. } => Some(amendment),
        }
    }

    /// The path of a field of a member of `list`, whose additions are in the field `added`.
    pub(crate) fn path(self, list: &str, added: &str, field: &str) -> String {
        let dot = if field.is_empty() { "" } else { "." };
        match self {
            Self::Base(index) => format!("{list}[{index}]{dot}{field}"),
            Self::Change { amendment, change } => format!("amendments[{amendment}].changes[{change}]{dot}{field}"),
            Self::Added { amendment, change } => {
                format!("amendments[{amendment}].changes[{change}].{added}{dot}{field}")
            }
        }
    }

    /// The path of a field of a phase.
    pub(crate) fn of_phase(self, field: &str) -> String {
        self.path("phases", "add", field)
    }
}
