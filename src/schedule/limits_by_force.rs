//! The limits and the residual of each force of a text.

use super::dues::Dues;
use super::{ConsolidatedText, ForceIndex, Ids, PhaseText, Resolved, VersionFindings};
use crate::day::Window;
use crate::findings::Rule;
use crate::path::Place;
use crate::terms::{Limit, Residual, Terms};
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
pub(super) fn limits<'t>(
    terms: &'t Terms,
    text: &'t ConsolidatedText,
    dues: &'t Dues,
    forces: &Ids<'_>,
    out: &mut VersionFindings,
) -> Vec<LimitText<'t>> {
    let mut limits = Vec::with_capacity(text.phases.len());
    // The last phase that limits each force.
    let mut last: Vec<Option<usize>> = vec![None; text.forces.len()];
    for (index, (phase, resolved)) in text.phases.iter().zip(&dues.phases).enumerate() {
        let hold = dues.hold(index);
        for (number, limit) in phase.limits(terms).iter().enumerate() {
            let named = limit.force.as_deref();
            let Some(force) = find(terms, forces, named) else {
                out.push(of_named(phase.limit_place(number), named), text.no_force(terms, named));
                continue;
            };
            if force.of_mut(&mut last).is_some_and(|last| last.replace(index) == Some(index)) {
                out.push(phase.limit_place(number), Rule::DuplicateLimit { force: excerpt(id(terms, text, force)) });
            } else {
                let at = LimitAt { force, phase: index, limit: number };
                limits.push(LimitText { at, limit, phase, resolved, hold });
            }
        }
    }
    limits
}

/// The residual of each force, where there is any; reports those that have no force, or one that has another.
pub(super) fn residuals<'t>(
    terms: &'t Terms,
    text: &ConsolidatedText,
    dues: &Dues,
    forces: &Ids<'_>,
    out: &mut VersionFindings,
) -> Vec<Option<ResidualText<'t>>> {
    let written = text.residual(terms);
    let mut residuals = vec![None; if written.is_empty() { 0 } else { text.forces.len() }];
    for (index, (residual, until)) in written.iter().zip(&dues.untils).enumerate() {
        let named = residual.force.as_deref();
        let force = find(terms, forces, named);
        match force.and_then(|force| Some((force, force.of_mut(&mut residuals)?))) {
            None => out.push(of_named(text.residual_place(index), named), text.no_force(terms, named)),
            Some((_, free @ None)) => *free = Some((residual, *until)),
            Some((force, _)) => {
                let force = excerpt(id(terms, text, force));
                out.push(text.residual_place(index), Rule::DuplicateResidual { force });
            }
        }
    }
    residuals
}

/// The index of a force, which may be left out where the document's own list has one.
pub(crate) fn find(terms: &Terms, forces: &Ids<'_>, named: Option<&str>) -> Option<ForceIndex> {
    let index = named.map_or_else(|| (terms.forces.len() == 1).then_some(0), |id| forces.get(id));
    index.map(ForceIndex::new)
}

fn id<'t>(terms: &'t Terms, text: &ConsolidatedText, force: ForceIndex) -> &'t str {
    force.of(&text.forces).map_or("", |force| force.id(terms))
}

/// The place of the force that is named, or of what should name it.
pub(super) fn of_named(place: Place, named: Option<&str>) -> Place {
    if named.is_some() { place.field("force") } else { place }
}
