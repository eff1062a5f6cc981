//! Shown and shared: pictures, tables and the formats of other tools.

#[cfg(feature = "calendar")]
mod calendar;
#[cfg(feature = "catalog")]
pub mod catalog;
#[cfg(feature = "annotate-snippets012")]
mod excerpt;
#[cfg(feature = "serde_json1")]
mod json_slips;
#[cfg(feature = "schemars1")]
mod schema;
mod state_years;
mod table;
#[cfg(feature = "serde_json1")]
mod text_position;
#[cfg(feature = "csv1")]
mod tidy_csv;

#[cfg(feature = "schemars1")]
pub use schema::AGREEMENT_SCHEMA;
#[cfg(feature = "serde_json1")]
pub use text_position::TextPosition;
