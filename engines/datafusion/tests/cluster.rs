//! Several workers on this machine, of which one is lost or has other documents.
//!
//! `check.sh` runs these tests. They talk to 127.0.0.1 alone.
#![cfg(all(unix, feature = "cluster"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use std::io::Read as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::prelude::{SessionConfig, SessionContext};
use force_drawdown_datafusion::{cluster, functions, register};
use url::Url;

use counts::{AGREEMENTS, Counts, agreements, counts};
use process::Process;

#[path = "support/counts.rs"]
mod counts;
#[path = "support/pause.rs"]
mod pause;
#[path = "support/process.rs"]
mod process;

/// How often a worker is killed in each stage.
const KILLS: u32 = 10;
/// A query ends within this time, whatever happens.
const DEADLINE: Duration = Duration::from_mins(1);
/// How long a query pauses for each batch of rows.
const PAUSE: u64 = 100;
const PIECES: usize = 2;

/// Not a test: what the others start as a worker, with functions that the program `worker` does not have.
#[test]
#[ignore = "the other tests start it as a process"]
fn worker() {
    let Ok(listen) = std::env::var("LISTEN") else { return };
    cluster::end_on_panic();
    // The process that started this one has the other end. If it is gone, so is this one.
    std::thread::spawn(|| {
        let _ = std::io::stdin().read(&mut [0]);
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await.unwrap();
        println!("listens at http://{}", listener.local_addr().unwrap());
        let functions = functions(&agreements()).into_iter().chain(pause::functions(PAUSE)).collect();
        cluster::serve(listener, functions).await.unwrap();
    });
}

/// Starts `worker` above, at an address or at one that is free.
fn start(address: Option<&Url>) -> Process {
    let listen = address.map_or("127.0.0.1:0".to_owned(), |url| url.authority().to_owned());
    let this = std::env::current_exe().unwrap();
    Process::start(Command::new(this).args(["worker", "--exact", "--ignored", "--nocapture"]).env("LISTEN", listen))
}

/// Starts the program `worker`.
fn program(agreements: &Path) -> Process {
    let mut command = Command::new(env!("CARGO_BIN_EXE_worker"));
    Process::start(command.arg("--agreements").arg(agreements).args(["--listen", "127.0.0.1:0"]))
}

