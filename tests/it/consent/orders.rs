//! The rules of order, compared with every choice of days within the windows.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::cases::window;
use super::model::{Dated, choices, rank};
use super::*;

fn key((day, act): &Dated<'_>) -> (NaiveDate, usize) {
    (*day, rank(act.act))
}

/// The acts that break a rule on every choice of days.
fn broken(record: &[Act], breaks: impl Fn(&[Dated<'_>], &Dated<'_>) -> bool) -> BTreeSet<usize> {
    let choices = choices(record);
    (0..record.len()).filter(|&place| choices.iter().all(|choice| breaks(choice, &choice[place]))).collect()
}

/// The acts that the crate reports for a rule.
fn reported(terms: &Terms, code: &str) -> BTreeSet<usize> {
    let Err(invalid) = terms.validate() else { return BTreeSet::new() };
    let of_code = invalid.violations().iter().filter(|violation| violation.code() == code);
    let place = |path: &str| path.split(['[', ']']).nth(1).unwrap().parse().unwrap();
    of_code.map(|violation| place(&violation.path())).collect()
}

fn consents(party: &str, kind: ActKind) -> bool {
    matches!(kind, ActKind::Approved | ActKind::Adopted) || kind == ActKind::Signed && party == "TAL"
}

/// Which step an act may be; what comes after the first is a repeat.
fn step_of(act: &Act) -> Option<GatedStep> {
    match act.act {
        ActKind::Announced | ActKind::Adopted => Some(GatedStep::Announcement),
        ActKind::InForce => Some(GatedStep::Execution),
        _ => None,
    }
}

/// Whether a gated step comes without a consent.
fn is_early(choice: &[Dated<'_>], step: &Dated<'_>) -> bool {
    let Some(taken) = step_of(step.1) else { return false };
    if choice.iter().any(|other| step_of(other.1) == Some(taken) && key(other) < key(step)) {
        return false;
    }
    let by = |act: &Act, party: &str| act.parties.is_empty() || act.parties.iter().any(|id| id == party);
    let lacks = |party: &str| {
        let mut before: Vec<_> = choice.iter().filter(|other| key(other) <= key(step) && by(other.1, party)).collect();
        before.sort_by_key(|other| key(other));
        let undoes = |kind| matches!(kind, ActKind::Refused | ActKind::ConsentWithdrawn);
        let last = before.iter().rfind(|(_, act)| consents(party, act.act) || undoes(act.act));
        last.is_none_or(|(_, act)| undoes(act.act))
    };
    ["USA", "TAL"].into_iter().any(lacks)
}

/// Whether a party consents before one of its bodies.
fn is_hasty(choice: &[Dated<'_>], consent: &Dated<'_>) -> bool {
    let party = &consent.1.parties[0];
    let said = |body: &str| {
        choice.iter().any(|other| {
            other.1.body.as_deref() == Some(body) && other.1.parties[0] == *party && key(other) <= key(consent)
        })
    };
    consents(party, consent.1.act) && !(said("cabinet") && said("parliament"))
}

/// Whether the parliament comes before the cabinet.
fn is_out_of_order(choice: &[Dated<'_>], step: &Dated<'_>) -> bool {
    let of_cabinet =
        |other: &&Dated<'_>| other.1.body.as_deref() == Some("cabinet") && other.1.parties == step.1.parties;
    step.1.body.as_deref() == Some("parliament") && !choice.iter().filter(of_cabinet).any(|other| other.0 <= step.0)
}

fn record(kinds: &'static [(ActKind, Option<&str>)], parties: &'static [&[&str]]) -> impl Strategy<Value = Vec<Act>> {
    use proptest::sample::select;
    let act =
        (select(kinds), select(parties), 1..5_u32, 0..3_u32).prop_map(|((kind, body), parties, first, length)| {
            Act { body: body.map(str::to_owned), ..Act::new(window(first, length), kind) }
                .by_all(parties.iter().copied())
        });
    proptest::collection::vec(act, 1..6)
}

fn gated() -> impl Strategy<Value = Vec<Act>> {
    use ActKind::{Adopted, Announced, Approved, ConsentWithdrawn, InForce, Refused, Signed};
    let kinds = &[
        (Signed, None),
        (Approved, None),
        (Adopted, None),
        (Refused, None),
        (ConsentWithdrawn, None),
        (Announced, None),
        (InForce, None),
    ];
    record(kinds, &[&[], &["USA"], &["TAL"], &["USA", "TAL"]])
}

fn domestic() -> impl Strategy<Value = Vec<Act>> {
    use ActKind::{Approved, DomesticStep, Signed};
    let kinds =
        &[(Signed, None), (DomesticStep, Some("cabinet")), (DomesticStep, Some("parliament")), (Approved, None)];
    record(kinds, &[&["USA"], &["TAL"]])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_gated_step_is_early_only_where_it_is_on_every_choice_of_days(record in gated()) {
        let gated = Some(vec![GatedStep::Announcement, GatedStep::Execution]);
        let terms = Terms { consent_before: gated, ..terms(&["USA", "QAT", "TAL"], record.clone()) };
        prop_assert_eq!(reported(&terms, "step-before-consent"), broken(&record, is_early));
    }

    #[test]
    fn domestic_steps_are_out_of_order_only_where_they_are_on_every_choice_of_days(record in domestic()) {
        let mut terms = free(&["USA", "TAL"], record.clone());
        for party in &mut terms.parties {
            party.domestic_steps = vec!["cabinet".into(), "parliament".into()];
        }
        prop_assert_eq!(reported(&terms, "consent-before-domestic-steps"), broken(&record, is_hasty));
        prop_assert_eq!(reported(&terms, "domestic-step-out-of-order"), broken(&record, is_out_of_order));
    }
}
