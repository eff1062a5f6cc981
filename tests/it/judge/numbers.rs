//! Numbers as written, and how a count and a ceiling compare, by going through all of them one by one.

use std::ops::RangeInclusive;

use force_drawdown::{LimitKind, Quantity, Share, assessment::Counted, terms::Ratio};

/// Both ends of an interval, included; `None` is open.
pub(super) type Ends = (i64, Option<i64>);

/// Stands for a number that has no upper end: more than any that the cases have.
const MANY: i64 = 60;

pub(super) fn numbers((low, high): Ends) -> RangeInclusive<i64> {
    low..=high.unwrap_or(MANY)
}

/// Shares are in percent; all of them are multiples of this.
const STEP: usize = 10;

pub(super) fn shares(ends: Ends) -> impl Iterator<Item = i64> {
    numbers(ends).step_by(STEP)
}

pub(super) const fn exactly(n: i64) -> Ends {
    (n, Some(n))
}

pub(super) fn written(quantity: Quantity) -> Ends {
    let n = i64::from;
    match quantity {
        Quantity::Exact(number) => exactly(n(number)),
        Quantity::Range(low, high) | Quantity::Between(low, high) => (n(low), Some(n(high))),
        Quantity::AtMost(high) => (0, Some(n(high))),
        Quantity::AtLeast(low) => (n(low), None),
        Quantity::Unspecified => (0, None),
        other => panic!("no case has {other}"),
    }
}

/// A ceiling is a greatest lawful number.
pub(super) fn ceiling(quantity: Quantity) -> Ends {
    match quantity {
        Quantity::AtMost(high) | Quantity::Between(_, high) => exactly(high.into()),
        other => written(other),
    }
}

/// What is taken away is a least lawful number.
pub(super) fn withdrawal(quantity: Quantity) -> Ends {
    match quantity {
        Quantity::AtLeast(low) | Quantity::Between(low, _) => exactly(low.into()),
        other => written(other),
    }
}

fn percent(ratio: Ratio) -> i64 {
    i64::try_from(ratio.numerator() * 100 / ratio.denominator()).unwrap()
}

pub(super) fn written_share(share: Share) -> Ends {
    match share {
        Share::Exact(part) => exactly(percent(part)),
        Share::Range(low, high) => (percent(low), Some(percent(high))),
        Share::AtMost(high) => (0, Some(percent(high))),
        Share::AtLeast(low) => (percent(low), Some(100)),
        other => panic!("no case has {other}"),
    }
}

pub(super) fn share_withdrawal(share: Share) -> Ends {
    if let Share::AtLeast(low) = share { exactly(percent(low)) } else { written_share(share) }
}

pub(super) fn share_ceiling(share: Share) -> Ends {
    if let Share::AtMost(high) = share { exactly(percent(high)) } else { written_share(share) }
}

fn plus(a: Ends, b: Ends) -> Ends {
    (a.0 + b.0, a.1.zip(b.1).map(|(a, b)| a + b))
}

/// What has been taken away from the base, where it is known in people or in shares.
#[derive(Clone, Copy, Default)]
pub(super) struct Taken {
    pub(super) people: Option<Ends>,
    pub(super) share: Option<Ends>,
}

/// A ceiling or a count: people, and what has been taken away.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) people: Ends,
    pub(super) taken: Taken,
    /// In some reading, some may stay of those who were to be taken away.
    pub(super) is_raised: bool,
}

impl Number {
    const fn new(people: Ends, taken: Taken) -> Self {
        Self { people, taken, is_raised: false }
    }
}

/// At or below in one reading, by one way to compare.
type Compared = (i64, i64);

/// What has been taken away after a limit.
pub(super) fn taken(before: Taken, limit: LimitKind) -> Taken {
    let people = |people| Taken { people, share: None };
    let share = |share| Taken { people: None, share };
    match limit {
        LimitKind::Remain(_) => Taken::default(),
        LimitKind::Withdraw(quantity) => people(before.people.map(|before| plus(before, withdrawal(quantity)))),
        LimitKind::Withdrawn(quantity) => people(Some(withdrawal(quantity))),
        LimitKind::WithdrawShare(part) => share(before.share.map(|before| plus(before, share_withdrawal(part)))),
        LimitKind::WithdrawnShare(part) => share(Some(share_withdrawal(part))),
        LimitKind::RemainShare(part) => {
            let (low, high) = share_ceiling(part);
            share(Some((100 - high.unwrap(), Some(100 - low))))
        }
    }
}

pub(super) fn count(counted: Counted, base: Ends) -> Number {
    let hull =
        |of: Vec<i64>, open: bool| (of.iter().min().copied().unwrap(), of.iter().max().copied().filter(|_| !open));
    match counted {
        Counted::Present(quantity) => Number::new(written(quantity), Taken::default()),
        Counted::Withdrawn(quantity) => {
            let gone = written(quantity);
            let left = numbers(base).flat_map(|base| numbers(gone).map(move |gone| (base - gone).max(0)));
            Number::new(hull(left.collect(), base.1.is_none()), Taken { people: Some(gone), share: None })
        }
        Counted::WithdrawnShare(part) => {
            let gone = written_share(part);
            let left = || numbers(base).flat_map(|base| shares(gone).map(move |gone| base * (100 - gone)));
            // Rounded outwards.
            let least = left().map(|left| left.div_euclid(100));
            let all = least.chain(left().map(|left| -(-left).div_euclid(100))).collect();
            let open = base.1.is_none() && gone.0 < 100;
            Number::new(hull(all, open), Taken { people: None, share: Some(gone) })
        }
    }
}

/// Every reading of a ceiling.
pub(super) fn exact(ceiling: &Number) -> Vec<Number> {
    let one = |of: Option<Ends>, step: usize| -> Vec<Option<Ends>> {
        of.map_or(vec![None], |ends| numbers(ends).step_by(step).map(|n| Some(exactly(n))).collect())
    };
    let mut all = Vec::new();
    for people in numbers(ceiling.people) {
        for gone in one(ceiling.taken.people, 1) {
            for share in one(ceiling.taken.share, STEP) {
                all.push(Number { people: exactly(people), taken: Taken { people: gone, share }, ..*ceiling });
            }
        }
    }
    all
}

/// Whether a reading has the count at or below the ceiling, and whether one has it above. Where both are counted from
/// the same base, number compares with number and share with share.
pub(super) fn may_be(count: &Number, ceiling: &Number) -> (bool, bool) {
    let mut may = (true, true);
    // Only people show that a count is above who may stay.
    let mut compare = |pairs: Vec<Compared>, is_of_people: bool| {
        may.0 &= (ceiling.is_raised && !is_of_people) || pairs.iter().any(|(less, more)| less <= more);
        may.1 &= pairs.iter().any(|(less, more)| less > more);
    };
    let pairs = |less: Ends, more: Ends, step: usize| -> Vec<Compared> {
        let of_less = |less| numbers(more).step_by(step).map(move |more| (less, more));
        numbers(less).step_by(step).flat_map(of_less).collect()
    };
    compare(pairs(count.people, ceiling.people, 1), true);
    if let Some((ours, theirs)) = count.taken.people.zip(ceiling.taken.people) {
        compare(pairs(theirs, ours, 1), false);
    }
    if let Some((ours, theirs)) = count.taken.share.zip(ceiling.taken.share) {
        compare(pairs(theirs, ours, STEP), false);
    }
    may
}
