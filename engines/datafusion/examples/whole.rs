//! What whole queries over Parquet files cost: on one machine, as a window query without the functions, and on workers.
//!
//! `./measure.sh` runs it; its argument is the number of million rows, else 40. It writes the files to `target/measure`. Workers are processes on this machine. Times are processor time,
//! which it reads as Linux tells it, but for the last table.

#![allow(clippy::arithmetic_side_effects, reason = "the numbers are those of this file")]

use std::error::Error;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use datafusion::arrow::array::{ArrayRef, Date32Array, RecordBatch, StringArray, UInt32Array};
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::prelude::{SessionConfig, SessionContext};
use force_drawdown::bulk::CountColumns;
use force_drawdown_datafusion::{Agreements, cluster, functions, register};
use url::Url;

use support::{Numbers, documents, median};

mod support;

const AGREEMENTS: u32 = 2_000;
const FILES: usize = 16;
const BATCH: usize = 8192;
const ROUNDS: usize = 5;
/// Pieces that a worker of one thread has at once, so that it need not wait for the files.
const PIECES: usize = 4;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The processor time of a process, in seconds.
fn processor_time(process: &str) -> Outcome<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // Its name, which comes first, may have spaces.
    let fields: Vec<_> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).ok_or("no time")?.parse::<f64>().map_err(Box::<dyn Error>::from);
    Ok((ticks(11)? + ticks(12)?) / 100.0)
}

/// Counts in any order, as columns.
struct Columns {
    keys: Vec<u32>,
    days: Vec<i32>,
    low: Vec<u32>,
    high: Vec<u32>,
}

impl Columns {
    fn new(numbers: &mut Numbers, rows: usize) -> Self {
        let keys: Vec<u32> = (0..rows).map(|_| numbers.below(AGREEMENTS)).collect();
        let days = keys.iter().map(|_| 10_957 + i32::try_from(numbers.below(9_000)).unwrap_or(0)).collect();
        let low: Vec<u32> = keys.iter().map(|_| numbers.below(60_000)).collect();
        let high = low.iter().map(|low| low + numbers.below(300)).collect();
        Self { keys, days, low, high }
    }
}

/// Writes the files, unless they are there.
fn write_files(folder: &Path, rows: usize) -> Outcome<()> {
    std::fs::create_dir_all(folder)?;
    for file in 0..FILES {
        let path = folder.join(format!("part-{file:02}.parquet"));
        if path.exists() {
            continue;
        }
        let it = Columns::new(&mut Numbers(1 + u64::try_from(file)?), rows / FILES);
        let names: Vec<_> = (0..AGREEMENTS).map(|index| format!("agreement-{index:06}")).collect();
        let name = |key: &u32| names.get(usize::try_from(*key).ok()?).map(String::as_str);
        let columns: [(&str, ArrayRef); 6] = [
            ("agreement", Arc::new(it.keys.iter().map(name).collect::<StringArray>())),
            ("force", Arc::new(it.keys.iter().map(|_| Some("f")).collect::<StringArray>())),
            ("key", Arc::new(UInt32Array::from(it.keys.clone()))),
            ("day", Arc::new(Date32Array::from(it.days))),
            ("low", Arc::new(UInt32Array::from(it.low))),
            ("high", Arc::new(UInt32Array::from(it.high))),
        ];
        let batch = RecordBatch::try_from_iter(columns)?;
        // A run that is broken off leaves no half of a file.
        let half = path.with_extension("half");
        let mut writer = ArrowWriter::try_new(File::create(&half)?, batch.schema(), None)?;
        writer.write(&batch)?;
        writer.close()?;
        std::fs::rename(half, path)?;
    }
    Ok(())
}

/// Processor time of the bare kernel, in nanoseconds a row, on columns that lie in memory.
fn kernel(all: &Agreements) -> Outcome<f64> {
    let batches: Vec<_> = (0..64).map(|batch| Columns::new(&mut Numbers(batch), BATCH)).collect();
    let before = processor_time("self")?;
    let mut rows = 0_u32;
    for _ in 0..100 {
        for it in &batches {
            let mut codes = vec![0; BATCH];
            let columns = CountColumns { keys: &it.keys, days: &it.days, low: &it.low, high: &it.high };
            rows += u32::try_from(all.portfolio().judge_verdicts(columns, &mut codes))?;
            std::hint::black_box(codes);
        }
    }
    Ok((processor_time("self")? - before) * 1e9 / f64::from(rows))
}

