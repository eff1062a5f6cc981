//! Legal amendments of every kind. They are written to fit; one that does not after all is left out.

use chrono::NaiveDate;

use super::spellings;
use super::story::{Draft, Writer, baseline, enough, event_of_record, follows, of_record_or_near, residual};
use super::tape::{Choices, earlier, later};
use crate::day::Window;
use crate::terms::{
    Amendment, Change, Deadline, Effective, Event, NewBaseline, Offset, Phase, PhaseChange, Standing, Terms,
};

pub(super) fn terms(choices: &mut Choices) -> Terms {
    let mut writer = super::story::writer(choices);
    for _ in 0..3 {
        if writer.choices.once_in(2) {
            amend(&mut writer, true);
        }
    }
    writer.terms
}

/// Adds an amendment that takes effect after the others or, if it may, with an event; if it is legal. Whether it is.
pub(super) fn amend(writer: &mut Writer<'_>, may_wait: bool) -> bool {
    let (adopted, effective) = days(writer);
    let unilateral = writer.choices.maybe(5, |c| c.pick(&writer.terms.parties)).flatten().map(|party| party.id);
    let (terms, phases, forces) = (writer.terms.clone(), writer.phases.clone(), writer.forces.clone());
    let most = writer.choices.up_to(2);
    let changes = (0..=most).filter_map(|_| change(writer, effective)).collect();
    // A force that is added is written in the amendment and nowhere else.
    writer.terms.forces.truncate(terms.forces.len());
    let source = writer.source();
    let effective = if may_wait && writer.choices.once_in(4) {
        let event = if writer.choices.once_in(8) { Event::Day(effective) } else { event_of_record(writer.choices) };
        Some(Effective::After { event, offset: Offset { days: writer.choices.up_to(40), ..Offset::default() } })
    } else {
        Some(effective).filter(|&day| day != adopted || writer.choices.once_in(2)).map(Effective::On)
    };
    let amendment = Amendment { effective, unilateral, changes, source, ..Amendment::new("A change", adopted) };
    writer.terms.amendments.push(amendment);
    let is_legal = writer.terms.validate().is_ok();
    if !is_legal {
        (writer.terms, writer.phases, writer.forces) = (terms, phases, forces);
    }
    is_legal
}

/// Adds an amendment for certain, and gives the day on which it takes effect.
pub(super) fn amend_surely(writer: &mut Writer<'_>) -> NaiveDate {
    let is_amended = (0..4).any(|_| amend(writer, false));
    if !is_amended {
        // One that changes nothing is always legal.
        let (adopted, effective) = days(writer);
        let amendment = Amendment::new("A pause for thought", adopted);
        writer.terms.amendments.push(amendment.effective(effective));
    }
    writer.terms.amendments.last().and_then(Amendment::effective_day).unwrap_or_default()
}

/// The days on which the next amendment is adopted and takes effect.
fn days(writer: &mut Writer<'_>) -> (NaiveDate, NaiveDate) {
    let last = writer.terms.amendments.last();
    let since = last.map_or(writer.start, |last| last.adopted);
    let adopted = writer.choices.day_after(since, 200);
    let effective = match writer.choices.up_to(3) {
        0 | 1 => adopted,
        2 => writer.choices.day_after(adopted, 90),
        _ => earlier(adopted, writer.choices.up_to(60)),
    };
    (adopted, last.map_or(effective, |last| effective.max(last.effective_day().unwrap_or(last.adopted))))
}

/// A change; `None` where there is no phase or force that it could be of.
fn change(writer: &mut Writer<'_>, effective: NaiveDate) -> Option<Change> {
    let place = writer.choices.place_in(writer.phases.len());
    Some(match writer.choices.up_to(9) {
        0 | 1 => of_phase(writer, place)?,
        2 | 3 => added(writer, place),
        4 => {
            let drop = writer.phases.get(place)?.id.clone();
            writer.phases.remove(place);
            Change::Drop { drop }
        }
        5 => {
            let kept = |told| writer.choices.maybe(2, |c| residual(c, told, writer.end));
            Change::Residual { residual: writer.forces.iter().filter_map(kept).collect() }
        }
        6 => {
            let id = format!("new-{}", writer.forces.len());
            let mut add_force = writer.force(&id);
            let base = writer.forces.last().map_or(0, |told| told.base);
            let authorised = writer.choices.once_in(2);
            add_force.baseline = writer.choices.maybe(2, |c| baseline(c, base, authorised, effective));
            Change::AddForce { add_force }
        }
        _ => based_anew(writer, effective)?,
    })
}

