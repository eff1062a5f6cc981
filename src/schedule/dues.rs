//! When each phase of a text falls due.

use super::due::{evaluate, latest, phases_named};
use super::{ConsolidatedText, Ids, PhaseText, Resolved, VersionFindings};
use crate::day::{self, Window};
use crate::findings::Rule;
use crate::path::Place;
use crate::record::Record;
use crate::terms::{Deadline, Event, Residual, Terms};
use crate::wording::list;

/// The most years that a version spans.
const MOST_YEARS: u64 = 200;

pub(super) struct Dues {
    /// What the deadline and the conditions of each phase come to.
    pub(super) phases: Vec<Resolved>,
    /// Until when the planned path holds before each phase; empty where it does so before none.
    holds: Vec<Option<Window>>,
    /// Until when each residual stays.
    pub(super) untils: Vec<Option<Window>>,
}

impl Dues {
    pub(super) fn new(terms: &Terms, text: &ConsolidatedText, record: &Record, out: &mut VersionFindings) -> Self {
        let resolver = Resolver::new(terms, text, record, out);
        let until = |(index, residual): (usize, &Residual)| {
            resolver.window(residual.until.as_ref()?, || text.residual_place(index).field("until"), out)
        };
        let untils: Vec<_> = text.residual(terms).iter().enumerate().map(until).collect();
        let known = resolver.known.iter().flatten().filter_map(|resolved| resolved.due.window());
        check_span(text, known.chain(untils.iter().copied().flatten()), out);
        let mut holds = Vec::new();
        for (index, phase) in text.phases.iter().enumerate() {
            if let Some(from) = phase.from(terms) {
                holds.resize(index, None);
                holds.push(resolver.window(from, || phase.from_at.of_phase().field("from"), out));
            }
        }
        let known = resolver.known.into_iter();
        let phases = known.map(|due| due.unwrap_or_else(|| Resolved::unknown(false))).collect();
        Self { phases, holds, untils }
    }

    pub(super) fn hold(&self, phase: usize) -> Option<Window> {
        self.holds.get(phase).copied().flatten()
    }
}

/// A version spans at most 200 years, from its earliest baseline or window to the latest.
fn check_span(text: &ConsolidatedText, windows: impl Iterator<Item = Window>, out: &mut VersionFindings) {
    let baselines = text.forces.iter().filter_map(|force| force.baselines.last()).map(|base| Window::day(base.as_of));
    let Some(span) = baselines.chain(windows).reduce(Window::hull) else { return };
    let Some(most) = day::plus_months(span.earliest(), MOST_YEARS.saturating_mul(12)) else { return };
    if span.latest() > most {
        let (from, to) = (day::Iso(span.earliest()).to_string(), day::Iso(span.latest()).to_string());
        out.push(Place::WHOLE, Rule::SpanTooLong { from, to });
    }
}

/// Resolves the deadlines of a text, each after those that it counts from.
struct Resolver<'t> {
    terms: &'t Terms,
    text: &'t ConsolidatedText,
    record: &'t Record,
    /// The phases by their ids; empty where no deadline counts from a phase.
    ids: Ids<'t>,
    known: Vec<Option<Resolved>>,
}

impl<'t> Resolver<'t> {
    fn new(terms: &'t Terms, text: &'t ConsolidatedText, record: &'t Record, out: &mut VersionFindings) -> Self {
        let bys = text.phases.iter().map(|phase| phase.by(terms));
        let others = text.phases.iter().filter_map(|phase| phase.from(terms));
        let untils = text.residual(terms).iter().filter_map(|residual| residual.until.as_ref());
        let counts_from_phase =
            |deadline: &Deadline| !matches!(deadline, Deadline::Period(_)) && phases_named(deadline).next().is_some();
        let ids = if bys.chain(others).chain(untils).any(counts_from_phase) {
            Ids::new(text.phases.iter().map(|phase| phase.id(terms)))
        } else {
            Ids::default()
        };
        let mut resolver = Self { terms, text, record, ids, known: vec![None; text.phases.len()] };
        if resolver.ids.is_empty() {
            for (index, phase) in text.phases.iter().enumerate() {
                resolver.settle(index, phase, out);
            }
        } else {
            resolver.resolve_in_turn(out);
        }
        resolver
    }

