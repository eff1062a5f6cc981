//! Pages: the report and the chart in one file of HTML that answers where it is pointed at, with the feature `html`.

mod facts;

use chrono::NaiveDate;

use crate::agreement::Agreement;
use crate::assessment::{Assessment, Observation};
use crate::chart::{Chart, page_style};
use crate::day::{day_number, from_day_number, parts};
use crate::report::{DefaultDay, Report};
use crate::wording::Escaped;
use facts::{AllFacts, Facts};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// How wide the two charts of a page are: one is shown on a telephone, the other elsewhere.
const WIDTHS: [(u32, &str); 2] = [(880, "on-wide"), (372, "on-narrow")];

/// A page about an agreement: one file of HTML that needs no other, made by [`Agreement::page`].
///
/// It has the [report](Assessment::report) and the [chart](Chart). A reader points at a day of the chart, touches it, or moves a
/// slider with the arrow keys, and reads what was required on that day and what was counted last. Where something was
/// published later than it happened, a second slider shows what was known when. It is light or dark as the reader prefers,
/// fits a telephone, can be printed, and can be read without its script.
#[derive(Clone, Debug)]
#[must_use]
pub struct Page<'a> {
    observations: &'a [Observation],
    assessment: Assessment,
    default: Option<DefaultDay>,
    headline: Option<&'a str>,
}

impl Agreement {
    /// A page about the agreement, with its observations, as judged on a day.
    ///
    /// ```
    /// use force_drawdown::{catalog, day};
    /// let iraq = catalog::get("us-iraq-2024").unwrap();
    /// let page = iraq.agreement.page(&iraq.observations, day!(2026, 4, 14));
    /// assert!(page.html().starts_with("<!doctype html>"));
    /// assert_eq!(
    ///     page.words_on(day!(2026, 4, 14)),
    ///     "14 April 2026: at most 1,251 (strict) to 2,550 (lenient), set by step 1. \
    ///      Last count: about 2,500 on 18 January 2026, 86 days before \
    ///      (Shafaq News, 18 January 2026).",
    /// );
    /// ```
    pub fn page<'a>(&self, observations: &'a [Observation], on: NaiveDate) -> Page<'a> {
        Page { observations, assessment: self.assess(observations, on), default: None, headline: None }
    }
}

impl<'a> Page<'a> {
    /// The same page, which says how its day of judgement was chosen.
    pub const fn judged_on(mut self, default: DefaultDay) -> Self {
        self.default = Some(default);
        self
    }

    /// The same page with a title of your own for its chart.
    pub const fn headline(mut self, headline: &'a str) -> Self {
        self.headline = Some(headline);
        self
    }

    /// What the page says where a reader points at a day: the ceiling of each force at its end, what sets it, and the last
    /// count with its source and its age in days, that of the day itself included. A count of several days is of its last. A
    /// force has a line of its own where there are several.
    #[must_use]
    pub fn words_on(&self, day: NaiveDate) -> String {
        let (agreement, day) = (&self.assessment.basis.agreement, day_number(day));
        Facts::new(agreement, self.observations, [day, day]).words_on(day)
    }

    fn report(&self) -> Report {
        let report = self.assessment.report();
        match self.default {
            Some(default) => report.judged_on(default),
            None => report,
        }
    }

