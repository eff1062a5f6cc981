//! The grammars of the leaves: what is read, what is nearly right and refused, and the exact words of refusal.

mod days;
mod press;
mod written;

use std::fmt::{Debug, Display};
use std::str::FromStr;

use force_drawdown::{
    Band, Deadline, Event, MAX_PEOPLE, Period, Quantity, Share,
    terms::{GrammarError, Ratio, ShareBand},
};
use proptest::prelude::*;

/// Refuses each of several texts, with a bar between them.
fn refuses<T: FromStr<Err = GrammarError> + Debug>(texts: &str) {
    for text in texts.split('|') {
        let error = text.parse::<T>().expect_err(text);
        assert_eq!(error.input(), text);
    }
}

fn prints_and_reads_back<T: FromStr<Err = GrammarError> + Display + PartialEq + Debug>(text: &str, printed: &str) {
    let value: T = text.parse().unwrap();
    assert_eq!(value.to_string(), printed, "{text}");
    assert_eq!(printed.parse::<T>().unwrap(), value, "{text}");
}

#[test]
fn a_quantity_has_the_interval_of_the_table() {
    for (text, printed, low, high) in [
        ("0", "0", 0, Some(0)),
        ("2500", "2500", 2500, Some(2500)),
        ("2,500", "2500", 2500, Some(2500)),
        ("1,234,567", "1234567", 1_234_567, Some(1_234_567)),
        ("4294967294", "4294967294", MAX_PEOPLE, Some(MAX_PEOPLE)),
        ("about 2,500", "about 2500", 2250, Some(2750)),
        ("around 15", "about 15", 13, Some(17)),
        ("some 1", "about 1", 0, Some(2)),
        ("roughly 0", "about 0", 0, Some(0)),
        ("approximately 101", "about 101", 90, Some(112)),
        ("circa 300", "about 300", 270, Some(330)),
        ("ca. 300", "about 300", 270, Some(330)),
        ("c. 300", "about 300", 270, Some(330)),
        ("~300", "about 300", 270, Some(330)),
        ("close to 300", "about 300", 270, Some(330)),
        ("an estimated 300", "about 300", 270, Some(330)),
        ("100 +- 5", "100 +- 5", 95, Some(105)),
        ("1,000 ± 50", "1000 +- 50", 950, Some(1050)),
        ("3 +- 5", "3 +- 5", 0, Some(8)),
        ("nearly 1,000", "nearly 1000", 900, Some(999)),
        ("almost 1", "nearly 1", 0, Some(0)),
        ("just under 15", "nearly 15", 13, Some(14)),
        ("just over 15", "just over 15", 16, Some(17)),
        ("just over 1", "just over 1", 2, Some(2)),
        ("250..350", "250..350", 250, Some(350)),
        ("5..5", "5..5", 5, Some(5)),
        ("between 1,000 and 2,000", "between 1000 and 2000", 1000, Some(2000)),
        ("at most 5", "at most 5", 0, Some(5)),
        ("up to 5", "at most 5", 0, Some(5)),
        ("no more than 5", "at most 5", 0, Some(5)),
        ("not more than 5", "at most 5", 0, Some(5)),
        ("no greater than 5", "at most 5", 0, Some(5)),
        ("not exceeding 5", "at most 5", 0, Some(5)),
        ("a maximum of 5", "at most 5", 0, Some(5)),
        ("fewer than 5", "fewer than 5", 0, Some(4)),
        ("less than 1,000", "fewer than 1000", 0, Some(999)),
        ("under 5", "fewer than 5", 0, Some(4)),
        ("below 1", "fewer than 1", 0, Some(0)),
        ("at least 5", "at least 5", 5, None),
        ("no fewer than 5", "at least 5", 5, None),
        ("no less than 5", "at least 5", 5, None),
        ("not less than 5", "at least 5", 5, None),
        ("a minimum of 5", "at least 5", 5, None),
        ("more than 5", "more than 5", 6, None),
        ("over 4,294,967,293", "more than 4294967293", MAX_PEOPLE, None),
        ("dozens", "dozens", 24, Some(99)),
        ("hundreds", "hundreds", 200, Some(999)),
        ("thousands", "thousands", 2000, Some(9999)),
        ("unspecified", "unspecified", 0, None),
        ("About 2,500", "about 2500", 2250, Some(2750)),
        ("Hundreds", "hundreds", 200, Some(999)),
        ("a few hundred", "hundreds", 200, Some(999)),
        ("Several hundred", "hundreds", 200, Some(999)),
        ("a few thousand", "thousands", 2000, Some(9999)),
        ("several dozen", "dozens", 24, Some(99)),
        ("2 500", "2500", 2500, Some(2500)),
        ("1\u{a0}000", "1000", 1000, Some(1000)),
        ("1\u{202f}234\u{202f}567", "1234567", 1_234_567, Some(1_234_567)),
        ("about 1\u{2009}000", "about 1000", 900, Some(1100)),
        ("2,000 to 3,000", "2000..3000", 2000, Some(3000)),
        ("from 250 to 350", "250..350", 250, Some(350)),
        ("2,000–3,000", "2000..3000", 2000, Some(3000)),
        ("2 000 – 3 000", "2000..3000", 2000, Some(3000)),
        ("250-350", "250..350", 250, Some(350)),
        ("250 - 350", "250..350", 250, Some(350)),
        ("0–3,000", "0..3000", 0, Some(3000)),
        ("900 to 1,200", "900..1200", 900, Some(1200)),
        ("10-9,999", "10..9999", 10, Some(9999)),
        ("999 to 99,999", "999..99999", 999, Some(99_999)),
        ("1,000–2,000,000", "1000..2000000", 1000, Some(2_000_000)),
        ("2..3000", "2..3000", 2, Some(3000)),
        ("2,500 troops", "2500", 2500, Some(2500)),
        ("Some 2 500 military personnel", "about 2500", 2250, Some(2750)),
        ("hundreds of soldiers", "hundreds", 200, Some(999)),
        ("between 250 and 350 people", "between 250 and 350", 250, Some(350)),
    ] {
        prints_and_reads_back::<Quantity>(text, printed);
        assert_eq!(text.parse::<Quantity>().unwrap().band(), Band::new(low, high), "{text}");
        assert!(Band::new(low, high).is_some(), "{text}");
    }
}

