//! How messages are worded: excerpts, lists, numbers, and the errors of a text that is not understood.

use std::fmt::{self, Write};

/// A text that does not follow its grammar.
///
/// ```
/// use force_drawdown::Share;
/// let error = "most".parse::<Share>().unwrap_err();
/// assert_eq!((error.expected(), error.input()), ("a share of the baseline", "most"));
/// assert_eq!(error.example(), "\"50%\", \"2/3\" or \"about 30%\"");
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

    /// The kind of text that would be accepted.
    #[must_use]
    pub const fn expected(&self) -> &'static str {
        self.expected
    }

    /// An example of what would be accepted.
    #[must_use]
    pub const fn example(&self) -> &'static str {
        self.example
    }

    /// The text that was found instead, cut if it is long.
    #[must_use]
    pub fn input(&self) -> &str {
        &self.found
    }
}

/// Longest excerpt of an input that a message repeats, in characters.
pub(crate) const LONGEST_EXCERPT: usize = 60;

/// The beginning of a text, for a message.
pub(crate) fn excerpt(text: &str) -> String {
    cut(text, LONGEST_EXCERPT)
}

/// So many characters of a text, and what shows that there are more.
pub(crate) fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Displays on one line, with what would move the cursor escaped.
pub(crate) struct OnALine<T>(pub(crate) T);

impl<T: fmt::Display> fmt::Display for OnALine<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        text.chars().try_for_each(|letter| {
            if moves(letter) { write!(f, "{}", letter.escape_default()) } else { f.write_char(letter) }
        })
    }
}

/// Whether a character ends a line, moves the cursor, or turns the direction of the text around it.
pub(crate) fn moves(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text before a member of `A, B and C`.
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
    let mut ids = ids.skip_while(|id| id.is_empty());
    let shown: Vec<String> = ids.by_ref().take(SHOWN).map(excerpt).collect();
    match (shown.is_empty(), ids.next()) {
        (true, _) => "none".to_owned(),
        (false, Some(_)) => shown.join(", ") + ", …",
        (false, None) => shown.join(", "),
    }
}

/// A word that is not one of a closed vocabulary.
///
/// ```
/// use force_drawdown::Standing;
/// let error = "bound".parse::<Standing>().unwrap_err();
/// assert_eq!(error.input(), "bound");
/// assert_eq!(error.expected(), ["binding", "envisaged"]);
/// assert_eq!(error.to_string(), "expected one of binding, envisaged, found \"bound\"");
/// ```
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
#[error("expected one of {}, found {found:?}", .expected.join(", "))]
pub struct UnknownWord {
    expected: &'static [&'static str],
    found: String,
}

impl UnknownWord {
    pub(crate) fn new(expected: &'static [&'static str], found: &str) -> Self {
        let found = excerpt(found);
        Self { expected, found }
    }

    /// The text that was found instead, cut if it is long.
    #[must_use]
    pub fn input(&self) -> &str {
        &self.found
    }

    /// The words that are accepted.
    #[must_use]
    pub const fn expected(&self) -> &'static [&'static str] {
        self.expected
    }
}

/// A number with commas between its thousands.
pub(crate) fn thousands(n: impl Into<i64>) -> String {
    let n = n.into();
    let digits = n.unsigned_abs().to_string();
    let mut text = String::from(if n < 0 { "-" } else { "" });
    for (place, digit) in (1..=digits.len()).rev().zip(digits.chars()) {
        text.push(digit);
        if place > 1 && place % 3 == 1 {
            text.push(',');
        }
    }
    text
}

/// A text in lines that are no wider than the room; what has no space to break at is broken anywhere.
pub(crate) fn wrapped(text: &str, room: f64, width: impl Fn(&str) -> f64) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
    for word in text.split_whitespace() {
        let wide = width(word);
        if !line.is_empty() && used + width(" ") + wide > room {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        if !line.is_empty() {
            line.push(' ');
            used += width(" ");
        }
        if used + wide <= room {
            line.push_str(word);
            used += wide;
            continue;
        }
        for letter in word.chars() {
            let wide = width(letter.encode_utf8(&mut [0; 4]));
            if used + wide > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(letter);
            used += wide;
        }
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

/// A text with commas between the thousands of its numbers.
pub(crate) fn with_commas(text: &str) -> String {
    let of_run = |run: &str| {
        let (digits, rest) = run.split_at_checked(run.trim_end_matches(|c: char| !c.is_ascii_digit()).len())?;
        let number = digits.parse::<i64>().ok().filter(|_| digits.len() > 3)?;
        Some(format!("{}{rest}", thousands(number)))
    };
    text.split_inclusive(|c: char| !c.is_ascii_digit())
        .map(|run| of_run(run).unwrap_or_else(|| run.to_owned()))
        .collect()
}

/// With a capital as its first letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// As text of XML or HTML, without the characters that have no place in it.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            c if moves(c) || ('\u{fffe}'..='\u{ffff}').contains(&c) => f.write_str(" "),
            c => write!(f, "{c}"),
        })
    }
}
