//! Shown and shared: pictures, tables and the formats of other tools.

#[cfg(feature = "plotters03")]
mod chart;
mod text;

#[cfg(feature = "plotters03")]
pub use chart::{Chart, ChartError};
