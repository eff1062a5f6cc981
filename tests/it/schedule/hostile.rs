//! Documents that are made to be expensive: an error or an answer, in time and memory in proportion.

use super::*;
use force_drawdown::{Amendment, Baseline, Change, Deadline, Event, Force, Limit, Party, Phase, PhaseChange, Role};

fn terms(phases: Vec<Phase>) -> Terms {
    let mut terms = Terms::new("plan");
    terms.parties = vec![Party::new("USA", "United States", Role::Sending)];
    terms.forces = vec![Force::new("us")];
    terms.phases = phases;
    terms
}

fn violations(terms: &Terms) -> Vec<String> {
    terms
        .validate()
        .map_or_else(|invalid| invalid.violations().iter().map(ToString::to_string).collect(), |()| Vec::new())
}

#[test]
fn a_hundred_thousand_phases_are_resolved() {
    const COUNT: u32 = 100_000;
    let first = day("1900-01-01");
    let phase = |n: u32| {
        let by = Deadline::day(first + chrono::Days::new((n / 2).into()));
        Phase::new(n.to_string(), by).limit(Limit::remain(COUNT - n))
    };
    let agreement = Agreement::try_from(terms((0..COUNT).map(phase).collect())).unwrap();
    assert_required(
        &agreement,
        "us",
        &[
            ("1899-12-31", "nothing"),
            ("1900-01-01", "99999 by 1, 99999 by 1"),
            ("2030-01-01", "5035 by 94965, 5035 by 94965"),
        ],
    );
    for &how in Interpolation::ALL {
        assert_planned(&agreement, "us", how, &[("1900-01-01", "99999, 99999"), ("2036-11-24", "1, 1")]);
    }
}

/// Each counts from the one before it, so that a resolver that recursed would overflow the stack.
#[test]
fn a_chain_of_deadlines_is_followed_to_its_end_in_either_order() {
    const COUNT: u32 = 50_000;
    let chained = |n: u32| Phase::new(n.to_string(), Deadline::after(Event::Phase((n + 1).to_string())));
    let mut phases: Vec<_> = (0..COUNT).map(chained).collect();
    phases.push(Phase::new(COUNT.to_string(), Deadline::year(2030)).limit(Limit::remain(0)));
    let forwards = terms(phases.clone());
    phases.reverse();
    for terms in [forwards, terms(phases.clone())] {
        let agreement = Agreement::try_from(terms).unwrap();
        assert_required(&agreement, "us", &[("2030-12-31", "0 by 50000, 0 by 50000")]);
    }
    phases[0].by = Deadline::after(Event::Phase("0".to_owned()));
    let found = violations(&terms(phases));
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("deadline-circle at phases["), "{}", found[0]);
}

/// Every phase counts from the same few, each from all before it: no deadline is resolved twice.
#[test]
fn deadlines_that_share_what_they_count_from_are_resolved_once() {
    let all = |n: u32| (0..n).map(|k| Deadline::after(Event::Phase(k.to_string())));
    let mut phases = vec![Phase::new("0", Deadline::year(2030))];
    phases.extend((1..300).map(|n| Phase::new(n.to_string(), Deadline::latest(all(n)))));
    assert!(violations(&terms(phases)).is_empty());
}

#[test]
fn long_ids_are_shortened_where_they_are_reported() {
    let long = "x".repeat(1 << 20);
    let mut terms = terms(vec![Phase::new(long.clone(), Deadline::year(2030)).limit(Limit::remain(0))]);
    terms.forces[0].id = long.clone();
    terms.forces[0].part_of = Some(long.clone() + "y");
    terms.parties[0].id = long;
    let found = violations(&terms);
    assert_eq!(found.iter().filter(|line| line.starts_with("malformed-id at ")).count(), 3);
    for line in &found {
        assert!(line.len() < 1_000, "{} bytes: {}…", line.len(), &line[..200]);
    }
}

/// A message names its force; a long name in every one of many would be memory out of proportion.
#[test]
fn many_messages_do_not_repeat_a_long_id() {
    let phase = |n: u32| Phase::new(n.to_string(), Deadline::year(2030)).limit(Limit::remain(n));
    let mut terms = terms((0..1_000).map(phase).collect());
    terms.forces[0].id = "x".repeat(1 << 16);
    let found = violations(&terms);
    assert_eq!(found.len(), 1_000);
    let length: usize = found.iter().map(String::len).sum();
    assert!(length < 1 << 20, "{length} bytes");
}

