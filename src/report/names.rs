//! The words that a report has for people, numbers, days, steps and sources: each in one way.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::structure::{Sentence, SourceNote, on_a_line};
use crate::assessment::reasons::JudgedCount;
use crate::assessment::{Assessment, Bounds, Counted, ForceAssessment, Observed, SetAside};
use crate::day::{InWords, Window};
use crate::record::Names;
use crate::schedule::{PhaseText, SetBy};
use crate::terms::{Band, Citation, Event, Part, Period, Quantity, Terms};
use crate::wording::{capital, cut, separator, thousands, with_commas};

/// So many members of a list, or rows of a table, are shown.
pub(super) const MOST: usize = 60;

/// What a report is made from, and the sources that it has cited so far.
pub(crate) struct Teller<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) terms: &'a Terms,
    /// The names of forces, and whether each is a part of another.
    forces: HashMap<&'a str, (String, bool)>,
    /// The forces as they were judged.
    pub(super) judged: HashMap<&'a str, &'a ForceAssessment>,
    /// How many counts of a force are set aside, and the last of them.
    pub(super) set_aside: HashMap<&'a str, (usize, &'a SetAside)>,
    /// The phases as the last version that has them has them.
    phases: HashMap<&'a str, &'a PhaseText>,
    parties: HashMap<&'a str, String>,
    /// The names of parties as the timeline has them.
    pub(super) names: Names<'a>,
    numbers: HashMap<String, usize>,
    /// Whether what is told is not shown, and so cites nothing.
    pub(super) is_full: bool,
    pub(super) notes: Vec<SourceNote>,
    /// So many characters of a name or a title are said.
    longest: usize,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(assessment: &'a Assessment, longest: usize) -> Self {
        let agreement = &assessment.basis.agreement;
        let terms = agreement.terms();
        let mut phases = HashMap::new();
        for version in agreement.history().versions.iter().take(assessment.version.saturating_add(1)) {
            for (phase, _) in version.agreed().phases().chain(version.full.phases()) {
                phases.insert(phase.id(terms), phase);
            }
        }
        let version = agreement.history().versions.get(assessment.version);
        let forces = version.map(|version| version.full.text.forces.as_slice()).unwrap_or_default();
        let forces = forces.iter().filter_map(|force| force.at.force(terms));
        let mut set_aside: HashMap<&str, (usize, &SetAside)> = HashMap::new();
        for aside in &assessment.set_aside {
            let (count, last) = set_aside.entry(&aside.force).or_insert((0, aside));
            (*count, *last) = (count.saturating_add(1), aside);
        }
        let name = |name: &str| cut(&on_a_line(name), longest);
        Self {
            assessment,
            terms,
            forces: forces.map(|force| (force.id.as_str(), (name(force.called()), force.part_of.is_some()))).collect(),
            judged: assessment.forces.iter().map(|force| (force.force.as_str(), force)).collect(),
            set_aside,
            phases,
            parties: terms.parties.iter().rev().map(|party| (party.id.as_str(), the(&name(&party.name)))).collect(),
            names: Names::new(terms),
            numbers: HashMap::new(),
            is_full: false,
            notes: Vec::new(),
            longest,
        }
    }

    pub(super) fn force(&self, id: &str) -> String {
        self.forces.get(id).map_or(id, |(name, _)| name).to_owned()
    }

    pub(super) fn is_part(&self, id: &str) -> bool {
        self.forces.get(id).is_some_and(|(_, is_part)| *is_part)
    }

    pub(super) fn has_several_forces(&self) -> bool {
        self.forces.len() > 1
    }

    pub(super) fn phase(&self, id: &str) -> Option<&'a PhaseText> {
        self.phases.get(id).copied()
    }

    pub(super) fn title(&self, id: &str) -> Option<String> {
        self.phase(id)?.title(self.terms).map(|title| self.cut(title))
    }

    /// A text on one line, and not longer than it may be.
    pub(crate) fn cut(&self, text: &str) -> String {
        cut(&on_a_line(text), self.longest)
    }

    /// A step as the first words of a cell or a sentence: its title, or its id in words.
    pub(super) fn step(&self, id: &str) -> String {
        self.title(id).unwrap_or_else(|| if is_number(id) { capital(&numbered(id)) } else { capital(&in_words(id)) })
    }

    /// A step within a sentence.
    pub(crate) fn the_step(&self, id: &str) -> String {
        match self.title(id) {
            Some(title) => format!("“{title}”"),
            None if is_number(id) => numbered(id).replace("step of", "the step of"),
            None => format!("the step “{}”", in_words(id)),
        }
    }

    /// What sets a ceiling, within a sentence.
    pub(crate) fn setter(&self, by: &SetBy<impl AsRef<str>>) -> String {
        match by {
            SetBy::Baseline => "the authorised number".to_owned(),
            SetBy::Phase(id) => self.the_step(id.as_ref()),
        }
    }

    /// `A`, `A and B`, `A, B and C`, of parties by their ids.
    pub(super) fn parties(&self, ids: &[String]) -> String {
        let name = |id: &String| self.parties.get(id.as_str()).cloned().unwrap_or_else(|| id.clone());
        listed(&ids.iter().map(name).collect::<Vec<_>>())
    }

    /// What a deadline waits for.
    pub(super) fn event(&self, event: &Event) -> String {
        match event {
            Event::Day(day) => date(*day),
            Event::Phase(id) => self.the_step(id),
            Event::Named(name) => format!("“{}”", in_words(name)),
            event => format!("the {}", event.phrase()),
        }
    }

    /// The number of a source, by its key, or as free text.
    fn number(&mut self, key: &str) -> usize {
        if let Some(&number) = self.numbers.get(key) {
            return number;
        }
        let own = || SourceNote { title: on_a_line(key), published: None, url: None };
        let note = self.terms.sources.get(key).map_or_else(own, |source| SourceNote {
            title: on_a_line(&source.title),
            published: source.published,
            url: source.url.as_deref().map(on_a_line),
        });
        self.notes.push(note);
        self.numbers.insert(key.to_owned(), self.notes.len());
        self.notes.len()
    }

    /// A sentence of counts, with the numbers of their sources.
    pub(super) fn counted(&mut self, words: impl AsRef<str>, counts: &[JudgedCount]) -> Sentence {
        let sources = counts.iter().filter_map(|count| count.source.as_deref());
        self.cited(words, sources)
    }

    /// A sentence with what the document cites for it.
    pub(super) fn said(&mut self, words: impl AsRef<str>, citations: &[Citation]) -> Sentence {
        self.cited(words, citations.iter().map(|citation| citation.source.as_str()))
    }

    pub(super) fn cited<'s>(&mut self, words: impl AsRef<str>, sources: impl Iterator<Item = &'s str>) -> Sentence {
        if self.is_full {
            return Sentence::new(words);
        }
        let keys = sources.flat_map(|source| self.terms.keys_of(source));
        let mut numbers: Vec<usize> = keys.map(|key| self.number(key)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Sentence { sources: numbers, ..Sentence::new(words) }
    }
}

