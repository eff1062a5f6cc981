//! What the record says of consents and of what deadlines wait for, from the words of the design.

use force_drawdown::{ActKind, ConsentMode, Deadline, Event, Terms};

use super::cases::FIRST;
use super::naive::number_of;

/// The last day of the agreement.
pub(super) fn termination(terms: &Terms) -> Option<i64> {
    last_days(terms, &[ActKind::Terminated]).into_iter().min()
}

/// Whether the agreement binds: from the announcement, or where consent is needed from the first day at whose end all
/// of it is given, unless it applies before; until the last day of its termination, and not while it is suspended.
pub(super) fn binds(terms: &Terms, day: i64) -> bool {
    let began = |kinds: &[ActKind]| last_days(terms, kinds).into_iter().any(|first| first <= day);
    let last = |kind| last_days(terms, &[kind]).into_iter().filter(|&last| last <= day).max();
    let is_suspended = last(ActKind::Suspended) > last(ActKind::Resumed);
    let is_over = termination(terms).is_some_and(|last| last < day);
    let needed = || terms.parties.iter().filter(|party| party.consent_mode() != ConsentMode::None);
    let all_consent = |day: i64| needed().all(|party| consents(terms, &party.id, day));
    let consented = needed().count() > 0 && (number_of(FIRST)..=day).any(all_consent);
    let announced = needed().count() == 0 && began(&[ActKind::Announced]);
    let applies = began(&[ActKind::InForce, ActKind::ProvisionallyApplied]);
    (consented || announced || applies) && !is_suspended && !is_over
}

/// The last days of the acts of some kinds.
pub(super) fn last_days(terms: &Terms, kinds: &[ActKind]) -> Vec<i64> {
    let acts = terms.record.iter().filter(|act| kinds.contains(&act.act));
    acts.map(|act| number_of(act.on.window().unwrap().latest())).collect()
}

/// Whether the consent of a party is given at the end of a day: on each day it is taken away before it is given.
pub(super) fn consents(terms: &Terms, party: &str, day: i64) -> bool {
    let of_party = terms.record.iter().filter(|act| act.parties.iter().any(|id| id == party));
    let turn = |act: &force_drawdown::Act| match act.act {
        ActKind::Refused | ActKind::ConsentWithdrawn => Some(false),
        ActKind::Approved => Some(true),
        _ => None,
    };
    let turns = of_party.filter_map(|act| Some((number_of(act.on.window().unwrap().latest()), turn(act)?)));
    turns.filter(|(on, _)| *on <= day).max().is_some_and(|(_, given)| given)
}

/// Whether a deadline counts from the termination, itself or through a phase or a member.
pub(super) fn counts_from_termination(deadline: &Deadline, terms: &Terms) -> bool {
    match deadline {
        Deadline::After { event, .. } | Deadline::Before { event, .. } => match event {
            Event::Termination => true,
            Event::Phase(id) => {
                let phase = terms.phases.iter().find(|phase| phase.id == *id).unwrap();
                counts_from_termination(&phase.by, terms)
            }
            _ => false,
        },
        other => other.members().iter().any(|member| counts_from_termination(member, terms)),
    }
}

pub(super) fn happened(name: &str, terms: &Terms) -> bool {
    terms.record.iter().any(|act| act.name.as_deref() == Some(name))
}

/// Whether `open` is anywhere in a deadline.
pub(super) fn is_open(deadline: &Deadline, terms: &Terms) -> bool {
    match deadline {
        Deadline::Open => true,
        Deadline::After { event: Event::Phase(id), .. } => {
            terms.phases.iter().any(|phase| phase.id == *id && is_open(&phase.by, terms))
        }
        other => other.members().iter().any(|member| is_open(member, terms)),
    }
}

/// Whether a deadline counts from an event that is not on record, in every reading.
pub(super) fn waits(deadline: &Deadline, terms: &Terms) -> bool {
    let waits_too = |member: &Deadline| waits(member, terms);
    match deadline {
        Deadline::After { event: Event::Named(name), .. } => !happened(name, terms),
        Deadline::After { event: Event::Termination, .. } => last_days(terms, &[ActKind::Terminated]).is_empty(),
        // So long before it may be before the judgement, and the day before it is not.
        Deadline::Before { event: Event::Named(name), offset } => {
            *offset == force_drawdown::terms::Offset::default() && !happened(name, terms)
        }
        Deadline::After { event: Event::Phase(id), .. } => {
            let phase = terms.phases.iter().find(|phase| phase.id == *id).unwrap();
            waits(&phase.by, terms) || phase.conditions.iter().any(|name| !happened(name, terms))
        }
        Deadline::Latest(members) => members.iter().any(waits_too),
        Deadline::Any(members) | Deadline::Earliest(members) => members.iter().all(waits_too),
        _ => false,
    }
}
