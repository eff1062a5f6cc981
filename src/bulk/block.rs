//! Stretches of days with what decides on each, so that finding the one of a day waits for memory twice at most.

use super::NONE;
use super::segments::Cell;

/// Stretches that are looked through at once: a cache line of their first days.
pub(super) const LANES: usize = 23;

/// More than any offset in a block: in its place there is no stretch.
pub(super) const NEVER: u16 = u16::MAX;

/// Stretches in order: all but the ends in a cache line, and the ends beside it.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(super) struct Block {
    pub(super) first: i32,
    /// The days from the first day of the block to the first day of each stretch.
    offsets: [u16; LANES],
    /// The states of the stretches, two in a byte.
    states: [u8; LANES.div_ceil(2)],
    /// The strict and the lenient end of each stretch.
    ends: [[u32; 2]; LANES],
}

impl Block {
    pub(super) fn new(first: i32) -> Self {
        let states = [0; LANES.div_ceil(2)];
        Self { first, offsets: [NEVER; LANES], states, ends: [[NONE; 2]; LANES] }
    }

    pub(super) fn put(&mut self, stretch: usize, offset: u16, cell: &Cell) {
        let Cell { strict, lenient, state } = *cell;
        if let Some(slot) = self.offsets.get_mut(stretch) {
            *slot = offset;
        }
        if let Some(ends) = self.ends.get_mut(stretch) {
            *ends = [strict, lenient];
        }
        if let Some(pair) = self.states.get_mut(stretch >> 1) {
            *pair |= (state & 0xf) << if stretch & 1 == 0 { 0 } else { 4 };
        }
    }

    /// The stretch of the day that is so many days after the first.
    pub(super) fn stretch(&self, days: i32) -> usize {
        let offset = u16::try_from(days.max(0)).unwrap_or(NEVER).min(NEVER.wrapping_sub(1));
        let begun: u16 = self.offsets.iter().map(|first| u16::from(*first <= offset)).sum();
        usize::from(begun).saturating_sub(1)
    }

    pub(super) fn cell(&self, stretch: usize) -> Cell {
        let pair = self.states.get(stretch >> 1).copied().unwrap_or_default();
        let state = if stretch & 1 == 0 { pair & 0xf } else { pair >> 4 };
        let [strict, lenient] = self.ends.get(stretch).copied().unwrap_or([NONE; 2]);
        Cell { strict, lenient, state }
    }
}
