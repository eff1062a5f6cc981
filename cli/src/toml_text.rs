//! Agreements in TOML: read, with every mistake where it is.

use std::ops::Range;

use force_drawdown::findings::{Place, Segment};
use force_drawdown::{Agreement, Finding, ReadError};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::mistakes::Mistake;

/// Reads an agreement, or gives every mistake in it.
pub(crate) fn read(text: &str) -> Result<Agreement, Vec<Mistake>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(syntax(text, &errors));
    }
    Agreement::read(toml::Deserializer::from(table.clone())).map_err(|error| match error {
        ReadError::Invalid(invalid) => at_places(&table, invalid.violations()),
        ReadError::Syntax(error) => syntax(text, &[error]),
    })
}

/// The findings of a text, each at its place.
pub(crate) fn of(text: &str, findings: &[Finding]) -> Vec<Mistake> {
    at_places(&DeTable::parse_recoverable(text).0, findings)
}

fn at_places(table: &Spanned<DeTable<'_>>, findings: &[Finding]) -> Vec<Mistake> {
    findings.iter().map(|finding| Mistake::of(finding, Some(span(table, finding.place())))).collect()
}

/// What is no TOML: the first mistake of each line, in words for whoever does not know TOML. A brace or bracket that is
/// never closed makes mistakes of all that follows, and is named alone.
fn syntax(text: &str, errors: &[Error]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut seen = None;
    let mut sorted: Vec<&Error> = errors.iter().collect();
    sorted.sort_by_key(|error| error.span().map(|span| span.start));
    for error in sorted {
        let span = error.span().unwrap_or(0..0);
        let before = text.get(..span.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |end| end.saturating_add(1));
        if seen.replace(start) == Some(start) {
            continue;
        }
        let message = error.message();
        let is_inside =
            ["inline table", "between key-value pairs", "array"].iter().any(|words| message.contains(words));
        if is_inside && errors.iter().any(|error| error.message().starts_with("unclosed ")) && span.start > 0 {
            let (at, open) =
                before.char_indices().rev().find(|(_, letter)| "{[".contains(*letter)).unwrap_or((start, '{'));
            let close = if open == '{' { '}' } else { ']' };
            let message = format!("the {open} is never closed; write {close} at its end");
            mistakes.push(Mistake::new("syntax", message, Some(at..at.saturating_add(1))));
            break;
        }
        let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        mistakes.push(Mistake::new("syntax", words(line, span.start.saturating_sub(start), message), Some(span)));
    }
    mistakes
}

/// What is wrong with a line at a byte, and how to write it.
fn words(line: &str, at: usize, message: &str) -> String {
    let Some((key, value)) = line.split_once('=') else {
        let has_colon = line.split_once(':').is_some_and(|(key, _)| !key.contains(['"', '#', '[']));
        return if has_colon { "write = and not : after the name of a field".to_owned() } else { message.to_owned() };
    };
    let (key, value) = (key.trim(), value.split('#').next().unwrap_or_default().trim());
    if message == "duplicate key" {
        return format!("the field {key} is written twice; keep one");
    }
    if at <= line.find('=').unwrap_or(0) {
        return message.to_owned();
    }
    let is_plain = |letter: char| letter.is_alphanumeric() || letter == ' ';
    let bare = value.trim_matches(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}']);
    let is_number = value.contains(',')
        && value.starts_with(|first: char| first.is_ascii_digit())
        && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    if is_number {
        format!("a number has no commas; write {key} = {}", value.replace(',', ""))
    } else if bare.len() < value.len() {
        format!("quotes are straight; write {key} = \"{bare}\"")
    } else if let Some(opened) = value.strip_prefix('"').filter(|rest| !rest.contains('"')) {
        format!("the quote is never closed; write {key} = \"{opened}\"")
    } else if !value.is_empty() && value.chars().all(|letter| is_plain(letter) || ",.-/%'".contains(letter)) {
        format!("a text is written in quotes; write {key} = \"{value}\"")
    } else {
        message.to_owned()
    }
}

/// The bytes of a TOML text that are at a place, with its key; or of what is nearest around it that is there.
fn span(table: &Spanned<DeTable<'_>>, place: &Place) -> Range<usize> {
    let mut found: Option<(Range<usize>, &DeValue<'_>)> = None;
    for segment in place.segments() {
        let table = match &found {
            None => Some(table.get_ref()),
            Some((_, DeValue::Table(table))) => Some(table),
            Some(_) => None,
        };
        let next = match (segment, &found) {
            (Segment::Index(index), Some((_, DeValue::Array(list)))) => {
                list.get(*index).map(|value| (value.span(), value.get_ref()))
            }
            (Segment::Field(key), _) => table.and_then(|table| member(table, key)),
            (Segment::Key(key), _) => table.and_then(|table| member(table, key)),
            _ => None,
        };
        let Some(next) = next else { break };
        found = Some(next);
    }
    // A text without the place is at fault as a whole: at its beginning.
    found.map_or(0..0, |(span, _)| span)
}

/// A value and the bytes from its key to its end; a table with a header of its own begins there.
fn member<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<(Range<usize>, &'t DeValue<'i>)> {
    let (key, value) = table.get_key_value(key)?;
    let (key, span) = (key.span(), value.span());
    let span = if key.start < span.start { key.start..span.end } else { span };
    Some((span, value.get_ref()))
}
