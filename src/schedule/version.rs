//! One version of the agreement, kept: its texts, the days on which its phases fall due, and its schedules; and a force in
//! it: what is required of it, and what is planned.

use std::sync::Arc;

use chrono::NaiveDate;

use super::by_force::{limits, residuals, wholes};
use super::chain_building::ChainRules;
use super::consolidation::InTurn;
use super::dues::dues;
use super::resolving::Resolving;
use super::{
    Ceiling, CeilingStep, ConsolidatedText, ForceIndex, ForceSchedule, ForceText, Ids, Interpolation, LimitAt, Origin,
    PhaseText, Planned, PlannedPath, Resolved, VersionFindings, set_by,
};
use crate::day::{self, Window};
use crate::findings::Rule;
use crate::record::Record;
use crate::terms::{Event, Limit, Terms};

/// A version: what the document says from a day on.
#[derive(Clone, Debug)]
pub(crate) struct VersionEntry {
    /// The first day that it governs; `None` for the first version, and for one that waits for an event.
    pub(crate) effective: Option<NaiveDate>,
    pub(crate) amendment: Option<usize>,
    /// With unilateral amendments.
    pub(crate) full: ResolvedText,
    /// Without them, where there are any.
    agreed: Option<Box<ResolvedText>>,
    /// The schedules of its forces, each shared with the version before if that has the same.
    pub(crate) forces: Vec<Arc<ForceSchedule>>,
    /// The last day on which what does not count from the termination is required.
    pub(crate) termination: Option<i32>,
}

/// The text of a version, with the days on which its phases fall due.
#[derive(Clone, Debug)]
pub(crate) struct ResolvedText {
    pub(crate) text: ConsolidatedText,
    /// What the deadline of each phase comes to, by index.
    dues: Vec<Resolved>,
    /// Every limit in the order of the phases.
    limits: Vec<LimitAt>,
    /// The last day of each residual, where it is known.
    pub(crate) untils: Vec<Option<Window>>,
}

impl ResolvedText {
    /// The phases in their order, each with what its deadline comes to.
    pub(crate) fn phases(&self) -> impl Iterator<Item = (&PhaseText, &Resolved)> {
        self.text.phases.iter().zip(&self.dues)
    }

    /// Every limit with its phase, in the order of the phases.
    pub(crate) fn limits<'a>(&'a self, terms: &'a Terms) -> impl Iterator<Item = (LimitAt, &'a PhaseText, &'a Limit)> {
        self.limits.iter().filter_map(move |&at| {
            let phase = self.text.phases.get(at.phase)?;
            Some((at, phase, phase.limits(terms).get(at.limit)?))
        })
    }

    pub(crate) fn limits_of(&self, phase: usize) -> &[LimitAt] {
        let from = self.limits.partition_point(|at| at.phase < phase);
        let until = self.limits.partition_point(|at| at.phase <= phase);
        self.limits.get(from..until).unwrap_or_default()
    }
}

impl VersionEntry {
    /// The version as first agreed.
    pub(super) fn first(terms: &Terms, record: &Record, out: &mut VersionFindings) -> Self {
        let (full, forces) = resolve(terms, record, ConsolidatedText::new(terms), &[], Arc::new, out);
        Self { effective: None, amendment: None, full, agreed: None, forces, termination: termination(record) }
    }

    /// The next version, with this number, which an amendment makes of this one.
    pub(super) fn next(
        &self,
        terms: &Terms,
        record: &Record,
        number: usize,
        with: InTurn<'_>,
        out: &mut VersionFindings,
    ) -> Self {
        let InTurn { index: amendment, amendment: with, effective, .. } = with;
        let mut amended = |text: &ResolvedText| text.text.clone().amended(terms, amendment, number, out);
        let agreed = match with.unilateral {
            Some(_) => Some(self.agreed().text.clone()),
            None => self.agreed.as_deref().map(&mut amended),
        };
        let full = amended(&self.full);
        let (full, mut schedules) = resolve(terms, record, full, &self.forces, |schedule| schedule, out);
        let agreed = agreed.map(|agreed| {
            let (mut agreed, required) = resolve(terms, record, agreed, &self.forces, |schedule| schedule, out);
            // Both have their forces in the order in which they were added.
            let mut required = required.into_iter().peekable();
            let mut places = Vec::with_capacity(required.len());
            for (place, schedule) in schedules.iter_mut().enumerate() {
                let required = required.next_if(|required| required.at == schedule.at);
                places.extend(required.is_some().then(|| ForceIndex::new(place)));
                schedule.require(required);
            }
            for limit in &mut agreed.limits {
                limit.force = limit.force.of(&places).copied().unwrap_or(limit.force);
            }
            Box::new(agreed)
        });
        let share = |(index, schedule): (usize, ForceSchedule)| {
            let same = self.forces.get(index).filter(|same| ***same == schedule);
            same.map_or_else(|| Arc::new(schedule), Arc::clone)
        };
        Self {
            effective,
            amendment: Some(amendment),
            full,
            agreed,
            forces: schedules.into_iter().enumerate().map(share).collect(),
            termination: self.termination,
        }
    }

