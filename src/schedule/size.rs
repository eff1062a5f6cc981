//! How much there is to keep of all versions of a document.

use std::collections::HashMap;

use super::consolidation::in_order;
use super::due::parts;
use crate::record::Record;
use crate::terms::{Change, Deadline, Limit, Phase, PhaseChange, Residual, Terms};

/// The phases, limits and forces of every version, added up; each condition, each member of a list of deadlines, each
/// residual and each further baseline counts as one more.
///
/// It is known without the texts of the versions, so that it takes time in the length of the document.
pub(crate) fn of_all_versions(terms: &Terms, record: &Record) -> usize {
    let mut phases: HashMap<&str, PhaseSize> =
        terms.phases.iter().map(|phase| (phase.id.as_str(), PhaseSize::new(phase))).collect();
    let mut residuals = of_residuals(&terms.residual);
    let mut in_phases: usize = phases.values().map(PhaseSize::total).sum();
    let mut in_forces = terms.forces.len();
    let mut all = in_phases.saturating_add(in_forces).saturating_add(residuals);
    for with in in_order(terms, record) {
        for change in &with.amendment.changes {
            let (before, after) = match change {
                Change::Phase(fields) => phases.get_mut(fields.phase.as_str()).map_or((0, 0), |phase| {
                    let before = phase.total();
                    phase.replace(fields);
                    (before, phase.total())
                }),
                Change::Add { add, .. } => {
                    let size = PhaseSize::new(add);
                    (phases.insert(&add.id, size).map_or(0, |before| before.total()), size.total())
                }
                Change::Drop { drop } => (phases.remove(drop.as_str()).map_or(0, |before| before.total()), 0),
                Change::Residual { residual } => {
                    residuals = of_residuals(residual);
                    (0, 0)
                }
                Change::AddForce { .. } | Change::Baseline { .. } => {
                    in_forces = in_forces.saturating_add(1);
                    (0, 0)
                }
            };
            in_phases = in_phases.saturating_sub(before).saturating_add(after);
        }
        all = all.saturating_add(in_phases).saturating_add(in_forces).saturating_add(residuals);
    }
    all
}

#[derive(Clone, Copy)]
struct PhaseSize {
    by: usize,
    from: usize,
    limits: usize,
    conditions: usize,
}

impl PhaseSize {
    fn new(phase: &Phase) -> Self {
        let from = phase.from.as_ref().map_or(0, members);
        Self { by: members(&phase.by), from, limits: phase.limits.len(), conditions: phase.conditions.len() }
    }

    fn replace(&mut self, fields: &PhaseChange) {
        self.by = fields.by.as_ref().map_or(self.by, members);
        let from = fields.from.as_ref().map(|from| from.as_ref().map_or(0, members));
        self.from = from.unwrap_or(self.from);
        self.limits = fields.limits.as_ref().map_or(self.limits, Vec::<Limit>::len);
        self.conditions = fields.conditions.as_ref().map_or(self.conditions, Vec::<String>::len);
    }

    fn total(&self) -> usize {
        [self.by, self.from, self.limits, self.conditions].into_iter().fold(1, usize::saturating_add)
    }
}

fn of_residuals(residuals: &[Residual]) -> usize {
    let untils = residuals.iter().filter_map(|residual| residual.until.as_ref());
    untils.map(members).fold(residuals.len(), usize::saturating_add)
}

/// The members of all lists within a deadline.
fn members(deadline: &Deadline) -> usize {
    parts(deadline).skip(1).count()
}
