//! No spelling of the tables is left out.

use std::fmt::Debug;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::strategies::{spelled_period, spelled_quantity, spelled_share};
use crate::terms::PEOPLE;
use crate::terms::spelling::Spelled;

#[test]
fn the_strategies_write_every_spelling() {
    every(spelled_quantity());
    every(spelled_share());
    every(spelled_period());
}

fn every<T: Spelled + Debug>(spelt: impl Strategy<Value = (T, String)>) {
    let mut runner = TestRunner::deterministic();
    let drawn = (0..4_000).filter_map(|_| Some(spelt.new_tree(&mut runner).ok()?.current().1));
    let texts: Vec<_> = drawn.collect();
    for spelling in T::SPELLINGS {
        for before in spelling.before {
            let is_one = |text: &str| {
                text.strip_prefix(before).is_some_and(|after| {
                    let after = PEOPLE.iter().find_map(|unit| after.strip_suffix(unit)).unwrap_or(after);
                    spelling.read_after(after.trim_end()).is_some()
                })
            };
            assert!(texts.iter().any(|text| is_one(text)), "{before:?} is not written");
        }
        for between in spelling.between {
            assert!(texts.iter().any(|text| text.contains(between)), "{between:?} is not written");
        }
    }
    for (word, _) in T::WORDS {
        assert!(texts.iter().any(|text| text.ends_with(word)), "{word:?} is not written");
    }
}
