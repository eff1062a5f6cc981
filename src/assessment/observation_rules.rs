//! What is wrong with observations as observations of an agreement.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::evidence::{Baseline, counted_from};
use super::{Counted, Observation, ObservationKind};
use crate::agreement::{Agreement, quantity_mistake, share_mistake};
use crate::day::{self, Iso};
use crate::findings::{Finding, Findings, KnownIds, Rule};
use crate::path::Place;
use crate::terms::{Band, Change, Force, Period};
use crate::wording::excerpt;

impl Agreement {
    /// What keeps observations from being judged: `unknown-force`, `force-not-named`, `quantity-out-of-range`,
    /// `share-out-of-range`, `date-out-of-range`, `until-before-date` and `unknown-since`; and as advice what is odd:
    /// `more-withdrawn-than-there-were`, which is set aside, and `far-above-the-baseline`, which is judged. The path says
    /// which one it is, counted from 0, such as `[3].force`.
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
            let Observation { force, date, until, counted, since, published, .. } = observation;
            let id = force.as_deref();
            let number = match counted {
                Counted::Present(quantity) | Counted::Withdrawn(quantity) => quantity_mistake(quantity),
                Counted::WithdrawnShare(share) => share_mistake(share),
            };
            let published = published.filter(|&published| !day::is_in_range(published));
            let fields = [
                ("force", forces.mistake(id)),
                ("date", date_mistake(date)),
                ("until", until.and_then(|until| until_mistake(date, until))),
                (counted.field(), number.or_else(|| forces.oddity(observation))),
                ("since", since.and_then(|since| since_mistake(Some(&forces), id, date, *counted, since))),
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

pub(super) fn date_mistake(date: &Period) -> Option<Rule> {
    date.window().is_none().then(|| Rule::DateOutOfRange { date: date.to_string() })
}

pub(super) fn until_mistake(date: &Period, until: NaiveDate) -> Option<Rule> {
    if !day::is_in_range(until) {
        return Some(Rule::DateOutOfRange { date: Iso(until).to_string() });
    }
    let days = date.window()?;
    let is_lawful = days.earliest() == days.latest() && days.latest() <= until;
    (!is_lawful).then(|| Rule::UntilBeforeDate { until: Iso(until).to_string(), date: date.to_string() })
}

/// What is wrong with the day since which people were withdrawn; without the forces, only that none are counted so.
pub(super) fn since_mistake(
    forces: Option<&Forces<'_>>,
    id: Option<&str>,
    date: &Period,
    counted: Counted,
    since: NaiveDate,
) -> Option<Rule> {
    let by = date.window()?.earliest();
    let known = match (counted, forces) {
        (Counted::Present(_), _) => "none, for who is present is not counted from one".to_owned(),
        (_, None) => return None,
        (_, Some(forces)) => {
            let known: Vec<NaiveDate> =
                forces.bases(id)?.iter().map(|(as_of, _)| *as_of).filter(|as_of| *as_of <= by).collect();
            if known.contains(&since) {
                return None;
            }
            let known: Vec<String> = known.into_iter().map(|as_of| Iso(as_of).to_string()).collect();
            if known.is_empty() { "none".to_owned() } else { excerpt(&known.join(", ")) }
        }
    };
    Some(Rule::UnknownSince { since: Iso(since).to_string(), known })
}

/// The forces that an observation may be of.
pub(super) struct Forces<'a> {
    /// The baselines of each, in all amendments.
    bases: HashMap<&'a str, Vec<Baseline>>,
    listed: Vec<&'a str>,
    /// The ids for messages; one message is not to grow with the document, for there may be one for each observation.
    known: String,
    /// The document has one, so that it need not be named.
    is_one: bool,
}

impl<'a> Forces<'a> {
    pub(super) fn of(agreement: &'a Agreement) -> Self {
        let terms = agreement.terms();
        let forces: Vec<&Force> = terms.all_forces().collect();
        let base = |base: &crate::terms::Baseline| (base.as_of, base.band().unwrap_or(Band::OPEN));
        let first = |force: &&'a Force| (force.id.as_str(), force.baseline.iter().map(base).collect());
        let mut bases: HashMap<&str, Vec<Baseline>> = forces.iter().map(first).collect();
        for change in terms.changes() {
            let Change::Baseline { baseline } = change else { continue };
            let id = baseline.force.as_deref().or(forces.first().map(|only| only.id.as_str()));
            id.and_then(|id| bases.get_mut(id)).into_iter().for_each(|bases| bases.push(base(&baseline.baseline)));
        }
        let listed: Vec<&str> = forces.iter().map(|force| force.id.as_str()).collect();
        let known = excerpt(&listed.join(", "));
        Self { bases, listed, known, is_one: terms.forces.len() == 1 }
    }

    /// The baselines of a force; `None` where there is no such force.
    fn bases(&self, id: Option<&str>) -> Option<&[Baseline]> {
        let id = id.or(self.listed.first().copied().filter(|_| self.is_one))?;
        self.bases.get(id).map(Vec::as_slice)
    }

    fn oddity(&self, observation: &Observation) -> Option<Rule> {
        let bases =
            self.bases(observation.force.as_deref()).filter(|_| observation.kind() == ObservationKind::Count)?;
        match observation.counted {
            Counted::Withdrawn(gone) => {
                let mut from = counted_from(bases, observation.since, observation.date.window()?.earliest()).peekable();
                from.peek()?;
                let there = from.try_fold(0, |most, (_, there)| Some(there.high()?.max(most)))?;
                let gone = gone.band()?.low();
                (gone > there).then_some(Rule::MoreWithdrawnThanThereWere { gone, there })
            }
            Counted::Present(there) => {
                // Who was there before the first baseline is not judged.
                let earliest = observation.date.window()?.earliest();
                bases.iter().find(|(as_of, _)| *as_of <= earliest)?;
                let baseline = bases.iter().try_fold(0, |most, (_, there)| Some(there.high()?.max(most)))?;
                let low = there.band()?.low();
                (low > baseline.saturating_mul(2)).then_some(Rule::FarAboveTheBaseline { low, baseline })
            }
            Counted::WithdrawnShare(_) => None,
        }
    }

    pub(super) fn mistake(&self, id: Option<&str>) -> Option<Rule> {
        match id {
            Some(id) if !self.bases.contains_key(id) => {
                let known = KnownIds::shown_as(self.known.clone(), id, &self.listed);
                Some(Rule::UnknownForce { id: excerpt(id), known })
            }
            None if !self.is_one => Some(Rule::ForceNotNamed { known: self.known.clone() }),
            _ => None,
        }
    }
}
