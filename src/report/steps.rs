//! The table of steps, and the history of their deadlines.

use std::collections::HashMap;

use super::names::{MOST, Teller, age, date, days, in_words, latest, number, on, people, slipped};
use super::structure::{Block, Section, Sentence, Table};
use crate::assessment::reasons::{Dated, JudgedCount};
use crate::assessment::{Bounds, Outcome, PhaseAssessment};
use crate::day::Window;
use crate::terms::{Band, Standing};
use crate::wording::{list, thousands};

/// What became of a step, in a word.
pub(super) const fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::Late => "late",
        Outcome::Overdue => "overdue",
        Outcome::Missed => "missed",
        Outcome::Pending => "not due yet",
        Outcome::Undetermined => "undecided",
        Outcome::Awaiting => "waiting",
        Outcome::NotReported => "not reported",
        Outcome::Dropped => "dropped",
    }
}

/// The steps, a row for each thing that is judged.
pub(super) fn steps(teller: &mut Teller<'_>) -> Section {
    let head = vec!["step", "due", "at most", "result", "early or late", "latest count"];
    let phases = &teller.assessment.phases;
    let rows = phases.iter().take(MOST).map(|phase| row(teller, phase)).collect();
    let mut blocks = vec![Block::Table(Table { head, rows })];
    blocks.extend(more(phases.len(), "steps"));
    Section { heading: "Steps", blocks }
}

/// How many are not shown of a list that is too long.
pub(super) fn more(count: usize, what: &str) -> Option<Block> {
    let rest = count.checked_sub(MOST).filter(|&rest| rest > 0)?;
    let rest = thousands(i64::try_from(rest).unwrap_or(i64::MAX));
    Some(Block::Paragraph(vec![Sentence::new(format!("{rest} more {what} are not shown here."))]))
}

fn row(teller: &mut Teller<'_>, phase: &PhaseAssessment) -> Vec<Sentence> {
    let text = teller.phase(&phase.phase);
    let citations = text.and_then(|text| text.at.phase(teller.terms)).map(|phase| phase.source.as_slice());
    let step = teller.said(what(teller, phase), citations.unwrap_or_default());
    let due = match phase.due {
        Some(due) => days(due),
        None if phase.outcome == Outcome::Dropped => "–".to_owned(),
        None => waits_for(teller, phase).map_or_else(|| "not known".to_owned(), |events| format!("waits for {events}")),
    };
    let at_most = |ceiling| if ceiling == Band::OPEN { "not said".to_owned() } else { people(ceiling) };
    let at_most = phase.ceiling.map_or_else(|| "–".to_owned(), at_most);
    let slip = slip_of(phase.outcome, phase.slip_days).unwrap_or_else(|| "–".to_owned());
    let [due, at_most, result, slip] = [due, at_most, result(phase), slip].map(Sentence::new);
    vec![step, due, at_most, result, slip, count(teller, phase)]
}

/// By how much a deadline was missed or not, where the day is known, or the days, on which it was reached.
pub(super) fn slip_of(outcome: Outcome, slip: Option<Bounds>) -> Option<String> {
    slip.filter(|_| matches!(outcome, Outcome::Met | Outcome::Late | Outcome::Missed)).and_then(slipped)
}

/// A step, and whose or what of it is judged.
pub(super) fn what(teller: &Teller<'_>, phase: &PhaseAssessment) -> String {
    let step = teller.step(&phase.phase);
    match &phase.force {
        Some(force) if teller.has_several_forces() => format!("{step}: {}", teller.force(force)),
        Some(_) => step,
        None => {
            let text = teller.phase(&phase.phase);
            let has_limits = text.is_some_and(|text| !text.limits(teller.terms).is_empty());
            let done = text.and_then(|text| text.done(teller.terms)).map(in_words).unwrap_or_default();
            let short = done.to_lowercase();
            let short = short.strip_prefix(&step.to_lowercase()).unwrap_or(&done).trim();
            let is_titled = text.is_some_and(|text| text.title(teller.terms).is_some());
            // A title says what is to be done, unless people have to leave, too.
            if short.is_empty() || is_titled && !has_limits { step } else { format!("{step}: {short}") }
        }
    }
}

