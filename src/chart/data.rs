//! What a chart shows, gathered from an agreement: no pixels yet.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::agreement::{Agreement, TimelineEvent};
use crate::assessment::evidence::Evidence;
use crate::assessment::sums::InPeople;
use crate::day::{self, Window, day_number};
use crate::schedule::version::VersionEntry;
use crate::schedule::{Interpolation, Milestone, Schedule, SetBy, set_by};
use crate::terms::{Act, ActKind, Band, Residual, ResidualStatus, Standing};

/// The most samples of a planned path.
const MOST_SAMPLES: i32 = 1_000;

/// Counts up to so many days beside the agreement are shown, or as many as it is long.
const MOST_BESIDE: i32 = 730;

/// Acts within half of so many days are shown, or of its length.
const LEAST_LENGTH: i32 = 240;

/// Everything on the chart.
pub(super) struct Data<'a> {
    /// Day numbers of the first and the last day.
    pub(super) first: i32,
    pub(super) last: i32,
    pub(super) forces: Vec<ForceData<'a>>,
    pub(super) phases: Vec<PhaseMark>,
    /// Phases whose days are not known, and why.
    pub(super) undated: Vec<String>,
    pub(super) acts: Vec<ActMark>,
    /// How many acts and counts are of other days.
    pub(super) outside: usize,
    /// How many counts cannot be true.
    pub(super) set_aside: usize,
}

/// A phase and the window in which it is due.
pub(super) struct PhaseMark {
    pub(super) window: Window,
    /// The window as first agreed, where it was another.
    pub(super) first: Option<Window>,
    pub(super) is_binding: bool,
    /// From the longest to the shortest.
    pub(super) labels: Vec<String>,
}

/// What happened to the agreement on a day.
pub(super) struct ActMark {
    pub(super) day: i32,
    pub(super) is_amendment: bool,
    pub(super) label: String,
}

/// What is required from a day to the next stretch.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Stretch {
    /// The first day, and the first day that no longer belongs to it.
    pub(super) from: i32,
    pub(super) to: i32,
    pub(super) strict: u32,
    pub(super) lenient: Option<u32>,
    /// Without a number and due in every reading: the text sets no upper end.
    pub(super) is_open: bool,
}

/// A day and both ends of the planned path on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    pub(super) day: i32,
    pub(super) low: Option<u32>,
    pub(super) high: Option<u32>,
}

/// People who may stay.
pub(super) struct Staying {
    pub(super) from: i32,
    pub(super) until: i32,
    pub(super) low: u32,
    pub(super) high: Option<u32>,
    pub(super) label: String,
}

/// One force.
pub(super) struct ForceData<'a> {
    pub(super) name: &'a str,
    pub(super) unit: &'a str,
    /// The force that it is a part of.
    pub(super) part_of: Option<&'a str>,
    pub(super) baseline: Option<(i32, Band)>,
    pub(super) required: Vec<Stretch>,
    pub(super) planned: Vec<Sample>,
    pub(super) sightings: Vec<InPeople>,
    pub(super) staying: Option<Staying>,
    /// Stretches of days on which nothing is known.
    pub(super) unknown: Vec<(i32, i32)>,
    /// What the last of them waits for.
    pub(super) awaiting: Option<String>,
}

impl<'a> Data<'a> {
    /// `None` where no day is known.
    pub(super) fn new(agreement: &'a Agreement, evidence: &Evidence, how: Interpolation) -> Option<Self> {
        let seen: Vec<[i32; 2]> = evidence.days().map(ends).collect();
        let (phases, undated) = phases(agreement);
        let acts = acts(agreement);
        let schedules: Vec<Schedule<'a>> = agreement.schedules().collect();
        let (first, last) = span(&schedules, &phases, &seen, &acts)?;
        let has_more = !undated.is_empty() || schedules.iter().any(|schedule| residual(agreement, schedule).is_some());
        let length = last.saturating_sub(first).max(7);
        // A day alone needs days around it.
        let around = 30_i32.saturating_sub(length).max(0) / 2;
        let before = (length / 40).max(1).saturating_add(around);
        let after = if has_more { length / 6 } else { length / 20 }.max(1);
        let (first, last) = (first.saturating_sub(before), last.saturating_add(after).saturating_add(around));
        let of_all = acts.len().saturating_add(seen.len());
        let shown = seen.iter().filter(|&&days| is_shown(days, (first, last))).count();
        let acts: Vec<ActMark> = acts.into_iter().filter(|act| first <= act.day && act.day <= last).collect();
        let outside = of_all.saturating_sub(acts.len()).saturating_sub(shown);
        let seen = evidence.in_people(agreement);
        let set_aside = seen.iter().flatten().filter(|seen| seen.people.is_none()).count();
        let force = |schedule| ForceData::new(agreement, schedule, &seen, how, (first, last));
        let forces = schedules.iter().filter_map(force).collect();
        Some(Self { first, last, forces, phases, undated, acts, outside, set_aside })
    }
}