#[test]
fn a_quantity_without_a_legal_interval_is_read_and_has_none() {
    for text in [
        "nearly 0",
        "just over 0",
        "fewer than 0",
        "10..5",
        "between 10 and 5",
        "4294967295",
        "4,294,967,295",
        "about 4294967294",
        "4294967294 +- 1",
        "just over 4294967294",
        "0..4294967295",
        "at most 4294967295",
        "at least 4294967295",
        "more than 4294967294",
        "more than 4294967295",
    ] {
        let quantity: Quantity = text.parse().unwrap();
        assert_eq!(quantity.band(), None, "{text}");
        assert_eq!(quantity.as_ceiling(), None, "{text}");
        assert_eq!(quantity.as_withdrawal(), None, "{text}");
    }
}

#[test]
fn a_bound_that_the_text_sets_is_exact_where_it_binds() {
    for (text, ceiling, withdrawal) in [
        ("500", "500", "500"),
        ("about 500", "450-550", "450-550"),
        ("nearly 500", "450-499", "450-499"),
        ("400..500", "400-500", "400-500"),
        ("between 400 and 500", "500", "400"),
        ("at most 500", "500", "up to 500"),
        ("fewer than 500", "499", "up to 499"),
        ("at least 500", "at least 500", "500"),
        ("more than 500", "at least 501", "501"),
        ("hundreds", "200-999", "200-999"),
        ("unspecified", "any number", "any number"),
    ] {
        let quantity: Quantity = text.parse().unwrap();
        assert_eq!(quantity.as_ceiling().unwrap().to_string(), ceiling, "{text}");
        assert_eq!(quantity.as_withdrawal().unwrap().to_string(), withdrawal, "{text}");
    }
}

