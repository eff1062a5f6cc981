//! What a deadline comes to: a window of days, or what it waits for.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::day::Window;
use crate::record::Record;
use crate::terms::{Deadline, Event, MAX_DEPTH, Offset};

/// The days on which something falls due, or the events that these wait for.
///
/// ```
/// use force_drawdown::{Due, Event};
/// let due = Due::Awaiting([Event::EntryIntoForce].into());
/// assert_eq!(due.to_string(), "awaiting entry into force");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Due {
    /// Within this window, at the end of a day.
    Known(Window),
    /// Not known before these events are on record; none where the text leaves it open.
    Awaiting(Arc<[Event]>),
}

impl Due {
    /// The window, where it is known.
    #[must_use]
    pub const fn window(&self) -> Option<Window> {
        match self {
            Self::Known(window) => Some(*window),
            Self::Awaiting(_) => None,
        }
    }

    pub(crate) fn awaited(&self) -> &[Event] {
        match self {
            Self::Known(_) => &[],
            Self::Awaiting(events) => events,
        }
    }

    fn known_or_open(window: Option<Window>) -> Self {
        window.map_or_else(|| Self::Awaiting(Arc::default()), Self::Known)
    }
}

/// `awaiting entry into force`, `2025-09-01 to 2025-09-30`, `not known`.
impl std::fmt::Display for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Known(window) => write!(f, "{window}"),
            Self::Awaiting(events) if events.is_empty() => f.write_str("not known"),
            Self::Awaiting(events) => {
                let events: Vec<_> = events.iter().map(Event::phrase).collect();
                write!(f, "awaiting {}", events.join(" and "))
            }
        }
    }
}

/// What a deadline comes to.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is true or not, whatever the others are")]
pub(crate) struct Resolved {
    pub(crate) due: Due,
    /// The text alone gives the days.
    pub(crate) text_alone: bool,
    /// It counts from the termination.
    pub(crate) from_termination: bool,
    /// It waits for an event, and no reading puts it before the day of judgement.
    pub(crate) waits: bool,
    /// A part of it is left open.
    pub(super) open: bool,
    /// An offset leaves the years 1 to 9999.
    pub(super) out_of_range: bool,
    /// Until when the planned path holds before it.
    pub(super) hold: Option<Window>,
}

impl Resolved {
    fn text(window: Option<Window>) -> Self {
        Self { due: Due::known_or_open(window), ..Self::unknown(true) }
    }

    /// On no day that is known.
    pub(super) fn unknown(text_alone: bool) -> Self {
        let (from_termination, waits, open, out_of_range) = (false, false, false, false);
        Self { due: Due::known_or_open(None), text_alone, from_termination, waits, open, out_of_range, hold: None }
    }

    /// On the days of an event other than a phase.
    pub(super) fn of_event(event: &Event, record: &Record) -> Self {
        let from_termination = matches!(event, Event::Termination);
        let due = record.event(event).map_or_else(|| awaiting(event), Due::Known);
        Self { waits: due.window().is_none(), due, from_termination, ..Self::unknown(false) }
    }
}

/// So many awaited events are named; more would not be read.
const MOST_AWAITED: usize = 8;

/// A deadline and all that it is made of, as deep as they are followed.
pub(super) fn parts(deadline: &Deadline) -> impl Iterator<Item = &Deadline> {
    let (mut first, mut left) = (Some((deadline, 0_usize)), Vec::new());
    std::iter::from_fn(move || {
        let (deadline, depth) = first.take().or_else(|| left.pop())?;
        if depth < MAX_DEPTH {
            left.extend(deadline.members().iter().rev().map(|member| (member, depth.saturating_add(1))));
        }
        Some(deadline)
    })
}

/// The ids of the phases that a deadline counts from.
pub(super) fn phases_named(deadline: &Deadline) -> impl Iterator<Item = &str> {
    parts(deadline).filter_map(|part| match part {
        Deadline::After { event: Event::Phase(id), .. } | Deadline::Before { event: Event::Phase(id), .. } => {
            Some(id.as_str())
        }
        _ => None,
    })
}

