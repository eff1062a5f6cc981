//! What can be asked on the command line.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Subcommand};
use clap_complete::Shell;
use force_drawdown::{Interpolation, parse_day};

use crate::text::Format;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Writes a first agreement with comments, and a file for counts
    New(New),
    /// Lists every mistake in agreements
    Check(Check),
    /// Tells in words that can be quoted whether an agreement is being kept, from reported counts
    Report(Report),
    /// Prints the same report as of the last day of anything, or the judgement as JSON
    Assess(Assess),
    /// Says why each phase and force is judged as it is, and what would settle what is open
    Explain(Explain),
    /// Lists what is not known: vague numbers, windows, open deadlines, missing counts
    Unknowns(Unknowns),
    /// Lists everything dated, in order
    Timeline(Timeline),
    /// Prints what is required or planned of a force, a row a day, as CSV
    Series(Series),
    /// Draws the ceiling of each force, what was counted of it, and what happened
    Chart(Chart),
    /// Makes a page for the web: the report, and a chart that answers where it is pointed at
    Page(Page),
    /// Prints what is required, planned and observed as one long table, in CSV
    Tidy(Tidy),
    /// Prints deadlines and acts for calendar programs, as iCalendar
    Calendar(Calendar),
    /// Lists what differs between two agreements: parties, phases, forces, who may stay, the record
    Diff(Diff),
    /// Writes agreements in the other format: JSON as TOML, TOML as JSON
    Convert(Convert),
    /// Judges many counts of many agreements, and prints the verdicts as CSV
    Judge(Judge),
    /// Prints the JSON Schema of an agreement, for editors
    Schema(Schema),
    /// Lists real agreements, or prints one of them
    Catalog(Catalog),
    /// Writes the manual pages
    #[command(hide = true)]
    Man(Man),
    /// Prints the completions of a shell
    #[command(hide = true)]
    Completions(Completions),
}

// What several verbs have in common. A comment for the documentation would replace the verb's own line.
#[derive(Args)]
pub(crate) struct Document {
    /// The agreement, in JSON or TOML; - is standard input
    pub(crate) file: PathBuf,
    /// The format of the agreement [default: by the name of the file, else by its text]
    #[arg(id = "as", long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
}

#[derive(Args)]
pub(crate) struct Question {
    /// The reported counts, in CSV; - is standard input
    #[arg(long, visible_alias = "counts", value_name = "FILE.csv")]
    pub(crate) observations: Option<PathBuf>,
    /// Leaves out what became known after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) known: Option<NaiveDate>,
}

#[derive(Args)]
#[command(args_override_self = true, after_help = "Example:\n  drawdown new mission")]
pub(crate) struct New {
    /// The folder for the files; it is made if there is none
    #[arg(default_value = ".")]
    pub(crate) folder: PathBuf,
}

#[derive(Args)]
#[command(args_override_self = true, after_help = "Example:\n  drawdown check --advice agreement.toml")]
pub(crate) struct Check {
    /// The agreements, in JSON or TOML; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The format of the agreements [default: by the name of the file, else by its text]
    #[arg(id = "as", long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// Also lists what is odd, but possible
    #[arg(long)]
    pub(crate) advice: bool,
}

#[derive(Args)]
#[command(
    args_override_self = true,
    after_help = "Example:\n  drawdown report agreement.toml --observations counts.csv --on 2025-07-31 --format markdown"
)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) document: Document,
    #[command(flatten)]
    pub(crate) question: Question,
    /// The day that is asked about [default: today, or the last day of anything if all is over]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<NaiveDate>,
    /// Text, Markdown, or a part of a page in HTML
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,
    /// The columns of a text
    #[arg(long, value_name = "COLUMNS", default_value_t = 80)]
    pub(crate) width: u16,
}

/// What a report is written as.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ReportFormat {
    Text,
    Markdown,
    Html,
}

