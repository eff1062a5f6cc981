//! Violations found while a version is resolved, and where to report them.

use std::collections::HashSet;

use crate::violation::{Rule, Violation};

/// Something wrong with a version.
pub(crate) struct Finding {
    /// The place of what is wrong.
    path: String,
    /// The amendment that this place stands in.
    amendment: Option<usize>,
    rule: Rule,
}

impl Finding {
    pub(crate) const fn new(path: String, amendment: Option<usize>, rule: Rule) -> Self {
        Self { path, amendment, rule }
    }
}

/// The violations of all versions, each reported once and by the amendment that brought it.
#[derive(Default)]
pub(crate) struct Findings {
    violations: Vec<Violation>,
    seen: HashSet<(String, &'static str, String)>,
    /// The amendment whose version is being resolved.
    pub(crate) amendment: Option<usize>,
}

impl Findings {
    pub(crate) fn push(&mut self, finding: Finding) {
        let Finding { path, amendment, rule } = finding;
        // One deadline may name several phases that are not there; else, one rule is broken once in one place.
        let which = if let Rule::UnknownPhase { id, .. } = &rule { id.clone() } else { String::new() };
        if !self.seen.insert((path.clone(), rule.code(), which)) {
            return;
        }
        let path = match self.amendment {
            Some(current) if amendment != Some(current) => format!("amendments[{current}]"),
            _ => path,
        };
        self.violations.push(Violation::new(path, rule));
    }

    pub(crate) fn into_violations(self) -> Vec<Violation> {
        self.violations
    }
}
