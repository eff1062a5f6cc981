//! The rule of gated steps: none before every consent that it waits for.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::acts::{Acts, Entry, PUBLIC, UNDOING, gated};
use crate::day::Window;
use crate::findings::{Findings, Rule};
use crate::terms::{ActKind, GatedStep};
use crate::wording::list;

/// Only the first act of a step is the step, and later ones are repeats.
pub(super) fn check(acts: &Acts<'_>, out: &mut Findings) {
    let gated = gated(acts.terms);
    for &step in GatedStep::ALL.iter().filter(|step| gated.contains(step)) {
        let kinds = match step {
            GatedStep::Announcement => PUBLIC,
            GatedStep::Execution => &[ActKind::InForce],
        };
        let taken: Vec<_> = acts.of(kinds).filter(|entry| !entry.is_echo).collect();
        let Some(first) = taken.first().map(|first| (first.window.latest(), first.kind())) else { continue };
        // On some choice of days, these come before it.
        let others: Vec<_> = taken.iter().filter(|entry| (entry.window.earliest(), entry.kind()) < first).collect();
        let mut lacking = None;
        for entry in taken.iter().take_while(|entry| (entry.window.latest(), entry.kind()) == first) {
            if others.iter().any(|other| other.index != entry.index) {
                continue;
            }
            // Of several first acts, each is of the same one day.
            let lacking = lacking.get_or_insert_with(|| lacking_in(acts, entry.window));
            if let Some(missing) = missing(acts, entry, lacking) {
                let (step, on) = (step.to_string(), entry.act.on.to_string());
                out.push(entry.place(), Rule::StepBeforeConsent { step, on, missing });
            }
        }
    }
}

/// The parties, by index, whose consent is needed and surely not given at the end of each day of a window on which that
/// may have changed.
fn lacking_in(acts: &Acts<'_>, window: Window) -> Vec<BTreeSet<usize>> {
    // By a day, the latest day of a consent that may be before it, or the earliest day of an undoing that must be.
    let mut changes = Vec::new();
    for entry in &acts.entries {
        let (earliest, latest) = (entry.window.earliest(), entry.window.latest());
        for actor in entry.actors.iter() {
            if actor.consents_by(entry.kind()) {
                changes.push((earliest, actor.index, Some(latest), None));
            } else if UNDOING.contains(&entry.kind()) {
                changes.push((latest, actor.index, None, Some(earliest)));
            }
        }
    }
    changes.sort_unstable();
    let days = changes.iter().map(|(day, ..)| *day).chain(acts.successions.days()).filter(|day| window.contains(*day));
    let days: BTreeSet<_> = days.chain([window.earliest()]).collect();
    let mut changes = changes.into_iter().peekable();
    let mut last = vec![(None::<NaiveDate>, None); acts.terms.parties.len()];
    let lacking_on = |day| {
        while let Some((_, party, given, undone)) = changes.next_if(|(since, ..)| *since <= day) {
            if let Some(last) = last.get_mut(party) {
                *last = (last.0.max(given), last.1.max(undone));
            }
        }
        // It is given if it can come after the undoing, or on its day.
        let is_given = |party: usize| last.get(party).is_some_and(|(given, undone)| given.is_some() && given >= undone);
        let needed = acts.needed.iter().map(|actor| actor.index);
        needed.filter(|&party| acts.successions.is_named_on(party, day) && !is_given(party)).collect()
    };
    days.into_iter().map(lacking_on).collect()
}

/// Whose consent is surely not given on any day of a step; an adoption is the consent of its parties.
fn missing(acts: &Acts<'_>, step: &Entry<'_>, lacking: &[BTreeSet<usize>]) -> Option<String> {
    let adopters: BTreeSet<usize> = match step.kind() {
        ActKind::Adopted => step.actors.iter().map(|actor| actor.index).collect(),
        _ => BTreeSet::new(),
    };
    let is_waited_for = |party: &usize| !adopters.contains(party);
    if !lacking.iter().all(|of_day| of_day.iter().any(is_waited_for)) {
        return None;
    }
    let of_all_days = |party| lacking.iter().all(|of_day| of_day.contains(party));
    let always = acts.needed.iter().filter(|actor| is_waited_for(&actor.index) && of_all_days(&actor.index));
    let mut always = always.map(|actor| actor.party.id.as_str()).peekable();
    // Where nobody's is never given, each is given on some day of the window, and on none are all.
    Some(if always.peek().is_some() { list(always) } else { "all at once".to_owned() })
}
