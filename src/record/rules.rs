//! The rules of the record, and what is odd about it. An order of acts is broken only if it is so on every choice of
//! days within their windows.

use super::acts::{Acts, consents, is_needed};
use super::state::{Standing, State};
use super::{domestic_steps, gated_steps};
use crate::day;
use crate::findings::{Findings, Rule};
use crate::path::Place;
use crate::terms::spelling::is_id;
use crate::terms::{ActKind, ConsentMode, Terms};
use crate::wording::excerpt;

/// Checks the record, act by act in the order of the document.
pub(crate) fn check(acts: &Acts<'_>, out: &mut Findings) {
    let before = out.len();
    fields(acts, out);
    after_termination(acts, out);
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
        let texts = [("body", &act.body, ActKind::DomesticStep), ("name", &act.name, ActKind::Event)];
        for (field, text, needed_by) in texts {
            let rule = match text {
                Some(text) if !is_id(text) => Rule::MalformedId { found: excerpt(text) },
                None if act.act == needed_by => Rule::ActLacks { act: act.act.as_str(), field },
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
    // The first by its last day: what begins later comes after it.
    let Some(end) = acts.of(&[ActKind::Terminated]).next() else { return };
    for entry in acts.entries.iter().filter(|entry| entry.window.earliest() > end.window.latest()) {
        if !matches!(entry.kind(), ActKind::Event | ActKind::TextAgreed) {
            let (act, on, terminated) = (entry.kind().as_str(), entry.act.on.to_string(), end.act.on.to_string());
            out.push(entry.place(), Rule::ActAfterTermination { act, on, terminated });
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
        if kind == ActKind::InForce {
            match &in_force {
                Some(first) => out.push(entry.place(), Rule::SecondInForce { first: String::clone(first) }),
                None => in_force = Some(entry.act.on.to_string()),
            }
        }
        if kind == ActKind::Resumed && entry.is_of_all() && !state.done.has(&[ActKind::Suspended]) {
            out.push(entry.place(), Rule::ResumedWithout { what: "suspended" });
        }
        for actor in entry.actors.iter().filter(|_| !entry.is_of_all()) {
            let has_paused = |standing: &Standing| standing.done.has(&[ActKind::Paused]);
            if kind == ActKind::Resumed && !state.parties.get(actor.index).is_some_and(has_paused) {
                out.push(actor.place(entry), Rule::ResumedWithout { what: "paused" });
            } else if !is_needed(actor.party) && consents(ConsentMode::None).contains(&kind) {
                out.push(actor.place(entry), Rule::ConsentNotNeeded { party: actor.party.id.clone() });
            }
        }
        state.count(entry);
    }
    out.order_by_member(before);
}
