//! Records of CSV: each with its line, strict about quotes, and of bounded length.

use std::io::{self, Read};

use csv_core::ReadRecordResult;

/// Bytes that are read at a time.
const CHUNK: usize = 1 << 16;

/// The longest record that is kept, in bytes.
pub(super) const LONGEST: usize = 1 << 20;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What is wrong with a record as such.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flaw {
    /// It is longer than [`LONGEST`]; its cells are not there.
    TooLong,
    /// A quote stands within a cell that is not quoted, or something follows one that closes a cell.
    StrayQuote,
    /// The input ends within quotes.
    OpenQuote,
}

/// One record.
#[derive(Debug)]
pub(super) struct Record<'a> {
    /// The line that it begins on; the first is 1.
    pub(super) line: u64,
    pub(super) flaw: Option<Flaw>,
    /// How many cells it has.
    pub(super) len: usize,
    text: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Record<'a> {
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
    input: R,
    parser: csv_core::Reader,
    chunk: Vec<u8>,
    /// The part of the chunk that is not parsed yet.
    unread: std::ops::Range<usize>,
    text: Vec<u8>,
    ends: Vec<usize>,
    scan: Scan,
}

impl<R: Read> Records<R> {
    /// Skips a byte order mark.
    pub(super) fn new(input: R) -> io::Result<Self> {
        let mut records = Self {
            input,
            parser: csv_core::Reader::new(),
            chunk: vec![0; CHUNK],
            unread: 0..0,
            text: vec![0; 512],
            ends: vec![0; 16],
            scan: Scan::default(),
        };
        while records.unread.end < BYTE_ORDER_MARK.len() && records.read_more()? > 0 {}
        if records.unread().starts_with(BYTE_ORDER_MARK) {
            records.unread.start = BYTE_ORDER_MARK.len();
        }
        // An empty line, for the parser would skip a second mark at its beginning, if it came in one piece.
        records.parser.read_record(b"\n", &mut records.text, &mut records.ends);
        Ok(records)
    }

    /// The next record that is not an empty line.
    pub(super) fn next(&mut self) -> io::Result<Option<Record<'_>>> {
        if !self.skip_empty_lines()? {
            return Ok(None);
        }
        self.scan.begin();
        let line = self.scan.line;
        let (mut written, mut len) = (0_usize, 0_usize);
        loop {
            let unread = self.chunk.get(self.unread.clone()).unwrap_or_default();
            let output = self.text.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(len..).unwrap_or_default();
            let (result, taken, more, more_ends) = self.parser.read_record(unread, output, ends);
            self.scan.over(unread.get(..taken).unwrap_or_default());
            self.unread.start = self.unread.start.saturating_add(taken);
            written = written.saturating_add(more);
            len = len.saturating_add(more_ends);
            if self.scan.length > LONGEST {
                // Parsed on for its end alone.
                (written, len) = (0, 0);
            }
            match result {
                ReadRecordResult::InputEmpty => _ = self.fill()?,
                ReadRecordResult::OutputFull if written > 0 => self.text.resize(doubled(self.text.len()), 0),
                ReadRecordResult::OutputEndsFull if len > 0 => self.ends.resize(doubled(self.ends.len()), 0),
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        let text = self.text.get(..written).unwrap_or_default();
        let ends = self.ends.get(..len).unwrap_or_default();
        Ok(Some(Record { line, flaw: self.scan.flaw(), len, text, ends }))
    }

    /// Skips what ends lines, so that a record's line is its own; `false` at the end of the input.
    fn skip_empty_lines(&mut self) -> io::Result<bool> {
        loop {
            if self.unread.is_empty() && !self.fill()? {
                return Ok(false);
            }
            let unread = self.unread();
            let empty = unread.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            let is_over = empty < unread.len();
            let skipped = self.unread.start..self.unread.start.saturating_add(empty);
            self.unread.start = skipped.end;
            self.scan.over(self.chunk.get(skipped).unwrap_or_default());
            if is_over {
                return Ok(true);
            }
        }
    }

    fn unread(&self) -> &[u8] {
        self.chunk.get(self.unread.clone()).unwrap_or_default()
    }

    /// Reads the next chunk over the last; `false` at the end of the input.
    fn fill(&mut self) -> io::Result<bool> {
        self.unread = 0..0;
        Ok(self.read_more()? > 0)
    }

    fn read_more(&mut self) -> io::Result<usize> {
        let free = self.chunk.get_mut(self.unread.end..).unwrap_or_default();
        loop {
            match self.input.read(free) {
                Ok(read) => {
                    self.unread.end = self.unread.end.saturating_add(read);
                    return Ok(read);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn doubled(length: usize) -> usize {
    length.saturating_mul(2)
}

/// Where a byte stands within its cell.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    #[default]
    Start,
    Plain,
    Quoted,
    /// After a quote that closes the cell, or is the first of two.
    Closed,
    /// After a quote that has no meaning, until the record is over.
    Stray,
}

/// What the parser does not tell: lines, and quotes that it reads leniently, which could swallow the rows that follow.
struct Scan {
    line: u64,
    after_return: bool,
    place: Place,
    /// Bytes of the record so far.
    length: usize,
}

impl Default for Scan {
    fn default() -> Self {
        Self { line: 1, after_return: false, place: Place::Start, length: 0 }
    }
}

impl Scan {
    const fn begin(&mut self) {
        self.place = Place::Start;
        self.length = 0;
    }

    fn over(&mut self, bytes: &[u8]) {
        let (mut line, mut after_return, mut place) = (self.line, self.after_return, self.place);
        for &byte in bytes {
            let ends_line = byte == b'\r' || (byte == b'\n' && !after_return);
            line = line.wrapping_add(u64::from(ends_line));
            after_return = byte == b'\r';
            place = match (place, byte) {
                (Place::Quoted, b'"') => Place::Closed,
                (Place::Start | Place::Closed, b'"') | (Place::Quoted, _) => Place::Quoted,
                (Place::Stray, _) | (Place::Plain, b'"') => Place::Stray,
                (_, b',' | b'\n' | b'\r') => Place::Start,
                (Place::Closed, _) => Place::Stray,
                (Place::Start | Place::Plain, _) => Place::Plain,
            };
        }
        (self.line, self.after_return, self.place) = (line, after_return, place);
        self.length = self.length.saturating_add(bytes.len());
    }

    fn flaw(&self) -> Option<Flaw> {
        match self.place {
            Place::Quoted => Some(Flaw::OpenQuote),
            _ if self.length > LONGEST => Some(Flaw::TooLong),
            Place::Stray => Some(Flaw::StrayQuote),
            Place::Start | Place::Plain | Place::Closed => None,
        }
    }
}
