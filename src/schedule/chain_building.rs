//! Builds the chains of a force, phase by phase.

use std::collections::HashMap;
use std::sync::Arc;

use super::by_force::{LimitText, ResidualText};
use super::chain::{at_most, least};
use super::consolidated_text::Moved;
use super::limit_ceiling::{self, CountedFrom};
use super::placing::{self, Placed, Placing};
use super::{
    BaselineText, Chain, ChainMilestone, Due, ForceSchedule, ForceText, Origin, SetBy, VersionFindings, WithdrawnSoFar,
};
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
    /// Its chains in the version before.
    pub(super) before: Option<&'t ForceSchedule>,
    pub(super) is_terminated: bool,
}

/// How a chain takes its phases.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The binding ones bind.
    Required,
    /// All of them, as if they bound.
    All,
    /// All of them, from a baseline that caps them. Mistakes are looked for in the other kinds.
    Planned,
}

/// A chain as it is built, phase by phase.
struct ChainSoFar<'f> {
    kind: Kind,
    has_moved: bool,
    /// The baselines from the first to the one that counts; the first may be unknown.
    bases: &'f [Option<BaselineText>],
    /// The index of the baseline that the chain counts from at present.
    base: usize,
    start: CountedFrom,
    /// The least of the high ends so far.
    cap: Option<u32>,
    /// What caps the same ends of all that follows: settled ceilings, and the start of a planned chain.
    ends: Option<Band>,
    /// The ceilings that settled phases keep from the version before.
    kept: HashMap<Origin, Band>,
    chain: Chain,
}

