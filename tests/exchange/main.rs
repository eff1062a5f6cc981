//! Tests of the features that exchange with other formats, or that need threads, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::items_after_statements,
    clippy::too_many_lines,
    clippy::unreadable_literal,
    clippy::format_collect,
    missing_docs
)]

mod assessment;
#[path = "../it/broken.rs"]
mod broken;
mod broken_documents;
mod browser;
mod calendar;
mod chart;
mod editors;
mod excerpts;
#[path = "../it/golden.rs"]
mod golden;
mod newcomer;
mod numbers;
#[path = "../it/pace.rs"]
mod pace;
mod page;
mod parallel;
mod pictures;
mod schema;
mod slips;

/// The folder of the repository, where the examples and the generated files are kept.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The name and the text of every real agreement.
fn documents() -> Vec<(String, serde_json::Value)> {
    let folder = std::path::Path::new(ROOT).join("examples/agreements");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let json = files.filter(|file| file.extension().is_some_and(|extension| extension == "json"));
    let read = |file: &std::path::Path| serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    json.map(|file| (file.display().to_string(), read(&file))).collect()
}

/// The tests of the workspace are those of the crate with all features only as long as this package asks for all.
#[test]
fn every_feature_is_tested() {
    let manifest = include_str!("../../Cargo.toml").split_once("[features]").unwrap().1.split_once("\n[").unwrap().0;
    let features: Vec<&str> =
        manifest.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name).collect();
    assert!(features.len() > 8);
    for feature in features.into_iter().filter(|name| *name != "default") {
        assert!(include_str!("Cargo.toml").contains(&format!("\"{feature}\"")), "{feature} is not tested");
    }
}
