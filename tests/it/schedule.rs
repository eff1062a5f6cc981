//! What is required and what is planned at the boundaries, by hand.

mod baselines;
mod changes;
mod hostile;
mod limits;
mod many;
mod near_rules;

use chrono::NaiveDate;
use force_drawdown::{Agreement, Interpolation, SetBy, Terms};

use crate::support::{day, document};

fn agreement(forces: &str, phases: &str, more: &str) -> Agreement {
    let terms: Terms = serde_json::from_str(&document(forces, phases, more)).unwrap();
    Agreement::try_from(terms).unwrap()
}

/// `1251 by 1, 2550 by 1`: the strict and the lenient end; a dash for an end that is not due, `open` for an open one.
fn required(agreement: &Agreement, force: &str, on: &str) -> String {
    let Some(ceiling) = agreement.schedule(force).unwrap().required_on(day(on)) else { return "nothing".to_owned() };
    let lenient = match (ceiling.lenient, ceiling.lenient_by) {
        (Some(lenient), Some(by)) => format!("{lenient} by {by}"),
        (None, Some(by)) => format!("open by {by}"),
        (lenient, None) => {
            assert_eq!(lenient, None);
            "-".to_owned()
        }
    };
    format!("{} by {}, {lenient}", ceiling.strict, ceiling.strict_by)
}

/// `2250, 2750`: the low and the high end, a dash for one that is not there.
fn planned(agreement: &Agreement, force: &str, on: &str, how: Interpolation) -> String {
    let planned = agreement.schedule(force).unwrap().planned_on(day(on), how);
    let end = |end: Option<u32>| end.map_or("-".to_owned(), |end| end.to_string());
    format!("{}, {}", end(planned.low), end(planned.high))
}

fn assert_required(agreement: &Agreement, force: &str, table: &[(&str, &str)]) {
    for (on, expected) in table {
        assert_eq!(required(agreement, force, on), *expected, "{force} on {on}");
    }
}

fn assert_planned(agreement: &Agreement, force: &str, how: Interpolation, table: &[(&str, &str)]) {
    for (on, expected) in table {
        assert_eq!(planned(agreement, force, on, how), *expected, "{how} {force} on {on}");
    }
}

#[test]
fn the_plan_of_2024_at_its_boundaries() {
    let iraq = crate::support::iraq();
    assert_required(
        &iraq,
        "us",
        &[
            ("2024-09-05", "nothing"),
            ("2024-09-06", "nothing"),
            ("2025-08-31", "nothing"),
            ("2025-09-01", "1251 by 1, -"),
            ("2025-09-29", "1251 by 1, -"),
            ("2025-09-30", "1251 by 1, 2550 by 1"),
            ("2026-12-30", "1251 by 1, 2550 by 1"),
            // Who may stay is proposed, so that the high end alone does not fall.
            ("2026-12-31", "0 by 2, 2550 by 2"),
            ("9999-12-31", "0 by 2, 2550 by 2"),
        ],
    );
    assert_planned(
        &iraq,
        "us",
        Interpolation::Step,
        &[
            ("2024-09-05", "-, -"),
            ("2024-09-06", "2250, 2750"),
            ("2025-08-31", "2250, 2750"),
            ("2025-09-01", "1251, 2750"),
            ("2025-09-30", "1251, 2550"),
            ("2026-12-30", "1251, 2550"),
            ("2026-12-31", "0, 2550"),
            ("2027-01-01", "0, 2550"),
        ],
    );
    // On 31 August 2,250 - 999 x 359 / 360 and 2,750 - 200 x 359 / 389, rounded down.
    assert_planned(
        &iraq,
        "us",
        Interpolation::Linear,
        &[
            ("2024-09-06", "2250, 2750"),
            ("2025-08-31", "1253, 2565"),
            ("2025-09-01", "1251, 2564"),
            ("2025-09-29", "1178, 2550"),
            ("2025-09-30", "1176, 2550"),
        ],
    );
}

