//! The one collector of findings.

use std::collections::HashMap;

use super::finding::{Finding, Violations};
use super::rules::{Rule, Severity};
use crate::path::{Place, Segment};

/// What was found so far.
///
/// A walk says where a part was only after it, and only if something was found there, so that no place is made for
/// what is right.
#[derive(Default, Debug)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    /// What reading found that the checks of what a document says report in their own order.
    waiting: HashMap<Place, Finding>,
    /// Where the checks are, while something waits.
    here: Place,
}

impl Findings {
    /// Records a finding, at its place in the part that is being walked.
    #[cold]
    pub(crate) fn push(&mut self, place: impl Into<Place>, rule: Rule) {
        self.list.push(Finding::new(place, rule));
    }

    /// Puts what was found after the first `count` one segment deeper.
    pub(crate) fn put_below(&mut self, count: usize, segment: impl FnOnce() -> Segment) {
        if self.list.len() > count {
            self.put_all_below(count, &segment());
        }
    }

    #[cold]
    fn put_all_below(&mut self, count: usize, segment: &Segment) {
        for finding in self.list.get_mut(count..).unwrap_or_default() {
            finding.put_below(segment.clone());
        }
    }

    /// Goes on to a part of what is checked; what was found before is told from what will be by the number given back.
    pub(crate) fn enter(&mut self, segment: Segment) -> usize {
        if !self.waiting.is_empty() {
            self.here.enter(segment);
        }
        self.list.len()
    }

    /// Goes back from a part that was entered.
    pub(crate) fn leave(&mut self, entered: usize, segment: impl FnOnce() -> Segment) {
        if !self.waiting.is_empty() {
            self.here.leave();
        }
        self.put_below(entered, segment);
    }

    /// Keeps limits of the wrong kind, which are found in reading, until the checks come to them.
    pub(crate) fn hold_back(&mut self) {
        let limits = self.list.extract_if(.., |finding| is_of_limit(finding));
        self.waiting = limits.map(|finding| (finding.place().clone(), finding)).collect();
    }

    /// Reports what waits for the place that the checks have come to.
    pub(crate) fn report_waiting_here(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        if let Some(finding) = self.waiting.remove(&self.here) {
            self.list.push(Finding::new(Place::WHOLE, finding.rule().clone()));
        }
    }

    /// Puts limits of the wrong kind last, where no check follows.
    pub(crate) fn put_limits_last(&mut self) {
        self.list.sort_by_key(is_of_limit);
    }

    /// Keeps what is still found when all is known; its values may be written then.
    pub(crate) fn settle(&mut self, mut is_found: impl FnMut((&Place, &mut Rule)) -> bool) {
        self.list.retain_mut(|finding| is_found(finding.place_and_rule()));
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

const fn is_of_limit(finding: &Finding) -> bool {
    matches!(finding.rule(), Rule::LimitKind { .. })
}
