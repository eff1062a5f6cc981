//! Where the facts come from.

use chrono::NaiveDate;

use super::fields::fields;

fields! {
    /// A text that the document cites.
    ///
    /// ```
    /// use force_drawdown::{Source, day};
    /// let report = Source::new("Reuters on the plan").published(day!(2024, 9, 6));
    /// assert_eq!((report.published, report.url), (Some(day!(2024, 9, 6)), None));
    /// ```
    #[derive(Default)]
    Source {
        /// What it is called.
        field title: String;
        /// When it was published.
        value published: NaiveDate;
        /// Where it can be read.
        text url;
        /// Anything else a reader should know.
        text note;
    }
}

impl Source {
    /// A source with a title.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }
}

fields! {
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
    #[derive(Default)]
    Citation {
        /// Key of the source.
        field source: String;
        /// Article, paragraph or page.
        text clause;
        /// The words themselves.
        text quote;
    }
}

impl Citation {
    /// A citation of a source as a whole.
    #[must_use]
    pub fn new(source: impl Into<String>) -> Self {
        Self { source: source.into(), ..Self::default() }
    }
}