/// `25 August 2025`.
pub(crate) fn date(day: NaiveDate) -> String {
    InWords(Window::day(day)).to_string()
}

/// `25 August 2025`, `September 2025`, `1 to 20 May 2026`.
pub(super) fn days(window: Window) -> String {
    InWords(window).to_string()
}

/// `on 25 August 2025`, `in September 2025`, `between 1 and 20 May 2026`.
pub(crate) fn on(window: Window) -> String {
    let words = days(window);
    if window.earliest() == window.latest() {
        format!("on {words}")
    } else if words.contains(" to ") {
        format!("between {}", words.replacen(" to ", " and ", 1))
    } else {
        format!("in {words}")
    }
}

/// `1 day`, `25 days`, `2 to 109 days`.
pub(super) fn so_many_days(low: i64, high: i64) -> String {
    let one = if high == 1 { "day" } else { "days" };
    format!("{} {one}", Bounds { low: Some(low), high: Some(high) })
}

/// `86 days before`, of how long before the day of judgement; nothing of that day.
pub(super) fn age(age: Bounds) -> Option<String> {
    let (low, high) = age.low.zip(age.high).filter(|&(_, high)| high != 0)?;
    Some(format!("{} before", so_many_days(low, high)))
}

/// `25 days late`, `2 to 109 days early`, `3 days early to 5 days late`, `on the day`; nothing without both ends.
pub(super) fn slipped(slip: Bounds) -> Option<String> {
    let (low, high) = slip.low.zip(slip.high)?;
    Some(match (low, high) {
        (0, 0) => "on the day".to_owned(),
        (0, _) => format!("up to {} late", so_many_days(high, high)),
        (1.., _) => format!("{} late", so_many_days(low, high)),
        (_, 0) => format!("up to {} early", so_many_days(low.saturating_neg(), low.saturating_neg())),
        (_, ..0) => format!("{} early", so_many_days(high.saturating_neg(), low.saturating_neg())),
        _ => {
            let early = low.saturating_neg();
            format!("{} early to {} late", so_many_days(early, early), so_many_days(high, high))
        }
    })
}

