//! Many agreements side by side, and verdicts on columns of counts.

use std::ops::{Range, RangeInclusive};
use std::{ptr, slice};

use super::block::Block;
use super::columns::{CountColumns, NO_KEY, NO_MARGIN, NO_VERDICT, NONE, VerdictColumns};
use super::fill::Curve;
use super::names::{AddError, Names};
use super::segments::{BY_COUNT, Cell, IGNORED, UNKNOWN, segments};
use crate::agreement::Agreement;
use crate::assessment::Verdict;
use crate::schedule::{ForceIndex, Interpolation, Schedule};

/// The numbers of the first day of the year 1 and of the last day of 9999. A count of any other day does not count.
const CALENDAR: RangeInclusive<i32> = -719_162..=2_932_896;

/// Rows whose blocks are fetched from memory together.
const BATCH: usize = 64;

/// Many agreements, each force with a key of its own, compiled for verdicts on many counts.
///
/// A force takes up to 112 bytes, and a block of 128 bytes for every 18 changes of its ceiling. A block holds fewer if the
/// ceiling rises, or if changes lie more than 65,534 people or days apart. Ids of forces take the length of their text, and
/// names of agreements twice theirs. The agreements are kept, which costs nothing while the caller keeps them as well, for
/// clones share their memory.
///
/// # What does the verdict on a row mean?
///
/// The verdict is that of [`Agreement::assess`] at the end of the row's day, if the row is the only observation: a count
/// of people present on that one day, published by that day. It is `not-binding`, `no-limit`, `not-due`, `not-reported` (no
/// number, or a day before the baseline), `compliant`, `exceeded` or `undetermined`.
///
/// ```
/// use force_drawdown::bulk::{CountColumns, Portfolio, VerdictColumns};
/// use force_drawdown::{Act, ActKind, Agreement, Verdict, catalog, day};
/// let terms = catalog::get("us-iraq-2024").unwrap().agreement.into_terms().id("iraq");
/// let approved = Act::new(day!(2024, 9, 27), ActKind::Approved);
/// let agreement = Agreement::try_from(terms.act(approved)).unwrap();
/// let mut portfolio = Portfolio::new();
/// let key = portfolio.add(&agreement).unwrap().start;
/// assert_eq!(portfolio.key("iraq", "us"), Some(key));
/// assert_eq!(portfolio.name(key), Some(("iraq", "us")));
///
/// let (days, counts) = ([20_361, 20_361], [1_200, 2_600]); // 2025-09-30
/// let rows = CountColumns { keys: &[key, key], days: &days, low: &counts, high: &counts };
/// let (mut codes, mut low, mut high) = ([0; 2], [0; 2], [0; 2]);
/// let (verdicts, margin_low, margin_high) = (&mut codes[..], &mut low[..], &mut high[..]);
/// portfolio.judge(rows, &mut VerdictColumns { verdicts, margin_low, margin_high });
/// assert_eq!(codes, [Verdict::Compliant, Verdict::Exceeded].map(Verdict::code));
/// assert_eq!((low, high), ([51, -1_349], [1_350, -50]));
///
/// // The verdicts alone, without margins.
/// let mut alone = [0; 2];
/// assert_eq!((portfolio.judge_verdicts(rows, &mut alone), alone), (2, codes));
/// ```
///
/// # What are the keys of these names, and what is required of them?
///
/// ```
/// use force_drawdown::bulk::{NO_KEY, NONE, Portfolio};
/// use force_drawdown::catalog;
/// let mut portfolio = Portfolio::new();
/// portfolio.add_as("iraq", &catalog::get("us-iraq-2024").unwrap().agreement).unwrap();
/// let mut keys = [0; 2];
/// assert_eq!(portfolio.keys([("iraq", "us"), ("iraq", "uk")], &mut keys), 2);
/// assert_eq!(keys, [0, NO_KEY]);
///
/// let (mut strict, mut lenient) = ([0; 2], [0; 2]);
/// let days = [20_361; 2]; // 2025-09-30
/// assert_eq!(portfolio.required_numbers(&keys, &days, &mut strict, &mut lenient), 2);
/// assert_eq!((strict, lenient), ([1_251, NONE], [2_550, NONE]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Portfolio {
    /// The first block of each key.
    blocks: Vec<Block>,
    /// The range of the later blocks of each key, in `others`.
    following: Vec<Range<usize>>,
    others: Vec<Block>,
    agreements: Vec<Agreement>,
    /// The index of each key's agreement, and the place of its force there.
    forces: Vec<(usize, ForceIndex)>,
    names: Names,
}

