#![allow(clippy::unwrap_used, reason = "a test may panic")]

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Interpolation, Knot, PlannedPath};

/// What no document can be resolved to, for its points are in order and within 200 years.
fn fills_some_answer(points: &[(i32, u32)], until: Option<i32>, how: Interpolation, from: i32) -> [u32; 4] {
    let path = PlannedPath::new(points.iter().map(|&(day, value)| Knot { day, value }).collect(), until);
    let _ = (path.at(from, how), path.last_value(from, how));
    let mut filled = [7; 4];
    path.fill(from, how, &mut filled, u32::MAX, until);
    filled
}

proptest! {
    #[test]
    fn points_in_disorder_still_give_some_answer(
        points in vec((any::<i32>(), any::<u32>()), 0..6), until: Option<i32>,
        how in prop::sample::select(Interpolation::ALL), day: i32,
    ) {
        for day in [day, day.saturating_add(1), i32::MIN, i32::MAX] {
            fills_some_answer(&points, until, how, day);
        }
    }
}

#[test]
fn days_at_the_ends_of_the_range_of_day_numbers_are_filled() {
    for &how in Interpolation::ALL {
        assert_eq!(fills_some_answer(&[(i32::MAX - 4, 9), (i32::MAX - 1, 0)], None, how, i32::MAX - 1), [0; 4]);
        let first = fills_some_answer(&[(i32::MIN + 1, 9), (i32::MIN + 3, 5)], None, how, i32::MIN);
        assert_eq!(first, [u32::MAX, 9, if how == Interpolation::Step { 9 } else { 7 }, 5]);
    }
}
