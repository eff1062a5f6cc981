//! The force that each force is a part of.

use super::resolving::Resolving;
use super::{ForceIndex, ForceText};
use crate::findings::Rule;
use crate::wording::{excerpt, list};

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
                    index.of_mut(wholes).into_iter().for_each(|whole| *whole = None);
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
