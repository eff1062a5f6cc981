//! The phases of a text in their order, as amendments add and drop them.

use std::collections::HashMap;

use super::findings::Findings;
use super::origin::Origin;
use super::phase_text::PhaseText;
use crate::findings::Rule;
use crate::wording::{excerpt, list};

/// Phases as a linked list, so that amendments take time in their changes.
#[derive(Clone, Debug)]
pub(super) struct PhaseOrder<'a> {
    slots: Vec<Slot<'a>>,
    ids: HashMap<&'a str, usize>,
    first: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Slot<'a> {
    phase: PhaseText<'a>,
    before: Option<usize>,
    after: Option<usize>,
}

impl<'a> PhaseOrder<'a> {
    pub(super) fn new(phases: impl Iterator<Item = PhaseText<'a>>) -> Self {
        let mut order = Self { slots: Vec::new(), ids: HashMap::new(), first: None };
        let mut last = None;
        for phase in phases {
            last = Some(order.insert(phase, last));
        }
        order
    }

    fn insert(&mut self, phase: PhaseText<'a>, before: Option<usize>) -> usize {
        let slot = self.slots.len();
        let after = match before.and_then(|before| self.slots.get_mut(before)) {
            Some(neighbour) => neighbour.after.replace(slot),
            None => self.first.replace(slot),
        };
        if let Some(neighbour) = after.and_then(|after| self.slots.get_mut(after)) {
            neighbour.before = Some(slot);
        }
        self.ids.insert(phase.id, slot);
        self.slots.push(Slot { phase, before, after });
        slot
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut PhaseText<'a>> {
        let slot = *self.ids.get(id)?;
        self.slots.get_mut(slot).map(|slot| &mut slot.phase)
    }

    pub(super) fn add(&mut self, phase: PhaseText<'a>, after: Option<&str>, at: Origin, out: &mut Findings) {
        if self.ids.contains_key(phase.id) {
            let rule = Rule::DuplicateId { kind: "phase", id: excerpt(phase.id) };
            out.push(phase.at.of_phase().field("id"), rule);
            return;
        }
        let before = after.map(|id| (id, self.ids.get(id).copied()));
        match before {
            Some((id, None)) => out.push(at.of_phase().field("after"), self.unknown(id)),
            Some((_, before)) => _ = self.insert(phase, before),
            None => _ = self.insert(phase, None),
        }
    }

    pub(super) fn remove(&mut self, id: &str) -> bool {
        let Some((before, after)) =
            self.ids.remove(id).and_then(|slot| self.slots.get(slot)).map(|slot| (slot.before, slot.after))
        else {
            return false;
        };
        match before.and_then(|before| self.slots.get_mut(before)) {
            Some(neighbour) => neighbour.after = after,
            None => self.first = after,
        }
        if let Some(neighbour) = after.and_then(|after| self.slots.get_mut(after)) {
            neighbour.before = before;
        }
        true
    }

    pub(super) fn unknown(&self, id: &str) -> Rule {
        Rule::UnknownPhase { id: excerpt(id), known: list(self.in_order().map(|phase| phase.id)) }
    }

    pub(super) fn in_order(&self) -> impl Iterator<Item = &PhaseText<'a>> {
        let mut next = self.first;
        std::iter::from_fn(move || {
            let slot = self.slots.get(next?)?;
            next = slot.after;
            Some(&slot.phase)
        })
    }

    pub(super) fn phases(&self) -> Vec<PhaseText<'a>> {
        self.in_order().copied().collect()
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.first.is_none()
    }
}
