//! The phases judged: by the version in effect, and by the one that had them first.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::evidence::{Bases, Count};
use super::judge::Judge;
use super::outcome;
use super::reasons::OutcomeReason;
use super::{AsFirstAgreed, Bounds, Outcome, PhaseAssessment};
use crate::day::{self, Window};
use crate::schedule::consolidation::roster;
use crate::schedule::{
    ChainMilestone, Due, ForceIndex, LimitAt, PhaseText, Resolved, ResolvedText, SetBy, VersionEntry, set_by,
};
use crate::terms::{Event, LimitKind, Standing, Terms};

/// One thing that is judged, as one version has it.
#[derive(Clone, Copy, Debug)]
struct JudgedRow<'a> {
    phase: &'a str,
    /// The index of the force; `None` for the `done` event.
    force: Option<ForceIndex>,
    title: Option<&'a str>,
    standing: Standing,
    /// What the deadline of its phase comes to.
    resolved: &'a Resolved,
    /// The limit, or else the event that completes the phase.
    limit: Option<LimitKind>,
    done: Option<&'a str>,
}

/// What is judged in a version, in document order.
fn rows<'a>(version: &'a VersionEntry, terms: &'a Terms) -> Vec<JudgedRow<'a>> {
    let mut rows = Vec::new();
    let mut push = |text: &'a ResolvedText, index: usize, phase: &PhaseText, resolved: &'a Resolved, standing| {
        let (id, title) = (phase.id(terms), phase.title(terms));
        let row = |force, limit, done| JudgedRow { phase: id, force, title, standing, resolved, limit, done };
        let kind = |at: &LimitAt| phase.limits(terms).get(at.limit).map(|limit| limit.kind);
        rows.extend(text.limits_of(index).iter().map(|at| row(Some(at.force), kind(at), None)));
        rows.extend(phase.done(terms).map(|done| row(None, None, Some(done))));
    };
    let mut binding = HashSet::new();
    if version.is_unilateral() {
        let agreed = version.agreed();
        for (index, (phase, resolved)) in agreed.phases().enumerate() {
            if phase.standing == Standing::Binding {
                binding.insert(phase.id(terms));
                push(agreed, index, phase, resolved, Standing::Binding);
            }
        }
    }
    for (index, (phase, resolved)) in version.full.phases().enumerate() {
        if !binding.contains(phase.id(terms)) {
            // What only a unilateral amendment has does not bind.
            let standing = if version.is_unilateral() { Standing::Envisaged } else { phase.standing };
            push(&version.full, index, phase, resolved, standing);
        }
    }
    rows
}

type Judgement = AsFirstAgreed;

impl Judgement {
    /// Due on no day that is known.
    const fn undated(outcome: Outcome, reason: OutcomeReason) -> Self {
        Self { due: None, ceiling: None, outcome, slip_days: None, binding_when_due: None, reason }
    }
}

/// Something that is judged, over all versions up to the one in effect.
struct JudgedItem<'a> {
    /// As the last version that has it has it; the number of that version, and the place among its rows.
    row: JudgedRow<'a>,
    until: (usize, usize),
    /// As the first version that has it has it, and the number of that.
    first: (usize, JudgedRow<'a>),
    /// From which day on a later baseline keeps counts from it.
    before: Option<NaiveDate>,
    /// By the version in effect, or by the last in which it was not settled.
    judged: Option<Judgement>,
    /// By the first version that has it, where that is not the one in effect.
    original: Option<Judgement>,
}

impl<'a> Judge<'a> {
    pub(super) fn phases(&self) -> Vec<PhaseAssessment> {
        let made = self.agreement.history().amendments().take(self.version);
        let roster = roster(self.agreement.terms(), made.map(|(index, with, _)| (index, with)));
        let order: HashMap<&str, usize> = (0..).zip(roster).map(|(place, phase)| (phase, place)).collect();
        let mut items = self.items();
        // Of each phase: its present limits, those that were taken away, and its `done` event.
        items.sort_by_key(|JudgedItem { row, until: (version, place), .. }| {
            (order.get(row.phase), row.force.is_none(), Reverse(*version), *place)
        });
        items.into_iter().map(|item| self.phase(item)).collect()
    }

