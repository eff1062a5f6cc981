//! Mistakes shown in the text that has them: line, column and an excerpt.

use std::fmt;
use std::ops::Range;

use super::json_span::Node;
use crate::agreement::ReadError;
use crate::findings::{Finding, Rule, Violations};

/// The most characters of a line that are shown.
const WIDEST: usize = 100;
/// How many of them stand before the place, if as many do: more where few stand after it.
const BEFORE: usize = 40;
/// Characters are counted from every so many bytes, for a text may be one long line.
const BLOCK: usize = 4096;

/// A place in a text: line and column, both from 1, columns in characters.
///
/// Displayed as `line 1, column 2`.
///
/// ```
/// use force_drawdown::Terms;
/// let invalid = Terms::new("Plan").validate().unwrap_err();
/// let place = invalid.violations()[0].place_in("{\n  \"title\": \"Plan\", \"parties\": [] }").unwrap();
/// assert_eq!((place.line, place.column), (2, 20));
/// assert_eq!(place.to_string(), "line 2, column 20");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TextPosition {
    /// From 1.
    pub line: usize,
    /// From 1, in characters and not in bytes.
    pub column: usize,
}

impl fmt::Display for TextPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// With the feature `serde_json1`.
impl Finding {
    /// Where in a JSON text the violation is: at its field, or at what is nearest around it that is there.
    ///
    /// The text is that from which the document was read. `None` where it is no JSON. Each call reads the text.
    ///
    /// ```
    /// use force_drawdown::{Agreement, ReadError};
    /// let text = "{\n  \"title\": \"T\", \"parties\": [],\n  \"forces\": [{ \"id\": \"f\" }],\n  \"phases\": [{ \"id\": \"1\", \"by\": \"2025-13\" }]\n}";
    /// let Err(ReadError::Invalid(invalid)) = Agreement::read(&mut serde_json::Deserializer::from_str(text)) else { panic!() };
    /// assert_eq!(invalid.violations()[0].path(), "phases[0].by");
    /// assert_eq!(invalid.violations()[0].place_in(text).unwrap().to_string(), "line 4, column 27");
    /// ```
    #[must_use]
    pub fn place_in(&self, text: &str) -> Option<TextPosition> {
        let text = Text::new(text);
        let span = self.span(Node::root(text.all).as_mut()?, &text);
        Some(text.place(span.start))
    }

    /// The violation with line, column and excerpt of the JSON text from which the document was read.
    ///
    /// Displayed as the violation itself, and three lines that show the place, cut to 100 characters. Where the text is no
    /// JSON, only as the violation itself.
    ///
    /// ```
    /// use force_drawdown::Terms;
    /// let invalid = Terms::new("Plan").validate().unwrap_err();
    /// assert_eq!(
    ///     invalid.violations()[0].in_text("{\n  \"title\": \"Plan\", \"parties\": [] }").to_string(),
    ///     [
    ///         "empty-list at parties: parties needs at least one member",
    ///         " --> line 2, column 20",
    ///         "  |",
    ///         "2 |   \"title\": \"Plan\", \"parties\": [] }",
    ///         "  |                    ^^^^^^^^^^^^^",
    ///     ]
    ///     .join("\n")
    /// );
    /// ```
    #[must_use]
    pub fn in_text<'a>(&'a self, text: &'a str) -> impl fmt::Display + 'a {
        InText { violations: std::slice::from_ref(self), text }
    }

    fn span<'t>(&self, root: &mut Node<'t>, text: &Text<'t>) -> Range<usize> {
        let again = matches!(self.rule(), Rule::DuplicateKey { .. });
        root.find(text.all, self.place(), again)
    }
}

/// With the feature `serde_json1`.
impl Violations {
    /// Every violation as [`Finding::in_text`] shows it, an empty line between two. The text is read once.
    ///
    /// ```
    /// use force_drawdown::Terms;
    /// let invalid = Terms::new("Plan").validate().unwrap_err();
    /// assert_eq!(invalid.in_text("{}").to_string().lines().count(), 3 * 5 + 2);
    /// assert_eq!(invalid.in_text("no JSON").to_string(), invalid.to_string());
    /// ```
    #[must_use]
    pub fn in_text<'a>(&'a self, text: &'a str) -> impl fmt::Display + 'a {
        InText { violations: self.violations(), text }
    }
}

/// With the feature `serde_json1`.
impl ReadError<serde_json::Error> {
    /// The error, or every violation, with line, column and excerpt of the JSON text from which the document was read.
    ///
    /// ```
    /// use force_drawdown::Agreement;
    /// let text = "{\n  \"title\": \"Plan\",\n  parties: [] }";
    /// let error = Agreement::read(&mut serde_json::Deserializer::from_str(text)).unwrap_err();
    /// assert_eq!(
    ///     error.in_text(text).to_string(),
    ///     [
    ///         "key must be a string at line 3 column 3",
    ///         " --> line 3, column 3",
    ///         "  |",
    ///         "3 |   parties: [] }",
    ///         "  |   ^",
    ///     ]
    ///     .join("\n")
    /// );
    /// ```
    #[must_use]
    pub fn in_text<'a>(&'a self, text: &'a str) -> impl fmt::Display + 'a {
        Unread { error: self, text }
    }
}

