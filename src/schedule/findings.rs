//! Violations found while a version is resolved, and where to report them.

use std::collections::HashSet;

use crate::findings::{Rule, Violation};

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

/// What is found where: the path, the code, and which one of several.
type Key = (String, &'static str, String);

/// The violations of all versions, each reported once, by the amendment that brought it.
#[derive(Default)]
pub(crate) struct Findings {
    violations: Vec<Violation>,
    /// Those of any version, of the version before, and of this one.
    ever: HashSet<Key>,
    before: HashSet<Key>,
    now: HashSet<Key>,
    /// What this version breaks again that was mended in between: one of a kind, or amendments that break and mend
    /// everything by turns would be reported at a length out of proportion.
    again: HashSet<&'static str>,
    /// The amendment whose version is being resolved.
    amendment: Option<usize>,
}

impl Findings {
    /// Goes on to the version that an amendment makes.
    pub(super) fn begin(&mut self, amendment: usize) {
        self.amendment = Some(amendment);
        self.before = std::mem::take(&mut self.now);
        self.again.clear();
    }

    /// The version leaves all schedules as they are, and what was wrong with them.
    pub(super) fn nothing_mended(&mut self) {
        self.now.extend(self.before.drain());
    }

    pub(crate) fn push(&mut self, finding: Finding) {
        let Finding { path, amendment, rule } = finding;
        // One deadline may name several phases that are not there; else, one rule is broken once in one place.
        let which = if let Rule::UnknownPhase { id, .. } = &rule { id.clone() } else { String::new() };
        let key = (path.clone(), rule.code(), which);
        if !self.now.insert(key.clone()) || self.before.contains(&key) {
            return;
        }
        if !self.ever.insert(key) && !self.again.insert(rule.code()) {
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
