//! The fold of the acts: where the agreement and each party stand once some acts have happened.

use chrono::NaiveDate;

use super::acts::{Actor, Acts, Entry, UNDOING, consents};
use crate::day::Window;
use crate::terms::{ActKind, Party, Terms};

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

/// Where a party stands.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Standing {
    /// The days of the act since which its consent is given.
    pub(super) given: Option<Window>,
    /// What it did and has not undone: a consent undoes refusals and withdrawals, `resumed` its own pause.
    pub(super) done: Kinds,
}

/// Where the agreement and its parties stand.
#[derive(Clone, Default, Debug)]
pub(super) struct State {
    /// What happened and is not undone: `resumed` without parties undoes a suspension.
    pub(super) done: Kinds,
    pub(super) postponements: usize,
    /// In the order of the document.
    pub(super) parties: Vec<Standing>,
}

impl State {
    pub(super) fn new(acts: &Acts<'_>) -> Self {
        let parties = vec![Standing::default(); acts.terms.parties.len()];
        Self { parties, ..Self::default() }
    }

    /// Each party with where it stands.
    pub(super) fn of<'a>(&'a self, terms: &'a Terms) -> impl Iterator<Item = (&'a Party, &'a Standing)> {
        terms.parties.iter().zip(&self.parties)
    }

    pub(super) fn count(&mut self, entry: &Entry<'_>) {
        let kind = entry.kind();
        self.done.add(kind);
        if kind == ActKind::Resumed && entry.is_of_all() {
            self.done.take(&[ActKind::Suspended]);
        }
        if kind == ActKind::AnnouncementPostponed {
            self.postponements = self.postponements.saturating_add(1);
        }
        for actor in entry.actors.iter() {
            let Some(standing) = self.parties.get_mut(actor.index) else { continue };
            standing.done.add(kind);
            if consents(actor.party.consent_mode()).contains(&kind) {
                standing.given = standing.given.or(Some(entry.window));
                standing.done.take(UNDOING);
            } else if UNDOING.contains(&kind) {
                standing.given = None;
            } else if kind == ActKind::Resumed && !entry.is_of_all() {
                standing.done.take(&[ActKind::Paused]);
            }
        }
    }
}

/// The first day at whose end something is so of every party whose consent is needed, if acts of these kinds happen on
/// these days; `None` where nobody's is.
pub(super) fn first_day(
    acts: &Acts<'_>,
    kinds: &[ActKind],
    day: impl Fn(Window, ActKind) -> NaiveDate,
    is_so: impl Fn(&Standing) -> bool,
) -> Option<NaiveDate> {
    let mut order: Vec<_> = acts.of(kinds).map(|entry| (day(entry.window, entry.kind()), entry)).collect();
    order.sort_by_key(|(day, entry)| (*day, entry.kind()));
    let mut state = State::new(acts);
    let mut days = order.chunk_by(|(one, _), (other, _)| one == other);
    days.find_map(|of_day| {
        for (_, entry) in of_day {
            state.count(entry);
        }
        let is_so = |party: &Actor<'_>| state.parties.get(party.index).is_some_and(&is_so);
        (!acts.needed.is_empty() && acts.needed.iter().all(is_so)).then_some(of_day.first()?.0)
    })
}

/// The day by which every party whose consent is needed has signed.
pub(super) fn signature(acts: &Acts<'_>) -> Option<Window> {
    let has_signed = |standing: &Standing| standing.done.has(&[ActKind::Signed]);
    let first =
        |bound: fn(Window) -> NaiveDate| first_day(acts, &[ActKind::Signed], |window, _| bound(window), has_signed);
    Window::new(first(Window::earliest)?, first(Window::latest)?)
}

/// The first day at whose end every needed consent is given: the one where consents come as early and their undoing as
/// late as may be, and the one where it is the other way round; `None` where there is none in either.
pub(super) fn approval(acts: &Acts<'_>) -> Option<Window> {
    const KINDS: [ActKind; 5] =
        [ActKind::Signed, ActKind::Approved, ActKind::Adopted, ActKind::Refused, ActKind::ConsentWithdrawn];
    let first = |late_undoing: bool| {
        let day = |window: Window, kind| {
            if UNDOING.contains(&kind) == late_undoing { window.latest() } else { window.earliest() }
        };
        first_day(acts, &KINDS, day, |standing| standing.given.is_some())
    };
    let (one, other) = (first(true)?, first(false)?);
    Window::new(one.min(other), one.max(other))
}
