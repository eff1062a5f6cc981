#![allow(clippy::unwrap_used, reason = "a test may panic")]

use super::{Band, CountedFrom, LimitKind, People, ShareBand, WithdrawnSoFar, band, ceiling};
use crate::terms::fraction::{ShareEnd, Side};
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
    let [low, high] = [low, high].map(|n| ShareEnd { at: Ratio::reduced(n, 100), side: Side::At });
    ShareBand { low, high }
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
