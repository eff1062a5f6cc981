//! Many questions at once give what single questions give.

use chrono::{Days, NaiveDate};
use force_drawdown::bulk::{
    AddError, CountColumns, LineError, NO_KEY, NO_MARGIN, NO_VERDICT, NONE, Portfolio, VerdictColumns, read_lines,
};
use force_drawdown::{
    Act, ActKind, Agreement, Amendment, Baseline, Change, Deadline, Event, Force, Interpolation, Limit, NewBaseline,
    Observation, Party, Phase, PhaseChange, Quantity, ReadError, Role, Schedule, Standing, Terms, Verdict,
};
use proptest::prelude::*;

use crate::support::day;

const EVERY: &[Interpolation] = Interpolation::ALL;

fn number(day: NaiveDate) -> i32 {
    i32::try_from((day - NaiveDate::default()).num_days()).unwrap()
}

fn after(days: u64) -> NaiveDate {
    day("2024-01-01") + Days::new(days)
}

/// Days, spread over four years.
fn days() -> impl Strategy<Value = NaiveDate> {
    (0_u64..1_500).prop_map(after)
}

/// A number that stays below those of the phases before it, in one of several kinds.
fn left(index: usize, (kind, less): (u32, u32)) -> Quantity {
    let most = 3_300 - 400 * u32::try_from(index).unwrap() - less;
    match kind {
        0 => Quantity::Exact(most),
        1 => Quantity::Range(most - 90, most),
        2 => Quantity::AtMost(most),
        _ => Quantity::Unspecified,
    }
}

fn gone((kind, n): (u32, u32)) -> Quantity {
    match kind {
        0 => Quantity::Exact(n),
        1 => Quantity::AtLeast(n),
        _ => Quantity::About(n),
    }
}

fn deadline(days: u64, gap: u64, kind: u32) -> Deadline {
    match kind {
        0 => Deadline::after(Event::EntryIntoForce).days(u32::try_from(days).unwrap()),
        1 => Deadline::after(Event::Termination).days(u32::try_from(gap).unwrap()),
        2 => Deadline::after(Event::Named("talks".to_owned())),
        3..6 => Deadline::any([Deadline::day(after(days)), Deadline::day(after(days + gap / 2))]),
        _ => Deadline::day(after(days)),
    }
}

fn change(kind: u32, on: u64, effective: NaiveDate) -> Change {
    match kind {
        0 => Change::Phase(PhaseChange::new("0").by(Deadline::day(after(on)))),
        1 => Change::Drop { drop: "1".to_owned() },
        2 => Change::AddForce { add_force: Force::new("new").baseline(Baseline::authorised(9, effective)) },
        _ => Change::Baseline { baseline: NewBaseline::new(Baseline::new(500, effective)).of("some") },
    }
}

/// Terms of two forces, one a part of the other or not, with windows, vague numbers, events, suspensions, a termination and
/// amendments. Most of them are legal.
fn terms() -> impl Strategy<Value = Terms> {
    let limit = ((0_u32..4, 0_u32..300), (0_u32..3, 0_u32..90), any::<bool>(), any::<bool>());
    let phases = proptest::collection::vec(((0_u32..16, 0_u64..200), limit, 0_u32..8), 1..8);
    let baseline = || proptest::option::of(((0_u32..3, 0_u32..300), any::<bool>(), 0_u64..300));
    let record = proptest::collection::vec((days(), 0_usize..7), 0..6);
    let amendments = proptest::collection::vec((days(), 0_u32..4, 0_u64..1_500, any::<bool>()), 0..3);
    (phases, baseline(), baseline(), any::<bool>(), record, amendments).prop_map(
        |(phases, whole, part, is_part, record, amendments)| {
            let mut terms = Terms::new("made up");
            terms.parties = vec![Party::new("a", "A", Role::Sending)];
            let base = |base: Option<((u32, u32), bool, u64)>| {
                let (strength, authorised, days) = base?;
                // A count may lie below what the phases allow.
                let index = if authorised { 0 } else { usize::try_from(strength.1 % 5).unwrap() };
                Some(Baseline { authorised, ..Baseline::new(left(index, strength), after(days)) })
            };
            let part_of = is_part.then(|| "all".to_owned());
            let part = Force { baseline: base(part), part_of, ..Force::new("some") };
            terms.forces = vec![Force { baseline: base(whole), ..Force::new("all") }, part];
            let mut days = 300;
            for (index, ((kind, gap), (remain, withdraw, remains, whole), standing)) in phases.into_iter().enumerate() {
                days += gap;
                let limit =
                    if remains { Limit::remain(left(index + 1, remain)) } else { Limit::withdraw(gone(withdraw)) };
                let mut phase = Phase::new(index.to_string(), deadline(days, gap, kind));
                phase = phase.limit(limit.on(if whole { "all" } else { "some" }));
                phase.standing = (standing == 0).then_some(Standing::Envisaged);
                terms.phases.push(phase);
            }
            let acts = [
                ActKind::Approved,
                ActKind::Announced,
                ActKind::InForce,
                ActKind::Suspended,
                ActKind::Resumed,
                ActKind::Terminated,
                ActKind::Approved,
            ];
            terms.record = record.into_iter().map(|(day, act)| Act::new(day, acts[act])).collect();
            terms.consent_before = Some(Vec::new());
            for (effective, kind, on, alone) in amendments {
                let mut amendment = Amendment::new("later", after(0)).change(change(kind, on, effective));
                amendment.effective = Some(effective.into());
                amendment.unilateral = alone.then(|| "a".to_owned());
                terms.amendments.push(amendment);
            }
            terms
        },
    )
}