/// The events that a deadline waits for.
pub(super) fn waits_for(teller: &Teller<'_>, phase: &PhaseAssessment) -> Option<String> {
    let events: Vec<String> = phase.reason.awaiting.iter().map(|event| teller.event(event)).collect();
    (!events.is_empty()).then(|| list(events.iter().map(String::as_str)))
}

fn result(phase: &PhaseAssessment) -> String {
    let word = word(phase.outcome);
    match (phase.binding_when_due, phase.standing) {
        (Some(false), _) => format!("not binding; would be {word}"),
        (_, Standing::Envisaged) => format!("{word} (envisaged)"),
        _ => word.to_owned(),
    }
}

/// The count that the result rests on, and how old it is if it is the latest of the force.
fn count(teller: &mut Teller<'_>, phase: &PhaseAssessment) -> Sentence {
    let Some(id) = &phase.force else {
        let happened = phase.reason.happened.map(|happened| format!("done {}", on(happened)));
        let not_yet = phase.reason.not_yet.map(|day| format!("not done by {}", date(day)));
        return Sentence::new(happened.or(not_yet).unwrap_or_else(|| "–".to_owned()));
    };
    let counts = &phase.reason.counts;
    let by_the_deadline = counts.iter().find(|(dated, _)| *dated == Dated::ByTheDeadline);
    let decides = by_the_deadline.filter(|_| phase.outcome == Outcome::Met).or(counts.last());
    let force = teller.judged.get(id.as_str());
    let observed = force.and_then(|force| force.observed);
    let latest_counts = force.map(|force| force.reason.latest.as_slice()).unwrap_or_default();
    let is_latest = |count: &JudgedCount| observed.is_some_and(|seen| Some(seen.latest) == Some(count.days.latest()));
    match (decides, observed) {
        (Some((_, count)), Some(seen)) if is_latest(count) && !latest_counts.is_empty() => {
            let of = Window::new(seen.earliest, seen.latest).map(days).unwrap_or_default();
            let age = age(seen.age_days).map(|age| format!(" ({age})")).unwrap_or_default();
            let words = format!("{}, {of}{age}", latest(&seen, latest_counts));
            teller.counted(words, latest_counts)
        }
        (Some((_, count)), _) => {
            teller.counted(format!("{}, {}", number(count.counted), days(count.days)), std::slice::from_ref(count))
        }
        (None, _) => Sentence::new("none"),
    }
}

/// Where deadlines were moved: each as first agreed, and each move of it.
pub(super) fn history(teller: &mut Teller<'_>) -> Option<Section> {
    let agreement = &teller.assessment.basis.agreement;
    let versions = agreement.history().versions.iter().take(teller.assessment.version.saturating_add(1));
    let mut deadlines: HashMap<&str, Vec<(Window, Option<usize>)>> = HashMap::new();
    for version in versions {
        for (phase, resolved) in version.full.phases() {
            let Some(due) = resolved.due.window() else { continue };
            let moves = deadlines.entry(phase.id(teller.terms)).or_default();
            if moves.last().is_none_or(|&(last, _)| last != due) {
                moves.push((due, version.amendment));
            }
        }
    }
    let mut rows = Vec::new();
    for phase in &teller.assessment.phases {
        let moves = deadlines.remove(phase.phase.as_str()).filter(|moves| moves.len() > 1);
        for (place, (due, amendment)) in moves.into_iter().flatten().enumerate() {
            teller.is_full = rows.len() >= MOST;
            let step = if place == 0 { teller.step(&phase.phase) } else { String::new() };
            let amendment = amendment.and_then(|index| teller.terms.amendments.get(index));
            let by = match amendment {
                Some(amendment) => teller.said(teller.cut(&amendment.title), &amendment.source),
                None => Sentence::new("as first agreed"),
            };
            let adopted = amendment.map_or_else(|| "–".to_owned(), |amendment| date(amendment.adopted));
            rows.push(vec![Sentence::new(step), Sentence::new(days(due)), by, Sentence::new(adopted)]);
        }
    }
    teller.is_full = false;
    let count = rows.len();
    rows.truncate(MOST);
    let mut blocks = vec![Block::Table(Table { head: vec!["step", "deadline", "set by", "on"], rows })];
    blocks.extend(more(count, "moves"));
    (count > 0).then_some(Section { heading: "How deadlines moved", blocks })
}
