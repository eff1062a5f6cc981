use super::{Ratio, ShareBand, ShareEnd, Side};

const fn exactly(numerator: u64, denominator: u64) -> ShareBand {
    let end = ShareEnd { at: Ratio { numerator, denominator }, side: Side::At };
    ShareBand { low: end, high: end }
}

/// By less than 2^-55, which people do not show.
#[test]
fn a_sum_of_shares_is_exact_or_rounded_outwards() {
    let sum = |(a, b): (u64, u64), (c, d): (u64, u64)| {
        let sum = exactly(a, b).plus(exactly(c, d));
        [sum.low, sum.high].map(|end| (end.at.numerator, end.at.denominator))
    };
    assert_eq!(sum((1, 6), (1, 10)), [(4, 15); 2]);
    assert_eq!(sum((1, u64::MAX), (2, u64::MAX)), [(1, u64::MAX / 3); 2]);
    // Worked out with integers of any size.
    let (a, b) =
        ((3_074_457_345_618_258_594, 9_223_372_036_854_775_783), (329_406_144_173_384_850, 2_305_843_009_213_693_951));
    let whole = 1 << 56;
    assert_eq!(sum(a, b), [(34_313_140_018_060_921, whole), (34_313_140_018_060_923, whole)]);
    assert_eq!(sum((u64::MAX, 1), (u64::MAX, 1)), [(u64::MAX, whole); 2]);
}
