//! What is odd about the record, and possible.

use super::{By, Record, consents, entries};
use crate::advice::{Advice, AdviceKind};
use crate::terms::{ActKind, ConsentMode, Terms};

/// Advice on the record, act by act in the order of the document.
pub(crate) fn advise(terms: &Terms, out: &mut Vec<Advice>) {
    let acts = entries(terms);
    let record = Record::from_acts(terms, &acts);
    let mut odd = Vec::new();
    let mut in_force = None;
    for (position, entry) in acts.iter().enumerate() {
        let mut report =
            |field: String, kind| odd.push((entry.place, Advice::new(format!("record[{}]{field}", entry.place), kind)));
        match (entry.act.act, &entry.by) {
            (ActKind::InForce, _) => match &in_force {
                Some(first) => report(String::new(), AdviceKind::SecondInForce { first: String::clone(first) }),
                None => in_force = Some(entry.act.on.to_string()),
            },
            (ActKind::Resumed, By::EveryNeeded) if !record.is_suspended(position) => {
                report(String::new(), AdviceKind::ResumedWithout { what: "suspended" });
            }
            (act, By::These(parties)) => {
                for (index, place) in parties.iter().enumerate() {
                    let Some(member) = place.and_then(|place| record.members.get(place)) else { continue };
                    let field = format!(".parties[{index}]");
                    if act == ActKind::Resumed && !record.is_paused(member, position) {
                        report(field, AdviceKind::ResumedWithout { what: "paused" });
                    } else if !member.is_needed() && consents(ConsentMode::None).contains(&act) {
                        report(field, AdviceKind::ConsentNotNeeded { party: member.id.clone() });
                    }
                }
            }
            _ => {}
        }
    }
    odd.sort_by_key(|(place, _)| *place);
    out.extend(odd.into_iter().map(|(_, advice)| advice));
}
