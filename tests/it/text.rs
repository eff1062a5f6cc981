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
fn nobody_nothing_and_no_number_have_their_own_signs() {
    let authorised = Baseline::authorised(80, day!(2025, 1, 1));
    let to_zero =
        agreement(Some(authorised), vec![Phase::new("1", Deadline::day(day!(2025, 1, 5))).limit(Limit::remain(0))]);
    let line = to_zero.schedule("f").unwrap().sparkline(5);
    assert_eq!(line, "strict ███__ lenient ███__ 2025-01-01 to 2025-01-06, at most 80");
    let open = Phase::new("1", Deadline::month(2025, 1)).limit(Limit::remain(Quantity::AtLeast(5)));
    let line = agreement(None, vec![open]).schedule("f").unwrap().sparkline(4);
    assert_eq!(line, "strict ████ lenient ...? 2025-01-01 to 2025-02-01, at most 5");
}

#[test]
fn an_agreement_without_days_has_an_empty_table() {
    let open = agreement(None, vec![Phase::new("1", Deadline::Open).limit(Limit::remain(0))]);
    let schedule = open.schedule("f").unwrap();
    assert_eq!(schedule.sparkline(10), "no day is known");
    assert_eq!(schedule.table(schedule.turning_days(), Interpolation::Step), "day  required  set by  planned (step)\n");
}

#[test]
fn the_widest_line_has_an_end() {
    let by = Phase::new("1", Deadline::day(day!(2025, 1, 5))).limit(Limit::remain(7));
    let line = agreement(None, vec![by]).schedule("f").unwrap().sparkline(u16::MAX);
    assert_eq!(line.chars().filter(|&c| c == '█').count(), 800);
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
