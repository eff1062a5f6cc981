//! A score of implementation, as the Peace Accords Matrix codes it.

use std::fmt;

use serde::Serialize;

use super::Assessment;
use crate::schedule::SetBy;
use crate::terms::Band;

/// How far the withdrawal of a force has gone, on the scale of the Peace Accords Matrix of the Kroc Institute:
/// 0 not initiated, 1 minimum, 2 intermediate, 3 full implementation.
///
/// With b the baseline, c the ceiling after the last binding phase and v the latest count:
///
/// | score | where |
/// | --- | --- |
/// | 3 | v is at or below c |
/// | 0 | otherwise, v is at or above b |
/// | 2 | otherwise, at least half of the way from b to c is gone: b + c is at least 2 v |
/// | 1 | otherwise |
///
/// A vague number gives a range over all readings: displayed as `2`, or `1-2` where it cannot be told.
///
/// Source of the scale: Madhav Joshi, Jason Michael Quinn and Patrick M. Regan, "Annualized implementation data on
/// comprehensive intrastate peace accords, 1989-2012", Journal of Peace Research 52(4), 2015. The mapping to numbers of
/// people is this crate's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Score {
    /// The least that a reading gives.
    pub low: u8,
    /// The most.
    pub high: u8,
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high { write!(f, "{}", self.low) } else { write!(f, "{}-{}", self.low, self.high) }
    }
}

impl Assessment {
    /// The implementation score of a force on the day of judgement.
    ///
    /// `None` where there is no such force, no binding phase limits it, or no count was reported: missing is not zero.
    ///
    /// ```
    /// use force_drawdown::{Observation, Quantity, catalog, day};
    /// let (iraq, day) = (catalog::get("us-iraq-2024").unwrap().agreement, day!(2026, 1, 18));
    /// let few = [Observation::present(day, Quantity::Range(250, 350))];
    /// assert_eq!(iraq.assess(&few, day).score("us").unwrap().to_string(), "2-3");
    /// assert_eq!(iraq.assess(&[], day).score("us"), None);
    /// ```
    #[must_use]
    pub fn score(&self, force: &str) -> Option<Score> {
        let judged = self.forces.iter().find(|judged| judged.force == force)?;
        let (versions, index) = self.basis.agreement.schedule(force)?.parts();
        let version = versions.versions.get(self.version)?;
        let chain = &version.force(index)?.schedule.required;
        let goal = chain.milestones.iter().rfind(|milestone| milestone.setter != SetBy::Baseline)?.band;
        let base = chain.base.map_or(Band::OPEN, |base| base.band);
        let observed = judged.observed?;
        Some(Score {
            low: score(Some(base.low()), Some(goal.low()), observed.high),
            high: score(base.high(), goal.high(), Some(observed.low)),
        })
    }
}

/// The score of one reading; `None` is more than any number.
fn score(base: Option<u32>, goal: Option<u32>, count: Option<u32>) -> u8 {
    let number = |n: Option<u32>| n.map_or(u64::from(u32::MAX), u64::from);
    match (number(base), number(goal), number(count)) {
        (_, goal, count) if count <= goal => 3,
        (base, _, count) if count >= base => 0,
        (base, goal, count) if base.saturating_add(goal) >= count.saturating_mul(2) => 2,
        _ => 1,
    }
}
