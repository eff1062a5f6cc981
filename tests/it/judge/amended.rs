//! Judging what was suspended, moved, changed or dropped, and events that complete a phase.

use super::*;

const BASELINE: &str = r#", "baseline": { "strength": 20, "as_of": "2000-01-02" }"#;
const HALF: &str = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "remain": 10 }] }"#;

/// The outcome by the first version that had the phase.
fn original(of: &PhaseAssessment) -> Option<String> {
    let original = of.original.as_ref()?;
    let end = |end: Option<i64>| end.map_or("-".to_owned(), |end| end.to_string());
    let slip = original.slip_days.map(|slip| format!(", slip {} to {}", end(slip.low), end(slip.high)));
    let due = original.due.map_or("not known".to_owned(), |due| due.to_string());
    let ceiling = original.ceiling.map(|ceiling| format!(", {ceiling}")).unwrap_or_default();
    Some(format!("{due}{ceiling}: {}{}", original.outcome, slip.unwrap_or_default()))
}

/// Outcome and original of every phase.
fn outcomes(agreement: &Agreement, rows: &[&str], on: &str) -> Vec<(String, Option<String>)> {
    let assessment = agreement.assess(&seen(rows), day(on));
    assessment.phases.iter().map(|phase| (format!("{} {}", phase.phase, outcome(phase)), original(phase))).collect()
}

fn assert_outcomes(agreement: &Agreement, rows: &[&str], on: &str, expected: &[(&str, Option<&str>)]) {
    let found = outcomes(agreement, rows, on);
    let found: Vec<_> = found.iter().map(|(is, was)| (is.as_str(), was.as_deref())).collect();
    assert_eq!(found, expected, "{rows:?} on {on}");
}

#[test]
fn a_suspension_without_an_amendment_moves_no_deadline() {
    let record = r#", "record": [{ "on": "2000-01-01", "act": "announced" }, { "on": "2000-01-05", "act": "suspended" },
                                 { "on": "2000-01-20", "act": "resumed" }]"#;
    let agreement = agreement(BASELINE, HALF, record);
    let rows: &[&str] = &["2000-01-10,present,15"];
    for (on, verdict, of_phase) in
        [("2000-01-19", "not-binding", "overdue, slip 1 to -"), ("2000-01-20", "exceeded", "overdue, slip 1 to -")]
    {
        assert_judged(&agreement, on, &[(rows, verdict, of_phase)]);
    }
    let suspended = agreement.assess(&seen(rows), day("2000-01-19"));
    assert!(!suspended.binding);
    assert_eq!(suspended.forces[0].ceiling.as_ref().map(|ceiling| ceiling.strict), Some(10));
    assert_eq!(suspended.forces[0].margin.and_then(|margin| margin.low), Some(-5));
}

#[test]
fn an_amendment_after_the_deadline_lapsed() {
    let amendments = r#", "amendments": [{ "title": "Later", "adopted": "2000-01-15",
        "changes": [{ "phase": "1", "by": "2000-01-25" }] }]"#;
    let now = agreement(BASELINE, HALF, amendments);
    let rows: &[&str] = &["2000-01-12,present,15", "2000-01-20,present,10"];
    // By the version of the day.
    assert_outcomes(&now, rows, "2000-01-14", &[("1 overdue, slip 3 to -", None)]);
    assert_outcomes(&now, rows, "2000-01-15", &[("1 pending", Some("2000-01-10, 10: overdue, slip 3 to -"))]);
    assert_outcomes(&now, rows, "2000-01-31", &[("1 met, slip -12 to -5", Some("2000-01-10, 10: late, slip 3 to 10"))]);
    assert_eq!(now.assess(&seen(rows), day("2000-01-31")).version, 1);
    // As known before it was adopted, there is nothing of it, and the count of the 20th is not published yet.
    let then = now.as_known_on(day("2000-01-14"));
    assert_outcomes(&then, rows, "2000-01-31", &[("1 overdue, slip 3 to -", None)]);
    assert_eq!(then.assess(&seen(rows), day("2000-01-31")).version, 0);
    let then = now.as_known_on(day("2000-01-15"));
    assert_outcomes(&then, rows, "2000-01-31", &[("1 undetermined", Some("2000-01-10, 10: overdue, slip 3 to -"))]);
    // The verdict asks what the same version required already on the day of the count: it is not due before the 25th.
    for (count, verdict) in [("2000-01-12,present,15", "undetermined"), ("2000-01-25,present,15", "exceeded")] {
        assert_eq!(now.assess(&seen(&[count]), day("2000-01-31")).forces[0].verdict.as_str(), verdict);
    }
    assert_eq!(now.assess(&seen(rows), day("2000-01-24")).forces[0].verdict.as_str(), "not-due");
}