/// Days on which something may change, and those around them.
fn telling(agreement: &Agreement) -> Vec<NaiveDate> {
    let dated = agreement.timeline().flat_map(|dated| [dated.days.earliest(), dated.days.latest()]);
    let versions = agreement.versions().filter_map(force_drawdown::history::Version::effective);
    let forces = agreement.terms().forces.iter().filter_map(|force| agreement.schedule(&force.id)?.days());
    let mut days: Vec<_> = dated.chain(versions).chain(forces.flat_map(|days| [*days.start(), *days.end()])).collect();
    days.extend([day("0001-01-01"), day("9999-12-31")]);
    let around = |day: NaiveDate| [day.pred_opt(), Some(day), day.succ_opt()].into_iter().flatten();
    days = days.into_iter().flat_map(around).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn required_on(schedule: &Schedule<'_>, day: NaiveDate) -> (u32, u32) {
    let ceiling = schedule.required_on(day);
    (ceiling.map_or(NONE, |it| it.strict), ceiling.and_then(|it| it.lenient).unwrap_or(NONE))
}

fn planned_on(schedule: &Schedule<'_>, day: NaiveDate, how: Interpolation) -> (u32, u32) {
    let planned = schedule.planned_on(day, how);
    (planned.low.unwrap_or(NONE), planned.high.unwrap_or(NONE))
}

/// Checks each way to ask for many days against the answers day by day.
fn check_days(schedule: &Schedule<'_>, days: &[NaiveDate], stretch: &[NaiveDate]) {
    let numbers: Vec<i32> = days.iter().copied().map(number).collect();
    let range = || stretch[0]..=stretch[stretch.len() - 1];
    let columns = |length| (vec![7; length], vec![7; length]);
    let zipped = |(low, high): (Vec<u32>, Vec<u32>)| low.into_iter().zip(high).collect::<Vec<_>>();
    macro_rules! check {
        ($series:expr, $at:expr, $fill:expr, $low:ident, $high:ident) => {
            let series = $series;
            let expected: Vec<_> = days.iter().map(|day| $at(*day)).collect();
            let (mut low, mut high) = columns(days.len());
            assert_eq!(series.at_many(days, &mut low, &mut high), days.len());
            assert_eq!(zipped((low, high)), expected);
            let (mut low, mut high) = columns(days.len());
            assert_eq!(series.at_many_numbers(&numbers, &mut low, &mut high), days.len());
            assert_eq!(zipped((low, high)), expected);
            for (day, expected) in days.iter().zip(&expected) {
                let ends = series.at(*day);
                assert_eq!((ends.$low.unwrap_or(NONE), ends.$high.unwrap_or(NONE)), *expected, "{day}");
                let ends = series.at_number(number(*day));
                assert_eq!((ends.$low.unwrap_or(NONE), ends.$high.unwrap_or(NONE)), *expected, "{day}");
            }
            let expected: Vec<_> = stretch.iter().map(|day| $at(*day)).collect();
            let (mut low, mut high) = columns(stretch.len());
            assert_eq!(series.fill(range(), &mut low, &mut high), stretch.len());
            assert_eq!(zipped((low, high)), expected);
            let (mut low, mut high) = columns(stretch.len());
            assert_eq!($fill(range(), &mut low[..], &mut high[..]), stretch.len());
            assert_eq!(zipped((low, high)), expected);
            let each = series.days(range());
            let each: Vec<_> = each.map(|(_, ends)| (ends.$low.unwrap_or(NONE), ends.$high.unwrap_or(NONE))).collect();
            assert_eq!(each, expected);
        };
    }
    check!(
        schedule.compile_required(),
        |day| required_on(schedule, day),
        |range, low, high| schedule.fill_required(range, low, high),
        strict,
        lenient
    );
    for &how in EVERY {
        check!(
            schedule.compile(how),
            |day| planned_on(schedule, day, how),
            |range, low, high| schedule.fill_planned(range, how, low, high),
            low,
            high
        );
    }
}

/// A verdict, and the margin; a margin that is not there has no end either.
type Judged = (Option<Verdict>, Option<i64>, Option<i64>);

/// What a lone count of a day is judged to be.
fn assessed(agreement: &Agreement, force: &str, on: NaiveDate, low: u32, high: u32) -> Judged {
    let quantity = match (low, high) {
        (low, high) if low == NONE || low > high => None,
        (low, NONE) => Some(Quantity::AtLeast(low)),
        (low, high) => Some(Quantity::Range(low, high)),
    };
    let (force_of, published) = (Some(force.to_owned()), Some(day("0001-01-01")));
    let count =
        quantity.map(|quantity| Observation { force: force_of, published, ..Observation::present(on, quantity) });
    let assessment = agreement.assess(count.as_slice(), on);
    let Some(of_force) = assessment.forces.iter().find(|assessed| assessed.force == force) else {
        return (None, None, None);
    };
    let margin = of_force.margin;
    (Some(of_force.verdict), margin.and_then(|it| it.low), margin.and_then(|it| it.high))
}

/// Checks a batch of rows, each force with several counts on each day, against assessments one by one.
fn check_verdicts(agreement: &Agreement, days: &[NaiveDate], counts: &[(u32, u32)]) {
    let mut portfolio = Portfolio::new();
    portfolio.add_as("before", &crate::support::iraq()).unwrap();
    let keys = portfolio.add_as("it", agreement).unwrap();
    portfolio.add_as("after", &crate::support::iraq()).unwrap();
    let mut rows = Vec::new();
    for key in keys {
        let (name, force) = portfolio.name(key).unwrap();
        assert_eq!((name, portfolio.key("it", force)), ("it", Some(key)));
        for on in days {
            rows.extend(counts.iter().map(|&(low, high)| (key, *on, low, high, force)));
        }
    }
    let keys: Vec<_> = rows.iter().map(|row| row.0).collect();
    let numbers: Vec<_> = rows.iter().map(|row| number(row.1)).collect();
    let (low, high): (Vec<_>, Vec<_>) = rows.iter().map(|row| (row.2, row.3)).unzip();
    let columns = CountColumns { keys: &keys, days: &numbers, low: &low, high: &high };
    let expected: Vec<_> =
        rows.iter().map(|&(_, on, low, high, force)| assessed(agreement, force, on, low, high)).collect();
    let mut codes = vec![77; rows.len()];
    let (mut margin_low, mut margin_high) = (vec![77; rows.len()], vec![77; rows.len()]);
    let mut out = VerdictColumns { verdicts: &mut codes, margin_low: &mut margin_low, margin_high: &mut margin_high };
    assert_eq!(portfolio.judge(columns, &mut out), rows.len());
    let mut alone = vec![77; rows.len()];
    assert_eq!((portfolio.judge_verdicts(columns, &mut alone), &alone), (rows.len(), &codes));
    let once = |column: &[u32]| column.iter().copied().step_by(counts.len()).collect::<Vec<_>>();
    let days: Vec<_> = numbers.iter().copied().step_by(counts.len()).collect();
    check_numbers(&portfolio, agreement, &once(&keys), &days);
    let margin = |margin: i64| (margin != NO_MARGIN).then_some(margin);
    for (index, expected) in expected.iter().enumerate() {
        assert!(expected.0.is_some() == (codes[index] != NO_VERDICT));
        let found = (Verdict::from_code(codes[index]), margin(margin_low[index]), margin(margin_high[index]));
        assert_eq!(found, *expected, "{:?}", rows[index]);
    }
}

/// Checks what is required and planned of keys, each on its day, and the keys of their names, against single questions.
fn check_numbers(portfolio: &Portfolio, agreement: &Agreement, keys: &[u32], numbers: &[i32]) {
    let (mut low, mut high) = (vec![7; keys.len()], vec![7; keys.len()]);
    let on = |number: i32| NaiveDate::from_epoch_days(number).unwrap();
    let schedule = |key: u32| agreement.schedule(portfolio.name(key).unwrap().1).unwrap();
    assert_eq!(portfolio.required_numbers(keys, numbers, &mut low, &mut high), keys.len());
    for (row, key) in keys.iter().enumerate() {
        assert_eq!((low[row], high[row]), required_on(&schedule(*key), on(numbers[row])));
    }
    for &how in EVERY {
        assert_eq!(portfolio.planned_numbers(keys, numbers, how, &mut low, &mut high), keys.len());
        for (row, key) in keys.iter().enumerate() {
            assert_eq!((low[row], high[row]), planned_on(&schedule(*key), on(numbers[row]), how));
        }
    }
    let mut found = vec![7; keys.len()];
    assert_eq!(portfolio.keys(keys.iter().map(|key| portfolio.name(*key).unwrap()), &mut found), keys.len());
    assert_eq!(found, keys);
}

#[test]
fn columns_of_a_portfolio_are_total() {
    let mut portfolio = Portfolio::new();
    portfolio.add_as("it", &crate::support::iraq()).unwrap();
    let (mut low, mut high) = ([7; 4], [7; 5]);
    let days = [i32::MIN, i32::MAX, 20_361, 20_361, 0];
    assert_eq!(portfolio.required_numbers(&[0, 0, NO_KEY, 1], &days, &mut low, &mut high), 4);
    assert_eq!((low, high), ([NONE, 0, NONE, NONE], [NONE, 2_550, NONE, NONE, 7]));
    assert_eq!(portfolio.planned_numbers(&[0; 4], &days, Interpolation::Step, &mut low[..2], &mut high), 2);
    assert_eq!((low[1], high[1]), (0, 2_550));
    let mut keys = [7; 4];
    let names = [("it", "us"), ("it", "us"), ("it", "uk"), ("other", "us"), ("it", "us")];
    assert_eq!(portfolio.keys(names, &mut keys), 4);
    assert_eq!(keys, [0, 0, NO_KEY, NO_KEY]);
    assert_eq!(portfolio.keys(names.into_iter().take(1), &mut keys), 1);
    let counts = CountColumns { keys: &[0], days: &[20_361; 2], low: &[1; 3], high: &[1; 2] };
    let mut verdicts = [77; 2];
    assert_eq!(portfolio.judge_verdicts(counts, &mut verdicts), 1);
    assert_eq!(verdicts[1], 77);
    assert_eq!(portfolio.judge_verdicts(counts, &mut []), 0);
}

#[test]
fn keys_are_found_among_many_names() {
    let (mut portfolio, agreement) = (Portfolio::new(), crate::support::iraq());
    let names: Vec<String> = (0..2_000).map(|number| format!("{:0>width$}", number, width = number % 40)).collect();
    let names: std::collections::BTreeSet<&str> = names.iter().map(String::as_str).chain(["", "\0", "\0\0"]).collect();
    let added: Vec<u32> = names.iter().map(|name| portfolio.add_as(name, &agreement).unwrap().start).collect();
    let mut keys = vec![7; names.len()];
    assert_eq!(portfolio.keys(names.iter().map(|name| (*name, "us")), &mut keys), names.len());
    assert_eq!(keys, added);
}

/// The first thousand days after the first, and every 97th before and after.
fn stretch() -> Vec<NaiveDate> {
    day("2023-12-20").iter_days().take(1_600).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn bulk_answers_are_those_of_single_days(terms in terms(), counts in proptest::array::uniform3((0_u32..4_000, 0_u32..300))) {
        if let Ok(agreement) = Agreement::try_from(terms) {
            let days = telling(&agreement);
            for force in ["all", "some", "new"] {
                let of_versions = agreement.versions().filter_map(|version| version.schedule(force));
                for schedule in agreement.schedule(force).into_iter().chain(of_versions) {
                    check_days(&schedule, &days, &stretch());
                }
            }
            let mut counts: Vec<_> = counts.into_iter().map(|(low, more)| (low, low + more)).collect();
            counts.extend([(0, NONE), (NONE, NONE), (5, 4), (0, 0), (3_000, NONE)]);
            check_verdicts(&agreement, &days, &counts);
        }
    }

    #[test]
    fn bulk_answers_as_known_are_those_of_single_days(terms in terms(), known in days()) {
        if let Ok(agreement) = Agreement::try_from(terms) {
            let agreement = agreement.as_known_on(known);
            check_verdicts(&agreement, &telling(&agreement), &[(100, 100), (2_000, 2_500), (900, NONE)]);
        }
    }
}

#[test]
fn most_generated_terms_are_legal() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let legal = (0..200).filter(|_| Agreement::try_from(terms().new_tree(&mut runner).unwrap().current()).is_ok());
    let legal = legal.count();
    assert!(legal >= 60, "{legal} of 200");
}

