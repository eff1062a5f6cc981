//! The rule of gated steps: none before every consent that it waits for.

use std::cell::LazyCell;

use super::acts::{Actor, Acts, Entry, PUBLIC, UNDOING, gated};
use crate::day::{Window, day_number};
use crate::findings::{Findings, Rule};
use crate::terms::{ActKind, GatedStep};
use crate::wording::list;

/// Only the first act of a step is the step, and later ones are repeats.
pub(super) fn check(acts: &Acts<'_>, out: &mut Findings) {
    let lacking = LazyCell::new(|| lacking(acts));
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
        for entry in taken.iter().take_while(|entry| (entry.window.latest(), entry.kind()) == first) {
            let is_first = others.iter().all(|other| other.index == entry.index);
            if let Some(missing) = Some(entry).filter(|_| is_first).and_then(|entry| missing(entry, &lacking)) {
                let (step, on) = (step.to_string(), entry.act.on.to_string());
                out.push(entry.place(), Rule::StepBeforeConsent { step, on, missing });
            }
        }
    }
}

/// On which days the consent of each party is needed and surely not given, by its index and id.
fn lacking<'t>(acts: &Acts<'t>) -> Vec<(usize, &'t str, Days)> {
    let mut changes = changes(acts);
    let days = |actor: &Actor<'t>| {
        let changes = changes.get_mut(actor.index).map(std::mem::take).unwrap_or_default();
        let (since, until) = acts.successions.place(actor.index);
        let (since, until) = (since.map_or(i32::MIN, day_number), until.map_or(i32::MAX, day_number));
        let days = Days::without_consent(changes).within(since, until.saturating_sub(1));
        (actor.index, actor.party.id.as_str(), days)
    };
    acts.needed.iter().map(days).collect()
}

/// Whose consent is surely not given on any day of a step; an adoption is the consent of its parties.
fn missing(step: &Entry<'_>, lacking: &[(usize, &str, Days)]) -> Option<String> {
    let adopts = |index| step.kind() == ActKind::Adopted && step.actors.iter().any(|actor| actor.index == index);
    let waited_for = || lacking.iter().filter(|(index, ..)| !adopts(*index));
    let missing = waited_for().filter(|(.., days)| days.cover(step.window));
    let mut missing = missing.map(|(_, id, _)| *id).peekable();
    if missing.peek().is_some() {
        return Some(list(missing));
    }
    // Each consent is given on some day of the window, and on none are all.
    let any = Days::merged(waited_for().flat_map(|(.., days)| &days.0).copied().collect());
    any.cover(step.window).then(|| "all at once".to_owned())
}

/// By a day, the latest day of a consent that may be before it, or the earliest day of an undoing that must be.
type Change = (i32, Option<i32>, Option<i32>);

/// What gives and undoes the consent of each party.
fn changes(acts: &Acts<'_>) -> Vec<Vec<Change>> {
    let mut changes = vec![Vec::new(); acts.terms.parties.len()];
    for entry in &acts.entries {
        let (earliest, latest) = (day_number(entry.window.earliest()), day_number(entry.window.latest()));
        for actor in entry.actors.iter() {
            let Some(changes) = changes.get_mut(actor.index) else { continue };
            if actor.consents_by(entry.kind()) {
                changes.push((earliest, Some(latest), None));
            } else if UNDOING.contains(&entry.kind()) {
                changes.push((latest, None, Some(earliest)));
            }
        }
    }
    changes
}

/// Stretches of day numbers, both ends included; sorted and apart.
struct Days(Vec<(i32, i32)>);

impl Days {
    /// The days on which no choice of days lets a consent be given.
    fn without_consent(mut changes: Vec<Change>) -> Self {
        changes.sort_unstable();
        let (mut last_given, mut last_undone) = (None, None);
        let (mut days, mut since) = (Vec::new(), Some(i32::MIN));
        for changes in changes.chunk_by(|one, other| one.0 == other.0) {
            let mut today = i32::MIN;
            for &(day, given, undone) in changes {
                (today, last_given, last_undone) = (day, last_given.max(given), last_undone.max(undone));
            }
            // It is given if it can come after the undoing, or on its day.
            let is_given = last_given.is_some() && last_given >= last_undone;
            if let Some(first) = since.filter(|_| is_given) {
                days.push((first, today.saturating_sub(1)));
            }
            since = if is_given { None } else { since.or(Some(today)) };
        }
        days.extend(since.map(|first| (first, i32::MAX)));
        Self(days)
    }

    /// Those from a day to another.
    fn within(self, since: i32, until: i32) -> Self {
        let within = self.0.into_iter().map(|(first, last)| (first.max(since), last.min(until)));
        Self(within.filter(|(first, last)| first <= last).collect())
    }

    /// Every day that is in a stretch.
    fn merged(mut stretches: Vec<(i32, i32)>) -> Self {
        stretches.sort_unstable();
        stretches.dedup_by(|next, last| {
            let touches = next.0 <= last.1.saturating_add(1);
            if touches {
                last.1 = last.1.max(next.1);
            }
            touches
        });
        Self(stretches)
    }

    /// Whether every day of a window is one of these.
    fn cover(&self, window: Window) -> bool {
        let (earliest, latest) = (day_number(window.earliest()), day_number(window.latest()));
        let until = self.0.partition_point(|&(first, _)| first <= earliest);
        self.0.get(..until).and_then(<[_]>::last).is_some_and(|&(_, last)| latest <= last)
    }
}
