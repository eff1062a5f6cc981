//! When each phase of a text falls due.

use super::due::{evaluate, latest, phases_named};
use super::resolving::Resolving;
use super::{Ids, PhaseText, Resolved};
use crate::day::{self, Window};
use crate::findings::Rule;
use crate::path::Place;
use crate::terms::{Deadline, Event, Residual};
use crate::wording::list;

/// The most years that a version spans.
const MOST_YEARS: u64 = 200;

/// What the deadlines and conditions of the phases come to, and until when each residual stays.
pub(super) fn dues(of: &mut Resolving<'_>) -> (Vec<Resolved>, Vec<Option<Window>>) {
    let (terms, text) = (of.terms, of.text);
    let mut resolver = Resolver::new(of);
    let until = |(index, residual): (usize, &Residual)| {
        resolver.window(residual.until.as_ref()?, || text.residual_place(index).field("until"))
    };
    let untils: Vec<_> = text.residual(terms).iter().enumerate().map(until).collect();
    resolver.check_span(&untils);
    for (index, phase) in text.phases.iter().enumerate() {
        let Some(from) = phase.from(terms) else { continue };
        let hold = resolver.window(from, || phase.from_at.of_phase().field("from"));
        if let Some(Some(known)) = resolver.known.get_mut(index) {
            known.hold = hold;
        }
    }
    let known = resolver.known.into_iter();
    (known.map(|due| due.unwrap_or_else(|| Resolved::unknown(false))).collect(), untils)
}

/// Resolves the deadlines of a text, each after those that it counts from.
struct Resolver<'r, 't> {
    of: &'r mut Resolving<'t>,
    /// The phases by their ids; empty where no deadline counts from a phase.
    ids: Ids<'t>,
    known: Vec<Option<Resolved>>,
}

impl<'r, 't> Resolver<'r, 't> {
    fn new(of: &'r mut Resolving<'t>) -> Self {
        let Resolving { terms, text, .. } = *of;
        let bys = text.phases.iter().map(|phase| phase.by(terms));
        let others = text.phases.iter().filter_map(|phase| phase.from(terms));
        let untils = text.residual(terms).iter().filter_map(|residual| residual.until.as_ref());
        let counts_from_phase =
            |deadline: &Deadline| !matches!(deadline, Deadline::Period(_)) && phases_named(deadline).next().is_some();
        let mut resolver = Self { of, ids: Ids::default(), known: vec![None; text.phases.len()] };
        if bys.chain(others).chain(untils).any(counts_from_phase) {
            resolver.ids = Ids::new(text.phases.iter().map(|phase| phase.id(terms)));
            resolver.resolve_in_turn();
        } else {
            text.phases.iter().enumerate().for_each(|(index, phase)| resolver.settle(index, phase));
        }
        resolver
    }

    /// A version spans at most 200 years, from its earliest baseline or window to the latest.
    fn check_span(&mut self, untils: &[Option<Window>]) {
        let baselines = self.of.text.forces.iter().filter_map(|force| force.baselines.last());
        let baselines = baselines.map(|base| Window::day(base.as_of));
        let known = self.known.iter().flatten().filter_map(|resolved| resolved.due.window());
        let windows = baselines.chain(known).chain(untils.iter().copied().flatten());
        let Some(span) = windows.reduce(Window::hull) else { return };
        let Some(most) = day::plus_months(span.earliest(), MOST_YEARS.saturating_mul(12)) else { return };
        if span.latest() > most {
            let (from, to) = (day::Iso(span.earliest()).to_string(), day::Iso(span.latest()).to_string());
            self.of.out.push(Place::WHOLE, Rule::SpanTooLong { from, to });
        }
    }

    fn get(&self, phase: usize) -> Option<&Resolved> {
        self.known.get(phase)?.as_ref()
    }

    /// What a deadline comes to; reports at the place if it leaves the years 1 to 9999.
    fn evaluate(&mut self, deadline: &Deadline, place: impl FnOnce() -> Place) -> Resolved {
        let resolved = evaluate(deadline, self.of.record, &mut |id| self.get(self.ids.get(id)?).cloned(), 0);
        if resolved.out_of_range {
            self.of.out.push(place(), Rule::DateOutOfRange { date: deadline.to_string() });
        }
        resolved
    }

    /// The window of a deadline that is not a phase's own; mistakes in it are reported at the place.
    fn window(&mut self, deadline: &Deadline, place: impl Fn() -> Place) -> Option<Window> {
        for id in phases_named(deadline) {
            if self.ids.get(id).is_none() {
                self.of.out.push(place(), self.of.text.no_phase(self.of.terms, id));
            }
        }
        self.evaluate(deadline, place).due.window()
    }

    fn resolve_in_turn(&mut self) {
        let Resolving { terms, text, .. } = *self.of;
        let mut open = vec![false; text.phases.len()];
        let mut stack = Vec::new();
        for start in 0..text.phases.len() {
            stack.push(start);
            while let Some(&index) = stack.last() {
                let Some(phase) = text.phases.get(index).filter(|_| self.get(index).is_none()) else {
                    stack.pop();
                    continue;
                };
                let revisited = open.get_mut(index).is_some_and(|open| std::mem::replace(open, true));
                let mut waits = false;
                for id in phases_named(phase.by(terms)) {
                    match self.ids.get(id) {
                        None => {
                            if !revisited {
                                self.of.out.push(phase.by_place(), text.no_phase(terms, id));
                            }
                        }
                        Some(needed) if self.get(needed).is_some() => {}
                        Some(needed) if open.get(needed).copied().unwrap_or(false) => {
                            let circle = self.circle(&stack, &open, needed);
                            self.of.out.push(phase.by_place(), Rule::DeadlineCircle { circle });
                        }
                        Some(needed) => {
                            stack.push(needed);
                            waits = true;
                        }
                    }
                }
                if !waits {
                    self.settle(index, phase);
                    stack.pop();
                }
            }
        }
    }

    fn settle(&mut self, index: usize, phase: &PhaseText) {
        let mut resolved = self.evaluate(phase.by(self.of.terms), || phase.by_place());
        let conditions = phase.conditions(self.of.terms);
        if !conditions.is_empty() {
            let from_termination = resolved.from_termination;
            let named = conditions.iter().map(|name| Resolved::of_event(&Event::Named(name.clone()), self.of.record));
            resolved = latest(std::iter::once(resolved).chain(named));
            resolved.from_termination = from_termination;
        }
        if let Some(known) = self.known.get_mut(index) {
            *known = Some(resolved);
        }
    }

    /// The ids of the phases of a circle, from the one that the last of the stack leads back to.
    fn circle(&self, stack: &[usize], open: &[bool], back_to: usize) -> String {
        let on_the_way = |index: usize| open.get(index).copied().unwrap_or(false) && self.get(index).is_none();
        // From the top of the stack, so that a long way to a short circle is not walked for each.
        let from = stack.iter().rposition(|&index| index == back_to).unwrap_or(0);
        let indices = stack.get(from..).unwrap_or_default().iter().chain([&back_to]);
        let phases = indices.filter(|&&index| on_the_way(index)).filter_map(|&index| self.of.text.phases.get(index));
        format!("{} in a circle", list(phases.map(|phase| phase.id(self.of.terms))))
    }
}
