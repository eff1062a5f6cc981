//! Why, in words, and the JSON of an assessment.

use force_drawdown::{Outcome, SetBy, Verdict};
use proptest::prelude::*;

use super::cases::{FIRST, case, cases};
use super::*;

const BASELINE: &str = r#", "name": "Soviet troops", "baseline": { "strength": 100000, "as_of": "1988-05-14" }"#;

fn assert_words(agreement: &Agreement, rows: &[&str], on: &str, force: &str, phase: &str) {
    let rows = seen(rows);
    let assessment = agreement.assess(&rows, day(on));
    let why = assessment.explain();
    assert_eq!((why.forces.len(), why.phases.len()), (assessment.forces.len(), assessment.phases.len()));
    assert_eq!(why.forces[0], format!("Soviet troops: {force}"), "{rows:?} on {on}");
    assert_eq!(why.phases[0], format!("Q: {phase}"), "{rows:?} on {on}");
}

/// At most 25,000 by some deadline, announced in April 1988.
fn quarter(by: &str, more: &str) -> Agreement {
    let phases = format!(r#"{{ "id": "q", "by": {by}{more}, "limits": [{{ "remain": 25000 }}] }}"#);
    agreement(BASELINE, &phases, r#", "record": [{ "on": "1988-04-14", "act": "announced" }]"#)
}

const FALLS_DUE: &str = "It falls due in November 1989: at most 25,000 may remain.";
const FELL_DUE: &str = "It fell due in November 1989: at most 25,000 were to remain.";
const REQUIRED: &str = "At most 25,000 may remain (the step “q”).";
const SETTLES_VERDICT: &str =
    "A later count of 25,000 or fewer would show it within its ceiling, one of 25,001 or more above it.";
/// Where nothing was seen since the baseline.
const SETTLES_OUTCOME: &str =
    "A count of 25,000 or fewer between 14 May 1988 and 1 November 1989 would show that it was met.";

#[test]
fn why_it_is_not_judged_yet() {
    let november = quarter("\"1989-11\"", "");
    assert_words(
        &november,
        &[],
        "1988-04-01",
        "not binding on 1 April 1988. No count of it is on record.",
        &format!("not due yet. {FALLS_DUE}"),
    );
    assert_words(
        &november,
        &[],
        "1989-11-15",
        "nothing is due yet in every reading on 15 November 1989. At most 25,000 may remain in the strict reading \
         (the step “q”), and nothing is due yet in the lenient one. No count of it is on record.",
        &format!("not due yet. {FALLS_DUE}"),
    );
    assert_words(
        &quarter(r#"{ "after": "entry-into-force", "days": 5 }"#, ""),
        &[],
        "1989-11-15",
        "nothing is due yet in every reading on 15 November 1989. No count of it is on record.",
        "waiting. Its deadline waits for the entry into force.",
    );
    assert_words(
        &quarter("\"1989-11-01\"", r#", "standing": "envisaged""#),
        &[],
        "1989-12-01",
        "no binding step and no authorised number limits it. No count of it is on record.",
        &format!(
            "not reported. It is envisaged and obliges nobody. It fell due on 1 November 1989: at most 25,000 were to remain. \
             No count by the deadline is on record. {SETTLES_OUTCOME}"
        ),
    );
}

#[test]
fn why_it_is_kept_or_broken() {
    let november = quarter("\"1989-11\"", "");
    let assert = |rows: &[&str], force: &str, phase: &str| {
        let force = force.replace("REQUIRED", REQUIRED);
        assert_words(&november, rows, "1989-12-05", &force, &phase.replace("DUE", FELL_DUE));
    };
    assert(
        &["1989-10-31,present,24000..24500"],
        "within its ceiling by 500 to 1,000 on 5 December 1989. REQUIRED \
         The latest count is 24,000 to 24,500 on 31 October 1989, 35 days before.",
        "met. DUE The last count by the deadline is 24,000 to 24,500 on 31 October 1989. It was reached 1 to 564 days early.",
    );
    assert(
        &["1989-12-01,present,30000"],
        "above its ceiling by 5,000 on 5 December 1989. REQUIRED The latest count is 30,000 on 1 December 1989, 4 days before.",
        "overdue. DUE No count by the deadline is on record. The last count after the deadline is 30,000 on 1 December 1989.",
    );
    assert(
        &["1989-11-30,present,30000", "1989-12-01,present,25000"],
        "within its ceiling on 5 December 1989. REQUIRED The latest count is 25,000 on 1 December 1989, 4 days before.",
        "late. DUE The last count by the deadline is 30,000 on 30 November 1989. \
         The last count after the deadline is 25,000 on 1 December 1989. It was reached 1 to 30 days late.",
    );
    let one_day = quarter("\"1989-11-30\"", "");
    assert_words(
        &one_day,
        &["1989-11-30,present,30000", "1989-12-01,present,25000"],
        "1989-12-05",
        &format!(
            "within its ceiling on 5 December 1989. {REQUIRED} The latest count is 25,000 on 1 December 1989, 4 days before."
        ),
        "late. It fell due on 30 November 1989: at most 25,000 were to remain. \
         The last count by the deadline is 30,000 on 30 November 1989. \
         The last count after the deadline is 25,000 on 1 December 1989. It was reached 1 day late.",
    );
}

#[test]
fn why_it_cannot_be_told_and_what_would_settle_it() {
    let november = quarter("\"1989-11\"", "");
    let assert = |rows: &[&str], force: &str, phase: &str| {
        let (force, phase) = (force.replace("REQUIRED", REQUIRED), phase.replace("DUE", FELL_DUE));
        assert_words(
            &november,
            rows,
            "1989-12-05",
            &force.replace("SETTLES", SETTLES_VERDICT),
            &phase.replace("SETTLES", SETTLES_OUTCOME),
        );
    };
    assert(
        &["1988-05-01,present,90000"],
        &format!(
            "not reported on 5 December 1989. REQUIRED The only counts of it on record are from before its baseline, and \
             not judged. {}",
            SETTLES_VERDICT.replace("A later", "A")
        ),
        "not reported. DUE No count by the deadline is on record. SETTLES",
    );
    assert(
        &[],
        &format!(
            "not reported on 5 December 1989. REQUIRED No count of it is on record. {}",
            SETTLES_VERDICT.replace("A later", "A")
        ),
        "not reported. DUE No count by the deadline is on record. SETTLES",
    );
    assert(
        &["1989-10-05,present,30000"],
        "undecided on 5 December 1989. REQUIRED The latest count is 30,000 on 5 October 1989, 61 days before. SETTLES",
        "undecided. DUE The last count by the deadline is 30,000 on 5 October 1989. \
         A count of 25,000 or fewer between 6 October and 1 November 1989 would show that it was met.",
    );
    assert(
        &["1989-12-05,present,at least 24000"],
        "undecided on 5 December 1989. REQUIRED The latest count is at least 24,000 on 5 December 1989. SETTLES",
        "undecided. DUE No count by the deadline is on record. \
         The last count after the deadline is at least 24,000 on 5 December 1989. SETTLES",
    );
    // Only a count of the first due day is the last by it; then none is, for the last by a later due day is above.
    for (day, settles) in [
        ("1989-10-31", " A count of 25,000 or fewer on 1 November 1989 would show that it was met."),
        ("1989-11-01", ""),
    ] {
        assert(
            &[&format!("{day},present,30000"), "1989-11-06,present,25000"],
            "within its ceiling on 5 December 1989. REQUIRED The latest count is 25,000 on 6 November 1989, 29 days before.",
            &format!("undecided. DUE The last count by the deadline is 25,000 on 6 November 1989.{settles}"),
        );
    }
}

#[test]
fn sources_amendments_and_authorised_baselines_are_named() {
    let baseline = r#", "baseline": { "strength": 20, "as_of": "2000-01-02", "authorised": true }"#;
    let phases = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "remain": 10 }], "done": "handed-over" },
                    { "id": "2", "by": "2000-01-20", "limits": [{ "remain": 5 }] }"#;
    let amendments = r#", "amendments": [
        { "title": "Later", "adopted": "2000-01-05", "changes": [{ "phase": "1", "by": "2000-01-15" }, { "drop": "2" }] },
        { "title": "Nothing", "adopted": "2000-01-06", "changes": [{ "phase": "1", "title": "One" }] },
        { "title": "Much later", "adopted": "2000-02-06", "changes": [{ "phase": "1", "by": "2000-03" }] }]"#;
    let agreement = agreement(baseline, phases, amendments);
    let mut rows = seen(&["2000-01-08,present,12", "2000-01-08,present,15"]);
    for (row, source) in rows.iter_mut().zip(["UN", "a newspaper"]) {
        row.source = Some(source.to_owned());
    }
    let assessment = agreement.assess(&rows, day("2000-01-14"));
    let why = assessment.explain();
    assert_eq!(
        why.forces,
        ["us: within its ceiling by 5 to 8 on 14 January 2000. At most 20 may remain (the authorised number). \
         The latest count is 12 to 15 on 8 January 2000, 6 days before (UN; a newspaper)."]
    );
    assert_eq!(
        why.phases,
        [
            "One: not due yet. It falls due on 15 January 2000: at most 10 may remain. \
             As first agreed, it fell due on 10 January 2000, and at most 10 were to remain; by that, it is undecided. \
             It was changed by “Later”. It was changed by “Nothing”. The last count is 15 on 8 January 2000 (a newspaper).",
            "One: handed over: not due yet. It falls due on 15 January 2000. \
             As first agreed, it fell due on 10 January 2000; by that, it is not reported. \
             It was changed by “Later”. It was changed by “Nothing”.",
            "Step 2: dropped. As first agreed, it fell due on 20 January 2000, and at most 5 were to remain; \
             by that, it is not due yet. It was changed by “Later”.",
        ]
    );
}

