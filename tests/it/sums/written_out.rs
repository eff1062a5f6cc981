//! A slow model of sums and zeros, from the words of the design: what follows from counts is written out.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use force_drawdown::{
    Agreement, Change, Force, Observation, ObservationKind, Part, Quantity, Window, assessment::Counted,
};

/// The forces of the version in effect on a day, each with the days of its baselines.
fn forces_on(agreement: &Agreement, on: NaiveDate) -> Vec<(&Force, Vec<NaiveDate>)> {
    let first = agreement.terms().forces.iter();
    let mut forces: Vec<_> =
        first.map(|force| (force, force.baseline.iter().map(|base| base.as_of).collect::<Vec<_>>())).collect();
    let sole = agreement.terms().forces[0].id.clone();
    let in_effect = agreement.versions().take(agreement.version_on(on) + 1);
    for change in
        in_effect.filter_map(force_drawdown::history::Version::amendment).flat_map(|amendment| &amendment.changes)
    {
        match change {
            Change::AddForce { add_force } => {
                forces.push((add_force, add_force.baseline.iter().map(|base| base.as_of).collect()));
            }
            Change::Baseline { baseline } => {
                let id = baseline.force.as_ref().unwrap_or(&sole);
                let force = forces.iter_mut().find(|(force, _)| force.id == *id).unwrap();
                force.1.push(baseline.baseline.as_of);
            }
            _ => {}
        }
    }
    forces
}

/// The days of baselines, and the day before each.
fn around(bases: &[NaiveDate]) -> impl Iterator<Item = NaiveDate> {
    bases.iter().flat_map(|as_of| [*as_of - Days::new(1), *as_of])
}

/// The windows of an observation by a day: what held has its first day and its last, or that day, and those around the
/// baselines of its force between them.
fn windows_of(seen: &Observation, bases: &[NaiveDate], on: NaiveDate) -> Vec<Window> {
    let first = seen.date.window().unwrap();
    if first.latest() > on {
        return Vec::new();
    }
    let Some(until) = seen.until.map(|until| until.min(on)) else { return vec![first] };
    let between = bases.iter().copied().filter(|as_of| first.latest() < *as_of && *as_of <= until).collect::<Vec<_>>();
    let days: BTreeSet<NaiveDate> = [first.earliest(), until].into_iter().chain(around(&between)).collect();
    days.into_iter().map(Window::day).collect()
}

