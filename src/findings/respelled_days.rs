//! The day or stretch of days that was probably meant by a text which is none.
//!
//! What is proposed in place of a text is first read by its grammar itself, so that no proposal is another mistake.

use super::respelled::{Table, begun, event, is_one_of, known_event, read};
use crate::day::{self, Iso};
use crate::terms::{Deadline, Part, Period};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// How a stretch of days is written, by how it may begin.
const STRETCHES: Table = &[
    ("end of ", "by the end of |by end of |at the end of |the end of |end of |end "),
    ("start of ", "the start of |start of |beginning of |the beginning of "),
    ("before ", "before "),
    ("mid-", "mid-|mid |middle of |the middle of "),
    ("early ", "early in |early "),
    ("late ", "late in |late "),
    ("", "no later than |not later than |by |in |on |until |"),
];

/// Parts of the year that are counted.
const PARTS: Table = &[
    ("q1 ", "first quarter of |1st quarter of |first quarter |1st quarter "),
    ("q2 ", "second quarter of |2nd quarter of |second quarter |2nd quarter "),
    ("q3 ", "third quarter of |3rd quarter of |third quarter |3rd quarter "),
    ("q4 ", "fourth quarter of |last quarter of |4th quarter of |fourth quarter |4th quarter "),
    ("h1 ", "first half of |1st half of "),
    ("h2 ", "second half of |2nd half of "),
];

/// Words for a day that nobody gives.
const NOT_SAID: &str =
    "|?|-|asap|eventually|later|n/a|na|none|not specified|soon|tbd|to be determined|undetermined|unknown|unspecified";

/// What to write for a text that is no deadline, or no stretch of days.
pub(super) fn stretch(text: &str, is_deadline: bool) -> Option<String> {
    let lower = text.trim().to_lowercase();
    if ["../", "/"].iter().any(|end| lower.starts_with(end)) || ["/..", "/"].iter().any(|end| lower.ends_with(end)) {
        let open = "an open end is no deadline: write \"open\", or the last day that the text gives";
        return Some(if is_deadline { open } else { "write both ends, such as \"2025-06/2025-08\"" }.to_owned());
    }
    if let Some(meant) = period(&lower) {
        return Some(format!("did you mean {meant:?}?"));
    }
    if let Some(object) = counted_from(&lower).filter(|_| is_deadline) {
        return Some(format!("write {object}"));
    }
    if let Some(sentence) = wrong_day(&lower).or_else(|| rewritten(&lower)).or_else(|| turned(&lower)) {
        return Some(sentence);
    }
    if ["next ", "this ", "last ", "today", "tomorrow", "yesterday"].iter().any(|word| lower.contains(word)) {
        return Some("write the year, month or day itself, such as \"early 2025\"".to_owned());
    }
    let without_event = || {
        let (number, unit) = length(lower.strip_prefix("in ").unwrap_or(&lower))?;
        Some(format!("say what it counts from, such as {{ \"after\": \"signature\", \"{unit}\": {number} }}"))
    };
    Some(match is_deadline {
        true if is_one_of(NOT_SAID, &lower) => "write \"open\" if the text does not say when".to_owned(),
        false if is_one_of(NOT_SAID, &lower) || lower == "open" => {
            "write the stretch of days in which it surely was, such as \"2025\"".to_owned()
        }
        true => return without_event(),
        false => return None,
    })
}

/// What to write for a text that is no day.
pub(super) fn one_day(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let meant = calendar(&lower).filter(|day| day::parse_day(day).is_ok());
    if let Some(meant) = meant {
        return Some(format!("did you mean {meant:?}?"));
    }
    wrong_day(&lower).or_else(|| rewritten(&lower)).or_else(|| {
        let days = period(&lower).or_else(|| read::<Period>(text))?.parse::<Period>().ok()?.window()?;
        let day = Iso(days.earliest());
        Some(format!("one day is needed: write one, such as \"{day}\", and in a note that the day is not known"))
    })
}

