//! A report in Markdown.

use std::slice::from_ref;

use super::names::date;
use super::structure::{Block, Report, Sentence, SourceNote, Table, numbers, told};

impl Report {
    /// The report in Markdown, with tables as GitHub has them. What is said in the document is escaped, so that it is shown
    /// as it is written.
    ///
    /// ```
    /// use force_drawdown::{catalog, day};
    /// let georgia = catalog::get("georgia-2005").unwrap();
    /// let judged = georgia.agreement.assess(&georgia.observations, day!(2008, 12, 31));
    /// assert!(judged.report().markdown().contains("\n## Steps\n\n| step | "));
    /// ```
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut parts = vec![format!("# {}", escaped(&self.title)), sentence(&self.day), joined(&self.bottom_line)];
        for section in &self.sections {
            parts.push(format!("## {}", section.heading));
            parts.extend(section.blocks.iter().map(|block| match block {
                Block::Paragraph(sentences) => joined(sentences),
                Block::List(members) => lines(members.iter().map(|member| format!("- {}", joined(member)))),
                Block::Table(table) => rows(table),
            }));
        }
        if !self.sources.is_empty() {
            parts.push("## Sources".to_owned());
            parts.push(lines((1..).zip(&self.sources).map(|(number, source)| format!("{number}. {}", note(source)))));
        }
        parts.join("\n\n") + "\n"
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

fn joined(sentences: &[Sentence]) -> String {
    told(sentences, escaped, numbers)
}

fn sentence(sentence: &Sentence) -> String {
    joined(from_ref(sentence))
}

fn rows(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let head = row(table.head.iter().map(|&head| head.to_owned()).collect());
    let rule = row(table.head.iter().map(|_| "---".to_owned()).collect());
    lines([head, rule].into_iter().chain(table.rows.iter().map(|cells| row(cells.iter().map(sentence).collect()))))
}

fn note(source: &SourceNote) -> String {
    let published = source.published.map(|day| format!(", {}", date(day))).unwrap_or_default();
    let is_plain = |url: &str| super::html::is_link(url) && !url.contains(['<', '>', ' ', '\\']);
    let shown = |url: &String| if is_plain(url) { format!(", <{url}>") } else { format!(", {}", escaped(url)) };
    let url = source.url.as_ref().map(shown);
    format!("{}{published}{}", escaped(&source.title), url.unwrap_or_default())
}

/// A text in which nothing is markup.
fn escaped(text: &str) -> String {
    // What makes a list or a heading at the beginning of a line.
    let number = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_list = number.len() < text.len() && number.starts_with(['.', ')']);
    let begins = if is_list { text.len().saturating_sub(number.len()) } else { 0 };
    let is_markup =
        |place, letter| place == begins && (is_list || "-+=".contains(letter)) || "\\`*_{}[]<>#|~&$".contains(letter);
    let escape = |(place, letter)| is_markup(place, letter).then_some('\\').into_iter().chain([letter]);
    text.char_indices().flat_map(escape).collect()
}
