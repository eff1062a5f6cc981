//! Every number that JSON can write is a whole one for the schema and for the reader, or for neither.

use force_drawdown::{Agreement, Observation};

use crate::schema::accepts;

/// Numbers in many spellings: whole or not, at the ends of every range, and beyond what a float keeps.
const NUMBERS: [&str; 44] = [
    "0",
    "-0",
    "0.0",
    "-0.0",
    "0e0",
    "0e9",
    "1",
    "1.0",
    "1e0",
    "10e-1",
    "0.1e1",
    "-1",
    "-1.0",
    "-1e0",
    "1.5",
    "0.5",
    "1e-1",
    "1.5e0",
    "1.5e1",
    "2",
    "2.0",
    "990",
    "990.0",
    "9.9e2",
    "991",
    "9.91e2",
    "1000",
    "1000.0",
    "1E3",
    "1e+3",
    "100000e-2",
    "1.0005e3",
    "4294967294",
    "4294967294.0",
    "4.294967294e9",
    "4294967295",
    "4294967295.0",
    "4.294967295e9",
    "4294967296",
    "4294967296.0",
    "1e10",
    "1e300",
    "18446744073709551616",
    "1000.00000000000000000000001",
];

/// A document with a number where one may be.
fn with(field: &str, number: &str) -> String {
    let document = r#"{ "title": "T", "pax": 1,
        "parties": [{ "id": "p", "name": "P", "role": "sending", "cow": 2 }],
        "forces": [{ "id": "f", "baseline": { "strength": 4294967294, "as_of": "2000-01-01" } }],
        "phases": [{ "id": "1", "by": { "after": "signature", "days": 0 }, "limits": [{ "remain": 0 }] }],
        "format": 1 }"#;
    let (head, rest) = document.split_once(&format!("\"{field}\": ")).unwrap();
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    format!("{head}\"{field}\": {number}{rest}")
}

#[test]
fn the_schema_and_the_reader_agree_on_every_number() {
    let mut read = 0;
    for field in ["remain", "days", "cow", "pax", "format", "strength"] {
        for number in NUMBERS {
            let text = with(field, number);
            let is_read = Agreement::read_json(text.as_bytes()).is_ok();
            let verdict = accepts(&serde_json::from_str(&text).unwrap());
            assert_eq!(is_read, verdict.is_ok(), "{field}: {number}: {verdict:?}");
            read += usize::from(is_read);
        }
    }
    assert!((60..200).contains(&read), "{read}");
}

/// In CSV as in JSON, but for digits that a float cannot keep, which CSV does.
#[test]
fn a_cell_is_the_number_that_it_is_in_json() {
    for number in NUMBERS.into_iter().filter(|number| number.len() < 24) {
        let json = Observation::read_json(format!(r#"[{{ "date": "2025", "present": {number} }}]"#).as_bytes());
        let csv = Observation::read_csv(format!("date,present\n2025,{number}\n").as_bytes());
        // A number out of range is one to JSON as well, until an agreement asks.
        assert_eq!(csv.ok(), json.ok().filter(|seen| seen[0].counted.to_string() != "4294967295 present"), "{number}");
    }
}
