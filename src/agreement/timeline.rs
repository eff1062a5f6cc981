//! Everything dated, in order: acts, baselines, the opening and closing of windows, amendments.

use std::collections::HashMap;
use std::fmt;

use super::Agreement;
use crate::day::Window;
use crate::record::consent::{And, name, names};
use crate::schedule::consolidation::in_order;
use crate::schedule::version::ResolvedText;
use crate::terms::{Act, ActKind, Amendment, Standing, Terms};

/// What happens on a timeline.
///
/// ```
/// # use force_drawdown::doc_examples::iraq;
/// use force_drawdown::TimelineEvent;
/// let agreement = iraq();
/// let closing: Vec<_> = agreement.timeline().filter_map(|dated| match dated.what {
///     TimelineEvent::Closes { phase } => Some((phase.to_owned(), dated.days.latest().to_string())),
///     _ => None,
/// }).collect();
/// assert_eq!(closing, [("1".into(), "2025-09-30".into()), ("2".into(), "2026-12-31".into())]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimelineEvent<'a> {
    /// An act on record.
    Act(&'a Act),
    /// The strength of a force is taken as its baseline.
    Baseline {
        /// The force.
        force: &'a str,
        /// The strength, as written.
        strength: crate::terms::Quantity,
    },
    /// The window in which a phase falls due opens: the first day on which it may be due.
    Opens {
        /// The phase.
        phase: &'a str,
    },
    /// The window in which a phase falls due closes: the last day on which it may be due.
    Closes {
        /// The phase.
        phase: &'a str,
    },
    /// An amendment takes effect.
    Amendment(&'a Amendment),
}

/// Something that happens on a day, or within a stretch of days.
///
/// ```
/// # use force_drawdown::doc_examples::iraq;
/// let agreement = iraq();
/// assert_eq!(agreement.timeline().last().unwrap().to_string(), "2026-12-31: phase 2 is due");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimelineEntry<'a> {
    /// When.
    pub days: Window,
    /// What.
    pub what: TimelineEvent<'a>,
    sentence: String,
}

/// `2026-12-31: phase 2 is due`.
impl fmt::Display for TimelineEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.days, self.sentence)
    }
}

impl TimelineEntry<'_> {
    /// What happens, as a sentence without its date.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// let agreement = iraq();
    /// let last = agreement.timeline().last().unwrap();
    /// assert_eq!(last.sentence(), "phase 2 is due");
    /// ```
    #[must_use]
    pub fn sentence(&self) -> &str {
        &self.sentence
    }
}

impl Agreement {
    /// Everything dated, in the order of the last days: acts, baselines, windows opening and closing, amendments.
    ///
    /// Windows are those of the last version; what was moved is told by the amendments.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// let lines: Vec<_> = iraq().timeline().map(|dated| dated.to_string()).collect();
    /// assert_eq!(lines[1], "2024-09-06: us is about 2500");
    /// assert_eq!(lines.last().unwrap(), "2026-12-31: phase 2 is due");
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
        let names = names(terms);
        for act in &terms.record {
            if let Some(days) = act.on.window() {
                dated.push(TimelineEntry { days, what: TimelineEvent::Act(act), sentence: of_act(act, &names) });
            }
        }
        for (_, amendment) in in_order(terms) {
            let own = amendment.unilateral.as_ref().map(|party| format!(", decided by {party} alone"));
            let sentence = format!("the amendment {:?} takes effect{}", amendment.title, own.unwrap_or_default());
            let days = Window::day(amendment.effective());
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
        if window.earliest() != window.latest() {
            let sentence = format!("phase {phase}{title} may be due from now on{envisaged}");
            let days = Window::day(window.earliest());
            dated.push(TimelineEntry { days, what: TimelineEvent::Opens { phase }, sentence });
        }
        let sentence = format!("phase {phase}{title} is due{envisaged}");
        dated.push(TimelineEntry {
            days: Window::day(window.latest()),
            what: TimelineEvent::Closes { phase },
            sentence,
        });
    }
}

/// What an act is, with the names of parties by their ids.
fn of_act<'a>(act: &'a Act, names: &HashMap<&'a str, &'a str>) -> String {
    let parties: Vec<String> = act.parties.iter().map(|id| name(names, id).to_owned()).collect();
    let after = |word: &str| if parties.is_empty() { String::new() } else { format!(" {word} {}", And(&parties)) };
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
        ActKind::Terminated => "the agreement is over".to_owned(),
        ActKind::Event => format!("{} happens", act.name.as_deref().unwrap_or("an event")),
    };
    sentence + &after("by")
}
