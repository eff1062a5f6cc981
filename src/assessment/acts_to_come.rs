//! What of the record the report says: acts that are foreseen, acts of which the day is not known, and amendments that wait.

use chrono::NaiveDate;
use serde::Serialize;

use crate::agreement::Agreement;
use crate::day::Window;
use crate::record::Acts;
use crate::schedule::consolidation::in_order;
use crate::terms::{Act, ActKind, Amendment, Effective, Event};

/// An act that is foreseen, and that nothing on record has met; [*consent*](crate::guide::consent) has an example.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ExpectedAct {
    /// The days in which the act is expected.
    pub on: Window,
    /// The kind of the act.
    pub act: ActKind,
    /// The parties that are expected to act; empty is every party whose consent is needed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// The name of an event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The body that is expected to take a domestic step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Whether the last of the days is over.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub passed: bool,
}

/// An amendment that was adopted, and does not govern while its event is not on record;
/// [*change*](crate::guide::change#what-if-an-amendment-waits) has an example.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct WaitingAmendment {
    /// The title of the amendment.
    pub amendment: String,
    /// The event with which, or some time after which, it begins to govern.
    pub event: Event,
}

pub(super) fn waiting(agreement: &Agreement, on: NaiveDate) -> Vec<WaitingAmendment> {
    adopted(agreement, on)
        .map(|(with, event)| WaitingAmendment { amendment: with.title.clone(), event: event.clone() })
        .collect()
}

/// The amendments that were adopted by a day and wait, each with its event, in the order of adoption.
pub(crate) fn adopted(agreement: &Agreement, on: NaiveDate) -> impl Iterator<Item = (&Amendment, &Event)> {
    let waiting = in_order(agreement.terms(), agreement.record()).into_iter().filter(|with| with.effective.is_none());
    waiting.filter(move |with| with.amendment.adopted <= on).filter_map(|with| match &with.amendment.effective {
        Some(Effective::After { event, .. }) => Some((with.amendment, event)),
        _ => None,
    })
}

pub(super) fn expected(agreement: &Agreement, on: NaiveDate) -> Vec<ExpectedAct> {
    unmet(agreement, on)
        .map(|(act, days)| ExpectedAct {
            on: days,
            act: act.act,
            parties: act.parties.clone(),
            name: act.name.clone(),
            body: act.body.clone(),
            passed: days.latest() < on,
        })
        .collect()
}

/// The acts that are foreseen and that nothing on record up to a day has met, with their days and in the order of the last.
pub(crate) fn unmet(agreement: &Agreement, on: NaiveDate) -> impl Iterator<Item = (&Act, Window)> {
    let terms = agreement.terms();
    let is_any = terms.record.iter().any(|act| act.expected);
    let unmet = if is_any { Acts::new(terms).unmet_on(on) } else { Vec::new() };
    let acts = unmet.into_iter().filter_map(|index| terms.record.get(index));
    let mut unmet: Vec<_> = acts.filter_map(|act| Some((act, act.on.window()?))).collect();
    unmet.sort_by_key(|(_, days)| (days.latest(), days.earliest()));
    unmet.into_iter()
}