#[test]
fn the_original_is_by_the_first_version_that_had_the_phase() {
    let amendments = r#", "amendments": [
        { "title": "A", "adopted": "2000-01-03", "changes": [
            { "phase": "1", "limits": [{ "remain": 12 }] },
            { "add": { "id": "2", "by": "2000-01-20", "limits": [{ "remain": 5 }] }, "after": "1" }] },
        { "title": "B", "adopted": "2000-01-04", "changes": [{ "phase": "2", "by": "2000-01-22", "title": "Two" }] },
        { "title": "C", "adopted": "2000-01-05", "changes": [{ "phase": "2", "by": "2000-01-20" }] }]"#;
    let agreement = agreement(BASELINE, HALF, amendments);
    let rows: &[&str] = &["2000-01-10,present,11", "2000-01-21,present,5"];
    assert_outcomes(
        &agreement,
        rows,
        "2000-01-31",
        &[("1 met, slip -7 to 0", Some("2000-01-10, 10: late, slip 1 to 11")), ("2 undetermined, slip -9 to 1", None)],
    );
    assert_outcomes(
        &agreement,
        rows,
        "2000-01-04",
        &[("1 pending", Some("2000-01-10, 10: pending")), ("2 pending", Some("2000-01-20, 5: pending"))],
    );
    assert_outcomes(&agreement, rows, "2000-01-02", &[("1 pending", None)]);
}

#[test]
fn what_is_dropped_stays_listed() {
    let two = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "remain": 10 }], "done": "handed-over" },
                 { "id": "2", "by": "2000-01-20", "limits": [{ "remain": 5 }] }"#;
    let amendments = r#", "amendments": [
        { "title": "A", "adopted": "2000-01-15", "changes": [{ "phase": "1", "limits": [], "done": "handed-over" }] },
        { "title": "B", "adopted": "2000-01-16", "changes": [{ "drop": "1" }] }]"#;
    let agreement = agreement(BASELINE, two, amendments);
    let rows: &[&str] = &["2000-01-10,present,11"];
    let second = ("2 pending", None);
    let done = "1 not-reported, slip - to -";
    assert_outcomes(&agreement, rows, "2000-01-14", &[("1 overdue, slip 1 to -", None), (done, None), second]);
    let dropped = ("1 dropped", Some("2000-01-10, 10: overdue, slip 1 to -"));
    assert_outcomes(&agreement, rows, "2000-01-15", &[dropped, (done, None), second]);
    let also = ("1 dropped", Some("2000-01-10: not-reported, slip - to -"));
    assert_outcomes(&agreement, rows, "2000-01-16", &[dropped, also, second]);
    let assessment = agreement.assess(&seen(rows), day("2000-01-16"));
    assert_eq!(
        assessment.phases.iter().map(|phase| phase.force.as_deref()).collect::<Vec<_>>(),
        [Some("us"), None, Some("us")]
    );
    assert_eq!((assessment.phases[0].due, assessment.phases[0].ceiling), (None, None));
    // What the amendments took away limits nothing.
    assert_eq!(assessment.forces[0].verdict.as_str(), "not-due");
}