    /// The text without unilateral amendments.
    pub(crate) fn agreed(&self) -> &ResolvedText {
        self.agreed.as_deref().unwrap_or(&self.full)
    }

    /// Whether unilateral amendments make the text another than the one that binds.
    pub(crate) const fn is_unilateral(&self) -> bool {
        self.agreed.is_some()
    }

    pub(crate) fn force(&self, force: ForceIndex) -> Option<VersionForce<'_>> {
        Some(VersionForce { version: self, schedule: force.of(&self.forces)? })
    }

    pub(crate) fn forces(&self) -> impl Iterator<Item = (ForceIndex, VersionForce<'_>)> {
        let force = |(index, schedule)| (ForceIndex::new(index), VersionForce { version: self, schedule });
        self.forces.iter().map(|schedule| &**schedule).enumerate().map(force)
    }

    pub(crate) fn is_terminated(&self, day: i32) -> bool {
        self.termination.is_some_and(|last| day > last)
    }
}

/// The last day on which what does not count from the termination is required.
fn termination(record: &Record) -> Option<i32> {
    record.event(&Event::Termination).map(|window| day::day_number(window.latest()))
}

/// Resolves a text: its days, and the schedules of its forces, each put where it is kept.
fn resolve<S>(
    terms: &Terms,
    record: &Record,
    mut text: ConsolidatedText,
    before: &[Arc<ForceSchedule>],
    keep: fn(ForceSchedule) -> S,
    out: &mut VersionFindings,
) -> (ResolvedText, Vec<S>) {
    let forces = Ids::new(text.forces.iter().map(|force| force.id(terms)));
    let mut of = Resolving { terms, record, text: &text, forces, out };
    let wholes = wholes(&mut of);
    for baseline in text.forces.iter().filter_map(|force| force.baselines.last()).filter(|base| base.authorised) {
        if baseline.strength.as_ceiling().is_some_and(|band| band.high().is_none()) {
            let rule = Rule::OpenAuthorisedBaseline { strength: baseline.strength.to_string() };
            of.out.push(baseline.place().field("strength"), rule);
        }
    }
    let (dues, untils) = dues(&mut of);
    let mut by_force = limits(&mut of, &dues);
    let limits = by_force.iter().map(|limit| limit.at).collect();
    by_force.sort_by_key(|limit| limit.at.force);
    let residuals = residuals(&mut of, &untils);
    let is_terminated = termination(record).is_some();
    let mut left = by_force.as_slice();
    let mut before = before.iter();
    let mut moved = Vec::new();
    let schedule = |(index, force): (usize, &ForceText)| {
        let index = ForceIndex::new(index);
        let (limits, rest) = left.split_at(left.partition_point(|limit| limit.at.force == index));
        left = rest;
        let residual = index.of(&residuals).copied().flatten();
        // Both have their forces in the order in which they were added, but one may lack those of one party alone.
        let before = before.find(|before| before.at == force.at).map(|before| &**before);
        let rules = ChainRules { terms, force, limits, residual, before, is_terminated };
        let (mut schedule, newly) = rules.schedule(of.out);
        schedule.whole = index.of(&wholes).copied().flatten();
        moved.extend(newly.into_iter().map(|newly| (index, newly)));
        keep(schedule)
    };
    let schedules = text.forces.iter().enumerate().map(schedule).collect();
    for (index, newly) in moved {
        if let Some(force) = index.of_mut(&mut text.forces) {
            force.put_moved(newly);
        }
    }
    (ResolvedText { text, dues, limits, untils }, schedules)
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct VersionForce<'v> {
    pub(crate) version: &'v VersionEntry,
    pub(crate) schedule: &'v ForceSchedule,
}