/// From the first to the last day that matters.
fn span(schedules: &[Schedule<'_>], phases: &[PhaseMark], seen: &[[i32; 2]], acts: &[ActMark]) -> Option<(i32, i32)> {
    let of_forces = schedules.iter().filter_map(Schedule::days);
    let of_forces = of_forces.flat_map(|days| [day_number(*days.start()), day_number(*days.end())]);
    let windows = phases.iter().flat_map(|phase| [Some(phase.window), phase.first]).flatten();
    let own: Vec<i32> = of_forces.chain(windows.flat_map(ends)).collect();
    let of_seen: Vec<i32> = seen.iter().copied().flatten().collect();
    let of_acts: Vec<i32> = acts.iter().map(|act| act.day).collect();
    let bounds = |days: &[i32]| days.iter().min().copied().zip(days.iter().max().copied());
    let span = bounds(&own).or_else(|| bounds(&of_seen)).or_else(|| bounds(&of_acts))?;
    let length = span.1.saturating_sub(span.0);
    let span = widened(span, &of_seen, length.max(MOST_BESIDE));
    let length = span.1.saturating_sub(span.0);
    Some(widened(span, &of_acts, length.max(LEAST_LENGTH) / 2))
}

fn ends(window: Window) -> [i32; 2] {
    [day_number(window.earliest()), day_number(window.latest())]
}

/// Whether a window has a day of the span.
fn is_shown([earliest, latest]: [i32; 2], (first, last): (i32, i32)) -> bool {
    first <= latest && earliest <= last
}

/// The span with the days that lie within reach of it: those far off would squeeze everything else.
fn widened((first, last): (i32, i32), days: &[i32], reach: i32) -> (i32, i32) {
    let (from, to) = (first.saturating_sub(reach), last.saturating_add(reach));
    let near = || days.iter().copied().filter(|day| (from..=to).contains(day));
    (near().min().unwrap_or(first).min(first), near().max().unwrap_or(last).max(last))
}

fn phases<'a>(agreement: &'a Agreement) -> (Vec<PhaseMark>, Vec<String>) {
    let (terms, versions) = (agreement.terms(), agreement.history());
    let only = match versions.last().map(|version| version.forces.as_slice()) {
        Some([only]) => only.planned().milestones.as_slice(),
        _ => &[],
    };
    // Of several milestones of a phase the first is the one that it sets itself.
    let mut numbers: HashMap<&str, Band> = HashMap::new();
    for milestone in only.iter().filter(|milestone| !milestone.residual_ends) {
        if let SetBy::Phase(id) = set_by(terms, milestone.setter) {
            numbers.entry(id).or_insert(milestone.band);
        }
    }
    let phases = |version: Option<&'a VersionEntry>| version.into_iter().flat_map(|version| version.full.phases());
    let original = phases(versions.versions().first());
    let first: HashMap<&str, Window> =
        original.filter_map(|(phase, resolved)| Some((phase.id(terms), resolved.due.window()?))).collect();
    let mut known = Vec::new();
    let mut undated = Vec::new();
    for (phase, resolved) in phases(versions.last()) {
        let is_binding = phase.standing == Standing::Binding;
        let envisaged = if is_binding { "" } else { " (envisaged)" };
        let id = format!("phase {}", phase.id(terms));
        let name = phase.title(terms).unwrap_or(&id);
        match resolved.due.window() {
            Some(window) => {
                let number = numbers.get(phase.id(terms)).map(|band| format!(": {band}")).unwrap_or_default();
                let labels = vec![
                    format!("{name}{number}{envisaged}"),
                    format!("{id}{number}{envisaged}"),
                    format!("{id}{envisaged}"),
                    phase.id(terms).to_owned(),
                ];
                let first = first.get(phase.id(terms)).copied().filter(|first| *first != window);
                known.push(PhaseMark { window, first, is_binding, labels });
            }
            None => undated.push(format!("{name} ({})", resolved.due)),
        }
    }
    (known, undated)
}

