//! Where in the document an act is written.

use crate::path::Place;

/// The place of an act, by its index.
pub(super) fn place_of(act: usize) -> Place {
    Place::from("record").index(act)
}
