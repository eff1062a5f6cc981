//! Milestones as users see them.

use super::chain::{self, Setter};
use super::due::Due;
use crate::terms::{Band, Terms};

/// What sets a ceiling.
///
/// ```
/// use force_drawdown::SetBy;
/// assert_eq!(SetBy::Phase("1").to_string(), "1");
/// assert_eq!(SetBy::Baseline.to_string(), "baseline");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SetBy<'a> {
    /// An authorised baseline.
    Baseline,
    /// The phase with this id.
    Phase(&'a str),
}

/// `baseline`, or the id of the phase.
impl std::fmt::Display for SetBy<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Baseline => "baseline",
            Self::Phase(id) => id,
        })
    }
}

/// A ceiling and the days on which it falls due.
///
/// ```
/// # use force_drawdown::{day, doc_examples::iraq};
/// let agreement = iraq();
/// let milestones = agreement.schedule("us").unwrap().required_milestones_on(day!(2025, 1, 1));
/// // The proposed residual of an unspecified number leaves the lenient end where it was.
/// assert_eq!((milestones[1].by.to_string(), milestones[1].band.to_string()), ("2".into(), "up to 2,550".into()));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Milestone<'a> {
    /// What sets it.
    pub by: SetBy<'a>,
    /// When it falls due, or what it awaits.
    pub due: Due,
    /// The ceiling from then on, in all readings.
    pub band: Band,
    /// It closed before the present baseline, and only goes on requiring its ceiling.
    pub settled: bool,
    /// It is the end of a residual: from then on, nobody may stay beyond the phase's own ceiling.
    pub residual_ends: bool,
}

impl<'a> Milestone<'a> {
    pub(crate) fn new(terms: &'a Terms, milestone: &chain::ChainMilestone) -> Self {
        Self {
            by: set_by(terms, milestone.setter),
            due: milestone.due.due(),
            band: milestone.band,
            settled: milestone.settled,
            residual_ends: milestone.residual_ends,
        }
    }
}

pub(crate) fn set_by(terms: &Terms, setter: Setter) -> SetBy<'_> {
    match setter {
        Setter::Baseline => SetBy::Baseline,
        Setter::Phase(at) => SetBy::Phase(at.phase(terms).map_or("", |phase| &phase.id)),
    }
}
