//! Why: a paragraph for each verdict and outcome, and what would settle what is undetermined.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::acts_to_come;
use super::bounds::Bounds;
use super::reasons::{Dated, JudgedCount, OutcomeReason};
use super::result::{AsFirstAgreed, Assessment, ForceAssessment, Observed, Outcome, PhaseAssessment, Verdict};
use crate::day::{Iso, Window};
use crate::schedule::{Due, SetBy};
use crate::terms::{Band, Change, Standing};
use crate::wording::{excerpt, thousands};

/// So many amendments of a phase are named, the last of them.
const MOST_AMENDMENTS: usize = 3;

/// Why an assessment says what it says; displayed as a line for each force, each phase and each sentence of the record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// A paragraph for each force, in the order of the assessment.
    pub forces: Vec<String>,
    /// A paragraph for each phase, in the order of the assessment.
    pub phases: Vec<String>,
    /// A sentence for each act on which the state rests and of which the day is not known, then for each that is
    /// expected, and for each amendment that waits for its event.
    pub record: Vec<String>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = self.forces.iter().chain(&self.phases).chain(&self.record);
        lines.next().map_or(Ok(()), |first| f.write_str(first))?;
        lines.try_for_each(|line| write!(f, "\n{line}"))
    }
}

impl Assessment {
    /// Says why, for every verdict and outcome.
    ///
    /// ```
    /// use force_drawdown::{Observation, Quantity, catalog, day};
    /// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let seen = [Observation::present(day!(2025, 10, 2), Quantity::About(2_000))];
    /// let judged = iraq.assess(&seen, day!(2025, 10, 5));
    /// let why = judged.explain();
    /// assert!(why.forces[0].starts_with("US troops in Iraq: not-binding on 2025-10-05."));
    /// assert!(why.phases[0].ends_with("dated from 2024-09-06 to 2025-09-01 (met)."));
    /// assert_eq!(judged.to_string(), why.to_string());
    /// ```
    #[must_use]
    pub fn explain(&self) -> Explanation {
        let explainer = Explainer::new(self);
        Explanation {
            forces: self.forces.iter().map(|force| explainer.force(force)).collect(),
            phases: self.phases.iter().map(|phase| explainer.phase(phase)).collect(),
            record: acts_to_come::sentences(&self.basis.agreement, self.on),
        }
    }
}

impl fmt::Display for Assessment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.explain().fmt(f)
    }
}

