//! Observations in people, for what shows them.

use super::observation::{Counted, Observation, ObservationKind};
use crate::agreement::Agreement;
use crate::day::Window;
use crate::terms::Band;

/// An observation in people.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InPeople {
    pub(crate) window: Window,
    pub(crate) band: Band,
    pub(crate) kind: ObservationKind,
}

/// The observations that are public on the day as known on which the agreement is.
pub(crate) fn known<'o>(agreement: &Agreement, seen: &'o [Observation]) -> impl Iterator<Item = &'o Observation> {
    seen.iter().filter(|seen| {
        let Some(known) = agreement.known_on() else { return true };
        seen.known_from(agreement.terms()).is_some_and(|from| from <= known)
    })
}

/// The observations of a force, in people.
pub(crate) fn in_people(agreement: &Agreement, force: &str, seen: &[&Observation]) -> Vec<InPeople> {
    let only = matches!(agreement.terms().forces.as_slice(), [only] if only.id == force);
    let of_force = seen.iter().filter(|seen| seen.force.as_ref().map_or(only, |id| id == force));
    of_force.filter_map(|seen| one_in_people(agreement, force, seen)).collect()
}

fn one_in_people(agreement: &Agreement, force: &str, seen: &Observation) -> Option<InPeople> {
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
    Some(InPeople { window, band, kind: seen.kind() })
}
