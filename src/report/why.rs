//! Why: a paragraph for each verdict and outcome, and what would settle what is undecided.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::bottom_line::cause;
use super::names::{Teller, age, date, days, latest, number, on, or_none, people, remain, so_many_days};
use super::outlook;
use super::steps::{slip_of, waits_for, what, word};
use super::structure::{Section, Sentence, told};
use crate::assessment::reasons::{Dated, JudgedCount, OutcomeReason};
use crate::assessment::{AsFirstAgreed, Assessment, Bounds, ForceAssessment, Outcome, PhaseAssessment, Verdict};
use crate::day::Window;
use crate::schedule::Ceiling;
use crate::terms::{Band, Change, Standing};
use crate::wording::{LONGEST_EXCERPT, capital, excerpt, thousands};

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
    /// let why = iraq.assess(&seen, day!(2025, 10, 5)).explain();
    /// assert!(why.forces[0].starts_with("US troops in Iraq: not binding on 5 October 2025."));
    /// assert!(why.phases[0].starts_with("Step 1: not binding when due; would be undecided."));
    /// assert!(why.phases[0].ends_with("1 September 2025 would show that it was met."));
    /// ```
    #[must_use]
    pub fn explain(&self) -> Explanation {
        let mut teller = Teller::new(self, LONGEST_EXCERPT);
        let amendments = amendments(&teller);
        let ends = |settles: Option<String>| settles.map(|settles| Sentence::new(capital(&settles) + "."));
        let mut force = |force: &ForceAssessment| {
            let mut told = of_force(&mut teller, force);
            told.extend(ends(outlook::settles_verdict(force)));
            format!("{}: {}", teller.force(&force.force), teller.in_a_line(&told))
        };
        let forces = self.forces.iter().map(&mut force).collect();
        let mut phase = |phase: &PhaseAssessment| {
            let mut told = vec![Sentence::new(outcome(phase) + ".")];
            told.extend(of_phase(&mut teller, phase, &amendments));
            told.extend(ends(outlook::settles_outcome(phase)));
            format!("{}: {}", what(&teller, phase), teller.in_a_line(&told))
        };
        let phases = self.phases.iter().map(&mut phase).collect();
        let record = outlook::record(&mut teller);
        let record = record.into_iter().map(|sentence| teller.in_a_line(&[sentence])).collect();
        Explanation { forces, phases, record }
    }
}

impl Teller<'_> {
    /// Sentences with the titles of their sources, for who has no list of them.
    fn in_a_line(&self, sentences: &[Sentence]) -> String {
        let title = |&number: &usize| self.notes.get(number.checked_sub(1)?).map(|note| excerpt(&note.title));
        let named = |sources: &[usize]| {
            let titles: Vec<String> = sources.iter().filter_map(title).collect();
            if titles.is_empty() { String::new() } else { format!("({})", titles.join("; ")) }
        };
        told(sentences, str::to_owned, named)
    }
}

/// The titles of the amendments in effect that change each phase.
pub(super) type Amendments<'a> = HashMap<&'a str, Vec<&'a str>>;

fn amendments<'a>(teller: &Teller<'a>) -> Amendments<'a> {
    let mut changed_by = Amendments::new();
    for (_, amendment, _) in teller.assessment.basis.agreement.history().amendments().take(teller.assessment.version) {
        for change in &amendment.changes {
            let phase = match change {
                Change::Phase(fields) => &fields.phase,
                Change::Add { add, .. } => &add.id,
                Change::Drop { drop } => drop,
                _ => continue,
            };
            let titles = changed_by.entry(phase.as_str()).or_default();
            if titles.last() != Some(&amendment.title.as_str()) {
                titles.push(amendment.title.as_str());
            }
        }
    }
    changed_by
}

/// Why, of what is not plain from the table of steps.
pub(super) fn why(teller: &mut Teller<'_>) -> Option<Section> {
    let assessment = teller.assessment;
    // What is said of a step need not be said of its force.
    let undecided = assessment.phases.iter().filter(|phase| phase.outcome == Outcome::Undetermined);
    let undecided: HashSet<&str> = undecided.filter_map(|phase| phase.force.as_deref()).collect();
    let forces = assessment.forces.iter().filter(|force| !undecided.contains(force.force.as_str())).map(Err);
    let all = forces.chain(assessment.phases.iter().map(Ok));
    outlook::section(teller, ("Why", "lines"), all, |teller, one| match one {
        Ok(phase) => of_step(teller, phase),
        Err(force) => {
            let words = format!("{}: {}.", teller.force(&force.force), in_short(teller, force)?);
            Some(vec![teller.counted(words, &force.reason.latest)])
        }
    })
}

