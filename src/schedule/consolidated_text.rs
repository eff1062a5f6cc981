//! The text of one version: the document with its amendments applied, as indices into it.

use chrono::NaiveDate;

use super::{Origin, PhaseText};
use crate::findings::{KnownIds, Rule};
use crate::path::Place;
use crate::terms::{Band, Baseline, Change, Force, NewBaseline, Quantity, Residual, Terms};
use crate::wording::{excerpt, list};

#[derive(Clone, Copy, Debug)]
pub(crate) struct BaselineText {
    pub(crate) strength: Quantity,
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
    pub(super) moved: Vec<Moved>,
}

/// Phases that waited while one after them was settled: since then they count as standing after it.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub(super) phases: Vec<Origin>,
    pub(super) after: Origin,
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
        let phase =
            |(index, phase): (usize, &crate::terms::Phase)| PhaseText::new(Origin::base(index), phase.standing(), 0);
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
        let first = |&Baseline { strength, as_of, authorised, .. }: &Baseline| BaselineText {
            strength,
            as_of,
            authorised,
            at,
            since,
        };
        Self { at, baselines: force.baseline.iter().map(first).collect(), moved: Vec::new() }
    }

    pub(super) fn rebase(&mut self, baseline: &NewBaseline, at: Origin, since: usize) {
        let Baseline { strength, as_of, authorised, .. } = baseline.baseline;
        self.baselines.push(BaselineText { strength, as_of, authorised, at, since });
    }

    /// Its id; empty where the terms are not those that the text was made from.
    pub(crate) fn id<'a>(&self, terms: &'a Terms) -> &'a str {
        let force = self.at.force(terms);
        debug_assert!(force.is_some(), "no force is written at {:?}", self.at);
        force.map_or("", |force| &force.id)
    }
}

impl BaselineText {
    /// The number as it is read: of an authorised baseline as a ceiling.
    pub(crate) fn band(&self) -> Option<Band> {
        if self.authorised { self.strength.as_ceiling() } else { self.strength.band() }
    }

    pub(crate) fn place(&self) -> Place {
        self.at.of_force().field("baseline")
    }
}
