//! The versions of an agreement, and what changed between two.

use std::collections::{HashMap, HashSet};
use std::fmt;

use chrono::NaiveDate;

use super::Agreement;
use crate::schedule::Schedule;
use crate::schedule::consolidated_text::{ConsolidatedText, ForceText};
use crate::schedule::phase_text::PhaseText;
use crate::schedule::version::VersionEntry;
use crate::terms::{Amendment, Deadline, Limit, Residual, Terms};

/// One version of an agreement.
///
/// ```
/// # use force_drawdown::{day, doc_examples::iraq};
/// let late = iraq().delayed("2", 30, day!(2026, 6, 1)).unwrap();
/// let versions: Vec<_> = late.versions().collect();
/// assert_eq!((versions[1].number(), versions[1].effective()), (1, Some(day!(2026, 6, 1))));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    agreement: &'a Agreement,
    number: usize,
    kept: &'a VersionEntry,
}

impl<'a> Version<'a> {
    /// Its number; 0 is as first agreed.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// assert_eq!(iraq().versions().next().unwrap().number(), 0);
    /// ```
    #[must_use]
    pub const fn number(self) -> usize {
        self.number
    }

    /// The first day that it governs; `None` for the version as first agreed.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// assert_eq!(iraq().versions().next().unwrap().effective(), None);
    /// ```
    #[must_use]
    pub const fn effective(self) -> Option<NaiveDate> {
        self.kept.effective
    }

    /// The amendment that made it; `None` for the version as first agreed.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// assert!(iraq().versions().next().unwrap().amendment().is_none());
    /// ```
    #[must_use]
    pub fn amendment(self) -> Option<&'a Amendment> {
        self.agreement.terms().amendments.get(self.kept.amendment?)
    }

    /// The schedule of a force in this version, whatever the day; `None` if it has no such force.
    ///
    /// ```
    /// # use force_drawdown::{day, doc_examples::iraq};
    /// let agreement = iraq();
    /// let schedule = agreement.versions().next().unwrap().schedule("us").unwrap();
    /// assert_eq!(schedule.required_on(day!(2026, 12, 31)).unwrap().strict, 0);
    /// ```
    #[must_use]
    pub fn schedule(self, force: &str) -> Option<Schedule<'a>> {
        Schedule::new(self.agreement.history().only(self.number)?, force)
    }

    /// What changed from another version to this one, in words.
    ///
    /// ```
    /// # use force_drawdown::{day, doc_examples::iraq};
    /// let late = iraq().delayed("2", 30, day!(2026, 6, 1)).unwrap();
    /// let versions: Vec<_> = late.versions().collect();
    /// assert_eq!(versions[1].diff(versions[0]).to_string(), "phase 2: by, from end of 2026 to 2027-01-30");
    /// ```
    #[must_use]
    pub fn diff(self, from: Self) -> Diff {
        diff(from.text(), self.text())
    }

    /// Its text, with the terms that it was made from.
    fn text(self) -> (&'a Terms, &'a ConsolidatedText) {
        (self.agreement.terms(), &self.kept.full.text)
    }
}

impl Agreement {
    /// The versions, in the order in which they take effect.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// assert_eq!(iraq().versions().count(), 1);
    /// ```
    #[must_use]
    pub fn versions(&self) -> impl ExactSizeIterator<Item = Version<'_>> {
        let kept = self.history().versions().iter().enumerate();
        kept.map(|(number, kept)| Version { agreement: self, number, kept })
    }
}

/// One thing that changed.
///
/// ```
/// # use force_drawdown::{day, doc_examples::iraq};
/// let late = iraq().delayed("2", 30, day!(2026, 6, 1)).unwrap();
/// let versions: Vec<_> = late.versions().collect();
/// let diff = versions[1].diff(versions[0]);
/// let moved = &diff.differences()[0];
/// assert_eq!((moved.what.as_str(), moved.field, moved.to.as_deref()), ("phase 2", "by", Some("2027-01-30")));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// What changed: `phase 2`, `force us`, `the residual`.
    pub what: String,
    /// Its field; empty where it was added or dropped as a whole.
    pub field: &'static str,
    /// What it was; `None` where it was not there.
    pub from: Option<String>,
    /// What it is; `None` where it is not there any more.
    pub to: Option<String>,
}

/// `phase 2: by, from end of 2026 to 2026-09`, `phase 3 added: …`, `phase 3 dropped`.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, field, from, to } = self;
        match (from, to, field.is_empty()) {
            (None, Some(to), true) => write!(f, "{what} added: {to}"),
            (_, _, true) => write!(f, "{what} dropped"),
            (Some(from), Some(to), false) => write!(f, "{what}: {field}, from {from} to {to}"),
            (None, Some(to), false) => write!(f, "{what}: {field} set to {to}"),
            (Some(from), None, false) => write!(f, "{what}: {field} taken away, it was {from}"),
            (None, None, false) => write!(f, "{what}: {field}"),
        }
    }
}

