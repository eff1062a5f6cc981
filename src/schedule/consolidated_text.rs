//! The text of one version: the document with its amendments applied, as references into it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::findings::Findings;
use super::origin::Origin;
use super::phase_order::PhaseOrder;
use super::phase_text::PhaseText;
use crate::findings::Rule;
use crate::path::Place;
use crate::terms::{Amendment, Baseline, Change, Force, NewBaseline, Phase, Quantity, Residual, Terms};
use crate::wording::{excerpt, list};

/// A baseline of one version.
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
pub(crate) struct ForceText<'a> {
    pub(crate) force: &'a Force,
    pub(crate) at: Origin,
    pub(crate) baselines: Vec<BaselineText>,
}

/// The text of one version.
#[derive(Clone, Debug)]
pub(crate) struct ConsolidatedText<'a> {
    pub(crate) forces: Vec<ForceText<'a>>,
    pub(crate) phases: Vec<PhaseText<'a>>,
    pub(crate) residual: &'a [Residual],
    pub(crate) residual_at: Option<Origin>,
    /// Whether the document has one force, so that it need not be named.
    pub(crate) one_force: bool,
    /// The index of every force by its id.
    ids: HashMap<&'a str, usize>,
    /// The phases as they are amended.
    order: PhaseOrder<'a>,
}

impl<'a> ConsolidatedText<'a> {
    /// The text as first agreed.
    pub(crate) fn new(terms: &'a Terms) -> Self {
        let force = |(index, force): (usize, &'a Force)| ForceText::new(force, Origin::Base(index), 0);
        let phase = |(index, phase): (usize, &'a Phase)| PhaseText::new(phase, Origin::Base(index), 0);
        let order = PhaseOrder::new(terms.phases.iter().enumerate().map(phase));
        Self {
            forces: terms.forces.iter().enumerate().map(force).collect(),
            phases: order.phases(),
            residual: &terms.residual,
            residual_at: None,
            one_force: terms.forces.len() == 1,
            ids: terms.forces.iter().enumerate().map(|(index, force)| (force.id.as_str(), index)).collect(),
            order,
        }
    }

    /// The index of a force, which may be left out where the document has one.
    pub(crate) fn force(&self, id: Option<&str>) -> Option<usize> {
        match id {
            Some(id) => self.ids.get(id).copied(),
            None => self.one_force.then_some(0),
        }
    }

    /// The text after an amendment, which makes the version `version`; its phases only once they are [put](Self::settle).
    pub(super) fn amend(&mut self, amendment: usize, with: &'a Amendment, version: usize, out: &mut Findings) {
        for (change, what) in with.changes.iter().enumerate() {
            let at = Origin::Change { amendment, change };
            let added = Origin::Added { amendment, change };
            match what {
                Change::Phase(fields) => match self.order.get_mut(&fields.phase) {
                    Some(phase) => phase.replace(fields, at),
                    None => out.push(at.of_phase().field("phase"), self.order.unknown(&fields.phase)),
                },
                Change::Add { add, after } => {
                    self.order.add(PhaseText::new(add, added, version), after.as_deref(), at, out);
                }
                Change::Drop { drop } => {
                    if !self.order.remove(drop) {
                        out.push(at.of_phase().field("drop"), self.order.unknown(drop));
                    }
                }
                Change::Residual { residual } => {
                    self.residual = residual;
                    self.residual_at = Some(at);
                }
                Change::AddForce { add_force } => {
                    if self.ids.contains_key(add_force.id.as_str()) {
                        let rule = Rule::DuplicateId { kind: "force", id: excerpt(&add_force.id) };
                        out.push(added.of_force().field("id"), rule);
                    } else {
                        self.ids.insert(&add_force.id, self.forces.len());
                        self.forces.push(ForceText::new(add_force, added, version));
                    }
                }
                Change::Baseline { baseline } => self.rebase(baseline, at, version, out),
            }
        }
        if self.order.is_empty() {
            out.push(Place::from("amendments").index(amendment), Rule::EmptyList { list: "phases" });
        }
    }

    /// Puts the phases in their order, once for any number of amendments.
    pub(super) fn settle(&mut self) {
        self.phases = self.order.phases();
    }

    fn rebase(&mut self, baseline: &NewBaseline, at: Origin, version: usize, out: &mut Findings) {
        let named = baseline.force.as_deref();
        if let Some(force) = self.force(named).and_then(|force| self.forces.get_mut(force)) {
            let Baseline { strength, as_of, authorised, .. } = baseline.baseline;
            force.baselines.push(BaselineText { strength, as_of, authorised, at, since: version });
        } else {
            let place = at.of_force().field("baseline");
            out.push(if named.is_some() { place.field("force") } else { place }, self.no_force(named));
        }
    }

    /// What is wrong with a force that [`ConsolidatedText::force`] does not find.
    pub(crate) fn no_force(&self, id: Option<&str>) -> Rule {
        let known = list(self.forces.iter().map(|text| text.force.id.as_str()));
        match id {
            Some(id) => Rule::UnknownForce { id: excerpt(id), known },
            None => Rule::ForceNotNamed { known },
        }
    }
}

impl<'a> ForceText<'a> {
    fn new(force: &'a Force, at: Origin, since: usize) -> Self {
        let baseline = |baseline: &crate::terms::Baseline| BaselineText {
            strength: baseline.strength,
            as_of: baseline.as_of,
            authorised: baseline.authorised,
            at,
            since,
        };
        Self { force, at, baselines: force.baseline.iter().map(baseline).collect() }
    }
}

impl BaselineText {
    pub(crate) fn place(&self) -> Place {
        self.at.of_force().field("baseline")
    }
}
