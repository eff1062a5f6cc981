//! Records of CSV: each with its line, strict about quotes, and of bounded length.
//!
//! The csv crate reads a quote that nothing closes as a cell with all rows that follow, and one within a cell as text; here
//! both are mistakes of one row.

use std::borrow::Cow;

use super::mistake::{COLUMNS, CsvMistake, LONGEST};

/// What may separate cells; the first one that the file has does.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

pub(super) struct Record<'t> {
    /// The line that it begins on; the first is 1.
    pub(super) line: u64,
    /// What is wrong with it as such; then its cells mean nothing.
    pub(super) flaw: Option<CsvMistake>,
    pub(super) cells: Vec<Cow<'t, [u8]>>,
}

impl Record<'_> {
    /// How many cells it has without empty ones at its end.
    pub(super) fn width(&self) -> usize {
        let is_said = |cell: &Cow<'_, [u8]>| cell.iter().any(|byte| !matches!(byte, b' ' | b'\t'));
        self.cells.iter().rposition(is_said).map_or(0, |last| last.saturating_add(1))
    }

    /// Each cell; `None` where it is not UTF-8.
    pub(super) fn texts(&self) -> impl Iterator<Item = Option<&str>> {
        self.cells.iter().map(|cell| str::from_utf8(cell).ok())
    }
}

/// The records of a text, without its empty lines.
pub(super) struct Records<'t> {
    rest: &'t [u8],
    /// The line of the next byte.
    line: u64,
    /// What separates cells, once it is known.
    separator: Option<u8>,
}

impl<'t> Records<'t> {
    /// Skips a byte order mark.
    pub(super) fn new(text: &'t [u8]) -> Self {
        Self { rest: text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text), line: 1, separator: None }
    }

    /// The first record, which says what separates cells: by its own, or by a line `sep=;` of a spreadsheet before it.
    pub(super) fn header(&mut self) -> Record<'t> {
        let nothing = || Record { line: 1, flaw: None, cells: Vec::new() };
        let first = self.next().unwrap_or_else(nothing);
        let named = match first.cells.concat().split_at_checked(4) {
            // The separator was taken for one.
            Some((sep, [])) if sep.eq_ignore_ascii_case(b"sep=") => self.separator,
            Some((sep, [one])) if sep.eq_ignore_ascii_case(b"sep=") => {
                Some(*one).filter(|one| SEPARATORS.contains(one))
            }
            _ => None,
        };
        self.separator = named.or(self.separator).or(Some(SEPARATORS[0]));
        if named.is_some() { self.next().unwrap_or_else(nothing) } else { first }
    }

    /// Takes so many bytes, and counts the lines that end in them: in LF, CR or both.
    fn take(&mut self, count: usize) -> &'t [u8] {
        let all = self.rest;
        let (taken, rest) = all.split_at_checked(count).unwrap_or((all, &[]));
        let ends_line = |&(next, byte): &(usize, u8)| byte == b'\n' || byte == b'\r' && all.get(next) != Some(&b'\n');
        let ends = (1..).zip(taken.iter().copied()).filter(ends_line);
        self.line = ends.fold(self.line, |line, _| line.saturating_add(1));
        self.rest = rest;
        taken
    }

    /// Takes the bytes before the first of some.
    fn take_until(&mut self, is_end: impl Fn(u8) -> bool) -> &'t [u8] {
        self.take(self.rest.iter().position(|&byte| is_end(byte)).unwrap_or(self.rest.len()))
    }

    /// Takes a cell, and says which of its quotes is never closed or where none belongs.
    fn take_cell(&mut self) -> (Cow<'t, [u8]>, Option<CsvMistake>) {
        let mut cell = Cow::Borrowed(&[][..]);
        let mut add = |part: &'t [u8]| match &mut cell {
            Cow::Borrowed([]) => cell = Cow::Borrowed(part),
            text => text.to_mut().extend_from_slice(part),
        };
        let is_quoted = self.rest.starts_with(b"\"");
        self.take(is_quoted.into());
        let mut is_open = is_quoted;
        while is_open {
            add(self.take_until(|byte| byte == b'"'));
            if self.take(1).is_empty() {
                return (cell, Some(CsvMistake::OpenQuote));
            }
            // Of two quotes, the second is text.
            is_open = self.rest.starts_with(b"\"");
            add(self.take(is_open.into()));
        }
        let separator = self.separator;
        let separates = |byte| separator.map_or_else(|| SEPARATORS.contains(&byte), |separator| byte == separator);
        let plain = self.take_until(|byte| is_line_end(byte) || separates(byte));
        add(plain);
        let is_stray = plain.contains(&b'"') || is_quoted && !plain.is_empty();
        (cell, is_stray.then_some(CsvMistake::StrayQuote))
    }
}

impl<'t> Iterator for Records<'t> {
    type Item = Record<'t>;

    fn next(&mut self) -> Option<Record<'t>> {
        self.take_until(|byte| !is_line_end(byte));
        let (line, all) = (self.line, self.rest.len());
        let (mut cells, mut flaw) = (Vec::with_capacity(COLUMNS.len()), None);
        let (mut is_over, mut is_too_long) = (all == 0, false);
        while !is_over {
            let (cell, stray) = self.take_cell();
            cells.push(cell);
            flaw = flaw.or(stray);
            match self.take(1) {
                &[separator] if !is_line_end(separator) => self.separator = Some(separator),
                _ => is_over = true,
            }
            is_too_long = all.saturating_sub(self.rest.len()) > LONGEST;
            if is_too_long {
                // Read on for its end alone.
                cells.clear();
            }
        }
        if is_too_long && flaw != Some(CsvMistake::OpenQuote) {
            flaw = Some(CsvMistake::TooLong);
        }
        (all > 0).then_some(Record { line, flaw, cells })
    }
}

const fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}
