//! Findings shown in the text that has them: line, column and an excerpt.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::text_position::{Node, Text};
use crate::agreement::ReadError;
use crate::findings::{Finding, Violations};
use crate::wording::OnALine;

/// The most characters of a line that are shown.
const WIDEST: usize = 100;
/// How many of them are before the place, if there are as many: more where few are after it.
const BEFORE: usize = 40;
/// Columns beyond which the renderer cuts lines: more than those that are left take, tabs and signs of double width too.
const NO_LIMIT: usize = 1000;

/// With the feature `annotate-snippets012`.
impl Finding {
    /// The violation with line, column and excerpt of the JSON text from which the document was read.
    ///
    /// Displayed as the violation itself, and three lines that show the place, cut to 100 characters. Where the text is no
    /// JSON, on one line with what may put it right.
    ///
    /// ```
    /// use force_drawdown::Terms;
    /// let invalid = Terms::new("Plan").validate().unwrap_err();
    /// let text = "{\n  \"title\": \"Plan\", \"parties\": [] }";
    /// let shown = r#"empty-list at parties: parties needs at least one member
    ///  --> line 2, column 20
    ///   |
    /// 2 |   "title": "Plan", "parties": [] }
    ///   |                    ^^^^^^^^^^^^^"#;
    /// assert_eq!(invalid.violations()[0].in_text(text).to_string(), shown);
    /// ```
    #[must_use]
    pub fn in_text<'a>(&'a self, text: &'a str) -> impl fmt::Display + 'a {
        InText { wrong: Ok((std::slice::from_ref(self), None)), text }
    }
}

/// With the feature `annotate-snippets012`.
impl Violations {
    /// Every violation as [`Finding::in_text`] shows it, an empty line between two. The text is read once.
    #[must_use]
    pub fn in_text<'a>(&'a self, text: &'a str) -> impl fmt::Display + 'a {
        InText { wrong: Ok((self.violations(), self.further_in_words())), text }
    }
}

/// With the feature `annotate-snippets012`.
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
    ///         "  |",
    ///         "  = help: put names in quotes: \"parties\"",
    ///     ]
    ///     .join("\n")
    /// );
    /// ```
    #[must_use]
    pub fn in_text<'a>(&'a self, text: &'a str) -> impl fmt::Display + 'a {
        match self {
            Self::Invalid(invalid) => InText { wrong: Ok((invalid.violations(), invalid.further_in_words())), text },
            Self::Syntax(error) => InText { wrong: Err((error, self.help(text))), text },
        }
    }
}

type Found<'a> = (&'a [Finding], Option<String>);
type Slip<'a> = (&'a serde_json::Error, Option<String>);

struct InText<'a> {
    /// What is found, with how much more there is; or why the text is no JSON, with what may help.
    wrong: Result<Found<'a>, Slip<'a>>,
    text: &'a str,
}

impl fmt::Display for InText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = Text::new(self.text);
        let (violations, further) = match &self.wrong {
            Ok(found) => found,
            Err((error, help)) => {
                write!(f, "{error}")?;
                let offset = text.offset(error.line(), error.column());
                return offset.map_or(Ok(()), |offset| show(&text, offset..offset, help.clone(), f));
            }
        };
        let mut root = Node::root(text.all);
        for (position, violation) in violations.iter().enumerate() {
            if position > 0 {
                f.write_str(if root.is_some() { "\n\n" } else { "\n" })?;
            }
            write!(f, "{violation}")?;
            match (&mut root, violation.help()) {
                (Some(root), help) => show(&text, text.span_of(violation, root), help, f)?,
                (None, Some(help)) => write!(f, "; {}", OnALine(help))?,
                (None, None) => {}
            }
        }
        further.iter().try_for_each(|further| write!(f, "{}{further}", if root.is_some() { "\n\n" } else { "\n" }))
    }
}

/// Lines below a message: the position, the text there with marks under it, and what may help.
fn show(text: &Text<'_>, span: Range<usize>, help: Option<String>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let position = text.position(span.start);
    let (start, line) = text.line(position.line);
    let within = |offset: usize| offset.saturating_sub(start).min(line.len());
    let (before, rest) = line.split_at_checked(within(span.start)).unwrap_or((line, ""));
    let marked = within(span.end).saturating_sub(before.len());

    // A text may be one long line, of which only what is near the place is looked at.
    let kept = WIDEST.saturating_sub(rest.chars().take(WIDEST).count()).max(BEFORE);
    let cut = before.char_indices().rev().take(kept).last().map_or(before.len(), |(at, _)| at);
    let lead = if cut > 0 { "…" } else { "" };
    let before = before.get(cut..).unwrap_or_default();
    let end = rest.char_indices().nth(WIDEST.saturating_sub(before.chars().count())).map(|(at, _)| at);
    let tail = if end.is_some() { "…" } else { "" };
    let rest = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    let at = lead.len().saturating_add(before.len());
    let marks = AnnotationKind::Primary.span(at..at.saturating_add(marked.min(rest.len())));

    let source = [lead, before, rest, tail].concat();
    let snippet = Snippet::source(source).line_start(position.line).fold(false).annotation(marks);
    let group = Group::with_level(Level::ERROR).element(snippet);
    let group = help.into_iter().fold(group, |group, help| group.element(Level::HELP.message(help)));
    let gutter = " ".repeat(position.line.to_string().len());
    write!(f, "\n{gutter}--> {position}\n{}", Renderer::plain().term_width(NO_LIMIT).render(&[group]))
}
