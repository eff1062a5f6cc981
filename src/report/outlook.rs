//! What lies ahead: the pace, what is missing, what is next and expected, what would settle what is open; and what was not
//! judged.

use super::names::{MOST, Teller, capital, date, days, in_words, may_remain, number, on};
use super::steps::{more, what};
use super::structure::{Block, Section, Sentence};
use crate::agreement::sentence_of;
use crate::assessment::reasons::SettlingDays;
use crate::assessment::{Bounds, ForceAssessment, ObservationKind, Outcome, PhaseAssessment, acts_to_come};
use crate::day::Window;
use crate::record::{Blocker, Names};
use crate::schedule::Ceiling;
use crate::terms::{Act, GatedStep};
use crate::wording::thousands;

/// A section of a list, cut where it is too long.
pub(super) fn section(heading: &'static str, what: &str, mut told: Vec<Vec<Sentence>>) -> Option<Section> {
    let count = told.len();
    told.truncate(MOST);
    let blocks = std::iter::once(Block::List(told)).chain(more(count, what)).collect();
    (count > 0).then_some(Section { heading, blocks })
}

/// How fast people have left, where that would lead, and what is required.
pub(super) fn pace(teller: &mut Teller<'_>) -> Option<Section> {
    let told: Vec<Vec<Sentence>> = teller.assessment.forces.iter().filter_map(|force| of_pace(teller, force)).collect();
    let mut section = section("The pace", "forces", told)?;
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
    let told = steps.into_iter().filter(|(_, blockers)| !blockers.is_empty()).map(|(step, blockers)| {
        let words = blocked(teller, blockers);
        vec![Sentence::new(format!("Before {step}: {words}."))]
    });
    section("What is missing", "steps", told.collect())
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
    let mut told = Vec::new();
    let is_to_come = |phase: &&PhaseAssessment| phase.due.is_some_and(|due| due.latest() > assessment.on);
    let next = assessment.phases.iter().filter(is_to_come).filter_map(|phase| Some((phase.due?, phase)));
    let soonest = next.clone().map(|(due, _)| due.latest()).min();
    for (due, phase) in next.filter(|(due, _)| Some(due.latest()) == soonest) {
        let ceiling = phase.ceiling.map(|ceiling| format!(": {}", may_remain(ceiling))).unwrap_or_default();
        let of_force = phase.force.as_ref().and_then(|force| teller.judged.get(force.as_str()));
        let required = of_force.filter(|force| force.reason.next.as_ref().is_some_and(|next| next.due == due));
        let required = required.and_then(|force| force.required_pace).filter(|pace| pace.high != Some(0));
        let pace = required.map(|pace| match (pace.low, pace.high) {
            (Some(0) | None, Some(high)) => format!(", which takes up to {} people a week", thousands(high)),
            (Some(0) | None, None) => String::new(),
            _ => format!(", which takes {pace} people a week"),
        });
        let pace = pace.unwrap_or_default();
        told.push(vec![Sentence::new(format!("{}: due {}{ceiling}{pace}.", what(teller, phase), on(due)))]);
    }
    section("What is next", "steps", told)
}

/// Acts that are foreseen, acts of which the day is not known, and amendments that wait.
pub(super) fn expected(teller: &mut Teller<'_>) -> Option<Section> {
    let told = record(teller).into_iter().map(|sentence| vec![sentence]).collect();
    section("Expected acts", "acts", told)
}

/// A sentence for each act on which the state of a day rests and of which the day is not known, then for each that is
/// expected, and for each amendment that waits.
pub(super) fn record(teller: &mut Teller<'_>) -> Vec<Sentence> {
    let (agreement, judged) = (&teller.assessment.basis.agreement, teller.assessment.on);
    let terms = teller.terms;
    let names = Names::new(terms);
    let told_of = |act: &Act| match &act.name {
        Some(name) => sentence_of(act, &names).replace(name, &format!("“{}”", in_words(name))),
        None => sentence_of(act, &names),
    };
    let unsure = agreement.record().unsure_on(terms, judged).into_iter().filter_map(|index| terms.record.get(index));
    let mut told = Vec::new();
    for (act, days) in unsure.filter_map(|act| Some((act, act.on.window()?))) {
        let words = format!("{} {}; the day is not known.", capital(&on(days)), told_of(act));
        told.push(teller.said(words, &act.source));
    }
    for (act, days) in acts_to_come::unmet(agreement, judged) {
        let words = if days.latest() < judged {
            format!("Expected by {} and not on record: {}.", date(days.latest()), told_of(act))
        } else {
            format!("Expected {}: {}.", on(days), told_of(act))
        };
        told.push(teller.said(words, &act.source));
    }
    for (with, event) in acts_to_come::adopted(agreement, judged) {
        let title = teller.cut(&with.title);
        let words = format!("“{title}”, adopted on {}, waits for {}.", date(with.adopted), teller.event(event));
        told.push(teller.said(words, &with.source));
    }
    told
}

/// What would settle what is open.
pub(super) fn open(teller: &mut Teller<'_>) -> Option<Section> {
    let assessment = teller.assessment;
    let mut told = Vec::new();
    for force in assessment.forces.iter().filter(|force| !is_borrowed(force)) {
        let settles = settles_verdict(force);
        told.extend(settles.map(|settles| vec![Sentence::new(format!("{}: {settles}.", teller.force(&force.force)))]));
    }
    for phase in &assessment.phases {
        let settles = settles_outcome(phase);
        told.extend(settles.map(|settles| vec![Sentence::new(format!("{}: {settles}.", what(teller, phase)))]));
    }
    section("What would settle what is open", "steps", told)
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
    let mut told = Vec::new();
    for (force, seen) in assessment.basis.evidence.of_forces(&assessment.basis.agreement) {
        let why = match seen.kind {
            ObservationKind::Forecast => "a forecast",
            ObservationKind::Doubtful => "doubtful",
            ObservationKind::Count => continue,
        };
        if seen.days.latest() > judged && seen.known_from.is_none_or(|known| known > judged) {
            continue;
        }
        let of = seen.held.unwrap_or(seen.days);
        let named = if teller.has_several_forces() { format!("{}: ", teller.force(force)) } else { String::new() };
        let words = capital(&format!("{named}{}, {} ({why}).", number(seen.counted), days(of)));
        let source = seen.source.as_deref().map(|source| teller.cite(source)).unwrap_or_default();
        told.push(vec![Sentence { sources: source, ..Sentence::new(words) }]);
    }
    for aside in &assessment.set_aside {
        let named =
            if teller.has_several_forces() { format!("{}: ", teller.force(&aside.force)) } else { String::new() };
        let why = "set aside, for more would have left than there were";
        let words = capital(&format!("{named}{}, {} ({why}).", number(aside.counted), days(aside.date)));
        told.push(vec![Sentence::new(words)]);
    }
    section("Not judged", "counts", told)
}

/// Whether a step has come to something for certain.
pub(super) const fn is_certain(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Met | Outcome::Late | Outcome::Overdue | Outcome::Missed)
}
