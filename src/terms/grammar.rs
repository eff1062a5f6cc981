//! What the text grammars share: numbers, ids and the error.

use std::fmt::{self, Write};

/// A text that does not follow its grammar.
///
/// ```
/// use force_drawdown::terms::Quantity;
/// let error = "about".parse::<Quantity>().unwrap_err();
/// assert_eq!(error.input(), "about");
/// assert!(error.to_string().starts_with("expected a number of people"));
/// ```
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
#[error("expected {expected}, such as {example}, found {found:?}")]
pub struct GrammarError {
    expected: &'static str,
    example: &'static str,
    found: String,
}

impl GrammarError {
    pub(crate) fn new(expected: &'static str, example: &'static str, found: &str) -> Self {
        Self { expected, example, found: excerpt(found) }
    }

    /// What would be accepted.
    ///
    /// ```
    /// use force_drawdown::terms::Share;
    /// assert_eq!("x".parse::<Share>().unwrap_err().expected(), "a share of the baseline");
    /// ```
    #[must_use]
    pub const fn expected(&self) -> &'static str {
        self.expected
    }

    /// An example of what would be accepted.
    ///
    /// ```
    /// use force_drawdown::terms::Share;
    /// assert_eq!("x".parse::<Share>().unwrap_err().example(), "\"50%\", \"2/3\" or \"about 30%\"");
    /// ```
    #[must_use]
    pub const fn example(&self) -> &'static str {
        self.example
    }

    /// What was there instead, cut where it is long.
    ///
    /// ```
    /// use force_drawdown::terms::Share;
    /// assert_eq!("x".parse::<Share>().unwrap_err().input(), "x");
    /// ```
    #[must_use]
    pub fn input(&self) -> &str {
        &self.found
    }
}

/// Longest excerpt of an input that a message repeats, in characters.
const LONGEST_EXCERPT: usize = 60;

/// The beginning of a text, for a message.
pub(crate) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(LONGEST_EXCERPT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Longer keys are shortened in paths, for a path is written once for each violation below it.
const LONGEST_KEY: usize = 64;

/// A key as paths show it.
pub(crate) fn path_key(key: &str) -> String {
    if key.len() > LONGEST_KEY { OnALine(excerpt(key)).to_string() } else { OnALine(key).to_string() }
}

/// Displays on one line, with what would move the cursor escaped.
pub(crate) struct OnALine<T>(pub(crate) T);

impl<T: fmt::Display> fmt::Display for OnALine<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(f), "{}", self.0)
    }
}

struct Escaping<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let moves = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
        if !text.contains(moves) {
            return self.0.write_str(text);
        }
        text.chars().try_for_each(|letter| {
            if moves(letter) { write!(self.0, "{}", letter.escape_default()) } else { self.0.write_char(letter) }
        })
    }
}

/// What stands before a member of `A, B and C`.
pub(crate) const fn separator(position: usize, count: usize) -> &'static str {
    match position {
        0 => "",
        _ if position.saturating_add(1) == count => " and ",
        _ => ", ",
    }
}

/// Ids for a message, the first few of them.
pub(crate) fn list<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 8;
    let mut ids = ids.peekable();
    let mut text = String::new();
    for _ in 0..SHOWN {
        let Some(id) = ids.next() else { break };
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&excerpt(id));
    }
    match (text.is_empty(), ids.peek().is_some()) {
        (true, _) => "none".to_owned(),
        (false, true) => text + ", …",
        (false, false) => text,
    }
}

/// The longest id.
const LONGEST_ID: usize = 64;

/// Whether a text is an id: 1 to 64 of `A-Z a-z 0-9 . _ -`.
pub(crate) fn is_id(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(legal)
}

/// Reads a whole number without sign and leading zeros, its thousands with commas or not.
pub(crate) fn number(text: &str) -> Option<u32> {
    let bytes = text.as_bytes();
    if bytes.len() > 1 && bytes.first() == Some(&b'0') {
        return None;
    }
    if !bytes.contains(&b',') {
        return digits(bytes);
    }
    let mut groups = text.split(',');
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    groups.try_fold(digits(first.as_bytes())?, |number, group| {
        let group = Some(group).filter(|group| group.len() == 3)?;
        number.checked_mul(1000)?.checked_add(digits(group.as_bytes())?)
    })
}

/// Reads one or more digits.
pub(crate) fn digits(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() {
        return None;
    }
    bytes.iter().try_fold(0_u32, |number, byte| {
        let digit = byte.is_ascii_digit().then(|| u32::from(byte & 0x0f))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// What stands before a number or a share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Qualifier {
    About,
    Nearly,
    JustOver,
    AtMost,
    FewerThan,
    AtLeast,
    MoreThan,
}

impl Qualifier {
    /// Every qualifier with its spellings, the first of which is written.
    const SPELLINGS: &'static [(Self, &'static [&'static str])] = &[
        (Self::About, &["about ", "around ", "some ", "roughly ", "approximately "]),
        (Self::Nearly, &["nearly ", "almost ", "just under "]),
        (Self::JustOver, &["just over "]),
        (Self::AtMost, &["at most ", "up to ", "no more than "]),
        (Self::FewerThan, &["fewer than ", "under ", "below "]),
        (Self::AtLeast, &["at least ", "no fewer than "]),
        (Self::MoreThan, &["more than ", "over "]),
    ];

    /// Splits a qualifier off a text.
    pub(crate) fn split(text: &str) -> Option<(Self, &str)> {
        let spellings = Self::SPELLINGS.iter();
        let mut all =
            spellings.flat_map(|&(qualifier, spellings)| spellings.iter().map(move |&spelling| (qualifier, spelling)));
        all.find_map(|(qualifier, spelling)| Some((qualifier, text.strip_prefix(spelling)?)))
    }
}
