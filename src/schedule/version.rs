//! One version of the agreement, resolved: the schedule of each force.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::chain::{Base, Chain, ChainMilestone, Kind, Setter};

use super::chain_building::ChainRules;

use super::consolidated_text::{ConsolidatedText, ForceText};
use super::consolidation::Consolidation;
use super::due::Dues;
use super::findings::Findings;
use super::limits_by_force::{LimitsByForce, residual_place};
use super::origin::Origin;
use super::planned_path::{Knot, PlannedPath};
use crate::day::{self, Window};
use crate::findings::Rule;
use crate::path::Place;
use crate::record::Record;
use crate::terms::{Event, Residual, Standing};
use crate::wording::{excerpt, list};

/// The most years that a version spans.
const MOST_YEARS: u64 = 200;

/// A version: what the document says from a day on.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    /// The schedules of its forces, shared with versions that have the same.
    pub(crate) forces: Arc<[ForceSchedule]>,
    /// The last day on which what does not count from the termination is required.
    pub(crate) termination: Option<i32>,
}

/// The schedule of one force in one version.
#[derive(Clone, Debug)]
pub(crate) struct ForceSchedule {
    pub(crate) at: Origin,
    /// The force that it is a part of, by index.
    pub(crate) whole: Option<usize>,
    /// Only a unilateral amendment has it, so that nothing is required of it.
    pub(crate) unilateral: bool,
    pub(crate) required: Chain,
    pub(crate) planned: Chain,
    pub(crate) strict: Vec<CeilingStep>,
    pub(crate) lenient: Vec<CeilingStep>,
    /// The same after a termination.
    pub(crate) strict_after: Vec<CeilingStep>,
    pub(crate) lenient_after: Vec<CeilingStep>,
    pub(crate) low: PlannedPath,
    pub(crate) high: PlannedPath,
}

/// From this day on (a day number), this is required.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct CeilingStep {
    pub(crate) day: i32,
    /// `None` is open.
    pub(crate) value: Option<u32>,
    pub(crate) setter: Setter,
    /// The milestone of the chain, by index.
    pub(crate) milestone: usize,
}

impl Version {
    /// The version of a text, which is required without its unilateral amendments.
    pub(super) fn new(texts: &Consolidation<'_>, record: &Record, out: &mut Findings) -> Self {
        let mut version = Self::of_text(&texts.full, record, out);
        if let Some(agreed) = &texts.agreed {
            version.take_required(&Self::of_text(agreed, record, out));
        }
        version
    }

    fn of_text(text: &ConsolidatedText<'_>, record: &Record, out: &mut Findings) -> Self {
        let wholes = wholes(text, out);
        for force in &text.forces {
            check_baseline(force, out);
        }
        let dues = Dues::new(text, record, out);
        check_span(text, &dues, record, out);
        for phase in &text.phases {
            if let Some(from) = phase.from {
                let place = || phase.from_at.of_phase().field("from");
                dues.resolve(text, from, record, place, out);
            }
        }
        let by_force = LimitsByForce::new(text, out);
        let builder = ChainRules { text, dues: &dues, by_force: &by_force, record };
        let termination = record.event(&Event::Termination).map(|window| day::day_number(window.latest()));
        let all_bind = text.phases.iter().all(|phase| phase.standing == Standing::Binding);
        let schedule = |(force, of_force): (usize, &ForceText<'_>)| {
            let required = builder.chain(force, Kind::Required, out);
            let planned = if all_bind { required.clone() } else { builder.chain(force, Kind::Planned, out) };
            let whole = wholes.get(force).copied().flatten();
            ForceSchedule::new(of_force.at, whole, required, planned, termination.is_some())
        };
        Self { forces: text.forces.iter().enumerate().map(schedule).collect(), termination }
    }

    /// How many schedules and milestones it holds.
    pub(super) fn size(&self) -> usize {
        let chains = self.forces.iter().flat_map(ForceSchedule::chains);
        chains.map(|chain| chain.milestones.len().saturating_add(1)).sum()
    }