    fn phase(&self, JudgedItem { row, first: (_, first), original, judged, .. }: JudgedItem<'a>) -> PhaseAssessment {
        let force = row.force.zip(self.in_effect).and_then(|(force, version)| version.force(force));
        let force = force.and_then(|force| force.schedule.force(self.agreement.terms()));
        // Taken away, or settled from the start, so that no version has judged it.
        let judged = judged.unwrap_or_else(|| Judgement::undated(Outcome::Dropped, OutcomeReason::default()));
        let is_same = |original: &Judgement| original.due == judged.due && original.ceiling == judged.ceiling;
        let original = original
            .filter(|original| judged.outcome == Outcome::Dropped || !is_same(original) || first.limit != row.limit);
        let bound = |due: Option<Window>, of: JudgedRow<'_>| self.bound_during(due?, of.resolved.from_termination);
        let binding_when_due = bound(judged.due, row);
        let original = original.map(|was| Judgement { binding_when_due: bound(was.due, first), ..was });
        PhaseAssessment {
            phase: row.phase.to_owned(),
            title: row.title.map(str::to_owned),
            force: force.map(|force| force.id.clone()),
            standing: row.standing,
            due: judged.due,
            ceiling: judged.ceiling,
            outcome: judged.outcome,
            slip_days: judged.slip_days,
            binding_when_due,
            original,
            reason: judged.reason,
        }
    }

    fn items(&self) -> Vec<JudgedItem<'a>> {
        let versions = self.agreement.history();
        let mut items: HashMap<_, JudgedItem<'a>> = HashMap::new();
        for (number, version) in versions.versions.iter().enumerate().take(self.version.saturating_add(1)).rev() {
            let mut by = ByVersion { judge: self, version, chains: HashMap::new() };
            for (place, row) in rows(version, versions.terms).into_iter().enumerate() {
                let (until, first) = ((number, place), (number, row));
                let new = || JudgedItem { row, until, first, before: None, judged: None, original: None };
                let item = items.entry((row.phase, row.force)).or_insert_with(new);
                item.first = first;
                if item.until.0 == self.version && item.judged.is_none() {
                    item.judged = by.judge(&row, item.before);
                    if item.judged.is_none() {
                        let settled_by = row.force.and_then(|force| by.chain(force, row.standing)?.as_of);
                        item.before = settled_by.or(item.before);
                    }
                }
            }
        }
        let mut amended: Vec<_> = items.values_mut().filter(|item| item.first.0 < self.version).collect();
        amended.sort_by_key(|item| item.first.0);
        for of_version in amended.chunk_by_mut(|one, next| one.first.0 == next.first.0) {
            let number = of_version.first().map(|item| item.first.0);
            let Some(version) = number.and_then(|number| versions.versions.get(number)) else { continue };
            let mut by = ByVersion { judge: self, version, chains: HashMap::new() };
            for item in of_version {
                let before = item.judged.as_ref().and_then(|judged| judged.reason.counts_before);
                item.original = by.judge(&item.first.1, before);
            }
        }
        items.into_values().collect()
    }
}

struct ByVersion<'j, 'a> {
    judge: &'j Judge<'a>,
    version: &'a VersionEntry,
    chains: HashMap<(ForceIndex, Standing), JudgingChain<'a>>,
}

/// A chain: the day of its baseline, its milestones by phase, and the counts that it takes.
struct JudgingChain<'a> {
    as_of: Option<NaiveDate>,
    by_phase: HashMap<&'a str, &'a ChainMilestone>,
    counts: Vec<Count<'a>>,
}

