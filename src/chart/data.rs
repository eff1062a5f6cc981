//! What a chart shows, gathered from an agreement and what was observed of it: no pixels yet.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use super::force::{ForceData, ends, is_shown, residual};
use crate::agreement::{Agreement, TimelineEvent};
use crate::assessment::evidence::Evidence;
use crate::day::{self, InWords, Window, day_number};
use crate::record::Names;
use crate::schedule::{Interpolation, Schedule, SetBy, VersionEntry, set_by};
use crate::terms::{Act, ActKind, Band, Citation, Source, Standing, Terms};
use crate::wording::cut;

/// Counts up to so many days beside the agreement are shown, or as many as it is long.
const MOST_BESIDE: i32 = 730;

/// Acts within half of so many days are shown, or of its length.
const LEAST_LENGTH: i32 = 240;

pub(super) struct Data<'a> {
    pub(super) agreement: &'a Agreement,
    /// Day numbers of the first and the last day.
    pub(super) first: i32,
    pub(super) last: i32,
    /// The day of judgement.
    pub(super) on: Option<i32>,
    pub(super) forces: Vec<ForceData<'a>>,
    /// The windows in which phases are due, by day.
    pub(super) phases: Vec<Mark>,
    /// What happened to the agreement, by day, and the day of judgement.
    pub(super) acts: Vec<Mark>,
    /// Phases whose days are not known, and what they wait for.
    pub(super) undated: Vec<String>,
    /// How many acts and counts are of other days.
    pub(super) outside: usize,
    /// How many counts cannot be true.
    pub(super) set_aside: usize,
}

/// Something that belongs to a day, or to several.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Mark {
    /// From the first to the last day, as day numbers.
    pub(super) days: [i32; 2],
    pub(super) kind: MarkKind,
    pub(super) name: String,
    /// With its days, for a list.
    pub(super) listed: String,
    /// The titles of the sources that say so.
    pub(super) sources: Vec<String>,
}

impl Mark {
    /// What is read where it is pointed at.
    pub(super) fn told(&self) -> String {
        let sources = if self.sources.is_empty() { String::new() } else { format!(" ({})", self.sources.join("; ")) };
        format!("{}{sources}", self.listed)
    }
}

/// The longest title of a source that each mark repeats, in characters.
const LONGEST_TITLE: usize = 200;

