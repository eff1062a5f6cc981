//! Cases worked out by hand: numbers of margins, paces and scores.

use force_drawdown::{Interpolation, Window, assessment::ForceAssessment};

use super::*;

fn margin(force: &ForceAssessment) -> Option<(Option<i64>, Option<i64>)> {
    force.margin.map(|margin| (margin.low, margin.high))
}

fn pace(force: &ForceAssessment) -> Option<(Option<i64>, Option<i64>)> {
    force.required_pace.map(|pace| (pace.low, pace.high))
}

/// United States troops in Vietnam in 1972: 64,800 less 49,000 over the 37 days from 25 May to 1 July.
#[test]
fn a_pace_worked_out_by_hand() {
    let phases = r#"{ "id": "may", "by": "1972-05-01", "limits": [{ "remain": 69000 }] },
                    { "id": "july", "by": "1972-07-01", "limits": [{ "remain": 49000 }] }"#;
    let record = r#", "record": [{ "on": "1972-01-13", "act": "announced" }]"#;
    let agreement = agreement("", phases, record);
    let assessment = agreement.assess(&seen(&["1972-05-25,present,64800"]), day("1972-05-25"));
    let force = &assessment.forces[0];
    assert_eq!(pace(force), Some((Some(2_990), Some(2_990))));
    assert_eq!(force.verdict.as_str(), "compliant");
    assert_eq!(margin(force), Some((Some(4_200), Some(4_200))));
    assert_eq!(outcome(phase(&assessment, "july")), "pending");
}

#[test]
fn half_of_a_vague_number_is_undetermined_and_of_an_exact_one_met() {
    let of = |strength: &str| {
        let baseline = format!(r#", "baseline": {{ "strength": "{strength}", "as_of": "2000-01-02" }}"#);
        let half = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "withdrawn_share": "50%" }] }"#;
        agreement(&baseline, half, "")
    };
    assert_judged(
        &of("about 100000"),
        "2000-01-31",
        &[
            (&["2000-01-10,withdrawn,50183"], "undetermined", "undetermined"),
            // A share compares with a share, however vague the base is.
            (&["2000-01-10,withdrawn_share,50%"], "compliant", "met, slip -7 to 0"),
            (&["2000-01-10,withdrawn_share,40%..50%"], "undetermined", "undetermined"),
            (&["2000-01-10,withdrawn_share,49%"], "exceeded", "overdue, slip 1 to -"),
        ],
    );
    assert_judged(
        &of("100283"),
        "2000-01-31",
        &[
            (&["2000-01-10,withdrawn,50183"], "compliant", "met, slip -7 to 0"),
            (&["2000-01-10,withdrawn,50141"], "exceeded", "overdue, slip 1 to -"),
            (&["2000-01-10,withdrawn,50142"], "compliant", "met, slip -7 to 0"),
        ],
    );
}

/// From about 2,500: 500 leave, then 300 more, then all but a tenth.
fn vague() -> Agreement {
    let baseline = r#", "baseline": { "strength": "about 2500", "as_of": "2000-01-02" }"#;
    let phases = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "withdraw": 500 }] },
        { "id": "2", "by": "2000-01-20/2000-01-22", "limits": [{ "withdraw": "300..400" }] },
        { "id": "3", "by": "2000-02-10", "limits": [{ "remain_share": "10%" }] }"#;
    agreement(baseline, phases, "")
}

#[test]
fn several_withdrawals_compare_by_what_was_taken_away() {
    let judged = |row: &str| {
        let assessment = vague().assess(&seen(&[row]), day("2000-01-25"));
        (
            outcome(phase(&assessment, "2")),
            assessment.forces[0].verdict.as_str(),
            margin(&assessment.forces[0]).unwrap(),
        )
    };
    // 800 to 900 in all.
    for (row, of_phase, verdict, (low, high)) in [
        ("2000-01-20,withdrawn,900", "met, slip -19 to 0", "compliant", (0, 100)),
        ("2000-01-20,withdrawn,850", "undetermined", "undetermined", (-50, 50)),
        ("2000-01-22,withdrawn,799", "overdue, slip 1 to -", "exceeded", (-101, -1)),
        ("2000-01-22,withdrawn,750..850", "undetermined", "undetermined", (-150, 50)),
        // In people: 1,350 to 1,950.
        ("2000-01-20,present,1350", "met, slip -19 to 0", "compliant", (0, 600)),
        ("2000-01-22,present,1951", "overdue, slip 1 to -", "exceeded", (-601, -1)),
        // A share does not compare with a number: 1,125 to 1,375 are left.
        ("2000-01-20,withdrawn_share,50%", "undetermined", "undetermined", (-25, 825)),
    ] {
        assert_eq!(judged(row), (of_phase.to_owned(), verdict, (Some(low), Some(high))), "{row}");
    }
}

