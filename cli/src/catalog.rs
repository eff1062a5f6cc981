//! `drawdown catalog`: real agreements.

use force_drawdown::{Observation, catalog};

use crate::Failure;
use crate::arguments::Catalog;

pub(crate) fn run(arguments: &Catalog) -> Result<String, Failure> {
    let Some(id) = &arguments.id else {
        let longest = catalog::IDS.iter().map(|id| id.len()).max().unwrap_or(0);
        let line = |entry: catalog::CatalogEntry| format!("{:longest$}  {}\n", entry.id, entry.agreement.terms().title);
        return Ok(catalog::all().map(line).collect());
    };
    let entry = catalog::get(id).ok_or_else(|| {
        Failure::Input(format!("no agreement of the catalogue has the id {id:?}; `drawdown catalog` lists them"))
    })?;
    if !arguments.counts {
        return Ok(entry.json.to_owned());
    }
    let mut csv = Vec::new();
    let written = Observation::write_csv(&entry.observations, &mut csv).map_err(|error| error.to_string());
    written.and_then(|()| String::from_utf8(csv).map_err(|error| error.to_string())).map_err(Failure::Input)
}
