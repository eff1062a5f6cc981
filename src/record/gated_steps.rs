//! The rule of gated steps: none before every consent that it waits for.

use std::collections::HashMap;

use super::findings::place_of;
use super::{By, Entry, UNDOING, consents};
use crate::day::{Window, day_number};
use crate::findings::{Findings, Rule};
use crate::terms::{ActKind, ConsentMode, GatedStep, Terms};
use crate::wording::list;

pub(super) fn check(terms: &Terms, acts: &[Entry<'_>], out: &mut Findings) {
    let default = [GatedStep::Execution];
    let gated = terms.consent_before.as_deref().unwrap_or(&default);
    let waiting = |kind, step| {
        let is_gated = gated.contains(&step);
        let of_kind = acts.iter().filter(move |entry| is_gated && entry.act.act == kind);
        of_kind.map(move |entry| Waiting { entry, step, missing: Vec::new() })
    };
    let steps =
        waiting(ActKind::Announced, GatedStep::Announcement).chain(waiting(ActKind::InForce, GatedStep::Execution));
    // An adoption is the consent of its parties, and waits for the others.
    let adoptions = waiting(ActKind::Adopted, GatedStep::Announcement).filter(|step| step.entry.by != By::EveryNeeded);
    let groups = [(steps.collect::<Vec<_>>(), SameDay::Counts), (adoptions.collect(), SameDay::IsLater)];
    for (mut steps, same_day) in groups.into_iter().filter(|(steps, _)| !steps.is_empty()) {
        find_missing(&Given::new(terms, acts, same_day), &mut steps);
        for Waiting { entry, step, mut missing } in steps {
            missing.sort_unstable();
            let missing = match (missing.is_empty(), same_day) {
                (false, _) => list(missing.into_iter().map(|(_, id)| id)),
                // Each consent stands on some day of the window, and on none do all.
                (true, SameDay::Counts) => "all at once".to_owned(),
                (true, SameDay::IsLater) => continue,
            };
            let (step, on) = (step.to_string(), entry.act.on.to_string());
            out.push(place_of(entry.place), Rule::StepBeforeConsent { step, on, missing });
        }
    }
}

/// A step that waits for consents.
struct Waiting<'t, 'r> {
    entry: &'r Entry<'t>,
    step: GatedStep,
    /// Parties whose consent is surely missing, by place and id. Who adopts does not lack its own
    /// consent on the first day of its adoption.
    missing: Vec<(usize, &'t str)>,
}

/// Keeps the steps that wait in vain, and finds for whom.
fn find_missing<'t>(given: &Given<'t>, steps: &mut Vec<Waiting<'t, '_>>) {
    let mut any = Days::default();
    for alike in &given.parties {
        any.add(given.lacking(alike));
    }
    any.merge();
    steps.retain(|step| any.cover(step.entry.window));
    if steps.is_empty() {
        return;
    }
    for alike in &given.parties {
        let lacking = given.lacking(alike);
        for step in steps.iter_mut().filter(|step| lacking.cover(step.entry.window)) {
            step.missing.extend(&alike.parties);
        }
    }
}

/// Whether a refusal on the day of a step comes before it.
#[derive(Clone, Copy, PartialEq)]
enum SameDay {
    Counts,
    IsLater,
}

/// By a day, the latest day of a consent that may be before it, and the earliest day of an undoing that must be.
type Change = (i32, Option<i32>, Option<i32>);

/// The acts that give and that undo a consent.
#[derive(Clone, Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn count(&mut self, mode: ConsentMode, entry: &Entry<'_>, same_day: SameDay) {
        let (earliest, latest) = (day_number(entry.window.earliest()), day_number(entry.window.latest()));
        if consents(mode).contains(&entry.act.act) {
            self.0.push((earliest, Some(latest), None));
        } else if UNDOING.contains(&entry.act.act) {
            if same_day == SameDay::Counts {
                self.0.push((latest, None, Some(earliest)));
            }
            self.0.push((latest.saturating_add(1), None, Some(earliest)));
        }
    }

    /// The days on which no choice of days lets a consent stand.
    fn lacking(mut self, own: &Self) -> Days {
        self.0.extend(&own.0);
        // Two sorted runs, which a stable sort merges.
        self.0.sort();
        let (mut last_given, mut last_undone) = (None, None);
        let (mut days, mut since) = (Days::default(), Some(i32::MIN));
        for changes in self.0.chunk_by(|a, b| a.0 == b.0) {
            let mut today = i32::MIN;
            for &(day, given, undone) in changes {
                (today, last_given, last_undone) = (day, last_given.max(given), last_undone.max(undone));
            }
            // It stands if it can come after the undoing.
            let stands = last_given > last_undone && last_undone < Some(today);
            match since {
                Some(first) if stands => {
                    days.0.push((first, today.saturating_sub(1)));
                    since = None;
                }
                None if !stands => since = Some(today),
                _ => {}
            }
        }
        days.0.extend(since.map(|first| (first, i32::MAX)));
        days
    }
}