#[test]
fn every_verdict_is_found_in_a_batch() {
    let mut terms = crate::support::iraq().into_terms();
    terms.record.push(Act::new(day("2025-01-01"), ActKind::Approved));
    terms.record.push(Act::new(day("2027-02-01"), ActKind::Terminated));
    let mut amendment = Amendment::new("more", day("2025-10-10")).change(change(2, 0, day("2025-10-10")));
    amendment.changes.push(Change::AddForce { add_force: Force::new("free") });
    terms.amendments.push(amendment);
    let agreement = Agreement::try_from(terms).unwrap();
    let counts = [(1_200, 1_200), (2_551, 2_551), (1_300, 1_300), (NONE, NONE)];
    check_verdicts(&agreement, &telling(&agreement), &counts);
    let on = day("2025-10-30");
    assert_eq!(assessed(&agreement, "free", on, 1, 1).0, Some(Verdict::NoLimit));
    assert_eq!(assessed(&agreement, "new", day("2025-10-09"), 1, 1).0, None);
    let verdicts = counts.map(|(low, high)| assessed(&agreement, "us", on, low, high).0.unwrap());
    use Verdict::{Compliant, Exceeded, NotReported, Undetermined};
    assert_eq!(verdicts, [Compliant, Exceeded, Undetermined, NotReported]);
}

