//! Deadlines and what happened, for calendar programs.

use std::collections::HashMap;

use chrono::NaiveDate;
use icalendar::{Calendar, Component, Event, EventLike};

use crate::agreement::{Agreement, TimelineEvent};
use crate::day::{self, Window};
use crate::schedule::SetBy;
use crate::terms::Standing;
use crate::wording::excerpt;

impl Agreement {
    /// The deadlines of the last version and the timeline, as an iCalendar calendar of whole-day events.
    ///
    /// Each phase whose days are known is one event over its whole window, the first and the last day included, with
    /// what it requires of each force. Acts, baselines and amendments are an event each. Nothing blocks anybody's time.
    /// The uid of an event depends on the id of the agreement (else on its title) and on what the event is, and not on
    /// its days: a deadline that is moved moves in the calendar.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// let calendar = iraq().calendar().to_string();
    /// assert!(calendar.contains("SUMMARY:Phase 1 is due"));
    /// assert!(calendar.contains("DTSTART;VALUE=DATE:20250901"));
    /// assert!(calendar.contains("DTEND;VALUE=DATE:20251001"));
    /// ```
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        let mut calendar = Calendar::new();
        calendar.name(&self.terms().title);
        let stamp = self.stamp();
        let name = fnv1a(self.terms().name());
        let mut times: HashMap<String, u64> = HashMap::new();
        let mut push = |days: Window, uid: String, category: &str, summary: &str, description: &str| {
            let mut event = Event::new();
            // What happens again is told apart by how often it has happened.
            let time = times.entry(uid.clone()).and_modify(|time| *time = time.saturating_add(1)).or_insert(1);
            event.uid(&format!("{uid}.{time}.{name:016x}@force-drawdown"));
            event
                .summary(summary)
                .description(description)
                .starts(days.earliest())
                .add_property("CATEGORIES", category);
            // The end is the first day that no longer belongs to it.
            if let Some(end) = day::plus_days(days.latest(), 1) {
                event.ends(end);
            }
            if let Some(stamp) = stamp.and_then(|stamp| stamp.and_hms_opt(0, 0, 0)) {
                event.timestamp(stamp.and_utc());
            }
            event.add_property("TRANSP", "TRANSPARENT");
            calendar.push(event.done());
        };
        self.each_deadline(&mut push);
        for dated in self.timeline() {
            let (uid, category, note) = match dated.what {
                TimelineEvent::Act(act) => {
                    let who = [&act.parties.join("."), act.body.as_deref().unwrap_or_default()].map(str::to_owned);
                    let what = act.name.as_deref().unwrap_or_default();
                    let expected = if act.expected { "expected-" } else { "" };
                    (
                        format!("{expected}act-{}-{:016x}", act.act, fnv1a(&format!("{who:?}{what}"))),
                        "act",
                        act.note.as_deref(),
                    )
                }
                TimelineEvent::Amendment(amendment) => {
                    (format!("amendment-{:016x}", fnv1a(&amendment.title)), "amendment", amendment.note.as_deref())
                }
                TimelineEvent::Baseline { force, .. } => (format!("baseline-{force}"), "baseline", None),
                // The window of a phase is one event.
                TimelineEvent::Opens { .. } | TimelineEvent::Closes { .. } => continue,
            };
            push(dated.days, uid, category, &capitalised(&dated.sentence), note.unwrap_or_default());
        }
        calendar.done()
    }

    fn each_deadline(&self, push: &mut impl FnMut(Window, String, &str, &str, &str)) {
        let terms = self.terms();
        let mut limits: HashMap<&str, Vec<String>> = HashMap::new();
        for schedule in self.schedules() {
            let Some((force, days)) = schedule.force().zip(schedule.days()) else { continue };
            let name = excerpt(force.name.as_ref().unwrap_or(&force.id));
            for milestone in schedule.planned_milestones_on(*days.end()) {
                if let (SetBy::Phase(id), false) = (milestone.by, milestone.residual_ends) {
                    limits.entry(id).or_default().push(format!("{name}: {}", milestone.band));
                }
            }
        }
        for (phase, resolved) in self.history().last().iter().flat_map(|last| last.full.phases()) {
            let Some(days) = resolved.due.window() else { continue };
            let title = phase.title(terms).map(|title| format!(" ({title})")).unwrap_or_default();
            let envisaged = if phase.standing == Standing::Envisaged { ", as envisaged" } else { "" };
            let mut lines = limits.remove(phase.id(terms)).unwrap_or_default();
            lines.extend(phase.done(terms).map(|done| format!("done: {done}")));
            lines.push(excerpt(&terms.title));
            let summary = format!("Phase {}{title} is due{envisaged}", phase.id(terms));
            push(days, format!("phase-{}", phase.id(terms)), "deadline", &summary, &lines.join("\n"));
        }
    }

    /// The day that events are stamped with: that as known on which the agreement is, else the last on record.
    fn stamp(&self) -> Option<NaiveDate> {
        let terms = self.terms();
        let adopted = terms.amendments.iter().map(|amendment| amendment.adopted);
        let recorded =
            terms.record.iter().filter(|act| !act.expected).filter_map(|act| act.on.window()).map(Window::latest);
        let baselines = terms.forces.iter().filter_map(|force| force.baseline.as_ref()).map(|base| base.as_of);
        let last = || adopted.chain(recorded).chain(baselines).max();
        // Without a stamp the calendar would take the present moment, and differ each time.
        self.known_on().or_else(last).or_else(|| NaiveDate::from_ymd_opt(1970, 1, 1))
    }
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A hash that is the same everywhere and for ever.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
