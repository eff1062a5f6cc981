//! A text of a version while it is resolved.

use super::{ConsolidatedText, ForceIndex, Ids, VersionFindings};
use crate::path::Place;
use crate::record::Record;
use crate::terms::Terms;

/// A text, what it is resolved by, and where its mistakes are reported.
pub(super) struct Resolving<'t> {
    pub(super) terms: &'t Terms,
    pub(super) record: &'t Record,
    pub(super) text: &'t ConsolidatedText,
    /// The forces of the text.
    pub(super) forces: Ids<'t>,
    pub(super) out: &'t mut VersionFindings,
}

impl Resolving<'_> {
    /// The force that is named, or the only one; reports at the place that there is none.
    pub(super) fn force(&mut self, named: Option<&str>, place: impl FnOnce() -> Place) -> Option<ForceIndex> {
        let force = find(self.terms, &self.forces, named);
        if force.is_none() {
            self.out.push(of_named(place(), named), self.text.no_force(self.terms, named));
        }
        force
    }
}

/// The index of a force, which may be left out where the document's own list has one.
pub(crate) fn find(terms: &Terms, forces: &Ids<'_>, named: Option<&str>) -> Option<ForceIndex> {
    let index = named.map_or_else(|| (terms.forces.len() == 1).then_some(0), |id| forces.get(id));
    index.map(ForceIndex::new)
}

/// The place of the force that is named, or of what should name it.
pub(super) fn of_named(place: Place, named: Option<&str>) -> Place {
    if named.is_some() { place.field("force") } else { place }
}
