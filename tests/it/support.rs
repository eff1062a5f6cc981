//! What many tests write: days and small documents.

use chrono::NaiveDate;
use force_drawdown::{Agreement, catalog};

/// A day as documents write it.
pub(crate) fn day(text: &str) -> NaiveDate {
    force_drawdown::parse_day(text).unwrap()
}

/// The plan of 2024 for the end of the coalition mission in Iraq.
pub(crate) fn iraq() -> Agreement {
    catalog::get("us-iraq-2024").unwrap().agreement
}

/// A document with these forces and phases, and whatever else is said.
pub(crate) fn document(forces: &str, phases: &str, more: &str) -> String {
    let party = r#"{ "id": "USA", "name": "United States", "role": "sending" }"#;
    format!(r#"{{ "title": "T", "parties": [{party}], "forces": [{forces}], "phases": [{phases}]{more} }}"#)
}
