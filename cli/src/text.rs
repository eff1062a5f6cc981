//! A file as it was read: its name for messages, its text, and where in it what is wrong is.

use std::cell::OnceCell;
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;

use clap::ValueEnum;

use crate::Failure;
use crate::mistakes::{Mistake, shown};

/// The name of a file that means standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// How a document is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Format {
    Json,
    Toml,
}

/// A text and the name of its file.
pub(crate) struct Text {
    /// The name, for messages: on one line, whatever it holds.
    pub(crate) name: String,
    pub(crate) all: String,
    /// The byte at which each line starts.
    lines: OnceCell<Vec<usize>>,
}

impl Text {
    fn new(name: String, all: String) -> Self {
        Self { name, all, lines: OnceCell::new() }
    }

    /// Reads a file, or standard input. A byte order mark is no part of the text.
    pub(crate) fn read(file: &Path) -> Result<Self, Failure> {
        let name = if file == Path::new(STANDARD_INPUT) { "standard input".to_owned() } else { name(file) };
        let bytes = if file == Path::new(STANDARD_INPUT) {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            std::fs::read(file)
        };
        let mut bytes = bytes.map_err(|error| Failure::Input(format!("{name}: {error}")))?;
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        String::from_utf8(bytes).map(|text| Self::new(name.clone(), text)).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
            let is = if is_utf16 { "the file is UTF-16" } else { "the text is not UTF-8 from here on" };
            let text = Self::new(name, String::from_utf8_lossy(&bytes).into_owned());
            let mistake = Mistake::new("syntax", format!("{is}; save it as UTF-8"), Some(valid..valid));
            Failure::Input(shown(&text, &[mistake]))
        })
    }

    /// The format that is asked for, else that of the file's name, else that of the text: JSON begins with a brace.
    pub(crate) fn format(&self, file: &Path, asked: Option<Format>) -> Format {
        let ends = |ending| file.extension().is_some_and(|of| of.eq_ignore_ascii_case(ending));
        asked.unwrap_or_else(|| match self.all.trim_ascii_start().starts_with('{') {
            _ if ends("json") => Format::Json,
            _ if ends("toml") => Format::Toml,
            true => Format::Json,
            false => Format::Toml,
        })
    }

    /// The byte at which a line starts, counted from 1.
    pub(crate) fn line_start(&self, line: usize) -> usize {
        let starts = self.lines.get_or_init(|| {
            let ends = self.all.match_indices('\n').map(|(at, _)| at.saturating_add(1));
            std::iter::once(0).chain(ends).collect()
        });
        line.checked_sub(1).and_then(|line| starts.get(line)).copied().unwrap_or(self.all.len())
    }

    /// The byte at which a letter begins, not after a given one.
    pub(crate) fn boundary(&self, at: usize) -> usize {
        (0..=at.min(self.all.len())).rev().find(|at| self.all.is_char_boundary(*at)).unwrap_or(0)
    }

    /// What separates the cells of CSV: the sign of a line `sep=;` before the header, else the first that the header has.
    pub(crate) fn separator(&self) -> u8 {
        let first = self.all.lines().next().unwrap_or_default();
        let is_one = |byte: &u8| matches!(byte, b',' | b';' | b'\t');
        first.strip_prefix("sep=").unwrap_or(first).bytes().find(is_one).unwrap_or(b',')
    }

    /// The bytes of a cell of the row of CSV that begins at a byte, counted from 1; or of the whole row.
    pub(crate) fn cell(&self, start: usize, column: Option<usize>) -> Range<usize> {
        let row = self.all.get(start..).unwrap_or_default();
        let mut is_quoted = false;
        let end = row.find(|letter| {
            is_quoted ^= letter == '"';
            !is_quoted && matches!(letter, '\r' | '\n')
        });
        let row = row.get(..end.unwrap_or(row.len())).unwrap_or_default();
        is_quoted = false;
        let separator = char::from(self.separator());
        let mut cells = row.split(|letter| {
            is_quoted ^= letter == '"';
            letter == separator && !is_quoted
        });
        let (before, marked) = match column.and_then(|column| column.checked_sub(1)) {
            Some(before) => (before, None),
            None => (0, Some(row)),
        };
        let skipped =
            cells.by_ref().take(before).fold(0, |at: usize, cell| at.saturating_add(cell.len()).saturating_add(1));
        let from = start.saturating_add(skipped);
        from..from.saturating_add(marked.or_else(|| cells.next()).unwrap_or_default().len())
    }
}

/// The name of a file on one line: letters that are no text are replaced, and those that would move the cursor escaped.
pub(crate) fn name(file: &Path) -> String {
    on_a_line(&file.to_string_lossy())
}

/// A text on one line, in which whatever would break it or move the cursor is escaped.
pub(crate) fn on_a_line(text: &str) -> String {
    let moves = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    let escaped = |letter: char| if moves(letter) { letter.escape_default().to_string() } else { letter.into() };
    text.chars().map(escaped).collect()
}
