//! What the examples share: arguments, files and how they fail.
#![allow(dead_code, unreachable_pub, reason = "each example uses its part")]

use std::fs::File;
use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use chrono::NaiveDate;
use force_drawdown::terms::{Period, parse_day};
use force_drawdown::{Agreement, Observation, ReadError};

/// Why an example stops: lines for standard error.
pub struct Failure(String);

impl Failure {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// Prints the output, or why there is none.
pub fn finish(result: Result<String, Failure>) -> ExitCode {
    match result {
        Ok(output) => {
            // A reader that has had enough is no failure.
            _ = std::io::stdout().write_all(output.as_bytes());
            ExitCode::SUCCESS
        }
        Err(Failure(text)) => {
            _ = writeln!(std::io::stderr(), "{text}");
            ExitCode::FAILURE
        }
    }
}

/// The arguments of an example: one file, options with a value and flags.
pub struct Arguments {
    usage: &'static str,
    files: Vec<String>,
    options: Vec<(String, String)>,
    flags: Vec<String>,
}

impl Arguments {
    pub fn parse(usage: &'static str, options: &[&str], flags: &[&str]) -> Result<Self, Failure> {
        let mut parsed = Self { usage, files: Vec::new(), options: Vec::new(), flags: Vec::new() };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            if options.contains(&argument.as_str()) {
                let value = arguments.next().ok_or_else(|| parsed.misuse(&format!("{argument} needs a value")))?;
                parsed.options.push((argument, value));
            } else if flags.contains(&argument.as_str()) {
                parsed.flags.push(argument);
            } else if matches!(argument.as_str(), "--help" | "-h") {
                println!("usage: {usage}");
                std::process::exit(0);
            } else if argument.starts_with('-') {
                return Err(parsed.misuse(&format!("{argument} is not known")));
            } else {
                parsed.files.push(argument);
            }
        }
        Ok(parsed)
    }

    pub fn misuse(&self, why: &str) -> Failure {
        Failure(format!("{why}\nusage: {}", self.usage))
    }

    pub fn file(&self) -> Result<&str, Failure> {
        match self.files.as_slice() {
            [file] => Ok(file),
            _ => Err(self.misuse("give one agreement")),
        }
    }

    pub fn get(&self, option: &str) -> Option<&str> {
        self.options.iter().rev().find(|(name, _)| name == option).map(|(_, value)| value.as_str())
    }

    pub fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|given| given == flag)
    }

    pub fn day(&self, option: &str) -> Result<Option<NaiveDate>, Failure> {
        let parse = |text: &str| {
            parse_day(text)
                .ok_or_else(|| self.misuse(&format!("{option}: expected a day such as 2025-09-30, found {text:?}")))
        };
        self.get(option).map(parse).transpose()
    }
}

/// Reads an agreement, or gives every violation: one a line, and with its place in the text for people at a terminal.
pub fn read_agreement(file: &str) -> Result<Agreement, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure(format!("{file}: {error}")))?;
    // A byte order mark is no part of the document.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let agreement = Agreement::read(&mut json);
    let agreement = agreement.and_then(|agreement| json.end().map(|()| agreement).map_err(ReadError::Syntax));
    agreement.map_err(|error| {
        let what = if matches!(error, ReadError::Syntax(_)) { "syntax at document: " } else { "" };
        if std::io::stderr().is_terminal() {
            Failure(format!("{what}{}", error.in_text(&String::from_utf8_lossy(bytes))))
        } else {
            Failure(format!("{what}{error}"))
        }
    })
}

/// Reads observations of the agreement, or gives every mistake in them, one a line.
pub fn read_observations(file: &str, agreement: &Agreement) -> Result<Vec<Observation>, Failure> {
    let open = File::open(file).map_err(|error| Failure::new(format!("{file}: {error}")))?;
    agreement.read_observations(open).map_err(|error| Failure::new(error.to_string()))
}

/// A day as documents write it.
pub fn day(day: NaiveDate) -> String {
    Period::Day(day).to_string()
}

/// Rows as lines with aligned columns, a rule under the first.
pub fn table<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |row: &[String; N]| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    let rule = widths.iter().map(|&width| "-".repeat(width)).collect::<Vec<_>>().join("  ");
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.insert(1.min(lines.len()), rule);
    lines
}