    /// Replaces what is required by what another text of the same version requires.
    fn take_required(&mut self, obliging: &Self) {
        let theirs: HashMap<_, _> = obliging.forces.iter().map(|force| (force.at, force)).collect();
        for ours in Arc::make_mut(&mut self.forces) {
            let theirs = theirs.get(&ours.at).copied();
            ours.unilateral = theirs.is_none();
            let nothing = ForceSchedule::new(ours.at, None, Chain::default(), Chain::default(), false);
            let ForceSchedule { required, strict, lenient, strict_after, lenient_after, .. } =
                theirs.cloned().unwrap_or(nothing);
            (ours.required, ours.strict, ours.lenient) = (required, strict, lenient);
            (ours.strict_after, ours.lenient_after) = (strict_after, lenient_after);
        }
    }
}

impl ForceSchedule {
    fn new(at: Origin, whole: Option<usize>, required: Chain, planned: Chain, ends: bool) -> Self {
        let (strict, lenient) = steps(&required, false);
        let (strict_after, lenient_after) = if ends { steps(&required, true) } else { Default::default() };
        let (low, high) = paths(&planned);
        Self {
            at,
            whole,
            unilateral: false,
            required,
            planned,
            strict,
            lenient,
            strict_after,
            lenient_after,
            low,
            high,
        }
    }

    /// The baseline that counts, as the required chain has it where there is one.
    pub(crate) fn base(&self) -> Option<Base> {
        self.required.base.or(self.planned.base)
    }

    /// The required and the planned chain.
    pub(crate) const fn chains(&self) -> [&Chain; 2] {
        [&self.required, &self.planned]
    }
}

/// The strict and the lenient steps of a chain: of milestones on one day, or of one that falls after a later one
/// of the chain, the later one counts.
fn steps(chain: &Chain, only_outliving: bool) -> (Vec<CeilingStep>, Vec<CeilingStep>) {
    let (mut strict, mut lenient) = (Vec::new(), Vec::new());
    let counts = |milestone: &ChainMilestone| milestone.outlives || !only_outliving;
    for (index, milestone) in chain.milestones.iter().enumerate().rev().filter(|(_, milestone)| counts(milestone)) {
        let Some(window) = milestone.due.window() else { continue };
        let setter = milestone.setter;
        let step = |day, value| CeilingStep { day: day::day_number(day), value, setter, milestone: index };
        let put = |steps: &mut Vec<CeilingStep>, step: CeilingStep| {
            if steps.last().is_none_or(|later| step.day < later.day) {
                steps.push(step);
            }
        };
        put(&mut strict, step(window.earliest(), Some(milestone.band.low())));
        put(&mut lenient, step(window.latest(), milestone.band.high()));
    }
    strict.reverse();
    lenient.reverse();
    (strict, lenient)
}

/// The low and the high end of the planned path of a chain.
fn paths(chain: &Chain) -> (PlannedPath, PlannedPath) {
    let awaited = chain.milestones.iter().position(|milestone| milestone.due.window().is_none());
    let known = chain.milestones.get(..awaited.unwrap_or(chain.milestones.len())).unwrap_or_default();
    let path = |end: fn(Window) -> NaiveDate, value: fn(crate::terms::Band) -> Option<u32>| {
        // Each point with the day until which the path holds before it.
        let mut points: Vec<(Knot, Option<i32>)> = Vec::with_capacity(known.len().saturating_add(1));
        for milestone in known.iter().rev().filter(|milestone| !milestone.settled) {
            let (Some(window), Some(value)) = (milestone.due.window(), value(milestone.band)) else { continue };
            let knot = Knot { day: day::day_number(end(window)), value };
            if points.last().is_none_or(|(later, _)| knot.day < later.day) {
                let hold = milestone.hold.map(|hold| day::day_number(end(hold)).min(knot.day.saturating_sub(1)));
                points.push((knot, hold));
            }
        }
        if let Some((base, value)) = chain.base.and_then(|base| Some((base, value(base.fallen)?))) {
            let knot = Knot { day: day::day_number(base.as_of), value };
            if points.last().is_none_or(|(later, _)| knot.day < later.day) {
                points.push((knot, None));
            }
        }
        let mut knots: Vec<Knot> = Vec::with_capacity(points.len());
        for (knot, hold) in points.into_iter().rev() {
            if let (Some(before), Some(hold)) = (knots.last().copied(), hold)
                && hold > before.day
            {
                knots.push(Knot { day: hold, value: before.value });
            }
            knots.push(knot);
        }
        PlannedPath::new(knots, awaited.is_some())
    };
    (path(Window::earliest, |band| Some(band.low())), path(Window::latest, crate::terms::Band::high))
}

