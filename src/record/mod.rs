//! The record: acts in the order in which they count, who consented, and the events that deadlines count from.

mod acts;
mod consent;
mod domestic_steps;
mod gated_steps;
mod rules;
mod state;

pub(crate) use acts::{Acts, known_from};
pub(crate) use consent::Names;
pub use consent::{Approval, ApprovalState, Blocker, Consent};
pub(crate) use rules::{advise, check};
pub(crate) use state::Record;
