//! Where the facts come from.

use chrono::NaiveDate;
use serde::ser::SerializeMap;

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
    Source("A source with a title.", title: impl Into<String>) read by source_fields {
        /// What it is called.
        required given title: String;
        /// When it was published.
        optional value published: NaiveDate;
        /// Where it can be read.
        optional text url;
        /// Anything else a reader should know.
        optional text note;
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
    /// let json = r#"{"source":"treaty","clause":"article 2"}"#;
    /// assert_eq!(serde_json::to_string(&clause)?, json);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[derive(Default)]
    Citation("A citation of a source as a whole.", source: impl Into<String>) read by citation_fields {
        /// Key of the source.
        required given source: String;
        /// Article, paragraph or page.
        optional text clause;
        /// The words themselves.
        optional text quote;
    }
}

impl Citation {
    /// Writes the field `source`: a lone plain citation as its key, others as a list, and nothing where there are none.
    pub(super) fn write_all<M: SerializeMap>(citations: &[Self], object: &mut M) -> Result<(), M::Error> {
        match citations {
            [] => Ok(()),
            [Self { source, clause: None, quote: None }] => object.serialize_entry("source", source),
            _ => object.serialize_entry("source", citations),
        }
    }
}
