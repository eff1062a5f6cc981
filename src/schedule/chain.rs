//! The chain of a force: its milestones in order, and the hull of all readings that only fall.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::due::{Due, Dues, Events};
use super::finding::{Finding, Findings};
use super::limits::{self, Start};
use super::taken::Taken;
use super::text::{BaselineText, Origin, PhaseText, Text};
use crate::day::{self, Window};
use crate::terms::{Band, Residual, ResidualStatus, Standing};
use crate::violation::Rule;

/// What sets a ceiling.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Setter {
    /// An authorised baseline.
    Baseline,
    /// The phase that stands there.
    Phase(Origin),
}

/// A ceiling and the days on which it falls due.
#[derive(Clone, Debug)]
pub(crate) struct Milestone {
    pub(crate) setter: Setter,
    pub(crate) due: Due,
    pub(crate) band: Band,
    pub(crate) taken: Taken,
    /// The planned path holds until then.
    pub(crate) hold: Option<Window>,
    /// It counts from the termination, and so outlives it.
    pub(crate) outlives: bool,
    /// It closed before the baseline, and only goes on requiring its ceiling.
    pub(crate) settled: bool,
    /// It is the end of a residual, and not a phase of its own.
    pub(crate) residual_ends: bool,
}

/// The strength that a chain starts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Base {
    pub(crate) as_of: NaiveDate,
    pub(crate) authorised: bool,
    /// The number as the text gives it.
    pub(crate) band: Band,
    /// What is left of it in readings that only fall.
    pub(crate) fallen: Band,
}

/// The baseline and the milestones of one force in one version.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chain {
    pub(crate) base: Option<Base>,
    pub(crate) milestones: Vec<Milestone>,
}

/// Which phases make a chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// The binding ones.
    Required,
    /// All.
    Planned,
}

/// A limit of a force, by the index of its phase and its own there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LimitAt {
    pub(crate) phase: usize,
    pub(crate) limit: usize,
}

/// The limits and the residual of each force of a text.
pub(crate) struct ByForce<'a> {
    pub(crate) limits: Vec<Vec<LimitAt>>,
    residuals: Vec<Option<(usize, &'a Residual)>>,
}

impl<'a> ByForce<'a> {
    /// Sorts limits and residuals by their force, and reports those that have none or stand twice.
    pub(crate) fn new(text: &Text<'a>, ids: &HashMap<&str, usize>, out: &mut Findings) -> Self {
        let mut limits: Vec<Vec<LimitAt>> = vec![Vec::new(); text.forces.len()];
        for (phase, of_phase) in text.phases.iter().enumerate() {
            for (limit, written) in of_phase.limits.iter().enumerate() {
                let at = of_phase.limits_at;
                let field = |field: &str| at.of_phase(&format!("limits[{limit}]{field}"));
                let named = written.force.as_deref();
                let Some(force) = text.force(ids, named) else {
                    let path = field(if named.is_some() { ".force" } else { "" });
                    out.push(Finding::new(path, at.amendment(), text.no_force(named)));
                    continue;
                };
                let Some(of_force) = limits.get_mut(force) else { continue };
                if of_force.last().is_some_and(|last: &LimitAt| last.phase == phase) {
                    let id = text.forces.get(force).map_or("", |text| &text.force.id);
                    out.push(Finding::new(field(""), at.amendment(), Rule::DuplicateLimit { force: id.to_owned() }));
                } else {
                    of_force.push(LimitAt { phase, limit });
                }
            }
        }
        let mut residuals = vec![None; text.forces.len()];
        for (index, residual) in text.residual.iter().enumerate() {
            let (path, amendment) = residual_path(text, index, "");
            let named = residual.force.as_deref();
            let Some(force) = text.force(ids, named) else {
                let (path, _) = residual_path(text, index, if named.is_some() { ".force" } else { "" });
                out.push(Finding::new(path, amendment, text.no_force(named)));
                continue;
            };
            match residuals.get_mut(force) {
                Some(free @ None) => *free = Some((index, residual)),
                _ => {
                    let id = text.forces.get(force).map_or("", |text| &text.force.id);
                    out.push(Finding::new(path, amendment, Rule::DuplicateResidual { force: id.to_owned() }));
                }
            }
        }
        Self { limits, residuals }
    }
}