#[test]
fn the_greatest_numbers_and_the_ends_of_the_calendar_are_answered() {
    let force = r#"{ "id": "us", "baseline": { "strength": 4294967294, "as_of": "0001-01-01" } }"#;
    let phases = r#"{ "id": "1", "by": "0001-01-02", "limits": [{ "withdraw_share": "33.333333%" }] },
        { "id": "2", "by": "0200-12-31", "limits": [{ "withdraw": "about 1,000,000,000" }] }"#;
    let agreement = agreement(force, phases, "");
    assert_required(
        &agreement,
        "us",
        &[
            ("0001-01-01", "nothing"),
            ("0001-01-02", "2863311543 by 1, 2863311543 by 1"),
            ("0200-12-31", "1763311543 by 2, 1963311543 by 2"),
        ],
    );
    for &how in Interpolation::ALL {
        let ends = [("0001-01-01", "4294967294, 4294967294"), ("9999-12-31", "1763311543, 1963311543")];
        assert_planned(&agreement, "us", how, &ends);
    }
    let late = agreement_of_the_last_day();
    assert_required(&late, "us", &[("9999-12-30", "nothing"), ("9999-12-31", "0 by 1, 0 by 1")]);
    assert_eq!(late.schedule("us").unwrap().days(), Some(day("9999-12-31")..=day("9999-12-31")));
}

