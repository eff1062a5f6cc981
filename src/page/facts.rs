//! What a page says of each day, as a few changes of each force: the script reads them, and so does [`Facts::words_on`].

use std::collections::HashMap;
use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::agreement::Agreement;
use crate::assessment::evidence::Evidence;
use crate::assessment::{Assessment, Observation, ObservationKind};
use crate::day::{Window, day_number, from_day_number};
use crate::record::known_from;
use crate::report::names::{Teller, date, number, on};
use crate::schedule::{Ceiling, Schedule};
use crate::terms::{Band, Terms};
use crate::wording::{LONGEST_EXCERPT, thousands};

/// So many days as known on can be chosen between.
const MOST_STATES: usize = 24;

/// What is known of the days from the first to the last.
pub(super) struct Facts(Vec<ForceFacts>);

struct ForceFacts {
    id: String,
    name: String,
    /// By the days from which they apply.
    ceilings: Vec<CeilingFact>,
    /// By their last days.
    counts: Vec<CountFact>,
}

/// What is required from a day on.
struct CeilingFact {
    from: i32,
    words: String,
    strict: Option<u32>,
    lenient: Option<u32>,
}

/// What was counted up to a day, and by whom that is said.
struct CountFact {
    last: i32,
    words: String,
    source: String,
    people: Band,
}

impl Facts {
    /// What is known, as the agreement is known.
    pub(super) fn new(agreement: &Agreement, observations: &[Observation], days: [i32; 2]) -> Self {
        let last = from_day_number(days[1]).unwrap_or_default();
        let at_last = agreement.assess(&[], last);
        let teller = Teller::new(&at_last, LONGEST_EXCERPT);
        let seen = Evidence::gather(agreement, observations).in_people(agreement);
        let of_force = |schedule: Schedule<'_>| {
            let force = schedule.force()?;
            let (_, index) = schedule.parts();
            let counts = index.of(&seen).into_iter().flatten().filter(|of| of.seen.kind == ObservationKind::Count);
            let mut counts: Vec<_> = counts
                .filter_map(|of| {
                    let window = of.seen.held.unwrap_or(of.seen.days);
                    let source =
                        of.seen.source.as_deref().map(|source| teller.cut(&agreement.terms().title_of(source)));
                    let words = format!("{} {}", number(of.seen.counted), on(window));
                    let (last, source) = (day_number(window.latest()), source.unwrap_or_default());
                    Some(CountFact { last, words, source, people: of.people? })
                })
                .collect();
            counts.sort_by_key(|count| count.last);
            let name = teller.cut(force.called());
            Some(ForceFacts { id: force.id.clone(), name, ceilings: ceilings(&schedule, &teller, days), counts })
        };
        Self(agreement.schedules().filter_map(of_force).collect())
    }

    pub(super) fn words_on(&self, day: i32) -> String {
        let mut words = from_day_number(day).map(date).unwrap_or_default();
        let is_one = self.0.len() == 1;
        words.push_str(if is_one { ": " } else { "" });
        for force in &self.0 {
            if !is_one {
                let _ = write!(words, "\n{}: ", force.name);
            }
            let ceiling = force.ceilings.iter().rfind(|ceiling| ceiling.from <= day);
            let _ = write!(words, "{}.", ceiling.map_or("no ceiling", |ceiling| &ceiling.words));
            let Some(count) = force.counts.iter().rfind(|count| count.last <= day) else { continue };
            let age = match day.saturating_sub(count.last) {
                0 => "that day".to_owned(),
                1 => "the day before".to_owned(),
                days => format!("{} days before", thousands(days)),
            };
            let source = if count.source.is_empty() { String::new() } else { format!(" ({})", count.source) };
            let _ = write!(words, " Last count: {}, {age}{source}.", count.words);
        }
        words
    }
}

/// The changes of what is required from the first to the last day.
fn ceilings(schedule: &Schedule<'_>, teller: &Teller<'_>, [first, last]: [i32; 2]) -> Vec<CeilingFact> {
    let Some(days) = from_day_number(first).zip(from_day_number(last)) else { return Vec::new() };
    let change = |(day, ceiling): (NaiveDate, Option<Ceiling<&str>>)| {
        let words = ceiling.as_ref().map_or_else(|| "no ceiling".to_owned(), |ceiling| required(ceiling, teller));
        let (strict, lenient) = (ceiling.as_ref().map(|of| of.strict), ceiling.and_then(|of| of.lenient));
        CeilingFact { from: day_number(day), words, strict, lenient }
    };
    schedule.required_changes(days).into_iter().map(change).collect()
}

