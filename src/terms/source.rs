//! Where the facts come from.

use chrono::NaiveDate;
use serde::Serialize;

use crate::day;

/// A text that the document cites.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "day::serialize_option")]
    pub published: Option<NaiveDate>,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Anything else a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Source {
    /// A source with a title.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }
}

/// A place in a source.
///
/// A lone citation without clause and quote is written as its key.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Citation {
    /// Key of the source.
    pub source: String,
    /// Article, paragraph or page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// The words themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

impl Citation {
    /// A citation of a source as a whole.
    #[must_use]
    pub fn new(source: impl Into<String>) -> Self {
        Self { source: source.into(), ..Self::default() }
    }
}

impl From<&str> for Citation {
    fn from(source: &str) -> Self {
        Self::new(source)
    }
}