fn residual_path(text: &Text<'_>, index: usize, field: &str) -> (String, Option<usize>) {
    match text.residual_at {
        None => (format!("residual[{index}]{field}"), None),
        Some(at) => (at.path("", "", &format!("residual[{index}]{field}")), at.amendment()),
    }
}

/// Builds the chains of one text.
pub(crate) struct Builder<'t, 'a, E> {
    pub(crate) text: &'t Text<'a>,
    pub(crate) dues: &'t Dues<'a>,
    pub(crate) by_force: &'t ByForce<'a>,
    pub(crate) events: &'t E,
}

/// A chain as it is built, phase by phase.
struct Building<'f> {
    force: &'f str,
    start: Start,
    /// The least of the high ends so far.
    cap: Option<u32>,
    chain: Chain,
}

impl<E: Events> Builder<'_, '_, E> {
    /// The chain of a force.
    pub(crate) fn chain(&self, force: usize, kind: Kind, out: &mut Findings) -> Chain {
        let (Some(of_force), Some(limits)) = (self.text.forces.get(force), self.by_force.limits.get(force)) else {
            return Chain::default();
        };
        let in_chain = |at: &&LimitAt| {
            let phase = self.text.phases.get(at.phase);
            phase.is_some_and(|phase| kind == Kind::Planned || phase.standing == Standing::Binding)
        };
        let limits: Vec<LimitAt> = limits.iter().filter(in_chain).copied().collect();
        let base = of_force.baselines.last().map(base_of);
        let mut building = Building::new(&of_force.force.id, base);
        let settled = self.settle(force, &limits, &mut building, out);
        building.chain.milestones.reserve(limits.len());
        if let Some(base) = base.filter(|base| base.authorised) {
            building.chain.milestones.push(Milestone {
                setter: Setter::Baseline,
                due: Due::Known(Window::day(base.as_of)),
                band: base.band,
                taken: Taken::NOTHING,
                hold: None,
                outlives: false,
                settled: false,
                residual_ends: false,
            });
        }
        let open = limits.get(settled..).unwrap_or_default();
        self.check_order(open, base.as_ref(), out);
        let last = open.last().map(|at| at.phase);
        for at in open {
            let before = building.start.previous;
            self.push(*at, &mut building, out);
            if last == Some(at.phase) {
                self.leave_residual(force, before, &mut building, out);
            }
        }
        building.finish()
    }

    /// Walks through the phases that new baselines settle, and keeps the ceiling of the last. Gives their number.
    fn settle(
        &self,
        force: usize,
        limits: &[LimitAt],
        building: &mut Building<'_>,
        out: &mut Findings,
    ) -> usize {
        let baselines = self.text.forces.get(force).map(|text| text.baselines.as_slice()).unwrap_or_default();
        let (first, later) = match baselines {
            [first, later @ ..] if first.since == 0 => (Some(base_of(first)), later),
            all => (None, all),
        };
        if later.is_empty() {
            return 0;
        }
        let band = first.map_or(Band::OPEN, |base| base.band);
        let mut old = Building { start: Start::at(band), cap: band.high(), ..Building::new(building.force, first) };
        let mut settled = 0;
        for baseline in later {
            let closed = limits.iter().rposition(|at| self.closed_before(*at, baseline));
            let until = closed.map_or(settled, |last| last.saturating_add(1).max(settled));
            for (index, at) in limits.iter().enumerate().take(until).skip(settled) {
                if self.text.phases.get(at.phase).is_some_and(|phase| phase.since >= baseline.since) {
                    self.check_order(&[*at], Some(&base_of(baseline)), out);
                }
                let before = old.start.previous;
                self.push(*at, &mut old, out);
                if index.saturating_add(1) == limits.len() {
                    self.leave_residual(force, before, &mut old, out);
                }
            }
            settled = until;
            old = old.rebased(base_of(baseline));
        }
        building.start = old.start;
        building.cap = old.cap;
        building.chain.milestones = old.chain.milestones;
        settled
    }

