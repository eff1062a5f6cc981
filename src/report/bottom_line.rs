//! The bottom line: what a reader is to know who reads nothing else.

use std::collections::HashSet;

use super::names::{Teller, date, days, latest, listed, number, on, people, remain, so_many_days};
use super::outlook::is_certain;
use super::steps::{what, word};
use super::structure::Sentence;
use crate::assessment::reasons::{Comparison, Dated};
use crate::assessment::{Bounds, ForceAssessment, Outcome, PhaseAssessment, Verdict};
use crate::day::{self, Window};
use crate::record::ApprovalState;
use crate::terms::{Band, Event, Standing};
use crate::wording::capital;

/// One to three sentences that can be read without the rest.
pub(super) fn bottom_line(teller: &mut Teller<'_>) -> Vec<Sentence> {
    let assessment = teller.assessment;
    let mut told: Vec<String> = state(teller).into_iter().collect();
    let is_due = |phase: &&PhaseAssessment| {
        let has_come = phase.due.is_some_and(|due| due.earliest() <= assessment.on);
        phase.outcome != Outcome::Dropped
            && (has_come && phase.outcome != Outcome::Pending || is_certain(phase.outcome))
    };
    let due: Vec<&PhaseAssessment> = assessment.phases.iter().filter(is_due).collect();
    let is_unbound = !due.is_empty() && due.iter().all(|phase| phase.binding_when_due == Some(false));
    // Of whom a step is overdue, that says more.
    let overdue = due.iter().filter(|phase| phase.outcome == Outcome::Overdue);
    let overdue: HashSet<&str> = overdue.filter_map(|phase| phase.force.as_deref()).collect();
    let is_above =
        |force: &&ForceAssessment| force.verdict == Verdict::Exceeded && !overdue.contains(force.force.as_str());
    let exceeded: Vec<String> =
        assessment.forces.iter().filter(is_above).take(2).filter_map(|force| above(teller, force)).collect();
    // A step of several forces, or with an event, is several points.
    let is_several = due.windows(2).any(|pair| matches!(pair, [one, next] if one.phase == next.phase));
    let noun = if is_several { "point" } else { "step" };
    let lead = lead(teller, &due).filter(|lead| exceeded.is_empty() && tells(lead, &due));
    if is_unbound {
        let is_all = assessment.phases.iter().all(|phase| phase.outcome == Outcome::Dropped || is_due(&phase));
        told.push(format!("If it bound, {}.", in_sum(&due, if is_all { Of::All } else { Of::If }, noun)));
    } else if let Some(lead) = lead {
        told.extend(headline(teller, lead));
        let others: Vec<&PhaseAssessment> = due.iter().copied().filter(|phase| !std::ptr::eq(*phase, lead)).collect();
        if !others.is_empty() {
            told.push(format!("{}.", capital(&in_sum(&others, Of::Others, noun))));
        }
    } else {
        told.extend(exceeded);
        if !due.is_empty() {
            told.push(format!("{}.", capital(&in_sum(&due, Of::Due, noun))));
        }
    }
    if due.is_empty() {
        told.extend(standing(teller));
    }
    told.extend(to_come(teller).filter(|_| told.len() < 3));
    told.iter().map(Sentence::new).collect()
}

/// Why the agreement does not bind, or who has paused.
fn state(teller: &Teller<'_>) -> Option<String> {
    let assessment = teller.assessment;
    let has = |parties: &[String]| if parties.len() == 1 { "has" } else { "have" };
    if assessment.binding {
        let paused = &assessment.approval.paused_by;
        return (!paused.is_empty()).then(|| format!("{} {} paused.", teller.parties(paused), has(paused)));
    }
    let ended = assessment.basis.agreement.record().event(&Event::Termination);
    Some(match &assessment.approval.state {
        ApprovalState::AwaitingConsent { outstanding } => {
            format!("Not binding: {} {} still to consent.", teller.parties(outstanding), has(outstanding))
        }
        ApprovalState::Refused { by } => format!("Not binding: {} refused.", teller.parties(by)),
        ApprovalState::Terminated => match ended {
            Some(ended) => format!("The agreement ended {}.", on(ended)),
            None => "The agreement has ended.".to_owned(),
        },
        ApprovalState::Suspended => "Not binding: the agreement is suspended.".to_owned(),
        ApprovalState::Negotiating => "Not binding: the text is not agreed or not public.".to_owned(),
        ApprovalState::Approved => "Not binding yet: the agreement is approved and not announced.".to_owned(),
        ApprovalState::Announced | ApprovalState::InForce { .. } => {
            "Not binding yet: the agreement has still to enter into force.".to_owned()
        }
    })
}

