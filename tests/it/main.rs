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

mod bulk;
mod catalog;
mod chart;
mod consent;
mod examples;
mod exchange;
mod grammar;
mod guide;
mod identifiers;
mod judge;
mod observations;
mod pace;
mod pages;
mod pointers;
mod properties;
mod reading;
mod resolution;
mod schedule;
mod text;
mod timeline;
mod violations;
