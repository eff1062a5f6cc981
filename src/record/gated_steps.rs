//! The rule of gated steps: none before every consent that it waits for.

use std::cell::LazyCell;

use super::acts::{Acts, UNDOING, consents, gated};
use crate::day::{Window, day_number};
use crate::findings::{Findings, Rule};
use crate::terms::{ActKind, GatedStep};
use crate::wording::list;

pub(super) fn check(acts: &Acts<'_>, out: &mut Findings) {
    let gated = gated(acts.terms);
    let lacking = LazyCell::new(|| Lacking::new(acts, true));
    // An adoption is the consent of its parties, and waits for the others; a refusal on its day is later.
    let lacking_before = LazyCell::new(|| Lacking::new(acts, false));
    for entry in acts.of(&[ActKind::Announced, ActKind::Adopted, ActKind::InForce]) {
        let step = if entry.kind() == ActKind::InForce { GatedStep::Execution } else { GatedStep::Announcement };
        if !gated.contains(&step) {
            continue;
        }
        let missing = match entry.kind() {
            ActKind::Adopted if entry.is_of_all() => continue,
            ActKind::Adopted => lacking_before.of_whom(entry.window),
            // Each consent is given on some day of the window, and on none are all.
            _ => lacking
                .of_whom(entry.window)
                .or_else(|| lacking.all.cover(entry.window).then(|| "all at once".to_owned())),
        };
        if let Some(missing) = missing {
            let (step, on) = (step.to_string(), entry.act.on.to_string());
            out.push(entry.place(), Rule::StepBeforeConsent { step, on, missing });
        }
    }
}

/// On which days needed consents are surely not given.
struct Lacking<'t> {
    /// By the ids of the parties.
    parties: Vec<(&'t str, Days)>,
    /// On which days any is not.
    all: Days,
}

impl<'t> Lacking<'t> {
    fn new(acts: &Acts<'t>, same_day: bool) -> Self {
        let changes = changes(acts, same_day);
        let of = |index: usize| Days::without_consent(changes.get(index).cloned().unwrap_or_default());
        let parties: Vec<_> = acts.needed.iter().map(|actor| (actor.party.id.as_str(), of(actor.index))).collect();
        let all = Days::merged(parties.iter().flat_map(|(_, days)| &days.0).copied().collect());
        Self { parties, all }
    }

    /// The parties whose consent is surely not given on any day of a window.
    fn of_whom(&self, window: Window) -> Option<String> {
        let missing = self.parties.iter().filter(|(_, days)| days.cover(window));
        let mut missing = missing.map(|(id, _)| *id).peekable();
        missing.peek().is_some().then(|| list(missing))
    }
}

/// By a day, the latest day of a consent that may be before it, or the earliest day of an undoing that must be.
type Change = (i32, Option<i32>, Option<i32>);

/// What gives and undoes the consent of each party; an undoing also on its own day, or only from the next.
fn changes(acts: &Acts<'_>, same_day: bool) -> Vec<Vec<Change>> {
    let mut changes = vec![Vec::new(); acts.terms.parties.len()];
    for entry in &acts.entries {
        let (earliest, latest) = (day_number(entry.window.earliest()), day_number(entry.window.latest()));
        for actor in entry.actors.iter() {
            let Some(changes) = changes.get_mut(actor.index) else { continue };
            if consents(actor.party.consent_mode()).contains(&entry.kind()) {
                changes.push((earliest, Some(latest), None));
            } else if UNDOING.contains(&entry.kind()) {
                changes.extend(same_day.then_some((latest, None, Some(earliest))));
                changes.push((latest.saturating_add(1), None, Some(earliest)));
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
            // It is given if it can come after the undoing.
            let is_given = last_given > last_undone && last_undone < Some(today);
            if let Some(first) = since.filter(|_| is_given) {
                days.push((first, today.saturating_sub(1)));
            }
            since = if is_given { None } else { since.or(Some(today)) };
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
