//! The JSON Schema: it has the fields and words of the crate, and accepts what the reader accepts.

use std::collections::{BTreeMap, BTreeSet};

use force_drawdown::{
    AGREEMENT_SCHEMA, Act, ActKind, Agreement, Amendment, Baseline, BindsFrom, Change, ConsentMode, Deadline, Force,
    GatedStep, Instrument, Limit, LimitKind, NewBaseline, Part, Party, Phase, PhaseChange, Quantity, Residual,
    ResidualStatus, Role, Source, Standing, Terms, day, terms::Citation,
};
use serde_json::{Value, json};

use crate::documents;

fn schema() -> Value {
    serde_json::from_str(AGREEMENT_SCHEMA).unwrap()
}

pub(crate) fn accepts(document: &Value) -> Result<(), String> {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    validator.validate(document).map_err(|error| format!("{error} at {}", error.instance_path()))
}

#[test]
fn the_schema_accepts_every_example() {
    let documents = documents();
    assert!(documents.len() > 10);
    for (name, document) in documents {
        assert_eq!(accepts(&document), Ok(()), "{name}");
    }
}

/// A document in which every field of every object is written.
fn everything() -> Terms {
    let day = || day!(2024, 9, 6);
    let cited = || vec![Citation { source: "s".to_owned(), clause: Some("1".to_owned()), quote: Some("q".to_owned()) }];
    let text = || Some("text".to_owned());
    let kinds = [
        LimitKind::Remain(Quantity::Hundreds),
        LimitKind::Withdraw(Quantity::About(5)),
        LimitKind::Withdrawn(Quantity::Range(1, 2)),
        LimitKind::RemainShare("50%".parse().unwrap()),
        LimitKind::WithdrawShare("2/3".parse().unwrap()),
        LimitKind::WithdrawnShare("about 12.5%".parse().unwrap()),
    ];
    let limits =
        || kinds.map(|kind| Limit { force: Some("f".to_owned()), kind, note: text(), source: cited() }).to_vec();
    let phase = || Phase {
        id: "1".to_owned(),
        by: Deadline::month(2025, 9),
        title: text(),
        from: Some(Deadline::Open),
        limits: limits(),
        done: Some("event".to_owned()),
        conditions: vec!["event".to_owned()],
        standing: Some(Standing::Envisaged),
        note: text(),
        source: cited(),
    };
    let residual = || Residual {
        force: Some("f".to_owned()),
        strength: Quantity::Unspecified,
        status: ResidualStatus::Proposed,
        purpose: text(),
        until: Some(Deadline::end_of_year(2026)),
        note: text(),
        source: cited(),
    };
    let force = || Force {
        id: "f".to_owned(),
        name: text(),
        party: Some("p".to_owned()),
        category: text(),
        area: text(),
        part_of: Some("g".to_owned()),
        sum_of_parts: true,
        unit: text(),
        counting: text(),
        baseline: Some(Baseline {
            strength: Quantity::Exact(5),
            as_of: day(),
            authorised: true,
            note: text(),
            source: cited(),
        }),
        note: text(),
        source: cited(),
    };
    let change = PhaseChange {
        phase: "1".to_owned(),
        by: Some(Deadline::Any(vec![Deadline::Open])),
        from: Some(None),
        limits: Some(limits()),
        done: Some(None),
        conditions: Some(vec!["event".to_owned()]),
        standing: Some(Standing::Binding),
        title: Some(None),
    };
    let baseline = NewBaseline {
        force: Some("f".to_owned()),
        baseline: Baseline {
            strength: Quantity::AtMost(5),
            as_of: day(),
            authorised: true,
            note: text(),
            source: cited(),
        },
    };
    Terms {
        schema: text(),
        format: Some(1),
        id: Some("t-1".to_owned()),
        title: "T".to_owned(),
        instrument: Some(Instrument::Treaty),
        binds_from: Some(BindsFrom::Approval),
        consent_before: Some(vec![GatedStep::Announcement, GatedStep::Execution]),
        follows: text(),
        pax: Some(1),
        ucdp: Some(1),
        pam: Some(1),
        parties: vec![Party {
            id: "p".to_owned(),
            name: "P".to_owned(),
            role: Role::Sending,
            iso3: Some("USA".to_owned()),
            cow: Some(2),
            gw: Some(2),
            consent: Some(ConsentMode::Signature),
            succeeds: Some("p".to_owned()),
            since: Some(day()),
            domestic_steps: vec!["parliament".to_owned()],
            note: text(),
            source: cited(),
        }],
        forces: vec![force()],
        phases: vec![phase()],
        residual: vec![residual()],
        record: vec![Act {
            on: Part::Year(2024).into(),
            act: ActKind::DomesticStep,
            parties: vec!["p".to_owned()],
            body: Some("parliament".to_owned()),
            name: Some("event".to_owned()),
            expected: true,
            published: Some(day()),
            note: text(),
            source: cited(),
        }],
        amendments: vec![Amendment {
            title: "A".to_owned(),
            adopted: day(),
            effective: Some(day().into()),
            unilateral: Some("p".to_owned()),
            changes: vec![
                Change::Phase(change),
                Change::Add { add: phase(), after: None },
                Change::Drop { drop: "1".to_owned() },
                Change::Residual { residual: vec![residual()] },
                Change::AddForce { add_force: force() },
                Change::Baseline { baseline },
            ],
            note: text(),
            source: cited(),
        }],
        sources: BTreeMap::from([(
            "s".to_owned(),
            Source { title: "S".to_owned(), published: Some(day()), url: text(), note: text() },
        )]),
        note: text(),
    }
}

