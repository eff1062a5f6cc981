//! The rules of the record. An order of acts is broken only where it is on every choice of days within their windows.

use super::findings::place_of;
use super::{DomesticSteps, Entry, domestic_steps, entries, gated_steps, places};
use crate::day;
use crate::findings::{Findings, Rule};
use crate::terms::spelling::is_id;
use crate::terms::{ActKind, Terms};
use crate::wording::{excerpt, list};

/// Checks the record, act by act in the order of the document.
pub(crate) fn check(terms: &Terms, out: &mut Findings) {
    let acts = entries(terms);
    let before = out.len();
    fields(terms, out);
    after_termination(&acts, out);
    domestic_steps::check(terms, &acts, &DomesticSteps::new(&acts), out);
    gated_steps::check(terms, &acts, out);
    out.order_by_member(before);
}

/// What is wrong with an act by itself.
fn fields(terms: &Terms, out: &mut Findings) {
    let parties = places(terms);
    for (index, act) in terms.record.iter().enumerate() {
        let place = || place_of(index);
        if act.on.window().is_none() {
            out.push(place().field("on"), Rule::DateOutOfRange { date: act.on.to_string() });
        }
        for (index, id) in act.parties.iter().enumerate().filter(|(_, id)| !parties.contains_key(id.as_str())) {
            let known = list(terms.parties.iter().map(|party| party.id.as_str()));
            let named = place().field("parties").index(index);
            out.push(named, Rule::UnknownParty { id: excerpt(id), known });
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
            let rule = Rule::DateOutOfRange { date: published.to_string() };
            out.push(place().field("published"), rule);
        }
    }
}

/// After the termination there are only events, and agreement on the text of something new.
fn after_termination(acts: &[Entry<'_>], out: &mut Findings) {
    // The first by its last day: what begins later comes after it.
    let Some(end) = acts.iter().find(|entry| entry.act.act == ActKind::Terminated) else { return };
    for entry in acts.iter().filter(|entry| entry.window.earliest() > end.window.latest()) {
        let act = entry.act.act;
        if !matches!(act, ActKind::Event | ActKind::TextAgreed) {
            let (on, terminated) = (entry.act.on.to_string(), end.act.on.to_string());
            let rule = Rule::ActAfterTermination { act: act.as_str(), on, terminated };
            out.push(place_of(entry.place), rule);
        }
    }
}
