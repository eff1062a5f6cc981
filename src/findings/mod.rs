//! What is found in a document: what is wrong with it, or odd, and where.
//!
//! [`Violations`] list every [`Finding`] of a document, each of which broke a [`Rule`]. Here are the parts of a finding.

mod collector;
mod finding;
mod help;
mod nearest;
mod other_types;
mod other_words;
mod respelled;
mod respelled_days;
mod rules;

pub(crate) use collector::Findings;
pub use collector::in_full;
#[cfg(feature = "csv1")]
pub(crate) use collector::most_in_full;
#[doc(hidden)]
pub use finding::{Finding, Violations};
pub use nearest::KnownIds;
#[doc(hidden)]
pub use rules::Rule;
pub use rules::Severity;
pub(crate) use rules::pages_of_codes;

pub use crate::path::{Place, Segment};
