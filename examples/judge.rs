//! Counts in, report out: is the withdrawal of the Russian bases from Georgia on time?
//!
//! `cargo run --example judge`

use std::error::Error;

use force_drawdown::{Agreement, Observation, day};

fn main() -> Result<(), Box<dyn Error>> {
    // For an agreement and counts of your own, read files here.
    let agreement: Agreement = serde_json::from_str(include_str!("agreements/georgia-2005.json"))?;
    let csv = include_str!("agreements/georgia-2005.observations.csv");
    let counts: Vec<Observation> = agreement.read_observations(csv.as_bytes())?;

    let on = day!(2007, 12, 31);
    let assessment = agreement.assess(&counts, on);
    // The report: `assessment.report()` also gives it in Markdown and HTML.
    println!("{assessment}");
    Ok(())
}
