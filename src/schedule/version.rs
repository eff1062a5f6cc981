//! One version of the agreement, kept: its texts, the days on which its phases fall due, and its schedules.

use std::sync::Arc;

use chrono::NaiveDate;

use super::chain_building::ChainRules;
use super::consolidation::InTurn;
use super::dues::Dues;
use super::limits_by_force::{limits, residuals};
use super::version_findings::VersionFindings;
use super::wholes::wholes;
use super::{ConsolidatedText, ForceIndex, ForceSchedule, ForceText, Ids, LimitAt, PhaseText, Resolved};
use crate::day::{self, Window};
use crate::findings::Rule;
use crate::record::Record;
use crate::terms::{Event, Limit, Standing, Terms};

/// A version: what the document says from a day on.
#[derive(Clone, Debug)]
pub(crate) struct VersionEntry {
    /// The first day that it governs; `None` for the first version, and for one that waits for an event.
    pub(crate) effective: Option<NaiveDate>,
    /// The amendment that made it, by index.
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

    /// The limits of a phase, by its index.
    pub(crate) fn limits_of(&self, phase: usize) -> &[LimitAt] {
        let from = self.limits.partition_point(|at| at.phase < phase);
        let until = self.limits.partition_point(|at| at.phase <= phase);
        self.limits.get(from..until).unwrap_or_default()
    }
}

impl VersionEntry {
    /// The version as first agreed.
    pub(super) fn first(terms: &Terms, record: &Record, out: &mut VersionFindings) -> Self {
        let (full, schedules) = resolve(terms, record, ConsolidatedText::new(terms), &[], out);
        let forces = schedules.into_iter().map(Arc::new).collect();
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
        let (full, mut schedules) = resolve(terms, record, full, &self.forces, out);
        let agreed = agreed.map(|agreed| {
            let (mut agreed, required) = resolve(terms, record, agreed, &self.forces, out);
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
}

/// The last day on which what does not count from the termination is required.
fn termination(record: &Record) -> Option<i32> {
    record.event(&Event::Termination).map(|window| day::day_number(window.latest()))
}

/// Resolves a text: its days, and the schedules of its forces.
fn resolve(
    terms: &Terms,
    record: &Record,
    mut text: ConsolidatedText,
    before: &[Arc<ForceSchedule>],
    out: &mut VersionFindings,
) -> (ResolvedText, Vec<ForceSchedule>) {
    let ids = Ids::new(text.forces.iter().map(|force| force.id(terms)));
    let wholes = wholes(terms, &text, &ids, out);
    for baseline in text.forces.iter().filter_map(|force| force.baselines.last()).filter(|base| base.authorised) {
        if baseline.strength.as_ceiling().is_some_and(|band| band.high().is_none()) {
            let rule = Rule::OpenAuthorisedBaseline { strength: baseline.strength.to_string() };
            out.push(baseline.place().field("strength"), rule);
        }
    }
    let dues = Dues::new(terms, &text, record, out);
    let mut by_force = limits(terms, &text, &dues, &ids, out);
    let limits = by_force.iter().map(|limit| limit.at).collect();
    by_force.sort_by_key(|limit| limit.at.force);
    let residuals = residuals(terms, &text, &dues, &ids, out);
    let all_bind = text.phases.iter().all(|phase| phase.standing == Standing::Binding);
    let is_terminated = termination(record).is_some();
    let mut left = by_force.as_slice();
    let mut before = before.iter();
    let mut moved = Vec::with_capacity(text.forces.len());
    let schedule = |(index, (force, whole)): (usize, (&ForceText, Option<ForceIndex>))| {
        let index = ForceIndex::new(index);
        let (limits, rest) = left.split_at(left.partition_point(|limit| limit.at.force == index));
        left = rest;
        let residual = index.of(&residuals).copied().flatten();
        // Both have their forces in the order in which they were added, but one may lack those of one party alone.
        let before = before.find(|before| before.at == force.at).map(|before| &**before);
        let (chains, newly) = ChainRules { terms, force, limits, residual, before }.chains(all_bind, out);
        moved.push(newly);
        ForceSchedule::new(force.at, whole, chains, is_terminated)
    };
    let schedules = text.forces.iter().zip(wholes).enumerate().map(schedule).collect();
    for (force, moved) in text.forces.iter_mut().zip(moved) {
        force.moved.extend(moved);
    }
    (ResolvedText { dues: dues.phases, untils: dues.untils, limits, text }, schedules)
}