/// A month or a day that the calendar does not have, or that may be either.
fn wrong_day(text: &str) -> Option<String> {
    let mut numbers = text.split('-').map(|number| number.parse::<u16>().ok());
    if let (Some(Some(year)), Some(Some(month)), day) = (numbers.next(), numbers.next(), numbers.next().flatten())
        && text.len() >= 7
        && !(1..=12).contains(&month)
    {
        let swapped = day.and_then(|day| read::<Period>(&format!("{year:04}-{day:02}-{month:02}")));
        let swapped = swapped.map(|day| format!("did you mean {day:?}?"));
        return swapped.or_else(|| Some(format!("there is no month {month:02}; months are 01 to 12")));
    }
    if let Some(day) = calendar(text).filter(|day| day.len() == 10) {
        let (year, month) = (day.get(..4)?.parse().ok()?, day.get(5..7)?.parse::<u8>().ok()?);
        let (_, _, last) = day::parts(day::last_day_of_month(year, month)?);
        let name = day::month_name(u32::from(month));
        let of_year = if month == 2 { format!(" {year}") } else { String::new() };
        return Some(format!("{name}{of_year} has {last} days"));
    }
    let (first, rest) = text.split_once(['/', '.'])?;
    let (second, year) = rest.split_once(['/', '.'])?;
    let (first, second): (u8, u8) = (first.parse().ok()?, second.parse().ok()?);
    let year = long_year(year)?;
    let day = |month: u8, day: u8| read::<Period>(&format!("{year:04}-{month:02}-{day:02}"));
    Some(format!("write year, month and day: {:?} or {:?}", day(second, first)?, day(first, second)?))
}

/// What a spreadsheet makes of days: `45838`, `Sep-25`.
fn rewritten(text: &str) -> Option<String> {
    if let Some(number) = text.parse::<i64>().ok().filter(|number| (20_000..80_000).contains(number)) {
        // Spreadsheets count days from here.
        let day = day::plus_days(day::read("1899-12-30")?, number)?;
        return Some(format!("a spreadsheet shows days as such numbers: write \"{}\"", Iso(day)));
    }
    let (month, year) = text.split_once(['-', ' '])?;
    let month = month_of_name(month)?;
    let year = long_year(year.trim_start_matches('\'')).filter(|_| year.len() < 4)?;
    Some(format!("a spreadsheet shows a month so: write \"{year:04}-{month:02}\""))
}

/// A span whose ends are the wrong way round.
fn turned(text: &str) -> Option<String> {
    let (last, first) = text.split_once('/')?;
    let span = read::<Period>(&format!("{first}/{last}").to_uppercase())?;
    Some(format!("put the earlier first: {span:?}"))
}

