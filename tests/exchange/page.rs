//! Pages: small, escaped, and read without their script; what a browser makes of them is in `browser.rs`.

use force_drawdown::page::{Page, index};
use force_drawdown::{Agreement, Observation, Terms, catalog, day};

/// The page of a catalogue agreement, on the day on which a reader of a later year has it judged.
pub(crate) fn page<'a>(agreement: &'a Agreement, observations: &'a [Observation]) -> Page<'a> {
    let default = agreement.default_day(observations, day!(2100, 1, 1)).unwrap();
    agreement.page(observations, default.day).judged_on(default)
}

#[test]
fn every_page_of_the_catalogue_is_small_and_whole() {
    for entry in catalog::all() {
        let html = page(&entry.agreement, &entry.observations).html();
        assert!(html.len() < 80_000, "{}: {} bytes", entry.id, html.len());
        let (_, facts) = html.split_once("id=\"facts\">").unwrap();
        let (facts, _) = facts.split_once("</script>").unwrap();
        let facts: serde_json::Value = serde_json::from_str(facts).unwrap();
        assert!(!facts["states"].as_array().unwrap().is_empty(), "{}", entry.id);
        for outside in [" src=", "@import", "<link"] {
            assert!(!html.contains(outside), "{}: {outside}", entry.id);
        }
        assert_eq!(html.matches("<svg").count(), 3, "{}", entry.id);
    }
}

#[test]
fn nothing_that_a_document_says_is_markup_or_script() {
    let hostile = "</script><script>alert(1)</script><b>&\"'\u{2028}\u{0}";
    let mut terms: Terms = catalog::get("us-iraq-2024").unwrap().agreement.into_terms();
    terms.title = hostile.to_owned();
    terms.forces[0].name = Some(hostile.to_owned());
    terms.phases[0].title = Some(hostile.to_owned());
    terms.parties[0].name = hostile.to_owned();
    for source in terms.sources.values_mut() {
        (source.title, source.url) = (hostile.to_owned(), Some(format!("javascript:{hostile}")));
    }
    let agreement = Agreement::try_from(terms).unwrap();
    let seen = [Observation::present(day!(2025, 8, 25), force_drawdown::Quantity::About(2_000)).source(hostile)];
    let page = agreement.page(&seen, day!(2026, 4, 14)).headline(hostile);
    let html = page.html() + &index(hostile, [("\"><script>.html", &page)]);
    // The facts and the script of the one page, and none of the other.
    assert_eq!(html.to_lowercase().matches("<script").count(), 2);
    assert_eq!(html.matches("</script").count(), 2);
    for markup in ["<b>", "href=\"javascript", "alert(1)<", "\u{0}"] {
        assert!(!html.contains(markup), "{markup:?}");
    }
}

#[test]
fn without_its_script_a_page_says_what_is_so_on_the_day_of_judgement() {
    let iraq = catalog::get("us-iraq-2024").unwrap();
    let page = iraq.agreement.page(&iraq.observations, day!(2026, 4, 14));
    let html = page.html();
    assert!(html.contains(&format!(">{}</output>", page.words_on(day!(2026, 4, 14)))));
    assert!(html.contains("id=\"sliders\" hidden>"));
}

#[test]
fn an_agreement_without_days_has_a_page_without_a_chart() {
    let text = r#"{"title": "Nothing dated", "parties": [{"id": "a", "name": "A", "role": "sending"},
        {"id": "b", "name": "B", "role": "receiving"}], "forces": [{"id": "f"}], "phases": [{"id": "1", "by": "open"}]}"#;
    let agreement: Agreement = serde_json::from_str(text).unwrap();
    let html = agreement.page(&[], day!(2026, 4, 14)).html();
    assert!(html.contains("<h1>Nothing dated</h1>"));
    assert!(!html.contains("<svg") && !html.contains("<script"), "{html}");
}

#[test]
fn an_index_has_each_agreement_by_the_year_in_which_it_begins() {
    let entries: Vec<_> = catalog::all().collect();
    let pages: Vec<_> =
        entries.iter().map(|of| (format!("{}.html", of.id), page(&of.agreement, &of.observations))).collect();
    let html = index("Agreements", pages.iter().map(|(address, page)| (address.as_str(), page)));
    let years: Vec<u32> = html
        .match_indices("<p class=\"quiet\">")
        .map(|(at, found)| html[at + found.len()..][..4].parse().unwrap())
        .collect();
    assert_eq!(years.len(), entries.len());
    assert!(years.is_sorted(), "{years:?}");
    assert_eq!(html.matches("<svg").count(), entries.len() + 1);
}

#[test]
fn a_count_is_said_from_its_own_day_on() {
    let iraq = catalog::get("us-iraq-2024").unwrap();
    let page = iraq.agreement.page(&iraq.observations, day!(2026, 4, 14));
    let last = |day| page.words_on(day).split_once("Last count: ").unwrap().1.to_owned();
    assert!(last(day!(2026, 1, 17)).starts_with("about 2,000 on 25 August 2025, 145 days before"));
    assert!(last(day!(2026, 1, 18)).starts_with("about 2,500 on 18 January 2026, that day"));
    assert!(last(day!(2026, 1, 19)).starts_with("about 2,500 on 18 January 2026, the day before"));
}

/// What the script reads of a day is what the schedule answers, whichever day it is.
#[test]
fn the_facts_of_a_page_are_the_ceilings_of_each_day() {
    for entry in catalog::all() {
        let html = page(&entry.agreement, &entry.observations).html();
        let (_, facts) = html.split_once("id=\"facts\">").unwrap();
        let facts: serde_json::Value = serde_json::from_str(facts.split_once("</script>").unwrap().0).unwrap();
        let bound = |name: &str| -> i64 {
            let (_, rest) = html.split_once("id=\"day\" ").unwrap();
            rest.split_once(&format!("{name}=\"")).unwrap().1.split_once('"').unwrap().0.parse().unwrap()
        };
        let now = facts["states"].as_array().unwrap().last().unwrap();
        for force in now["forces"].as_array().unwrap() {
            let id = facts["texts"][usize::try_from(force["id"].as_u64().unwrap()).unwrap()].as_str().unwrap();
            let schedule = entry.agreement.schedule(id).unwrap();
            let rows = force["ceilings"].as_array().unwrap().iter();
            let rows: Vec<_> =
                rows.map(|row| &facts["rows"][usize::try_from(row.as_u64().unwrap()).unwrap()]).collect();
            for number in bound("min")..=bound("max") {
                let day = chrono::NaiveDate::default() + chrono::TimeDelta::days(number);
                let row = rows.iter().rfind(|row| row[0].as_i64().unwrap() <= number).unwrap();
                let ceiling = schedule.required_on(day);
                let strict = ceiling.as_ref().map(|ceiling| u64::from(ceiling.strict));
                let lenient = ceiling.and_then(|ceiling| ceiling.lenient).map(u64::from);
                assert_eq!((row[2].as_u64(), row[3].as_u64()), (strict, lenient), "{}: {id} on {day}", entry.id);
            }
        }
    }
}
