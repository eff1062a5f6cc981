//! What may put a finding right: the nearest known word, or the spelling that was meant.

use super::nearest::{KnownIds, nearest_word};
use super::respelled;
use super::rules::Rule;
use crate::path::{Place, Segment};
use crate::wording::GrammarError;

/// Fields that are often sought under another name.
const OTHER_NAMES: &[(&str, &[&str])] = &[
    ("remain", &["ceiling", "max", "stay"]),
    ("withdraw", &["leave", "reduce"]),
    ("strength", &["number", "troops"]),
    ("on", &["date"]),
    ("as_of", &["date"]),
    ("by", &["date", "deadline", "due"]),
    ("act", &["kind", "type"]),
    ("title", &["name"]),
    ("name", &["title"]),
    ("note", &["notes", "remarks"]),
    ("from", &["start"]),
    ("until", &["end"]),
];

/// What may put a finding right, in words.
pub(super) fn help(rule: &Rule, place: &Place) -> Option<String> {
    match rule {
        Rule::UnknownField { field, known } => {
            let is_meant = |(name, others): &&(&str, &[&str])| known.contains(name) && others.contains(&field.as_str());
            let other = || OTHER_NAMES.iter().find(is_meant).map(|(name, _)| *name);
            meant(nearest_word(field, known).or_else(other))
        }
        Rule::Unlisted { error } => meant(nearest_word(error.input(), error.expected())),
        Rule::UnknownParty { known, .. }
        | Rule::UnknownForce { known, .. }
        | Rule::UnknownPhase { known, .. }
        | Rule::UnknownSource { known, .. }
        | Rule::UnknownBody { known, .. } => meant(KnownIds::nearest(known)),
        Rule::MalformedQuantity { error } => meant_text(error, respelled::quantity),
        Rule::MalformedShare { error } => meant_text(error, respelled::share),
        Rule::MalformedDeadline { error } => respelled::counted_from(error.input())
            .map(|object| format!("write {object}"))
            .or_else(|| meant_text(error, respelled::period)),
        Rule::MalformedDate { error } => meant_text(error, respelled::day),
        Rule::MalformedEvent { error } => meant_text(error, respelled::event),
        Rule::MalformedId { found } => meant(respelled::id(found).as_deref()),
        Rule::WrongType { expected, found } => counted_back(found, place).or_else(|| other_type(expected, found)),
        rule => advised(rule).map(str::to_owned),
    }
}

/// What is the same for every finding of a rule.
fn advised(rule: &Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::MissingField { field: "by" } => "write \"open\" if the text does not say when",
        Rule::MissingField { field: "strength" } => "write \"unspecified\" if the text does not say how many",
        Rule::CeilingRises { .. } => "remain says how many may stay, withdraw how many leave in this phase",
        Rule::WithdrawsMoreThanLeft { .. } => {
            "a total since the baseline is withdrawn, what leaves in this phase alone is withdraw"
        }
        _ => return None,
    })
}

fn meant(word: Option<&str>) -> Option<String> {
    word.map(|word| format!("did you mean {word:?}?"))
}

fn meant_text(error: &GrammarError, respelled: fn(&str) -> Option<String>) -> Option<String> {
    meant(respelled(error.input()).as_deref())
}

/// A time before an event, written as less than no time after it.
fn counted_back(found: &str, place: &Place) -> Option<String> {
    let Some(Segment::Field("years" | "months" | "weeks" | "days")) = place.segments().last() else { return None };
    let number = found.strip_prefix("the number -")?;
    Some(format!("write \"before\" in place of \"after\", and {number}"))
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
        ("text", _) => {
            let is_number = expected.starts_with("a whole number") && unquoted.parse::<u32>().is_ok();
            let is_meant = is_number || (expected == "true or false" && unquoted.parse::<bool>().is_ok());
            is_meant.then(|| format!("write it without quotes: {unquoted}"))
        }
        _ => None,
    }
}
