//! Integration tests, by subject, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::items_after_statements,
    clippy::too_many_lines,
    clippy::unreadable_literal,
    clippy::format_collect,
    missing_docs
)]

mod broken;
mod bulk;
mod catalog;
mod consent;
mod encode;
mod examples;
mod flow;
mod golden;
mod grammar;
mod guide;
mod help;
mod identifiers;
mod judge;
mod observations;
mod pace;
mod pages;
mod pointers;
mod projection;
mod properties;
mod reading;
mod report;
mod resolution;
mod root;
mod schedule;
mod sums;
mod support;
mod text;
mod tidy_csv;
mod timeline;
mod unknowns;
mod violations;

/// The folder of the repository, where the generated files are kept.
const ROOT: &str = env!("CARGO_MANIFEST_DIR");
