//! What is wrong with observations as observations of an agreement.

use std::collections::HashSet;

use super::observation::{Counted, Observation};
use crate::agreement::Agreement;
use crate::day::{self, Iso};
use crate::findings::{Finding, Findings, KnownIds, Rule};
use crate::path::Place;
use crate::terms::{Change, Period, Quantity, Share};
use crate::wording::excerpt;

impl Agreement {
    /// What keeps observations from being judged: `unknown-force`, `force-not-named`, `quantity-out-of-range`,
    /// `share-out-of-range` and `date-out-of-range`. The path says which one it is, counted from 0, such as `[3].force`.
    ///
    /// Assessing passes over such observations or takes them for any number, so ask this first.
    ///
    /// ```
    /// use force_drawdown::{Observation, Part, Quantity, catalog};
    /// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let seen = [
    ///     Observation::present(Part::Year(2025), 2_000),
    ///     Observation::present(Part::Year(2025), Quantity::Range(2_000, 1_000)).of("uk"),
    /// ];
    /// let found = iraq.check_observations(&seen);
    /// let paths: Vec<_> = found.iter().map(|found| found.path()).collect();
    /// assert_eq!(paths, ["[1].force", "[1].present"]);
    /// ```
    #[must_use]
    pub fn check_observations(&self, observations: &[Observation]) -> Vec<Finding> {
        let forces = Forces::of(self);
        let mut findings = Findings::default();
        for (index, observation) in observations.iter().enumerate() {
            let Observation { force, date, counted, published, .. } = observation;
            let number = match counted {
                Counted::Present(quantity) | Counted::Withdrawn(quantity) => quantity_mistake(quantity),
                Counted::WithdrawnShare(share) => share_mistake(share),
            };
            let published = published.filter(|&published| !day::is_in_range(published));
            let fields = [
                ("force", forces.mistake(force.as_deref())),
                ("date", date_mistake(date)),
                (counted.field(), number),
                ("published", published.map(|day| Rule::DateOutOfRange { date: Iso(day).to_string() })),
            ];
            for (field, rule) in fields {
                if let Some(rule) = rule {
                    findings.push(Place::WHOLE.index(index).field(field), rule);
                }
            }
        }
        findings.into_list()
    }
}

/// What is wrong with a date that could be read.
pub(super) fn date_mistake(date: &Period) -> Option<Rule> {
    date.window().is_none().then(|| Rule::DateOutOfRange { date: date.to_string() })
}

/// What is wrong with a quantity that could be read.
pub(super) fn quantity_mistake(quantity: &Quantity) -> Option<Rule> {
    quantity.band().is_none().then(|| Rule::QuantityOutOfRange { quantity: quantity.to_string() })
}

/// What is wrong with a share that could be read.
pub(super) fn share_mistake(share: &Share) -> Option<Rule> {
    share.bounds().is_none().then(|| Rule::ShareOutOfRange { share: share.to_string() })
}

/// The forces that an observation may be of.
pub(super) struct Forces<'a> {
    ids: HashSet<&'a str>,
    listed: Vec<&'a str>,
    /// The ids for messages; one message is not to grow with the document, for there may be one for each observation.
    known: String,
    /// The document has one, so that it need not be named.
    is_one: bool,
}

impl<'a> Forces<'a> {
    pub(super) fn of(agreement: &'a Agreement) -> Self {
        let terms = agreement.terms();
        let changes = terms.amendments.iter().flat_map(|amendment| &amendment.changes);
        let added = changes.filter_map(|change| match change {
            Change::AddForce { add_force } => Some(add_force),
            _ => None,
        });
        let ids: Vec<&str> = terms.forces.iter().chain(added).map(|force| force.id.as_str()).collect();
        let known = excerpt(&ids.join(", "));
        Self { ids: ids.iter().copied().collect(), listed: ids, known, is_one: terms.forces.len() == 1 }
    }

    pub(super) fn mistake(&self, id: Option<&str>) -> Option<Rule> {
        match id {
            Some(id) if !self.ids.contains(id) => {
                let known = KnownIds::shown_as(self.known.clone(), id, &self.listed);
                Some(Rule::UnknownForce { id: excerpt(id), known })
            }
            None if !self.is_one => Some(Rule::ForceNotNamed { known: self.known.clone() }),
            _ => None,
        }
    }
}