impl ChainRules<'_> {
    /// The schedule of the force, and the phases that have moved in this version.
    pub(super) fn schedule(&self, out: &mut VersionFindings) -> (ForceSchedule, Vec<Moved>) {
        let baselines = &self.force.baselines;
        let mut bases: Vec<Option<BaselineText>> = Vec::with_capacity(baselines.len());
        if baselines.first().is_none_or(|first| first.since > 0) {
            bases.push(None);
        }
        bases.extend(baselines.iter().copied().map(Some));
        let since = baselines.last().map(|text| text.since);
        let mut place = |only_binding: bool| {
            let limits = self.limits.iter().filter(|of| !only_binding || of.phase.standing == Standing::Binding);
            placing::place(self.terms, limits, (&bases, since), &self.force.moved, out)
        };
        let binding = place(true);
        let all_bind = self.limits.iter().all(|of| of.phase.standing == Standing::Binding);
        let every = (!all_bind).then(|| place(false));
        let mut chain = |placing, kind| Arc::new(self.chain(placing, kind, &bases, out));
        let required = chain(&binding, Kind::Required);
        let all = every.as_ref().map_or_else(|| Arc::clone(&required), |every| chain(every, Kind::All));
        let planned = match bases.last().copied().flatten() {
            Some(base) if !base.authorised && !all.is_within(base.band) => {
                chain(every.as_ref().unwrap_or(&binding), Kind::Planned)
            }
            _ => Arc::clone(&all),
        };
        // Those of all first: by those of the binding ones alone, a binding phase would pass one that is not.
        let moved = every.and_then(|every| every.newly).into_iter().chain(binding.newly);
        let moved = moved.collect();
        (ForceSchedule::new(self.force.at, [required, all, planned], self.is_terminated), moved)
    }

    fn chain(
        &self,
        placing: &Placing<'_>,
        kind: Kind,
        bases: &[Option<BaselineText>],
        out: &mut VersionFindings,
    ) -> Chain {
        let mut building = ChainSoFar::new(kind, placing, bases, self.kept(placing, kind));
        building.authorise(self.chain_before(kind));
        let last = placing.limits.len().saturating_sub(1);
        for (index, placed) in placing.limits.iter().enumerate() {
            if placed.has_left {
                continue;
            }
            if let Some(&band) = placed.settled.then(|| building.kept.get(&placed.of.phase.at)).flatten() {
                building.settle(placed, band);
                let end = self.chain_before(kind).and_then(|chain| chain.milestones.last());
                let end = end.filter(|end| index == last && end.residual_ends);
                let counted = building.chain.base.filter(|_| kind == Kind::Planned).map(|base| base.band);
                building.chain.milestones.extend(end.map(|end| {
                    let band = counted.map_or(end.band, |counted| at_most(end.band, counted));
                    ChainMilestone { settled: true, band, ..end.clone() }
                }));
                continue;
            }
            let before = self.push(placed, &mut building, out);
            if let Some(residual) = self.residual.filter(|_| index == last) {
                leave_residual(residual, before, &mut building.chain);
            }
        }
        building.finish()
    }

    fn chain_before(&self, kind: Kind) -> Option<&Chain> {
        self.before.map(|before| match kind {
            Kind::Required => &*before.required,
            Kind::All => &before.all,
            Kind::Planned => &before.planned,
        })
    }

    /// The ceiling that each phase had in the last version in which it was not settled, where one now is.
    fn kept(&self, placing: &Placing<'_>, kind: Kind) -> HashMap<Origin, Band> {
        let mut kept = HashMap::new();
        if placing.limits.iter().all(|placed| !placed.settled) {
            return kept;
        }
        for chain in [self.chain_before(Kind::All), self.chain_before(kind)].into_iter().flatten() {
            kept.extend(chain.settled.iter().copied());
            let own = chain.milestones.iter().filter(|milestone| !milestone.settled && !milestone.residual_ends);
            kept.extend(own.filter_map(|milestone| match milestone.setter {
                SetBy::Phase(phase) => Some((phase, milestone.band)),
                SetBy::Baseline => None,
            }));
        }
        kept
    }

    /// Adds the milestone of a limit to the chain. Gives the ceiling before it.
    fn push(&self, placed: &Placed<'_>, building: &mut ChainSoFar<'_>, out: &mut VersionFindings) -> Band {
        let Placed { of, ref due, base, settled, .. } = *placed;
        building.count_from(base);
        let before = building.start.previous;
        let outcome = limit_ceiling::ceiling(of.limit.kind, building.start);
        if building.kind != Kind::Planned && !building.is_out_of_order() {
            let names = || (excerpt(of.phase.id(self.terms)), excerpt(self.force.id(self.terms)));
            if let Some((taken, left)) = outcome.excess {
                let (phase, force) = names();
                let place = of.phase.limit_place(of.at.limit).field(of.limit.kind.field());
                out.push(place, Rule::WithdrawsMoreThanLeft { phase, force, taken, left });
            } else if let Some(before) = building.cap.filter(|&cap| outcome.band.low() > cap) {
                let (phase, force) = names();
                out.push(
                    of.phase.limit_place(of.at.limit),
                    Rule::CeilingRises { phase, force, ceiling: outcome.band, before },
                );
            }
        }
        let band = capped(outcome.band, building.cap);
        if settled {
            building.settle(placed, band);
            return before;
        }
        let band = building.ends.map_or(band, |ends| at_most(band, ends));
        if building.is_out_of_order() {
            building.ends = Some(band);
        }
        building.cap = band.high();
        building.start.previous = band;
        building.start.taken = outcome.taken;
        // What was taken away says nothing of a ceiling that is another's, below all that is left by its own words.
        let is_anothers = band.high().is_some_and(|high| high < outcome.band.low());
        building.chain.milestones.push(ChainMilestone {
            hold: of.resolved.hold,
            outlives: of.resolved.from_termination,
            taken: if is_anothers { WithdrawnSoFar::UNRELATED } else { outcome.taken },
            ..ChainMilestone::new(SetBy::Phase(of.phase.at), due.clone(), band)
        });
        before
    }
}

/// Raises the last ceiling by what may stay, and lowers it again after its end.
fn leave_residual((residual, until): ResidualText<'_>, before: Band, chain: &mut Chain) {
    let Some(last) = chain.milestones.last_mut() else { return };
    let without = last.band;
    let stays = at_most(residual.strength.as_ceiling().unwrap_or(Band::OPEN), before);
    let low = match residual.status {
        ResidualStatus::Agreed => without.low().max(stays.low()),
        ResidualStatus::Proposed => without.low(),
    };
    let high = without.high().zip(stays.high()).map(|(without, stays)| without.max(stays));
    last.band = Band::new(low, high).unwrap_or(without);
    last.may_be_raised = stays.high().is_none_or(|most| most > without.low());
    if last.settled
        && let Some((_, kept)) = chain.settled.last_mut()
    {
        *kept = last.band;
    }
    let (Some(until), Some(due)) = (until, last.due.window()) else { return };
    let Some(ends) = until.moved(|day| day::plus_days(day, 1)) else { return };
    // A hold ends before the phase is due, and so before the residual does.
    let before_due = due.moved(|day| day::plus_days(day, -1));
    let end = ChainMilestone {
        hold: last.hold.zip(before_due).map(|(hold, before_due)| hold.earlier(before_due)),
        due: Due::Known(ends.later(due)),
        band: without,
        may_be_raised: false,
        residual_ends: true,
        ..last.clone()
    };
    chain.milestones.push(end);
}

