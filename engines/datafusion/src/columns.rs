//! Arrow's arrays as the columns of a portfolio, and its answers as arrays.

use datafusion_common::arrow::array::{
    Array as _, ArrayRef, Date32Array, Int64Array, StringViewArray, UInt8Array, UInt32Array,
};
use datafusion_common::arrow::buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};
use datafusion_common::arrow::compute::take;
use datafusion_common::{Result, exec_err};
use force_drawdown::Verdict;
use force_drawdown::bulk::{CountColumns, NO_KEY, NO_MARGIN, NO_VERDICT, NONE, Portfolio, VerdictColumns};

/// Rows that are answered at once, so that what a caller does not want stays in the processor's cache.
const PIECE: usize = 1024;

/// The numbers of a column, [`NONE`] where it is null. A key that is null is [`NO_KEY`], which is the same number.
pub(crate) fn open(column: &UInt32Array) -> ScalarBuffer<u32> {
    match column.nulls() {
        None => column.values().clone(),
        Some(nulls) => column.values().iter().zip(nulls).map(|(value, is)| if is { *value } else { NONE }).collect(),
    }
}

/// The keys of two columns of names, [`NO_KEY`] where either is null or unknown.
///
/// Names whose views are those of the row before are looked up once: an engine mostly reads a column of names from a
/// dictionary, so that names in runs have the same views.
pub(crate) fn keys(portfolio: &Portfolio, agreements: &StringViewArray, forces: &StringViewArray) -> Vec<u32> {
    let (mut views, mut key) = (None, NO_KEY);
    let all_views = agreements.views().iter().zip(forces.views());
    let mut keys: Vec<u32> = all_views
        .enumerate()
        .map(|(row, of_row)| {
            if views.replace(of_row) != Some(of_row) {
                key = portfolio.key(agreements.value(row), forces.value(row)).unwrap_or(NO_KEY);
            }
            key
        })
        .collect();
    if let Some(nulls) = NullBuffer::union(agreements.nulls(), forces.nulls()) {
        keys.iter_mut().zip(&nulls).filter(|(_, is)| !is).for_each(|(key, _)| *key = NO_KEY);
    }
    keys
}

/// Numbers as an array, null where there is none, or where the rows are null.
pub(crate) fn numbers(values: impl Into<ScalarBuffer<u32>>, nulls: Option<&NullBuffer>) -> UInt32Array {
    let values = values.into();
    let own = nulls_where(&values, NONE);
    UInt32Array::new(values, NullBuffer::union(own.as_ref(), nulls))
}

/// One end of each row's answer, which `ask` writes for a piece of rows.
pub(crate) fn ends(
    keys: &[u32],
    days: &Date32Array,
    is_low: bool,
    ask: impl Fn(&[u32], &[i32], &mut [u32], &mut [u32]) -> usize,
) -> Vec<u32> {
    let (mut wanted, mut other) = (vec![NONE; keys.len()], [NONE; PIECE]);
    for ((keys, days), wanted) in keys.chunks(PIECE).zip(days.values().chunks(PIECE)).zip(wanted.chunks_mut(PIECE)) {
        let (low, high) = if is_low { (wanted, &mut other[..]) } else { (&mut other[..], wanted) };
        ask(keys, days, low, high);
    }
    wanted
}

/// Counts to be judged.
pub(crate) struct Counts<'a> {
    keys: &'a [u32],
    days: &'a Date32Array,
    low: ScalarBuffer<u32>,
    high: ScalarBuffer<u32>,
}

impl<'a> Counts<'a> {
    pub(crate) fn new(keys: &'a [u32], days: &'a Date32Array, low: &UInt32Array, high: &UInt32Array) -> Result<Self> {
        if [low, high].into_iter().any(has_no_number) {
            return exec_err!("a count is at most 4294967294, and null where there is none");
        }
        Ok(Self { keys, days, low: open(low), high: open(high) })
    }

    fn pieces(&self) -> impl Iterator<Item = CountColumns<'_>> {
        let names = self.keys.chunks(PIECE).zip(self.days.values().chunks(PIECE));
        let counts = self.low.chunks(PIECE).zip(self.high.chunks(PIECE));
        names.zip(counts).map(|((keys, days), (low, high))| CountColumns { keys, days, low, high })
    }

    /// The verdict on each count, by its name.
    pub(crate) fn verdicts(&self, portfolio: &Portfolio) -> Result<ArrayRef> {
        let mut codes = vec![NO_VERDICT; self.keys.len()];
        let (keys, days) = (self.keys, self.days.values());
        portfolio.judge_verdicts(CountColumns { keys, days, low: &self.low, high: &self.high }, &mut codes);
        let own = nulls_where(&codes, NO_VERDICT);
        let codes = UInt8Array::new(codes.into(), NullBuffer::union(own.as_ref(), self.days.nulls()));
        let names = StringViewArray::from_iter_values(Verdict::ALL.iter().map(|verdict| verdict.as_str()));
        // The kernel copies the views of names, which were checked once, where a new array would check each row's text.
        Ok(take(&names, &codes, None)?)
    }

    /// The smallest margin of each count, or the largest.
    pub(crate) fn margins(&self, portfolio: &Portfolio, is_low: bool) -> Int64Array {
        let mut wanted = vec![NO_MARGIN; self.keys.len()];
        let (mut verdicts, mut other) = ([NO_VERDICT; PIECE], [NO_MARGIN; PIECE]);
        for (piece, wanted) in self.pieces().zip(wanted.chunks_mut(PIECE)) {
            let (margin_low, margin_high) = if is_low { (wanted, &mut other[..]) } else { (&mut other[..], wanted) };
            portfolio.judge(piece, &mut VerdictColumns { verdicts: &mut verdicts, margin_low, margin_high });
        }
        let nulls = NullBuffer::union(nulls_where(&wanted, NO_MARGIN).as_ref(), self.days.nulls());
        Int64Array::new(wanted.into(), nulls)
    }
}

/// Whether a column has a value that is kept for no number.
fn has_no_number(column: &UInt32Array) -> bool {
    column.values().contains(&NONE) && column.iter().any(|value| value == Some(NONE))
}

/// Null where a value is the one that stands for none; no nulls if it does not occur.
fn nulls_where<T: Copy + PartialEq>(values: &[T], none: T) -> Option<NullBuffer> {
    let is_value = |row| values.get(row).is_some_and(|value| *value != none);
    values.contains(&none).then(|| NullBuffer::new(BooleanBuffer::collect_bool(values.len(), is_value)))
}
