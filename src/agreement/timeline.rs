//! Everything dated, in order: acts, baselines, the opening and closing of windows, amendments.

use std::fmt;

use super::Agreement;
use crate::day::Window;
use crate::record::Names;
use crate::schedule::ResolvedText;
use crate::terms::{Act, ActKind, Amendment, Standing, Terms};

/// An event on a timeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimelineEvent<'a> {
    /// An act on record.
    Act(&'a Act),
    /// The day on which the strength of a force is its baseline.
    Baseline {
        /// The id of the force.
        force: &'a str,
        /// The strength as written.
        strength: crate::terms::Quantity,
    },
    /// The first day on which a phase may be due.
    Opens {
        /// The id of the phase.
        phase: &'a str,
    },
    /// The last day on which a phase may be due.
    Closes {
        /// The id of the phase.
        phase: &'a str,
    },
    /// An amendment, on the day on which it takes effect.
    Amendment(&'a Amendment),
}

/// An event of [`Agreement::timeline`], with its days. Displayed as `2026-12-31: phase 2 is due`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimelineEntry<'a> {
    /// The day of the event; or the days, if it happens on one of several.
    pub days: Window,
    /// The event.
    pub what: TimelineEvent<'a>,
    /// The event as a sentence, without its date.
    pub sentence: String,
}

impl fmt::Display for TimelineEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.days, self.sentence)
    }
}

impl Agreement {
    /// Everything dated, in the order of the last days: acts, baselines, windows opening and closing, amendments.
    ///
    /// Windows are those of the last version.
    ///
    /// ```
    /// use force_drawdown::{catalog, history::TimelineEvent};
    /// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let entries: Vec<_> = agreement.timeline().collect();
    /// assert_eq!(entries[1].to_string(), "2024-09-06: us is about 2500");
    /// assert_eq!(entries[1].sentence, "us is about 2500");
    /// let last = entries.last().unwrap();
    /// assert_eq!(last.what, TimelineEvent::Closes { phase: "2" });
    /// assert_eq!(last.to_string(), "2026-12-31: phase 2 is due");
    /// ```
    pub fn timeline(&self) -> impl Iterator<Item = TimelineEntry<'_>> {
        let terms = self.terms();
        let mut dated = Vec::new();
        let last = self.history().last().map(|version| &version.full);
        for force in last.iter().flat_map(|last| &last.text.forces) {
            for base in &force.baselines {
                let force = force.id(terms);
                let authorised = if base.authorised { "may be" } else { "is" };
                let sentence = format!("{force} {authorised} {}", base.strength);
                let what = TimelineEvent::Baseline { force, strength: base.strength };
                dated.push(TimelineEntry { days: Window::day(base.as_of), what, sentence });
            }
        }
        let names = Names::new(terms);
        for act in &terms.record {
            if let Some(days) = act.on.window() {
                let expected = if act.expected { "expected: " } else { "" };
                let sentence = format!("{expected}{}", sentence_of(act, &names));
                dated.push(TimelineEntry { days, what: TimelineEvent::Act(act), sentence });
            }
        }
        for (_, amendment, version) in self.history().amendments() {
            let Some(effective) = version.effective else { continue };
            let own = amendment.unilateral.as_ref().map(|party| format!(", decided by {party} alone"));
            let sentence = format!("the amendment {:?} takes effect{}", amendment.title, own.unwrap_or_default());
            let days = Window::day(effective);
            dated.push(TimelineEntry { days, what: TimelineEvent::Amendment(amendment), sentence });
        }
        if let Some(last) = last {
            push_windows(terms, last, &mut dated);
        }
        dated.sort_by_key(|dated| (dated.days.latest(), dated.days.earliest()));
        dated.into_iter()
    }
}

fn push_windows<'a>(terms: &'a Terms, text: &'a ResolvedText, dated: &mut Vec<TimelineEntry<'a>>) {
    for (phase, resolved) in text.phases() {
        let Some(window) = resolved.due.window() else { continue };
        let title = phase.title(terms).map(|title| format!(" ({title})")).unwrap_or_default();
        let envisaged = if phase.standing == Standing::Binding { "" } else { ", as envisaged" };
        let phase = phase.id(terms);
        let opens = (window.earliest(), TimelineEvent::Opens { phase }, "may be due from now on");
        let closes = (window.latest(), TimelineEvent::Closes { phase }, "is due");
        for (day, what, does) in [opens, closes].into_iter().skip((window.earliest() == window.latest()).into()) {
            let sentence = format!("phase {phase}{title} {does}{envisaged}");
            dated.push(TimelineEntry { days: Window::day(day), what, sentence });
        }
    }
}

/// What an act is, with the names of parties by their ids.
pub(crate) fn sentence_of(act: &Act, names: &Names<'_>) -> String {
    let parties = &act.parties;
    let after = |word| if parties.is_empty() { String::new() } else { format!(" {word} {}", names.list(parties)) };
    let of_body = |does: &str| format!("{}{} {does}", act.body.as_deref().unwrap_or("a body"), after("of"));
    let sentence = match act.act {
        ActKind::TextAgreed => "the text is agreed".to_owned(),
        ActKind::Initialled => "the text is initialled".to_owned(),
        ActKind::Signed => "the text is signed".to_owned(),
        ActKind::DomesticStep => return of_body("says yes"),
        ActKind::Approved => "the agreement is approved".to_owned(),
        ActKind::Adopted => "the agreement is adopted".to_owned(),
        ActKind::Refused if act.body.is_some() => return of_body("refuses"),
        ActKind::Refused => "the agreement is refused".to_owned(),
        ActKind::ConsentWithdrawn => "consent is withdrawn".to_owned(),
        ActKind::AnnouncementPostponed => "the announcement is postponed".to_owned(),
        ActKind::Announced => "the agreement is announced".to_owned(),
        ActKind::ProvisionallyApplied => "the agreement is applied provisionally".to_owned(),
        ActKind::InForce => "the agreement enters into force".to_owned(),
        ActKind::Paused => "the withdrawal is paused".to_owned(),
        ActKind::Suspended => "the agreement is suspended".to_owned(),
        ActKind::Resumed if act.parties.is_empty() => "the agreement is taken up again".to_owned(),
        ActKind::Resumed => "the withdrawal is taken up again".to_owned(),
        ActKind::NoticeGiven => "notice of the end is given".to_owned(),
        ActKind::Terminated => "the agreement ends".to_owned(),
        ActKind::Event => format!("{} happens", act.name.as_deref().unwrap_or("an event")),
        ActKind::NotYet => format!("{} has not happened yet", act.name.as_deref().unwrap_or("an event")),
    };
    sentence + &after("by")
}
