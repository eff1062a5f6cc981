//! Answers SQL over files with the functions of agreements.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::common::Result;
use datafusion::physical_plan::statistics::{StatisticsArgs, StatisticsContext};
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use datafusion::prelude::{SessionConfig, SessionContext};
use force_drawdown_datafusion::{Agreements, register};
use futures::StreamExt as _;
use indicatif::{ProgressBar, ProgressStyle};

/// Rows that are printed at most; a longer result is for a file.
const MOST_PRINTED: usize = 1000;

/// Answers SQL over files, with functions of agreements: required_strict, required_lenient, planned_low, planned_high,
/// verdict, margin_low, margin_high and agreement_key, and the tables agreements(), phases() and ceilings().
///
/// A file is named in quotes, with a star for many: SELECT * FROM 'counts/*.parquet'. Parquet, CSV, JSON lines and Arrow
/// files are read.
#[derive(Parser)]
struct Ask {
    /// A folder of agreements in JSON, or a file with one on each line
    #[arg(long, value_name = "PATH")]
    agreements: PathBuf,
    /// Writes the result to a file whose name ends in .parquet, .csv, .json or .arrow
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Pieces that are worked on at once, by each worker if there are some [default: the number of processors here]
    #[arg(long, value_name = "NUMBER")]
    partitions: Option<usize>,
    /// The workers to ask, such as http://10.0.0.2:50051,http://10.0.0.3:50051; files must have the same names there, and
    /// the tables of agreements cannot be asked
    #[cfg(feature = "cluster")]
    #[arg(long, value_name = "URL,URL", value_delimiter = ',', value_parser = worker)]
    workers: Vec<url::Url>,
    /// Gives up when the workers have not answered within these seconds
    #[cfg(feature = "cluster")]
    #[arg(long, value_name = "SECONDS", default_value_t = 3600)]
    deadline: u64,
    /// The question
    sql: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    let ask = Ask::parse();
    match answer(&ask).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ask: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn answer(ask: &Ask) -> Result<(), String> {
    let agreements = Agreements::read(&ask.agreements).map_err(|error| error.to_string())?;
    let mut config = SessionConfig::new();
    if let Some(partitions) = ask.partitions {
        config = config.with_target_partitions(partitions.max(1));
    }
    #[cfg(feature = "cluster")]
    if ask.workers.len() == 1 {
        return Err("one worker alone gets nothing to do: name two or more, or ask where it runs".to_owned());
    }
    #[cfg(feature = "cluster")]
    if !ask.workers.is_empty() {
        use force_drawdown_datafusion::{cluster, functions};
        cluster::end_on_panic();
        let context = cluster::session(config, &ask.workers, functions(&agreements))
            .map_err(|error| error.to_string())?
            .enable_url_table();
        let answer = run(&context, &ask.sql, ask.out.as_deref());
        return cluster::within(Duration::from_secs(ask.deadline), &ask.workers, answer).await;
    }
    let context = SessionContext::new_with_config(config).enable_url_table();
    register(&context, &agreements);
    run(&context, &ask.sql, ask.out.as_deref()).await.map_err(|error| error.to_string())
}

/// Reads the address of a worker.
#[cfg(feature = "cluster")]
fn worker(text: &str) -> Result<url::Url, String> {
    let url = url::Url::parse(text).ok().filter(|url| url.scheme() == "http" && url.port().is_some());
    url.ok_or_else(|| "the address of a worker is as http://10.0.0.2:50051".to_owned())
}

/// A file that is written under another name, so that no part of an answer looks like all of it.
struct Unfinished<'a> {
    path: PathBuf,
    out: &'a Path,
}

impl<'a> Unfinished<'a> {
    fn new(out: &'a Path) -> Self {
        // The end of the name says how to write.
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        Self { path: out.with_file_name(format!("unfinished-{}-{name}", std::process::id())), out }
    }

    fn finish(self) -> std::io::Result<()> {
        std::fs::rename(&self.path, self.out)
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        // It is not there if it was finished.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Runs a query, shows how far it is, and prints the rows or writes them to a file.
async fn run(context: &SessionContext, sql: &str, out: Option<&Path>) -> Result<()> {
    let sql = sql.trim().trim_end_matches(';');
    let out = out.map(Unfinished::new);
    let query = match &out {
        // A comment at the end of the query must not swallow what comes after it.
        Some(out) => format!("COPY (\n{sql}\n) TO '{}'", out.path.display().to_string().replace('\'', "''")),
        None => sql.to_owned(),
    };
    let plan = context.sql(&query).await?.create_physical_plan().await?;
    let bar = show_progress(&plan);
    let mut stream = execute_stream(plan, context.task_ctx())?;
    let (mut batches, mut rows) = (vec![RecordBatch::new_empty(stream.schema())], 0_usize);
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        rows = rows.saturating_add(batch.num_rows());
        batches.push(batch);
        if rows > MOST_PRINTED {
            break;
        }
    }
    bar.finish_and_clear();
    if let Some(out) = out {
        out.finish()?;
    }
    let is_more = rows > MOST_PRINTED;
    if let (true, Some(last)) = (is_more, batches.last_mut()) {
        *last = last.slice(0, last.num_rows().saturating_sub(rows.saturating_sub(MOST_PRINTED)));
    }
    println!("{}", pretty_format_batches(&batches)?);
    if is_more {
        println!("There are more than {MOST_PRINTED} rows; --out FILE writes all of them.");
    }
    Ok(())
}

/// A bar of the rows that were read, on a terminal; a clock where their number is not known.
fn show_progress(plan: &Arc<dyn ExecutionPlan>) -> ProgressBar {
    let (_, all) = rows_read(plan);
    let bar = match u64::try_from(all) {
        _ if !std::io::stderr().is_terminal() => ProgressBar::hidden(),
        Ok(all) if all > 0 => ProgressBar::new(all),
        _ => ProgressBar::new_spinner(),
    };
    let template = if all > 0 {
        "{elapsed} {wide_bar} {human_pos} of {human_len} rows, {eta} left"
    } else {
        "{spinner} {elapsed}"
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    let (shown, plan) = (bar.clone(), Arc::clone(plan));
    tokio::spawn(async move {
        while !shown.is_finished() {
            shown.set_position(u64::try_from(rows_read(&plan).0).unwrap_or(u64::MAX));
            shown.tick();
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    bar
}

/// How many rows the leaves of a plan have given, and how many they have, as far as that is known.
fn rows_read(plan: &Arc<dyn ExecutionPlan>) -> (usize, usize) {
    // What workers have read is not known here.
    if plan.name() == "DistributedExec" {
        return (0, 0);
    }
    let children = plan.children();
    if children.is_empty() {
        let done = plan.metrics().and_then(|metrics| metrics.output_rows()).unwrap_or(0);
        let of = StatisticsContext::new().compute(plan.as_ref(), &StatisticsArgs::default());
        let all = of.ok().and_then(|of| of.num_rows.get_value().copied());
        return (done, all.unwrap_or(0));
    }
    children
        .into_iter()
        .map(rows_read)
        .fold((0, 0), |(done, all), (more, of)| (done.saturating_add(more), all.saturating_add(of)))
}
