//! The chains of a force in one version: milestones in order, each the hull of all readings that only fall; and the schedule
//! that they make.

use std::sync::Arc;

use chrono::NaiveDate;

use super::planned_path::Knot;
use super::{BaselineText, Due, ForceIndex, Origin, PlannedPath, SetBy, WithdrawnSoFar};
use crate::day::{self, Window};
use crate::terms::{Band, Force, Terms};

/// A ceiling and the days on which it falls due.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is true or not, whatever the others are")]
pub(crate) struct ChainMilestone {
    pub(crate) setter: SetBy<Origin>,
    pub(crate) due: Due,
    pub(crate) band: Band,
    pub(crate) taken: WithdrawnSoFar,
    /// A residual may raise the high end, so that it is not known what has been taken away.
    pub(super) may_be_raised: bool,
    /// The planned path holds until then.
    pub(crate) hold: Option<Window>,
    /// It counts from the termination, and so outlives it.
    pub(crate) outlives: bool,
    /// It closed before the baseline, and only goes on requiring its ceiling.
    pub(crate) settled: bool,
    /// It is the end of a residual, and not a phase of its own.
    pub(crate) residual_ends: bool,
}

impl ChainMilestone {
    /// One of which nothing else is known.
    pub(super) const fn new(setter: SetBy<Origin>, due: Due, band: Band) -> Self {
        Self {
            setter,
            due,
            band,
            taken: WithdrawnSoFar::UNRELATED,
            may_be_raised: false,
            hold: None,
            outlives: false,
            settled: false,
            residual_ends: false,
        }
    }

    /// What has been taken away at the high end.
    pub(crate) const fn taken_high(&self) -> WithdrawnSoFar {
        if self.may_be_raised { WithdrawnSoFar::UNRELATED } else { self.taken }
    }
}

/// The baseline and the milestones of one force in one version.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Chain {
    pub(crate) base: Option<BaselineText>,
    pub(crate) milestones: Vec<ChainMilestone>,
    /// The ceiling that each settled phase keeps; of their milestones there is only the last.
    pub(super) settled: Vec<(Origin, Band)>,
}

impl Chain {
    /// Whether each end of every ceiling is at most the same end of a band, so that to count from it caps none.
    pub(super) fn is_within(&self, band: Band) -> bool {
        self.settled.is_empty() && self.milestones.iter().all(|one| at_most(one.band, band) == one.band)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ForceSchedule {
    pub(crate) at: Origin,
    /// The force that it is a part of, by index.
    pub(crate) whole: Option<ForceIndex>,
    /// Only a unilateral amendment has it, so that nothing is required of it.
    pub(crate) unilateral: bool,
    /// The binding phases.
    pub(crate) required: Arc<Chain>,
    /// All phases as if they bound, which a counted baseline does not cap.
    pub(crate) all: Arc<Chain>,
    /// All phases from the baseline on.
    pub(crate) planned: Arc<Chain>,
    pub(crate) steps: Steps,
    /// The same after a termination.
    pub(crate) steps_after: Steps,
    pub(crate) low: PlannedPath,
    pub(crate) high: PlannedPath,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Steps {
    pub(crate) strict: Vec<CeilingStep>,
    pub(crate) lenient: Vec<CeilingStep>,
}

/// From this day on (a day number), this is required.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct CeilingStep {
    pub(crate) day: i32,
    /// `None` is open.
    pub(crate) value: Option<u32>,
    pub(crate) setter: SetBy<Origin>,
    /// The milestone of the chain, by index.
    pub(crate) milestone: usize,
}

impl ForceSchedule {
    pub(super) fn new(at: Origin, [required, all, planned]: [Arc<Chain>; 3], is_terminated: bool) -> Self {
        let steps = Steps::new(&required, false);
        let steps_after = if is_terminated { Steps::new(&required, true) } else { Steps::default() };
        let (low, high) = paths(&planned);
        Self { at, whole: None, unilateral: false, required, all, planned, steps, steps_after, low, high }
    }

    /// Replaces what is required by what another text of the same version requires; `None` is nothing.
    pub(super) fn require(&mut self, agreed: Option<Self>) {
        self.unilateral = agreed.is_none();
        (self.required, self.steps, self.steps_after) =
            agreed.map(|agreed| (agreed.required, agreed.steps, agreed.steps_after)).unwrap_or_default();
    }

    pub(crate) fn force<'a>(&self, terms: &'a Terms) -> Option<&'a Force> {
        self.at.force(terms)
    }

