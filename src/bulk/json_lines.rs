//! Agreements from JSON lines: a document a line.

use std::io::{self, BufRead};

use crate::agreement::{Agreement, ReadError};

/// Lines that are read before they are handed to threads.
#[cfg(feature = "rayon1")]
const BATCH: usize = 4096;

/// Why a line gave no agreement.
#[derive(thiserror::Error, Debug)]
#[non_exhaustive]
pub enum LineError {
    /// It could not be read, and neither could what follows.
    #[error("{0}")]
    Io(io::Error),
    /// It is no JSON, or no valid agreement.
    #[error("{0}")]
    Document(ReadError<serde_json::Error>),
}

/// A line that gave no agreement.
#[derive(thiserror::Error, Debug)]
#[error("line {number}: {error}")]
pub struct BadLine {
    /// The number of the line; the first is 1.
    pub number: usize,
    /// What is wrong with it.
    pub error: LineError,
}

/// Reads a validated agreement from each line, and skips lines of nothing but white space. A bad line does not stop
/// those after it; where the reader itself fails, that is the last that is given.
///
/// Each line costs its own reading, and the text of one line is held at a time.
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

/// As [`read_lines`], on all threads of rayon's pool, in the order of the lines. Some thousand lines are held at a time.
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

/// A reader by the line.
struct Lines<R> {
    reader: R,
    number: usize,
    is_over: bool,
}

impl<R: BufRead> Lines<R> {
    /// Reads the next line that is not empty, and gives its number; `None` after the last.
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
    // As a whole at once, which is faster than text by text.
    let text = std::str::from_utf8(line).map_err(|error| bad(ReadError::Syntax(serde::de::Error::custom(error))))?;
    let mut json = serde_json::Deserializer::from_str(text);
    let agreement = Agreement::read(&mut json).map_err(bad)?;
    json.end().map_err(|error| bad(ReadError::Syntax(error)))?;
    Ok((number, agreement))
}
