//! What is found in a document: what is wrong with it, or odd, and where.

mod collector;
mod finding;
mod help;
mod nearest;
mod respelled;
mod rules;

pub(crate) use collector::Findings;
pub use finding::{Finding, Violations};
pub use nearest::KnownIds;
pub(crate) use rules::pages_of_codes;
pub use rules::{Rule, Severity};
