//! Why: a paragraph for each verdict and outcome, and what would settle what is undetermined.

use std::collections::HashMap;
use std::fmt;

use super::judge::Judge;
use super::judged_phases::Judged;
use super::judged_phases::JudgedItem;
use super::observation::{Observation, ObservationKind};
use super::result::{Assessment, ForceAssessment, Observed, Outcome, PhaseAssessment, Verdict};
use crate::agreement::Agreement;
use crate::day::Iso;
use crate::schedule::Due;
use crate::schedule::consolidation::in_order;
use crate::terms::{Band, Change, Standing};
use crate::wording::excerpt;
use crate::wording::thousands;

/// So many amendments of a phase are named, the last of them.
const MOST_AMENDMENTS: usize = 3;

/// Why an assessment says what it says.
///
/// ```
/// # use force_drawdown::{day, doc_examples::iraq};
/// let agreement = iraq();
/// let judged = agreement.assess(&[], day!(2025, 10, 5));
/// let why = agreement.explain(&judged, &[]);
/// assert_eq!((why.forces.len(), why.phases.len()), (1, 2));
/// assert!(why.forces[0].starts_with("US troops in Iraq: not-binding on 2025-10-05."));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// A paragraph for each force, in the order of the assessment.
    pub forces: Vec<String>,
    /// A paragraph for each phase, in the order of the assessment.
    pub phases: Vec<String>,
}

/// A line for each force, then for each phase.
///
/// ```
/// # use force_drawdown::{day, doc_examples::iraq};
/// let agreement = iraq();
/// let judged = agreement.assess(&[], day!(2025, 10, 5));
/// assert_eq!(agreement.explain(&judged, &[]).to_string().lines().count(), 3);
/// ```
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = self.forces.iter().chain(&self.phases);
        lines.next().map_or(Ok(()), |first| f.write_str(first))?;
        lines.try_for_each(|line| write!(f, "\n{line}"))
    }
}

impl Agreement {
    /// Says why, for every verdict and outcome of an assessment that this agreement made of these observations.
    ///
    /// ```
    /// use force_drawdown::{Observation, Quantity, day};
    /// # use force_drawdown::doc_examples::iraq;
    /// let agreement = iraq();
    /// let seen = [Observation::present(day!(2025, 10, 2), Quantity::about(2_000))];
    /// let assessment = agreement.assess(&seen, day!(2025, 10, 5));
    /// let why = agreement.explain(&assessment, &seen);
    /// assert!(why.phases[0].ends_with(
    ///     "It would be settled by a count at or below 1,251 dated from 2024-09-06 to 2025-09-01 (met)."
    /// ), "{}", why.phases[0]);
    /// ```
    #[must_use]
    pub fn explain(&self, assessment: &Assessment, observations: &[Observation]) -> Explanation {
        let explainer = Explainer::new(self, assessment, observations);
        Explanation {
            forces: assessment.forces.iter().map(|force| explainer.force(force)).collect(),
            phases: assessment.phases.iter().map(|phase| explainer.phase(phase)).collect(),
        }
    }
}

