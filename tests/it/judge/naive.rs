//! A slow judge, written from the words of the design: it goes through days, numbers and readings one by one.
//!
//! It takes the windows and the bands of the milestones from the schedule, which has tests of its own, and reads the
//! numbers that have been taken away, and everything about counts, from what is written.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use force_drawdown::{
    Deadline, Event, Milestone, ObservationKind, Phase, SetBy, Standing, Terms, Verdict,
    assessment::{Bounds, Counted},
};

use super::cases::{Answers, Case, Judging};
use super::numbers::{Ends, Number, Taken, ceiling, count, exactly, may_be, numbers, shares, taken, written};
use super::readings::{Asked, Came, Days, Group, Slip};
use super::*;

struct Count {
    days: Days,
    number: Number,
}

pub(super) struct Naive {
    agreement: Agreement,
    on: i64,
    as_of: Option<i64>,
    base: Ends,
    counts: Vec<Count>,
}

fn number_of(day: NaiveDate) -> i64 {
    day.num_days_from_ce().into()
}

fn day_of(number: i64) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).unwrap()).unwrap()
}

impl Judging for Naive {
    fn judge(case: &Case) -> Answers {
        let slow = Self::new(case);
        let observed = slow.observed();
        let is_binding = |phase: &Phase| phase.standing() == Standing::Binding;
        Answers {
            phases: slow.phases(),
            verdict: slow.verdict(slow.agreement.binds_on(case.on)),
            margin: slow.margin().filter(|_| observed.is_some()).map(|(low, high)| Bounds { low, high }),
            pace: slow
                .pace()
                .filter(|_| observed.is_some())
                .map(|(low, high)| Bounds { low: low.map(u64::cast_signed), high: high.map(u64::cast_signed) }),
            score: slow.score().filter(|_| case.terms.phases.iter().any(is_binding)),
            observed: observed.map(|(people, days)| (people, [day_of(days.0), day_of(days.1)])),
        }
    }
}

/// Whether so many can have left.
fn can_be_true(counted: Counted, base: Ends) -> bool {
    let Counted::Withdrawn(gone) = counted else { return true };
    base.1.is_none_or(|base| written(gone).0 <= base)
}

impl Naive {
    pub(super) fn new(case: &Case) -> Self {
        let Case { seen, on, known, .. } = case;
        let agreement = case.agreement();
        let baseline = agreement.terms().forces[0].baseline.as_ref();
        let base = baseline.map_or((0, None), |baseline| {
            if baseline.authorised { ceiling(baseline.strength) } else { written(baseline.strength) }
        });
        let as_of = baseline.map(|baseline| number_of(baseline.as_of));
        let on = number_of(*on);
        let counts = seen.iter().filter_map(|seen| {
            let days = seen.date.window().unwrap();
            let days = (number_of(days.earliest()), number_of(days.latest()));
            let published = seen.published.map_or(days.1, number_of);
            let counts = seen.kind.is_none_or(|kind| kind == ObservationKind::Count)
                && days.1 <= on
                && as_of.is_none_or(|as_of| days.0 >= as_of)
                && known.is_none_or(|known| published <= number_of(known))
                && can_be_true(seen.counted, base);
            counts.then(|| Count { days, number: count(seen.counted, base) })
        });
        Self { agreement, on, as_of, base, counts: counts.collect() }
    }

    fn milestones(&self, standing: Standing) -> Vec<(Milestone<'_>, Taken)> {
        let on = day_of(self.on);
        let schedule = self.agreement.schedule("us").unwrap();
        let milestones = match standing {
            Standing::Binding => schedule.required_milestones_on(on),
            Standing::Envisaged => schedule.planned_milestones_on(on),
        };
        let nothing = Some(exactly(0));
        let mut before = Taken { people: nothing, share: nothing };
        milestones
            .into_iter()
            .map(|milestone| {
                if let SetBy::Phase(id) = milestone.by {
                    let phase = self.agreement.terms().phases.iter().find(|phase| phase.id == id).unwrap();
                    before = taken(before, phase.limits[0].kind);
                }
                (milestone, before)
            })
            .collect()
    }

    /// What came of each phase, and its slip.
    fn phases(&self) -> Vec<(&'static str, Option<Bounds>)> {
        self.of_phases(|phase, number, asked| match asked {
            Some(asked) => {
                let outcome = asked.outcome();
                (outcome, asked.slip(outcome).map(bounds))
            }
            None if self.waits(phase) && self.is_surely_below(number) => ("met", None),
            None => ("awaiting", None),
        })
    }

    /// What each reading gives of each phase whose due days are known.
    pub(super) fn readings(&self) -> Vec<BTreeSet<Came>> {
        self.of_phases(|_, _, asked| asked.map(|asked| asked.readings()).unwrap_or_default())
    }