/// A deadline between those of the first so many phases and of the phases since another place.
fn between(writer: &mut Writer<'_>, until: usize, since: usize) -> (Deadline, Window) {
    let before = writer.phases.iter().take(until).rev().find_map(|phase| phase.window);
    let after = writer.phases.iter().skip(since).find_map(|phase| phase.window);
    let first = before.map_or(writer.start, Window::latest);
    let room = after.map_or(200, |after| crate::day::days_between(first, after.earliest()).max(0));
    let day = writer.choices.day_after(first, u32::try_from(room).unwrap_or(0));
    let period = spellings::period(writer.choices, day).0;
    let fits = |window: &Window| follows(*window, before) && after.is_none_or(|after| follows(after, Some(*window)));
    match period.window().filter(fits) {
        Some(window) => (period.into(), window),
        None => (Deadline::day(day), Window::day(day)),
    }
}

fn of_phase(writer: &mut Writer<'_>, place: usize) -> Option<Change> {
    let mut draft = writer.phases.get(place)?.clone();
    let mut change = PhaseChange::new(draft.id);
    if writer.choices.once_in(2) {
        let (by, window) = between(writer, place, place.saturating_add(1));
        change.by = Some(by);
        writer.phases.get_mut(place)?.window = Some(window);
    }
    change.limits = writer.choices.once_in(2).then(|| writer.limits(&mut draft.left, enough));
    let mut like = Phase::new("like", Deadline::Open);
    writer.trimmings(&mut like);
    let c = &mut *writer.choices;
    change.from = c.maybe(5, |c| c.maybe(2, |c| of_record_or_near(c, earlier(writer.end, 100), 100)));
    change.done = c.maybe(4, |_| like.done);
    change.conditions = c.maybe(6, |_| like.conditions);
    change.standing = c.maybe(4, |c| c.pick(Standing::ALL)).flatten();
    change.title = c.maybe(4, |_| like.title);
    Some(Change::Phase(change))
}

fn added(writer: &mut Writer<'_>, place: usize) -> Change {
    // Every so often it comes first.
    let place = if writer.choices.once_in(4) { None } else { Some(place) };
    let next = place.map_or(0, |place| place.saturating_add(1));
    let (by, window) = between(writer, next, next);
    let before = place.and_then(|place| writer.phases.get(place)).cloned();
    let bases = || writer.forces.iter().map(|told| told.base).collect();
    let mut left: Vec<u32> = before.as_ref().map_or_else(bases, |draft| draft.left.clone());
    let id = format!("{}-{}", writer.terms.amendments.len(), spellings::id(writer.choices));
    let id: String = id.chars().take(20).collect();
    let mut add = Phase::new(id.clone(), by);
    writer.trimmings(&mut add);
    add.limits = writer.limits(&mut left, enough);
    let after = before.map(|draft| draft.id);
    writer.phases.insert(next.min(writer.phases.len()), Draft { id, window: Some(window), left });
    Change::Add { add, after }
}

/// A new baseline: as many as the story left after what had closed before it, or a few more; a count may be any.
fn based_anew(writer: &mut Writer<'_>, effective: NaiveDate) -> Option<Change> {
    let as_of = earlier(later(effective, writer.choices.up_to(60)), writer.choices.up_to(120));
    let place = writer.choices.place_in(writer.forces.len());
    let closed = |draft: &&Draft| draft.window.is_some_and(|window| window.latest() < as_of);
    let left = writer.phases.iter().rev().find(closed).and_then(|draft| draft.left.get(place).copied());
    let told = writer.forces.get(place)?.clone();
    let (any, authorised) = (writer.choices.up_to(told.base), writer.choices.once_in(3));
    let is_any = !authorised && writer.choices.once_in(3);
    let base = if is_any { any } else { left.unwrap_or(told.base).max(any) };
    let baseline = baseline(writer.choices, base, authorised, as_of);
    Some(Change::Baseline { baseline: NewBaseline { force: writer.named(&told.id), baseline } })
}
