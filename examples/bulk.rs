//! Many agreements and counts at once: agreements from JSON lines, a column of verdicts, and a table of every day.
//!
//! `cargo run --example bulk`

use std::error::Error;

use force_drawdown::bulk::{CountColumns, NO_MARGIN, NONE, Portfolio, VerdictColumns, read_lines};
use force_drawdown::{Interpolation, Verdict, catalog, chrono::NaiveDate, day};

/// Counts as agreement, force, day, fewest and most people.
const COUNTS: [(&str, &str, NaiveDate, u32, u32); 4] = [
    ("afghanistan-2011", "us", day!(2012, 10, 1), 68_000, 68_000),
    ("afghanistan-2011", "us", day!(2015, 1, 1), 9_000, 11_000),
    ("georgia-2005", "bases", day!(2008, 12, 31), 0, 0),
    ("us-iraq-2024", "us", day!(2025, 12, 31), 2_500, 2_500),
];

fn main() -> Result<(), Box<dyn Error>> {
    // A file with a document on each line takes the place of this text.
    let lines: Result<Vec<String>, _> = catalog::all().map(|entry| serde_json::to_string(&entry.agreement)).collect();
    let mut portfolio = Portfolio::new();
    for read in read_lines(lines?.join("\n").as_bytes()) {
        let (_, agreement) = read?;
        portfolio.add(&agreement)?;
    }

    let key = |row: &(&str, &str, NaiveDate, u32, u32)| portfolio.key(row.0, row.1).ok_or("no such force");
    let keys = COUNTS.iter().map(key).collect::<Result<Vec<_>, _>>()?;
    let number = |day: NaiveDate| i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).ok();
    let day = |row: &(&str, &str, NaiveDate, u32, u32)| number(row.2).ok_or("no such day");
    let days = COUNTS.iter().map(day).collect::<Result<Vec<_>, _>>()?;
    let (low, high) = (COUNTS.map(|row| row.3), COUNTS.map(|row| row.4));

    let (mut verdicts, mut margin_low, mut margin_high) = ([0; 4], [0; 4], [0; 4]);
    let rows = CountColumns { keys: &keys, days: &days, low: &low, high: &high };
    let mut out =
        VerdictColumns { verdicts: &mut verdicts, margin_low: &mut margin_low, margin_high: &mut margin_high };
    println!("{} counts judged", portfolio.judge(rows, &mut out));
    for (row, (code, margin)) in COUNTS.iter().zip(verdicts.iter().zip(margin_low)) {
        let verdict = Verdict::from_code(*code).map_or_else(|| "-".to_owned(), |verdict| verdict.to_string());
        let margin = if margin == NO_MARGIN { "-".to_owned() } else { margin.to_string() };
        println!("  {:16}  {:5}  {}  {verdict:12}  {margin}", row.0, row.1, row.2);
    }

    // The planned path of one force, compiled once and asked for many days, in any order.
    let agreement = catalog::get("afghanistan-2011").ok_or("no such agreement")?.agreement;
    let series = agreement.schedule("us").ok_or("no such force")?.compile(Interpolation::Linear);
    let (mut low, mut high) = ([0; 4], [0; 4]);
    println!("{} days looked up", series.at_many_numbers(&days, &mut low, &mut high));
    let people = |number: u32| if number == NONE { "-".to_owned() } else { number.to_string() };
    for (row, (low, high)) in COUNTS.iter().zip(low.into_iter().zip(high)) {
        println!("  {}  {:>6}  {:>6}", row.2, people(low), people(high));
    }
    Ok(())
}