fn fields(object: &Value) -> BTreeSet<String> {
    object.as_object().unwrap().keys().cloned().collect()
}

/// The schema has the fields that documents have: one more or one less of either is a drift.
#[test]
fn the_schema_has_every_field_and_no_other() {
    let (schema, written) = (schema(), serde_json::to_value(everything()).unwrap());
    let of = |schema: &Value| fields(&schema["properties"]);
    assert_eq!(of(&schema), fields(&written));
    let definition = |name: &str| of(&schema["$defs"][name]);
    assert_eq!(definition("party"), fields(&written["parties"][0]));
    assert_eq!(definition("force"), fields(&written["forces"][0]));
    assert_eq!(definition("baseline"), fields(&written["forces"][0]["baseline"]));
    assert_eq!(definition("phase"), fields(&written["phases"][0]));
    let limits = written["phases"][0]["limits"].as_array().unwrap();
    assert_eq!(definition("limit"), limits.iter().flat_map(fields).collect());
    assert_eq!(definition("residual"), fields(&written["residual"][0]));
    assert_eq!(definition("act"), fields(&written["record"][0]));
    assert_eq!(definition("amendment"), fields(&written["amendments"][0]));
    assert_eq!(definition("source"), fields(&written["sources"]["s"]));
    let changes: Vec<_> =
        schema["$defs"]["change"]["allOf"].as_array().unwrap().iter().map(|kind| &kind["then"]).collect();
    for (change, written) in changes.iter().zip(written["amendments"][0]["changes"].as_array().unwrap()) {
        assert_eq!(of(change), fields(written));
    }
    assert_eq!(of(&changes[5]["properties"]["baseline"]), fields(&written["amendments"][0]["changes"][5]["baseline"]));
    let citation = &schema["$defs"]["citations"]["items"];
    assert_eq!(of(citation), fields(&written["forces"][0]["source"][0]));
}

#[test]
fn the_schema_has_the_words_of_the_crate() {
    let schema = schema();
    let words = |value: &Value| -> Vec<String> {
        value.as_array().unwrap().iter().filter_map(|word| word.as_str().map(str::to_owned)).collect()
    };
    let defs = &schema["$defs"];
    assert_eq!(words(&schema["properties"]["instrument"]["enum"]), Instrument::WORDS);
    assert_eq!(words(&schema["properties"]["binds_from"]["enum"]), BindsFrom::WORDS);
    assert_eq!(words(&schema["properties"]["consent_before"]["items"]["enum"]), GatedStep::WORDS);
    assert_eq!(words(&defs["party"]["properties"]["role"]["enum"]), Role::WORDS);
    assert_eq!(words(&defs["party"]["properties"]["consent"]["enum"]), ConsentMode::WORDS);
    assert_eq!(words(&defs["phase"]["properties"]["standing"]["enum"]), Standing::WORDS);
    assert_eq!(words(&defs["residual"]["properties"]["status"]["enum"]), ResidualStatus::WORDS);
    assert_eq!(words(&defs["act"]["properties"]["act"]["enum"]), ActKind::WORDS);
}

fn assert_described(at: &str, schema: &Value) {
    if let Some(properties) = schema["properties"].as_object().filter(|_| schema.get("type").is_some()) {
        for (name, property) in properties {
            assert!(property.get("description").is_some(), "{at}.{name} is not described");
            assert_described(&format!("{at}.{name}"), property);
        }
    }
    for part in ["allOf", "anyOf", "items", "then", "$defs", "additionalProperties"] {
        match &schema[part] {
            Value::Array(parts) => parts.iter().for_each(|part| assert_described(at, part)),
            Value::Object(parts) if part == "$defs" => {
                parts.iter().for_each(|(name, part)| assert_described(name, part));
            }
            part @ Value::Object(_) => assert_described(at, part),
            _ => {}
        }
    }
}

