//! Cells of a table at many places at once, by an instruction where the processor has one (AVX2).
//!
//! This is the one file with `unsafe`, for what only it can do: to call a function for some processors only, and to read
//! memory at several places with one instruction. It takes a quarter less time, and half where days are dates.
#![allow(unsafe_code, reason = "no safe function gathers")]

use super::NONE;

/// Days that are worked on together.
pub(super) const BATCH: usize = 64;

/// Cells that are read together.
const LANES: usize = 8;

/// A table, and where the cell of a day is in it; any place beyond the last one is the last one.
pub(super) struct Table<'a, F> {
    cells: &'a [[u32; 2]],
    /// The place of the last cell; 0 where there is none.
    last: u32,
    place: F,
}

impl<'a, F> Table<'a, F> {
    pub(super) fn new(cells: &'a [[u32; 2]], place: F) -> Self {
        Self { cells, last: u32::try_from(cells.len()).unwrap_or(u32::MAX).saturating_sub(1), place }
    }

    /// Writes the two ends of the cells of days.
    pub(super) fn write<D: Copy>(&self, days: &[[D; BATCH]], low: &mut [[u32; BATCH]], high: &mut [[u32; BATCH]])
    where
        F: Fn(D) -> u32,
    {
        #[cfg(target_arch = "x86_64")]
        if std::is_x86_feature_detected!("avx2") && !self.cells.is_empty() && i32::try_from(self.last).is_ok() {
            // SAFETY: the processor has AVX2, the table a cell, and places fit into 31 bits.
            return unsafe { self.write_gathered(days, low, high) };
        }
        self.write_each(days, low, high);
    }

    fn write_each<D: Copy>(&self, days: &[[D; BATCH]], low: &mut [[u32; BATCH]], high: &mut [[u32; BATCH]])
    where
        F: Fn(D) -> u32,
    {
        for (days, (low, high)) in days.iter().zip(low.iter_mut().zip(high)) {
            let places = days.map(|day| (self.place)(day).min(self.last));
            let ends = low.as_chunks_mut::<LANES>().0.iter_mut().zip(high.as_chunks_mut::<LANES>().0);
            for (places, (low, high)) in places.as_chunks::<LANES>().0.iter().zip(ends) {
                let cell = |place| usize::try_from(place).ok().and_then(|place| self.cells.get(place)).copied();
                let cells = places.map(|place| cell(place).unwrap_or([NONE; 2]));
                *low = cells.map(|[low, _]| low);
                *high = cells.map(|[_, high]| high);
            }
        }
    }

    /// # Safety
    ///
    /// There has to be a cell, and `last` has to fit into 31 bits.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    unsafe fn write_gathered<D: Copy>(&self, days: &[[D; BATCH]], low: &mut [[u32; BATCH]], high: &mut [[u32; BATCH]])
    where
        F: Fn(D) -> u32,
    {
        use std::arch::x86_64::{
            __m256i, _mm_setr_epi32, _mm256_castps_si256, _mm256_castsi256_ps, _mm256_i32gather_epi64,
            _mm256_permute4x64_epi64, _mm256_shuffle_ps,
        };
        for (days, (low, high)) in days.iter().zip(low.iter_mut().zip(high)) {
            let places = days.map(|day| (self.place)(day).min(self.last).cast_signed());
            let ends = low.as_chunks_mut::<LANES>().0.iter_mut().zip(high.as_chunks_mut::<LANES>().0);
            for (at, (low, high)) in places.as_chunks::<LANES>().0.iter().zip(ends) {
                let table = self.cells.as_ptr().cast();
                // SAFETY: no place is below 0 or above the last one, and a cell takes the 8 bytes that are read at it.
                let (first, second) = unsafe {
                    (
                        _mm256_i32gather_epi64::<8>(table, _mm_setr_epi32(at[0], at[1], at[2], at[3])),
                        _mm256_i32gather_epi64::<8>(table, _mm_setr_epi32(at[4], at[5], at[6], at[7])),
                    )
                };
                let (first, second) = (_mm256_castsi256_ps(first), _mm256_castsi256_ps(second));
                // The ends from each half of the registers, whose middle quarters then change places.
                let lows = _mm256_castps_si256(_mm256_shuffle_ps::<0b10_00_10_00>(first, second));
                let highs = _mm256_castps_si256(_mm256_shuffle_ps::<0b11_01_11_01>(first, second));
                let lows = _mm256_permute4x64_epi64::<0b11_01_10_00>(lows);
                let highs = _mm256_permute4x64_epi64::<0b11_01_10_00>(highs);
                // SAFETY: each register is eight numbers of 32 bits, and any bits are a number.
                [*low, *high] = unsafe { std::mem::transmute::<[__m256i; 2], [[u32; LANES]; 2]>([lows, highs]) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, reason = "a test may panic")]

    use super::{BATCH, NONE, Table};

    #[test]
    fn both_ways_give_what_one_look_up_after_another_gives() {
        for cells in (1_u32..40).map(|size| (0..size).map(|n| [n, !n]).collect::<Vec<_>>()) {
            let days: Vec<u32> = (0_u32..).take(2 * BATCH).map(|n| n.wrapping_mul(2_654_435_761) % 45).collect();
            let table = Table::new(&cells, |day| if day == 44 { u32::MAX } else { day });
            let last = cells.len() - 1;
            let expected: Vec<_> = days.iter().map(|day| cells[(*day as usize).min(last)]).collect();
            for is_each in [false, true] {
                let (mut low, mut high) = (vec![[7; BATCH]; 2], vec![[7; BATCH]; 2]);
                let write = if is_each { Table::write_each } else { Table::write };
                write(&table, days.as_chunks().0, &mut low, &mut high);
                let found: Vec<_> = low.as_flattened().iter().zip(high.as_flattened()).map(|(l, h)| [*l, *h]).collect();
                assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn nothing_is_read_of_an_empty_table() {
        let (mut low, mut high) = ([[7; BATCH]], [[7; BATCH]]);
        Table::new(&[], |_| 0).write(&[[0_u32; BATCH]], &mut low, &mut high);
        assert_eq!((low, high), ([[NONE; BATCH]], [[NONE; BATCH]]));
    }
}
