//! `drawdown timeline`, `tidy` and `calendar`: agreements for other programs.

use std::io::{self, BufWriter, Write};
use std::path::Path;

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
    let mut out = BufWriter::new(Output(io::stdout().lock()));
    let (seen, planned) = (observations.as_slice(), arguments.planned);
    let written = match arguments {
        Tidy { changes: true, .. } => agreement.write_changes_csv(seen, planned, &mut out),
        Tidy { wide: true, .. } => agreement.write_wide_csv(seen, planned, &mut out),
        Tidy { state_years: true, .. } => agreement.write_state_years_csv(&mut out),
        Tidy { phases: true, on, .. } => {
            let (on, _) = day_of_judgement(&agreement, seen, *on)?;
            agreement.assess(seen, on).write_phases_csv(&mut out)
        }
        _ => agreement.write_tidy_csv(seen, planned, &mut out),
    };
    written.and_then(|()| out.flush()).map_err(|error| failed(Path::new("standard output"), error))?;
    Ok(String::new())
}

/// Standard output, for tables that have a row a day and are not kept in memory.
struct Output(io::StdoutLock<'static>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        unless_closed(self.0.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        unless_closed(self.0.flush())
    }
}

/// Ends where the reader has had enough, which is no failure.
fn unless_closed<T>(written: io::Result<T>) -> io::Result<T> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        written => written,
    }
}

pub(crate) fn calendar(arguments: &Calendar) -> Result<String, Failure> {
    let agreement = Read::new(&arguments.document.file, arguments.document.format)?.agreement;
    Ok(as_known(agreement, arguments.known).calendar())
}
