//! The counts that are judged on a day: what held, and what parts and wholes say of each other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::evidence::{Bases, Count, Evidence, Sighting};
use super::{Counted, ObservationKind};
#[cfg(any(feature = "chart", feature = "csv1"))]
use crate::agreement::Agreement;
use crate::day::Window;
use crate::schedule::{ForceIndex, VersionEntry};
use crate::terms::{Band, MAX_PEOPLE, Quantity, Terms};

/// The most times that a force is asked for its counts of a window, or one that held for a baseline, in one judgement.
const MOST: usize = 1 << 22;

/// The place of a count that follows from others.
const MADE: usize = usize::MAX;

impl Evidence {
    /// The counts that are judged on a day by the version in effect on it: of what held its two ends, of a whole the sums
    /// of its parts, and of the parts of a whole of nobody that nobody is there.
    pub(super) fn judged_on(&self, terms: &Terms, in_effect: &VersionEntry, on: NaiveDate) -> Self {
        let is_count = |seen: &&Sighting| seen.kind == ObservationKind::Count;
        let bases = |force: ForceIndex| {
            force.of(&in_effect.full.text.forces).map(|force| force.baselines.as_slice()).unwrap_or_default()
        };
        let mut left = MOST;
        let by = |(force, seen): (usize, &Vec<Sighting>)| {
            let bases = bases(ForceIndex::new(force));
            let counts = seen.iter().filter(is_count);
            let counts = counts.map(|seen| seen.by(on, if take(&mut left, bases.len()) { bases } else { &[] }));
            counts.flatten().collect()
        };
        let mut judged = Self(self.0.iter().enumerate().map(by).collect());
        let mut parts: Vec<Vec<ForceIndex>> = vec![Vec::new(); self.0.len()];
        let mut wholes = Vec::new();
        for (index, force) in in_effect.forces() {
            match force.schedule.whole.and_then(|whole| whole.of_mut(&mut parts)) {
                Some(parts) => parts.push(index),
                None => wholes.push((index, index)),
            }
        }
        let parts = |whole: ForceIndex| whole.of(&parts).map(Vec::as_slice).unwrap_or_default();
        let mut families = vec![Family::default(); self.0.len()];
        let holds = self.0.iter().flatten().any(|seen| seen.held.is_some());
        // Each whole before its parts, with the greatest of which it is a part.
        let mut next = 0;
        while let Some(&(force, greatest)) = wholes.get(next) {
            wholes.extend(parts(force).iter().map(|&part| (part, greatest)));
            if let Some((family, seen)) = greatest.of_mut(&mut families).zip(force.of(&judged.0)).filter(|_| holds) {
                family.windows.extend(seen.iter().map(|seen| seen.days));
                let days = bases(force).iter().flat_map(|base| [base.as_of.pred_opt(), Some(base.as_of)]);
                family.baselines.extend(days.flatten().map(Window::day));
            }
            next = next.saturating_add(1);
        }
        wholes.retain(|&(whole, _)| !parts(whole).is_empty());
        for &(whole, greatest) in wholes.iter().rev() {
            let force = in_effect.force(whole).and_then(|force| force.schedule.force(terms));
            if let Some(family) = greatest.of(&families).filter(|_| force.is_some_and(|force| force.sum_of_parts)) {
                let sums = judged.sums(whole, parts(whole), family, &mut left);
                judged.add(whole, sums);
            }
        }
        for &(whole, greatest) in &wholes {
            let Some(family) = greatest.of(&families) else { continue };
            let nobody = judged.nobody(whole, &Bases::judging(in_effect, whole), family, &mut left);
            for &part in parts(whole) {
                let own = judged.by_days(part, |_| true);
                let is_unknown = |made: &&Sighting| own.of(made.days, &mut left).is_some_and(|seen| seen.is_empty());
                let made = nobody.iter().filter(is_unknown).cloned().collect();
                judged.add(part, made);
            }
        }
        judged
    }