#[test]
fn what_falls_due_on_the_last_day_of_an_agreement_is_due_on_it() {
    let mut terms = crate::support::iraq().into_terms();
    terms.record.push(Act::new(day("2025-01-01"), ActKind::Approved));
    terms.record.push(Act::new(day("2026-12-31"), ActKind::Terminated));
    let agreement = Agreement::try_from(terms).unwrap();
    let days = ["2026-12-30", "2026-12-31", "2027-01-01"].map(day);
    let counts = [(1_200, 1_200), (0, 0), (2_551, 2_551)];
    check_verdicts(&agreement, &days, &counts);
    let verdicts = days.map(|on| assessed(&agreement, "us", on, 0, 0).0);
    assert_eq!(verdicts, [Some(Verdict::Compliant), Some(Verdict::Compliant), Some(Verdict::NotBinding)]);
}

#[test]
fn a_schedule_without_days_has_a_table_of_one_cell() {
    let mut terms = Terms::new("open");
    terms.parties = vec![Party::new("a", "A", Role::Sending)];
    terms.forces = vec![Force::new("f")];
    terms.phases = vec![Phase::new("1", Deadline::Open).limit(Limit::remain(1))];
    let agreement = Agreement::try_from(terms).unwrap();
    let schedule = agreement.schedule("f").unwrap();
    assert_eq!(schedule.compile_required().memory(), 16);
    assert_eq!(schedule.compile(Interpolation::Monotone).at(day("2025-01-01")).low, None);
    check_days(&schedule, &[NaiveDate::MIN, day("1970-01-01"), NaiveDate::MAX], &stretch());
    check_verdicts(&agreement, &telling(&agreement), &[(1, 1)]);
}