#[test]
fn a_quantity_that_is_nearly_right_is_refused() {
    refuses::<Quantity>(
        "| |-5|+5|5 | 5|5.0|1e3|007|00|0,500|2,50|2,5000|25,00|2500,000|,500|500,|2,,500|2, 500|2.500|2 50|\
         2'500|2_500|٥|½|about|about |about  5|about -5|ABOUT 5|aBout 5|about about 5|about hundreds|about 1..2|\
         circa5|nearly|just 5|5 +-3|5+-3|5 +- |5 +- 3 +- 2|5 -+ 3|5 ±3|1 .. 2|1..|..2|1...2|1..2..3|1-2-3|1 -2|\
         between 1 and|between 1 and 2 and 3|between 1, 2|between 1 and  2|at most|at  most 5|lesser than 5|\
         not over 5|dozen|HUNDREDS|hundreds |tens|unknown|null|4294967296|4,294,967,296|\
         1234567890123456789012345678901234567890|1\u{a0}00|5\n|5\u{0}|2\u{a0} 500|\
         2-3,000|2 to 3,000|2–3 000|12–13,000|5-4,000|100 to 150,000|9 - 1000|99–1,000,000|around 2-3,000|a number of|from 5|5 to|to 5|5 To 6|\
         2,500  troops|2,500 tanks|2,500troops|2,500 Troops|2,500 troops |troops|of troops|2,500 combat troops",
    );
}

#[test]
fn a_band_holds_its_ends_and_the_bands_within() {
    let band = |low, high| Band::new(low, high).unwrap();
    assert_eq!([2, 3, 4, 5, 6].map(|n| band(3, Some(5)).contains(n)), [false, true, true, true, false]);
    assert_eq!([2, 3, u32::MAX].map(|n| band(3, None).contains(n)), [false, true, true]);
    for (low, high, in_closed, in_open) in [
        (3, Some(5), true, true),
        (4, Some(4), true, true),
        (2, Some(5), false, false),
        (3, Some(6), false, true),
        (3, None, false, true),
        (0, None, false, false),
    ] {
        let inner = band(low, high);
        assert_eq!((band(3, Some(5)).contains_band(inner), band(3, None).contains_band(inner)), (in_closed, in_open));
        assert_eq!(inner.is_exact(), low == 4, "{inner}");
    }
    assert_eq!(Band::exactly(u32::MAX), band(MAX_PEOPLE, Some(MAX_PEOPLE)));
}

#[test]
fn people_are_shown_with_commas_between_their_thousands() {
    for (n, shown) in [
        (0, "0"),
        (999, "999"),
        (1_000, "1,000"),
        (12_345, "12,345"),
        (999_999, "999,999"),
        (1_234_567, "1,234,567"),
        (MAX_PEOPLE, "4,294,967,294"),
    ] {
        assert_eq!(Band::exactly(n).to_string(), shown);
    }
}

#[test]
fn a_share_is_an_exact_rational() {
    for (text, printed, low, high) in [
        ("0%", "0%", (0, 1), (0, 1)),
        ("50%", "50%", (1, 2), (1, 2)),
        ("100%", "100%", (1, 1), (1, 1)),
        ("12.5%", "12.5%", (1, 8), (1, 8)),
        ("12.50%", "12.50%", (1, 8), (1, 8)),
        ("0.000001%", "0.000001%", (1, 100_000_000), (1, 100_000_000)),
        ("2/3", "2/3", (2, 3), (2, 3)),
        ("4/6", "4/6", (2, 3), (2, 3)),
        ("1/4294967295", "1/4294967295", (1, 4_294_967_295), (1, 4_294_967_295)),
        ("about 30%", "about 30%", (27, 100), (33, 100)),
        ("around 2/3", "about 2/3", (3, 5), (11, 15)),
        ("some 95%", "about 95%", (171, 200), (1, 1)),
        ("about 100%", "about 100%", (9, 10), (1, 1)),
        ("13%..20%", "13%..20%", (13, 100), (1, 5)),
        ("1/3..50%", "1/3..50%", (1, 3), (1, 2)),
        ("at most 50%", "at most 50%", (0, 1), (1, 2)),
        ("up to 1/2", "at most 1/2", (0, 1), (1, 2)),
        ("no more than 50%", "at most 50%", (0, 1), (1, 2)),
        ("fewer than 50%", "fewer than 50%", (0, 1), (1, 2)),
        ("under 50%", "fewer than 50%", (0, 1), (1, 2)),
        ("below 50%", "fewer than 50%", (0, 1), (1, 2)),
        ("at least 50%", "at least 50%", (1, 2), (1, 1)),
        ("no fewer than 50%", "at least 50%", (1, 2), (1, 1)),
        ("more than 50%", "more than 50%", (1, 2), (1, 1)),
        ("over 2/3", "more than 2/3", (2, 3), (1, 1)),
        ("50 %", "50%", (1, 2), (1, 2)),
        ("12.5\u{a0}%", "12.5%", (1, 8), (1, 8)),
        ("50\u{202f}%", "50%", (1, 2), (1, 2)),
        ("About 50 percent", "about 50%", (9, 20), (11, 20)),
        ("at least 50 per cent", "at least 50%", (1, 2), (1, 1)),
        ("half", "1/2", (1, 2), (1, 2)),
        ("Half", "1/2", (1, 2), (1, 2)),
        ("one third", "1/3", (1, 3), (1, 3)),
        ("more than two-thirds", "more than 2/3", (2, 3), (1, 1)),
        ("about three quarters", "about 3/4", (27, 40), (33, 40)),
        ("one third to two-thirds", "1/3..2/3", (1, 3), (2, 3)),
        ("13% to 20%", "13%..20%", (13, 100), (1, 5)),
        ("13%–20 %", "13%..20%", (13, 100), (1, 5)),
        ("from 1/4 to half", "1/4..1/2", (1, 4), (1, 2)),
    ] {
        prints_and_reads_back::<Share>(text, printed);
        let bounds = text.parse::<Share>().unwrap().bounds().unwrap();
        let pair = |ratio: Ratio| (ratio.numerator(), ratio.denominator());
        assert_eq!((pair(bounds.low()), pair(bounds.high())), (low, high), "{text}");
    }
}

