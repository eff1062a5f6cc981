//! Tells whether an agreement is being kept, from reported counts.
//!
//! `cargo run --example assess -- AGREEMENT.json [--observations FILE.csv] [--on DATE] [--known DATE] [--json]`

mod shared;

use std::process::ExitCode;

use force_drawdown::{Agreement, Observation};
use shared::{Arguments, Failure, read_agreement};

const USAGE: &str = "assess AGREEMENT.json [--observations FILE.csv] [--on DATE] [--known DATE] [--json]";

fn main() -> ExitCode {
    shared::finish(run())
}

fn run() -> Result<String, Failure> {
    let arguments = Arguments::parse(USAGE, &["--observations", "--on", "--known"], &["--json"])?;
    let mut agreement: Agreement = read_agreement(arguments.file()?)?;
    let observations = match arguments.get("--observations") {
        Some(file) => read_observations(file)?,
        None => Vec::new(),
    };
    if let Some(known) = arguments.day("--known")? {
        agreement = agreement.as_known_on(known);
    }
    let on = arguments.day("--on")?.or_else(|| agreement.last_day(&observations));
    let on = on.ok_or_else(|| arguments.misuse("no day is known in the agreement: give one with --on"))?;
    let assessment = agreement.assess(&observations, on);
    let json = serde_json::to_string_pretty(&assessment).map_err(|error| Failure::new(error.to_string()))?;
    Ok(json + "\n")
}

// TEMPORARY until the csv feature is there.
fn read_observations(file: &str) -> Result<Vec<Observation>, Failure> {
    use force_drawdown::{Counted, ObservationKind};
    let text = std::fs::read_to_string(file).map_err(|e| Failure::new(e.to_string()))?;
    let mut lines = text.lines();
    let head: Vec<String> = split(lines.next().unwrap_or_default());
    let mut out = Vec::new();
    for line in lines {
        let cells = split(line);
        let get = |n: &str| head.iter().position(|h| h == n).and_then(|i| cells.get(i)).filter(|c| !c.is_empty()).cloned();
        let counted = if let Some(q) = get("present") { Counted::Present(q.parse().unwrap()) } else if let Some(q) = get("withdrawn") { Counted::Withdrawn(q.parse().unwrap()) } else { Counted::WithdrawnShare(get("withdrawn_share").unwrap().parse().unwrap()) };
        let date: force_drawdown::Period = get("date").unwrap().parse().unwrap();
        let mut o = Observation::new(date, counted);
        o.force = get("force"); o.published = get("published").map(|d| force_drawdown::terms::parse_day(&d).unwrap()); o.source = get("source");
        o.kind = get("kind").map(|k| k.parse::<ObservationKind>().unwrap());
        out.push(o);
    }
    Ok(out)
}
fn split(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()]; let mut q = false;
    for c in line.chars() { match c { '"' => q = !q, ',' if !q => cells.push(String::new()), c => cells.last_mut().unwrap().push(c) } }
    cells
}
