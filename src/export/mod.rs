//! Shown and shared: pictures, tables and the formats of other tools.

#[cfg(feature = "icalendar017")]
mod calendar;
#[cfg(feature = "catalog")]
pub mod catalog;
#[cfg(feature = "plotters03")]
mod chart;
#[cfg(feature = "serde_json1")]
mod locate;
#[cfg(feature = "serde_json1")]
mod pointer;
#[cfg(feature = "schemars1")]
mod schema;
#[cfg(any(feature = "plotters03", feature = "csv1"))]
mod seen;
mod text;
#[cfg(feature = "csv1")]
mod tidy;

#[cfg(feature = "plotters03")]
pub use chart::{Chart, ChartError};
#[cfg(feature = "serde_json1")]
pub use pointer::Place;
#[cfg(feature = "schemars1")]
pub use schema::AGREEMENT_SCHEMA;

/// The schedule of each force of the last version.
#[cfg(any(feature = "plotters03", feature = "csv1", feature = "icalendar017"))]
fn schedules(agreement: &crate::Agreement) -> impl Iterator<Item = crate::Schedule<'_>> {
    let last = agreement.versions().last();
    let forces = last.map(|version| agreement.text(version.number()).forces).unwrap_or_default();
    forces.into_iter().filter_map(|text| agreement.schedule(&text.force.id))
}