/// The step to begin with: the last that binds, of a force that is no part where there is one.
fn lead<'a>(teller: &Teller<'_>, due: &[&'a PhaseAssessment]) -> Option<&'a PhaseAssessment> {
    let binding = || due.iter().copied().filter(|phase| phase.standing == Standing::Binding).rev();
    let last = binding().max_by_key(|phase| {
        let force = phase.force.as_ref().map(|force| !teller.is_part(force));
        (force, phase.due.map(Window::latest), is_certain(phase.outcome))
    })?;
    // Where nobody counted, what is on record of the same step.
    let beside = || binding().find(|phase| phase.phase == last.phase && is_certain(phase.outcome));
    if is_certain(last.outcome) { Some(last) } else { beside().or(Some(last)) }
}

/// Whether a step tells more than all of them together.
fn tells(lead: &PhaseAssessment, due: &[&PhaseAssessment]) -> bool {
    is_certain(lead.outcome) || due.len() == 1 || due.iter().any(|phase| phase.outcome != lead.outcome)
}

/// What became of a step.
fn headline(teller: &Teller<'_>, phase: &PhaseAssessment) -> Option<String> {
    let due = phase.due?;
    let done = || teller.title(&phase.phase).unwrap_or_else(|| what(teller, phase));
    let who = phase.force.as_ref().map_or_else(done, |force| teller.force(force));
    let (has, were) = match (&phase.force, phase.ceiling) {
        (None, _) => ("done".to_owned(), "it was "),
        (_, Some(ceiling)) if ceiling == Band::exactly(0) => ("all had left".to_owned(), ""),
        (_, ceiling) => (format!("down to {}", ceiling.map(people).unwrap_or_default()), "they were "),
    };
    let told = match phase.outcome {
        Outcome::Met | Outcome::Late => format!("{has}{}", reached(phase, due)),
        Outcome::Missed => format!("not {has} by the deadline of {}", days(due)),
        Outcome::NotReported => format!("whether {were}{has} by the deadline of {} was not reported", days(due)),
        Outcome::Overdue => {
            let last = phase.reason.counts.last().map(|(_, count)| count.days.latest()).or(phase.reason.not_yet)?;
            let after = |due: Window| match day::days_between(due.latest(), last) {
                ..=0 => "the day of".to_owned(),
                after => format!("{} after", so_many_days(after, after)),
            };
            let first = phase.original.as_ref().and_then(|original| original.due);
            let first = first.filter(|first| first.latest() < due.earliest());
            let first = first.map(|first| format!(" as last amended and {} the first", after(first)));
            format!("not {has} by {}, {} the deadline{}", date(last), after(due), first.unwrap_or_default())
        }
        _ => format!("whether {were}{has} by the deadline of {} is undecided, because {}", days(due), cause(phase)),
    };
    Some(format!("{who}: {told}."))
}

/// When a step was reached, beside its deadline and beside the one that was first agreed.
fn reached(phase: &PhaseAssessment, due: Window) -> String {
    let slip = phase.slip_days.unwrap_or_default();
    let day = slip.high.and_then(|high| day::plus_days(due.earliest(), high));
    let by = match phase.reason.happened {
        Some(happened) => format!(" {}", on(happened)),
        None => day.map(|day| format!(" by {}", date(day))).unwrap_or_default(),
    };
    let original = phase.original.as_ref().filter(|original| original.due != phase.due);
    let first = original.and_then(|original| beside(original.slip_days?));
    match (beside(slip), first, phase.outcome) {
        (Some(slip), Some(first), _) => format!("{by}, {slip} the deadline as last amended and {first} the first"),
        (Some(slip), None, _) if slip == ON_THE_DAY => format!("{by}, {slip} the deadline"),
        (Some(slip), None, _) => format!("{by}, {slip} the deadline of {}", days(due)),
        (None, _, Outcome::Met) if day == Some(due.latest()) => format!(" by the deadline of {}", days(due)),
        (None, _, Outcome::Met) => format!("{by}, in time for the deadline of {}", days(due)),
        (None, ..) => format!("{by}, after the deadline of {}", days(due)),
    }
}

const ON_THE_DAY: &str = "on the day of";

/// `25 days after`, `13 to 23 days before`, `on the day of`; nothing where it may be either or an end is not known.
fn beside(slip: Bounds) -> Option<String> {
    match slip.low.zip(slip.high)? {
        (0, 0) => Some(ON_THE_DAY.to_owned()),
        (low @ 1.., high) => Some(format!("{} after", so_many_days(low, high))),
        (low, high @ ..0) => Some(format!("{} before", so_many_days(high.saturating_neg(), low.saturating_neg()))),
        _ => None,
    }
}

/// Of which steps it is said in sum what became of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Of all that have fallen due.
    Due,
    /// Of all but one.
    Others,
    /// Of all that have fallen due, if the agreement bound.
    If,
    /// Of all there are, if it bound.
    All,
}

