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
use std::process::{Command, Output};

use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::arrow::datatypes::{Int64Type, UInt32Type};
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::prelude::{SessionConfig, SessionContext};
use force_drawdown_datafusion::register;

use counts::{AGREEMENTS, Counts, agreements, counts};

#[path = "support/counts.rs"]
mod counts;

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
fn a_question_that_fails_leaves_no_file() {
    let Counts { folder, .. } = counts(&agreements(), "fails");
    let out = folder.join("out");
    std::fs::create_dir_all(&out).unwrap();
    // The last rows of the last file cannot be divided.
    let sql = format!(
        "SELECT key, 1 / (100000 - row) FROM (SELECT key, row_number() OVER () AS row FROM '{}/*.parquet')",
        folder.display()
    );
    let failed = ask(&["--out", out.join("answer.csv").to_str().unwrap(), &sql]);
    assert!(!failed.status.success());
    assert!(String::from_utf8(failed.stderr).unwrap().contains("Divide by zero"));
    assert_eq!(std::fs::read_dir(out).unwrap().count(), 0);
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
