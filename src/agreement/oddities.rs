//! What is odd about a document as a whole, without being wrong.

use std::collections::HashMap;

use super::Agreement;
use crate::findings::{Finding, Findings, Rule, Severity};
use crate::record;
use crate::schedule::{
    CeilingStep, Chain, ForceIndex, ForceSchedule, ResolvedText, SetBy, VersionEntry, VersionForce, step_on,
};
use crate::terms::{Limit, LimitKind, Terms};

/// The most days of a window that is not wide: a year.
const WIDE_DAYS: i64 = 366;

impl Agreement {
    /// Findings on what is odd about the document but possible, in the order of its parts; never an error.
    ///
    /// ```
    /// use force_drawdown::{Act, ActKind, Agreement, catalog, day};
    /// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
    /// assert!(agreement.advice().is_empty());
    /// let resumed = Act::new(day!(2025, 7, 1), ActKind::Resumed);
    /// let agreement = Agreement::try_from(agreement.into_terms().act(resumed)).unwrap();
    /// assert_eq!(agreement.advice()[0].code(), "resumed-without");
    /// ```
    #[must_use]
    pub fn advice(&self) -> Vec<Finding> {
        let mut out = Findings::default();
        super::document_rules::check(self.terms(), &mut out);
        if let Some(last) = self.history().last() {
            self.advise_forces(last, &mut out);
            self.advise_phases(&last.full, &mut out);
            advise_totals(self.terms(), last, &mut out);
            advise_above_the_count(self.terms(), last, &mut out);
            advise_without_baseline(self.terms(), last, &mut out);
        }
        record::advise(self.terms(), &mut out);
        let mut advice = out.into_list();
        advice.retain(|finding| finding.severity() == Severity::Advice);
        // The walk over the document finds what is odd of its parts and of the sources.
        advice.sort_by_key(|finding| match finding.rule() {
            Rule::EmptyTitle | Rule::NoSendingParty | Rule::NoReceivingParty => 0,
            Rule::ForceWithoutLimit { .. } | Rule::PartAboveWhole { .. } => 1,
            Rule::UncitedSource { .. } => 3,
            _ => 2,
        });
        advice
    }

    /// Forces of the last version: without a limit in any, or surely above their wholes.
    fn advise_forces(&self, last: &VersionEntry, out: &mut Findings) {
        let has_phase = |chain: &Chain| chain.milestones.iter().any(|one| one.setter != SetBy::Baseline);
        for (index, VersionForce { schedule: force, .. }) in last.forces() {
            let of_versions = self.history().versions.iter().filter_map(|version| index.of(&version.forces));
            let is_limited = of_versions.flat_map(|force| force.chains()).any(has_phase);
            let Some(written) = force.force(self.terms()) else { continue };
            let whole = force.whole.and_then(|whole| whole.of(&last.forces));
            let named = whole.and_then(|whole| whole.force(self.terms()));
            // The parts of a sum are there to be counted.
            if !is_limited && named.is_none_or(|whole| !whole.sum_of_parts) {
                out.push(force.at.of_force(), Rule::ForceWithoutLimit { force: written.id.clone() });
            }
            let Some((whole, named)) = whole.zip(named) else { continue };
            let is_above = |step: &CeilingStep| {
                let theirs = step_on(&whole.steps.lenient, step.day).and_then(|theirs| theirs.value);
                theirs.zip(step.value).is_some_and(|(whole, part)| part > whole)
            };
            if force.steps.strict.iter().any(is_above) {
                let rule = Rule::PartAboveWhole { part: written.id.clone(), whole: named.id.clone() };
                out.push(force.at.of_force().field("part_of"), rule);
            }
        }
    }

    fn advise_phases(&self, last: &ResolvedText, out: &mut Findings) {
        let terms = self.terms();
        let terminated = self.record().event(&crate::terms::Event::Termination);
        for (phase, resolved) in last.phases() {
            let id = || phase.id(terms).to_owned();
            let is_limited = !phase.limits(terms).is_empty();
            if !is_limited && phase.done(terms).is_none() {
                out.push(phase.at.of_phase(), Rule::PhaseWithoutLimitsOrDone { phase: id() });
            }
            let window = resolved.due.window();
            if let Some(window) = window
                && crate::day::days_between(window.earliest(), window.latest()) >= WIDE_DAYS
            {
                let rule = Rule::WideWindow { phase: id(), window: window.to_string() };
                out.push(phase.by_place(), rule);
            }
            let is_due = window.zip(terminated).is_some_and(|(due, end)| due.latest() <= end.latest());
            if let Some(end) = terminated.filter(|_| !resolved.from_termination && !is_due && is_limited) {
                let rule = Rule::NoForceAfterTermination { phase: id(), terminated: end.to_string() };
                out.push(phase.by_place(), rule);
            }
        }
    }
}

