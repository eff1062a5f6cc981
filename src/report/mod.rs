//! Told: a judgement in words that can be quoted, as text, Markdown or HTML from one structure.
//!
//! [`Assessment::report`](crate::Assessment::report) gives a [`Report`]: headings, sentences, tables and numbered sources.
//! A further format reads the same structure.

mod bottom_line;
mod html;
mod markdown;
pub(crate) mod names;
mod outlook;
mod reported;
mod steps;
mod structure;
mod text;
mod why;

pub use reported::DefaultDay;
pub use structure::{Block, Report, Section, Sentence, SourceNote, Table};
pub use why::Explanation;