    fn closed_before(&self, at: LimitAt, baseline: &BaselineText) -> bool {
        let existed = self.text.phases.get(at.phase).is_some_and(|phase| phase.since < baseline.since);
        let window = self.dues.get(at.phase).and_then(|resolved| resolved.due.window());
        existed && window.is_some_and(|window| window.latest() < baseline.as_of)
    }

    /// The text-alone windows of a chain stand in order, and none closes before the baseline.
    fn check_order(&self, limits: &[LimitAt], base: Option<&Base>, out: &mut Findings) {
        let mut before: Option<(&PhaseText<'_>, Window)> = None;
        for at in limits {
            let (Some(phase), Some(resolved)) = (self.text.phases.get(at.phase), self.dues.get(at.phase)) else {
                continue;
            };
            let Some(written) = resolved.due.window().filter(|_| resolved.text_alone) else { continue };
            let place = |rule| Finding::new(phase.by_at.of_phase("by"), phase.by_at.amendment(), rule);
            if let Some(base) = base.filter(|base| written.latest() < base.as_of) {
                let as_of = day::Iso(base.as_of).to_string();
                let (phase, window) = (phase.id.to_owned(), written.to_string());
                out.push(place(Rule::ClosesBeforeBaseline { phase, window, as_of }));
                continue;
            }
            let window = base.map_or(written, |base| written.later(Window::day(base.as_of)));
            match before {
                Some((earlier, of_earlier)) if window.later(of_earlier) != window => {
                    out.push(place(Rule::PhasesOutOfOrder {
                        phase: phase.id.to_owned(),
                        window: written.to_string(),
                        before: earlier.id.to_owned(),
                        earlier: of_earlier.to_string(),
                    }));
                }
                _ => before = Some((phase, window)),
            }
        }
    }

    /// Adds the milestone of a limit to the chain.
    fn push(&self, at: LimitAt, building: &mut Building<'_>, out: &mut Findings) {
        let (Some(phase), Some(resolved)) = (self.text.phases.get(at.phase), self.dues.get(at.phase)) else { return };
        let Some(limit) = phase.limits.get(at.limit).and_then(crate::terms::Limit::kind) else { return };
        let outcome = limits::ceiling(limit, building.start);
        let field = |field: &str| phase.limits_at.of_phase(&format!("limits[{}]{field}", at.limit));
        let place = |path: String, rule| Finding::new(path, phase.limits_at.amendment(), rule);
        let (id, force) = (phase.id.to_owned(), building.force.to_owned());
        if let Some((taken, left)) = outcome.excess {
            let path = field(&format!(".{}", limit.field()));
            out.push(place(path, Rule::WithdrawsMoreThanLeft { phase: id, force, taken, left }));
        } else if let Some(before) = building.cap.filter(|&cap| outcome.band.low() > cap) {
            out.push(place(field(""), Rule::CeilingRises { phase: id, force, ceiling: outcome.band, before }));
        }
        let band = capped(outcome.band, building.cap);
        building.cap = band.high();
        building.start.previous = band;
        building.start.taken = outcome.taken;
        let hold = phase.from.and_then(|from| {
            let path = || (phase.from_at.of_phase("from"), phase.from_at.amendment());
            self.dues.resolve(self.text, from, self.events, path, out).window()
        });
        let due = match &resolved.due {
            Due::Known(window) => Due::Known(building.place(*window, resolved.text_alone)),
            awaiting @ Due::Awaiting(_) => awaiting.clone(),
        };
        building.chain.milestones.push(Milestone {
            setter: Setter::Phase(phase.at),
            due,
            band,
            taken: outcome.taken,
            hold,
            outlives: resolved.from_termination,
            settled: false,
            residual_ends: false,
        });
    }

    /// Raises the last ceiling by what may stay, and lowers it again after its end.
    fn leave_residual(&self, force: usize, before: Band, building: &mut Building<'_>, out: &mut Findings) {
        let Some(&Some((index, residual))) = self.by_force.residuals.get(force) else { return };
        let until = residual.until.as_ref().and_then(|until| {
            let path = || residual_path(self.text, index, ".until");
            self.dues.resolve(self.text, until, self.events, path, out).window()
        });
        let Some(last) = building.chain.milestones.last_mut() else { return };
        let without = last.band;
        let strength = residual.strength.as_ceiling().unwrap_or(Band::OPEN);
        let stays = capped(strength, before.high());
        let raised = |low: u32| {
            let high = without.high().zip(stays.high()).map(|(without, stays)| without.max(stays));
            Band::new(low, high).unwrap_or(without)
        };
        last.band = match residual.status {
            ResidualStatus::Agreed => raised(without.low().max(stays.low())),
            ResidualStatus::Proposed => raised(without.low()),
        };
        if last.band == without {
            return;
        }
        let taken = std::mem::replace(&mut last.taken, Taken::UNRELATED);
        let (Some(until), Some(due)) = (until, last.due.window()) else { return };
        let next = |day| day::plus_days(day, 1);
        let ends = next(until.earliest()).zip(next(until.latest()));
        let Some(ends) = ends.and_then(|(earliest, latest)| Window::new(earliest, latest)) else { return };
        let end = Milestone {
            due: Due::Known(ends.later(due)),
            band: without,
            taken,
            hold: None,
            residual_ends: true,
            ..last.clone()
        };
        building.chain.milestones.push(end);
    }
}

impl<'f> Building<'f> {
    fn new(force: &'f str, base: Option<Base>) -> Self {
        let band = base.map_or(Band::OPEN, |base| base.band);
        let chain = Chain { base, milestones: Vec::new() };
        Self { force, start: Start::at(band), cap: band.high(), chain }
    }