/// `June 2025`, `30 June 2025`, `Q3 2025`, `end of June 2025`, `2025-9`, `2025-06~`.
fn period(text: &str) -> Option<String> {
    let text = begun(text, PARTS).map_or_else(|| text.to_owned(), |(part, year)| format!("{part}{year}"));
    if let Some(stretch) = extended(&text).and_then(|text| read::<Deadline>(&text)) {
        return Some(stretch);
    }
    let (beginning, rest) = begun(&text, STRETCHES)?;
    let part = calendar(rest)?;
    // The end of a day is the day.
    read::<Deadline>(&format!("{beginning}{part}")).or_else(|| read::<Deadline>(&part))
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
    let (year, part) = text.split_once(['-', ' '])?;
    let (year, part) = if year.len() == 4 { (year, part) } else { (part, year) };
    if let Some(week) = part.strip_prefix('w').and_then(|week| week.parse().ok()) {
        let monday = day::monday_of_week(year.parse().ok()?, week)?;
        return Some(format!("{}/{}", Iso(monday), Iso(day::plus_days(monday, 6)?)));
    }
    Some(match part {
        "21" | "spring" => format!("{year}-03/{year}-05"),
        "22" | "summer" => format!("{year}-06/{year}-08"),
        "23" | "autumn" | "fall" => format!("{year}-09/{year}-11"),
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

/// The number of the month of a name or the beginning of one.
fn month_of_name(word: &str) -> Option<u32> {
    let place = MONTHS.iter().position(|month| word.starts_with(month))?;
    u32::try_from(place.checked_add(1)?).ok()
}

/// A year of four digits, or of the last two.
fn long_year(word: &str) -> Option<u16> {
    let year: u16 = word.parse().ok()?;
    match (word.len(), year) {
        (4, _) => Some(year),
        (2, 0..=68) => year.checked_add(2000),
        (2, _) => year.checked_add(1900),
        _ => None,
    }
}

/// A part of the calendar, however its parts are ordered and named.
fn calendar(text: &str) -> Option<String> {
    // The time of a day is no part of it.
    let is_time = |rest: &str| rest.contains(':') && rest.starts_with(|first: char| first.is_ascii_digit());
    let text = text.split_once([' ', 't']).filter(|(_, rest)| is_time(rest)).map_or(text, |(day, _)| day);
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let month = |word: &str| month_of_name(word).or_else(|| word.parse().ok().filter(|month| (1..=12).contains(month)));
    let day = |word: &str| {
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        digits.parse::<u32>().ok().filter(|day| (1..=31).contains(day))
    };
    let year = |word: &str| (word.len() == 4).then(|| word.parse::<u16>().ok()).flatten();
    let is_name = |word: &str| word.starts_with(|letter: char| letter.is_ascii_alphabetic());
    match words.as_slice() {
        [one] if one.len() == 8 && one.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(format!("{}-{}-{}", one.get(..4)?, one.get(4..6)?, one.get(6..)?))
        }
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
            } else if is_name(second) || day(first).is_some_and(|day| day > 12) {
                (long_year(third)?, month(second)?, day(first)?)
            } else if day(second).is_some_and(|day| day > 12) {
                (long_year(third)?, month(first)?, day(second)?)
            } else if text.contains('.') {
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

/// `30 days after signature`, `six months before the election`, `upon signature`: the object that says so.
fn counted_from(text: &str) -> Option<String> {
    let alone = ["upon ", "at ", "on ", "following ", "with ", ""].iter().find_map(|word| text.strip_prefix(word));
    if let Some(event) = alone.and_then(known_event) {
        return Some(format!("{{ \"after\": {event:?} }}"));
    }
    let after = [" after ", " from ", " of ", " following "].map(|word| (word, "after"));
    let sides = after.into_iter().chain([" before ", " prior to ", " ahead of "].map(|word| (word, "before")));
    let (side, (offset, named)) = sides.into_iter().find_map(|(word, side)| Some((side, text.split_once(word)?)))?;
    let (number, unit) = length(offset)?;
    let event = event(named.strip_prefix("the ").unwrap_or(named))?;
    Some(format!("{{ \"{side}\": {event:?}, \"{unit}\": {number} }}"))
}

/// `30 days`, `within six months`.
fn length(text: &str) -> Option<(u32, &'static str)> {
    const WORDS: &str = "a 1|an 1|one 1|two 2|three 3|four 4|five 5|six 6|seven 7|eight 8|nine 9|ten 10|\
                         twelve 12|fourteen 14|eighteen 18|thirty 30|sixty 60|ninety 90";
    let text = ["within ", "no later than ", "not later than ", "by "]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let (number, unit) = text.split_once([' ', '-'])?;
    let of_word = WORDS.split('|').find_map(|row| row.strip_prefix(number)?.strip_prefix(' '));
    let number = of_word.unwrap_or(number).parse().ok()?;
    let is_unit = |units: &&str| units.trim_end_matches('s') == unit.trim_end_matches('s');
    Some((number, ["years", "months", "weeks", "days"].into_iter().find(is_unit)?))
}
