//! The tidy table.

use force_drawdown::{
    Agreement, Baseline, Deadline, Event, Force, Interpolation, Limit, Observation, Part, Party, Phase, Quantity, Role,
    Terms, day, terms::Offset,
};

#[test]
fn the_table_has_a_row_for_each_day_force_and_kind() {
    let mut terms = Terms::new("T");
    terms.parties = vec![Party::new("p", "P", Role::Sending)];
    let start = day!(2025, 1, 1);
    terms.forces = vec![Force::new("f").baseline(Baseline::new(100, start))];
    let by = Deadline::After { event: Event::Day(start), offset: Offset { days: 2, ..Offset::default() } };
    terms.phases = vec![Phase::new("1", by).limit(Limit::remain(Quantity::Range(0, 50)))];
    let agreement = Agreement::try_from(terms).unwrap();
    let seen = [
        Observation::present(Part::Month(2025, 1), Quantity::AtLeast(5)),
        Observation::withdrawn_share(day!(2025, 1, 2), "10%".parse().unwrap()),
    ];
    let mut csv = Vec::new();
    agreement.write_tidy_csv(&seen, Interpolation::Linear, &mut csv).unwrap();
    let expected = "\
date,until,force,kind,low,high,low_by,high_by
2025-01-01,,f,planned,100,100,,
2025-01-02,,f,planned,50,75,,
2025-01-03,,f,required,0,50,1,1
2025-01-03,,f,planned,0,50,,
2025-01-04,,f,required,0,50,1,1
2025-01-04,,f,planned,0,50,,
2025-01-01,2025-01-31,f,observed,5,,,
2025-01-02,2025-01-02,f,observed,90,90,,
";
    assert_eq!(String::from_utf8(csv).unwrap(), expected);
}

#[test]
fn what_holds_what_follows_and_what_cannot_be_true_have_rows() {
    let mut terms = Terms::new("T");
    terms.parties = vec![Party::new("p", "P", Role::Sending)];
    let start = day!(2025, 1, 1);
    let part = |id| Force::new(id).part_of("all");
    terms.forces = vec![Force::new("all").sum_of_parts(), part("a"), part("b").baseline(Baseline::new(10, start))];
    terms.phases = vec![Phase::new("1", Deadline::Open).limit(Limit::remain(50).on("all"))];
    let agreement = Agreement::try_from(terms).unwrap();
    let seen = [
        Observation::present(start, 5).until(day!(2025, 1, 3)).of("a"),
        Observation::present(day!(2025, 1, 2), 7).of("b"),
        Observation::withdrawn(day!(2025, 1, 2), 11).of("b"),
        Observation::present(day!(2025, 2, 1), 0).of("all"),
    ];
    let mut csv = Vec::new();
    agreement.write_tidy_csv(&seen, Interpolation::Linear, &mut csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    let observed: Vec<&str> = csv.lines().filter(|line| !line.contains("planned")).skip(1).collect();
    let expected = [
        "2025-02-01,2025-02-01,all,observed,0,0,,",
        "2025-01-02,2025-01-02,all,observed,12,12,,",
        "2025-01-01,2025-01-01,a,observed,5,5,,",
        "2025-01-03,2025-01-03,a,observed,5,5,,",
        "2025-02-01,2025-02-01,a,observed,0,0,,",
        "2025-01-02,2025-01-02,b,observed,7,7,,",
        "2025-01-02,2025-01-02,b,set-aside,,,,",
        "2025-02-01,2025-02-01,b,observed,0,0,,",
    ];
    assert_eq!(observed, expected);
}

#[test]
fn what_had_left_before_the_baseline_has_no_row() {
    let mut terms = Terms::new("T");
    terms.parties = vec![Party::new("p", "P", Role::Sending)];
    terms.forces = vec![Force::new("f").baseline(Baseline::new(100, day!(2025, 1, 3)))];
    terms.phases = vec![Phase::new("1", Deadline::Open).limit(Limit::remain(50))];
    let agreement = Agreement::try_from(terms).unwrap();
    let seen = [Observation::present(day!(2025, 1, 2), 90), Observation::withdrawn(day!(2025, 1, 2), 10)];
    let mut csv = Vec::new();
    agreement.write_tidy_csv(&seen, Interpolation::Linear, &mut csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    let observed: Vec<_> = csv.lines().filter(|line| line.contains("observed")).collect();
    assert_eq!(observed, ["2025-01-02,2025-01-02,f,observed,90,90,,"]);
}