    /// The same chain after a new baseline, of which only the last milestone is left.
    fn rebased(mut self, base: Base) -> Self {
        let mut next = Self::new(self.force, Some(base));
        let end = self.chain.milestones.pop_if(|milestone| milestone.residual_ends);
        let Some(last) = self.chain.milestones.pop() else { return next };
        let settle = |milestone: Milestone| Milestone {
            band: capped(milestone.band, base.band.high()),
            settled: true,
            hold: None,
            taken: Taken::UNRELATED,
            ..milestone
        };
        let last = settle(last);
        let end = end.map(settle);
        let left = end.as_ref().map_or(last.band, |end| end.band);
        if !base.authorised {
            next.start = Start { base: base.band, previous: left, taken: Taken::UNRELATED };
            next.cap = least(next.cap, last.band.high());
        } else if last.band.low() < base.band.low() || last.band.high() < base.band.high() {
            // Its ceiling would rise to that of the new baseline.
            return next;
        }
        next.chain.milestones.push(last);
        next.chain.milestones.extend(end);
        next
    }

    /// The days on which a milestone counts: not before the baseline, and not before the milestone before it
    /// where they depend on the record.
    fn place(&self, window: Window, text_alone: bool) -> Window {
        let base = self.chain.base.map(|base| Window::day(base.as_of));
        let window = base.map_or(window, |base| window.later(base));
        if text_alone {
            return window;
        }
        let before = self.chain.milestones.iter().rev().find_map(|milestone| milestone.due.window());
        before.map_or(window, |before| window.later(before))
    }

    /// Raises each low end to the highest low end after it.
    fn finish(mut self) -> Chain {
        let mut floor = 0;
        for milestone in self.chain.milestones.iter_mut().rev() {
            milestone.band = raised(milestone.band, floor);
            floor = milestone.band.low();
        }
        if let Some(base) = &mut self.chain.base {
            let after = self.chain.milestones.iter().filter(|milestone| !milestone.settled);
            base.fallen = raised(base.fallen, after.map(|milestone| milestone.band.low()).max().unwrap_or(0));
        }
        self.chain
    }
}

fn base_of(text: &BaselineText) -> Base {
    let band = if text.authorised { text.strength.as_ceiling() } else { text.strength.band() };
    let band = band.unwrap_or(Band::OPEN);
    Base { as_of: text.as_of, authorised: text.authorised, band, fallen: band }
}

/// The band with its high end at most `cap`.
fn capped(band: Band, cap: Option<u32>) -> Band {
    let high = least(band.high(), cap);
    Band::new(high.map_or(band.low(), |high| band.low().min(high)), high).unwrap_or(band)
}

fn raised(band: Band, floor: u32) -> Band {
    Band::new(band.low().max(floor), band.high()).unwrap_or(band)
}

fn least(a: Option<u32>, b: Option<u32>) -> Option<u32> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, None) | (None, one) => one,
    }
}