#[test]
fn a_done_event_that_is_dropped_stays_listed() {
    let phases = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "remain": 10 }], "done": "handed-over" }"#;
    let record = r#", "record": [{ "on": "2000-01-01", "act": "announced" },
                                 { "on": "2000-01-12", "act": "event", "name": "handed-over" }],
        "amendments": [{ "title": "A", "adopted": "2000-01-15", "changes": [{ "phase": "1", "done": null }] }]"#;
    let agreement = agreement(BASELINE, phases, record);
    let limit = "1 not-reported";
    assert_outcomes(&agreement, &[], "2000-01-14", &[(limit, None), ("1 late, slip 2 to 2", None)]);
    let dropped = ("1 dropped", Some("2000-01-10: late, slip 2 to 2"));
    assert_outcomes(&agreement, &[], "2000-01-15", &[(limit, None), dropped]);
}

#[test]
fn one_partys_own_decision_is_judged_by_the_planned_chain() {
    let amendments = r#", "amendments": [{ "title": "Sooner", "adopted": "2000-01-03", "unilateral": "USA", "changes": [
        { "add": { "id": "own", "by": "2000-01-12", "limits": [{ "remain": 2 }] }, "after": "1" }] }]"#;
    let agreement = agreement(BASELINE, HALF, amendments);
    let rows: &[&str] = &["2000-01-12,present,5"];
    assert_outcomes(
        &agreement,
        rows,
        "2000-01-31",
        &[("1 undetermined, slip -7 to 2", None), ("own overdue, slip 1 to -", None)],
    );
    let assessment = agreement.assess(&seen(rows), day("2000-01-31"));
    assert_eq!(phase(&assessment, "own").standing.as_str(), "envisaged");
    assert_eq!(assessment.forces[0].verdict.as_str(), "compliant");
}

#[test]
fn after_a_new_baseline_older_counts_are_of_another() {
    let amendments = r#", "amendments": [{ "title": "Recount", "adopted": "2000-01-08", "changes": [
        { "baseline": { "force": "us", "strength": 16, "as_of": "2000-01-08" } }] }]"#;
    let share = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "withdrawn_share": "50%" }] }"#;
    let agreement = agreement(BASELINE, share, amendments);
    let rows: &[&str] = &["2000-01-05,present,8"];
    assert_outcomes(&agreement, rows, "2000-01-07", &[("1 met, slip -7 to -5", None)]);
    // Half of sixteen, and half of twenty as it was first; the count is before the one baseline and after the other.
    assert_outcomes(&agreement, rows, "2000-01-31", &[("1 not-reported", Some("2000-01-10, 10: met, slip -7 to -5"))]);
    // A share of the one baseline or of the other, unless it is said of which.
    let share = seen(&["2000-01-09,withdrawn_share,50%"]).remove(0);
    let observed = |share: Observation| {
        let assessment = agreement.assess(&[share], day("2000-01-31"));
        assessment.forces[0].observed.map(|observed| (observed.low, observed.high))
    };
    assert_eq!(observed(share.clone().since(day("2000-01-08"))), Some((8, Some(8))));
    assert_eq!(observed(share.clone().since(day("2000-01-02"))), Some((10, Some(10))));
    assert_eq!(observed(share.clone()), Some((8, Some(10))));
    // From a day that is no baseline's nothing is counted, and from a later one neither.
    assert_eq!(observed(share.clone().since(day("2000-01-03"))), None);
    let agreement = agreement.as_known_on(day("2000-01-07"));
    let known =
        agreement.assess(&[share.clone().since(day("2000-01-08")).published(day("2000-01-07"))], day("2000-01-31"));
    assert_eq!(known.forces[0].observed, None);
}

#[test]
fn a_count_without_a_force_is_not_of_one_that_was_added() {
    let amendments = r#", "amendments": [{ "title": "A", "adopted": "2000-01-03", "changes": [
        { "add_force": { "id": "uk" } } ] }]"#;
    let agreement = agreement(BASELINE, HALF, amendments);
    let rows = seen(&["2000-01-10,present,10"]);
    let assessment = agreement.assess(&rows, day("2000-01-31"));
    let forces = assessment.forces.iter();
    let observed: Vec<_> = forces.map(|force| (force.force.as_str(), force.observed.map(|seen| seen.low))).collect();
    assert_eq!(observed, [("us", Some(10)), ("uk", None)]);
    let gap = |force| {
        let day = day("2000-01-10")..=day("2000-01-10");
        assessment.gaps(force, day, force_drawdown::Interpolation::Step).unwrap().next().unwrap()
    };
    assert_eq!((gap("us").observed.map(force_drawdown::Band::low), gap("uk").observed), (Some(10), None));
}

