//! Cases at which a rule that is nearly right gives another answer.

use force_drawdown::{
    Amendment, Change, Deadline, Event, Force, Limit, Milestone, Phase, PhaseChange, Residual, ResidualStatus, day,
    terms::Offset,
};

use super::*;

const BASELINE: &str = r#", "baseline": { "strength": 100, "as_of": "2025-02-01" }"#;

fn phases(bys: &[&str]) -> String {
    let phase = |(place, by): (usize, &&str)| {
        let remain = 50 - 10 * place;
        format!(r#"{{ "id": "{}", "by": {by}, "limits": [{{ "remain": {remain} }}] }}"#, place + 1)
    };
    bys.iter().enumerate().map(phase).collect::<Vec<_>>().join(", ")
}

/// The codes and places of what is wrong.
fn wrong(phases: &str, more: &str) -> Vec<String> {
    let terms: Terms =
        serde_json::from_str(&document(&format!(r#"{{ "id": "us"{BASELINE} }}"#), phases, more)).unwrap();
    let Err(found) = terms.validate() else { return Vec::new() };
    found.violations().iter().map(|found| format!("{} at {}", found.code(), found.place())).collect()
}

#[test]
fn the_planned_series_has_each_day() {
    let iraq = crate::support::iraq();
    let schedule = iraq.schedule("us").unwrap();
    let days = day!(2025, 8, 30)..=day!(2025, 10, 2);
    for &how in Interpolation::ALL {
        let series: Vec<_> = schedule.planned_series(days.clone(), how).collect();
        assert_eq!(series.len(), 34);
        assert_eq!((series[0].0, series[33].0), (*days.start(), *days.end()));
        assert!(series.iter().all(|&(day, planned)| planned == schedule.planned_on(day, how)));
    }
}

/// Days after a day are those of the text alone, as the day itself is, so that they are kept in order.
#[test]
fn a_deadline_that_counts_from_a_day_is_the_texts_alone() {
    let after = |day: &str| format!(r#"{{ "after": "{day}", "days": 5 }}"#);
    assert_eq!(wrong(&phases(&[&after("2025-01-10")]), ""), ["closes-before-baseline at phases[0].by"]);
    assert_eq!(
        wrong(&phases(&[&after("2025-03-10"), &after("2025-03-09")]), ""),
        ["phases-out-of-order at phases[1].by"]
    );
    assert_eq!(wrong(&phases(&[&after("2025-03-10"), &after("2025-03-10")]), ""), [""; 0]);
}

/// A day that leaves the calendar is reported once, and not for each deadline that counts from it.
#[test]
fn a_day_that_leaves_the_calendar_is_reported_where_it_does() {
    let beyond = r#"{ "after": "9999-12-31", "days": 1 }"#;
    let next = r#"{ "after": "phase:1", "days": 1 }"#;
    assert_eq!(wrong(&phases(&[beyond, next]), ""), ["date-out-of-range at phases[0].by"]);
    let by = |by: Deadline| {
        let mut terms: Terms =
            serde_json::from_str(&document(r#"{ "id": "us" }"#, &phases(&["\"2030\""]), "")).unwrap();
        terms.phases[0].by = by;
        let found = terms.validate().unwrap_err();
        found.violations().iter().map(|found| format!("{} at {}", found.code(), found.place())).collect::<Vec<_>>()
    };
    let beyond = day!(9999, 12, 31).succ_opt().unwrap();
    assert_eq!(by(Deadline::day(beyond)), ["date-out-of-range at phases[0].by"]);
    let after = Deadline::After { event: Event::Day(beyond), offset: Offset { days: 1, ..Offset::default() } };
    assert_eq!(by(after), ["date-out-of-range at phases[0].by"]);
}

/// A path that holds until a day on which it turns anyway is the same path.
#[test]
fn a_phase_that_begins_on_the_day_of_the_one_before_has_the_same_plan() {
    let us = format!(r#"{{ "id": "us"{BASELINE} }}"#);
    let plain = phases(&[r#""2025-03-01""#, r#""2025-06-01""#]);
    let begins = plain.replace(r#""id": "2","#, r#""id": "2", "from": "2025-03-01","#);
    let (plain, begins) = (agreement(&us, &plain, ""), agreement(&us, &begins, ""));
    let days = day!(2025, 2, 1)..=day!(2025, 6, 2);
    for &how in Interpolation::ALL {
        let [one, other] = [&plain, &begins]
            .map(|of| of.schedule("us").unwrap().planned_series(days.clone(), how).collect::<Vec<_>>());
        assert_eq!(one, other, "{how}");
    }
}

/// As known before the amendment that allows more was public, the one that follows from it rises, and governs.
#[test]
fn an_amendment_governs_though_it_would_be_a_mistake_without_one_not_known_yet() {
    let us = format!(r#"{{ "id": "us"{BASELINE} }}"#);
    let record = r#", "record": [{ "on": "2025-02-01", "act": "announced" },
            { "on": "2025-02-02", "act": "event", "name": "vote", "published": "2025-02-20" }],
        "amendments": [
            { "title": "More", "adopted": "2025-02-03", "effective": { "after": "event:vote" }, "changes": [
                { "phase": "1", "limits": [{ "remain": 70 }] }] },
            { "title": "Then", "adopted": "2025-02-04", "changes": [
                { "add": { "id": "2", "by": "2025-06-01", "limits": [{ "remain": 60 }] }, "after": "1" }] }]"#;
    let agreement = agreement(&us, &phases(&[r#""2025-03-01""#]), record);
    let on = |known: &str| {
        let known = agreement.as_known_on(day(known));
        (known.version_on(day("2025-03-01")), required(&known, "us", "2025-06-01"))
    };
    assert_eq!(on("2025-02-19"), (1, "50 by 2, 50 by 2".to_owned()));
    assert_eq!(on("2025-02-20"), (2, "60 by 2, 60 by 2".to_owned()));
}

/// What may stay counts in each version, with the lists of days until which it may.
#[test]
fn residuals_count_in_the_bound_of_all_versions() {
    let many = |n: usize| Deadline::latest((0..n).map(|_| Deadline::year(2040)));
    let stays = |until| Residual { force: Some("us".into()), until, ..Residual::new(0, ResidualStatus::Agreed) };
    let mut terms: Terms = serde_json::from_str(&document(r#"{ "id": "us" }"#, &phases(&["\"2030\""]), "")).unwrap();
    terms.forces.push(Force::new("uk"));
    terms.phases = vec![Phase::new("1", Deadline::year(2030)).limit(Limit::remain(0).on("us"))];
    terms.residual = vec![stays(Some(many(1_000)))];
    terms.amendments = (0..2_000).map(|_| Amendment::new("monthly", day!(2024, 1, 1))).collect();
    terms.amendments[0].changes =
        vec![Change::Phase(PhaseChange { title: Some(Some("One".to_owned())), ..PhaseChange::new("1") })];
    let found = terms.validate().unwrap_err().to_string();
    // One phase, one limit, two forces, one residual of a thousand days.
    assert!(found.contains(&format!(" come to {};", 2_001 * (1 + 1 + 2 + 1 + 1_000))), "{found}");
}

/// The milestones that are required on a day: `1: 900, settled; 2: 600`.
fn milestones(agreement: &Agreement, on: &str) -> String {
    let milestones = agreement.schedule("us").unwrap().required_milestones_on(day(on));
    let settled = |one: &Milestone<'_>| if one.settled { ", settled" } else { "" };
    milestones.iter().map(|one| format!("{}: {}{}", one.by, one.band, settled(one))).collect::<Vec<_>>().join("; ")
}

fn recount(strength: u32, on: &str, more: &str) -> String {
    format!(
        r#"{{ "title": "Recount", "adopted": "{on}", "changes": [
            {{ "baseline": {{ "strength": {strength}, "as_of": "{on}" }} }}{more}] }}"#
    )
}

/// A phase that still waits, and allows more than the one after it, which a recount settles: no mistake, then or later.
#[test]
fn a_phase_that_moves_behind_a_lower_ceiling_is_capped_by_it() {
    let us = format!(r#"{{ "id": "us"{BASELINE} }}"#);
    let phases = phases(&[r#"{ "after": "event:handover" }"#, r#""2025-06-01""#]);
    let amendments =
        [recount(80, "2025-07-01", ""), r#"{ "title": "Later", "adopted": "2025-08-01", "changes": [] }"#.to_owned()];
    let agreement = agreement(&us, &phases, &format!(r#", "amendments": [{}]"#, amendments.join(", ")));
    assert_eq!(milestones(&agreement, "2025-06-30"), "1: 50; 2: 40");
    assert_eq!(milestones(&agreement, "2025-07-01"), "2: 40, settled; 1: 40");
    assert_eq!(milestones(&agreement, "2025-08-01"), "2: 40, settled; 1: 40");
    // Nor is it one in what an amendment writes of it, with the recount or later.
    let more = |remain: u32| format!(r#"{{ "phase": "1", "limits": [{{ "remain": {remain} }}] }}"#);
    let amendments = [
        recount(80, "2025-07-01", &format!(", {}", more(45))),
        format!(r#"{{ "title": "Later", "adopted": "2025-08-01", "changes": [{}] }}"#, more(46)),
    ];
    let agreement = self::agreement(&us, &phases, &format!(r#", "amendments": [{}]"#, amendments.join(", ")));
    assert_eq!(milestones(&agreement, "2025-07-01"), "2: 40, settled; 1: 40");
    assert_eq!(milestones(&agreement, "2025-08-01"), "2: 40, settled; 1: 40");
}

/// A phase that a baseline settles from the start counts from the last baseline by its own day.
#[test]
fn a_phase_that_is_settled_from_the_start_counts_from_the_baseline_of_its_time() {
    let us = format!(r#"{{ "id": "us"{BASELINE} }}"#);
    let of = |happened: &str| {
        let record = format!(
            r#", "record": [{{ "on": "2025-02-01", "act": "announced" }},
                {{ "on": "{happened}", "act": "event", "name": "handover" }}]"#
        );
        let add = r#", { "add": { "id": "x", "by": { "after": "event:handover" }, "limits": [{ "withdrawn": 10 }] }, "after": null }"#;
        let amendments = [recount(90, "2025-04-01", ""), recount(80, "2025-06-01", ""), recount(70, "2025-08-01", add)];
        let phase = r#"{ "id": "last", "by": "2025-12-01", "limits": [{ "remain": 5 }] }"#;
        let agreement = agreement(&us, phase, &format!(r#"{record}, "amendments": [{}]"#, amendments.join(", ")));
        milestones(&agreement, "2025-08-01")
    };
    for (happened, ceiling) in [
        ("2025-02-02", 90),
        ("2025-03-31", 90),
        ("2025-04-01", 80),
        ("2025-05-31", 80),
        ("2025-06-01", 70),
        ("2025-07-31", 70),
    ] {
        assert_eq!(of(happened), format!("x: {ceiling}, settled; last: 5"), "{happened}");
    }
}

/// What counts from the termination outlives it, though a later count settles it.
#[test]
fn a_settled_phase_that_counts_from_the_termination_outlives_it() {
    let us = format!(r#"{{ "id": "us"{BASELINE} }}"#);
    let phases = phases(&[r#"{ "after": "termination", "days": 10 }"#]);
    let record =
        r#", "record": [{ "on": "2025-02-01", "act": "announced" }, { "on": "2025-05-01", "act": "terminated" }]"#;
    let agreement = agreement(&us, &phases, &format!(r#"{record}, "amendments": [{}]"#, recount(45, "2025-07-01", "")));
    assert_required(&agreement, "us", &[("2025-06-30", "50 by 1, 50 by 1"), ("2025-07-01", "50 by 1, 50 by 1")]);
}