#[test]
fn a_share_outside_none_to_all_is_read_and_has_no_bounds() {
    let texts = "150%|100.000001%|3/2|about 101%|50%..101%|20%..13%|at most 101%|more than 101%|fewer than 0%|\
                 fewer than 0/5|more than 100%|more than 100.0%|more than 3/3";
    for text in texts.split('|') {
        let share: Share = text.parse().unwrap();
        assert_eq!(share.bounds(), None, "{text}");
        assert_eq!(share.as_ceiling(), None, "{text}");
        assert_eq!(share.as_withdrawal(), None, "{text}");
    }
}

#[test]
fn a_share_that_the_text_sets_is_exact_where_it_binds() {
    for (text, ceiling, withdrawal) in [
        ("50%", (50, 50), (50, 50)),
        ("about 50%", (45, 55), (45, 55)),
        ("40%..50%", (40, 50), (40, 50)),
        ("at most 50%", (50, 50), (0, 50)),
        ("fewer than 50%", (50, 50), (0, 50)),
        ("at least 50%", (50, 100), (50, 50)),
        ("more than 50%", (50, 100), (50, 50)),
    ] {
        let share: Share = text.parse().unwrap();
        let is = |band: ShareBand, (low, high)| {
            let equal = |end: Ratio, percent| end.compare(Ratio::percent(percent)).is_eq();
            equal(band.low(), low) && equal(band.high(), high)
        };
        assert!(is(share.as_ceiling().unwrap(), ceiling), "{text}");
        assert!(is(share.as_withdrawal().unwrap(), withdrawal), "{text}");
    }
}

#[test]
fn a_share_that_is_nearly_right_is_refused() {
    refuses::<Share>(
        "|%|50|0.5|50  %|12.5 pct|50%%|50 %%|-5%|+5%|050%|00%|1,000%|12,5%|.5%|12.%|1.2.3%|0.0000001%|4294967296%|1/0|\
         0/0|/2|1/|1/2/3|1 / 2|-1/2|01/2|1/02|1/2%|4294967296/1|about|about 50|about  5%|ABOUT 50%|\
         nearly 50%|just over 50%|13%...20%|13% .. 20%|13..20%|between 13% and 20%|HALF|halves|all|most|thirds|13-20%|50% | 50%|５0%|\
         50％|unspecified",
    );
}

#[test]
fn ratios_are_equal_as_written_and_compare_by_value() {
    let (half, two_quarters) = (Ratio::new(1, 2).unwrap(), Ratio::new(2, 4).unwrap());
    assert_ne!(half, two_quarters);
    assert_eq!((two_quarters.numerator(), two_quarters.denominator()), (2, 4));
    assert!(half.compare(two_quarters).is_eq());
    let (third, more) =
        (Ratio::new(1_431_655_765, u32::MAX).unwrap(), Ratio::new(1_431_655_765, u32::MAX - 1).unwrap());
    assert!(third.compare(Ratio::new(1, 3).unwrap()).is_eq());
    assert!(third.compare(more).is_lt() && more.compare(third).is_gt());
}