#[test]
fn many_phases_stay_exact_beyond_a_block_of_stretches() {
    let mut terms = Terms::new("long");
    terms.parties = vec![Party::new("a", "A", Role::Sending)];
    terms.forces = vec![Force::new("f").baseline(Baseline::new(2_000, after(0)))];
    for step in 1..=100_u32 {
        let by = Deadline::day(after(u64::from(step) * 7));
        terms.phases.push(Phase::new(step.to_string(), by).limit(Limit::remain(2_000 - 20 * step)));
    }
    terms.record.push(Act::new(after(3), ActKind::Approved));
    let agreement = Agreement::try_from(terms).unwrap();
    check_days(&agreement.schedule("f").unwrap(), &telling(&agreement), &stretch());
    check_verdicts(&agreement, &telling(&agreement), &[(0, 0), (1_000, 1_000), (1_001, 1_001), (999, 1_500)]);
}

#[test]
fn stretches_far_apart_in_days_or_people_stay_exact() {
    // What 16 bits hold, and one more or less, in people and in days.
    let edges = (65_530..=65_537).flat_map(|fall| [(fall, 300), (300, u64::from(fall))]);
    for (fall, days) in edges {
        let mut terms = Terms::new("far");
        terms.parties = vec![Party::new("a", "A", Role::Sending)];
        terms.forces = vec![Force::new("f").baseline(Baseline::new(2_000_000, after(0)))];
        for (id, (by, left)) in [(2, 1_000_000), (2 + days, 1_000_000 - fall), (9 + days, 7)].into_iter().enumerate() {
            let limit = Limit::remain(Quantity::Range(left - 5, left));
            terms.phases.push(Phase::new(id.to_string(), Deadline::day(after(by))).limit(limit));
        }
        let again = after(20 + days);
        terms.record.push(Act::new(after(0), ActKind::Approved));
        let baseline = NewBaseline::new(Baseline::authorised(fall + 7, again));
        terms.amendments.push(Amendment::new("more", again).change(Change::Baseline { baseline }));
        let agreement = Agreement::try_from(terms).unwrap();
        let counts = [999_995, 1_000_000, 1_000_001 - fall, 995_000 - fall, fall + 7, fall + 8, 2, 7, 8];
        check_verdicts(&agreement, &telling(&agreement), &counts.map(|count| (count, count)));
    }
}

