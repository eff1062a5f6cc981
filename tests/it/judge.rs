//! Judging: a slow judge that agrees, the rules it keeps, its boundaries, and the words in which it says why.

mod amended;
mod boundaries;
mod cases;
mod chains;
mod exhaustive;
mod hand;
mod naive;
mod near_rules;
mod not_yet;
mod numbers;
mod plans;
mod reached;
mod readings;
mod record;
pub(crate) mod rules;
mod stories;
mod words;

use chrono::{Days, NaiveDate};
use force_drawdown::{Agreement, Assessment, Observation, assessment::PhaseAssessment};

use crate::support::{day, document};

/// A document of one force, announced on the first day of 2000, with whatever else is said.
fn agreement(baseline: &str, phases: &str, more: &str) -> Agreement {
    read(&format!(r#"{{ "id": "us"{baseline} }}"#), phases, more)
}

fn read(forces: &str, phases: &str, more: &str) -> Agreement {
    let record =
        if more.contains("\"record\"") { "" } else { r#", "record": [{ "on": "2000-01-01", "act": "announced" }]"# };
    let text = document(forces, phases, &format!("{record}{more}"));
    let text = text.replace(r#""role": "sending""#, r#""role": "sending", "consent": "none""#);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Observations, a row each: `2000-01-05,present,10`.
fn seen(rows: &[&str]) -> Vec<Observation> {
    let read = |row: &&str| {
        let (date, rest) = row.split_once(',').unwrap();
        let (field, number) = rest.split_once(',').unwrap();
        serde_json::from_value(serde_json::json!({ "date": date, field: number })).unwrap()
    };
    rows.iter().map(read).collect()
}

fn phase<'a>(assessment: &'a Assessment, id: &str) -> &'a PhaseAssessment {
    assessment.phases.iter().find(|phase| phase.phase == id).unwrap()
}

/// `met, slip -5 to 0`; `pending`; a dash for an end that is not known.
fn outcome(phase: &PhaseAssessment) -> String {
    let end = |end: Option<i64>| end.map_or("-".to_owned(), |end| end.to_string());
    let slip = phase.slip_days.map(|slip| format!(", slip {} to {}", end(slip.low), end(slip.high)));
    phase.outcome.to_string() + &slip.unwrap_or_default()
}

/// Asserts the verdict on the first force and the outcome of the first phase, for the counts of each line.
fn assert_judged(agreement: &Agreement, on: &str, table: &[(&[&str], &str, &str)]) {
    for (rows, verdict, of_phase) in table {
        let assessment = agreement.assess(&seen(rows), day(on));
        let found = (assessment.forces[0].verdict.as_str(), outcome(&assessment.phases[0]));
        assert_eq!(found, (*verdict, (*of_phase).to_owned()), "{rows:?} on {on}");
    }
}
