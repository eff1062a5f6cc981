//! The rules of the record. An order of acts is broken only where it is on every choice of days within their windows.

use super::findings::Findings;
use super::{DomesticSteps, Entry, domestic_steps, entries, gated_steps, places};
use crate::day;
use crate::findings::{Rule, Violation};
use crate::terms::spelling::is_id;
use crate::terms::{ActKind, Terms};
use crate::wording::{excerpt, list};

/// Checks the record, act by act in the order of the document.
pub(crate) fn check(terms: &Terms, out: &mut Vec<Violation>) {
    let acts = entries(terms);
    let mut broken = Findings::default();
    fields(terms, &mut broken);
    after_termination(&acts, &mut broken);
    domestic_steps::check(terms, &acts, &DomesticSteps::new(&acts), &mut broken);
    gated_steps::check(terms, &acts, &mut broken);
    broken.finish(out);
}

/// What is wrong with an act by itself.
fn fields(terms: &Terms, broken: &mut Findings) {
    let parties = places(terms);
    for (place, act) in terms.record.iter().enumerate() {
        if act.on.window().is_none() {
            broken.report(place, ".on", Rule::DateOutOfRange { date: act.on.to_string() });
        }
        for (index, id) in act.parties.iter().enumerate().filter(|(_, id)| !parties.contains_key(id.as_str())) {
            let known = list(terms.parties.iter().map(|party| party.id.as_str()));
            broken.report(place, &format!(".parties[{index}]"), Rule::UnknownParty { id: excerpt(id), known });
        }
        let texts = [("body", &act.body, ActKind::DomesticStep), ("name", &act.name, ActKind::Event)];
        for (field, text, needed_by) in texts {
            let rule = match text {
                Some(text) if !is_id(text) => Rule::MalformedId { found: excerpt(text) },
                None if act.act == needed_by => Rule::ActLacks { act: act.act.as_str(), field },
                _ => continue,
            };
            broken.report(place, &format!(".{field}"), rule);
        }
        if let Some(published) = act.published.filter(|&published| !day::is_in_range(published)) {
            broken.report(place, ".published", Rule::DateOutOfRange { date: published.to_string() });
        }
    }
}

/// After the termination there are only events, and agreement on the text of something new.
fn after_termination(acts: &[Entry<'_>], broken: &mut Findings) {
    // The first by its last day: what begins later comes after it.
    let Some(end) = acts.iter().find(|entry| entry.act.act == ActKind::Terminated) else { return };
    for entry in acts.iter().filter(|entry| entry.window.earliest() > end.window.latest()) {
        let act = entry.act.act;
        if !matches!(act, ActKind::Event | ActKind::TextAgreed) {
            let (on, terminated) = (entry.act.on.to_string(), end.act.on.to_string());
            broken.report(entry.place, "", Rule::ActAfterTermination { act: act.as_str(), on, terminated });
        }
    }
}
