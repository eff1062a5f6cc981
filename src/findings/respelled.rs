//! The number, share, event or id that was probably meant by a text which is none.
//!
//! What is proposed in place of a text is first read by its grammar itself, so that no proposal is another mistake.

use std::str::FromStr;

use super::nearest::nearest;
use crate::terms::spelling::{SEPARATORS, is_id, number as whole};
use crate::terms::{Event, PEOPLE, Quantity, Share};

/// What is written, each with the words that may mean it, a bar between two.
pub(super) type Table = &'static [(&'static str, &'static str)];

/// How a text is written, by how it may begin; the longer beginnings first.
const BEGINNINGS: Table = &[
    ("about ", "approx. |approx |ca. |ca.|ca |c. |c.|est. |estimated |in the order of |\u{2248}|~"),
    ("at most ", "max. |max |maximum of |maximum |not to exceed |as many as |limited to |<=|\u{2264}"),
    ("fewer than ", "lower than |smaller than |<"),
    ("at least ", "min. |min |minimum of |minimum |not fewer than |a good |>=|\u{2265}"),
    ("more than ", "in excess of |upwards of |greater than |exceeding |above |>"),
    ("just over ", "slightly more than |slightly over |a little over "),
    ("nearly ", "slightly less than |slightly under |just below "),
    ("", "exactly |precisely |the |=|+"),
];

/// How a text is written, by how it may end.
const ENDINGS: Table = &[
    ("at most ", " or fewer| or less| at most| maximum| max| max."),
    ("at least ", " or more| at least| minimum| plus|+"),
    ("about ", " or so| approximately| approx| approx."),
];

/// How numbers are written, by words for them.
const NUMBERS: Table = &[
    ("0", "none|zero|no|nobody|no one|nil"),
    ("unspecified", "unknown|not specified|not known|n/a|na|tbd|?|-|unclear|to be determined"),
    ("24..99", "scores"),
];

/// Words for numbers that have no one meaning, by a range that may hold them.
const VAGUE: Table = &[
    ("3..9", "several|some|few|a few|a handful|a small number|a couple"),
    ("20..99", "tens"),
    ("20000..99999", "tens of thousands"),
    ("200000..999999", "hundreds of thousands"),
    ("200..9999", "many|numerous|various|a number|a large number|a limited number|a significant number"),
];

/// Words for all people.
const ALL: &str = "all|all of them|everyone|everybody|the rest|rest|the remainder|remainder|remaining|everything|full";

const SHARES: Table = &[
    ("100%", "all|everyone|everybody"),
    ("0%", "none|nobody"),
    ("more than 50%", "most|a majority|the majority|majority|the bulk|more than a half|over a half"),
    ("1/3", "third"),
    ("1/4", "quarter|a fourth|one fourth"),
    ("3/4", "three fourths|three-fourths"),
    ("1/5", "a fifth|one fifth"),
    ("1/10", "a tenth|one tenth"),
];

const EVENTS: Table = &[
    ("signature", "signing|signed|conclusion|signing-of-the-agreement|signature-of-the-agreement"),
    ("entry-into-force", "in-force|coming-into-force|effective-date|effectiveness|entry-in-force|effective"),
    ("approval", "approved|consent|ratification|ratified"),
    ("announcement", "announced|adoption|adopted|publication|declaration|passage"),
    ("provisional-application", "provisional|provisionally-applied"),
    ("refusal", "refused|rejection|rejected"),
    ("termination", "terminated|expiry|expiration|end-of-mandate|end-of-the-mandate|end-of-the-agreement"),
];

/// A text that its grammar reads, in its first spelling.
pub(super) fn read<T: FromStr + ToString>(text: &str) -> Option<String> {
    text.parse::<T>().ok().map(|value| value.to_string())
}

/// Whether a text is one of some words.
pub(super) fn is_one_of(words: &str, text: &str) -> bool {
    words.split('|').any(|word| word == text)
}

pub(super) fn in_table(text: &str, table: Table) -> Option<&'static str> {
    table.iter().find(|(_, words)| is_one_of(words, text)).map(|(written, _)| *written)
}

/// What is written for the beginning of a text, and the rest.
pub(super) fn begun(text: &str, table: Table) -> Option<(&'static str, &str)> {
    let begins = |written: &'static str, beginning| Some((written, text.strip_prefix(beginning)?));
    table
        .iter()
        .find_map(|(written, beginnings)| beginnings.split('|').find_map(|beginning| begins(written, beginning)))
}