fn acts(agreement: &Agreement) -> Vec<ActMark> {
    let parties = agreement.terms().parties.iter();
    let names: HashMap<&str, &str> = parties.map(|party| (party.id.as_str(), party.name.as_str())).collect();
    let mut by_day: BTreeMap<(i32, bool), Vec<String>> = BTreeMap::new();
    let mut told = HashSet::new();
    for dated in agreement.timeline() {
        let (is_amendment, label) = match dated.what {
            TimelineEvent::Act(act) if act.expected => (false, format!("expected: {}", act_label(&names, act))),
            TimelineEvent::Act(act) => (false, act_label(&names, act)),
            TimelineEvent::Amendment(amendment) => (true, amendment.title.clone()),
            _ => continue,
        };
        let key = (day_number(dated.days.latest()), is_amendment);
        if told.insert((key, label.clone())) {
            by_day.entry(key).or_default().push(label);
        }
    }
    let marks = by_day.into_iter();
    marks.map(|((day, is_amendment), labels)| ActMark { day, is_amendment, label: labels.join(", ") }).collect()
}

fn act_label(names: &HashMap<&str, &str>, act: &Act) -> String {
    let what = match act.act {
        ActKind::Event => act.name.clone().unwrap_or_default(),
        ActKind::DomesticStep => format!("{} agrees", act.body.as_deref().unwrap_or_default()),
        ActKind::InForce => "in force".to_owned(),
        kind => kind.as_str().replace('-', " "),
    };
    match act.parties.as_slice() {
        [] => what,
        [party] => format!("{what} by {}", names.get(party.as_str()).unwrap_or(&party.as_str())),
        parties => format!("{what} by {}", parties.join(", ")),
    }
}

/// The residual of a force in the last version.
fn residual<'a>(agreement: &'a Agreement, schedule: &Schedule<'a>) -> Option<&'a Residual> {
    let (force, terms) = (schedule.force()?, agreement.terms());
    let is_it = |residual: &&Residual| residual.force.as_ref().map_or(terms.forces.len() == 1, |id| *id == force.id);
    agreement.history().last()?.full.text.residual(terms).iter().find(is_it)
}

impl<'a> ForceData<'a> {
    fn new(
        agreement: &'a Agreement,
        schedule: &Schedule<'a>,
        seen: &[Vec<InPeople>],
        how: Interpolation,
        (first, last): (i32, i32),
    ) -> Option<Self> {
        let force = schedule.force()?;
        let (versions, index) = schedule.parts();
        let baseline = versions.last().and_then(|version| version.force(index)?.schedule.planned().base);
        let baseline = baseline.map(|base| (day_number(base.as_of), base.band));
        let sightings = index.of(seen).into_iter().flatten().copied();
        let sightings = sightings.filter(|seen| is_shown(ends(seen.window), (first, last))).collect();
        let milestones =
            day::from_day_number(last).map(|last| schedule.planned_milestones_on(last)).unwrap_or_default();
        let waiting = milestones.iter().find(|milestone| milestone.due.window().is_none());
        // A part without a baseline starts with its whole.
        let of_whole = schedule.days().filter(|_| force.part_of.is_some()).map(|days| day_number(*days.start()));
        let start = baseline.map(|(as_of, _)| as_of).or(of_whole);
        let (required, planned) = (required(schedule, first, last), planned(schedule, how, first, last));
        Some(Self {
            name: force.name.as_deref().unwrap_or(&force.id),
            unit: force.unit(),
            part_of: force.part_of.as_deref(),
            baseline,
            staying: residual(agreement, schedule).and_then(|residual| staying(residual, &milestones, last)),
            unknown: unknown(&required, &planned, start, last),
            awaiting: waiting.map(|milestone| match milestone.by {
                SetBy::Phase(id) => format!("phase {id}: {}", milestone.due),
                SetBy::Baseline => milestone.due.to_string(),
            }),
            required,
            planned,
            sightings,
        })
    }

