//! What is kept of a document is in proportion to its versions and acts, and so these are bounded.

use crate::findings::{Finding, Rule};
use crate::schedule::size;
use crate::terms::Terms;

/// The most phases, limits and forces of all versions, and the most parties times acts.
const MOST: usize = 1 << 20;

/// The violation of a document of which too much would have to be kept.
pub(super) fn too_large(terms: &Terms) -> Option<Finding> {
    let finding = |place: &'static str, what, found| {
        (found > MOST).then(|| Finding::new(place, Rule::DocumentTooLarge { what, found, most: MOST }))
    };
    let of_versions = if terms.amendments.is_empty() { 0 } else { size::of_all_versions(terms) };
    let of_acts = terms.parties.len().saturating_mul(terms.record.len());
    finding("amendments", "the phases, limits and forces of all versions", of_versions)
        .or_else(|| finding("record", "the parties times the acts", of_acts))
}