#[derive(Args)]
#[command(
    args_override_self = true,
    after_help = "Example:\n  drawdown assess agreement.toml --observations counts.csv --on 2025-07-31"
)]
pub(crate) struct Assess {
    #[command(flatten)]
    pub(crate) document: Document,
    #[command(flatten)]
    pub(crate) question: Question,
    /// The day that is asked about [default: the last day of any act, observation or due window]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<NaiveDate>,
    /// Prints the assessment as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
#[command(
    args_override_self = true,
    after_help = "Example:\n  drawdown explain agreement.toml half --observations counts.csv --on 2025-07-31"
)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) document: Document,
    /// The phase or the force that is asked about [default: all]
    #[arg(value_name = "PHASE|FORCE")]
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) question: Question,
    /// The day that is asked about [default: today, or the last day of anything if all is over]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<NaiveDate>,
}

#[derive(Args)]
#[command(args_override_self = true, after_help = "Example:\n  drawdown unknowns agreement.toml --on 2025-07-31")]
pub(crate) struct Unknowns {
    #[command(flatten)]
    pub(crate) document: Document,
    #[command(flatten)]
    pub(crate) question: Question,
    /// The day that is asked about [default: today, or the last day of anything if all is over]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<NaiveDate>,
}

#[derive(Args)]
#[command(args_override_self = true, after_help = "Example:\n  drawdown timeline agreement.toml")]
pub(crate) struct Timeline {
    #[command(flatten)]
    pub(crate) document: Document,
    /// Leaves out what became known after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) known: Option<NaiveDate>,
}

#[derive(Args)]
#[command(
    args_override_self = true,
    after_help = "Example:\n  drawdown series agreement.toml --force mission > mission.csv"
)]
pub(crate) struct Series {
    #[command(flatten)]
    pub(crate) document: Document,
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
#[command(
    args_override_self = true,
    after_help = "Example:\n  drawdown chart agreement.toml --observations counts.csv -o chart.svg"
)]
pub(crate) struct Chart {
    #[command(flatten)]
    pub(crate) document: Document,
    #[command(flatten)]
    pub(crate) question: Question,
    /// Marks the day of judgement
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<NaiveDate>,
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

#[derive(Args)]
#[command(
    args_override_self = true,
    after_help = "Examples:\n  drawdown page agreement.toml --observations counts.csv -o site\n  \
                  drawdown page --catalog -o site"
)]
pub(crate) struct Page {
    /// The agreements, in JSON or TOML; - is standard input
    #[arg(value_name = "FILE", required_unless_present = "catalog")]
    pub(crate) files: Vec<PathBuf>,
    /// The format of the agreements [default: by the name of the file, else by its text]
    #[arg(id = "as", long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    #[command(flatten)]
    pub(crate) question: Question,
    /// The day that is asked about [default: today, or the last day of anything if all is over]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<NaiveDate>,
    /// A title of your own for each chart
    #[arg(long, value_name = "TEXT")]
    pub(crate) headline: Option<String>,
    /// The title of the page that leads to several
    #[arg(long, value_name = "TEXT", default_value = "Agreements")]
    pub(crate) title: String,
    /// Makes a page for each agreement of the catalogue, too
    #[arg(long)]
    pub(crate) catalog: bool,
    /// The folder for the pages: ID.html for each agreement, or the name of its file where it has no id, and for several
    /// index.html. Counts that are not given are read from NAME.observations.csv beside NAME.toml
    #[arg(short, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
}

#[derive(Args)]
#[command(
    args_override_self = true,
    after_help = "Example:\n  drawdown tidy agreement.toml --observations counts.csv > table.csv"
)]
#[allow(clippy::struct_excessive_bools, reason = "at most one of the flags is given")]
pub(crate) struct Tidy {
    #[command(flatten)]
    pub(crate) document: Document,
    #[command(flatten)]
    pub(crate) question: Question,
    /// How what is planned goes from one deadline to the next
    #[arg(long, value_name = "HOW", default_value = "step", value_parser = interpolation())]
    pub(crate) planned: Interpolation,
    /// A row for each change in place of each day
    #[arg(long, group = "form")]
    pub(crate) changes: bool,
    /// A row for each day, with columns for each kind of number
    #[arg(long, group = "form")]
    pub(crate) wide: bool,
    /// A row for each year with the codes of the state: the ceiling at its end
    #[arg(long, group = "form")]
    pub(crate) state_years: bool,
    /// A row for each limit of each phase: when it is due, and what came of it
    #[arg(long, group = "form")]
    pub(crate) phases: bool,
    /// The day on which phases are judged [default: today, or the last day of anything if all is over]
    #[arg(long, value_name = "DATE", value_parser = day, requires = "phases")]
    pub(crate) on: Option<NaiveDate>,
}

