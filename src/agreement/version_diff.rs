//! The versions of an agreement, and what changed between two.

use std::collections::{HashMap, HashSet};
use std::fmt;

use chrono::NaiveDate;

use super::Agreement;
use crate::schedule::{ConsolidatedText, ForceText, PhaseText, Schedule, VersionEntry};
use crate::terms::{Amendment, Deadline, Limit, Residual, Terms};

/// One version of an agreement: its text from one amendment to the next.
///
/// ```
/// use force_drawdown::{catalog, day};
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let late = agreement.delayed("2", 30, day!(2026, 6, 1)).unwrap();
/// let versions: Vec<_> = late.versions().collect();
/// assert_eq!((versions[1].number(), versions[0].effective()), (1, None));
/// assert_eq!(versions[1].effective(), Some(day!(2026, 6, 1)));
/// assert_eq!(versions[1].amendment(), late.terms().amendments.first());
/// let ceiling = versions[0].schedule("us").unwrap().required_on(day!(2026, 12, 31));
/// assert_eq!(ceiling.unwrap().strict, 0);
///
/// // What changed between two versions?
/// let diff = versions[1].diff(versions[0]);
/// assert_eq!(diff.to_string(), "phase 2: by, from end of 2026 to 2027-01-30");
/// let moved = &diff.differences()[0];
/// assert_eq!((moved.what.as_str(), moved.field), ("phase 2", "by"));
/// assert_eq!(moved.to.as_deref(), Some("2027-01-30"));
/// assert_eq!(versions[0].diff(versions[0]).to_string(), "no change");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    agreement: &'a Agreement,
    number: usize,
    kept: &'a VersionEntry,
}

impl<'a> Version<'a> {
    /// The number of the version; 0 is as first agreed.
    #[must_use]
    pub const fn number(self) -> usize {
        self.number
    }

    /// The first day that the version governs; `None` for the version as first agreed.
    #[must_use]
    pub const fn effective(self) -> Option<NaiveDate> {
        self.kept.effective
    }

    /// The amendment that made the version; `None` for the version as first agreed.
    #[must_use]
    pub fn amendment(self) -> Option<&'a Amendment> {
        self.agreement.terms().amendments.get(self.kept.amendment?)
    }

    /// The schedule of a force in this version alone; `None` if the version has no such force.
    #[must_use]
    pub fn schedule(self, force: &str) -> Option<Schedule<'a>> {
        Schedule::new(self.agreement.history().only(self.number)?, force)
    }

    /// The changes from another version to this one.
    #[must_use]
    pub fn diff(self, from: Self) -> Diff {
        let [from, to] = [from, self].map(|version| (version.agreement.terms(), &version.kept.full.text));
        diff(from, to)
    }
}

impl Agreement {
    /// The versions, in the order in which they take effect.
    #[must_use]
    pub fn versions(&self) -> impl ExactSizeIterator<Item = Version<'_>> {
        let kept = self.history().versions.iter().enumerate();
        kept.map(|(number, kept)| Version { agreement: self, number, kept })
    }
}

/// One change between two versions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The part that changed: `phase 2`, `force us`, `the residual`.
    pub what: String,
    /// The field that changed; empty if the part was added or dropped as a whole.
    pub field: &'static str,
    /// The value before; `None` if there was none.
    pub from: Option<String>,
    /// The value after; `None` if there is none any more.
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

/// Every change between two versions.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Diff {
    differences: Vec<Difference>,
}

impl Diff {
    /// The changes: of phases, then of forces, then of the residual.
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
        let lines: Vec<_> = self.differences.iter().map(ToString::to_string).collect();
        f.write_str(if lines.is_empty() { "no change" } else { "" })?;
        f.write_str(&lines.join("\n"))
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
        let conditions = |phase: &PhaseText, terms| listed(phase.conditions(terms), String::clone);
        diff.compare(&what, "by", Some(old.by(before).to_string()), Some(new.by(after).to_string()));
        diff.compare(&what, "from", from(old.from(before)), from(new.from(after)));
        diff.compare(&what, "limits", Some(limits(old.limits(before))), Some(limits(new.limits(after))));
        diff.compare(&what, "done", owned(old.done(before)), owned(new.done(after)));
        diff.compare(&what, "conditions", conditions(old, before), conditions(new, after));
        diff.compare(&what, "standing", Some(old.standing.to_string()), Some(new.standing.to_string()));
        diff.compare(&what, "title", owned(old.title(before)), owned(new.title(after)));
    }
    let old: HashMap<&str, &ForceText> = from.forces.iter().map(|force| (force.id(before), force)).collect();
    for new in &to.forces {
        let what = format!("force {}", new.id(after));
        if let Some(old) = old.get(new.id(after)) {
            diff.compare(&what, "baseline", baseline(old), baseline(new));
        } else {
            let name = new.at.force(after).and_then(|force| force.name.as_deref());
            diff.compare(&what, "", None, Some(name.unwrap_or_else(|| new.id(after)).to_owned()));
        }
    }
    let kept: HashSet<&str> = to.forces.iter().map(|force| force.id(after)).collect();
    for force in from.forces.iter().filter(|force| !kept.contains(force.id(before))) {
        diff.compare(&format!("force {}", force.id(before)), "", Some(String::new()), None);
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
    let one = |limit: &Limit| {
        let force = limit.force.as_deref().map(|force| format!(" of {force}")).unwrap_or_default();
        format!("{}{force}", limit.kind)
    };
    listed(limits, one).unwrap_or_else(|| "no limit".to_owned())
}

fn residuals(residuals: &[Residual]) -> Option<String> {
    listed(residuals, |residual| {
        let until = residual.until.as_ref().map(|until| format!(" until {until}")).unwrap_or_default();
        let force = residual.force.as_deref().map(|force| format!(" of {force}")).unwrap_or_default();
        format!("{}{force} ({}){until}", residual.strength, residual.status)
    })
}

fn listed<T>(members: &[T], one: impl Fn(&T) -> String) -> Option<String> {
    (!members.is_empty()).then(|| members.iter().map(one).collect::<Vec<_>>().join(", "))
}
