//! Deadlines and what happened, for calendar programs, in the iCalendar format (RFC 5545).

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::agreement::{Agreement, sentence_of};
use crate::day::{self, Iso, Window};
use crate::record::Names;
use crate::schedule::{History, Schedule, SetBy};
use crate::terms::{Act, Band, Force, Standing, Terms};
use crate::wording::{excerpt, thousands};

const LONGEST_LINE: usize = 75;
/// The most forces that a summary names.
const NAMED: usize = 3;

/// What a calendar shows of an event; where it changes, the event does.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    days: Window,
    summary: String,
    description: String,
    category: &'static str,
}

/// An event, with the number of amendments that changed it, and the day on which the last of them was published.
struct CalendarEvent {
    shown: Shown,
    sequence: u32,
    modified: Option<NaiveDate>,
}

impl Agreement {
    /// The deadlines of the last version and what is on record, as the text of an iCalendar file of whole-day events. It is
    /// the same each time.
    ///
    /// [*See*](crate::guide::see#how-do-i-get-the-deadlines-into-a-calendar-program) says which events there are, and what
    /// tells each from the others.
    ///
    /// ```
    /// let iraq = force_drawdown::catalog::get("us-iraq-2024").unwrap().agreement;
    /// let calendar = iraq.calendar();
    /// let days = "DTSTART;VALUE=DATE:20250901\r\nDTEND;VALUE=DATE:20251001\r\n";
    /// assert!(calendar.contains(days));
    /// // Long lines are folded.
    /// let unfolded = calendar.replace("\r\n ", "");
    /// let summary = "mission: phase 1 due\\, at most 2\\,550 (US troops in Iraq)\r\n";
    /// assert!(unfolded.contains(summary));
    /// ```
    #[must_use]
    pub fn calendar(&self) -> String {
        let terms = self.terms();
        let mut text = String::new();
        for (name, value) in [
            ("BEGIN", "VCALENDAR"),
            ("VERSION", "2.0"),
            ("PRODID", "-//force-drawdown//calendar//EN"),
            ("CALSCALE", "GREGORIAN"),
            ("NAME", &escaped(&terms.title)),
            ("X-WR-CALNAME", &escaped(&terms.title)),
        ] {
            push_line(&mut text, name, value);
        }
        let agreement = identity(terms);
        let stamp = self.stamp();
        let mut times: HashMap<String, u32> = HashMap::new();
        for (what, event) in self.deadlines().into_iter().chain(self.recorded()) {
            // What is on record twice in every respect is told apart by how often.
            let time = times.entry(what.clone()).and_modify(|time| *time = time.saturating_add(1)).or_insert(1);
            let again = if *time > 1 { format!("/{time}") } else { String::new() };
            push_event(&mut text, &format!("{agreement}/{what}{again}@force-drawdown"), stamp, &event);
        }
        push_line(&mut text, "END", "VCALENDAR");
        text
    }

    /// The phases of the last version, as the versions have made them.
    fn deadlines(&self) -> Vec<(String, CalendarEvent)> {
        let history = self.history();
        let mut events: HashMap<String, CalendarEvent> = HashMap::new();
        let mut last = Vec::new();
        for (number, version) in history.versions.iter().enumerate() {
            let amendment = version.amendment.and_then(|index| self.terms().amendments.get(index));
            let modified = amendment.map(|amendment| amendment.adopted);
            let shown = history.only(number).map(deadlines_of).unwrap_or_default();
            last = shown.iter().map(|(id, _)| id.clone()).collect();
            for (id, shown) in shown {
                let sequence = match events.get(&id) {
                    Some(before) if before.shown == shown => continue,
                    before => before.map_or(0, |before| before.sequence.saturating_add(1)),
                };
                events.insert(id, CalendarEvent { shown, sequence, modified });
            }
        }
        last.into_iter().filter_map(|id| Some((format!("phase/{id}"), events.remove(&id)?))).collect()
    }