    fn get(&self, phase: usize) -> Option<&Resolved> {
        self.known.get(phase)?.as_ref()
    }

    /// What a deadline that is not a phase's own comes to; mistakes in it are reported at a place.
    fn window(&self, deadline: &Deadline, place: impl Fn() -> Place, out: &mut VersionFindings) -> Option<Window> {
        for id in phases_named(deadline) {
            if self.ids.get(id).is_none() {
                out.push(place(), self.text.no_phase(self.terms, id));
            }
        }
        let resolved = evaluate(deadline, self.record, &mut |id| self.of_id(id), 0);
        if resolved.out_of_range {
            out.push(place(), Rule::DateOutOfRange { date: deadline.to_string() });
        }
        resolved.due.window()
    }

    fn of_id(&self, id: &str) -> Option<Resolved> {
        self.get(self.ids.get(id)?).cloned()
    }

    fn resolve_in_turn(&mut self, out: &mut VersionFindings) {
        let mut open = vec![false; self.text.phases.len()];
        let mut stack = Vec::new();
        for start in 0..self.text.phases.len() {
            stack.push(start);
            while let Some(&index) = stack.last() {
                let Some(phase) = self.text.phases.get(index).filter(|_| self.get(index).is_none()) else {
                    stack.pop();
                    continue;
                };
                let revisited = open.get_mut(index).is_some_and(|open| std::mem::replace(open, true));
                let mut waits = false;
                for id in phases_named(phase.by(self.terms)) {
                    match self.ids.get(id) {
                        None => {
                            if !revisited {
                                out.push(phase.by_place(), self.text.no_phase(self.terms, id));
                            }
                        }
                        Some(needed) if self.get(needed).is_some() => {}
                        Some(needed) if open.get(needed).copied().unwrap_or(false) => {
                            let circle = format!("{} in a circle", list(self.circle(&stack, &open, needed)));
                            out.push(phase.by_place(), Rule::DeadlineCircle { circle });
                        }
                        Some(needed) => {
                            stack.push(needed);
                            waits = true;
                        }
                    }
                }
                if !waits {
                    self.settle(index, phase, out);
                    stack.pop();
                }
            }
        }
    }

    fn settle(&mut self, index: usize, phase: &PhaseText, out: &mut VersionFindings) {
        let by = phase.by(self.terms);
        let mut resolved = evaluate(by, self.record, &mut |id| self.of_id(id), 0);
        if resolved.out_of_range {
            out.push(phase.by_place(), Rule::DateOutOfRange { date: by.to_string() });
        }
        let conditions = phase.conditions(self.terms);
        if !conditions.is_empty() {
            let from_termination = resolved.from_termination;
            let named = conditions.iter().map(|name| Resolved::of_event(&Event::Named(name.clone()), self.record));
            resolved = latest(std::iter::once(resolved).chain(named));
            resolved.from_termination = from_termination;
        }
        if let Some(known) = self.known.get_mut(index) {
            *known = Some(resolved);
        }
    }

    /// The ids of the phases of a circle, from the one that the last of the stack leads back to.
    fn circle(&self, stack: &[usize], open: &[bool], back_to: usize) -> impl Iterator<Item = &'t str> {
        let on_the_way = |index: usize| open.get(index).copied().unwrap_or(false) && self.get(index).is_none();
        // From the top of the stack, so that a long way to a short circle is not walked for each.
        let from = stack.iter().rposition(|&index| index == back_to).unwrap_or(0);
        let indices = stack.get(from..).unwrap_or_default().iter().chain([&back_to]);
        let phases = indices.filter(|&&index| on_the_way(index)).filter_map(|&index| self.text.phases.get(index));
        phases.map(|phase| phase.id(self.terms)).collect::<Vec<_>>().into_iter()
    }
}
