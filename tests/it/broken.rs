//! The table of broken documents: a valid document with one thing broken, and the exact words of what is found.
//!
//! The table has a block for each: a piece of the document, what takes its place, and every line that is then reported.

use force_drawdown::{Agreement, ReadError, Violations};

pub(crate) const DOCUMENT: &str = include_str!("violations/document.json");
const TABLE: &str = include_str!("violations/table.txt");

pub(crate) struct Broken {
    pub(crate) document: String,
    pub(crate) expected: Vec<&'static str>,
}

pub(crate) fn table() -> impl Iterator<Item = Broken> {
    TABLE.split("\n\n").map(|block| {
        let mut lines = block.trim().lines();
        let piece = lines.next().unwrap();
        let other = lines.next().and_then(|line| line.strip_prefix("=>")).unwrap_or_else(|| panic!("{block}")).trim();
        assert_eq!(DOCUMENT.matches(piece).count(), 1, "{piece}");
        Broken { document: DOCUMENT.replace(piece, other), expected: lines.collect() }
    })
}

pub(crate) fn code(line: &str) -> &str {
    line.split(" at ").next().unwrap()
}

pub(crate) fn read(json: &str) -> ReadError<serde_json::Error> {
    Agreement::read(&mut serde_json::Deserializer::from_str(json)).unwrap_err()
}

pub(crate) fn invalid(json: &str) -> Violations {
    match read(json) {
        ReadError::Invalid(invalid) => invalid,
        ReadError::Syntax(error) => panic!("{error} in {json}"),
    }
}

/// A legal document, but for these fields.
pub(crate) fn with_fields(fields: &str) -> String {
    format!(
        r#"{{ "title": "T", "parties": [{{ "id": "p", "name": "P", "role": "sending" }}], "forces": [{{ "id": "f" }}],
  "phases": [{{ "id": "1", "by": "2025" }}],
  {fields} }}"#
    )
}
