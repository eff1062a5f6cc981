//! The spelling that was probably meant by a text which is not one of its grammar.
//!
//! Whatever is proposed here is first read by the grammar itself, so that no proposal is another mistake.

use std::str::FromStr;

use crate::day::{self, Iso};
use crate::terms::spelling::is_id;
use crate::terms::{Deadline, Event, Part, Period, Quantity, Share};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What is written, each with what may be meant by it.
type Table = &'static [(&'static str, &'static [&'static str])];

/// How a text is written, by how it may begin; the longer beginnings first.
const BEGINNINGS: Table = &[
    ("about ", &["approx. ", "approx ", "ca "]),
    ("at most ", &["max. ", "max ", "maximum ", "<="]),
    ("fewer than ", &["<"]),
    ("at least ", &["min. ", "min ", "minimum ", ">="]),
    ("more than ", &[">"]),
];

/// How numbers are written, by words for them.
const NUMBERS: Table = &[
    ("0", &["none", "zero", "no"]),
    ("unspecified", &["unknown", "not specified", "n/a", "tbd", "?"]),
    ("hundreds", &["several hundred", "a few hundred"]),
    ("thousands", &["several thousand", "a few thousand"]),
    ("dozens", &["several dozen", "a few dozen"]),
];

const SHARES: Table = &[
    ("1/2", &["half", "a half"]),
    ("1/3", &["a third"]),
    ("2/3", &["two thirds"]),
    ("1/4", &["a quarter"]),
    ("100%", &["all"]),
];

const EVENTS: Table = &[
    ("signature", &["signing", "signed"]),
    ("entry-into-force", &["in-force", "coming-into-force"]),
    ("approval", &["approved", "consent"]),
    ("announcement", &["announced"]),
    ("termination", &["terminated"]),
];

/// How a stretch of days is written, by how it may begin.
const STRETCHES: Table = &[
    ("end of ", &["by the end of ", "by end of ", "at the end of ", "end of ", "end "]),
    ("start of ", &["start of ", "beginning of "]),
    ("before ", &["before "]),
    ("mid-", &["mid-", "mid ", "middle of "]),
    ("early ", &["early "]),
    ("late ", &["late "]),
    ("", &["by ", "in ", "on ", "until ", ""]),
];

/// What is counted, after a number.
const COUNTED: [&str; 7] = [" troops", " soldiers", " people", " personnel", " men", " persons", " military personnel"];

/// A text that its grammar reads.
fn read<T: FromStr>(text: String) -> Option<String> {
    text.parse::<T>().is_ok().then_some(text)
}

fn in_table(text: &str, table: Table) -> Option<&'static str> {
    table.iter().find(|(_, words)| words.contains(&text)).map(|(written, _)| *written)
}

/// What is written for the beginning of a text, and the rest.
fn begun(text: &str, table: Table) -> Option<(&'static str, &str)> {
    let begins = |written: &'static str, beginning| Some((written, text.strip_prefix(beginning)?));
    table.iter().find_map(|(written, beginnings)| beginnings.iter().find_map(|beginning| begins(written, beginning)))
}

/// Lower case, one space between words, and the beginning as it is written.
fn plain(text: &str) -> String {
    let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    begun(&text, BEGINNINGS).map_or_else(|| text.clone(), |(written, rest)| format!("{written}{}", rest.trim_start()))
}

/// `2 500 troops`, `2.500`, `ca. 2500`, `several hundred`.
pub(super) fn quantity(text: &str) -> Option<String> {
    let text = plain(text);
    let text = COUNTED.iter().find_map(|counted| text.strip_suffix(counted)).unwrap_or(&text);
    in_table(text, NUMBERS).map(str::to_owned).or_else(|| read::<Quantity>(text.to_owned())).or_else(|| {
        let (beginning, number) = text.split_at_checked(text.find(|letter: char| letter.is_ascii_digit())?)?;
        let mut groups = number.split([' ', '.', '\'', '\u{2019}', '\u{a0}', '\u{202f}']);
        let first = groups.next()?;
        let whole = groups.try_fold(first.to_owned(), |whole, group| (group.len() == 3).then(|| whole + group))?;
        read::<Quantity>(format!("{beginning}{whole}"))
    })
}

/// `50 percent`, `0.5`, `half`.
pub(super) fn share(text: &str) -> Option<String> {
    let text = plain(text);
    let percent = ["percent", "per cent", "pct", "%"].iter().find_map(|word| text.strip_suffix(word));
    let percent = percent.map(|number| format!("{}%", number.trim_end()));
    // Two digits after the point at most, which are percent.
    let decimal = || {
        let digits = text.strip_prefix("0.").or_else(|| text.strip_prefix('.'))?;
        let percent: u32 = format!("{digits:0<2}").parse().ok()?;
        (digits.len() <= 2).then(|| format!("{percent}%"))
    };
    let share = in_table(&text, SHARES).map(str::to_owned).or(percent).or_else(decimal);
    read::<Share>(share.unwrap_or(text))
}

/// `June 2025`, `30 June 2025`, `Q3 2025`, `end of June 2025`, `2025-9`, `2025-06~`.
pub(super) fn period(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    if let Some(stretch) = extended(&text).and_then(read::<Deadline>) {
        return Some(stretch);
    }
    let (beginning, rest) = begun(&text, STRETCHES)?;
    let part = calendar(rest)?;
    // The end of a day is the day.
    read::<Deadline>(format!("{beginning}{part}")).or_else(|| read::<Deadline>(part))
}