const FORCE: &str = r#"{ "id": "us", "baseline": { "strength": 1000, "as_of": "2025-01-01" } }"#;

#[test]
fn an_authorised_baseline_is_required_from_its_day() {
    let force =
        r#"{ "id": "us", "baseline": { "strength": "at most 1000", "as_of": "2025-01-01", "authorised": true } }"#;
    let agreement = agreement(force, r#"{ "id": "1", "by": "2025-06-01", "limits": [{ "withdraw": 300 }] }"#, "");
    assert_required(
        &agreement,
        "us",
        &[
            ("2024-12-31", "nothing"),
            ("2025-01-01", "1000 by baseline, 1000 by baseline"),
            ("2025-05-31", "1000 by baseline, 1000 by baseline"),
            ("2025-06-01", "700 by 1, 700 by 1"),
        ],
    );
    let by = agreement.schedule("us").unwrap().required_on(day("2025-01-01")).unwrap().strict_by;
    assert_eq!(by, SetBy::Baseline);
}

#[test]
fn a_span_of_no_days_and_several_milestones_on_a_day() {
    let on_the_day = r#"{ "id": "1", "by": "2025-01-01", "limits": [{ "remain": 600 }] },
        { "id": "2", "by": "2025-01-01", "limits": [{ "remain": 400 }] }"#;
    let agreement = agreement(FORCE, on_the_day, "");
    assert_required(&agreement, "us", &[("2024-12-31", "nothing"), ("2025-01-01", "400 by 2, 400 by 2")]);
    for &how in Interpolation::ALL {
        let table = [("2024-12-31", "-, -"), ("2025-01-01", "400, 400"), ("2025-01-02", "400, 400")];
        assert_planned(&agreement, "us", how, &table);
    }
}

#[test]
fn a_window_that_opens_before_the_baseline_opens_on_it() {
    let force = r#"{ "id": "us", "baseline": { "strength": 1000, "as_of": "2025-06-15" } }"#;
    let agreement = agreement(force, r#"{ "id": "1", "by": "2025", "limits": [{ "remain": 400 }] }"#, "");
    assert_required(
        &agreement,
        "us",
        &[("2025-06-14", "nothing"), ("2025-06-15", "400 by 1, -"), ("2025-12-31", "400 by 1, 400 by 1")],
    );
    assert_eq!(agreement.schedule("us").unwrap().days(), Some(day("2025-06-15")..=day("2026-01-01")));
}

#[test]
fn open_ends_and_missing_baselines_have_no_number() {
    let phases = r#"{ "id": "1", "by": "2025-06-01", "limits": [{ "withdraw": 300 }] },
        { "id": "2", "by": "2025-07-01", "limits": [{ "remain": "at least 50" }] },
        { "id": "3", "by": "2025-08-01", "limits": [{ "remain": 60 }] }"#;
    for (force, base, planned) in [
        (r#"{ "id": "us" }"#, "-", "60"),
        (r#"{ "id": "us", "baseline": { "strength": "unspecified", "as_of": "2025-01-01" } }"#, "0", "0"),
        (r#"{ "id": "us", "baseline": { "strength": "at least 20", "as_of": "2025-01-01" } }"#, "20", "20"),
    ] {
        let agreement = agreement(force, phases, "");
        // Nobody falls below the 60 that may be there later.
        assert_required(
            &agreement,
            "us",
            &[
                ("2025-05-31", "nothing"),
                ("2025-06-01", "60 by 1, open by 1"),
                ("2025-07-01", "60 by 2, open by 2"),
                ("2025-08-01", "60 by 3, 60 by 3"),
            ],
        );
        assert_planned(
            &agreement,
            "us",
            Interpolation::Linear,
            &[
                ("2025-03-01", &format!("{base}, -")),
                ("2025-06-15", &format!("{planned}, -")),
                ("2025-07-31", &format!("{planned}, -")),
                ("2025-08-01", &format!("{planned}, 60")),
            ],
        );
    }
}

#[test]
fn a_part_is_capped_by_its_whole() {
    let forces = r#"{ "id": "all", "baseline": { "strength": 1000, "as_of": "2025-01-01" } },
        { "id": "east", "part_of": "all", "baseline": { "strength": 500, "as_of": "2025-01-01" } },
        { "id": "west", "part_of": "all" }"#;
    let phases = r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "force": "all", "remain": 800 }, { "force": "east", "remain": 400 }] },
        { "id": "2", "by": "2025-05-01", "limits": [{ "force": "all", "remain": 100 }] }"#;
    let agreement = agreement(forces, phases, "");
    assert_required(
        &agreement,
        "east",
        &[("2025-02-28", "nothing"), ("2025-03-01", "400 by 1, 400 by 1"), ("2025-05-01", "100 by 2, 100 by 2")],
    );
    assert_required(&agreement, "west", &[("2025-03-01", "800 by 1, 800 by 1"), ("2025-05-01", "100 by 2, 100 by 2")]);
    assert_planned(
        &agreement,
        "east",
        Interpolation::Step,
        &[("2025-01-01", "500, 500"), ("2025-03-01", "400, 400"), ("2025-05-01", "100, 100")],
    );
    assert_planned(
        &agreement,
        "west",
        Interpolation::Step,
        &[("2025-01-01", "1000, 1000"), ("2025-05-01", "100, 100")],
    );
}

/// Its days end on the day after the last on which something falls due, though that is before its baseline.
#[test]
fn the_days_of_a_part_whose_whole_is_done_before_its_baseline_are_in_order() {
    let forces =
        r#"{ "id": "all" }, { "id": "part", "part_of": "all", "baseline": { "strength": 5, "as_of": "2025-06-01" } }"#;
    let phases = r#"{ "id": "1", "by": "2025-01-01", "limits": [{ "force": "all", "remain": 3 }] }"#;
    let days = agreement(forces, phases, "").schedule("part").unwrap().days().unwrap();
    assert!(!days.is_empty(), "{days:?}");
}

#[test]
fn a_residual_stays_after_the_last_phase_until_its_end() {
    let phases = r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "remain": 400 }] },
        { "id": "2", "by": "2025-05", "limits": [{ "remain": 0 }] }"#;
    let with = |residual: &str| agreement(FORCE, phases, &format!(r#", "residual": [{residual}]"#));
    let (opens, closes, later) = ("2025-05-01", "2025-05-31", "2030-01-01");
    for (residual, at_first, at_last) in [
        (r#"{ "strength": 50, "status": "agreed" }"#, "50 by 2, 400 by 1", "50 by 2, 50 by 2"),
        (r#"{ "strength": 50, "status": "proposed" }"#, "0 by 2, 400 by 1", "0 by 2, 50 by 2"),
        (r#"{ "strength": "at most 50", "status": "agreed" }"#, "50 by 2, 400 by 1", "50 by 2, 50 by 2"),
        (r#"{ "strength": "40..50", "status": "agreed" }"#, "40 by 2, 400 by 1", "40 by 2, 50 by 2"),
        // No more than there were before.
        (r#"{ "strength": 999, "status": "agreed" }"#, "400 by 2, 400 by 1", "400 by 2, 400 by 2"),
        (r#"{ "strength": "unspecified", "status": "proposed" }"#, "0 by 2, 400 by 1", "0 by 2, 400 by 2"),
        // An end that is not known changes nothing.
        (
            r#"{ "strength": 50, "status": "agreed", "until": { "after": "event:end" } }"#,
            "50 by 2, 400 by 1",
            "50 by 2, 50 by 2",
        ),
    ] {
        assert_required(&with(residual), "us", &[(opens, at_first), (closes, at_last), (later, at_last)]);
    }
    let until = with(r#"{ "strength": 50, "status": "agreed", "until": "2026-06" }"#);
    assert_required(
        &until,
        "us",
        &[
            (closes, "50 by 2, 50 by 2"),
            ("2026-06-01", "50 by 2, 50 by 2"),
            ("2026-06-02", "0 by 2, 50 by 2"),
            ("2026-06-30", "0 by 2, 50 by 2"),
            ("2026-07-01", "0 by 2, 0 by 2"),
        ],
    );
}

#[test]
fn the_plan_holds_until_from() {
    let phases = r#"{ "id": "1", "by": "2025-01-11", "from": "2025-01-06", "limits": [{ "remain": 500 }] }"#;
    let agreement = agreement(FORCE, phases, "");
    assert_planned(
        &agreement,
        "us",
        Interpolation::Linear,
        &[
            ("2025-01-01", "1000, 1000"),
            ("2025-01-06", "1000, 1000"),
            ("2025-01-07", "900, 900"),
            ("2025-01-10", "600, 600"),
            ("2025-01-11", "500, 500"),
        ],
    );
    assert_required(&agreement, "us", &[("2025-01-10", "nothing"), ("2025-01-11", "500 by 1, 500 by 1")]);
}

#[test]
fn a_plan_ends_where_a_deadline_is_awaited() {
    let phases = r#"{ "id": "1", "by": "2025-02-01", "limits": [{ "remain": 500 }] },
        { "id": "2", "by": { "after": "event:handover", "days": 30 }, "limits": [{ "remain": 300 }] },
        { "id": "3", "by": "2026-01-01", "limits": [{ "remain": 0 }] }"#;
    let waiting = agreement(FORCE, phases, "");
    // A ceiling follows the order of the phases, whether or not their days are known.
    assert_required(&waiting, "us", &[("2025-12-31", "500 by 1, 500 by 1"), ("2026-01-01", "0 by 3, 0 by 3")]);
    assert_planned(
        &waiting,
        "us",
        Interpolation::Step,
        &[("2025-02-01", "500, 500"), ("2025-02-02", "-, -"), ("2026-01-01", "-, -")],
    );
    // A path that has ended goes on capping those of its parts.
    let part = r#"{ "id": "part", "part_of": "us", "baseline": { "strength": 700, "as_of": "2025-01-01" } }"#;
    let phases_of_us = phases.replace(r#"{ "remain""#, r#"{ "force": "us", "remain""#);
    let parts = agreement(&format!("{FORCE}, {part}"), &phases_of_us, "");
    assert_planned(&parts, "part", Interpolation::Step, &[("2025-01-01", "700, 700"), ("2026-06-01", "500, 500")]);
    let held = agreement(FORCE, phases, r#", "record": [{ "on": "2025-05", "act": "event", "name": "handover" }]"#);
    assert_required(
        &held,
        "us",
        &[
            ("2025-05-30", "500 by 1, 500 by 1"),
            ("2025-05-31", "300 by 2, 500 by 1"),
            ("2025-06-30", "300 by 2, 300 by 2"),
            ("2026-01-01", "0 by 3, 0 by 3"),
        ],
    );
    // An event that comes too late falls with the phase before, and one after the next phase requires no more.
    let late = agreement(FORCE, phases, r#", "record": [{ "on": "2027-01-01", "act": "event", "name": "handover" }]"#);
    assert_required(&late, "us", &[("2026-01-01", "0 by 3, 0 by 3"), ("2027-01-31", "0 by 3, 0 by 3")]);
}

#[test]
fn envisaged_phases_are_planned_and_not_required() {
    let phases = r#"{ "id": "1", "by": "2025-02-01", "limits": [{ "withdraw": 500 }], "standing": "envisaged" },
        { "id": "2", "by": "2025-03-01", "limits": [{ "withdraw": 100 }] }"#;
    let agreement = agreement(FORCE, phases, "");
    assert_required(&agreement, "us", &[("2025-02-01", "nothing"), ("2025-03-01", "900 by 2, 900 by 2")]);
    assert_planned(&agreement, "us", Interpolation::Step, &[("2025-02-01", "500, 500"), ("2025-03-01", "400, 400")]);
}
