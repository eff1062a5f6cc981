//! When each phase of a version falls due: deadlines resolved to windows of days.

use std::collections::HashMap;

use super::consolidated_text::ConsolidatedText;
use super::findings::Findings;
use super::phase_text::PhaseText;
use crate::day::Window;
use crate::findings::Rule;
use crate::path::Place;
use crate::record::Record;
use crate::terms::{Deadline, Event};
use crate::wording::{excerpt, list};

/// Days on which something falls due, or what they wait for.
///
/// ```
/// use force_drawdown::{Due, Event};
/// assert_eq!(Due::Awaiting(vec![Event::EntryIntoForce]).to_string(), "awaiting entry into force");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Due {
    /// Within this window, at the end of a day.
    Known(Window),
    /// Not known before these events are on record; none where the text leaves it open.
    Awaiting(Vec<Event>),
}

impl Due {
    /// The window, where it is known.
    ///
    /// ```
    /// use force_drawdown::Due;
    /// assert_eq!(Due::Awaiting(Vec::new()).window(), None);
    /// ```
    #[must_use]
    pub const fn window(&self) -> Option<Window> {
        match self {
            Self::Known(window) => Some(*window),
            Self::Awaiting(_) => None,
        }
    }
}

/// `awaiting entry into force`, `2025-09-01 to 2025-09-30`, `not known`.
impl std::fmt::Display for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Known(window) => write!(f, "{window}"),
            Self::Awaiting(events) if events.is_empty() => f.write_str("not known"),
            Self::Awaiting(events) => {
                f.write_str("awaiting ")?;
                for (position, event) in events.iter().enumerate() {
                    f.write_str(if position == 0 { "" } else { " and " })?;
                    f.write_str(&event.phrase())?;
                }
                Ok(())
            }
        }
    }
}

/// What a deadline comes to.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    pub(crate) due: Due,
    /// The text alone gives the days.
    pub(crate) text_alone: bool,
    /// It counts from the termination.
    pub(crate) from_termination: bool,
    /// An offset leaves the years 1 to 9999.
    out_of_range: bool,
}

impl Resolved {
    fn text(window: Option<Window>) -> Self {
        let due = window.map_or_else(|| Due::Awaiting(Vec::new()), Due::Known);
        Self { due, text_alone: true, from_termination: false, out_of_range: window.is_none() }
    }

    const fn unknown(missing: Vec<Event>, text_alone: bool) -> Self {
        Self { due: Due::Awaiting(missing), text_alone, from_termination: false, out_of_range: false }
    }
}

/// So many awaited events are named; more would not be read.
const MOST_AWAITED: usize = 8;

/// When each phase of a version falls due, by index.
pub(crate) struct Dues<'a> {
    dues: Vec<Resolved>,
    /// Empty where no deadline counts from a phase.
    ids: HashMap<&'a str, usize>,
}

/// The deepest nesting of deadlines that is followed.
pub(crate) use crate::terms::MAX_DEPTH;

impl<'a> Dues<'a> {
    /// Resolves the deadlines of all phases, each after those that it counts from.
    pub(crate) fn new(text: &ConsolidatedText<'a>, record: &Record, out: &mut Findings) -> Self {
        let bys = text.phases.iter().map(|phase| phase.by);
        let others = text.phases.iter().filter_map(|phase| phase.from);
        let untils = text.residual.iter().filter_map(|residual| residual.until.as_ref());
        let ids: HashMap<&str, usize> = if bys.chain(others).chain(untils).any(|deadline| names_phase(deadline, 0)) {
            text.phases.iter().enumerate().map(|(index, phase)| (phase.id, index)).collect()
        } else {
            HashMap::new()
        };
        let mut resolver = Resolver { text, ids, record, known: vec![None; text.phases.len()] };
        resolver.run(out);
        let unknown = || Resolved::unknown(Vec::new(), false);
        let dues = resolver.known.into_iter().map(|due| due.unwrap_or_else(unknown)).collect();
        Self { dues, ids: resolver.ids }
    }

    /// What the deadline and the conditions of a phase come to.
    pub(crate) fn get(&self, phase: usize) -> Option<&Resolved> {
        self.dues.get(phase)
    }

