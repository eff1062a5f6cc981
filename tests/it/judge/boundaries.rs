//! The days and numbers on which a judgement turns.

use super::*;

/// Twenty people, of whom half are to be gone by the tenth; asked about on the last day of the month.
fn half_by(days: &str) -> Agreement {
    let baseline = r#", "baseline": { "strength": 20, "as_of": "2000-01-02" }"#;
    agreement(baseline, &format!(r#"{{ "id": "1", "by": "{days}", "limits": [{{ "remain": 10 }}] }}"#), "")
}

const END: &str = "2000-01-31";

#[test]
fn a_count_around_the_due_day() {
    assert_judged(
        &half_by("2000-01-10"),
        END,
        &[
            (&[], "not-reported", "not-reported"),
            (&["2000-01-09,present,10"], "compliant", "met, slip -7 to -1"),
            (&["2000-01-10,present,10"], "compliant", "met, slip -7 to 0"),
            (&["2000-01-11,present,10"], "compliant", "undetermined, slip -7 to 1"),
            (&["2000-01-09,present,11"], "undetermined", "undetermined"),
            (&["2000-01-10,present,11"], "exceeded", "overdue, slip 1 to -"),
            (&["2000-01-11,present,11"], "exceeded", "overdue, slip 2 to -"),
            (&["2000-01-10,present,11", "2000-01-11,present,10"], "compliant", "late, slip 1 to 1"),
            (&["2000-01-09,present,11", "2000-01-11,present,10"], "compliant", "undetermined, slip 0 to 1"),
            (&["2000-01-09,present,10", "2000-01-10,present,11"], "exceeded", "overdue, slip 1 to -"),
        ],
    );
}

#[test]
fn the_day_of_judgement_around_the_due_day() {
    for (on, verdict, of_phase) in [
        ("2000-01-09", "not-due", "pending"),
        ("2000-01-10", "undetermined", "undetermined"),
        ("2000-01-11", "undetermined", "undetermined"),
    ] {
        assert_judged(&half_by("2000-01-10"), on, &[(&["2000-01-09,present,11"], verdict, of_phase)]);
    }
    for (on, verdict, of_phase) in
        [("2000-01-09", "not-due", "pending"), ("2000-01-10", "not-reported", "not-reported")]
    {
        assert_judged(&half_by("2000-01-10"), on, &[(&[], verdict, of_phase)]);
    }
    // Nothing is pending that is met already.
    assert_judged(
        &half_by("2000-01-10"),
        "2000-01-09",
        &[(&["2000-01-09,present,10"], "not-due", "met, slip -7 to -1")],
    );
}

#[test]
fn a_window_of_one_day_is_that_day() {
    let rows: [&[&str]; 4] =
        [&["2000-01-09,present,10"], &["2000-01-10,present,11"], &["2000-01-10/2000-01-10,present,11"], &[]];
    for rows in rows {
        for on in ["2000-01-09", "2000-01-10", END] {
            let (window, single) = (half_by("2000-01-10/2000-01-10"), half_by("2000-01-10"));
            assert_eq!(window.assess(&seen(rows), day(on)), single.assess(&seen(rows), day(on)), "{rows:?} on {on}");
        }
    }
}

#[test]
fn a_window_of_two_days() {
    assert_judged(
        &half_by("2000-01-10/2000-01-11"),
        END,
        &[
            (&["2000-01-10,present,10"], "compliant", "met, slip -8 to 0"),
            (&["2000-01-11,present,10"], "compliant", "undetermined, slip -8 to 1"),
            (&["2000-01-10,present,11"], "undetermined", "undetermined"),
            (&["2000-01-11,present,11"], "exceeded", "overdue, slip 1 to -"),
            (&["2000-01-11,present,11", "2000-01-12,present,10"], "compliant", "late, slip 1 to 2"),
            (&["2000-01-10,present,10", "2000-01-11,present,11"], "exceeded", "undetermined"),
        ],
    );
    assert_judged(
        &half_by("2000-01-10/2000-01-11"),
        "2000-01-10",
        &[
            (&["2000-01-10,present,11"], "not-due", "pending"),
            (&["2000-01-10,present,10"], "not-due", "met, slip -8 to 0"),
            (&[], "not-due", "pending"),
        ],
    );
}

#[test]
fn a_count_equal_to_the_ceiling_keeps_it() {
    assert_judged(
        &half_by("2000-01-10"),
        END,
        &[
            (&["2000-01-10,present,9"], "compliant", "met, slip -7 to 0"),
            (&["2000-01-10,present,10"], "compliant", "met, slip -7 to 0"),
            (&["2000-01-10,present,9..11"], "undetermined", "undetermined"),
            (&["2000-01-10,present,at most 10"], "compliant", "met, slip -7 to 0"),
            (&["2000-01-10,present,more than 10"], "exceeded", "overdue, slip 1 to -"),
            (&["2000-01-10,present,at least 10"], "undetermined", "undetermined"),
            (&["2000-01-10,withdrawn,10"], "compliant", "met, slip -7 to 0"),
            (&["2000-01-10,withdrawn,9"], "exceeded", "overdue, slip 1 to -"),
            (&["2000-01-10,withdrawn_share,50%"], "compliant", "met, slip -7 to 0"),
            (&["2000-01-10,withdrawn_share,45%"], "exceeded", "overdue, slip 1 to -"),
            (&["2000-01-10,present,unspecified"], "undetermined", "undetermined"),
        ],
    );
}

#[test]
fn a_rise_after_a_phase_was_met() {
    assert_judged(
        &half_by("2000-01-10"),
        END,
        &[
            (&["2000-01-05,present,10", "2000-01-20,present,12"], "exceeded", "met, slip -7 to -5"),
            (&["2000-01-05,present,10", "2000-01-08,present,12"], "undetermined", "undetermined"),
            (
                &["2000-01-05,present,10", "2000-01-08,present,12", "2000-01-10,present,10"],
                "compliant",
                "met, slip -1 to 0",
            ),
            (
                &["2000-01-05,present,10", "2000-01-20,present,12", "2000-01-25,present,10"],
                "compliant",
                "met, slip -7 to -5",
            ),
            (
                &["2000-01-15,present,12", "2000-01-20,present,10", "2000-01-25,present,12"],
                "exceeded",
                "late, slip 6 to 10",
            ),
        ],
    );
}

#[test]
fn reports_for_one_day_that_disagree() {
    assert_judged(
        &half_by("2000-01-10"),
        END,
        &[
            (&["2000-01-10,present,10", "2000-01-10,present,11"], "undetermined", "undetermined"),
            (&["2000-01-10,present,10", "2000-01-10,present,9"], "compliant", "met, slip -7 to 0"),
            (&["2000-01-10,present,12", "2000-01-10,present,11"], "exceeded", "overdue, slip 1 to -"),
            (&["2000-01-10,present,12", "2000-01-10,withdrawn,9"], "exceeded", "overdue, slip 1 to -"),
            (&["2000-01-10,present,8..11", "2000-01-10,present,9"], "undetermined", "undetermined"),
            // Each may be the latest.
            (&["2000-01-10/2000-01-14,present,10", "2000-01-12,present,11"], "undetermined", "undetermined"),
            (&["2000-01-10/2000-01-12,present,10", "2000-01-12,present,11"], "undetermined", "undetermined"),
            (&["2000-01-10/2000-01-11,present,10", "2000-01-12,present,11"], "exceeded", "undetermined, slip -7 to 1"),
            // One after the other.
            (&["2000-01-08,present,12", "2000-01-09/2000-01-10,present,10"], "compliant", "met, slip -1 to 0"),
            (&["2000-01-09,present,12", "2000-01-09/2000-01-10,present,10"], "undetermined", "undetermined"),
            // Of the counts of one day a reading takes one: it may be the one at or below.
            (
                &["2000-01-15,present,12", "2000-01-15,present,10", "2000-01-20,present,9"],
                "compliant",
                "undetermined, slip -7 to 10",
            ),
            (
                &["2000-01-15,present,12", "2000-01-15/2000-01-16,present,10", "2000-01-20,present,9"],
                "compliant",
                "undetermined, slip -7 to 10",
            ),
            (
                &["2000-01-15,present,12", "2000-01-16/2000-01-17,present,10", "2000-01-20,present,9"],
                "compliant",
                "late, slip 6 to 7",
            ),
            // They share one day, and none.
            (
                &["2000-01-14/2000-01-15,present,10", "2000-01-15/2000-01-18,present,12", "2000-01-25,present,9"],
                "compliant",
                "undetermined, slip -7 to 15",
            ),
            (
                &["2000-01-13/2000-01-14,present,10", "2000-01-15/2000-01-18,present,12", "2000-01-25,present,9"],
                "compliant",
                "undetermined, slip -7 to 4",
            ),
            (
                &["2000-01-10/2000-01-15,present,12", "2000-01-12,present,10", "2000-01-20,present,12"],
                "exceeded",
                "undetermined",
            ),
        ],
    );
    let assessment =
        half_by("2000-01-10").assess(&seen(&["2000-01-10,present,5..8", "2000-01-10,present,12"]), day(END));
    let force = &assessment.forces[0];
    let observed = force.observed.unwrap();
    assert_eq!((observed.low, observed.high), (5, Some(12)));
    assert_eq!(force.margin.map(|margin| (margin.low, margin.high)), Some((Some(-2), Some(5))));
}

#[test]
fn only_what_is_dated_between_the_baseline_and_the_judgement_counts() {
    let none = ("not-reported", "not-reported");
    assert_judged(
        &half_by("2000-01-10"),
        END,
        &[
            (&["2000-01-01,present,10"], none.0, none.1),
            (&["2000-01-02,present,10"], "compliant", "met, slip -8 to -8"),
            (&["2000-01-01/2000-01-05,present,10"], none.0, none.1),
            (&["2000-01-31,present,10"], "compliant", "undetermined, slip -7 to 21"),
            (&["2000-01-31/2000-02-01,present,10"], none.0, none.1),
            (&["2000-02-01,present,10"], none.0, none.1),
            (&["2000-01-10,present,10", "2000-02-01,present,12"], "compliant", "met, slip -7 to 0"),
        ],
    );
}

#[test]
fn forecasts_and_doubtful_counts_are_not_judged() {
    let mut rows = seen(&["2000-01-10,present,10", "2000-01-11,present,12"]);
    for (kind, verdict) in [("forecast", "compliant"), ("doubtful", "compliant"), ("count", "exceeded")] {
        rows[1].kind = Some(kind.parse().unwrap());
        assert_eq!(half_by("2000-01-10").assess(&rows, day(END)).forces[0].verdict.as_str(), verdict, "{kind}");
    }
}

#[test]
fn publication_is_that_of_the_count_else_of_its_source_else_its_day() {
    let baseline = r#", "baseline": { "strength": 20, "as_of": "2000-01-02" }"#;
    let sources =
        r#", "sources": { "report": { "title": "R", "published": "2000-01-20" }, "other": { "title": "O" } }"#;
    let phases = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "remain": 10 }] }"#;
    let agreement = agreement(baseline, phases, sources);
    let count = |source: Option<&str>, published: Option<&str>| {
        let mut count = seen(&["2000-01-08/2000-01-10,present,10"]).remove(0);
        count.source = source.map(str::to_owned);
        count.published = published.map(day);
        [count]
    };
    for (source, published, first) in [
        (None, None, "2000-01-10"),
        (Some("free text"), None, "2000-01-10"),
        (Some("other"), None, "2000-01-10"),
        (Some("report"), None, "2000-01-20"),
        (Some("report"), Some("2000-01-15"), "2000-01-15"),
        (None, Some("2000-01-05"), "2000-01-05"),
    ] {
        for (known, verdict) in [(day(first), "compliant"), (day(first) - Days::new(1), "not-reported")] {
            let found = agreement.as_known_on(known).assess(&count(source, published), day(END));
            assert_eq!(found.forces[0].verdict.as_str(), verdict, "{source:?} {published:?} as known on {known}");
            assert_eq!(found.known, Some(known));
        }
        assert_eq!(agreement.assess(&count(source, published), day(END)).forces[0].verdict.as_str(), "compliant");
    }
}

