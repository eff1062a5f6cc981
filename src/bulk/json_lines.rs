//! Agreements from JSON lines: one document on each line.

use std::io::{self, BufRead};

use crate::agreement::{Agreement, ReadError};

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
    /// What is wrong with the line.
    pub error: LineError,
}

/// Reads and validates one agreement from each line, and gives it with the number of its line. Lines of white space alone
/// are skipped. A bad line does not stop the lines after it. If the reader itself fails, its error is the last item.
///
/// Only the text of one line is kept in memory.
///
/// ```
/// use force_drawdown::bulk::read_lines;
/// # use force_drawdown::doc_examples::iraq;
/// let good = serde_json::to_string(&iraq()).unwrap();
/// let text = format!("{good}\n{{ \"titel\": 1 }}\n\n{good}");
/// let read: Vec<_> = read_lines(text.as_bytes()).collect();
/// let numbers: Vec<_> = read.iter().map(|read| read.as_ref().map(|(number, _)| *number).map_err(|bad| bad.number)).collect();
/// assert_eq!(numbers, [Ok(1), Err(2), Ok(4)]);
/// ```
pub fn read_lines(reader: impl BufRead) -> impl Iterator<Item = Result<(usize, Agreement), BadLine>> {
    let mut lines = Lines { reader, number: 0, is_over: false };
    let mut line = Vec::new();
    std::iter::from_fn(move || {
        let number = match lines.next_into(&mut line)? {
            Ok(number) => number,
            Err(bad) => return Some(Err(bad)),
        };
        Some(parse(number, &line))
    })
}

/// Does the same as [`read_lines`] on all threads of rayon's pool, in the order of the lines. Up to 4,096 lines are kept in
/// memory.
///
/// ```
/// use force_drawdown::bulk::read_lines_parallel;
/// # use force_drawdown::doc_examples::iraq;
/// let text = format!("{}\n?", serde_json::to_string(&iraq()).unwrap());
/// let read: Vec<_> = read_lines_parallel(text.as_bytes()).collect();
/// assert_eq!(read[0].as_ref().unwrap().0, 1);
/// assert_eq!(read[1].as_ref().unwrap_err().to_string(), "line 2: expected value at line 1 column 1");
/// ```
#[cfg(feature = "rayon1")]
pub fn read_lines_parallel(reader: impl BufRead) -> impl Iterator<Item = Result<(usize, Agreement), BadLine>> {
    use rayon::prelude::*;
    let mut lines = Lines { reader, number: 0, is_over: false };
    let batches = std::iter::from_fn(move || {
        let mut batch = Vec::new();
        let mut failed = None;
        while batch.len() < BATCH && failed.is_none() {
            let mut line = Vec::new();
            match lines.next_into(&mut line) {
                Some(Ok(number)) => batch.push((number, line)),
                Some(Err(bad)) => failed = Some(Err(bad)),
                None => break,
            }
        }
        let mut read: Vec<_> = batch.par_iter().map(|(number, line)| parse(*number, line)).collect();
        read.extend(failed);
        (!read.is_empty()).then_some(read)
    });
    batches.flatten()
}

/// Reads line by line.
struct Lines<R> {
    reader: R,
    number: usize,
    is_over: bool,
}

impl<R: BufRead> Lines<R> {
    /// Reads the next line that is not empty, and gives its number; `None` after the last line.
    fn next_into(&mut self, line: &mut Vec<u8>) -> Option<Result<usize, BadLine>> {
        while !self.is_over {
            line.clear();
            self.number = self.number.saturating_add(1);
            match self.reader.read_until(b'\n', line) {
                Ok(0) => self.is_over = true,
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(Ok(self.number)),
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(BadLine { number: self.number, error: LineError::Io(error) }));
                }
            }
        }
        None
    }
}

fn parse(number: usize, line: &[u8]) -> Result<(usize, Agreement), BadLine> {
    let bad = |error| BadLine { number, error: LineError::Document(error) };
    // Checking a whole line for UTF-8 at once is faster than text by text.
    let text = std::str::from_utf8(line).map_err(|error| bad(ReadError::Syntax(serde::de::Error::custom(error))))?;
    let mut json = serde_json::Deserializer::from_str(text);
    let agreement = Agreement::read(&mut json).map_err(bad)?;
    json.end().map_err(|error| bad(ReadError::Syntax(error)))?;
    Ok((number, agreement))
}