    fn chart(&self) -> Chart<'_> {
        let chart = self.assessment.chart();
        self.headline.map_or(chart, |headline| chart.headline(headline))
    }

    /// The page as HTML.
    ///
    /// Everything that the document says is escaped. Nothing is loaded from elsewhere: links are followed only where the reader
    /// clicks them.
    #[must_use]
    pub fn html(&self) -> String {
        let report = self.report();
        let figure = self.figure(&report).unwrap_or_default();
        let words = report.html_from(1);
        // The chart comes after the bottom line.
        let (head, rest) = words.split_at(words.find("<h2>").unwrap_or(words.len()));
        document(&report.title, &format!("<main>\n{head}{figure}{rest}</main>\n"))
    }

    /// The charts with their sliders; `None` where no day is known.
    fn figure(&self, report: &Report) -> Option<String> {
        self.assessment.basis.agreement.default_day(self.observations, NaiveDate::MIN)?;
        let sentences: Vec<&str> = report.bottom_line.iter().map(|sentence| sentence.words.as_str()).collect();
        let description = sentences.join(" ");
        let draw = |(width, class): (u32, &str)| {
            let (svg, days) = self.chart().width(width).within_page(&description).ok()?;
            Some((format!("<div class=\"{class}\">\n{svg}</div>\n"), days))
        };
        let drawn = WIDTHS.into_iter().map(draw).collect::<Option<Vec<_>>>()?;
        let days = drawn.first()?.1;
        let charts: String = drawn.into_iter().map(|(chart, _)| chart).collect();
        let facts = AllFacts::new(&self.assessment, self.observations, days);
        let [first, last] = days;
        let on = day_number(self.assessment.on).clamp(first, last);
        let said = facts.now.words_on(on);
        let said: Vec<_> = said.lines().map(|line| Escaped(line).to_string()).collect();
        let said = said.join("\n");
        Some(format!(
            "<figure id=\"chart\">\n{}<div id=\"charts\" tabindex=\"0\" role=\"group\" aria-label=\"Chart. Arrow keys choose a day.\">\n{charts}</div>\n<figcaption>\n<div class=\"sliders\" id=\"sliders\" hidden>\n\
             <label>Day <input type=\"range\" id=\"day\" min=\"{first}\" max=\"{last}\" value=\"{on}\"></label>\n\
             <label id=\"known-label\" hidden>As known on <input type=\"range\" id=\"known\" min=\"0\"> <span id=\"known-day\"></span></label>\n\
             </div>\n<output id=\"said\" for=\"day known\">{said}</output></figcaption>\n</figure>\n\
             <script type=\"application/json\" id=\"facts\">{}</script>\n<script>\n{SCRIPT}</script>\n",
            page_style(),
            facts.json(),
        ))
    }
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n{body}</body>\n</html>\n",
        Escaped(title),
    )
}

/// A page that leads to others: for each, its address, title, years, first sentence and a small picture, by the years in which
/// they begin.
///
/// ```
/// use force_drawdown::{catalog, day, page};
/// let ids = ["us-iraq-2008", "us-iraq-2024"];
/// let [first, second] = ids.map(|id| catalog::get(id).unwrap());
/// let first = first.agreement.page(&first.observations, day!(2011, 12, 31));
/// let second = second.agreement.page(&second.observations, day!(2026, 4, 14));
/// let html = page::index("Agreements", [("2008.html", &first), ("2024.html", &second)]);
/// assert!(html.contains("<a href=\"2008.html\">"));
/// ```
#[must_use]
pub fn index<'p, 'a: 'p>(title: &str, pages: impl IntoIterator<Item = (&'p str, &'p Page<'a>)>) -> String {
    let mut entries: Vec<(Option<[i32; 2]>, String)> =
        pages.into_iter().map(|(address, page)| entry(address, page)).collect();
    entries.sort_by_key(|(days, _)| days.map(|[first, _]| first));
    let list: String = entries.into_iter().map(|(_, entry)| entry).collect();
    let body =
        format!("<main>\n<h1>{}</h1>\n{}<ul class=\"many\">\n{list}</ul>\n</main>\n", Escaped(title), page_style());
    document(title, &body)
}

/// The first and the last day of an agreement, and its member of the list.
fn entry(address: &str, page: &Page<'_>) -> (Option<[i32; 2]>, String) {
    let report = page.report();
    let (picture, days) = page.chart().small(&report.title).ok().unzip();
    let year = |day: i32| from_day_number(day).map_or(0, |day| parts(day).0);
    let years = days.map(|[first, last]| [year(first), year(last)]);
    let years = match years {
        Some([first, last]) if first == last => format!("<p class=\"quiet\">{first}</p>\n"),
        Some([first, last]) => format!("<p class=\"quiet\">{first} to {last}</p>\n"),
        None => String::new(),
    };
    let picture = picture.unwrap_or_default();
    let first = report.bottom_line.first().map_or("", |sentence| sentence.words.as_str());
    let (address, title) = (Escaped(address), Escaped(&report.title));
    let entry =
        format!("<li>\n<h2><a href=\"{address}\">{title}</a></h2>\n{years}{picture}<p>{}</p>\n</li>\n", Escaped(first));
    (days, entry)
}