#[test]
fn a_count_older_than_the_ceiling_cannot_break_it() {
    let baseline = r#", "baseline": { "strength": 20, "as_of": "2000-01-02" }"#;
    let phases = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "remain": 10 }] },
                    { "id": "2", "by": "2000-01-20", "limits": [{ "remain": 5 }] }"#;
    let agreement = agreement(baseline, phases, "");
    assert_judged(
        &agreement,
        END,
        &[
            (&["2000-01-19,present,8"], "undetermined", "undetermined, slip -7 to 9"),
            (&["2000-01-20,present,8"], "exceeded", "undetermined, slip -7 to 10"),
            (&["2000-01-19/2000-01-20,present,8"], "undetermined", "undetermined, slip -7 to 10"),
            (&["2000-01-19,present,11"], "exceeded", "overdue, slip 10 to -"),
            (&["2000-01-09,present,11"], "undetermined", "undetermined"),
        ],
    );
}

#[test]
fn without_a_baseline_the_slip_has_no_low_end() {
    let agreement = agreement("", r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "remain": 10 }] }"#, "");
    assert_judged(
        &agreement,
        END,
        &[
            (&[], "not-reported", "not-reported"),
            (&["1999-01-01,present,10"], "compliant", "met, slip - to -374"),
            (&["2000-01-10,present,11"], "exceeded", "overdue, slip 1 to -"),
        ],
    );
}

