//! What a chart shows of one force.

use chrono::NaiveDate;

use crate::agreement::Agreement;
use crate::assessment::evidence::Sighting;
use crate::assessment::reasons::Comparison;
use crate::assessment::sums::InPeople;
use crate::assessment::{ObservationKind, on_its_days};
use crate::day::{self, Window, day_number};
use crate::schedule::{Ceiling, Interpolation, Milestone, Planned, Schedule};
use crate::terms::{Band, Force, Residual, ResidualStatus};
use crate::wording::with_commas;

const MOST_SAMPLES: i32 = 1_000;

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
pub(super) type Sample = (i32, Planned);

/// People who may stay.
pub(super) struct Staying {
    pub(super) from: i32,
    pub(super) until: i32,
    pub(super) low: u32,
    pub(super) high: Option<u32>,
    pub(super) label: String,
}

/// An observation that can be true.
pub(super) struct Counted {
    pub(super) seen: Sighting,
    pub(super) people: Band,
    /// The title of its source.
    pub(super) source: Option<String>,
    /// How a count compares with the ceiling of its days; `None` where there was none, and of what is not judged.
    pub(super) comparison: Option<Comparison>,
}

pub(super) struct ForceData<'a> {
    pub(super) force: &'a Force,
    pub(super) name: &'a str,
    /// The name of the force that it is a part of.
    pub(super) part_of: Option<&'a str>,
    pub(super) baseline: Option<(i32, Band)>,
    /// The ceiling that it has of its own.
    pub(super) required: Vec<Stretch>,
    /// The last ceiling that it has from its whole alone.
    pub(super) borrowed: Option<Stretch>,
    pub(super) how: Option<Interpolation>,
    pub(super) planned: Vec<Sample>,
    /// In the order of the days.
    pub(super) counts: Vec<Counted>,
    pub(super) staying: Option<Staying>,
    /// Stretches of days on which nothing is known.
    pub(super) unknown: Vec<(i32, i32)>,
}

pub(super) fn ends(window: Window) -> [i32; 2] {
    [day_number(window.earliest()), day_number(window.latest())]
}

/// Whether one of the days is of the span.
pub(super) fn is_shown([earliest, latest]: [i32; 2], (first, last): (i32, i32)) -> bool {
    first <= latest && earliest <= last
}

/// The residual of a force in the last version.
pub(super) fn residual<'a>(agreement: &'a Agreement, schedule: &Schedule<'a>) -> Option<&'a Residual> {
    let (force, terms) = (schedule.force()?, agreement.terms());
    let is_it = |residual: &&Residual| residual.force.as_ref().map_or(terms.forces.len() == 1, |id| *id == force.id);
    agreement.history().last()?.full.text.residual(terms).iter().find(is_it)
}

impl<'a> ForceData<'a> {
    pub(super) fn new(
        agreement: &'a Agreement,
        schedule: &Schedule<'a>,
        seen: &[Vec<InPeople>],
        how: Option<Interpolation>,
        (first, last): (i32, i32),
    ) -> Option<Self> {
        let force = schedule.force()?;
        let (versions, index) = schedule.parts();
        let base = versions.last().and_then(|version| version.force(index)?.schedule.planned.base);
        let baseline = base.map(|base| (day_number(base.as_of), base.band));
        let count = |InPeople { seen, people }: &InPeople| {
            let is_compared = seen.kind == ObservationKind::Count && people.is_some();
            let comparison = is_compared.then(|| on_its_days(agreement, index, seen)).flatten();
            let source = seen.source.as_deref().map(|source| agreement.terms().title_of(source));
            Some(Counted { seen: seen.clone(), people: (*people)?, source, comparison })
        };
        let mut counts: Vec<_> = index.of(seen).into_iter().flatten().filter_map(count).collect();
        counts.retain(|count| is_shown(ends(count.seen.days), (first, last)));
        counts.sort_by_key(|count| ends(count.seen.days));
        let milestones =
            day::from_day_number(last).map(|last| schedule.planned_milestones_on(last)).unwrap_or_default();
        // A part without a baseline starts with its whole.
        let of_whole = schedule.days().filter(|_| force.part_of.is_some()).map(|days| day_number(*days.start()));
        let start = baseline.map(|(as_of, _)| as_of).or(of_whole);
        let (required, borrowed) = required(schedule, (first, last));
        let planned = planned(schedule, how.unwrap_or(Interpolation::Step), (first, last));
        let whole =
            force.part_of.as_deref().and_then(|id| agreement.terms().forces.iter().find(|force| force.id == id));
        Some(Self {
            force,
            name: force.called(),
            part_of: whole.map(Force::called),
            baseline,
            staying: residual(agreement, schedule).and_then(|residual| staying(residual, &milestones, last)),
            unknown: unknown(&required, &planned, start, last),
            required,
            borrowed,
            how,
            planned: if how.is_some() { planned } else { Vec::new() },
            counts,
        })
    }

    pub(super) fn has_numbers(&self) -> bool {
        self.baseline.is_some_and(|(_, band)| band != Band::OPEN)
            || !self.required.is_empty()
            || !self.counts.is_empty()
            || self.is_planned()
    }

