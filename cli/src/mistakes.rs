//! What is wrong with a file, as lines that editors understand, and with an excerpt for people at a terminal.

use std::io::IsTerminal as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use force_drawdown::Finding;

use crate::text::{Text, on_a_line};

/// The most letters of a line that an excerpt shows, and how many of them are before the place.
const WIDEST: usize = 100;
const BEFORE: usize = 40;
/// Columns beyond which the renderer cuts lines: more than the letters of an excerpt take.
const NO_LIMIT: usize = 1000;

/// One mistake, or one advice.
pub(crate) struct Mistake {
    code: String,
    message: String,
    span: Option<Range<usize>>,
}

impl Mistake {
    pub(crate) fn new(code: &str, message: impl AsRef<str>, span: Option<Range<usize>>) -> Self {
        Self { code: code.to_owned(), message: on_a_line(message.as_ref()), span }
    }

    /// A finding without its path, for the line and the column say where it is; and with what may help.
    pub(crate) fn of(finding: &Finding, span: Option<Range<usize>>) -> Self {
        let line = finding.to_string();
        let lead = format!("{} at {}: ", finding.code(), finding.path());
        let message = line.strip_prefix(&lead).unwrap_or(&line);
        let help = finding.help().map(|help| format!("; {help}")).unwrap_or_default();
        Self::new(finding.code(), format!("{message}{help}"), span)
    }

    /// What is no JSON, at the byte that `offset` gives of its line and column, with what may help. Columns are counted in
    /// bytes from 1; 0 is before the first.
    pub(crate) fn syntax(
        error: &serde_json::Error,
        help: Option<String>,
        offset: impl Fn(usize, usize) -> usize,
    ) -> Self {
        let (line, column, message) = (error.line(), error.column(), error.to_string());
        let message = message.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&message);
        let at = offset(line, column.saturating_sub(1));
        let help = help.map(|help| format!("; {help}")).unwrap_or_default();
        Self::new("syntax", format!("{message}{help}"), Some(at..at))
    }

    /// The mistake in a text that begins so many bytes earlier.
    pub(crate) fn moved(self, by: usize) -> Self {
        let span = self.span.map(|span| span.start.saturating_add(by)..span.end.saturating_add(by));
        Self { span, ..self }
    }
}

/// Every mistake as `FILE:LINE:COLUMN: code: message`, one a line, for standard error.
pub(crate) fn shown(text: &Text, mistakes: &[Mistake]) -> String {
    lines(text, mistakes, std::io::stderr().is_terminal())
}

/// The same, in the order of their places, and at a terminal with an excerpt below each line; without an end of the last line.
pub(crate) fn lines(text: &Text, mistakes: &[Mistake], is_terminal: bool) -> String {
    let mut mistakes: Vec<&Mistake> = mistakes.iter().collect();
    mistakes.sort_by_key(|mistake| mistake.span.as_ref().map(|span| span.start));
    let (mut line, mut column, mut letters) = (1_usize, 1_usize, text.all.char_indices().peekable());
    let mut position = |offset: usize| {
        while let Some((_, letter)) = letters.next_if(|(at, _)| *at < offset) {
            (line, column) =
                if letter == '\n' { (line.saturating_add(1), 1) } else { (line, column.saturating_add(1)) };
        }
        (line, column)
    };
    let one = |mistake: &Mistake| {
        let Mistake { code, message, span } = mistake;
        let Some(span) = span else { return format!("{}: {code}: {message}", text.name) };
        let (line, column) = position(span.start);
        let said = format!("{}:{line}:{column}: {code}: {message}", text.name);
        if is_terminal { format!("{said}\n{}\n", excerpt(text, line, span)) } else { said }
    };
    mistakes.into_iter().map(one).collect::<Vec<_>>().join("\n")
}

/// The line of a place with marks under it. A long line is cut to what is near the place.
fn excerpt(text: &Text, number: usize, span: &Range<usize>) -> String {
    let at = text.boundary(span.start);
    let (start, marked) = text.all.split_at_checked(at).unwrap_or((&text.all, ""));
    let (before, rest) = (start.rsplit('\n').next().unwrap_or_default(), marked.lines().next().unwrap_or_default());
    let kept = WIDEST.saturating_sub(rest.chars().take(WIDEST).count()).max(BEFORE);
    let cut = before.char_indices().rev().take(kept).last().map_or(before.len(), |(at, _)| at);
    let lead = if cut > 0 { "…" } else { "" };
    let before = before.get(cut..).unwrap_or_default();
    let end = rest.char_indices().nth(WIDEST.saturating_sub(before.chars().count())).map(|(at, _)| at);
    let tail = if end.is_some() { "…" } else { "" };
    let rest = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    let marked = text.boundary(span.end).saturating_sub(at).min(rest.len());
    let at = lead.len().saturating_add(before.len());
    let snippet = Snippet::source([lead, before, rest, tail].concat()).line_start(number).fold(false);
    let marks = AnnotationKind::Primary.span(at..at.saturating_add(marked));
    let group = Group::with_level(Level::ERROR).element(snippet.annotation(marks));
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_plain = is_set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let renderer = if is_plain { Renderer::plain() } else { Renderer::styled() };
    renderer.term_width(NO_LIMIT).render(&[group])
}
