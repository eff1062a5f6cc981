//! The chapter *encode*: what its tables tell to write is read, and written back as it is.

use force_drawdown::{Agreement, Observation};
use serde_json::{Map, Value, json};

const CHAPTER: &str = include_str!("../../src/guide/encode.md");

/// What is to be written, by the sentence that says it.
fn rows() -> Vec<(&'static str, Vec<&'static str>)> {
    let (_, tables) = CHAPTER.split_once("# What do I write for this sentence?").unwrap();
    let rows = tables.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    let cells = rows.map(|row| row.trim_matches('|').split(" | ").collect::<Vec<_>>());
    let rows = cells.filter(|cells| cells[1] != "write");
    rows.map(|cells| (cells[0].trim(), cells[1].split('`').skip(1).step_by(2).collect())).collect()
}

/// Where an object with these fields is in the document.
fn place(fields: &Map<String, Value>) -> &'static str {
    match fields.keys().next().unwrap().as_str() {
        "act" => "/record/0",
        "remain" | "withdraw" | "withdrawn_share" => "/phases/0/limits/0",
        "by" | "conditions" | "standing" | "done" | "note" => "/phases/0",
        "consent" | "since" => "/parties/2",
        "effective" => "/amendments/0",
        "strength" => "/forces/0/baseline",
        "counting" => "/forces/0",
        field => panic!("no place for {field}"),
    }
}

fn agreement_with(fields: &Map<String, Value>) -> Value {
    let mut document = json!({
        "title": "Plan",
        "parties": [{ "id": "H", "name": "Host", "role": "receiving" }, { "id": "SUN", "name": "Former", "role": "sending" }, { "id": "S", "name": "Sender", "role": "sending" }],
        "forces": [{ "id": "f", "party": "S", "baseline": { "strength": 60000, "as_of": "2000-01-01" } }],
        "phases": [{ "id": "1", "by": "2025-12-31", "limits": [{}] }],
        "record": [{ "on": "2000-01-01", "act": "text-agreed" }],
        "amendments": [{ "title": "Protocol", "adopted": "2001-01-01", "changes": [{ "phase": "1", "title": "All" }] }],
    });
    let object = document.pointer_mut(place(fields)).unwrap().as_object_mut().unwrap();
    object.extend(fields.clone());
    let limit = document["phases"][0]["limits"][0].as_object_mut().unwrap();
    if limit.is_empty() {
        limit.insert("remain".to_owned(), json!(0));
    }
    document
}

#[test]
fn every_row_is_read_and_written_back_as_it_is() {
    let mut written = 0;
    for (says, spans) in rows() {
        for span in spans.iter().filter(|span| span.contains(": ")) {
            let object = if span.starts_with('{') { (*span).to_owned() } else { format!("{{ {span} }}") };
            let fields: Map<String, Value> =
                serde_json::from_str(&object).unwrap_or_else(|error| panic!("{says}: {error}"));
            if fields.contains_key("date") {
                let list = format!("[{object}]");
                let seen = Observation::read_list(&mut serde_json::Deserializer::from_str(&list))
                    .unwrap_or_else(|error| panic!("{says}: {error}"));
                assert_eq!(serde_json::to_value(&seen).unwrap(), json!([fields]), "{says}");
            } else {
                let document = agreement_with(&fields);
                let agreement = Agreement::read(&document).unwrap_or_else(|error| panic!("{says}: {error}"));
                let again = serde_json::to_value(&agreement).unwrap();
                let again = again.pointer(place(&fields)).unwrap();
                for (name, value) in &fields {
                    assert_eq!(again.get(name), Some(value), "{says}");
                }
            }
            written += 1;
        }
    }
    assert!(written >= 22, "only {written}");
}
