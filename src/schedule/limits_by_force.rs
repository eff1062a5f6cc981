//! The limits and the residual of each force of a text.

use super::consolidated_text::ConsolidatedText;
use super::findings::Findings;
use super::ids::Ids;
use crate::findings::Rule;
use crate::path::Place;
use crate::terms::Terms;
use crate::wording::excerpt;

/// A limit: its force, its phase and its place in that, by index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LimitAt {
    pub(crate) force: usize,
    pub(crate) phase: usize,
    pub(crate) limit: usize,
}

/// The limits and the residual of each force of a text.
pub(super) struct LimitsByForce {
    /// In the order of the phases.
    pub(super) limits: Vec<LimitAt>,
    /// The same, force by force.
    by_force: Vec<LimitAt>,
    /// The residual of each force, by index, where there is any.
    residuals: Vec<Option<usize>>,
}

impl LimitsByForce {
    /// Sorts limits and residuals by their force, and reports those that have none or are listed twice.
    pub(super) fn new(terms: &Terms, text: &ConsolidatedText, forces: &Ids<'_>, out: &mut Findings) -> Self {
        let mut limits = Vec::with_capacity(text.phases.len());
        // The last phase that limits each force.
        let mut last: Vec<Option<usize>> = vec![None; text.forces.len()];
        for (phase, of_phase) in text.phases.iter().enumerate() {
            for (limit, written) in of_phase.limits(terms).iter().enumerate() {
                let place = || of_phase.limits_at.of_phase().field("limits").index(limit);
                let named = written.force.as_deref();
                let Some((force, last)) =
                    find(terms, forces, named).and_then(|force| Some((force, last.get_mut(force)?)))
                else {
                    out.push(of_named(place(), named), text.no_force(terms, named));
                    continue;
                };
                if last.replace(phase) == Some(phase) {
                    let force = excerpt(id(terms, text, force));
                    out.push(place(), Rule::DuplicateLimit { force });
                } else {
                    limits.push(LimitAt { force, phase, limit });
                }
            }
        }
        let mut by_force = limits.clone();
        by_force.sort_by_key(|at| at.force);
        Self { limits, by_force, residuals: residuals(terms, text, forces, out) }
    }

    /// The limits of a force, in the order of the phases.
    pub(super) fn of(&self, force: usize) -> &[LimitAt] {
        let from = self.by_force.partition_point(|at| at.force < force);
        let until = self.by_force.partition_point(|at| at.force <= force);
        self.by_force.get(from..until).unwrap_or_default()
    }

    /// The residual of a force, by index.
    pub(super) fn residual_of(&self, force: usize) -> Option<usize> {
        self.residuals.get(force).copied().flatten()
    }
}

fn residuals(terms: &Terms, text: &ConsolidatedText, forces: &Ids<'_>, out: &mut Findings) -> Vec<Option<usize>> {
    let written = text.residual(terms);
    let mut residuals = vec![None; if written.is_empty() { 0 } else { text.forces.len() }];
    for (index, residual) in written.iter().enumerate() {
        let named = residual.force.as_deref();
        let Some(force) = find(terms, forces, named) else {
            out.push(of_named(residual_place(text, index), named), text.no_force(terms, named));
            continue;
        };
        if let Some(free @ None) = residuals.get_mut(force) {
            *free = Some(index);
        } else {
            let force = excerpt(id(terms, text, force));
            out.push(residual_place(text, index), Rule::DuplicateResidual { force });
        }
    }
    residuals
}

/// The index of a force, which may be left out where the document's own list has one.
pub(super) fn find(terms: &Terms, forces: &Ids<'_>, named: Option<&str>) -> Option<usize> {
    named.map_or_else(|| (terms.forces.len() == 1).then_some(0), |id| forces.get(id))
}

fn id<'t>(terms: &'t Terms, text: &ConsolidatedText, force: usize) -> &'t str {
    text.forces.get(force).map_or("", |force| force.id(terms))
}

/// The place of the force that is named, or of what should name it.
fn of_named(place: Place, named: Option<&str>) -> Place {
    if named.is_some() { place.field("force") } else { place }
}

/// The place of a residual.
pub(super) fn residual_place(text: &ConsolidatedText, index: usize) -> Place {
    text.residual_at.map_or(Place::WHOLE, |at| at.place("", "")).field("residual").index(index)
}
