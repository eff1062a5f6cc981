//! A page for several agreements, with a small picture of each and a link to its own.

use super::one::{Page, document};
use crate::chart::Escaped;
use crate::day::{from_day_number, parts};

/// A page that leads to others: for each, its address, title, years, first sentence and a small picture, by the years in which
/// they begin.
///
/// ```
/// use force_drawdown::catalog;
/// let entries: Vec<_> = catalog::all().filter(|entry| entry.id.starts_with("us-iraq")).collect();
/// let last = |entry: &catalog::CatalogEntry| entry.agreement.default_day(&entry.observations, force_drawdown::day!(2030, 1, 1));
/// let pages: Vec<_> = entries
///     .iter()
///     .map(|entry| (format!("{}.html", entry.id), entry.agreement.page(&entry.observations, last(entry).unwrap().day)))
///     .collect();
/// let html = force_drawdown::page::index("Agreements", pages.iter().map(|(address, page)| (address.as_str(), page)));
/// assert!(html.contains("<a href=\"us-iraq-2008.html\">"));
/// ```
#[must_use]
pub fn index<'p, 'a: 'p>(title: &str, pages: impl IntoIterator<Item = (&'p str, &'p Page<'a>)>) -> String {
    let mut entries: Vec<(Option<[i32; 2]>, String)> =
        pages.into_iter().map(|(address, page)| entry(address, page)).collect();
    entries.sort_by_key(|(days, _)| days.map(|[first, _]| first));
    let list: String = entries.into_iter().map(|(_, entry)| entry).collect();
    let body = format!(
        "<main>\n<h1>{}</h1>\n{}<ul class=\"many\">\n{list}</ul>\n</main>\n",
        Escaped(title),
        crate::chart::page_style()
    );
    document(title, &body)
}

/// The first and the last day of an agreement, and its member of the list.
fn entry(address: &str, page: &Page<'_>) -> (Option<[i32; 2]>, String) {
    let report = page.report();
    let drawn = page.chart().small(&report.title).ok();
    let days = drawn.as_ref().map(|drawn| drawn.days);
    let year = |day: i32| from_day_number(day).map_or(0, |day| parts(day).0);
    let years = days.map(|[first, last]| [year(first), year(last)]);
    let years = match years {
        Some([first, last]) if first == last => format!("<p class=\"quiet\">{first}</p>\n"),
        Some([first, last]) => format!("<p class=\"quiet\">{first} to {last}</p>\n"),
        None => String::new(),
    };
    let picture = drawn.map(|drawn| drawn.svg).unwrap_or_default();
    let first = report.bottom_line.first().map_or("", |sentence| sentence.words.as_str());
    let (address, title) = (Escaped(address), Escaped(&report.title));
    let entry =
        format!("<li>\n<h2><a href=\"{address}\">{title}</a></h2>\n{years}{picture}<p>{}</p>\n</li>\n", Escaped(first));
    (days, entry)
}
