//! The chain of a force: its milestones in order, and the hull of all readings that only fall.

use chrono::NaiveDate;

use super::due::{Due, Dues, Events};
use super::finding::{Finding, Findings};
use super::limits::{self, Start};
use super::taken::Taken;
use super::text::{BaselineText, Origin, Text};
use crate::day::{self, Window};
use crate::findings::Rule;
use crate::terms::{Band, Residual, ResidualStatus, Standing};
use crate::wording::excerpt;

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
    /// The same at the high end: unrelated where a residual may raise it.
    pub(crate) taken_high: Taken,
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
    residuals: Vec<Option<&'a Residual>>,
}

impl<'a> ByForce<'a> {
    /// Sorts limits and residuals by their force, and reports those that have none or stand twice.
    pub(crate) fn new(text: &Text<'a>, out: &mut Findings) -> Self {
        let mut limits: Vec<Vec<LimitAt>> = vec![Vec::new(); text.forces.len()];
        for (phase, of_phase) in text.phases.iter().enumerate() {
            for (limit, written) in of_phase.limits.iter().enumerate() {
                let at = of_phase.limits_at;
                let field = |field: &str| at.of_phase(&format!("limits[{limit}]{field}"));
                let named = written.force.as_deref();
                let Some(force) = text.force(named) else {
                    let path = field(if named.is_some() { ".force" } else { "" });
                    out.push(Finding::new(path, at.amendment(), text.no_force(named)));
                    continue;
                };
                let Some(of_force) = limits.get_mut(force) else { continue };
                if of_force.last().is_some_and(|last: &LimitAt| last.phase == phase) {
                    let id = text.forces.get(force).map_or("", |text| &text.force.id);
                    out.push(Finding::new(field(""), at.amendment(), Rule::DuplicateLimit { force: excerpt(id) }));
                } else {
                    of_force.push(LimitAt { phase, limit });
                }
            }
        }
        let mut residuals = vec![None; text.forces.len()];
        for (index, residual) in text.residual.iter().enumerate() {
            let (path, amendment) = residual_path(text, index, "");
            let named = residual.force.as_deref();
            let Some(force) = text.force(named) else {
                let (path, _) = residual_path(text, index, if named.is_some() { ".force" } else { "" });
                out.push(Finding::new(path, amendment, text.no_force(named)));
                continue;
            };
            if let Some(free @ None) = residuals.get_mut(force) {
                *free = Some(residual);
            } else {
                let id = text.forces.get(force).map_or("", |text| &text.force.id);
                out.push(Finding::new(path, amendment, Rule::DuplicateResidual { force: excerpt(id) }));
            }
        }
        Self { limits, residuals }
    }
}

/// The path of a field of a residual, and the amendment that it stands in.
pub(super) fn residual_path(text: &Text<'_>, index: usize, field: &str) -> (String, Option<usize>) {
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

/// A limit with the days on which it falls due, and the baseline that it counts from.
struct Placed {
    at: LimitAt,
    due: Due,
    /// Index of the baseline.
    base: usize,
    settled: bool,
}

/// A chain as it is built, phase by phase.
struct Building<'f> {
    force: &'f str,
    /// The baselines from the first to the one that counts; the first may be unknown.
    bases: Vec<Option<Base>>,
    /// The index of the baseline that the chain counts from at present.
    base: usize,
    start: Start,
    /// The least of the high ends so far.
    cap: Option<u32>,
    milestones: Vec<Milestone>,
}

impl<E: Events> Builder<'_, '_, E> {
    /// The chain of a force.
    pub(crate) fn chain(&self, force: usize, kind: Kind, out: &mut Findings) -> Chain {
        let (Some(of_force), Some(limits)) = (self.text.forces.get(force), self.by_force.limits.get(force)) else {
            return Chain::default();
        };
        if limits.is_empty() && of_force.baselines.is_empty() {
            return Chain::default();
        }
        let in_chain = |at: &&LimitAt| {
            let phase = self.text.phases.get(at.phase);
            phase.is_some_and(|phase| kind == Kind::Planned || phase.standing == Standing::Binding)
        };
        let mut bases: Vec<Option<Base>> = Vec::with_capacity(of_force.baselines.len());
        if of_force.baselines.first().is_none_or(|first| first.since > 0) {
            bases.push(None);
        }
        bases.extend(of_force.baselines.iter().map(|text| Some(base_of(text))));
        let since = of_force.baselines.last().map(|text| text.since);
        let placed = self.place(limits.iter().filter(in_chain), &bases, since, out);
        let mut building = Building::new(&of_force.force.id, bases, &placed);
        let authorised = building.last_base().filter(|base| base.authorised);
        let last = placed.len().saturating_sub(1);
        for (index, placed) in placed.into_iter().enumerate() {
            if placed.settled && authorised.is_some() {
                continue;
            }
            let before = self.push(placed, &mut building, out);
            if index == last {
                self.leave_residual(force, before, &mut building);
            }
        }
        building.finish()
    }

