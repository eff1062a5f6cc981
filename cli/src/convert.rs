//! `drawdown convert`: JSON as TOML, and TOML as JSON.

use crate::Failure;
use crate::arguments::{Convert, To};
use crate::files::Read;
use crate::text::Format;

pub(crate) fn run(arguments: &Convert) -> Result<String, Failure> {
    let several = Some(To::Jsonl).filter(|_| arguments.files.len() > 1);
    if several.is_some() && arguments.to.is_some_and(|to| to != To::Jsonl) {
        return Err(Failure::Usage("several agreements can only be written with --to jsonl".to_owned()));
    }
    let all = Read::all(&arguments.files, arguments.format)?;
    all.iter().map(|read| written(read, arguments.to.or(several))).collect()
}

fn written(read: &Read, to: Option<To>) -> Result<String, Failure> {
    let other = if read.format == Format::Json { To::Toml } else { To::Json };
    let terms = read.agreement.terms();
    let line = |json: String| json + "\n";
    let text = match to.unwrap_or(other) {
        To::Json => serde_json::to_string_pretty(terms).map(line).map_err(|error| error.to_string()),
        To::Jsonl => serde_json::to_string(terms).map(line).map_err(|error| error.to_string()),
        To::Toml => toml::to_string(terms).map_err(|error| error.to_string()),
    };
    text.map_err(|error| Failure::Input(format!("{}: {error}", read.text.name)))
}
