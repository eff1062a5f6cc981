//! Where in a JSON text a finding is: bytes, line and column.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::json_slips;
use crate::agreement::ReadError;
use crate::findings::{Finding, Rule};
use crate::path::{Place, Segment};

/// Characters are counted from every so many bytes, for a text may be one long line.
const BLOCK: usize = 4096;
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A place in a text: line and column, both from 1, columns in characters.
///
/// Displayed as `line 1, column 2`.
///
/// ```
/// use force_drawdown::Terms;
/// let invalid = Terms::new("Plan").validate().unwrap_err();
/// let text = "{\n  \"title\": \"Plan\", \"parties\": [] }";
/// let place = invalid.violations()[0].place_in(text).unwrap();
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
    #[must_use]
    pub fn place_in(&self, text: &str) -> Option<TextPosition> {
        let text = Text::new(text);
        let span = text.span_of(self, Node::root(text.all).as_mut()?);
        Some(text.position(span.start))
    }

    /// The bytes of a JSON text that the finding is about, with its key: at its field, or at what is nearest around it
    /// that is there. For what shows texts in another way than [`in_text`](Self::in_text).
    ///
    /// The text is that from which the document was read. `None` where it is no JSON. Each call reads the text.
    ///
    /// ```
    /// use force_drawdown::Terms;
    /// let text = r#"{ "title": "Plan", "parties": [] }"#;
    /// let invalid = Terms::new("Plan").validate().unwrap_err();
    /// assert_eq!(&text[invalid.violations()[0].span_in(text).unwrap()], r#""parties": []"#);
    /// ```
    #[must_use]
    pub fn span_in(&self, text: &str) -> Option<Range<usize>> {
        Self::spans_in(std::slice::from_ref(self), text)?.pop()
    }

    /// The bytes of each of several findings, as [`span_in`](Self::span_in) gives them. The text is read once.
    ///
    /// ```
    /// use force_drawdown::{Finding, Terms};
    /// let text = r#"{ "title": "Plan", "parties": [], "forces": [] }"#;
    /// let invalid = Terms::new("Plan").validate().unwrap_err();
    /// let spans = Finding::spans_in(invalid.violations(), text).unwrap();
    /// assert_eq!(&text[spans[0].clone()], r#""parties": []"#);
    /// ```
    #[must_use]
    pub fn spans_in(findings: &[Self], text: &str) -> Option<Vec<Range<usize>>> {
        let mark = text.strip_prefix(BYTE_ORDER_MARK).map_or(0, |_| BYTE_ORDER_MARK.len_utf8());
        let text = Text::new(text);
        let mut root = Node::root(text.all)?;
        let spans = findings.iter().map(|finding| text.span_of(finding, &mut root));
        Some(spans.map(|span| span.start.saturating_add(mark)..span.end.saturating_add(mark)).collect())
    }
}

/// With the feature `serde_json1`.
impl ReadError<serde_json::Error> {
    /// What may put a text right that is not quite JSON: what was probably meant where reading stopped. For violations see
    /// [`Finding::help`].
    ///
    /// ```
    /// use force_drawdown::Agreement;
    /// let text = r#"{ "title": "Plan", "baseline": 2,500 }"#;
    /// let error = Agreement::read_json(text.as_bytes()).unwrap_err();
    /// let help = r#"numbers have no comma in JSON: 2500, or "2,500""#;
    /// assert_eq!(error.help(text).unwrap(), help);
    /// ```
    #[must_use]
    pub fn help(&self, text: &str) -> Option<String> {
        let Self::Syntax(error) = self else { return None };
        let text = Text::new(text);
        let message = error.to_string();
        // A text without a line has no place.
        json_slips::slip(text.all, text.offset(error.line(), error.column()).unwrap_or(0), &message)
    }
}

/// A text whose lines and characters were counted.
pub(super) struct Text<'t> {
    pub(super) all: &'t str,
    /// Where each line starts.
    lines: Vec<usize>,
    /// The number of characters before each block.
    blocks: Vec<usize>,
}

