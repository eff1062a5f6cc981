//! Small documents of one force with counts, generated: the slow judge and the crate say the same of them.

use std::collections::BTreeSet;

use force_drawdown::{
    Act, ActKind, Baseline, Deadline, Event, Force, Interpolation, Limit, Milestone, Observation, ObservationKind,
    Part, Party, Period, Phase, Quantity, Residual, ResidualStatus, Role, SetBy, Share, Standing, Terms, Verdict,
    assessment::{Bounds, Counted},
    day,
    terms::Ratio,
};
use proptest::prelude::*;

use super::naive::{Naive, number_of};
use super::numbers::{Ends, withdrawal};
use super::readings::Came;
use super::*;

pub(super) const FIRST: NaiveDate = day!(2000, 1, 1);

/// A document, what was seen, the day of judgement, and the day as known.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) terms: Terms,
    pub(super) seen: Vec<Observation>,
    pub(super) on: NaiveDate,
    pub(super) known: Option<NaiveDate>,
}

pub(super) fn cases(fallback: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(asked.unwrap_or(fallback)) }
}

pub(super) fn after(days: u32) -> NaiveDate {
    FIRST + Days::new(days.into())
}

pub(super) fn period(first: NaiveDate, last: NaiveDate) -> Period {
    if first == last { Period::Of(Part::Day(first)) } else { Period::Between(Part::Day(first), Part::Day(last)) }
}

/// How a number is written that lies in a band.
#[derive(Clone, Copy, Debug)]
enum Written {
    Plain,
    AtLeast,
    AtMost,
    /// Of a share, without the bound itself.
    MoreThan,
    FewerThan,
    Between,
    Unspecified,
}

fn written() -> impl Strategy<Value = Written> {
    prop_oneof![
        8 => Just(Written::Plain),
        1 => Just(Written::AtLeast),
        1 => Just(Written::AtMost),
        1 => Just(Written::MoreThan),
        1 => Just(Written::FewerThan),
        1 => Just(Written::Between),
        1 => Just(Written::Unspecified),
    ]
}

fn quantity(low: u32, high: u32, written: Written) -> Quantity {
    match written {
        Written::Plain if low == high => Quantity::Exact(low),
        Written::Plain => Quantity::Range(low, high),
        Written::AtLeast | Written::MoreThan => Quantity::AtLeast(low),
        Written::AtMost | Written::FewerThan => Quantity::AtMost(high),
        Written::Between => Quantity::Between(low, high),
        Written::Unspecified => Quantity::Unspecified,
    }
}

fn share(low: u32, high: u32, written: Written) -> Share {
    let percent = |tenths: u32| Ratio::percent(10 * tenths);
    match written {
        Written::AtLeast => Share::AtLeast(percent(low)),
        Written::AtMost => Share::AtMost(percent(high)),
        Written::MoreThan if low < 10 => Share::MoreThan(percent(low)),
        Written::FewerThan if high > 0 => Share::FewerThan(percent(high)),
        _ if low == high => Share::Exact(percent(low)),
        _ => Share::Range(percent(low), percent(high)),
    }
}

/// One phase as it is drawn: which limit, how many more leave, how vague that is, and its days.
type Draw = (u8, u32, u32, Written, (u32, u32), bool);

/// What has been taken away so far, for certain and at most: what is written later is no less, so that each ceiling is
/// below the one before it.
#[derive(Default)]
struct Gone {
    people: (u32, Option<u32>),
    tenths: (u32, u32),
}

