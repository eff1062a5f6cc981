//! From the text of one version to that of the next.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::resolving::of_named;
use super::{BaselineText, ConsolidatedText, ForceText, Origin, PhaseText, VersionFindings};
use crate::findings::Rule;
use crate::path::Place;
use crate::record::Record;
use crate::terms::{Amendment, Change, Effective, Terms};
use crate::wording::excerpt;

impl ConsolidatedText {
    /// The text after an amendment (an index of the terms), which makes the version of this number.
    pub(super) fn amended(mut self, terms: &Terms, amendment: usize, number: usize, out: &mut VersionFindings) -> Self {
        let changes = terms.amendments.get(amendment).map(|with| with.changes.as_slice()).unwrap_or_default();
        let mut phases = PhaseOrder::new(terms, &self.phases);
        let mut forces: HashMap<&str, usize> =
            self.forces.iter().enumerate().map(|(index, force)| (force.id(terms), index)).collect();
        for (change, what) in changes.iter().enumerate() {
            let at = Origin::change(amendment, change);
            let added = Origin::added(amendment, change);
            match what {
                Change::Phase(fields) => match phases.get_mut(&fields.phase) {
                    Some(phase) => phase.replace(fields, at),
                    None => out.push(at.of_phase().field("phase"), phases.unknown(&fields.phase)),
                },
                Change::Add { add, after } => {
                    let phase = PhaseText::new(added, add.standing(), number);
                    if let Some((place, rule)) = phases.add(&add.id, phase, after.as_deref(), at) {
                        out.push(place, rule);
                    }
                }
                Change::Drop { drop } => {
                    if !phases.remove(drop) {
                        out.push(at.of_phase().field("drop"), phases.unknown(drop));
                    }
                }
                Change::Residual { .. } => self.residual_at = Some(at),
                Change::AddForce { add_force } => {
                    if forces.contains_key(add_force.id.as_str()) {
                        let rule = Rule::DuplicateId { kind: "force", id: excerpt(&add_force.id) };
                        out.push(added.of_force().field("id"), rule);
                    } else {
                        forces.insert(&add_force.id, self.forces.len());
                        self.forces.push(ForceText::new(add_force, added, number));
                    }
                }
                Change::Baseline { baseline } => {
                    let named = baseline.force.as_deref();
                    let only = (terms.forces.len() == 1).then_some(0);
                    let index = named.map_or(only, |id| forces.get(id).copied());
                    if let Some(force) = index.and_then(|index| self.forces.get_mut(index)) {
                        force.baselines.push(BaselineText::new(&baseline.baseline, at, number));
                    } else {
                        out.push(of_named(at.of_force().field("baseline"), named), self.no_force(terms, named));
                    }
                }
            }
        }
        self.phases = Vec::with_capacity(phases.ids.len());
        self.phases.extend(phases.in_order());
        if self.phases.is_empty() {
            out.push(Place::from("amendments").index(amendment), Rule::EmptyList { list: "phases" });
        }
        self
    }
}

/// The phases of a text while they are amended, each with the one after it, so that an amendment takes time in its
/// changes and not in these times the phases.
struct PhaseOrder<'t> {
    terms: &'t Terms,
    slots: Vec<Slot>,
    /// The slot of each phase that is there.
    ids: HashMap<&'t str, usize>,
    first: Option<usize>,
}

struct Slot {
    phase: PhaseText,
    is_dropped: bool,
    next: Option<usize>,
}

impl<'t> PhaseOrder<'t> {
    fn new(terms: &'t Terms, phases: &[PhaseText]) -> Self {
        let next = |index: usize| index.checked_add(1).filter(|&next| next < phases.len());
        let slot = |(index, &phase)| Slot { phase, is_dropped: false, next: next(index) };
        Self {
            terms,
            slots: phases.iter().enumerate().map(slot).collect(),
            ids: phases.iter().enumerate().map(|(index, phase)| (phase.id(terms), index)).collect(),
            first: (!phases.is_empty()).then_some(0),
        }
    }