    /// What a deadline that is not a phase's own comes to.
    pub(crate) fn resolve(
        &self,
        text: &ConsolidatedText<'_>,
        deadline: &Deadline,
        record: &Record,
        place: impl Fn() -> Place,
        out: &mut Findings,
    ) -> Due {
        let mut lookup = |id: &str| self.ids.get(id).and_then(|&phase| self.dues.get(phase)).cloned();
        for id in phases_named(deadline) {
            if !self.ids.contains_key(id) {
                out.push(place(), unknown_phase(text, id));
            }
        }
        let resolved = evaluate(deadline, record, &mut lookup, 0);
        if resolved.out_of_range {
            out.push(place(), Rule::DateOutOfRange { date: deadline.to_string() });
        }
        resolved.due
    }
}

struct Resolver<'t, 'a> {
    text: &'t ConsolidatedText<'a>,
    ids: HashMap<&'a str, usize>,
    record: &'t Record,
    known: Vec<Option<Resolved>>,
}

impl Resolver<'_, '_> {
    fn run(&mut self, out: &mut Findings) {
        let mut open = vec![false; self.text.phases.len()];
        let mut stack = Vec::new();
        for start in 0..self.text.phases.len() {
            stack.push(start);
            while let Some(&index) = stack.last() {
                let Some(phase) = self.text.phases.get(index).filter(|_| !self.is_known(index)) else {
                    stack.pop();
                    continue;
                };
                let revisited = open.get_mut(index).is_some_and(|open| std::mem::replace(open, true));
                let mut waits = false;
                for id in phases_named(phase.by) {
                    match self.ids.get(id) {
                        None => {
                            if !revisited {
                                let rule = unknown_phase(self.text, id);
                                out.push(phase.by_at.of_phase().field("by"), rule);
                            }
                        }
                        Some(&needed) if self.is_known(needed) => {}
                        Some(&needed) if open.get(needed).copied().unwrap_or(false) => {
                            self.report_circle(&stack, &open, needed, out);
                        }
                        Some(&needed) => {
                            stack.push(needed);
                            waits = true;
                        }
                    }
                }
                if !waits {
                    self.settle(index, phase, out);
                    stack.pop();
                }
            }
        }
    }

    fn is_known(&self, index: usize) -> bool {
        self.known.get(index).is_some_and(Option::is_some)
    }

    fn settle(&mut self, index: usize, phase: &PhaseText<'_>, out: &mut Findings) {
        let mut lookup = |id: &str| self.ids.get(id).and_then(|&phase| self.known.get(phase)).cloned().flatten();
        let mut resolved = evaluate(phase.by, self.record, &mut lookup, 0);
        if resolved.out_of_range {
            let rule = Rule::DateOutOfRange { date: phase.by.to_string() };
            out.push(phase.by_at.of_phase().field("by"), rule);
        }
        if !phase.conditions.is_empty() {
            let from_termination = resolved.from_termination;
            let named = phase.conditions.iter().map(|name| of_event(&Event::Named(name.clone()), self.record));
            resolved = latest(std::iter::once(resolved).chain(named));
            resolved.from_termination = from_termination;
        }
        if let Some(known) = self.known.get_mut(index) {
            *known = Some(resolved);
        }
    }

    fn report_circle(&self, stack: &[usize], open: &[bool], back_to: usize, out: &mut Findings) {
        let on_the_way = |index: usize| open.get(index).copied().unwrap_or(false) && !self.is_known(index);
        // From the top of the stack, so that a long way to a short circle is not walked for each.
        let from = stack.iter().rposition(|&index| index == back_to).unwrap_or(0);
        let ids = stack.get(from..).unwrap_or_default().iter().chain([&back_to]);
        let ids = ids
            .filter(|&&index| on_the_way(index))
            .filter_map(|&index| self.text.phases.get(index))
            .map(|phase| phase.id);
        let circle = format!("{} in a circle", list(ids));
        if let Some(phase) = stack.last().and_then(|&index| self.text.phases.get(index)) {
            out.push(phase.by_at.of_phase().field("by"), Rule::DeadlineCircle { circle });
        }
    }
}

fn unknown_phase(text: &ConsolidatedText<'_>, id: &str) -> Rule {
    Rule::UnknownPhase { id: excerpt(id), known: list(text.phases.iter().map(|phase| phase.id)) }
}

fn members(deadline: &Deadline) -> &[Deadline] {
    match deadline {
        Deadline::Any(members) | Deadline::Earliest(members) | Deadline::Latest(members) => members,
        _ => &[],
    }
}

fn names_phase(deadline: &Deadline, depth: usize) -> bool {
    matches!(deadline, Deadline::After { event: Event::Phase(_), .. })
        || depth < MAX_DEPTH && members(deadline).iter().any(|member| names_phase(member, depth.saturating_add(1)))
}

