//! CSV is read the same in whatever pieces it comes, no row is lost, and what is read is written and read back.
#![no_main]

use std::io::Read;

use force_drawdown::{
    Observation,
    assessment::{BadRows, CsvError},
};
use libfuzzer_sys::fuzz_target;

/// Gives a few bytes at a time.
struct Dribble<'a>(&'a [u8], usize);

impl Read for Dribble<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let least = self.1.min(into.len());
        self.0.read(&mut into[..least])
    }
}

fn read(input: impl Read) -> Result<Vec<Observation>, BadRows> {
    Observation::read_csv(input).map_err(|error| match error {
        CsvError::Rows(bad) => bad,
        CsvError::Io(error) => panic!("{error}"),
    })
}

fuzz_target!(|data: &[u8]| {
    let result = read(data);
    assert_eq!(read(Dribble(data, data.len() % 8 + 1)), result);

    let good = match &result {
        Ok(good) => good.as_slice(),
        Err(bad) => {
            assert!(!bad.cells.is_empty());
            let further = usize::from(bad.further > 0);
            assert_eq!(bad.to_string().lines().count(), bad.cells.len() + further, "{bad}");
            let lines = data.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64 + 1;
            assert!(bad.cells.iter().all(|cell| (1..=lines).contains(&cell.line)));
            bad.good.as_slice()
        }
    };
    if result.is_ok() && !data.iter().any(|byte| matches!(byte, b';' | b'\t')) && !data.windows(3).any(|text| text == b"sep") {
        // The csv crate finds the same rows, of which those without text are passed over.
        let rows = csv::ReaderBuilder::new().flexible(true).from_reader(data).into_byte_records();
        let is_said = |row: &csv::ByteRecord| row.iter().any(|cell| cell.iter().any(|byte| *byte != b' '));
        assert_eq!(rows.map(Result::unwrap).filter(is_said).count(), good.len());
    }
    let mut written = Vec::new();
    Observation::write_csv(good, &mut written).expect("a vector takes everything");
    assert_eq!(read(written.as_slice()).expect("what is written can be read"), good);
    let json = serde_json::to_string(good).expect("observations can be written");
    let again = Observation::read_list(&mut serde_json::Deserializer::from_str(&json));
    assert_eq!(again.expect("what is written can be read"), good);
});
