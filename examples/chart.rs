//! Draws an agreement: what is required, planned and observed of each force.
//!
//! `cargo run --example chart --features plotters03 -- AGREEMENT.json [--observations FILE.csv] [--known DATE]
//! [--interpolation step|linear|monotone] [--size 800x450] [--font FILE.ttf] -o out.svg|out.png`

mod shared;

use std::path::Path;
use std::process::ExitCode;

use force_drawdown::{Agreement, Chart, Observation};
use shared::{Arguments, Failure, read_agreement, read_observations};

const USAGE: &str = "chart AGREEMENT.json [--observations FILE.csv] [--known DATE] [--interpolation step|linear|monotone] \
                     [--size 800x450] [--font FILE.ttf] -o out.svg|out.png";

/// Where a font for PNG usually is.
const FONTS: [&str; 4] = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/System/Library/Fonts/Supplemental/Arial.ttf",
    "C:\\Windows\\Fonts\\arial.ttf",
];

fn main() -> ExitCode {
    shared::finish(run())
}

fn run() -> Result<String, Failure> {
    let options = ["--observations", "--known", "--interpolation", "--size", "--font", "-o"];
    let arguments = Arguments::parse(USAGE, &options, &[])?;
    let mut agreement: Agreement = read_agreement(arguments.file()?)?;
    let observations: Vec<Observation> = match arguments.get("--observations") {
        Some(file) => read_observations(file, &agreement)?,
        None => Vec::new(),
    };
    if let Some(known) = arguments.day("--known")? {
        agreement = agreement.as_known_on(known);
    }
    let mut chart = Chart::new(&agreement).observations(&observations);
    if let Some(how) = arguments.get("--interpolation") {
        chart =
            chart.interpolation(how.parse().map_err(|error| arguments.misuse(&format!("--interpolation: {error}")))?);
    }
    if let Some(size) = arguments.get("--size") {
        let sides = size.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
        let (width, height) = sides.ok_or_else(|| arguments.misuse("--size: expected a size such as 800x450"))?;
        chart = chart.size(width, height);
    }
    let out = arguments.get("-o").ok_or_else(|| arguments.misuse("-o is missing"))?;
    let ends = |ending| Path::new(out).extension().is_some_and(|of| of.eq_ignore_ascii_case(ending));
    if !ends("svg") && !ends("png") {
        return Err(arguments.misuse(&format!("-o: expected a name that ends in .svg or .png, found {out:?}")));
    }
    let failed = |error: force_drawdown::ChartError| Failure::new(format!("{out}: {error}"));
    if ends("png") {
        chart.png(out, font(&arguments)?).map_err(failed)?;
    } else {
        let svg = chart.svg().map_err(failed)?;
        std::fs::write(out, svg).map_err(|error| Failure::new(format!("{out}: {error}")))?;
    }
    Ok(String::new())
}

/// The bytes of a font, kept for as long as the program runs.
fn font(arguments: &Arguments) -> Result<&'static [u8], Failure> {
    let bytes = match arguments.get("--font") {
        Some(file) => std::fs::read(file).map_err(|error| Failure::new(format!("{file}: {error}")))?,
        None => FONTS
            .iter()
            .find_map(|file| std::fs::read(file).ok())
            .ok_or_else(|| arguments.misuse("PNG needs a font: give one with --font FILE.ttf"))?,
    };
    Ok(bytes.leak())
}
