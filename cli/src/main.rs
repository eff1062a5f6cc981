//! `drawdown`: asks an agreement what it requires, and whether it is being kept.
//!
//! It exits with 0; with 1 if a file has mistakes, each a line on standard error, with nothing on standard output; and
//! with 2 if it is used wrongly.

mod arguments;
mod assess;
mod catalog;
mod chart;
mod check;
mod convert;
mod diff;
mod explain;
mod files;
mod judge;
mod manual;
mod mistakes;
mod new;
mod page;
mod report;
mod series;
mod share;
mod text;
mod toml_text;

use std::io::{ErrorKind as Broken, Write as _};
use std::process::ExitCode;

use arguments::Command;
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser};

/// Asks phased force-drawdown agreements what they require, and whether they are being kept
#[derive(Parser)]
#[command(
    name = "drawdown",
    version,
    max_term_width = 100,
    after_help = "Begin with `drawdown new`, and edit what it writes. `drawdown VERB --help` has an example of each verb."
)]
struct Drawdown {
    #[command(subcommand)]
    command: Command,
}

/// Why the command stops.
enum Failure {
    /// What is wrong with a file, or with writing one: lines for standard error.
    Input(String),
    /// What is wrong with the arguments, as the files show.
    Usage(String),
}

fn main() -> ExitCode {
    let result = match Drawdown::parse().command {
        Command::New(arguments) => new::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Assess(arguments) => assess::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Unknowns(arguments) => explain::unknowns(&arguments),
        Command::Timeline(arguments) => share::timeline(&arguments),
        Command::Series(arguments) => series::run(&arguments),
        Command::Chart(arguments) => chart::run(&arguments),
        Command::Page(arguments) => page::run(&arguments),
        Command::Tidy(arguments) => share::tidy(&arguments),
        Command::Calendar(arguments) => share::calendar(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Judge(arguments) => judge::run(&arguments),
        Command::Schema(_) => Ok(force_drawdown::AGREEMENT_SCHEMA.to_owned()),
        Command::Catalog(arguments) => catalog::run(&arguments),
        Command::Man(arguments) => manual::pages(&arguments),
        Command::Completions(arguments) => manual::completions(&arguments),
    };
    let written = result.and_then(|output| {
        let mut out = std::io::stdout();
        match out.write_all(output.as_bytes()).and_then(|()| out.flush()) {
            // A reader that has had enough is no failure.
            Err(error) if error.kind() != Broken::BrokenPipe => {
                Err(Failure::Input(format!("standard output: {error}")))
            }
            _ => Ok(()),
        }
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Input(text)) => {
            _ = writeln!(std::io::stderr(), "{text}");
            ExitCode::FAILURE
        }
        Err(Failure::Usage(text)) => Drawdown::command().error(ErrorKind::MissingRequiredArgument, text).exit(),
    }
}
