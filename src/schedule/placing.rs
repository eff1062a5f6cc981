//! The order in which the limits of a chain count, the days on which they fall due, and the baseline that each counts
//! from.

use std::sync::Arc;

use chrono::NaiveDate;

use super::by_force::LimitText;
use super::consolidated_text::Moved;
use super::{BaselineText, Due, VersionFindings};
use crate::day::{self, Window};
use crate::findings::Rule;
use crate::terms::Terms;
use crate::wording::excerpt;

/// A limit with the days on which it falls due in its chain, and the baseline that it counts from.
pub(super) struct Placed<'t> {
    pub(super) of: &'t LimitText<'t>,
    pub(super) due: Due,
    pub(super) base: usize,
    pub(super) settled: bool,
    /// It closed before a new baseline that is authorised, and has no part in what comes after that.
    pub(super) has_left: bool,
}

/// The limits of a chain in the order in which they count.
pub(super) struct Placing<'t> {
    pub(super) limits: Vec<Placed<'t>>,
    /// A phase counts as standing after one that the text has it before.
    pub(super) has_moved: bool,
    /// The phases that have moved in this version.
    pub(super) newly: Option<Moved>,
}

/// Places the limits of a chain: not before their baseline, in order where they depend on the record.
pub(super) fn place<'t>(
    terms: &Terms,
    limits: impl Iterator<Item = &'t LimitText<'t>>,
    (bases, since): (&[Option<BaselineText>], Option<usize>),
    moved: &[Arc<Moved>],
    out: &mut VersionFindings,
) -> Placing<'t> {
    let mut of_chain = Vec::with_capacity(limits.size_hint().1.unwrap_or(0));
    of_chain.extend(limits);
    let (limits, has_moved) = in_order(of_chain, moved);
    let last_base = bases.len().saturating_sub(1);
    let last_as_of = bases.last().copied().flatten().map(|base| base.as_of);
    let authorised = bases.iter().skip(1).flatten().filter(|base| base.authorised).map(|base| base.as_of).max();
    let open_from = open_from(bases.get(..last_base).unwrap_or_default());
    let mut all: Vec<Placed<'_>> = Vec::with_capacity(limits.len());
    // The window of the phase before, and that of the last one that the text alone gives.
    let (mut before, mut before_in_text): (Option<Window>, Option<(&str, Window)>) = (None, None);
    for of in limits {
        let LimitText { phase, resolved, .. } = of;
        let Due::Known(written) = resolved.due else {
            all.push(Placed { of, due: resolved.due.clone(), base: last_base, settled: false, has_left: false });
            continue;
        };
        let mut report = |rule| out.push(phase.by_place(), rule);
        let mut window = written;
        if !resolved.text_alone {
            window = before.map_or(window, |before| window.later(before));
        }
        let settled = last_base > 0 && last_as_of.is_some_and(|as_of| window.latest() < as_of);
        let has_left = authorised.is_some_and(|as_of| window.latest() < as_of);
        // The last baseline that is not after the window, else the first.
        let after = || open_from.partition_point(|(as_of, _)| window.latest() < *as_of);
        let base = if settled { open_from.get(after()).map_or(0, |(_, index)| *index) } else { last_base };
        let as_of = bases.get(base).copied().flatten().map(|base| base.as_of);
        let from = if settled && since == Some(phase.since) { last_as_of } else { as_of };
        if let Some(as_of) = from.filter(|&as_of| resolved.text_alone && written.latest() < as_of) {
            let (phase, window) = (excerpt(phase.id(terms)), written.to_string());
            report(Rule::ClosesBeforeBaseline { phase, window, as_of: day::Iso(as_of).to_string() });
        }
        window = as_of.map_or(window, |as_of| window.later(Window::day(as_of)));
        if resolved.text_alone {
            if let Some((earlier, of_earlier)) = before_in_text.filter(|(_, earlier)| window.later(*earlier) != window)
            {
                report(Rule::PhasesOutOfOrder {
                    phase: excerpt(phase.id(terms)),
                    window: written.to_string(),
                    before: excerpt(earlier),
                    earlier: of_earlier.to_string(),
                });
            }
            before_in_text = Some((phase.id(terms), window));
        }
        before = Some(window);
        all.push(Placed { of, due: Due::Known(window), base, settled, has_left });
    }
    let newly = move_waiting(&mut all);
    Placing { limits: all, has_moved: has_moved || newly.is_some(), newly }
}

/// What awaits something counts as standing after the last settled phase; gives the phases that move there.
fn move_waiting(all: &mut [Placed<'_>]) -> Option<Moved> {
    let last = all.iter().rposition(|placed| placed.settled)?;
    let begun = all.get_mut(..=last)?;
    let after = begun.last()?.of.phase.at;
    let waits = |placed: &Placed<'_>| placed.due.window().is_none();
    begun.sort_by_key(waits);
    let mut phases: Vec<_> = begun.iter().filter(|placed| waits(placed)).map(|placed| placed.of.phase.at).collect();
    phases.sort_unstable();
    (!phases.is_empty()).then(|| Moved { phases, after: vec![after] })
}

/// The limits with those of moved phases where they count, and whether there are any.
fn in_order<'t>(mut limits: Vec<&'t LimitText<'t>>, moved: &[Arc<Moved>]) -> (Vec<&'t LimitText<'t>>, bool) {
    let mut has_moved = false;
    for moved in moved {
        let after = limits.iter().rposition(|of| moved.after.contains(&of.phase.at));
        let Some(begun) = after.and_then(|after| limits.get_mut(..=after)) else { continue };
        let is_one = |of: &&LimitText<'_>| moved.phases.binary_search(&of.phase.at).is_ok();
        begun.sort_by_key(is_one);
        has_moved = has_moved || begun.last().is_some_and(is_one);
    }
    (limits, has_moved)
}

/// The day of each baseline that may be the last one not after a window, from the last to the first, with its index:
/// an earlier one only where it is of an earlier day.
fn open_from(bases: &[Option<BaselineText>]) -> Vec<(NaiveDate, usize)> {
    let mut open: Vec<(NaiveDate, usize)> = Vec::new();
    for (index, base) in bases.iter().enumerate().rev() {
        let as_of = base.map_or(NaiveDate::MIN, |base| base.as_of);
        if open.last().is_none_or(|(later, _)| as_of < *later) {
            open.push((as_of, index));
        }
    }
    open
}
