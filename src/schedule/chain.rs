//! The chain of a force: its milestones in order, and the hull of all readings that only fall.

use chrono::NaiveDate;

use super::origin::Origin;
use super::{Due, WithdrawnSoFar};
use crate::day::Window;
use crate::terms::Band;

/// What sets a ceiling.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Setter {
    /// An authorised baseline.
    Baseline,
    /// The phase that is written there.
    Phase(Origin),
}

/// A ceiling and the days on which it falls due.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is true or not, whatever the others are")]
pub(crate) struct ChainMilestone {
    pub(crate) setter: Setter,
    pub(crate) due: Due,
    pub(crate) band: Band,
    pub(crate) taken: WithdrawnSoFar,
    /// A residual may raise the high end, so that it is not known what has been taken away.
    pub(super) may_be_raised: bool,
    /// The planned path holds until then.
    pub(crate) hold: Option<Window>,
    /// It counts from the termination, and so outlives it.
    pub(crate) outlives: bool,
    /// It closed before the baseline, and only goes on requiring its ceiling.
    pub(crate) settled: bool,
    /// It is the end of a residual, and not a phase of its own.
    pub(crate) residual_ends: bool,
}

impl ChainMilestone {
    /// One of which nothing else is known.
    pub(super) const fn new(setter: Setter, due: Due, band: Band) -> Self {
        Self {
            setter,
            due,
            band,
            taken: WithdrawnSoFar::UNRELATED,
            may_be_raised: false,
            hold: None,
            outlives: false,
            settled: false,
            residual_ends: false,
        }
    }

    /// What has been taken away at the high end.
    pub(crate) const fn taken_high(&self) -> WithdrawnSoFar {
        if self.may_be_raised { WithdrawnSoFar::UNRELATED } else { self.taken }
    }
}

/// The strength that a chain starts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Base {
    pub(crate) as_of: NaiveDate,
    pub(crate) authorised: bool,
    /// The number as the text gives it.
    pub(crate) band: Band,
}

/// The baseline and the milestones of one force in one version.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Chain {
    pub(crate) base: Option<Base>,
    pub(crate) milestones: Vec<ChainMilestone>,
    /// The ceiling that each settled phase keeps; of their milestones there is only the last.
    pub(super) settled: Vec<(Origin, Band)>,
}

impl Chain {
    /// Whether each end of every ceiling is at most the same end of a band, so that to count from it caps none.
    pub(super) fn is_within(&self, band: Band) -> bool {
        let is_at_most = |own: Band| {
            let high = band.high().is_none_or(|most| own.high().is_some_and(|high| high <= most));
            own.low() <= band.low() && high
        };
        self.settled.is_empty() && self.milestones.iter().all(|milestone| is_at_most(milestone.band))
    }
}

/// The chains of one force in one version.
#[derive(Default)]
pub(super) struct Chains {
    /// The binding phases.
    pub(super) required: Chain,
    /// All phases as if they bound, where that differs.
    pub(super) all: Option<Box<Chain>>,
    /// All phases from the baseline on, where that differs.
    pub(super) planned: Option<Box<Chain>>,
}
