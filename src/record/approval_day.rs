//! The events `signature` and `approval`, which all parties make together.

use chrono::NaiveDate;

use super::acts::{Acts, Entry, UNDOING, is_needed};
use super::standing::Standing;
use crate::day::Window;
use crate::terms::ActKind;

/// The day by which every party whose consent is needed has signed; `None` where nobody's is.
pub(super) fn signature(acts: &Acts<'_>) -> Option<Window> {
    let mut signed: Vec<Option<Window>> = vec![None; acts.terms.parties.len()];
    for entry in acts.of(&[ActKind::Signed]) {
        for actor in acts.actors(entry) {
            if let Some(first) = signed.get_mut(actor.index) {
                *first = Some(first.map_or(entry.window, |first| first.earlier(entry.window)));
            }
        }
    }
    let needed = acts.needed().map(|party| signed.get(party.index).copied().flatten());
    needed.reduce(|last, next| Some(last?.later(next?))).flatten()
}

/// The first day at whose end every needed consent is given: from that day if consents come as early and their undoing
/// as late as may be, to that day if the other way round; `None` where there is none in either.
pub(super) fn approval(acts: &Acts<'_>) -> Option<Window> {
    let undoes = |entry: &Entry<'_>| UNDOING.contains(&entry.kind());
    let bound = |entry: &Entry<'_>, late| if late { entry.window.latest() } else { entry.window.earliest() };
    let one = first_day(acts, |entry| bound(entry, undoes(entry)))?;
    let other = first_day(acts, |entry| bound(entry, !undoes(entry)))?;
    Window::new(one.min(other), one.max(other))
}

/// The first day at whose end every needed consent is given, if acts happen on these days.
fn first_day(acts: &Acts<'_>, day: impl Fn(&Entry<'_>) -> NaiveDate) -> Option<NaiveDate> {
    let mut order: Vec<_> = acts.entries.iter().map(|entry| (day(entry), entry.kind(), entry)).collect();
    order.sort_by_key(|&(day, kind, _)| (day, kind));
    let mut standings = vec![Standing::default(); acts.terms.parties.len()];
    let mut lacking = acts.needed().count();
    if lacking == 0 {
        return None;
    }
    let mut days = order.chunk_by(|one, other| one.0 == other.0);
    days.find_map(|acts_of_day| {
        for (_, _, entry) in acts_of_day {
            for actor in acts.actors(entry).filter(|actor| is_needed(actor.party)) {
                let Some(standing) = standings.get_mut(actor.index) else { continue };
                let was_given = standing.given.is_some();
                standing.count(entry, actor.party.consent_mode());
                lacking = match (was_given, standing.given.is_some()) {
                    (false, true) => lacking.saturating_sub(1),
                    (true, false) => lacking.saturating_add(1),
                    _ => lacking,
                };
            }
        }
        acts_of_day.first().filter(|_| lacking == 0).map(|&(day, _, _)| day)
    })
}