#[derive(Args)]
#[command(args_override_self = true, after_help = "Example:\n  drawdown calendar agreement.toml > deadlines.ics")]
pub(crate) struct Calendar {
    #[command(flatten)]
    pub(crate) document: Document,
    /// Leaves out what became known after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) known: Option<NaiveDate>,
}

#[derive(Args)]
#[command(
    args_override_self = true,
    after_help = "Example:\n  drawdown catalog us-iraq-2024 > draft.json\n  drawdown diff agreement.toml draft.json"
)]
pub(crate) struct Diff {
    /// The agreement before, in JSON or TOML; - is standard input
    #[arg(value_name = "BEFORE")]
    pub(crate) before: PathBuf,
    /// The agreement after
    #[arg(value_name = "AFTER")]
    pub(crate) after: PathBuf,
    /// The format of both [default: by the name of the file, else by its text]
    #[arg(id = "as", long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
}

#[derive(Args)]
#[command(
    args_override_self = true,
    after_help = "Examples:\n  drawdown convert agreement.toml > agreement.json\n  drawdown convert --to jsonl *.toml > agreements.jsonl"
)]
pub(crate) struct Convert {
    /// The agreements, in JSON or TOML; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The format of the agreements [default: by the name of the file, else by its text]
    #[arg(id = "as", long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// The format that is written; comments are lost [default: TOML for JSON, JSON for TOML; for several files jsonl]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to: Option<To>,
}

/// What an agreement is written as.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum To {
    Json,
    Toml,
    /// One agreement on each line
    Jsonl,
}

#[derive(Args)]
#[command(
    args_override_self = true,
    after_help = "The table of counts has the columns agreement, force, date and present; agreement may be left out for \
                  one agreement,\nforce where each agreement has one force. Columns source and note are copied.\n\n\
                  Example:\n  drawdown convert --to jsonl agreement.toml > agreements.jsonl\n  \
                  drawdown judge agreements.jsonl counts.csv > verdicts.csv"
)]
pub(crate) struct Judge {
    /// The agreements: JSON, one on each line; - is standard input
    #[arg(value_name = "AGREEMENTS.jsonl")]
    pub(crate) agreements: PathBuf,
    /// The counts of single days, in CSV; - is standard input
    #[arg(value_name = "COUNTS.csv")]
    pub(crate) counts: PathBuf,
}

#[derive(Args)]
#[command(after_help = "Example:\n  drawdown schema > agreement.schema.json")]
pub(crate) struct Schema {}

#[derive(Args)]
#[command(
    args_override_self = true,
    after_help = "Examples:\n  drawdown catalog\n  drawdown catalog georgia-2005 > georgia.json\n  \
                  drawdown catalog georgia-2005 --counts > georgia.csv"
)]
pub(crate) struct Catalog {
    /// The agreement that is printed, in JSON [default: the list of all]
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Prints what was counted, in CSV
    #[arg(long, requires = "id")]
    pub(crate) counts: bool,
}

#[derive(Args)]
#[command(args_override_self = true, after_help = "Examples:\n  drawdown man | man -l -\n  drawdown man -o man")]
pub(crate) struct Man {
    /// A folder for all pages, one for each verb [default: prints the page of the command]
    #[arg(short, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Args)]
#[command(after_help = "Example:\n  drawdown completions bash > drawdown.bash")]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: Shell,
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
