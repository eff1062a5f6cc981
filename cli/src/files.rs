//! Agreements and observations from files, or every mistake in them.

use std::fs::File;
use std::io::IsTerminal as _;
use std::path::Path;

use chrono::NaiveDate;
use force_drawdown::{Agreement, Observation, Part, ReadError};

use crate::Failure;

/// What went wrong with a file.
pub(crate) fn failed(file: &Path, error: impl std::fmt::Display) -> Failure {
    Failure::Input(format!("{}: {error}", file.display()))
}

/// Reads an agreement, or gives every violation: one a line, and with its place in the text for people at a terminal.
pub(crate) fn read_agreement(file: &Path) -> Result<Agreement, Failure> {
    let bytes = std::fs::read(file).map_err(|error| failed(file, error))?;
    Agreement::read_json(&bytes).map_err(|error| {
        let what = if matches!(error, ReadError::Syntax(_)) { "syntax at document: " } else { "" };
        Failure::Input(if std::io::stderr().is_terminal() {
            format!("{what}{}", error.in_text(&String::from_utf8_lossy(&bytes)))
        } else {
            format!("{what}{error}")
        })
    })
}

/// Reads observations of the agreement, or gives every mistake in them, one a line; none where there is no file.
pub(crate) fn read_observations(file: Option<&Path>, agreement: &Agreement) -> Result<Vec<Observation>, Failure> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let open = File::open(file).map_err(|error| failed(file, error))?;
    agreement.read_observations(open).map_err(|error| Failure::Input(error.to_string()))
}

/// The agreement as known on a day, if one is given.
pub(crate) fn as_known(agreement: Agreement, known: Option<NaiveDate>) -> Agreement {
    match known {
        Some(known) => agreement.as_known_on(known),
        None => agreement,
    }
}

/// A day as documents write it.
pub(crate) fn day(day: NaiveDate) -> String {
    Part::Day(day).to_string()
}
