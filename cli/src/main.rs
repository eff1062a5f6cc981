//! `drawdown`: asks an agreement what it requires, and whether it is being kept.
//!
//! It exits with 0; with 1 if a file has mistakes, each a line on standard error, with nothing on standard output; and
//! with 2 if it is used wrongly.

mod arguments;
mod assess;
mod chart;
mod files;
mod series;

use std::io::Write as _;
use std::process::ExitCode;

use arguments::Command;
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser};

/// Asks phased force-drawdown agreements what they require, and whether they are being kept.
#[derive(Parser)]
#[command(name = "drawdown", version)]
struct Drawdown {
    #[command(subcommand)]
    command: Command,
}

/// Why the command stops.
enum Failure {
    /// What is wrong with a file, or with writing one: lines for standard error.
    Input(String),
    /// What is missing from the arguments, as the files show.
    Usage(&'static str),
}

fn main() -> ExitCode {
    let result = match Drawdown::parse().command {
        Command::Assess(arguments) => assess::run(&arguments),
        Command::Series(arguments) => series::run(&arguments),
        Command::Chart(arguments) => chart::run(&arguments),
    };
    match result {
        Ok(output) => {
            // A reader that has had enough is no failure.
            _ = std::io::stdout().write_all(output.as_bytes());
            ExitCode::SUCCESS
        }
        Err(Failure::Input(text)) => {
            _ = writeln!(std::io::stderr(), "{text}");
            ExitCode::FAILURE
        }
        Err(Failure::Usage(text)) => Drawdown::command().error(ErrorKind::MissingRequiredArgument, text).exit(),
    }
}
