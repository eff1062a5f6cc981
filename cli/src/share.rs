//! `drawdown timeline`, `tidy` and `calendar`: agreements for other programs.

use crate::Failure;
use crate::arguments::{Calendar, Tidy, Timeline};
use crate::files::{Asked, Read, as_known, failed};
use crate::text::on_a_line;

pub(crate) fn timeline(arguments: &Timeline) -> Result<String, Failure> {
    let agreement = Read::new(&arguments.document.file, arguments.document.format)?.agreement;
    let agreement = as_known(agreement, arguments.known);
    Ok(agreement.timeline().map(|entry| on_a_line(&entry.to_string()) + "\n").collect())
}

pub(crate) fn tidy(arguments: &Tidy) -> Result<String, Failure> {
    let Asked { agreement, observations } = Asked::new(&arguments.document, &arguments.question)?;
    let mut csv = Vec::new();
    let written = agreement.write_tidy_csv(&observations, arguments.planned, &mut csv);
    written.map_err(|error| failed(&arguments.document.file, error))?;
    String::from_utf8(csv).map_err(|error| failed(&arguments.document.file, error))
}

pub(crate) fn calendar(arguments: &Calendar) -> Result<String, Failure> {
    let agreement = Read::new(&arguments.document.file, arguments.document.format)?.agreement;
    Ok(as_known(agreement, arguments.known).calendar())
}