/// Why a step came to its result, and what it came to by the deadline first agreed.
fn of_step(teller: &mut Teller<'_>, phase: &PhaseAssessment) -> Option<Vec<Sentence>> {
    let mut told: Vec<Sentence> = found(teller, phase).into_iter().collect();
    told.extend(phase.original.as_ref().and_then(|original| first_agreed(phase, original)).map(Sentence::new));
    let (first, rest) = told.split_first_mut()?;
    first.words = format!("{}: {}", what(teller, phase), first.words);
    for sentence in rest {
        sentence.words = capital(&sentence.words);
    }
    Some(told)
}

/// The verdict on a force, where the table of steps does not show it.
fn in_short(teller: &Teller<'_>, force: &ForceAssessment) -> Option<String> {
    let seen = force.observed.filter(|seen| (seen.low, seen.high) != (0, None))?;
    let counted = latest(&seen, &force.reason.latest);
    let of = Window::new(seen.earliest, seen.latest).map(on).unwrap_or_default();
    match (&force.ceiling.as_ref()?.of, force.verdict) {
        (Some(whole), Verdict::Compliant | Verdict::Undetermined) => {
            let ceiling = force.ceiling.as_ref().and_then(|ceiling| Band::new(ceiling.strict, ceiling.lenient));
            let within = if force.verdict == Verdict::Compliant { "within" } else { "undecided beside" };
            let ceiling = ceiling.map(people).unwrap_or_default();
            Some(format!("{counted} {of}, {within} the {ceiling} of {}", teller.force(whole)))
        }
        (None, Verdict::Undetermined) => {
            let required = required(teller, force.ceiling.as_ref()?);
            Some(format!("undecided; {counted} {of}, and {required}"))
        }
        _ => None,
    }
}

/// Whether the table of steps says all.
const fn is_plain(outcome: Outcome) -> bool {
    use Outcome::{Awaiting, Dropped, Met, NotReported, Pending};
    matches!(outcome, Met | Pending | Awaiting | NotReported | Dropped)
}

/// What is on record of a step that was not plainly met.
fn found(teller: &mut Teller<'_>, phase: &PhaseAssessment) -> Option<Sentence> {
    let counts: Vec<JudgedCount> = phase.reason.counts.iter().map(|(_, count)| count.clone()).collect();
    let is_undecided = phase.outcome == Outcome::Undetermined;
    let said = match (&phase.force, phase.reason.happened.zip(phase.due)) {
        _ if is_plain(phase.outcome) => return None,
        (None, Some((happened, due))) if is_undecided || phase.outcome == Outcome::Missed => {
            format!("due {} and done {}", on(due), on(happened))
        }
        (None, _) => return None,
        (Some(_), _) => {
            let is_late = !is_undecided && !phase.reason.counts.iter().any(|(dated, _)| *dated == Dated::ByTheDeadline);
            let nobody = is_late.then(|| "not counted by the deadline".to_owned());
            let said = counts.iter().map(|count| format!("{} {}", or_none(count.counted), on(count.days)));
            nobody.into_iter().chain(said).collect::<Vec<_>>().join(", then ")
        }
    };
    let because = (is_undecided && phase.force.is_some()).then(|| format!(", because {}", cause(phase)));
    let said = if said.is_empty() { said } else { format!("; {said}") };
    Some(teller.counted(format!("{}{}{said}.", outcome(phase), because.unwrap_or_default()), &counts))
}

/// The result by the deadline that was first agreed, if that is another.
fn first_agreed(phase: &PhaseAssessment, original: &AsFirstAgreed) -> Option<String> {
    let due = original.due.filter(|_| original.outcome != phase.outcome || original.slip_days != phase.slip_days)?;
    let slip = slip_of(original.outcome, original.slip_days);
    let would = if original.binding_when_due == Some(false) { "would be " } else { "" };
    let result = slip.unwrap_or_else(|| word(original.outcome).to_owned());
    Some(format!("by the deadline first agreed, {}, {would}{result}.", days(due)))
}

