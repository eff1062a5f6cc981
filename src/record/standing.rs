//! What the acts come to: the fold of the record, for each party and for the agreement.

use chrono::NaiveDate;

use super::acts::{Entry, UNDOING, consents};
use crate::day::Window;
use crate::terms::{ActKind, ConsentMode};

/// Where a party stands after some acts.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub(super) struct Standing {
    /// The days of the act since which its consent is given.
    pub(super) given: Option<Window>,
    /// It refused, and has not consented since.
    pub(super) refused: bool,
    /// It withdrew its consent, and has not consented since.
    pub(super) withdrawn: bool,
    pub(super) paused: bool,
}

impl Standing {
    /// Counts an act of the party.
    pub(super) fn count(&mut self, entry: &Entry<'_>, mode: ConsentMode) {
        let kind = entry.kind();
        if consents(mode).contains(&kind) {
            self.given = self.given.or(Some(entry.window));
            (self.refused, self.withdrawn) = (false, false);
        } else if UNDOING.contains(&kind) {
            self.given = None;
            self.refused |= kind == ActKind::Refused;
            self.withdrawn |= kind == ActKind::ConsentWithdrawn;
        } else if kind == ActKind::Paused {
            self.paused = true;
        } else if kind == ActKind::Resumed {
            // Without parties, the agreement is resumed.
            self.paused &= entry.is_of_all();
        }
    }
}

/// Where the agreement itself stands after some acts.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub(super) struct Course {
    pub(super) suspended: bool,
    pub(super) postponements: usize,
}

impl Course {
    pub(super) fn count(&mut self, entry: &Entry<'_>) {
        match entry.kind() {
            ActKind::Suspended => self.suspended = true,
            // With parties, a party resumes for itself.
            ActKind::Resumed => self.suspended &= !entry.is_of_all(),
            ActKind::AnnouncementPostponed => self.postponements = self.postponements.saturating_add(1),
            _ => {}
        }
    }
}

/// A state by the day at whose end it begins.
#[derive(Clone, Default, Debug)]
pub(super) struct History<S>(Vec<(NaiveDate, S)>);

impl<S: Copy + Default + PartialEq> History<S> {
    /// Changes the state from a day on, which is none before the last change.
    pub(super) fn change(&mut self, day: NaiveDate, change: impl FnOnce(&mut S)) {
        let before = self.0.last().map(|&(_, state)| state).unwrap_or_default();
        let mut state = before;
        change(&mut state);
        if state != before {
            self.0.push((day, state));
        }
    }

    /// The state at the end of a day.
    pub(super) fn on(&self, day: NaiveDate) -> S {
        let until = self.0.partition_point(|&(since, _)| since <= day);
        self.0.get(..until).and_then(<[_]>::last).map(|&(_, state)| state).unwrap_or_default()
    }
}
