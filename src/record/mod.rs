//! The record, resolved: acts in the order in which they count, and the events that deadlines may count from.

mod approval_day;
pub(crate) mod consent;
mod domestic_steps;
mod findings;
mod gated_steps;
mod oddities;
mod rules;
mod state;

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use chrono::NaiveDate;

use crate::day::Window;
use crate::terms::{Act, ActKind, BindsFrom, ConsentMode, Event, GatedStep, Instrument, Party, Terms};

pub use consent::{Approval, ApprovalState, Blocker, Consent};
pub(crate) use oddities::advise;
pub(crate) use rules::check;

/// The acts by which a party of this mode consents.
const fn consents(mode: ConsentMode) -> &'static [ActKind] {
    match mode {
        ConsentMode::Signature => &[ActKind::Signed, ActKind::Approved, ActKind::Adopted],
        ConsentMode::Approval | ConsentMode::None => &[ActKind::Approved, ActKind::Adopted],
    }
}

/// The acts that take a consent away.
const UNDOING: &[ActKind] = &[ActKind::Refused, ActKind::ConsentWithdrawn];

/// The acts that make the agreement public.
const PUBLIC: &[ActKind] = &[ActKind::Announced, ActKind::Adopted];

/// The acts by which the text is agreed.
const AGREED: &[ActKind] = &[ActKind::TextAgreed, ActKind::Initialled, ActKind::Signed];

/// The day on which an act became known; `None` where its own day does not exist.
pub(crate) fn known_from(act: &Act) -> Option<NaiveDate> {
    act.published.or_else(|| act.on.window().map(Window::latest))
}

/// Who acted.
#[derive(Clone, PartialEq, Eq, Debug)]
enum By {
    /// Every party whose consent is needed.
    EveryNeeded,
    /// These, by their places among the parties; `None` is no party of the document.
    These(Vec<Option<usize>>),
}

/// An act with its day.
#[derive(Clone, Debug)]
struct Entry<'t> {
    act: &'t Act,
    /// Its place in the document.
    place: usize,
    window: Window,
    by: By,
}

/// The acts whose days exist, in the order in which they count for the state: by their last days, then by kind.
fn entries(terms: &Terms) -> Vec<Entry<'_>> {
    let parties = places(terms);
    let mut acts: Vec<_> = terms
        .record
        .iter()
        .enumerate()
        .filter_map(|(place, act)| {
            let window = act.on.window()?;
            let by = if act.parties.is_empty() {
                By::EveryNeeded
            } else {
                By::These(act.parties.iter().map(|id| parties.get(id.as_str()).copied()).collect())
            };
            Some(Entry { act, place, window, by })
        })
        .collect();
    // The earliest day as well, so that the order of the document does not matter.
    acts.sort_by_key(|entry| (entry.window.latest(), entry.act.act, entry.window.earliest()));
    acts
}

/// The place of each party by its id.
fn places(terms: &Terms) -> HashMap<&str, usize> {
    terms.parties.iter().enumerate().rev().map(|(place, party)| (party.id.as_str(), place)).collect()
}

/// Positions of acts in the order in which they count, by kind.
#[derive(Clone, Default, Debug)]
struct Marks(BTreeMap<ActKind, Vec<usize>>);

impl Marks {
    fn push(&mut self, kind: ActKind, position: usize) {
        self.0.entry(kind).or_default().push(position);
    }

    fn of(&self, kind: ActKind) -> &[usize] {
        self.0.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// How many acts of a kind there are before a position.
    fn count(&self, kind: ActKind, until: usize) -> usize {
        self.of(kind).partition_point(|&position| position < until)
    }

    /// The last act of these kinds before a position.
    fn last(&self, kinds: &[ActKind], until: usize) -> Option<usize> {
        let before = |&kind: &ActKind| self.of(kind).get(..self.count(kind, until))?.last().copied();
        kinds.iter().filter_map(before).max()
    }

    /// The first act of these kinds at a position or after it.
    fn first(&self, kinds: &[ActKind], from: usize) -> Option<usize> {
        let since = |&kind: &ActKind| self.of(kind).get(self.count(kind, from)..)?.first().copied();
        kinds.iter().filter_map(since).min()
    }
}

/// A party with what it did.
#[derive(Clone, Debug)]
struct Member {
    id: String,
    name: String,
    mode: ConsentMode,
    /// The bodies of its domestic steps, each with the window of the first step on record.
    steps: Vec<(String, Option<Window>)>,
    marks: Marks,
}

impl Member {
    const fn is_needed(&self) -> bool {
        !matches!(self.mode, ConsentMode::None)
    }
}

/// The record as known, sorted and resolved once.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The windows of the acts, in the order in which they count.
    windows: Vec<Window>,
    /// Every act.
    marks: Marks,
    /// The acts of every party whose consent is needed.
    shared: Marks,
    members: Vec<Member>,
    events: HashMap<Event, Window>,
    gated: Vec<GatedStep>,
    binds_from: BindsFrom,
}

impl Record {
    pub(crate) fn new(terms: &Terms) -> Self {
        Self::from_acts(terms, &entries(terms))
    }

