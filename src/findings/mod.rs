//! What is found in a document: what is wrong with it, or odd, and where.

mod collector;
mod finding;
mod rules;

pub(crate) use collector::Findings;
pub use finding::{Finding, Violations};
pub(crate) use rules::pages_of_codes;
pub use rules::{Rule, Severity};
