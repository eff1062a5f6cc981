//! A document that can be read is written and read back as the same.
#![no_main]

use force_drawdown::Terms;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(terms) = Terms::read(&mut serde_json::Deserializer::from_slice(data)) else { return };
    let written = serde_json::to_string(&terms).expect("a document can be written");
    let again = Terms::read(&mut serde_json::Deserializer::from_str(&written)).expect("what is written can be read");
    assert_eq!(again, terms, "{written}");
});
