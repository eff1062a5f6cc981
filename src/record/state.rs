//! The state of the agreement and of each party after some acts.

use super::acts::{Acts, Entry, UNDOING};
use crate::day::Window;
use crate::terms::ActKind;

/// A set of kinds of acts.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Kinds(u32);

impl Kinds {
    const fn of(kind: ActKind) -> Self {
        Self(1_u32.wrapping_shl(kind as u32))
    }

    pub(super) fn has(self, kinds: &[ActKind]) -> bool {
        kinds.iter().any(|&kind| self.0 & Self::of(kind).0 != 0)
    }

    const fn add(&mut self, kind: ActKind) {
        self.0 |= Self::of(kind).0;
    }

    fn take(&mut self, kinds: &[ActKind]) {
        for &kind in kinds {
            self.0 &= !Self::of(kind).0;
        }
    }
}

/// The state of a party.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct PartyState {
    /// The days of the act since which its consent is given.
    pub(super) given: Option<Window>,
    /// What it did and has not undone: a consent undoes refusals and withdrawals, `resumed` its own pause.
    pub(super) done: Kinds,
}

/// The state of the agreement and its parties.
#[derive(Clone, Default, Debug)]
pub(super) struct State {
    /// What happened and is not undone: `resumed` without parties undoes a suspension.
    pub(super) done: Kinds,
    pub(super) postponements: usize,
    /// In the order of the document.
    pub(super) parties: Vec<PartyState>,
}

impl State {
    pub(super) fn new(acts: &Acts<'_>) -> Self {
        let parties = vec![PartyState::default(); acts.terms.parties.len()];
        Self { parties, ..Self::default() }
    }

    pub(super) fn count(&mut self, entry: &Entry<'_>) {
        let kind = entry.kind();
        if !entry.is_echo {
            self.done.add(kind);
            if kind == ActKind::Resumed && entry.is_of_all() {
                self.done.take(&[ActKind::Suspended]);
            }
            if kind == ActKind::AnnouncementPostponed {
                self.postponements = self.postponements.saturating_add(1);
            }
        }
        for actor in entry.actors.iter() {
            let Some(its_state) = self.parties.get_mut(actor.index) else { continue };
            its_state.done.add(kind);
            if actor.consents_by(kind) {
                its_state.given = its_state.given.or(Some(entry.window));
                its_state.done.take(UNDOING);
            } else if UNDOING.contains(&kind) {
                its_state.given = None;
            } else if kind == ActKind::Resumed && !entry.is_of_all() {
                its_state.done.take(&[ActKind::Paused]);
            }
        }
    }
}