fn agreement_of_the_last_day() -> Agreement {
    let limits = r#"[{ "remain": 0 }]"#;
    let residual = r#", "residual": [{ "strength": 5, "status": "agreed", "until": "9999-12-31" }]"#;
    let phases = format!(r#"{{ "id": "1", "by": "9999-12-31", "limits": {limits} }}"#);
    // Nobody was there before, so that nobody may stay.
    agreement(r#"{ "id": "us", "baseline": { "strength": 0, "as_of": "9999-12-31" } }"#, &phases, residual)
}

fn monthly(count: u32) -> Vec<Amendment> {
    (0..count).map(|_| Amendment::new("monthly", day("2024-01-01"))).collect()
}

/// A document with so many versions of so many phases, each with a limit, and of one force.
fn versions(versions: u32, phases: u32) -> Terms {
    let phase = |n: u32| Phase::new(n.to_string(), Deadline::year(2030)).limit(Limit::remain(phases - n));
    let mut terms = terms((0..phases).map(phase).collect());
    terms.amendments = monthly(versions - 1);
    terms
}

/// 1,048,576 phases, limits and forces of all versions are accepted, and not one more.
#[test]
fn what_is_kept_of_all_versions_is_bounded() {
    let too_large = |found: u32| {
        let what = "the phases, limits and forces of all versions";
        vec![format!("document-too-large at amendments: {what} come to {found}; at most 1048576 are accepted")]
    };
    assert_eq!(violations(&versions(1_024, 512)), too_large(1_024 * 1_025));
    // With 1,024 to spare.
    let mut terms = versions(1_024, 511);
    assert!(violations(&terms).is_empty());
    let condition = |count| PhaseChange { conditions: Some(vec!["c".to_owned(); count]), ..PhaseChange::new("0") };
    let last = |count| Amendment::new("last", day("2024-01-02")).change(Change::Phase(condition(count)));
    *terms.amendments.last_mut().unwrap() = last(1_024);
    assert!(violations(&terms).is_empty());
    *terms.amendments.last_mut().unwrap() = last(1_025);
    assert_eq!(violations(&terms), too_large(1_048_577));
}

/// A phase counts in each version that has it, with what it holds in that.
#[test]
fn each_version_counts_what_it_has() {
    let many = |n: usize| Deadline::latest((0..n).map(|_| Deadline::year(2030)));
    let grown = Phase::new("new", many(200_000)).limit(Limit::remain(0));
    let mut terms = versions(3, 2);
    terms.amendments[0].changes = vec![Change::Add { add: grown, after: Some("1".into()) }];
    terms.amendments[1].changes = vec![Change::Drop { drop: "new".into() }];
    terms.amendments.extend(monthly(4_000));
    // One version of 200,007 and 4,002 of 5.
    assert_eq!(violations(&terms), [""; 0]);
    terms.amendments[1].changes = vec![Change::Phase(PhaseChange { by: Some(many(7)), ..PhaseChange::new("new") })];
    assert_eq!(violations(&terms), [""; 0]);
    terms.amendments[1].changes.clear();
    let found = violations(&terms);
    assert!(found[0].contains(&format!(" come to {};", 5_u64 + 4_002 * 200_007)), "{found:?}");
    // An added force and a further baseline count in each version from then on.
    terms.amendments[0].changes.push(Change::AddForce { add_force: Force::new("late") });
    terms.amendments[1].changes = vec![Change::Baseline { baseline: Baseline::new(900, day("1991-01-01")).into() }];
    terms.amendments[1].changes.push(Change::AddForce { add_force: Force::new("later") });
    let found = violations(&terms);
    assert!(found[0].contains(&format!(" come to {};", 5_u64 + 4_002 * 200_008 + 4_001 * 2)), "{found:?}");
}

/// Every phase is settled by the last of many baselines, and keeps the ceiling that it had.
#[test]
fn many_baselines_of_many_settled_phases_are_resolved() {
    const COUNT: u32 = 3_000;
    let on = |n: u32| day("1990-01-01") + chrono::Days::new(n.into());
    let phase = |n: u32| Phase::new(n.to_string(), Deadline::day(on(n))).limit(Limit::withdraw(1));
    let mut terms = terms((0..COUNT).map(phase).collect());
    terms.forces[0].baseline = Some(Baseline::new(100_000, on(0)));
    let baseline = |n: u32| {
        // The last but one is not in their order.
        let as_of = if n + 1 == COUNT { on(1_000) } else { on(n) };
        Change::Baseline { baseline: Baseline::new(100_000 - n, as_of).into() }
    };
    let changes = (0..=COUNT).map(baseline).collect();
    terms.amendments = vec![Amendment { changes, ..Amendment::new("recounts", day("1989-01-01")) }];
    let agreement = Agreement::try_from(terms).unwrap();
    // The settled phases but the last are gone.
    let milestones = agreement.schedule("us").unwrap().required_milestones_on(on(COUNT));
    let one = (milestones.len(), milestones[0].band.to_string(), milestones[0].settled);
    assert_eq!(one, (1, "97,000".to_owned(), true));
}

/// A force of a whole of a whole, sixteen times, and not once more; a circle of sixteen is told as such.
#[test]
fn wholes_within_wholes_are_bounded() {
    let forces = |last: u32| {
        let part = |n: u32| Force { part_of: Some(format!("f{}", n - 1)), ..Force::new(format!("f{n}")) };
        let mut terms = terms(vec![Phase::new("1", Deadline::year(2030)).limit(Limit::remain(5).on("f0"))]);
        terms.forces = std::iter::once(Force::new("f0")).chain((1..=last).map(part)).collect();
        terms
    };
    let too_large = |found: u32| {
        let what = "the wholes of a force, one within the other,";
        vec![format!("document-too-large at forces: {what} come to {found}; at most 16 are accepted")]
    };
    assert_eq!(violations(&forces(16)), Vec::<String>::new());
    assert_eq!(violations(&forces(17)), too_large(17));
    assert_eq!(violations(&forces(30_000)), too_large(30_000));
    let mut reversed = forces(17);
    reversed.forces.reverse();
    assert_eq!(violations(&reversed), too_large(17));
    let mut amended = forces(17);
    let added = amended.forces.pop().unwrap();
    amended.amendments.push(Amendment::new("a part", day("2024-01-01")).change(Change::AddForce { add_force: added }));
    assert_eq!(violations(&amended), too_large(17));
    let mut circle = forces(15);
    circle.forces[0].part_of = Some("f15".to_owned());
    let message = "a force cannot be a part of itself: f0, f15, f14, f13, f12, f11, f10, f9, …";
    assert_eq!(violations(&circle), [format!("part-of-circle at forces[0].part_of: {message}")]);
}