/// Each force has a paragraph, which does not grow with the amendments.
#[test]
fn only_the_last_amendments_are_named() {
    let of = |count: u32| {
        let change = |n| {
            let title = format!("{n} {}", "long ".repeat(100));
            format!(
                r#"{{ "title": "{title}", "adopted": "2000-01-05", "changes": [{{ "phase": "1", "by": "2000-02-{:02}" }}] }}"#,
                n + 1
            )
        };
        let amendments: Vec<String> = (0..count).map(change).collect();
        let phases = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "remain": 10 }] }"#;
        let agreement = agreement("", phases, &format!(r#", "amendments": [{}]"#, amendments.join(", ")));
        agreement.assess(&[], day("2000-01-14")).explain().phases.remove(0)
    };
    let (three, four, many) = (of(3), of(4), of(20));
    assert!(three.contains("It was changed by “0 long ") && !three.contains("earlier"), "{three}");
    assert!(four.contains("An earlier amendment changed it, too. It was changed by “1 long "), "{four}");
    assert!(many.contains("17 earlier amendments changed it. It was changed by “17 long "), "{many}");
    assert!(many.contains("It was changed by “19 long ") && many.len() < 700, "{many}");
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// A count of every day that is said to settle an outcome does, and of no other day; one of every day that is said to
    /// settle a verdict does.
    #[test]
    fn what_is_said_to_settle_it_settles_it(case in case()) {
        let (agreement, assessment) = (case.agreement(), case.assess());
        let why = assessment.explain();
        let with = |date: NaiveDate, count: u32| {
            let more = Observation { published: Some(FIRST), ..Observation::present(date, count) };
            agreement.assess(&[case.seen.as_slice(), &[more]].concat(), case.on)
        };
        let days = |first: NaiveDate, last: NaiveDate| first.iter_days().take_while(move |day| *day <= last);
        let long_before = FIRST - Days::new(2);
        for (index, (phase, why)) in assessment.phases.iter().zip(&why.phases).enumerate() {
            let unsettled = matches!(phase.outcome, Outcome::Undetermined | Outcome::NotReported);
            let mut said = None;
            if let (Some(ceiling), Some(due), true) = (phase.ceiling, phase.due, unsettled) {
                let settles = |day: &NaiveDate| with(*day, ceiling.low()).phases[index].outcome == Outcome::Met;
                let found: Vec<_> = days(long_before, due.latest()).filter(settles).collect();
                if let (Some(&first), Some(&last)) = (found.first(), found.last()) {
                    prop_assert_eq!(found.len(), days(first, last).count(), "a gap: {}", case.text());
                    said = Some((first, last));
                }
            }
            let settled = phase.reason.settled_by.map(|days| (days.from.unwrap_or(long_before), days.until));
            prop_assert_eq!(settled, said, "{}\n{}", why, case.text());
            prop_assert_eq!(why.ends_with("would show that it was met."), settled.is_some(), "{}", why);
        }
        let (force, why) = (&assessment.forces[0], &why.forces[0]);
        let unsettled = matches!(force.verdict, Verdict::Undetermined | Verdict::NotReported);
        let count = if force.observed.is_some() { "A later count of" } else { "A count of" };
        prop_assert_eq!(why.contains(count), unsettled, "{}", why);
        if let Some(ceiling) = force.ceiling.as_ref().filter(|_| unsettled) {
            let as_of = case.terms.forces[0].baseline.as_ref().map_or(long_before, |baseline| baseline.as_of);
            let after = force.observed.map(|observed| observed.latest + Days::new(1));
            for day in days(after.unwrap_or(as_of), case.on) {
                let verdict = |count: u32| with(day, count).forces[0].verdict;
                prop_assert_eq!(verdict(ceiling.strict), Verdict::Compliant, "{}\n{}", why, case.text());
                let due = assessment.phases.iter().find(|phase| ceiling.lenient_by == Some(SetBy::Phase(phase.phase.clone())));
                let due = due.map_or(as_of, |phase| phase.due.unwrap().latest());
                if let Some(lenient) = ceiling.lenient.filter(|_| day > due) {
                    prop_assert_eq!(verdict(lenient + 1), Verdict::Exceeded, "{}\n{}", why, case.text());
                }
            }
        }
    }
}

