//! What may put a finding right: the nearest known word, or the spelling that was meant.

use super::nearest::{KnownIds, nearest_word};
use super::respelled;
use super::rules::Rule;
use crate::wording::GrammarError;

/// Fields that are often sought under another name.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("ceiling", "remain"),
    ("date", "on"),
    ("date", "as_of"),
    ("date", "by"),
    ("deadline", "by"),
    ("due", "by"),
    ("kind", "act"),
    ("type", "act"),
    ("leave", "withdraw"),
    ("reduce", "withdraw"),
    ("max", "remain"),
    ("stay", "remain"),
    ("number", "strength"),
    ("troops", "strength"),
    ("name", "title"),
    ("title", "name"),
    ("notes", "note"),
    ("remarks", "note"),
    ("start", "from"),
    ("end", "until"),
];

/// What may put a finding right, in words.
pub(super) fn help(rule: &Rule) -> Option<String> {
    match rule {
        Rule::UnknownField { field, known } => {
            let other = OTHER_NAMES.iter().find(|(name, other)| name == field && known.contains(other));
            meant(nearest_word(field, known).or(other.map(|(_, other)| *other)))
        }
        Rule::Unlisted { error } => meant(nearest_word(error.input(), error.expected())),
        Rule::UnknownParty { known, .. }
        | Rule::UnknownForce { known, .. }
        | Rule::UnknownPhase { known, .. }
        | Rule::UnknownSource { known, .. }
        | Rule::UnknownBody { known, .. } => meant(KnownIds::nearest(known)),
        Rule::MalformedQuantity { error } => meant_text(error, respelled::quantity),
        Rule::MalformedShare { error } => meant_text(error, respelled::share),
        Rule::MalformedDeadline { error } => respelled::after_event(error.input())
            .map(|object| format!("write {object}"))
            .or_else(|| meant_text(error, respelled::period)),
        Rule::MalformedDate { error } => meant_text(error, respelled::day),
        Rule::MalformedEvent { error } => meant_text(error, respelled::event),
        Rule::MalformedId { found } => meant(respelled::id(found).as_deref()),
        Rule::WrongType { expected, found } => other_type(expected, found),
        Rule::MissingField { field: "by" } => Some("write \"open\" if the text does not say when".to_owned()),
        Rule::MissingField { field: "strength" } => {
            Some("write \"unspecified\" if the text does not say how many".to_owned())
        }
        Rule::CeilingRises { .. } => {
            Some("remain says how many may stay, withdraw how many leave in this phase".to_owned())
        }
        Rule::WithdrawsMoreThanLeft { .. } => {
            Some("a total since the baseline is withdrawn, what leaves in this phase alone is withdraw".to_owned())
        }
        _ => None,
    }
}

fn meant(word: Option<&str>) -> Option<String> {
    word.map(|word| format!("did you mean {word:?}?"))
}

fn meant_text(error: &GrammarError, respelled: fn(&str) -> Option<String>) -> Option<String> {
    meant(respelled(error.input()).as_deref())
}

/// A value of another type that only lacks quotes or brackets, or has quotes too many.
fn other_type(expected: &str, found: &str) -> Option<String> {
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    let (kind, value) = if kind == "the" { value.split_once(' ')? } else { (kind, value) };
    let unquoted = value.trim_matches('"');
    match (kind, expected) {
        ("number", _) if expected.starts_with("a string") => Some(format!("put it in quotes: \"{value}\"")),
        ("a", _) if value == "date without quotes" => Some("put the date in quotes".to_owned()),
        ("text", "a list") => Some(format!("put it in a list: [{value}]")),
        ("text", "true or false") if ["true", "false"].contains(&unquoted) => {
            Some(format!("write it without quotes: {unquoted}"))
        }
        ("text", _) if expected.starts_with("a whole number") && unquoted.parse::<u32>().is_ok() => {
            Some(format!("write it without quotes: {unquoted}"))
        }
        _ => None,
    }
}