/// How many steps came to what, and why where they have the result and the reason in common.
fn in_sum(due: &[&PhaseAssessment], of: Of, noun: &str) -> String {
    use Outcome::{Late, Met, Missed, NotReported, Overdue, Pending, Undetermined};
    const ORDER: [Outcome; 7] = [Met, Late, Overdue, Missed, Undetermined, NotReported, Pending];
    let count = |outcome: Outcome| due.iter().filter(|phase| phase.outcome == outcome).count();
    let counts: Vec<(usize, &str)> =
        ORDER.iter().map(|&outcome| (count(outcome), word(outcome))).filter(|&(count, _)| count > 0).collect();
    let verb = |count: usize, word: &str| match (of, word, count) {
        (Of::If | Of::All, ..) => "would be",
        (_, "met" | "late" | "missed", 1) => "was",
        (_, "met" | "late" | "missed", _) => "were",
        (_, _, 1) => "is",
        _ => "are",
    };
    let [(count, word)] = counts.as_slice() else {
        let one = |&(count, word): &(usize, &str)| format!("{count} {} {word}", verb(count, word));
        let told = listed(&counts.iter().map(one).collect::<Vec<_>>());
        let all = due.len();
        return match of {
            Of::Due | Of::If => format!("of the {all} {noun}s that have fallen due, {told}"),
            Of::Others => format!("of the {all} other {noun}s, {told}"),
            Of::All => format!("of the {all} {noun}s, {told}"),
        };
    };
    let other = if of == Of::Others { "other " } else { "" };
    let all = match count {
        1 => format!("the {other}{noun}"),
        2 => format!("both {other}{noun}s"),
        n => format!("all {n} {other}{noun}s"),
    };
    let fallen = match (of, *count) {
        (Of::Others | Of::All, _) => "",
        (_, 1) => " that has fallen due",
        _ => " that have fallen due",
    };
    let told = format!("{all}{fallen} {} {word}", verb(*count, word));
    let mut causes: Vec<&str> = due.iter().map(|phase| cause(phase)).collect();
    causes.dedup();
    match causes.as_slice() {
        [cause] if *word == "undecided" => format!("{told}, because {cause}"),
        _ => told,
    }
}

/// Why a step is undecided.
pub(super) fn cause(phase: &PhaseAssessment) -> &'static str {
    let counts = &phase.reason.counts;
    let of = |which: Dated| counts.iter().find(|(dated, _)| *dated == which).map(|(_, count)| count.comparison);
    let is_exact = phase.ceiling.is_some_and(Band::is_exact);
    match (of(Dated::ByTheDeadline).flatten(), of(Dated::After).flatten()) {
        (Some(Comparison::Either), _) if is_exact => "the counts are too vague",
        (Some(Comparison::Either), _) => "the counts lie between the strict and the lenient reading",
        (None, _) => "nobody counted by the deadline",
        (Some(Comparison::Above), None) => "nobody counted after the deadline",
        (Some(Comparison::Above), _) => "nobody counted near the deadline",
        (Some(Comparison::AtOrBelow), _) => "the counts leave open what came first",
    }
}

/// How many there are of a force that is above its ceiling.
fn above(teller: &Teller<'_>, force: &ForceAssessment) -> Option<String> {
    let (seen, ceiling) = (force.observed?, force.ceiling.as_ref()?);
    let day = Window::new(seen.earliest, seen.latest).map(on)?;
    let above = match Band::new(ceiling.strict, ceiling.lenient) {
        Some(none) if none == Band::exactly(0) => "where none may be".to_owned(),
        ceiling => format!("above the ceiling of {}", ceiling.map(people)?),
    };
    Some(format!("{}: {} {day}, {above}.", teller.force(&force.force), latest(&seen, &force.reason.latest)))
}

/// The counts of forces, if no step has an outcome to tell.
fn standing(teller: &Teller<'_>) -> Option<String> {
    let mut told = teller.assessment.forces.iter().filter_map(|force| {
        let seen = force.observed?;
        let how = match force.verdict {
            Verdict::Compliant => "within the ceiling",
            Verdict::Undetermined => "undecided",
            _ => return None,
        };
        let counted = force.reason.latest.first().map(|count| number(count.counted)).unwrap_or_default();
        let day = Window::new(seen.earliest, seen.latest).map(on).unwrap_or_default();
        Some(format!("{}: {how} as last counted {day} ({counted}).", teller.force(&force.force)))
    });
    told.next()
}

/// The next step, or what the steps wait for.
fn to_come(teller: &Teller<'_>) -> Option<String> {
    let assessment = teller.assessment;
    let to_come = assessment.phases.iter().filter(|phase| phase.due.is_some_and(|due| due.latest() > assessment.on));
    let next = to_come.min_by_key(|phase| phase.due.map(Window::latest))?;
    let due = next.due.map(on)?;
    let ceiling = next.ceiling.map(|ceiling| format!(": {}", remain(ceiling, "may"))).unwrap_or_default();
    let envisaged = if next.standing == Standing::Envisaged { "envisaged" } else { "due" };
    Some(format!("Next, {} is {envisaged} {due}{ceiling}.", teller.the_step(&next.phase)))
}