impl<'f> ChainSoFar<'f> {
    fn new(kind: Kind, placing: &Placing<'_>, bases: &'f [Option<BaselineText>], kept: HashMap<Origin, Band>) -> Self {
        let last = bases.len().saturating_sub(1);
        let counts = bases.last().copied().flatten();
        let base = placing.limits.iter().find(|placed| !placed.has_left).map_or(last, |first| first.base);
        let mut building = Self {
            kind,
            has_moved: placing.has_moved,
            bases,
            base,
            start: CountedFrom::at(Band::OPEN),
            cap: None,
            ends: counts.filter(|_| kind == Kind::Planned).map(|base| base.band),
            kept,
            chain: Chain { base: counts, milestones: Vec::with_capacity(placing.limits.len()), settled: Vec::new() },
        };
        building.start = CountedFrom::at(building.rebase(base));
        building
    }

    /// Adds the ceiling of the last authorised baseline. It goes on after a count as that of a settled phase does.
    fn authorise(&mut self, before: Option<&Chain>) {
        let is_authorised = |base: &&Option<BaselineText>| base.is_some_and(|base| base.authorised);
        let Some(base) = self.bases.iter().rfind(is_authorised).copied().flatten() else { return };
        let due = Due::Known(Window::day(base.as_of));
        let own =
            ChainMilestone { taken: WithdrawnSoFar::NOTHING, ..ChainMilestone::new(SetBy::Baseline, due, base.band) };
        if self.chain.base == Some(base) {
            return self.chain.milestones.push(own);
        }
        let same = |one: &&ChainMilestone| one.setter == own.setter && one.due == own.due;
        let band = before.and_then(|chain| chain.milestones.iter().find(same)).map_or(own.band, |kept| kept.band);
        self.go_on(ChainMilestone { band, ..own });
    }

    /// Goes on to another baseline, which caps what follows if it is authorised.
    fn rebase(&mut self, base: usize) -> Band {
        self.base = base;
        let base = self.bases.get(base).copied().flatten();
        let band = base.map_or(Band::OPEN, |base| base.band);
        if base.is_some_and(|base| base.authorised) {
            self.cap = least(self.cap, band.high());
        }
        band
    }

    /// Counts what follows from another baseline. What was before stays before it.
    fn count_from(&mut self, base: usize) {
        if base != self.base {
            let band = self.rebase(base);
            let previous = capped(self.start.previous, self.cap);
            self.start = CountedFrom { base: band, previous, taken: WithdrawnSoFar::UNRELATED };
        }
    }

    /// Whether the next limit comes after a settled phase, and a phase has moved there. Then no mistakes are looked for,
    /// and each end caps the same ends after it.
    fn is_out_of_order(&self) -> bool {
        self.has_moved && !self.chain.settled.is_empty()
    }

    /// Adds a settled phase.
    fn settle(&mut self, placed: &Placed<'_>, band: Band) {
        let phase = placed.of.phase.at;
        self.count_from(placed.base);
        self.chain.settled.push((phase, band));
        let outlives = placed.of.resolved.from_termination;
        self.go_on(ChainMilestone { outlives, ..ChainMilestone::new(SetBy::Phase(phase), placed.due.clone(), band) });
    }

    /// Adds a ceiling from before the baseline: of those only the last goes on.
    fn go_on(&mut self, milestone: ChainMilestone) {
        self.cap = least(self.cap, milestone.band.high());
        let ends = self.ends.map_or(milestone.band, |ends| at_most(milestone.band, ends));
        self.ends = Some(ends);
        self.start.previous = ends;
        self.start.taken = WithdrawnSoFar::UNRELATED;
        self.chain.milestones.retain(|milestone| !milestone.settled);
        self.chain.milestones.push(ChainMilestone { settled: true, taken: WithdrawnSoFar::UNRELATED, ..milestone });
    }

    /// Raises each low end to the highest low end after it; what is settled stays as it is.
    fn finish(mut self) -> Chain {
        if self.is_out_of_order() {
            return self.chain;
        }
        let mut floor = 0;
        for milestone in self.chain.milestones.iter_mut().rev().filter(|milestone| !milestone.settled) {
            let band = milestone.band;
            milestone.band = Band::new(band.low().max(floor), band.high()).unwrap_or(band);
            floor = milestone.band.low();
        }
        self.chain
    }
}

/// The band with its high end at most `cap`.
fn capped(band: Band, cap: Option<u32>) -> Band {
    let high = least(band.high(), cap);
    Band::new(high.map_or(band.low(), |high| band.low().min(high)), high).unwrap_or(band)
}
