//! What is commonly written instead: plain structs, with dates of chrono and nothing checked.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub struct Document {
    pub title: String,
    pub instrument: Option<String>,
    pub parties: Vec<Party>,
    pub forces: Vec<Force>,
    pub phases: Vec<Phase>,
    #[serde(default)]
    pub record: Vec<Act>,
    #[serde(default)]
    pub sources: BTreeMap<String, Source>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub struct Party {
    pub id: String,
    pub name: String,
    pub role: String,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub struct Force {
    pub id: String,
    pub party: Option<String>,
    pub name: Option<String>,
    pub baseline: Option<Baseline>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub struct Baseline {
    pub strength: u32,
    #[serde(deserialize_with = "date")]
    pub as_of: NaiveDate,
    pub source: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub struct Phase {
    pub id: String,
    #[serde(deserialize_with = "date")]
    pub by: NaiveDate,
    pub limits: Vec<Limit>,
    pub source: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub struct Limit {
    pub force: Option<String>,
    pub remain: Option<u32>,
    pub withdraw: Option<u32>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub struct Act {
    #[serde(deserialize_with = "date")]
    pub on: NaiveDate,
    pub act: String,
    pub source: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub struct Source {
    pub title: String,
    #[serde(deserialize_with = "date")]
    pub published: NaiveDate,
}

/// As chrono's own feature for serde does.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    struct Text;
    impl serde::de::Visitor<'_> for Text {
        type Value = NaiveDate;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a formatted date string")
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<NaiveDate, E> {
            text.parse().map_err(E::custom)
        }
    }
    deserializer.deserialize_str(Text)
}

pub fn read(line: &str) -> Document {
    serde_json::from_str(line).unwrap()
}
