//! How much there is to keep of all versions of a document.

use std::collections::HashMap;

use super::consolidation::in_order;
use super::due::parts;
use super::{ConsolidatedText, Origin, PhaseText};
use crate::record::Record;
use crate::terms::{Change, Deadline, Residual, Terms};

/// The phases, limits and forces of every version, added up; each condition, each member of a list of deadlines, each
/// residual and each further baseline counts as one more.
///
/// It is known without the texts of the versions, so that it takes time in the length of the document.
pub(crate) fn of_all_versions(terms: &Terms, record: &Record) -> usize {
    let size = |phase: PhaseText| of_phase(phase, terms);
    let first = ConsolidatedText::new(terms).phases;
    let mut phases: HashMap<&str, PhaseText> = first.into_iter().map(|phase| (phase.id(terms), phase)).collect();
    let mut in_phases: usize = phases.values().copied().map(size).sum();
    let (mut in_forces, mut residuals) = (terms.forces.len(), of_residuals(&terms.residual));
    let mut all = in_phases.saturating_add(in_forces).saturating_add(residuals);
    for with in in_order(terms, record) {
        for (index, change) in with.amendment.changes.iter().enumerate() {
            let (id, phase) = match change {
                Change::Phase(fields) => {
                    let mut phase = phases.get(fields.phase.as_str()).copied();
                    if let Some(phase) = &mut phase {
                        phase.replace(fields, Origin::change(with.index, index));
                    }
                    (&fields.phase, phase)
                }
                Change::Add { add, .. } => {
                    (&add.id, Some(PhaseText::new(Origin::added(with.index, index), add.standing(), 0)))
                }
                Change::Drop { drop } => (drop, None),
                Change::Residual { residual } => {
                    residuals = of_residuals(residual);
                    continue;
                }
                Change::AddForce { .. } | Change::Baseline { .. } => {
                    in_forces = in_forces.saturating_add(1);
                    continue;
                }
            };
            let before = phases.remove(id.as_str());
            phases.extend(phase.map(|phase| (id.as_str(), phase)));
            in_phases = in_phases.saturating_sub(before.map_or(0, size)).saturating_add(phase.map_or(0, size));
        }
        all = all.saturating_add(in_phases).saturating_add(in_forces).saturating_add(residuals);
    }
    all
}

fn of_phase(phase: PhaseText, terms: &Terms) -> usize {
    let deadlines = [Some(phase.by(terms)), phase.from(terms)].into_iter().flatten().map(members);
    deadlines.chain([phase.limits(terms).len(), phase.conditions(terms).len()]).fold(1, usize::saturating_add)
}

fn of_residuals(residuals: &[Residual]) -> usize {
    let untils = residuals.iter().filter_map(|residual| residual.until.as_ref());
    untils.map(members).fold(residuals.len(), usize::saturating_add)
}

/// The members of all lists within a deadline.
fn members(deadline: &Deadline) -> usize {
    parts(deadline).skip(1).count()
}