/// The questions, over files of counts.
struct Questions {
    scan: String,
    by_key: String,
    by_names: String,
    few: String,
    window: String,
}

impl Questions {
    fn new(folder: &Path) -> Self {
        let all = format!("FROM '{}/*.parquet'", folder.display());
        let few = format!("FROM '{}/part-00.parquet'", folder.display());
        let verdicts = |names: &str, from: &str| {
            format!("SELECT verdict({names}, day, low, high) AS verdict, count(*) AS rows {from} GROUP BY 1 ORDER BY 1")
        };
        // The steps of each agreement among its counts, in the order of days: each count has the ceilings of the last step.
        // An end that is open is a number above all counts, for a null would let the one before it go on.
        let window = format!(
            "SELECT CASE WHEN high <= strict THEN 'compliant' WHEN low > lenient THEN 'exceeded' ELSE 'undetermined' END
                AS verdict, count(*) AS rows
            FROM (
                SELECT low, high, last_value(strict) IGNORE NULLS OVER days AS strict,
                    last_value(lenient) IGNORE NULLS OVER days AS lenient
                FROM (
                    SELECT key, day, 1 AS is_count, low, high, CAST(NULL AS BIGINT) AS strict, CAST(NULL AS BIGINT) AS lenient
                    {few}
                    UNION ALL
                    SELECT key, coalesce(\"from\", DATE '0001-01-01'), 0, NULL, NULL,
                        coalesce(CAST(strict AS BIGINT), 4294967295), coalesce(CAST(lenient AS BIGINT), 4294967295)
                    FROM ceilings()
                )
                WINDOW days AS (PARTITION BY key ORDER BY day, is_count ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
            )
            WHERE low IS NOT NULL GROUP BY 1 ORDER BY 1"
        );
        Self {
            scan: format!("SELECT sum(key), max(day), sum(low), sum(high) {all}"),
            by_key: verdicts("key", &all),
            by_names: verdicts("agreement, force", &all),
            few: verdicts("key", &few),
            window,
        }
    }
}

async fn table(context: &SessionContext, sql: &str) -> Outcome<String> {
    Ok(pretty_format_batches(&context.sql(sql).await?.collect().await?)?.to_string())
}

fn config(pieces: usize) -> SessionConfig {
    SessionConfig::new().with_target_partitions(pieces)
}

/// What a question costs: processor time, and time by the clock, in seconds; and the answer.
type Cost = (f64, f64, String);

async fn plain(all: &Arc<Agreements>, sql: &str) -> Outcome<Cost> {
    let context = SessionContext::new_with_config(config(1)).enable_url_table();
    register(&context, all);
    let (before, since) = (processor_time("self")?, Instant::now());
    let table = table(&context, sql).await?;
    Ok((processor_time("self")? - before, since.elapsed().as_secs_f64(), table))
}

/// A worker of this program, which ends with it.
struct Worker {
    child: Child,
    url: Url,
}

impl Worker {
    fn start() -> Outcome<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut child = command.arg("worker").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        Ok(Self { child, url: Url::parse(line.trim())? })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn serve(all: &Arc<Agreements>) -> Outcome<()> {
    cluster::end_on_panic();
    std::thread::spawn(|| {
        let _ = std::io::stdin().read(&mut [0]);
        std::process::exit(0);
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(cluster::serve(listener, functions(all)).await?)
}

/// What a question costs workers and this process.
async fn asked(all: &Arc<Agreements>, workers: &[Worker], sql: &str) -> Outcome<Cost> {
    let urls: Vec<_> = workers.iter().map(|worker| worker.url.clone()).collect();
    let context = cluster::session(config(PIECES), &urls, functions(all))?.enable_url_table();
    let processes: Vec<_> =
        workers.iter().map(|worker| worker.child.id().to_string()).chain(["self".to_owned()]).collect();
    let times = || processes.iter().map(|process| processor_time(process)).sum::<Outcome<f64>>();
    let (before, since) = (times()?, Instant::now());
    let answer = async { table(&context, sql).await.map_err(|error| error.to_string()) };
    let table = tokio::time::timeout(Duration::from_mins(10), answer).await??;
    Ok((times()? - before, since.elapsed().as_secs_f64(), table))
}

async fn on_one_machine(all: &Arc<Agreements>, ask: &Questions, rows: usize) -> Outcome<()> {
    let of_few = rows / FILES;
    let ways = [
        ("scan and sum of the columns", &ask.scan, rows),
        ("`verdict` by key, grouped", &ask.by_key, rows),
        ("`verdict` by names, grouped", &ask.by_names, rows),
        ("`verdict` by key, grouped, one file", &ask.few, of_few),
        ("the same file by a window query", &ask.window, of_few),
    ];
    let (mut bare, mut times, mut answers) = (Vec::new(), vec![Vec::new(); ways.len()], Vec::new());
    for _ in 0..ROUNDS {
        bare.push(kernel(all)?);
        answers.clear();
        for ((_, sql, rows), times) in ways.iter().zip(&mut times) {
            let (time, _, answer) = plain(all, sql).await?;
            times.push(time * 1e9 / f64::from(u32::try_from(*rows)?));
            answers.push(answer);
        }
    }
    println!("| one partition | ns a row | times the kernel |\n| --- | ---: | ---: |");
    println!("| `Portfolio::judge_verdicts` | {:.1} | 1.0 |", median(bare.clone()));
    for ((name, ..), times) in ways.iter().zip(&times) {
        let shares = times.iter().zip(&bare).map(|(time, bare)| time / bare).collect();
        println!("| {name} | {:.1} | {:.1} |", median(times.clone()), median(shares));
    }
    if let [.., few, window] = &times[..] {
        let times = window.iter().zip(few).map(|(window, few)| window / few).collect();
        println!("\nThe window query takes {:.1} times the function.", median(times));
    }
    if let [_, by_key, by_names, few, window] = &answers[..] {
        assert_eq!(by_key, by_names);
        println!("\nThe function on one file, and the window query:\n\n{few}\n{window}\n");
    }
    Ok(())
}

async fn on_workers(all: &Arc<Agreements>, ask: &Questions) -> Outcome<()> {
    let workers = [Worker::start()?, Worker::start()?];
    println!("| two workers | processor time, times one process | times as fast by the clock |\n| --- | ---: | ---: |");
    for (name, sql) in [("by key", &ask.by_key), ("by names", &ask.by_names)] {
        let (mut costs, mut gains) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let (alone, clock_alone, expected) = plain(all, sql).await?;
            let (together, clock_together, answer) = asked(all, &workers, sql).await?;
            assert_eq!(answer, expected);
            costs.push(together / alone);
            gains.push(clock_alone / clock_together);
        }
        println!("| `verdict` {name}, grouped | {:.2} | {:.2} |", median(costs), median(gains));
    }
    Ok(())
}

fn main() -> Outcome<()> {
    let all = Agreements::read_lines(documents(&mut Numbers(1), AGREEMENTS).as_bytes())?;
    let argument = std::env::args().nth(1);
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    if argument.as_deref() == Some("worker") {
        // One thread, so that a worker is a machine of one core.
        return runtime.worker_threads(1).enable_all().build()?.block_on(serve(&all));
    }
    let rows = argument.map_or(Ok(40), |millions| millions.parse::<usize>())? * 1_000_000;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("target/measure/{rows}"));
    write_files(&folder, rows)?;
    println!("{rows} rows in {FILES} files, {AGREEMENTS} agreements of eight phases, medians of {ROUNDS} rounds\n");
    let ask = Questions::new(&folder);
    runtime.enable_all().build()?.block_on(async {
        on_one_machine(&all, &ask, rows).await?;
        on_workers(&all, &ask).await
    })
}
