//! The ceiling after a phase, from its limit: interval arithmetic, before forces are known to fall only; and how much a ceiling
//! or a count says has been taken away since the baseline.

use crate::terms::fraction::ShareEnd;
use crate::terms::{Band, LimitKind, Quantity, ShareBand};

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

    /// Who is left of others once so many are taken away.
    pub(crate) fn left_of(self, others: Band) -> Band {
        let low = self.high.map_or(0, |taken| u64::from(others.low()).saturating_sub(taken));
        band(low, others.high().map(|high| u64::from(high).saturating_sub(self.low)))
    }
}

impl From<Band> for People {
    fn from(band: Band) -> Self {
        Self { low: u64::from(band.low()), high: band.high().map(u64::from) }
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct CountedFrom {
    pub(crate) base: Band,
    /// The ceiling before the phase.
    pub(crate) previous: Band,
    /// What had been taken away before, where all of it is counted from the base.
    pub(crate) taken: WithdrawnSoFar,
}

impl CountedFrom {
    /// The start of a chain, at its baseline.
    pub(crate) const fn at(base: Band) -> Self {
        Self { base, previous: base, taken: WithdrawnSoFar::NOTHING }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct LimitCeiling {
    pub(crate) band: Band,
    pub(crate) taken: WithdrawnSoFar,
    /// What is taken away, and the most that can be there, where that is less for certain.
    pub(crate) excess: Option<(String, String)>,
}

pub(crate) fn ceiling(limit: LimitKind, start: CountedFrom) -> LimitCeiling {
    match limit {
        LimitKind::Remain(quantity) => plain(quantity.as_ceiling().unwrap_or(Band::OPEN), WithdrawnSoFar::UNRELATED),
        LimitKind::Withdraw(quantity) => {
            let amount = withdrawal(quantity);
            let taken = start
                .taken
                .people
                .map_or(WithdrawnSoFar::UNRELATED, |before| WithdrawnSoFar::people(before.plus(amount)));
            less(start.previous, amount, taken, quantity)
        }
        LimitKind::Withdrawn(quantity) => {
            let amount = withdrawal(quantity);
            less(start.base, amount, WithdrawnSoFar::people(amount), quantity)
        }
        LimitKind::RemainShare(share) => share_gone(start, bounds(share.as_ceiling()).rest()),
        LimitKind::WithdrawnShare(share) => share_gone(start, bounds(share.as_withdrawal())),
        LimitKind::WithdrawShare(share) => {
            let amount = bounds(share.as_withdrawal());
            if let Some(before) = start.taken.share {
                let gone = before.plus(amount);
                let too_much = gone.low > ShareEnd::ONE && start.base.low() > 0;
                let excess = too_much.then(|| (format!("{share}, in all more than 100%"), start.base.to_string()));
                LimitCeiling { band: of_base(start.base, gone.rest()), taken: WithdrawnSoFar::share(gone), excess }
            } else {
                let (low, high) = amount.ceil_of(start.base);
                less(start.previous, People { low, high }, WithdrawnSoFar::UNRELATED, share)
            }
        }
    }
}

const fn plain(band: Band, taken: WithdrawnSoFar) -> LimitCeiling {
    LimitCeiling { band, taken, excess: None }
}

fn withdrawal(quantity: Quantity) -> People {
    quantity.as_withdrawal().unwrap_or(Band::OPEN).into()
}

/// A share of the base in all: in readings that only fall, it is no less than what was gone before.
fn share_gone(start: CountedFrom, gone: ShareBand) -> LimitCeiling {
    let before = start.taken.share.map_or(gone.low, |before| before.low);
    let fallen = ShareBand { low: gone.low.max(before.min(gone.high)), high: gone.high };
    plain(of_base(start.base, gone.rest()), WithdrawnSoFar::share(fallen))
}

fn bounds(share: Option<ShareBand>) -> ShareBand {
    share.unwrap_or(ShareBand::ANY)
}

fn of_base(base: Band, share: ShareBand) -> Band {
    let (low, high) = share.floor_of(base);
    band(low, high)
}

fn less(from: Band, amount: People, taken: WithdrawnSoFar, written: impl std::fmt::Display) -> LimitCeiling {
    let most = from.high().filter(|&high| u64::from(high) < amount.low);
    let excess = most.map(|high| (written.to_string(), crate::wording::thousands(high)));
    LimitCeiling { band: amount.left_of(from), taken, excess }
}

/// Some of those of a band.
pub(crate) fn band(low: u64, high: Option<u64>) -> Band {
    let narrow = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    Band::new(narrow(low), high.map(narrow)).unwrap_or(Band::OPEN)
}