#[test]
fn every_field_of_the_schema_is_described() {
    assert_described("document", &schema());
}

#[test]
fn schemars_gives_the_committed_schema() {
    let (terms, agreement) = (schemars::schema_for!(Terms).to_value(), schemars::schema_for!(Agreement).to_value());
    // Within a schema of yours it has another name.
    let mut committed = schema();
    assert!(committed.as_object_mut().unwrap().remove("$id").is_some());
    assert_eq!(terms, committed);
    assert_eq!(terms, agreement);
}

/// What the reader says of one field, where the document is sound but for it.
pub(crate) fn reads(pointer: &str, value: &Value) -> (bool, Value) {
    let mut document = json!({
        "title": "T",
        "parties": [{ "id": "p", "name": "P", "role": "sending" }],
        "forces": [{ "id": "f", "baseline": { "strength": 4294967294_u32, "as_of": "2000-01-01" } }],
        "phases": [{ "id": "1", "by": "2025-09", "limits": [{ "remain": 0 }] }],
        "record": [{ "on": "2001", "act": "event", "name": "e" }],
        "amendments": [{ "title": "A", "adopted": "2024-01-01", "changes": [{ "phase": "1" }] }],
        "sources": { "s": { "title": "S" } },
    });
    *document.pointer_mut(pointer).unwrap() = value.clone();
    (serde_json::from_value::<Agreement>(document.clone()).is_ok(), document)
}

#[test]
fn the_schema_and_the_reader_agree_on_the_grammars() {
    let number = "/phases/0/limits/0/remain";
    let numbers = [
        json!(0),
        json!(4294967294_u32),
        json!("2,500"),
        json!("2500"),
        json!("some 2,500"),
        json!("5 ± 1"),
        json!("5 +- 1"),
        json!("250..350"),
        json!("between 250 and 350"),
        json!("no fewer than 5"),
        json!("dozens"),
        json!("unspecified"),
        json!("25,00"),
        json!("007"),
        json!("about"),
        json!("about  5"),
        json!("circa 5"),
        json!(-1),
        json!(1.5),
        json!("5 .. 6"),
        json!("5-6"),
        json!("5 to 6"),
        json!("From 250 to 350 troops"),
        json!("2 000 – 3 000"),
        json!("2-3,000"),
        json!("from 2 to 3 000 men"),
        json!("12–13,000"),
        json!("12–9,000"),
        json!("5-4000"),
        json!("100 to 150,000"),
        json!("100 to 50,000"),
        json!("999-1,000,000"),
        json!("1,000-2,000,000"),
        json!("0-3,000"),
        json!("About 2 500"),
        json!("ABOUT 5"),
        json!("1\u{a0}000"),
        json!("1\u{2009}000"),
        json!("1\u{202f}000,000"),
        json!("1\u{3000}000"),
        json!("2,500 troops"),
        json!("2,500  troops"),
        json!("hundreds of soldiers"),
        json!("Several hundred"),
        json!("a few thousand"),
        json!("nearly 0 troops"),
        json!("fewer than 0"),
        json!("fewer than 1"),
        json!("nearly 0"),
        json!("just over 0"),
        json!("about 0"),
        json!("at most 0"),
        json!("Hundreds"),
        json!(""),
        json!(true),
        json!(["5"]),
    ];
    let share = "/phases/0/limits/0";
    let shares = [
        "50%",
        "12.5%",
        "2/3",
        "about 30%",
        "13%..20%",
        "more than 50%",
        "50",
        "0.5",
        "50 %",
        "1/0",
        "05%",
        "nearly 5%",
        "1.1234567%",
        "100%",
        "100.000%",
        "99.999999%",
        "100.01%",
        "101%",
        "110%",
        "250.5%",
        "1000%",
        "about 100%",
        "about 105%",
        "at most 120%",
        "at least 100%",
        "50%..120%",
        "12.101%..13%",
        "more than 100%",
        "over 100.0%",
        "more than 1/1",
        "fewer than 0%",
        "under 0.0%",
        "below 0/3",
        "at most 0%",
        "12.5 %",
        "50\u{a0}%",
        "50\u{202f}%",
        "50  %",
        "About 50 per cent",
        "50 percent",
        "120 percent",
        "more than 100 %",
        "half",
        "Two-thirds",
        "more than half",
        "about Half",
        "HALF",
        "one third to two-thirds",
        "one-third-120%",
        "13%–20 %",
        "13-20%",
        "from 13% to 20%",
    ];
    let due = "/phases/0/by";
    let deadlines = [
        json!("2025-09-30"),
        json!("2025-09"),
        json!("2025"),
        json!("2025-Q3"),
        json!("2021-05/2021-08"),
        json!("open"),
        json!("start of 2015"),
        json!("end of 2025-09"),
        json!("mid-2011"),
        json!("before 2012-04-01"),
        json!({ "after": "2024-01-01", "months": 9, "days": 15 }),
        json!({ "after": "event:e" }),
        json!({ "any": ["2025", "2026"] }),
        json!({ "earliest": [{ "latest": ["2025"] }] }),
        json!({ "after": "phase:1" , "years": null }),
        json!("2025-9-1"),
        json!("2025-13"),
        json!("end of 2025-09-01"),
        json!("mid-2011-01"),
        json!("before 2012"),
        json!("soon"),
        json!({ "after": "tomorrow" }),
        json!({ "any": [] }),
        json!({ "any": ["2025"], "days": 1 }),
        json!({}),
        json!({ "days": 1 }),
        json!({ "after": "signature", "days": -1 }),
        json!(2025),
        json!(null),
        json!([]),
    ];
    let cases = numbers
        .iter()
        .map(|value| (number, value.clone()))
        .chain(shares.iter().map(|value| (share, json!({ "remain_share": value }))))
        .chain(deadlines.iter().map(|value| (due, value.clone())));
    let beyond_schema = [json!({ "after": "phase:1", "years": null })];
    for (pointer, value) in cases {
        let (is_read, document) = reads(pointer, &value);
        if !beyond_schema.contains(&value) {
            assert_eq!(is_read, accepts(&document).is_ok(), "{pointer}: {value}: {:?}", accepts(&document));
        }
    }
}

