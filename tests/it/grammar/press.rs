//! Numbers as the press and resolutions write them, in documents: read, and written back in the first spelling.

use force_drawdown::{Agreement, LimitKind, Terms};

use crate::broken::invalid;

/// An agreement on a number of a force in this unit, with an amendment that adds, drops and changes numbers.
fn of_force(unit: &str, number: &str) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(r#""unit": "{unit}","#) };
    format!(
        r#"{{ "title": "T", "parties": [{{ "id": "S", "name": "S", "role": "sending" }}],
        "phases": [{{ "id": "1", "by": "2025-06", "limits": [{{ "remain": "{number}" }}] }}],
        "residual": [{{ "strength": "{number}", "status": "agreed" }}],
        "amendments": [{{ "title": "A", "adopted": "2025-01-01", "changes": [
            {{ "phase": "1", "limits": [{{ "remain": "{number}" }}] }},
            {{ "add": {{ "id": "2", "by": "2026", "limits": [{{ "remain": "{number}" }}] }}, "after": "1" }},
            {{ "residual": [{{ "strength": "{number}", "status": "proposed" }}] }},
            {{ "add_force": {{ "id": "g", {unit} "baseline": {{ "strength": "{number}", "as_of": "2025-01-01" }} }} }},
            {{ "baseline": {{ "strength": "{number}", "as_of": "2024-12-31" }} }}] }}],
        "forces": [{{ "id": "f", {unit} "baseline": {{ "strength": "{number}", "as_of": "2024-09-06" }} }}] }}"#
    )
}

#[test]
fn what_a_force_counts_may_come_after_its_number() {
    for (unit, number, written) in [
        ("", "2,500 troops", "2500"),
        ("", "About 2 500 soldiers", "\"about 2500\""),
        ("", "hundreds of troops", "\"hundreds\""),
        ("persons", "2,000–2,500 personnel", "\"2000..2500\""),
        ("troops", "2,500 soldiers", "2500"),
        ("tanks", "300 tanks", "300"),
        ("combat aircraft", "Some 30 combat aircraft", "\"about 30\""),
    ] {
        let text = of_force(unit, number);
        let agreement: Agreement = serde_json::from_str(&text).unwrap();
        let LimitKind::Remain(remain) = agreement.terms().phases[0].limits[0].kind else { panic!("{number}") };
        assert_eq!(serde_json::to_string(&remain).unwrap(), written);
        let again = serde_json::to_string(&agreement).unwrap();
        assert_eq!(again.matches(written).count(), 8, "{again}");
        assert_eq!(serde_json::from_str::<Terms>(&text).unwrap(), *agreement.terms());
    }
}

#[test]
fn another_word_after_a_number_is_refused_at_each_place() {
    let places = [
        "phases[0].limits[0].remain",
        "residual[0].strength",
        "amendments[0].changes[0].limits[0].remain",
        "amendments[0].changes[1].add.limits[0].remain",
        "amendments[0].changes[2].residual[0].strength",
        "amendments[0].changes[3].add_force.baseline.strength",
        "amendments[0].changes[4].baseline.strength",
        "forces[0].baseline.strength",
    ];
    for (unit, number, found, counted) in [
        ("tanks", "300 troops", "troops", "tanks"),
        ("", "300 tanks", "tanks", "persons"),
        ("", "300 combat troops", "combat troops", "persons"),
    ] {
        let message = format!(
            "after the number in {number:?} comes {found:?}, and the force is counted in {counted:?}; \
             write the number alone if it counts these"
        );
        let expected: Vec<String> = places.iter().map(|place| format!("other-unit at {place}: {message}")).collect();
        let found = invalid(&of_force(unit, number));
        assert_eq!(found.violations().iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
        let error = serde_json::from_str::<Terms>(&of_force(unit, number)).unwrap_err();
        assert!(error.to_string().contains(&expected[0]), "{error}");
    }
}

/// A force that is not known is one mistake, and so is a number alone.
#[test]
fn a_word_after_the_number_of_an_unknown_force_is_no_mistake() {
    let text = of_force("", "5").replacen(r#"{ "remain": "5" }"#, r#"{ "force": "x", "remain": "5 tanks" }"#, 1);
    let found = invalid(&text);
    assert_eq!(found.violations().iter().map(force_drawdown::Finding::code).collect::<Vec<_>>(), ["unknown-force"]);
    let limit = serde_json::from_str::<force_drawdown::Limit>(r#"{ "remain": "5 men" }"#).unwrap();
    assert_eq!(limit, force_drawdown::Limit::remain(5));
    let error = serde_json::from_str::<force_drawdown::Limit>(r#"{ "remain": "5 tanks" }"#).unwrap_err();
    assert!(error.to_string().starts_with("other-unit at remain: "), "{error}");
}
