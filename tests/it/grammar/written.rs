//! The strategies write every spelling of the guide, which has every spelling that is read, and each is read as it was
//! meant, with a capital too.

use std::fmt::Debug;
use std::str::FromStr;

use force_drawdown::strategies;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

const GUIDE: &str = include_str!("../../../src/guide/format.md");

#[test]
fn the_strategies_write_every_spelling() {
    every("# Quantity", strategies::spelled_quantity());
    every("# Share", strategies::spelled_share());
    every("# Deadline", strategies::spelled_period());
}

/// The text between code marks.
fn codes(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn every<T: FromStr + PartialEq + Debug>(heading: &str, spelt: impl Strategy<Value = (T, String)>) {
    let mut runner = TestRunner::deterministic();
    let read = |(meant, text): (T, String)| {
        assert_eq!(text.parse().ok(), Some(meant), "{text}");
        text
    };
    let texts: Vec<_> = (0..4_000).map(|_| read(spelt.new_tree(&mut runner).unwrap().current())).collect();
    let is_written = |is_one: &dyn Fn(&str) -> bool| texts.iter().any(|text| is_one(text));
    let section = GUIDE.split_once(heading).unwrap().1;
    let (prose, table) = section.split_once("| --- | --- |\n").unwrap();
    let rows = table.lines().take_while(|line| line.starts_with("| `\"") && !line.contains("open\"`"));
    let mut words = 0;
    for row in rows {
        let mut codes = codes(row.split(" | ").next().unwrap());
        let example = codes.next().unwrap().trim_matches('"');
        assert!(is_written(&|text| is_like(text, example)), "{example:?} is not written");
        for word in codes.filter(|code| !code.starts_with('"')) {
            assert!(is_written(&|text| has(text, word)), "{word:?} is not written");
            words += 1;
        }
    }
    assert!(words > 0);
    let of_values =
        prose.split_once("In place of a number there may be").map(|(_, words)| words.split_once(':').unwrap().0);
    for word in codes(of_values.unwrap_or_default()) {
        assert!(is_written(&|text| text.ends_with(word)), "{word:?} is not written");
    }
}

/// Whether a text has what an example has beside its digits, in the same order, and no other letters.
fn is_like(text: &str, example: &str) -> bool {
    let has_no_letters = |text: &str| !text.contains(char::is_alphabetic);
    let mut words = example.split(|letter: char| letter.is_ascii_digit()).filter(|words| !words.is_empty());
    let rest = words.try_fold(text, |rest, words| {
        let (before, rest) = rest.split_once(words)?;
        has_no_letters(before).then_some(rest)
    });
    rest.is_some_and(has_no_letters)
}

/// Whether a text begins with a word, or has it between two values.
fn has(text: &str, word: &str) -> bool {
    let is_apart = |letter: Option<char>| letter.is_none_or(|letter| letter == ' ' || letter.is_ascii_digit());
    text.strip_prefix(word).is_some_and(|rest| is_apart(rest.chars().next()))
        || text.split_once(word).is_some_and(|(before, after)| {
            let before = before.trim_end_matches('%').chars().next_back();
            before.is_some() && is_apart(before) && is_apart(after.chars().next())
        })
}
