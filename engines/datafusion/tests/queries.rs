//! Whole queries on one machine, and the program `ask`.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, AsArray, Date32Array, RecordBatch, StringArray, UInt32Array};
use datafusion::arrow::datatypes::{Int64Type, UInt32Type};
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::prelude::{SessionConfig, SessionContext};
use force_drawdown::Verdict;
use force_drawdown::bulk::{CountColumns, VerdictColumns};
use force_drawdown_datafusion::{Agreements, register};

const AGREEMENTS: &str = "../../examples/agreements";
const FILES: usize = 5;
const ROWS: usize = 20_000;

fn agreements() -> Arc<Agreements> {
    Agreements::read_dir(AGREEMENTS.as_ref()).unwrap()
}

/// Counts of every force in any order, in several Parquet files of one folder; and what the portfolio says of each verdict.
struct Counts {
    folder: PathBuf,
    verdicts: BTreeMap<String, i64>,
    margins: i64,
}

fn counts(all: &Agreements, name: &str) -> Counts {
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

async fn table(context: &SessionContext, sql: &str) -> Vec<RecordBatch> {
    context.sql(sql).await.unwrap().collect().await.unwrap()
}

#[tokio::test]
async fn any_number_of_partitions_gives_the_answers_of_the_portfolio() {
    let all = agreements();
    let Counts { folder, verdicts, margins } = counts(&all, "partitions");
    let mut printed = Vec::new();
    for names in ["agreement, force", "key"] {
        for partitions in [1, 2, 7] {
            let config = SessionConfig::new().with_target_partitions(partitions);
            let context = SessionContext::new_with_config(config).enable_url_table();
            register(&context, &all);
            let sql = format!(
                "SELECT coalesce(verdict({names}, day, low, high), 'none') AS verdict, count(*) AS rows,
                    sum(margin_low({names}, day, low, high)) AS margins, sum(required_strict({names}, day)) AS strict,
                    sum(planned_high({names}, day, 'step')) AS high
                FROM '{}/*.parquet' GROUP BY 1 ORDER BY 1",
                folder.display()
            );
            let batches = table(&context, &sql).await;
            let mut found = BTreeMap::new();
            let mut sum = 0;
            for batch in &batches {
                let rows = batch.column(1).as_primitive::<Int64Type>();
                let words =
                    datafusion::arrow::compute::cast(batch.column(0), &datafusion::arrow::datatypes::DataType::Utf8)
                        .unwrap();
                let words = words.as_string::<i32>();
                found.extend((0..batch.num_rows()).map(|row| (words.value(row).to_owned(), rows.value(row))));
                sum += batch.column(2).as_primitive::<Int64Type>().iter().flatten().sum::<i64>();
            }
            assert_eq!((found, sum), (verdicts.clone(), margins), "{names} in {partitions} partitions");
            printed.push(pretty_format_batches(&batches).unwrap().to_string());
        }
    }
    assert!(verdicts.len() > 3);
    assert!(printed.iter().all(|other| *other == printed[0]), "{printed:#?}");
}

#[tokio::test]
async fn the_tables_have_every_force_and_every_step() {
    let all = agreements();
    let context = SessionContext::new();
    register(&context, &all);
    let number = |batches: Vec<RecordBatch>| batches[0].column(0).as_primitive::<Int64Type>().value(0);
    let forces = number(table(&context, "SELECT count(DISTINCT key) FROM agreements()").await);
    assert_eq!(usize::try_from(forces).unwrap(), all.portfolio().len());
    // Each ceiling of the table is what the function says of its first and of its last day.
    let differ =
        "SELECT count(*) FROM ceilings() WHERE (strict IS DISTINCT FROM required_strict(key, coalesce(\"from\", \"to\")))
        OR (lenient IS DISTINCT FROM required_lenient(agreement, force, coalesce(\"to\", \"from\")))";
    assert_eq!(number(table(&context, differ).await), 0);
    // The last step that binds leaves nobody, in the strict reading.
    let steps =
        table(&context, "SELECT low FROM phases() WHERE agreement = 'us-iraq-2024' AND binding ORDER BY latest").await;
    let steps: Vec<_> = steps.iter().flat_map(|batch| batch.column(0).as_primitive::<UInt32Type>().iter()).collect();
    assert_eq!(steps.last(), Some(&Some(0)));
    let refused = context.sql("SELECT * FROM agreements(1)").await.unwrap_err().to_string();
    assert!(refused.contains("agreements() takes no arguments"), "{refused}");
}

fn ask(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ask")).args(["--agreements", AGREEMENTS]).args(args).output().unwrap()
}

fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn ask_reads_parquet_and_writes_it() {
    let all = agreements();
    let Counts { folder, verdicts, .. } = counts(&all, "ask");
    let out = folder.join("out").join("verdicts.parquet");
    std::fs::create_dir_all(out.parent().unwrap()).unwrap();
    let sql =
        format!("SELECT *, verdict(key, day, low, high) AS verdict FROM '{}/*.parquet' -- every row", folder.display());
    printed(&ask(&["--partitions", "2", "--out", out.to_str().unwrap(), &sql]));
    let count = format!("SELECT count(*) AS rows FROM '{}' WHERE verdict = 'exceeded'", out.display());
    let answer = printed(&ask(&[&count]));
    assert!(answer.contains(&format!("| {}", verdicts["exceeded"])), "{answer}");
    let long = printed(&ask(&[&format!("SELECT key FROM '{}'", out.display())]));
    assert!(long.ends_with("There are more than 1000 rows; --out FILE writes all of them.\n"));
    assert_eq!(long.lines().count(), 1000 + 5);
}

#[test]
fn ask_says_what_is_wrong() {
    let wrong = ask(&["SELECT verdict(1)"]);
    assert!(!wrong.status.success());
    let error = String::from_utf8(wrong.stderr).unwrap();
    assert!(error.contains("verdict takes (agreement, force, day, low, high) or (key, day, low, high)"), "{error}");
    let none = Command::new(env!("CARGO_BIN_EXE_ask")).args(["--agreements", "nowhere", "SELECT 1"]).output().unwrap();
    assert_eq!(String::from_utf8(none.stderr).unwrap(), "ask: nowhere: No such file or directory (os error 2)\n");
}
