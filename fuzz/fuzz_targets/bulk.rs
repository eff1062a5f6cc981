//! Answers in bulk are those of the single questions; a delay changes no day before it; the order of the record and all that
//! is known in the end change nothing.
#![no_main]

use chrono::NaiveDate;
use force_drawdown::bulk::{CountColumns, NO_MARGIN, NO_VERDICT, NONE, Portfolio, VerdictColumns};
use force_drawdown::{Agreement, ApprovalState, GatedStep, Interpolation, Observation, Quantity, Schedule, Verdict, day};
use libfuzzer_sys::fuzz_target;

const FIRST: NaiveDate = day!(1, 1, 1);
const LAST: NaiveDate = day!(9999, 12, 31);

const EVERY: [Interpolation; 3] = [Interpolation::Step, Interpolation::Linear, Interpolation::Monotone];

fn number(day: NaiveDate) -> i32 {
    day.to_epoch_days()
}

/// Days on which something changes, with those beside them, and the first and last that there are.
fn days(agreement: &Agreement) -> Vec<NaiveDate> {
    let dated: Vec<_> = agreement.timeline().take(6).flat_map(|dated| [dated.days.earliest(), dated.days.latest()]).collect();
    let beside = dated.into_iter().flat_map(|day| [day.pred_opt(), Some(day), day.succ_opt()]).flatten();
    let mut days: Vec<_> = beside.chain([FIRST, LAST]).collect();
    days.sort();
    days.dedup();
    days
}

fn required(schedule: &Schedule<'_>, day: NaiveDate) -> (u32, u32) {
    let ceiling = schedule.required_on(day);
    (ceiling.as_ref().map_or(NONE, |it| it.strict), ceiling.and_then(|it| it.lenient).unwrap_or(NONE))
}

fn planned(schedule: &Schedule<'_>, day: NaiveDate, how: Interpolation) -> (u32, u32) {
    let planned = schedule.planned_on(day, how);
    (planned.low.unwrap_or(NONE), planned.high.unwrap_or(NONE))
}

/// Series, filled columns and columns of a portfolio, against single days.
fn series(agreement: &Agreement, portfolio: &Portfolio, key: u32, force: &str, days: &[NaiveDate]) {
    let Some(schedule) = agreement.schedule(force) else { panic!("{force} is a force") };
    let numbers: Vec<_> = days.iter().map(|day| number(*day)).collect();
    let keys = vec![key; days.len()];
    let (mut low, mut high) = (vec![0; days.len()], vec![0; days.len()]);
    let check = |answer: &dyn Fn(NaiveDate) -> (u32, u32), low: &[u32], high: &[u32]| {
        for (day, ends) in days.iter().zip(low.iter().zip(high)) {
            assert_eq!((*ends.0, *ends.1), answer(*day), "{force} on {day}");
        }
    };
    assert_eq!(portfolio.required_numbers(&keys, &numbers, &mut low, &mut high), days.len());
    check(&|day| required(&schedule, day), &low, &high);
    for (day, (low, high)) in days.iter().zip(low.iter_mut().zip(&mut high)) {
        schedule.fill_required(*day..=*day, std::slice::from_mut(low), std::slice::from_mut(high));
    }
    check(&|day| required(&schedule, day), &low, &high);
    for how in EVERY {
        portfolio.planned_numbers(&keys, &numbers, how, &mut low, &mut high);
        check(&|day| planned(&schedule, day, how), &low, &high);
    }
    // A table of a day each is small where the agreement is short.
    let is_short = schedule.days().is_some_and(|days| number(*days.end()) - number(*days.start()) < 4_000);
    if is_short && agreement.terms().amendments.is_empty() {
        schedule.compile_required().at_many(days, &mut low, &mut high);
        check(&|day| required(&schedule, day), &low, &high);
        for how in EVERY {
            schedule.compile(how).at_many(days, &mut low, &mut high);
            check(&|day| planned(&schedule, day, how), &low, &high);
        }
    }
}

