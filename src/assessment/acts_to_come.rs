//! What of the record the report says: acts that are foreseen, acts of which the day is not known, and amendments that wait.

use chrono::NaiveDate;
use serde::Serialize;

use crate::agreement::{Agreement, sentence_of};
use crate::day::{Iso, Window};
use crate::record::{Acts, Names};
use crate::schedule::history::waiting as waiting_amendments;
use crate::terms::{Act, ActKind, Amendment, Event};
use crate::wording::excerpt;

/// An act that is foreseen, and that nothing on record has met.
///
/// ```
/// use force_drawdown::{Act, ActKind, Part, day, doc_examples::iraq};
/// let mut terms = iraq().into_terms();
/// terms.record.push(Act::new(Part::Month(2024, 9), ActKind::Announced).expected());
/// let agreement = force_drawdown::Agreement::try_from(terms).unwrap();
/// let judged = agreement.assess(&[], day!(2024, 10, 5));
/// let expected = &judged.expected[0];
/// assert_eq!((expected.act, expected.passed), (ActKind::Announced, true));
/// let why = judged.explain();
/// let sentence = "Expected by 2024-09-30 and not on record: the agreement is announced.";
/// assert_eq!(why.record.last().unwrap(), sentence);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ExpectedAct {
    /// The days in which it is expected.
    pub on: Window,
    /// What is expected.
    pub act: ActKind,
    /// Who is expected to act; empty is every party whose consent is needed.
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

/// An amendment that was adopted, and does not govern while its event is not on record.
///
/// ```
/// use force_drawdown::{Agreement, Amendment, Event, catalog, day};
/// let terms = catalog::get("us-iraq-2024").unwrap().agreement.into_terms();
/// let protocol = Amendment::new("Protocol", day!(2025, 3, 1));
/// let protocol = protocol.effective(Event::Named("ratified".into()));
/// let agreement = Agreement::try_from(terms.amendment(protocol)).unwrap();
/// let judged = agreement.assess(&[], day!(2025, 6, 1));
/// assert_eq!((judged.version, judged.waiting[0].amendment.as_str()), (0, "Protocol"));
/// let why = judged.explain();
/// let sentence = "The amendment \"Protocol\", adopted on 2025-03-01, waits for the event ratified.";
/// assert_eq!(why.record.last().unwrap(), sentence);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct WaitingAmendment {
    /// The title of the amendment.
    pub amendment: String,
    /// The event with which, or some time after which, it begins to govern.
    pub event: Event,
}

/// The amendments that were adopted by a day and wait for their event, in the order of adoption.
pub(super) fn waiting(agreement: &Agreement, on: NaiveDate) -> Vec<WaitingAmendment> {
    adopted(agreement, on)
        .map(|(with, event)| WaitingAmendment { amendment: with.title.clone(), event: event.clone() })
        .collect()
}

fn adopted(agreement: &Agreement, on: NaiveDate) -> impl Iterator<Item = (&Amendment, &Event)> {
    waiting_amendments(agreement.terms(), agreement.record()).filter(move |(with, _)| with.adopted <= on)
}

/// The expected acts that nothing on record up to a day has met, in the order of their last days.
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

/// A sentence for each act on which the state of a day rests and of which the day is not known, then for each that is
/// expected, and for each amendment that waits.
pub(super) fn sentences(agreement: &Agreement, on: NaiveDate) -> Vec<String> {
    let terms = agreement.terms();
    let names = Names::new(terms);
    let unsure = agreement.record().unsure_on(terms, on).into_iter().filter_map(|index| terms.record.get(index));
    let unsure = unsure.filter_map(|act| Some((act, act.on.window()?))).map(|(act, days)| {
        let (earliest, latest) = (Iso(days.earliest()), Iso(days.latest()));
        format!("Between {earliest} and {latest} {}; the day is not known.", sentence_of(act, &names))
    });
    let expected = unmet(agreement, on).map(|(act, days)| {
        let sentence = sentence_of(act, &names);
        if days.latest() < on {
            format!("Expected by {} and not on record: {sentence}.", Iso(days.latest()))
        } else {
            let (earliest, latest) = (Iso(days.earliest()), Iso(days.latest()));
            let days = if days.earliest() == days.latest() {
                format!("on {latest}")
            } else {
                format!("from {earliest} to {latest}")
            };
            format!("What is next: {sentence}, expected {days}.")
        }
    });
    let waiting = adopted(agreement, on).map(|(with, event)| {
        let (title, adopted) = (excerpt(&with.title), Iso(with.adopted));
        format!("The amendment {title:?}, adopted on {adopted}, waits for {}.", event.phrase())
    });
    unsure.chain(expected).chain(waiting).collect()
}

fn unmet(agreement: &Agreement, on: NaiveDate) -> impl Iterator<Item = (&Act, Window)> {
    let terms = agreement.terms();
    let is_any = terms.record.iter().any(|act| act.expected);
    let unmet = if is_any { Acts::new(terms).unmet_on(on) } else { Vec::new() };
    let acts = unmet.into_iter().filter_map(|index| terms.record.get(index));
    let mut unmet: Vec<_> = acts.filter_map(|act| Some((act, act.on.window()?))).collect();
    unmet.sort_by_key(|(_, days)| (days.latest(), days.earliest()));
    unmet.into_iter()
}
