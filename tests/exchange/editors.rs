//! The schema as editors use it: examples to choose from, and one error for one mistake.

use std::collections::BTreeMap;

use force_drawdown::AGREEMENT_SCHEMA;
use serde_json::{Value, json};

use crate::schema::reads;

fn schema() -> Value {
    serde_json::from_str(AGREEMENT_SCHEMA).unwrap()
}

/// Every grammar of a schema, with its place.
fn grammars(at: &str, schema: &Value, found: &mut BTreeMap<String, Value>) {
    match schema {
        Value::Object(members) => {
            if members.get("pattern").is_some_and(Value::is_string) {
                found.insert(at.to_owned(), schema.clone());
            }
            // What must not be is no grammar to choose from.
            for (name, part) in members.iter().filter(|(name, _)| *name != "not") {
                grammars(&format!("{at}/{name}"), part, found);
            }
        }
        Value::Array(parts) => parts.iter().for_each(|part| grammars(at, part, found)),
        _ => {}
    }
}

#[test]
fn every_grammar_has_examples_that_it_accepts() {
    let schema = schema();
    let mut found = BTreeMap::new();
    grammars("", &schema, &mut found);
    assert!(found.len() >= 10, "{:?}", found.keys());
    for (at, mut grammar) in found {
        let examples = grammar["examples"].as_array().unwrap_or_else(|| panic!("{at} has no examples")).clone();
        grammar["$defs"] = schema["$defs"].clone();
        let validator = jsonschema::validator_for(&grammar).unwrap();
        for example in &examples {
            assert!(validator.is_valid(example), "{at}: {example}");
        }
        assert!(!examples.is_empty() && !validator.is_valid(&json!("\u{0}")), "{at}");
    }
}

#[test]
fn the_examples_of_the_grammars_are_read() {
    let schema = schema();
    for (definition, pointer) in [
        ("quantity", "/phases/0/limits/0/remain"),
        ("deadline", "/phases/0/by"),
        ("period", "/record/0/on"),
        ("day", "/amendments/0/adopted"),
    ] {
        for example in schema["$defs"][definition]["examples"].as_array().unwrap() {
            // What an example refers to need not be there.
            let (_, document) = reads(pointer, example);
            let read = serde_json::from_value::<force_drawdown::Terms>(document);
            assert!(read.is_ok(), "{definition}: {example}: {read:?}");
        }
    }
}

/// A mistake in one value is one error, at that value or below it, in every place where there may be one.
#[test]
fn one_mistake_is_one_error() {
    let document = json!({
        "title": "T",
        "parties": [{ "id": "p", "name": "P", "role": "sending", "iso3": "USA" }],
        "forces": [{ "id": "f", "party": "p", "baseline": { "strength": 5, "as_of": "2000-01-01", "source": "s" } }],
        "phases": [{ "id": "1", "by": "2025-09", "from": "2025-01", "limits": [{ "remain": 0, "source": "s" }] }],
        "residual": [{ "strength": 1, "status": "agreed", "until": "2030" }],
        "record": [{ "on": "2001", "act": "event", "name": "e", "published": "2001-01-01" }],
        "amendments": [{ "title": "A", "adopted": "2024-01-01", "effective": "2024-01-01",
            "changes": [{ "phase": "1", "by": "2025", "from": "2024" }, { "baseline": { "strength": 1, "as_of": "2024-01-01" } }] }],
        "sources": { "s": { "title": "S", "published": "2001-01-01" } },
    });
    let validator = jsonschema::validator_for(&schema()).unwrap();
    assert!(validator.is_valid(&document));
    let deadlines = [
        "/phases/0/by",
        "/phases/0/from",
        "/residual/0/until",
        "/amendments/0/changes/0/by",
        "/amendments/0/changes/0/from",
    ];
    let wrong = [
        json!("soon"),
        json!("2025-9-1"),
        json!(5),
        json!(true),
        json!([]),
        json!({}),
        json!({ "days": 1 }),
        json!({ "any": [] }),
        json!({ "any": ["soon"] }),
        json!({ "any": ["2025"], "days": 1 }),
        json!({ "after": "signature", "before": "approval" }),
        json!({ "after": "tomorrow" }),
        json!({ "after": "signature", "days": -1 }),
        json!({ "latest": ["2025", { "earliest": ["2025", "soon"] }] }),
    ];
    let days = ["/record/0/published", "/amendments/0/adopted", "/amendments/0/effective", "/sources/s/published"];
    let numbers = [
        "/forces/0/baseline/strength",
        "/phases/0/limits/0/remain",
        "/residual/0/strength",
        "/amendments/0/changes/1/baseline/strength",
    ];
    let ids = [
        "/forces/0/party",
        "/phases/0/limits/0/source",
        "/forces/0/baseline/source",
        "/record/0/name",
        "/parties/0/iso3",
    ];
    let mut cases: Vec<(&str, Value)> = Vec::new();
    cases.extend(deadlines.iter().flat_map(|at| wrong.iter().map(|wrong| (*at, wrong.clone()))));
    let texts = ["2025-9-1", "a few or so"];
    for at in days.into_iter().chain(numbers).chain(ids).chain(["/record/0/on"]) {
        cases.extend(texts.iter().map(|text| (at, json!(text))).chain([(at, json!(true))]));
    }
    let is_id = |at: &str, wrong: &Value| {
        ["party", "source", "name"].iter().any(|id| at.ends_with(id)) && *wrong == json!("2025-9-1")
    };
    for (at, wrong) in cases.into_iter().filter(|(at, wrong)| !is_id(at, wrong)) {
        let mut document = document.clone();
        *document.pointer_mut(at).unwrap() = wrong.clone();
        let errors: Vec<_> = validator
            .iter_errors(&document)
            .map(|error| (error.instance_path().to_string(), error.to_string()))
            .collect();
        assert!(errors.len() == 1 && errors[0].0.starts_with(at), "{at}: {wrong}: {errors:?}");
    }
}

#[test]
fn the_file_has_a_name_of_its_own() {
    assert_eq!(schema()["$id"], "urn:force-drawdown:agreement:1");
    let file = std::fs::read_to_string(std::path::Path::new(crate::ROOT).join("schema/agreement.schema.json")).unwrap();
    assert_eq!(file, AGREEMENT_SCHEMA);
}
