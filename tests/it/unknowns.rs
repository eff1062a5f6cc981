//! What is unknown on a day, with its place and its words.

use force_drawdown::{
    Agreement, Observation,
    assessment::{Unknown, UnknownKind},
    day,
    findings::Segment,
    strategies,
};
use proptest::prelude::*;

fn agreement(text: &str) -> Agreement {
    serde_json::from_str(text).unwrap()
}

fn lines(unknowns: &[Unknown]) -> Vec<String> {
    unknowns.iter().map(|unknown| format!("{} at {}: {unknown}", unknown.kind, unknown.place)).collect()
}

const VAGUE: &str = r#"{
    "title": "T", "parties": [{ "id": "W", "name": "Witness", "role": "witness" }],
    "forces": [
        { "id": "us", "name": "US troops", "baseline": { "strength": "at least 900", "as_of": "2000-01-02" } },
        { "id": "uk", "baseline": { "strength": 100, "as_of": "2000-01-02" } }
    ],
    "phases": [
        { "id": "1", "by": { "after": "entry-into-force", "months": 9 }, "limits": [
            { "force": "us", "withdraw": "hundreds" }, { "force": "uk", "withdrawn_share": "about 30%" } ] },
        { "id": "2", "by": "2001-02-03", "limits": [{ "force": "us", "remain": "at most 50" }, { "force": "uk", "remain": 0 }] },
        { "id": "3", "by": "open", "done": "handed-over" }
    ],
    "residual": [{ "force": "us", "strength": "unspecified", "status": "proposed", "until": "2003" }],
    "amendments": [
        { "title": "A", "adopted": "2000-06-01", "changes": [
            { "phase": "1", "by": "2000-Q4" }, { "baseline": { "force": "us", "strength": 800, "as_of": "2000-05-30" } } ] }
    ]
}"#;

#[test]
fn of_one_force_the_words_name_none() {
    let agreement = agreement(
        r#"{ "title": "T", "parties": [{ "id": "W", "name": "Witness", "role": "witness" }],
            "forces": [{ "id": "us", "name": "US troops" }],
            "phases": [{ "id": "1", "by": "2000-02-03", "limits": [{ "withdraw": "hundreds" }] }] }"#,
    );
    let words =
        r#"number at phases[0].limits[0].withdraw: how many leave in phase 1: "hundreds" is read as 200 to 999"#;
    assert_eq!(lines(&agreement.unknowns_on(day!(2000, 5, 31), &[]))[0], words);
}

#[test]
fn each_kind_has_its_words_and_its_place() {
    let agreement = agreement(VAGUE);
    let seen = [Observation::present(day!(2000, 5, 1), 90).of("uk")];
    assert_eq!(
        lines(&agreement.unknowns_on(day!(2000, 5, 31), &seen)),
        [
            r#"number at forces[0].baseline.strength: the number of US troops on 2000-01-02: "at least 900" is read as 900 or more"#,
            "deadline at phases[0].by: the day by which phase 1 is complete: awaiting entry into force",
            r#"number at phases[0].limits[0].withdraw: how many of US troops leave in phase 1: "hundreds" is read as 200 to 999"#,
            r#"number at phases[0].limits[1].withdrawn_share: which share of uk has left after phase 1: "about 30%" is read as 27% to 33%"#,
            "deadline at phases[2].by: the day by which phase 3 is complete: not known",
            "number at residual[0].strength: how many of US troops may stay after the last phase (proposed): the text gives no number",
            r#"window at residual[0].until: the last day of the residual of US troops: "2003" is read as 2003-01-01 to 2003-12-31"#,
            "count at forces[0]: the number of US troops on 2000-05-31: no count is on record",
        ]
    );
    // The amendment settles the baseline, and names days; a count from before the new baseline is none.
    let amended = agreement.unknowns_on(day!(2000, 6, 1), &[Observation::present(day!(2000, 5, 1), 850).of("us")]);
    let amended: Vec<_> = amended.iter().map(|unknown| unknown.place.to_string()).collect();
    assert_eq!(
        amended,
        [
            "amendments[0].changes[0].by",
            "phases[0].limits[0].withdraw",
            "phases[0].limits[1].withdrawn_share",
            "phases[2].by",
            "residual[0].strength",
            "residual[0].until",
            "forces[0]",
            "forces[1]",
        ]
    );
}

