//! Legal numbers, shares, days and events, in every kind and spelling.

use chrono::NaiveDate;

use super::tape::{Choices, later};
use crate::day;
use crate::terms::{Deadline, Event, MAX_PEOPLE, Offset, Part, Period, Quantity, Ratio, Share};

/// The greatest number of which 110 %, rounded up, is a number of people.
const MOST_ABOUT: u32 = 3_904_515_720;

/// A number of people, small more often than not.
pub(super) fn number(choices: &mut Choices, least: u32, most: u32) -> u32 {
    let scale = match choices.up_to(9) {
        0..=4 => 5_000,
        5 | 6 => 20,
        7 | 8 => 300_000,
        _ => MAX_PEOPLE,
    };
    least.saturating_add(choices.up_to(scale.min(most.saturating_sub(least))))
}

pub(super) fn quantity(choices: &mut Choices) -> Quantity {
    let c = choices;
    match c.up_to(14) {
        0 => Quantity::Exact(number(c, 0, MAX_PEOPLE)),
        1 => Quantity::About(number(c, 0, MOST_ABOUT)),
        2 => {
            let n = number(c, 0, MAX_PEOPLE);
            Quantity::PlusMinus(n, number(c, 0, MAX_PEOPLE.saturating_sub(n)))
        }
        3 => Quantity::Nearly(number(c, 1, MAX_PEOPLE)),
        4 => Quantity::JustOver(number(c, 1, MOST_ABOUT)),
        5 => {
            let n = number(c, 0, MAX_PEOPLE);
            Quantity::Range(n, number(c, n, MAX_PEOPLE))
        }
        6 => {
            let n = number(c, 0, MAX_PEOPLE);
            Quantity::Between(n, number(c, n, MAX_PEOPLE))
        }
        7 => Quantity::AtMost(number(c, 0, MAX_PEOPLE)),
        8 => Quantity::FewerThan(number(c, 1, MAX_PEOPLE)),
        9 => Quantity::AtLeast(number(c, 0, MAX_PEOPLE)),
        10 => Quantity::MoreThan(number(c, 0, MAX_PEOPLE.saturating_sub(1))),
        11 => Quantity::Dozens,
        12 => Quantity::Hundreds,
        13 => Quantity::Thousands,
        _ => Quantity::Unspecified,
    }
}

fn ratio(choices: &mut Choices, least: u32) -> Ratio {
    let denominator = match choices.up_to(3) {
        0 | 1 => 100,
        2 => 10_u32.saturating_pow(choices.up_to(5).saturating_add(3)),
        _ => choices.up_to(30).saturating_add(1),
    };
    let numerator = least.saturating_add(choices.up_to(denominator.saturating_sub(least)));
    Ratio::new(numerator, denominator).unwrap_or(Ratio::percent(50))
}

pub(super) fn share(choices: &mut Choices) -> Share {
    let c = choices;
    match c.up_to(6) {
        0 => Share::Exact(ratio(c, 0)),
        1 => Share::About(ratio(c, 0)),
        2 => {
            let (a, b) = (ratio(c, 0), ratio(c, 0));
            Share::Range(a.min(b), a.max(b))
        }
        3 => Share::AtMost(ratio(c, 0)),
        4 => Share::FewerThan(ratio(c, 1)),
        5 => Share::AtLeast(ratio(c, 0)),
        _ => {
            // The complement of a share above none is one below all.
            Share::MoreThan(ratio(c, 1).rest())
        }
    }
}

/// Each first spelling with the others.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("about ", &["around ", "some ", "roughly ", "approximately "]),
    ("nearly ", &["almost ", "just under "]),
    ("at most ", &["up to ", "no more than "]),
    ("fewer than ", &["under ", "below "]),
    ("at least ", &["no fewer than "]),
    ("more than ", &["over "]),
];

/// The text in another spelling that is read as the same.
pub(super) fn respelled(choices: &mut Choices, text: &str) -> String {
    let synonyms = SYNONYMS.iter().find_map(|(first, others)| Some((text.strip_prefix(first)?, *first, *others)));
    let Some((rest, first, others)) = synonyms else { return text.to_owned() };
    let other = choices.pick(&[&[first], others].concat()).unwrap_or(first);
    format!("{other}{rest}")
}

/// A quantity in any spelling, with commas or without.
pub(super) fn spelled_quantity(choices: &mut Choices, quantity: Quantity) -> String {
    let text = respelled(choices, &quantity.to_string());
    let text = if choices.once_in(2) { text.replace(" +- ", " ± ") } else { text };
    if choices.once_in(2) { with_commas(&text) } else { text }
}

