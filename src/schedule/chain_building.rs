//! Builds the chain of a force, phase by phase.

use super::chain::{Base, Chain, ChainMilestone, Kind, Setter};
use super::consolidated_text::{BaselineText, ForceText};
use super::due::Due;
use super::limit_ceiling::{self, CountedFrom};
use super::limits_by_force::{LimitText, ResidualText};
use super::placing::{self, Placed};
use super::version_findings::VersionFindings;
use super::withdrawn::WithdrawnSoFar;
use crate::day::{self, Window};
use crate::findings::Rule;
use crate::terms::{Band, ResidualStatus, Standing, Terms};
use crate::wording::excerpt;

/// What the chains of one force are built from.
pub(super) struct ChainRules<'t> {
    pub(super) terms: &'t Terms,
    pub(super) force: &'t ForceText,
    /// Its limits in the order of the phases.
    pub(super) limits: &'t [LimitText<'t>],
    pub(super) residual: Option<ResidualText<'t>>,
}

/// A chain as it is built, phase by phase.
struct ChainSoFar<'f> {
    force: &'f str,
    /// The baselines from the first to the one that counts; the first may be unknown.
    bases: Vec<Option<Base>>,
    /// The index of the baseline that the chain counts from at present.
    base: usize,
    start: CountedFrom,
    /// The least of the high ends so far.
    cap: Option<u32>,
    milestones: Vec<ChainMilestone>,
}

impl ChainRules<'_> {
    /// The chain of the force.
    pub(super) fn chain(&self, kind: Kind, out: &mut VersionFindings) -> Chain {
        let baselines = &self.force.baselines;
        if self.limits.is_empty() && baselines.is_empty() {
            return Chain::default();
        }
        let in_chain = |at: &&LimitText<'_>| kind == Kind::Planned || at.phase.standing == Standing::Binding;
        let mut bases: Vec<Option<Base>> = Vec::with_capacity(baselines.len());
        if baselines.first().is_none_or(|first| first.since > 0) {
            bases.push(None);
        }
        bases.extend(baselines.iter().map(|text| Some(base_of(text))));
        let since = baselines.last().map(|text| text.since);
        let placed = placing::place(self.terms, self.limits.iter().filter(in_chain), &bases, since, out);
        let mut building = ChainSoFar::new(self.force.id(self.terms), bases, &placed);
        let authorised = building.last_base().filter(|base| base.authorised);
        let last = placed.len().saturating_sub(1);
        for (index, placed) in placed.into_iter().enumerate() {
            if placed.settled && authorised.is_some() {
                continue;
            }
            let before = self.push(placed, &mut building, out);
            if let Some(residual) = self.residual.filter(|_| index == last) {
                leave_residual(residual, before, &mut building);
            }
        }
        building.finish()
    }

    /// Adds the milestone of a limit to the chain. Gives the ceiling before it.
    fn push(&self, placed: Placed<'_>, building: &mut ChainSoFar<'_>, out: &mut VersionFindings) -> Band {
        let Placed { of, due, base, settled } = placed;
        building.count_from(base);
        let before = building.start.previous;
        let outcome = limit_ceiling::ceiling(of.limit.kind, building.start);
        let names = || (excerpt(of.phase.id(self.terms)), excerpt(building.force));
        if let Some((taken, left)) = outcome.excess {
            let (phase, force) = names();
            let place = of.place().field(of.limit.kind.field());
            out.push(place, Rule::WithdrawsMoreThanLeft { phase, force, taken, left });
        } else if let Some(before) = building.cap.filter(|&cap| outcome.band.low() > cap) {
            let (phase, force) = names();
            out.push(of.place(), Rule::CeilingRises { phase, force, ceiling: outcome.band, before });
        }
        let band = capped(outcome.band, building.cap);
        building.cap = band.high();
        building.start.previous = band;
        building.start.taken = outcome.taken;
        if settled {
            // Of the settled phases, only the last goes on.
            building.milestones.retain(|milestone| !milestone.settled);
        }
        let cap = building.last_base().and_then(|base| base.band.high());
        let current = base.saturating_add(1) == building.bases.len();
        let taken = if current { outcome.taken } else { WithdrawnSoFar::UNRELATED };
        building.milestones.push(ChainMilestone {
            setter: Setter::Phase(of.phase.at),
            due,
            band: if settled { capped(band, cap) } else { band },
            taken,
            may_be_raised: false,
            hold: of.hold.filter(|_| !settled),
            outlives: of.resolved.from_termination,
            settled,
            residual_ends: false,
        });
        if settled { capped(before, cap) } else { before }
    }
}

/// Raises the last ceiling by what may stay, and lowers it again after its end.
fn leave_residual((residual, until): ResidualText<'_>, before: Band, building: &mut ChainSoFar<'_>) {
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
        last.may_be_raised = true;
    }
    let (Some(until), Some(due)) = (until, last.due.window()) else { return };
    let next = |day| day::plus_days(day, 1);
    let ends = next(until.earliest()).zip(next(until.latest()));
    let Some(ends) = ends.and_then(|(earliest, latest)| Window::new(earliest, latest)) else { return };
    // A hold ends before the phase is due, and so before the residual does.
    let before_due = day::plus_days(due.earliest(), -1).zip(day::plus_days(due.latest(), -1));
    let before_due = before_due.and_then(|(earliest, latest)| Window::new(earliest, latest));
    let hold = last.hold.zip(before_due).map(|(hold, before_due)| hold.earlier(before_due));
    let end = ChainMilestone {
        hold,
        due: Due::Known(ends.later(due)),
        band: without,
        may_be_raised: false,
        residual_ends: true,
        ..last.clone()
    };
    building.milestones.push(end);
}

impl<'f> ChainSoFar<'f> {
    fn new(force: &'f str, bases: Vec<Option<Base>>, placed: &[Placed<'_>]) -> Self {
        let last = bases.len().saturating_sub(1);
        let authorised = bases.last().copied().flatten().is_some_and(|base| base.authorised);
        let base = match placed.first() {
            Some(first) if first.settled && !authorised => first.base,
            Some(_) if placed.iter().any(|placed| placed.settled) && !authorised => 0,
            _ => last,
        };
        let band = bases.get(base).copied().flatten().map_or(Band::OPEN, |base| base.band);
        let milestones = Vec::with_capacity(placed.len().saturating_add(authorised.into()));
        let mut building = Self { force, bases, base, start: CountedFrom::at(band), cap: band.high(), milestones };
        if let Some(base) = building.last_base().filter(|base| base.authorised) {
            building.milestones.push(ChainMilestone {
                setter: Setter::Baseline,
                due: Due::Known(Window::day(base.as_of)),
                band: base.band,
                taken: WithdrawnSoFar::NOTHING,
                may_be_raised: false,
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
        self.start = CountedFrom {
            base: band,
            previous: capped(self.start.previous, band.high()),
            taken: WithdrawnSoFar::UNRELATED,
        };
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
        Chain { base, milestones: self.milestones }
    }
}

fn base_of(text: &BaselineText) -> Base {
    let band = text.band().unwrap_or(Band::OPEN);
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