/// Of a curve through points on a line, each day is a whole number: a sum that fell short by the least bit would be one
/// person short.
#[test]
fn a_smooth_path_is_exact_where_it_is_a_whole_number() {
    for days in 1..=40 {
        let mut terms = Terms::new("smooth");
        terms.parties = vec![Party::new("a", "A", Role::Sending)];
        terms.forces = vec![Force::new("f").baseline(Baseline::new(1_000, after(0)))];
        let phase = |id: u32| {
            let by = u64::from(id * days);
            Phase::new(id.to_string(), Deadline::day(after(by))).limit(Limit::remain(1_000 - 7 * id * days))
        };
        terms.phases = vec![phase(1), phase(2), phase(3)];
        let agreement = Agreement::try_from(terms).unwrap();
        let schedule = agreement.schedule("f").unwrap();
        let all: Vec<_> = (0..=u64::from(3 * days)).map(after).collect();
        let low = |day: &NaiveDate| schedule.planned_on(*day, Interpolation::Monotone).low;
        assert!(all.iter().map(low).eq((0..=3 * days).map(|since| Some(1_000 - 7 * since))));
        check_days(&schedule, &all, &all);
    }
}

#[test]
fn columns_are_answered_as_far_as_the_shortest_goes() {
    let agreement = crate::support::iraq();
    let series = agreement.schedule("us").unwrap().compile_required();
    let day = day("2026-01-01");
    let few = [(0, 3, 3), (3, 0, 3), (3, 3, 0), (2, 3, 3), (3, 2, 3), (3, 3, 2)];
    let many = [(70, 200, 200), (200, 70, 200), (200, 200, 70), (128, 129, 130)];
    for (days, low, high) in few.into_iter().chain(many) {
        let count = days.min(low).min(high);
        let (mut strict, mut lenient) = (vec![7; low], vec![7; high]);
        assert_eq!(series.at_many(&vec![day; days], &mut strict, &mut lenient), count);
        assert!(strict.iter().take(count).all(|&it| it == 1_251) && strict.iter().skip(count).all(|&it| it == 7));
        assert!(lenient.iter().take(count).all(|&it| it == 2_550) && lenient.iter().skip(count).all(|&it| it == 7));
        let (mut strict, mut lenient) = (vec![7; low], vec![7; high]);
        let last = day + Days::new(days as u64) - Days::new(1);
        assert_eq!(series.fill(day..=last, &mut strict, &mut lenient), count);
        assert!(strict.iter().skip(count).chain(lenient.iter().skip(count)).all(|&it| it == 7));
        let (mut strict, mut lenient) = (vec![7; low], vec![7; high]);
        let schedule = agreement.schedule("us").unwrap();
        assert_eq!(schedule.fill_required(day..=last, &mut strict, &mut lenient), count);
        assert!(strict.iter().skip(count).chain(lenient.iter().skip(count)).all(|&it| it == 7));
    }
}

