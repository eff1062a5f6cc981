//! Hostile CSV costs no more than its size, and no row is lost in it.

use std::io::{self, Read};

use crate::pace::assert_in_proportion;
use force_drawdown::{
    Observation,
    assessment::{CsvError, CsvMistake},
};

/// A text that is made while it is read: a head, a piece many times, and a tail.
struct Endless<'a> {
    head: &'a [u8],
    piece: &'a [u8],
    times: usize,
    tail: &'a [u8],
    at: usize,
}

impl<'a> Endless<'a> {
    fn new(head: &'a str, piece: &'a str, times: usize, tail: &'a str) -> Self {
        Self { head: head.as_bytes(), piece: piece.as_bytes(), times, tail: tail.as_bytes(), at: 0 }
    }
}

impl Read for Endless<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut read = 0;
        while read < into.len() {
            if self.at == self.head.len() {
                if self.times > 0 {
                    self.times -= 1;
                    (self.head, self.at) = (self.piece, 0);
                } else if self.tail.is_empty() {
                    break;
                } else {
                    (self.head, self.at) = (std::mem::take(&mut self.tail), 0);
                }
            }
            let more = into[read..].len().min(self.head.len() - self.at);
            into[read..read + more].copy_from_slice(&self.head[self.at..self.at + more]);
            self.at += more;
            read += more;
        }
        Ok(read)
    }
}

fn bad(input: impl Read) -> (Vec<(u64, CsvMistake)>, usize) {
    match Observation::read_csv(input) {
        Err(CsvError::Rows(bad)) => {
            (bad.cells.iter().map(|cell| (cell.line, cell.mistake.clone())).collect(), bad.good.len())
        }
        other => panic!("{other:?}"),
    }
}

const HEADER: &str = "date,present,note\n2025,5,\n";
const MANY: usize = 100 << 10;

#[test]
fn a_line_of_a_hundred_megabytes_is_one_mistake() {
    let kilobyte = "x".repeat(1 << 10);
    let line = Endless::new("date,present,note\n2025,5,\n2026,6,", &kilobyte, MANY, "\n2027,7,\n2028,,\n");
    let (cells, good) = bad(line);
    assert_eq!(cells[0], (3, CsvMistake::TooLong));
    assert_eq!((cells.len(), cells[1].0, good), (2, 5, 2));
}

#[test]
fn cells_and_lines_without_end_are_one_mistake() {
    let commas = ",".repeat(1 << 10);
    assert_eq!(bad(Endless::new(HEADER, &commas, 4 << 10, "\n2026,6,\n")), (vec![(3, CsvMistake::TooLong)], 2));
    assert_eq!(bad(Endless::new("date,present", &commas, 4 << 10, "\n2026,6,\n")), (vec![(1, CsvMistake::TooLong)], 0));
    let lines = "2026,6,\n".repeat(1 << 10);
    assert_eq!(
        bad(Endless::new("date,present,note\n2025,5,\"", &lines, 1 << 10, "")),
        (vec![(2, CsvMistake::OpenQuote)], 0)
    );
    let quoted = "\"\"\n".repeat(1 << 10);
    let cell = Endless::new("date,present,note\n2025,5,\"", &quoted, 1 << 10, "\"\n2026,6,\n");
    assert_eq!(bad(cell), (vec![(2, CsvMistake::TooLong)], 1));
}

#[test]
fn a_quote_that_would_swallow_rows_is_a_mistake() {
    let (cells, good) = bad("date,present,note\n2025,5,\"open\n2026,6,lost\n2027,7,\"closed\"\n2028,8,\n".as_bytes());
    assert_eq!((cells, good), (vec![(2, CsvMistake::StrayQuote)], 1));
}

#[test]
fn of_a_stray_quote_and_an_open_one_the_first_is_named() {
    let (cells, good) = bad("date,present,source,note\n2025,5,a\"b,\"open\n".as_bytes());
    assert_eq!((cells, good), (vec![(2, CsvMistake::StrayQuote)], 0));
}

#[test]
fn the_longest_row_that_is_accepted_is_read() {
    let note = "n".repeat((1 << 20) - "2026,6,\n".len());
    let text = |more: &str| format!("{HEADER}2026,6,{note}{more}\n2027,7,\n");
    let seen = Observation::read_csv(text("").as_bytes()).unwrap();
    assert_eq!(seen[1].note.as_deref(), Some(note.as_str()));
    assert_eq!(seen.len(), 3);
    assert_eq!(bad(text("n").as_bytes()), (vec![(3, CsvMistake::TooLong)], 2));
}

#[test]
fn an_input_that_fails_is_no_end() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("unplugged"))
        }
    }
    let error = Observation::read_csv(HEADER.as_bytes().chain(Failing)).unwrap_err();
    assert_eq!(error.to_string(), "unplugged");
    assert!(matches!(error, CsvError::Io(_)));
}

fn read(rows: usize, row: &str) {
    let count = match Observation::read_csv(Endless::new(HEADER, row, rows, "")) {
        Ok(seen) => seen.len(),
        Err(CsvError::Rows(bad)) => bad.cells.len() + bad.further + 1,
        Err(error) => panic!("{error}"),
    };
    assert_eq!(count, rows + 1);
}

#[test]
fn time_is_linear_in_the_rows() {
    for row in ["2025-09-30,\"2,500\",as reported\n", "2025-9-30,2500,as reported\n"] {
        assert_in_proportion(8, || read(20_000, row), || read(160_000, row));
    }
}

#[test]
fn a_million_rows_are_read() {
    let rows = Endless::new(HEADER, "2025-09-30,about 2500,\n", 1_000_000, "2025-09-31,1,\n");
    let (cells, good) = bad(rows);
    assert_eq!((cells.len(), cells[0].0, good), (1, 1_000_003, 1_000_001));
}

#[test]
fn the_first_thousand_mistakes_of_rows_are_kept_and_the_others_counted() {
    let text = format!("date,present\n{}2025,7\n", "x,y\n".repeat(1_500));
    let read = || match Observation::read_csv(text.as_bytes()) {
        Err(CsvError::Rows(bad)) => bad,
        other => panic!("{other:?}"),
    };
    let bad = read();
    assert_eq!((bad.cells.len(), bad.further, bad.good.len()), (1_000, 2_000, 1));
    assert_eq!(bad.to_string().lines().last(), Some("and 2000 more"));
    let all = force_drawdown::findings::in_full(read);
    assert_eq!((all.cells.len(), all.further, &all.cells[..1_000]), (3_000, 0, &bad.cells[..]));
}