#[test]
fn nothing_is_unknown_of_an_exact_text_with_a_count() {
    let text = r#"{ "title": "T", "parties": [{ "id": "W", "name": "Witness", "role": "witness" }],
        "forces": [{ "id": "us", "baseline": { "strength": 100, "as_of": "2000-01-02" } }],
        "phases": [{ "id": "1", "by": "2000-02-03", "limits": [{ "remain": "at most 50" }] }] }"#;
    let seen = [Observation::present(day!(2000, 1, 3), 99)];
    assert_eq!(lines(&agreement(text).unknowns_on(day!(2000, 1, 3), &seen)), [""; 0]);
    let before = agreement(text).unknowns_on(day!(2000, 1, 2), &seen);
    assert_eq!(before.iter().map(|unknown| unknown.kind).collect::<Vec<_>>(), [UnknownKind::Count]);
}

/// "More than half" is not half.
#[test]
fn an_end_that_a_share_leaves_out_is_named_so() {
    let read = |limit: &str| {
        let text = format!(
            r#"{{ "title": "T", "parties": [{{ "id": "W", "name": "Witness", "role": "witness" }}],
            "forces": [{{ "id": "us", "baseline": {{ "strength": 100, "as_of": "2000-01-02" }} }}],
            "phases": [{{ "id": "1", "by": "2000-02-03", "limits": [{{ {limit} }}] }}] }}"#
        );
        let words = agreement(&text).unknowns_on(day!(2000, 1, 3), &[])[0].to_string();
        words.rsplit(": ").next().unwrap().to_owned()
    };
    assert_eq!(read(r#""remain_share": "more than 50%""#), r#""more than 50%" is read as just above 50% to 100%"#);
    assert_eq!(read(r#""withdrawn_share": "fewer than 1/3""#), r#""fewer than 1/3" is read as 0% to just below 1/3"#);
    assert_eq!(read(r#""withdrawn_share": "at most 50%""#), r#""at most 50%" is read as 0% to 50%"#);
}

/// A whole of which the parts are counted is counted, too.
#[test]
fn a_sum_is_a_count() {
    let mut terms = agreement(r#"{ "title": "T", "parties": [{ "id": "p", "name": "P", "role": "sending" }],
        "forces": [{ "id": "all", "sum_of_parts": true }, { "id": "a", "part_of": "all" }, { "id": "b", "part_of": "all" }],
        "phases": [{ "id": "1", "by": "2025-06-30", "limits": [{ "force": "all", "remain": 5 }] }] }"#).into_terms();
    let day = day!(2025, 7, 1);
    let seen = ["a", "b"].map(|part| Observation::present(day, 1).of(part));
    let unknown =
        |terms: &force_drawdown::Terms| Agreement::try_from(terms.clone()).unwrap().unknowns_on(day, &seen).len();
    assert_eq!(unknown(&terms), 0);
    terms.forces[0].sum_of_parts = false;
    assert_eq!(unknown(&terms), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn the_place_of_each_is_in_the_document(agreement in strategies::agreement()) {
        let document = serde_json::to_value(&agreement).unwrap();
        for version in agreement.versions() {
            for unknown in agreement.unknowns_on(version.effective().unwrap_or(day!(1, 1, 1)), &[]) {
                // Indexing by what is not there gives null.
                let at = unknown.place.segments().iter().fold(&document, |at, segment| match segment {
                    Segment::Field(name) => &at[*name],
                    Segment::Key(key) => &at[&**key],
                    Segment::Index(index) => &at[*index],
                });
                prop_assert!(!at.is_null(), "{} in {document}", unknown.place);
            }
        }
    }
}