/// Everything that changed between two versions.
///
/// ```
/// # use force_drawdown::{day, doc_examples::iraq};
/// let late = iraq().delayed("2", 30, day!(2026, 6, 1)).unwrap();
/// let versions: Vec<_> = late.versions().collect();
/// assert_eq!(versions[1].diff(versions[0]).differences().len(), 1);
/// assert!(versions[0].diff(versions[0]).differences().is_empty());
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Diff {
    differences: Vec<Difference>,
}

impl Diff {
    /// What changed, phases first.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// let agreement = iraq();
    /// let version = agreement.versions().next().unwrap();
    /// assert!(version.diff(version).differences().is_empty());
    /// ```
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    fn compare(&mut self, what: &str, field: &'static str, from: Option<String>, to: Option<String>) {
        if from != to {
            self.differences.push(Difference { what: what.to_owned(), field, from, to });
        }
    }
}

/// One a line; `no change` where there is none.
impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.differences.is_empty() {
            return f.write_str("no change");
        }
        for (position, difference) in self.differences.iter().enumerate() {
            if position > 0 {
                writeln!(f)?;
            }
            write!(f, "{difference}")?;
        }
        Ok(())
    }
}

fn diff((before, from): (&Terms, &ConsolidatedText), (after, to): (&Terms, &ConsolidatedText)) -> Diff {
    let mut diff = Diff::default();
    let old: HashMap<&str, &PhaseText> = from.phases.iter().map(|phase| (phase.id(before), phase)).collect();
    let kept: HashSet<&str> = to.phases.iter().map(|phase| phase.id(after)).collect();
    for phase in from.phases.iter().filter(|phase| !kept.contains(phase.id(before))) {
        diff.compare(&format!("phase {}", phase.id(before)), "", Some(summary(before, phase)), None);
    }
    for new in &to.phases {
        let what = format!("phase {}", new.id(after));
        let Some(old) = old.get(new.id(after)) else {
            diff.compare(&what, "", None, Some(summary(after, new)));
            continue;
        };
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let from = |from: Option<&Deadline>| from.map(ToString::to_string);
        diff.compare(&what, "by", Some(old.by(before).to_string()), Some(new.by(after).to_string()));
        diff.compare(&what, "from", from(old.from(before)), from(new.from(after)));
        diff.compare(&what, "limits", Some(limits(old.limits(before))), Some(limits(new.limits(after))));
        diff.compare(&what, "done", owned(old.done(before)), owned(new.done(after)));
        diff.compare(&what, "conditions", names(old.conditions(before)), names(new.conditions(after)));
        diff.compare(&what, "standing", Some(old.standing.to_string()), Some(new.standing.to_string()));
        diff.compare(&what, "title", owned(old.title(before)), owned(new.title(after)));
    }
    for (index, new) in to.forces.iter().enumerate() {
        let what = format!("force {}", new.id(after));
        if let Some(old) = from.forces.get(index) {
            diff.compare(&what, "baseline", baseline(old), baseline(new));
        } else {
            let name = new.at.force(after).and_then(|force| force.name.as_deref());
            diff.compare(&what, "", None, Some(name.unwrap_or_else(|| new.id(after)).to_owned()));
        }
    }
    diff.compare("the residual", "strength", residuals(from.residual(before)), residuals(to.residual(after)));
    diff
}

fn summary(terms: &Terms, phase: &PhaseText) -> String {
    let done = phase.done(terms).map(|done| format!(", done {done}")).unwrap_or_default();
    format!("by {}, {}{done}", phase.by(terms), limits(phase.limits(terms)))
}

fn baseline(force: &ForceText) -> Option<String> {
    let base = force.baselines.last()?;
    let authorised = if base.authorised { " (authorised)" } else { "" };
    Some(format!("{} as of {}{authorised}", base.strength, crate::day::Iso(base.as_of)))
}

fn limits(limits: &[Limit]) -> String {
    if limits.is_empty() {
        return "no limit".to_owned();
    }
    let one = |limit: &Limit| {
        let force = limit.force.as_deref().map(|force| format!(" of {force}")).unwrap_or_default();
        format!("{}{force}", limit.kind)
    };
    limits.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn names(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(", "))
}

fn residuals(residuals: &[Residual]) -> Option<String> {
    let one = |residual: &Residual| {
        let until = residual.until.as_ref().map(|until| format!(" until {until}")).unwrap_or_default();
        let force = residual.force.as_deref().map(|force| format!(" of {force}")).unwrap_or_default();
        format!("{}{force} ({}){until}", residual.strength, residual.status)
    };
    (!residuals.is_empty()).then(|| residuals.iter().map(one).collect::<Vec<_>>().join(", "))
}
