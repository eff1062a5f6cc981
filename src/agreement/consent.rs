//! stub
use serde::Serialize;
#[derive(Clone, PartialEq, Eq, Debug, Serialize)] pub enum ApprovalState { Negotiating }
#[derive(Clone, PartialEq, Eq, Debug, Serialize)] pub struct Approval { pub state: ApprovalState, pub paused_by: Vec<String> }
#[derive(Clone, PartialEq, Eq, Debug, Serialize)] pub enum Blocker { Announcement }
#[derive(Clone, PartialEq, Eq, Debug, Serialize)] pub struct Consent;