/// The stretch of days of a date in the extended format of archives (EDTF), and of a half of a year.
fn extended(text: &str) -> Option<String> {
    if let Some(about) = text.strip_suffix(['~', '?', '%']) {
        return around(about);
    }
    let known = text.trim_end_matches("-xx");
    if known != text {
        return Some(known.to_owned());
    }
    if text.len() == 4 && text.ends_with('x') {
        return Some(format!("{}/{}", text.replace('x', "0"), text.replace('x', "9")));
    }
    let (year, part) = text.split_once('-')?;
    Some(match part {
        "21" => format!("{year}-03/{year}-05"),
        "22" => format!("{year}-06/{year}-08"),
        "23" => format!("{year}-09/{year}-11"),
        "24" => format!("{year}-12/{:04}-02", year.parse::<u16>().ok()?.checked_add(1)?),
        "h1" => format!("{year}-01/{year}-06"),
        "h2" => format!("{year}-07/{year}-12"),
        _ => return None,
    })
}

/// From the day, month or year before to the one after.
fn around(text: &str) -> Option<String> {
    let Ok(Period::Of(part)) = text.parse() else { return None };
    let months = |year: u16, month: u8, more: u16| {
        let months = year.checked_mul(12)?.checked_add(u16::from(month))?.checked_add(more)?.checked_sub(2)?;
        Some(format!("{:04}-{:02}", months.checked_div(12)?, months.checked_rem(12)?.checked_add(1)?))
    };
    Some(match part {
        Part::Day(day) => format!("{}/{}", Iso(day::plus_days(day, -1)?), Iso(day::plus_days(day, 1)?)),
        Part::Month(year, month) => format!("{}/{}", months(year, month, 0)?, months(year, month, 2)?),
        Part::Quarter(..) => return None,
        Part::Year(year) => format!("{:04}/{:04}", year.checked_sub(1)?, year.checked_add(1)?),
    })
}

/// `30 June 2025`, `30.06.2025`, `2025/06/30`.
pub(super) fn day(text: &str) -> Option<String> {
    calendar(&text.to_lowercase()).filter(|day| day::parse_day(day).is_ok())
}

/// A part of the calendar, however its parts are ordered and named.
fn calendar(text: &str) -> Option<String> {
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let month = |word: &str| {
        let name = MONTHS.iter().position(|month| word.starts_with(month)).and_then(|place| place.checked_add(1));
        name.or_else(|| word.parse().ok().filter(|month| (1..=12).contains(month)))
    };
    let day = |word: &str| {
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        digits.parse::<u32>().ok().filter(|day| (1..=31).contains(day))
    };
    let year = |word: &str| (word.len() == 4).then(|| word.parse::<u16>().ok()).flatten();
    let is_name = |word: &str| word.starts_with(|letter: char| letter.is_ascii_alphabetic());
    match words.as_slice() {
        [one] => year(one).map(|year| format!("{year:04}")),
        [one, other] => {
            let (year, part) = year(one).map(|year| (year, other)).or_else(|| Some((year(other)?, one)))?;
            let quarter = part.strip_prefix('q').and_then(|quarter| quarter.parse::<u8>().ok());
            let quarter =
                quarter.filter(|quarter| (1..=4).contains(quarter)).map(|quarter| format!("{year:04}-Q{quarter}"));
            quarter.or_else(|| Some(format!("{year:04}-{:02}", month(part)?)))
        }
        [first, second, third] => {
            let (year, month, day) = if let Some(year) = year(first) {
                (year, month(second)?, day(third)?)
            } else if is_name(first) {
                (year(third)?, month(first)?, day(second)?)
            } else if is_name(second) || text.contains('.') || day(first).is_some_and(|day| day > 12) {
                (year(third)?, month(second)?, day(first)?)
            } else {
                // Day and month may be either.
                return None;
            };
            Some(format!("{year:04}-{month:02}-{day:02}"))
        }
        _ => None,
    }
}

/// `30 days after signature`, `30 days before signature`: the object that says so.
pub(super) fn counted_from(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let words = [(" after ", "after"), (" from ", "after"), (" before ", "before")];
    let (side, (offset, named)) = words.into_iter().find_map(|(word, side)| Some((side, text.split_once(word)?)))?;
    let (number, unit) = offset.strip_prefix("within ").unwrap_or(offset).split_once(' ')?;
    let number: u32 = number.parse().ok()?;
    let unit = ["years", "months", "weeks", "days"]
        .into_iter()
        .find(|units| units.trim_end_matches('s') == unit.trim_end_matches('s'))?;
    let event = event(named.strip_prefix("the ").unwrap_or(named))?;
    Some(format!("{{ \"{side}\": {event:?}, \"{unit}\": {number} }}"))
}

/// `Entry into force`, `signing`.
pub(super) fn event(text: &str) -> Option<String> {
    let words = text.to_lowercase().split([' ', '_']).collect::<Vec<_>>().join("-");
    read::<Event>(in_table(&words, EVENTS).map_or(words, str::to_owned))
}

/// An id with what it may not hold taken for a hyphen.
pub(super) fn id(found: &str) -> Option<String> {
    let legal = |letter: char| if letter.is_ascii_alphanumeric() || "._-".contains(letter) { letter } else { '-' };
    let id: String = found.trim().chars().map(legal).collect();
    Some(id).filter(|id| is_id(id) && id.contains(|letter: char| letter.is_ascii_alphanumeric()))
}
