//! A report as plain text.

use std::fmt;
use std::slice::from_ref;

use super::names::date;
use super::structure::{Block, Report, Sentence, SourceNote, Table, numbers, told};
use crate::wording;

/// The columns of a text where none are given.
const WIDTH: usize = 80;
/// The least number of columns that a text has.
const LEAST: usize = 40;
/// A longer word is broken where there is no room for it.
const LONGEST_WORD: usize = 14;
/// The text between two columns of a table.
const GAP: &str = "  ";

impl Report {
    /// The report as plain text of a width in columns, at least 40.
    ///
    /// ```
    /// use force_drawdown::{catalog, day};
    /// let georgia = catalog::get("georgia-2005").unwrap();
    /// let judged = georgia.agreement.assess(&georgia.observations, day!(2008, 12, 31));
    /// let text = judged.report().text(40);
    /// assert!(text.lines().all(|line| line.chars().count() <= 40));
    /// ```
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let width = width.max(LEAST);
        let mut lines = Lines { text: String::new(), width };
        lines.heading(&self.title, "=");
        lines.paragraph("", &joined(from_ref(&self.day)));
        lines.blank();
        lines.paragraph("", &joined(&self.bottom_line));
        for section in &self.sections {
            lines.blank();
            lines.heading(section.heading, "-");
            for (place, block) in section.blocks.iter().enumerate() {
                if place > 0 {
                    lines.blank();
                }
                match block {
                    Block::Paragraph(sentences) => lines.paragraph("", &joined(sentences)),
                    Block::List(members) => members.iter().for_each(|member| lines.paragraph("- ", &joined(member))),
                    Block::Table(table) => lines.table(table),
                }
            }
        }
        if !self.sources.is_empty() {
            lines.blank();
            lines.heading("Sources", "-");
        }
        for (number, source) in (1..).zip(&self.sources) {
            lines.paragraph(&format!("[{number}] "), &note(source));
        }
        lines.text
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(WIDTH).trim_end())
    }
}

fn joined(sentences: &[Sentence]) -> String {
    told(sentences, str::to_owned, numbers)
}

fn note(source: &SourceNote) -> String {
    let published = source.published.map(|day| format!(", {}", date(day))).unwrap_or_default();
    let url = source.url.as_ref().map(|url| format!(", {url}")).unwrap_or_default();
    format!("{}{published}{url}", source.title)
}

struct Lines {
    text: String,
    width: usize,
}

impl Lines {
    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, words: &str, rule: &str) {
        let lines = wrapped(words, self.width);
        let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        for line in &lines {
            self.push(line);
        }
        self.push(&rule.repeat(longest.min(self.width)));
    }

    /// Words, with something before the first line and as much room before the others.
    fn paragraph(&mut self, before: &str, words: &str) {
        let room = before.chars().count();
        for (place, line) in wrapped(words, self.width.saturating_sub(room)).into_iter().enumerate() {
            let before = if place == 0 { before.to_owned() } else { " ".repeat(room) };
            self.push(&(before + &line));
        }
    }

    fn table(&mut self, table: &Table) {
        let head = table.head.iter().map(|&head| head.to_owned()).collect();
        let rows = table.rows.iter().map(|row| row.iter().map(|cell| joined(from_ref(cell))).collect());
        let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
        let widths = self.widths(&rows);
        let rules = widths.iter().map(|&width| "-".repeat(width)).collect::<Vec<_>>().join(GAP);
        for (place, row) in rows.iter().enumerate() {
            let cells: Vec<_> = row.iter().zip(&widths).map(|(cell, &width)| wrapped(cell, width)).collect();
            for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
                let part = |(cell, &width): (&Vec<String>, &usize)| {
                    format!("{:width$}", cell.get(line).map(String::as_str).unwrap_or_default())
                };
                let parts: Vec<String> = cells.iter().zip(&widths).map(part).collect();
                self.push(&parts.join(GAP));
            }
            if place == 0 {
                self.push(&rules);
            }
        }
    }

    /// The widths of columns: as wide as their cells, or else the wider the more is in them, with room for their longest
    /// words.
    fn widths(&self, rows: &[Vec<String>]) -> Vec<usize> {
        let length = |cell: &str| cell.chars().count();
        let mut columns: Vec<Column> = Vec::new();
        for row in rows {
            columns.resize(columns.len().max(row.len()), Column::default());
            for (column, cell) in columns.iter_mut().zip(row) {
                column.whole = column.whole.max(length(cell));
                column.sum = column.sum.saturating_add(length(cell));
                column.word = cell.split(' ').map(length).max().unwrap_or(0).max(column.word);
            }
        }
        let gaps = columns.len().saturating_sub(1).saturating_mul(GAP.len());
        let mut room = self.width.saturating_sub(gaps);
        // Who needs less than a share has that, and leaves more to the others; who needs more has that, and leaves less.
        loop {
            let open = columns.iter().filter(|column| column.width.is_none());
            let all = open.map(|column| column.sum.isqrt()).sum::<usize>().max(1);
            let share = |column: &Column| room.saturating_mul(column.sum.isqrt()).checked_div(all).unwrap_or(0).max(1);
            let fixed = columns.iter_mut().filter(|column| column.width.is_none()).find_map(|column| {
                let (share, word) = (share(column), column.word.min(LONGEST_WORD));
                let width = if column.whole <= share { column.whole } else { word };
                (column.whole <= share || word >= share).then(|| *column.width.insert(width.max(1)))
            });
            match fixed {
                Some(width) => room = room.saturating_sub(width),
                None => {
                    break fit(
                        columns.iter().map(|column| column.width.unwrap_or_else(|| share(column))),
                        self.width,
                        gaps,
                    );
                }
            }
        }
    }
}

/// Widths of which the widest give way until all have room.
fn fit(widths: impl Iterator<Item = usize>, width: usize, gaps: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = widths.collect();
    while widths.iter().sum::<usize>().saturating_add(gaps) > width {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > 1) else { break };
        *widest = widest.saturating_sub(1);
    }
    widths
}

/// How much is in a column of a table.
#[derive(Clone, Default)]
struct Column {
    /// The longest cell.
    whole: usize,
    /// All cells.
    sum: usize,
    /// The longest word.
    word: usize,
    width: Option<usize>,
}

/// Words as lines of so many letters, at least one line; a longer word is broken.
fn wrapped(words: &str, width: usize) -> Vec<String> {
    let columns = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let lines = wording::wrapped(words, columns(width.max(1)), |text| columns(text.chars().count()));
    if lines.is_empty() { vec![String::new()] } else { lines }
}