fn limit(strength: u32, gone: &mut Gone, draw: Draw) -> Limit {
    let (kind, step, spread, written, ..) = draw;
    let (low, high) = gone.people;
    let more = |written| withdrawal(quantity(step, step + spread, written));
    match (kind, high) {
        (0, _) => {
            let left = |gone: u32| strength.saturating_sub(gone);
            let (low, high) = (low + step, high.unwrap_or(low) + step + spread);
            gone.people = (low, Some(high));
            let written = if let Written::Unspecified = written { Written::Plain } else { written };
            Limit::remain(quantity(left(high), left(low), written))
        }
        (1, Some(_)) => {
            let (least, most): Ends = more(written);
            let number = |n: i64| u32::try_from(n).unwrap();
            gone.people = (low + number(least), high.zip(most).map(|(high, most)| high + number(most)));
            Limit::withdraw(quantity(step, step + spread, written))
        }
        (2, Some(high)) => {
            let (low, high) = (low + step, high + step + spread);
            gone.people = (low, Some(high));
            Limit::withdrawn(quantity(low, high, Written::Plain))
        }
        (3 | 4, _) => {
            let (low, high) = ((gone.tenths.0 + step).min(10), (gone.tenths.1 + step + spread).min(10));
            gone.tenths = (low, high);
            // What is above or below a bound is so by less than the next tenth.
            let open = |open: Written, step: u32| if step > 0 { open } else { Written::Plain };
            match written {
                Written::MoreThan if kind == 3 => Limit::withdrawn_share(share(low, low, open(written, 10 - low))),
                Written::FewerThan if kind == 4 => {
                    Limit::remain_share(share(10 - low, 10 - low, open(written, 10 - low)))
                }
                _ if kind == 3 => Limit::withdrawn_share(share(low, high, Written::Plain)),
                _ => Limit::remain_share(share(10 - high, 10 - low, Written::Plain)),
            }
        }
        _ => {
            let step = step.min(10 - gone.tenths.1);
            gone.tenths = (gone.tenths.0 + step, gone.tenths.1 + step);
            Limit::withdraw_share(share(
                step,
                step,
                if let Written::AtLeast | Written::MoreThan = written { written } else { Written::Plain },
            ))
        }
    }
}

fn observation() -> impl Strategy<Value = Observation> {
    let days = (0..20_u32, prop_oneof![3 => Just(0_u32), 2 => 1..3_u32]);
    let number = (0..3_u8, 0..22_u32, prop_oneof![2 => Just(0_u32), 1 => 1..5_u32], written());
    let published = prop_oneof![4 => Just(None), 1 => (0..26_u32).prop_map(|days| Some(after(days)))];
    let kind =
        prop_oneof![9 => Just(None), 1 => proptest::sample::select(ObservationKind::ALL.to_vec()).prop_map(Some)];
    // Some counts of a day hold for more days.
    let held = prop_oneof![5 => Just(None), 1 => (0..9_u32).prop_map(Some)];
    (days, number, published, kind, held).prop_map(
        |((first, length), (of, n, spread, written), published, kind, held)| {
            let counted = match of {
                0 => Counted::Present(quantity(n, n + spread, written)),
                1 => Counted::Withdrawn(quantity(n, n + spread, written)),
                _ => Counted::WithdrawnShare(share(n / 2 % 10, (n / 2 % 10 + spread).min(10), written)),
            };
            let until = held.filter(|_| length == 0).map(|held| after(first + held));
            Observation {
                published,
                kind,
                until,
                ..Observation::new(period(after(first), after(first + length)), counted)
            }
        },
    )
}

fn baseline() -> impl Strategy<Value = Option<Baseline>> {
    let draw = (12..24_u32, prop_oneof![1 => Just(0_u32), 1 => 1..5_u32], written(), any::<bool>(), 0..3_u32);
    prop_oneof![
        9 => draw.prop_map(|(n, spread, written, authorised, as_of)| {
            let open = matches!(written, Written::AtLeast | Written::MoreThan | Written::Unspecified);
            let baseline = Baseline::new(quantity(n, n + spread, written), after(as_of));
            Some(Baseline { authorised: authorised && !open, ..baseline })
        }),
        1 => Just(None),
    ]
}

fn residual() -> impl Strategy<Value = Option<Residual>> {
    let draw = (0..20_u32, prop_oneof![1 => Just(0_u32), 1 => 1..5_u32], written(), any::<bool>());
    let residual = draw.prop_map(|(n, spread, written, is_agreed)| {
        let status = if is_agreed { ResidualStatus::Agreed } else { ResidualStatus::Proposed };
        Residual::new(quantity(n, n + spread, written), status)
    });
    prop_oneof![3 => Just(None), 1 => residual.prop_map(Some)]
}

/// The kinds of deadlines: of every seven, one waits for an event, or has one that does among its members.
fn deadline(kind: u8, days: Period, before: Option<String>) -> Deadline {
    let (days, event) = (Deadline::from(days), |name: &str| Deadline::after(Event::Named(name.to_owned())).days(3));
    match kind {
        0 => event("x"),
        1 => Deadline::latest([days, event("x")]),
        2 => Deadline::any([event("x"), event("y")]),
        3 => Deadline::any([days, event("x")]),
        4 => Deadline::earliest([event("x"), Deadline::latest([event("y"), days])]),
        5 => Deadline::earliest([days, event("x")]),
        6 => Deadline::latest([event("x"), Deadline::Open]),
        8 => Deadline::before(Event::Named("x".to_owned())),
        9 => Deadline::before(Event::Named("x".to_owned())).days(3),
        7 => before.map_or(Deadline::Open, |before| Deadline::after(Event::Phase(before)).days(2)),
        _ => days,
    }
}

