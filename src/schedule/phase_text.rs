//! A phase as one version has it, with its amendments applied.

use super::origin::Origin;
use crate::terms::{Deadline, Limit, Phase, PhaseChange, Standing};

/// A phase of one version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PhaseText<'a> {
    pub(crate) id: &'a str,
    pub(crate) by: &'a Deadline,
    pub(crate) from: Option<&'a Deadline>,
    pub(crate) limits: &'a [Limit],
    pub(crate) done: Option<&'a str>,
    pub(crate) conditions: &'a [String],
    pub(crate) standing: Standing,
    pub(crate) title: Option<&'a str>,
    /// Where the phase itself stands, and the fields that an amendment may replace.
    pub(crate) at: Origin,
    pub(crate) by_at: Origin,
    pub(crate) from_at: Origin,
    pub(crate) limits_at: Origin,
    /// The version that added it.
    pub(crate) since: usize,
}

impl<'a> PhaseText<'a> {
    pub(super) fn new(phase: &'a Phase, at: Origin, since: usize) -> Self {
        Self {
            id: &phase.id,
            by: &phase.by,
            from: phase.from.as_ref(),
            limits: &phase.limits,
            done: phase.done.as_deref(),
            conditions: &phase.conditions,
            standing: phase.standing(),
            title: phase.title.as_deref(),
            at,
            by_at: at,
            from_at: at,
            limits_at: at,
            since,
        }
    }

    pub(super) fn replace(&mut self, fields: &'a PhaseChange, at: Origin) {
        if let Some(by) = &fields.by {
            (self.by, self.by_at) = (by, at);
        }
        if let Some(from) = &fields.from {
            (self.from, self.from_at) = (from.as_ref(), at);
        }
        if let Some(limits) = &fields.limits {
            (self.limits, self.limits_at) = (limits, at);
        }
        if let Some(done) = &fields.done {
            self.done = done.as_deref();
        }
        if let Some(conditions) = &fields.conditions {
            self.conditions = conditions;
        }
        self.standing = fields.standing.unwrap_or(self.standing);
        if let Some(title) = &fields.title {
            self.title = title.as_deref().filter(|title| !title.is_empty());
        }
    }
}