/// The force that each is a part of; reports unknown wholes, circles and unequal units.
fn wholes(text: &ConsolidatedText<'_>, out: &mut Findings) -> Vec<Option<usize>> {
    let place = |force: &ForceText<'_>| force.at.of_force().field("part_of");
    let mut wholes = vec![None; text.forces.len()];
    for (slot, force) in wholes.iter_mut().zip(&text.forces) {
        let Some(id) = &force.force.part_of else { continue };
        match text.force(Some(id)).map(|whole| (whole, text.forces.get(whole))) {
            Some((index, Some(whole))) => {
                let (part, whole) = (force.force.unit(), whole.force.unit());
                if part != whole {
                    let rule = Rule::PartOfUnit { part: excerpt(part), whole: excerpt(whole) };
                    out.push(place(force), rule);
                }
                *slot = Some(index);
            }
            _ => out.push(place(force), text.no_force(Some(id))),
        }
    }
    break_circles(text, &mut wholes, place, out);
    wholes
}

/// Reports each circle of parts, and cuts it.
fn break_circles(
    text: &ConsolidatedText<'_>,
    wholes: &mut [Option<usize>],
    place: impl Fn(&ForceText<'_>) -> Place,
    out: &mut Findings,
) {
    // The walk in which a force was seen first.
    let mut seen: Vec<Option<usize>> = vec![None; wholes.len()];
    for start in 0..wholes.len() {
        let mut walk = Vec::new();
        let mut next = Some(start);
        while let Some(force) = next {
            match seen.get_mut(force) {
                Some(free @ None) => *free = Some(start),
                Some(Some(walked)) if *walked == start => {
                    let circle = walk.iter().skip_while(|&&index| index != force).chain([&force]);
                    let names = circle.filter_map(|&index| text.forces.get(index)).map(|text| text.force.id.as_str());
                    let circle = list(names);
                    if let Some(first) = text.forces.get(force) {
                        out.push(place(first), Rule::PartOfCircle { circle });
                    }
                    if let Some(whole) = wholes.get_mut(force) {
                        *whole = None;
                    }
                    break;
                }
                _ => break,
            }
            walk.push(force);
            next = wholes.get(force).copied().flatten();
        }
    }
}

fn check_baseline(force: &ForceText<'_>, out: &mut Findings) {
    let Some(baseline) = force.baselines.last().filter(|baseline| baseline.authorised) else { return };
    if baseline.strength.as_ceiling().is_some_and(|band| band.high().is_none()) {
        let rule = Rule::OpenAuthorisedBaseline { strength: baseline.strength.to_string() };
        out.push(baseline.place().field("strength"), rule);
    }
}

/// A version spans at most 200 years, from its earliest baseline or window to the latest.
fn check_span(text: &ConsolidatedText<'_>, dues: &Dues<'_>, record: &Record, out: &mut Findings) {
    let baselines = text.forces.iter().filter_map(|force| force.baselines.last()).map(|base| Window::day(base.as_of));
    let windows = (0..text.phases.len()).filter_map(|phase| dues.get(phase)).filter_map(|known| known.due.window());
    let until = |(index, residual): (usize, &Residual)| {
        let until = residual.until.as_ref()?;
        dues.resolve(text, until, record, || residual_place(text, index).field("until"), out).window()
    };
    let ends: Vec<Window> = text.residual.iter().enumerate().filter_map(until).collect();
    let Some(span) = baselines.chain(windows).chain(ends).reduce(Window::hull) else { return };
    let Some(most) = day::plus_months(span.earliest(), MOST_YEARS.saturating_mul(12)) else { return };
    if span.latest() > most {
        let (from, to) = (day::Iso(span.earliest()).to_string(), day::Iso(span.latest()).to_string());
        out.push(Place::WHOLE, Rule::SpanTooLong { from, to });
    }
}
