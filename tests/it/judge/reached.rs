//! A phase is met, late or missed once, whatever comes after; when that was; and whether it bound on that day.

use force_drawdown::Observation;
use proptest::prelude::*;

use super::cases::cases;
use super::*;

const BASELINE: &str = r#", "baseline": { "strength": 20, "as_of": "2000-01-02" }"#;
const END: &str = "2000-01-31";

/// Twenty people, of whom ten may stay after a phase.
fn half(by: &str, more: &str) -> Agreement {
    agreement(BASELINE, &format!(r#"{{ "id": "1", "by": {by}, "limits": [{{ "remain": 10 }}] }}"#), more)
}

fn assert_outcomes(agreement: &Agreement, table: &[(&[&str], &str)]) {
    for (rows, expected) in table {
        let assessment = agreement.assess(&seen(rows), day(END));
        assert_eq!(outcome(&assessment.phases[0]), *expected, "{rows:?}");
    }
}

/// Suez, 1956: within twenty months of 19 October 1954; the last soldiers left on 13 June, and others came back.
#[test]
fn who_left_in_time_and_came_back_was_in_time() {
    let by = r#"{ "any": ["1956-06-18", "1956-06-19"] }"#;
    let phases = format!(r#"{{ "id": "complete", "by": {by}, "limits": [{{ "remain": 0 }}] }}"#);
    let record = r#", "record": [{ "on": "1954-10-19", "act": "announced" }]"#;
    let canal = agreement("", &phases, record);
    let rows = ["1956-06-12,present,at least 1", "1956-06-13,present,0", "1956-11-06,present,thousands"];
    for (rows, on, verdict) in [(&rows[..2], "1956-06-30", "compliant"), (&rows[..], "1956-11-06", "exceeded")] {
        assert_judged(&canal, on, &[(rows, verdict, "met, slip -6 to -5")]);
    }
}

#[test]
fn one_reading_after_another() {
    let at_or_below = ["2000-01-10,present,10"];
    assert_outcomes(
        &half("\"2000-01-10\"", ""),
        &[
            // Met by the last count on or before the due day.
            (&at_or_below, "met, slip -7 to 0"),
            (&[at_or_below[0], "2000-01-11,present,11"], "met, slip -7 to 0"),
            // Above after it, until some count is not.
            (&["2000-01-11,present,11"], "overdue, slip 2 to -"),
            (&["2000-01-11,present,11", "2000-01-12,present,10"], "late, slip 2 to 2"),
            (&["2000-01-11,present,11", "2000-01-12,present,10", "2000-01-13,present,11"], "late, slip 2 to 2"),
            (&["2000-01-09,present,11", "2000-01-11,present,11"], "overdue, slip 2 to -"),
            // Nothing after it: overdue only by a count of the day itself.
            (&["2000-01-09,present,11"], "undetermined"),
            (&["2000-01-10,present,11"], "overdue, slip 1 to -"),
            // At or below after it: late only by a count of the day itself.
            (&["2000-01-09,present,11", "2000-01-12,present,10"], "undetermined, slip 0 to 2"),
            (&["2000-01-10,present,11", "2000-01-12,present,10"], "late, slip 1 to 2"),
            (&["2000-01-12,present,10"], "undetermined, slip -7 to 2"),
            (&["2000-01-12,present,10", "2000-01-15,present,11"], "undetermined, slip -7 to 2"),
        ],
    );
}

#[test]
fn missed_is_late_in_some_readings_and_overdue_in_others() {
    assert_outcomes(
        &half("\"2000-01-10\"", ""),
        &[
            (&["2000-01-11,present,12", "2000-01-20,present,9..11"], "missed, slip 2 to -"),
            (&["2000-01-10,present,12", "2000-01-20,present,9..11"], "missed, slip 1 to -"),
            (&["2000-01-11,present,12", "2000-01-20,present,9..11", "2000-01-21,present,10"], "late, slip 2 to 11"),
            (&["2000-01-09,present,12", "2000-01-20,present,9..11"], "undetermined"),
            // Of the counts of one day a reading takes one, and so may take no other than one above.
            (
                &["2000-01-11,present,12", "2000-01-15,present,10", "2000-01-15/2000-01-16,present,12"],
                "missed, slip 2 to -",
            ),
            (
                &["2000-01-11,present,12", "2000-01-14,present,10", "2000-01-15/2000-01-16,present,12"],
                "late, slip 2 to 4",
            ),
            // One that closes before it does hides it, too.
            (
                &["2000-01-11,present,12", "2000-01-14/2000-01-15,present,12", "2000-01-15/2000-01-17,present,10"],
                "missed, slip 2 to -",
            ),
            // One hides two only if both may be of one day.
            (
                &[
                    "2000-01-11,present,12",
                    "2000-01-15,present,10",
                    "2000-01-15/2000-01-16,present,12",
                    "2000-01-16,present,10",
                ],
                "late, slip 2 to -",
            ),
            (
                &[
                    "2000-01-11,present,12",
                    "2000-01-15,present,10",
                    "2000-01-15/2000-01-16,present,12",
                    "2000-01-14/2000-01-15,present,10",
                ],
                "missed, slip 2 to -",
            ),
            (
                &[
                    "2000-01-11,present,12",
                    "2000-01-15,present,10",
                    "2000-01-15/2000-01-16,present,12",
                    "2000-01-16,present,10",
                    "2000-01-14/2000-01-16,present,9..12",
                ],
                "missed, slip 2 to -",
            ),
        ],
    );
}

/// A count on the baseline's own day, thirty days before the end of the window.
#[test]
fn a_slip_is_evened_out_in_days() {
    let baseline = r#", "baseline": { "strength": 100, "as_of": "2020-01-10" }"#;
    let phases = r#"{ "id": "1", "by": "2020-01", "limits": [{ "remain": 50 }] }"#;
    assert_judged(
        &agreement(baseline, phases, ""),
        "2020-02-01",
        &[
            (&["2020-01-10,present,40"], "compliant", "met, slip -21 to 0"),
            (&["2020-01-10/2020-01-12,present,40"], "compliant", "undetermined, slip -21 to 2"),
        ],
    );
}

/// The deadline waits for an event: with the last counts at or below the ceiling it is met, whenever that comes.
#[test]
fn a_deadline_that_waits_is_met_where_no_reading_puts_it_before_the_judgement() {
    let after = |event: &str| format!(r#"{{ "after": "{event}", "days": 5 }}"#);
    let list = |kind: &str, members: &[&str]| format!(r#"{{ "{kind}": [{}] }}"#, members.join(", "));
    let (force, other, open, known) = (after("entry-into-force"), after("event:e"), "\"open\"", "\"2000-01-10\"");
    for (by, expected) in [
        (force.clone(), "met"),
        (list("latest", &[&force, known]), "met"),
        (list("any", &[&force, &other]), "met"),
        (list("earliest", &[&force, &other]), "met"),
        (list("any", &[&force, known]), "awaiting"),
        (open.to_owned(), "awaiting"),
        (list("latest", &[&force, open]), "awaiting"),
        (list("latest", &[&force, &list("any", &[open, known])]), "awaiting"),
        (list("latest", &[known, &list("any", &[&other, known])]), "awaiting"),
    ] {
        let plan = half(&by, "");
        assert_outcomes(
            &plan,
            &[
                (&["2000-01-05,present,12", "2000-01-09,present,10"], expected),
                (&["2000-01-05,present,10", "2000-01-09,present,11"], "awaiting"),
                (&["2000-01-05,present,10", "2000-01-05/2000-01-09,present,12"], "awaiting"),
                (&["2000-01-09,present,9..11"], "awaiting"),
                (&[], "awaiting"),
            ],
        );
    }
    let conditions = |by: &str| {
        let phase = format!(r#"{{ "id": "1", "by": {by}, "conditions": ["e"], "limits": [{{ "remain": 10 }}] }}"#);
        agreement(BASELINE, &phase, "")
    };
    assert_outcomes(&conditions(known), &[(&["2000-01-09,present,10"], "met")]);
    assert_outcomes(&conditions(open), &[(&["2000-01-09,present,10"], "awaiting")]);
    // What counts from a phase waits as that does, and an event that was to come waits as its deadline does.
    let phases = |by: &str| {
        format!(
            r#"{{ "id": "0", "by": {by} }},
               {{ "id": "1", "by": {{ "after": "phase:0" }}, "limits": [{{ "remain": 10 }}], "done": "over" }}"#
        )
    };
    for (by, expected) in [(force.as_str(), "met"), (open, "awaiting")] {
        let plan = agreement(BASELINE, &phases(by), "");
        assert_outcomes(&plan, &[(&["2000-01-09,present,10"], expected)]);
        assert_eq!(outcome(&plan.assess(&[], day(END)).phases[1]), "awaiting");
    }
    let why = half(&force, "").assess(&seen(&["2000-01-09,present,10"]), day(END)).explain();
    assert_eq!(
        why.phases,
        ["Step 1: met. Its deadline waits for the entry into force. The last count is 10 on 9 January 2000."]
    );
}

#[test]
fn whether_it_bound_when_due() {
    let judged = |by: &str, record: &str, on: &str| {
        let record = format!(r#", "record": [{{ "on": "2000-01-04", "act": "announced" }}{record}]"#);
        let agreement = half(by, &record);
        let assessment = agreement.assess(&seen(&["2000-01-03,present,11", "2000-01-20,present,11"]), day(on));
        let words = assessment.explain().phases.remove(0);
        (assessment.phases[0].binding_when_due, words)
    };
    let suspended = r#", { "on": "2000-01-08", "act": "suspended" }, { "on": "2000-01-12", "act": "resumed" }"#;
    for (by, record, on, expected) in [
        ("2000-01-10", "", END, Some(true)),
        ("2000-01-03", "", END, Some(false)),
        ("2000-01-04", "", END, Some(true)),
        ("2000-01-03/2000-01-04", "", END, None),
        ("2000-01-10", suspended, END, Some(false)),
        ("2000-01-08/2000-01-11", suspended, END, Some(false)),
        ("2000-01-07/2000-01-13", suspended, END, None),
        ("2000-01-12", suspended, END, Some(true)),
        // As far as the days have come.
        ("2000-01-08/2000-01-14", suspended, "2000-01-11", Some(false)),
        ("2000-01-08/2000-01-14", suspended, "2000-01-12", None),
        ("2000-01-10", "", "2000-01-10", Some(true)),
        ("2000-01-10", "", "2000-01-09", None),
    ] {
        let (found, words) = judged(&format!("\"{by}\""), record, on);
        assert_eq!(found, expected, "{by} on {on}");
        let says = |text: &str| words.contains(text);
        assert_eq!(says("Step 1: not binding when due; would be "), expected == Some(false), "{words}");
        let has_come = by.get(..10).unwrap() <= on;
        assert_eq!(says("bound on some of those days only."), has_come && expected.is_none(), "{words}");
    }
    assert_eq!(judged("\"open\"", "", END).0, None);
    let terminated = r#", { "on": "2000-01-10", "act": "terminated" }"#;
    for (by, expected) in [
        (r#""2000-01-20""#, Some(false)),
        (r#"{ "after": "termination", "days": 5 }"#, Some(true)),
        (r#"{ "any": [{ "after": "termination", "days": 5 }, "2000-01-08"] }"#, Some(true)),
        (r#"{ "any": [{ "after": "termination", "days": 5 }, "2000-01-03"] }"#, None),
    ] {
        assert_eq!(judged(by, terminated, END).0, expected, "{by}");
    }
    // Suspended until its end, it bound on none of the days before, and on each after it.
    let suspended_and_terminated =
        r#", { "on": "2000-01-05", "act": "suspended" }, { "on": "2000-01-10", "act": "terminated" }"#;
    let by = r#"{ "any": [{ "after": "termination", "days": 5 }, "2000-01-08"] }"#;
    assert_eq!(judged(by, suspended_and_terminated, END).0, None);
    assert_eq!(judged(by, suspended_and_terminated, "2000-01-10").0, Some(false));
    // Suspended until its end, it bound on none of the days before, and on each after it.
    let suspended_and_terminated =
        r#", { "on": "2000-01-05", "act": "suspended" }, { "on": "2000-01-10", "act": "terminated" }"#;
    let by = r#"{ "any": [{ "after": "termination", "days": 5 }, "2000-01-08"] }"#;
    assert_eq!(judged(by, suspended_and_terminated, END).0, None);
    assert_eq!(judged(by, suspended_and_terminated, "2000-01-10").0, Some(false));
}

#[test]
fn an_original_says_it_too() {
    let more = r#", "record": [{ "on": "2000-01-04", "act": "announced" }], "amendments": [
        { "title": "A", "adopted": "2000-01-05", "changes": [{ "phase": "1", "by": "2000-01-10" }] }]"#;
    let judged =
        half("\"2000-01-03\"", more).assess(&seen(&["2000-01-03,present,11", "2000-01-09,present,10"]), day(END));
    let first = judged.phases[0].original.as_ref().unwrap();
    assert_eq!((judged.phases[0].binding_when_due, first.binding_when_due), (Some(true), Some(false)));
    let words = "As first agreed, it fell due on 3 January 2000, and at most 10 were to remain; \
                 by that, not binding when due, it would be late";
    assert!(judged.explain().phases[0].contains(words), "{}", judged.explain());
}

#[test]
fn an_original_is_told_by_what_is_taken_away_too() {
    let phases = |first: &str| {
        format!(
            r#"{{ "id": "0", "by": "2000-01-05", "limits": [{{ "remain": 15 }}] }},
               {{ "id": "1", "by": "2000-01-10", "limits": [{{ {first} }}] }}"#
        )
    };
    let amended = |change: &str| {
        let amendment = format!(
            r#", "amendments": [{{ "title": "A", "adopted": "2000-01-03", "changes": [{{ "phase": "1", {change} }}] }}]"#
        );
        let agreement = agreement(BASELINE, &phases(r#""withdraw": 5"#), &amendment);
        agreement.assess(&[], day(END)).phases.remove(1)
    };
    for (change, is_there) in [
        (r#""title": "One""#, false),
        (r#""limits": [{ "withdraw": 5, "note": "the same" }]"#, false),
        // The ceiling is the same ten.
        (r#""limits": [{ "withdrawn": 10 }]"#, true),
        (r#""limits": [{ "withdraw": 6 }]"#, true),
        (r#""by": "2000-01-11""#, true),
    ] {
        assert_eq!(amended(change).original.is_some(), is_there, "{change}");
    }
}

#[test]
fn the_age_of_a_count() {
    let plan = half("\"2000-01-10\"", "");
    let rows = ["2000-01-12/2000-01-14,present,10", "2000-01-13,present,9"];
    let judging = plan.judging(day("2000-01-20"));
    let judged = judging.assess(&seen(&rows));
    let observed = judged.forces[0].observed.unwrap();
    assert_eq!((observed.age_days.low, observed.age_days.high), (Some(6), Some(8)));
    assert!(
        judged.explain().forces[0]
            .contains("The latest count is 9 to 10 between 12 and 14 January 2000, 6 to 8 days before.")
    );
    assert_eq!(judged, plan.assess(&seen(&rows), day("2000-01-20")));
    for (days, verdict) in [(7, "not-reported"), (8, "compliant")] {
        let fresh = judging.fresh_within(days).assess(&seen(&rows));
        assert_eq!(fresh.forces[0].verdict.as_str(), verdict, "within {days} days");
        assert_eq!(fresh.forces[0].observed, Some(observed));
        assert_eq!(fresh.phases, judged.phases);
        let words = "not judged on 20 January 2000, for the latest count may be more than 7 days old.";
        assert_eq!(fresh.explain().forces[0].contains(words), days == 7);
    }
    // Nothing older makes it more certain.
    assert_eq!(judging.fresh_within(0).assess(&[]).forces[0].verdict.as_str(), "not-reported");
    for (date, words) in
        [("2000-01-19", "9 on 19 January 2000, 1 day before."), ("2000-01-20", "9 on 20 January 2000.")]
    {
        let why = judging.assess(&seen(&[&format!("{date},present,9")])).explain();
        assert!(why.forces[0].contains(words), "{}", why.forces[0]);
    }
}

#[test]
fn the_standing_of_a_dropped_phase_is_the_last_it_had() {
    let amendments = r#", "amendments": [
        { "title": "A", "adopted": "2000-01-03", "changes": [{ "phase": "1", "standing": "envisaged" },
            { "add": { "id": "2", "by": "2000-01-20", "limits": [{ "remain": 5 }] }, "after": "1" }] },
        { "title": "B", "adopted": "2000-01-05", "changes": [{ "drop": "1" }] }]"#;
    let agreement = half("\"2000-01-10\"", amendments);
    for (on, of_phase) in
        [("2000-01-02", "binding pending"), ("2000-01-03", "envisaged pending"), (END, "envisaged dropped")]
    {
        let assessment = agreement.assess(&[], day(on));
        let first = &assessment.phases[0];
        assert_eq!(format!("{} {}", first.standing, first.outcome), of_phase, "on {on}");
    }
}

#[test]
fn long_names_are_cut_in_sentences() {
    let long = "x".repeat(5_000);
    let baseline = format!(r#", "name": "{long}"{BASELINE}"#);
    let phases: Vec<String> = (10..30)
        .map(|day| format!(r#"{{ "id": "{day}", "by": "2000-01-{day}", "limits": [{{ "remain": {} }}] }}"#, 30 - day))
        .collect();
    let agreement = agreement(&baseline, &phases.join(", "), "");
    let mut rows = seen(&["2000-01-08,present,12"]);
    rows[0].source = Some(long.clone());
    let why = agreement.assess(&rows, day(END)).explain().to_string();
    assert!(why.starts_with(&format!("{}…: undecided on", &long[..60])), "{why}");
    assert!(why.contains(&format!(" ({}…).", &long[..60])), "{why}");
    assert!(why.len() < 2 * (long.len() * 2), "{}", why.len());
}

/// 12,000 counted in January, and "about 13,000" allowed by the end of August: 11,700 to 14,300.
#[test]
fn a_vague_ceiling_near_the_count_is_as_vague_as_its_text() {
    let baseline = r#", "baseline": { "strength": 12000, "as_of": "2020-01-01" }"#;
    let phases = r#"{ "id": "1", "by": "2020-08-28", "limits": [{ "remain": "about 13,000" }] }"#;
    let agreement = agreement(baseline, phases, "");
    assert_judged(
        &agreement,
        "2020-09-30",
        &[
            (&["2020-09-30,present,12500"], "undetermined", "undetermined"),
            (&["2020-09-30,present,11700"], "compliant", "undetermined, slip -239 to 33"),
            (&["2020-08-28,present,11700"], "compliant", "met, slip -239 to 0"),
            (&["2020-08-28,present,14300"], "undetermined", "undetermined"),
            (&["2020-08-28,present,14301"], "exceeded", "overdue, slip 1 to -"),
        ],
    );
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// What may remain is what the text says, however many were counted before.
    #[test]
    fn a_ceiling_is_judged_as_written_whatever_was_counted(
        strength in 0..40_u32, low in 0..40_u32, spread in 0..9_u32, present in 0..50_u32
    ) {
        let baseline = format!(r#", "baseline": {{ "strength": {strength}, "as_of": "2000-01-02" }}"#);
        let limit = format!(r#"[{{ "remain": "{low}..{}" }}]"#, low + spread);
        let agreement = agreement(&baseline, &format!(r#"{{ "id": "1", "by": "2000-01-10", "limits": {limit} }}"#), "");
        let expected = match present {
            present if present <= low => ("compliant", "met"),
            present if present > low + spread => ("exceeded", "overdue"),
            _ => ("undetermined", "undetermined"),
        };
        let judged = agreement.assess(&[Observation::present(day("2000-01-10"), present)], day(END));
        prop_assert_eq!((judged.forces[0].verdict.as_str(), judged.phases[0].outcome.as_str()), expected);
    }
}
