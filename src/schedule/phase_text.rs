//! A phase as one version has it, with its amendments applied.

use super::Origin;
use crate::path::Place;
use crate::terms::{Deadline, Limit, Phase, PhaseChange, Standing, Terms};

/// A phase of one version: where each of its fields is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PhaseText {
    /// Where the phase itself is written, and with it every field that no amendment has replaced.
    pub(crate) at: Origin,
    by_at: Origin,
    pub(super) from_at: Origin,
    limits_at: Origin,
    done_at: Origin,
    conditions_at: Origin,
    title_at: Origin,
    pub(crate) standing: Standing,
    /// The version that added it.
    pub(crate) since: usize,
}

/// What is read where no deadline is written, which never happens in the document that a text was made from.
static OPEN: Deadline = Deadline::Open;

impl PhaseText {
    pub(super) const fn new(at: Origin, standing: Standing, since: usize) -> Self {
        Self {
            at,
            by_at: at,
            from_at: at,
            limits_at: at,
            done_at: at,
            conditions_at: at,
            title_at: at,
            standing,
            since,
        }
    }

    pub(super) fn replace(&mut self, fields: &PhaseChange, at: Origin) {
        let put = |slot: &mut Origin, is_replaced: bool| {
            if is_replaced {
                *slot = at;
            }
        };
        put(&mut self.by_at, fields.by.is_some());
        put(&mut self.from_at, fields.from.is_some());
        put(&mut self.limits_at, fields.limits.is_some());
        put(&mut self.done_at, fields.done.is_some());
        put(&mut self.conditions_at, fields.conditions.is_some());
        put(&mut self.title_at, fields.title.is_some());
        self.standing = fields.standing.unwrap_or(self.standing);
    }

    pub(crate) fn by_place(&self) -> Place {
        self.by_at.of_phase().field("by")
    }

    pub(crate) fn limit_place(&self, limit: usize) -> Place {
        self.limits_at.of_phase().field("limits").index(limit)
    }

    pub(crate) fn id<'a>(&self, terms: &'a Terms) -> &'a str {
        self.at.phase(terms).map_or("", |phase| &phase.id)
    }

    pub(crate) fn by<'a>(&self, terms: &'a Terms) -> &'a Deadline {
        written(self.by_at, terms, |phase| &phase.by, |fields| fields.by.as_ref()).unwrap_or(&OPEN)
    }

    pub(crate) fn from<'a>(&self, terms: &'a Terms) -> Option<&'a Deadline> {
        let replaced = |fields: &'a PhaseChange| fields.from.as_ref().map(Option::as_ref);
        written(self.from_at, terms, |phase| phase.from.as_ref(), replaced)?
    }

    pub(crate) fn limits<'a>(&self, terms: &'a Terms) -> &'a [Limit] {
        written(self.limits_at, terms, |phase| phase.limits.as_slice(), |fields| fields.limits.as_deref())
            .unwrap_or_default()
    }

    pub(crate) fn done<'a>(&self, terms: &'a Terms) -> Option<&'a str> {
        let replaced = |fields: &'a PhaseChange| fields.done.as_ref().map(Option::as_deref);
        written(self.done_at, terms, |phase| phase.done.as_deref(), replaced)?
    }

    pub(crate) fn conditions<'a>(&self, terms: &'a Terms) -> &'a [String] {
        let replaced = |fields: &'a PhaseChange| fields.conditions.as_deref();
        written(self.conditions_at, terms, |phase| phase.conditions.as_slice(), replaced).unwrap_or_default()
    }

    pub(crate) fn title<'a>(&self, terms: &'a Terms) -> Option<&'a str> {
        let replaced = |fields: &'a PhaseChange| fields.title.as_ref().map(Option::as_deref);
        let title = written(self.title_at, terms, |phase| phase.title.as_deref(), replaced)??;
        // A change takes a title away by an empty one.
        Some(title).filter(|title| !title.is_empty() || self.title_at == self.at)
    }
}

/// A field, read from the phase or from the change that replaced it.
fn written<'a, T>(
    at: Origin,
    terms: &'a Terms,
    of_phase: impl FnOnce(&'a Phase) -> T,
    of_change: impl FnOnce(&'a PhaseChange) -> Option<T>,
) -> Option<T> {
    let field = match at {
        Origin::Change { .. } => at.phase_change(terms).and_then(of_change),
        Origin::Base(_) | Origin::Added { .. } => at.phase(terms).map(of_phase),
    };
    debug_assert!(field.is_some(), "nothing is written at {at:?}");
    field
}