    /// The greatest number of people that is shown.
    pub(super) fn most(&self) -> u32 {
        let of_band = |band: Band| band.high().unwrap_or_else(|| band.low());
        let baseline = self.baseline.map(|(_, band)| of_band(band));
        let required = self.required.iter().map(|stretch| stretch.lenient.unwrap_or(stretch.strict));
        let planned = self.planned.iter().filter_map(|sample| sample.high.or(sample.low));
        let seen = self.sightings.iter().filter_map(|sighting| sighting.people.map(of_band));
        baseline.into_iter().chain(required).chain(planned).chain(seen).max().unwrap_or(0)
    }
}

/// Where nothing is planned that is known, before the ceiling is nobody.
fn unknown(required: &[Stretch], planned: &[Sample], start: Option<i32>, last: i32) -> Vec<(i32, i32)> {
    let gone = required.last().filter(|stretch| stretch.lenient == Some(0)).map(|stretch| stretch.from);
    let is_gone = |sample: &Sample| gone.is_some_and(|gone| gone <= sample.day);
    let is_known = |sample: &Sample| is_gone(sample) || sample.high.or(sample.low).is_some();
    let before = planned.partition_point(|sample| start.is_some_and(|start| sample.day < start));
    let samples = planned.get(before..).unwrap_or_default();
    let unknown = |run: &[Sample]| {
        let (from, to) = (run.first().filter(|first| !is_known(first))?, run.last()?);
        let next = samples.iter().find(|sample| sample.day > to.day);
        Some((from.day, next.map_or(last, |next| next.day)))
    };
    samples.chunk_by(|a, b| is_known(a) == is_known(b)).filter_map(unknown).collect()
}

fn required(schedule: &Schedule<'_>, first: i32, last: i32) -> Vec<Stretch> {
    let days = day::from_day_number(first).zip(day::from_day_number(last));
    let series = days.into_iter().flat_map(|(from, to)| schedule.required_series(from..=to));
    let days = series.filter_map(|(day, ceiling)| {
        let (from, ceiling) = (day_number(day), ceiling?);
        let is_open = ceiling.lenient.is_none() && ceiling.lenient_by.is_some();
        let (strict, lenient) = (ceiling.strict, ceiling.lenient);
        Some(Stretch { from, to: from.saturating_add(1), strict, lenient, is_open })
    });
    let is_same = |a: &Stretch, b: &Stretch| *b == Stretch { from: b.from, to: b.to, ..*a } && a.to == b.from;
    let whole = |run: &[Stretch]| Some(Stretch { to: run.last()?.to, ..*run.first()? });
    days.collect::<Vec<_>>().chunk_by(is_same).filter_map(whole).collect()
}

fn planned(schedule: &Schedule<'_>, how: Interpolation, first: i32, last: i32) -> Vec<Sample> {
    let stride = (last.saturating_sub(first) / MOST_SAMPLES).max(1);
    let stride = usize::try_from(stride).unwrap_or(1);
    let days = (first..=last).step_by(stride).chain([last]);
    days.filter_map(|number| {
        let planned = schedule.planned_on(day::from_day_number(number)?, how);
        Some(Sample { day: number, low: planned.low, high: planned.high })
    })
    .collect()
}

fn staying(residual: &Residual, milestones: &[Milestone<'_>], last: i32) -> Option<Staying> {
    let end = milestones.iter().find(|milestone| milestone.residual_ends).and_then(|milestone| milestone.due.window());
    let phase = milestones.iter().rfind(|milestone| !milestone.residual_ends && !milestone.settled)?;
    let window = phase.due.window()?;
    let low = if residual.status == ResidualStatus::Agreed { 0 } else { phase.band.low() };
    let until = end.map_or(last, |end| day_number(end.latest())).min(last);
    let label = format!("residual: {} ({})", residual.strength, residual.status);
    Some(Staying { from: day_number(window.latest()), until, low, high: phase.band.high(), label })
}
