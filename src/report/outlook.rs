//! What lies ahead: the pace, what is missing, what is next and expected, what would settle what is open; and what was not
//! judged.

use super::names::{MOST, Teller, date, days, in_words, number, on, remain};
use super::steps::{more, what};
use super::structure::{Block, Section, Sentence};
use crate::agreement::sentence_of;
use crate::assessment::evidence::Sighting;
use crate::assessment::reasons::SettlingDays;
use crate::assessment::{Bounds, ForceAssessment, ObservationKind, Outcome, PhaseAssessment, acts_to_come};
use crate::day::Window;
use crate::record::Blocker;
use crate::schedule::Ceiling;
use crate::terms::{Act, Citation, GatedStep};
use crate::wording::{capital, thousands};

/// A section with a member of a list for each thing that there is something to tell of, cut where it is too long.
pub(super) fn section<'a, T>(
    teller: &mut Teller<'a>,
    (heading, what): (&'static str, &str),
    of: impl IntoIterator<Item = T>,
    mut tell: impl FnMut(&mut Teller<'a>, T) -> Option<Vec<Sentence>>,
) -> Option<Section> {
    let (mut told, mut count) = (Vec::new(), 0_usize);
    for one in of {
        // What is not shown cites nothing.
        teller.is_full = count >= MOST;
        if let Some(member) = tell(teller, one) {
            count = count.saturating_add(1);
            if !teller.is_full {
                told.push(member);
            }
        }
    }
    teller.is_full = false;
    let blocks = std::iter::once(Block::List(told)).chain(more(count, what)).collect();
    (count > 0).then_some(Section { heading, blocks })
}

/// How fast people have left, where that would lead, and what is required.
pub(super) fn pace(teller: &mut Teller<'_>) -> Option<Section> {
    let forces = &teller.assessment.forces;
    let mut section = section(teller, ("The pace", "forces"), forces, |teller, force| of_pace(teller, force))?;
    let words = "This is arithmetic on what was counted, and no forecast.";
    section.blocks.push(Block::Paragraph(vec![Sentence::new(words)]));
    Some(section)
}

/// `at 40 to 52 a week so far, step 2 would be reached between 3 March and 5 July 2026; it is due on 31 December 2026; 31 to
/// 38 a week would do.` Nothing of a step that is surely reached.
fn of_pace(teller: &Teller<'_>, force: &ForceAssessment) -> Option<Vec<Sentence>> {
    let (next, so_far, required) = (force.reason.next.as_ref()?, force.observed_pace?, force.required_pace?);
    let (projected, seen) = (force.projected?, force.observed?);
    if required.high == Some(0) {
        return None;
    }
    let pace = match (so_far.low, so_far.high) {
        (Some(low), Some(high)) if low < 0 && high <= 0 => {
            let more = Bounds { low: high.checked_neg(), high: low.checked_neg() };
            format!("at {more} more a week so far")
        }
        (Some(low), Some(high)) if low < 0 => {
            format!("at {} more to {} fewer a week so far", thousands(low.saturating_neg()), thousands(high))
        }
        _ => format!("at {so_far} fewer a week so far"),
    };
    let step = teller.setter(&next.by);
    let already = projected.earliest.is_some_and(|earliest| earliest <= seen.latest);
    let reached = match (projected.earliest, projected.latest) {
        (Some(_), Some(latest)) if already => {
            let or = if latest <= seen.latest { String::new() } else { format!(", or would be by {}", date(latest)) };
            format!("{step} may be reached already{or}")
        }
        (Some(_), None) if already => format!("{step} may be reached already, or never"),
        (Some(earliest), Some(latest)) => {
            let when = Window::new(earliest, latest).map(on).unwrap_or_default();
            format!("{step} would be reached {when}")
        }
        (Some(earliest), None) => format!("{step} would be reached on {} at the earliest, or never", date(earliest)),
        (None, _) => format!("{step} would never be reached"),
    };
    let would_do = match (required.low.unwrap_or(0), required.high) {
        (0, None) => String::new(),
        (low, None) => format!("; it takes {} or more a week", thousands(low)),
        (0, Some(high)) => format!("; up to {} a week would do", thousands(high)),
        (..) => format!("; {required} a week would do"),
    };
    let words = format!("{}: {pace}, {reached}; it is due {}{would_do}.", teller.force(&force.force), on(next.due));
    Some(vec![Sentence::new(words)])
}

/// What is missing before the announcement and the execution.
pub(super) fn missing(teller: &mut Teller<'_>) -> Option<Section> {
    let blockers = &teller.assessment.blockers;
    let steps = [(GatedStep::Announcement, &blockers.announcement), (GatedStep::Execution, &blockers.execution)];
    section(teller, ("What is missing", "steps"), steps, |teller, (step, blockers)| {
        let words = blocked(teller, blockers);
        (!blockers.is_empty()).then(|| vec![Sentence::new(format!("Before {step}: {words}."))])
    })
}

fn blocked(teller: &Teller<'_>, blockers: &[Blocker]) -> String {
    let consents: Vec<String> = blockers
        .iter()
        .filter_map(|blocker| if let Blocker::Consent { party } = blocker { Some(party.clone()) } else { None })
        .collect();
    let has = if consents.len() == 1 { "has" } else { "have" };
    let consents = (!consents.is_empty()).then(|| format!("{} {has} to consent", teller.parties(&consents)));
    let others = blockers.iter().filter_map(|blocker| match blocker {
        Blocker::Consent { .. } => None,
        Blocker::DomesticStep { party, body } => {
            Some(format!("the {} of {} has to say yes", in_words(body), teller.parties(std::slice::from_ref(party))))
        }
        Blocker::Announcement => Some("the agreement has to be announced".to_owned()),
    });
    consents.into_iter().chain(others.take(MOST)).collect::<Vec<_>>().join("; ")
}

/// The next deadline of each force, and steps of which the deadline is not known yet.
pub(super) fn next(teller: &mut Teller<'_>) -> Option<Section> {
    let assessment = teller.assessment;
    let is_to_come = |phase: &&PhaseAssessment| phase.due.is_some_and(|due| due.latest() > assessment.on);
    let next = assessment.phases.iter().filter(is_to_come).filter_map(|phase| Some((phase.due?, phase)));
    let soonest = next.clone().map(|(due, _)| due.latest()).min();
    let next = next.filter(|(due, _)| Some(due.latest()) == soonest);
    section(teller, ("What is next", "steps"), next, |teller, (due, phase)| {
        let ceiling = phase.ceiling.map(|ceiling| format!(": {}", remain(ceiling, "may"))).unwrap_or_default();
        let of_force = phase.force.as_ref().and_then(|force| teller.judged.get(force.as_str()));
        let required = of_force.filter(|force| force.reason.next.as_ref().is_some_and(|next| next.due == due));
        let required = required.and_then(|force| force.required_pace).filter(|pace| pace.high != Some(0));
        let pace = required.map(|pace| match (pace.low, pace.high) {
            (Some(0) | None, Some(high)) => format!(", which takes up to {} people a week", thousands(high)),
            (Some(0) | None, None) => String::new(),
            _ => format!(", which takes {pace} people a week"),
        });
        let pace = pace.unwrap_or_default();
        Some(vec![Sentence::new(format!("{}: due {}{ceiling}{pace}.", what(teller, phase), on(due)))])
    })
}

/// Acts that are foreseen, acts of which the day is not known, and amendments that wait.
pub(super) fn expected(teller: &mut Teller<'_>) -> Option<Section> {
    let acts = of_record(teller);
    section(teller, ("Expected acts", "acts"), acts, |teller, (words, source)| Some(vec![teller.said(words, source)]))
}

/// A sentence for each act on which the state of a day rests and of which the day is not known, then for each that is
/// expected, and for each amendment that waits.
pub(super) fn record(teller: &mut Teller<'_>) -> Vec<Sentence> {
    of_record(teller).into_iter().map(|(words, source)| teller.said(words, source)).collect()
}

/// These sentences, each with what the document cites for it.
fn of_record<'a>(teller: &Teller<'a>) -> Vec<(String, &'a [Citation])> {
    let (agreement, judged, terms) = (&teller.assessment.basis.agreement, teller.assessment.on, teller.terms);
    let done = |act: &Act| match &act.name {
        Some(name) => sentence_of(act, &teller.names).replace(name, &format!("“{}”", in_words(name))),
        None => sentence_of(act, &teller.names),
    };
    let unsure = agreement.record().unsure_on(terms, judged).into_iter().filter_map(|index| terms.record.get(index));
    let unsure = unsure.filter_map(|act| {
        let days = capital(&on(act.on.window()?));
        Some((format!("{days} {}; the day is not known.", done(act)), act.source.as_slice()))
    });
    let expected = acts_to_come::unmet(agreement, judged).map(|(act, days)| {
        let expected = match days.latest() {
            last if last < judged => format!("by {} and not on record", date(last)),
            _ => on(days),
        };
        (format!("Expected {expected}: {}.", done(act)), act.source.as_slice())
    });
    let waiting = acts_to_come::adopted(agreement, judged).map(|(with, event)| {
        let (title, adopted, event) = (teller.cut(&with.title), date(with.adopted), teller.event(event));
        (format!("“{title}”, adopted on {adopted}, waits for {event}."), with.source.as_slice())
    });
    unsure.chain(expected).chain(waiting).collect()
}

