//! Agreements and observations from files, or every mistake in them.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use force_drawdown::assessment::{BadCell, CsvError, CsvMistake};
use force_drawdown::{Agreement, Finding, Observation, Part, ReadError};

use crate::Failure;
use crate::arguments::{Document, Question};
use crate::mistakes::{Mistake, shown};
use crate::text::{Format, STANDARD_INPUT, Text, name};
use crate::toml_text;

/// What went wrong with a file.
pub(crate) fn failed(file: &Path, error: impl std::fmt::Display) -> Failure {
    Failure::Input(format!("{}: {error}", name(file)))
}

/// An agreement and the text from which it was read.
pub(crate) struct Read {
    pub(crate) agreement: Agreement,
    pub(crate) text: Text,
    pub(crate) format: Format,
}

impl Read {
    /// Reads an agreement, or gives every mistake in its file.
    pub(crate) fn new(file: &Path, asked: Option<Format>) -> Result<Self, Failure> {
        let text = Text::read(file)?;
        let format = text.format(file, asked);
        let read = match format {
            Format::Json => from_json(&text),
            Format::Toml => toml_text::read(&text.all),
        };
        match read {
            Ok(agreement) => Ok(Self { agreement, text, format }),
            Err(mistakes) => Err(Failure::Input(shown(&text, &mistakes))),
        }
    }

    /// Reads several agreements, or gives every mistake in all files.
    pub(crate) fn all(files: &[PathBuf], asked: Option<Format>) -> Result<Vec<Self>, Failure> {
        let (mut all, mut mistakes) = (Vec::new(), Vec::new());
        for file in files {
            match Self::new(file, asked) {
                Ok(read) => all.push(read),
                Err(Failure::Input(lines)) => mistakes.push(lines),
                Err(failure) => return Err(failure),
            }
        }
        if mistakes.is_empty() { Ok(all) } else { Err(Failure::Input(mistakes.join("\n"))) }
    }

    /// What is odd about the agreement, but possible.
    pub(crate) fn advice(&self) -> Vec<Mistake> {
        let advice = self.agreement.advice();
        match self.format {
            Format::Json => of_json(&self.text.all, &advice),
            Format::Toml => toml_text::of(&self.text.all, &advice),
        }
    }
}

pub(crate) fn of_json(text: &str, findings: &[Finding]) -> Vec<Mistake> {
    let spans = Finding::spans_in(findings, text).unwrap_or_default();
    let spans = spans.into_iter().map(Some).chain(std::iter::repeat(None));
    findings.iter().zip(spans).map(|(finding, span)| Mistake::of(finding, span)).collect()
}

fn from_json(text: &Text) -> Result<Agreement, Vec<Mistake>> {
    Agreement::read_json(text.all.as_bytes()).map_err(|error| match (error.help(&text.all), error) {
        (_, ReadError::Invalid(invalid)) => of_json(&text.all, invalid.violations()),
        (help, ReadError::Syntax(error)) => {
            let offset = |line, column| text.boundary(text.line_start(line).saturating_add(column));
            vec![Mistake::syntax(&error, help, offset)]
        }
    })
}

/// Reads observations of the agreement, or gives every mistake in them; none where there is no file.
pub(crate) fn read_observations(file: Option<&Path>, agreement: &Agreement) -> Result<Vec<Observation>, Failure> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let text = Text::read(file)?;
    agreement.read_observations(text.all.as_bytes()).map_err(|error| match error {
        CsvError::Io(error) => failed(file, error),
        CsvError::Rows(bad) => {
            let mistakes: Vec<Mistake> = bad.cells.iter().map(|cell| of_cell(&text, cell)).collect();
            Failure::Input(shown(&text, &mistakes))
        }
    })
}

fn of_cell(text: &Text, bad: &BadCell) -> Mistake {
    let code = match &bad.mistake {
        CsvMistake::Rule(rule) => rule.code(),
        CsvMistake::UnknownWord(_) => "unknown-word",
        CsvMistake::UnknownColumn { .. } => "unknown-column",
        CsvMistake::Malformed(_) | CsvMistake::Day(_) | CsvMistake::NoValue { .. } => "malformed-cell",
        _ => "csv",
    };
    let name = bad.name.map(|name| format!("{name}: ")).unwrap_or_default();
    let span = usize::try_from(bad.line).ok().map(|line| text.cell(text.line_start(line), bad.column));
    // Its line and column are those of cells.
    let message = bad.to_string();
    let message = message.split_once(": ").map_or(message.as_str(), |(_, message)| message);
    Mistake::new(code, format!("{name}{message}"), span)
}

/// What most questions begin with: an agreement as known, and what was counted.
pub(crate) struct Asked {
    pub(crate) agreement: Agreement,
    pub(crate) observations: Vec<Observation>,
}

impl Asked {
    pub(crate) fn new(document: &Document, question: &Question) -> Result<Self, Failure> {
        let is_input = |file: &Path| file == Path::new(STANDARD_INPUT);
        let counts = question.observations.as_deref();
        if is_input(&document.file) && counts.is_some_and(is_input) {
            return Err(Failure::Usage("only one file can be standard input".to_owned()));
        }
        let agreement = Read::new(&document.file, document.format)?.agreement;
        let observations = read_observations(counts, &agreement)?;
        Ok(Self { agreement: as_known(agreement, question.known), observations })
    }
}

/// The agreement as known on a day, if one is given.
pub(crate) fn as_known(agreement: Agreement, known: Option<NaiveDate>) -> Agreement {
    match known {
        Some(known) => agreement.as_known_on(known),
        None => agreement,
    }
}

/// A day as documents write it.
pub(crate) fn day(day: NaiveDate) -> String {
    Part::Day(day).to_string()
}