/// Parties whose consents stand and fall together.
struct Alike<'t> {
    /// By place and id.
    parties: Vec<(usize, &'t str)>,
    mode: ConsentMode,
    /// By acts that name them.
    own: Changes,
}

/// What gives and undoes the consents that are needed.
struct Given<'t> {
    parties: Vec<Alike<'t>>,
    /// By acts of all: for a party that binds itself by approval, by signature.
    shared: [Changes; 2],
}

impl<'t> Given<'t> {
    fn new(terms: &'t Terms, acts: &[Entry<'_>], same_day: SameDay) -> Self {
        let (mut by_approval, mut by_signature) = (Changes::default(), Changes::default());
        let mut own: HashMap<usize, Changes> = HashMap::new();
        for entry in acts {
            match &entry.by {
                By::EveryNeeded => {
                    by_approval.count(ConsentMode::Approval, entry, same_day);
                    by_signature.count(ConsentMode::Signature, entry, same_day);
                }
                By::These(parties) => {
                    for &place in parties.iter().flatten() {
                        if let Some(party) = terms.parties.get(place) {
                            own.entry(place).or_default().count(party.consent_mode(), entry, same_day);
                        }
                    }
                }
            }
        }
        let mut parties = Vec::new();
        for mode in [ConsentMode::Approval, ConsentMode::Signature] {
            let mut silent = Alike { parties: Vec::new(), mode, own: Changes::default() };
            for (place, party) in terms.parties.iter().enumerate().filter(|(_, party)| party.consent_mode() == mode) {
                let id = (place, party.id.as_str());
                match own.remove(&place) {
                    Some(own) => parties.push(Alike { parties: vec![id], mode, own }),
                    None => silent.parties.push(id),
                }
            }
            if !silent.parties.is_empty() {
                parties.push(silent);
            }
        }
        by_approval.0.sort_unstable();
        by_signature.0.sort_unstable();
        Self { parties, shared: [by_approval, by_signature] }
    }

    /// The days on which parties surely lack a standing consent.
    fn lacking(&self, alike: &Alike<'_>) -> Days {
        let [by_approval, by_signature] = &self.shared;
        let shared = if alike.mode == ConsentMode::Signature { by_signature } else { by_approval };
        shared.clone().lacking(&alike.own)
    }
}

/// Stretches of day numbers, both ends included; sorted and apart once merged.
#[derive(Default)]
struct Days(Vec<(i32, i32)>);

impl Days {
    /// Adds other days, and merges rather than grow.
    fn add(&mut self, other: Self) {
        if self.0.len().saturating_add(other.0.len()) > self.0.capacity() {
            self.merge();
        }
        self.0.extend(other.0);
    }

    fn merge(&mut self) {
        self.0.sort_by_key(|&(first, _)| first);
        self.0.dedup_by(|next, last| {
            let touches = next.0 <= last.1.saturating_add(1);
            if touches {
                last.1 = last.1.max(next.1);
            }
            touches
        });
    }

    /// Whether every day of a window is one of these.
    fn cover(&self, window: Window) -> bool {
        let (earliest, latest) = (day_number(window.earliest()), day_number(window.latest()));
        let after = self.0.partition_point(|&(first, _)| first <= earliest);
        after.checked_sub(1).and_then(|index| self.0.get(index)).is_some_and(|&(_, last)| latest <= last)
    }
}
