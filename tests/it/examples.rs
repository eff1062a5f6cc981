//! The examples and the real agreements: every document is read, cited and lossless, and says what the facts say.

use std::fs;
use std::path::{Path, PathBuf};

use force_drawdown::{Agreement, Interpolation, Observation, Terms, day, parse_day};

#[path = "../../examples/iraq.rs"]
#[allow(dead_code, reason = "the test asks for the plan only")]
mod iraq;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/agreements")
}

/// The name and the text of every real agreement.
fn documents() -> Vec<(String, String)> {
    let mut documents: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    documents.sort();
    documents
}

fn read(name: &str) -> Agreement {
    serde_json::from_str(&fs::read_to_string(folder().join(format!("{name}.json"))).unwrap()).unwrap()
}

#[test]
fn the_plan_in_rust_is_the_plan_in_json() {
    let built = iraq::plan(day!(2024, 9, 6)).unwrap();
    assert_eq!(built.terms(), read("iraq-2024").terms());
}

#[test]
fn every_agreement_is_valid_cited_and_lossless() {
    let documents = documents();
    assert!(documents.len() >= 15, "only {}", documents.len());
    for (name, text) in documents {
        let agreement: Agreement = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let terms = agreement.terms();
        assert!(!terms.sources.is_empty(), "{name} cites nothing");
        assert!(terms.phases.iter().all(|phase| !phase.source.is_empty()), "a phase of {name} is not cited");
        let json = serde_json::to_string(&agreement).unwrap();
        assert_eq!(serde_json::from_str::<Terms>(&json).unwrap(), *terms, "{name} in JSON");
        let toml = toml::to_string(&agreement).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(toml::from_str::<Terms>(&toml).unwrap(), *terms, "{name} in TOML");
    }
}

#[test]
fn every_observation_file_fits_its_agreement() {
    let mut files = 0;
    for (name, _) in documents() {
        let Ok(file) = fs::File::open(folder().join(format!("{name}.observations.csv"))) else { continue };
        let observations = Observation::read_csv(file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let agreement = read(&name);
        assert_eq!(agreement.check_observations(&observations), [], "{name}");
        let on = agreement.last_day(&observations).unwrap();
        let assessment = agreement.assess(&observations, on);
        let why = assessment.explain();
        assert_eq!((why.forces.len(), why.phases.len()), (assessment.forces.len(), assessment.phases.len()), "{name}");
        files += 1;
    }
    assert!(files >= 10, "only {files}");
}

#[test]
fn the_iraq_plan_has_the_band_of_every_day() {
    let agreement = read("iraq-2024");
    let schedule = agreement.schedule("us").unwrap();
    let on = |day: &str| schedule.required_on(parse_day(day).unwrap()).map(|ceiling| (ceiling.strict, ceiling.lenient));
    let rows = [
        ("2024-09-05", None),
        ("2024-09-06", None),
        ("2025-08-31", None),
        ("2025-09-01", Some((1251, None))),
        ("2025-09-29", Some((1251, None))),
        ("2025-09-30", Some((1251, Some(2550)))),
        ("2026-12-30", Some((1251, Some(2550)))),
        ("2026-12-31", Some((0, Some(2550)))),
        ("9999-12-31", Some((0, Some(2550)))),
    ];
    for (day, band) in rows {
        assert_eq!(on(day), band, "{day}");
    }
    assert_eq!(schedule.days().unwrap(), day!(2024, 9, 6)..=day!(2027, 1, 1));
    let planned = schedule.planned_on(day!(2025, 9, 30), Interpolation::Linear);
    assert_eq!((planned.low, planned.high), (Some(1176), Some(2550)));
}