struct Explainer<'a> {
    assessment: &'a Assessment,
    /// The name of each force that has one.
    names: HashMap<&'a str, &'a str>,
    /// The titles of the amendments in effect that change a phase.
    changed_by: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Explainer<'a> {
    fn new(assessment: &'a Assessment) -> Self {
        let agreement = &assessment.basis.agreement;
        let terms = agreement.terms();
        let mut changed_by: HashMap<&str, Vec<&str>> = HashMap::new();
        for (_, amendment, _) in agreement.history().amendments().take(assessment.version) {
            for change in &amendment.changes {
                let phase = match change {
                    Change::Phase(fields) => &fields.phase,
                    Change::Add { add, .. } => &add.id,
                    Change::Drop { drop } => drop,
                    _ => continue,
                };
                let titles = changed_by.entry(phase).or_default();
                if titles.last() != Some(&amendment.title.as_str()) {
                    titles.push(&amendment.title);
                }
            }
        }
        let version = agreement.history().versions().get(assessment.version);
        let text = version.map(|version| &version.full);
        let forces = text.iter().flat_map(|text| &text.text.forces).filter_map(|force| force.at.force(terms));
        let names = forces.filter_map(|force| Some((force.id.as_str(), force.name.as_deref()?))).collect();
        Self { assessment, names, changed_by }
    }

    fn force(&self, force: &ForceAssessment) -> String {
        let on = Iso(self.assessment.on);
        let mut text = format!("{}: {} on {on}.", self.name(&force.force), force.verdict);
        let mut say = |sentence: String| text.extend([" ", &sentence]);
        match &force.ceiling {
            None => say("Nothing is required of it on that day.".to_owned()),
            Some(ceiling) => {
                let (strict, setter) = (thousands(ceiling.strict), by(&ceiling.strict_by));
                say(format!("In the strict reading at most {strict} may be there ({setter})."));
                say(match (ceiling.lenient, &ceiling.lenient_by) {
                    (Some(lenient), Some(setter)) => {
                        format!("In the lenient reading it is at most {} ({}).", thousands(lenient), by(setter))
                    }
                    (None, Some(setter)) => format!("In the lenient reading there is no upper end ({}).", by(setter)),
                    (_, None) => "In the lenient reading nothing is due yet.".to_owned(),
                });
            }
        }
        say(match &force.observed {
            None => "No count of it is on record.".to_owned(),
            Some(observed) => last_counted(observed, &sources(&force.reason.latest)),
        });
        let set_aside: Vec<_> = self.assessment.set_aside.iter().filter(|aside| aside.force == force.force).collect();
        if let Some(last) = set_aside.last() {
            let counts =
                if set_aside.len() == 1 { "1 count is".to_owned() } else { format!("{} counts are", set_aside.len()) };
            let last = format!("{} on {}", last.counted, last.date);
            say(format!("{counts} set aside, for more would have left than there were (the last is {last})."));
        }
        if let Some(margin) = force.margin {
            say(format!("The margin to the ceiling is {margin}."));
        }
        if let Some(days) = force.reason.too_old_for {
            say(format!("A count more than {days} days old is not judged, as was asked."));
        }
        if let Some(sentence) = not_judged(force) {
            say(sentence);
        }
        text
    }

    fn phase(&self, phase: &PhaseAssessment) -> String {
        let of = phase.force.as_ref().map(|force| format!(" for {}", self.name(force))).unwrap_or_default();
        let mut text = format!("Phase {}{of}: {}.", excerpt(&phase.phase), phase.outcome_in_words());
        let mut say = |sentence: String| text.extend([" ", &sentence]);
        if phase.standing == Standing::Envisaged {
            say("It is envisaged and obliges nobody.".to_owned());
        }
        if let Some(falls_due) = falls_due(phase) {
            say(falls_due);
        }
        if let Some(original) = &phase.original {
            self.as_first_agreed(&phase.phase, original, &mut say);
        }
        let has_come = phase.due.is_some_and(|due| due.earliest() <= self.assessment.on);
        if has_come && phase.binding_when_due.is_none() {
            say("The agreement bound on some of those days only.".to_owned());
        }
        match (&phase.force, phase.due, phase.reason.counts.as_slice()) {
            (Some(_), Some(_), _) => counts(&phase.reason, &mut say),
            (Some(_), None, [(_, last)]) => say(format!("The last count is {last}.")),
            _ => {}
        }
        if let Some(not_yet) = phase.reason.not_yet {
            say(format!("At the end of {} its event had not happened.", Iso(not_yet)));
        }
        if let Some(slip) = phase.slip_days.filter(|slip| slip.low.is_some() || slip.high.is_some()) {
            let is_one = slip.low.or(slip.high) == Some(1) && slip.high.or(slip.low) == Some(1);
            let days = if is_one { "day" } else { "days" };
            say(format!("Its slip is {slip} {days} (negative is early)."));
        }
        if let Some((ceiling, settling)) = phase.ceiling.zip(phase.reason.settled_by) {
            let until = Iso(settling.until);
            let dated = match settling.from {
                Some(from) if from == settling.until => format!("on {until}"),
                Some(from) => format!("from {} to {until}", Iso(from)),
                None => format!("on or before {until}"),
            };
            let low = thousands(ceiling.low());
            say(format!("It would be settled by a count at or below {low} dated {dated} (met)."));
        }
        text
    }

    fn as_first_agreed(&self, phase: &str, original: &AsFirstAgreed, say: &mut impl FnMut(String)) {
        let due = original.due.map_or_else(|| "on a day not known".to_owned(), |due| format!("on {due}"));
        let (ceiling, outcome) = (with_ceiling(original.ceiling), original.outcome);
        let it_is = match original.binding_when_due {
            Some(false) => "not binding when due, it would be",
            _ => "it is",
        };
        say(format!("As first agreed, it fell due {due}{ceiling}; judged by that, {it_is} {outcome}."));
        // A paragraph is not to grow with the amendments, for there is one for each force.
        let titles = self.changed_by.get(phase).map(Vec::as_slice).unwrap_or_default();
        let (others, last) = titles.split_at(titles.len().saturating_sub(MOST_AMENDMENTS));
        match others.len() {
            0 => {}
            1 => say("An earlier amendment changed it, too.".to_owned()),
            n => say(format!("{n} earlier amendments changed it.")),
        }
        for title in last {
            say(format!("The amendment {:?} changed it.", excerpt(title)));
        }
    }

    fn name(&self, id: &str) -> String {
        excerpt(self.names.get(id).unwrap_or(&id))
    }
}

