//! What parts and wholes say of each other, what holds, and what cannot be true.

use force_drawdown::{
    Agreement, Assessment, Change, Observation, ObservationKind, Outcome, Part, Quantity, Terms, Verdict, Window,
    assessment::Counted, strategies,
};
use proptest::prelude::*;

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
        "1 count is set aside, for more would have left than there were (the last is 60000 withdrawn on 1990-12-15).";
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

/// The windows of an observation by a day: what held has its first day and its last, or that day.
fn windows_of(seen: &Observation, on: chrono::NaiveDate) -> Vec<Window> {
    let first = seen.date.window().unwrap();
    let last = seen.until.map(|until| Window::day(until.min(on)));
    [Some(first), last].into_iter().flatten().filter(|_| first.latest() <= on).collect()
}

/// The sums of a document written out, slowly: of each window, from the parts, and then from above.
fn written_out(agreement: &Agreement, seen: &[Observation], judged_on: chrono::NaiveDate) -> Vec<Observation> {
    let terms = agreement.terms();
    let in_effect = agreement
        .versions()
        .take(agreement.version_on(judged_on) + 1)
        .filter_map(force_drawdown::history::Version::amendment);
    let added = in_effect.flat_map(|amendment| &amendment.changes).filter_map(|change| match change {
        force_drawdown::Change::AddForce { add_force } => Some(add_force),
        _ => None,
    });
    let forces: Vec<&force_drawdown::Force> = terms.forces.iter().chain(added).collect();
    let id = |seen: &Observation| seen.force.clone().unwrap_or_else(|| agreement.terms().forces[0].id.clone());
    let is_count = |seen: &Observation| {
        seen.kind() == ObservationKind::Count
            && agreement
                .known_on()
                .is_none_or(|known| seen.known_from(agreement.terms()).is_some_and(|from| from <= known))
    };
    let mut all: Vec<Observation> = Vec::new();
    for seen in seen.iter().filter(|seen| is_count(seen)) {
        let seen = Observation { force: Some(id(seen)), ..seen.clone() };
        all.push(seen);
    }
    let windows = |all: &[Observation], of: &str| -> Vec<Window> {
        let own = all.iter().filter(|seen| seen.force.as_deref() == Some(of));
        own.flat_map(|seen| windows_of(seen, judged_on)).collect()
    };
    // The counts of a window: its own, else those that held.
    let counts = |all: &[Observation], of: &str, window: Window, present: bool| -> Vec<Observation> {
        let own: Vec<&Observation> = all
            .iter()
            .filter(|seen| {
                seen.force.as_deref() == Some(of) && (!present || matches!(seen.counted, Counted::Present(_)))
            })
            .collect();
        let is_exact = |seen: &&&Observation| windows_of(seen, judged_on).contains(&window);
        let exact: Vec<Observation> = own.iter().filter(is_exact).map(|seen| (*seen).clone()).collect();
        if !exact.is_empty() {
            return exact;
        }
        let holds = |seen: &&&Observation| {
            seen.until.is_some_and(|until| {
                seen.date.window().unwrap().earliest() <= window.earliest() && window.latest() <= until.min(judged_on)
            })
        };
        own.iter().filter(holds).map(|seen| (*seen).clone()).collect()
    };
    let depth = |force: &force_drawdown::Force| {
        let mut deep = 0;
        let mut of = force.part_of.clone();
        while let Some(whole) = of {
            deep += 1;
            of = forces.iter().find(|force| force.id == whole).and_then(|force| force.part_of.clone());
        }
        deep
    };
    let mut by_depth = forces.clone();
    by_depth.sort_by_key(|force| std::cmp::Reverse(depth(force)));
    let parts = |whole: &str| -> Vec<&str> {
        forces.iter().filter(|force| force.part_of.as_deref() == Some(whole)).map(|force| force.id.as_str()).collect()
    };
    for whole in by_depth.iter().filter(|force| force.sum_of_parts && !parts(&force.id).is_empty()) {
        let parts = parts(&whole.id);
        let mut of_days: Vec<Window> = parts.iter().flat_map(|part| windows(&all, part)).collect();
        of_days.sort_by_key(|window| (window.earliest(), window.latest()));
        of_days.dedup();
        let mut sums = Vec::new();
        for window in of_days {
            let (mut low, mut high, mut sum) = (0_u64, Some(0_u64), counts(&all, &whole.id, window, true).is_empty());
            for part in &parts {
                let bands: Vec<_> = counts(&all, part, window, true)
                    .iter()
                    .map(|seen| match seen.counted {
                        Counted::Present(quantity) => quantity.band().unwrap(),
                        _ => unreachable!("only who is present is asked for"),
                    })
                    .collect();
                sum &= !bands.is_empty();
                low += bands.iter().map(|band| u64::from(band.low())).min().unwrap_or(0);
                let most =
                    bands.iter().map(|band| band.high()).try_fold(0, |most, high| Some(most.max(u64::from(high?))));
                high = high.zip(most).map(|(sum, most)| sum + most);
            }
            let low = u32::try_from(low).unwrap_or(u32::MAX).min(force_drawdown::MAX_PEOPLE);
            let high =
                high.and_then(|high| u32::try_from(high).ok()).filter(|high| *high <= force_drawdown::MAX_PEOPLE);
            let quantity = high.map_or(Quantity::AtLeast(low), |high| Quantity::Range(low, high));
            sums.extend(sum.then(|| Observation::present(of_window(window), quantity).of(&*whole.id)));
        }
        all.extend(sums);
    }
    for whole in by_depth.iter().rev() {
        let mut of_days = windows(&all, &whole.id);
        of_days.sort_by_key(|window| (window.earliest(), window.latest()));
        of_days.dedup();
        for window in of_days {
            let own: Vec<&Observation> = all
                .iter()
                .filter(|seen| {
                    seen.force.as_deref() == Some(&*whole.id) && windows_of(seen, judged_on).contains(&window)
                })
                .collect();
            let none = |seen: &&Observation| match seen.counted {
                Counted::Present(quantity) => quantity.band().unwrap() == force_drawdown::Band::exactly(0),
                _ => false,
            };
            if own.iter().all(none) {
                let zeros = parts(&whole.id).into_iter().filter(|part| counts(&all, part, window, false).is_empty());
                let zeros: Vec<_> = zeros.map(|part| Observation::present(of_window(window), 0).of(part)).collect();
                all.extend(zeros);
            }
        }
    }
    all
}

