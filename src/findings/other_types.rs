//! What to write for a value of another type.

use super::{respelled, respelled_days};

/// A value of another type that lacks quotes, brackets or fields, or has too many of them.
pub(super) fn put_right(expected: &str, found: &str, field: &str) -> Option<String> {
    let (kind, value) = found.strip_prefix("the ").and_then(|found| found.split_once(' ')).unwrap_or((found, ""));
    let (what, _) = expected.split_once(" (").unwrap_or((expected, ""));
    Some(match (kind, what) {
        ("number", _) if value.starts_with('-') && ["years", "months", "weeks", "days"].contains(&field) => {
            format!("write \"before\" in place of \"after\", and {}", value.trim_start_matches('-'))
        }
        ("number", _) if expected.starts_with("a string such as \"50%\"") => return respelled::part(value, field),
        ("number", _) if expected.starts_with("a string such as \"2024-09-06\"") => {
            return respelled_days::one_day(value);
        }
        ("number", _) if expected.starts_with("a string such as \"2025-09\"") && value.len() != 4 => {
            return respelled_days::stretch(value, true);
        }
        ("number", _) if expected.starts_with("a string") => format!("put it in quotes: \"{value}\""),
        ("number" | "text", "a limit") => format!("say what it limits: {{ \"remain\": {value} }}"),
        ("number" | "text", "a baseline") => {
            format!("write {{ \"strength\": {value}, \"as_of\": DAY }} with the day of the count")
        }
        ("text", "a party") => {
            format!("write {{ \"id\": {value}, \"name\": {value}, \"role\": \"sending\" }}, with its role")
        }
        ("text", "a force") => format!("write {{ \"id\": {value} }}"),
        ("text", "a source") => format!("write {{ \"title\": {value} }}"),
        ("text", "a phase") => format!("write {{ \"id\": {value}, \"by\": \"open\" }}, with its deadline and limits"),
        ("text", "a list") => format!("put it in a list: [{value}]"),
        ("text", _) => {
            let unquoted = value.trim_matches('"').to_lowercase();
            let is_truth = expected == "true or false";
            match unquoted.as_str() {
                "true" | "false" if is_truth => format!("write it without quotes: {unquoted}"),
                "yes" if is_truth => "write true".to_owned(),
                "no" if is_truth => "write false".to_owned(),
                _ if !expected.starts_with("a whole number") => return None,
                number if number.parse::<u32>().is_ok() => format!("write it without quotes: {number}"),
                _ => "write it in digits and without quotes".to_owned(),
            }
        }
        _ => return of_kind(expected, found, what).map(str::to_owned),
    })
}

/// What is the same for every value of a type.
fn of_kind(expected: &str, found: &str, what: &str) -> Option<&'static str> {
    Some(match (found, what) {
        ("null", _) => "leave the field out where the text does not say",
        ("a list", "a document") => "a document is one object, { … }; of a list, read the members one by one",
        ("a list", _) if expected.starts_with("a table or object") => {
            "give each a key: { \"report\": { \"title\": … } }"
        }
        ("a list", _) if expected.contains("\"after\"") => "write { \"any\": [ … ] } if the text gives several",
        ("a list", "a baseline") => "write the first; a later one is a change of an amendment",
        ("a list", _) if expected.starts_with("a string") => "write one, without brackets",
        ("a list", _) if expected.starts_with("an integer") => "write one number, without brackets",
        ("a table or object", "a list" | "a key of sources, or a list of keys and citations") => {
            "put it in a list: [{ … }]"
        }
        ("a date without quotes", _) => "put the date in quotes",
        _ => return None,
    })
}