#[test]
fn after_a_termination_only_what_counts_from_it_is_judged() {
    let phases = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "remain": 10 }] },
        { "id": "2", "by": { "after": "termination", "days": 5 }, "limits": [{ "remain": 0 }] }"#;
    let record =
        r#", "record": [{ "on": "2000-01-01", "act": "announced" }, { "on": "2000-01-15", "act": "terminated" }]"#;
    let ends = agreement(BASELINE, phases, record);
    for (on, verdict) in [
        // Its last day still requires, and binds.
        ("2000-01-15", "exceeded"),
        ("2000-01-16", "not-due"),
        // It was above what was required on its own day.
        ("2000-01-20", "exceeded"),
    ] {
        let assessment = ends.assess(&seen(&["2000-01-10,present,11"]), day(on));
        assert_eq!(assessment.forces[0].verdict.as_str(), verdict, "on {on}");
    }
    let pace = |on: &str| ends.assess(&seen(&["2000-01-10,present,14"]), day(on)).forces[0].required_pace;
    let people = |pace: Option<force_drawdown::assessment::Bounds>| pace.map(|pace| (pace.low, pace.high));
    assert_eq!(people(pace("2000-01-16")), Some((Some(10), Some(10))));
    assert_eq!(people(pace("2000-01-20")), None);
    // A phase that does not count from the termination is no milestone after it.
    let phases = HALF.replace("2000-01-10", "2000-01-25");
    let nothing = agreement(BASELINE, &phases, record);
    let pace = |on: &str| nothing.assess(&seen(&["2000-01-10,present,14"]), day(on)).forces[0].required_pace;
    assert_eq!(people(pace("2000-01-15")), Some((Some(2), Some(2))));
    assert_eq!(people(pace("2000-01-16")), None);
    assert_eq!(nothing.assess(&[], day("2000-01-30")).forces[0].verdict.as_str(), "not-binding");
}

