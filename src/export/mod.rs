//! Shown and shared: pictures, tables and the formats of other tools.

#[cfg(feature = "plotters03")]
mod chart;

#[cfg(feature = "plotters03")]
pub use chart::{Chart, ChartError};
