//! The record: acts in the order in which they count, who consented, and the events that deadlines count from.

mod acts;
mod answers;
mod consent;
mod domestic_steps;
mod events;
mod gated_steps;
mod rules;
mod state;
mod successions;

pub(crate) use acts::{Acts, known_from};
pub(crate) use answers::Record;
pub(crate) use consent::Names;
pub use consent::{Approval, ApprovalState, Blocker, Consent};
pub(crate) use rules::{advise, check};
