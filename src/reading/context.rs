//! What a reader carries along: the place where it is, and what it has found wrong.

use std::fmt::Display;

use crate::findings::{Findings, Rule};
use crate::path::{Place, Segment};

/// The state of one reading.
#[derive(Debug, Default)]
pub(crate) struct Ctx {
    pub(crate) findings: Findings,
    /// A part is lost without a substitute.
    pub(super) is_lost: bool,
    /// Lists of deadlines around the place.
    pub(super) depth: usize,
}

impl Ctx {
    pub(super) fn new() -> Self {
        Self { findings: Findings::of_violations(), ..Self::default() }
    }

    /// Reads a part that is one step further.
    #[inline]
    pub(crate) fn within<T>(&mut self, segment: impl FnOnce() -> Segment, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.findings.len();
        let value = read(self);
        self.findings.put_below(before, segment);
        value
    }

    /// Records a violation here.
    #[cold]
    pub(crate) fn report(&mut self, rule: Rule) {
        self.findings.push(Place::WHOLE, rule);
    }

    /// Records a violation one step further.
    #[cold]
    pub(crate) fn report_at(&mut self, segment: Segment, rule: Rule) {
        self.findings.push(Place::WHOLE.then(segment), rule);
    }

    /// Records that a value of another type is here; always `None`, which a reader then returns.
    #[cold]
    pub(crate) fn wrong_type<T>(&mut self, expected: &'static str, found: impl Display) -> Option<T> {
        self.report(Rule::WrongType { expected, found: found.to_string() });
        None
    }

    /// Records that a field is missing, which the checks of the whole need.
    #[cold]
    pub(super) fn miss(&mut self, field: &'static str) {
        self.report_at(Segment::Field(field), Rule::MissingField { field });
        self.lose();
    }

    /// Marks that something is missing that the checks of the whole need.
    pub(crate) const fn lose(&mut self) {
        self.is_lost = true;
    }
}
