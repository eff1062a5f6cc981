//! The JSON of an assessment and its schema: neither has what the other has not.

use std::collections::BTreeSet;

use force_drawdown::{Act, ActKind, Agreement, Assessment, Outcome, Verdict, catalog, day, strategies};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::Value;

fn schema() -> Value {
    serde_json::from_str(Assessment::SCHEMA).unwrap()
}

/// The fields of every object of a value, as the path of their names.
fn fields(at: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            found.insert(format!("{at}/{name}"));
            fields(&format!("{at}/{name}"), value, found);
        }),
        Value::Array(members) => members.iter().for_each(|member| fields(at, member, found)),
        _ => {}
    }
}

/// The fields that a schema has, in the same way.
fn declared(at: &str, schema: &Value, root: &Value, found: &mut BTreeSet<String>) {
    if let Some(name) = schema["$ref"].as_str().and_then(|to| to.strip_prefix("#/$defs/")) {
        declared(at, &root["$defs"][name], root, found);
    }
    for part in ["then", "items"] {
        if schema.get(part).is_some() {
            declared(at, &schema[part], root, found);
        }
    }
    for (name, part) in schema["properties"].as_object().into_iter().flatten() {
        assert!(part.get("description").is_some(), "{at}/{name} is not described");
        found.insert(format!("{at}/{name}"));
        declared(&format!("{at}/{name}"), part, root, found);
    }
}

/// Assessments of the real agreements and of made-up ones, at several days.
fn assessments() -> Vec<Assessment> {
    let mut all = Vec::new();
    for entry in catalog::all() {
        let timeline: Vec<_> = entry.agreement.timeline().map(|dated| dated.days.latest()).collect();
        let days = timeline.into_iter().chain(entry.agreement.last_day(&entry.observations));
        all.extend(days.map(|day| entry.agreement.assess(&entry.observations, day)));
    }
    // An act that is foreseen of a party.
    let iraq = catalog::get("us-iraq-2024").unwrap().agreement.into_terms();
    let iraq = iraq.act(Act::new(day!(2030, 1, 1), ActKind::Approved).by("USA").expected());
    all.push(Agreement::try_from(iraq).unwrap().assess(&[], day!(2025, 1, 1)));
    let mut runner = TestRunner::deterministic();
    for _ in 0..400 {
        let agreement = strategies::agreement().new_tree(&mut runner).unwrap().current();
        let seen = strategies::observations(agreement.terms()).new_tree(&mut runner).unwrap().current();
        let Some(last) = agreement.last_day(&seen) else { continue };
        all.extend([last, last - chrono::Days::new(200)].map(|day| agreement.assess(&seen, day)));
    }
    all
}

#[test]
fn the_schema_of_an_assessment_is_what_is_written() {
    let (schema, mut written, mut known) = (schema(), BTreeSet::new(), BTreeSet::new());
    assert_eq!(schema["$id"], "urn:force-drawdown:assessment:1");
    let validator = jsonschema::validator_for(&schema).unwrap();
    for assessment in assessments() {
        let json = serde_json::to_value(&assessment).unwrap();
        let errors: Vec<_> =
            validator.iter_errors(&json).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", assessment.title);
        fields("", &json, &mut written);
    }
    declared("", &schema, &schema, &mut known);
    assert_eq!(written, known, "what is never written, or not in the schema");
}

#[test]
fn the_schema_has_the_words_of_the_crate() {
    let schema = schema();
    let words = |value: &Value| {
        value.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(words(&schema["$defs"]["outcome"]["enum"]), Outcome::WORDS);
    assert_eq!(words(&schema["$defs"]["force"]["properties"]["verdict"]["enum"]), Verdict::WORDS);
    let act = &schema["properties"]["expected"]["items"]["properties"]["act"]["enum"];
    assert_eq!(words(act), ActKind::WORDS);
}

#[test]
fn an_assessment_names_what_it_judges() {
    let georgia = catalog::get("georgia-2005").unwrap();
    let json = serde_json::to_value(georgia.agreement.assess(&georgia.observations, day!(2008, 12, 31))).unwrap();
    let terms = georgia.agreement.terms();
    assert_eq!((json["id"].as_str(), json["title"].as_str()), (terms.id.as_deref(), Some(terms.title.as_str())));
    for (force, written) in terms.forces.iter().zip(json["forces"].as_array().unwrap()) {
        assert_eq!((written["name"].as_str(), written["unit"].as_str()), (force.name.as_deref(), Some(force.unit())));
    }
    let written = json["phases"].as_array().unwrap();
    for phase in terms.phases.iter().filter(|phase| phase.title.is_some()) {
        let of = written.iter().find(|written| written["phase"] == phase.id.as_str()).unwrap();
        assert_eq!(of["title"].as_str(), phase.title.as_deref());
    }
}