#[test]
fn any_number_is_a_day() {
    let series = crate::support::iraq().schedule("us").unwrap().compile(Interpolation::Linear);
    let numbers = [i32::MIN, -1, 0, i32::MAX];
    let (mut low, mut high) = ([7; 4], [7; 4]);
    series.at_many_numbers(&numbers, &mut low, &mut high);
    assert_eq!((low, high), ([NONE, NONE, NONE, 0], [NONE, NONE, NONE, 2_550]));
    let whole = NaiveDate::MIN..=NaiveDate::MAX;
    assert_eq!(series.fill(whole.clone(), &mut low, &mut high), 4);
    assert_eq!(series.days(whole).next().unwrap().0, NaiveDate::MIN);
}

#[test]
fn the_longest_span_of_one_version_takes_less_than_600_kilobytes() {
    let mut terms = Terms::new("long");
    terms.parties = vec![Party::new("a", "A", Role::Sending)];
    terms.forces = vec![Force::new("f").baseline(Baseline::new(2_000, day("1900-01-01")))];
    terms.phases = vec![Phase::new("1", Deadline::day(day("2100-01-01"))).limit(Limit::remain(1))];
    let agreement = Agreement::try_from(terms).unwrap();
    let series = agreement.schedule("f").unwrap().compile(Interpolation::Linear);
    assert_eq!(series.memory(), 8 * 73_052);
}

#[test]
fn a_table_does_not_reach_to_days_that_another_version_governs() {
    let mut terms = Terms::new("moved");
    terms.parties = vec![Party::new("a", "A", Role::Sending)];
    terms.forces = vec![Force::new("f").baseline(Baseline::new(2_000, after(0)))];
    terms.phases = vec![Phase::new("0", Deadline::day(after(900))).limit(Limit::remain(1))];
    terms.amendments = vec![Amendment::new("sooner", after(100)).change(change(0, 150, after(100)))];
    let agreement = Agreement::try_from(terms).unwrap();
    let schedule = agreement.schedule("f").unwrap();
    // From the day before the amendment, and the day before the baseline, to the day on which the phase falls due now, and
    // the day after it.
    assert_eq!(schedule.compile_required().memory(), 8 * 52);
    assert_eq!(schedule.compile(Interpolation::Linear).memory(), 8 * 153);
}

#[test]
fn a_name_is_taken_once_and_keys_go_on() {
    let agreement = crate::support::iraq();
    let mut portfolio = Portfolio::new();
    assert_eq!((portfolio.len(), portfolio.is_empty()), (0, true));
    assert_eq!(portfolio.add_as("one", &agreement), Ok(0..1));
    assert_eq!(portfolio.add_as("one", &agreement), Err(AddError::NameTaken { name: "one".to_owned() }));
    assert_eq!(portfolio.add_as("two", &agreement), Ok(1..2));
    assert_eq!((portfolio.len(), portfolio.is_empty()), (2, false));
    assert_eq!(
        (portfolio.key("two", "us"), portfolio.key("two", "zz"), portfolio.key("three", "us")),
        (Some(1), None, None)
    );
    assert_eq!((portfolio.name(1), portfolio.name(2)), (Some(("two", "us")), None));
}

#[test]
fn the_id_of_a_document_names_its_agreement_and_two_of_one_id_are_an_error() {
    let with_id = |id: Option<&str>| {
        let mut terms = crate::support::iraq().into_terms();
        terms.id = id.map(str::to_owned);
        Agreement::try_from(terms).unwrap()
    };
    let (first, without) = (with_id(Some("us-iraq")), with_id(None));
    let title = without.terms().title.clone();
    let mut portfolio = Portfolio::new();
    assert_eq!(portfolio.add(&first), Ok(0..1));
    assert_eq!(portfolio.add(&first), Err(AddError::NameTaken { name: "us-iraq".to_owned() }));
    assert_eq!(portfolio.add_as("delayed", &first), Ok(1..2));
    assert_eq!(portfolio.add(&without), Ok(2..3));
    assert_eq!(portfolio.add(&without), Err(AddError::NameTaken { name: title.clone() }));
    assert_eq!([0, 1, 2].map(|key| portfolio.name(key)), ["us-iraq", "delayed", &title].map(|name| Some((name, "us"))));
    assert_eq!((portfolio.len(), portfolio.key(&title, "us"), portfolio.key("us-iraq", "us")), (3, Some(2), Some(0)));
}

