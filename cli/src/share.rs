//! `drawdown timeline`, `tidy` and `calendar`: agreements for other programs.

use crate::Failure;
use crate::arguments::{Calendar, Tidy, Timeline};
use crate::files::{Asked, Read, as_known, failed};
use crate::report::day_of_judgement;
use crate::text::on_a_line;

pub(crate) fn timeline(arguments: &Timeline) -> Result<String, Failure> {
    let agreement = Read::new(&arguments.document.file, arguments.document.format)?.agreement;
    let agreement = as_known(agreement, arguments.known);
    Ok(agreement.timeline().map(|entry| on_a_line(&entry.to_string()) + "\n").collect())
}

pub(crate) fn tidy(arguments: &Tidy) -> Result<String, Failure> {
    let Asked { agreement, observations } = Asked::new(&arguments.document, &arguments.question)?;
    let mut csv = Vec::new();
    let (seen, planned) = (observations.as_slice(), arguments.planned);
    let written = match arguments {
        Tidy { changes: true, .. } => agreement.write_changes_csv(seen, planned, &mut csv),
        Tidy { wide: true, .. } => agreement.write_wide_csv(seen, planned, &mut csv),
        Tidy { state_years: true, .. } => agreement.write_state_years_csv(&mut csv),
        Tidy { phases: true, on, .. } => {
            let (on, _) = day_of_judgement(&agreement, seen, *on)?;
            agreement.assess(seen, on).write_phases_csv(&mut csv)
        }
        _ => agreement.write_tidy_csv(seen, planned, &mut csv),
    };
    written.map_err(|error| failed(&arguments.document.file, error))?;
    String::from_utf8(csv).map_err(|error| failed(&arguments.document.file, error))
}

pub(crate) fn calendar(arguments: &Calendar) -> Result<String, Failure> {
    let agreement = Read::new(&arguments.document.file, arguments.document.format)?.agreement;
    Ok(as_known(agreement, arguments.known).calendar())
}
