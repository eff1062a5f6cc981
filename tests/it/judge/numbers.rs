//! Numbers as written, and how a count and a ceiling compare, by going through all of them one by one.

use std::{collections::BTreeSet, ops::RangeInclusive};

use force_drawdown::{LimitKind, Quantity, Share, assessment::Counted, terms::Ratio};

/// Both ends of an interval, included; `None` is open.
pub(super) type Ends = (i64, Option<i64>);

/// Stands for a number that has no upper end: more than any that the cases have.
const MANY: i64 = 60;

pub(super) fn numbers((low, high): Ends) -> RangeInclusive<i64> {
    low..=high.unwrap_or(MANY)
}

/// All of something. A share is in thousandths of a percent, and one of these more or less is just above or just below:
/// of so few people it comes to less than one.
pub(super) const WHOLE: i64 = 100_000;

/// The ends, and every tenth between them.
pub(super) fn shares((low, high): Ends) -> Vec<i64> {
    let high = high.unwrap_or(WHOLE);
    let tenths = (0..=WHOLE).step_by(10_000).filter(|share| low < *share && *share < high);
    let all: BTreeSet<i64> = tenths.chain([low, high]).collect();
    all.into_iter().collect()
}

/// What may be left of a base where a share has left, rounded outwards; of what is just below or above a bound, the
/// greatest whole number below it or the least above.
fn left(base: i64, gone: i64) -> Vec<i64> {
    let percent = (gone + 500) / 1_000;
    let (side, bound) = (gone - 1_000 * percent, base * (100 - percent));
    let both = match side {
        0 => vec![bound.div_euclid(100), -(-bound).div_euclid(100)],
        1.. => vec![(bound - 1).div_euclid(100)],
        _ => vec![bound / 100 + 1],
    };
    both.into_iter().filter(|left| (0..=base).contains(left)).collect()
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
    i64::try_from(ratio.numerator() * 100 / ratio.denominator()).unwrap() * 1_000
}

pub(super) fn written_share(share: Share) -> Ends {
    match share {
        Share::Exact(part) => exactly(percent(part)),
        Share::Range(low, high) => (percent(low), Some(percent(high))),
        Share::AtMost(high) => (0, Some(percent(high))),
        Share::AtLeast(low) => (percent(low), Some(WHOLE)),
        Share::FewerThan(high) => (0, Some(percent(high) - 1)),
        Share::MoreThan(low) => (percent(low) + 1, Some(WHOLE)),
        Share::About(_) => panic!("no case has {share}"),
    }
}

pub(super) fn share_withdrawal(share: Share) -> Ends {
    match share {
        Share::AtLeast(low) => exactly(percent(low)),
        Share::MoreThan(low) => exactly(percent(low) + 1),
        other => written_share(other),
    }
}

pub(super) fn share_ceiling(share: Share) -> Ends {
    match share {
        Share::AtMost(high) => exactly(percent(high)),
        Share::FewerThan(high) => exactly(percent(high) - 1),
        other => written_share(other),
    }
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
        LimitKind::WithdrawnShare(part) => share(Some(fallen(before, share_withdrawal(part)))),
        LimitKind::RemainShare(part) => {
            let (low, high) = share_ceiling(part);
            share(Some(fallen(before, (WHOLE - high.unwrap(), Some(WHOLE - low)))))
        }
    }
}

/// A share in all, in readings that only fall: no less than was gone before.
fn fallen(before: Taken, (low, high): Ends) -> Ends {
    let least = before.share.map_or(low, |before| before.0);
    (low.max(least.min(high.unwrap())), high)
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
            // The more has left, the fewer are there: of a share between its ends there are no more and no fewer.
            let ends = [gone.0, gone.1.unwrap()];
            let all = numbers(base).flat_map(|base| ends.into_iter().flat_map(move |gone| left(base, gone)));
            let (all, open) = (all.collect(), base.1.is_none() && gone.0 < WHOLE);
            Number::new(hull(all, open), Taken { people: None, share: Some(gone) })
        }
    }
}

/// Every reading of a ceiling.
pub(super) fn exact(ceiling: &Number) -> Vec<Number> {
    let one = |of: Option<Ends>, every: fn(Ends) -> Vec<i64>| -> Vec<Option<Ends>> {
        of.map_or(vec![None], |ends| every(ends).into_iter().map(|n| Some(exactly(n))).collect())
    };
    let mut all = Vec::new();
    for people in numbers(ceiling.people) {
        for gone in one(ceiling.taken.people, |ends| numbers(ends).collect()) {
            for share in one(ceiling.taken.share, shares) {
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
    let pairs = |less: Vec<i64>, more: Vec<i64>| -> Vec<Compared> {
        less.into_iter().flat_map(|less| more.iter().map(move |&more| (less, more)).collect::<Vec<_>>()).collect()
    };
    let people = |of: Ends| numbers(of).collect();
    compare(pairs(people(count.people), people(ceiling.people)), true);
    if let Some((ours, theirs)) = count.taken.people.zip(ceiling.taken.people) {
        compare(pairs(people(theirs), people(ours)), false);
    }
    if let Some((ours, theirs)) = count.taken.share.zip(ceiling.taken.share) {
        compare(pairs(shares(theirs), shares(ours)), false);
    }
    may
}

/// Rounded up; `u64::MAX` where there are people to leave and no day for it.
pub(super) fn weekly(people: i64, days: i64) -> u64 {
    match (u64::try_from(people), u64::try_from(days)) {
        (Err(_) | Ok(0), _) => 0,
        (_, Err(_) | Ok(0)) => u64::MAX,
        (Ok(people), Ok(days)) => (people * 7).div_ceil(days),
    }
}
