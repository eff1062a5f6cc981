//! What a reader carries along: the place where it is, and what it has found wrong.

use std::fmt::Display;

use crate::findings::{Findings, Rule};
use crate::path::{Place, Segment};

/// What was read, with the mistakes.
#[derive(Debug)]
pub(crate) struct Reading<T> {
    /// The value, with substitutes for parts that could not be read.
    pub(crate) value: Option<T>,
    /// The mistakes, in the order of the document.
    pub(crate) findings: Findings,
    /// A part is lost without a substitute, so that checks of the whole would report what is no mistake.
    pub(crate) structural: bool,
}

/// The state of one reading.
#[derive(Debug, Default)]
pub(crate) struct Ctx {
    findings: Findings,
    structural: bool,
    /// Lists of deadlines around the place.
    pub(super) depth: usize,
}

impl Ctx {
    pub(super) fn new() -> Self {
        Self { findings: Findings::of_violations(), ..Self::default() }
    }

    /// Reads a part that is one step further.
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
        self.structural = true;
    }

    /// How many fields that do not belong there are so far.
    pub(crate) const fn unknown_fields(&self) -> usize {
        self.findings.unknown_fields()
    }

    /// Keeps what is still found when all is known; its values may be written then.
    pub(super) fn settle(&mut self, is_found: impl FnMut((&Place, &mut Rule)) -> bool) {
        self.findings.settle(is_found);
    }

    pub(super) fn finish<T>(self, value: Option<T>) -> Reading<T> {
        let structural = self.structural || value.is_none();
        Reading { value, findings: self.findings, structural }
    }
}