/// Runs the program `ask`, which has workers and a deadline in seconds.
fn ask(workers: &[&Url], deadline: &str, args: &[&str]) -> Output {
    let workers: Vec<_> = workers.iter().map(|url| url.as_str()).collect();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ask"));
    command.args(["--agreements", AGREEMENTS, "--deadline", deadline, "--workers", &workers.join(",")]);
    command.args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

async fn table(context: &SessionContext, sql: &str) -> datafusion::common::Result<String> {
    Ok(pretty_format_batches(&context.sql(sql).await?.collect().await?)?.to_string())
}

/// What one process answers, without pauses.
async fn expected(sql: &str) -> String {
    let context = SessionContext::new().enable_url_table();
    register(&context, &agreements());
    for function in pause::functions(0) {
        context.register_udf(function);
    }
    table(&context, sql).await.unwrap()
}

/// A session that asks workers, with functions that pause.
fn session(workers: &[Url]) -> SessionContext {
    let config = SessionConfig::new().with_target_partitions(PIECES);
    let functions = functions(&agreements()).into_iter().chain(pause::functions(PAUSE)).collect();
    cluster::session(config, workers, functions).unwrap().enable_url_table()
}

/// Judges every row in the first stage, and pauses there.
fn pauses_first(counts: &Counts) -> String {
    format!(
        "SELECT verdict(agreement, force, day, low, high) AS verdict, count(*) AS rows, sum(margin_low(key, day, low, high))
        FROM '{}/*.parquet' WHERE pause_first(day) GROUP BY 1 ORDER BY 1",
        counts.folder.display()
    )
}

/// Judges every row.
fn judged(counts: &Counts) -> String {
    pauses_first(counts).replace("pause_first(day)", "true")
}

/// Groups rows by force and day in a first stage, then pauses and judges the groups in a second one.
fn pauses_later(counts: &Counts) -> String {
    format!(
        "SELECT verdict(key, day, low, high) AS verdict, count(*) AS days, sum(rows) AS rows FROM (
            SELECT key, day, min(low) AS low, max(high) AS high, count(*) AS rows FROM '{}/*.parquet' GROUP BY 1, 2
        ) WHERE pause_later(rows) GROUP BY 1 ORDER BY 1",
        counts.folder.display()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_answer_as_one_process_does() {
    let counts = counts(&agreements(), "cluster-equal");
    let all = [start(None), start(None), start(None)];
    for sql in [pauses_first(&counts), pauses_later(&counts)] {
        let expected = expected(&sql).await;
        assert!(expected.lines().count() > 6, "{expected}");
        for number in [2, 3] {
            let workers: Vec<_> = all.iter().take(number).map(|worker| worker.url.clone()).collect();
            let context = session(&workers);
            assert_eq!(cluster::within(DEADLINE, &workers, table(&context, &sql)).await.unwrap(), expected);
        }
        // Each had a piece of it.
        let name = if sql.contains("pause_first") { "pause_first" } else { "pause_later" };
        for worker in &all {
            worker.wait_for(name);
        }
    }
}

/// Kills one of two workers while it pauses in a stage, at another moment in each run; then starts it again.
async fn killed(name: &str, sql: &str) {
    let expected = expected(sql).await;
    let (one, mut other) = (start(None), start(None));
    let workers = [one.url.clone(), other.url.clone()];
    let context = session(&workers);
    // So that what the worker says of the next run is of that run.
    let without_pause = sql.replace("pause_first(day)", "true").replace("pause_later(rows)", "true");
    let (mut errors, mut longest) = (0, Duration::ZERO);
    for run in 0..KILLS {
        let since = Instant::now();
        let (context_of_run, sql_of_run, workers_of_run) = (context.clone(), sql.to_owned(), workers.clone());
        let answer = tokio::spawn(async move {
            cluster::within(DEADLINE, &workers_of_run, table(&context_of_run, &sql_of_run)).await
        });
        other.wait_for(name);
        tokio::time::sleep(Duration::from_millis(20) * run).await;
        other.kill();
        match answer.await.unwrap() {
            Ok(table) => assert_eq!(table, expected, "run {run}"),
            Err(error) => {
                errors += 1;
                let lost =
                    format!("Lost: {}. Start it again, then ask again", other.url.origin().ascii_serialization());
                assert!(error.contains(&lost), "run {run}: {error}");
            }
        }
        longest = longest.max(since.elapsed());
        other = start(Some(&other.url));
        let again = table(&context, &without_pause);
        assert_eq!(cluster::within(DEADLINE, &workers, again).await.unwrap(), expected, "run {run}");
    }
    assert!(longest < DEADLINE, "{longest:?}");
    println!("{name}: {KILLS} kills, {errors} errors, no wrong table, the longest took {longest:.1?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_in_the_first_stage_is_named() {
    killed("pause_first", &pauses_first(&counts(&agreements(), "cluster-first"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_in_a_later_stage_is_named() {
    killed("pause_later", &pauses_later(&counts(&agreements(), "cluster-later"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_says_nothing_any_more_is_named() {
    let counts = counts(&agreements(), "cluster-silent");
    let [one, other] = [start(None), start(None)];
    let workers = [one.url.clone(), other.url.clone()];
    let (context, sql, asked) = (session(&workers), pauses_first(&counts), workers.clone());
    let since = Instant::now();
    let answer = tokio::spawn(async move { cluster::within(DEADLINE, &asked, table(&context, &sql)).await });
    other.wait_for("pause_first");
    other.stop();
    let error = answer.await.unwrap().unwrap_err();
    assert!(error.contains(&format!("Lost: {}. ", other.url.origin().ascii_serialization())), "{error}");
    assert!(!error.contains("there was no answer within"), "{error}");
    println!("a silent worker was found after {:.1?}", since.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_of_a_worker_is_no_shorter_answer() {
    let counts = counts(&agreements(), "cluster-panic");
    let [one, other] = [start(None), start(None)];
    let workers = [one.url.clone(), other.url.clone()];
    let sql = format!("SELECT key FROM '{}/*.parquet' WHERE panics(day)", counts.folder.display());
    let error = cluster::within(DEADLINE, &workers, table(&session(&workers), &sql)).await.unwrap_err();
    assert!(error.contains("Lost: "), "{error}");
}

#[test]
fn the_programs_answer_and_refuse_other_documents() {
    let all = agreements();
    let counts = counts(&all, "cluster-programs");
    let [one, other] = [program(AGREEMENTS.as_ref()), program(AGREEMENTS.as_ref())];
    let sql = format!("SELECT *, verdict(key, day, low, high) AS verdict FROM '{}/*.parquet'", counts.folder.display());
    let out = counts.folder.join("out").join("verdicts.parquet");
    std::fs::create_dir_all(out.parent().unwrap()).unwrap();
    let written = ask(&[&one.url, &other.url], "50", &["--out", out.to_str().unwrap(), &sql]);
    assert!(written.status.success(), "{}", text(&written.stderr));
    let count = format!("SELECT count(*) AS rows FROM '{}' WHERE verdict = 'exceeded'", out.display());
    let answer = text(&ask(&[&one.url, &other.url], "50", &[&count]).stdout);
    assert!(answer.contains(&format!("| {}", counts.verdicts["exceeded"])), "{answer}");

    // One number of one document differs.
    let folder = counts.folder.join("other");
    std::fs::create_dir_all(&folder).unwrap();
    for file in std::fs::read_dir(AGREEMENTS).unwrap() {
        let file = file.unwrap().path();
        let mut document = std::fs::read_to_string(&file).unwrap();
        if file.ends_with("iraq-2024.json") {
            document = document.replace("2500", "2501");
        }
        std::fs::write(folder.join(file.file_name().unwrap()), document).unwrap();
    }
    let refused = program(&folder);
    let refusing = ask(&[&one.url, &refused.url], "50", &[&judged(&counts)]);
    assert!(!refusing.status.success());
    let error = text(&refusing.stderr);
    let theirs = force_drawdown_datafusion::Agreements::read_dir(&folder).unwrap();
    assert!(error.contains(&format!("fingerprint {:016x}", theirs.fingerprint())), "{error}");
    assert!(error.contains(&format!("{:016x}: start every process", all.fingerprint())), "{error}");
}

#[test]
fn ask_says_which_worker_is_not_there() {
    let counts = counts(&agreements(), "cluster-absent");
    let one = program(AGREEMENTS.as_ref());
    let sql = judged(&counts);
    // A port that nobody listens at, and one whose listener never answers.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    for address in [free, mute.local_addr().unwrap()] {
        let url = Url::parse(&format!("http://{address}")).unwrap();
        let absent = ask(&[&one.url, &url], "5", &[&sql]);
        assert!(!absent.status.success());
        let error = text(&absent.stderr);
        assert!(error.contains(&format!("Lost: http://{address}. Start it again, then ask again")), "{error}");
    }
    let wrong = text(&ask(&[&one.url, &one.url], "50", &["SELECT verdict(1)"]).stderr);
    assert!(wrong.contains("verdict takes (agreement") && !wrong.contains("worker"), "{wrong}");
    let alone = text(&ask(&[&one.url], "50", &[&sql]).stderr);
    assert!(alone.contains("one worker alone gets nothing to do"), "{alone}");
    let unnamed = Command::new(env!("CARGO_BIN_EXE_ask"))
        .args(["--agreements", AGREEMENTS, "--workers", "localhost:1", "SELECT 1"])
        .output()
        .unwrap();
    let error = text(&unnamed.stderr);
    assert!(error.contains("the address of a worker is as http://10.0.0.2:50051"), "{error}");
}
