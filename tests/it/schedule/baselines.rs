//! What a baseline does to ceilings and plans, by hand and in properties: a count caps nothing that is required, and what
//! a new one settles keeps its ceiling.

use super::*;
use force_drawdown::{
    Amendment, Baseline, Change, Deadline, Force, Limit, NewBaseline, Observation, Party, Phase, Quantity, Role, SetBy,
    Verdict, strategies,
};
use proptest::prelude::*;

fn counted(strength: &str) -> String {
    format!(r#"{{ "id": "us", "baseline": {{ "strength": {strength}, "as_of": "2025-01-01" }} }}"#)
}

const MORE: &str = r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "remain": 13000 }] }"#;

/// A resolution may let more come than there are.
#[test]
fn a_limit_above_the_count_is_lawful_and_asks_nobody_to_leave() {
    let less = r#", { "id": "2", "by": "2025-06-01", "limits": [{ "withdraw": 1000 }] }"#;
    let agreement = agreement(&counted("10250"), &format!("{MORE}{less}"), "");
    assert_required(
        &agreement,
        "us",
        &[("2025-03-01", "13000 by 1, 13000 by 1"), ("2025-06-01", "12000 by 2, 12000 by 2")],
    );
    assert_planned(
        &agreement,
        "us",
        Interpolation::Linear,
        &[("2025-01-01", "10250, 10250"), ("2025-03-01", "10250, 10250"), ("2025-06-01", "9250, 9250")],
    );
    let odd = |of: &Agreement| -> Vec<String> {
        let advice = of.advice().into_iter().filter(|found| found.code() == "asks-nobody-to-leave");
        advice.map(|found| found.to_string()).collect()
    };
    let advice = odd(&agreement);
    assert_eq!(
        advice[..1],
        [
            "asks-nobody-to-leave at phases[0].limits[0]: phase \"1\" lets \"us\" have 13,000, above the 10,250 counted; \
          it asks nobody to leave"
        ]
    );
    assert_eq!(advice.len(), 2, "12,000 are above the count, too: {advice:?}");
    let vague = self::agreement(&counted("12000"), &MORE.replace("13000", r#""about 13000""#), "");
    assert_required(&vague, "us", &[("2025-03-01", "11700 by 1, 14300 by 1")]);
    assert_planned(&vague, "us", Interpolation::Step, &[("2025-03-01", "11700, 12000")]);
    assert_eq!(odd(&vague), [""; 0]);
}

/// The declaration of a state after a treaty of ceilings.
#[test]
fn a_ceiling_of_250000_where_175000_are_counted_is_accepted() {
    let force = r#"{ "id": "f", "baseline": { "strength": 175000, "as_of": "1992-07-10" } }"#;
    let phase = r#"{ "id": "1", "by": { "after": "1992-07-17", "months": 40 }, "limits": [{ "remain": 250000 }] }"#;
    let agreement = agreement(force, phase, r#", "record": [{ "on": "1992-07-10", "act": "approved" }]"#);
    assert_required(&agreement, "f", &[("1995-11-16", "nothing"), ("1995-11-17", "250000 by 1, 250000 by 1")]);
    let seen = [Observation::present(day("1996-01-01"), Quantity::Exact(230_000))];
    assert_eq!(agreement.assess(&seen, day("1996-01-02")).forces[0].verdict, Verdict::Compliant);
}

#[test]
fn phases_still_may_only_fall_and_authorised_baselines_still_cap() {
    let rises = format!(
        r#"{MORE}, {{ "id": "2", "by": "2025-06-01", "standing": "envisaged", "limits": [{{ "remain": 13001 }}] }}"#
    );
    for (force, phases, codes) in [
        (counted("10250"), rises.as_str(), &["ceiling-rises"][..]),
        (counted(r#"10250, "authorised": true"#), MORE, &["ceiling-rises"]),
        (counted("10250"), MORE, &[]),
        (
            counted("500"),
            r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "withdraw": 501 }] }"#,
            &["withdraws-more-than-left"],
        ),
    ] {
        assert_eq!(self::codes(&force, phases, ""), codes, "{phases}");
    }
}

fn codes(force: &str, phases: &str, more: &str) -> Vec<&'static str> {
    let terms: Terms = serde_json::from_str(&document(force, phases, more)).unwrap();
    terms.validate().map_or_else(
        |invalid| invalid.violations().iter().map(force_drawdown::Finding::code).collect(),
        |()| Vec::new(),
    )
}

/// Both ends go on to the last day of the last known window before the step that is awaited, and end together.
#[test]
fn both_ends_of_a_plan_end_together_before_an_unknown_step() {
    let phases = r#"{ "id": "1", "by": "2025-02", "limits": [{ "remain": 500 }] },
        { "id": "2", "by": "open", "limits": [{ "remain": 300 }] }"#;
    let agreement = self::agreement(FORCE, phases, "");
    let days = [
        ("2025-01-31", "516, 741"),
        ("2025-02-01", "500, 732"),
        ("2025-02-27", "500, 508"),
        ("2025-02-28", "500, 500"),
        ("2025-03-01", "-, -"),
    ];
    assert_planned(&agreement, "us", Interpolation::Linear, &days);
    let series = agreement.schedule("us").unwrap().compile(Interpolation::Linear);
    for (on, expected) in days {
        let ends = series.at(day(on));
        let end = |end: Option<u32>| end.map_or("-".to_owned(), |end| end.to_string());
        assert_eq!(format!("{}, {}", end(ends.low), end(ends.high)), expected, "{on}");
    }
    // Before the first step, that is the day of the baseline.
    let first = self::agreement(FORCE, r#"{ "id": "2", "by": "open", "limits": [{ "remain": 300 }] }"#, "");
    assert_planned(&first, "us", Interpolation::Step, &[("2025-01-01", "1000, 1000"), ("2025-01-02", "-, -")]);
}

/// The first example of two documents that differ in one number: the vaguer one allows no fewer at its high end and no
/// more at its low end.
#[test]
fn who_may_stay_is_counted_end_by_end() {
    let zero = r#"{ "id": "2", "by": "2025-06-01", "limits": [{ "remain": 0 }] }"#;
    let may_stay = |before: &str, residual: &str| {
        let phases = format!(r#"{{ "id": "1", "by": "2025-03-01", "limits": [{{ "remain": {before} }}] }}, {zero}"#);
        let agreement = agreement(&counted("300"), &phases, &format!(r#", "residual": [{residual}]"#));
        let milestones = agreement.schedule("us").unwrap().required_milestones_on(day("2025-01-01"));
        milestones[1].band.to_string()
    };
    for (before, residual, band) in [
        ("20", r#"{ "strength": 100, "status": "agreed" }"#, "20"),
        (r#""20..200""#, r#"{ "strength": 100, "status": "agreed" }"#, "20-100"),
        (r#""20..200""#, r#"{ "strength": "10..50", "status": "agreed" }"#, "10-50"),
        (r#""20..200""#, r#"{ "strength": 100, "status": "proposed" }"#, "up to 100"),
        (r#""150..200""#, r#"{ "strength": 100, "status": "agreed" }"#, "100"),
    ] {
        assert_eq!(may_stay(before, residual), band, "{before}, {residual}");
    }
    // Without a phase before, the most are those counted.
    let only = agreement(&counted(r#""20..300""#), zero, r#", "residual": [{ "strength": 100, "status": "agreed" }]"#);
    assert_required(&only, "us", &[("2025-06-01", "20 by 2, 100 by 2")]);
}

const RECOUNT: &str = r#""title": "recount", "adopted": "2025-07-01""#;

fn recounted(forces: &str, phases: &str, strength: &str, more: &str) -> Agreement {
    let baseline = format!(r#"{{ "baseline": {{ "strength": {strength}, "as_of": "2025-07-01" }} }}"#);
    agreement(forces, phases, &format!(r#", "amendments": [{{ {RECOUNT}, "changes": [{baseline}] }}{more}]"#))
}

/// `1: 900, settled; 2: 600`.
fn milestones(agreement: &Agreement, on: &str) -> String {
    let milestones = agreement.schedule("us").unwrap().required_milestones_on(day(on));
    let of = |one: &force_drawdown::Milestone<'_>| {
        format!("{}: {}{}", one.by, one.band, if one.settled { ", settled" } else { "" })
    };
    milestones.iter().map(of).collect::<Vec<_>>().join("; ")
}

const SHARES: &str = r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "remain": 120 }] },
    { "id": "2", "by": "2025-09-01", "limits": [{ "withdrawn": 200 }] }"#;

/// However vague a new count is, and whatever comes later.
#[test]
fn what_a_recount_settles_keeps_both_ends_of_its_ceiling() {
    for strength in ["40", r#""24..159""#, r#""24..99""#, "5000"] {
        let agreement = recounted(&counted("300"), SHARES, strength, "");
        assert!(milestones(&agreement, "2025-07-01").starts_with("1: 120, settled; 2: "), "{strength}");
    }
    // Of 5,000 who are counted, 200 leave: no more than 120 may be there all the same.
    let more = recounted(&counted("300"), SHARES, "5000", "");
    assert_eq!(milestones(&more, "2025-06-30"), "1: 120; 2: 100");
    assert_eq!(milestones(&more, "2025-07-01"), "1: 120, settled; 2: 120");
    // A later amendment of its limit changes nothing, and one that authorises a number removes it.
    let again = r#", { "title": "again", "adopted": "2025-08-01", "changes": [{ "phase": "1", "limits": [{ "remain": 80 }] }] }"#;
    let agreement = recounted(&counted("300"), SHARES, "210", again);
    assert_eq!(milestones(&agreement, "2025-08-01"), "1: 120, settled; 2: 10");
    let authorised = again.replace(
        r#"{ "phase": "1", "limits": [{ "remain": 80 }] }"#,
        r#"{ "baseline": { "strength": 250, "as_of": "2025-08-01", "authorised": true } }"#,
    );
    let agreement = recounted(&counted("300"), SHARES, "210", &authorised);
    assert_eq!(milestones(&agreement, "2025-08-01"), "baseline: 250; 2: 50");
}

/// Who may stay after a settled phase stays until the day that ends it.
#[test]
fn a_settled_last_phase_keeps_who_may_stay_and_its_end() {
    let phases = r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "remain": 0 }] }"#;
    let changes =
        format!(r#"{{ {RECOUNT}, "changes": [{{ "baseline": {{ "strength": 40, "as_of": "2025-07-01" }} }}] }}"#);
    let stays = r#""residual": [{ "strength": 100, "status": "agreed", "until": "2025-12-31" }]"#;
    let agreement = agreement(&counted("300"), phases, &format!(r#", {stays}, "amendments": [{changes}]"#));
    assert_required(
        &agreement,
        "us",
        &[("2025-07-01", "100 by 1, 100 by 1"), ("2025-12-31", "100 by 1, 100 by 1"), ("2026-01-01", "0 by 1, 0 by 1")],
    );
    // In the plan the 40 leave with them.
    let plan = [("2025-07-01", "40, 40"), ("2025-12-31", "40, 40"), ("2026-01-01", "0, 0")];
    assert_planned(&agreement, "us", Interpolation::Step, &plan);
}

const WAITS: &str = r#"{ "id": "1", "by": { "after": "event:handover", "days": 30 }, "limits": [{ "withdrawn_share": "1/3" }] },
    { "id": "2", "by": "2025-06-01", "limits": [{ "remain": 2000 }] }"#;

const OF_150: &str = "150 by baseline, 150 by baseline";

/// A count after it is no ceiling, brings back no phase that has left, and takes part in the plan alone.
#[test]
fn an_authorised_number_goes_on_after_a_count() {
    let phases = r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "remain": 120 }] },
        { "id": "2", "by": "2025-10-01", "limits": [{ "remain": 80 }] },
        { "id": "3", "by": "2025-12-01", "limits": [{ "withdraw": 30 }] }"#;
    let baseline = |strength: &str, as_of: &str| {
        format!(
            r#"{{ "title": "A number", "adopted": "{as_of}",
                "changes": [{{ "baseline": {{ "strength": {strength}, "as_of": "{as_of}" }} }}] }}"#
        )
    };
    let allowed = baseline(r#"150, "authorised": true"#, "2025-04-01");
    for number in ["90", "140", "200"] {
        let counts = [baseline(number, "2025-05-01"), baseline(number, "2025-06-01")].join(", ");
        let amendments = format!(r#", "amendments": [{allowed}, {counts}]"#);
        let with = |phases: &str| agreement(&counted("300"), phases, &amendments);
        let agreement = with(phases);
        assert_eq!(milestones(&agreement, "2025-04-30"), "baseline: 150; 2: 80; 3: 50");
        assert_eq!(milestones(&agreement, "2025-06-01"), "baseline: 150, settled; 2: 80; 3: 50");
        assert_required(
            &agreement,
            "us",
            &[("2025-06-01", OF_150), ("2025-09-30", OF_150), ("2025-10-01", "80 by 2, 80 by 2")],
        );
        let (now, plan) = (format!("{number}, {number}"), Interpolation::Step);
        assert_planned(&agreement, "us", plan, &[("2025-06-01", &now), ("2025-10-01", "80, 80")]);
        // Who leaves next leaves from the 150, however many are counted.
        let next = r#"{ "id": "1", "by": "2025-10-01", "limits": [{ "withdraw": 30 }] }"#;
        let agreement = with(next);
        assert_eq!(milestones(&agreement, "2025-06-01"), "baseline: 150, settled; 1: 120");
    }
}

/// A count of a day before the authorised number brings back no phase that has left, either.
#[test]
fn a_phase_that_has_left_stays_away() {
    let phase = r#"{ "id": "1", "by": "2025-01-01", "limits": [{ "withdraw_share": "0%..1%" }] }"#;
    let amendment = |strength: &str, as_of: &str| {
        format!(
            r#"{{ "title": "A count", "adopted": "2025-04-03",
                "changes": [{{ "baseline": {{ "strength": {strength}, "as_of": "{as_of}" }} }}] }}"#
        )
    };
    let removes = amendment(r#"0, "authorised": true"#, "2025-03-19");
    let (counts, recounts) = (amendment("0", "2025-03-20"), amendment("0", "2025-01-02"));
    for amendments in [format!("[{removes}, {counts}]"), format!("[{removes}, {counts}, {recounts}]")] {
        let agreement = agreement(&counted("1"), phase, &format!(r#", "amendments": {amendments}"#));
        assert_eq!(milestones(&agreement, "2025-04-03"), "baseline: 0, settled", "{amendments}");
    }
}

#[test]
fn a_phase_that_closes_on_the_day_of_an_authorised_number_stays() {
    let phase = r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "remain": 120 }] }"#;
    for (as_of, expected) in [("2025-03-01", "baseline: 150; 1: 120"), ("2025-03-02", "baseline: 150")] {
        let allows = format!(
            r#"{{ "title": "A number", "adopted": "{as_of}", "changes": [
                {{ "baseline": {{ "strength": 150, "as_of": "{as_of}", "authorised": true }} }}] }}"#
        );
        let agreement = agreement(&counted("300"), phase, &format!(r#", "amendments": [{allows}]"#));
        assert_eq!(milestones(&agreement, as_of), expected);
    }
}

/// Also where it was written after the baseline that settles it.
#[test]
fn a_phase_that_is_settled_at_once_keeps_who_may_stay() {
    let stays = r#""residual": [{ "strength": 100, "status": "agreed", "until": "2025-12-31" }]"#;
    let adds = r#"{ "title": "More", "adopted": "2025-08-01",
        "changes": [{ "add": { "id": "2", "by": "2025-04-01", "limits": [{ "remain": 40 }] }, "after": "1" }] }"#;
    let counts = r#"{ "title": "A count", "adopted": "2025-07-01",
        "changes": [{ "baseline": { "strength": 90, "as_of": "2025-07-01" } }] }"#;
    let phases = r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "remain": 120 }] }"#;
    let agreement = agreement(&counted("300"), phases, &format!(r#", {stays}, "amendments": [{counts}, {adds}]"#));
    assert_eq!(milestones(&agreement, "2025-08-01"), "2: 100, settled; 2: 40, settled");
}

/// A recount is no mistake, though the step that still waits now comes to fewer than the settled one.
#[test]
fn a_phase_that_waits_moves_behind_the_settled_ones() {
    let agreement = recounted(&counted("3000"), WAITS, "2100", "");
    assert_eq!(milestones(&agreement, "2025-06-30"), "1: 2,000; 2: 2,000");
    assert_eq!(milestones(&agreement, "2025-07-01"), "2: 2,000, settled; 1: 1,400");
    let due = &agreement.schedule("us").unwrap().required_milestones_on(day("2025-07-01"))[1].due;
    assert_eq!(due.to_string(), "awaiting the event handover");
    // It stays there once an amendment gives it a day, which the order of the text would not allow.
    let dated = r#", { "title": "dated", "adopted": "2025-08-01", "changes": [{ "phase": "1", "by": "2025-12-01" }] }"#;
    let agreement = recounted(&counted("3000"), WAITS, "2100", dated);
    assert_eq!(milestones(&agreement, "2025-08-01"), "2: 2,000, settled; 1: 1,400");
    assert_required(
        &agreement,
        "us",
        &[("2025-11-30", "2000 by 2, 2000 by 2"), ("2025-12-01", "1400 by 1, 1400 by 1")],
    );
    let outcomes =
        agreement.assess(&[Observation::present(day("2025-12-01"), Quantity::Exact(1_400))], day("2025-12-02"));
    let told: Vec<_> = outcomes.phases.iter().map(|of| format!("{} {}", of.phase, of.outcome)).collect();
    assert_eq!(told, ["1 met", "2 not-reported"]);
}

/// With each recount those that wait move on, be they the same as before or others.
#[test]
fn phases_that_wait_move_behind_all_that_later_recounts_settle() {
    let waits = |id: u32, remain: u32| {
        format!(r#"{{ "id": "{id}", "by": {{ "after": "event:handover" }}, "limits": [{{ "remain": {remain} }}] }}"#)
    };
    let by = |id: u32, day: &str, remain: u32| {
        format!(r#"{{ "id": "{id}", "by": "{day}", "limits": [{{ "remain": {remain} }}] }}"#)
    };
    let phases = [
        waits(1, 2_500),
        by(2, "2025-03-01", 2_300),
        waits(3, 1_500),
        by(4, "2025-09-01", 1_200),
        by(5, "2025-10-15", 1_000),
        by(6, "2026-03-01", 500),
    ];
    let later = |on: &str, strength: u32| {
        let baseline = format!(r#"{{ "baseline": {{ "strength": {strength}, "as_of": "{on}" }} }}"#);
        format!(r#", {{ "title": "recount", "adopted": "{on}", "changes": [{baseline}] }}"#)
    };
    let changes = r#"[{ "phase": "1", "by": "2025-12-01" }, { "phase": "3", "by": "2025-12-15" }]"#;
    let dated = format!(r#", {{ "title": "dated", "adopted": "2025-11-15", "changes": {changes} }}"#);
    let more = later("2025-10-01", 1_800) + &later("2025-11-01", 1_700) + &dated;
    let agreement = recounted(&counted("3000"), &phases.join(", "), "2100", &more);
    let on = ["2025-07-01", "2025-10-01", "2025-11-01", "2025-11-15"].map(|on| milestones(&agreement, on));
    let expected = [
        "2: 2,300, settled; 1: 2,300; 3: 1,500; 4: 1,200; 5: 1,000; 6: 500",
        "4: 1,200, settled; 1: 1,200; 3: 1,200; 5: 1,000; 6: 500",
        "5: 1,000, settled; 1: 1,000; 3: 1,000; 6: 500",
        "5: 1,000, settled; 1: 1,000; 3: 1,000; 6: 500",
    ];
    assert_eq!(on, expected);
}

/// Not for what its number does to ceilings, be it of a phase that has not moved; who writes a phase is.
#[test]
fn a_plain_recount_is_never_refused_for_its_number() {
    let phases = r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "remain": 2500 }] },
        { "id": "2", "by": "2025-09-01", "limits": [{ "withdrawn": 1000 }] },
        { "id": "3", "by": "2025-10-01", "limits": [{ "remain": 400 }] }"#;
    let amendments = |strength: u32, more: &str| {
        let baseline = format!(r#"{{ "baseline": {{ "strength": {strength}, "as_of": "2025-07-01" }} }}"#);
        format!(
            r#", "amendments": [{{ {RECOUNT}, "changes": [{baseline}{more}] }}, {{ "title": "b", "adopted": "2025-08-01", "changes": [] }}]"#
        )
    };
    let refused = r#", { "phase": "3", "title": "the last" }"#;
    for (strength, found) in [
        (4_500, &["ceiling-rises"][..]),
        (900, &["withdraws-more-than-left", "ceiling-rises"]),
        (1_100, &["ceiling-rises"]),
    ] {
        assert_eq!(codes(&counted("3000"), phases, &amendments(strength, "")), [""; 0], "{strength}");
        assert_eq!(codes(&counted("3000"), phases, &amendments(strength, refused)), found, "{strength}");
    }
    let rises = r#", { "add": { "id": "4", "by": "2025-11-01", "limits": [{ "remain": 401 }] }, "after": "3" }"#;
    assert_eq!(codes(&counted("3000"), phases, &amendments(3_000, rises)), ["ceiling-rises"]);
}

/// A force of one party alone is listed before one that all agreed on later; each keeps its own limits.
#[test]
fn a_force_agreed_on_after_one_of_a_party_alone_is_judged_by_its_own_limits() {
    let amendments = r#", "record": [{ "on": "2025-01-01", "act": "approved" }], "amendments": [
        { "title": "A", "adopted": "2025-02-01", "unilateral": "USA", "changes": [{ "add_force": { "id": "own" } }] },
        { "title": "B", "adopted": "2025-02-10", "changes": [{ "add_force": { "id": "late" } },
          { "add": { "id": "2", "by": "2025-06-01", "limits": [{ "force": "late", "remain": 10 }] }, "after": "1" }] }]"#;
    let agreement = agreement(&counted("1000"), &MORE.replace("13000", "900"), amendments);
    let seen = [Observation::present(day("2025-06-01"), Quantity::Exact(11)).of("late")];
    let assessment = agreement.assess(&seen, day("2025-06-02"));
    let phases: Vec<_> =
        assessment.phases.iter().map(|of| format!("{} {:?} {}", of.phase, of.force.as_deref(), of.outcome)).collect();
    assert_eq!(phases, ["1 Some(\"us\") not-reported", "2 Some(\"late\") overdue"]);
}

#[test]
fn a_circle_is_reported_at_a_phase_of_it() {
    let phases = r#"{ "id": "1", "by": { "any": [{ "after": "phase:2" }, { "after": "phase:1" }] } },
        { "id": "2", "by": "2025-03-01" }"#;
    let terms: Terms = serde_json::from_str(&document(FORCE, phases, "")).unwrap();
    let invalid = terms.validate().unwrap_err().to_string();
    assert!(invalid.contains("deadline-circle at phases[0].by: the deadline counts from itself: 1, 1"), "{invalid}");
}

#[test]
fn an_end_that_a_share_leaves_open_is_not_in_it() {
    let remains = |base: &str, limits: &str| {
        let phases = format!(r#"{{ "id": "1", "by": "2025-03-01", "limits": [{{ {limits} }}] }}"#);
        let milestones = agreement(&counted(base), &phases, "");
        milestones.schedule("us").unwrap().required_milestones_on(day("2025-01-01"))[0].band.to_string()
    };
    for (base, limit, band) in [
        ("1000", r#""remain_share": "fewer than 50%""#, "499"),
        ("1001", r#""remain_share": "fewer than 50%""#, "500"),
        ("1000", r#""remain_share": "at most 50%""#, "500"),
        ("1000", r#""withdrawn_share": "more than 50%""#, "499"),
        ("1000", r#""withdraw_share": "more than 50%""#, "499"),
        ("3000", r#""remain_share": "fewer than 66.6%""#, "1,997"),
        ("0", r#""remain_share": "fewer than 50%""#, "0"),
        // A ceiling rounds down, so that a share just above a half may come to a half.
        ("1000", r#""remain_share": "more than 50%""#, "500-1,000"),
    ] {
        assert_eq!(remains(base, limit), band, "{limit} of {base}");
    }
    // More than half, twice, is more than all.
    let twice = r#"{ "id": "1", "by": "2025-03-01", "limits": [{ "withdraw_share": "more than 50%" }] },
        { "id": "2", "by": "2025-06-01", "limits": [{ "withdraw_share": "more than 50%" }] }"#;
    assert_eq!(codes(FORCE, twice, ""), ["withdraws-more-than-left"]);
    assert_eq!(codes(FORCE, &twice.replace("more than", "at least"), ""), [""; 0]);
}

#[test]
fn a_count_next_to_an_open_end_is_told_from_one_on_it() {
    let judged = |base: &str, limit: &str, gone: &str| {
        let phases = format!(r#"{{ "id": "1", "by": "2025-03-01", "limits": [{{ "withdrawn_share": "{limit}" }}] }}"#);
        let agreement =
            agreement(&counted(base), &phases, r#", "record": [{ "on": "2025-01-01", "act": "approved" }]"#);
        let seen = [Observation::withdrawn_share(day("2025-03-02"), gone.parse().unwrap())];
        let force = agreement.assess(&seen, day("2025-03-02")).forces.remove(0);
        let (observed, margin) = (force.observed.unwrap(), force.margin.unwrap());
        let people = format!("{} to {}", observed.low, observed.high.map_or("-".to_owned(), |high| high.to_string()));
        format!("{}, {people}, margin {:?} to {:?}", force.verdict, margin.low, margin.high)
    };
    for (base, limit, gone, told) in [
        ("1000", "50%", "more than 50%", "compliant, 0 to 499, margin Some(1) to Some(500)"),
        ("1000", "more than 50%", "50%", "exceeded, 500 to 500, margin Some(-1) to Some(-1)"),
        ("1000", "more than 50%", "more than 50%", "compliant, 0 to 499, margin Some(0) to Some(499)"),
        ("1000", "50%", "fewer than 50%", "exceeded, 501 to 1000, margin Some(-500) to Some(-1)"),
        // Of a vague base, only shares tell.
        (r#""about 1000""#, "50%", "fewer than 50%", "exceeded, 451 to 1100, margin Some(-550) to Some(0)"),
    ] {
        assert_eq!(judged(base, limit, gone), told, "{gone} of {base}, where {limit} is required");
    }
}

/// How many fewer a limit lets be there, how vague it is, and whether it is envisaged.
type Falling = (u32, u32, bool);

/// Limits that fall, and a count.
fn remains() -> impl Strategy<Value = (Vec<Falling>, (u32, u32))> {
    let limit = (0..1_000_u32, 0..300_u32, any::<bool>());
    (proptest::collection::vec(limit, 1..6), (0..6_000_u32, 0..500_u32))
}

fn falling(limits: &[Falling], base: Option<(u32, u32)>) -> Terms {
    let mut terms = Terms::new("plan");
    terms.parties = vec![Party::new("USA", "United States", Role::Sending)];
    let first = day("2025-01-01");
    let count = base.map(|(low, more)| Baseline::new(Quantity::Range(low, low + more), first));
    terms.forces = vec![Force { baseline: count, ..Force::new("us") }];
    let mut left: u32 = limits.iter().map(|(falls, _, _)| falls).sum();
    for (index, (falls, more, envisaged)) in limits.iter().enumerate() {
        left -= falls;
        let by = Deadline::day(first + chrono::Days::new(index as u64 * 7));
        let limit = Limit::remain(Quantity::Range(left, left + more));
        let standing = envisaged.then_some(force_drawdown::Standing::Envisaged);
        terms.phases.push(Phase { standing, ..Phase::new(index.to_string(), by).limit(limit) });
    }
    terms
}

/// A recount of a force, on its own.
fn recount(force: &str, strength: u32, as_of: chrono::NaiveDate, adopted: chrono::NaiveDate) -> Amendment {
    let baseline = NewBaseline::new(Baseline::new(strength, as_of)).of(force);
    Amendment::new("recount", adopted).change(Change::Baseline { baseline })
}

/// The day from which a recount governs after every amendment; `None` where one waits.
fn last_change(agreement: &Agreement) -> Option<NaiveDate> {
    let amendments = &agreement.terms().amendments;
    let adopted = amendments.iter().map(|amendment| amendment.adopted);
    let governed = agreement.versions().filter_map(force_drawdown::history::Version::effective);
    let is_waiting = agreement.versions().count() <= amendments.len();
    adopted.chain(governed).chain([day("1990-01-01")]).max().filter(|_| !is_waiting)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A count is no ceiling, and caps each end of the plan.
    #[test]
    fn a_count_lowers_no_ceiling((limits, (low, more)) in remains()) {
        let counted = Agreement::try_from(falling(&limits, Some((low, more)))).unwrap();
        let free = Agreement::try_from(falling(&limits, None)).unwrap();
        let first = day("2025-01-01");
        let [counted, free] = [&counted, &free].map(|agreement| agreement.schedule("us").unwrap());
        prop_assert_eq!(counted.required_milestones_on(first), free.required_milestones_on(first));
        let planned = counted.planned_milestones_on(first);
        for (ours, all) in planned.iter().zip(free.planned_milestones_on(first)) {
            let ends = (all.band.low().min(low), all.band.high().unwrap().min(low + more));
            prop_assert_eq!((ours.band.low(), ours.band.high()), (ends.0, Some(ends.1)));
        }
    }

    /// Whatever it counts; what it settles keeps its ceiling, and what follows is capped by that at both ends.
    #[test]
    fn a_recount_is_accepted_and_changes_no_settled_ceiling(
        terms in strategies::terms(), place in 0..8_usize, strength in 0..5_000_u32, days in 0..500_u64,
    ) {
        let before = Agreement::try_from(terms.clone()).unwrap();
        let force = terms.forces[place % terms.forces.len()].id.clone();
        let Some(last) = last_change(&before) else { return Ok(()) };
        let Some(first) = before.schedule(&force).unwrap().days() else { return Ok(()) };
        let as_of = *first.start() + chrono::Days::new(days);
        let adopted = last.max(as_of);
        let mut after = terms;
        after.amendments.push(recount(&force, strength, as_of, adopted));
        let refused = |terms: &Terms| terms.validate().err().map(|invalid| invalid.to_string());
        if let Some(refused) = refused(&after) {
            let text = serde_json::to_string(&after).unwrap();
            prop_assert!(!refused.contains("ceiling-rises") && !refused.contains("withdraws-more"), "{}\n{}", refused, text);
            return Ok(());
        }
        let after = Agreement::try_from(after).unwrap();
        let [was, is] = [&before, &after].map(|of| of.schedule(&force).unwrap().required_milestones_on(adopted));
        let own = |of: &[force_drawdown::Milestone<'_>], by: SetBy<&str>| {
            of.iter().find(|one| one.by == by && !one.residual_ends).map(|one| one.band)
        };
        let Some(settled) = is.iter().find(|one| one.settled && !one.residual_ends) else { return Ok(()) };
        // An earlier day settles fewer, of which the version before does not list all.
        prop_assert!(own(&was, settled.by).is_none_or(|band| band == settled.band), "{:?}, {:?}", settled, was);
        for later in is.iter().skip_while(|one| !one.settled).filter(|one| !one.settled) {
            prop_assert!(later.band.low() <= settled.band.low(), "{:?} in {:?}", later, settled);
            prop_assert!(later.band.high().map_or(u64::MAX, u64::from) <= settled.band.high().map_or(u64::MAX, u64::from));
        }
    }

    /// A vaguer recount only widens what is required, where its number contradicts no phase.
    #[test]
    fn a_vaguer_recount_requires_a_wider_band(
        terms in strategies::terms(), (low, more) in (0..3_000_u32, 0..500_u32), days in 0..500_u64,
    ) {
        let agreement = Agreement::try_from(terms.clone()).unwrap();
        let force = terms.forces[0].id.clone();
        let Some(last) = last_change(&agreement) else { return Ok(()) };
        let Some(first) = agreement.schedule(&force).unwrap().days() else { return Ok(()) };
        let as_of = *first.start() + chrono::Days::new(days);
        // What an earlier recount left in contradiction stays so.
        let counts = |change: &Change| matches!(change, Change::Baseline { .. });
        if terms.amendments.iter().any(|amendment| amendment.changes.iter().all(counts)) {
            return Ok(());
        }
        let with = |strength: Quantity| {
            let mut terms = terms.clone();
            let baseline = NewBaseline::new(Baseline::new(strength, as_of)).of(&force);
            // With another change beside it, it is refused for what it contradicts.
            let change = Change::AddForce { add_force: Force::new("beside") };
            terms.amendments.push(Amendment::new("recount", last.max(as_of)).change(Change::Baseline { baseline }).change(change));
            Agreement::try_from(terms)
        };
        let [narrow, vague] = [Quantity::Exact(low + more / 2), Quantity::Range(low, low + more)].map(with);
        let (Ok(narrow), Ok(vague)) = (narrow, vague) else { return Ok(()) };
        let on = last.max(as_of);
        let [narrow, vague] = [&narrow, &vague].map(|of| of.schedule(&force).unwrap().required_milestones_on(on));
        for (narrow, vague) in narrow.iter().zip(vague) {
            let text = || serde_json::to_string(&terms).unwrap();
            prop_assert!(vague.band.contains_band(narrow.band), "{:?} in {:?}, {}, {}\n{}", narrow, vague, force, as_of, text());
        }
    }
}