/// What would settle what is open.
pub(super) fn open(teller: &mut Teller<'_>) -> Option<Section> {
    let assessment = teller.assessment;
    let forces = assessment.forces.iter().filter(|force| !is_borrowed(force)).map(Err);
    let all = forces.chain(assessment.phases.iter().map(Ok));
    section(teller, ("What would settle what is open", "lines"), all, |teller, one| {
        let (named, settles) = match one {
            Ok(phase) => (what(teller, phase), settles_outcome(phase)?),
            Err(force) => (teller.force(&force.force), settles_verdict(force)?),
        };
        Some(vec![Sentence::new(format!("{named}: {settles}."))])
    })
}

/// Whether a part has no ceiling of its own.
pub(super) const fn is_borrowed(force: &ForceAssessment) -> bool {
    matches!(&force.ceiling, Some(Ceiling { of: Some(_), .. }))
}

/// Which later count would settle the verdict on a force.
pub(super) fn settles_verdict(force: &ForceAssessment) -> Option<String> {
    let by = force.reason.settled_by?;
    let above = by.at_least.map(|at_least| format!(", one of {} or more above it", thousands(at_least)));
    let count = if force.observed.is_some() { "a later count" } else { "a count" };
    Some(format!("{count} of {} would show it within its ceiling{}", or_fewer(by.at_most), above.unwrap_or_default()))
}

