//! Observations of the forces of a document.

use chrono::NaiveDate;

use super::tape::{Choices, earlier};
use super::{spellings, vaguer};
use crate::assessment::{Counted, Observation, ObservationKind};
use crate::day::Window;
use crate::terms::{Band, Deadline, LimitKind, MAX_PEOPLE, Quantity, Terms};

pub(super) fn observations(choices: &mut Choices, terms: &Terms) -> Vec<Observation> {
    let forces: Vec<String> = terms.all_forces().map(|force| force.id.clone()).collect();
    let (first, days) = span(terms);
    let mut seen = choices.several(0, 8, |c| {
        let day = c.day_after(first, days);
        let force = c.pick(&forces).unwrap_or_default();
        let mut seen = Observation::new(spellings::period(c, day).0, counted(c, &numbers(terms, &force)));
        if terms.forces.len() != 1 || c.once_in(2) || Some(&force) != forces.first() {
            seen.force = Some(force);
        }
        seen.published = c.maybe(3, |c| earlier(c.day_after(day, 60), 5));
        seen.source = c.maybe(4, |c| c.pick(&["report", "a \"free\" text"]).unwrap_or("report").to_owned());
        seen.kind = c.maybe(4, |c| c.pick(ObservationKind::ALL)).flatten();
        let days = seen.date.window();
        if let Some(day) = days.filter(|days| days.earliest() == days.latest()).map(Window::latest) {
            seen.until = c.maybe(4, |c| c.day_after(day, 200));
        }
        let bases = vaguer::baselines(terms, seen.force.as_deref()).map(|base| base.as_of);
        let bases: Vec<_> = bases.filter(|base| days.is_some_and(|days| *base <= days.earliest())).collect();
        if !matches!(seen.counted, Counted::Present(_)) {
            seen.since = c.maybe(2, |c| c.pick(&bases)).flatten();
        }
        seen
    });
    // All of one day, so that parts add up to wholes.
    if choices.once_in(3) {
        let day = choices.day_after(first, days);
        for force in &forces {
            if choices.once_in(8) {
                continue;
            }
            let near = near(choices, &numbers(terms, force));
            let near = if choices.once_in(3) { Quantity::Exact(0) } else { near };
            seen.push(Observation::present(day, near).of(force));
        }
    }
    seen
}

/// A number near one of those that a document says of a force.
fn near(choices: &mut Choices, numbers: &[u32]) -> Quantity {
    let end = choices.pick(numbers).filter(|_| !choices.once_in(4));
    let n = end.unwrap_or_else(|| spellings::number(choices, 0, 400_000));
    let n = n.saturating_add(choices.up_to(2)).saturating_sub(1).min(MAX_PEOPLE);
    if choices.once_in(2) { Quantity::Exact(n) } else { vaguer::holding(choices, Band::exactly(n), Quantity::band) }
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
    match choices.up_to(4) {
        0..=2 => Counted::Present(near(choices, numbers)),
        3 => Counted::Withdrawn(near(choices, numbers)),
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