/// A phase that an event completes, with the event of some days or not.
fn done(due: &str, event: Option<&str>, not_yet: Option<&str>) -> Agreement {
    let act = |on: Option<&str>, act: &str| {
        on.map(|on| format!(r#", {{ "on": "{on}", "act": "{act}", "name": "handed-over" }}"#)).unwrap_or_default()
    };
    let acts = act(event, "event") + &act(not_yet, "not-yet");
    let record = format!(r#", "record": [{{ "on": "2000-01-01", "act": "announced" }}{acts}]"#);
    agreement(BASELINE, &format!(r#"{{ "id": "1", "by": "{due}", "done": "handed-over" }}"#), &record)
}

#[test]
fn an_event_completes_a_phase() {
    for (due, event, on, expected) in [
        ("2000-01-10", None, "2000-01-09", "pending"),
        ("2000-01-10", None, "2000-01-10", "not-reported, slip - to -"),
        ("2000-01-10", Some("2000-01-09"), "2000-01-08", "pending"),
        ("2000-01-10", Some("2000-01-09"), "2000-01-09", "met, slip -1 to -1"),
        ("2000-01-10", Some("2000-01-10"), "2000-01-10", "met, slip 0 to 0"),
        ("2000-01-10", Some("2000-01-11"), "2000-01-10", "not-reported, slip - to -"),
        ("2000-01-10", Some("2000-01-11"), "2000-01-11", "late, slip 1 to 1"),
        ("2000-01-10/2000-01-12", Some("2000-01-11"), "2000-01-31", "undetermined, slip -1 to 1"),
        ("2000-01-10", Some("2000-01-10/2000-01-11"), "2000-01-31", "undetermined, slip 0 to 1"),
        ("2000-01-10/2000-01-12", None, "2000-01-11", "pending"),
        ("open", None, "2000-01-11", "awaiting"),
        ("open", Some("2000-01-10"), "2000-01-11", "awaiting"),
    ] {
        let assessment = done(due, event, None).assess(&[], day(on));
        assert_eq!(outcome(&assessment.phases[0]), expected, "due {due}, {event:?}, on {on}");
        assert_eq!((&assessment.phases[0].force, assessment.phases[0].ceiling), (&None, None));
    }
}

#[test]
fn an_event_that_had_not_happened_by_a_day_came_after_it() {
    for (due, event, not_yet, on, expected) in [
        ("2000-01-10", None, "2000-01-10", "2000-01-10", "overdue, slip - to -"),
        ("2000-01-10", None, "2000-01-09", "2000-01-20", "not-reported, slip - to -"),
        // What is said of a later day is not known yet.
        ("2000-01-10", None, "2000-01-12", "2000-01-11", "not-reported, slip - to -"),
        ("2000-01-10", None, "2000-01-08/2000-01-12", "2000-01-12", "overdue, slip - to -"),
        ("2000-01-10/2000-01-12", None, "2000-01-11", "2000-01-20", "not-reported, slip - to -"),
        ("2000-01-10/2000-01-12", None, "2000-01-12", "2000-01-20", "overdue, slip - to -"),
        ("2000-01-10", Some("2000-01-05/2000-01-15"), "2000-01-10", "2000-01-20", "late, slip 1 to 5"),
        ("2000-01-10", Some("2000-01-05/2000-01-15"), "2000-01-03", "2000-01-20", "undetermined, slip -5 to 5"),
    ] {
        let assessment = done(due, event, Some(not_yet)).assess(&[], day(on));
        assert_eq!(outcome(&assessment.phases[0]), expected, "due {due}, {event:?}, not by {not_yet}, on {on}");
    }
    let why = done("2000-01-10", None, Some("2000-01-12")).assess(&[], day("2000-01-20")).explain();
    let words = "Step 1: handed over: overdue. It fell due on 10 January 2000. It was not done by 12 January 2000.";
    assert_eq!(why.phases, [words]);
    let counted = r#"{ "id": "1", "by": { "after": "event:handed-over", "days": 5 }, "limits": [{ "remain": 0 }] }"#;
    let acts = r#", "record": [{ "on": "2000-01", "act": "event", "name": "handed-over" },
        { "on": "2000-01-20", "act": "not-yet", "name": "handed-over", "published": "2000-03-01" }]"#;
    let agreement = agreement(BASELINE, counted, acts);
    let due = |agreement: &Agreement| agreement.assess(&[], day("2000-04-01")).phases[0].due.unwrap().to_string();
    assert_eq!(due(&agreement), "2000-01-26 to 2000-02-05");
    assert_eq!(due(&agreement.as_known_on(day("2000-02-28"))), "2000-01-06 to 2000-02-05");
}

/// Each reading of the words: met if the event is on or before d, late if after it, else pending before d and
/// not-reported from d on; or overdue, if it had not happened at the end of the last due day or later. The event is after
/// any day at whose end it had not happened.
#[test]
fn an_event_is_judged_as_in_each_reading() {
    let date = |n: u64| day("2000-01-03") + Days::new(n);
    let days = |first: u64, last: u64| format!("{}/{}", date(first), date(last));
    let windows = || (0..4).flat_map(|first| (first..4).map(move |last| (first, last)));
    for due in windows() {
        for event in windows().map(Some).chain([None]) {
            let last = event.map_or(5, |event| event.1);
            for (not_yet, on) in (0..last).map(Some).chain([None]).flat_map(|not| (0..5).map(move |on| (not, on))) {
                let agreement = done(
                    &days(due.0, due.1),
                    event.map(|event| days(event.0, event.1)).as_deref(),
                    not_yet.map(|not_yet| date(not_yet).to_string()).as_deref(),
                );
                let is_denied = not_yet.is_some_and(|not_yet| due.1 <= not_yet && not_yet <= on);
                let mut found = std::collections::BTreeSet::new();
                for due in due.0..=due.1 {
                    let events = event.map_or(99..=99, |event| event.0..=event.1);
                    for event in events.filter(|event| not_yet.is_none_or(|not_yet| not_yet < *event)) {
                        found.insert(match event {
                            event if event > on => {
                                if on < due {
                                    "pending"
                                } else if is_denied {
                                    "overdue"
                                } else {
                                    "not-reported"
                                }
                            }
                            event if event <= due => "met",
                            _ => "late",
                        });
                    }
                }
                let expected = match found.len() {
                    1 => found.first().copied().unwrap(),
                    _ if found.iter().eq(&["late", "overdue"]) => "missed",
                    _ if found.contains("pending") => "pending",
                    _ => "undetermined",
                };
                let assessment = agreement.assess(&[], date(on));
                let outcome = assessment.phases[0].outcome.as_str();
                assert_eq!(outcome, expected, "due {due:?}, event {event:?}, not by {not_yet:?}, on {on}");
            }
        }
    }
}

/// Not as dropped, and not by counts since the new baseline.
#[test]
fn a_settled_phase_is_judged_by_the_last_version_in_which_it_was_not() {
    let phases = &format!(r#"{HALF}, {{ "id": "2", "by": "2000-03-01", "limits": [{{ "remain": 0 }}] }}"#);
    let amendments = r#", "amendments": [
        { "title": "moved", "adopted": "2000-01-04", "changes": [{ "phase": "1", "by": "2000-01-12" }] },
        { "title": "recount", "adopted": "2000-02-01", "changes": [
            { "baseline": { "strength": 16, "as_of": "2000-02-01" } }] },
        { "title": "later", "adopted": "2000-02-02", "changes": [{ "phase": "2", "by": "2000-04-01" }] },
        { "title": "again", "adopted": "2000-02-05", "changes": [
            { "baseline": { "strength": 9, "as_of": "2000-02-05" } }] }]"#;
    let agreement = agreement(BASELINE, phases, amendments);
    // Kept since the 11th at the latest, and since the day after the first baseline at the earliest.
    let first = Some("2000-01-10, 10: undetermined, slip -7 to 1");
    assert_outcomes(
        &agreement,
        &["2000-01-11,present,10", "2000-02-03,present,9"],
        "2000-02-09",
        &[("1 met, slip -9 to -1", first), ("2 pending", Some("2000-03-01, 0: pending"))],
    );
    // What is seen from the recount on makes it neither late nor, wholly or in part, anything else.
    let rows =
        ["2000-01-11,present,15", "2000-01-20,present,12", "2000-01-31/2000-02-01,present,11", "2000-02-01,present,9"];
    let (now, first) = ("1 overdue, slip 9 to -", Some("2000-01-10, 10: overdue, slip 11 to -"));
    assert_outcomes(&agreement, &rows, "2000-01-30", &[(now, first), ("2 pending", None)]);
    assert_outcomes(&agreement, &rows, "2000-02-09", &[(now, first), ("2 pending", Some("2000-03-01, 0: pending"))]);
    let rows = seen(&rows);
    let why = agreement.assess(&rows, day("2000-02-09")).explain();
    assert!(
        why.phases[0].ends_with(
            "It was changed by “moved”. The last count by the deadline is 15 on 11 January 2000. \
             The last count after the deadline is 12 on 20 January 2000."
        ),
        "{}",
        why.phases[0]
    );
}

/// A recount keeps the open ceiling of the settled phase, which is above that of the phase before it in the text.
#[test]
fn a_ceiling_before_one_that_a_recount_kept_says_nothing_of_it() {
    let phases = r#"{ "id": "0", "by": { "after": "termination" }, "limits": [{ "withdraw": 0 }] },
        { "id": "1", "by": { "any": ["2000-01-05", "2000-01-08"] }, "limits": [{ "withdraw": 0 }] }"#;
    let more = r#", "record": [{ "on": "2000-01-01", "act": "announced" }, { "on": "2002-01-01", "act": "terminated" }],
        "amendments": [{ "title": "Recount", "adopted": "2000-01-01", "effective": "2000-01-09", "changes": [
            { "baseline": { "force": "us", "strength": 500, "as_of": "2000-01-09" } }] }]"#;
    let agreement = agreement("", phases, more);
    let judged = agreement.assess(&seen(&["2000-01-09,present,600"]), day("2000-01-09"));
    assert_eq!(judged.forces[0].verdict.as_str(), "undetermined", "{judged}");
}
