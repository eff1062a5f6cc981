//! The event `approval`: the first day at whose end every needed consent stands.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{By, Entry, Member, UNDOING, consents};
use crate::day::Window;
use crate::terms::{ActKind, ConsentMode};

/// From the first day if consents come as early and their undoing as late as may be, to the first day if the other
/// way round; `None` where there is none in either.
pub(super) fn window(members: &[Member], acts: &[Entry<'_>]) -> Option<Window> {
    let one = first_day(members, acts, |entry, undoes| bound(entry.window, undoes))?;
    let other = first_day(members, acts, |entry, undoes| bound(entry.window, !undoes))?;
    Window::new(one.min(other), one.max(other))
}

const fn bound(window: Window, late: bool) -> NaiveDate {
    if late { window.latest() } else { window.earliest() }
}

fn first_day(members: &[Member], acts: &[Entry<'_>], day: impl Fn(&Entry<'_>, bool) -> NaiveDate) -> Option<NaiveDate> {
    let mut modes = [ConsentMode::Approval, ConsentMode::Signature].map(|mode| Consents::new(members, mode));
    if modes.iter().all(|consents| consents.parties == 0) {
        return None;
    }
    let undoes = |kind: ActKind| UNDOING.contains(&kind);
    let counts = |kind| undoes(kind) || consents(ConsentMode::Signature).contains(&kind);
    let mut order: Vec<_> = acts.iter().filter(|entry| counts(entry.act.act)).collect();
    order.sort_by_key(|entry| (day(entry, undoes(entry.act.act)), entry.act.act));
    let mut days = order.chunk_by(|a, b| day(a, undoes(a.act.act)) == day(b, undoes(b.act.act)));
    days.find_map(|acts| {
        for entry in acts {
            for consents in &mut modes {
                consents.count(members, entry);
            }
        }
        let last = acts.last().filter(|_| modes.iter().all(Consents::all_stand))?;
        Some(day(last, undoes(last.act.act)))
    })
}

/// Which of the parties that bind themselves in one way have a standing consent.
struct Consents {
    mode: ConsentMode,
    parties: usize,
    /// What is so of every party but the exceptions, so that an act of all is one step.
    stands: bool,
    exceptions: HashSet<usize>,
}

impl Consents {
    fn new(members: &[Member], mode: ConsentMode) -> Self {
        let parties = members.iter().filter(|member| member.mode == mode).count();
        Self { mode, parties, stands: false, exceptions: HashSet::new() }
    }

    fn count(&mut self, members: &[Member], entry: &Entry<'_>) {
        let gives = consents(self.mode).contains(&entry.act.act);
        if !gives && !UNDOING.contains(&entry.act.act) {
            return;
        }
        match &entry.by {
            By::EveryNeeded => {
                self.stands = gives;
                self.exceptions.clear();
            }
            By::These(parties) => {
                let mode = self.mode;
                let of_mode = |&&place: &&usize| members.get(place).is_some_and(|member| member.mode == mode);
                for &place in parties.iter().flatten().filter(of_mode) {
                    if gives == self.stands {
                        self.exceptions.remove(&place);
                    } else {
                        self.exceptions.insert(place);
                    }
                }
            }
        }
    }

    fn all_stand(&self) -> bool {
        if self.stands { self.exceptions.is_empty() } else { self.exceptions.len() == self.parties }
    }
}
