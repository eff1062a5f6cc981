use super::{Ratio, ShareBand, ShareEnd, Side};
use crate::band::{Band, MAX_PEOPLE};

const fn end(numerator: u64, denominator: u64, side: Side) -> ShareEnd {
    ShareEnd { at: Ratio { numerator, denominator }, side }
}

const fn exactly(numerator: u64, denominator: u64) -> ShareBand {
    let end = end(numerator, denominator, Side::At);
    ShareBand { low: end, high: end }
}

#[test]
fn a_sum_of_shares_is_exact_or_rounded_outwards() {
    let sum = |(a, b): (u64, u64), (c, d): (u64, u64)| {
        let sum = exactly(a, b).plus(exactly(c, d));
        [sum.low, sum.high].map(|end| (end.at.numerator, end.at.denominator))
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
fn a_sum_is_open_where_a_part_of_it_is() {
    use Side::{Above, At, Below};
    for (one, other, sum) in
        [(At, At, At), (Above, At, Above), (At, Below, Below), (Above, Above, Above), (Below, Above, At)]
    {
        assert_eq!(end(1, 4, one).plus(end(1, 4, other), true), end(1, 2, sum), "{one:?} {other:?}");
    }
}

#[test]
fn people_times_a_share_are_rounded_or_next_to_an_open_end() {
    use Side::{Above, At, Below};
    for (people, (numerator, denominator), side, down, up) in [
        (0, (1, 3), At, 0, 0),
        (3, (2, 3), At, 2, 2),
        (4, (2, 3), At, 2, 3),
        (MAX_PEOPLE, (1, 3), At, 1_431_655_764, 1_431_655_765),
        (MAX_PEOPLE, (u64::MAX, 1), At, u64::MAX, u64::MAX),
        (1_000, (1, 2), Below, 499, 500),
        (1_001, (1, 2), Below, 500, 501),
        (1_000, (1, 2), Above, 500, 501),
        (1_001, (1, 2), Above, 500, 501),
        (0, (1, 2), Above, 0, 0),
        (0, (1, 2), Below, 0, 0),
    ] {
        let share = end(numerator, denominator, side);
        assert_eq!((share.of(people, false), share.of(people, true)), (down, up), "{share:?} of {people}");
    }
    let some = Band::new(10, None).map(|base| exactly(1, 3).floor_of(base));
    assert_eq!(some, Some((3, None)));
    assert_eq!(ShareBand::ZERO.ceil_of(Band::OPEN), (0, Some(0)));
    // Counted people are whole, and an end that is open is none of them.
    let half = |low, high| ShareBand { low: end(1, 2, low), high: end(1, 2, high) };
    let thousand = Band::exactly(1_000);
    assert_eq!(half(At, At).counted_of(thousand), (500, Some(500)));
    assert_eq!(half(Above, Below).counted_of(thousand), (501, Some(499)));
    assert_eq!(half(At, At).counted_of(Band::exactly(1_001)), (500, Some(501)));
}
