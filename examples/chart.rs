//! Draws an agreement as SVG: the ceiling, what was counted, and the planned path.
//!
//! `cargo run --example chart --features chart >chart.svg`

use std::error::Error;

use force_drawdown::{Chart, Interpolation, catalog};

fn main() -> Result<(), Box<dyn Error>> {
    let entry = catalog::get("afghanistan-2011").ok_or("no such agreement")?;
    let chart = Chart::new(&entry.agreement)
        .observations(&entry.observations)
        .planned(Interpolation::Linear)
        .headline("From 100,000 to 8,400 in six years")
        .width(900);
    print!("{}", chart.svg()?);
    Ok(())
}