    /// Acts, baselines and amendments.
    fn recorded(&self) -> Vec<(String, CalendarEvent)> {
        let terms = self.terms();
        let (title, names) = (short_title(terms), Names::new(terms));
        let mut events = Vec::new();
        let mut push = |what: String, days, category, sentence: &str, note: Option<&String>| {
            let summary = format!("{title}: {sentence}");
            let shown = Shown { days, summary, description: note.cloned().unwrap_or_default(), category };
            events.push((what, CalendarEvent { shown, sequence: 0, modified: None }));
        };
        for force in self.history().last().iter().flat_map(|last| &last.full.text.forces) {
            for base in &force.baselines {
                let does = if base.authorised { "authorised" } else { "there" };
                let of = force.at.force(terms).map(named).unwrap_or_default();
                let what = format!("baseline/{}/{}", force.id(terms), Iso(base.as_of));
                push(what, Window::day(base.as_of), "baseline", &format!("{} {does} ({of})", base.strength), None);
            }
        }
        for act in &terms.record {
            let Some(days) = act.on.window() else { continue };
            let expected = if act.expected { "expected: " } else { "" };
            let sentence = format!("{expected}{}", sentence_of(act, &names));
            push(format!("act/{}/{:016x}", act.act, hash_of(act)), days, "act", &sentence, act.note.as_ref());
        }
        for (_, amendment, version) in self.history().amendments() {
            let Some(effective) = version.effective else { continue };
            let own = amendment.unilateral.as_ref().map(|party| names.list(std::slice::from_ref(party)));
            let own = own.map(|party| format!(", decided by {party} alone")).unwrap_or_default();
            let sentence = format!("amended by \u{201c}{}\u{201d}{own}", excerpt(&amendment.title));
            let what = format!("amendment/{}", Iso(amendment.adopted));
            push(what, Window::day(effective), "amendment", &sentence, amendment.note.as_ref());
        }
        events
    }

    /// The day that events are stamped with: that as known on which the agreement is, else the last on record.
    fn stamp(&self) -> NaiveDate {
        let terms = self.terms();
        let adopted = terms.amendments.iter().map(|amendment| amendment.adopted);
        let recorded =
            terms.record.iter().filter(|act| !act.expected).filter_map(|act| act.on.window()).map(Window::latest);
        let baselines = terms.forces.iter().filter_map(|force| force.baseline.as_ref()).map(|base| base.as_of);
        self.known_on().or_else(|| adopted.chain(recorded).chain(baselines).max()).unwrap_or_default()
    }
}

/// The phases of a version whose days are known, each with its id.
fn deadlines_of(version: History<'_>) -> Vec<(String, Shown)> {
    let terms = version.terms;
    let mut limits: HashMap<&str, Vec<(&Force, Band)>> = HashMap::new();
    for schedule in Schedule::all(version) {
        let Some(force) = schedule.force() else { continue };
        // There is one version, in effect on every day.
        for milestone in schedule.planned_milestones_on(NaiveDate::default()) {
            if let (SetBy::Phase(id), false) = (milestone.by, milestone.residual_ends) {
                limits.entry(id).or_default().push((force, milestone.band));
            }
        }
    }
    let mut shown = Vec::new();
    for (phase, resolved) in version.last().iter().flat_map(|last| last.full.phases()) {
        let Some(days) = resolved.due.window() else { continue };
        let id = phase.id(terms);
        let limits = limits.remove(id).unwrap_or_default();
        let name = phase.title(terms).map_or_else(|| format!("phase {id}"), excerpt);
        let envisaged = if phase.standing == Standing::Envisaged { " as envisaged" } else { "" };
        let mut parts = vec![format!("{}: {name} due{envisaged}", short_title(terms))];
        parts.extend(limits.iter().take(NAMED).map(|(force, band)| at_most(force, *band)));
        if limits.len() > NAMED {
            parts.push(format!("and {} more", limits.len().saturating_sub(NAMED)));
        }
        parts.extend(phase.done(terms).map(str::to_owned));
        let vague = limits.iter().filter(|(_, band)| band.high() != Some(band.low()));
        let lines = vague.map(|(force, band)| format!("{}: {band}, by how the text is read", named(force)));
        let mut lines: Vec<_> = lines.collect();
        lines.extend(limits.iter().skip(NAMED).map(|(force, band)| at_most(force, *band)));
        let (summary, description) = (parts.join(", "), lines.join("\n"));
        shown.push((id.to_owned(), Shown { days, summary, description, category: "deadline" }));
    }
    shown
}

