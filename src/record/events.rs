//! The events that deadlines count from.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::acts::{Acts, Entry, UNDOING};
use super::state::{PartyState, State};
use crate::day::{self, Window};
use crate::terms::{ActKind, BindsFrom, Event, Instrument};

/// The events that acts are, and those that follow from all signatures and consents.
pub(super) fn events(acts: &Acts<'_>) -> BTreeMap<Event, Window> {
    let mut events: BTreeMap<_, Window> = BTreeMap::new();
    for entry in acts.entries.iter().filter(|entry| !entry.is_echo) {
        let event = match (entry.kind(), &entry.act.name) {
            (ActKind::Announced | ActKind::Adopted, _) => Event::Announcement,
            (ActKind::ProvisionallyApplied, _) => Event::ProvisionalApplication,
            (ActKind::InForce, _) => Event::EntryIntoForce,
            (ActKind::Refused, _) => Event::Refusal,
            (ActKind::Terminated, _) => Event::Termination,
            (ActKind::Event, Some(name)) => Event::Named(name.clone()),
            _ => continue,
        };
        let first = events.entry(event).or_insert(entry.window);
        *first = first.earlier(entry.window);
    }
    if let Some(signature) = signature(acts) {
        events.entry(Event::Announcement).or_insert(signature);
        events.insert(Event::Signature, signature);
    }
    events.extend(approval(acts).map(|approval| (Event::Approval, approval)));
    events
}

/// The event from which an agreement binds.
pub(super) fn begins(acts: &Acts<'_>) -> Event {
    let by_default = match acts.terms.instrument {
        _ if acts.needed.is_empty() => BindsFrom::Announcement,
        Some(Instrument::Treaty | Instrument::ExecutiveAgreement) => BindsFrom::EntryIntoForce,
        _ => BindsFrom::Approval,
    };
    match acts.terms.binds_from.unwrap_or(by_default) {
        BindsFrom::EntryIntoForce => Event::EntryIntoForce,
        BindsFrom::Approval => Event::Approval,
        BindsFrom::Announcement => Event::Announcement,
    }
}

/// The first day at whose end something is so of every party whose consent is needed on it, if acts happen on these days;
/// `None` where there is no such day, or nobody's consent is needed.
fn first_day<'a, 't: 'a>(
    acts: &Acts<'t>,
    dated: impl Iterator<Item = (NaiveDate, &'a Entry<'t>)>,
    is_so: impl Fn(&PartyState) -> bool,
) -> Option<NaiveDate> {
    let mut order: Vec<_> = dated.map(|(day, entry)| (day, Some(entry))).collect();
    order.extend(acts.successions.days().map(|day| (day, None)));
    order.sort_by_key(|(day, entry)| (*day, entry.map(Entry::kind)));
    let mut state = State::new(acts);
    let mut days = order.chunk_by(|(one, _), (other, _)| one == other);
    days.find_map(|of_day| {
        let (day, _) = *of_day.first()?;
        of_day.iter().filter_map(|(_, entry)| *entry).for_each(|entry| state.count(entry));
        let mut needed = acts.needed.iter().filter(|actor| acts.successions.is_named_on(actor.index, day)).peekable();
        let is_any = needed.peek().is_some();
        let is_so = needed.all(|actor| state.parties.get(actor.index).is_some_and(&is_so));
        (is_any && is_so).then_some(day)
    })
}

/// The day by which every party whose consent is needed has signed.
fn signature(acts: &Acts<'_>) -> Option<Window> {
    let has_signed = |its_state: &PartyState| its_state.done.has(&[ActKind::Signed]);
    let signed = || acts.of(&[ActKind::Signed]);
    signed().next()?;
    let dated = |bound: fn(Window) -> NaiveDate| {
        first_day(acts, signed().map(|entry| (bound(entry.window), entry)), has_signed)
    };
    let earliest = dated(Window::earliest)?;
    let are_days = signed().all(|entry| entry.window.earliest() == entry.window.latest());
    Window::new(earliest, if are_days { earliest } else { dated(Window::latest)? })
}

/// So many choices of days, times acts, are gone through one by one.
const MOST_CHOICES: i64 = 1 << 16;

/// The first day at whose end every needed consent is given, over every choice of days; `None` where there is none on
/// some choice.
fn approval(acts: &Acts<'_>) -> Option<Window> {
    const KINDS: [ActKind; 5] =
        [ActKind::Signed, ActKind::Approved, ActKind::Adopted, ActKind::Refused, ActKind::ConsentWithdrawn];
    let is_given = |its_state: &PartyState| its_state.given.is_some();
    // An act that counts later for some who acted has one day for all of them.
    let own: Vec<_> = acts.of(&KINDS).filter(|entry| !entry.is_echo).collect();
    let lengths = own.iter().map(|entry| day::days_between(entry.window.earliest(), entry.window.latest()));
    let choices = lengths.fold(1_i64, |choices, more| choices.saturating_mul(more.saturating_add(1)));
    if choices == 1 {
        let dated = acts.of(&KINDS).map(|entry| (entry.window.earliest(), entry));
        return first_day(acts, dated, is_given).map(Window::day);
    }
    let places: BTreeMap<_, _> = own.iter().zip(0_usize..).map(|(entry, place)| (entry.index, place)).collect();
    let first = |days: &[NaiveDate]| {
        let dated = acts.of(&KINDS).filter_map(|entry| {
            let day = places.get(&entry.index).and_then(|place| days.get(*place))?;
            Some((entry.window.earliest().max(*day), entry))
        });
        first_day(acts, dated, is_given).map(Window::day)
    };
    let of = |bound: fn(Window) -> NaiveDate| own.iter().map(|entry| bound(entry.window)).collect::<Vec<_>>();
    let undoes = |entry: &&Entry<'_>| UNDOING.contains(&entry.kind());
    // Each choice counts every entry again.
    let count = i64::try_from(acts.of(&KINDS).count()).unwrap_or(i64::MAX);
    if !own.iter().any(undoes) || choices.saturating_mul(count) > MOST_CHOICES {
        // Consents as early and their undoing as late as may be, and the other way round.
        let ends = of(Window::earliest).into_iter().zip(of(Window::latest)).zip(&own);
        let (one, other): (Vec<_>, Vec<_>) =
            ends.map(|((early, late), entry)| if undoes(entry) { (late, early) } else { (early, late) }).unzip();
        return Some(first(&one)?.hull(first(&other)?));
    }
    let mut days = of(Window::earliest);
    let mut approval = first(&days)?;
    // The next choice: the first act that can be a day later is, and those before it begin anew.
    while days.iter_mut().zip(&own).any(|(day, entry)| {
        let next = day.succ_opt().filter(|next| *next <= entry.window.latest());
        *day = next.unwrap_or(entry.window.earliest());
        next.is_some()
    }) {
        approval = approval.hull(first(&days)?);
    }
    Some(approval)
}
