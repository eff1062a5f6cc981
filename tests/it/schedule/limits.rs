//! The ceiling that a limit sets: interval arithmetic, row by row.

use super::{agreement, day};
use crate::support::document;

/// A force with this baseline, and a phase for each limit.
fn phases(base: &str, limits: &[(&str, &str)]) -> (String, String) {
    let force = format!(r#"{{ "id": "f", "baseline": {{ "strength": "{base}", "as_of": "2025-01-01" }} }}"#);
    let phase = |(index, (field, text)): (usize, &(&str, &str))| {
        let (year, month) = (2026 + index / 12, index % 12 + 1);
        format!(r#"{{ "id": "{index}", "by": "{year}-{month:02}", "limits": [{{ "{field}": "{text}" }}] }}"#)
    };
    (force, limits.iter().enumerate().map(phase).collect::<Vec<_>>().join(", "))
}

/// The last ceiling of a force with this baseline and these limits.
fn ceiling(base: &str, limits: &[(&str, &str)]) -> String {
    let (force, phases) = phases(base, limits);
    let agreement = agreement(&force, &phases, "");
    let milestones = agreement.schedule("f").unwrap().required_milestones_on(day("2025-01-01"));
    milestones.last().unwrap().band.to_string()
}

#[test]
fn a_limit_takes_from_the_base_or_from_what_is_left() {
    for (field, text, base, previous, ceils) in [
        ("remain", "500", "1000", "800", "500"),
        ("remain", "between 400 and 500", "1000", "800", "500"),
        ("withdraw", "100", "1000", "800", "700"),
        ("withdraw", "about 100", "1000", "600..800", "490-710"),
        ("withdraw", "at least 100", "1000", "600..800", "500-700"),
        ("withdraw", "hundreds", "1000", "900", "up to 700"),
        ("withdraw", "unspecified", "1000", "900", "up to 900"),
        ("withdraw", "100", "unspecified", "at least 500", "at least 400"),
        ("withdrawn", "300", "1000", "800", "700"),
        ("withdrawn", "about 300", "900..1100", "900", "570-830"),
        ("remain_share", "50%", "901..1101", "800", "450-550"),
        ("remain_share", "40%..50%", "at least 1000", "at least 800", "at least 400"),
        ("remain_share", "0%", "at least 1000", "800", "0"),
        ("remain_share", "100%", "4294967294", "4294967294", "4,294,967,294"),
        ("withdrawn_share", "1/3", "1000", "800", "666"),
        ("withdrawn_share", "about 30%", "1000", "800", "670-730"),
        ("withdraw_share", "1/3", "1000", "800", "466"),
        ("withdraw_share", "about 30%", "901..1101", "800", "436-556"),
        ("withdraw_share", "10%", "at least 1000", "800", "up to 700"),
        ("withdraw_share", "0%", "at least 1000", "800", "800"),
        ("remain_share", "1/3", "4294967294", "4294967294", "1,431,655,764"),
        // Next to an end that is open, and none of nobody.
        ("withdraw_share", "more than 50%", "1000", "800", "299"),
        ("withdraw_share", "more than 50%", "1001", "800", "299"),
        ("withdraw_share", "more than 50%", "0", "0", "0"),
        ("withdraw_share", "fewer than 50%", "1000", "800", "300-800"),
        ("withdraw_share", "fewer than 50%", "1001", "800", "299-800"),
    ] {
        assert_eq!(ceiling(base, &[("remain", previous), (field, text)]), ceils, "{field} {text}");
    }
}

#[test]
fn shares_that_add_up_are_taken_from_the_one_base() {
    for (first, second, base, ceils) in [
        ("10%..20%", "30%", "1000", "500-600"),
        ("10%..20%", "30%", "at least 1000", "at least 500"),
        ("10%..20%", "80%..90%", "1000", "up to 100"),
        ("10%..20%", "about 30%", "999", "469-629"),
        ("1/6", "1/10", "15", "11"),
        // Open where a part is, and not where one is open upwards and the other downwards.
        ("25%", "more than 25%", "1000", "499"),
        ("more than 25%", "25%", "1000", "499"),
        ("more than 25%", "more than 25%", "1000", "499"),
        ("25%", "fewer than 25%", "1000", "500-750"),
        ("more than 25%", "fewer than 25%", "1000", "500-749"),
    ] {
        let found = ceiling(base, &[("withdraw_share", first), ("withdraw_share", second)]);
        assert_eq!(found, ceils, "{first} and {second}");
    }
}

#[test]
fn a_sum_of_shares_whose_fraction_does_not_fit_is_rounded_outwards() {
    // The second three fill each of the first three up to a quarter; the sum of the first three has their product below.
    let three_quarters = |denominators: [u32; 3], base: &str| {
        let first = denominators.map(|n| format!("1/{n}"));
        let shares = [first, denominators.map(|n| format!("{}/{}", n - 4, 4 * n))].concat();
        let limits: Vec<_> = shares.iter().map(|share| ("withdraw_share", share.as_str())).collect();
        ceiling(base, &limits)
    };
    assert_eq!(three_quarters([101, 103, 107], "1000"), "250");
    let primes = [536_870_909, 536_870_879, 536_870_869];
    assert_eq!(three_quarters(primes, "1000"), "249-250");
    assert_eq!(three_quarters(primes, "4294967294"), "1,073,741,823");
    // Nearly all of the base, 257 times, is more than a sum holds, and all.
    let many: Vec<_> = (0..257).map(|n| format!("0%..{}/{}", u32::MAX - 2 * n - 1, u32::MAX - 2 * n)).collect();
    let limits: Vec<_> = many.iter().map(|share| ("withdraw_share", share.as_str())).collect();
    assert_eq!(ceiling("1000", &limits), "up to 1,000");
}

#[test]
fn more_than_can_be_there_is_refused() {
    for (limits, base, excess) in [
        (&[("remain", "800"), ("withdraw", "800")][..], "1000", None),
        (&[("remain", "800"), ("withdraw", "801")], "1000", Some(("801", "800"))),
        (&[("remain", "800"), ("withdraw", "about 1000")], "1000", Some(("about 1000", "800"))),
        (&[("remain", "800"), ("withdraw", "800..2000")], "1000", None),
        (&[("withdrawn", "1000")], "1000", None),
        (&[("withdrawn", "1001")], "1000", Some(("1001", "1,000"))),
        (&[("withdrawn", "1001")], "at least 1000", None),
        (&[("remain", "800"), ("withdraw_share", "80%")], "1000", None),
        (&[("remain", "800"), ("withdraw_share", "81%")], "1000", Some(("81%", "800"))),
        (&[("withdrawn_share", "2/3"), ("withdraw_share", "1/3")], "1000", None),
        (
            &[("withdrawn_share", "2/3"), ("withdraw_share", "40%")],
            "1000",
            Some(("40%, in all more than 100%", "1,000")),
        ),
        (&[("withdrawn_share", "2/3"), ("withdraw_share", "40%")], "1..5", Some(("40%, in all more than 100%", "1-5"))),
        (&[("withdrawn_share", "2/3"), ("withdraw_share", "30%..50%")], "1000", None),
        (&[("withdrawn_share", "2/3"), ("withdraw_share", "40%")], "at most 5", None),
    ] {
        let (force, phases) = phases(base, limits);
        let text = document(&force, &phases, "");
        let read = serde_json::from_str::<force_drawdown::Agreement>(&text).map_err(|error| error.to_string());
        match (read, excess) {
            (Ok(_), None) => {}
            (Err(error), Some((taken, left))) => {
                let words = format!("takes {taken} away from \"f\", of which at most {left} can be there");
                assert!(error.contains("withdraws-more-than-left") && error.contains(&words), "{error}");
            }
            (read, _) => panic!("{limits:?} of {base}: {read:?}"),
        }
    }
}