fn of_window(window: Window) -> force_drawdown::Period {
    if window.earliest() == window.latest() {
        return window.earliest().into();
    }
    force_drawdown::Period::Between(Part::Day(window.earliest()), Part::Day(window.latest()))
}

/// What was seen of a force, of windows, with what held on its two ends.
fn ends(all: &[Observation], of: &str, judged_on: chrono::NaiveDate) -> Vec<(Window, force_drawdown::Band)> {
    let own = all.iter().filter(|seen| seen.force.as_deref() == Some(of));
    own.flat_map(|seen| {
        let Counted::Present(quantity) = seen.counted else { panic!("only who is present is asked for") };
        windows_of(seen, judged_on).into_iter().map(move |window| (window, quantity.band().unwrap()))
    })
    .collect()
}

/// The days of the baselines of all forces but one.
fn other_baselines(terms: &Terms, force: Option<&str>) -> Vec<chrono::NaiveDate> {
    let sole = terms.forces.first().map(|force| force.id.as_str());
    let force = force.or(sole);
    let changes = terms.amendments.iter().flat_map(|amendment| &amendment.changes);
    let added = changes.filter_map(|change| match change {
        Change::AddForce { add_force } => Some((add_force.id.as_str(), add_force.baseline.as_ref()?.as_of)),
        Change::Baseline { baseline } => Some((baseline.force.as_deref().or(sole)?, baseline.baseline.as_of)),
        _ => None,
    });
    let first = terms.forces.iter().filter_map(|force| Some((force.id.as_str(), force.baseline.as_ref()?.as_of)));
    first.chain(added).filter(|(id, _)| Some(*id) != force).map(|(_, as_of)| as_of).collect()
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
        for on in [last, last - chrono::Days::new(150)] {
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

    /// What holds says the same as a count of every day, where no other count lies between, and no baseline of another
    /// force: the parts of a whole of nobody have counts of the two ends alone.
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
        let until = first + chrono::Days::new(days);
        let held = Observation { until: Some(until), published: None, source: None, ..seen[place].clone() };
        seen.remove(place);
        let of_others = other_baselines(agreement.terms(), held.force.as_deref());
        if of_others.iter().any(|as_of| first <= *as_of && *as_of <= until) {
            return Ok(());
        }
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
        for on in [last, until, first + chrono::Days::new(days / 2), until + chrono::Days::new(60)] {
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