    /// The observations of a force in people, each by the baselines of the version in effect on its last day, and the
    /// counts that follow from them in the last version.
    #[cfg(any(feature = "chart", feature = "csv1"))]
    pub(crate) fn in_people(&self, agreement: &Agreement) -> Vec<Vec<InPeople>> {
        let Some(last) = agreement.history().last() else { return Vec::new() };
        let judged = self.judged_on(agreement.terms(), last, NaiveDate::MAX);
        let in_people = |force: ForceIndex, seen: &Sighting| {
            let bases = Bases::judging(agreement.history().on(seen.days.latest())?, force);
            let is_present = matches!(seen.counted, Counted::Present(_));
            let is_in_time = bases.own.is_none_or(|own| seen.days.earliest() >= own.as_of);
            let people = Count::new(seen, &bases).map(|count| count.people);
            let is_shown = is_present || is_in_time && (people.is_some() || bases.refute(seen));
            is_shown.then(|| InPeople { seen: seen.clone(), people })
        };
        let of_force = |(index, (seen, judged)): (usize, (&Vec<Sighting>, &Vec<Sighting>))| {
            let own: Vec<Sighting> = seen.iter().flat_map(|seen| seen.by(NaiveDate::MAX, &[])).collect();
            let all = own.iter().chain(judged.iter().filter(|seen| seen.place == MADE));
            all.filter_map(|seen| in_people(ForceIndex::new(index), seen)).collect()
        };
        self.0.iter().zip(&judged.0).enumerate().map(of_force).collect()
    }

    fn by_days(&self, force: ForceIndex, is_asked: impl Fn(&Sighting) -> bool) -> ByDays<'_> {
        let mut by_days = ByDays::default();
        for seen in force.of(&self.0).into_iter().flatten().filter(|seen| is_asked(seen)) {
            by_days.own.entry(seen.days).or_default().push(seen);
            by_days.held.extend(seen.held.map(|held| Held { days: held, reach: held.latest(), seen }));
        }
        by_days.held.sort_by_key(|held| held.days.earliest());
        let mut reach = NaiveDate::MIN;
        for held in &mut by_days.held {
            reach = reach.max(held.reach);
            held.reach = reach;
        }
        by_days
    }

    /// What the parts add up to, of each window of which each of them has a count of persons present, and the whole none.
    fn sums(&self, whole: ForceIndex, parts: &[ForceIndex], family: &Family, left: &mut usize) -> Vec<Sighting> {
        let is_present = |seen: &Sighting| matches!(seen.counted, Counted::Present(_));
        let whole = self.by_days(whole, is_present);
        let mut parts: Vec<_> = parts.iter().map(|&part| self.by_days(part, is_present)).collect();
        // A part of which nothing held has a count of its own of every window of a sum.
        parts.sort_by_key(|part| (!part.held.is_empty(), part.own.len()));
        let windows: BTreeSet<_> = match parts.first() {
            Some(part) if part.held.is_empty() => part.own.keys().copied().collect(),
            _ => family.windows.union(&family.baselines).copied().collect(),
        };
        let sum = |window: Window| {
            let (mut low, mut high, mut sources) = (0_u32, Some(0_u32), BTreeSet::new());
            if !whole.of(window, left)?.is_empty() {
                return None;
            }
            for part in &parts {
                let counts = part.of(window, left)?;
                let bands = counts.iter().filter_map(|seen| Some(Count::new(seen, &Bases::default())?.people));
                let band = bands.reduce(Band::hull)?;
                low = low.saturating_add(band.low()).min(MAX_PEOPLE);
                high = high
                    .zip(band.high())
                    .and_then(|(sum, high)| sum.checked_add(high))
                    .filter(|&high| high <= MAX_PEOPLE);
                sources.extend(counts.iter().filter_map(|seen| seen.source.as_deref()));
            }
            Some(made(window, Band::new(low, high)?, sources))
        };
        windows.into_iter().filter_map(sum).collect()
    }

    /// Nobody, of each window of which every count of a force is exactly that, with the sources of the counts.
    fn nobody(&self, force: ForceIndex, bases: &Bases, family: &Family, left: &mut usize) -> Vec<Sighting> {
        let by_days = self.by_days(force, |seen| Count::new(seen, bases).is_some());
        let held = family.baselines.iter().filter(|_| !by_days.held.is_empty());
        let windows: BTreeSet<_> = by_days.own.keys().chain(held).copied().collect();
        let nobody = |window: Window| {
            let counts = by_days.of(window, left).filter(|counts| !counts.is_empty())?;
            let is_nobody = |seen: &&Sighting| {
                let of_window = Sighting { days: window, ..(*seen).clone() };
                Count::new(&of_window, bases).is_some_and(|count| count.people == Band::exactly(0))
            };
            let sources = counts.iter().filter_map(|seen| seen.source.as_deref()).collect();
            counts.iter().all(is_nobody).then(|| made(window, Band::exactly(0), sources))
        };
        windows.into_iter().filter_map(nobody).collect()
    }

    fn add(&mut self, force: ForceIndex, made: Vec<Sighting>) {
        if let Some(own) = force.of_mut(&mut self.0) {
            own.extend(made);
        }
    }
}