struct Explainer<'a> {
    agreement: &'a Agreement,
    assessment: &'a Assessment,
    observations: &'a [Observation],
    /// The name of each force that has one.
    names: HashMap<&'a str, &'a str>,
    /// The place of each force in the version.
    places: HashMap<&'a str, usize>,
    /// What each phase was judged by.
    judged: HashMap<JudgedItem<'a>, Judged>,
    /// When each phase is due.
    dues: HashMap<&'a str, Due>,
    /// The titles of the amendments in effect that change a phase.
    changed_by: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Explainer<'a> {
    fn new(agreement: &'a Agreement, assessment: &'a Assessment, observations: &'a [Observation]) -> Self {
        let terms = agreement.terms();
        let text = agreement.history().versions().get(assessment.version).map(|version| &version.full);
        let mut changed_by: HashMap<&str, Vec<&str>> = HashMap::new();
        for (_, amendment) in in_order(agreement.terms()).into_iter().take(assessment.version) {
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
        let forces = || text.iter().flat_map(|text| &text.text.forces).filter_map(|force| force.at.force(terms));
        let phases = text.iter().flat_map(|text| text.phases());
        Self {
            agreement,
            assessment,
            observations,
            names: forces().filter_map(|force| Some((force.id.as_str(), force.name.as_deref()?))).collect(),
            places: forces().enumerate().map(|(place, force)| (force.id.as_str(), place)).collect(),
            judged: Judge::new(agreement, observations, assessment.on).judged(),
            dues: phases.map(|(phase, resolved)| (phase.id(terms), resolved.due.due())).collect(),
            changed_by,
        }
    }

    fn force(&self, force: &ForceAssessment) -> String {
        let on = Iso(self.assessment.on);
        let mut text = format!("{}: {} on {on}.", self.name(&force.force), force.verdict);
        let mut say = |sentence: String| {
            text.push(' ');
            text.push_str(&sentence);
        };
        match &force.ceiling {
            None => say("Nothing is required of it on that day.".to_owned()),
            Some(ceiling) => {
                say(format!(
                    "In the strict reading at most {} may be there ({}).",
                    thousands(ceiling.strict),
                    by(&ceiling.strict_by)
                ));
                say(match (ceiling.lenient, &ceiling.lenient_by) {
                    (Some(lenient), Some(setter)) => {
                        format!("In the lenient reading it is at most {} ({}).", thousands(lenient), by(setter))
                    }
                    (None, Some(setter)) => format!("In the lenient reading there is no upper end ({}).", by(setter)),
                    (_, None) => "In the lenient reading nothing is due yet.".to_owned(),
                });
            }
        }
        match &force.observed {
            None => say("No count of it is on record.".to_owned()),
            Some(observed) => {
                say(format!("The latest count is {}{}.", people(observed), self.sources(&force.force, observed)));
                if let Some(margin) = force.margin {
                    say(format!("The margin to the ceiling is {margin}."));
                }
            }
        }
        match force.verdict {
            Verdict::NotBinding => say("The agreement does not bind on that day, so nothing is judged.".to_owned()),
            Verdict::NoLimit => say("No binding phase and no authorised baseline limits it.".to_owned()),
            Verdict::NotDue => say("No limit is due yet in every reading.".to_owned()),
            Verdict::NotReported | Verdict::Undetermined => {
                if let Some(ceiling) = &force.ceiling {
                    let count = if force.observed.is_some() { "a later count" } else { "a count" };
                    let mut settled = format!("{count} at or below {} (compliant)", thousands(ceiling.strict));
                    if let Some(lenient) = ceiling.lenient {
                        let above = thousands(lenient.saturating_add(1));
                        settled = format!(
                            "{settled}, or one of at least {above} dated after the ceiling fell due (exceeded)"
                        );
                    }
                    say(format!("It would be settled by {settled}."));
                }
            }
            Verdict::Compliant | Verdict::Exceeded => {}
        }
        text
    }

    fn phase(&self, phase: &PhaseAssessment) -> String {
        let of = phase.force.as_ref().map(|force| format!(" for {}", self.name(force))).unwrap_or_default();
        let mut text = format!("Phase {}{of}: {}.", phase.phase, phase.outcome);
        let mut say = |sentence: String| {
            text.push(' ');
            text.push_str(&sentence);
        };
        if phase.standing == Standing::Envisaged {
            say("It is envisaged and obliges nobody.".to_owned());
        }
        let ceiling = phase.ceiling.map(|ceiling| format!(" with a ceiling of {ceiling}")).unwrap_or_default();
        match phase.due {
            Some(due) if due.earliest() == due.latest() => say(format!("It falls due on {due}{ceiling}.")),
            Some(due) => say(format!(
                "It falls due on {} in the strict reading and on {} in the lenient one{ceiling}.",
                Iso(due.earliest()),
                Iso(due.latest())
            )),
            None if phase.outcome == Outcome::Awaiting => {
                say(format!("The day on which it falls due is {}.", self.awaited(&phase.phase)));
            }
            None => {}
        }
        if let Some(original) = &phase.original {
            let due = original.due.map_or_else(|| "on a day not known".to_owned(), |due| format!("on {due}"));
            let ceiling = original.ceiling.map(|ceiling| format!(" with a ceiling of {ceiling}")).unwrap_or_default();
            say(format!("First it fell due {due}{ceiling}; by that it is {}.", original.outcome));
            // A paragraph is not to grow with the amendments, for there is one for each force.
            let titles = self.changed_by.get(phase.phase.as_str()).map(Vec::as_slice).unwrap_or_default();
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
        if let Some(force) = &phase.force {
            self.counts(phase, force, &mut say);
        }
        if let Some(slip) = phase.slip_days.filter(|slip| slip.low.is_some() || slip.high.is_some()) {
            let days =
                if slip.low.or(slip.high) == Some(1) && slip.high.or(slip.low) == Some(1) { "day" } else { "days" };
            say(format!("Its slip is {slip} {days} (negative is early)."));
        }
        let settling = self.judged(phase).and_then(|judged| judged.settling);
        if let (Some(ceiling), Some((from, until))) = (phase.ceiling, settling) {
            let dated = match from {
                Some(from) if from == until => format!("on {}", Iso(until)),
                Some(from) => format!("from {} to {}", Iso(from), Iso(until)),
                None => format!("on or before {}", Iso(until)),
            };
            let low = thousands(ceiling.low());
            say(format!("It would be settled by a count at or below {low} dated {dated} (met)."));
        }
        text
    }

    /// Which counts were looked at.
    fn counts(&self, phase: &PhaseAssessment, force: &str, say: &mut impl FnMut(String)) {
        let Some(due) = phase.due else { return };
        let counting = self.judged(phase).map(|judged| judged.counting).unwrap_or_default();
        let seen = || self.of_force(force).filter(|(_, days)| counting.has(*days));
        let before = seen().filter(|(_, days)| days.latest() <= due.latest()).max_by_key(|(_, days)| days.latest());
        let after = seen().filter(|(_, days)| days.earliest() > due.latest()).max_by_key(|(_, days)| days.latest());
        let one = |(observation, days): (&Observation, crate::day::Window)| {
            let source = observation.source.as_ref().map(|source| format!(" (source: {source})")).unwrap_or_default();
            format!("{} on {days}{source}", observation.counted)
        };
        match before {
            Some(count) => say(format!("The last count by then is {}.", one(count))),
            None => say("No count by then is on record.".to_owned()),
        }
        let either = seen().filter(|(_, days)| days.earliest() <= due.latest() && days.latest() > due.latest());
        if let Some(count) = either.max_by_key(|(_, days)| days.latest()) {
            say(format!("A count that may be of before or after is {}.", one(count)));
        }
        if let Some(count) = after {
            say(format!("The last count after it is {}.", one(count)));
        }
    }

    /// What the phase was judged by.
    fn judged<'s>(&'s self, phase: &'s PhaseAssessment) -> Option<&'s Judged> {
        let force = phase.force.as_ref().and_then(|id| self.places.get(id.as_str()).copied());
        self.judged.get(&JudgedItem { phase: &phase.phase, force })
    }

    fn of_force<'s>(&'s self, force: &'s str) -> impl Iterator<Item = (&'s Observation, crate::day::Window)> {
        let terms = self.agreement.terms();
        let named = move |observation: &Observation| match &observation.force {
            Some(id) => id == force,
            None => terms.forces.len() == 1,
        };
        let known = self.agreement.known_on();
        self.observations.iter().filter_map(move |observation| {
            let days = observation.date.window()?;
            let is_known = known.is_none_or(|known| observation.known_from(terms).is_some_and(|from| from <= known));
            let counts = observation.kind() == ObservationKind::Count && days.latest() <= self.assessment.on;
            (counts && is_known && named(observation)).then_some((observation, days))
        })
    }

    fn sources(&self, force: &str, observed: &Observed) -> String {
        let latest = self
            .of_force(force)
            .filter(|(_, days)| days.earliest() >= observed.earliest && days.latest() <= observed.latest);
        let sources: Vec<&str> = latest.filter_map(|(observation, _)| observation.source.as_deref()).collect();
        if sources.is_empty() { String::new() } else { format!(" (source: {})", sources.join(", ")) }
    }

    fn name(&self, id: &str) -> String {
        (*self.names.get(id).unwrap_or(&id)).to_owned()
    }

    fn awaited(&self, phase: &str) -> String {
        self.dues.get(phase).map_or_else(|| "not known".to_owned(), ToString::to_string)
    }
}

fn by(setter: &str) -> String {
    if setter == "baseline" { "the authorised baseline".to_owned() } else { format!("phase {setter}") }
}

fn people(observed: &Observed) -> String {
    let band = Band::new(observed.low, observed.high).map(|band| band.to_string()).unwrap_or_default();
    let days = crate::day::Window::new(observed.earliest, observed.latest).map(|days| days.to_string());
    format!("{band} on {}", days.unwrap_or_default())
}
