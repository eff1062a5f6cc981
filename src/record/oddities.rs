//! What is odd about the record, and possible.

use super::findings::place_of;
use super::{By, Record, consents, entries};
use crate::findings::{Findings, Rule};
use crate::terms::{ActKind, ConsentMode, Terms};

/// Advice on the record, act by act in the order of the document.
pub(crate) fn advise(terms: &Terms, out: &mut Findings) {
    let acts = entries(terms);
    let record = Record::from_acts(terms, &acts);
    let before = out.len();
    let mut in_force = None;
    for (position, entry) in acts.iter().enumerate() {
        let place = || place_of(entry.place);
        match (entry.act.act, &entry.by) {
            (ActKind::InForce, _) => match &in_force {
                Some(first) => out.push(place(), Rule::SecondInForce { first: String::clone(first) }),
                None => in_force = Some(entry.act.on.to_string()),
            },
            (ActKind::Resumed, By::EveryNeeded) if !record.is_suspended(position) => {
                out.push(place(), Rule::ResumedWithout { what: "suspended" });
            }
            (act, By::These(parties)) => {
                for (index, party) in parties.iter().enumerate() {
                    let Some(member) = party.and_then(|party| record.members.get(party)) else { continue };
                    let place = || place().field("parties").index(index);
                    if act == ActKind::Resumed && !record.is_paused(member, position) {
                        out.push(place(), Rule::ResumedWithout { what: "paused" });
                    } else if !member.is_needed() && consents(ConsentMode::None).contains(&act) {
                        out.push(place(), Rule::ConsentNotNeeded { party: member.id.clone() });
                    }
                }
            }
            _ => {}
        }
    }
    out.order_by_member(before);
}
