//! Real agreements as documents, each with its sources and, where they are known, what was observed.
//!
//! ```
//! use force_drawdown::catalog;
//! let iraq = catalog::get("us-iraq-2024").unwrap();
//! assert_eq!(iraq.agreement.terms().forces[0].id, "us");
//! assert!(!iraq.observations.is_empty());
//! assert!(catalog::IDS.contains(&iraq.id));
//! assert_eq!(catalog::all().count(), catalog::IDS.len());
//! assert!(catalog::get("paris-1919").is_none());
//! ```

use crate::agreement::Agreement;
use crate::assessment::Observation;

/// An agreement of the catalogue.
#[derive(Clone, Debug)]
pub struct CatalogEntry {
    /// The id of the agreement in the catalogue.
    pub id: &'static str,
    /// The document as written, in JSON.
    pub json: &'static str,
    /// The document, validated.
    pub agreement: Agreement,
    /// The observations; empty if there are none.
    pub observations: Vec<Observation>,
}

/// An id, the document, and the observations if there are any.
type Written = (&'static str, &'static str, &'static [&'static str]);

macro_rules! written {
    ($($id:literal = $file:literal $(, $observed:literal)?;)+) => {
        /// The id of every agreement of the catalogue, in order.
        pub const IDS: &[&str] = &[$($id),+];

        const WRITTEN: &[Written] = &[$((
            $id,
            include_str!(concat!("../../examples/agreements/", $file)),
            &[$(include_str!(concat!("../../examples/agreements/", $observed)))?],
        )),+];
    };
}

written! {
    "abidjan-1996" = "abidjan-1996.json", "abidjan-1996.observations.csv";
    "afghanistan-2011" = "afghanistan-2011.json", "afghanistan-2011.observations.csv";
    "amisom" = "amisom.json", "amisom.observations.csv";
    "angola-1988" = "angola-1988.json", "angola-1988.observations.csv";
    "chad-france-2024" = "chad-france-2024.json", "chad-france-2024.observations.csv";
    "czechoslovakia-1990" = "czechoslovakia-1990.json", "czechoslovakia-1990.observations.csv";
    "doha-2020" = "doha-2020.json", "doha-2020.observations.csv";
    "geneva-1988" = "geneva-1988.json", "geneva-1988.observations.csv";
    "georgia-2005" = "georgia-2005.json", "georgia-2005.observations.csv";
    "germany-1990" = "germany-1990.json", "germany-1990.observations.csv";
    "israel-lebanon-2024" = "israel-lebanon-2024.json", "israel-lebanon-2024.observations.csv";
    "karabakh-2020" = "karabakh-2020.json";
    "kfor-2009" = "kfor-2009.json", "kfor-2009.observations.csv";
    "kosovo-mta-1999" = "kosovo-mta-1999.json";
    "lebanon-2005" = "lebanon-2005.json", "lebanon-2005.observations.csv";
    "monusco-2717" = "monusco-2717.json";
    "namibia-1989" = "namibia-1989.json", "namibia-1989.observations.csv";
    "niger-france-2023" = "niger-france-2023.json", "niger-france-2023.observations.csv";
    "niger-us-2024" = "niger-us-2024.json", "niger-us-2024.observations.csv";
    "paris-1973" = "paris-1973.json", "paris-1973.observations.csv";
    "poland-1991" = "poland-1991.json", "poland-1991.observations.csv";
    "unmiset" = "unmiset.json", "unmiset.observations.csv";
    "us-iraq-2008" = "iraq-2008.json", "iraq-2008.observations.csv";
    "us-iraq-2024" = "iraq-2024.json", "iraq-2024.observations.csv";
    "us-iraq-statement-2024" = "iraq-statement-2024.json", "iraq-statement-2024.observations.csv";
    "vietnam-1969" = "vietnam-1969.json", "vietnam-1969.observations.csv";
}

fn read(&(id, json, csv): &Written) -> Option<CatalogEntry> {
    let agreement = serde_json::from_str(json).ok()?;
    let observations = csv.first().map(|csv| Observation::read_csv(csv.as_bytes())).transpose().ok()?;
    Some(CatalogEntry { id, json, agreement, observations: observations.unwrap_or_default() })
}

/// Every agreement of the catalogue, in the order of the ids.
pub fn all() -> impl Iterator<Item = CatalogEntry> {
    WRITTEN.iter().filter_map(read)
}

/// The agreement with this id; `None` if there is none.
#[must_use]
pub fn get(id: &str) -> Option<CatalogEntry> {
    WRITTEN.iter().find(|(written, ..)| *written == id).and_then(read)
}
