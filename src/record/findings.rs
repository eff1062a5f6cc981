//! What is wrong with the record, by the place of the act.

use crate::findings::{Rule, Violation};

/// Violations, each with the place of its act.
#[derive(Default)]
pub(super) struct Findings(Vec<(usize, Violation)>);

impl Findings {
    pub(super) fn report(&mut self, place: usize, field: &str, rule: Rule) {
        self.0.push((place, Violation::new(format!("record[{place}]{field}"), rule)));
    }

    /// Gives them in the order of the document.
    pub(super) fn finish(mut self, out: &mut Vec<Violation>) {
        self.0.sort_by_key(|(place, _)| *place);
        out.extend(self.0.into_iter().map(|(_, violation)| violation));
    }
}