/// A count that follows from others.
fn made(days: Window, people: Band, sources: BTreeSet<&str>) -> Sighting {
    let quantity = match people.high() {
        Some(high) if high == people.low() => Quantity::Exact(high),
        Some(high) => Quantity::Range(people.low(), high),
        None => Quantity::AtLeast(people.low()),
    };
    let (counted, kind) = (Counted::Present(quantity), ObservationKind::Count);
    let sources: Vec<&str> = sources.into_iter().collect();
    let source = (!sources.is_empty()).then(|| sources.join(", ").into());
    Sighting { days, held: None, counted, since: None, kind, source, known_from: None, place: MADE }
}

/// An observation in people, for what shows it.
#[cfg(any(feature = "chart", feature = "csv1"))]
#[derive(Clone, Debug)]
pub(crate) struct InPeople {
    pub(crate) seen: Sighting,
    /// `None` where it cannot be true, and is set aside.
    pub(crate) people: Option<Band>,
}

/// A force that is no part, and all forces that are parts of it, of which some count held: the windows of their counts,
/// and the days on which their baselines begin to count, each with the day before.
#[derive(Clone, Debug, Default)]
struct Family {
    windows: BTreeSet<Window>,
    baselines: BTreeSet<Window>,
}

/// The counts of a force by their windows, and those that held by their first days.
#[derive(Default)]
struct ByDays<'e> {
    own: BTreeMap<Window, Vec<&'e Sighting>>,
    held: Vec<Held<'e>>,
}

struct Held<'e> {
    days: Window,
    /// The last day on which it, or one that began no later, held.
    reach: NaiveDate,
    seen: &'e Sighting,
}

impl<'e> ByDays<'e> {
    /// Those of a window; else those that held on all of its days. `None` where no more may be looked up.
    fn of(&self, window: Window, left: &mut usize) -> Option<Vec<&'e Sighting>> {
        let (earliest, latest) = (window.earliest(), window.latest());
        if let Some(own) = self.own.get(&window) {
            return take(left, 1).then(|| own.clone());
        }
        let begun = self.held.partition_point(|held| held.days.earliest() <= earliest);
        let begun = self.held.get(..begun).unwrap_or_default().iter().rev();
        let reach = begun.take_while(|held| held.reach >= latest);
        let held: Vec<_> = reach.filter(|_| take(left, 1)).filter(|held| held.days.contains(latest)).collect();
        take(left, 1).then(|| held.into_iter().map(|held| held.seen).collect())
    }
}

/// Takes some from what is left; `false` where so many are not.
fn take(left: &mut usize, some: usize) -> bool {
    let rest = left.checked_sub(some);
    *left = rest.unwrap_or(0);
    rest.is_some()
}
