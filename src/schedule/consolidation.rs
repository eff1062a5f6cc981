//! The texts of the versions, one after the other.

use super::consolidated_text::ConsolidatedText;
use super::findings::Findings;
use super::origin::Origin;
use super::phase_order::PhaseOrder;
use super::phase_text::PhaseText;
use crate::terms::{Amendment, Change, Standing, Terms};

/// The text of one version, with and without unilateral amendments.
#[derive(Clone, Debug)]
pub(crate) struct Consolidation<'a> {
    amendments: Vec<(usize, &'a Amendment)>,
    /// The number of the version; 0 is as first agreed.
    version: usize,
    pub(crate) full: ConsolidatedText<'a>,
    /// Where it differs.
    pub(crate) agreed: Option<ConsolidatedText<'a>>,
}

impl<'a> Consolidation<'a> {
    /// The text as first agreed.
    pub(crate) fn new(terms: &'a Terms) -> Self {
        Self { amendments: in_order(terms), version: 0, full: ConsolidatedText::new(terms), agreed: None }
    }

    /// The texts of a version.
    pub(crate) fn of_version(terms: &'a Terms, version: usize) -> Self {
        let mut texts = Self::new(terms);
        texts.advance_to(version, &mut Findings::default());
        texts
    }

    /// Goes on to a later version, or to the last one.
    pub(crate) fn advance_to(&mut self, version: usize, out: &mut Findings) {
        let passed = self.amendments.get(self.version..version.min(self.amendments.len())).unwrap_or_default();
        for (number, &(amendment, with)) in (self.version.saturating_add(1)..).zip(passed) {
            if with.unilateral.is_some() {
                if self.agreed.is_none() {
                    self.full.settle();
                    self.agreed = Some(self.full.clone());
                }
            } else if let Some(agreed) = &mut self.agreed {
                agreed.amend(amendment, with, number, out);
            }
            self.full.amend(amendment, with, number, out);
        }
        if !passed.is_empty() {
            self.version = self.version.saturating_add(passed.len());
            self.full.settle();
            if let Some(agreed) = &mut self.agreed {
                agreed.settle();
            }
        }
    }

    pub(crate) fn agreed(&self) -> &ConsolidatedText<'a> {
        self.agreed.as_ref().unwrap_or(&self.full)
    }

    /// The text that what has this standing comes from.
    pub(crate) fn of(&self, standing: Standing) -> &ConsolidatedText<'a> {
        match standing {
            Standing::Binding => self.agreed(),
            Standing::Envisaged => &self.full,
        }
    }
}

/// The id of every phase that the first versions of a document have had, in document order: an added phase stands
/// after the one that it follows, and a dropped one keeps its place.
pub(crate) fn roster(terms: &Terms, last: usize) -> impl Iterator<Item = &str> {
    let out = &mut Findings::default();
    let mut roster = PhaseOrder::new(terms.phases.iter().map(|phase| PhaseText::new(phase, Origin::Base(0), 0)));
    for (amendment, with) in in_order(terms).into_iter().take(last) {
        let at = Origin::Base(amendment);
        for change in &with.changes {
            if let Change::Add { add, after } = change {
                roster.remove(&add.id);
                roster.add(PhaseText::new(add, at, 0), after.as_deref(), at, out);
            }
        }
    }
    roster.phases().into_iter().map(|phase| phase.id)
}

/// The amendments with their index, in the order in which they take effect.
pub(crate) fn in_order(terms: &Terms) -> Vec<(usize, &Amendment)> {
    let mut order: Vec<_> = terms.amendments.iter().enumerate().collect();
    order.sort_by_key(|(_, amendment)| amendment.effective());
    order
}