#[test]
fn a_refusal_says_what_was_expected_and_found() {
    let long = "é".repeat(61);
    let cut = format!("{}…", "é".repeat(60));
    assert_eq!(long.parse::<Share>().unwrap_err().input(), cut);
    assert_eq!("é".repeat(60).parse::<Share>().unwrap_err().input(), "é".repeat(60));
    let share = "12.5 pct".parse::<Share>().unwrap_err();
    assert_eq!((share.expected(), share.example()), ("a share of the baseline", r#""50%", "2/3" or "about 30%""#));
    for (error, words) in [
        (
            "2,50".parse::<Quantity>().unwrap_err(),
            r#"expected a number of people up to 4294967294, such as 2500, "about 2500", "between 250 and 350", "hundreds" or "unspecified", found "2,50""#,
        ),
        (
            "12.5 pct".parse::<Share>().unwrap_err(),
            r#"expected a share of the baseline, such as "50%", "2/3" or "about 30%", found "12.5 pct""#,
        ),
        (
            "2025-13".parse::<Period>().unwrap_err(),
            r#"expected a day or a stretch of days, such as "2025-09-30", "2025-09", "2025-Q3", "2021-05/2021-08", "end of 2026", "mid-2011" or "before 1989-04-01", found "2025-13""#,
        ),
        (
            "soon\n".parse::<Deadline>().unwrap_err(),
            r#"expected a deadline, such as "2025-09-30", "2025-09", "2025-Q3", "2021-05/2021-08", "end of 2026", "mid-2011", "before 1989-04-01" or "open", found "soon\n""#,
        ),
        (
            "phase: 1".parse::<Event>().unwrap_err(),
            r#"expected an event, such as "signature", "approval", "announcement", "provisional-application", "entry-into-force", "refusal", "termination", "phase:1", "event:handover" or "2025-09-30", found "phase: 1""#,
        ),
    ] {
        assert_eq!(error.to_string(), words);
    }
}

/// Pieces of the grammars, with a bar between them.
const PIECES: &str = "about |nearly |just over |between | and |at most |fewer than |at least |more than |over |some |\
         hundreds|..| +- | ± |,|.|%|/|-|Q| |0|1|5|00|250|999|2025|-09|-30|4294967294|4294967295|start of |\
         end of |mid-|before |phase:|event:|é|\u{0}";

/// Texts made of the pieces of the grammars, most of them nearly right.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES.split('|').collect::<Vec<_>>());
    prop::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat())
}

fn reads_back_if_at_all<T: FromStr + Display + PartialEq + Debug>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        assert_eq!(value.to_string().parse::<T>().ok(), Some(value), "{text:?}");
    }
}

proptest! {
    #[test]
    fn what_is_read_is_printed_and_read_back(text in prop_oneof![4 => pieces(), 1 => any::<String>()]) {
        reads_back_if_at_all::<Quantity>(&text);
        reads_back_if_at_all::<Share>(&text);
        reads_back_if_at_all::<Period>(&text);
        reads_back_if_at_all::<Deadline>(&text);
        reads_back_if_at_all::<Event>(&text);
    }

    #[test]
    fn about_is_ten_percent_rounded_outwards(n in 0..=3_000_000_000_u32) {
        let band = Quantity::About(n).band().unwrap();
        let (low, high, n) = (u64::from(band.low()), u64::from(band.high().unwrap()), u64::from(n));
        prop_assert!(low * 10 <= n * 9 && (low + 1) * 10 > n * 9);
        prop_assert!(high * 10 >= n * 11 && (high == 0 || (high - 1) * 10 < n * 11));
    }

    #[test]
    fn a_ratio_of_any_size_is_read_back(numerator: u32, denominator in prop_oneof![1..=u32::MAX, (2..=8_u32).prop_map(|n| 10_u32.pow(n))]) {
        let share = Share::Exact(Ratio::new(numerator, denominator).unwrap());
        prop_assert_eq!(share.to_string().parse::<Share>().unwrap(), share);
    }
}