/// `at most 2,550 (US troops in Iraq)`.
fn at_most(force: &Force, band: Band) -> String {
    let unit = if force.unit() == "persons" { String::new() } else { format!(" {}", excerpt(force.unit())) };
    let most = match band.high() {
        None => "any number".to_owned(),
        Some(0) => "none left".to_owned(),
        Some(high) => format!("at most {}{unit}", thousands(high)),
    };
    format!("{most} ({})", named(force))
}

fn named(force: &Force) -> String {
    excerpt(force.called())
}

/// The title up to its first comma, colon or bracket.
fn short_title(terms: &Terms) -> String {
    let first = terms.title.split([',', ':', ';', '(', '\n']).next().unwrap_or_default().trim();
    excerpt(if first.is_empty() { &terms.title } else { first })
}

/// What tells the agreement from others, whatever its title.
fn identity(terms: &Terms) -> String {
    let parties = terms.parties.iter().map(|party| party.id.as_str());
    let forces = terms.forces.iter().map(|force| force.id.as_str());
    let of_ids = || fnv1a(&parties.chain(["/"]).chain(forces).collect::<Vec<_>>().join(" "));
    terms.id.clone().unwrap_or_else(|| format!("{:016x}", of_ids()))
}

/// What tells an act from others of its kind; its note and sources do not.
fn hash_of(act: &Act) -> u64 {
    let mut parties: Vec<_> = act.parties.iter().map(String::as_str).collect();
    parties.sort_unstable();
    fnv1a(&format!("{} {parties:?} {:?} {:?} {}", act.on, act.body, act.name, act.expected))
}

/// A hash that is the same everywhere and for ever.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn push_event(text: &mut String, uid: &str, stamp: NaiveDate, event: &CalendarEvent) {
    let CalendarEvent { shown, sequence, modified } = event;
    let day = |day: NaiveDate| Iso(day).to_string().replace('-', "");
    let midnight = |at: NaiveDate| format!("{}T000000Z", day(at));
    push_line(text, "BEGIN", "VEVENT");
    push_line(text, "UID", uid);
    push_line(text, "DTSTAMP", &midnight(stamp));
    if let Some(modified) = modified {
        push_line(text, "LAST-MODIFIED", &midnight(*modified));
    }
    push_line(text, "SEQUENCE", &sequence.to_string());
    push_line(text, "DTSTART;VALUE=DATE", &day(shown.days.earliest()));
    // The end is the first day that no longer belongs to it.
    if let Some(end) = day::plus_days(shown.days.latest(), 1) {
        push_line(text, "DTEND;VALUE=DATE", &day(end));
    }
    push_line(text, "SUMMARY", &escaped(&shown.summary));
    if shown.description.contains(|letter: char| !letter.is_control() && !letter.is_whitespace()) {
        push_line(text, "DESCRIPTION", &escaped(&shown.description));
    }
    push_line(text, "CATEGORIES", shown.category);
    push_line(text, "TRANSP", "TRANSPARENT");
    push_line(text, "END", "VEVENT");
}

/// A text as the value of a property: nothing in it ends the value, and it has no control characters.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for letter in value.replace("\r\n", "\n").chars() {
        match letter {
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => text.push_str("\\n"),
            '\\' | ';' | ',' => text.extend(['\\', letter]),
            letter if letter.is_control() => text.push(' '),
            letter => text.push(letter),
        }
    }
    text
}

/// Writes a property, in lines of at most 75 octets.
fn push_line(text: &mut String, name: &str, value: &str) {
    let mut length = 0_usize;
    for letter in name.chars().chain([':']).chain(value.chars()) {
        if length.saturating_add(letter.len_utf8()) > LONGEST_LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(letter);
        length = length.saturating_add(letter.len_utf8());
    }
    text.push_str("\r\n");
}