#[test]
fn the_schema_rejects_what_it_can_tell() {
    let cases = [
        ("/title", json!(5)),
        ("/parties", json!([])),
        ("/forces", json!([])),
        ("/phases", json!([])),
        ("/parties/0/role", json!("landlord")),
        ("/parties/0/id", json!("")),
        ("/forces/0/id", json!("a b")),
        ("/forces/0/baseline", json!({ "strength": 5 })),
        ("/phases/0/limits/0", json!({})),
        ("/phases/0/limits/0", json!({ "remain": 5, "withdraw": 5 })),
        ("/phases/0/limits/0", json!({ "left": 5 })),
        ("/record/0/on", json!("2024-9-7")),
        ("/record/0/act", json!("shrugged")),
        ("/record/0/on", json!("open")),
        ("/amendments/0/changes/0", json!({ "phase": "1", "drop": "1" })),
        ("/amendments/0/changes/0", json!({})),
        ("/amendments/0/adopted", json!("2024-01")),
        ("/sources", json!({ "a b": { "title": "S" } })),
        ("/sources/s", json!({})),
    ];
    for (pointer, value) in cases {
        let (is_read, document) = reads(pointer, &value);
        assert!(!is_read && accepts(&document).is_err(), "{pointer}: {value}");
    }
    for source in [json!("s"), json!(["s"]), json!(["s", { "source": "s", "clause": "1" }])] {
        let (is_read, document) = reads("/phases/0/limits/0", &json!({ "remain": 5, "source": source }));
        assert!(is_read && accepts(&document).is_ok(), "{source}");
    }
    for source in [json!(5), json!([5]), json!(["a b"]), json!([{}])] {
        let (is_read, document) = reads("/phases/0/limits/0", &json!({ "remain": 5, "source": source }));
        assert!(!is_read && accepts(&document).is_err(), "{source}");
    }
    let (is_read, document) = reads("/phases/0/limits/0", &json!({ "remain": 5, "withdraw": null }));
    assert!(is_read && accepts(&document).is_ok());
}

/// Whether the rules take the text as the code of a state.
fn is_identifier(code: &str) -> bool {
    let party = Party::new("s", "A state", Role::Witness).iso3(code);
    let invalid = Terms { parties: vec![party], ..Terms::new("T") }.validate().unwrap_err();
    invalid.violations().iter().all(|violation| violation.code() != "unknown-identifier")
}

/// Of all texts of three capital letters, those that the pattern of the schema lists are codes, and no other.
#[test]
fn the_codes_of_states_are_those_of_the_schema() {
    let schema = schema();
    let pattern = schema["$defs"]["party"]["properties"]["iso3"]["pattern"].as_str().unwrap();
    let listed: BTreeSet<String> =
        pattern.strip_prefix("^(").unwrap().strip_suffix(")$").unwrap().split('|').map(str::to_owned).collect();
    assert_eq!(listed.len(), 249);
    let letters = || 'A'..='Z';
    let texts =
        letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| String::from_iter([a, b, c]))));
    let taken: BTreeSet<String> = texts.filter(|code| is_identifier(code)).collect();
    assert_eq!(taken, listed);
}
