//! Records of CSV: each with its line, strict about quotes, and of bounded length.
//!
//! The csv crate reads a quote that nothing closes as a cell with all rows that follow, and keeps a record that grows without
//! end; here both are mistakes of one row.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use super::mistake::{CsvMistake, LONGEST};

const CHUNK: usize = 1 << 16;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What may separate cells; the first one that the file has does.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

#[derive(Debug)]
pub(super) struct Record<'a> {
    /// The line that it begins on; the first is 1.
    pub(super) line: u64,
    /// What is wrong with it as such; then its cells mean nothing.
    pub(super) flaw: Option<CsvMistake>,
    text: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Record<'a> {
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many cells it has without empty ones at its end.
    pub(super) fn width(&self) -> usize {
        let is_said = |byte: &u8| !matches!(byte, b' ' | b'\t');
        let Some(last) = self.text.iter().rposition(is_said) else { return 0 };
        self.ends.iter().position(|&end| end > last).map_or(0, |before| before.saturating_add(1))
    }

    /// Each cell; `None` where it is not UTF-8.
    pub(super) fn cells(&self) -> impl Iterator<Item = Option<&'a str>> + use<'a> {
        let (bytes, mut start) = (self.text, 0);
        // Checked as a whole, which is faster; cell by cell only where that fails.
        let text = str::from_utf8(bytes).ok();
        self.ends.iter().map(move |&end| {
            let cell = match text {
                Some(text) => text.get(start..end),
                None => bytes.get(start..end).and_then(|bytes| str::from_utf8(bytes).ok()),
            };
            start = end;
            cell
        })
    }
}

/// Splits an input into records, in memory that does not grow with it.
pub(super) struct Records<R> {
    input: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    /// The line of the next byte, and whether that comes after a carriage return.
    line: u64,
    after_return: bool,
    /// What separates cells, once it is known.
    separator: Option<u8>,
    text: Vec<u8>,
    ends: Vec<usize>,
}

/// Where the next byte is within its cell.
#[derive(Clone, Copy)]
enum Within {
    Start,
    Plain,
    Quoted,
    /// After a quote that closes the cell, or is the first of two.
    Closed,
}

impl<R: Read> Records<R> {
    /// Skips a byte order mark.
    pub(super) fn new(mut input: R) -> io::Result<Self> {
        let mut head = Vec::new();
        input.by_ref().take(3).read_to_end(&mut head)?;
        if head == BYTE_ORDER_MARK {
            head.clear();
        }
        let input = BufReader::with_capacity(CHUNK, Cursor::new(head).chain(input));
        Ok(Self { input, line: 1, after_return: false, separator: None, text: Vec::new(), ends: Vec::new() })
    }

    /// The first record, which says what separates cells: by its own, or by a line `sep=;` of a spreadsheet before it.
    pub(super) fn header(&mut self) -> io::Result<Option<Record<'_>>> {
        let mut read = self.advance()?;
        let named = self.text.split_at_checked(4).filter(|(sep, _)| sep.eq_ignore_ascii_case(b"sep="));
        let named = named.and_then(|(_, named)| match named {
            // The separator was taken for one.
            [] => self.separator,
            [one] => Some(*one).filter(|one| SEPARATORS.contains(one)),
            _ => None,
        });
        if named.is_some() {
            self.separator = named;
            read = self.advance()?;
        }
        self.separator.get_or_insert(SEPARATORS[0]);
        Ok(read.map(|(line, flaw)| Record { line, flaw, text: &self.text, ends: &self.ends }))
    }

    /// The next record that is not an empty line.
    pub(super) fn next(&mut self) -> io::Result<Option<Record<'_>>> {
        let read = self.advance()?;
        Ok(read.map(|(line, flaw)| Record { line, flaw, text: &self.text, ends: &self.ends }))
    }

    /// Reads a record: the line that it begins on, and what is wrong with it.
    fn advance(&mut self) -> io::Result<Option<(u64, Option<CsvMistake>)>> {
        if !self.skip_empty_lines()? {
            return Ok(None);
        }
        self.text.clear();
        self.ends.clear();
        let line = self.line;
        let (mut within, mut length, mut is_stray, mut is_over) = (Within::Start, 0_usize, false, false);
        while !is_over {
            let unread = fill(&mut self.input)?;
            let Some(&first) = unread.first() else { break };
            let run = unread.iter().take_while(|&&byte| is_text(within, byte, self.separator)).count().max(1);
            let taken = unread.get(..run).unwrap_or_default();
            length = length.saturating_add(run);
            (self.line, self.after_return) = after(self.line, self.after_return, taken);
            let mut text = &[][..];
            within = match (within, first) {
                (Within::Quoted, b'"') => Within::Closed,
                (Within::Start, b'"') => Within::Quoted,
                // Text within quotes, or the second of two of them.
                (Within::Quoted, _) | (Within::Closed, b'"') => {
                    text = taken;
                    Within::Quoted
                }
                (_, b'\n' | b'\r') => {
                    self.ends.push(self.text.len());
                    is_over = true;
                    Within::Start
                }
                _ if separates(first, self.separator) => {
                    self.separator = Some(first);
                    self.ends.push(self.text.len());
                    Within::Start
                }
                (Within::Start | Within::Plain | Within::Closed, _) => {
                    is_stray |= first == b'"' || matches!(within, Within::Closed);
                    text = taken;
                    Within::Plain
                }
            };
            if length > LONGEST {
                // Read on for its end alone.
                self.text.clear();
                self.ends.clear();
            } else {
                self.text.extend_from_slice(text);
            }
            self.input.consume(run);
        }
        if !is_over && length <= LONGEST {
            self.ends.push(self.text.len());
        }
        let flaw = match within {
            Within::Quoted if !is_stray => Some(CsvMistake::OpenQuote),
            _ if length > LONGEST => Some(CsvMistake::TooLong),
            _ => is_stray.then_some(CsvMistake::StrayQuote),
        };
        Ok(Some((line, flaw)))
    }

    /// Skips what ends lines, so that a record's line is its own; `false` at the end of the input.
    fn skip_empty_lines(&mut self) -> io::Result<bool> {
        loop {
            let unread = fill(&mut self.input)?;
            let empty = unread.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            let (is_end, is_over) = (unread.is_empty(), empty < unread.len());
            let taken = unread.get(..empty).unwrap_or_default();
            (self.line, self.after_return) = after(self.line, self.after_return, taken);
            self.input.consume(empty);
            if is_end || is_over {
                return Ok(is_over);
            }
        }
    }
}

/// What is read and not consumed yet; nothing at the end of the input.
fn fill(input: &mut impl BufRead) -> io::Result<&[u8]> {
    while let Err(error) = input.fill_buf() {
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
    input.fill_buf()
}

fn separates(byte: u8, separator: Option<u8>) -> bool {
    separator.map_or_else(|| SEPARATORS.contains(&byte), |separator| byte == separator)
}

/// Whether a byte means nothing but itself.
fn is_text(within: Within, byte: u8, separator: Option<u8>) -> bool {
    match within {
        Within::Quoted => byte != b'"',
        Within::Start | Within::Plain => !matches!(byte, b'"' | b'\n' | b'\r') && !separates(byte, separator),
        Within::Closed => false,
    }
}

/// The line after some bytes, and whether the last of them is a carriage return.
fn after(line: u64, after_return: bool, bytes: &[u8]) -> (u64, bool) {
    bytes.iter().fold((line, after_return), |(line, after_return), &byte| {
        let ends_line = byte == b'\r' || (byte == b'\n' && !after_return);
        (line.wrapping_add(u64::from(ends_line)), byte == b'\r')
    })
}
