//! The tables: long, by change, wide, of states and years, and of phases.

use std::collections::BTreeMap;

use force_drawdown::{
    Agreement, Baseline, Deadline, Event, Force, Interpolation, Limit, Observation, Part, Party, Phase, Quantity, Role,
    Source, Terms, catalog, day, parse_day, strategies, terms::Offset,
};
use proptest::prelude::*;

const HEAD: &str = "agreement,force,unit,party,iso3,cow,gw,kind,date,until,low,high,source,published,low_by,high_by\n";

type Write = fn(&Agreement, &[Observation], Interpolation, &mut Vec<u8>) -> std::io::Result<()>;

const LONG: Write = |agreement, seen, how, out| agreement.write_tidy_csv(seen, how, out);
const CHANGES: Write = |agreement, seen, how, out| agreement.write_changes_csv(seen, how, out);
const WIDE: Write = |agreement, seen, how, out| agreement.write_wide_csv(seen, how, out);

fn table(write: Write, agreement: &Agreement, seen: &[Observation]) -> String {
    let mut csv = Vec::new();
    write(agreement, seen, Interpolation::Linear, &mut csv).unwrap();
    String::from_utf8(csv).unwrap()
}

/// The rows as cells by the names of their columns.
fn rows(table: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = table.lines();
    let head: Vec<_> = lines.next().unwrap().split(',').collect();
    lines.map(|line| head.iter().copied().zip(line.split(',')).collect()).collect()
}

/// A plan of three days, of a sending state with codes.
fn plan() -> Agreement {
    let start = day!(2025, 1, 1);
    let by = Deadline::After { event: Event::Day(start), offset: Offset { days: 2, ..Offset::default() } };
    let terms = Terms { id: Some("plan".to_owned()), ..Terms::new("T") }
        .party(Party { cow: Some(2), gw: Some(2), ..Party::new("p", "P", Role::Sending).iso3("USA") })
        .force(Force::new("f").party("p").baseline(Baseline::new(100, start)))
        .phase(Phase::new("1", by).limit(Limit::remain(Quantity::Range(0, 50))))
        .source("report", Source { published: Some(day!(2025, 1, 9)), ..Source::new("R") });
    Agreement::try_from(terms).unwrap()
}

fn seen() -> [Observation; 2] {
    [
        Observation::present(Part::Month(2025, 1), Quantity::AtLeast(5)).source("report"),
        Observation::withdrawn_share(day!(2025, 1, 2), "10%".parse().unwrap()),
    ]
}

#[test]
fn the_table_has_a_row_for_each_day_force_and_kind() {
    let expected = "\
plan,f,persons,p,USA,2,2,required,2025-01-03,2025-01-03,0,50,,,1,1
plan,f,persons,p,USA,2,2,required,2025-01-04,2025-01-04,0,50,,,1,1
plan,f,persons,p,USA,2,2,planned,2025-01-01,2025-01-01,100,100,,,,
plan,f,persons,p,USA,2,2,planned,2025-01-02,2025-01-02,50,75,,,,
plan,f,persons,p,USA,2,2,planned,2025-01-03,2025-01-03,0,50,,,,
plan,f,persons,p,USA,2,2,planned,2025-01-04,2025-01-04,0,50,,,,
plan,f,persons,p,USA,2,2,observed,2025-01-01,2025-01-31,5,,report,2025-01-09,,
plan,f,persons,p,USA,2,2,observed,2025-01-02,2025-01-02,90,90,,2025-01-02,,
";
    assert_eq!(table(LONG, &plan(), &seen()), HEAD.to_owned() + expected);
}

#[test]
fn a_row_of_changes_holds_until_the_next() {
    let expected = "\
plan,f,persons,p,USA,2,2,required,2025-01-03,2025-01-04,0,50,,,1,1
plan,f,persons,p,USA,2,2,planned,2025-01-01,2025-01-01,100,100,,,,
plan,f,persons,p,USA,2,2,planned,2025-01-02,2025-01-02,50,75,,,,
plan,f,persons,p,USA,2,2,planned,2025-01-03,2025-01-04,0,50,,,,
plan,f,persons,p,USA,2,2,observed,2025-01-01,2025-01-31,5,,report,2025-01-09,,
plan,f,persons,p,USA,2,2,observed,2025-01-02,2025-01-02,90,90,,2025-01-02,,
";
    assert_eq!(table(CHANGES, &plan(), &seen()), HEAD.to_owned() + expected);
}