    /// Places the limits of a chain: not before their baseline, in order where they depend on the record.
    fn place<'l>(
        &self,
        limits: impl Iterator<Item = &'l LimitAt>,
        bases: &[Option<Base>],
        since: Option<usize>,
        out: &mut Findings,
    ) -> Vec<Placed> {
        let last_base = bases.len().saturating_sub(1);
        let open_from = open_from(bases.get(..last_base).unwrap_or_default());
        let mut all: Vec<Placed> = Vec::with_capacity(limits.size_hint().1.unwrap_or(0));
        // The window of the phase before, and that of the last one that the text alone gives.
        let (mut before, mut before_in_text): (Option<Window>, Option<(&str, Window)>) = (None, None);
        for &at in limits {
            let (Some(phase), Some(resolved)) = (self.text.phases.get(at.phase), self.dues.get(at.phase)) else {
                continue;
            };
            let Due::Known(written) = resolved.due else {
                all.push(Placed { at, due: resolved.due.clone(), base: last_base, settled: false });
                continue;
            };
            let report = |out: &mut Findings, rule| {
                out.push(Finding::new(phase.by_at.of_phase("by"), phase.by_at.amendment(), rule));
            };
            let mut window = written;
            if !resolved.text_alone {
                window = before.map_or(window, |before| window.later(before));
            }
            let closed = |base: &Option<Base>| base.is_some_and(|base| window.latest() < base.as_of);
            let settled = last_base > 0 && bases.last().is_some_and(closed);
            let base = if settled { last_open(&open_from, window) } else { last_base };
            let as_of = bases.get(base).copied().flatten().map(|base| base.as_of);
            let is_new = settled && since == Some(phase.since);
            let from = if is_new { bases.last().copied().flatten().map(|base| base.as_of) } else { as_of };
            if let Some(as_of) = from.filter(|&as_of| resolved.text_alone && written.latest() < as_of) {
                let (phase, window) = (excerpt(phase.id), written.to_string());
                report(out, Rule::ClosesBeforeBaseline { phase, window, as_of: day::Iso(as_of).to_string() });
            }
            window = as_of.map_or(window, |as_of| window.later(Window::day(as_of)));
            if resolved.text_alone {
                if let Some((earlier, of_earlier)) =
                    before_in_text.filter(|(_, earlier)| window.later(*earlier) != window)
                {
                    report(
                        out,
                        Rule::PhasesOutOfOrder {
                            phase: excerpt(phase.id),
                            window: written.to_string(),
                            before: excerpt(earlier),
                            earlier: of_earlier.to_string(),
                        },
                    );
                }
                before_in_text = Some((phase.id, window));
            }
            before = Some(window);
            all.push(Placed { at, due: Due::Known(window), base, settled });
        }
        all
    }

    /// Adds the milestone of a limit to the chain. Gives the ceiling before it.
    fn push(&self, placed: Placed, building: &mut Building<'_>, out: &mut Findings) -> Band {
        let Placed { at, due, base, settled } = placed;
        building.count_from(base);
        let before = building.start.previous;
        let Some(phase) = self.text.phases.get(at.phase) else { return before };
        let Some(limit) = phase.limits.get(at.limit).and_then(crate::terms::Limit::kind) else { return before };
        let outcome = limits::ceiling(limit, building.start);
        let field = |field: &str| phase.limits_at.of_phase(&format!("limits[{}]{field}", at.limit));
        let place = |path: String, rule| Finding::new(path, phase.limits_at.amendment(), rule);
        let names = || (excerpt(phase.id), excerpt(building.force));
        if let Some((taken, left)) = outcome.excess {
            let (phase, force) = names();
            let path = field(&format!(".{}", limit.field()));
            out.push(place(path, Rule::WithdrawsMoreThanLeft { phase, force, taken, left }));
        } else if let Some(before) = building.cap.filter(|&cap| outcome.band.low() > cap) {
            let (phase, force) = names();
            out.push(place(field(""), Rule::CeilingRises { phase, force, ceiling: outcome.band, before }));
        }
        let band = capped(outcome.band, building.cap);
        building.cap = band.high();
        building.start.previous = band;
        building.start.taken = outcome.taken;
        let hold = phase.from.filter(|_| !settled).and_then(|from| self.window(from));
        if settled {
            // Of the settled phases, only the last goes on.
            building.milestones.retain(|milestone| !milestone.settled);
        }
        let cap = building.last_base().and_then(|base| base.band.high());
        let current = base.saturating_add(1) == building.bases.len();
        let taken = if current { outcome.taken } else { Taken::UNRELATED };
        building.milestones.push(Milestone {
            setter: Setter::Phase(phase.at),
            due,
            band: if settled { capped(band, cap) } else { band },
            taken,
            taken_high: taken,
            hold,
            outlives: self.dues.get(at.phase).is_some_and(|resolved| resolved.from_termination),
            settled,
            residual_ends: false,
        });
        if settled { capped(before, cap) } else { before }
    }

    /// What a deadline comes to that is checked elsewhere.
    fn window(&self, deadline: &crate::terms::Deadline) -> Option<Window> {
        let nowhere = || (String::new(), None);
        self.dues.resolve(self.text, deadline, self.events, nowhere, &mut Findings::default()).window()
    }

    /// Raises the last ceiling by what may stay, and lowers it again after its end.
    fn leave_residual(&self, force: usize, before: Band, building: &mut Building<'_>) {
        let Some(&Some(residual)) = self.by_force.residuals.get(force) else { return };
        let until = residual.until.as_ref().and_then(|until| self.window(until));
        let Some(last) = building.milestones.last_mut() else { return };
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
        if stays.high().is_none_or(|most| most > without.low()) {
            last.taken_high = Taken::UNRELATED;
        }
        let (Some(until), Some(due)) = (until, last.due.window()) else { return };
        let next = |day| day::plus_days(day, 1);
        let ends = next(until.earliest()).zip(next(until.latest()));
        let Some(ends) = ends.and_then(|(earliest, latest)| Window::new(earliest, latest)) else { return };
        // A hold ends before the phase is due, and so before the residual does.
        let before_due = day::plus_days(due.earliest(), -1).zip(day::plus_days(due.latest(), -1));
        let before_due = before_due.and_then(|(earliest, latest)| Window::new(earliest, latest));
        let hold = last.hold.zip(before_due).map(|(hold, before_due)| hold.earlier(before_due));
        let end = Milestone {
            hold,
            due: Due::Known(ends.later(due)),
            band: without,
            taken_high: last.taken,
            residual_ends: true,
            ..last.clone()
        };
        building.milestones.push(end);
    }
}