    fn from_acts(terms: &Terms, acts: &[Entry<'_>]) -> Self {
        let (mut marks, mut shared) = (Marks::default(), Marks::default());
        let mut members = members(terms, &DomesticSteps::new(acts));
        for (position, entry) in acts.iter().enumerate() {
            let kind = entry.act.act;
            marks.push(kind, position);
            match &entry.by {
                By::EveryNeeded => shared.push(kind, position),
                By::These(parties) => {
                    for &place in parties.iter().flatten() {
                        if let Some(member) = members.get_mut(place) {
                            member.marks.push(kind, position);
                        }
                    }
                }
            }
        }
        let needs_nobody = !members.iter().any(Member::is_needed);
        let mut record = Self {
            windows: acts.iter().map(|entry| entry.window).collect(),
            marks,
            shared,
            members,
            events: first_acts(acts),
            gated: terms.consent_before.clone().unwrap_or_else(|| vec![GatedStep::Execution]),
            binds_from: terms.binds_from.unwrap_or_else(|| default_binds_from(terms.instrument, needs_nobody)),
        };
        if let Some(signature) = record.signature() {
            record.events.entry(Event::Announcement).or_insert(signature);
            record.events.insert(Event::Signature, signature);
        }
        if let Some(approval) = approval_day::window(&record.members, acts) {
            record.events.insert(Event::Approval, approval);
        }
        record
    }

    /// The window of an event; `None` is not on record. Phases are resolved by the schedule, and are `None`.
    pub(crate) fn event(&self, event: &Event) -> Option<Window> {
        match event {
            Event::Day(day) => Some(Window::day(*day)),
            event => self.events.get(event).copied(),
        }
    }

    /// The last day of anything on record.
    pub(crate) fn last_day(&self) -> Option<NaiveDate> {
        self.windows.last().map(|window| window.latest())
    }

    /// The day by which every party whose consent is needed has signed; `None` where nobody's is.
    fn signature(&self) -> Option<Window> {
        let shared = self.first_window(&self.shared, ActKind::Signed);
        let first = |member: &Member| {
            let own = self.first_window(&member.marks, ActKind::Signed);
            own.into_iter().chain(shared).reduce(Window::earlier)
        };
        self.needed().map(first).reduce(|last, next| Some(last?.later(next?))).flatten()
    }

    fn first_window(&self, marks: &Marks, kind: ActKind) -> Option<Window> {
        marks.of(kind).iter().filter_map(|&position| self.windows.get(position).copied()).reduce(Window::earlier)
    }

    /// The parties whose consent is needed, in the order of the document.
    fn needed(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.is_needed())
    }
}

/// The event from which an agreement binds where it does not say.
const fn default_binds_from(instrument: Option<Instrument>, needs_nobody: bool) -> BindsFrom {
    match instrument {
        _ if needs_nobody => BindsFrom::Announcement,
        Some(Instrument::Treaty | Instrument::ExecutiveAgreement) => BindsFrom::EntryIntoForce,
        _ => BindsFrom::Approval,
    }
}

fn members(terms: &Terms, steps: &DomesticSteps<'_>) -> Vec<Member> {
    let member = |(place, party): (usize, &Party)| {
        let mode = party.consent_mode();
        let first = |body: &String| (body.clone(), steps.first(place, mode, body));
        Member {
            id: party.id.clone(),
            name: party.name.clone(),
            mode,
            steps: party.domestic_steps.iter().map(first).collect(),
            marks: Marks::default(),
        }
    };
    terms.parties.iter().enumerate().map(member).collect()
}

/// The windows of the first acts of each kind that is an event, bound by bound.
fn first_acts(acts: &[Entry<'_>]) -> HashMap<Event, Window> {
    let mut first = HashMap::new();
    for Entry { act, window, .. } in acts {
        let event = match act.act {
            ActKind::ProvisionallyApplied => Event::ProvisionalApplication,
            ActKind::InForce => Event::EntryIntoForce,
            ActKind::Refused => Event::Refusal,
            ActKind::Terminated => Event::Termination,
            kind if PUBLIC.contains(&kind) => Event::Announcement,
            ActKind::Event => match &act.name {
                Some(name) => Event::Named(name.clone()),
                None => continue,
            },
            _ => continue,
        };
        keep_earlier(&mut first, event, *window);
    }
    first
}

fn keep_earlier<K: Eq + Hash>(first: &mut HashMap<K, Window>, key: K, window: Window) {
    first.entry(key).and_modify(|first| *first = first.earlier(window)).or_insert(window);
}

/// The windows of the first domestic steps, bound by bound.
struct DomesticSteps<'t> {
    own: HashMap<(usize, &'t str), Window>,
    shared: HashMap<&'t str, Window>,
}

impl<'t> DomesticSteps<'t> {
    fn new(acts: &[Entry<'t>]) -> Self {
        let mut steps = Self { own: HashMap::new(), shared: HashMap::new() };
        for entry in acts.iter().filter(|entry| entry.act.act == ActKind::DomesticStep) {
            let Some(body) = entry.act.body.as_deref() else { continue };
            match &entry.by {
                By::EveryNeeded => keep_earlier(&mut steps.shared, body, entry.window),
                By::These(parties) => {
                    for &party in parties.iter().flatten() {
                        keep_earlier(&mut steps.own, (party, body), entry.window);
                    }
                }
            }
        }
        steps
    }

    /// The first step of a body of a party.
    fn first(&self, party: usize, mode: ConsentMode, body: &str) -> Option<Window> {
        let shared = self.shared.get(body).filter(|_| mode != ConsentMode::None);
        self.own.get(&(party, body)).into_iter().chain(shared).copied().reduce(Window::earlier)
    }
}
