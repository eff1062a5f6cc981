//! Schedules in letters.

use force_drawdown::{
    Agreement, Baseline, Deadline, Force, Interpolation, Limit, Party, Phase, Quantity, Role, Terms, day,
};

fn agreement(baseline: Option<Baseline>, phases: Vec<Phase>) -> Agreement {
    let mut terms = Terms::new("T");
    terms.parties = vec![Party::new("p", "P", Role::Sending)];
    terms.forces = vec![Force { baseline, ..Force::new("f") }];
    terms.phases = phases;
    Agreement::try_from(terms).unwrap()
}

#[test]
fn an_agreement_without_days_has_an_empty_table() {
    let open = agreement(None, vec![Phase::new("1", Deadline::Open).limit(Limit::remain(0))]);
    let schedule = open.schedule("f").unwrap();
    assert_eq!(schedule.table(schedule.turning_days(), Interpolation::Step), "day  required  set by  planned (step)\n");
}

#[test]
fn columns_of_a_table_stand_below_each_other() {
    let phases = vec![
        Phase::new("a-long-name", Deadline::month(2025, 1)).limit(Limit::remain(Quantity::Range(5, 70))),
        Phase::new("b", Deadline::end_of_year(2025)).limit(Limit::remain(0)),
    ];
    let agreement = agreement(Some(Baseline::new(100, day!(2024, 12, 1))), phases);
    let schedule = agreement.schedule("f").unwrap();
    let table = schedule.table(schedule.turning_days(), Interpolation::Step);
    assert_eq!(
        table,
        "\
day         required                     set by       planned (step)
2024-12-01  nothing                                   100
2025-01-01  5, not due in every reading  a-long-name  5-100
2025-01-31  5-70                         a-long-name  5-70
2025-12-31  0                            b            0
"
    );
}
