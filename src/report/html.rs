//! A report as a fragment of HTML.

use std::slice::from_ref;

use super::names::date;
use super::structure::{Block, Report, Sentence, SourceNote, Table, told};
use crate::wording::Escaped;

impl Report {
    /// The report as a fragment of HTML for a page of yours: a `section` of the class `drawdown-report`, with an `h2` and an
    /// `h3` for each heading. Everything that the document says is escaped.
    ///
    /// ```
    /// use force_drawdown::{Terms, catalog, day};
    /// let georgia = catalog::get("georgia-2005").unwrap();
    /// let terms = Terms { title: "<b>Bases".into(), ..georgia.agreement.into_terms() };
    /// let agreement = force_drawdown::Agreement::try_from(terms).unwrap();
    /// let html = agreement.assess(&georgia.observations, day!(2008, 12, 31)).report().html();
    /// assert!(html.contains("<h2>&lt;b&gt;Bases</h2>\n"));
    /// ```
    #[must_use]
    pub fn html(&self) -> String {
        self.html_from(2)
    }

    /// The same, with headings from this level on.
    pub(crate) fn html_from(&self, level: u8) -> String {
        let below = level.saturating_add(1);
        let mut parts = vec![
            "<section class=\"drawdown-report\">".to_owned(),
            format!("<h{level}>{}</h{level}>", escaped(&self.title)),
            format!("<p class=\"day\">{}</p>", sentence(&self.day)),
            format!("<p class=\"bottom-line\">{}</p>", joined(&self.bottom_line)),
        ];
        for section in &self.sections {
            parts.push(format!("<h{below}>{}</h{below}>", escaped(section.heading)));
            parts.extend(section.blocks.iter().map(|block| match block {
                Block::Paragraph(sentences) => format!("<p>{}</p>", joined(sentences)),
                Block::List(members) => {
                    let members = members.iter().map(|member| format!("<li>{}</li>\n", joined(member)));
                    format!("<ul>\n{}</ul>", members.collect::<String>())
                }
                Block::Table(table) => rows(table),
            }));
        }
        if !self.sources.is_empty() {
            let note = |(number, source): (usize, _)| format!("<li id=\"source-{number}\">{}</li>\n", note(source));
            let notes: String = (1..).zip(&self.sources).map(note).collect();
            parts.push(format!("<h{below}>Sources</h{below}>\n<ol class=\"sources\">\n{notes}</ol>"));
        }
        parts.push("</section>\n".to_owned());
        parts.join("\n")
    }
}

fn joined(sentences: &[Sentence]) -> String {
    let mark = |number: &usize| format!("<a href=\"#source-{number}\">[{number}]</a>");
    told(sentences, escaped, |sources| sources.iter().map(mark).collect())
}

fn sentence(sentence: &Sentence) -> String {
    joined(from_ref(sentence))
}

/// A table may be wider than a telephone: then it is moved by itself, with the keys, too.
const TABLE: &str = "<div class=\"table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n";

fn rows(table: &Table) -> String {
    let head = |head: &&str| format!("<th scope=\"col\">{}</th>", escaped(head));
    let cell = |(place, cell): (usize, &Sentence)| match place {
        0 => format!("<th scope=\"row\">{}</th>", sentence(cell)),
        _ => format!("<td>{}</td>", sentence(cell)),
    };
    let row = |row: &Vec<Sentence>| format!("<tr>{}</tr>\n", row.iter().enumerate().map(cell).collect::<String>());
    let (head, rows): (String, String) = (table.head.iter().map(head).collect(), table.rows.iter().map(row).collect());
    format!("{TABLE}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>")
}

fn note(source: &SourceNote) -> String {
    let title = match &source.url {
        Some(url) if is_link(url) => format!("<a href=\"{}\">{}</a>", escaped(url), escaped(&source.title)),
        Some(url) => format!("{} ({})", escaped(&source.title), escaped(url)),
        None => escaped(&source.title),
    };
    let published = source.published.map(|day| format!(", {}", date(day))).unwrap_or_default();
    format!("{title}{published}")
}

/// Whether an address may be followed: any other scheme could run a script.
pub(super) fn is_link(url: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|of| of.eq_ignore_ascii_case(scheme)))
}

/// A text in which nothing is markup, in an element or an attribute.
fn escaped(text: &str) -> String {
    Escaped(text).to_string().replace('\'', "&#39;")
}
