//! The catalogue: every agreement is sound, and judged as it was when it was checked by hand.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use force_drawdown::catalog::{self, CatalogEntry};
use serde_json::Value;

#[test]
fn every_file_of_the_examples_is_in_the_catalogue() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/agreements");
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let documents: BTreeSet<String> = files.filter(|text| text.starts_with('{')).collect();
    let catalogued: BTreeSet<String> = catalog::all().map(|entry| entry.json.to_owned()).collect();
    assert_eq!(catalog::IDS.len(), catalogued.len());
    assert_eq!(documents, catalogued);
    assert!(catalog::IDS.is_sorted());
}

/// Every citation within a value: keys named by `source`.
fn cited(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(key) if name == "source" => drop(out.insert(key.clone())),
                    _ => cited(value, out),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| cited(value, out)),
        _ => {}
    }
}

#[test]
fn citations_resolve_and_no_source_is_idle() {
    for CatalogEntry { id, json, agreement, observations } in catalog::all() {
        let mut keys = BTreeSet::new();
        cited(&serde_json::from_str(json).unwrap(), &mut keys);
        let sources = &agreement.terms().sources;
        assert!(!keys.is_empty() && keys.iter().all(|key| sources.contains_key(key)), "{id}: {keys:?}");
        keys.extend(observations.iter().filter_map(|seen| seen.source.clone()));
        let idle: Vec<_> = sources.keys().filter(|key| !keys.contains(*key)).collect();
        assert!(idle.is_empty(), "{id}: nothing cites {idle:?}");
        assert!(observations.iter().all(|seen| seen.source.is_some()), "{id}: an observation without a source");
    }
}

/// The assessment on the last day of the latest observation, else on the last day of anything.
#[test]
fn assessments_are_those_that_were_checked() {
    for CatalogEntry { id, agreement, observations, .. } in catalog::all() {
        let observed =
            observations.iter().filter_map(|seen| seen.date.window()).map(force_drawdown::Window::latest).max();
        let on = observed.or_else(|| agreement.last_day(&[])).unwrap();
        let assessment = serde_json::to_string_pretty(&agreement.assess(&observations, on)).unwrap() + "\n";
        let checked = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/catalog/{id}.json"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(checked.parent().unwrap()).unwrap();
            fs::write(checked, assessment).unwrap();
        } else {
            let checked =
                fs::read_to_string(&checked).unwrap_or_else(|_| panic!("{id}: run with UPDATE_GOLDEN=1 and check it"));
            assert_eq!(
                serde_json::from_str::<Value>(&assessment).unwrap(),
                serde_json::from_str::<Value>(&checked).unwrap(),
                "{id}"
            );
        }
    }
}
