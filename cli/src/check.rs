//! `drawdown check`: every mistake in agreements, and what is odd about them.

use crate::Failure;
use crate::arguments::Check;
use crate::files::Read;
use crate::mistakes::lines;

pub(crate) fn run(arguments: &Check) -> Result<String, Failure> {
    let read = Read::all(&arguments.files, arguments.format)?;
    Ok(read.iter().map(|read| said(read, arguments.advice)).collect())
}

/// What is said of a file without mistakes.
fn said(read: &Read, wants_advice: bool) -> String {
    let (name, advice) = (&read.text.name, read.advice());
    match advice.len() {
        0 => format!("{name}: no mistakes\n"),
        _ if wants_advice => lines(&read.text, &advice, std::io::IsTerminal::is_terminal(&std::io::stdout())) + "\n",
        1 => format!("{name}: no mistakes; 1 thing is odd, which --advice shows\n"),
        count => format!("{name}: no mistakes; {count} things are odd, which --advice shows\n"),
    }
}
