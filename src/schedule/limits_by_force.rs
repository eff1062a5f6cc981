//! The limits and the residual of each force of a text.

use super::dues::Dues;
use super::resolving::Resolving;
use super::{ForceIndex, PhaseText, Resolved};
use crate::day::Window;
use crate::findings::Rule;
use crate::terms::{Limit, Residual};
use crate::wording::excerpt;

/// A limit with its phase, and when that falls due.
#[derive(Clone, Copy)]
pub(super) struct LimitText<'t> {
    pub(super) at: LimitAt,
    pub(super) limit: &'t Limit,
    pub(super) phase: &'t PhaseText,
    pub(super) resolved: &'t Resolved,
    /// Until when the planned path holds before the phase.
    pub(super) hold: Option<Window>,
}

/// Where a limit is: its force, its phase and its place in that, by index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LimitAt {
    pub(crate) force: ForceIndex,
    pub(crate) phase: usize,
    pub(crate) limit: usize,
}

/// Who may stay of a force, and until when.
pub(super) type ResidualText<'t> = (&'t Residual, Option<Window>);

/// The limits of a text in the order of the phases; reports those that have no force, or one that the phase limits
/// already.
pub(super) fn limits<'t>(of: &mut Resolving<'t>, dues: &'t Dues) -> Vec<LimitText<'t>> {
    let text = of.text;
    let mut limits = Vec::with_capacity(text.phases.len());
    // The last phase that limits each force.
    let mut last: Vec<Option<usize>> = vec![None; text.forces.len()];
    for (index, (phase, resolved)) in text.phases.iter().zip(&dues.phases).enumerate() {
        let hold = dues.hold(index);
        for (number, limit) in phase.limits(of.terms).iter().enumerate() {
            let place = || phase.limit_place(number);
            let Some(force) = of.force(limit.force.as_deref(), place) else { continue };
            if force.of_mut(&mut last).is_some_and(|last| last.replace(index) == Some(index)) {
                of.out.push(place(), Rule::DuplicateLimit { force: id(of, force) });
            } else {
                let at = LimitAt { force, phase: index, limit: number };
                limits.push(LimitText { at, limit, phase, resolved, hold });
            }
        }
    }
    limits
}

/// The residual of each force, where there is any; reports those that have no force, or one that has another.
pub(super) fn residuals<'t>(of: &mut Resolving<'t>, dues: &Dues) -> Vec<Option<ResidualText<'t>>> {
    let (text, written) = (of.text, of.text.residual(of.terms));
    let mut residuals = vec![None; if written.is_empty() { 0 } else { text.forces.len() }];
    for (index, (residual, until)) in written.iter().zip(&dues.untils).enumerate() {
        let place = || text.residual_place(index);
        let Some(force) = of.force(residual.force.as_deref(), place) else { continue };
        match force.of_mut(&mut residuals) {
            Some(free @ None) => *free = Some((residual, *until)),
            _ => of.out.push(place(), Rule::DuplicateResidual { force: id(of, force) }),
        }
    }
    residuals
}

fn id(of: &Resolving<'_>, force: ForceIndex) -> String {
    excerpt(force.of(&of.text.forces).map_or("", |force| force.id(of.terms)))
}
