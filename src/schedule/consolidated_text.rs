//! The text of one version: the document with its amendments applied, as indices into it.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::findings::{KnownIds, Rule};
use crate::path::Place;
use crate::terms::{
    Band, Baseline, Change, Deadline, Force, Limit, Phase, PhaseChange, Quantity, Residual, Standing, Terms,
};
use crate::wording::{excerpt, list};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct BaselineText {
    pub(crate) strength: Quantity,
    /// The number as it is read.
    pub(crate) band: Band,
    pub(crate) as_of: NaiveDate,
    pub(crate) authorised: bool,
    pub(crate) at: Origin,
    /// The version that set it.
    pub(crate) since: usize,
}

/// A force of one version, with its baselines from the first to the one that counts.
#[derive(Clone, Debug)]
pub(crate) struct ForceText {
    pub(crate) at: Origin,
    pub(crate) baselines: Vec<BaselineText>,
    pub(super) moved: Vec<Arc<Moved>>,
}

/// Phases that waited while one after them was settled, and then perhaps others: since then they count as standing after
/// all of these.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    /// Sorted.
    pub(super) phases: Vec<Origin>,
    pub(super) after: Vec<Origin>,
}

#[derive(Clone, Debug)]
pub(crate) struct ConsolidatedText {
    pub(crate) forces: Vec<ForceText>,
    pub(crate) phases: Vec<PhaseText>,
    /// The change that replaced the residuals; `None` is as first agreed.
    pub(super) residual_at: Option<Origin>,
}

impl ConsolidatedText {
    /// The text as first agreed.
    pub(super) fn new(terms: &Terms) -> Self {
        let force = |(index, force)| ForceText::new(force, Origin::base(index), 0);
        let phase = |(index, phase): (usize, &Phase)| PhaseText::new(Origin::base(index), phase.standing(), 0);
        Self {
            forces: terms.forces.iter().enumerate().map(force).collect(),
            phases: terms.phases.iter().enumerate().map(phase).collect(),
            residual_at: None,
        }
    }

    pub(crate) fn residual<'a>(&self, terms: &'a Terms) -> &'a [Residual] {
        match self.residual_at.map(|at| at.change_in(terms)) {
            None => &terms.residual,
            Some(Some(Change::Residual { residual })) => residual,
            Some(_) => &[],
        }
    }

    pub(crate) fn residual_place(&self, index: usize) -> Place {
        self.residual_at.map_or(Place::WHOLE, |at| at.place("", "")).field("residual").index(index)
    }

    /// What is wrong with a force that the text does not have.
    pub(super) fn no_force(&self, terms: &Terms, id: Option<&str>) -> Rule {
        let known = self.forces.iter().map(|force| force.id(terms));
        match id {
            Some(id) => Rule::UnknownForce { id: excerpt(id), known: KnownIds::new(id, known) },
            None => Rule::ForceNotNamed { known: list(known) },
        }
    }

    pub(crate) fn no_phase(&self, terms: &Terms, id: &str) -> Rule {
        Rule::unknown_phase(id, self.phases.iter().map(|phase| phase.id(terms)))
    }
}

impl ForceText {
    pub(super) fn new(force: &Force, at: Origin, since: usize) -> Self {
        let baselines = force.baseline.iter().map(|baseline| BaselineText::new(baseline, at, since)).collect();
        Self { at, baselines, moved: Vec::new() }
    }

    /// Keeps what has moved. Phases that move on once more are kept once, for they may do so with every version.
    pub(super) fn put_moved(&mut self, moved: Moved) {
        match self.moved.last_mut().filter(|last| last.phases == moved.phases) {
            Some(last) => Arc::make_mut(last).after.extend(moved.after),
            None => self.moved.push(Arc::new(moved)),
        }
    }

    /// Its id; empty where the terms are not those that the text was made from.
    pub(crate) fn id<'a>(&self, terms: &'a Terms) -> &'a str {
        let force = self.at.force(terms);
        debug_assert!(force.is_some(), "no force is written at {:?}", self.at);
        force.map_or("", |force| &force.id)
    }
}

impl BaselineText {
    pub(super) fn new(baseline: &Baseline, at: Origin, since: usize) -> Self {
        let Baseline { strength, as_of, authorised, .. } = *baseline;
        Self { strength, band: baseline.band().unwrap_or(Band::OPEN), as_of, authorised, at, since }
    }

    pub(crate) fn place(&self) -> Place {
        self.at.of_force().field("baseline")
    }
}

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
    let field = match (at, at.change_in(terms)) {
        (Origin::Change { .. }, Some(Change::Phase(fields))) => of_change(fields),
        _ => at.phase(terms).map(of_phase),
    };
    debug_assert!(field.is_some(), "nothing is written at {at:?}");
    field
}

/// Where in the document something is written, by index. It is small, for each version keeps many.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Origin {
    /// In the document's own list.
    Base(u32),
    /// In a change of an amendment.
    Change { amendment: u32, change: u32 },
    /// In what a change of an amendment adds.
    Added { amendment: u32, change: u32 },
}

/// An index in four bytes: no list of a document is longer than that.
fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn widen(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

impl Origin {
    /// In the document's own list, at this index.
    pub(super) fn base(index: usize) -> Self {
        Self::Base(narrow(index))
    }

    /// In a change of an amendment.
    pub(super) fn change(amendment: usize, change: usize) -> Self {
        Self::Change { amendment: narrow(amendment), change: narrow(change) }
    }

    /// In what a change of an amendment adds.
    pub(super) fn added(amendment: usize, change: usize) -> Self {
        Self::Added { amendment: narrow(amendment), change: narrow(change) }
    }

    /// The place of a member of `list`, whose additions are in the field `added`.
    pub(crate) fn place(self, list: &'static str, added: &'static str) -> Place {
        let change_of =
            |amendment, change| Place::from("amendments").index(widen(amendment)).field("changes").index(widen(change));
        match self {
            Self::Base(index) => Place::from(list).index(widen(index)),
            Self::Change { amendment, change } => change_of(amendment, change),
            Self::Added { amendment, change } => change_of(amendment, change).field(added),
        }
    }

    pub(crate) fn of_phase(self) -> Place {
        self.place("phases", "add")
    }

    pub(crate) fn of_force(self) -> Place {
        self.place("forces", "add_force")
    }

    /// The change that is written there; `None` in the document's own lists.
    fn change_in(self, terms: &Terms) -> Option<&Change> {
        match self {
            Self::Base(_) => None,
            Self::Change { amendment, change } | Self::Added { amendment, change } => {
                terms.amendments.get(widen(amendment))?.changes.get(widen(change))
            }
        }
    }

    pub(crate) fn phase(self, terms: &Terms) -> Option<&Phase> {
        match (self, self.change_in(terms)) {
            (Self::Base(index), _) => terms.phases.get(widen(index)),
            (Self::Added { .. }, Some(Change::Add { add, .. })) => Some(add),
            _ => None,
        }
    }

    pub(crate) fn force(self, terms: &Terms) -> Option<&Force> {
        match (self, self.change_in(terms)) {
            (Self::Base(index), _) => terms.forces.get(widen(index)),
            (_, Some(Change::AddForce { add_force })) => Some(add_force),
            _ => None,
        }
    }
}