impl<'a> ByVersion<'_, 'a> {
    /// The judgement by the counts before a day, if one is given; `None` where the chain no longer has the phase.
    fn judge(&mut self, row: &JudgedRow<'_>, before: Option<NaiveDate>) -> Option<Judgement> {
        let Some(force) = row.force else {
            return Some(self.judge_done(row.done?, &row.resolved.due));
        };
        let on = self.judge.on;
        let chain = self.chain(force, row.standing)?;
        let milestone = chain.by_phase.get(row.phase)?;
        let (ceiling, from) = (Some(milestone.band), chain.as_of);
        let is_in_time = |days: Window| {
            from.is_none_or(|from| days.earliest() >= from) && before.is_none_or(|before| days.latest() < before)
        };
        let counts: Vec<&Count<'_>> = chain.counts.iter().filter(|count| is_in_time(count.days)).collect();
        let bar = milestone.bar();
        let compared = outcome::compared(&counts, &bar);
        let Some(window) = milestone.due.window() else {
            let is_met = row.resolved.waits && outcome::is_kept(&compared);
            let counts = if is_met { outcome::named(&counts, &bar, Window::day(on)) } else { Vec::new() };
            let reason = OutcomeReason { awaiting: milestone.due.awaited().to_vec(), counts, ..Default::default() };
            let outcome = if is_met { Outcome::Met } else { Outcome::Awaiting };
            return Some(Judgement { ceiling, ..Judgement::undated(outcome, reason) });
        };
        let outcome = outcome::judge(&compared, window, on);
        let slip_days = outcome::slip(&compared, outcome, window, from);
        let is_open = matches!(outcome, Outcome::Undetermined | Outcome::NotReported);
        let reason = OutcomeReason {
            counts: outcome::named(&counts, &bar, window),
            counts_from: from,
            counts_before: before,
            settled_by: if is_open { outcome::settling(&compared, window, from, on) } else { None },
            ..Default::default()
        };
        Some(Judgement { due: Some(window), ceiling, slip_days, ..Judgement::undated(outcome, reason) })
    }

    /// The chain that judges the rows of a standing; settled phases are none of it.
    fn chain(&mut self, force: ForceIndex, standing: Standing) -> Option<&JudgingChain<'a>> {
        let schedule = self.version.force(force)?.schedule;
        let prepare = || {
            let is_planned = standing != Standing::Binding;
            let chain = if is_planned { &*schedule.planned } else { &schedule.required };
            let terms = self.judge.agreement.terms();
            let own = chain.milestones.iter().filter(|milestone| !milestone.residual_ends && !milestone.settled);
            let by_phase = own.filter_map(|milestone| match set_by(terms, milestone.setter) {
                SetBy::Phase(phase) => Some((phase, milestone)),
                SetBy::Baseline => None,
            });
            let bases = self.judge.in_effect.map(|version| Bases::new(version, force, is_planned, chain.base));
            let counts = self.judge.judged.counts(force, &bases.unwrap_or_default());
            JudgingChain { as_of: chain.base.map(|base| base.as_of), by_phase: by_phase.collect(), counts }
        };
        Some(self.chains.entry((force, standing)).or_insert_with(prepare))
    }

    fn judge_done(&self, name: &str, due: &Due) -> Judgement {
        let Some(window) = due.window() else {
            let reason = OutcomeReason { awaiting: due.awaited().to_vec(), ..Default::default() };
            return Judgement::undated(Outcome::Awaiting, reason);
        };
        let (record, on) = (self.judge.agreement.record(), self.judge.on);
        let happened = record.event(&Event::Named(name.to_owned())).filter(|days| days.earliest() <= on);
        let not_yet = record.not_yet_by(name, on);
        let is_denied = not_yet.is_some_and(|day| day >= window.latest());
        let outcome = outcome::judge_done(happened, window, on, is_denied);
        let slip = happened.map_or_else(Bounds::default, |days| Bounds {
            low: Some(day::days_between(window.latest(), days.earliest())),
            high: Some(day::days_between(window.earliest(), days.latest())),
        });
        let slip_days = (outcome != Outcome::Pending).then_some(slip);
        let reason = OutcomeReason { happened, not_yet, ..Default::default() };
        Judgement { due: Some(window), slip_days, ..Judgement::undated(outcome, reason) }
    }
}