struct Unread<'a> {
    error: &'a ReadError<serde_json::Error>,
    text: &'a str,
}

impl fmt::Display for Unread<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.error {
            ReadError::Invalid(invalid) => write!(f, "{}", invalid.in_text(self.text)),
            ReadError::Syntax(error) => {
                write!(f, "{error}")?;
                let text = Text::new(self.text);
                match text.offset(error.line(), error.column()) {
                    Some(offset) => text.show(offset..offset, f),
                    None => Ok(()),
                }
            }
        }
    }
}

struct InText<'a> {
    violations: &'a [Finding],
    text: &'a str,
}

impl fmt::Display for InText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = Text::new(self.text);
        let mut root = Node::root(text.all);
        for (position, violation) in self.violations.iter().enumerate() {
            if position > 0 {
                f.write_str(if root.is_some() { "\n\n" } else { "\n" })?;
            }
            write!(f, "{violation}")?;
            if let Some(root) = &mut root {
                text.show(violation.span(root, &text), f)?;
            }
        }
        Ok(())
    }
}

/// A text whose lines and characters were counted.
struct Text<'t> {
    all: &'t str,
    /// Where each line starts.
    lines: Vec<usize>,
    /// How many characters stand before each block.
    blocks: Vec<usize>,
}

impl<'t> Text<'t> {
    fn new(text: &'t str) -> Self {
        // A byte order mark is no part of the first line.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at.saturating_add(1));
        let lines = std::iter::once(0).chain(ends).collect();
        let counts = text.as_bytes().chunks(BLOCK).scan(0_usize, |count, block| {
            let before = *count;
            *count = count.saturating_add(characters(block));
            Some(before)
        });
        Self { all: text, lines, blocks: counts.collect() }
    }

    fn place(&self, offset: usize) -> TextPosition {
        let line = self.lines.partition_point(|start| *start <= offset);
        let (start, _) = self.line(line);
        let column = self.characters_before(offset).saturating_sub(self.characters_before(start));
        TextPosition { line, column: column.saturating_add(1) }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = self.all.as_bytes().get(block.saturating_mul(BLOCK)..offset).map_or(0, characters);
        self.blocks.get(block).map_or(0, |before| before.saturating_add(rest))
    }

    /// Where a line starts, and what it says.
    fn line(&self, line: usize) -> (usize, &'t str) {
        let start = line.checked_sub(1).and_then(|before| self.lines.get(before)).copied().unwrap_or(0);
        let end = self.lines.get(line).copied().unwrap_or(self.all.len());
        let says = self.all.get(start..end).unwrap_or_default();
        (start, says.trim_end_matches(['\r', '\n']))
    }

    /// The byte of a line and a column as `serde_json` counts them, in bytes from 1; 0 is before the first.
    fn offset(&self, line: usize, column: usize) -> Option<usize> {
        let (start, says) = self.line((1..=self.lines.len()).contains(&line).then_some(line)?);
        let mut within = column.saturating_sub(1).min(says.len());
        while !says.is_char_boundary(within) {
            within = within.saturating_sub(1);
        }
        Some(start.saturating_add(within))
    }

    /// Three lines below a message: the place, and the text there with marks under it.
    fn show(&self, span: Range<usize>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place(span.start);
        let (start, line) = self.line(place.line);
        let within = |offset: usize| offset.saturating_sub(start).min(line.len());
        let (before, rest) = line.split_at_checked(within(span.start)).unwrap_or((line, ""));
        let marked = line.get(within(span.start)..within(span.end)).unwrap_or_default();

        let kept = WIDEST.saturating_sub(rest.chars().take(WIDEST).count()).max(BEFORE);
        let cut = before.char_indices().rev().take(kept).last().map_or(before.len(), |(at, _)| at);
        let lead = if cut > 0 { "…" } else { "" };
        let before: String = before.get(cut..).unwrap_or_default().chars().map(shown).collect();
        let room = WIDEST.saturating_sub(before.chars().count());
        let before = format!("{lead}{before}");
        let width = before.chars().count();
        let tail = if rest.chars().nth(room).is_some() { "…" } else { "" };
        let rest: String = rest.chars().take(room).map(shown).collect();
        let marks = "^".repeat(marked.chars().take(room).count().max(1));

        let number = place.line.to_string();
        let gutter = " ".repeat(number.len());
        write!(f, "\n{gutter}--> {place}\n{gutter} |\n{number} | {before}{rest}{tail}\n{gutter} | {:width$}{marks}", "")
    }
}

fn characters(bytes: &[u8]) -> usize {
    // A byte that goes on with a character is no other character.
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// Nothing that moves the cursor, or is wider than one column as a tab is.
fn shown(letter: char) -> char {
    if letter.is_control() { ' ' } else { letter }
}