/// The sums of a document written out, slowly: of each window, from the parts, and then from above.
pub(crate) fn written_out(agreement: &Agreement, seen: &[Observation], judged_on: NaiveDate) -> Vec<Observation> {
    let with_bases = forces_on(agreement, judged_on);
    let forces: Vec<&Force> = with_bases.iter().map(|(force, _)| *force).collect();
    let bases = |of: &str| with_bases.iter().find(|(force, _)| force.id == of).map_or(&[][..], |(_, bases)| bases);
    let windows_of = |seen: &Observation| windows_of(seen, bases(seen.force.as_deref().unwrap()), judged_on);
    let id = |seen: &Observation| seen.force.clone().unwrap_or_else(|| agreement.terms().forces[0].id.clone());
    let is_count = |seen: &Observation| {
        seen.kind() == ObservationKind::Count
            && agreement
                .known_on()
                .is_none_or(|known| seen.known_from(agreement.terms()).is_some_and(|from| from <= known))
    };
    let mut all: Vec<Observation> = Vec::new();
    for seen in seen.iter().filter(|seen| is_count(seen)) {
        let seen = Observation { force: Some(id(seen)), ..seen.clone() };
        all.push(seen);
    }
    let windows = |all: &[Observation], of: &str| -> Vec<Window> {
        let own = all.iter().filter(|seen| seen.force.as_deref() == Some(of));
        own.flat_map(windows_of).collect()
    };
    // The counts of a window: its own, else those that held.
    let counts = |all: &[Observation], of: &str, window: Window, present: bool| -> Vec<Observation> {
        let own: Vec<&Observation> = all
            .iter()
            .filter(|seen| {
                seen.force.as_deref() == Some(of) && (!present || matches!(seen.counted, Counted::Present(_)))
            })
            .collect();
        let is_exact = |seen: &&&Observation| windows_of(seen).contains(&window);
        let exact: Vec<Observation> = own.iter().filter(is_exact).map(|seen| (*seen).clone()).collect();
        if !exact.is_empty() {
            return exact;
        }
        let holds = |seen: &&&Observation| {
            seen.until.is_some_and(|until| {
                seen.date.window().unwrap().earliest() <= window.earliest() && window.latest() <= until.min(judged_on)
            })
        };
        own.iter().filter(holds).map(|seen| (*seen).clone()).collect()
    };
    // A force, what it is part of, and so on.
    let line = |force: &Force| {
        let mut line = vec![force.id.clone()];
        let mut of = force.part_of.clone();
        while let Some(whole) = of {
            line.push(whole.clone());
            of = forces.iter().find(|force| force.id == whole).and_then(|force| force.part_of.clone());
        }
        line
    };
    let mut by_depth = forces.clone();
    by_depth.sort_by_key(|force| std::cmp::Reverse(line(force).len()));
    // The days around the baselines of all forces that are parts of the same as one is.
    let family = |of: &Force| forces.iter().filter(|force| line(force).last() == line(of).last()).collect::<Vec<_>>();
    let of_bases = |of: &Force| -> Vec<Window> {
        family(of).into_iter().flat_map(|force| around(bases(&force.id))).map(Window::day).collect()
    };
    let parts = |whole: &str| -> Vec<&str> {
        forces.iter().filter(|force| force.part_of.as_deref() == Some(whole)).map(|force| force.id.as_str()).collect()
    };
    for whole in by_depth.iter().filter(|force| force.sum_of_parts && !parts(&force.id).is_empty()) {
        let parts = parts(&whole.id);
        let counted = family(whole).into_iter().flat_map(|force| windows(&all, &force.id));
        let mut of_days: Vec<Window> = counted.chain(of_bases(whole)).collect();
        of_days.sort_by_key(|window| (window.earliest(), window.latest()));
        of_days.dedup();
        let mut sums = Vec::new();
        for window in of_days {
            let (mut low, mut high, mut sum) = (0_u64, Some(0_u64), counts(&all, &whole.id, window, true).is_empty());
            for part in &parts {
                let bands: Vec<_> = counts(&all, part, window, true)
                    .iter()
                    .map(|seen| match seen.counted {
                        Counted::Present(quantity) => quantity.band().unwrap(),
                        _ => unreachable!("only who is present is asked for"),
                    })
                    .collect();
                sum &= !bands.is_empty();
                low += bands.iter().map(|band| u64::from(band.low())).min().unwrap_or(0);
                let most =
                    bands.iter().map(|band| band.high()).try_fold(0, |most, high| Some(most.max(u64::from(high?))));
                high = high.zip(most).map(|(sum, most)| sum + most);
            }
            let low = u32::try_from(low).unwrap_or(u32::MAX).min(force_drawdown::MAX_PEOPLE);
            let high =
                high.and_then(|high| u32::try_from(high).ok()).filter(|high| *high <= force_drawdown::MAX_PEOPLE);
            let quantity = high.map_or(Quantity::AtLeast(low), |high| Quantity::Range(low, high));
            sums.extend(sum.then(|| Observation::present(of_window(window), quantity).of(&*whole.id)));
        }
        all.extend(sums);
    }
    for whole in by_depth.iter().rev() {
        let mut of_days = [windows(&all, &whole.id), of_bases(whole)].concat();
        of_days.sort_by_key(|window| (window.earliest(), window.latest()));
        of_days.dedup();
        for window in of_days {
            let own = counts(&all, &whole.id, window, false);
            let none = |seen: &Observation| match seen.counted {
                Counted::Present(quantity) => quantity.band().unwrap() == force_drawdown::Band::exactly(0),
                _ => false,
            };
            if !own.is_empty() && own.iter().all(none) {
                let zeros = parts(&whole.id).into_iter().filter(|part| counts(&all, part, window, false).is_empty());
                let zeros: Vec<_> = zeros.map(|part| Observation::present(of_window(window), 0).of(part)).collect();
                all.extend(zeros);
            }
        }
    }
    all
}

fn of_window(window: Window) -> force_drawdown::Period {
    if window.earliest() == window.latest() {
        return window.earliest().into();
    }
    force_drawdown::Period::Between(Part::Day(window.earliest()), Part::Day(window.latest()))
}

/// What was seen of a force without a baseline, of windows, with what held on its two ends.
pub(super) fn ends(all: &[Observation], of: &str, judged_on: NaiveDate) -> Vec<(Window, force_drawdown::Band)> {
    let own = all.iter().filter(|seen| seen.force.as_deref() == Some(of));
    own.flat_map(|seen| {
        let Counted::Present(quantity) = seen.counted else { panic!("only who is present is asked for") };
        windows_of(seen, &[], judged_on).into_iter().map(move |window| (window, quantity.band().unwrap()))
    })
    .collect()
}
