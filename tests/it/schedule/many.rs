//! Many amendments of many phases.

use super::*;
use force_drawdown::Observation;
use force_drawdown::bulk::{CountColumns, Portfolio, VerdictColumns};

const COUNT: u32 = 160;

fn on(n: u32) -> NaiveDate {
    day("2000-01-01") + chrono::Days::new(n.into())
}

/// As many amendments as phases, of every sort, one a day.
fn many() -> Agreement {
    let limits = |n: u32| {
        let remain = 2 * COUNT - n;
        format!(r#""limits": [{{ "force": "f", "remain": {remain} }}, {{ "force": "g", "withdraw": 1 }}]"#)
    };
    let baseline = r#""baseline": { "strength": 40000, "as_of": "1999-01-01" }"#;
    let forces = format!(r#"{{ "id": "f", {baseline} }}, {{ "id": "g", "part_of": "f", {baseline} }}"#);
    let phase = |n: u32, id: &str| format!(r#"{{ "id": "{id}{n}", "by": "{}", {} }}"#, on(n), limits(n));
    let phases: Vec<_> = (0..COUNT).map(|n| phase(n, "")).collect();
    let amendment = |n: u32| {
        let (change, more) = match n % 6 {
            0 => (format!(r#"{{ "phase": "{n}", "limits": [{{ "force": "g", "withdraw": 7 }}] }}"#), ""),
            1 => (format!(r#"{{ "drop": "{n}" }}"#), ""),
            2 => (format!(r#"{{ "phase": "{n}", "standing": "envisaged" }}"#), r#", "unilateral": "USA""#),
            3 => (format!(r#"{{ "phase": "{n}", "title": "t" }}"#), ""),
            4 => (format!(r#"{{ "add": {}, "after": "{n}" }}"#, phase(n, "a")), ""),
            _ => (r#"{ "add_force": { "id": "N", "part_of": "f" } }"#.replace('N', &format!("h{n}")), ""),
        };
        format!(r#"{{ "title": "a", "adopted": "{}"{more}, "changes": [{change}] }}"#, on(n))
    };
    let amendments: Vec<_> = (0..COUNT).map(amendment).collect();
    let record = r#""record": [{ "on": "1999-02-01", "act": "approved" }]"#;
    agreement(&forces, &phases.join(", "), &format!(r#", {record}, "amendments": [{}]"#, amendments.join(", ")))
}

/// Everything that is asked about a day and the week before it.
fn answers(agreement: &Agreement, n: u32) -> Vec<String> {
    let mut answers = Vec::new();
    let mut answer = |of: &dyn std::fmt::Debug| answers.push(format!("{of:?}"));
    let days = || on(n.saturating_sub(6))..=on(n);
    let seen = [(50, 9_000), (70, 210), (140, 300)].map(|(n, strength)| Observation::present(on(n), strength).of("f"));
    let judged = agreement.assess(&seen, on(n));
    answer(&(judged.version, &judged.forces, &judged.phases));
    answer(&judged.explain());
    answer(&judged.score("f"));
    let mut portfolio = Portfolio::new();
    for key in portfolio.add_as("it", agreement).unwrap().take(2) {
        let numbers: Vec<i32> = days().start().iter_days().take(7).map(|day| day.to_epoch_days()).collect();
        let (mut verdicts, mut low, mut high) = ([0; 7], [0; 7], [0; 7]);
        let mut columns = VerdictColumns { verdicts: &mut verdicts, margin_low: &mut low, margin_high: &mut high };
        portfolio
            .judge(CountColumns { keys: &[key; 7], days: &numbers, low: &[150; 7], high: &[180; 7] }, &mut columns);
        answer(&(verdicts, low, high));
    }
    for force in ["f", "g"] {
        let schedule = agreement.schedule(force).unwrap();
        answer(&schedule.required_milestones_on(on(n)));
        answer(&schedule.required_on(on(n)));
        answer(&schedule.required_series(days()).collect::<Vec<_>>());
        answer(&schedule.planned_on(on(n), Interpolation::Linear));
        answer(&schedule.planned_series(days(), Interpolation::Monotone).collect::<Vec<_>>());
        answer(&schedule.compile_required().days(days()).collect::<Vec<_>>());
        answer(&schedule.compile(Interpolation::Step).days(days()).collect::<Vec<_>>());
        answer(&judged.gaps(force, days(), Interpolation::Linear).unwrap().collect::<Vec<_>>());
        let version = agreement.versions().nth(agreement.version_on(on(n))).unwrap();
        answer(&version.schedule(force).unwrap().days());
    }
    answers
}

/// A version in the middle of many answers as it does where it is the last one.
#[test]
fn a_version_answers_the_same_whatever_follows_it() {
    let all = many();
    assert_eq!(all.versions().count(), 161);
    for n in [9, 150, 151, 152, 154] {
        let known = all.as_known_on(on(n));
        assert_eq!(known.versions().count(), all.version_on(on(n)) + 1);
        for (ours, theirs) in answers(&all, n).into_iter().zip(answers(&known, n)) {
            assert_eq!(ours, theirs, "version {n}");
        }
    }
    assert_eq!(all.last_day(&[]), Some(on(COUNT - 1)));
    assert_eq!(all.schedule("g").unwrap().days(), Some(day("1999-01-01")..=on(COUNT)));
    // A force that nothing limits: the others are advice of one each.
    assert_eq!(all.advice().iter().filter(|advice| advice.code() == "force-without-limit").count(), 26);
}
