//! The limits and the residual of each force of a text.

use super::consolidated_text::ConsolidatedText;
use super::findings::{Finding, Findings};
use crate::findings::Rule;
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
                let at = of_phase.limits_at;
                let field = |field: &str| at.of_phase(&format!("limits[{limit}]{field}"));
                let named = written.force.as_deref();
                let Some(force) = text.force(named) else {
                    let path = field(if named.is_some() { ".force" } else { "" });
                    out.push(Finding::new(path, at.amendment(), text.no_force(named)));
                    continue;
                };
                let Some(of_force) = limits.get_mut(force) else { continue };
                if of_force.last().is_some_and(|last: &LimitAt| last.phase == phase) {
                    let id = text.forces.get(force).map_or("", |text| &text.force.id);
                    out.push(Finding::new(field(""), at.amendment(), Rule::DuplicateLimit { force: excerpt(id) }));
                } else {
                    of_force.push(LimitAt { phase, limit });
                }
            }
        }
        let mut residuals = vec![None; text.forces.len()];
        for (index, residual) in text.residual.iter().enumerate() {
            let (path, amendment) = residual_path(text, index, "");
            let named = residual.force.as_deref();
            let Some(force) = text.force(named) else {
                let (path, _) = residual_path(text, index, if named.is_some() { ".force" } else { "" });
                out.push(Finding::new(path, amendment, text.no_force(named)));
                continue;
            };
            if let Some(free @ None) = residuals.get_mut(force) {
                *free = Some(residual);
            } else {
                let id = text.forces.get(force).map_or("", |text| &text.force.id);
                out.push(Finding::new(path, amendment, Rule::DuplicateResidual { force: excerpt(id) }));
            }
        }
        Self { limits, residuals }
    }
}

/// The path of a field of a residual, and the amendment that it stands in.
pub(super) fn residual_path(text: &ConsolidatedText<'_>, index: usize, field: &str) -> (String, Option<usize>) {
    match text.residual_at {
        None => (format!("residual[{index}]{field}"), None),
        Some(at) => (at.path("", "", &format!("residual[{index}]{field}")), at.amendment()),
    }
}
