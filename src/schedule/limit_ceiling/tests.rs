#![allow(clippy::unwrap_used)]

use super::{Band, CountedFrom, LimitKind, People, ShareBand, WithdrawnSoFar, band, ceiling, fraction};
use crate::terms::{MAX_PEOPLE, Quantity, Ratio};

/// A limit as its field and its text.
fn limit(field: &str, text: &str) -> LimitKind {
    let (quantity, share) = (|| text.parse().unwrap(), || text.parse().unwrap());
    match field {
        "remain" => LimitKind::Remain(quantity()),
        "withdraw" => LimitKind::Withdraw(quantity()),
        "withdrawn" => LimitKind::Withdrawn(quantity()),
        "remain_share" => LimitKind::RemainShare(share()),
        "withdraw_share" => LimitKind::WithdrawShare(share()),
        "withdrawn_share" => LimitKind::WithdrawnShare(share()),
        _ => unreachable!("{field} is no limit"),
    }
}

fn people(text: &str) -> Band {
    text.parse::<Quantity>().unwrap().band().unwrap()
}

/// A share from one number of hundredths to another.
fn hundredths(low: u64, high: u64) -> ShareBand {
    ShareBand { low: Ratio::reduced(low, 100), high: Ratio::reduced(high, 100) }
}

/// After some phases from a base: the ceiling before the next, and what is gone.
fn start(base: &str, previous: &str, taken: WithdrawnSoFar) -> CountedFrom {
    CountedFrom { base: people(base), previous: people(previous), taken }
}

#[test]
fn what_is_taken_away_adds_up_where_it_is_known() {
    let gone = WithdrawnSoFar { people: Some(People { low: 50, high: Some(60) }), share: Some(hundredths(10, 20)) };
    let open = WithdrawnSoFar::people(People { low: 50, high: None });
    let number = |low, high| WithdrawnSoFar::people(People { low, high });
    let share = |low, high| WithdrawnSoFar::share(hundredths(low, high));
    for (field, text, before, taken) in [
        ("remain", "500", gone, WithdrawnSoFar::UNRELATED),
        ("withdraw", "10..20", gone, number(60, Some(80))),
        ("withdraw", "10..20", open, number(60, None)),
        ("withdraw", "unspecified", gone, number(50, None)),
        ("withdraw", "10", WithdrawnSoFar::NOTHING, number(10, Some(10))),
        ("withdraw", "10", WithdrawnSoFar::UNRELATED, WithdrawnSoFar::UNRELATED),
        ("withdraw", "10", share(10, 20), WithdrawnSoFar::UNRELATED),
        ("withdrawn", "10..20", gone, number(10, Some(20))),
        ("withdraw_share", "30%..40%", gone, share(40, 60)),
        ("withdraw_share", "30%", WithdrawnSoFar::NOTHING, share(30, 30)),
        ("withdraw_share", "30%", WithdrawnSoFar::UNRELATED, WithdrawnSoFar::UNRELATED),
        ("withdraw_share", "30%", open, WithdrawnSoFar::UNRELATED),
        ("remain_share", "60%..70%", gone, share(30, 40)),
        ("remain_share", "80%..95%", gone, share(10, 20)),
        ("withdrawn_share", "5%..15%", gone, share(10, 15)),
        ("withdrawn_share", "5%..8%", gone, share(8, 8)),
        ("withdrawn_share", "5%..8%", WithdrawnSoFar::UNRELATED, share(5, 8)),
    ] {
        let outcome = ceiling(limit(field, text), start("1000", "800", before));
        assert_eq!(outcome.taken, taken, "{field} {text}");
    }
}

#[test]
fn a_band_of_wide_numbers_ends_at_the_greatest() {
    let most = u64::from(MAX_PEOPLE);
    assert_eq!(band(3, Some(most)), Band::new(3, Some(MAX_PEOPLE)).unwrap());
    assert_eq!(band(3, Some(most + 1)), Band::new(3, Some(MAX_PEOPLE)).unwrap());
    assert_eq!(band(u64::MAX, Some(u64::MAX)), Band::exactly(MAX_PEOPLE));
    assert_eq!(band(u64::MAX, None), Band::new(MAX_PEOPLE, None).unwrap());
    assert_eq!(band(4, Some(3)), Band::OPEN);
}

#[test]
fn a_sum_of_shares_is_exact_or_rounded_outwards() {
    let sum = |(a, b): (u64, u64), (c, d): (u64, u64)| {
        let [one, other] =
            [Ratio::reduced(a, b), Ratio::reduced(c, d)].map(|share| ShareBand { low: share, high: share });
        let sum = one.plus(other);
        [sum.low, sum.high].map(|end| (end.numerator(), end.denominator()))
    };
    assert_eq!(sum((1, 6), (1, 10)), [(4, 15); 2]);
    assert_eq!(sum((0, 1), (2, 3)), [(2, 3); 2]);
    assert_eq!(sum((1, u64::MAX), (2, u64::MAX)), [(1, u64::MAX / 3); 2]);
    // Worked out with integers of any size.
    let (a, b) =
        ((3_074_457_345_618_258_594, 9_223_372_036_854_775_783), (329_406_144_173_384_850, 2_305_843_009_213_693_951));
    let whole = 1 << 56;
    assert_eq!(sum(a, b), [(34_313_140_018_060_921, whole), (34_313_140_018_060_923, whole)]);
    assert_eq!(sum((u64::MAX, 1), (u64::MAX, 1)), [(u64::MAX, whole); 2]);
}

#[test]
fn people_times_a_share_are_rounded_down_or_up() {
    let thirds = |n| Ratio::reduced(n, 3);
    for (count, share, floor, ceil) in [
        (0, thirds(1), 0, 0),
        (3, thirds(2), 2, 2),
        (4, thirds(2), 2, 3),
        (MAX_PEOPLE, thirds(1), 1_431_655_764, 1_431_655_765),
        (MAX_PEOPLE, Ratio::reduced(u64::MAX, 1), u64::MAX, u64::MAX),
    ] {
        assert_eq!((fraction::floor_of(count, share), fraction::ceil_of(count, share)), (floor, ceil), "{count}");
    }
    let (base, share) = (people("10..20"), ShareBand { low: thirds(1), high: thirds(2) });
    assert_eq!(fraction::floor_band(base, share), (3, Some(13)));
    assert_eq!(fraction::ceil_band(base, share), (4, Some(14)));
    assert_eq!(fraction::floor_band(people("at least 10"), share), (3, None));
    assert_eq!(fraction::ceil_band(people("at least 10"), ShareBand::ZERO), (0, Some(0)));
}