/// Of an unknown number, only what was taken away can be compared.
#[test]
fn what_is_taken_away_adds_up_where_it_is_known() {
    let out_of = |limits: &[(&str, &str)], counted: String| {
        let phase = |(index, (field, text)): (usize, &(&str, &str))| {
            format!(r#"{{ "id": "{index}", "by": "2000-01-0{}", "limits": [{{ "{field}": "{text}" }}] }}"#, index + 3)
        };
        let phases: Vec<String> = limits.iter().enumerate().map(phase).collect();
        let baseline = r#", "baseline": { "strength": "unspecified", "as_of": "2000-01-02" }"#;
        let row = format!("2000-01-0{},{counted}", limits.len() + 2);
        let assessment = agreement(baseline, &phases.join(", "), "").assess(&seen(&[&row]), day("2000-01-31"));
        assessment.phases.last().unwrap().outcome.to_string()
    };
    let (people, shares) = (("withdraw", "50..60"), ("withdrawn_share", "10%..20%"));
    let (unknown, of_others) = (("withdraw", "unspecified"), ("remain", "500"));
    let number = |low, high| (Some((low, high)), None);
    let share = |low, high| (None, Some((low, Some(high))));
    for (limits, (in_people, in_shares)) in [
        (&[people, ("remain", "500")][..], (None, None)),
        (&[shares, ("remain", "500")], (None, None)),
        (&[people, ("withdraw", "10..20")], number(60, Some(80))),
        (&[people, unknown, ("withdraw", "10..20")], number(60, None)),
        (&[people, unknown], number(50, None)),
        (&[("withdraw", "10")], number(10, Some(10))),
        (&[of_others, ("withdraw", "10")], (None, None)),
        (&[shares, ("withdraw", "10")], (None, None)),
        (&[people, ("withdrawn", "10..20")], number(10, Some(20))),
        (&[shares, ("withdraw_share", "30%..40%")], share(40, 60)),
        (&[("withdraw_share", "30%")], share(30, 30)),
        (&[of_others, ("withdraw_share", "30%")], (None, None)),
        (&[people, ("withdraw_share", "30%")], (None, None)),
        (&[shares, ("remain_share", "60%..70%")], share(30, 40)),
        (&[shares, ("remain_share", "80%..95%")], share(10, 20)),
        (&[shares, ("withdrawn_share", "5%..15%")], share(10, 15)),
        (&[shares, ("withdrawn_share", "5%..8%")], share(8, 8)),
        (&[of_others, ("withdrawn_share", "5%..8%")], share(5, 8)),
    ] {
        for (field, sign, most, taken) in
            [("withdrawn", "", 1_000_000, in_people), ("withdrawn_share", "%", 99, in_shares)]
        {
            let counted = |n: i32| out_of(limits, format!("{field},{n}{sign}"));
            let (low, high) = taken.map_or((0, most + 1), |(low, high)| (low, high.unwrap_or(most + 1)));
            for n in [0, low - 1, low, high - 1, high, most].into_iter().filter(|n| (0..=most).contains(n)) {
                let expected = match n {
                    n if n >= high => "met",
                    n if n < low => "overdue",
                    _ => "undetermined",
                };
                assert_eq!(counted(n), expected, "{field} {n} after {limits:?}");
            }
        }
    }
}

#[test]
fn margins_of_shares_are_people_rounded_outwards() {
    let baseline = r#", "baseline": { "strength": "90..110", "as_of": "2000-01-02" }"#;
    let third = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "withdrawn_share": "1/3" }] }"#;
    let agreement = agreement(baseline, third, "");
    for (row, expected) in [
        // A sixth of 90 to 110: 15 to 18.33.
        ("2000-01-10,withdrawn_share,1/2", (Some(15), Some(19))),
        ("2000-01-10,withdrawn_share,1/6", (Some(-19), Some(-15))),
        ("2000-01-10,withdrawn_share,1/3", (Some(0), Some(0))),
        ("2000-01-10,withdrawn_share,1/6..1/2", (Some(-19), Some(19))),
        ("2000-01-10,present,60", (Some(0), Some(13))),
        ("2000-01-10,present,at least 60", (None, Some(13))),
        ("2000-01-10,withdrawn,at least 30", (Some(-20), Some(73))),
    ] {
        let assessment = agreement.assess(&seen(&[row]), day("2000-01-31"));
        assert_eq!(margin(&assessment.forces[0]), Some(expected), "{row}");
    }
}