    fn get_mut(&mut self, id: &str) -> Option<&mut PhaseText> {
        self.slots.get_mut(*self.ids.get(id)?).map(|slot| &mut slot.phase)
    }

    /// Adds a phase after another, or as the first; gives what is wrong with that, if anything is.
    fn add(&mut self, id: &'t str, phase: PhaseText, after: Option<&str>, at: Origin) -> Option<(Place, Rule)> {
        if self.ids.contains_key(id) {
            let rule = Rule::DuplicateId { kind: "phase", id: excerpt(id) };
            return Some((phase.at.of_phase().field("id"), rule));
        }
        let new = self.slots.len();
        let next = match after.map(|id| (id, self.ids.get(id).and_then(|&slot| self.slots.get_mut(slot)))) {
            None => self.first.replace(new),
            Some((_, Some(before))) => before.next.replace(new),
            Some((id, None)) => return Some((at.of_phase().field("after"), self.unknown(id))),
        };
        self.slots.push(Slot { phase, is_dropped: false, next });
        self.ids.insert(id, new);
        None
    }

    /// Takes a phase away, and leaves its slot where it is.
    fn remove(&mut self, id: &str) -> bool {
        let slot = self.ids.remove(id).and_then(|slot| self.slots.get_mut(slot));
        slot.map(|slot| slot.is_dropped = true).is_some()
    }

    fn in_order(&self) -> impl Iterator<Item = PhaseText> {
        let mut next = self.first;
        let slots = std::iter::from_fn(move || {
            let slot = self.slots.get(next?)?;
            next = slot.next;
            Some(slot)
        });
        slots.filter(|slot| !slot.is_dropped).map(|slot| slot.phase)
    }

    fn unknown(&self, id: &str) -> Rule {
        Rule::unknown_phase(id, self.in_order().map(|phase| phase.id(self.terms)))
    }
}

/// The id of every phase that the first versions of a document have had, in document order: an added phase comes after
/// the one that it follows, and a dropped one keeps its place. The amendments are those that made these versions.
pub(crate) fn roster<'t>(terms: &'t Terms, amendments: impl Iterator<Item = (usize, &'t Amendment)>) -> Vec<&'t str> {
    let mut roster = PhaseOrder::new(terms, &ConsolidatedText::new(terms).phases);
    for (amendment, with) in amendments {
        for (change, what) in with.changes.iter().enumerate() {
            if let Change::Add { add, after } = what {
                let added = Origin::added(amendment, change);
                roster.remove(&add.id);
                let phase = PhaseText::new(added, add.standing(), 0);
                // In a legal document nothing is wrong with it.
                _ = roster.add(&add.id, phase, after.as_deref(), added);
            }
        }
    }
    roster.in_order().map(|phase| phase.id(terms)).collect()
}

#[derive(Clone, Copy)]
pub(crate) struct InTurn<'t> {
    pub(crate) index: usize,
    pub(crate) amendment: &'t Amendment,
    /// The first day that it governs; `None` while its event is not on record.
    pub(crate) effective: Option<NaiveDate>,
    /// It is to govern on a day outside the years 1 to 9999.
    pub(super) is_out_of_range: bool,
}

impl<'t> InTurn<'t> {
    fn new((index, amendment): (usize, &'t Amendment), record: &Record) -> Self {
        let known = match &amendment.effective {
            Some(Effective::After { event, offset }) => {
                record.event(event).map(|window| offset.from_day(window.latest()))
            }
            _ => Some(amendment.effective_day()),
        };
        Self { index, amendment, effective: known.flatten(), is_out_of_range: known == Some(None) }
    }
}

/// The amendments in the order in which they take effect, then those that wait for their event, in that of adoption.
pub(crate) fn in_order<'t>(terms: &'t Terms, record: &Record) -> Vec<InTurn<'t>> {
    let mut order: Vec<_> = terms.amendments.iter().enumerate().map(|with| InTurn::new(with, record)).collect();
    order.sort_by_key(|with| (with.effective.is_none(), with.effective.unwrap_or(with.amendment.adopted)));
    order
}
