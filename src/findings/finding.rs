//! A finding, and the error of a document that has violations.

use super::help;
use super::rules::{Rule, Severity};
use crate::path::{Place, Segment};
use crate::wording::OnALine;

/// One thing that is wrong with a document, or odd about it, and its place.
///
/// Displayed as `CODE at PATH: message`, on one line: control characters are escaped, in paths as well.
///
/// ```
/// use force_drawdown::Terms;
/// let invalid = Terms::new("Plan").validate().unwrap_err();
/// assert_eq!(invalid.violations()[0].to_string(), "empty-list at parties: parties needs at least one member");
/// ```
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
#[error("{} at {}: {}", .rule.code(), .place, OnALine(.rule))]
pub struct Finding {
    place: Place,
    rule: Rule,
}

impl Finding {
    pub(crate) fn new(place: impl Into<Place>, rule: Rule) -> Self {
        Self { place: place.into(), rule }
    }

    pub(super) fn put_below(&mut self, segment: Segment) {
        self.place.put_below(segment);
    }

    /// The place in the document.
    ///
    /// ```
    /// # let invalid = force_drawdown::Terms::new("Plan").validate().unwrap_err();
    /// use force_drawdown::findings::Segment;
    /// assert_eq!(invalid.violations()[0].place().segments(), [Segment::Field("parties")]);
    /// ```
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// The place as messages show it, such as `phases[1].limits[0].withdraw`; `document` is the whole of it.
    ///
    /// ```
    /// # let invalid = force_drawdown::Terms::new("Plan").validate().unwrap_err();
    /// assert_eq!(invalid.violations()[0].path(), "parties");
    /// ```
    #[must_use]
    pub fn path(&self) -> String {
        self.place.to_string()
    }

    /// What is found, with the offending values.
    ///
    /// ```
    /// # let invalid = force_drawdown::Terms::new("Plan").validate().unwrap_err();
    /// use force_drawdown::Rule;
    /// assert_eq!(invalid.violations()[0].rule(), &Rule::EmptyList { list: "parties" });
    /// ```
    #[must_use]
    pub const fn rule(&self) -> &Rule {
        &self.rule
    }

    /// The stable kebab-case name of the rule.
    ///
    /// ```
    /// # let invalid = force_drawdown::Terms::new("Plan").validate().unwrap_err();
    /// assert_eq!(invalid.violations()[0].code(), "empty-list");
    /// ```
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.rule.code()
    }

    /// Whether it is wrong, or only odd.
    ///
    /// ```
    /// # let invalid = force_drawdown::Terms::new("Plan").validate().unwrap_err();
    /// use force_drawdown::findings::Severity;
    /// assert_eq!(invalid.violations()[0].severity(), Severity::Violation);
    /// ```
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// What may put it right, if something comes to mind: the word that was probably meant, or how to write it.
    ///
    /// ```
    /// use force_drawdown::{ReadError, Terms};
    /// let json = r#"{ "titel": "Plan", "title": "Plan", "parties": [], "forces": [], "phases": [{ "id": "1", "by": "June 2025" }] }"#;
    /// let Err(ReadError::Invalid(invalid)) = Terms::read(&mut serde_json::Deserializer::from_str(json)) else {
    ///     unreachable!("it has two mistakes");
    /// };
    /// let help: Vec<_> = invalid.violations().iter().filter_map(|violation| violation.help()).collect();
    /// assert_eq!(help, [r#"did you mean "title"?"#, r#"did you mean "2025-06"?"#]);
    /// ```
    #[must_use]
    pub fn help(&self) -> Option<String> {
        help::help(&self.rule)
    }
}

/// Every violation of a document, in the order of the document's parts.
///
/// Displayed one a line.
///
/// ```
/// use force_drawdown::Terms;
/// let invalid = Terms::new("Plan").validate().unwrap_err();
/// assert_eq!(invalid.to_string().lines().count(), invalid.violations().len());
/// ```
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
#[error("{}", Lines(.violations))]
pub struct Violations {
    violations: Vec<Finding>,
}

impl Violations {
    pub(crate) const fn new(violations: Vec<Finding>) -> Self {
        Self { violations }
    }

    /// The violations; at least one.
    ///
    /// ```
    /// # let invalid = force_drawdown::Terms::new("Plan").validate().unwrap_err();
    /// assert_eq!(invalid.violations().len(), 3);
    /// ```
    #[must_use]
    pub fn violations(&self) -> &[Finding] {
        &self.violations
    }

    /// The violations, given away.
    ///
    /// ```
    /// # let invalid = force_drawdown::Terms::new("Plan").validate().unwrap_err();
    /// assert_eq!(invalid.into_violations().len(), 3);
    /// ```
    #[must_use]
    pub fn into_violations(self) -> Vec<Finding> {
        self.violations
    }
}

struct Lines<'a>(&'a [Finding]);

impl std::fmt::Display for Lines<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (position, finding) in self.0.iter().enumerate() {
            if position > 0 {
                writeln!(f)?;
            }
            write!(f, "{finding}")?;
        }
        Ok(())
    }
}