#[test]
fn paces_over_windows_and_vague_numbers() {
    let pace_on = |on: &str, rows: &[&str]| pace(&vague().assess(&seen(rows), day(on)).forces[0]);
    // To phase 2, by which 800 to 900 are gone: 100 to 200 more over 9 to 12 days; 58.33 and 155.6 a week.
    assert_eq!(pace_on("2000-01-11", &["2000-01-10/2000-01-11,withdrawn,700"]), Some((Some(59), Some(156))));
    // The next milestone is the first that closes after the day of judgement.
    assert_eq!(pace_on("2000-01-21", &["2000-01-21,withdrawn,700"]), Some((Some(700), None)));
    assert_eq!(pace_on("2000-01-21", &["2000-01-21,withdrawn,900"]), Some((Some(0), Some(0))));
    // To phase 3, of which 225 to 275 are left: 1,725 to 1,775 more over 19 days.
    assert_eq!(pace_on("2000-01-22", &["2000-01-22,present,2000"]), Some((Some(636), Some(654))));
    assert_eq!(pace_on("2000-01-22", &["2000-01-22,present,200"]), Some((Some(0), Some(0))));
    assert_eq!(pace_on("2000-01-22", &["2000-01-22,present,at least 2000"]), Some((Some(636), None)));
    assert_eq!(pace_on("2000-02-09", &["2000-02-09,present,2000"]), Some((Some(12_075), Some(12_425))));
    assert_eq!(pace_on("2000-02-10", &["2000-02-09,present,2000"]), None);
    assert_eq!(pace_on("2000-01-22", &[]), None);
}

#[test]
fn a_share_takes_no_less_than_was_gone_before() {
    let baseline = r#", "baseline": { "strength": "about 1000", "as_of": "2000-01-02" }"#;
    let phases = r#"{ "id": "1", "by": "2000-01-10", "limits": [{ "withdrawn_share": "50%" }] },
                    { "id": "2", "by": "2000-01-20", "limits": [{ "withdrawn_share": "30%..70%" }] }"#;
    let agreement = agreement(baseline, phases, "");
    for (row, expected) in [
        ("2000-01-20,withdrawn_share,49%", "overdue, slip 1 to -"),
        ("2000-01-20,withdrawn_share,50%", "undetermined"),
        ("2000-01-20,withdrawn_share,70%", "met, slip -17 to 0"),
    ] {
        let assessment = agreement.assess(&seen(&[row]), day("2000-01-31"));
        assert_eq!(outcome(phase(&assessment, "2")), expected, "{row}");
    }
}

