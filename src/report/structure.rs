//! What a report is made of, whatever its format.

use chrono::NaiveDate;

use crate::wording::moves;

/// A judgement in words: see [`Assessment::report`](crate::Assessment::report).
///
/// Texts are plain, on one line, and not escaped for any format. Displayed as [`text`](Self::text) of 80 columns.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// The title of the agreement.
    pub title: String,
    /// The day of judgement, how it was chosen where that was said, and as of which day the record was known.
    pub day: Sentence,
    /// One or two sentences that can be read without the rest.
    pub bottom_line: Vec<Sentence>,
    /// The rest, in the order in which it is read. A section without anything to say is left out.
    pub sections: Vec<Section>,
    /// The sources, in the order in which they are cited: the first has the number 1.
    pub sources: Vec<SourceNote>,
}

/// A heading and what is under it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// The heading.
    pub heading: &'static str,
    /// The blocks under the heading.
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// Sentences that belong together.
    Paragraph(Vec<Sentence>),
    /// Members, each of one sentence or more.
    List(Vec<Vec<Sentence>>),
    /// Rows and columns.
    Table(Table),
}

/// Rows under a head; each row has as many cells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// The headings of the columns.
    pub head: Vec<&'static str>,
    /// The cells, row by row.
    pub rows: Vec<Vec<Sentence>>,
}

/// Words, and the numbers of the sources that say so.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sentence {
    /// The words. A cell of a table has no full stop.
    pub words: String,
    /// Numbers of [`Report::sources`], from 1.
    pub sources: Vec<usize>,
}

/// A source that the report cites.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceNote {
    /// The title of the source; the citation itself if the document has no such source.
    pub title: String,
    /// When it was published.
    pub published: Option<NaiveDate>,
    /// Where it can be read.
    pub url: Option<String>,
}

impl Sentence {
    /// Words without a source.
    pub(super) fn new(words: impl AsRef<str>) -> Self {
        Self { words: on_a_line(words.as_ref()), sources: Vec::new() }
    }

    /// The words before the place of the numbers of sources, and the full stop after it.
    pub(super) fn parts(&self) -> (&str, &str) {
        self.words.strip_suffix('.').map_or((&self.words, ""), |words| (words, "."))
    }
}

/// Sentences as a format has them: the words escaped, and what marks their sources before the full stop.
pub(super) fn told(
    sentences: &[Sentence],
    escaped: impl Fn(&str) -> String,
    marks: impl Fn(&[usize]) -> String,
) -> String {
    let one = |sentence: &Sentence| {
        let ((words, stop), marks) = (sentence.parts(), marks(&sentence.sources));
        let gap = if marks.is_empty() { "" } else { " " };
        format!("{}{gap}{marks}{stop}", escaped(words))
    };
    sentences.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The numbers of sources: `[1][2]`.
pub(super) fn numbers(sources: &[usize]) -> String {
    sources.iter().map(|number| format!("[{number}]")).collect::<Vec<_>>().concat()
}

/// Without what would break a line, move the cursor or turn the direction of the text.
pub(super) fn on_a_line(text: &str) -> String {
    let apart = |letter: char| letter.is_whitespace() || moves(letter);
    text.split(apart).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
