//! The one collector of findings, which knows where a walk over a document is.

use super::finding::{Finding, Violations};
use super::rules::{Rule, Severity};
use crate::path::{Place, Segment};

/// What was found so far, and the place where the walk is.
#[derive(Default, Debug)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    here: Place,
    /// What reading found that the checks of what a document says report, in their own order.
    waiting: Vec<Finding>,
}

impl Findings {
    /// Goes on to a value one step further, until [`leave`](Self::leave).
    pub(crate) fn enter(&mut self, segment: Segment) {
        self.here.enter(segment);
    }

    pub(crate) fn leave(&mut self) {
        self.here.leave();
    }

    /// Records a finding at a place below this one.
    #[cold]
    pub(crate) fn push(&mut self, below: impl Into<Place>, rule: Rule) {
        let place = below.into().segments().iter().cloned().fold(self.here.clone(), Place::then);
        self.list.push(Finding::new(place, rule));
    }

    /// Records a finding here that is reported when a check comes to this place.
    #[cold]
    pub(crate) fn wait(&mut self, rule: Rule) {
        self.waiting.push(Finding::new(self.here.clone(), rule));
    }

    /// Reports what waits for this place.
    pub(crate) fn report_waiting_here(&mut self) {
        let here = &self.here;
        self.list.extend(self.waiting.extract_if(.., |finding| finding.place() == here));
    }

    /// Reports all that waits, where no check follows.
    pub(crate) fn report_waiting(&mut self) {
        self.list.append(&mut self.waiting);
    }

    /// Adds what another collector found.
    pub(crate) fn extend(&mut self, findings: Vec<Finding>) {
        self.list.extend(findings);
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// What was found after the first `count`.
    pub(crate) fn since(&self, count: usize) -> &[Finding] {
        self.list.get(count..).unwrap_or_default()
    }

    /// Puts what was found after the first `count` in the order of the members of the document's list.
    pub(crate) fn order_by_member(&mut self, count: usize) {
        let member = |finding: &Finding| match finding.place().segments() {
            [_, Segment::Index(index), ..] => *index,
            _ => 0,
        };
        if let Some(found) = self.list.get_mut(count..) {
            found.sort_by_key(member);
        }
    }

    /// The error of a document with violations, if there are any.
    pub(crate) fn into_result(mut self) -> Result<(), Violations> {
        self.list.retain(|finding| finding.severity() == Severity::Violation);
        if self.list.is_empty() { Ok(()) } else { Err(Violations::new(self.list)) }
    }

    pub(crate) fn into_list(self) -> Vec<Finding> {
        self.list
    }
}