/// Twenty people of whom 4 may stay: 12 is half of the way.
#[test]
fn scores() {
    let of = |strength: &str, goal: &str| {
        let baseline = format!(r#", "baseline": {{ "strength": "{strength}", "as_of": "2000-01-02" }}"#);
        let phases = format!(
            r#"{{ "id": "1", "by": "2000-01-10", "limits": [{{ "remain": 15 }}] }},
               {{ "id": "2", "by": "2000-01-20", "limits": [{{ "remain": "{goal}" }}] }},
               {{ "id": "3", "by": "2000-01-25", "standing": "envisaged", "limits": [{{ "remain": 0 }}] }}"#
        );
        agreement(&baseline, &phases, "")
    };
    for (strength, goal, row, expected) in [
        ("20", "4", "2000-01-10,present,4", "3"),
        ("20", "4", "2000-01-10,present,0", "3"),
        ("20", "4", "2000-01-10,present,5", "2"),
        ("20", "4", "2000-01-10,present,12", "2"),
        ("20", "4", "2000-01-10,present,13", "1"),
        ("20", "4", "2000-01-10,present,19", "1"),
        ("20", "4", "2000-01-10,present,20", "0"),
        ("20", "4", "2000-01-10,present,30", "0"),
        ("20", "4", "2000-01-10,present,at least 12", "0-2"),
        ("20", "4", "2000-01-10,present,unspecified", "0-3"),
        ("20", "4", "2000-01-10,present,4..13", "1-3"),
        ("20..22", "4", "2000-01-10,present,13", "1-2"),
        ("20..22", "4", "2000-01-10,present,21", "0-1"),
        ("at least 20", "4", "2000-01-10,present,30", "0-2"),
        ("20", "3..5", "2000-01-10,present,5", "2-3"),
    ] {
        let score = of(strength, goal).assess(&seen(&[row]), day("2000-01-31")).score("us");
        assert_eq!(score.map(|score| score.to_string()).as_deref(), Some(expected), "{row}, {strength} to {goal}");
    }
    let agreement = of("20", "4");
    let row = seen(&["2000-01-10,present,4"]);
    assert_eq!(agreement.assess(&row, day("2000-01-31")).score("uk"), None);
    assert_eq!(agreement.assess(&row, day("2000-01-09")).score("us"), None);
    assert_eq!(agreement.assess(&seen(&["2000-01-01,present,4"]), day("2000-01-31")).score("us"), None);
    let envisaged = super::agreement(
        "",
        r#"{ "id": "1", "by": "open", "standing": "envisaged", "limits": [{ "remain": 0 }] }"#,
        "",
    );
    assert_eq!(envisaged.assess(&row, day("2000-01-31")).score("us"), None);
}

#[test]
fn gaps_keep_the_curves_apart() {
    let mut rows = seen(&["2000-01-10/2000-01-11,present,2000", "2000-01-11,present,1800", "2000-01-13,withdrawn,600"]);
    rows[0].force = Some("us".to_owned());
    let days = day("2000-01-09")..=day("2000-01-13");
    let agreement = vague();
    let assessment = agreement.assess(&rows, *days.end());
    let gaps: Vec<String> = assessment
        .gaps("us", days.clone(), Interpolation::Step)
        .unwrap()
        .map(|gap| {
            let required = gap.required.map_or("-".to_owned(), |required| required.to_string());
            let observed = gap.observed.map_or("-".to_owned(), |observed| observed.to_string());
            format!(
                "{}: {required}; {} to {}; {observed}",
                gap.date,
                gap.planned.low.unwrap(),
                gap.planned.high.unwrap()
            )
        })
        .collect();
    assert_eq!(
        gaps,
        [
            "2000-01-09: -; 2250 to 2750; -",
            "2000-01-10: 1,750-2,250; 1750 to 2250; 2,000",
            "2000-01-11: 1,750-2,250; 1750 to 2250; 1,800-2,000",
            "2000-01-12: 1,750-2,250; 1750 to 2250; -",
            "2000-01-13: 1,750-2,250; 1750 to 2250; 1,650-2,150",
        ]
    );
    assert!(assessment.gaps("uk", days, Interpolation::Step).is_none());
    let open = seen(&["2000-01-10,present,at least 5", "2000-01-10,present,4"]);
    let one = day("2000-01-10")..=day("2000-01-10");
    let judged = agreement.assess(&open, *one.end());
    let observed = judged.gaps("us", one, Interpolation::Linear).unwrap().next().unwrap().observed.unwrap();
    assert_eq!((observed.low(), observed.high()), (4, None));
    assert_eq!(Window::new(day("2000-01-10"), day("2000-01-09")), None);
}

/// Windows that overlap in every way: the hull of a day is that of all counts that may be of it.
#[test]
fn the_observed_of_a_day_is_the_hull_of_all_counts_that_may_be_of_it() {
    let first = day("2000-02-01");
    let windows: Vec<(u64, u64, u32)> = (0..60)
        .map(|row| (row * 7 % 40, row * 7 % 40 + row * 11 % 17, u32::try_from(row * 37 % 900).unwrap()))
        .collect();
    let rows: Vec<String> = windows
        .iter()
        .map(|(from, to, low)| {
            let [from, to] = [*from, *to].map(|days| first + chrono::Days::new(days));
            if low % 7 == 0 {
                format!("{from}/{to},present,at least {low}")
            } else {
                format!("{from}/{to},present,{low}..{}", low + low % 50)
            }
        })
        .collect();
    let rows = seen(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let until = first + chrono::Days::new(70);
    let judged = vague().assess(&rows, until);
    for (date, gap) in (0..).zip(judged.gaps("us", first..=until, Interpolation::Step).unwrap()) {
        let of_day = || windows.iter().filter(|(from, to, _)| (*from..=*to).contains(&date));
        let low = of_day().map(|(.., low)| *low).min();
        let is_open = of_day().any(|(.., low)| low % 7 == 0);
        let high = of_day().map(|(.., low)| low + low % 50).max().filter(|_| !is_open);
        let observed = gap.observed.map(|observed| (observed.low(), observed.high()));
        assert_eq!(observed, low.map(|low| (low, high)), "{date} days later");
    }
}
