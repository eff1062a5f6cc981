//! The chain of a force: its milestones in order, and the hull of all readings that only fall.

use chrono::NaiveDate;

use super::due::Due;
use super::origin::Origin;
use super::withdrawn::WithdrawnSoFar;
use crate::day::Window;
use crate::terms::Band;

/// What sets a ceiling.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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
    /// What is left of it in readings that only fall.
    pub(crate) fallen: Band,
}

/// The baseline and the milestones of one force in one version.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Chain {
    pub(crate) base: Option<Base>,
    pub(crate) milestones: Vec<ChainMilestone>,
}

/// Which phases make a chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// The binding ones.
    Required,
    /// All.
    Planned,
}
