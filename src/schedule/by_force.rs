//! What a text has of each force: the force that it is a part of, its limits and its residual.

use super::resolving::Resolving;
use super::{ForceIndex, ForceText, PhaseText, Resolved};
use crate::day::Window;
use crate::findings::Rule;
use crate::terms::{Limit, Residual};
use crate::wording::{excerpt, list};

/// A limit with its phase, and when that falls due.
#[derive(Clone, Copy)]
pub(super) struct LimitText<'t> {
    pub(super) at: LimitAt,
    pub(super) limit: &'t Limit,
    pub(super) phase: &'t PhaseText,
    pub(super) resolved: &'t Resolved,
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
pub(super) fn limits<'t>(of: &mut Resolving<'t>, dues: &'t [Resolved]) -> Vec<LimitText<'t>> {
    let text = of.text;
    let mut limits = Vec::with_capacity(text.phases.len());
    // The last phase that limits each force.
    let mut last: Vec<Option<usize>> = vec![None; text.forces.len()];
    for (index, (phase, resolved)) in text.phases.iter().zip(dues).enumerate() {
        for (number, limit) in phase.limits(of.terms).iter().enumerate() {
            let place = || phase.limit_place(number);
            let Some(force) = of.force(limit.force.as_deref(), place) else { continue };
            if force.of_mut(&mut last).is_some_and(|last| last.replace(index) == Some(index)) {
                of.out.push(place(), Rule::DuplicateLimit { force: id(of, force) });
            } else {
                let at = LimitAt { force, phase: index, limit: number };
                limits.push(LimitText { at, limit, phase, resolved });
            }
        }
    }
    limits
}

/// The residual of each force, where there is any; reports those that have no force, or one that has another.
pub(super) fn residuals<'t>(of: &mut Resolving<'t>, untils: &[Option<Window>]) -> Vec<Option<ResidualText<'t>>> {
    let (text, written) = (of.text, of.text.residual(of.terms));
    let mut residuals = vec![None; if written.is_empty() { 0 } else { text.forces.len() }];
    for (index, (residual, until)) in written.iter().zip(untils).enumerate() {
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

/// The force that each is a part of, by index, up to the last that is one; reports unknown wholes, circles and unequal units.
pub(super) fn wholes(of: &mut Resolving<'_>) -> Vec<Option<ForceIndex>> {
    let mut wholes = Vec::new();
    for (index, force) in of.text.forces.iter().enumerate() {
        let Some(part) = force.at.force(of.terms) else { continue };
        let Some(id) = part.part_of.as_deref() else { continue };
        let whole = of.forces.get(id).map(ForceIndex::new);
        wholes.resize(index, None);
        wholes.push(whole);
        match whole.and_then(|whole| whole.of(&of.text.forces)?.at.force(of.terms)) {
            None => report(of, force, of.text.no_force(of.terms, Some(id))),
            Some(whole) if part.unit() != whole.unit() => {
                let rule = Rule::PartOfUnit { part: excerpt(part.unit()), whole: excerpt(whole.unit()) };
                report(of, force, rule);
            }
            Some(_) => {}
        }
    }
    break_circles(of, &mut wholes);
    wholes
}

/// Reports each circle of parts, and cuts it.
fn break_circles(of: &mut Resolving<'_>, wholes: &mut [Option<ForceIndex>]) {
    let forces = &of.text.forces;
    // The walk in which a force was seen first.
    let mut seen: Vec<Option<usize>> = vec![None; wholes.len()];
    for start in 0..wholes.len() {
        let mut walk = Vec::new();
        let mut next = Some(ForceIndex::new(start));
        while let Some((index, force)) = next.and_then(|index| Some((index, index.of(forces)?))) {
            match index.of_mut(&mut seen) {
                Some(free @ None) => *free = Some(start),
                Some(Some(walked)) if *walked == start => {
                    let circle = walk.iter().skip_while(|&&walked| walked != index).chain([&index]);
                    let circle = list(circle.filter_map(|index| index.of(forces)).map(|text| text.id(of.terms)));
                    report(of, force, Rule::PartOfCircle { circle });
                    if let Some(whole) = index.of_mut(wholes) {
                        *whole = None;
                    }
                    break;
                }
                _ => break,
            }
            walk.push(index);
            next = index.of(wholes).copied().flatten();
        }
    }
}

fn report(of: &mut Resolving<'_>, part: &ForceText, rule: Rule) {
    of.out.push(part.at.of_force().field("part_of"), rule);
}