impl Portfolio {
    /// A portfolio without agreements.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of keys. The keys are 0, 1, 2 and so on.
    #[must_use]
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Whether the portfolio has no keys.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds an agreement under the id of its document, or under its title where it has none
    /// ([`Terms::name`](crate::Terms::name)), and gives the keys of its forces: first those of the document, then those
    /// that amendments add, each in their order.
    ///
    /// # Errors
    ///
    /// [`AddError::NameTaken`] if there is an agreement of that id or name, and [`AddError::Full`] beyond 4,294,967,295
    /// keys or bytes of names. The portfolio is then unchanged.
    pub fn add(&mut self, agreement: &Agreement) -> Result<Range<u32>, AddError> {
        self.add_as(agreement.terms().name(), agreement)
    }

    /// Adds an agreement under another name, for portfolios of several variants of one document; otherwise as
    /// [`add`](Self::add).
    ///
    /// # Errors
    ///
    /// As of [`add`](Self::add), of the other name.
    pub fn add_as(&mut self, name: &str, agreement: &Agreement) -> Result<Range<u32>, AddError> {
        let last = agreement.history().last().into_iter().flat_map(|last| &last.forces);
        let ids: Vec<_> = last.map(|force| force.force(agreement.terms()).map_or("", |force| &force.id)).collect();
        let keys = self.names.add(name, &ids)?;
        for (force, segments) in segments(agreement).iter().enumerate() {
            self.forces.push((self.agreements.len(), ForceIndex::new(force)));
            self.push_segments(segments);
        }
        self.agreements.push(agreement.clone());
        Ok(keys)
    }

    fn push_segments(&mut self, segments: &[(i32, Cell)]) {
        // The first stretch has no first day, so the block begins on its last day.
        let first = segments.get(1).map_or(0, |(second, _)| second.saturating_sub(1));
        let (mut blocks, mut block, mut used) = (Vec::new(), Block::new(first), 0_usize);
        for (day, cell) in segments {
            if block.put(used, *day, cell).is_none() {
                block.goes_on = true;
                blocks.push(std::mem::replace(&mut block, Block::new(*day)));
                used = 0;
                block.put(used, *day, cell);
            }
            used = used.saturating_add(1);
        }
        blocks.push(block);
        let from = self.others.len();
        let mut blocks = blocks.into_iter();
        self.blocks.extend(blocks.next());
        self.others.extend(blocks);
        self.following.push(from..self.others.len());
    }

    /// The key of a force of an agreement; `None` if the portfolio has no such agreement or force.
    #[must_use]
    pub fn key(&self, agreement: &str, force: &str) -> Option<u32> {
        Some(self.names.key((agreement, force))).filter(|key| *key != NO_KEY)
    }

    /// The names of the agreement and of the force that a key is for; `None` if it is for none.
    #[must_use]
    pub fn name(&self, key: u32) -> Option<(&str, &str)> {
        self.names.of(key)
    }

