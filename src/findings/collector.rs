//! The one collector of findings.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

use super::finding::{Finding, Violations};
use super::rules::{Rule, Severity};
use crate::path::{Place, Segment};

/// How many violations are reported in full.
const MOST: usize = 1_000;

thread_local! {
    static MOST_HERE: Cell<usize> = const { Cell::new(MOST) };
}

pub(crate) fn most_in_full() -> usize {
    MOST_HERE.get()
}

/// Asks with every mistake reported in full, where [`Violations::further`](crate::Violations::further) would count those
/// after the first 1,000. Memory then grows with the violations: a document of a megabyte may have half a million.
///
/// ```
/// use force_drawdown::{Terms, findings, terms::Force};
/// let mut terms = Terms::new("Plan");
/// terms.forces = vec![Force::new("?"); 1_500];
/// let short = terms.validate().unwrap_err();
/// assert_eq!((short.violations().len(), short.further()[0].0), (1_000, "duplicate-id"));
/// let full = findings::in_full(|| terms.validate()).unwrap_err();
/// let further: usize = short.further().iter().map(|(_, count)| count).sum();
/// assert_eq!((full.violations().len(), full.further().len()), (1_000 + further, 0));
/// ```
pub fn in_full<T>(ask: impl FnOnce() -> T) -> T {
    /// Counts again where what was asked ends or panics.
    struct Before(usize);
    impl Drop for Before {
        fn drop(&mut self) {
            MOST_HERE.set(self.0);
        }
    }
    let _before = Before(MOST_HERE.replace(usize::MAX));
    ask()
}

/// What was found so far.
///
/// A walk says where a part was only after it, and only if something was found there, so that no place is made for
/// what is right.
#[derive(Default, Debug)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    /// How many are kept, and how many of each code were found beyond them; `None` where all are, advice too.
    most: Option<usize>,
    further: BTreeMap<&'static str, usize>,
    /// How many fields do not belong.
    unknown_fields: usize,
    /// What reading found that the checks of what a document says report in their own order.
    waiting: HashMap<Place, Finding>,
    /// Where the checks are, while something waits.
    here: Place,
}

impl Findings {
    /// For the violations of a document, of which the first are kept and the others counted.
    pub(crate) fn of_violations() -> Self {
        Self { most: Some(most_in_full()), ..Self::default() }
    }

    /// Records a finding, at its place in the part that is being walked.
    #[cold]
    pub(crate) fn push(&mut self, place: impl Into<Place>, rule: Rule) {
        if matches!(rule, Rule::UnknownField { .. }) {
            self.unknown_fields = self.unknown_fields.saturating_add(1);
        }
        match self.most {
            Some(_) if rule.severity() == Severity::Advice => {}
            // A word after a number may turn out to be right.
            Some(most) if self.list.len() >= most && !matches!(rule, Rule::OtherUnit { .. }) => {
                self.count(rule.code());
            }
            _ => self.list.push(Finding::new(place, rule)),
        }
    }

    fn count(&mut self, code: &'static str) {
        let count = self.further.entry(code).or_default();
        *count = count.saturating_add(1);
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
            finding.place.put_below(segment.clone());
        }
    }

    /// Goes on to a part of what is checked; what was found before is told from what will be by the number given back.
    #[inline]
    pub(crate) fn enter(&mut self, segment: Segment) -> usize {
        if !self.waiting.is_empty() {
            self.here.enter(segment);
        }
        self.len()
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
            self.push(Place::WHOLE, finding.rule().clone());
        }
    }

    /// Puts limits of the wrong kind last, where no check follows.
    pub(crate) fn put_limits_last(&mut self) {
        self.list.sort_by_key(is_of_limit);
    }

    /// Keeps what is still found when all is known, and counts what is too much; values may be written then.
    pub(crate) fn settle(&mut self, mut is_found: impl FnMut(&Place, &mut Rule) -> bool) {
        self.list.retain_mut(|finding| is_found(&finding.place, &mut finding.rule));
        let most = self.most.unwrap_or(usize::MAX).min(self.list.len());
        for finding in self.list.split_off(most) {
            self.count(finding.code());
        }
    }

    pub(crate) const fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) const fn unknown_fields(&self) -> usize {
        self.unknown_fields
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
        if self.list.is_empty() { Ok(()) } else { Err(self.into_violations()) }
    }

    /// The error of a document that has violations.
    pub(crate) fn into_violations(self) -> Violations {
        Violations::new(self.list, self.further)
    }

    pub(crate) fn into_list(self) -> Vec<Finding> {
        self.list
    }
}

const fn is_of_limit(finding: &Finding) -> bool {
    matches!(finding.rule(), Rule::LimitKind { .. })
}