#[test]
fn keys_follow_the_document_and_are_found_by_any_order_of_ids() {
    let mut terms = crate::support::iraq().into_terms();
    terms.forces.extend(["zebra", "alpha", "mike"].map(Force::new));
    for phase in &mut terms.phases {
        phase.limits[0].force = Some("us".to_owned());
    }
    terms.residual.clear();
    let mut portfolio = Portfolio::new();
    assert_eq!(portfolio.add_as("it", &Agreement::try_from(terms).unwrap()), Ok(0..4));
    for (key, force) in ["us", "zebra", "alpha", "mike"].into_iter().enumerate() {
        assert_eq!(portfolio.key("it", force), Some(u32::try_from(key).unwrap()));
    }
    assert_eq!(portfolio.key("it", "bravo"), None);
}

#[test]
fn rows_are_judged_as_far_as_the_shortest_column_goes() {
    let mut portfolio = Portfolio::new();
    portfolio.add_as("it", &crate::support::iraq()).unwrap();
    for short in 0..7 {
        let length = |column: usize| if column == short { 70 } else { 200 };
        let (keys, days) = (vec![0; length(0)], vec![0; length(1)]);
        let (low, high) = (vec![0; length(2)], vec![0; length(3)]);
        let rows = CountColumns { keys: &keys, days: &days, low: &low, high: &high };
        let mut codes = vec![77; length(4)];
        let (mut margin_low, mut margin_high) = (vec![77; length(5)], vec![77; length(6)]);
        let mut out =
            VerdictColumns { verdicts: &mut codes, margin_low: &mut margin_low, margin_high: &mut margin_high };
        assert_eq!(portfolio.judge(rows, &mut out), 70);
        assert!(codes.iter().take(70).all(|&code| code == Verdict::NotBinding.code()));
        assert!(codes.iter().skip(70).all(|&code| code == 77));
        assert!(margin_low.iter().chain(&margin_high).all(|&margin| margin == NO_MARGIN || margin == 77));
        assert!(margin_low.iter().skip(70).chain(margin_high.iter().skip(70)).all(|&margin| margin == 77));
    }
}

#[test]
fn a_bad_line_does_not_stop_good_ones() {
    let good = serde_json::to_string(&crate::support::iraq()).unwrap();
    let invalid = good.replace("\"2025-09\"", "\"2025-13\"");
    let bytes = [
        good.as_bytes(),
        b"\n\xff\n",
        invalid.as_bytes(),
        b"\r\n \t\r\n\n{}{}\n",
        good.as_bytes(),
        b" x\n",
        good.as_bytes(),
    ];
    let bytes = bytes.concat();
    let told = |read: Result<(usize, Agreement), force_drawdown::bulk::BadLine>| match read {
        Ok((number, agreement)) => (number, agreement.terms().title.clone()),
        Err(bad) => (bad.number, bad.error.to_string()),
    };
    let title = crate::support::iraq().into_terms().title;
    let one: Vec<_> = read_lines(&bytes[..]).map(told).collect();
    let lines: Vec<_> = one.iter().map(|(number, _)| *number).collect();
    assert_eq!(lines, [1, 2, 3, 6, 7, 8]);
    assert_eq!([&one[0].1, &one[5].1], [&title; 2]);
    assert_eq!(one[1].1, "invalid utf-8 sequence of 1 bytes from index 0");
    assert!(one[2].1.contains("malformed-deadline at phases[0].by"), "{}", one[2].1);
    assert_eq!(one[4].1, format!("trailing characters at line 1 column {}", good.len() + 2));
}

#[test]
fn what_is_wrong_with_a_line_is_typed() {
    let mut lines = read_lines(&b"{}"[..]);
    let Some(Err(bad)) = lines.next() else { panic!("it is no agreement") };
    let LineError::Document(ReadError::Invalid(invalid)) = bad.error else { panic!("its syntax is right") };
    assert_eq!(invalid.violations()[0].code(), "missing-field");
    assert!(lines.next().is_none());
}

/// Gives a line, then fails for ever.
struct Broken(std::io::Cursor<Vec<u8>>);

impl std::io::Read for Broken {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(out)? {
            0 => Err(std::io::Error::other("gone")),
            read => Ok(read),
        }
    }
}

#[test]
fn a_reader_that_fails_ends_the_lines() {
    let good = serde_json::to_string(&crate::support::iraq()).unwrap() + "\n";
    let broken = std::io::BufReader::new(Broken(std::io::Cursor::new(good.into_bytes())));
    let told = |read: Result<(usize, Agreement), force_drawdown::bulk::BadLine>| {
        read.map(|(number, _)| number).map_err(|bad| bad.to_string())
    };
    let expected = [Ok(1), Err("line 2: gone".to_owned())];
    assert_eq!(read_lines(broken).map(told).collect::<Vec<_>>(), expected);
}
