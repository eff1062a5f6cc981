//! Observations in people, for the exports that show them.

use crate::agreement::Agreement;
use crate::assessment::{Counted, Observation, ObservationKind};
use crate::day::Window;
use crate::terms::Band;

/// An observation in people.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sighting {
    pub(super) window: Window,
    pub(super) band: Band,
    pub(super) kind: ObservationKind,
}

/// The observations that are public on the day as known on which the agreement is.
pub(super) fn known<'o>(agreement: &Agreement, seen: &'o [Observation]) -> impl Iterator<Item = &'o Observation> {
    seen.iter().filter(|seen| {
        let Some(known) = agreement.known_on() else { return true };
        seen.known_from(agreement.terms()).is_some_and(|from| from <= known)
    })
}

/// The observations of a force, in people.
pub(super) fn sightings(agreement: &Agreement, force: &str, seen: &[&Observation]) -> Vec<Sighting> {
    let only = matches!(agreement.terms().forces.as_slice(), [only] if only.id == force);
    let of_force = seen.iter().filter(|seen| seen.force.as_ref().map_or(only, |id| id == force));
    of_force.filter_map(|seen| sighting(agreement, force, seen)).collect()
}

fn sighting(agreement: &Agreement, force: &str, seen: &Observation) -> Option<Sighting> {
    let window = seen.date.window()?;
    let band = match seen.counted {
        Counted::Present(quantity) => quantity.band()?,
        // The base that turns it into people is that of the judgement.
        Counted::Withdrawn(_) | Counted::WithdrawnShare(_) => {
            let alone = Observation { kind: None, ..seen.clone() };
            let judged = agreement.assess(&[alone], window.latest());
            let observed = judged.forces.into_iter().find(|of| of.force == force)?.observed?;
            Band::new(observed.low, observed.high)?
        }
    };
    Some(Sighting { window, band, kind: seen.kind() })
}
