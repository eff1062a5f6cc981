//! Cases at which a rule that is nearly right gives another answer: one day off, one end for the other, or without a
//! condition that seldom matters.

use force_drawdown::Window;
use force_drawdown::assessment::{ForceAssessment, reasons::Dated};

use super::*;

const BASELINE: &str = r#", "baseline": { "strength": 20, "as_of": "2000-01-02" }"#;

/// A phase that leaves so many by a day.
fn leaves(remain: u32, by: &str) -> String {
    format!(r#"{{ "id": "1", "by": "{by}", "limits": [{{ "remain": {remain} }}] }}"#)
}

/// A recount of 16 on a day.
fn recount(on: &str, by: &str) -> String {
    format!(
        r#", "amendments": [{{ "title": "Recount", "adopted": "{on}"{by}, "changes": [
            {{ "baseline": {{ "force": "us", "strength": 16, "as_of": "{on}" }} }}] }}]"#
    )
}

fn held(present: u32, from: &str, until: &str) -> Vec<Observation> {
    vec![Observation::present(day(from), present).until(day(until))]
}

fn verdict(agreement: &Agreement, row: &str) -> &'static str {
    agreement.assess(&seen(&[row]), day("2000-01-31")).forces[0].verdict.as_str()
}

/// What held across a recount is a count on the day of the recount, and on the day before it.
#[test]
fn a_count_that_held_counts_on_both_sides_of_a_recount() {
    let first =
        |agreement: &Agreement, held: &[Observation]| outcome(&agreement.assess(held, day("2000-01-31")).phases[0]);
    let due_after = agreement(BASELINE, &leaves(10, "2000-01-12"), &recount("2000-01-10", ""));
    assert_eq!(first(&due_after, &held(10, "2000-01-05", "2000-01-15")), "met, slip -2 to -2");
    let due_before = agreement(BASELINE, &leaves(10, "2000-01-07"), &recount("2000-01-10", ""));
    assert_eq!(first(&due_before, &held(15, "2000-01-05", "2000-01-15")), "overdue, slip 3 to -");
    // What began on the day of the recount is no count of the day before.
    let due_before = agreement(BASELINE, &leaves(10, "2000-01-09"), &recount("2000-01-10", ""));
    assert_eq!(first(&due_before, &held(10, "2000-01-10", "2000-01-15")), "not-reported");
}

/// A day until which it holds that is no day of the calendar is none.
#[test]
fn a_count_does_not_hold_until_a_day_beyond_the_calendar() {
    let beyond = day("9999-12-31").succ_opt().unwrap();
    let count = Observation::present(day("2000-01-05"), 10).until(beyond);
    assert_eq!(count.known_from(agreement(BASELINE, &leaves(10, "2000-01-12"), "").terms()), Some(day("2000-01-05")));
}

/// A share of a baseline that was taken after the count is none of what the count may say.
#[test]
fn a_share_that_had_left_counts_from_no_later_baseline() {
    let agreement = agreement(BASELINE, &leaves(8, "2000-01-05"), &recount("2000-01-08", ""));
    assert_judged(
        &agreement,
        "2000-01-31",
        &[(&["2000-01-05,withdrawn_share,50%"], "not-reported", "overdue, slip 1 to -")],
    );
}

/// A step lets all of the 23 stay who are counted, and 17 are allowed before it: so 17, of whom 0% less says nothing.
#[test]
fn a_ceiling_that_another_caps_is_compared_in_people() {
    let allowed = r#", "baseline": { "strength": 17, "as_of": "2000-01-02", "authorised": true }"#;
    let all = r#"{ "id": "1", "by": "2000-01-20", "limits": [{ "remain_share": "100%" }] }"#;
    let agreement = agreement(allowed, all, &recount("2000-01-08", "").replace("16", "23"));
    assert_eq!(verdict(&agreement, "2000-01-25,withdrawn_share,0%"), "undetermined");
    assert_eq!(verdict(&agreement, "2000-01-25,present,17"), "compliant");
    assert_eq!(verdict(&agreement, "2000-01-25,present,18"), "exceeded");
}

/// Of 20 no 21 can have left, which a later baseline does not hide; 20 can.
#[test]
fn a_count_from_before_a_recount_that_cannot_be_true_is_set_aside() {
    let agreement = agreement(BASELINE, &leaves(8, "2000-01-05"), &recount("2000-01-08", ""));
    for (row, set_aside, came) in [
        ("2000-01-05,withdrawn,21", 1, "not-reported"),
        ("2000-01-05,withdrawn,20", 0, "met, slip -2 to 0"),
        ("2000-01-01,withdrawn,21", 0, "not-reported"),
    ] {
        let judged = agreement.assess(&seen(&[row]), day("2000-01-31"));
        assert_eq!((judged.set_aside.len(), outcome(&judged.phases[0]).as_str()), (set_aside, came), "{row}");
    }
}

