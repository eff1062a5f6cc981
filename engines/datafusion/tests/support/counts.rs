//! Counts in files, which whole queries read.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Date32Array, RecordBatch, StringArray, UInt32Array};
use datafusion::parquet::arrow::ArrowWriter;
use force_drawdown::Verdict;
use force_drawdown::bulk::{CountColumns, VerdictColumns};
use force_drawdown_datafusion::Agreements;

pub(crate) const AGREEMENTS: &str = "../../examples/agreements";
const FILES: usize = 5;
const ROWS: usize = 20_000;

pub(crate) fn agreements() -> Arc<Agreements> {
    Agreements::read_dir(AGREEMENTS.as_ref()).unwrap()
}

/// Counts of every force in any order, in several Parquet files of one folder; and what the portfolio says of each verdict.
pub(crate) struct Counts {
    pub(crate) folder: PathBuf,
    pub(crate) verdicts: BTreeMap<String, i64>,
    #[allow(dead_code, reason = "the tests of a cluster do not add them up")]
    pub(crate) margins: i64,
}

pub(crate) fn counts(all: &Agreements, name: &str) -> Counts {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let mut state = 1_u64;
    let mut below = |end: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((state >> 33) % u64::from(end)).unwrap()
    };
    let forces = u32::try_from(all.portfolio().len()).unwrap();
    let (mut verdicts, mut margins) = (BTreeMap::new(), 0);
    for file in 0..FILES {
        let keys: Vec<u32> = (0..ROWS).map(|_| below(forces)).collect();
        let days: Vec<i32> = (0..ROWS).map(|_| 1_000 + i32::try_from(below(20_000)).unwrap()).collect();
        let low: Vec<u32> = (0..ROWS).map(|_| below(80_000)).collect();
        let high: Vec<u32> = low.iter().map(|low| low + below(300)).collect();
        let (mut codes, mut margin_low, mut margin_high) = (vec![0; ROWS], vec![0; ROWS], vec![0; ROWS]);
        let rows = CountColumns { keys: &keys, days: &days, low: &low, high: &high };
        let out =
            &mut VerdictColumns { verdicts: &mut codes, margin_low: &mut margin_low, margin_high: &mut margin_high };
        assert_eq!(all.portfolio().judge(rows, out), ROWS);
        for (code, margin) in codes.iter().zip(margin_low) {
            let verdict = Verdict::from_code(*code).map_or("none".to_owned(), |verdict| verdict.to_string());
            *verdicts.entry(verdict).or_insert(0) += 1;
            margins += if margin == i64::MIN { 0 } else { margin };
        }
        let names: Vec<_> = keys.iter().map(|key| all.portfolio().name(*key).unwrap()).collect();
        let columns: [(&str, ArrayRef); 6] = [
            ("agreement", Arc::new(names.iter().map(|names| Some(names.0)).collect::<StringArray>())),
            ("force", Arc::new(names.iter().map(|names| Some(names.1)).collect::<StringArray>())),
            ("key", Arc::new(UInt32Array::from(keys.clone()))),
            ("day", Arc::new(Date32Array::from(days))),
            ("low", Arc::new(UInt32Array::from(low))),
            ("high", Arc::new(UInt32Array::from(high))),
        ];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let file = File::create(folder.join(format!("part-{file}.parquet"))).unwrap();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
    }
    Counts { folder, verdicts, margins }
}
