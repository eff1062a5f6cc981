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
