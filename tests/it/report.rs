//! The report: kept for every agreement of the catalogue, and the same in every format.

use chrono::NaiveDate;
use force_drawdown::catalog::{self, CatalogEntry};
use force_drawdown::report::{Block, Report, Sentence};
use force_drawdown::{
    Act, ActKind, Agreement, Amendment, Baseline, Deadline, Force, Limit, Observation, Party, Phase, PhaseChange,
    Quantity, Role, Source, Terms, day,
};

use super::golden::assert_is_kept;

/// A day on which each agreement is judged.
const DAYS: &str = "\
abidjan-1996           1998-12-31
afghanistan-2011       2017-01-31
amisom                 2021-02-28
angola-1988            1991-07-01
chad-france-2024       2025-01-31
czechoslovakia-1990    1991-07-01
doha-2020              2021-09-01
geneva-1988            1989-02-15
georgia-2005           2008-01-01
germany-1990           1994-09-01
israel-lebanon-2024    2025-02-18
karabakh-2020          2020-12-02
kfor-2009              2011-06-30
kosovo-mta-1999        1999-06-21
lebanon-2005           2005-05-23
monusco-2717           2024-07-01
namibia-1989           1989-11-22
niger-france-2023      2024-01-01
niger-us-2024          2024-09-16
paris-1973             1973-03-30
poland-1991            1993-12-31
unmiset                2004-05-20
us-iraq-2008           2012-01-01
us-iraq-2024           2026-04-14
us-iraq-statement-2024 2026-04-14
vietnam-1969           1972-05-25
";

/// Every agreement of the catalogue, with the day on which it is judged.
fn judged() -> impl Iterator<Item = (CatalogEntry, NaiveDate)> {
    DAYS.lines().map(|line| {
        let (id, day) = line.split_once(' ').unwrap();
        (catalog::get(id).unwrap(), day.trim().parse().unwrap())
    })
}

#[test]
fn every_report_of_the_catalogue_is_kept() {
    assert_eq!(judged().map(|(entry, _)| entry.id).collect::<Vec<_>>(), catalog::IDS);
    for (CatalogEntry { id, agreement, observations, .. }, on) in judged() {
        let report = agreement.assess(&observations, on).report();
        assert_is_kept(&format!("tests/it/catalog/{id}.md"), &report.markdown());
    }
}

/// What could break out of a line, of Markdown or of HTML, in everything that a report may repeat.
const HOSTILE: &str = "<b>&\"'|\n# *_`[x](javascript:y)\u{202e}\u{1b}[2J";

fn hostile() -> Report {
    let text = HOSTILE;
    let mut terms = Terms::new(text)
        .party(Party::new("S", text, Role::Sending))
        .force(Force::new("f").name(text).baseline(Baseline::new(10, day!(2000, 1, 1))))
        .phase(Phase::new("1", Deadline::day(day!(2000, 2, 1))).title(text).limit(Limit::remain(5)).source("s"))
        .source("s", Source::new(text).url("javascript:alert(1)"));
    terms.amendments.push(
        Amendment::new(text, day!(2000, 1, 5))
            .change(PhaseChange::new("1").by(Deadline::day(day!(2000, 3, 1))))
            .source("s"),
    );
    let seen = [Observation::present(day!(2000, 1, 9), Quantity::Range(4, 6)).source(text)];
    Agreement::try_from(terms).unwrap().assess(&seen, day!(2000, 4, 1)).report()
}

#[test]
fn what_a_document_says_is_no_markup() {
    let report = hostile();
    let (text, markdown, html) = (report.text(80), report.markdown(), report.html());
    for written in [&text, &markdown, &html] {
        assert!(!written.contains(['\u{202e}', '\u{1b}']), "{written}");
    }
    assert!(!html.contains("<b>") && html.contains("&lt;b&gt;&amp;&quot;&#39;|"), "{html}");
    assert!(!html.contains("href=\"javascript"), "{html}");
    let tags = html.split('<').skip(1).map(|tag| tag.split_once([' ', '>']).unwrap().0.trim_start_matches('/'));
    let known = ["section", "div", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "ol", "li", "a"];
    assert!(tags.into_iter().all(|tag| known.contains(&tag)), "{html}");
    for mark in ['<', '*', '`', '_', '~'] {
        let bare = markdown.match_indices(mark).find(|&(at, _)| !markdown[..at].ends_with('\\'));
        assert_eq!(bare, None, "{markdown}");
    }
    assert!(!markdown.contains("[x]"), "{markdown}");
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let steps: Vec<_> = markdown.lines().filter(|line| line.starts_with("| ")).map(cells).collect();
    assert_eq!(steps, [7, 7, 7, 5, 5, 5, 5]);
}