fn awaiting(event: &Event) -> Due {
    Due::Awaiting([event.clone()].into())
}

/// What a deadline comes to, with what the phases that it names come to.
pub(super) fn evaluate(
    deadline: &Deadline,
    record: &Record,
    phase: &mut impl FnMut(&str) -> Option<Resolved>,
    depth: usize,
) -> Resolved {
    let mut inner = |members: &[Deadline]| -> Vec<Resolved> {
        let members = if depth < MAX_DEPTH { members } else { &[] };
        members.iter().map(|member| evaluate(member, record, phase, depth.saturating_add(1))).collect()
    };
    match deadline {
        Deadline::Period(period) => {
            let window = period.window();
            Resolved { out_of_range: window.is_none(), ..Resolved::text(window) }
        }
        Deadline::Open => Resolved { open: true, ..Resolved::unknown(true) },
        Deadline::After { event, offset } => from_event(event, record, phase, |day| offset.from_day(day)),
        Deadline::Before { event, offset } => {
            let before = from_event(event, record, phase, |day| offset.before_day(day));
            // The day before what has not happened has not passed. A longer time before it may have.
            let is_eve = *offset == Offset::default() && !matches!(event, Event::Phase(_));
            Resolved { waits: before.waits && is_eve, ..before }
        }
        Deadline::Any(members) => join(&inner(members), Window::hull),
        Deadline::Latest(members) => latest(inner(members)),
        Deadline::Earliest(members) => {
            let members = inner(members);
            let known = members.iter().filter_map(|member| member.due.window()).reduce(Window::earlier);
            let all = join(&members, Window::earlier);
            Resolved { due: known.map_or(all.due, Due::Known), ..all }
        }
    }
}

/// What is so long after or before an event.
fn from_event(
    event: &Event,
    record: &Record,
    phase: &mut impl FnMut(&str) -> Option<Resolved>,
    counted: impl Fn(NaiveDate) -> Option<NaiveDate>,
) -> Resolved {
    let mut resolved = match event {
        Event::Day(day) => Resolved::text(crate::day::is_in_range(*day).then(|| Window::day(*day))),
        Event::Phase(id) => {
            let resolved = phase(id).unwrap_or_else(|| Resolved::unknown(false));
            Resolved { out_of_range: false, ..resolved }
        }
        _ => Resolved::of_event(event, record),
    };
    match &resolved.due {
        Due::Awaiting(missing) if missing.is_empty() && matches!(event, Event::Phase(_)) => {
            resolved.due = awaiting(event);
        }
        Due::Awaiting(_) => {}
        Due::Known(window) => {
            let window = window.moved(counted);
            resolved.out_of_range = window.is_none();
            resolved.due = Due::known_or_open(window);
        }
    }
    resolved
}

/// What all of them come to, which is known once each is.
pub(super) fn latest(members: impl IntoIterator<Item = Resolved>) -> Resolved {
    let members: Vec<Resolved> = members.into_iter().collect();
    let waits = members.iter().any(|member| member.waits) && !members.iter().any(|member| member.open);
    Resolved { waits, ..join(&members, Window::later) }
}

/// All of them, known when each is.
fn join(members: &[Resolved], with: impl Fn(Window, Window) -> Window) -> Resolved {
    let known = members.iter().try_fold(None, |before: Option<Window>, member| {
        let next = member.due.window()?;
        Some(Some(before.map_or(next, |before| with(before, next))))
    });
    let mut awaited: Vec<Event> = Vec::new();
    for event in members.iter().flat_map(|member| member.due.awaited()) {
        if awaited.len() < MOST_AWAITED && !awaited.contains(event) {
            awaited.push(event.clone());
        }
    }
    Resolved {
        due: known.flatten().map_or_else(|| Due::Awaiting(awaited.into()), Due::Known),
        text_alone: members.iter().all(|member| member.text_alone),
        from_termination: members.iter().any(|member| member.from_termination),
        waits: members.iter().all(|member| member.waits),
        open: members.iter().any(|member| member.open),
        out_of_range: members.iter().any(|member| member.out_of_range),
        hold: None,
    }
}