#[test]
fn what_is_required_of_nobody_has_no_verdict() {
    let envisaged = r#"{ "id": "1", "by": "2000-01-10", "standing": "envisaged", "limits": [{ "remain": 10 }] }"#;
    let baseline = |authorised: bool| {
        format!(r#", "baseline": {{ "strength": 20, "as_of": "2000-01-02", "authorised": {authorised} }}"#)
    };
    assert_judged(
        &agreement(&baseline(false), envisaged, ""),
        END,
        &[
            (&["2000-01-10,present,11"], "no-limit", "overdue, slip 1 to -"),
            (&["2000-01-10,present,10"], "no-limit", "met, slip -7 to 0"),
        ],
    );
    assert_judged(
        &agreement(&baseline(true), envisaged, ""),
        END,
        &[
            (&["2000-01-10,present,11"], "compliant", "overdue, slip 1 to -"),
            (&["2000-01-10,present,21"], "exceeded", "overdue, slip 1 to -"),
            (&["2000-01-10,present,20..21"], "undetermined", "overdue, slip 1 to -"),
        ],
    );
    let open = agreement(&baseline(false), r#"{ "id": "1", "by": "open", "limits": [{ "remain": 10 }] }"#, "");
    assert_judged(&open, END, &[(&["2000-01-10,present,5"], "not-due", "awaiting"), (&[], "not-due", "awaiting")]);
}

#[test]
fn a_part_keeps_to_its_whole() {
    let forces = r#"{ "id": "part", "part_of": "whole", "baseline": { "strength": 10, "as_of": "2000-01-02" } },
                    { "id": "whole", "baseline": { "strength": 20, "as_of": "2000-01-02" } }"#;
    let phases = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "force": "part", "remain": 8 }] },
                    { "id": "2", "by": "2000-01-20", "limits": [{ "force": "whole", "remain": 5 }] }"#;
    let agreement = read(forces, phases, "");
    let verdict = |on: &str, of: &str, present: u32| {
        let seen = [Observation::present(day(on), present).of(of)];
        let assessment = agreement.assess(&seen, day(END));
        let index = usize::from(of == "whole");
        let margin = assessment.forces[index].margin.and_then(|margin| margin.low);
        (assessment.forces[index].verdict.as_str(), margin)
    };
    assert_eq!(verdict("2000-01-20", "part", 5), ("compliant", Some(0)));
    assert_eq!(verdict("2000-01-20", "part", 6), ("exceeded", Some(-1)));
    assert_eq!(verdict("2000-01-19", "part", 6), ("undetermined", Some(-1)));
    assert_eq!(verdict("2000-01-19", "part", 9), ("exceeded", Some(-4)));
    assert_eq!(verdict("2000-01-20", "whole", 6), ("exceeded", Some(-1)));
    assert_eq!(verdict("2000-01-20", "whole", 5), ("compliant", Some(0)));
    // A count of the whole is none of the part, and the phase of the one is judged by its own counts.
    let seen = [Observation::present(day("2000-01-20"), 6).of("whole")];
    let assessment = agreement.assess(&seen, day(END));
    let verdicts: Vec<&str> = assessment.forces.iter().map(|force| force.verdict.as_str()).collect();
    assert_eq!(verdicts, ["not-reported", "exceeded"]);
    let outcomes: Vec<String> = assessment.phases.iter().map(outcome).collect();
    assert_eq!(outcomes, ["not-reported", "overdue, slip 1 to -"]);
    assert_eq!(assessment.phases[1].force.as_deref(), Some("whole"));
}
