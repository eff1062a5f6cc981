//! Work that grows with its input and no faster.

use std::time::{Duration, Instant};

/// So many times the work takes at most four times as many times as long, in one of ten tries: a machine that is busy with
/// something else may take long over either.
pub(crate) fn assert_in_proportion(factor: u32, mut few: impl FnMut(), mut many: impl FnMut()) {
    let timed = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let mut tries: Vec<(Duration, Duration)> = Vec::new();
    while tries.len() < 10 {
        let (short, long) = (timed(&mut few), timed(&mut many));
        if long < short * factor * 4 {
            return;
        }
        tries.push((short, long));
    }
    panic!("{factor} times the work took {tries:?}");
}
