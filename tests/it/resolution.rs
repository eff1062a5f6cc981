//! How deadlines, versions and chains are resolved, at their edges.

use force_drawdown::{Agreement, Observation, Quantity, ReadError, SetBy, Verdict};

use crate::support::{day, document};

fn agreement(forces: &str, phases: &str, rest: &str) -> Agreement {
    let text = document(forces, phases, rest);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn violations(forces: &str, phases: &str, rest: &str) -> Vec<String> {
    let text = document(forces, phases, rest);
    match Agreement::read(&mut serde_json::Deserializer::from_str(&text)) {
        Err(ReadError::Invalid(invalid)) => invalid.violations().iter().map(ToString::to_string).collect(),
        Err(ReadError::Syntax(error)) => panic!("{error}"),
        Ok(_) => Vec::new(),
    }
}

const ONE: &str = r#"{ "id": "f", "baseline": { "strength": 1000, "as_of": "2025-01-01" } }"#;

/// When phase 2 is due, which counts from what `by` says.
fn due(by: &str, rest: &str) -> String {
    let phases = format!(
        r#"{{ "id": "1", "by": "2025-02-01", "limits": [{{ "remain": 900 }}] }},
        {{ "id": "open", "by": "open" }}, {{ "id": "signed", "by": {{ "after": "signature" }} }},
        {{ "id": "2", "by": {by}, "limits": [{{ "remain": 800 }}] }}"#
    );
    let agreement = agreement(ONE, &phases, rest);
    agreement.schedule("f").unwrap().required_milestones_on(day("2025-01-01"))[1].due.to_string()
}

#[test]
fn deadlines_come_to_windows_or_say_what_they_await() {
    let rows = [
        (r#"{ "after": "2025-03-01", "days": 2 }"#, "2025-03-03"),
        (r#"{ "after": "phase:1", "months": 1 }"#, "2025-03-01"),
        (r#"{ "latest": [{ "after": "phase:1", "days": 40 }, "2025-03-01"] }"#, "2025-03-13"),
        (
            r#"{ "any": [{ "latest": [{ "after": "phase:1", "days": 40 }] }, "2025-03-01"] }"#,
            "2025-03-01 to 2025-03-13",
        ),
        (r#"{ "earliest": [{ "after": "signature" }, "2025-03-01", "2025-04"] }"#, "2025-03-01"),
        (r#"{ "earliest": [{ "after": "signature" }, { "after": "approval" }] }"#, "awaiting signature and approval"),
        (
            r#"{ "latest": [{ "after": "signature" }, { "after": "signature", "days": 1 }, "2025-03-01"] }"#,
            "awaiting signature",
        ),
        (r#"{ "any": ["open", "2025-03-01"] }"#, "not known"),
        (r#""open""#, "not known"),
        (r#"{ "after": "phase:open", "days": 1 }"#, "awaiting phase open"),
        (r#"{ "after": "phase:signed", "days": 1 }"#, "awaiting signature"),
        (r#"{ "after": "event:x" }"#, "awaiting the event x"),
    ];
    for (by, expected) in rows {
        assert_eq!(due(by, ""), expected, "{by}");
    }
    let signed = r#", "record": [{ "on": "2025-05-01/2025-05-03", "act": "signed" }]"#;
    assert_eq!(due(r#"{ "after": "phase:signed", "days": 1 }"#, signed), "2025-05-02 to 2025-05-04");
}

#[test]
fn at_most_eight_awaited_events_are_named() {
    let events: Vec<String> = (0..12).map(|n| format!(r#"{{ "after": "event:e{n}" }}"#)).collect();
    let text = due(&format!(r#"{{ "latest": [{}] }}"#, events.join(", ")), "");
    assert_eq!(text.matches("the event").count(), 8, "{text}");
}

#[test]
fn conditions_make_a_phase_due_later() {
    let phases = r#"{ "id": "1", "by": "2025-02-01", "conditions": ["a", "b"], "limits": [{ "remain": 900 }] }"#;
    let on = |record: &str| {
        let agreement = agreement(ONE, phases, &format!(r#", "record": [{record}]"#));
        agreement.schedule("f").unwrap().required_milestones_on(day("2025-01-01"))[0].due.to_string()
    };
    let a = r#"{ "on": "2025-01-05", "act": "event", "name": "a" }"#;
    assert_eq!(on(a), "awaiting the event b");
    assert_eq!(on(&format!(r#"{a}, {{ "on": "2025-03-05", "act": "event", "name": "b" }}"#)), "2025-03-05");
    assert_eq!(on(&format!(r#"{a}, {{ "on": "2025-01-06", "act": "event", "name": "b" }}"#)), "2025-02-01");
}

#[test]
fn circles_of_deadlines_are_found_once_each() {
    let phases = r#"{ "id": "1", "by": { "after": "phase:2" } }, { "id": "2", "by": { "after": "phase:3" } },
        { "id": "3", "by": { "latest": [{ "after": "phase:2" }, "2025-03-01"] } }, { "id": "4", "by": { "after": "phase:4" } }"#;
    let found = violations(ONE, phases, "");
    assert_eq!(
        found,
        [
            "deadline-circle at phases[2].by: the deadline counts from itself: 2, 3, 2 in a circle",
            "deadline-circle at phases[3].by: the deadline counts from itself: 4, 4 in a circle",
        ]
    );
}

#[test]
fn every_phase_that_a_deadline_misses_is_reported() {
    let phases =
        r#"{ "id": "1", "by": { "any": [{ "after": "phase:x" }, { "earliest": [{ "after": "phase:y" }] }] } }"#;
    let codes: Vec<String> = violations(ONE, phases, "");
    assert_eq!(codes.len(), 2, "{codes:?}");
    assert!(codes[0].contains("\"x\"") && codes[1].contains("\"y\""), "{codes:?}");
}

#[test]
fn an_even_ceiling_of_a_part_is_its_own() {
    let forces = r#"{ "id": "all" }, { "id": "part", "part_of": "all" }"#;
    let phases = r#"{ "id": "1", "by": "2025-02-01", "limits": [{ "force": "all", "remain": 500 }] },
        { "id": "2", "by": "2025-02-01", "limits": [{ "force": "part", "remain": 500 }] }"#;
    let agreement = agreement(forces, phases, "");
    let ceiling = agreement.schedule("part").unwrap().required_on(day("2025-02-01")).unwrap();
    assert_eq!((ceiling.strict_by, ceiling.lenient_by), (SetBy::Phase("2"), Some(SetBy::Phase("2"))));
    let text = violations(r#"{ "id": "all", "unit": "tanks" }, { "id": "part", "part_of": "all" }"#, phases, "");
    assert_eq!(text.len(), 1, "{text:?}");
}

#[test]
fn of_milestones_on_one_day_the_last_counts() {
    let phases = r#"{ "id": "1", "by": "2025-02-01", "limits": [{ "remain": 900 }] },
        { "id": "2", "by": "2025-02-01", "limits": [{ "remain": 800 }] }"#;
    let agreement = agreement(ONE, phases, "");
    let schedule = agreement.schedule("f").unwrap();
    assert_eq!(schedule.required_on(day("2025-02-01")).unwrap().strict_by, SetBy::Phase("2"));
    let planned = schedule.planned_on(day("2025-01-31"), force_drawdown::Interpolation::Linear);
    assert_eq!(planned.low, Some(806));
    assert_eq!(schedule.force().unwrap().id, "f");
    assert_eq!(schedule.planned_milestones_on(day("2025-01-01")).len(), 2);
}

#[test]
fn a_span_of_just_200_years_is_accepted() {
    let phases = |by: &str| format!(r#"{{ "id": "1", "by": "{by}", "limits": [{{ "remain": 0 }}] }}"#);
    assert_eq!(violations(ONE, &phases("2225-01-01"), ""), Vec::<String>::new());
    assert_eq!(
        violations(ONE, &phases("2225-01-02"), ""),
        ["span-too-long at document: from 2025-01-01 to 2225-01-02 is more than 200 years, the most that is accepted",]
    );
}

#[test]
fn a_phase_that_closes_on_the_day_of_a_new_baseline_is_not_settled() {
    let phases = r#"{ "id": "1", "by": "2025-02-01", "limits": [{ "remain": 700 }] },
        { "id": "2", "by": "2025-06-01", "limits": [{ "withdraw": 100 }] }"#;
    let settled = |as_of: &str| {
        let rest = format!(
            r#", "amendments": [{{ "title": "t", "adopted": "2025-03-01",
            "changes": [{{ "baseline": {{ "strength": 850, "as_of": "{as_of}" }} }}] }}]"#
        );
        let agreement = agreement(ONE, phases, &rest);
        let milestones = agreement.schedule("f").unwrap().required_milestones_on(day("2025-03-01"));
        milestones.iter().map(|one| (one.settled, one.band.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(settled("2025-02-01"), [(false, "700".to_owned()), (false, "600".to_owned())]);
    assert_eq!(settled("2025-02-02"), [(true, "700".to_owned()), (false, "600".to_owned())]);
}

#[test]
fn a_first_baseline_that_an_amendment_brings_settles_what_closed_before() {
    let phases = r#"{ "id": "1", "by": "2025-02-01", "limits": [{ "remain": 900 }] },
        { "id": "2", "by": "2025-06-01", "limits": [{ "withdraw": 100 }] }"#;
    let rest = r#", "amendments": [{ "title": "t", "adopted": "2025-03-01",
        "changes": [{ "baseline": { "strength": 950, "as_of": "2025-03-01" } }] }]"#;
    let agreement = agreement(r#"{ "id": "f" }"#, phases, rest);
    let schedule = agreement.schedule("f").unwrap();
    let bands = |on: &str| -> Vec<String> {
        schedule.required_milestones_on(day(on)).iter().map(|one| one.band.to_string()).collect()
    };
    assert_eq!(bands("2025-02-28"), ["900", "800"]);
    assert_eq!(bands("2025-03-01"), ["900", "800"]);
    assert!(schedule.required_milestones_on(day("2025-03-01"))[0].settled);
}

#[test]
fn a_residual_ends_by_a_milestone_of_its_own() {
    let phases = r#"{ "id": "1", "by": "2025-06-30", "from": "2025-09-01", "limits": [{ "withdrawn": 900 }] }"#;
    let rest = r#", "residual": [{ "strength": 300, "status": "agreed", "until": "2025-12-31" }]"#;
    let agreement = agreement(ONE, phases, rest);
    let schedule = agreement.schedule("f").unwrap();
    let milestones = schedule.required_milestones_on(day("2025-01-01"));
    let told: Vec<_> =
        milestones.iter().map(|one| (one.due.to_string(), one.band.to_string(), one.residual_ends)).collect();
    assert_eq!(
        told,
        [("2025-06-30".to_owned(), "300".to_owned(), false), ("2026-01-01".to_owned(), "100".to_owned(), true),]
    );
    // The plan holds to the day before the phase is due, and then falls to the end of the residual at once.
    let planned = |on: &str| schedule.planned_on(day(on), force_drawdown::Interpolation::Linear).low;
    assert_eq!((planned("2025-06-29"), planned("2025-06-30")), (Some(1000), Some(300)));
    assert_eq!(planned("2025-07-01"), Some(298));
    let high = schedule.planned_on(day("2025-07-01"), force_drawdown::Interpolation::Linear).high;
    assert_eq!(high, Some(298));
    let within = phases.replace("2025-06-30", "2025-06");
    let within = self::agreement(ONE, &within, rest);
    let planned = within.schedule("f").unwrap().planned_on(day("2025-06-02"), force_drawdown::Interpolation::Linear);
    assert_eq!(planned.low, Some(299));
}

#[test]
fn a_change_of_title_alone_makes_a_version_of_its_own() {
    let phases = r#"{ "id": "1", "by": "2025-02-01", "limits": [{ "remain": 900 }] }"#;
    let rest = r#", "amendments": [{ "title": "t", "adopted": "2025-03-01", "effective": "2025-04-01",
        "changes": [{ "phase": "1", "title": "new" }] }]"#;
    let agreement = agreement(ONE, phases, rest);
    let versions: Vec<_> = agreement.versions().collect();
    assert_eq!(versions[1].effective(), Some(day("2025-04-01")));
    assert_eq!(versions[1].amendment().unwrap().title, "t");
    assert_eq!(agreement.version_on(day("2025-03-31")), 0);
    assert_eq!(agreement.version_on(day("2025-04-01")), 1);
    let twice = r#", "amendments": [{ "title": "t", "adopted": "2025-03-01",
        "changes": [{ "add_force": { "id": "g" } }, { "add_force": { "id": "g" } }] }]"#;
    assert_eq!(
        violations(ONE, phases, twice),
        ["duplicate-id at amendments[0].changes[1].add_force.id: another force has the id \"g\"; ids are unique",]
    );
}

#[test]
fn what_if_on_an_agreement_as_known_keeps_the_change() {
    let phases = r#"{ "id": "1", "by": "2025-02-01", "limits": [{ "remain": 900 }] }"#;
    let known = agreement(ONE, phases, "").as_known_on(day("2025-01-01"));
    let earlier = known.delayed("1", -5, day("2025-01-10")).unwrap();
    assert_eq!(earlier.versions().count(), 2);
    assert_eq!(earlier.known_on(), Some(day("2025-01-10")));
    let due = earlier.schedule("f").unwrap().required_milestones_on(day("2025-01-10"))[0].due.to_string();
    assert_eq!(due, "2025-01-27");
    assert_eq!(earlier.terms().amendments[0].title, "phase 1 5 days earlier");
    let alike = known.delayed("1", 0, day("2025-01-10")).unwrap();
    assert_eq!(alike.terms().amendments[0].title, "phase 1 0 days later");
}

#[test]
fn a_window_of_the_record_before_the_baseline_counts_as_on_it() {
    let phases = r#"{ "id": "1", "by": { "after": "event:x" }, "limits": [{ "remain": 900 }] }"#;
    let rest = r#", "record": [{ "on": "2024-12-01", "act": "event", "name": "x" }]"#;
    let agreement = agreement(ONE, phases, rest);
    let milestones = agreement.schedule("f").unwrap().required_milestones_on(day("2025-01-01"));
    assert_eq!((milestones[0].due.to_string(), milestones[0].settled), ("2025-01-01".to_owned(), false));
}

#[test]
fn what_two_new_baselines_settle_keeps_its_ceiling() {
    let phases = r#"{ "id": "1", "by": "2025-02-01", "limits": [{ "withdrawn": 100 }] },
        { "id": "2", "by": "2025-04-01", "limits": [{ "withdrawn": 100 }] },
        { "id": "3", "by": "2025-06-01", "limits": [{ "withdraw": 50 }] }"#;
    let rest = r#", "amendments": [
        { "title": "a", "adopted": "2025-03-01", "changes": [{ "baseline": { "strength": 800, "as_of": "2025-03-01" } }] },
        { "title": "b", "adopted": "2025-05-01", "changes": [{ "baseline": { "strength": 750, "as_of": "2025-05-01" } }] }]"#;
    let agreement = agreement(ONE, phases, rest);
    let told = |on: &str| -> Vec<String> {
        let milestones = agreement.schedule("f").unwrap().required_milestones_on(day(on));
        milestones.iter().map(|one| format!("{}: {}, {}", one.by, one.band, one.settled)).collect()
    };
    assert_eq!(told("2025-01-01"), ["1: 900, false", "2: 900, false", "3: 850, false"]);
    assert_eq!(told("2025-03-01"), ["1: 900, true", "2: 700, false", "3: 650, false"]);
    assert_eq!(told("2025-05-01"), ["2: 700, true", "3: 650, false"]);
}

/// A document whose baseline is vague, so that only what was taken away tells.
fn vague(rest: &str) -> Agreement {
    let force = r#"{ "id": "f", "baseline": { "strength": "about 1000", "as_of": "2025-01-01" } }"#;
    let phases = r#"{ "id": "1", "by": "2025-06-01", "limits": [{ "withdrawn": 500 }] }"#;
    let record = r#", "record": [{ "on": "2025-01-01", "act": "approved" }]"#;
    agreement(force, phases, &format!("{record}{rest}"))
}

fn verdict(agreement: &Agreement, withdrawn: u32) -> Verdict {
    verdict_on(agreement, Observation::withdrawn(day("2025-06-02"), Quantity::Exact(withdrawn)))
}

fn verdict_on(agreement: &Agreement, seen: Observation) -> Verdict {
    agreement.assess(&[seen], day("2025-06-03")).forces[0].verdict
}

#[test]
fn what_was_taken_away_is_compared_with_ceilings_of_the_present_baseline() {
    let amended = vague(
        r#", "amendments": [{ "title": "a", "adopted": "2025-03-01",
        "changes": [{ "baseline": { "strength": "about 900", "as_of": "2025-03-01" } }] }]"#,
    );
    let since = |withdrawn, day_of_base| {
        Observation::withdrawn(day("2025-06-02"), Quantity::Exact(withdrawn)).since(day(day_of_base))
    };
    assert_eq!((verdict(&vague(""), 500), verdict(&vague(""), 499)), (Verdict::Compliant, Verdict::Exceeded));
    for (withdrawn, expected) in [(500, Verdict::Compliant), (499, Verdict::Exceeded)] {
        assert_eq!(verdict_on(&amended, since(withdrawn, "2025-03-01")), expected);
        // Of about 1000 only the numbers of people tell: 400 to 600 and 401 to 601, where 310 to 490 may be there.
        assert_eq!(verdict_on(&amended, since(withdrawn, "2025-01-01")), Verdict::Undetermined);
        assert_eq!(verdict(&amended, withdrawn), Verdict::Undetermined);
    }
}

#[test]
fn a_residual_that_raises_nothing_changes_nothing() {
    let small = vague(r#", "residual": [{ "strength": 10, "status": "agreed" }]"#);
    assert_eq!((verdict(&small, 500), verdict(&small, 499)), (Verdict::Compliant, Verdict::Exceeded));
    let ended = vague(r#", "residual": [{ "strength": 700, "status": "agreed", "until": "2025-06-01" }]"#);
    assert_eq!(verdict(&ended, 500), Verdict::Compliant);
    // Above one that is raised in some reading, be it not the greatest, is who is so in people; who is below it is
    // told by what was taken away, too.
    let middling = vague(r#", "residual": [{ "strength": 450, "status": "proposed" }]"#);
    assert_eq!((verdict(&middling, 500), verdict(&middling, 499)), (Verdict::Compliant, Verdict::Undetermined));
    let large = vague(r#", "residual": [{ "strength": 700, "status": "proposed" }]"#);
    assert_eq!((verdict(&large, 500), verdict(&large, 499)), (Verdict::Compliant, Verdict::Undetermined));
}

#[test]
fn a_delay_moves_every_kind_of_deadline() {
    let moved = |by: &str, days: i32| -> String {
        let phases = format!(r#"{{ "id": "1", "by": {by}, "limits": [{{ "remain": 900 }}] }}"#);
        match agreement(ONE, &phases, "").delayed("1", days, day("2025-01-01")) {
            Ok(late) => late.versions().last().unwrap().diff(late.versions().next().unwrap()).to_string(),
            Err(invalid) => invalid.violations()[0].code().to_owned(),
        }
    };
    assert_eq!(moved(r#""2025-02-01""#, 5), "phase 1: by, from 2025-02-01 to 2025-02-06");
    assert_eq!(moved(r#""2025-02""#, 5), "phase 1: by, from 2025-02 to 2025-02-06/2025-03-05");
    assert_eq!(moved(r#""2025-02-01""#, 0), "no change");
    assert_eq!(moved(r#""open""#, 5), "no change");
    assert_eq!(
        moved(r#"{ "any": [{ "after": "signature", "days": 3 }, "2025-03-01"] }"#, 5),
        "phase 1: by, from any of 3 days after signature and 2025-03-01 to any of 8 days after signature and 2025-03-06"
    );
    assert_eq!(moved(r#"{ "after": "signature", "days": 3 }"#, -4), "date-out-of-range");
    assert_eq!(
        moved(r#"{ "before": "event:vote", "days": 30 }"#, 10),
        "phase 1: by, from 30 days before the event vote to 20 days before the event vote"
    );
    let before = "phase 1: by, from the day before the event vote to";
    assert_eq!(moved(r#"{ "before": "event:vote" }"#, -2), format!("{before} 3 days before the event vote"));
    assert_eq!(moved(r#"{ "before": "event:vote" }"#, 1), format!("{before} the event vote"));
    assert_eq!(moved(r#"{ "before": "event:vote", "months": 1 }"#, 1), "date-out-of-range");
    assert_eq!(moved(r#""2225-01-01""#, 1), "span-too-long");
    let unknown = agreement(ONE, r#"{ "id": "1", "by": "2025-02-01" }"#, "").delayed("9", 1, day("2025-01-01"));
    assert_eq!(unknown.unwrap_err().violations()[0].code(), "unknown-phase");
}

#[test]
fn a_step_before_an_event_moves_with_it() {
    let due = |offset: &str, record: &str| {
        let phases = format!(
            r#"{{ "id": "1", "by": {{ "before": "event:vote"{offset} }}, "limits": [{{ "remain": 0 }}] }},
               {{ "id": "2", "by": {{ "before": "phase:1", "weeks": 1 }}, "limits": [{{ "remain": 0 }}] }}"#
        );
        let agreement = agreement(ONE, &phases, record);
        let milestones = agreement.schedule("f").unwrap().required_milestones_on(day("2025-01-01"));
        milestones.iter().map(|milestone| milestone.due.to_string()).collect::<Vec<_>>()
    };
    let vote = |on: &str| {
        format!(r#", "record": [{{ "on": {on:?}, "act": "event", "name": "vote", "published": "2025-01-01" }}]"#)
    };
    // The second counts from the first, and like every step that the record moves falls no earlier than the one before.
    for (offset, on, first) in [
        (r#", "days": 30"#, "2025-09-30", "2025-08-31"),
        ("", "2025-09-30", "2025-09-29"),
        (r#", "days": 0, "months": 0"#, "2025-09-30", "2025-09-29"),
        (r#", "months": 1"#, "2025-03-31", "2025-02-28"),
        (r#", "months": 1, "days": 10"#, "2025-03-31", "2025-02-18"),
        (r#", "days": 30"#, "2025-09", "2025-08-02 to 2025-08-31"),
    ] {
        assert_eq!(due(offset, &vote(on)), [first, first], "{offset} before {on}");
    }
    assert_eq!(due(r#", "days": 30"#, ""), ["awaiting the event vote"; 2]);
    let alone = |by: &str| violations(ONE, &format!(r#"{{ "id": "1", "by": {by} }}"#), "");
    assert_eq!(
        alone(r#"{ "before": "phase:1", "days": 3 }"#),
        ["deadline-circle at phases[0].by: the deadline counts from itself: 1, 1 in a circle"]
    );
    assert_eq!(
        alone(r#"{ "before": "0001-01-01" }"#),
        ["date-out-of-range at phases[0].by: the day before 0001-01-01 gives no day within the years 1 to 9999"]
    );
    assert_eq!(
        alone(r#"{ "before": "phase:9" }"#),
        [r#"unknown-phase at phases[0].by: no phase has the id "9"; the phases are 1"#]
    );
}

/// The day before what has not happened has not passed; a longer time before it may have.
#[test]
fn a_step_before_an_event_that_has_not_happened_may_be_met() {
    let outcome = |by: &str, record: &str| {
        let phases = format!(r#"{{ "id": "1", "by": {by}, "limits": [{{ "remain": 0 }}] }}"#);
        let gone = force_drawdown::Observation::present(day("2025-03-01"), force_drawdown::Quantity::Exact(0));
        agreement(ONE, &phases, record).assess(&[gone], day("2025-04-01")).phases[0].outcome.as_str()
    };
    assert_eq!(outcome(r#"{ "before": "event:vote" }"#, ""), "met");
    assert_eq!(outcome(r#"{ "before": "event:vote", "days": 30 }"#, ""), "awaiting");
    let vote = r#", "record": [{ "on": "2025-03-10", "act": "event", "name": "vote" }]"#;
    assert_eq!(outcome(r#"{ "before": "event:vote" }"#, vote), "met");
    assert_eq!(outcome(r#"{ "before": "event:vote", "days": 9 }"#, vote), "met");
    assert_eq!(outcome(r#"{ "before": "event:vote", "days": 10 }"#, vote), "undetermined");
}

#[test]
fn a_window_of_the_record_that_falls_earlier_counts_as_falling_with_the_one_before() {
    let phases = r#"{ "id": "1", "by": "2025-06", "limits": [{ "remain": 900 }] },
        { "id": "2", "by": { "after": "event:x" }, "limits": [{ "remain": 800 }] }"#;
    let due = |on: &str| {
        let rest = format!(r#", "record": [{{ "on": "{on}", "act": "event", "name": "x" }}]"#);
        let agreement = agreement(ONE, phases, &rest);
        agreement.schedule("f").unwrap().required_milestones_on(day("2025-01-01"))[1].due.to_string()
    };
    assert_eq!(due("2025-03-01"), "2025-06-01 to 2025-06-30");
    assert_eq!(due("2025-06-10"), "2025-06-10 to 2025-06-30");
    assert_eq!(due("2025-05/2025-07"), "2025-06-01 to 2025-07-31");
    assert_eq!(due("2025-08-01"), "2025-08-01");
}

#[test]
fn an_amendment_that_drops_every_phase_is_refused_unless_it_adds_one() {
    let phases = r#"{ "id": "1", "by": "2025-02-01", "limits": [{ "remain": 900 }] },
        { "id": "2", "by": "2025-03-01", "limits": [{ "remain": 800 }] }"#;
    let found = |more: &str| {
        let amendment = r#"{ "title": "a", "adopted": "2025-01-02", "changes": [{ "drop": "2" }, { "drop": "1" }"#;
        violations(ONE, phases, &format!(r#", "amendments": [{amendment}{more}] }}]"#))
    };
    assert_eq!(found(""), ["empty-list at amendments[0]: phases needs at least one member"]);
    let add = r#", { "add": { "id": "3", "by": "2025-04-01", "limits": [{ "remain": 0 }] }, "after": null }"#;
    assert_eq!(found(add), Vec::<String>::new());
}

/// What is resolved follows from the terms: it is not compared, and not printed.
#[test]
fn an_agreement_is_its_terms_and_the_day_as_known() {
    let read = || agreement(ONE, r#"{ "id": "1", "by": "2025", "limits": [{ "remain": 0 }] }"#, "");
    let late = read().delayed("1", 30, day("2024-12-01")).unwrap();
    assert_eq!(read(), read());
    assert_ne!(read(), late);
    assert_eq!(late.as_known_on(day("2024-11-30")).terms(), read().terms());
    assert_ne!(late.as_known_on(day("2024-11-30")), read());
    assert_eq!(late.as_known_on(day("2024-12-01")), late.as_known_on(day("2025-01-01")).as_known_on(day("2024-12-01")));
    assert_eq!(format!("{:?}", read()), format!("Agreement({:?})", read().terms()));
}
