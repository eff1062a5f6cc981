//! Where the facts come from.

use chrono::NaiveDate;

use super::setters::setters;

/// A text that the document cites.
///
/// ```
/// use force_drawdown::{Source, day};
/// let report = Source::new("Reuters on the plan").published(day!(2024, 9, 6));
/// assert_eq!((report.published, report.url), (Some(day!(2024, 9, 6)), None));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// When it was published.
    pub published: Option<NaiveDate>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Anything else a reader should know.
    pub note: Option<String>,
}

impl Source {
    /// A source with a title.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }
}

setters! { Source {
    /// With the day on which it was published.
    value published: NaiveDate;
    /// With where it can be read.
    text url;
    /// With a note: anything else a reader should know.
    text note;
} }

/// A place in a source.
///
/// A lone citation without clause and quote is written as its key.
///
/// ```
/// use force_drawdown::terms::Citation;
/// let clause = Citation::new("treaty").clause("article 2");
/// assert_eq!(serde_json::to_string(&clause)?, r#"{"source":"treaty","clause":"article 2"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Citation {
    /// Key of the source.
    pub source: String,
    /// Article, paragraph or page.
    pub clause: Option<String>,
    /// The words themselves.
    pub quote: Option<String>,
}

impl Citation {
    /// A citation of a source as a whole.
    #[must_use]
    pub fn new(source: impl Into<String>) -> Self {
        Self { source: source.into(), ..Self::default() }
    }
}

setters! { Citation {
    /// With the article, paragraph or page.
    text clause;
    /// With the words themselves.
    text quote;
} }

impl From<&str> for Citation {
    fn from(source: &str) -> Self {
        Self::new(source)
    }
}
