//! What parts and wholes say of each other, what holds, and what cannot be true.

pub(crate) mod written_out;

use chrono::Days;
use force_drawdown::{
    Agreement, Assessment, Observation, Outcome, Quantity, Verdict, Window, assessment::Counted, strategies,
};
use proptest::prelude::*;

use self::written_out::{ends, written_out};
use crate::support::{day, document};

/// A mission of two contingents, in force, of which at most half may be left by the last of June.
fn mission(sum: &str) -> Agreement {
    let forces = format!(
        r#"{{ "id": "all"{sum} }}, {{ "id": "air", "part_of": "all" }}, {{ "id": "land", "part_of": "all" }},
            {{ "id": "south", "part_of": "land" }}, {{ "id": "north", "part_of": "land" }}"#
    );
    let phases = r#"{ "id": "1", "by": "2025-06-30", "limits": [{ "force": "all", "remain": 100 }, { "force": "land", "remain": 60 }] }"#;
    let record = r#", "record": [{ "on": "2025-01-01", "act": "approved" }]"#;
    serde_json::from_str(&document(&forces, phases, record)).unwrap()
}

fn made_up() -> Agreement {
    mission(r#", "sum_of_parts": true"#)
}

/// Observations, one for each object of JSON.
fn seen(json: &str) -> Vec<Observation> {
    serde_json::from_str(&format!("[{json}]")).unwrap()
}

/// The latest count of a force: its ends, and its first and last day.
fn latest(judged: &Assessment, force: &str) -> Option<(u32, Option<u32>, Window)> {
    let observed = judged.forces.iter().find(|judged| judged.force == force)?.observed?;
    Some((observed.low, observed.high, Window::new(observed.earliest, observed.latest)?))
}

fn on(text: &str) -> Window {
    Window::day(day(text))
}

#[test]
fn a_whole_is_the_sum_of_its_parts_on_a_day_of_which_each_has_a_count() {
    let both = seen(
        r#"{ "force": "air", "date": "2025-06-20", "present": 30, "source": "air force" },
           { "force": "land", "date": "2025-06-20", "present": "50..60", "source": "army" }"#,
    );
    let judged = made_up().assess(&both, day("2025-07-01"));
    assert_eq!(latest(&judged, "all"), Some((80, Some(90), on("2025-06-20"))));
    assert_eq!(judged.phases[0].outcome, Outcome::Met);
    assert_eq!(judged.forces[0].reason.latest[0].to_string(), "80..90 present on 2025-06-20 (source: air force, army)");
    // It is no sum unless it is said to be one, of a day of which a part has none, or of which the whole has a count.
    assert_eq!(latest(&mission("").assess(&both, day("2025-07-01")), "all"), None);
    assert_eq!(latest(&made_up().assess(&both[..1], day("2025-07-01")), "all"), None);
    let own = seen(r#"{ "force": "all", "date": "2025-06-20", "present": 95 }"#);
    let judged = made_up().assess(&[both.clone(), own].concat(), day("2025-07-01"));
    assert_eq!(latest(&judged, "all"), Some((95, Some(95), on("2025-06-20"))));
    // Nor is a window a day, a forecast a count, or a number taken away one of people present.
    for other in [
        r#"{ "force": "land", "date": "2025-06", "present": 50 }"#,
        r#"{ "force": "land", "date": "2025-06-20", "present": 50, "kind": "forecast" }"#,
        r#"{ "force": "land", "date": "2025-06-20", "withdrawn": 50 }"#,
    ] {
        let judged = made_up().assess(&[both[..1].to_vec(), seen(other)].concat(), day("2025-07-01"));
        assert_eq!(latest(&judged, "all"), None, "{other}");
    }
}

/// Only of a force that is there for nothing is it said that it has no limit.
#[test]
fn the_parts_of_a_sum_need_no_limit() {
    let advised = |agreement: &Agreement| {
        let advice = agreement.advice();
        let found = advice.iter().filter(|advice| advice.code() == "force-without-limit");
        found.map(force_drawdown::Finding::path).collect::<Vec<_>>()
    };
    assert_eq!(advised(&made_up()), ["forces[3]", "forces[4]"]);
    assert_eq!(advised(&mission("")), ["forces[1]", "forces[3]", "forces[4]"]);
}

#[test]
fn a_part_may_be_a_sum_or_hold() {
    let all = r#"{ "id": "all", "sum_of_parts": true }, { "id": "air", "part_of": "all" },
        { "id": "land", "part_of": "all", "sum_of_parts": true }, { "id": "south", "part_of": "land" }, { "id": "north", "part_of": "land" }"#;
    let phase = r#"{ "id": "1", "by": "2025-06-30", "limits": [{ "force": "all", "remain": 100 }] }"#;
    let agreement: Agreement = serde_json::from_str(&document(all, phase, "")).unwrap();
    let rows = seen(
        r#"{ "force": "south", "date": "2025-06-20", "present": 10 }, { "force": "north", "date": "2025-06-20", "present": "at least 5" },
           { "force": "air", "date": "2025-06-01", "until": "2025-06-30", "present": 7 }"#,
    );
    let judged = agreement.assess(&rows, day("2025-07-01"));
    assert_eq!(latest(&judged, "land"), Some((15, None, on("2025-06-20"))));
    assert_eq!(latest(&judged, "all"), Some((22, None, on("2025-06-20"))));
    // It does not hold yet by the day before, and no longer the day after.
    for date in ["2025-05-31", "2025-07-01"] {
        let moved = rows.iter().cloned().map(|row| match row.until {
            Some(_) => row,
            None => Observation { date: day(date).into(), ..row },
        });
        assert_eq!(latest(&agreement.assess(&moved.collect::<Vec<_>>(), day("2025-07-31")), "all"), None, "{date}");
    }
    // Nor does it hold on every day of a window that goes on after it.
    let windows = rows.iter().cloned().map(|row| match row.until {
        Some(_) => row,
        None => Observation { date: "2025-06-20/2025-07-05".parse().unwrap(), ..row },
    });
    assert_eq!(latest(&agreement.assess(&windows.collect::<Vec<_>>(), day("2025-07-31")), "all"), None);
    // As known before the last of them is published, there is no sum.
    let late = rows[1].clone().published(day("2025-06-25"));
    let rows = [rows[0].clone(), late, rows[2].clone().published(day("2025-06-02"))];
    let known = |on: &str| latest(&agreement.as_known_on(day(on)).assess(&rows, day("2025-07-01")), "all").is_some();
    assert_eq!((known("2025-06-24"), known("2025-06-25")), (false, true));
}

#[test]
fn where_nobody_is_there_nobody_is_there_of_each_part() {
    // Whether or not the whole is made up of its parts.
    for agreement in [mission(""), made_up()] {
        let none = seen(
            r#"{ "force": "all", "date": "2025-06-20", "present": 0, "source": "flag lowered" },
               { "force": "south", "date": "2025-06-20", "present": 3 }, { "force": "south", "date": "2025-06-19", "present": 4 }"#,
        );
        let judged = agreement.assess(&none, day("2025-07-01"));
        assert_eq!(latest(&judged, "land"), Some((0, Some(0), on("2025-06-20"))));
        assert_eq!(latest(&judged, "north"), Some((0, Some(0), on("2025-06-20"))));
        assert_eq!(latest(&judged, "south"), Some((3, Some(3), on("2025-06-20"))));
        let named = |force: usize| judged.forces[force].reason.latest[0].to_string();
        assert_eq!(named(4), "0 present on 2025-06-20 (source: flag lowered)");
        assert_eq!(judged.phases.iter().map(|phase| phase.outcome).collect::<Vec<_>>(), [Outcome::Met, Outcome::Met]);
    }
    // Not where another count of that day says otherwise, or where it is not exactly nobody.
    for other in [r#""date": "2025-06-20", "present": 1"#, r#""date": "2025-06-20", "present": "0..1""#] {
        let rows =
            format!(r#"{{ "force": "all", "date": "2025-06-20", "present": 0 }}, {{ "force": "all", {other} }}"#);
        assert_eq!(latest(&made_up().assess(&seen(&rows), day("2025-07-01")), "land"), None, "{other}");
    }
    let few = seen(r#"{ "force": "all", "date": "2025-06-20", "present": "at most 1" }"#);
    assert_eq!(latest(&made_up().assess(&few, day("2025-07-01")), "land"), None);
}

/// "A force of 60 held from 1 May to the end of June", and what is said of days in between.
#[test]
fn a_count_that_holds_is_one_on_its_first_and_one_on_its_last_day() {
    let agreement: Agreement = serde_json::from_str(&document(
        r#"{ "id": "f", "baseline": { "strength": 100, "as_of": "2025-01-01" } }"#,
        r#"{ "id": "1", "by": "2025-05-31", "limits": [{ "remain": 60 }] }"#,
        r#", "record": [{ "on": "2025-01-01", "act": "approved" }]"#,
    ))
    .unwrap();
    let held = seen(r#"{ "date": "2025-05-01", "until": "2025-06-30", "present": 60 }"#);
    let of = |on: &str| {
        let judged = agreement.assess(&held, day(on));
        (latest(&judged, "f"), judged.forces[0].verdict)
    };
    assert_eq!(of("2025-04-30"), (None, Verdict::NotDue));
    assert_eq!(of("2025-05-01"), (Some((60, Some(60), on("2025-05-01"))), Verdict::NotDue));
    // Until its last day it held on the day of judgement, and then no longer.
    assert_eq!(of("2025-06-15"), (Some((60, Some(60), on("2025-06-15"))), Verdict::Compliant));
    assert_eq!(of("2025-08-01"), (Some((60, Some(60), on("2025-06-30"))), Verdict::Compliant));
    // Other counts between them count as they are.
    let more = [held.clone(), seen(r#"{ "date": "2025-05-31", "present": 61 }"#)].concat();
    assert_ne!(agreement.assess(&more, day("2025-06-15")).phases[0].outcome, Outcome::Met);
    // It is known when it ends, unless it was published before.
    let known = |seen: &[Observation], on: &str| {
        latest(&agreement.as_known_on(day(on)).assess(seen, day("2025-06-15")), "f").is_some()
    };
    assert_eq!((known(&held, "2025-06-29"), known(&held, "2025-06-30")), (false, true));
    assert!(known(&[held[0].clone().published(day("2025-05-02"))], "2025-05-02"));
    assert_eq!(agreement.last_day(&held), Some(day("2025-06-30")));
}

/// What holds is evidence of all its days, of parts and wholes, too.
#[test]
fn what_holds_says_of_a_baseline_between_that_parts_and_wholes_are_as_they_are() {
    let agreement = |all: &str, air: &str| -> Agreement {
        let base = |as_of: &str| match as_of {
            "" => String::new(),
            as_of => format!(r#", "baseline": {{ "strength": 99, "as_of": "{as_of}" }}"#),
        };
        let forces = format!(
            r#"{{ "id": "all", "sum_of_parts": true{} }}, {{ "id": "air", "part_of": "all" }}, {{ "id": "land", "part_of": "all" }},
                {{ "id": "wing", "part_of": "air"{} }}"#,
            base(all),
            base(air)
        );
        let phases = r#"{ "id": "1", "by": "2025-06-10", "limits": [{ "force": "all", "remain": 50 }] },
            { "id": "2", "by": "2025-06-10", "limits": [{ "force": "wing", "remain": 0 }] }"#;
        serde_json::from_str(&document(&forces, phases, "")).unwrap()
    };
    let outcomes = |agreement: &Agreement, rows: &str| {
        let judged = agreement.assess(&seen(rows), day("2025-07-31"));
        judged.phases.iter().map(|phase| phase.outcome).collect::<Vec<_>>()
    };
    // Nobody of all is nobody of a part of a part, from the day on which that begins to be counted.
    let nobody = r#"{ "force": "all", "date": "2025-06-01", "until": "2025-06-30", "present": 0 }"#;
    assert_eq!(outcomes(&agreement("", "2025-06-10"), nobody), [Outcome::Met, Outcome::Met]);
    assert_eq!(outcomes(&agreement("2025-06-10", "2025-06-10"), nobody), [Outcome::Met, Outcome::Met]);
    let early = agreement("", "2025-06-10").assess(&seen(nobody), day("2025-06-05"));
    assert_eq!(latest(&early, "wing"), None);
    // All 99 have left, of the baseline of its own days: a later one is not yet counted from.
    let recount = r#"{ "title": "Recount", "adopted": "2025-06-15", "changes": [
        { "baseline": { "force": "all", "strength": 199, "as_of": "2025-06-15" } }] }"#;
    let gone = r#"{ "force": "all", "date": "2025-06-05", "until": "2025-06-30", "withdrawn": 99 }"#;
    let recounted = agreement("2025-06-01", "2025-06-10").amended(serde_json::from_str(recount).unwrap()).unwrap();
    assert_eq!(outcomes(&recounted, gone)[1], Outcome::Met);
    // Parts that held add up on the day on which the whole begins to be counted.
    let both = r#"{ "force": "air", "date": "2025-06-01", "until": "2025-06-20", "present": 20 },
        { "force": "land", "date": "2025-06-05", "until": "2025-06-30", "present": 30 }"#;
    assert_eq!(outcomes(&agreement("2025-06-10", ""), both)[0], Outcome::Met);
    // And on any day of which another part of the whole of the whole has a count.
    let all = r#"{ "id": "all", "sum_of_parts": true }, { "id": "air", "part_of": "all" },
        { "id": "land", "part_of": "all", "sum_of_parts": true }, { "id": "south", "part_of": "land" }, { "id": "north", "part_of": "land" }"#;
    let phase = r#"{ "id": "1", "by": "2025-06-30", "limits": [{ "force": "all", "remain": 100 }] }"#;
    let agreement: Agreement = serde_json::from_str(&document(all, phase, "")).unwrap();
    let rows = seen(
        r#"{ "force": "south", "date": "2025-06-01", "until": "2025-06-30", "present": 10 },
           { "force": "north", "date": "2025-06-01", "until": "2025-06-30", "present": 5 },
           { "force": "north", "date": "2025-06-07", "until": "2025-06-09", "present": 4 },
           { "force": "air", "date": "2025-06-10", "present": 7 }"#,
    );
    assert_eq!(latest(&agreement.assess(&rows, day("2025-07-31")), "all"), Some((22, Some(22), on("2025-06-10"))));
}

/// The report of the withdrawal from Hungary: 60,000 soldiers and dependants have left, of 49,700 soldiers.
#[test]
fn more_than_there_were_cannot_have_left() {
    let folder = "/tests/it/sums/";
    let read = |file: &str| std::fs::read_to_string(format!("{}{folder}{file}", crate::ROOT)).unwrap();
    let agreement: Agreement = serde_json::from_str(&read("hungary-1990.json")).unwrap();
    let seen = agreement.read_observations(read("hungary-1990.csv").as_bytes()).unwrap();
    let judged = agreement.assess(&seen, day("1991-07-01"));
    assert_eq!(judged.forces[0].verdict, Verdict::NotReported);
    assert!(judged.phases.iter().all(|phase| phase.outcome == Outcome::NotReported));
    let [aside] = judged.set_aside.as_slice() else { panic!("one is set aside") };
    assert_eq!(
        (aside.force.as_str(), aside.date, aside.reason),
        ("f", on("1990-12-15"), "more-withdrawn-than-there-were")
    );
    let json = serde_json::to_value(&judged.set_aside).unwrap();
    let expected = serde_json::json!([{
        "force": "f", "date": { "earliest": "1990-12-15", "latest": "1990-12-15" }, "reason": "more-withdrawn-than-there-were"
    }]);
    assert_eq!(json, expected);
    let why = judged.explain().forces[0].clone();
    let words =
        "1 count is set aside, for more would have left than there were (the last is 60,000 gone on 15 December 1990).";
    assert!(why.contains(words), "{why}");
    let found: Vec<String> = agreement.check_observations(&seen).iter().map(ToString::to_string).collect();
    let advice = "more-withdrawn-than-there-were at [0].withdrawn: at least 60,000 have left of at most 49,700 there were; \
                  the count is set aside";
    assert_eq!(found, [advice]);

    // All of them can have left, and so can "about 60,000", of which some are no more than there were.
    for gone in [Quantity::Exact(49_700), Quantity::PlusMinus(60_000, 10_300)] {
        let judged = agreement.assess(&[Observation::withdrawn(day("1990-12-15"), gone)], day("1991-07-01"));
        assert_eq!((judged.forces[0].verdict, judged.set_aside.len()), (Verdict::Compliant, 0), "{gone}");
    }
    // Of a baseline of another day it can be true; said of the first, it cannot.
    let recount =
        force_drawdown::Amendment::new("Recount", day("1990-09-01")).change(force_drawdown::Change::Baseline {
            baseline: serde_json::from_str(r#"{ "strength": 100000, "as_of": "1990-09-01" }"#).unwrap(),
        });
    let agreement = agreement.amended(recount).unwrap();
    let judged = agreement.assess(&seen, day("1991-07-01"));
    assert_eq!(latest(&judged, "f"), Some((40_000, Some(40_000), on("1990-12-15"))));
    let judged = agreement.assess(&[seen[0].clone().since(day("1990-03-10"))], day("1991-07-01"));
    assert_eq!((latest(&judged, "f"), judged.set_aside.len()), (None, 1));
}

#[test]
fn what_is_odd_or_wrong_of_days_and_numbers_has_its_words() {
    let agreement: Agreement = serde_json::from_str(&document(
        r#"{ "id": "f", "baseline": { "strength": 100, "as_of": "2025-01-01" } }, { "id": "g" }"#,
        r#"{ "id": "1", "by": "2025-05-31", "limits": [{ "force": "f", "remain": 60 }] }"#,
        "",
    ))
    .unwrap();
    let found = |row: &str| {
        let seen = seen(row);
        let mut csv = Vec::new();
        Observation::write_csv(&seen, &mut csv).unwrap();
        let found: Vec<_> = agreement.check_observations(&seen).iter().map(ToString::to_string).collect();
        // A file is refused for violations alone, at their cells.
        let read = agreement.read_observations(csv.as_slice()).map_err(|error| error.to_string()).err();
        (found.join("\n"), read.unwrap_or_default())
    };
    let both = |row: &str, code: &str, column: &str, words: &str| {
        assert_eq!(found(row), (format!("{code} at [0].{column}: {words}"), String::new()), "{row}");
    };
    both(
        r#"{ "force": "f", "date": "2025-02-01", "present": 201 }"#,
        "far-above-the-baseline",
        "present",
        "201 are more than twice the 100 of the greatest baseline; see whether both count the same people",
    );
    for fine in [
        r#""date": "2025-02-01", "present": 200"#,
        r#""date": "2024-02-01", "present": 201"#,
        r#""date": "2025-02-01", "present": 201, "kind": "doubtful""#,
        r#""date": "2025-02-01", "withdrawn": "80..300""#,
        r#""date": "2025-02-01", "until": "2025-02-01", "present": 5"#,
    ] {
        assert_eq!(found(&format!(r#"{{ "force": "f", {fine} }}"#)), (String::new(), String::new()), "{fine}");
    }
    for (row, words) in [
        (
            r#""date": "2025-02-01", "until": "2025-01-31", "present": 5"#,
            "a count holds from a day to a later one; \"2025-02-01\" until 2025-01-31 is no such stretch",
        ),
        (
            r#""date": "2025-02", "until": "2025-03-31", "present": 5"#,
            "a count holds from a day to a later one; \"2025-02\" until 2025-03-31 is no such stretch",
        ),
        (
            r#""date": "2025-02-01", "withdrawn": 5, "since": "2025-01-02""#,
            "nothing is counted from 2025-01-02; since is the as_of of a baseline of the force, by the date of the count: 2025-01-01",
        ),
        (
            r#""date": "2024-02-01", "withdrawn": 5, "since": "2025-01-01""#,
            "nothing is counted from 2025-01-01; since is the as_of of a baseline of the force, by the date of the count: none",
        ),
        (
            r#""date": "2025-02-01", "present": 5, "since": "2025-01-01""#,
            "nothing is counted from 2025-01-01; since is the as_of of a baseline of the force, by the date of the count: none, \
          for who is present is not counted from one",
        ),
    ] {
        let (found, refused) = found(&format!(r#"{{ "force": "f", {row} }}"#));
        let until = row.contains("until");
        let (code, column) =
            if until { ("until-before-date", "column 3 (until)") } else { ("unknown-since", "column 7 (since)") };
        assert_eq!(found, format!("{code} at [0].{}: {words}", if until { "until" } else { "since" }));
        assert_eq!(refused, format!("line 2, {column}: {words}"));
    }
}

fn with_observations() -> impl Strategy<Value = (Agreement, Vec<Observation>)> {
    strategies::agreement().prop_flat_map(|agreement| {
        let seen = strategies::observations(agreement.terms());
        (Just(agreement), seen)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    /// Sums that are made are those that are written by hand.
    #[test]
    fn a_document_of_sums_is_judged_as_with_its_sums_written_out((agreement, seen) in with_observations()) {
        let Some(last) = agreement.last_day(&seen) else { return Ok(()) };
        let mut terms = agreement.terms().clone();
        terms.forces.iter_mut().for_each(|force| force.sum_of_parts = false);
        let without = Agreement::try_from(terms).unwrap();
        for on in [last, last - Days::new(150)] {
            let all = written_out(&agreement, &seen, on);
            let judged = agreement.assess(&seen, on);
            let by_hand = without.assess(&all, on);
            prop_assert_eq!(
                serde_json::to_value(&judged).unwrap(), serde_json::to_value(&by_hand).unwrap(),
                "on {}\n{}\n{}\n{}", on, serde_json::to_string(&agreement).unwrap(), serde_json::to_string(&seen).unwrap(),
                serde_json::to_string(&all).unwrap()
            );
            // And zeros: where only who is present is counted, and from no day on, the latest is that of all of them.
            for force in judged.forces.iter().map(|judged| judged.force.as_str()) {
                let written = agreement.terms().forces.iter().find(|written| written.id == force);
                let is_plain = written.is_some_and(|written| written.baseline.is_none());
                if !is_plain || all.iter().any(|seen| !matches!(seen.counted, Counted::Present(_))) || !agreement.terms().amendments.is_empty() {
                    continue;
                }
                let ends = ends(&all, force, on);
                let first = ends.iter().map(|(window, _)| window.earliest()).max();
                let of_last = ends.iter().filter(|(window, _)| Some(window.latest()) >= first);
                let low = of_last.clone().map(|(_, band)| band.low()).min();
                let high = of_last.map(|(_, band)| band.high()).try_fold(0, |most, high| Some(most.max(high?)));
                let found = latest(&judged, force).map(|(low, high, _)| (low, high));
                prop_assert_eq!(found, low.map(|low| (low, high)), "{} on {}\n{}", force, on, serde_json::to_string(&all).unwrap());
            }
        }
    }

    /// What holds says the same as a count of every day, where no other count lies between.
    #[test]
    fn a_count_that_holds_is_one_of_every_day((agreement, seen) in with_observations(), days in 1..40_u64, which in any::<prop::sample::Index>()) {
        let one_day = |seen: &Observation| seen.date.window().unwrap().earliest() == seen.date.window().unwrap().latest();
        let mut seen: Vec<_> = seen.into_iter().map(|seen| Observation { until: None, ..seen }).collect();
        let single: Vec<usize> = (0..seen.len()).filter(|&index| one_day(&seen[index])).collect();
        if single.is_empty() {
            return Ok(());
        }
        let place = single[which.index(single.len())];
        let first = seen[place].date.window().unwrap().earliest();
        let until = first + Days::new(days);
        let held = Observation { until: Some(until), published: None, source: None, ..seen[place].clone() };
        seen.remove(place);
        // No other lies between, of any force, so that sums are made alike.
        seen.retain(|other| {
            let window = other.date.window().unwrap();
            window.latest() < first || until < window.earliest()
        });
        let every = first.iter_days().take_while(|day| *day <= until).map(|day| Observation {
            date: day.into(), until: None, published: Some(until), ..held.clone()
        });
        let each_day: Vec<_> = seen.iter().cloned().chain(every).collect();
        seen.push(held);
        let Some(last) = agreement.last_day(&seen) else { return Ok(()) };
        for on in [last, until, first + Days::new(days / 2), until + Days::new(60)] {
            let [one, other] = [&seen, &each_day].map(|seen| {
                let mut json = serde_json::to_value(agreement.assess(seen, on)).unwrap();
                // Each day is set aside where the whole is.
                json["set_aside"] = serde_json::Value::Null;
                json
            });
            prop_assert_eq!(one, other, "on {}\n{}\n{}", on, serde_json::to_string(&agreement).unwrap(), serde_json::to_string(&seen).unwrap());
        }
    }
}
