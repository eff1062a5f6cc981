//! Draws an agreement as SVG: what is required, what is planned, and what was counted.
//!
//! `cargo run --example chart --features plotters03 >chart.svg`

use std::error::Error;

use force_drawdown::{Chart, Interpolation, catalog};

fn main() -> Result<(), Box<dyn Error>> {
    let entry = catalog::get("afghanistan-2011").ok_or("no such agreement")?;
    let chart = Chart::new(&entry.agreement)
        .observations(&entry.observations)
        .interpolation(Interpolation::Linear)
        .size(900, 500);
    print!("{}", chart.svg()?);
    Ok(())
}
