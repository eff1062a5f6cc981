//! Pages: the report and the chart in one file of HTML that answers where it is pointed at, with the feature `html`.

mod facts;
mod index;
mod one;

pub use index::index;
pub use one::Page;