/// The outcome in a word, with whether the agreement bound when it fell due.
fn outcome(phase: &PhaseAssessment) -> String {
    match phase.binding_when_due {
        Some(false) => format!("not binding when due; would be {}", word(phase.outcome)),
        _ => word(phase.outcome).to_owned(),
    }
}

/// Why a force has no count that is judged.
fn uncounted(teller: &Teller<'_>, force: &str) -> &'static str {
    let baseline = teller.terms.forces.iter().find(|one| one.id == force).and_then(|one| one.baseline.as_ref());
    let on = teller.assessment.on;
    let basis = &teller.assessment.basis;
    let mut counts =
        basis.evidence.of_forces(&basis.agreement).filter(|(of, _)| *of == force).map(|(_, seen)| seen.days);
    match baseline {
        Some(baseline) if counts.any(|days| days.earliest() < baseline.as_of && days.latest() <= on) => {
            "The only counts of it on record are from before its baseline, and not judged."
        }
        _ => "No count of it is on record.",
    }
}

/// What is required of a force, what was counted of it, and how both compare; it begins with a small letter.
fn of_force(teller: &mut Teller<'_>, force: &ForceAssessment) -> Vec<Sentence> {
    let day = date(teller.assessment.on);
    let margin = force.margin.and_then(|margin| margin.low.zip(margin.high)).filter(|_| !outlook::is_borrowed(force));
    let by = match margin {
        Some((low, high)) if (low, high) != (0, 0) && (low >= 0 || high < 0) => {
            let [low, high] = if low >= 0 { [low, high] } else { [high.saturating_neg(), low.saturating_neg()] };
            format!(" by {}", Bounds { low: Some(low), high: Some(high) })
        }
        _ => String::new(),
    };
    let verdict = match force.verdict {
        Verdict::NotBinding => format!("not binding on {day}."),
        Verdict::NoLimit => "no binding step and no authorised number limits it.".to_owned(),
        Verdict::NotDue => format!("nothing is due yet in every reading on {day}."),
        Verdict::NotReported if force.reason.too_old_for.is_some() => {
            let asked = force.reason.too_old_for.map_or(0, i64::from);
            format!("not judged on {day}, for the latest count may be more than {} old.", so_many_days(asked, asked))
        }
        Verdict::NotReported => format!("not reported on {day}."),
        Verdict::Compliant => format!("within its ceiling{by} on {day}."),
        Verdict::Exceeded => format!("above its ceiling{by} on {day}."),
        Verdict::Undetermined => format!("undecided on {day}."),
    };
    let mut told = vec![Sentence::new(verdict)];
    let required = force.ceiling.as_ref().map(|ceiling| capital(&required(teller, ceiling)) + ".");
    told.extend(required.map(Sentence::new));
    match &force.observed {
        None => told.push(Sentence::new(uncounted(teller, &force.force))),
        Some(seen) => {
            let counts = &force.reason.latest;
            let before = age(seen.age_days).map(|age| format!(", {age}")).unwrap_or_default();
            let of = Window::new(seen.earliest, seen.latest).map(on).unwrap_or_default();
            told.push(teller.counted(format!("The latest count is {} {of}{before}.", latest(seen, counts)), counts));
        }
    }
    if let Some((count, last)) = teller.set_aside.get(force.force.as_str()) {
        let counts = if *count == 1 { "1 count is".to_owned() } else { format!("{count} counts are") };
        let last = format!("{} {}", number(last.counted), on(last.date));
        let why = "set aside, for more would have left than there were";
        told.push(Sentence::new(format!("{counts} {why} (the last is {last}).")));
    }
    told
}

/// What may be there; two readings that are equal are one.
fn required(teller: &Teller<'_>, ceiling: &Ceiling<String>) -> String {
    let strict = thousands(ceiling.strict);
    let by = teller.setter(&ceiling.strict_by);
    let of = ceiling.of.as_ref().map(|whole| format!("{} of ", teller.force(whole))).unwrap_or_default();
    match (ceiling.lenient, &ceiling.lenient_by) {
        (Some(lenient), Some(other)) if *other == ceiling.strict_by => {
            let band = Band::new(ceiling.strict, Some(lenient)).map(|band| remain(band, "may")).unwrap_or_default();
            format!("{band} ({of}{by})")
        }
        (Some(lenient), Some(other)) => {
            let (lenient, other) = (thousands(lenient), teller.setter(other));
            format!(
                "at most {strict} ({of}{by}) in the strict reading and {lenient} ({of}{other}) in the lenient one may remain"
            )
        }
        (None, Some(_)) => format!("{strict} or more may remain ({of}{by})"),
        (_, None) => format!(
            "at most {strict} may remain in the strict reading ({of}{by}), and nothing is due yet in the lenient one"
        ),
    }
}

/// When a step falls due, as it was first agreed, and what the counts say.
fn of_phase(teller: &mut Teller<'_>, phase: &PhaseAssessment, amendments: &Amendments<'_>) -> Vec<Sentence> {
    let mut told = Vec::new();
    let mut say = |sentence: String| told.push(Sentence::new(sentence));
    if phase.standing == Standing::Envisaged {
        say("It is envisaged and obliges nobody.".to_owned());
    }
    let judged = teller.assessment.on;
    match phase.due {
        Some(due) => {
            let (falls, may) = if due.latest() <= judged { ("fell", "were to") } else { ("falls", "may") };
            let ceiling = phase.ceiling.map(|ceiling| format!(": {}", remain(ceiling, may))).unwrap_or_default();
            say(format!("It {falls} due {}{ceiling}.", on(due)));
        }
        None if phase.outcome == Outcome::Dropped => {}
        None => match waits_for(teller, phase) {
            Some(events) => say(format!("Its deadline waits for {events}.")),
            None => say("Its deadline is not known.".to_owned()),
        },
    }
    if let Some(original) = &phase.original {
        as_first_agreed(&phase.phase, original, amendments, &mut say);
    }
    if phase.due.is_some_and(|due| due.earliest() <= judged) && phase.binding_when_due.is_none() {
        say("The agreement bound on some of those days only.".to_owned());
    }
    if phase.force.is_some() {
        told.extend(counts(teller, phase));
    } else if let Some(day) = phase.reason.not_yet {
        told.push(Sentence::new(format!("It was not done by {}.", date(day))));
    }
    let slip = slip_of(phase.outcome, phase.slip_days);
    told.extend(slip.map(|slip| Sentence::new(format!("It was reached {slip}."))));
    told
}

fn as_first_agreed(phase: &str, original: &AsFirstAgreed, amendments: &Amendments<'_>, say: &mut impl FnMut(String)) {
    let due = original.due.map_or_else(|| "on a day not known".to_owned(), on);
    let ceiling = original.ceiling.map(|ceiling| format!(", and {}", remain(ceiling, "were to"))).unwrap_or_default();
    let it_is = match original.binding_when_due {
        Some(false) => "not binding when due, it would be",
        _ => "it is",
    };
    let slip = slip_of(original.outcome, original.slip_days).map(|slip| format!(" ({slip})")).unwrap_or_default();
    say(format!("As first agreed, it fell due {due}{ceiling}; by that, {it_is} {}{slip}.", word(original.outcome)));
    // A paragraph is not to grow with the amendments, for there is one for each force.
    let titles = amendments.get(phase).map(Vec::as_slice).unwrap_or_default();
    let (others, last) = titles.split_at(titles.len().saturating_sub(MOST_AMENDMENTS));
    match others.len() {
        0 => {}
        1 => say("An earlier amendment changed it, too.".to_owned()),
        n => say(format!("{n} earlier amendments changed it.")),
    }
    for title in last {
        say(format!("It was changed by “{}”.", excerpt(title)));
    }
}

/// Which counts were looked at.
fn counts(teller: &mut Teller<'_>, phase: &PhaseAssessment) -> Vec<Sentence> {
    let OutcomeReason { counts, .. } = &phase.reason;
    let mut told = Vec::new();
    let has_come = phase.due.is_some_and(|due| due.latest() <= teller.assessment.on);
    if has_come && !counts.iter().any(|(dated, _)| *dated == Dated::ByTheDeadline) {
        told.push(Sentence::new("No count by the deadline is on record."));
    }
    for (dated, count) in counts {
        let which = match (dated, phase.due) {
            (_, None) => "The last count",
            (_, Some(due)) if due.latest() > teller.assessment.on => "The last count",
            (Dated::ByTheDeadline, _) => "The last count by the deadline",
            (Dated::Either, _) => "A count of before or after the deadline",
            (Dated::After, _) => "The last count after the deadline",
        };
        let words = format!("{which} is {} {}.", number(count.counted), on(count.days));
        told.push(teller.counted(words, std::slice::from_ref(count)));
    }
    told
}