/// The titles of what is cited, each once.
fn titles(terms: &Terms, citations: &[Citation]) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for citation in citations {
        let title = cut(&terms.title_of(&citation.source), LONGEST_TITLE);
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum MarkKind {
    /// A phase, and its window as first agreed, where it was another.
    Phase {
        is_binding: bool,
        first: Option<[i32; 2]>,
    },
    Act,
    Amendment,
    /// The day of judgement.
    Judgement,
}

impl<'a> Data<'a> {
    /// `None` where no day is known.
    pub(super) fn new(
        agreement: &'a Agreement,
        evidence: &Evidence,
        on: Option<NaiveDate>,
        planned: Option<Interpolation>,
    ) -> Option<Self> {
        let seen = evidence.of_forces(agreement).map(|(_, seen)| ends(seen.held.unwrap_or(seen.days)));
        let seen: Vec<[i32; 2]> = seen.collect();
        let (phases, undated) = phases(agreement);
        let mut acts = acts(agreement);
        acts.extend(on.map(judgement));
        acts.sort_by_key(|act| act.days);
        let schedules: Vec<Schedule<'a>> = agreement.schedules().collect();
        let (first, last) = span(&schedules, &phases, &seen, &acts)?;
        let goes_on = !undated.is_empty() || schedules.iter().any(|schedule| residual(agreement, schedule).is_some());
        let length = last.saturating_sub(first).max(7);
        // A day alone needs days around it.
        let around = 30_i32.saturating_sub(length).max(0) / 2;
        let before = (length / 40).max(1).saturating_add(around);
        let after = if goes_on { length / 6 } else { length / 20 }.max(1);
        let (first, last) = (first.saturating_sub(before), last.saturating_add(after).saturating_add(around));
        let of_all = acts.len().saturating_add(seen.len());
        let shown = seen.iter().filter(|&&days| is_shown(days, (first, last))).count();
        acts.retain(|act| is_shown(act.days, (first, last)));
        let outside = of_all.saturating_sub(acts.len()).saturating_sub(shown);
        let seen = evidence.in_people(agreement);
        let set_aside = seen.iter().flatten().filter(|seen| seen.people.is_none()).count();
        let force = |schedule| ForceData::new(agreement, schedule, &seen, planned, (first, last));
        let forces = schedules.iter().filter_map(force).collect();
        let on = on.map(day_number);
        Some(Self { agreement, first, last, on, forces, phases, acts, undated, outside, set_aside })
    }

    /// Whether a number is known of any force.
    pub(super) fn has_numbers(&self) -> bool {
        self.forces.iter().any(ForceData::has_numbers)
    }

    /// Whether the agreement binds on any day that is shown, up to the day of judgement.
    pub(super) fn ever_binds(&self) -> bool {
        let days = self.acts.iter().map(|act| act.days[1]).chain([self.last]);
        let days = days.map(|day| self.on.map_or(day, |on| day.min(on)));
        days.filter_map(day::from_day_number).any(|day| self.agreement.binds_on(day))
    }

    /// Every source, whole.
    pub(super) fn sources(&self) -> String {
        let source = |source: &Source| match source.published {
            Some(published) => format!("{} ({})", source.title, InWords(Window::day(published))),
            None => source.title.clone(),
        };
        self.agreement.terms().sources.values().map(source).collect::<Vec<_>>().join("; ")
    }
}

/// From the first to the last day that matters.
fn span(schedules: &[Schedule<'_>], phases: &[Mark], seen: &[[i32; 2]], acts: &[Mark]) -> Option<(i32, i32)> {
    let of_forces = schedules.iter().filter_map(Schedule::days);
    let of_forces = of_forces.flat_map(|days| [day_number(*days.start()), day_number(*days.end())]);
    let first = |phase: &Mark| if let MarkKind::Phase { first, .. } = phase.kind { first } else { None };
    let windows = phases.iter().flat_map(|phase| [Some(phase.days), first(phase)]).flatten();
    let own: Vec<i32> = of_forces.chain(windows.flatten()).collect();
    let of_seen: Vec<i32> = seen.iter().copied().flatten().collect();
    let of_acts: Vec<i32> = acts.iter().map(|act| act.days[1]).collect();
    let bounds = |days: &[i32]| days.iter().min().copied().zip(days.iter().max().copied());
    let span = bounds(&own).or_else(|| bounds(&of_seen)).or_else(|| bounds(&of_acts))?;
    let length = span.1.saturating_sub(span.0);
    let span = widened(span, &of_seen, length.max(MOST_BESIDE));
    let length = span.1.saturating_sub(span.0);
    Some(widened(span, &of_acts, length.max(LEAST_LENGTH) / 2))
}

/// The span with the days that lie within reach of it: those far off would squeeze everything else.
fn widened((first, last): (i32, i32), days: &[i32], reach: i32) -> (i32, i32) {
    let (from, to) = (first.saturating_sub(reach), last.saturating_add(reach));
    let near = || days.iter().copied().filter(|day| (from..=to).contains(day));
    (near().min().unwrap_or(first).min(first), near().max().unwrap_or(last).max(last))
}

/// The phases of the last version by day, and those without a day.
fn phases<'a>(agreement: &'a Agreement) -> (Vec<Mark>, Vec<String>) {
    let (terms, versions) = (agreement.terms(), agreement.history());
    let only = match versions.last().map(|version| version.forces.as_slice()) {
        Some([only]) => only.planned.milestones.as_slice(),
        _ => &[],
    };
    // Of several milestones of a phase the first is the one that it sets itself.
    let mut numbers: HashMap<&str, Band> = HashMap::new();
    for milestone in only.iter().filter(|milestone| !milestone.residual_ends) {
        if let SetBy::Phase(id) = set_by(terms, milestone.setter) {
            numbers.entry(id).or_insert(milestone.band);
        }
    }
    let texts = |version: Option<&'a VersionEntry>| version.into_iter().flat_map(|version| version.full.phases());
    let original = texts(versions.versions.first());
    let first: HashMap<&str, Window> =
        original.filter_map(|(phase, resolved)| Some((phase.id(terms), resolved.due.window()?))).collect();
    let (mut known, mut undated) = (Vec::new(), Vec::new());
    for (phase, resolved) in texts(versions.last()) {
        let is_binding = phase.standing == Standing::Binding;
        let envisaged = if is_binding { "" } else { " (envisaged)" };
        let id = format!("phase {}", phase.id(terms));
        let name = phase.title(terms).unwrap_or(&id);
        let Some(window) = resolved.due.window() else {
            undated.push(format!("{name} ({})", resolved.due));
            continue;
        };
        let number = numbers.get(phase.id(terms)).map(|band| format!(": {band}")).unwrap_or_default();
        let name = format!("{name}{number}{envisaged}");
        let first = first.get(phase.id(terms)).copied().filter(|first| *first != window);
        let moved = first.map(|first| format!(", first {}", InWords(first))).unwrap_or_default();
        let listed = format!("{name}, due {}{moved}", InWords(window));
        let kind = MarkKind::Phase { is_binding, first: first.map(ends) };
        let sources = phase.at.phase(terms).map(|phase| titles(terms, &phase.source)).unwrap_or_default();
        known.push(Mark { days: ends(window), kind, name, listed, sources });
    }
    known.sort_by_key(|phase| phase.days);
    (known, undated)
}

fn judgement(on: NaiveDate) -> Mark {
    let label = format!("day of judgement, {}", InWords(Window::day(on)));
    let days = [day_number(on); 2];
    Mark { days, kind: MarkKind::Judgement, name: label.clone(), listed: label, sources: Vec::new() }
}

/// What happened, one mark for each kind of it on a day.
fn acts(agreement: &Agreement) -> Vec<Mark> {
    let terms = agreement.terms();
    let names = Names::new(terms);
    let mut marks: BTreeMap<_, (Window, Vec<String>, BTreeSet<String>)> = BTreeMap::new();
    let mut told = HashSet::new();
    for dated in agreement.timeline() {
        let (is_amendment, label, source) = match dated.what {
            TimelineEvent::Act(act) => (false, act_label(&names, act), &act.source),
            TimelineEvent::Amendment(amendment) => (true, amendment.title.clone(), &amendment.source),
            _ => continue,
        };
        let key = (ends(dated.days), is_amendment);
        let (_, labels, sources) = marks.entry(key).or_insert((dated.days, Vec::new(), BTreeSet::new()));
        sources.extend(titles(terms, source));
        if told.insert((key, label.clone())) {
            labels.push(label);
        }
    }
    let mark = |((_, is_amendment), (days, labels, sources)): (_, (Window, Vec<String>, BTreeSet<String>))| {
        let kind = if is_amendment { MarkKind::Amendment } else { MarkKind::Act };
        let (name, in_words) = (labels.join(", "), InWords(days).to_string());
        let listed = if name.contains(&in_words) { name.clone() } else { format!("{name}, {in_words}") };
        // An act counts from its last day.
        Mark { days: [ends(days)[1]; 2], kind, name, listed, sources: sources.into_iter().collect() }
    };
    marks.into_iter().map(mark).collect()
}

fn act_label(names: &Names<'_>, act: &Act) -> String {
    let what = match act.act {
        ActKind::Event => act.name.as_deref().unwrap_or_default().replace('-', " "),
        ActKind::DomesticStep => format!("consent of {}", act.body.as_deref().unwrap_or_default()),
        ActKind::NotYet => format!("not yet: {}", act.name.as_deref().unwrap_or_default().replace('-', " ")),
        kind => kind.as_str().replace('-', " "),
    };
    let parties: Vec<&str> = act.parties.iter().map(|id| names.of(id)).collect();
    let by = if parties.is_empty() { String::new() } else { format!(" by {}", parties.join(", ")) };
    format!("{}{what}{by}", if act.expected { "expected: " } else { "" })
}