/// On which days a count would have settled what became of a step.
pub(super) fn settles_outcome(phase: &PhaseAssessment) -> Option<String> {
    let (ceiling, SettlingDays { from, until }) = phase.ceiling.zip(phase.reason.settled_by)?;
    let dated = match from.and_then(|from| Window::new(from, until)) {
        Some(days) => on(days),
        None => format!("by {}", date(until)),
    };
    Some(format!("a count of {} {dated} would show that it was met", or_fewer(ceiling.low())))
}

/// `0`, `1,251 or fewer`.
fn or_fewer(n: u32) -> String {
    if n == 0 { "0".to_owned() } else { format!("{} or fewer", thousands(n)) }
}

/// Forecasts, doubtful counts, and counts that cannot be true.
pub(super) fn not_judged(teller: &mut Teller<'_>) -> Option<Section> {
    let assessment = teller.assessment;
    let judged = assessment.on;
    let is_past =
        |seen: &Sighting| seen.days.latest() <= judged || seen.known_from.is_some_and(|known| known <= judged);
    let is_told = |(_, seen): &(&str, &Sighting)| seen.kind != ObservationKind::Count && is_past(seen);
    let observed = assessment.basis.evidence.of_forces(&assessment.basis.agreement).filter(is_told).map(Ok);
    let all = observed.chain(assessment.set_aside.iter().map(Err));
    section(teller, ("Not judged", "counts"), all, |teller, one| {
        let (force, counted, of, why, source) = match one {
            Ok((force, seen)) => {
                let why = if seen.kind == ObservationKind::Forecast { "a forecast" } else { "doubtful" };
                (force, seen.counted, seen.held.unwrap_or(seen.days), why, seen.source.as_deref())
            }
            Err(aside) => {
                let why = "set aside, for more would have left than there were";
                (aside.force.as_str(), aside.counted, aside.date, why, None)
            }
        };
        let named = if teller.has_several_forces() { format!("{}: ", teller.force(force)) } else { String::new() };
        let words = capital(&format!("{named}{}, {} ({why}).", number(counted), days(of)));
        Some(vec![teller.cited(words, source.into_iter())])
    })
}

/// Whether a step has come to something for certain.
pub(super) const fn is_certain(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Met | Outcome::Late | Outcome::Overdue | Outcome::Missed)
}
