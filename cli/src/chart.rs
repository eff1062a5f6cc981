//! `drawdown chart`: what is required, planned and observed, as a picture.

use force_drawdown::ChartError;

use crate::Failure;
use crate::arguments::Chart;
use crate::files::{as_known, failed, read_agreement, read_observations};

/// Where a font for PNG usually is.
const FONTS: [&str; 4] = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/System/Library/Fonts/Supplemental/Arial.ttf",
    "C:\\Windows\\Fonts\\arial.ttf",
];

pub(crate) fn run(arguments: &Chart) -> Result<String, Failure> {
    let agreement = read_agreement(&arguments.file)?;
    let observations = read_observations(arguments.observations.as_deref(), &agreement)?;
    let agreement = as_known(agreement, arguments.known);
    let mut chart = force_drawdown::Chart::new(&agreement).observations(&observations);
    if let Some(how) = arguments.interpolation {
        chart = chart.interpolation(how);
    }
    if let Some((width, height)) = arguments.size {
        chart = chart.size(width, height);
    }
    let out = &arguments.out;
    if out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("png")) {
        chart.png(out, font(arguments)?).map_err(|error: ChartError| failed(out, error))?;
    } else {
        let svg = chart.svg().map_err(|error| failed(out, error))?;
        std::fs::write(out, svg).map_err(|error| failed(out, error))?;
    }
    Ok(String::new())
}

/// The bytes of a font, kept for as long as the program runs.
fn font(arguments: &Chart) -> Result<&'static [u8], Failure> {
    let bytes = match &arguments.font {
        Some(file) => std::fs::read(file).map_err(|error| failed(file, error))?,
        None => FONTS
            .iter()
            .find_map(|file| std::fs::read(file).ok())
            .ok_or(Failure::Usage("PNG needs a font: give one with --font FILE.ttf"))?,
    };
    Ok(bytes.leak())
}