    /// Writes the key of each pair of an agreement's name and a force's id, or [`NO_KEY`], and gives the number of keys
    /// written: that of the pairs or the length of the column, whichever is less. A pair that is the one before it, at
    /// the same place in memory, costs next to nothing.
    pub fn keys<'n>(&self, names: impl IntoIterator<Item = (&'n str, &'n str)>, keys: &mut [u32]) -> usize {
        let (mut before, mut count) = (None, 0_usize);
        for (key, names) in keys.iter_mut().zip(names) {
            let is_same = |known: (&str, &str)| ptr::eq(known.0, names.0) && ptr::eq(known.1, names.1);
            *key = match before {
                Some((known, found)) if is_same(known) => found,
                _ => self.names.key(names),
            };
            (before, count) = (Some((names, *key)), count.saturating_add(1));
        }
        count
    }

    /// Writes what is required of each row's force on its day, as [`Schedule::required_on`] gives it, and gives the number
    /// of rows answered: the length of the shortest column. An end without a number, and each end of an unknown key, is
    /// [`NONE`]. Days are counted from 1970-01-01; those outside the calendar have the answer of its nearest day.
    pub fn required_numbers(&self, keys: &[u32], days: &[i32], strict: &mut [u32], lenient: &mut [u32]) -> usize {
        let count = keys.len().min(days.len()).min(strict.len()).min(lenient.len());
        let mut cells = [Cell::ABSENT; BATCH];
        let ends = strict.chunks_mut(BATCH).zip(lenient.chunks_mut(BATCH));
        for ((keys, days), (strict, lenient)) in keys.chunks(BATCH).zip(days.chunks(BATCH)).zip(ends) {
            self.find(keys, days, &mut cells);
            let rows = cells.iter().zip(keys.iter().zip(days));
            for ((cell, _), (strict, lenient)) in rows.zip(strict.iter_mut().zip(lenient)) {
                (*strict, *lenient) = (cell.strict, cell.lenient);
            }
        }
        count
    }

    /// Writes what is planned for each row's force on its day, as [`Schedule::planned_on`] gives it; otherwise as
    /// [`required_numbers`](Self::required_numbers). It asks each row's schedule, which takes longer.
    pub fn planned_numbers(
        &self,
        keys: &[u32],
        days: &[i32],
        how: Interpolation,
        low: &mut [u32],
        high: &mut [u32],
    ) -> usize {
        let count = keys.len().min(days.len()).min(low.len()).min(high.len());
        for ((key, day), (low, high)) in keys.iter().zip(days).zip(low.iter_mut().zip(high)) {
            (*low, *high) = (NONE, NONE);
            if let Some(schedule) = self.schedule(*key) {
                let (low, high) = (slice::from_mut(low), slice::from_mut(high));
                schedule.fill(Curve::Planned(how), nearest(*day), low, high);
            }
        }
        count
    }

    fn schedule(&self, key: u32) -> Option<Schedule<'_>> {
        let (agreement, force) = self.forces.get(wide(key))?;
        Some(Schedule::of(self.agreements.get(*agreement)?.history(), *force))
    }

    /// Judges each row, and gives the number of rows judged: the length of the shortest column, of input or output. The
    /// rest of a longer column is not changed. Rows may come in any order. Nothing is allocated.
    pub fn judge(&self, rows: CountColumns<'_>, out: &mut VerdictColumns<'_>) -> usize {
        let count = rows.count(out);
        let VerdictColumns { verdicts, margin_low, margin_high } = out;
        let (CountColumns { keys, days, low, high }, mut cells) = (rows, [Cell::ABSENT; BATCH]);
        let inputs = keys.chunks(BATCH).zip(days.chunks(BATCH)).zip(low.chunks(BATCH).zip(high.chunks(BATCH)));
        let margins = margin_low.chunks_mut(BATCH).zip(margin_high.chunks_mut(BATCH));
        for (((keys, days), (low, high)), (verdicts, margins)) in inputs.zip(verdicts.chunks_mut(BATCH).zip(margins)) {
            self.find(keys, days, &mut cells);
            let rows = days.iter().zip(&cells).zip(low.iter().zip(high)).take(keys.len());
            for (((day, cell), (low, high)), (verdict, margins)) in
                rows.zip(verdicts.iter_mut().zip(margins.0.iter_mut().zip(margins.1)))
            {
                (*verdict, *margins.0, *margins.1) = judge(*cell, *day, *low, *high);
            }
        }
        count
    }

    /// Does the same as [`judge`](Self::judge) without margins, which cost as much as the verdicts.
    pub fn judge_verdicts(&self, rows: CountColumns<'_>, verdicts: &mut [u8]) -> usize {
        let count = rows.len().min(verdicts.len());
        let (CountColumns { keys, days, low, high }, mut cells) = (rows, [Cell::ABSENT; BATCH]);
        let inputs = keys.chunks(BATCH).zip(days.chunks(BATCH)).zip(low.chunks(BATCH).zip(high.chunks(BATCH)));
        for (((keys, days), (low, high)), verdicts) in inputs.zip(verdicts.chunks_mut(BATCH)) {
            self.find(keys, days, &mut cells);
            let rows = days.iter().zip(&cells).zip(low.iter().zip(high)).take(keys.len());
            for (((day, cell), (low, high)), verdict) in rows.zip(verdicts) {
                *verdict = verdict_on(*cell, is_count(*day, *low, *high), *low, *high);
            }
        }
        count
    }

    /// Does the same as [`judge`](Self::judge) on all threads of rayon's pool.
    #[cfg(feature = "rayon1")]
    pub fn judge_parallel(&self, rows: CountColumns<'_>, out: &mut VerdictColumns<'_>) -> usize {
        use rayon::prelude::*;
        /// Rows for one thread: enough to be worth waking it.
        const PIECE: usize = 1 << 16;
        let count = rows.count(out);
        let CountColumns { keys, days, low, high } = rows;
        let counts = (keys.par_chunks(PIECE), days.par_chunks(PIECE), low.par_chunks(PIECE), high.par_chunks(PIECE));
        let VerdictColumns { verdicts, margin_low, margin_high } = out;
        let margins = (margin_low.par_chunks_mut(PIECE), margin_high.par_chunks_mut(PIECE));
        let pieces = (counts.into_par_iter(), verdicts.par_chunks_mut(PIECE), margins.into_par_iter());
        pieces.into_par_iter().for_each(|((keys, days, low, high), verdicts, (margin_low, margin_high))| {
            let rows = CountColumns { keys, days, low, high };
            self.judge(rows, &mut VerdictColumns { verdicts, margin_low, margin_high });
        });
        count
    }

    /// Finds the cell of each row. It first reads from every block, so that memory is waited for once and not row by row.
    fn find(&self, keys: &[u32], days: &[i32], cells: &mut [Cell; BATCH]) {
        let block = |key: &u32| self.blocks.get(wide(*key));
        std::hint::black_box(keys.iter().filter_map(block).fold(0, |sum, block| sum ^ block.touch()));
        for ((cell, key), day) in cells.iter_mut().zip(keys).zip(days) {
            *cell = block(key).map_or(Cell::ABSENT, |block| {
                let day = nearest(*day);
                let block = if block.goes_on { self.governing(*key, day).unwrap_or(block) } else { block };
                block.cell(block.stretch(day))
            });
        }
    }

    /// The later block that holds a day; `None` if the first one does.
    #[cold]
    fn governing(&self, key: u32, day: i32) -> Option<&Block> {
        let blocks = self.others.get(self.following.get(wide(key))?.clone())?;
        blocks.get(blocks.partition_point(|block| block.first <= day).checked_sub(1)?)
    }
}