#[test]
fn a_wide_row_has_columns_for_each_kind() {
    let mut seen = seen().to_vec();
    // Several of a day are one range.
    seen.push(Observation::present(day!(2025, 1, 2), 80));
    let expected = "\
agreement,force,unit,party,iso3,cow,gw,date,required_low,required_high,planned_low,planned_high,observed_low,\
observed_high,forecast_low,forecast_high,doubtful_low,doubtful_high
plan,f,persons,p,USA,2,2,2025-01-01,,,100,100,,,,,,
plan,f,persons,p,USA,2,2,2025-01-02,,,50,75,80,90,,,,
plan,f,persons,p,USA,2,2,2025-01-03,0,50,0,50,,,,,,
plan,f,persons,p,USA,2,2,2025-01-04,0,50,0,50,,,,,,
plan,f,persons,p,USA,2,2,2025-01-31,,,,,5,,,,,
";
    assert_eq!(table(WIDE, &plan(), &seen), expected);
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
    let csv = table(LONG, &agreement, &seen);
    let observed: Vec<&str> = csv.lines().filter(|line| !line.contains("planned")).skip(1).collect();
    let expected = [
        "T,all,persons,,,,,observed,2025-02-01,2025-02-01,0,0,,2025-02-01,,",
        "T,all,persons,,,,,observed,2025-01-02,2025-01-02,12,12,,,,",
        "T,a,persons,,,,,observed,2025-01-01,2025-01-01,5,5,,2025-01-03,,",
        "T,a,persons,,,,,observed,2025-01-03,2025-01-03,5,5,,2025-01-03,,",
        "T,a,persons,,,,,observed,2025-02-01,2025-02-01,0,0,,,,",
        "T,b,persons,,,,,observed,2025-01-02,2025-01-02,7,7,,2025-01-02,,",
        "T,b,persons,,,,,set-aside,2025-01-02,2025-01-02,,,,2025-01-02,,",
        "T,b,persons,,,,,observed,2025-02-01,2025-02-01,0,0,,,,",
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
    let csv = table(LONG, &agreement, &seen);
    let observed: Vec<_> = csv.lines().filter(|line| line.contains("observed")).collect();
    assert_eq!(observed, ["T,f,persons,,,,,observed,2025-01-02,2025-01-02,90,90,,2025-01-02,,"]);
}

/// The Soviet Union's troops are Russia's from 1991-12-26 on, with its codes.
#[test]
fn a_force_is_of_the_party_that_has_it_on_the_day() {
    let successor = Party { cow: Some(365), ..Party::new("RUS", "Russia", Role::Sending).iso3("RUS") };
    let since = day!(1991, 12, 26);
    let terms = Terms::new("T")
        .party(Party { cow: Some(364), ..Party::new("SUN", "Soviet Union", Role::Sending) })
        .party(Party { succeeds: Some("SUN".to_owned()), since: Some(since), ..successor })
        .force(Force::new("f").party("SUN").baseline(Baseline::new(9, day!(1990, 6, 1))))
        .phase(Phase::new("1", Deadline::end_of_year(1990)).limit(Limit::remain(5)))
        .phase(Phase::new("2", Deadline::end_of_year(1993)).limit(Limit::remain(0)));
    let agreement = Agreement::try_from(terms).unwrap();
    let mut csv = Vec::new();
    agreement.write_state_years_csv(&mut csv).unwrap();
    let expected = "\
agreement,force,unit,party,iso3,cow,gw,year,strict,lenient
T,f,persons,SUN,,364,,1990,5,5
T,f,persons,RUS,RUS,365,,1991,5,5
T,f,persons,RUS,RUS,365,,1992,5,5
T,f,persons,RUS,RUS,365,,1993,0,0
";
    assert_eq!(String::from_utf8(csv).unwrap(), expected);
    let changes = table(CHANGES, &agreement, &[]);
    let required: Vec<_> = changes.lines().filter(|line| line.contains("required")).collect();
    let expected = [
        "T,f,persons,SUN,,364,,required,1990-12-31,1991-12-25,5,5,,,1,1",
        "T,f,persons,RUS,RUS,365,,required,1991-12-26,1993-12-30,5,5,,,1,1",
        "T,f,persons,RUS,RUS,365,,required,1993-12-31,1994-01-01,0,0,,,2,2",
    ];
    assert_eq!(required, expected);
    assert_eq!(agreement.state_years("g").count(), 0);
}

#[test]
fn the_table_of_phases_says_what_came_of_each() {
    let georgia = catalog::get("georgia-2005").unwrap();
    let judged = georgia.agreement.assess(&georgia.observations, day!(2008, 12, 31));
    let mut csv = Vec::new();
    judged.write_phases_csv(&mut csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    let rows = rows(&csv);
    assert_eq!(rows.len(), judged.phases.len());
    for (row, phase) in rows.iter().zip(&judged.phases) {
        assert_eq!((row["agreement"], row["phase"]), (georgia.agreement.terms().name(), phase.phase.as_str()));
        assert_eq!((row["outcome"], row["standing"]), (phase.outcome.as_str(), phase.standing.as_str()));
        assert_eq!(row["force"], phase.force.as_deref().unwrap_or_default());
        assert_eq!(parse_day(row["due_by"]).ok(), phase.due.map(force_drawdown::Window::latest));
    }
    assert!(rows.iter().any(|row| !row["title"].is_empty() && !row["name"].is_empty() && row["unit"] == "bases"));
}

/// The cells of a row without line breaks.
fn cells(row: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let cells = row.split(|letter| {
        is_quoted ^= letter == '"';
        letter == ',' && !is_quoted
    });
    cells.collect()
}

/// What a program guesses types from: whether each column is filled, and with a text, in some of the first rows as well.
fn is_guessed_right(table: &str) -> Result<(), TestCaseError> {
    let width = table.lines().next().unwrap().split(',').count();
    let (mut early, mut all) = (vec![(false, false); width], vec![(false, false); width]);
    for (number, row) in table.lines().skip(1).enumerate() {
        let cells = cells(row);
        prop_assert_eq!(cells.len(), width);
        for (column, cell) in cells.into_iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            for kept in [Some(&mut all), Some(&mut early).filter(|_| number < 100)].into_iter().flatten() {
                kept[column] = (true, kept[column].1 | cell.parse::<f64>().is_err());
            }
        }
    }
    prop_assert_eq!(early, all);
    Ok(())
}

#[test]
fn types_are_guessed_right_from_the_first_hundred_rows_of_every_real_agreement() {
    for entry in catalog::all() {
        for write in [LONG, CHANGES, WIDE] {
            is_guessed_right(&table(write, &entry.agreement, &entry.observations)).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The three forms say the same, and the rows at the top are no others.
    #[test]
    fn the_forms_of_a_table_agree(
        (agreement, seen) in strategies::agreement().prop_flat_map(|agreement| {
            let seen = strategies::observations(agreement.terms());
            (Just(agreement), seen)
        })
    ) {
        let mut terms = agreement.into_terms();
        // Commas in cells are for other tests.
        terms.id = Some("a".to_owned());
        terms.forces.iter_mut().for_each(|force| force.unit = None);
        let Ok(agreement) = Agreement::try_from(terms) else { return Ok(()) };
        let seen: Vec<_> = seen.into_iter().map(|seen| Observation { source: None, ..seen }).collect();
        let [long, changes, wide] = [LONG, CHANGES, WIDE].map(|write| table(write, &agreement, &seen));
        is_guessed_right(&long)?;
        is_guessed_right(&wide)?;
        let mut days: Vec<BTreeMap<&str, String>> = Vec::new();
        for row in rows(&changes) {
            let is_of_days = ["required", "planned"].contains(&row["kind"]);
            let (first, last) = (parse_day(row["date"]).unwrap(), parse_day(row["until"]).unwrap());
            prop_assert!(first <= last);
            let each = first.iter_days().take_while(|day| is_of_days && *day <= last);
            let each: Vec<_> = each.map(|day| (day, day)).collect();
            for (date, until) in if is_of_days { each } else { vec![(first, last)] } {
                let mut row: BTreeMap<&str, String> = row.iter().map(|(name, cell)| (*name, (*cell).to_owned())).collect();
                row.insert("date", Part::Day(date).to_string());
                row.insert("until", Part::Day(until).to_string());
                days.push(row);
            }
        }
        let mut expected: Vec<BTreeMap<&str, String>> = rows(&long).into_iter()
            .map(|row| row.into_iter().map(|(name, cell)| (name, cell.to_owned())).collect()).collect();
        let key = |row: &BTreeMap<&str, String>| row.values().cloned().collect::<Vec<_>>();
        days.sort_by_key(key);
        expected.sort_by_key(key);
        prop_assert_eq!(&days, &expected);
        let wide = rows(&wide);
        for row in expected.iter().filter(|row| ["required", "planned"].contains(&row["kind"].as_str())) {
            let cells = wide.iter().find(|cells| cells["force"] == row["force"] && cells["date"] == row["date"]);
            let cells = cells.unwrap();
            for end in ["low", "high"] {
                let column = format!("{}_{end}", row["kind"]);
                prop_assert_eq!(cells[column.as_str()], &row[end]);
            }
        }
    }
}
