//! Observations of the forces of a document.

use chrono::NaiveDate;

use super::tape::{Choices, earlier};
use super::{spellings, vaguer};
use crate::assessment::{Counted, Observation, ObservationKind};
use crate::day::Window;
use crate::terms::{Band, Change, Deadline, LimitKind, MAX_PEOPLE, Quantity, Terms};

pub(super) fn observations(choices: &mut Choices, terms: &Terms) -> Vec<Observation> {
    let added = terms.amendments.iter().flat_map(|amendment| &amendment.changes);
    let added =
        added.filter_map(|change| if let Change::AddForce { add_force } = change { Some(add_force) } else { None });
    let forces: Vec<String> = terms.forces.iter().chain(added).map(|force| force.id.clone()).collect();
    let (first, days) = span(terms);
    choices.several(0, 8, |c| {
        let day = c.day_after(first, days);
        let force = c.pick(&forces).unwrap_or_default();
        let mut seen = Observation::new(spellings::period(c, day).0, counted(c, &numbers(terms, &force)));
        if terms.forces.len() != 1 || c.once_in(2) || Some(&force) != forces.first() {
            seen.force = Some(force);
        }
        seen.published = c.maybe(3, |c| earlier(c.day_after(day, 60), 5));
        seen.source = c.maybe(4, |c| c.pick(&["report", "a \"free\" text"]).unwrap_or("report").to_owned());
        seen.kind = c.maybe(4, |c| c.pick(ObservationKind::ALL)).flatten();
        seen
    })
}

/// The ends of what a document says of a force: a count near one of them is judged by a hair's breadth.
fn numbers(terms: &Terms, force: &str) -> Vec<u32> {
    let bases = terms.forces.iter().filter(|one| one.id == force).filter_map(|force| force.baseline.as_ref());
    let limits = terms.phases.iter().flat_map(|phase| &phase.limits);
    let limits = limits.filter(|limit| limit.force.as_deref().is_none_or(|named| named == force));
    let limits = limits.filter_map(|limit| match limit.kind {
        LimitKind::Remain(quantity) | LimitKind::Withdraw(quantity) | LimitKind::Withdrawn(quantity) => Some(quantity),
        _ => None,
    });
    let bands = bases.map(|base| base.strength).chain(limits).filter_map(Quantity::band);
    bands.flat_map(|band| [Some(band.low()), band.high()]).flatten().collect()
}

fn counted(choices: &mut Choices, numbers: &[u32]) -> Counted {
    let near = |choices: &mut Choices| {
        let end = choices.pick(numbers).filter(|_| !choices.once_in(4));
        let n = end.unwrap_or_else(|| spellings::number(choices, 0, 400_000));
        let n = n.saturating_add(choices.up_to(2)).saturating_sub(1).min(MAX_PEOPLE);
        if choices.once_in(2) { Quantity::Exact(n) } else { vaguer::holding(choices, Band::exactly(n), Quantity::band) }
    };
    match choices.up_to(4) {
        0..=2 => Counted::Present(near(choices)),
        3 => Counted::Withdrawn(near(choices)),
        _ => Counted::WithdrawnShare(spellings::share(choices).0),
    }
}

/// The first day that a document speaks of, and how long to a while after the last.
fn span(terms: &Terms) -> (NaiveDate, u32) {
    const AFTERWARDS: i64 = 200;
    let windows = terms.phases.iter().filter_map(|phase| match &phase.by {
        Deadline::Period(period) => period.window(),
        _ => None,
    });
    let bases = terms.forces.iter().filter_map(|force| Some(Window::day(force.baseline.as_ref()?.as_of)));
    let acts = terms.record.iter().filter_map(|act| act.on.window());
    let all = windows.chain(bases).chain(acts).reduce(Window::hull).unwrap_or(Window::day(NaiveDate::default()));
    let days = crate::day::days_between(all.earliest(), all.latest()).saturating_add(AFTERWARDS);
    (all.earliest(), u32::try_from(days).unwrap_or(0))
}
