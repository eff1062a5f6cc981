//! The force that each force is a part of.

use super::{ConsolidatedText, ForceIndex, ForceText, Ids, VersionFindings};
use crate::findings::Rule;
use crate::terms::Terms;
use crate::wording::{excerpt, list};

/// The force that each is a part of, by index, up to the last that is one; reports unknown wholes, circles and unequal units.
pub(super) fn wholes(
    terms: &Terms,
    text: &ConsolidatedText,
    ids: &Ids<'_>,
    out: &mut VersionFindings,
) -> Vec<Option<ForceIndex>> {
    let mut wholes = Vec::new();
    for (index, force) in text.forces.iter().enumerate() {
        let Some(part) = force.at.force(terms) else { continue };
        let Some(id) = part.part_of.as_deref() else { continue };
        let whole = ids.get(id).map(ForceIndex::new);
        wholes.resize(index, None);
        wholes.push(whole);
        match whole.and_then(|whole| whole.of(&text.forces)?.at.force(terms)) {
            None => report(force, text.no_force(terms, Some(id)), out),
            Some(whole) if part.unit() != whole.unit() => {
                let rule = Rule::PartOfUnit { part: excerpt(part.unit()), whole: excerpt(whole.unit()) };
                report(force, rule, out);
            }
            Some(_) => {}
        }
    }
    break_circles(terms, text, &mut wholes, out);
    wholes
}

/// Reports each circle of parts, and cuts it.
fn break_circles(terms: &Terms, text: &ConsolidatedText, wholes: &mut [Option<ForceIndex>], out: &mut VersionFindings) {
    // The walk in which a force was seen first.
    let mut seen: Vec<Option<usize>> = vec![None; wholes.len()];
    for start in 0..wholes.len() {
        let mut walk = Vec::new();
        let mut next = Some(ForceIndex::new(start));
        while let Some(force) = next {
            match force.of_mut(&mut seen) {
                Some(free @ None) => *free = Some(start),
                Some(Some(walked)) if *walked == start => {
                    let circle = walk.iter().skip_while(|&&index: &&ForceIndex| index != force).chain([&force]);
                    let circle = list(circle.filter_map(|index| index.of(&text.forces)).map(|text| text.id(terms)));
                    if let Some(first) = force.of(&text.forces) {
                        report(first, Rule::PartOfCircle { circle }, out);
                    }
                    if let Some(whole) = force.of_mut(wholes) {
                        *whole = None;
                    }
                    break;
                }
                _ => break,
            }
            walk.push(force);
            next = force.of(wholes).copied().flatten();
        }
    }
}

fn report(part: &ForceText, rule: Rule, out: &mut VersionFindings) {
    out.push(part.at.of_force().field("part_of"), rule);
}
