//! What amendments, new baselines and a termination change, by hand.

use super::*;
use crate::broken::invalid;
use force_drawdown::Change;

const PHASES: &str = r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "withdraw": 400 }] },
    { "id": "2", "by": "2025-05-01", "limits": [{ "withdraw": 300 }] },
    { "id": "3", "by": "2025-09-01", "limits": [{ "remain": 0 }] }"#;

fn amended(change: &str, fields: &str) -> Agreement {
    let amendment = format!(r#"{{ "title": "A", "adopted": "2025-04-01"{fields}, "changes": [{change}] }}"#);
    agreement(FORCE, PHASES, &format!(r#", "amendments": [{amendment}]"#))
}

#[test]
fn an_amendment_governs_from_the_day_it_takes_effect() {
    let agreement = amended(r#"{ "phase": "2", "by": "2025-07-01" }"#, r#", "effective": "2025-05-10""#);
    assert_required(
        &agreement,
        "us",
        &[
            ("2025-03-01", "600 by 1, 600 by 1"),
            ("2025-05-01", "300 by 2, 300 by 2"),
            ("2025-05-09", "300 by 2, 300 by 2"),
            ("2025-05-10", "600 by 1, 600 by 1"),
            ("2025-07-01", "300 by 2, 300 by 2"),
        ],
    );
    assert_eq!(["2025-05-09", "2025-05-10"].map(|on| agreement.version_on(day(on))), [0, 1]);
    let known = agreement.as_known_on(day("2025-03-31"));
    assert_required(&known, "us", &[("2025-05-10", "300 by 2, 300 by 2")]);
}

/// The protocol of one step later waits for its own ratification.
fn protocol(effective: &str, record: &str, more: &str) -> Agreement {
    let amendment = format!(
        r#"{{ "title": "Protocol", "adopted": "2025-02-01", "effective": {effective},
            "changes": [{{ "phase": "2", "by": "2025-07-01" }}, {{ "add": {{ "id": "4", "by": "2026-01-01" }}, "after": "3" }}] }}"#
    );
    agreement(FORCE, PHASES, &format!(r#", "amendments": [{amendment}{more}], "record": [{record}]"#))
}

#[test]
fn an_amendment_waits_for_its_event() {
    let effective = r#"{ "after": "event:ratified", "days": 30 }"#;
    let versions = |agreement: &Agreement| {
        let waiting = agreement.assess(&[], day("2025-06-01")).waiting;
        let waiting: Vec<_> = waiting.iter().map(|one| format!("{} for {}", one.amendment, one.event)).collect();
        let days: Vec<_> =
            agreement.versions().skip(1).map(|version| version.effective().unwrap().to_string()).collect();
        (days.join(" "), waiting.join(" "))
    };
    let waits = (String::new(), "Protocol for event:ratified".to_owned());
    assert_eq!(versions(&protocol(effective, "", "")), waits);
    assert!(protocol(effective, "", "").assess(&[], day("2025-01-31")).waiting.is_empty(), "it is not adopted yet");
    // It governs from the last day of a window, and an event before its adoption moves nothing else.
    for (on, governs) in [("2025-04-10", "2025-05-10"), ("2025-04", "2025-05-30"), ("2025-01-01", "2025-01-31")] {
        let ratified = format!(r#"{{ "on": {on:?}, "act": "event", "name": "ratified", "published": "2025-05-20" }}"#);
        let agreement = protocol(effective, &ratified, "");
        assert_eq!(versions(&agreement), (governs.to_owned(), String::new()));
        // Its ratification was not known before it was published.
        let known = agreement.as_known_on(day("2025-05-19"));
        assert_eq!(versions(&known), waits);
        assert_required(&known, "us", &[("2025-06-01", "300 by 2, 300 by 2")]);
        assert_required(&agreement, "us", &[("2025-06-01", "600 by 1, 600 by 1")]);
    }
    let plain = protocol(r#"{ "after": "2025-04-01", "months": 1 }"#, "", "");
    assert_eq!(versions(&plain), ("2025-05-01".to_owned(), String::new()));
    assert_eq!(plain.terms().amendments[0].effective_day(), Some(day("2025-05-01")));
}

/// A later amendment refers to what the protocol adds.
#[test]
fn what_cannot_be_without_what_is_not_known_does_not_govern() {
    let ratified = r#"{ "on": "2025-04-10", "act": "event", "name": "ratified", "published": "2025-05-20" }"#;
    let then = |changes: &str| format!(r#", {{ "title": "Then", "adopted": "2025-05-01", "changes": [{changes}] }}"#);
    let effective = r#"{ "after": "event:ratified" }"#;
    for (changes, governs) in [
        (r#"{ "phase": "4", "by": "2027-01-01" }"#, 0),
        (r#"{ "drop": "4" }"#, 0),
        (r#"{ "add": { "id": "5", "by": { "after": "phase:4" } }, "after": "3" }"#, 0),
        (r#"{ "phase": "3", "by": "2027-01-01" }"#, 1),
    ] {
        let agreement = protocol(effective, ratified, &then(changes));
        assert_eq!(agreement.versions().count(), 3, "{changes}");
        assert_eq!(agreement.as_known_on(day("2025-05-19")).versions().count(), 1 + governs, "{changes}");
        assert_eq!(agreement.as_known_on(day("2025-05-20")).versions().count(), 3, "{changes}");
    }
    // While the ratification is not on record, the document as it is written is wrong.
    let waits = format!(
        r#", "amendments": [{{ "title": "A", "adopted": "2025-02-01", "effective": {effective},
            "changes": [{{ "add": {{ "id": "4", "by": "2026-01-01" }}, "after": "3" }}] }}{}]"#,
        then(r#"{ "drop": "4" }"#)
    );
    assert_eq!(
        invalid(&document(FORCE, PHASES, &waits)).to_string(),
        r#"unknown-phase at amendments[1].changes[0].drop: no phase has the id "4"; the phases are 1, 2, 3"#
    );
}

#[test]
fn what_one_party_decides_alone_is_planned_and_not_required() {
    let change = r#"{ "phase": "3", "by": "2026-09-01" }, { "add": { "id": "4", "by": "2026-01-01", "limits": [{ "remain": 200 }] }, "after": "2" }"#;
    let agreement = amended(change, r#", "unilateral": "USA""#);
    assert_required(&agreement, "us", &[("2025-05-01", "300 by 2, 300 by 2"), ("2025-09-01", "0 by 3, 0 by 3")]);
    assert_planned(
        &agreement,
        "us",
        Interpolation::Step,
        &[("2025-09-01", "300, 300"), ("2026-01-01", "200, 200"), ("2026-09-01", "0, 0")],
    );
    let phases = agreement.assess(&[], day("2025-04-01")).phases;
    let standing = phases.iter().find(|phase| phase.phase == "4").unwrap().standing;
    assert_eq!(standing, force_drawdown::Standing::Envisaged);
}

/// The joint amendment changes what binds, and does not make the earlier decision of one party binding.
#[test]
fn what_one_party_decided_alone_does_not_bind_after_a_joint_amendment() {
    let amendments = r#", "amendments": [
        { "title": "A", "adopted": "2025-04-01", "unilateral": "USA", "changes": [{ "phase": "3", "by": "2026-09-01" }] },
        { "title": "B", "adopted": "2025-04-10", "changes": [{ "phase": "2", "by": "2025-07-01" }] }]"#;
    let agreement = agreement(FORCE, PHASES, amendments);
    assert_required(
        &agreement,
        "us",
        &[("2025-05-01", "600 by 1, 600 by 1"), ("2025-07-01", "300 by 2, 300 by 2"), ("2025-09-01", "0 by 3, 0 by 3")],
    );
    assert_planned(&agreement, "us", Interpolation::Step, &[("2025-09-01", "300, 300"), ("2026-09-01", "0, 0")]);
}

/// The settled phase 1 goes on requiring the ceiling that it had, and the next takes from it.
#[test]
fn phases_before_a_new_baseline_are_settled() {
    let based = |strength: &str, fields: &str| {
        let baseline = format!(r#"{{ "strength": {strength}, "as_of": "2025-04-01"{fields} }}"#);
        amended(&format!(r#"{{ "baseline": {baseline} }}"#), "")
    };
    for strength in ["500", "700", r#""450..650""#] {
        let agreement = based(strength, "");
        assert_required(
            &agreement,
            "us",
            &[
                ("2025-03-31", "600 by 1, 600 by 1"),
                ("2025-04-01", "600 by 1, 600 by 1"),
                ("2025-05-01", "300 by 2, 300 by 2"),
                ("2025-09-01", "0 by 3, 0 by 3"),
            ],
        );
        let now = &agreement.schedule("us").unwrap().required_milestones_on(day("2025-04-01"))[0];
        assert!(now.settled);
    }
    let authorised = based("500", r#", "authorised": true"#);
    assert_required(
        &authorised,
        "us",
        &[
            ("2025-03-31", "600 by 1, 600 by 1"),
            ("2025-04-01", "500 by baseline, 500 by baseline"),
            ("2025-05-01", "200 by 2, 200 by 2"),
        ],
    );
    // It is no point of the planned path.
    assert_planned(
        &based("500", ""),
        "us",
        Interpolation::Step,
        &[("2025-03-31", "600, 600"), ("2025-04-01", "500, 500"), ("2025-05-01", "200, 200")],
    );
}

#[test]
fn phases_are_added_dropped_and_put_first() {
    let agreement = amended(
        r#"{ "drop": "2" }, { "add": { "id": "0", "by": "2025-02-01", "limits": [{ "remain": 900 }] }, "after": null }"#,
        "",
    );
    assert_required(
        &agreement,
        "us",
        &[
            ("2025-02-01", "nothing"),
            ("2025-04-01", "500 by 1, 500 by 1"),
            ("2025-05-01", "500 by 1, 500 by 1"),
            ("2025-09-01", "0 by 3, 0 by 3"),
        ],
    );
    let version = agreement.versions().nth(1).unwrap().schedule("us").unwrap();
    assert_eq!(version.required_on(day("2025-02-01")).unwrap().strict, 900);
}

#[test]
fn after_a_termination_only_what_counts_from_it_is_required() {
    let phases = r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "remain": 400 }] },
        { "id": "2", "by": { "after": "termination", "months": 1 }, "limits": [{ "remain": 0 }] }"#;
    let agreement = agreement(FORCE, phases, r#", "record": [{ "on": "2025-06-15", "act": "terminated" }]"#);
    assert_required(
        &agreement,
        "us",
        &[
            ("2025-06-14", "400 by 1, 400 by 1"),
            ("2025-06-15", "400 by 1, 400 by 1"),
            ("2025-06-16", "nothing"),
            ("2025-07-14", "nothing"),
            ("2025-07-15", "0 by 2, 0 by 2"),
        ],
    );
}

/// A field that is taken away is written as the empty text.
#[test]
fn an_empty_title_takes_the_title_away() {
    let titled = PHASES.replace(r#""id": "1","#, r#""id": "1", "title": "first","#);
    let of = |change: &str| {
        let amendment = format!(r#"{{ "title": "A", "adopted": "2025-01-01", "changes": [{change}] }}"#);
        let amendments = format!(r#", "amendments": [{amendment}]"#);
        let terms: Terms = serde_json::from_str(&document(FORCE, &titled, &amendments)).unwrap();
        let Change::Phase(change) = &terms.amendments[0].changes[0] else { panic!("a change of a phase") };
        assert_eq!(change.title, Some(None));
        [None, Some(String::new())].map(|title| {
            let mut terms = terms.clone();
            let Change::Phase(change) = &mut terms.amendments[0].changes[0] else { panic!("a change of a phase") };
            change.title = Some(title);
            let agreement = Agreement::try_from(terms).unwrap();
            let versions: Vec<_> = agreement.versions().collect();
            versions[1].diff(versions[0]).to_string()
        })
    };
    for change in [r#"{ "phase": "1", "title": null }"#, r#"{ "phase": "1", "title": "" }"#] {
        assert_eq!(of(change), ["phase 1: title taken away, it was first"; 2]);
    }
}

/// The codes and paths of what is wrong with the plan after amendments of phases.
fn wrong(changes: &[&str]) -> Vec<(&'static str, String)> {
    let amendment = |change: &&str| format!(r#"{{ "title": "A", "adopted": "2025-01-01", "changes": [{change}] }}"#);
    let amendments: Vec<_> = changes.iter().map(amendment).collect();
    let more = format!(r#", "amendments": [{}]"#, amendments.join(", "));
    let terms: Terms = serde_json::from_str(&document(FORCE, PHASES, &more)).unwrap();
    let Err(invalid) = terms.validate() else { return Vec::new() };
    invalid.violations().iter().map(|violation| (violation.code(), violation.path())).collect()
}

#[test]
fn what_is_broken_fixed_and_broken_again_is_reported_of_each_amendment_that_breaks_it() {
    let (late, fixed) = (r#"{ "phase": "1", "by": "2025-06-01" }"#, r#"{ "phase": "1", "by": "2025-03-01" }"#);
    let (title, later) = (r#"{ "phase": "1", "title": "T" }"#, r#"{ "phase": "3", "by": "2025-10-01" }"#);
    let of = |amendment: usize| ("phases-out-of-order", format!("amendments[{amendment}]"));
    assert_eq!(wrong(&[late, fixed, late]), [of(0), of(2)]);
    // What goes on being broken is reported once, also after a version that leaves every schedule as it is.
    assert_eq!(wrong(&[late, title, late]), [of(0)]);
    assert_eq!(wrong(&[late, title, later, title, later]), [of(0)]);
    assert_eq!(wrong(&[late, title, fixed, later, late]), [of(0), of(4)]);
    assert_eq!(wrong(&[fixed, title, later]), []);
}

/// Amendments that break and fix all phases by turns: one violation of a kind for each.
#[test]
fn what_is_broken_again_is_reported_in_proportion() {
    let many: Vec<_> =
        (0..100).map(|n| format!(r#"{{ "id": "p{n}", "by": "2025-10-01", "limits": [{{ "remain": 9 }}] }}"#)).collect();
    let add = many.iter().map(|phase| format!(r#"{{ "add": {phase}, "after": "3" }}"#)).collect::<Vec<_>>().join(", ");
    let (tight, wide) =
        (r#"{ "phase": "3", "limits": [{ "remain": 0 }] }"#, r#"{ "phase": "3", "limits": [{ "remain": 9 }] }"#);
    let found = wrong(&[&format!("{wide}, {add}"), tight, wide, tight, wide, tight]);
    assert_eq!(found.len(), 102);
    assert_eq!(
        found[100..].iter().map(|(_, path)| path.as_str()).collect::<Vec<_>>(),
        ["amendments[3]", "amendments[5]"]
    );
}