    fn of_phases<T>(&self, of: impl Fn(&Phase, &Number, Option<Asked<'_>>) -> T) -> Vec<T> {
        let groups = self.groups();
        let of_phase = |phase: &Phase| {
            let milestones = self.milestones(phase.standing());
            let (milestone, taken) = milestones.into_iter().find(|(at, _)| at.by == SetBy::Phase(&phase.id)).unwrap();
            let number = Number { people: ends(&milestone), taken };
            let (groups, as_of, on) = (groups.as_slice(), self.as_of, self.on);
            let asked = window(&milestone).map(|due| Asked { ceiling: &number, due, groups, as_of, on });
            of(phase, &number, asked)
        };
        self.agreement.terms().phases.iter().map(of_phase).collect()
    }

    /// Counts of the same window are one.
    fn groups(&self) -> Vec<Group> {
        let mut groups: BTreeMap<Days, Vec<Number>> = BTreeMap::new();
        for count in &self.counts {
            groups.entry(count.days).or_default().push(count.number);
        }
        groups.into_iter().map(|(days, numbers)| Group { days, numbers }).collect()
    }

    /// Whether a phase waits for what has not happened, so that no reading puts its deadline before the judgement.
    fn waits(&self, phase: &Phase) -> bool {
        let terms = self.agreement.terms();
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

    /// What is required on a day: the last milestone whose window opens on or before it, and the last that closes.
    fn required(&self, day: i64) -> (Option<Number>, Option<Number>) {
        let mut required = (None, None);
        for (milestone, taken) in self.milestones(Standing::Binding) {
            let Some(window) = window(&milestone) else { continue };
            let number = Number { people: ends(&milestone), taken };
            if window.0 <= day {
                required.0 = Some(number);
            }
            if window.1 <= day {
                required.1 = Some(number);
            }
        }
        required
    }

    fn verdict(&self, binds: bool) -> Verdict {
        let latest = self.latest();
        if !binds {
            return Verdict::NotBinding;
        }
        if self.milestones(Standing::Binding).is_empty() {
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
        let milestones = self.milestones(Standing::Binding);
        let index = |by: fn((i64, i64)) -> i64| {
            milestones.iter().rposition(|(at, _)| window(at).is_some_and(|window| by(window) <= day))
        };
        let numbers: Vec<Number> =
            milestones.iter().map(|(at, taken)| Number { people: ends(at), taken: *taken }).collect();
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
        (lows.max(), highs.into_iter().filter_map(|difference| difference.1).min())
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
            let parts = || shares(ours).flat_map(|ours| shares(theirs).map(move |theirs| ours - theirs));
            let least =
                parts().flat_map(|part| numbers(self.base).map(move |base| (part * base).div_euclid(100))).min();
            let most =
                parts().flat_map(|part| numbers(self.base).map(move |base| -(-part * base).div_euclid(100))).max();
            let open = is_open(self.base);
            let falls = parts().any(|part| part < 0);
            let rises = parts().any(|part| part > 0);
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
        let (last, _) = self.milestones(Standing::Binding).pop()?;
        let (observed, _) = self.observed()?;
        let mut scores = BTreeSet::new();
        for base in numbers(self.base) {
            for goal in numbers(ends(&last)) {
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
        let closes_later = |(at, _): &(Milestone<'_>, Taken)| window(at).is_some_and(|due| due.1 > self.on);
        let (next, taken) = self.milestones(Standing::Binding).into_iter().find(closes_later)?;
        let (number, due) = (Number { people: ends(&next), taken }, window(&next)?);
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

/// Rounded up; `u64::MAX` where there are people to leave and no day for it.
fn weekly(people: i64, days: i64) -> u64 {
    match (u64::try_from(people), u64::try_from(days)) {
        (Err(_) | Ok(0), _) => 0,
        (_, Err(_) | Ok(0)) => u64::MAX,
        (Ok(people), Ok(days)) => (people * 7).div_ceil(days),
    }
}

fn ends(milestone: &Milestone<'_>) -> Ends {
    (milestone.band.low().into(), milestone.band.high().map(i64::from))
}

fn window(milestone: &Milestone<'_>) -> Option<(i64, i64)> {
    milestone.due.window().map(|due| (number_of(due.earliest()), number_of(due.latest())))
}

fn bounds((low, high): Slip) -> Bounds {
    Bounds { low, high }
}

fn happened(name: &str, terms: &Terms) -> bool {
    terms.record.iter().any(|act| act.name.as_deref() == Some(name))
}

/// Whether `open` is anywhere in a deadline.
fn is_open(deadline: &Deadline, terms: &Terms) -> bool {
    match deadline {
        Deadline::Open => true,
        Deadline::After { event: Event::Phase(id), .. } => {
            terms.phases.iter().any(|phase| phase.id == *id && is_open(&phase.by, terms))
        }
        other => other.members().iter().any(|member| is_open(member, terms)),
    }
}

/// Whether a deadline counts from an event that is not on record, in every reading.
fn waits(deadline: &Deadline, terms: &Terms) -> bool {
    let waits_too = |member: &Deadline| waits(member, terms);
    match deadline {
        Deadline::After { event: Event::Named(name), .. } => !happened(name, terms),
        Deadline::After { event: Event::Phase(id), .. } => {
            let phase = terms.phases.iter().find(|phase| phase.id == *id).unwrap();
            waits(&phase.by, terms) || phase.conditions.iter().any(|name| !happened(name, terms))
        }
        Deadline::Latest(members) => members.iter().any(waits_too),
        Deadline::Any(members) | Deadline::Earliest(members) => members.iter().all(waits_too),
        _ => false,
    }
}