/// Lower case, one space between words, and the beginning as it is written.
fn plain(text: &str) -> String {
    let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    begun(&text, BEGINNINGS).map_or_else(|| text.clone(), |(written, rest)| format!("{written}{}", rest.trim_start()))
}

/// With the ending as a beginning.
fn turned(text: &str) -> Option<String> {
    let ends = |written: &str, ending| Some(format!("{written}{}", text.strip_suffix(ending)?));
    ENDINGS.iter().find_map(|(written, endings)| endings.split('|').find_map(|ending| ends(written, ending)))
}

/// Without a word for people behind it.
fn of_people(text: &str) -> &str {
    let number = PEOPLE.iter().find_map(|people| text.strip_suffix(people)?.strip_suffix(' ')).unwrap_or(text);
    number.strip_suffix(" of").or_else(|| number.strip_suffix(" of the")).unwrap_or(number)
}

/// `2.500`, `ca. 2500`, `2500 or fewer`, `2.5k`, `around 2,000-3,000`.
pub(super) fn quantity(text: &str) -> Option<String> {
    let text = plain(text);
    // The text in brackets says it again.
    let text = of_people(text.split_once(" (").map_or(text.as_str(), |(number, _)| number));
    let written = |text: &str| {
        read::<Quantity>(text).or_else(|| {
            let (beginning, number) = text.split_at_checked(text.find(|letter: char| letter.is_ascii_digit())?)?;
            read::<Quantity>(&format!("{beginning}{}", joined(number).or_else(|| scaled(number))?))
        })
    };
    let ended = || written(&turned(text)?);
    let range =
        || pair(text).filter(|(low, high)| low <= high && !is_elided(*low, *high)).map(|(a, b)| format!("{a}..{b}"));
    in_table(text, NUMBERS).map(str::to_owned).or_else(|| written(text)).or_else(ended).or_else(range)
}

/// `2.500`, `2'500`: groups of thousands.
fn joined(number: &str) -> Option<String> {
    let mut groups = number.split(['.', '\'', '\u{2019}', '_']).flat_map(|groups| groups.split(SEPARATORS));
    let first = groups.next()?;
    groups.try_fold(first.to_owned(), |whole, group| (group.len() == 3).then(|| whole + group))
}

/// `2.5k`, `1.5 million`.
fn scaled(number: &str) -> Option<String> {
    let scales = [("k", 3_usize), (" thousand", 3), (" million", 6)];
    let (number, zeros) = scales.into_iter().find_map(|(scale, zeros)| Some((number.strip_suffix(scale)?, zeros)))?;
    let (number, decimals) = number.split_once('.').unwrap_or((number, ""));
    let rest = zeros.checked_sub(decimals.len())?;
    Some(format!("{number}{decimals}{}", "0".repeat(rest)))
}

/// Two numbers, whatever comes before the first and between them.
fn pair(text: &str) -> Option<(u32, u32)> {
    let numbers = text.get(text.find(|letter: char| letter.is_ascii_digit())?..)?;
    let between = [" to ", "\u{2013}", "\u{2014}", "-", "..", " or ", " and ", "/"];
    let (low, high) = between.into_iter().find_map(|between| numbers.split_once(between))?;
    let number = |text: &str| joined(text.trim()).as_deref().and_then(whole);
    Some((number(low)?, number(high)?))
}

/// Whether the thousands of the first number may be left out.
fn is_elided(low: u32, high: u32) -> bool {
    low > 0
        && format!("{low}..{high}").parse::<Quantity>().is_ok()
        && format!("{low} to {high}").parse::<Quantity>().is_err()
}

/// What to write for a text that is no number of people.
pub(super) fn number(text: &str, field: &str) -> Option<String> {
    if let Some(meant) = quantity(text) {
        return Some(format!("did you mean {meant:?}?"));
    }
    let text = plain(text);
    let text = of_people(&text);
    if let Some((low, high)) = pair(text).filter(|(low, high)| is_elided(*low, *high)) {
        let thousands = low.saturating_mul(1000);
        let near = if thousands <= high { format!("\"{thousands}..{high}\", or ") } else { String::new() };
        return Some(format!("it has no one meaning: write {near}\"{low}..{high}\""));
    }
    if let Some(range) = in_table(text, VAGUE) {
        return Some(format!("it has no one meaning: write \"unspecified\", or what it surely is, such as {range:?}"));
    }
    if is_one_of(ALL, text) {
        return match field {
            "withdraw" | "withdrawn" => Some("if nobody stays, write \"remain\": 0".to_owned()),
            "remain" => Some("where all may stay, leave the limit out".to_owned()),
            _ => None,
        };
    }
    let share = share(text)?;
    Some(match field {
        "remain" | "withdraw" | "withdrawn" => format!("a share is written \"{field}_share\": {share:?}"),
        "strength" => "a share needs a number that it is of; write \"unspecified\" if the text gives none".to_owned(),
        _ => "a share is counted as what has left: write \"withdrawn_share\"".to_owned(),
    })
}