/// The ids of the phases that a deadline counts from.
pub(crate) fn phases_named(deadline: &Deadline) -> Vec<&str> {
    let mut named = Vec::new();
    if matches!(deadline, Deadline::Period(_) | Deadline::Open) {
        return named;
    }
    let mut left = vec![(deadline, 0_usize)];
    while let Some((deadline, depth)) = left.pop() {
        if let Deadline::After { event: Event::Phase(id), .. } = deadline {
            named.push(id.as_str());
        }
        if depth < MAX_DEPTH {
            left.extend(members(deadline).iter().rev().map(|member| (member, depth.saturating_add(1))));
        }
    }
    named
}

fn of_event(event: &Event, record: &Record) -> Resolved {
    let from_termination = matches!(event, Event::Termination);
    let due = record.event(event).map_or_else(|| Due::Awaiting(vec![event.clone()]), Due::Known);
    Resolved { due, text_alone: false, from_termination, out_of_range: false }
}

fn evaluate(
    deadline: &Deadline,
    record: &Record,
    phase: &mut impl FnMut(&str) -> Option<Resolved>,
    depth: usize,
) -> Resolved {
    let mut inner = |members: &[Deadline]| -> Vec<Resolved> {
        if depth >= MAX_DEPTH {
            return Vec::new();
        }
        members.iter().map(|member| evaluate(member, record, phase, depth.saturating_add(1))).collect()
    };
    match deadline {
        Deadline::Period(period) => Resolved::text(period.window()),
        Deadline::Open => Resolved::unknown(Vec::new(), true),
        Deadline::After { event, offset } => {
            let mut resolved = match event {
                Event::Day(day) => Resolved::text(crate::day::is_in_range(*day).then(|| Window::day(*day))),
                Event::Phase(id) => {
                    let resolved = phase(id).unwrap_or_else(|| Resolved::unknown(vec![event.clone()], false));
                    Resolved { out_of_range: false, ..resolved }
                }
                _ => of_event(event, record),
            };
            if let Due::Awaiting(missing) = &resolved.due {
                if matches!(event, Event::Phase(_)) && missing.is_empty() {
                    resolved.due = Due::Awaiting(vec![event.clone()]);
                }
            } else if let Due::Known(window) = resolved.due {
                let ends = offset.from_day(window.earliest()).zip(offset.from_day(window.latest()));
                let window = ends.and_then(|(earliest, latest)| Window::new(earliest, latest));
                resolved.out_of_range = window.is_none();
                resolved.due = window.map_or_else(|| Due::Awaiting(Vec::new()), Due::Known);
            }
            resolved
        }
        Deadline::Any(members) => join(inner(members), Window::hull),
        Deadline::Latest(members) => latest(inner(members)),
        Deadline::Earliest(members) => {
            let members = inner(members);
            let known = members.iter().filter_map(|member| member.due.window()).reduce(Window::earlier);
            match known {
                Some(window) => Resolved { due: Due::Known(window), ..joined(&members) },
                None => join(members, Window::earlier),
            }
        }
    }
}

fn latest(members: impl IntoIterator<Item = Resolved>) -> Resolved {
    join(members.into_iter().collect(), Window::later)
}

/// All of them, known when each is.
fn join(members: Vec<Resolved>, with: impl Fn(Window, Window) -> Window) -> Resolved {
    let all = joined(&members);
    let mut window = None;
    let mut awaited: Option<Vec<Event>> = None;
    for member in members {
        match member.due {
            Due::Known(next) => window = Some(window.map_or(next, |before| with(before, next))),
            Due::Awaiting(missing) => {
                let awaited = awaited.get_or_insert_default();
                for event in missing {
                    if awaited.len() < MOST_AWAITED && !awaited.contains(&event) {
                        awaited.push(event);
                    }
                }
            }
        }
    }
    let due = match (awaited, window) {
        (None, Some(window)) => Due::Known(window),
        (awaited, _) => Due::Awaiting(awaited.unwrap_or_default()),
    };
    Resolved { due, ..all }
}

/// What holds of a deadline because it holds of its members.
fn joined(members: &[Resolved]) -> Resolved {
    Resolved {
        due: Due::Awaiting(Vec::new()),
        text_alone: members.iter().all(|member| member.text_alone),
        from_termination: members.iter().any(|member| member.from_termination),
        out_of_range: members.iter().any(|member| member.out_of_range),
    }
}
