//! The generated pages of the guide are those that would be generated today.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use force_drawdown::catalog::{self, CatalogEntry};
use force_drawdown::{Change, Force, Part, Terms, Window, assessment::PhaseAssessment};
use serde_json::Value;

use crate::golden::assert_is_kept;

/// A text that markdown takes as it is.
fn plain(text: &str) -> String {
    let escape = |c| if "\\`*_[]<>|#&~".contains(c) { vec!['\\', c] } else { vec![c] };
    text.chars().flat_map(escape).collect()
}

fn day(day: NaiveDate) -> String {
    Part::Day(day).to_string()
}

/// The day of the latest observation, else the last day of anything.
fn judged_on(entry: &CatalogEntry) -> NaiveDate {
    let seen =
        entry.observations.iter().filter_map(|seen| seen.until.max(seen.date.window().map(Window::latest))).max();
    seen.or_else(|| entry.agreement.last_day(&[])).unwrap()
}

/// The words of the sources, by key.
fn quotes(value: &Value, out: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Value::Object(fields) => {
            if let (Some(key), Some(quote)) = (fields.get("source"), fields.get("quote")) {
                let quote = format!("\u{201c}{}\u{201d}", plain(quote.as_str().unwrap()));
                let clause = fields.get("clause").map(|clause| format!(" ({})", plain(clause.as_str().unwrap())));
                let quote = quote + &clause.unwrap_or_default();
                let quotes = out.entry(key.as_str().unwrap().to_owned()).or_default();
                if !quotes.contains(&quote) {
                    quotes.push(quote);
                }
            }
            fields.values().for_each(|value| quotes(value, out));
        }
        Value::Array(values) => values.iter().for_each(|value| quotes(value, out)),
        _ => {}
    }
}

fn phase_title<'a>(terms: &'a Terms, id: &str) -> Option<&'a str> {
    let changes = terms.amendments.iter().flat_map(|amendment| &amendment.changes);
    let added = changes.filter_map(|change| if let Change::Add { add, .. } = change { Some(add) } else { None });
    let mut phases = terms.phases.iter().chain(added);
    phases.find(|phase| phase.id == id && phase.title.is_some())?.title.as_deref()
}

fn force_name(force: &Force) -> &str {
    force.name.as_deref().unwrap_or(&force.id)
}

fn row(terms: &Terms, judged: &PhaseAssessment) -> String {
    let title = phase_title(terms, &judged.phase).map(|title| format!(": {}", plain(title))).unwrap_or_default();
    let changes = terms.amendments.iter().flat_map(|amendment| &amendment.changes);
    let added =
        changes.filter_map(|change| if let Change::AddForce { add_force } = change { Some(add_force) } else { None });
    let of = |id: &String| terms.forces.iter().chain(added.clone()).find(|force| force.id == *id).map(force_name);
    let force = judged.force.as_ref().and_then(of).unwrap_or("(an event)");
    let due = judged.due.map_or_else(|| "not known".to_owned(), |due| due.to_string());
    let ceiling = judged.ceiling.map(|ceiling| ceiling.to_string()).unwrap_or_default();
    let (phase, force) = (&judged.phase, plain(force));
    format!("| `{phase}`{title} | {force} | {due} | {ceiling} | {} | {} |\n", judged.standing, judged.outcome)
}

/// The text below the chart.
fn page(entry: &CatalogEntry) -> String {
    let CatalogEntry { id, json, agreement, observations } = entry;
    let terms = agreement.terms();
    let mut page = String::new();
    let parties = terms.parties.iter().map(|party| format!("{} ({})", plain(&party.name), party.role));
    let instrument = terms.instrument.map(|kind| format!(" ({kind})")).unwrap_or_default();
    writeln!(page, "{}{instrument}: {}.", plain(&terms.title), parties.collect::<Vec<_>>().join(", ")).unwrap();
    if let Some(note) = &terms.note {
        writeln!(page, "\nNote: {}.", plain(note.trim_end_matches('.'))).unwrap();
    }
    let on = judged_on(entry);
    let state = agreement.approval_on(on);
    let counts = match observations.len() {
        0 => "no count".to_owned(),
        1 => "1 count".to_owned(),
        many => format!("{many} counts"),
    };
    writeln!(page, "\n`catalog::get(\"{id}\")`, judged on {} with {counts}; approval: {state}.", day(on)).unwrap();
    page += "\n| phase | of | due | ceiling | standing | outcome |\n| --- | --- | --- | --- | --- | --- |\n";
    let assessment = agreement.assess(observations, on);
    page.extend(assessment.phases.iter().map(|judged| row(terms, judged)));
    let mut words = BTreeMap::new();
    quotes(&serde_json::from_str(json).unwrap(), &mut words);
    page += "\nSources:\n\n";
    for (key, source) in &terms.sources {
        let title = plain(&source.title);
        let title = source.url.as_ref().map_or(title.clone(), |url| format!("[{title}](<{url}>)"));
        let published = source.published.map(|on| format!(", {}", day(on))).unwrap_or_default();
        let note = source.note.as_ref().map(|note| format!("; {}", plain(note))).unwrap_or_default();
        let said = words.get(key).map(|words| format!(": {}", words.join(", "))).unwrap_or_default();
        writeln!(page, "- {title}{published}{note}{said}").unwrap();
    }
    page
}

#[test]
fn the_pages_of_the_catalogue_are_those_of_today() {
    let mut index = String::from("| agreement | | forces | versions | counts |\n| --- | --- | --- | --- | --- |\n");
    for entry in catalog::all() {
        assert_is_kept(&format!("src/guide/catalogue/{}.md", entry.id), &page(&entry));
        let CatalogEntry { id, agreement, observations, .. } = entry;
        let terms = agreement.terms();
        let (title, seen) = (plain(&terms.title), observations.len());
        let (forces, versions) = (terms.forces.len(), agreement.versions().len());
        writeln!(index, "| [`{id}`](#{id}) | {title} | {forces} | {versions} | {seen} |").unwrap();
    }
    assert_is_kept("src/guide/catalogue/index.md", &index);
    let written = include_str!("../../src/guide/mod.rs").split_once("catalogue! {").unwrap().1;
    let shown: Vec<&str> = written.split_once('}').unwrap().0.split('"').skip(1).step_by(2).collect();
    assert_eq!(shown, catalog::IDS);
}