/// The three formats have the same words, in the same order.
#[test]
fn every_format_has_the_same_words() {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for (CatalogEntry { id, agreement, observations, .. }, on) in judged() {
        let report = agreement.assess(&observations, on).report();
        let (text, markdown, html) = (report.text(10_000), report.markdown(), report.html());
        let plain = |sentence: &Sentence| sentence.words.trim_end_matches('.').to_owned();
        let mut said: Vec<String> = vec![report.title.clone(), plain(&report.day)];
        said.extend(report.bottom_line.iter().map(plain));
        for section in &report.sections {
            said.push(section.heading.to_owned());
            said.extend(section.blocks.iter().flat_map(|block| match block {
                Block::Paragraph(sentences) => sentences.iter().map(plain).collect(),
                Block::List(members) => members.iter().flatten().map(plain).collect(),
                Block::Table(table) => table.rows.iter().flatten().map(plain).collect::<Vec<_>>(),
            }));
        }
        said.extend(report.sources.iter().map(|source| source.title.clone()));
        let unescaped = html.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">");
        let unescaped = unescaped.replace("&amp;", "&");
        for (format, written) in [("text", text), ("Markdown", markdown.replace('\\', "")), ("HTML", unescaped)] {
            let mut rest = written.as_str();
            for words in &said {
                let place = rest.find(words.as_str());
                let place = place.unwrap_or_else(|| panic!("{id}: {words:?} is not in the {format} in its place"));
                rest = &rest[place + words.len()..];
            }
        }
        for width in [1, 40, 57, 80, 132] {
            let text = report.text(width);
            let (all, wide) = (words(&text).concat(), words(&report.text(10_000)).concat());
            let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).count();
            assert_eq!(letters(&all), letters(&wide), "{id}");
            assert!(text.lines().all(|line| line.chars().count() <= width.max(40)), "{id} in {width} columns:\n{text}");
        }
        // Each source is cited, and numbered where it is first.
        let sections = report.sections.iter().flat_map(|section| &section.blocks);
        let sentences = sections.flat_map(|block| match block {
            Block::Paragraph(sentences) => sentences.iter().collect::<Vec<_>>(),
            Block::List(members) => members.iter().flatten().collect(),
            Block::Table(table) => table.rows.iter().flatten().collect(),
        });
        let mut cited = 0;
        for number in sentences.flat_map(|sentence| &sentence.sources) {
            assert!(*number <= cited + 1, "{id}: source {number} is cited before {}", cited + 1);
            cited = cited.max(*number);
        }
        assert_eq!(cited, report.sources.len(), "{id}");
    }
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let phases = (0..200_u64).map(|n| {
        let by = Deadline::day(day!(2000, 1, 1) + chrono::Days::new(n));
        Phase::new(n.to_string(), by).title("\"".repeat(500)).limit(Limit::remain(0))
    });
    let mut terms =
        Terms::new("T").party(Party::new("S", "S", Role::Mediator)).force(Force::new("f").name("\"".repeat(500)));
    terms.phases.extend(phases);
    let agreement = Agreement::try_from(terms).unwrap();
    let report = agreement.assess(&[], day!(2000, 12, 31)).report();
    // What is said more than once is short: no format is much longer than the document.
    let document = serde_json::to_string(&agreement).unwrap().len();
    for written in [report.text(80), report.markdown(), report.html()] {
        assert!(written.len() < 64 * document, "{} of {document}", written.len());
    }
    let Block::Table(table) = &report.sections[0].blocks[0] else { panic!("the steps are a table") };
    assert_eq!(table.rows.len(), 60);
    assert!(table.rows[0][0].words.chars().count() <= 161);
    let text = report.text(80);
    assert!(text.contains("140 more steps are not shown here."), "{text}");
    let open = report.sections.iter().find(|section| section.heading == "What would settle what is open").unwrap();
    assert_eq!(open.blocks.len(), 2);
}

#[test]
fn a_day_is_chosen_by_what_is_still_to_come() {
    let counts = [Observation::present(day!(2030, 1, 1), 5)];
    let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    let chosen = |agreement: &Agreement, counts: &[Observation], today| {
        let chosen = agreement.default_day(counts, today).unwrap();
        (chosen.day, chosen.is_today)
    };
    // The last deadline is the last day of 2026.
    assert_eq!(chosen(&iraq, &[], day!(2026, 12, 31)), (day!(2026, 12, 31), true));
    assert_eq!(chosen(&iraq, &[], day!(2027, 1, 1)), (day!(2026, 12, 31), false));
    assert_eq!(chosen(&iraq, &counts, day!(2027, 1, 1)), (day!(2030, 1, 1), false));
    // An act that is expected is still to come.
    let terms = iraq.into_terms().act(Act::new(day!(2027, 6, 1), ActKind::Announced).expected());
    let iraq = Agreement::try_from(terms).unwrap();
    assert_eq!(chosen(&iraq, &[], day!(2027, 1, 1)), (day!(2027, 1, 1), true));
    let open = Terms::new("T")
        .party(Party::new("S", "S", Role::Sending))
        .force(Force::new("f"))
        .phase(Phase::new("1", Deadline::Open).limit(Limit::remain(0)));
    let open = Agreement::try_from(open).unwrap();
    assert_eq!(open.default_day(&[], day!(2027, 1, 1)), None);
}