/// Every key, in order.
#[test]
fn an_assessment_as_json() {
    let text = r#"{ "title": "T", "consent_before": ["announcement", "execution"],
        "parties": [{ "id": "USA", "name": "United States", "role": "sending", "domestic_steps": ["congress"] },
                    { "id": "IRQ", "name": "Iraq", "role": "receiving" }],
        "forces": [{ "id": "us", "baseline": { "strength": "about 100", "as_of": "2000-01-02" } },
                   { "id": "uk" }],
        "phases": [{ "id": "1", "by": "2000-01-10", "limits": [{ "force": "us", "remain": 50 }], "done": "handed-over" },
                   { "id": "2", "by": "open", "standing": "envisaged", "limits": [{ "force": "uk", "withdraw": "hundreds" }] }],
        "record": [{ "on": "2000-01-01", "act": "text-agreed" }, { "on": "2000-01-03", "act": "approved", "parties": ["IRQ"] },
                   { "on": "2000-01-04", "act": "paused", "parties": ["USA"] },
                   { "on": "2000-01-08/2000-01-12", "act": "announced", "expected": true },
                   { "on": "2000-02", "act": "domestic-step", "parties": ["USA"], "body": "congress", "expected": true }],
        "amendments": [{ "title": "Later", "adopted": "2000-01-05", "changes": [{ "phase": "1", "by": "2000-01-11/2000-01-20" }] },
            { "title": "Protocol", "adopted": "2000-01-06", "effective": { "after": "event:ratified", "days": 2 }, "changes": [{ "drop": "1" }] },
            { "title": "Next", "adopted": "2000-01-15", "effective": { "after": "entry-into-force" }, "changes": [] }] }"#;
    let agreement: Agreement = serde_json::from_str(text).unwrap();
    let rows = [Observation::present(day("2000-01-10"), force_drawdown::Quantity::About(60)).of("us")];
    let assessment = agreement.as_known_on(day("2000-01-15")).assess(&rows, day("2000-01-14"));
    assert_eq!(serde_json::to_string_pretty(&assessment).unwrap(), include_str!("words/assessment.json").trim_end());
}
