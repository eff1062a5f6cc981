//! The limits and the residual of each force of a text.

use super::consolidated_text::ConsolidatedText;
use super::findings::Findings;
use crate::findings::Rule;
use crate::path::Place;
use crate::terms::Residual;
use crate::wording::excerpt;

/// A limit of a force, by the index of its phase and its own there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LimitAt {
    pub(crate) phase: usize,
    pub(crate) limit: usize,
}

/// The limits and the residual of each force of a text.
pub(crate) struct LimitsByForce<'a> {
    pub(crate) limits: Vec<Vec<LimitAt>>,
    pub(super) residuals: Vec<Option<&'a Residual>>,
}

impl<'a> LimitsByForce<'a> {
    /// Sorts limits and residuals by their force, and reports those that have none or stand twice.
    pub(crate) fn new(text: &ConsolidatedText<'a>, out: &mut Findings) -> Self {
        let mut limits: Vec<Vec<LimitAt>> = vec![Vec::new(); text.forces.len()];
        for (phase, of_phase) in text.phases.iter().enumerate() {
            for (limit, written) in of_phase.limits.iter().enumerate() {
                let place = || of_phase.limits_at.of_phase().field("limits").index(limit);
                let named = written.force.as_deref();
                let Some(force) = text.force(named) else {
                    out.push(of_named(place(), named), text.no_force(named));
                    continue;
                };
                let Some(of_force) = limits.get_mut(force) else { continue };
                if of_force.last().is_some_and(|last: &LimitAt| last.phase == phase) {
                    let id = text.forces.get(force).map_or("", |text| &text.force.id);
                    out.push(place(), Rule::DuplicateLimit { force: excerpt(id) });
                } else {
                    of_force.push(LimitAt { phase, limit });
                }
            }
        }
        let mut residuals = vec![None; text.forces.len()];
        for (index, residual) in text.residual.iter().enumerate() {
            let named = residual.force.as_deref();
            let Some(force) = text.force(named) else {
                out.push(of_named(residual_place(text, index), named), text.no_force(named));
                continue;
            };
            if let Some(free @ None) = residuals.get_mut(force) {
                *free = Some(residual);
            } else {
                let id = text.forces.get(force).map_or("", |text| &text.force.id);
                out.push(residual_place(text, index), Rule::DuplicateResidual { force: excerpt(id) });
            }
        }
        Self { limits, residuals }
    }
}

/// The place of the force that is named, or of what should name it.
fn of_named(place: Place, named: Option<&str>) -> Place {
    if named.is_some() { place.field("force") } else { place }
}

/// The place of a residual.
pub(super) fn residual_place(text: &ConsolidatedText<'_>, index: usize) -> Place {
    text.residual_at.map_or(Place::WHOLE, |at| at.place("", "")).field("residual").index(index)
}