impl<'t> Text<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        // A byte order mark is no part of the first line.
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at.saturating_add(1));
        let lines = std::iter::once(0).chain(ends).collect();
        let counts = text.as_bytes().chunks(BLOCK).scan(0_usize, |count, block| {
            let before = *count;
            *count = count.saturating_add(characters(block));
            Some(before)
        });
        Self { all: text, lines, blocks: counts.collect() }
    }

    pub(super) fn position(&self, offset: usize) -> TextPosition {
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
    pub(super) fn line(&self, line: usize) -> (usize, &'t str) {
        let start = line.checked_sub(1).and_then(|before| self.lines.get(before)).copied().unwrap_or(0);
        let end = self.lines.get(line).copied().unwrap_or(self.all.len());
        let says = self.all.get(start..end).unwrap_or_default();
        (start, says.trim_end_matches(['\r', '\n']))
    }

    /// The byte of a line and a column as `serde_json` counts them, in bytes from 1; 0 is before the first.
    pub(super) fn offset(&self, line: usize, column: usize) -> Option<usize> {
        let (start, says) = self.line((1..=self.lines.len()).contains(&line).then_some(line)?);
        let mut within = column.saturating_sub(1).min(says.len());
        while !says.is_char_boundary(within) {
            within = within.saturating_sub(1);
        }
        Some(start.saturating_add(within))
    }

    /// The bytes of what a finding is about, as far as there is something.
    pub(super) fn span_of(&self, finding: &Finding, root: &mut Node<'t>) -> Range<usize> {
        let again = matches!(finding.rule(), Rule::DuplicateKey { .. });
        root.find(self.all, finding.place(), again)
    }
}

fn characters(bytes: &[u8]) -> usize {
    // A byte that goes on with a character is no other character.
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// A value of the text. What is in it is looked for once, when a place first leads there, so that many places cost little
/// more than one.
pub(super) struct Node<'t> {
    /// Bytes of the text, from its key, where it has one, to its end.
    span: Range<usize>,
    value: &'t str,
    members: Option<Box<Members<'t>>>,
}

#[derive(Default)]
struct Members<'t> {
    nodes: Vec<Node<'t>>,
    /// The first two places of a key.
    keys: HashMap<String, [Option<usize>; 2]>,
}

impl<'t> Node<'t> {
    /// The whole of a text, if it begins with a JSON value.
    pub(super) fn root(text: &'t str) -> Option<Self> {
        let value = <&RawValue>::deserialize(&mut serde_json::Deserializer::from_str(text)).ok()?;
        Self::new(text, None, value)
    }

    fn new(text: &str, key: Option<&RawValue>, value: &'t RawValue) -> Option<Self> {
        let offset = |part: &str| part.as_ptr().addr().checked_sub(text.as_ptr().addr());
        let value = value.get();
        let start = offset(key.map_or(value, RawValue::get))?;
        let end = offset(value)?.checked_add(value.len())?;
        Some(Self { span: start..end, value, members: None })
    }

    /// The bytes of what is at a place, as far as there is something; `again` asks for the second of two equal keys.
    pub(super) fn find(&mut self, text: &'t str, place: &Place, again: bool) -> Range<usize> {
        let mut node = self;
        for (position, segment) in place.segments().iter().enumerate() {
            let again = again && position.saturating_add(1) == place.segments().len();
            let members = node.members.get_or_insert_with(|| {
                // Numbers, texts and words have no members.
                let read = serde_json::Deserializer::from_str(node.value).deserialize_any(OneLevel(text));
                Box::new(read.unwrap_or_default())
            });
            let Some(next) = members.get_mut(segment, again) else { break };
            node = next;
        }
        node.span.clone()
    }
}

impl<'t> Members<'t> {
    fn get_mut(&mut self, segment: &Segment, again: bool) -> Option<&mut Node<'t>> {
        let of_key = |key: &str| {
            let [first, second] = self.keys.get(key)?;
            second.filter(|_| again).or(*first)
        };
        let place = match segment {
            Segment::Field(name) => of_key(name)?,
            Segment::Key(key) => of_key(key)?,
            Segment::Index(index) if self.keys.is_empty() => *index,
            Segment::Index(_) => return None,
        };
        self.nodes.get_mut(place)
    }
}

/// Reads the members of a list or an object of a text, as they are written, so that only one level is read at a time.
struct OneLevel<'t>(&'t str);

impl<'t> Visitor<'t> for OneLevel<'t> {
    type Value = Members<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or an object")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<Members<'t>, A::Error> {
        let mut members = Members::default();
        while let Some(value) = list.next_element()? {
            members.nodes.extend(Node::new(self.0, None, value));
        }
        Ok(members)
    }

    fn visit_map<A: MapAccess<'t>>(self, mut object: A) -> Result<Members<'t>, A::Error> {
        let mut members = Members::default();
        while let Some((key, value)) = object.next_entry::<&RawValue, _>()? {
            if let Ok(key) = serde_json::from_str(key.get()) {
                let [first, second] = members.keys.entry(key).or_default();
                let place = if first.is_none() { first } else { second };
                place.get_or_insert(members.nodes.len());
            }
            members.nodes.extend(Node::new(self.0, Some(key), value));
        }
        Ok(members)
    }
}
