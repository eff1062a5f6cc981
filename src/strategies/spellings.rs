//! Legal numbers, shares, days and events, in every kind and spelling.

use chrono::NaiveDate;

use super::tape::{Choices, later};
use crate::day;
use crate::terms::spelling::{SEPARATORS, Spelled};
use crate::terms::{Deadline, Event, MAX_PEOPLE, Offset, PEOPLE, Part, Period, Quantity, Ratio, Share};
use crate::wording::{capital, with_commas};

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

/// A value in one of the spellings of its table, and a text in that spelling.
type Spelt<T> = (T, String);

/// Draws a spelling, and values for it: the first of those on offer that it takes.
fn spelt<T: Spelled>(
    choices: &mut Choices,
    offer: impl FnOnce(&mut Choices, usize) -> Vec<[T::Value; 2]>,
    is_legal: impl Fn(T) -> bool,
) -> Option<Spelt<T>> {
    let spelling = T::SPELLINGS.get(choices.place_in(T::SPELLINGS.len()))?;
    let count = spelling.values.len();
    let offers = offer(choices, count);
    let taken =
        |values: &[T::Value]| Some(((spelling.says)(values).filter(|value| is_legal(*value))?, values.to_vec()));
    let (value, values) = offers.iter().filter_map(|offer| offer.get(..count)).find_map(taken)?;
    let mut text = choices.pick(spelling.before)?.to_owned();
    for (position, value) in values.iter().enumerate() {
        if position > 0 {
            text.push_str(choices.pick(spelling.between)?);
        }
        let value = value.to_string();
        let words = T::WORDS.iter().filter(|(_, of)| of.to_string() == value).map(|(word, _)| *word);
        let words: Vec<&str> = words.chain([value.as_str()]).collect();
        text.push_str(choices.pick(&words)?);
    }
    Some((value, if choices.once_in(8) { capital(&text) } else { text }))
}

/// A quantity of any kind, in any spelling, its thousands separated or not, with a word for people or without.
pub(super) fn quantity(choices: &mut Choices) -> Spelt<Quantity> {
    let offer = |c: &mut Choices, count| {
        let n = number(c, 0, MAX_PEOPLE);
        let m = if count > 1 { number(c, 0, MAX_PEOPLE) } else { n };
        // In order, large enough and small enough for each spelling.
        vec![[n, m], [m, n], [n.saturating_add(1), m], [n >> 1, m >> 1]]
    };
    let spelt = spelt(choices, offer, |quantity: Quantity| quantity.band().is_some());
    let (quantity, text) = spelt.unwrap_or_else(|| (Quantity::Exact(0), "0".to_owned()));
    let separator = choices.pick(&SEPARATORS).filter(|_| choices.once_in(2));
    let mut text = separator.map_or(text.clone(), |separator| with_commas(&text).replace(',', &separator.to_string()));
    if let Some(people) = choices.pick(&PEOPLE).filter(|_| choices.once_in(4)) {
        text.extend([" ", people]);
    }
    (quantity, text)
}

fn ratio(choices: &mut Choices) -> Ratio {
    if choices.once_in(4) {
        return choices.pick(Share::WORDS).map_or(Ratio::ONE, |(_, ratio)| ratio);
    }
    let denominator = match choices.up_to(3) {
        0 | 1 => 100,
        2 => 10_u32.saturating_pow(choices.up_to(5).saturating_add(3)),
        _ => choices.up_to(30).saturating_add(1),
    };
    Ratio::new(choices.up_to(denominator), denominator).unwrap_or(Ratio::percent(50))
}

pub(super) fn share(choices: &mut Choices) -> Spelt<Share> {
    let offer = |c: &mut Choices, count| {
        let one = ratio(c);
        let other = if count > 1 { ratio(c) } else { one.rest() };
        vec![[one, other], [other, one]]
    };
    let spelt = spelt(choices, offer, |share: Share| share.bounds().is_some());
    spelt.unwrap_or_else(|| (Share::percent(0), "0%".to_owned()))
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
        0 => Part::Month(year, month),
        1 => Part::Quarter(year, month.div_ceil(3)),
        _ => Part::Year(year),
    }
}

fn part(choices: &mut Choices, day: NaiveDate) -> Part {
    if choices.once_in(2) { long_part(choices, day) } else { Part::Day(day) }
}

/// A stretch of days at or near a day, in any spelling.
pub(super) fn period(choices: &mut Choices, day: NaiveDate) -> Spelt<Period> {
    let offer = |c: &mut Choices, count| {
        let first = part(c, day);
        let later_day = if count > 1 { c.day_after(day, 200) } else { day };
        let second = if count > 1 { part(c, later_day) } else { first };
        // For spellings that take only some parts of the calendar.
        let (long, year) = (long_part(c, day), Part::Year(year_and_month(day).0));
        [first, long, year, Part::Day(later(day, 1))].map(|first| [first, second]).to_vec()
    };
    let spelt = spelt(choices, offer, |period: Period| period.window().is_some());
    spelt.unwrap_or_else(|| (Part::Day(day).into(), Part::Day(day).to_string()))
}

pub(super) fn id(choices: &mut Choices) -> String {
    const CHARACTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    let most = if choices.once_in(8) { 64 } else { 6 };
    let character = |choices: &mut Choices| char::from(choices.pick(CHARACTERS).unwrap_or(b'a'));
    choices.several(1, most, character).into_iter().collect()
}

/// Names of events, of which the record has some.
pub(super) const NAMES: &[&str] = &["handover", "ceasefire", "last-convoy"];

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

/// So long after an event, or before it.
pub(super) fn counted_from(choices: &mut Choices, event: Event) -> Deadline {
    let offset = if choices.once_in(6) { Offset::default() } else { offset(choices) };
    if choices.once_in(4) { Deadline::Before { event, offset } } else { Deadline::After { event, offset } }
}
