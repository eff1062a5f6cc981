//! Integration tests, by subject, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects, missing_docs)]

mod bulk;
mod chart;
mod observations;
mod reading;
mod consent;
mod grammar;
mod examples;
mod properties;
mod schedule;
mod violations;
mod guide;
mod catalog;
mod exchange;
mod text;
mod judge;