/// `0.5`, `50`, `13-20%`, `a majority`.
fn share(text: &str) -> Option<String> {
    let text = plain(text);
    let text = of_people(&text);
    let percent =
        text.strip_suffix(" pct").or_else(|| text.strip_suffix('%')).map(|number| format!("{}%", number.trim_end()));
    let decimal = || {
        let digits = text.strip_prefix("0.").or_else(|| text.strip_prefix('.'))?;
        let (whole, decimals) =
            format!("{digits:0<2}").split_at_checked(2).map(|(a, b)| (a.to_owned(), b.to_owned()))?;
        let whole: u32 = whole.parse().ok()?;
        Some(if decimals.is_empty() { format!("{whole}%") } else { format!("{whole}.{decimals}%") })
    };
    let without_sign = || {
        let (low, high) = text.strip_suffix('%')?.split_once(['-', '\u{2013}'])?;
        Some(format!("{}%..{}%", low.trim(), high.trim()))
    };
    let whole =
        || text.parse::<u32>().ok().filter(|percent| (2..=100).contains(percent)).map(|percent| format!("{percent}%"));
    let written = || in_table(text, SHARES).map(str::to_owned);
    read::<Share>(text)
        .or_else(written)
        .or_else(|| read::<Share>(&percent?))
        .or_else(|| read::<Share>(&decimal()?))
        .or_else(|| read::<Share>(&without_sign()?))
        .or_else(whole)
        .or_else(|| read::<Share>(&turned(text)?))
}

/// What to write for a text that is no share.
pub(super) fn part(text: &str, field: &str) -> Option<String> {
    if let Some(meant) = share(text) {
        return Some(format!("did you mean {meant:?}?"));
    }
    let text = plain(text);
    if let Some((beside, share)) = begun(&text, NEAR).and_then(|(beside, near)| Some((beside, share(near)?))) {
        return Some(format!("write \"about {share}\", or \"{beside}{share}\""));
    }
    let (number, people) = (quantity(&text)?, field.strip_suffix("_share")?);
    Some(format!("a number of people is written \"{people}\": {number:?}"))
}

/// What shares are nearly, or just above.
const NEAR: Table = &[("fewer than ", "nearly |almost |just under "), ("more than ", "just over |well over ")];

/// A range the wrong way round.
pub(super) fn ordered(text: &str) -> Option<String> {
    let (from, to) = text.split_once("..").or_else(|| text.strip_prefix("between ")?.split_once(" and "))?;
    let is_lawful = |range: &str| {
        range.parse::<Quantity>().is_ok_and(|number| number.band().is_some())
            || range.parse::<Share>().is_ok_and(|share| share.bounds().is_some())
    };
    let range = if text.starts_with("between") { format!("between {to} and {from}") } else { format!("{to}..{from}") };
    is_lawful(&range).then(|| format!("put the smaller first: {range:?}"))
}

/// `Entry into force`, `signing`, `phase 1`, and any other word as an event of its own.
pub(super) fn event(text: &str) -> Option<String> {
    let words = text.trim().to_lowercase().replace([' ', '_'], "-");
    let phase = ["phase-", "step-", "stage-"].iter().find_map(|word| words.strip_prefix(word));
    let named = || read::<Event>(&format!("event:{words}")).filter(|_| is_id(&words));
    known_event(&words).or_else(|| phase.and_then(|id| read::<Event>(&format!("phase:{id}")))).or_else(named)
}

/// An event that is no name of the record.
pub(super) fn known_event(text: &str) -> Option<String> {
    let words = text.trim().to_lowercase().replace([' ', '_'], "-");
    let words = words.strip_prefix("the-").unwrap_or(&words);
    let near = || nearest(words, EVENTS.iter().map(|(event, _)| *event)).map(str::to_owned);
    read::<Event>(in_table(words, EVENTS).unwrap_or(words)).or_else(near)
}

/// An id with what it may not hold taken for a hyphen.
pub(super) fn id(found: &str) -> Option<String> {
    let legal = |letter: char| if letter.is_ascii_alphanumeric() || "._-".contains(letter) { letter } else { '-' };
    let id: String = found.trim().chars().map(legal).collect();
    Some(id).filter(|id| is_id(id) && id.contains(|letter: char| letter.is_ascii_alphanumeric()))
}