impl<'f> Building<'f> {
    fn new(force: &'f str, bases: Vec<Option<Base>>, placed: &[Placed]) -> Self {
        let last = bases.len().saturating_sub(1);
        let authorised = bases.last().copied().flatten().is_some_and(|base| base.authorised);
        let base = match placed.first() {
            Some(first) if first.settled && !authorised => first.base,
            Some(_) if placed.iter().any(|placed| placed.settled) && !authorised => 0,
            _ => last,
        };
        let band = bases.get(base).copied().flatten().map_or(Band::OPEN, |base| base.band);
        let milestones = Vec::with_capacity(placed.len().saturating_add(1));
        let mut building = Self { force, bases, base, start: Start::at(band), cap: band.high(), milestones };
        if let Some(base) = building.last_base().filter(|base| base.authorised) {
            building.milestones.push(Milestone {
                setter: Setter::Baseline,
                due: Due::Known(Window::day(base.as_of)),
                band: base.band,
                taken: Taken::NOTHING,
                taken_high: Taken::NOTHING,
                hold: None,
                outlives: false,
                settled: false,
                residual_ends: false,
            });
        }
        building
    }

    fn last_base(&self) -> Option<Base> {
        self.bases.last().copied().flatten()
    }

    /// Counts what follows from another baseline, which caps it.
    fn count_from(&mut self, base: usize) {
        if base == self.base {
            return;
        }
        let band = self.bases.get(base).copied().flatten().map_or(Band::OPEN, |base| base.band);
        self.base = base;
        self.cap = least(self.cap, band.high());
        self.start = Start { base: band, previous: capped(self.start.previous, band.high()), taken: Taken::UNRELATED };
    }

    /// Raises each low end to the highest low end after it.
    fn finish(mut self) -> Chain {
        let mut floor = 0;
        for milestone in self.milestones.iter_mut().rev() {
            milestone.band = raised(milestone.band, floor);
            floor = milestone.band.low();
        }
        let base = self.last_base().map(|base| {
            let after = self.milestones.iter().filter(|milestone| !milestone.settled);
            let floor = after.map(|milestone| milestone.band.low()).max().unwrap_or(0);
            Base { fallen: raised(base.fallen, floor), ..base }
        });
        // Of settled phases few are left.
        self.milestones.shrink_to_fit();
        Chain { base, milestones: self.milestones }
    }
}

/// The day of each baseline that may be the last one not after a window, from the last to the first, with its index:
/// an earlier one only where it is of an earlier day.
fn open_from(bases: &[Option<Base>]) -> Vec<(NaiveDate, usize)> {
    let mut open: Vec<(NaiveDate, usize)> = Vec::new();
    for (index, base) in bases.iter().enumerate().rev() {
        let as_of = base.map_or(NaiveDate::MIN, |base| base.as_of);
        if open.last().is_none_or(|(later, _)| as_of < *later) {
            open.push((as_of, index));
        }
    }
    open
}

/// The last baseline that is not after a window, else the first.
fn last_open(open_from: &[(NaiveDate, usize)], window: Window) -> usize {
    let after = open_from.partition_point(|(as_of, _)| window.latest() < *as_of);
    open_from.get(after).map_or(0, |(_, index)| *index)
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
