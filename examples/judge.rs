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
    println!("{}\n", agreement.terms().title);
    println!("On {on} it {}.", if assessment.binding { "binds" } else { "does not bind" });
    for force in &assessment.forces {
        let margin = force.margin.map(|margin| format!(", with a margin of {margin}")).unwrap_or_default();
        println!("  {}: {}{margin}", force.force, force.verdict);
    }
    for phase in &assessment.phases {
        let of = phase.force.as_ref().map(|force| format!(" for {force}")).unwrap_or_default();
        println!("  phase {}{of}: {}", phase.phase, phase.outcome);
    }
    println!("\nWhy");
    let why = assessment.explain();
    for paragraph in why.forces.iter().chain(&why.phases) {
        println!("\n{paragraph}");
    }
    Ok(())
}
