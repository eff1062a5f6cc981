//! The rule of gated steps: none before every consent that it waits for.

use super::acts::{Acts, Entry, UNDOING, consents, gated};
use crate::day::{Window, day_number};
use crate::findings::{Findings, Rule};
use crate::terms::{ActKind, GatedStep};
use crate::wording::list;

pub(super) fn check(acts: &Acts<'_>, out: &mut Findings) {
    let gated = gated(acts.terms);
    let waiting = |kind: ActKind, step: GatedStep| {
        let of_kind = acts.entries.iter().filter(move |entry| entry.kind() == kind && gated.contains(&step));
        of_kind.map(move |entry| (entry, step))
    };
    let steps = waiting(ActKind::Announced, GatedStep::Announcement);
    let steps = steps.chain(waiting(ActKind::InForce, GatedStep::Execution)).collect();
    find_early(acts, steps, SameDay::Counts, out);
    // An adoption is the consent of its parties, and waits for the others.
    let adoptions = waiting(ActKind::Adopted, GatedStep::Announcement);
    find_early(acts, adoptions.filter(|(entry, _)| !entry.is_of_all()).collect(), SameDay::IsLater, out);
}

/// Whether a refusal on the day of a step comes before it.
#[derive(Clone, Copy, PartialEq)]
enum SameDay {
    Counts,
    IsLater,
}

/// Finds the steps on each day of which a needed consent is surely missing.
fn find_early(acts: &Acts<'_>, steps: Vec<(&Entry<'_>, GatedStep)>, same_day: SameDay, out: &mut Findings) {
    if steps.is_empty() {
        return;
    }
    let changes = changes(acts, same_day).into_iter();
    let lacking: Vec<_> = changes.map(Days::without_consent).collect();
    let needed = || acts.needed().filter_map(|actor| Some((actor.party.id.as_str(), lacking.get(actor.index)?)));
    let any = Days::merged(needed().flat_map(|(_, days)| &days.0).copied().collect());
    for (entry, step) in steps.into_iter().filter(|(entry, _)| any.cover(entry.window)) {
        let mut missing = needed().filter(|(_, days)| days.cover(entry.window)).map(|(id, _)| id).peekable();
        let missing = match (missing.peek(), same_day) {
            (Some(_), _) => list(missing),
            // Each consent stands on some day of the window, and on none do all.
            (None, SameDay::Counts) => "all at once".to_owned(),
            (None, SameDay::IsLater) => continue,
        };
        let (step, on) = (step.to_string(), entry.act.on.to_string());
        out.push(entry.place(), Rule::StepBeforeConsent { step, on, missing });
    }
}

/// By a day, the latest day of a consent that may be before it, or the earliest day of an undoing that must be.
type Change = (i32, Option<i32>, Option<i32>);

/// What gives and undoes the consent of each party.
fn changes(acts: &Acts<'_>, same_day: SameDay) -> Vec<Vec<Change>> {
    let mut changes = vec![Vec::new(); acts.terms.parties.len()];
    for entry in &acts.entries {
        let (earliest, latest) = (day_number(entry.window.earliest()), day_number(entry.window.latest()));
        for actor in acts.actors(entry) {
            let Some(changes) = changes.get_mut(actor.index) else { continue };
            if consents(actor.party.consent_mode()).contains(&entry.kind()) {
                changes.push((earliest, Some(latest), None));
            } else if UNDOING.contains(&entry.kind()) {
                if same_day == SameDay::Counts {
                    changes.push((latest, None, Some(earliest)));
                }
                changes.push((latest.saturating_add(1), None, Some(earliest)));
            }
        }
    }
    changes
}

/// Stretches of day numbers, both ends included; sorted and apart.
struct Days(Vec<(i32, i32)>);

impl Days {
    /// The days on which no choice of days lets a consent stand.
    fn without_consent(mut changes: Vec<Change>) -> Self {
        changes.sort_unstable();
        let (mut last_given, mut last_undone) = (None, None);
        let (mut days, mut since) = (Vec::new(), Some(i32::MIN));
        for changes in changes.chunk_by(|one, other| one.0 == other.0) {
            let mut today = i32::MIN;
            for &(day, given, undone) in changes {
                (today, last_given, last_undone) = (day, last_given.max(given), last_undone.max(undone));
            }
            // It stands if it can come after the undoing.
            let stands = last_given > last_undone && last_undone < Some(today);
            match since {
                Some(first) if stands => {
                    days.push((first, today.saturating_sub(1)));
                    since = None;
                }
                None if !stands => since = Some(today),
                _ => {}
            }
        }
        days.extend(since.map(|first| (first, i32::MAX)));
        Self(days)
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
