//! A slow judge, written from the words of the design: it goes through days, numbers and readings one by one.
//!
//! It takes the windows of the milestones from the schedule, which has tests of its own, and reads their numbers, and
//! everything about counts, from what is written.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use force_drawdown::{
    Milestone, ObservationKind, Phase, SetBy, Standing, Terms, Verdict,
    assessment::{Bounds, Counted},
};

use super::cases::{Answers, Judging};
use super::chains::{Ceiling, NO_BASE, base, baselines, chain, closings};
use super::numbers::{Ends, Number, Taken, WHOLE, count, may_be, numbers, shares, weekly, written};
use super::plans::Plan;
use super::readings::{Asked, Came, Days, Group, Slip, outcome};
use super::record::{binds, counts_from_termination, happened, is_open, termination, waits};
use super::*;

struct Count {
    days: Days,
    number: Number,
}

/// A ceiling, what sets it, and when it falls due.
struct Stage {
    phase: Option<String>,
    number: Number,
    due: Option<Days>,
}

pub(super) struct Naive<'a> {
    agreement: &'a Agreement,
    terms: &'a Terms,
    on: i64,
    /// Every baseline of the version in effect.
    bases: Vec<(i64, Ends)>,
    now: View,
    /// The phases that a baseline settled, each with the last version in which it was not.
    settled: Vec<(String, View)>,
    counts: Vec<Count>,
    /// What each reading gave of each phase whose due days are known, when it was last asked.
    pub(super) readings: Vec<BTreeSet<Came>>,
}

/// One version: its baseline, and the ceilings of its binding phases and of all.
struct View {
    as_of: Option<i64>,
    base: Ends,
    is_authorised: bool,
    /// Of a settled phase, only what is dated before the baseline that settled it counts.
    before: Option<i64>,
    binding: Vec<Stage>,
    all: Vec<Stage>,
}

/// What came of a phase.
struct Judged {
    outcome: &'static str,
    slip: Option<Bounds>,
    readings: BTreeSet<Came>,
}

impl Judged {
    /// Its due days are not known.
    const fn unknown(outcome: &'static str) -> Self {
        Self { outcome, slip: None, readings: BTreeSet::new() }
    }
}

pub(super) fn number_of(day: NaiveDate) -> i64 {
    day.num_days_from_ce().into()
}

fn day_of(number: i64) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).unwrap()).unwrap()
}

impl<'a> Judging<'a> for Naive<'a> {
    fn on(agreement: &'a Agreement, on: NaiveDate) -> Self {
        let terms = agreement.terms();
        let baselines = baselines(agreement, on);
        let view = |version: usize, before: Option<NaiveDate>| {
            let schedule = agreement.versions().nth(version).unwrap().schedule("us").unwrap();
            let baselines = &baselines[..=version];
            let stages = |all, milestones: Vec<Milestone<'_>>| {
                let due = |by: SetBy<&str>| milestones.iter().find(|at| at.by == by).unwrap().due.window().map(days_of);
                let stage = |ceiling: Ceiling| {
                    let due = due(ceiling.phase.as_deref().map_or(SetBy::Baseline, SetBy::Phase));
                    Stage { phase: ceiling.phase, number: ceiling.number, due }
                };
                chain(terms, baselines, &closings(agreement, all), all).into_iter().map(stage).collect()
            };
            let last = baselines.last().unwrap().as_ref();
            View {
                as_of: last.map(|baseline| number_of(baseline.as_of)),
                base: last.map_or(NO_BASE, base),
                is_authorised: last.is_some_and(|baseline| baseline.authorised),
                before: before.map(number_of),
                binding: stages(false, schedule.required_milestones_on(on)),
                all: stages(true, schedule.planned_milestones_on(on)),
            }
        };
        let settled = |phase: &Phase| {
            let closes = closings(agreement, phase.standing() != Standing::Binding).get(&phase.id).copied()?;
            let as_of = |version: usize| baselines[version].as_ref().unwrap().as_of;
            let version = (1..baselines.len()).find(|version| closes < as_of(*version))?;
            Some((phase.id.clone(), view(version - 1, Some(as_of(version)))))
        };
        Self {
            agreement,
            terms,
            on: number_of(on),
            bases: baselines.iter().flatten().map(|baseline| (number_of(baseline.as_of), base(baseline))).collect(),
            now: view(baselines.len() - 1, None),
            settled: terms.phases.iter().filter_map(settled).collect(),
            counts: Vec::new(),
            readings: Vec::new(),
        }
    }

    fn judge(&mut self, seen: &[Observation]) -> Answers {
        self.counts = self.counts(seen, &self.now);
        let observed = self.observed();
        let phases = self.phases(seen);
        self.readings = phases.iter().map(|judged| judged.readings.clone()).collect();
        Answers {
            phases: phases.into_iter().map(|judged| (judged.outcome, judged.slip)).collect(),
            verdict: self.verdict(),
            margin: self.margin().filter(|_| observed.is_some()).map(bounds),
            pace: self
                .pace()
                .filter(|_| observed.is_some())
                .map(|(low, high)| bounds((low.map(u64::cast_signed), high.map(u64::cast_signed)))),
            score: self.score(),
            observed: observed.map(|(people, days)| (people, [day_of(days.0), day_of(days.1)])),
        }
    }
}