/// Why a verdict is neither compliant nor exceeded, or which count would settle it.
fn not_judged(force: &ForceAssessment) -> Option<String> {
    match force.verdict {
        Verdict::NotBinding => Some("The agreement does not bind on that day, so nothing is judged.".to_owned()),
        Verdict::NoLimit => Some("No binding phase and no authorised baseline limits it.".to_owned()),
        Verdict::NotDue => Some("No limit is due yet in every reading.".to_owned()),
        Verdict::NotReported | Verdict::Undetermined => {
            let by = force.reason.settled_by?;
            let count = if force.observed.is_some() { "a later count" } else { "a count" };
            let compliant = format!("{count} at or below {} (compliant)", thousands(by.at_most));
            let exceeded = by.at_least.map(|at_least| {
                format!(", or one of at least {} dated after the ceiling fell due (exceeded)", thousands(at_least))
            });
            Some(format!("It would be settled by {compliant}{}.", exceeded.unwrap_or_default()))
        }
        Verdict::Compliant | Verdict::Exceeded => None,
    }
}

/// When a phase falls due; `None` of one that is dropped.
fn falls_due(phase: &PhaseAssessment) -> Option<String> {
    let ceiling = with_ceiling(phase.ceiling);
    match phase.due {
        Some(due) if due.earliest() == due.latest() => Some(format!("It falls due on {due}{ceiling}.")),
        Some(due) => {
            let (first, last) = (Iso(due.earliest()), Iso(due.latest()));
            Some(format!("It falls due on {first} in the strict reading and on {last} in the lenient one{ceiling}."))
        }
        None if phase.outcome == Outcome::Dropped => None,
        None => {
            let due = Due::Awaiting(phase.reason.awaiting.as_slice().into());
            Some(format!("The day on which it falls due is {due}."))
        }
    }
}

fn with_ceiling(ceiling: Option<Band>) -> String {
    ceiling.map(|ceiling| format!(" with a ceiling of {ceiling}")).unwrap_or_default()
}

/// Which counts were looked at.
fn counts(reason: &OutcomeReason, say: &mut impl FnMut(String)) {
    if !reason.counts.iter().any(|(dated, _)| *dated == Dated::ByTheDeadline) {
        say("No count by the deadline is on record.".to_owned());
    }
    for (dated, count) in &reason.counts {
        say(match dated {
            Dated::ByTheDeadline => format!("The last count by the deadline is {count}."),
            Dated::Either => format!("A count that may be from before or after the deadline is {count}."),
            Dated::After => format!("The last count after the deadline is {count}."),
        });
    }
}

/// Who reported counts, each once.
fn sources(counts: &[JudgedCount]) -> String {
    let mut named = HashSet::new();
    let sources = counts.iter().filter_map(|count| count.source.as_deref());
    let sources: Vec<String> = sources.filter(|source| named.insert(*source)).map(excerpt).collect();
    if sources.is_empty() { String::new() } else { format!(" (source: {})", sources.join(", ")) }
}

fn by(setter: &SetBy<String>) -> String {
    match setter {
        SetBy::Baseline => "the authorised baseline".to_owned(),
        SetBy::Phase(id) => format!("phase {}", excerpt(id)),
    }
}

/// How many were there, when, and how long before.
fn last_counted(observed: &Observed, sources: &str) -> String {
    let band = Band::new(observed.low, observed.high).map(|band| band.to_string()).unwrap_or_default();
    let days = Window::new(observed.earliest, observed.latest).map(|days| days.to_string()).unwrap_or_default();
    let before = match observed.age_days {
        Bounds { high: Some(0), .. } => "that day".to_owned(),
        Bounds { low: Some(1), high: Some(1) } => "the day before".to_owned(),
        age => format!("{age} days before"),
    };
    format!("As last counted on {days}, {before}, {band} were there{sources}.")
}
