//! The rules of the record, and what is odd about it. An order of acts is broken only if it is so on every choice of
//! days within their windows.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::acts::{Acts, PUBLIC, UNDOING, is_needed};
use super::answers::APPLIED;
use super::state::{PartyState, State};
use super::{domestic_steps, gated_steps};
use crate::day::{self, Iso, Window};
use crate::findings::{Findings, Rule};
use crate::path::Place;
use crate::terms::spelling::is_id;
use crate::terms::{Act, ActKind, Terms};
use crate::wording::{excerpt, list};

/// Checks the record, act by act in the order of the document.
pub(crate) fn check(acts: &Acts<'_>, out: &mut Findings) {
    for (index, circle) in &acts.circles {
        let place = Place::from("parties").index(*index).field("succeeds");
        out.push(place, Rule::SuccessionCircle { circle: circle.clone() });
    }
    let before = out.len();
    fields(acts, out);
    after_termination(acts, out);
    not_yet(acts, out);
    domestic_steps::check(acts, out);
    gated_steps::check(acts, out);
    out.order_by_member(before);
}

/// What is wrong with an act by itself.
fn fields(acts: &Acts<'_>, out: &mut Findings) {
    for (index, act) in acts.terms.record.iter().enumerate() {
        let place = || Place::from("record").index(index);
        if act.on.window().is_none() {
            out.push(place().field("on"), Rule::DateOutOfRange { date: act.on.to_string() });
        }
        for (index, id) in act.parties.iter().enumerate().filter(|(_, id)| !acts.parties.contains_key(id.as_str())) {
            let rule = Rule::unknown_party(id, acts.terms.parties.iter().map(|party| party.id.as_str()));
            out.push(place().field("parties").index(index), rule);
        }
        let steps: &[ActKind] = &[ActKind::DomesticStep];
        let texts = [("body", &act.body, steps), ("name", &act.name, &[ActKind::Event, ActKind::NotYet])];
        for (field, text, needed_by) in texts {
            let rule = match text {
                Some(text) if !is_id(text) => Rule::MalformedId { found: excerpt(text) },
                None if needed_by.contains(&act.act) => Rule::ActLacks { act: act.act.as_str(), field },
                _ => continue,
            };
            out.push(place().field(field), rule);
        }
        if let Some(published) = act.published.filter(|&published| !day::is_in_range(published)) {
            out.push(place().field("published"), Rule::DateOutOfRange { date: published.to_string() });
        }
    }
}

/// After the termination there are only events, and agreement on the text of something new.
fn after_termination(acts: &Acts<'_>, out: &mut Findings) {
    const MAY: &[ActKind] = &[ActKind::Event, ActKind::NotYet, ActKind::TextAgreed];
    // The first by its last day: what begins later comes after it.
    let Some(end) = acts.of(&[ActKind::Terminated]).next() else { return };
    let is_after = |days: Window| days.earliest() > end.window.latest();
    for entry in acts.entries.iter().filter(|entry| !entry.is_echo && entry.act.on.window().is_some_and(is_after)) {
        if !MAY.contains(&entry.kind()) {
            let (act, on, terminated) = (entry.kind().as_str(), entry.act.on.to_string(), end.act.on.to_string());
            out.push(entry.place(), Rule::ActAfterTermination { act, on, terminated });
        }
    }
}

/// At the end of a day on which, or after which, an event surely happened, it is not to be said that it had not.
fn not_yet(acts: &Acts<'_>, out: &mut Findings) {
    let mut happened: HashMap<&str, NaiveDate> = HashMap::new();
    for entry in acts.of(&[ActKind::Event]) {
        // Of several, the first by its last day.
        entry.act.name.as_deref().map(|name| *happened.entry(name).or_insert(entry.window.latest()));
    }
    for entry in acts.of(&[ActKind::NotYet]) {
        let Some((name, event)) = entry.act.name.as_deref().and_then(|name| happened.get_key_value(name)) else {
            continue;
        };
        if *event <= entry.window.latest() {
            let (on, happened) = (entry.act.on.to_string(), Iso(*event).to_string());
            out.push(entry.place(), Rule::NotYetAfterEvent { name: excerpt(name), on, happened });
        }
    }
}

