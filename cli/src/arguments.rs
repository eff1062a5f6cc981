//! What can be asked on the command line.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Subcommand};
use force_drawdown::{Interpolation, parse_day};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Tells whether an agreement is being kept, from reported counts
    Assess(Assess),
    /// Prints what is required or planned of a force, a row a day, as CSV
    Series(Series),
    /// Draws the ceiling of each force, what was counted of it, and what happened
    Chart(Chart),
}

#[derive(Args)]
#[command(args_override_self = true)]
pub(crate) struct Assess {
    /// The agreement, in JSON
    pub(crate) file: PathBuf,
    /// The reported counts, in CSV
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) observations: Option<PathBuf>,
    /// The day that is asked about [default: the last day of any act, observation or due window]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<NaiveDate>,
    /// Leaves out what became known after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) known: Option<NaiveDate>,
    /// Prints the assessment as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
#[command(args_override_self = true)]
pub(crate) struct Series {
    /// The agreement, in JSON
    pub(crate) file: PathBuf,
    /// The force that is asked about
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub(crate) force: String,
    /// What is required, or a planned path
    #[arg(long, value_name = "HOW", default_value = "required", value_parser = curve())]
    pub(crate) interpolation: Curve,
    /// The first day [default: the day of the force's baseline, else of its first window]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) from: Option<NaiveDate>,
    /// The last day [default: the day after the force's last window]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) to: Option<NaiveDate>,
    /// Leaves out what became known after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) known: Option<NaiveDate>,
}

#[derive(Args)]
#[command(args_override_self = true)]
pub(crate) struct Chart {
    /// The agreement, in JSON
    pub(crate) file: PathBuf,
    /// The reported counts, in CSV
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) observations: Option<PathBuf>,
    /// Marks the day of judgement
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<NaiveDate>,
    /// Leaves out what became known after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) known: Option<NaiveDate>,
    /// Draws the planned path, too
    #[arg(long, value_name = "HOW", value_parser = interpolation())]
    pub(crate) planned: Option<Interpolation>,
    /// A title of your own
    #[arg(long, value_name = "TEXT")]
    pub(crate) headline: Option<String>,
    /// Width in pixels; below 500 for a telephone [default: 800]
    #[arg(long, value_name = "PIXELS")]
    pub(crate) width: Option<u32>,
    /// Width and height in pixels [default: as high as it needs to be]
    #[arg(long, value_name = "800x450", value_parser = size, conflicts_with = "width")]
    pub(crate) size: Option<(u32, u32)>,
    /// Pixels of a PNG for each pixel of the width and the height
    #[arg(long, value_name = "TIMES", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..))]
    pub(crate) scale: u8,
    /// A font of a PNG, once for each [default: those of the system]
    #[arg(long, value_name = "FILE.ttf")]
    pub(crate) font: Vec<PathBuf>,
    /// The picture: a name that ends in .svg or .png
    #[arg(short, value_name = "FILE", value_parser = PathBufValueParser::new().try_map(picture))]
    pub(crate) out: PathBuf,
}

/// A curve of a force.
#[derive(Clone, Copy)]
pub(crate) enum Curve {
    Required,
    Planned(Interpolation),
}

fn day(text: &str) -> Result<NaiveDate, &'static str> {
    parse_day(text).map_err(|_| "expected a day such as 2025-09-30")
}

fn interpolation() -> impl clap::builder::TypedValueParser<Value = Interpolation> {
    PossibleValuesParser::new(Interpolation::WORDS).try_map(|word| word.parse::<Interpolation>())
}

fn curve() -> impl clap::builder::TypedValueParser<Value = Curve> {
    PossibleValuesParser::new(["required"].iter().chain(Interpolation::WORDS)).try_map(|word| match word.as_str() {
        "required" => Ok(Curve::Required),
        word => word.parse().map(Curve::Planned),
    })
}

fn size(text: &str) -> Result<(u32, u32), &'static str> {
    let sides = text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    sides.ok_or("expected a size such as 800x450")
}

fn picture(file: PathBuf) -> Result<PathBuf, &'static str> {
    let ends = |ending| file.extension().is_some_and(|of| of.eq_ignore_ascii_case(ending));
    if ends("svg") || ends("png") { Ok(file) } else { Err("expected a name that ends in .svg or .png") }
}
