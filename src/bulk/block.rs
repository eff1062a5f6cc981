//! Stretches of days with their ceilings, packed so that a day is looked up with one wait for memory.

use super::columns::NONE;
use super::segments::{Cell, UNKNOWN};

/// The most stretches in a block.
pub(super) const LANES: usize = 18;

/// In place of the offset of a stretch that is not there. It is above every offset in a block.
const NEVER: u16 = u16::MAX;

/// In place of an end that has no number.
const OPEN: u16 = u16::MAX;

/// Up to 18 stretches in order, in two cache lines that are fetched together.
#[derive(Clone, Debug)]
#[repr(C, align(128))]
pub(super) struct Block {
    pub(super) first: i32,
    /// The first strict and the first lenient number. Each end is kept as the difference down from it.
    most: [u32; 2],
    /// For each stretch but the first, the days from the first day of the block to its own.
    offsets: [u16; LANES - 1],
    /// The states of the stretches, two in a byte.
    states: [u8; LANES.div_ceil(2)],
    /// Whether the force has more stretches, in later blocks.
    pub(super) goes_on: bool,
    /// The strict and the lenient end of each stretch.
    ends: [[u16; 2]; LANES],
}

impl Block {
    /// A block without stretches, whose first one is to begin on this day.
    pub(super) fn new(first: i32) -> Self {
        Self {
            first,
            most: [NONE; 2],
            offsets: [NEVER; LANES - 1],
            states: [UNKNOWN << 4 | UNKNOWN; LANES.div_ceil(2)],
            goes_on: false,
            ends: [[OPEN; 2]; LANES],
        }
    }

    /// Adds a stretch after those of the block; `None` if the block is full, or if the stretch is too far from the first
    /// one in days or people. A first stretch always fits.
    pub(super) fn put(&mut self, stretch: usize, day: i32, cell: &Cell) -> Option<()> {
        let Cell { strict, lenient, state } = *cell;
        let mut most = self.most;
        let mut ends = [OPEN; 2];
        for ((place, most), end) in ends.iter_mut().zip(&mut most).zip([strict, lenient]) {
            if end != NONE {
                *most = if *most == NONE { end } else { *most };
                *place = u16::try_from(most.checked_sub(end)?).ok().filter(|less| *less < OPEN)?;
            }
        }
        if let Some(before) = stretch.checked_sub(1) {
            let offset = i64::from(day).saturating_sub(self.first.into());
            *self.offsets.get_mut(before)? = u16::try_from(offset).ok().filter(|offset| *offset < NEVER)?;
        }
        *self.ends.get_mut(stretch)? = ends;
        self.most = most;
        let (pair, shift) = (self.states.get_mut(stretch >> 1)?, if stretch & 1 == 0 { 0 } else { 4 });
        *pair = *pair & !(0xf << shift) | (state & 0xf) << shift;
        Some(())
    }

    /// Reads one field from each of the two cache lines, so that both are fetched at once.
    pub(super) fn touch(&self) -> u32 {
        self.first.cast_unsigned() ^ u32::from(self.ends.last().map_or(0, |[strict, _]| *strict))
    }

    /// The index of the stretch that holds a day.
    pub(super) fn stretch(&self, day: i32) -> usize {
        let offset = u16::try_from(day.saturating_sub(self.first).max(0)).unwrap_or(NEVER).min(NEVER.wrapping_sub(1));
        let begun: u16 = self.offsets.iter().map(|first| u16::from(*first <= offset)).sum();
        usize::from(begun)
    }

    pub(super) fn cell(&self, stretch: usize) -> Cell {
        let pair = self.states.get(stretch >> 1).copied().unwrap_or(u8::MAX);
        let state = if stretch & 1 == 0 { pair & 0xf } else { pair >> 4 };
        let [strict, lenient] = self.ends.get(stretch).copied().unwrap_or([OPEN; 2]);
        let number = |most: u32, less: u16| if less == OPEN { NONE } else { most.wrapping_sub(less.into()) };
        let [most_strict, most_lenient] = self.most;
        Cell { strict: number(most_strict, strict), lenient: number(most_lenient, lenient), state }
    }
}

const _: () = assert!(size_of::<Block>() == 128);