/// Documents are legal by construction, but for the few whose ceilings cross where one kind of limit follows another.
pub(super) fn case() -> impl Strategy<Value = Case> {
    let spread = || prop_oneof![1 => Just(0_u32), 1 => 1..4_u32];
    let days = (0..7_u32, prop_oneof![1 => Just(0_u32), 1 => 1..4_u32]);
    let draw = (0..6_u8, 0..5_u32, spread(), written(), days, proptest::bool::weighted(0.2));
    let draw = (draw, (0..64_u8, proptest::bool::weighted(0.05)));
    let phases = proptest::collection::vec(draw, 1..4);
    // Half of the time all phases have a limit of the one kind.
    let kind = prop_oneof![Just(None), (0..6_u8).prop_map(Some)];
    let seen = proptest::collection::vec(observation(), 0..6);
    let announced = prop_oneof![5 => Just(0_u32), 1 => 0..24_u32];
    let known = prop_oneof![3 => Just(None), 1 => (0..26_u32).prop_map(|days| Some(after(days)))];
    let above = prop_oneof![3 => Just(0_u32), 1 => 1..6_u32];
    let suspended = prop_oneof![3 => Just(None), 1 => (0..20_u32, 1..9_u32).prop_map(Some)];
    (baseline(), phases, kind, seen, (announced, suspended, residual(), above), 0..26_u32, known)
        .prop_map(|(baseline, draws, kind, seen, (announced, suspended, residual, above), on, known)| {
            let mut terms = Terms::new("T");
            terms.residual = residual.into_iter().collect();
            terms.parties = vec![Party::new("W", "Witness", Role::Witness)];
            let strength =
                baseline.as_ref().and_then(|baseline| baseline.strength.band()).map_or(16, force_drawdown::Band::low);
            // More may be allowed than were counted.
            let is_authorised = baseline.as_ref().is_some_and(|baseline| baseline.authorised);
            let strength = if is_authorised { strength } else { strength + above };
            let as_of = baseline.as_ref().map_or(FIRST, |baseline| baseline.as_of);
            terms.forces = vec![Force { baseline, ..Force::new("us") }];
            terms.record = vec![Act::new(after(announced), ActKind::Announced).published(FIRST)];
            if let Some((from, length)) = suspended {
                let act = |days, kind| Act::new(after(days), kind).published(FIRST);
                terms.record.extend([act(from, ActKind::Suspended), act(from + length, ActKind::Resumed)]);
            }
            let mut gone = Gone::default();
            let (mut first, mut last) = (as_of, as_of);
            for (index, (mut draw, (waits, has_condition))) in draws.into_iter().enumerate() {
                draw.0 = kind.unwrap_or(draw.0);
                let (gap, length) = draw.4;
                first = first + Days::new(gap.into());
                last = last.max(first + Days::new(length.into()));
                let by = deadline(waits, period(first, last), (index > 0).then(|| index.to_string()));
                let phase = Phase::new((index + 1).to_string(), by).limit(limit(strength, &mut gone, draw));
                let standing = draw.5.then_some(Standing::Envisaged);
                let conditions = has_condition.then(|| "z".to_owned()).into_iter().collect();
                terms.phases.push(Phase { standing, conditions, ..phase });
            }
            Case { terms, seen, on: after(on), known }
        })
        .prop_filter("a ceiling rises", |case| Agreement::try_from(case.terms.clone()).is_ok())
}

impl Case {
    pub(super) fn agreement(&self) -> Agreement {
        let agreement = Agreement::try_from(self.terms.clone()).unwrap();
        self.known.map_or_else(|| agreement.clone(), |known| agreement.as_known_on(known))
    }

    pub(super) fn assess(&self) -> Assessment {
        self.agreement().assess(&self.seen, self.on)
    }

    pub(super) fn text(&self) -> String {
        let json = |value: &serde_json::Value| value.to_string();
        let (terms, seen) = (serde_json::json!(self.terms), serde_json::json!(self.seen));
        format!("on {} as known {:?}\n{}\n{}", self.on, self.known, json(&terms), json(&seen))
    }
}