/// Advice on the record, act by act in the order of the document.
pub(crate) fn advise(terms: &Terms, out: &mut Findings) {
    let acts = Acts::new(terms);
    let before = out.len();
    let mut state = State::new(&acts);
    let mut in_force = None;
    for entry in &acts.entries {
        let kind = entry.kind();
        if kind == ActKind::InForce && !entry.is_echo {
            match &in_force {
                Some(first) => out.push(entry.place(), Rule::SecondInForce { first: String::clone(first) }),
                None => in_force = Some(entry.act.on.to_string()),
            }
        }
        if kind == ActKind::Resumed && entry.is_of_all() && !state.done.has(&[ActKind::Suspended]) {
            out.push(entry.place(), Rule::ResumedWithout { what: "suspended" });
        }
        for actor in entry.acting().filter(|_| !entry.is_of_all()) {
            let has_paused = |its_state: &PartyState| its_state.done.has(&[ActKind::Paused]);
            if kind == ActKind::Resumed && !state.parties.get(actor.index).is_some_and(has_paused) {
                out.push(actor.place(entry), Rule::ResumedWithout { what: "paused" });
            } else if !is_needed(actor.party) && actor.consents_by(kind) {
                out.push(actor.place(entry), Rule::ConsentNotNeeded { party: actor.party.id.clone() });
            }
        }
        state.count(entry);
    }
    without_consent(&acts, &state, out);
    published_before(terms, out);
    out_of_order(&acts, out);
    out.order_by_member(before);
}

/// Acts that cannot be known before they are done; the day of others may be set before.
const DONE_WHEN_KNOWN: &[ActKind] = &[
    ActKind::TextAgreed,
    ActKind::Initialled,
    ActKind::Refused,
    ActKind::ConsentWithdrawn,
    ActKind::Signed,
    ActKind::DomesticStep,
    ActKind::Approved,
    ActKind::Adopted,
    ActKind::AnnouncementPostponed,
    ActKind::Announced,
    ActKind::NotYet,
];

/// Acts that were published before they were done, and that were not foreseen.
fn published_before(terms: &Terms, out: &mut Findings) {
    let done = |act: &Act| !act.expected && DONE_WHEN_KNOWN.contains(&act.act);
    for (index, act) in terms.record.iter().enumerate().filter(|(_, act)| done(act)) {
        let first = act.on.window().map(Window::earliest);
        if let Some(published) = act.published.filter(|published| first.is_some_and(|first| *published < first)) {
            let (act, on) = (act.act.as_str(), act.on.to_string());
            let rule = Rule::PublishedBeforeAct { act, on, published: Iso(published).to_string() };
            out.push(Place::from("record").index(index).field("published"), rule);
        }
    }
}

/// Parties that approve before they sign, or that refuse and consent on one day.
fn out_of_order(acts: &Acts<'_>, out: &mut Findings) {
    let (mut signed, mut refused) = (HashMap::new(), HashMap::new());
    for entry in acts.entries.iter().filter(|entry| !entry.is_echo) {
        for actor in entry.acting() {
            if entry.kind() == ActKind::Signed {
                signed.entry(actor.index).or_insert(entry);
            }
            if UNDOING.contains(&entry.kind()) {
                refused.insert(actor.index, entry.days());
            }
        }
    }
    for entry in acts.entries.iter().filter(|entry| !entry.is_echo) {
        for actor in entry.acting().filter(|actor| is_needed(actor.party) && actor.consents_by(entry.kind())) {
            let (party, on) = (actor.party.id.clone(), entry.act.on.to_string());
            let later = signed.get(&actor.index).filter(|signed| signed.days().earliest() > entry.days().latest());
            if let Some(signed) = later.filter(|_| entry.kind() == ActKind::Approved) {
                let signed = signed.act.on.to_string();
                out.push(actor.place(entry), Rule::ApprovedBeforeSigned { party, on, signed });
            } else if refused
                .get(&actor.index)
                .is_some_and(|days| *days == entry.days() && days.earliest() == days.latest())
            {
                out.push(actor.place(entry), Rule::RefusedAndConsented { party, on });
            }
        }
    }
}

/// An announcement that is on record to the end without consents that are needed, and that nobody refused.
fn without_consent(acts: &Acts<'_>, at_last: &State, out: &mut Findings) {
    let (Some(announced), Some(last)) = (acts.of(PUBLIC).next(), acts.entries.last()) else { return };
    let needed = acts.needed.iter().filter(|actor| acts.successions.is_named_on(actor.index, last.window.latest()));
    let needed: Vec<_> = needed.filter_map(|actor| Some((actor, at_last.parties.get(actor.index)?))).collect();
    let missing = needed.iter().filter(|(_, its_state)| its_state.given.is_none());
    let mut missing = missing.map(|(actor, _)| actor.party.id.as_str()).peekable();
    let is_refused = needed.iter().any(|(_, its_state)| its_state.done.has(UNDOING));
    if missing.peek().is_some() && !is_refused && !at_last.done.has(APPLIED) {
        let (on, missing) = (announced.act.on.to_string(), list(missing));
        out.push(announced.place(), Rule::AnnouncedWithoutConsent { on, missing });
    }
}
