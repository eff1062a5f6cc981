//! What is odd about the record, and possible.

use super::acts::{Acts, consents, is_needed};
use super::standing::{Course, Standing};
use crate::findings::{Findings, Rule};
use crate::terms::{ActKind, ConsentMode, Terms};

/// Advice on the record, act by act in the order of the document.
pub(crate) fn advise(terms: &Terms, out: &mut Findings) {
    let acts = Acts::new(terms);
    let before = out.len();
    let mut course = Course::default();
    let mut standings = vec![Standing::default(); terms.parties.len()];
    let mut in_force = None;
    for entry in &acts.entries {
        let kind = entry.kind();
        if kind == ActKind::InForce {
            match &in_force {
                Some(first) => out.push(entry.place(), Rule::SecondInForce { first: String::clone(first) }),
                None => in_force = Some(entry.act.on.to_string()),
            }
        }
        if kind == ActKind::Resumed && entry.is_of_all() && !course.suspended {
            out.push(entry.place(), Rule::ResumedWithout { what: "suspended" });
        }
        course.count(entry);
        let named = acts.actors(entry).filter(|_| !entry.is_of_all());
        for actor in named {
            let is_paused = standings.get(actor.index).is_some_and(|standing| standing.paused);
            if kind == ActKind::Resumed && !is_paused {
                out.push(actor.place(entry), Rule::ResumedWithout { what: "paused" });
            } else if !is_needed(actor.party) && consents(ConsentMode::None).contains(&kind) {
                out.push(actor.place(entry), Rule::ConsentNotNeeded { party: actor.party.id.clone() });
            }
        }
        for actor in acts.actors(entry) {
            if let Some(standing) = standings.get_mut(actor.index) {
                standing.count(entry, actor.party.consent_mode());
            }
        }
    }
    out.order_by_member(before);
}