/// Verdicts and margins on one count, against the assessment of that count alone.
fn verdicts(agreement: &Agreement, portfolio: &Portfolio, keys: &[(u32, String)], days: &[NaiveDate], counts: &[(u32, u32)]) {
    for on in days {
        for &(low, high) in counts {
            let of: Vec<_> = keys.iter().map(|(key, _)| *key).collect();
            let (on_each, low_each, high_each) = (vec![number(*on); of.len()], vec![low; of.len()], vec![high; of.len()]);
            let rows = CountColumns { keys: &of, days: &on_each, low: &low_each, high: &high_each };
            let (mut codes, mut margin_low, mut margin_high) = (vec![0; of.len()], vec![0; of.len()], vec![0; of.len()]);
            let mut out =
                VerdictColumns { verdicts: &mut codes, margin_low: &mut margin_low, margin_high: &mut margin_high };
            assert_eq!(portfolio.judge(rows, &mut out), of.len());
            for (row, (_, force)) in keys.iter().enumerate() {
                let quantity = if high == NONE { Quantity::AtLeast(low) } else { Quantity::Range(low, high) };
                let mut count = Observation::present(*on, quantity).of(force.as_str());
                count.published = Some(FIRST);
                let assessment = agreement.assess(&[count], *on);
                let single = assessment.forces.iter().find(|single| single.force == *force);
                let found = (codes[row] != NO_VERDICT).then(|| Verdict::from_code(codes[row]).expect("a code"));
                assert_eq!(found, single.map(|single| single.verdict), "{force} on {on}");
                let margin = single.and_then(|single| single.margin);
                let ends = [margin_low[row], margin_high[row]].map(|end| (end != NO_MARGIN).then_some(end));
                assert_eq!(ends, [margin.and_then(|it| it.low), margin.and_then(|it| it.high)], "{force} on {on}");
            }
        }
    }
}

type Answers = (ApprovalState, bool, usize, Vec<(u32, u32)>, [usize; 2]);

fn answers(agreement: &Agreement, day: NaiveDate) -> Answers {
    let forces = agreement.terms().forces.iter().take(3).filter_map(|force| agreement.schedule(&force.id));
    let ends = forces.flat_map(|schedule| [required(&schedule, day), planned(&schedule, day, Interpolation::Monotone)]);
    let blockers = [GatedStep::Announcement, GatedStep::Execution].map(|step| agreement.blockers_on(step, day).len());
    (agreement.approval_on(day), agreement.binds_on(day), agreement.version_on(day), ends.collect(), blockers)
}

fuzz_target!(|data: &[u8]| {
    let Ok(agreement) = Agreement::read(&mut serde_json::Deserializer::from_slice(data)) else { return };
    let days = days(&agreement);
    let mut portfolio = Portfolio::new();
    let keys = portfolio.add(&agreement).expect("the first agreement");
    assert!(portfolio.add(&agreement).is_err());
    let keys: Vec<_> = keys.take(4).map(|key| (key, portfolio.name(key).expect("a key").1.to_owned())).collect();
    for (key, force) in &keys {
        series(&agreement, &portfolio, *key, force, &days);
    }
    let seed = data.iter().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
    let counts = [(0, 0), (seed % 5_000, seed % 5_000 + seed % 7), (seed % 3_000, NONE)];
    verdicts(&agreement, &portfolio, &keys, days.get(..12).unwrap_or(&days), &counts);

    let mut shuffled = agreement.terms().clone();
    let half = shuffled.record.len() / 2;
    shuffled.record.rotate_left(half);
    shuffled.record.reverse();
    let shuffled = Agreement::try_from(shuffled).expect("the order of the record breaks no rule");
    let known = agreement.as_known_on(LAST);
    for day in &days {
        assert_eq!(answers(&shuffled, *day), answers(&agreement, *day), "in another order, on {day}");
        assert_eq!(answers(&known, *day), answers(&agreement, *day), "as known in the end, on {day}");
    }
    let Some(&on) = days.get(seed as usize % days.len()) else { return };
    let then = agreement.as_known_on(on);
    let again = then.as_known_on(on);
    for day in &days {
        assert_eq!(answers(&again, *day), answers(&then, *day), "as known twice, on {day}");
    }
    let Some(phase) = agreement.terms().phases.first() else { return };
    for by in [-(seed as i32 % 100), seed as i32 % 1_000] {
        let Ok(delayed) = agreement.delayed(&phase.id, by, on) else { continue };
        for day in days.iter().filter(|day| **day < on) {
            assert_eq!(answers(&delayed, *day), answers(&agreement, *day), "delayed by {by} days on {on}, on {day}");
        }
    }
});
