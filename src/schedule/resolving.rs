//! A text of a version while it is resolved, and the violations found on the way.

use std::collections::HashSet;

use super::{ConsolidatedText, ForceIndex, Ids};
use crate::findings::{Findings, Rule};
use crate::path::{Place, Segment};
use crate::record::Record;
use crate::terms::{Amendment, Change, Terms};

/// A text, what it is resolved by, and where its mistakes are reported.
pub(super) struct Resolving<'t> {
    pub(super) terms: &'t Terms,
    pub(super) record: &'t Record,
    pub(super) text: &'t ConsolidatedText,
    /// The forces of the text.
    pub(super) forces: Ids<'t>,
    pub(super) out: &'t mut VersionFindings,
}

impl Resolving<'_> {
    /// The force that is named, or the only one; reports at the place that there is none.
    pub(super) fn force(&mut self, named: Option<&str>, place: impl FnOnce() -> Place) -> Option<ForceIndex> {
        let force = self.forces.force(self.terms, named);
        if force.is_none() {
            self.out.push(of_named(place(), named), self.text.no_force(self.terms, named));
        }
        force
    }
}

/// The place of the force that is named, or of what should name it.
pub(super) fn of_named(place: Place, named: Option<&str>) -> Place {
    if named.is_some() { place.field("force") } else { place }
}

/// What is found where: the place, the code, and which one of several.
type Key = (Place, &'static str, String);

/// The violations of all versions, each reported once, by the amendment that brought it.
#[derive(Default)]
pub(crate) struct VersionFindings {
    found: Findings,
    /// Those of any version, of the version before, and of this one.
    ever: HashSet<Key>,
    before: HashSet<Key>,
    now: HashSet<Key>,
    /// What this version breaks again that was fixed in between: one of a kind, or amendments that break and fix
    /// everything by turns would be reported at a length out of proportion.
    again: HashSet<&'static str>,
    /// The amendment whose version is being resolved.
    amendment: Option<usize>,
    /// It only reports how many were there, and so is not refused for what its numbers do to the ceilings.
    is_recount: bool,
}

impl VersionFindings {
    pub(super) fn after(found: Findings) -> Self {
        Self { found, ..Self::default() }
    }

    /// Goes on to the version that an amendment makes.
    pub(super) fn begin(&mut self, amendment: usize, with: &Amendment) {
        self.amendment = Some(amendment);
        let counts = |change: &Change| matches!(change, Change::Baseline { baseline } if !baseline.baseline.authorised);
        self.is_recount = with.changes.iter().all(counts);
        self.before = std::mem::take(&mut self.now);
        self.again.clear();
    }

    #[cold]
    pub(crate) fn push(&mut self, place: Place, rule: Rule) {
        // One deadline may name several phases that are not there; else, one rule is broken once in one place.
        let which = if let Rule::UnknownPhase { id, .. } = &rule { id.clone() } else { String::new() };
        let key = (place.clone(), rule.code(), which);
        if !self.now.insert(key.clone()) || self.before.contains(&key) {
            return;
        }
        let of_numbers = matches!(rule, Rule::CeilingRises { .. } | Rule::WithdrawsMoreThanLeft { .. });
        if self.is_recount && of_numbers || !self.ever.insert(key) && !self.again.insert(rule.code()) {
            return;
        }
        let place = match self.amendment {
            Some(current) if amendment_of(&place) != Some(current) => Place::from("amendments").index(current),
            _ => place,
        };
        self.found.push(place, rule);
    }

    pub(super) fn into_findings(self) -> Findings {
        self.found
    }
}

fn amendment_of(place: &Place) -> Option<usize> {
    match place.segments() {
        [Segment::Field("amendments"), Segment::Index(amendment), ..] => Some(*amendment),
        _ => None,
    }
}
