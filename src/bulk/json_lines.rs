//! Agreements from JSON lines: one document on each line.

use std::io::{self, BufRead};
use std::iter;

use crate::agreement::{Agreement, ReadError};
use crate::reading::without_mark;

/// Lines that are read before the threads begin with them.
#[cfg(feature = "rayon1")]
const BATCH: usize = 4096;

/// Why a line gave no agreement.
#[derive(thiserror::Error, Debug)]
#[non_exhaustive]
pub enum LineError {
    /// The reader failed, so that this line and all later ones could not be read.
    #[error("{0}")]
    Io(io::Error),
    /// The line is not JSON, or not a valid agreement.
    #[error("{0}")]
    Document(ReadError<serde_json::Error>),
}

/// A line that gave no agreement.
#[derive(thiserror::Error, Debug)]
#[error("line {number}: {error}")]
pub struct BadLine {
    /// The number of the line; the first line is 1.
    pub number: usize,
    /// The error of the line.
    pub error: LineError,
}

/// Reads and validates one agreement from each line, and gives it with the number of its line. Lines of white space alone
/// are skipped, and so is a byte order mark. A bad line does not stop the lines after it. If the reader itself fails, its error is the last item.
///
/// Only the text of one line is kept in memory.
///
/// ```
/// use force_drawdown::{bulk::read_lines, catalog};
/// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
/// let good = serde_json::to_string(&iraq).unwrap();
/// let text = format!("{good}\n{{ \"titel\": 1 }}\n\n{good}");
/// let read = read_lines(text.as_bytes());
/// let numbers = read.map(|read| read.map(|(number, _)| number).map_err(|bad| bad.number));
/// assert_eq!(numbers.collect::<Vec<_>>(), [Ok(1), Err(2), Ok(4)]);
/// ```
pub fn read_lines(reader: impl BufRead) -> impl Iterator<Item = Result<(usize, Agreement), BadLine>> {
    let (mut next, mut line) = (lines(reader), Vec::new());
    iter::from_fn(move || Some(parse(next(&mut line)?.map(|number| (number, &line)))))
}

/// Does the same as [`read_lines`] on all threads of rayon's pool, in the order of the lines. Up to 4,096 lines are kept in
/// memory.
///
/// ```
/// use force_drawdown::{bulk::read_lines_parallel, catalog};
/// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
/// let text = format!("{}\n?", serde_json::to_string(&iraq).unwrap());
/// let read: Vec<_> = read_lines_parallel(text.as_bytes()).collect();
/// assert_eq!(read[0].as_ref().unwrap().0, 1);
/// assert_eq!(read[1].as_ref().unwrap_err().number, 2);
/// ```
#[cfg(feature = "rayon1")]
pub fn read_lines_parallel(reader: impl BufRead) -> impl Iterator<Item = Result<(usize, Agreement), BadLine>> {
    use rayon::prelude::*;
    let mut next = lines(reader);
    let batches = iter::from_fn(move || {
        let mut line = Vec::new();
        let lines = iter::from_fn(|| Some(next(&mut line)?.map(|number| (number, std::mem::take(&mut line)))));
        let batch: Vec<_> = lines.take(BATCH).collect();
        (!batch.is_empty()).then(|| batch.into_par_iter().map(parse).collect::<Vec<_>>())
    });
    batches.flatten()
}

/// What reads the next line that is not empty, and gives its number. Nothing is read after a failure.
fn lines(mut reader: impl BufRead) -> impl FnMut(&mut Vec<u8>) -> Option<Result<usize, BadLine>> {
    let (mut number, mut has_failed) = (0_usize, false);
    move |line| {
        loop {
            line.clear();
            number = number.saturating_add(1);
            let read = if has_failed { Ok(0) } else { reader.read_until(b'\n', line) };
            has_failed = has_failed || read.is_err();
            match read {
                Ok(0) => return None,
                Ok(_) if without_mark(line).trim_ascii().is_empty() => {}
                Ok(_) => return Some(Ok(number)),
                Err(error) => return Some(Err(BadLine { number, error: LineError::Io(error) })),
            }
        }
    }
}

fn parse(line: Result<(usize, impl AsRef<[u8]>), BadLine>) -> Result<(usize, Agreement), BadLine> {
    let (number, line) = line?;
    let line = line.as_ref();
    let read = Agreement::read_json(line.strip_suffix(b"\n").unwrap_or(line)).map(|agreement| (number, agreement));
    read.map_err(|error| BadLine { number, error: LineError::Document(error) })
}
