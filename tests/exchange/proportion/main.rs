//! No input makes work, memory or output that is out of proportion to its size, whatever is asked about it.
//!
//! [`questions::QUESTIONS`] lists every public function that takes a document or rows; [`sources`] holds it to the
//! sources, so that a new function without an entry fails. Each is asked about every kind of input at two sizes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::needless_pass_by_value,
    clippy::redundant_closure_for_method_calls,
    missing_docs
)]

mod blocks;
mod inputs;
mod questions;
mod sources;

use allocation_counter::{AllocationInfo, measure};

use inputs::{BROKEN, Input, Kind, LEGAL, RECOUNTS, Ready};
use questions::{Output, QUESTIONS, READERS};

/// How many times larger the larger input is, and how many times the work may grow.
const LARGER: usize = 10;
const MOST_WORK: u64 = 15;

/// Bytes of output, and of memory, for each byte of input, and besides.
const OUTPUT: usize = 64;
const MEMORY: usize = 256;
const BESIDES: usize = 1_000_000;

/// What a document and its mistakes may take.
const MISTAKES: usize = 40;

struct Measured {
    output: Output,
    work: AllocationInfo,
}

fn measured(ask: &dyn Fn() -> Output) -> Measured {
    let mut output = Output::default();
    let work = measure(|| output = ask());
    Measured { output, work }
}

/// What is out of proportion, in words.
fn complaints(memory: usize, small: (usize, &Measured), large: (usize, &Measured)) -> Vec<String> {
    let mut complaints = Vec::new();
    let before = small.1.work.bytes_total.max(20_000);
    // An input that is ten times larger in one way may be a little more so in bytes.
    let names = u64::try_from(large.1.output.names).unwrap();
    if large.1.work.bytes_total > before * MOST_WORK + 4 * names {
        complaints.push(format!("allocates {} bytes, and {before} for a tenth", large.1.work.bytes_total));
    }
    for (input, Measured { output, work }) in [small, large] {
        if output.bytes > OUTPUT * (input + output.rows) + output.names + BESIDES {
            complaints.push(format!("writes {} bytes in {} rows about {input}", output.bytes, output.rows));
        }
        // What is written takes up to four times its length while it grows.
        let most = memory * input + 4 * output.bytes + OUTPUT * output.rows + BESIDES;
        if work.bytes_max > u64::try_from(most).unwrap() {
            complaints.push(format!("takes {} bytes of memory for {input}", work.bytes_max));
        }
    }
    complaints
}

/// Runs the check of each kind on its own thread, so that all complaints are seen at once.
fn check(kinds: &[Kind], complaints: impl Fn(&Kind) -> Vec<String> + Sync) {
    let all: Vec<String> = std::thread::scope(|scope| {
        let (complaints, mut threads) = (&complaints, Vec::new());
        for kind in kinds {
            threads.push((kind.0, scope.spawn(move || complaints(kind))));
        }
        let found = threads.into_iter().flat_map(|(name, thread)| {
            let complaints = thread.join().expect("the kind can be asked about");
            complaints.into_iter().map(move |complaint| format!("{name}: {complaint}"))
        });
        found.collect()
    });
    assert!(all.is_empty(), "{} are out of proportion:\n{}", all.len(), all.join("\n"));
}

#[test]
fn nothing_that_is_asked_is_out_of_proportion() {
    check(LEGAL, |kind| {
        let (small, large) = (Ready::new(kind, 1), Ready::new(kind, LARGER));
        let mut all = Vec::new();
        for (name, ask) in QUESTIONS {
            let [one, ten] = [&small, &large].map(|ready| measured(&|| ask(ready)));
            let found = complaints(MEMORY, (small.input.len(), &one), (large.input.len(), &ten));
            all.extend(found.into_iter().map(|complaint| format!("{name} {complaint}")));
        }
        all
    });
}

#[test]
fn nothing_that_is_read_is_out_of_proportion() {
    let both: Vec<Kind> = [LEGAL, BROKEN].concat();
    check(&both, |kind| {
        let (small, large) = (Input::new(kind, 1), Input::new(kind, LARGER));
        let mut all = Vec::new();
        for (name, read) in READERS {
            let [one, ten] = [&small, &large].map(|input| measured(&|| read(input)));
            let found = complaints(MISTAKES, (small.len(), &one), (large.len(), &ten));
            all.extend(found.into_iter().map(|complaint| format!("{name} {complaint}")));
        }
        all
    });
}

#[test]
fn recounts_take_as_much_as_the_phases_of_all_versions() {
    let [small, large] = [1, 4].map(|factor| {
        let input = Input::new(&RECOUNTS, factor);
        measure(|| drop(input.read().unwrap()))
    });
    // Four times the versions, each of four times the phases.
    for (few, many) in [(small.bytes_total, large.bytes_total), (small.bytes_max, large.bytes_max)] {
        assert!(many <= 18 * few, "{many} bytes, and {few} for a sixteenth");
    }
}
