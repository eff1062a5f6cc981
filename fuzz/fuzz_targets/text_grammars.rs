//! What a grammar reads, it writes, and reads back as the same; asking a value anything never panics.
#![no_main]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use force_drawdown::terms::Ratio;
use force_drawdown::{Deadline, Event, Part, Period, Quantity, Share, parse_day};
use libfuzzer_sys::fuzz_target;

fn round_trip<T: FromStr<Err: Debug> + Display + PartialEq + Debug>(text: &str) -> Option<T> {
    let value: T = text.parse().ok()?;
    let written = value.to_string();
    let again: T = written.parse().expect("what is written can be read");
    assert_eq!(again, value, "{text:?} is written as {written:?}");
    assert_eq!(again.to_string(), written);
    Some(value)
}

fuzz_target!(|text: &str| {
    if let Some(quantity) = round_trip::<Quantity>(text) {
        for band in [quantity.band(), quantity.as_ceiling(), quantity.as_withdrawal()].into_iter().flatten() {
            assert!(band.high().is_none_or(|high| band.low() <= high));
        }
    }
    if let Some(bounds) = round_trip::<Share>(text).and_then(Share::bounds) {
        let (low, high) = (bounds.low(), bounds.high());
        let cross = |one: Ratio, other: Ratio| u128::from(one.numerator()) * u128::from(other.denominator());
        assert!(cross(low, high) <= cross(high, low));
        assert!(bounds.high().numerator() <= bounds.high().denominator());
    }
    if let Some(period) = round_trip::<Period>(text) {
        let window = period.window().expect("a stretch of days that is read exists");
        assert!(window.earliest() <= window.latest());
    }
    if let Ok(day) = parse_day(text) {
        assert_eq!(Part::Day(day).to_string(), text);
    }
    round_trip::<Deadline>(text);
    round_trip::<Event>(text);
});
