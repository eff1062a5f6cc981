//! What is commonly written instead: plain structs, with dates of chrono and nothing checked.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub(crate) struct Document {
    pub(crate) title: String,
    pub(crate) instrument: Option<String>,
    pub(crate) parties: Vec<Party>,
    pub(crate) forces: Vec<Force>,
    pub(crate) phases: Vec<Phase>,
    #[serde(default)]
    pub(crate) record: Vec<Act>,
    #[serde(default)]
    pub(crate) sources: BTreeMap<String, Source>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub(crate) struct Party {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) role: String,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub(crate) struct Force {
    pub(crate) id: String,
    pub(crate) party: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) baseline: Option<Baseline>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub(crate) struct Baseline {
    pub(crate) strength: u32,
    #[serde(deserialize_with = "date")]
    pub(crate) as_of: NaiveDate,
    pub(crate) source: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub(crate) struct Phase {
    pub(crate) id: String,
    #[serde(deserialize_with = "date")]
    pub(crate) by: NaiveDate,
    pub(crate) limits: Vec<Limit>,
    pub(crate) source: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub(crate) struct Limit {
    pub(crate) force: Option<String>,
    pub(crate) remain: Option<u32>,
    pub(crate) withdraw: Option<u32>,
}

#[derive(Deserialize)]
#[allow(dead_code, clippy::struct_field_names, reason = "read as the documents are")]
pub(crate) struct Act {
    #[serde(deserialize_with = "date")]
    pub(crate) on: NaiveDate,
    pub(crate) act: String,
    pub(crate) source: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as the documents are")]
pub(crate) struct Source {
    pub(crate) title: String,
    #[serde(deserialize_with = "date")]
    pub(crate) published: NaiveDate,
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

pub(crate) fn read(line: &str) -> Document {
    serde_json::from_str(line).unwrap()
}