/// What binds is judged by the agreed baselines alone.
#[test]
fn a_recount_of_one_partys_own_is_none_of_what_binds() {
    let agreement = agreement(BASELINE, &leaves(8, "2000-01-10"), &recount("2000-01-08", r#", "unilateral": "USA""#));
    assert_judged(
        &agreement,
        "2000-01-31",
        &[(&["2000-01-10,withdrawn_share,50%"], "exceeded", "overdue, slip 1 to -")],
    );
}

#[test]
fn as_many_as_may_have_left_are_not_surely_fewer_than_had_to() {
    let of = |limit: &str| {
        let phase = format!(r#"{{ "id": "1", "by": "2000-01-10", "limits": [{{ {limit} }}] }}"#);
        agreement(r#", "baseline": { "strength": "about 100", "as_of": "2000-01-02" }"#, &phase, "")
    };
    let number = of(r#""withdrawn": 50"#);
    for (row, expected) in [
        ("2000-01-10,withdrawn,30..49", "exceeded"),
        ("2000-01-10,withdrawn,30..50", "undetermined"),
        ("2000-01-10,withdrawn,50", "compliant"),
    ] {
        assert_eq!(verdict(&number, row), expected, "{row}");
    }
}

/// Half of a force of at least 100 is as much as half of it, however many there are.
#[test]
fn equal_shares_of_an_open_number_differ_by_nobody() {
    let half = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "withdrawn_share": "50%" }] }"#;
    let agreement = agreement(r#", "baseline": { "strength": "at least 100", "as_of": "2000-01-02" }"#, half, "");
    let judged = agreement.assess(&seen(&["2000-01-10,withdrawn_share,50%"]), day("2000-01-31"));
    let margin = |force: &ForceAssessment| force.margin.map(|margin| (margin.low, margin.high));
    assert_eq!(margin(&judged.forces[0]), Some((Some(0), Some(0))));
}

/// Whoever is at or below a later ceiling is at or below the one before it, and whoever is above an earlier one above the
/// one after it; a share and a number alone do not tell.
#[test]
fn ceilings_that_only_fall_compare_with_a_count_of_another_kind() {
    let agreement = |strength: &str, phases: [&str; 2]| {
        let baseline = format!(r#", "baseline": {{ "strength": "{strength}", "as_of": "2000-01-02" }}"#);
        let phases = ["2000-01-10", "2000-02-10"].into_iter().zip(phases).enumerate();
        let phases =
            phases.map(|(id, (by, limit))| format!(r#"{{ "id": "{id}", "by": "{by}", "limits": [{{ {limit} }}] }}"#));
        agreement(&baseline, &phases.collect::<Vec<_>>().join(", "), "")
    };
    let (number, half) = (r#""remain": 50"#, r#""withdrawn_share": "50%""#);
    for strength in ["unspecified", "at least 10", "at most 1000"] {
        let later = agreement(strength, [number, half]);
        assert_eq!(verdict(&later, "2000-01-10,withdrawn_share,50%"), "compliant", "{strength}");
        assert_eq!(verdict(&later, "2000-01-10,withdrawn_share,49%"), "undetermined", "{strength}");
        let earlier = agreement(strength, [half, number]);
        let verdict = |row: &str| earlier.assess(&seen(&[row]), day("2000-02-10")).forces[0].verdict.as_str();
        assert_eq!(verdict("2000-02-10,withdrawn_share,49%"), "exceeded", "{strength}");
        assert_eq!(verdict("2000-02-10,withdrawn_share,50%"), "undetermined", "{strength}");
    }
}

/// Where a residual may raise a ceiling, a share that had to leave is none; where it cannot, and after its end, it is one.
#[test]
fn a_share_is_compared_where_no_residual_may_raise_the_ceiling() {
    let of = |strength: u32, on: &str| {
        let phase = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "withdrawn_share": "90%" }] }"#;
        let residual =
            format!(r#", "residual": [{{ "strength": {strength}, "status": "proposed", "until": "2000-06-30" }}]"#);
        let about = r#", "baseline": { "strength": "about 100", "as_of": "2000-01-02" }"#;
        let count = Observation::withdrawn_share(day(on), "89%".parse().unwrap());
        agreement(about, phase, &residual).assess(&[count], day(on)).forces[0].verdict.as_str()
    };
    assert_eq!(of(9, "2000-01-31"), "exceeded");
    assert_eq!(of(10, "2000-01-31"), "undetermined");
    assert_eq!(of(10, "2000-07-01"), "exceeded");
}

/// The last day is that of an act, a count or a deadline. A baseline counts where there is nothing else, and the end of a
/// residual never does.
#[test]
fn the_last_day_is_of_an_act_a_count_or_a_deadline() {
    let none: &[Observation] = &[];
    let residual = r#", "residual": [{ "strength": 5, "status": "agreed", "until": "2001-06-30" }]"#;
    assert_eq!(agreement(BASELINE, &leaves(0, "2000-01-10"), residual).last_day(none), Some(day("2000-01-10")));
    let authorised = r#", "baseline": { "strength": 20, "as_of": "2000-03-01", "authorised": true }"#;
    let open = leaves(0, "open");
    assert_eq!(agreement(authorised, &open, "").last_day(none), Some(day("2000-01-01")));
    assert_eq!(agreement(authorised, &open, r#", "record": []"#).last_day(none), Some(day("2000-03-01")));
    let record = r#", "record": [{ "on": "2000-02-01", "act": "announced" }]"#;
    assert_eq!(agreement(BASELINE, &leaves(0, "2000-01-10"), record).last_day(none), Some(day("2000-02-01")));
    assert_eq!(
        agreement(BASELINE, &leaves(0, "2000-01-10"), record).last_day(&held(1, "2000-01-05", "2000-02-02")),
        Some(day("2000-02-02"))
    );
}

#[test]
fn a_reason_says_how_counts_are_dated_and_from_when_they_count() {
    let agreement = agreement(BASELINE, &leaves(10, "2000-01-10"), "");
    let rows = seen(&["2000-01-09,present,12", "2000-01-10/2000-01-12,present,11", "2000-01-11,present,10"]);
    let judged = agreement.assess(&rows, day("2000-01-31"));
    let reason = &judged.phases[0].reason;
    assert_eq!(reason.counts_from, Some(day("2000-01-02")));
    let dated: Vec<_> = reason.counts.iter().map(|(dated, count)| (*dated, count.days.to_string())).collect();
    let expected = [
        (Dated::ByTheDeadline, "2000-01-09"),
        (Dated::Either, "2000-01-10 to 2000-01-12"),
        (Dated::After, "2000-01-11"),
    ];
    assert_eq!(dated, expected.map(|(dated, days)| (dated, days.to_owned())));
}

#[test]
fn the_reason_of_an_event_has_its_days() {
    let done = r#"{ "id": "1", "by": "2000-01-10", "done": "handed-over" }"#;
    let record = r#", "record": [{ "on": "2000-01-01", "act": "announced" },
                                 { "on": "2000-01-08/2000-01-09", "act": "event", "name": "handed-over" }]"#;
    let judged = agreement("", done, record).assess(&[], day("2000-01-31"));
    assert_eq!(judged.phases[0].reason.happened, Window::new(day("2000-01-08"), day("2000-01-09")));
}

/// A count at or below may be of the same day as one above that may be the last by the deadline, and then never counts.
#[test]
fn what_may_share_the_day_of_a_count_above_is_not_surely_reached() {
    let agreement = agreement(BASELINE, &leaves(10, "2000-01-10"), "");
    let above = ["2000-01-09/2000-01-12,present,11", "2000-01-11,present,11"];
    for (below, expected) in
        [("2000-01-12/2000-01-13,present,10", "missed, slip 2 to -"), ("2000-01-13,present,10", "late, slip 2 to 3")]
    {
        let rows = [above.as_slice(), &[below]].concat();
        assert_eq!(outcome(&agreement.assess(&seen(&rows), day("2000-01-31")).phases[0]), expected, "{below}");
    }
}

/// Counts of the same days are judged as one, whatever they say, and so take the place of those of one day alone.
#[test]
fn counts_of_the_same_days_stand_in_the_way_of_one_day() {
    let agreement = agreement(BASELINE, &leaves(10, "2000-01-10"), "");
    let rows = |windows: [&str; 2]| {
        let [one, other] = windows;
        let of = |days: &str, number: &str| format!("2000-01-{days},present,{number}");
        let rows = [of("10", "11"), of(one, "12"), of(other, "9..11"), of("12", "10"), of("15", "10")];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        agreement.assess(&seen(&rows), day("2000-01-31")).phases[0].outcome.as_str()
    };
    assert_eq!(rows(["11/2000-01-20", "11/2000-01-20"]), "late");
    assert_eq!(rows(["11/2000-01-20", "11/2000-01-21"]), "missed");
}

/// On the day of the baseline nobody has had a day to leave in.
#[test]
fn a_count_of_the_day_of_the_baseline_has_no_pace() {
    let agreement = agreement(BASELINE, &leaves(10, "2000-01-10"), "");
    let pace = |row: &str| agreement.assess(&seen(&[row]), day("2000-01-05")).forces[0].observed_pace;
    assert_eq!(pace("2000-01-02,present,20"), None);
    assert_eq!(pace("2000-01-03,present,19").map(|pace| (pace.low, pace.high)), Some((Some(7), Some(7))));
}

/// What an assessment was made from is not shown for debugging: it would be as long as the document.
#[test]
fn an_assessment_is_debugged_without_its_agreement() {
    let judged = agreement(BASELINE, &leaves(10, "2000-01-10"), "").assess(&[], day("2000-01-31"));
    assert!(format!("{judged:?}").contains("basis: Basis { .. }"));
}
