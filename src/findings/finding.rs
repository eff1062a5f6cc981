//! A finding, and the error of a document that has violations.

use super::help;
use super::rules::{Rule, Severity};
use crate::path::Place;
use crate::wording::OnALine;

/// One thing that is wrong with a document, or odd about it, and its place.
///
/// Displayed as `CODE at PATH: message`, on one line: control characters, those of the direction of writing too,
/// are escaped, in paths as well.
///
/// ```
/// use force_drawdown::findings::{Segment, Severity};
/// use force_drawdown::{Rule, Terms};
/// let invalid = Terms::new("Plan").validate().unwrap_err();
/// let finding = &invalid.violations()[0];
/// let shown = "empty-list at parties: parties needs at least one member";
/// assert_eq!(finding.to_string(), shown);
/// assert_eq!((finding.code(), finding.severity()), ("empty-list", Severity::Violation));
/// assert_eq!(finding.rule(), &Rule::EmptyList { list: "parties" });
/// assert_eq!(finding.place().segments(), [Segment::Field("parties")]);
/// ```
///
/// # How is it fixed?
///
/// ```
/// use force_drawdown::{ReadError, Terms};
/// let json = r#"{ "titel": "Plan", "title": "Plan", "parties": [], "forces": [],
///     "phases": [{ "id": "1", "by": "June 2025" }] }"#;
/// let read = Terms::read(&mut serde_json::Deserializer::from_str(json));
/// let Err(ReadError::Invalid(invalid)) = read else { panic!("it has two mistakes") };
/// let violations = invalid.violations().iter();
/// let help: Vec<_> = violations.filter_map(|violation| violation.help()).collect();
/// assert_eq!(help, [r#"did you mean "title"?"#, r#"did you mean "2025-06"?"#]);
/// ```
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
#[error("{} at {}: {}", .rule.code(), .place, OnALine(.rule))]
pub struct Finding {
    pub(super) place: Place,
    pub(super) rule: Rule,
}

impl Finding {
    pub(crate) fn new(place: impl Into<Place>, rule: Rule) -> Self {
        Self { place: place.into(), rule }
    }

    /// The place in the document.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// The place as messages show it, such as `phases[1].limits[0].withdraw`; `document` is the whole of it.
    #[must_use]
    pub fn path(&self) -> String {
        self.place.to_string()
    }

    /// The rule that was broken, with the offending values.
    #[must_use]
    pub const fn rule(&self) -> &Rule {
        &self.rule
    }

    /// The stable kebab-case name of the rule.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.rule.code()
    }

    /// Whether the document is wrong here, or only odd.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// A fix, if one is known: the word that was probably meant, or how to write it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        help::help(&self.rule, &self.place)
    }
}

/// Every violation of a document, in the order of the document's parts. The first 1,000 are kept and the others counted;
/// [`findings::in_full`](crate::findings::in_full) keeps all.
///
/// Displayed one a line, with its fix if one is known, and the number of the others in a last line.
///
/// ```
/// use force_drawdown::Terms;
/// let invalid = Terms::new("Plan").validate().unwrap_err();
/// assert_eq!(invalid.violations().len(), 3);
/// assert_eq!(invalid.to_string().lines().count(), 3);
/// ```
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
#[error("{}", lines(self))]
pub struct Violations {
    violations: Vec<Finding>,
    further: Vec<(&'static str, usize)>,
}

impl Violations {
    /// Some in full, and so many more of each code.
    pub(crate) fn new(violations: Vec<Finding>, further: impl IntoIterator<Item = (&'static str, usize)>) -> Self {
        Self { violations, further: further.into_iter().collect() }
    }

    /// The violations; at least one, and at most the first 1,000.
    #[must_use]
    pub fn violations(&self) -> &[Finding] {
        &self.violations
    }

    /// How many more there are of each code, sorted by code.
    #[must_use]
    pub fn further(&self) -> &[(&'static str, usize)] {
        &self.further
    }

    /// How many more there are, in words; `None` if there are none.
    pub(crate) fn further_in_words(&self) -> Option<String> {
        let all = self.further.iter().fold(0_usize, |all, (_, count)| all.saturating_add(*count));
        let of_code = |(code, count): &(&str, usize)| format!("{code} {count}");
        (all > 0)
            .then(|| format!("and {all} more: {}", self.further.iter().map(of_code).collect::<Vec<_>>().join(", ")))
    }

    /// The violations, given away.
    #[must_use]
    pub fn into_violations(self) -> Vec<Finding> {
        self.violations
    }
}

fn lines(found: &Violations) -> String {
    let line = |violation: &Finding| match violation.help() {
        Some(help) => format!("{violation}; {}", OnALine(help)),
        None => violation.to_string(),
    };
    let lines = found.violations.iter().map(line).chain(found.further_in_words());
    lines.collect::<Vec<_>>().join("\n")
}
