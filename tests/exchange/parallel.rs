//! All threads give what one gives.

use std::io::{BufReader, Cursor, Error, Read};

use force_drawdown::bulk::{BadLine, CountColumns, NONE, Portfolio, VerdictColumns, read_lines, read_lines_parallel};
use force_drawdown::{Act, ActKind, Agreement, catalog, day, strategies};
use proptest::prelude::*;

fn iraq() -> Agreement {
    catalog::get("us-iraq-2024").unwrap().agreement
}

/// How many rows were judged and the columns of verdicts and margins. A cell that is not written stays 77.
type Judged = (usize, Vec<u8>, Vec<i64>, Vec<i64>);

fn judged(portfolio: &Portfolio, rows: CountColumns<'_>, lengths: [usize; 3], is_parallel: bool) -> Judged {
    let [codes, low, high] = lengths;
    let (mut codes, mut low, mut high) = (vec![77; codes], vec![77; low], vec![77; high]);
    let mut out = VerdictColumns { verdicts: &mut codes, margin_low: &mut low, margin_high: &mut high };
    let count = if is_parallel { portfolio.judge_parallel(rows, &mut out) } else { portfolio.judge(rows, &mut out) };
    (count, codes, low, high)
}

/// A count as its key, day, fewest and most.
fn row() -> impl Strategy<Value = (u32, i32, u32, u32)> {
    let number = prop_oneof![0_u32..5_000, any::<u32>(), Just(NONE)];
    (0_u32..12, prop_oneof![10_000_i32..25_000, any::<i32>()], number.clone(), number)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the rows, and however many cells each column has.
    #[test]
    fn a_batch_is_judged_alike(
        agreements in prop::collection::vec(strategies::agreement(), 1..4),
        counts in prop::collection::vec(row(), 0..300),
        cut in prop::array::uniform7(0_usize..3),
    ) {
        let mut portfolio = Portfolio::new();
        for (number, agreement) in agreements.iter().enumerate() {
            portfolio.add_as(&number.to_string(), agreement).unwrap();
        }
        let length = |column: usize| counts.len().saturating_sub(cut[column]);
        let keys: Vec<u32> = counts.iter().map(|row| row.0).take(length(0)).collect();
        let days: Vec<i32> = counts.iter().map(|row| row.1).take(length(1)).collect();
        let low: Vec<u32> = counts.iter().map(|row| row.2).take(length(2)).collect();
        let high: Vec<u32> = counts.iter().map(|row| row.3).take(length(3)).collect();
        let rows = CountColumns { keys: &keys, days: &days, low: &low, high: &high };
        let lengths = [length(4), length(5), length(6)];
        prop_assert_eq!(judged(&portfolio, rows, lengths, true), judged(&portfolio, rows, lengths, false));
    }
}

#[test]
fn a_batch_in_parallel_is_cut_into_pieces_that_fit_together() {
    let mut portfolio = Portfolio::new();
    let mut terms = iraq().into_terms();
    terms.record.push(Act::new(day!(2025, 1, 1), ActKind::Approved));
    portfolio.add_as("it", &Agreement::try_from(terms).unwrap()).unwrap();
    let rows = 200_001;
    let days: Vec<i32> = (0..rows).map(|row| 19_900 + row % 1_000).collect();
    let counts: Vec<u32> = (0..rows).map(|row| row.unsigned_abs() % 2_600).collect();
    let keys: Vec<u32> = (0..rows).map(|row| row.unsigned_abs() % 2).collect();
    let rows = CountColumns { keys: &keys, days: &days, low: &counts, high: &counts };
    // The shortest column ends the batch, inside a piece and at the end of one.
    for short in [days.len(), 150_000, 131_072] {
        for lengths in
            [[short, days.len(), days.len()], [days.len(), short, days.len()], [days.len(), days.len(), short]]
        {
            let (one, all) = (judged(&portfolio, rows, lengths, false), judged(&portfolio, rows, lengths, true));
            assert!(one == all && one.0 == short, "{lengths:?}");
        }
    }
}

fn told(read: Result<(usize, Agreement), BadLine>) -> (usize, String) {
    match read {
        Ok((number, agreement)) => (number, agreement.terms().title.clone()),
        Err(bad) => (bad.number, bad.error.to_string()),
    }
}

#[test]
fn many_lines_keep_their_order_in_parallel() {
    let good = serde_json::to_string(&iraq()).unwrap();
    let invalid = good.replace("\"2025-09\"", "\"2025-13\"");
    let line = |number: usize| match number % 6 {
        0 => "?\n".as_bytes(),
        1 => b"\xff\r\n",
        2 => b" \t\n",
        3 => b"{}{}\n",
        4 => invalid.as_bytes(),
        _ => good.as_bytes(),
    };
    let text: Vec<u8> = (0..9_000).flat_map(|number| [line(number), b"\n"].concat()).collect();
    let (one, all): (Vec<_>, Vec<_>) =
        (read_lines(&text[..]).map(told).collect(), read_lines_parallel(&text[..]).map(told).collect());
    assert_eq!(one.len(), 7_500);
    assert!(one.is_sorted_by_key(|(number, _)| *number));
    assert_eq!(one, all);
}

/// Gives what there is, then fails for ever.
struct Broken(Cursor<Vec<u8>>);

impl Read for Broken {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(out)? {
            0 => Err(Error::other("gone")),
            read => Ok(read),
        }
    }
}

#[test]
fn a_reader_that_fails_ends_the_lines() {
    let good = serde_json::to_string(&iraq()).unwrap() + "\n";
    let read = read_lines_parallel(BufReader::new(Broken(Cursor::new(good.into_bytes()))));
    let told: Vec<_> = read.map(|read| read.map(|(number, _)| number).map_err(|bad| bad.to_string())).collect();
    assert_eq!(told, [Ok(1), Err("line 2: gone".to_owned())]);
}