    /// The baseline that counts, as the required chain has it where there is one.
    pub(crate) fn base(&self) -> Option<BaselineText> {
        self.required.base.or(self.planned.base)
    }

    pub(crate) fn chains(&self) -> [&Chain; 2] {
        [&self.required, &self.planned]
    }
}

impl Steps {
    /// Of milestones on one day, or of one that falls after a later one of the chain, the later one counts.
    fn new(chain: &Chain, only_outliving: bool) -> Self {
        let most = chain.milestones.len();
        let mut steps = Self { strict: Vec::with_capacity(most), lenient: Vec::with_capacity(most) };
        let counts = |milestone: &ChainMilestone| milestone.outlives || !only_outliving;
        for (index, milestone) in chain.milestones.iter().enumerate().rev().filter(|(_, milestone)| counts(milestone)) {
            let Some(window) = milestone.due.window() else { continue };
            let put = |steps: &mut Vec<CeilingStep>, day, value| {
                let day = day::day_number(day);
                if steps.last().is_none_or(|later| day < later.day) {
                    steps.push(CeilingStep { day, value, setter: milestone.setter, milestone: index });
                }
            };
            put(&mut steps.strict, window.earliest(), Some(milestone.band.low()));
            put(&mut steps.lenient, window.latest(), milestone.band.high());
        }
        steps.strict.reverse();
        steps.lenient.reverse();
        steps
    }
}

/// The band with each end at most the same end of another.
pub(super) fn at_most(band: Band, ends: Band) -> Band {
    Band::new(band.low().min(ends.low()), least(band.high(), ends.high())).unwrap_or(band)
}

pub(super) fn least(a: Option<u32>, b: Option<u32>) -> Option<u32> {
    a.into_iter().chain(b).min()
}

/// The low and the high end of the planned path of a chain.
fn paths(chain: &Chain) -> (PlannedPath, PlannedPath) {
    let awaited = chain.milestones.iter().position(|milestone| milestone.due.window().is_none());
    let known = chain.milestones.get(..awaited.unwrap_or(chain.milestones.len())).unwrap_or_default();
    // Both ends of a path end together, before what is not known.
    let last = known.iter().rev().filter(|milestone| !milestone.settled).find_map(|milestone| milestone.due.window());
    let as_of = chain.base.map(|base| base.as_of);
    let last = last.map(Window::latest).or(as_of);
    let until = awaited.and(last).map(day::day_number);
    let path = |end: fn(Window) -> NaiveDate, value: fn(Band) -> Option<u32>| {
        // From the last point to the first, with the day until which the path holds before the one put last.
        let mut knots: Vec<Knot> = Vec::with_capacity(known.len().saturating_add(1));
        let mut held: Option<i32> = None;
        let mut put = |day: NaiveDate, value: u32, hold: Option<Window>| {
            let knot = Knot { day: day::day_number(day), value };
            if knots.last().is_none_or(|later| knot.day < later.day) {
                knots.extend(held.filter(|&held| held > knot.day).map(|day| Knot { day, value }));
                knots.push(knot);
                held = hold.map(|hold| day::day_number(end(hold)).min(knot.day.saturating_sub(1)));
            }
        };
        for milestone in known.iter().rev() {
            let Some((window, value)) = milestone.due.window().zip(value(milestone.band)) else { continue };
            // What is settled is in the number of the baseline, but for a residual that ends later.
            let comes_later = || milestone.residual_ends && as_of.is_none_or(|as_of| as_of < end(window));
            if !milestone.settled || comes_later() {
                put(end(window), value, milestone.hold);
            }
        }
        if let Some((base, value)) = chain.base.and_then(|base| Some((base, value(base.band)?))) {
            put(base.as_of, value, None);
        }
        knots.reverse();
        PlannedPath::new(knots, until)
    };
    (path(Window::earliest, |band| Some(band.low())), path(Window::latest, Band::high))
}
