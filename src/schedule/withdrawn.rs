//! How much a ceiling or a count says has been taken away since the baseline.

use crate::terms::{Band, ShareBand};

/// What has been taken away from the one base, in numbers and in shares, where it is known so.
///
/// Two things counted from the same base compare by this, however vague the base is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct WithdrawnSoFar {
    pub(crate) people: Option<People>,
    pub(crate) share: Option<ShareBand>,
}

/// A number of people that may exceed what a band holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct People {
    pub(crate) low: u64,
    pub(crate) high: Option<u64>,
}

impl WithdrawnSoFar {
    /// Nothing taken away yet: the base itself.
    pub(crate) const NOTHING: Self =
        Self { people: Some(People { low: 0, high: Some(0) }), share: Some(ShareBand::ZERO) };

    /// Not counted from the base.
    pub(crate) const UNRELATED: Self = Self { people: None, share: None };

    pub(crate) const fn people(people: People) -> Self {
        Self { people: Some(people), share: None }
    }

    pub(crate) const fn share(share: ShareBand) -> Self {
        Self { people: None, share: Some(share) }
    }
}

impl People {
    pub(crate) fn plus(self, other: Self) -> Self {
        let high = self.high.zip(other.high).map(|(a, b)| a.saturating_add(b));
        Self { low: self.low.saturating_add(other.low), high }
    }
}

impl From<Band> for People {
    fn from(band: Band) -> Self {
        Self { low: u64::from(band.low()), high: band.high().map(u64::from) }
    }
}