fn with_commas(text: &str) -> String {
    let mut commas = String::with_capacity(text.len().saturating_mul(2));
    for (position, character) in text.char_indices() {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let left = digits(text.get(position..).unwrap_or_default());
        let goes_on = commas.ends_with(|last: char| last.is_ascii_digit());
        if goes_on && left > 0 && left.is_multiple_of(3) {
            commas.push(',');
        }
        commas.push(character);
    }
    commas
}

/// A day: of our time more often than not, and never within a few days of the ends of the calendar.
pub(super) fn any_day(choices: &mut Choices) -> NaiveDate {
    const OUR_TIME: u32 = 20_000;
    const EVER: u32 = 3_650_000;
    if choices.once_in(4) {
        later(NaiveDate::from_ymd_opt(1, 2, 1).unwrap_or_default(), choices.up_to(EVER))
    } else {
        later(NaiveDate::default(), choices.up_to(OUR_TIME))
    }
}

fn year_and_month(day: NaiveDate) -> (u16, u8) {
    let (year, month, _) = day::parts(day);
    (u16::try_from(year).unwrap_or(1), u8::try_from(month).unwrap_or(1))
}

/// A part of the calendar, longer than a day, that a day belongs to.
fn long_part(choices: &mut Choices, day: NaiveDate) -> Part {
    let (year, month) = year_and_month(day);
    match choices.up_to(2) {
        0 => Part::Month { year, month },
        1 => Part::Quarter { year, quarter: month.div_ceil(3) },
        _ => Part::Year(year),
    }
}

fn part(choices: &mut Choices, day: NaiveDate) -> Part {
    if choices.once_in(2) { long_part(choices, day) } else { Part::Day(day) }
}

/// A stretch of days at or near a day, in every spelling.
pub(super) fn period(choices: &mut Choices, day: NaiveDate) -> Period {
    let c = choices;
    match c.up_to(6) {
        0 => Period::Of(Part::Day(day)),
        1 => long_part(c, day).into(),
        2 => {
            let first = part(c, day);
            let second = c.day_after(day, 200);
            Period::Between(first, part(c, second))
        }
        3 => Period::StartOf(long_part(c, day)),
        4 => Period::EndOf(long_part(c, day)),
        5 => Period::Mid(year_and_month(day).0),
        _ => Period::Before(later(day, 1)),
    }
}

/// An id of 1 to 64 characters.
pub(super) fn id(choices: &mut Choices) -> String {
    const CHARACTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    let most = if choices.once_in(8) { 64 } else { 6 };
    let character = |choices: &mut Choices| char::from(choices.pick(CHARACTERS).unwrap_or(b'a'));
    choices.several(1, most, character).into_iter().collect()
}

/// What the record may hold, and phases not.
pub(super) const MARKS: &[Event] = &[
    Event::Signature,
    Event::Approval,
    Event::Announcement,
    Event::ProvisionalApplication,
    Event::EntryIntoForce,
    Event::Refusal,
    Event::Termination,
];

pub(super) fn event(choices: &mut Choices) -> Event {
    match choices.up_to(3) {
        0 => choices.pick(MARKS).unwrap_or(Event::Signature),
        1 => Event::Day(any_day(choices)),
        2 => Event::Phase(id(choices)),
        _ => Event::Named(id(choices)),
    }
}

pub(super) fn offset(choices: &mut Choices) -> Offset {
    let unit = |choices: &mut Choices, most| choices.maybe(3, |choices| choices.up_to(most)).unwrap_or(0);
    let c = choices;
    Offset { years: unit(c, 2), months: unit(c, 20), weeks: unit(c, 30), days: c.up_to(200) }
}

/// How deep deadlines are nested here.
const DEEPEST: u32 = 3;

pub(super) fn deadline(choices: &mut Choices, depth: u32) -> Deadline {
    let c = choices;
    let most = if depth < DEEPEST { 7 } else { 4 };
    let members = |c: &mut Choices| c.several(1, 3, |c| deadline(c, depth.saturating_add(1)));
    match c.up_to(most) {
        0..=2 => {
            let day = any_day(c);
            period(c, day).into()
        }
        3 => Deadline::After { event: event(c), offset: offset(c) },
        4 => Deadline::Open,
        5 => Deadline::Any(members(c)),
        6 => Deadline::Earliest(members(c)),
        _ => Deadline::Latest(members(c)),
    }
}
