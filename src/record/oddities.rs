//! What is odd about the record, and possible.

use super::acts::{Acts, consents, is_needed};
use super::fold::{Standing, State};
use crate::findings::{Findings, Rule};
use crate::terms::{ActKind, ConsentMode, Terms};

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
        let named = acts.actors(entry).filter(|_| !entry.is_of_all());
        for actor in named {
            let has_paused = |standing: &Standing| standing.done.has(&[ActKind::Paused]);
            if kind == ActKind::Resumed && !state.parties.get(actor.index).is_some_and(has_paused) {
                out.push(actor.place(entry), Rule::ResumedWithout { what: "paused" });
            } else if !is_needed(actor.party) && consents(ConsentMode::None).contains(&kind) {
                out.push(actor.place(entry), Rule::ConsentNotNeeded { party: actor.party.id.clone() });
            }
        }
        state.count(&acts, entry);
    }
    out.order_by_member(before);
}