impl Naive<'_> {
    /// The counts that are judged by a version. One that holds until a day is several; one that cannot be true is none.
    fn counts(&self, seen: &[Observation], view: &View) -> Vec<Count> {
        let judged = seen.iter().filter(|seen| {
            let last = seen.until.unwrap_or_else(|| seen.date.window().unwrap().latest());
            seen.kind.is_none_or(|kind| kind == ObservationKind::Count)
                && self.agreement.known_on().is_none_or(|known| seen.published.unwrap_or(last) <= known)
        });
        let counts = judged.flat_map(|seen| {
            let days = days_of(seen.date.window().unwrap());
            let until = seen.until.map(|until| number_of(until).min(self.on)).filter(|&until| until >= days.0);
            // It was so on the day of each baseline, too, and on the day before, where those are among its days.
            let around = self.bases.iter().map(|base| base.0).filter(|as_of| days.0 < *as_of && Some(*as_of) <= until);
            let all: BTreeSet<i64> = around.flat_map(|as_of| [as_of - 1, as_of]).chain(until).collect();
            let all = std::iter::once(days).chain(all.into_iter().map(|day| (day, day)));
            let in_time = |days: &Days| {
                days.1 <= self.on
                    && view.as_of.is_none_or(|as_of| days.0 >= as_of)
                    && view.before.is_none_or(|before| days.1 < before)
            };
            all.filter(in_time).flat_map(|days| self.readings_of(seen, days, view)).collect::<Vec<_>>()
        });
        counts.collect()
    }

    /// A count, by each baseline that it may count from and of which it can be true.
    fn readings_of(&self, seen: &Observation, days: Days, view: &View) -> Vec<Count> {
        let own = view.as_of.map(|as_of| (as_of, view.base));
        if matches!(seen.counted, Counted::Present(_)) || self.bases.is_empty() {
            return vec![Count { days, number: count(seen.counted, view.base) }];
        }
        let is_one = self.bases.len() == 1;
        let may_count_from = |base: &&(i64, Ends)| match seen.since {
            Some(since) => base.0 == number_of(since) && base.0 <= days.0,
            None => is_one || base.0 <= days.0,
        };
        // No more can have left than there ever were.
        let can_be_true = |base: &&(i64, Ends)| match seen.counted {
            Counted::Withdrawn(gone) => base.1.1.is_none_or(|base| written(gone).0 <= base),
            _ => true,
        };
        let by = |base: &(i64, Ends)| {
            let number = count(seen.counted, base.1);
            // What was taken away is compared where it is from the same base.
            let taken = if Some(*base) == own { number.taken } else { Taken::default() };
            Count { days, number: Number { taken, ..number } }
        };
        self.bases.iter().filter(may_count_from).filter(can_be_true).map(by).collect()
    }

    /// What came of each phase.
    fn phases(&self, seen: &[Observation]) -> Vec<Judged> {
        self.of_phases(|view, phase, number, due| match due {
            Some(due) => {
                let groups = groups(&self.counts(seen, view));
                let asked = Asked { ceiling: number, due, groups: &groups, as_of: view.as_of, on: self.on };
                let readings = asked.readings();
                let outcome = outcome(&readings);
                Judged { outcome, slip: asked.slip(outcome).map(bounds), readings }
            }
            None if self.waits(phase) && self.is_surely_below(number) => Judged::unknown("met"),
            None => Judged::unknown("awaiting"),
        })
    }

    /// Whether the agreement bound on every due day that has come, or on none.
    pub(super) fn binding_when_due(&self) -> Vec<Option<bool>> {
        self.of_phases(|_, phase, _, due| {
            let due = due?;
            let outlives = counts_from_termination(&phase.by, self.terms);
            let binds =
                |day| binds(self.terms, day) || outlives && termination(self.terms).is_some_and(|last| last < day);
            let bound: BTreeSet<bool> = (due.0..=due.1.min(self.on)).map(binds).collect();
            bound.first().copied().filter(|_| bound.len() == 1)
        })
    }

    /// The ends of the ceilings of the binding phases, and of all: of each, what sets it and what is required.
    pub(super) fn ceilings(&self) -> [Vec<(Option<&str>, Ends)>; 2] {
        [&self.now.binding, &self.now.all]
            .map(|chain| chain.iter().map(|stage| (stage.phase.as_deref(), stage.number.people)).collect())
    }

    /// What is planned, from the baseline on; what is settled is no point of it.
    pub(super) fn plan(&self) -> Plan {
        // An authorised baseline is the first milestone of a chain, and no lower than what may be there after it.
        let authorised = self.now.is_authorised.then(|| self.now.all.iter().find(|stage| stage.phase.is_none()));
        let base = authorised.flatten().map_or(self.now.base, |stage| stage.number.people);
        let is_open = |stage: &&Stage| match &stage.phase {
            Some(id) => self.settled.iter().all(|(settled, _)| settled != id),
            None => false,
        };
        let milestones: Vec<_> =
            self.now.all.iter().filter(is_open).map(|stage| (stage.number.people, stage.due)).collect();
        Plan::new(self.now.as_of.map(|as_of| (base, Some((as_of, as_of)))), &milestones)
    }

    fn of_phases<T>(&self, of: impl Fn(&View, &Phase, &Number, Option<Days>) -> T) -> Vec<T> {
        let of_phase = |phase: &Phase| {
            let view = self.settled.iter().find(|(id, _)| *id == phase.id).map_or(&self.now, |(_, view)| view);
            let chain = if phase.standing() == Standing::Binding { &view.binding } else { &view.all };
            let stage = chain.iter().find(|stage| stage.phase.as_ref() == Some(&phase.id)).unwrap();
            of(view, phase, &stage.number, stage.due)
        };
        self.terms.phases.iter().map(of_phase).collect()
    }

    /// Whether a phase waits for what has not happened, so that no reading puts its deadline before the judgement.
    fn waits(&self, phase: &Phase) -> bool {
        let terms = self.terms;
        !is_open(&phase.by, terms)
            && (waits(&phase.by, terms) || phase.conditions.iter().any(|name| !happened(name, terms)))
    }

    /// Whether the last count is at or below a ceiling in every reading.
    fn is_surely_below(&self, ceiling: &Number) -> bool {
        let latest = self.latest();
        !latest.is_empty() && latest.iter().all(|count| may_be(&count.number, ceiling) == (true, false))
    }

    /// The counts that are the latest for some choice of days.
    fn latest(&self) -> Vec<&Count> {
        let may_be_last = |index: usize| {
            let days = self.counts[index].days;
            // It is of its last day, and each other of its first.
            self.counts.iter().all(|other| other.days.0 <= days.1)
        };
        (0..self.counts.len()).filter(|&index| may_be_last(index)).map(|index| &self.counts[index]).collect()
    }

    /// What is required at all on a day: from the day after a termination only what counts from it.
    fn required_chain(&self, day: i64) -> impl Iterator<Item = &Stage> {
        let is_over = termination(self.terms).is_some_and(|last| last < day);
        let outlives = move |stage: &&Stage| {
            let phase = self.terms.phases.iter().find(|phase| stage.phase.as_ref() == Some(&phase.id));
            !is_over || phase.is_some_and(|phase| counts_from_termination(&phase.by, self.terms))
        };
        self.now.binding.iter().filter(outlives)
    }

    /// What is required on a day: the last milestone whose window opens on or before it, and the last that closes.
    fn required(&self, day: i64) -> (Option<Number>, Option<Number>) {
        let mut required = (None, None);
        for stage in self.required_chain(day) {
            let Some(due) = stage.due else { continue };
            if due.0 <= day {
                required.0 = Some(stage.number);
            }
            if due.1 <= day {
                required.1 = Some(stage.number);
            }
        }
        required
    }

    fn verdict(&self) -> Verdict {
        let latest = self.latest();
        let outlives =
            termination(self.terms).is_some_and(|last| last < self.on) && self.required_chain(self.on).count() > 0;
        if !binds(self.terms, self.on) && !outlives {
            return Verdict::NotBinding;
        }
        if self.now.binding.is_empty() {
            return Verdict::NoLimit;
        }
        let (Some(_), Some(_)) = self.required(self.on) else { return Verdict::NotDue };
        let Some(first) = latest.iter().map(|count| count.days.0).min() else { return Verdict::NotReported };
        let surely = |count: &Count, ceilings: &[Number], is: (bool, bool)| {
            ceilings.iter().any(|ceiling| may_be(&count.number, ceiling) == is)
        };
        // Forces only fall: what is below a later ceiling is below an earlier one, and what is above an earlier one is
        // above a later one.
        let (from_strict, _) = self.around(self.on);
        let (_, to_lenient) = self.around(first);
        if latest.iter().all(|count| surely(count, &from_strict, (true, false))) {
            Verdict::Compliant
        } else if latest.iter().all(|count| surely(count, &to_lenient, (false, true))) {
            Verdict::Exceeded
        } else {
            Verdict::Undetermined
        }
    }

    /// The ceilings from the strict one of a day on, and those up to the lenient one.
    fn around(&self, day: i64) -> (Vec<Number>, Vec<Number>) {
        let all = &self.now.binding;
        let index = |by: fn(Days) -> i64| {
            let last = self.required_chain(day).filter(|stage| stage.due.is_some_and(|due| by(due) <= day)).last()?;
            all.iter().position(|stage| std::ptr::eq(stage, last))
        };
        // Ceilings fall in the order of the phases, whether or not all of them are due.
        let numbers: Vec<Number> = all.iter().map(|stage| stage.number).collect();
        let from_strict = index(|window| window.0).map(|strict| numbers[strict..].to_vec());
        let to_lenient = index(|window| window.1).map(|lenient| numbers[..=lenient].to_vec());
        (from_strict.unwrap_or_default(), to_lenient.unwrap_or_default())
    }

    fn observed(&self) -> Option<(Ends, (i64, i64))> {
        let latest = self.latest();
        let people = || latest.iter().map(|count| count.number.people);
        let days = || latest.iter().map(|count| count.days);
        let low = people().map(|people| people.0).min()?;
        let high = people().map(|people| people.1.unwrap_or(i64::MAX)).max().filter(|&high| high < i64::MAX);
        Some(((low, high), (days().map(|days| days.0).min()?, days().map(|days| days.1).max()?)))
    }

    /// Ceiling minus count, the least from the strict ceiling and the greatest from the lenient one.
    fn margin_of(&self, count: &Number, strict: &Number, lenient: Option<&Number>) -> (Option<i64>, Option<i64>) {
        let lows = self.differences(count, strict).into_iter().filter_map(|difference| difference.0);
        let highs = lenient.map(|lenient| self.differences(count, lenient)).unwrap_or_default();
        // Those who may stay are not told from what was to be taken away; the first are the people.
        let ways = if lenient.is_some_and(|lenient| lenient.is_raised) { 1 } else { highs.len() };
        (lows.max(), highs.into_iter().take(ways).filter_map(|difference| difference.1).min())
    }

    /// The least and the greatest difference that people, numbers taken away and shares taken away give.
    fn differences(&self, count: &Number, ceiling: &Number) -> Vec<(Option<i64>, Option<i64>)> {
        let span = |of: Vec<i64>, low_open: bool, high_open: bool| {
            (of.iter().min().copied().filter(|_| !low_open), of.iter().max().copied().filter(|_| !high_open))
        };
        let is_open = |ends: Ends| ends.1.is_none();
        let minus = |more: Ends, less: Ends| {
            let all = numbers(more).flat_map(|more| numbers(less).map(move |less| more - less)).collect();
            span(all, is_open(less), is_open(more))
        };
        let mut all = vec![minus(ceiling.people, count.people)];
        if let Some((ours, theirs)) = count.taken.people.zip(ceiling.taken.people) {
            all.push(minus(ours, theirs));
        }
        if let Some((ours, theirs)) = count.taken.share.zip(ceiling.taken.share) {
            let parts: Vec<i64> = shares(ours)
                .into_iter()
                .flat_map(|ours| shares(theirs).into_iter().map(move |theirs| ours - theirs))
                .collect();
            let of_bases = |part: &i64| numbers(self.now.base).map(|base| part * base).collect::<Vec<_>>();
            let people: Vec<i64> = parts.iter().flat_map(of_bases).collect();
            let least = people.iter().map(|people| people.div_euclid(WHOLE)).min();
            let most = people.iter().map(|people| -(-people).div_euclid(WHOLE)).max();
            let open = is_open(self.now.base);
            // Just above is so of any base.
            let falls = parts.iter().any(|part| *part < -2);
            let rises = parts.iter().any(|part| *part > 2);
            all.push((least.filter(|_| !(open && falls)), most.filter(|_| !(open && rises))));
        }
        all
    }

    fn margin(&self) -> Option<(Option<i64>, Option<i64>)> {
        let (Some(strict), lenient) = self.required(self.on) else { return None };
        let of_counts: Vec<_> =
            self.latest().iter().map(|count| self.margin_of(&count.number, &strict, lenient.as_ref())).collect();
        let low = of_counts.iter().map(|margin| margin.0.unwrap_or(i64::MIN)).min()?;
        let high = of_counts.iter().map(|margin| margin.1.unwrap_or(i64::MAX)).max()?;
        Some((Some(low).filter(|&low| low > i64::MIN), Some(high).filter(|&high| high < i64::MAX)))
    }

    /// The least and the greatest score, over every baseline, every last ceiling and every latest count.
    fn score(&self) -> Option<(u8, u8)> {
        let last = self.now.binding.last().filter(|stage| stage.phase.is_some())?;
        let (observed, _) = self.observed()?;
        let mut scores = BTreeSet::new();
        // Of a base that is not known, more than half of any number in sums may have left, too.
        let open = self.now.base.1.is_none().then_some(1_000);
        for base in numbers(self.now.base).chain(open) {
            for goal in numbers(last.number.people) {
                scores.extend(numbers(observed).map(|count| match count {
                    count if count <= goal => 3,
                    count if count >= base => 0,
                    count if base + goal >= 2 * count => 2,
                    _ => 1,
                }));
            }
        }
        Some((*scores.first()?, *scores.last()?))
    }

    /// People a week to the next milestone, over every day of the count and every due day.
    fn pace(&self) -> Option<(Option<u64>, Option<u64>)> {
        let closes_later = |stage: &&Stage| stage.due.is_some_and(|due| due.1 > self.on);
        let next = self.required_chain(self.on).find(closes_later)?;
        let (number, due) = (next.number, next.due?);
        let mut paces = Vec::new();
        for count in self.latest() {
            let (least, most) = self.margin_of(&count.number, &number, Some(&number));
            for day in count.days.0..=count.days.1 {
                for due in due.0..=due.1 {
                    paces.push((
                        most.map_or(0, |most| weekly(-most, due - day)),
                        least.map(|least| weekly(-least, due - day)),
                    ));
                }
            }
        }
        let low = paces.iter().map(|pace| pace.0).min()?;
        let high = paces.iter().map(|pace| pace.1.unwrap_or(u64::MAX)).max()?;
        Some((Some(low), Some(high).filter(|&high| high < u64::MAX)))
    }
}

/// Counts of the same window are one.
fn groups(counts: &[Count]) -> Vec<Group> {
    let mut groups: BTreeMap<Days, Vec<Number>> = BTreeMap::new();
    for count in counts {
        groups.entry(count.days).or_default().push(count.number);
    }
    groups.into_iter().map(|(days, numbers)| Group { days, numbers }).collect()
}

fn days_of(window: force_drawdown::Window) -> Days {
    (number_of(window.earliest()), number_of(window.latest()))
}

fn bounds((low, high): Slip) -> Bounds {
    Bounds { low, high }
}