    /// Whether it has a planned path to draw.
    pub(super) fn is_planned(&self) -> bool {
        self.planned.iter().any(is_planned)
    }

    /// How high its plot is beside others: there is little to see of nobody, and nothing where no number is known.
    pub(super) fn share(&self) -> f64 {
        match (self.has_numbers(), self.most()) {
            (false, _) => 0.0,
            (true, 0) => 0.3,
            (true, _) => 1.0,
        }
    }

    /// The greatest number of people that is shown.
    pub(super) fn most(&self) -> u32 {
        let of_band = |band: Band| band.high().unwrap_or_else(|| band.low());
        let baseline = self.baseline.map(|(_, band)| of_band(band));
        let required = self.required.iter().map(|stretch| stretch.lenient.unwrap_or(stretch.strict));
        let planned = self.planned.iter().filter_map(|(_, planned)| planned.high.or(planned.low));
        let counted = self.counts.iter().map(|count| of_band(count.people));
        baseline.into_iter().chain(required).chain(planned).chain(counted).max().unwrap_or(0)
    }
}

fn is_planned((_, planned): &Sample) -> bool {
    planned.high.or(planned.low).is_some()
}

/// Where neither a ceiling nor a plan is known, from the baseline on.
fn unknown(required: &[Stretch], planned: &[Sample], start: Option<i32>, last: i32) -> Vec<(i32, i32)> {
    let is_required = |day: i32| {
        let after = required.partition_point(|stretch| stretch.from <= day);
        after.checked_sub(1).and_then(|index| required.get(index)).is_some_and(|stretch| day < stretch.to)
    };
    let is_known = |sample: &Sample| is_planned(sample) || is_required(sample.0);
    let before = planned.partition_point(|(day, _)| start.is_some_and(|start| *day < start));
    let runs = planned.get(before..).unwrap_or_default().chunk_by(|a, b| is_known(a) == is_known(b));
    let turns: Vec<&Sample> = runs.filter_map(<[_]>::first).collect();
    let ends = turns.iter().skip(1).map(|(day, _)| *day).chain([last]);
    turns.iter().zip(ends).filter(|(turn, _)| !is_known(turn)).map(|((day, _), end)| (*day, end)).collect()
}

/// The ceiling of its own, and the last that it has from its whole alone.
fn required(schedule: &Schedule<'_>, (first, last): (i32, i32)) -> (Vec<Stretch>, Option<Stretch>) {
    let Some(days) = day::from_day_number(first).zip(day::from_day_number(last)) else { return (Vec::new(), None) };
    let changes = schedule.required_changes(days);
    let ends = changes.iter().skip(1).map(|(day, _)| day_number(*day)).chain([last.saturating_add(1)]);
    let stretch = |((from, ceiling), to): (&(NaiveDate, Option<Ceiling<&str>>), i32)| {
        let Ceiling { strict, lenient, ref lenient_by, .. } = *ceiling.as_ref()?;
        let is_open = lenient.is_none() && lenient_by.is_some();
        Some(Stretch { from: day_number(*from), to, strict, lenient, is_open })
    };
    let stretches: Vec<_> = changes.iter().zip(ends).filter_map(stretch).collect();
    let is_same = |a: &Stretch, b: &Stretch| *b == Stretch { from: b.from, to: b.to, ..*a } && a.to == b.from;
    let whole = |run: &[Stretch]| Some(Stretch { to: run.last()?.to, ..*run.first()? });
    let stretches = stretches.chunk_by(is_same).filter_map(whole);
    let is_own = |stretch: &Stretch| {
        let force = day::from_day_number(stretch.from).and_then(|day| schedule.on(day));
        let own = force.and_then(|force| force.levels(stretch.from).next());
        own.is_some_and(|(_, own)| own.strict.is_some())
    };
    let (own, borrowed): (Vec<_>, Vec<_>) = stretches.partition(is_own);
    (own, borrowed.last().copied())
}

fn planned(schedule: &Schedule<'_>, how: Interpolation, (first, last): (i32, i32)) -> Vec<Sample> {
    let stride = (last.saturating_sub(first) / MOST_SAMPLES).max(1);
    let days = (first..=last).step_by(usize::try_from(stride).unwrap_or(1)).chain([last]);
    days.filter_map(|number| Some((number, schedule.planned_on(day::from_day_number(number)?, how)))).collect()
}

fn staying(residual: &Residual, milestones: &[Milestone<'_>], last: i32) -> Option<Staying> {
    let end = milestones.iter().find(|milestone| milestone.residual_ends).and_then(|milestone| milestone.due.window());
    let phase = milestones.iter().rfind(|milestone| !milestone.residual_ends && !milestone.settled)?;
    let window = phase.due.window()?;
    let low = if residual.status == ResidualStatus::Agreed { 0 } else { phase.band.low() };
    let until = end.map_or(last, |end| day_number(end.latest())).min(last);
    let strength = with_commas(&residual.strength.to_string());
    let label = format!("may stay: {strength} ({})", residual.status);
    Some(Staying { from: day_number(window.latest()), until, low, high: phase.band.high(), label })
}
