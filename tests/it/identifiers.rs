//! Ids and codes of other data sets: which are taken, and that they decide nothing.

use force_drawdown::{Finding, Party, Role, Terms};

/// The paths at which a document with one party has an unknown identifier.
fn unknown(party: Party) -> Vec<String> {
    let terms = Terms { parties: vec![party], pax: Some(1), ucdp: Some(u32::MAX), pam: None, ..Terms::new("T") };
    let invalid = terms.validate().unwrap_err();
    let found = invalid.violations().iter().filter(|violation| violation.code() == "unknown-identifier");
    found.map(Finding::path).collect()
}

fn state() -> Party {
    Party::new("s", "A state", Role::Witness)
}

#[test]
fn a_code_of_a_state_has_three_capital_letters() {
    for text in ["", " ", "usa", "US", "USA ", "USA UZB", "ABW AFG"] {
        assert_eq!(unknown(Party { iso3: Some(text.into()), ..state() }), ["parties[0].iso3"], "{text:?}");
    }
}

#[test]
fn the_numbers_of_states_have_ends() {
    for (number, is_taken) in [(0, false), (1, false), (2, true), (990, true), (991, false), (u32::MAX, false)] {
        let found = unknown(Party { cow: Some(number), gw: Some(number), ..state() });
        assert_eq!(found.is_empty(), is_taken, "{number}");
        assert!(is_taken || found == ["parties[0].cow", "parties[0].gw"], "{found:?}");
    }
}

/// A state that acts in two roles is two parties of one code.
#[test]
fn several_parties_may_have_one_code() {
    let json = include_str!("violations/document.json");
    let mut terms: Terms = serde_json::from_str(json).unwrap();
    for party in &mut terms.parties {
        (party.iso3, party.cow, party.gw) = (Some("FRA".into()), Some(220), Some(220));
    }
    assert_eq!(terms.validate(), Ok(()));
}