/// `at most 1,251 (strict) to 2,550 (lenient), set by step 1`.
fn required(ceiling: &Ceiling<&str>, teller: &Teller<'_>) -> String {
    let strict = thousands(ceiling.strict);
    let by = teller.setter(&ceiling.strict_by);
    let (words, lenient_by) = match (ceiling.lenient, &ceiling.lenient_by) {
        (Some(lenient), lenient_by) if lenient == ceiling.strict => (format!("at most {strict}"), lenient_by.as_ref()),
        (Some(lenient), lenient_by) => {
            (format!("at most {strict} (strict) to {} (lenient)", thousands(lenient)), lenient_by.as_ref())
        }
        (None, Some(lenient_by)) => (format!("at most {strict} (strict), no upper end (lenient)"), Some(lenient_by)),
        (None, None) => (format!("at most {strict} (strict), nothing yet (lenient)"), None),
    };
    match lenient_by.map(|by| teller.setter(by)) {
        Some(lenient_by) if lenient_by != by => format!("{words}, set by {by} (strict) and {lenient_by} (lenient)"),
        _ => format!("{words}, set by {by}"),
    }
}

/// What is known now, and what was known before it was all published.
pub(super) struct AllFacts {
    pub(super) now: Facts,
    /// By the days on which more became known; the last is what is known now.
    before: Vec<(i32, Facts)>,
}

impl AllFacts {
    pub(super) fn new(assessment: &Assessment, observations: &[Observation], days: [i32; 2]) -> Self {
        let agreement = &assessment.basis.agreement;
        let now = Facts::new(agreement, observations, days);
        let mut news = news(agreement.terms(), observations);
        // What became known last is what is known now.
        news.pop();
        let kept = news.len().saturating_sub(MOST_STATES);
        let as_known = |day: i32| {
            let known = agreement.as_known_on(from_day_number(day)?);
            Some((day, Facts::new(&known, observations, days)))
        };
        Self { now, before: news.into_iter().skip(kept).filter_map(as_known).collect() }
    }

    /// For the script, each text and each row once: what is known differs little from day to day.
    pub(super) fn json(&self) -> String {
        let (mut texts, mut rows) = (Once::default(), Once::default());
        let before = self.before.iter().map(|(day, facts)| (day.to_string(), facts));
        let states = before.chain([("null".to_owned(), &self.now)]).map(|(day, facts)| {
            let forces = list(facts.0.iter().map(|force| force.json(&mut texts, &mut rows)));
            format!("{{\"day\":{day},\"forces\":{forces}}}")
        });
        let states = list(states);
        let (texts, rows) = (list(texts.in_order().map(|text| quoted(&text))), list(rows.in_order()));
        format!("{{\"texts\":{texts},\"rows\":{rows},\"states\":{states}}}")
    }
}

/// The days on which something became known, in order, and the day before the first of them; none if nothing became known
/// later than it happened.
fn news(terms: &Terms, observations: &[Observation]) -> Vec<i32> {
    let own = |window: Option<Window>| window.map(Window::latest);
    let acts = terms.record.iter().filter(|act| !act.expected).map(|act| (known_from(act), own(act.on.window())));
    let counts = observations.iter().map(|seen| (seen.known_from(terms), own(seen.date.window())));
    let late: Vec<_> = acts.chain(counts).filter(|(known, own)| known > own).filter_map(|(known, _)| known).collect();
    if late.is_empty() {
        return Vec::new();
    }
    let amendments = terms.amendments.iter().map(|amendment| amendment.adopted);
    let mut days: Vec<i32> = late.into_iter().chain(amendments).map(day_number).collect();
    days.extend(days.iter().min().map(|first| first.saturating_sub(1)));
    days.sort_unstable();
    days.dedup();
    days
}

/// Texts, each with its place in their list.
#[derive(Default)]
struct Once(HashMap<String, usize>);

impl Once {
    fn place(&mut self, text: &str) -> usize {
        let next = self.0.len();
        *self.0.entry(text.to_owned()).or_insert(next)
    }

    fn in_order(self) -> impl Iterator<Item = String> {
        let mut order: Vec<_> = self.0.into_iter().collect();
        order.sort_by_key(|(_, place)| *place);
        order.into_iter().map(|(text, _)| text)
    }
}

impl ForceFacts {
    /// Places of its texts and of its rows.
    fn json(&self, texts: &mut Once, rows: &mut Once) -> String {
        let or_null = |number: Option<u32>| number.map_or_else(|| "null".to_owned(), |number| number.to_string());
        let ceilings = list(self.ceilings.iter().map(|CeilingFact { from, words, strict, lenient }| {
            let row = format!("[{from},{},{},{}]", texts.place(words), or_null(*strict), or_null(*lenient));
            rows.place(&row).to_string()
        }));
        let counts = list(self.counts.iter().map(|CountFact { last, words, source, people }| {
            let (words, source) = (texts.place(words), texts.place(source));
            let row = format!("[{last},{words},{source},{},{}]", people.low(), or_null(people.high()));
            rows.place(&row).to_string()
        }));
        let (id, name) = (texts.place(&self.id), texts.place(&self.name));
        format!("{{\"id\":{id},\"name\":{name},\"ceilings\":{ceilings},\"counts\":{counts}}}")
    }
}

fn list(members: impl Iterator<Item = String>) -> String {
    format!("[{}]", members.collect::<Vec<_>>().join(","))
}

/// A text of JSON that ends no element of HTML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\x1f' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