/// The nearest day of the calendar.
fn nearest(day: i32) -> i32 {
    day.clamp(*CALENDAR.start(), *CALENDAR.end())
}

fn wide(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The code of the verdict on a count, and the smallest and largest margin.
fn judge(cell: Cell, day: i32, low: u32, high: u32) -> (u8, i64, i64) {
    let is_count = is_count(day, low, high);
    let margin = |ceiling: u32, count: u32| {
        let is_known = is_count && cell.state & IGNORED == 0 && ceiling != NONE && count != NONE;
        if is_known { i64::from(ceiling).wrapping_sub(i64::from(count)) } else { NO_MARGIN }
    };
    (verdict_on(cell, is_count, low, high), margin(cell.strict, high), margin(cell.lenient, low))
}

fn is_count(day: i32, low: u32, high: u32) -> bool {
    low != NONE && low <= high && CALENDAR.contains(&day)
}

/// The code of the verdict on a count, or on a row that is none.
fn verdict_on(cell: Cell, is_count: bool, low: u32, high: u32) -> u8 {
    let Cell { strict, lenient, state } = cell;
    // Neither, compliant, exceeded, both. A table has no branch that a processor could guess wrong.
    let by_count = [Verdict::Undetermined, Verdict::Compliant, Verdict::Exceeded, Verdict::Compliant];
    let compared = usize::from(high <= strict) | usize::from(low > lenient) << 1;
    let by_count = by_count.get(compared).filter(|_| is_count).map_or(Verdict::NotReported.code(), |it| it.code());
    match state {
        BY_COUNT => by_count,
        UNKNOWN => NO_VERDICT,
        state => state & !IGNORED,
    }
}