/// What a ceiling allows: `none may remain`, `at most 1,251 to 2,550 were to remain`.
pub(super) fn remain(ceiling: Band, may: &str) -> String {
    match (ceiling.low(), ceiling.high()) {
        (_, Some(0)) => format!("none {may} remain"),
        (0, None) => format!("it is not known how many {may} remain"),
        (low, None) => format!("{} or more {may} remain", thousands(low)),
        _ => format!("at most {} {may} remain", people(ceiling)),
    }
}

/// `2,550`, `1,251 to 2,550`, `at least 500`, `any number`.
pub(super) fn people(band: Band) -> String {
    match (band.low(), band.high()) {
        (0, None) => "any number".to_owned(),
        (low, high) => Bounds { low: Some(low.into()), high: high.map(Into::into) }.to_string(),
    }
}

/// How many were there, or had left, as it was reported: `about 2,000`, `more than 31,000 gone`.
pub(crate) fn number(counted: Counted) -> String {
    match counted {
        Counted::Present(quantity) => quantity_words(quantity),
        Counted::Withdrawn(quantity) => format!("{} gone", quantity_words(quantity)),
        Counted::WithdrawnShare(share) => format!("{share} gone"),
    }
}

/// The same within a sentence, where 0 is none.
pub(super) fn or_none(counted: Counted) -> String {
    if counted == Counted::Present(Quantity::Exact(0)) { "none".to_owned() } else { number(counted) }
}

fn quantity_words(quantity: Quantity) -> String {
    match quantity {
        Quantity::Range(a, b) => format!("{} to {}", thousands(a), thousands(b)),
        Quantity::PlusMinus(n, m) => format!("{}, give or take {}", thousands(n), thousands(m)),
        Quantity::Unspecified => "an unknown number".to_owned(),
        quantity => with_commas(&quantity.to_string()),
    }
}

/// The latest count: as it was reported where there is one, else the range of all.
pub(super) fn latest(observed: &Observed, counts: &[JudgedCount]) -> String {
    let mut said: Vec<String> = counts.iter().map(|count| number(count.counted)).collect();
    said.dedup();
    match said.as_slice() {
        [one] => one.clone(),
        _ => Band::new(observed.low, observed.high).map(people).unwrap_or_default(),
    }
}

/// `A`, `A and B`, `A, B and C`; of many the first, and how many more there are.
pub(super) fn listed(names: &[String]) -> String {
    const MOST_NAMES: usize = 24;
    if let Some((shown, rest @ [_, _, ..])) = names.split_at_checked(MOST_NAMES) {
        return format!("{} and {} others", shown.join(", "), rest.len());
    }
    (0..).zip(names).map(|(place, name)| separator(place, names.len()).to_owned() + name).collect()
}

/// An id as words.
pub(super) fn in_words(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    match words.split_once(' ') {
        Some((first @ ("us" | "uk" | "un" | "eu"), rest)) => format!("{} {rest}", first.to_uppercase()),
        _ => words,
    }
}

/// `step 2`, or `step of July 1972` where the id is a month.
fn numbered(id: &str) -> String {
    let month = id.parse().ok().filter(|period| matches!(period, Period::Of(Part::Month(..) | Part::Day(_))));
    month.and_then(Period::window).map_or_else(|| format!("step {id}"), |month| format!("step of {}", days(month)))
}

/// Whether an id is rather a number than a word.
fn is_number(id: &str) -> bool {
    id.starts_with(|letter: char| letter.is_ascii_digit())
}

/// A state by its name, with the article that some have within a sentence.
fn the(name: &str) -> String {
    const BEGIN: [&str; 6] = ["United ", "Republic ", "Democratic ", "Federal ", "Government ", "African "];
    const END: [&str; 4] = [" Union", " Federation", " Republic", " Government"];
    let has_article =
        BEGIN.iter().any(|begins| name.starts_with(begins)) || END.iter().any(|ends| name.ends_with(ends));
    if has_article { format!("the {name}") } else { name.to_owned() }
}
