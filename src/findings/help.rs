//! What may put a finding right: the word or spelling that was meant, or a sentence that says what to write.

use super::nearest::{KnownIds, nearest_word};
use super::rules::Rule;
use super::{other_types, other_words, respelled, respelled_days};
use crate::path::{Place, Segment};
use crate::terms::PEOPLE;

/// What may put a finding right, in words.
pub(super) fn help(rule: &Rule, place: &Place) -> Option<String> {
    let field = match place.segments().last() {
        Some(Segment::Field(field)) => field,
        _ => "",
    };
    match rule {
        Rule::UnknownField { field, known } => meant(other_words::field(field, known).or(nearest_word(field, known))),
        Rule::Unlisted { error } => {
            let (word, known) = (error.input(), error.expected());
            meant(other_words::word(word, known).or_else(|| nearest_word(word, known)))
                .or_else(|| (word == "agreement").then(|| WHICH_AGREEMENT.to_owned()))
        }
        Rule::UnknownParty { known, .. }
        | Rule::UnknownForce { known, .. }
        | Rule::UnknownPhase { known, .. }
        | Rule::UnknownSource { known, .. }
        | Rule::UnknownBody { known, .. } => meant(KnownIds::nearest(known)),
        Rule::MalformedQuantity { error } => respelled::number(error.input(), field),
        // What is another word for so many at most is no unit.
        Rule::OtherUnit { number, found, .. } if !PEOPLE.contains(&found.as_str()) => {
            meant(respelled::quantity(number).as_deref())
        }
        Rule::MalformedShare { error } => respelled::part(error.input(), field),
        Rule::QuantityOutOfRange { quantity } => respelled::ordered(quantity),
        Rule::ShareOutOfRange { share } => respelled::ordered(share),
        Rule::MalformedDeadline { error } => respelled_days::stretch(error.input(), error.expected() == "a deadline"),
        Rule::MalformedDate { error } => respelled_days::one_day(error.input()),
        Rule::MalformedEvent { error } => meant(respelled::event(error.input()).as_deref()),
        Rule::MalformedId { found } => meant(respelled::id(found).as_deref()),
        Rule::UnknownIdentifier { found, .. } => other_words::state_code(found),
        Rule::WrongType { expected, found } => other_types::put_right(expected, found, field),
        Rule::MissingField { field } => missing(field).map(str::to_owned),
        rule => advised(rule).map(str::to_owned),
    }
}

const WHICH_AGREEMENT: &str =
    "write \"treaty\" if it was ratified, \"executive-agreement\" if governments made it alone";

/// What to write for a field that has to be there.
fn missing(field: &str) -> Option<&'static str> {
    Some(match field {
        "by" => "write \"open\" if the text does not say when",
        "strength" => "write \"unspecified\" if the text does not say how many",
        "as_of" => "write the day on which so many were there",
        "title" => "say what it is called",
        "id" => "give it a short name of its own, such as \"1\" or \"us\"",
        "name" => "say its name for people",
        "role" => "write \"sending\" for whose forces they are, \"receiving\" for where they are",
        "on" => "write the day, or a stretch of days such as \"2024-09\"",
        "date" => "write the day of the count, or a stretch of days such as \"2024-09\"",
        "act" => "say what happened, such as \"signed\", \"approved\" or \"announced\"",
        "status" => "write \"agreed\" or \"proposed\"",
        "adopted" => "write the day on which it was decided",
        "changes" => "list what changes, such as { \"phase\": \"1\", \"by\": \"2025-12\" }",
        "parties" => "list who agrees, such as { \"id\": \"US\", \"name\": \"United States\", \"role\": \"sending\" }",
        "forces" => "list whose people are counted, such as { \"id\": \"us\", \"party\": \"US\" }",
        "phases" => "list the steps, such as { \"id\": \"1\", \"by\": \"2025-09\", \"limits\": [{ \"remain\": 0 }] }",
        "after" => "name the phase that it comes after, or write \"\" to put it first",
        "since" => "write the day from which it takes the other's place",
        "succeeds" => "name the party whose place it takes",
        _ => return None,
    })
}

/// What is the same for every finding of a rule.
const fn advised(rule: &Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::CeilingRises { .. } => {
            "remain says how many may stay, withdraw how many leave in this phase; if more may come back, that is an \
             amendment with a new authorised baseline"
        }
        Rule::WithdrawsMoreThanLeft { .. } => {
            "a total since the baseline is withdrawn, what leaves in this phase alone is withdraw"
        }
        Rule::CumulativeNotLarger { .. } => "what leaves in this phase alone is withdraw or withdraw_share",
        Rule::LimitKind { .. } => "remain says how many may stay, withdraw how many leave in this phase",
        _ => return None,
    })
}

fn meant(word: Option<&str>) -> Option<String> {
    word.map(|word| format!("did you mean {word:?}?"))
}