pub(crate) fn step_on(steps: &[CeilingStep], day: i32) -> Option<CeilingStep> {
    let after = steps.partition_point(|step| step.day <= day);
    steps.get(after.checked_sub(1)?).copied()
}

/// Whether one end is tighter than what is there.
fn is_tighter(than: Option<CeilingStep>, there: Option<CeilingStep>) -> bool {
    let value = |step: CeilingStep| step.value.unwrap_or(u32::MAX);
    than.is_some_and(|step| there.is_none_or(|there| value(step) < value(there)))
}

/// The two ends of what is required of a force.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Required {
    pub(crate) strict: Option<CeilingStep>,
    pub(crate) lenient: Option<CeilingStep>,
    /// The whole of the strict end, where the force has no ceiling of its own.
    of: Option<Origin>,
}

impl Required {
    /// Both ends as users see them; `None` where nothing is required.
    pub(crate) fn ceiling(self, terms: &Terms) -> Option<Ceiling<&str>> {
        let by = |step: CeilingStep| set_by(terms, step.setter);
        Some(Ceiling {
            strict: self.strict?.value.unwrap_or(0),
            lenient: self.lenient.and_then(|step| step.value),
            strict_by: by(self.strict?),
            lenient_by: self.lenient.map(by),
            of: self.of.and_then(|of| of.force(terms)).map(|whole| whole.id.as_str()),
        })
    }
}

impl<'v> VersionForce<'v> {
    /// What is required of a force, capped by what it is a part of.
    pub(crate) fn required(self, day: i32) -> Required {
        let (mut tightest, mut own) = (Required::default(), None);
        for (schedule, level) in self.levels(day) {
            let has_own = *own.get_or_insert(level.strict.is_some());
            if is_tighter(level.strict, tightest.strict) {
                tightest.strict = level.strict;
                tightest.of = (!has_own).then_some(schedule.at);
            }
            if is_tighter(level.lenient, tightest.lenient) {
                tightest.lenient = level.lenient;
            }
        }
        tightest
    }

    /// What each force requires that a force has to keep to: its own first, then those of its wholes.
    pub(crate) fn levels(self, day: i32) -> impl Iterator<Item = (&'v ForceSchedule, Required)> {
        let terminated = self.version.is_terminated(day);
        self.obliging().map(move |force| {
            let steps = if terminated { &force.steps_after } else { &force.steps };
            let (strict, lenient) = (step_on(&steps.strict, day), step_on(&steps.lenient, day));
            (force, Required { strict, lenient, of: None })
        })
    }

    /// The days on which what is required may change.
    pub(crate) fn turns(self) -> impl Iterator<Item = i32> {
        let steps = self.obliging().flat_map(|force| [&force.steps, &force.steps_after]);
        let steps = steps.flat_map(|steps| steps.strict.iter().chain(&steps.lenient)).map(|step| step.day);
        steps.chain(self.version.termination.map(|last| last.saturating_add(1)))
    }

    /// The planned path of a force, capped by that of what it is a part of.
    pub(crate) fn planned(self, day: i32, how: Interpolation) -> Planned {
        let end = |path: fn(&ForceSchedule) -> &PlannedPath| {
            let mut paths = self.with_wholes().map(path).skip_while(|path| path.knots().is_empty());
            let own = paths.next()?.at(day, how)?;
            let caps = paths.filter_map(|path| path.last_value(day, how));
            Some(caps.fold(own, u32::min))
        };
        let (low, high) = (end(|force| &force.low), end(|force| &force.high));
        Planned { low: low.map(|low| high.map_or(low, |high| low.min(high))), high }
    }

    /// What the force is required to keep to: its own chain and those of its wholes, unless it is its party's own.
    pub(crate) fn obliging(self) -> impl Iterator<Item = &'v ForceSchedule> {
        self.with_wholes().filter(move |_| !self.schedule.unilateral)
    }

    /// The force, what it is a part of, and so on.
    pub(crate) fn with_wholes(self) -> impl Iterator<Item = &'v ForceSchedule> {
        let whole = move |part: &&'v ForceSchedule| part.whole?.of(&self.version.forces).map(|whole| &**whole);
        std::iter::successors(Some(self.schedule), whole)
    }
}