/// Limits that count from a baseline, of forces that have none.
fn advise_without_baseline(terms: &Terms, last: &VersionEntry, out: &mut Findings) {
    for (at, phase, limit) in last.full.limits(terms) {
        let Some(force) = at.force.of(&last.forces).filter(|force| force.base().is_none()) else { continue };
        let mut milestones = force.all.milestones.iter().chain(&force.required.milestones);
        let is_open = milestones.any(|one| one.setter == SetBy::Phase(phase.at) && one.band.high().is_none());
        if is_open && !matches!(limit.kind, LimitKind::Remain(_)) {
            let (phase_id, force) = (phase.id(terms).to_owned(), id(terms, force));
            out.push(phase.limit_place(at.limit), Rule::LimitWithoutBaseline { phase: phase_id, force });
        }
    }
}

/// Limits that lie above the counted baseline in every reading.
fn advise_above_the_count(terms: &Terms, last: &VersionEntry, out: &mut Findings) {
    let mut above: HashMap<_, _> = HashMap::new();
    for (index, force) in last.forces.iter().enumerate() {
        let Some(base) = force.base().filter(|base| !base.authorised) else { continue };
        let milestones = force.all.milestones.iter().chain(&force.required.milestones);
        let own = milestones.filter(|milestone| !milestone.settled && !milestone.residual_ends);
        for milestone in own.filter(|milestone| base.band.high().is_some_and(|most| milestone.band.low() > most)) {
            above.insert((ForceIndex::new(index), milestone.setter), (milestone.band, base.band));
        }
    }
    for (at, phase, _) in last.full.limits(terms) {
        let Some(&(ceiling, count)) = above.get(&(at.force, SetBy::Phase(phase.at))) else { continue };
        let Some(force) = at.force.of(&last.forces) else { continue };
        let (phase_id, force) = (phase.id(terms).to_owned(), id(terms, force));
        out.push(phase.limit_place(at.limit), Rule::AsksNobodyToLeave { phase: phase_id, force, ceiling, count });
    }
}

/// A cumulative figure no larger than the one before it of the same force.
fn advise_totals(terms: &Terms, last: &VersionEntry, out: &mut Findings) {
    let mut before: Vec<Option<LimitKind>> = vec![None; last.forces.len()];
    for (at, phase, &Limit { kind, .. }) in last.full.limits(terms) {
        if !matches!(kind, LimitKind::Withdrawn(_) | LimitKind::WithdrawnShare(_)) {
            continue;
        }
        let before = at.force.of_mut(&mut before).and_then(|before| before.replace(kind));
        if let Some(force) = at.force.of(&last.forces).filter(|_| before.is_some_and(|before| !is_larger(kind, before)))
        {
            let (phase_id, force) = (phase.id(terms).to_owned(), id(terms, force));
            let place = phase.limit_place(at.limit).field(kind.field());
            out.push(place, Rule::CumulativeNotLarger { phase: phase_id, force });
        }
    }
}

fn id(terms: &Terms, force: &ForceSchedule) -> String {
    force.force(terms).map(|force| force.id.clone()).unwrap_or_default()
}

/// Whether one figure is surely, or may be, above another of its kind.
fn is_larger(kind: LimitKind, before: LimitKind) -> bool {
    match (kind, before) {
        (LimitKind::Withdrawn(now), LimitKind::Withdrawn(before)) => {
            let (now, before) = (now.band(), before.band());
            now.zip(before).is_none_or(|(now, before)| now.high().is_none_or(|high| high > before.low()))
        }
        (LimitKind::WithdrawnShare(now), LimitKind::WithdrawnShare(before)) => {
            now.bounds().zip(before.bounds()).is_none_or(|(now, before)| now.high > before.low)
        }
        _ => true,
    }
}
