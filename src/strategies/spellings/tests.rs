//! No spelling of the tables is left out.

use std::fmt::Debug;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::strategies::{spelled_period, spelled_quantity, spelled_share};
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
            let is_one = |text: &str| text.strip_prefix(before).is_some_and(|text| spelling.read_after(text).is_some());
            assert!(texts.iter().any(|text| is_one(text)), "{before:?} is not written");
        }
        for between in spelling.between {
            assert!(texts.iter().any(|text| text.contains(between)), "{between:?} is not written");
        }
    }
}