/// What is said of a case.
#[derive(PartialEq, Debug)]
pub(super) struct Answers {
    /// What came of each phase, and its slip.
    pub(super) phases: Vec<(&'static str, Option<Bounds>)>,
    pub(super) verdict: Verdict,
    /// The latest count and its days.
    pub(super) observed: Option<(Ends, [NaiveDate; 2])>,
    pub(super) margin: Option<Bounds>,
    pub(super) pace: Option<Bounds>,
    pub(super) score: Option<(u8, u8)>,
}

/// What an implementation of judging says of the one force and the phases of an agreement on a day.
pub(super) trait Judging<'a> {
    fn on(agreement: &'a Agreement, on: NaiveDate) -> Self;

    fn judge(&mut self, seen: &[Observation]) -> Answers;
}

pub(super) struct TheCrate<'a> {
    agreement: &'a Agreement,
    on: NaiveDate,
}

impl<'a> Judging<'a> for TheCrate<'a> {
    fn on(agreement: &'a Agreement, on: NaiveDate) -> Self {
        Self { agreement, on }
    }

    fn judge(&mut self, seen: &[Observation]) -> Answers {
        let assessment = self.agreement.assess(seen, self.on);
        let force = &assessment.forces[0];
        Answers {
            phases: assessment.phases.iter().map(|phase| (phase.outcome.as_str(), phase.slip_days)).collect(),
            verdict: force.verdict,
            observed: force
                .observed
                .map(|seen| ((seen.low.into(), seen.high.map(i64::from)), [seen.earliest, seen.latest])),
            margin: force.margin,
            pace: force.required_pace,
            score: assessment.score("us").map(|score| (score.low, score.high)),
        }
    }
}

/// What is said of a slip holds in each reading: between its ends is each day on which the ceiling may have been
/// reached, and where it may not have been there is no end.
pub(super) fn assert_contains(judged: &Answers, readings: &[BTreeSet<Came>], case: &dyn Fn() -> String) {
    for ((_, slip), readings) in judged.phases.iter().zip(readings) {
        let Some(slip) = slip else { continue };
        assert!(slip.low.zip(slip.high).is_none_or(|(low, high)| low <= high), "{slip}\n{}", case());
        for (low, high) in readings.iter().filter_map(|came| came.slip) {
            let within = slip.low.is_none_or(|end| low.is_some_and(|low| end <= low))
                && slip.high.is_none_or(|end| high.is_some_and(|high| high <= end));
            assert!(within, "{low:?} to {high:?} in {slip}\n{}", case());
        }
    }
}

/// The slow judge says the same as the crate: of counts, of whether the agreement bound, and of ceilings.
pub(super) fn assert_agreed(case: &Case) {
    let agreement = case.agreement();
    let (mut fast, mut slow) = (TheCrate::on(&agreement, case.on), Naive::on(&agreement, case.on));
    let judged = fast.judge(&case.seen);
    assert_eq!(judged, slow.judge(&case.seen), "{}", case.text());
    assert_contains(&judged, &slow.readings, &|| case.text());
    let assessment = serde_json::to_value(case.assess()).unwrap();
    let bound = |phase: &serde_json::Value| phase["binding_when_due"].as_bool();
    let bound: Vec<Option<bool>> = assessment["phases"].as_array().unwrap().iter().map(bound).collect();
    assert_eq!(bound, slow.binding_when_due(), "{}", case.text());
    let schedule = agreement.schedule("us").unwrap();
    let phase = |by| if let SetBy::Phase(id) = by { Some(id) } else { None };
    let chains = [schedule.required_milestones_on(case.on), schedule.planned_milestones_on(case.on)].map(|chain| {
        let ends = |at: &Milestone<'_>| (at.band.low().into(), at.band.high().map(i64::from));
        chain.iter().map(|at| (phase(at.by), ends(at))).collect::<Vec<_>>()
    });
    assert_eq!(chains, slow.ceilings(), "{}", case.text());
    let plan = slow.plan();
    let version = agreement.version_on(case.on);
    for day in (0..30).map(after).filter(|day| agreement.version_on(*day) == version) {
        let planned = [(Interpolation::Step, false), (Interpolation::Linear, true)].map(|(how, is_line)| {
            let fast = schedule.planned_on(day, how);
            let ends = (fast.low.map(i64::from), fast.high.map(i64::from));
            (ends, plan.on(number_of(day), is_line))
        });
        assert!(planned.iter().all(|(fast, slow)| fast == slow), "on {day}: {planned:?}\n{}", case.text());
    }
}

proptest! {
    #![proptest_config(cases(3_000))]

    #[test]
    fn the_slow_judge_agrees(case in case()) {
        assert_agreed(&case);
    }
}
