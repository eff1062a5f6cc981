//! Charts: every text inside, no two on each other, no name lost, and all as committed.

use force_drawdown::catalog::{self, CatalogEntry};
use force_drawdown::history::TimelineEvent;
use force_drawdown::{
    Act, Agreement, Baseline, Change, Chart, ChartError, Deadline, Force, Interpolation, Limit, Observation, Party,
    Phase, Quantity, Role, Terms, day, parse_day,
};

use crate::golden::assert_is_kept;
use crate::pace::assert_in_proportion;
use text::Font;

/// How the crate measures texts, which `browser.rs` compares with a browser.
#[path = "../../src/chart/text.rs"]
#[allow(dead_code, reason = "a test asks for widths and not for lines")]
mod text;

/// An element of an SVG picture: its name and attributes, and the text within.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> f64 {
        self.get(name).unwrap().parse().unwrap()
    }
}

/// Reads what the crate's writer writes.
fn elements(svg: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    for tag in svg.split('<').skip(1).filter(|tag| !tag.starts_with('/')) {
        let (head, text) = tag.split_once('>').unwrap();
        let (name, mut rest) = head.trim_end_matches('/').split_once(' ').unwrap_or((head, ""));
        let mut attributes = Vec::new();
        while let Some((key, value)) = rest.split_once("=\"") {
            let (value, after) = value.split_once('"').unwrap();
            attributes.push((key.trim().to_owned(), value.to_owned()));
            rest = after;
        }
        let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
        let text = escapes.iter().fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain));
        elements.push(Element { name: name.to_owned(), attributes, text });
    }
    elements
}

pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
    Font { size, bold }.width(text)
}

struct Label {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// The texts with the room that they take.
fn labels(svg: &str) -> Vec<Label> {
    let texts = elements(svg).into_iter().filter(|element| element.name == "text");
    let label = |element: Element| {
        let size = element.number("font-size");
        let width = width(&element.text, size, element.get("font-weight").is_some());
        let (x, y) = (element.number("x"), element.number("y"));
        let left = match element.get("text-anchor") {
            None => x,
            Some("middle") => x - width / 2.0,
            _ => x - width,
        };
        Label { text: element.text, left, right: left + width, top: y - size * 0.9, bottom: y + size * 0.2 }
    };
    texts.map(label).collect()
}

/// All that a picture says, in the order in which it is written.
fn said(svg: &str) -> String {
    labels(svg).into_iter().map(|label| label.text).collect::<Vec<_>>().join(" ")
}

fn assert_is_legible(name: &str, svg: &str) {
    let root = elements(svg).into_iter().find(|element| element.name == "svg").unwrap();
    let (width, height) = (root.number("width"), root.number("height"));
    let labels = labels(svg);
    for label in &labels {
        let is_inside = label.left >= 0.0 && label.right <= width && label.top >= 0.0 && label.bottom <= height;
        assert!(is_inside, "{name}: {:?} leaves the canvas", label.text);
    }
    for (index, a) in labels.iter().enumerate() {
        for b in &labels[index + 1..] {
            let apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            assert!(apart, "{name}: {:?} and {:?} overlap", a.text, b.text);
        }
    }
    for element in elements(svg).iter().filter(|element| element.name != "pattern") {
        let path = element.get("d").filter(|_| element.get("class") != Some("stroke")).unwrap_or_default();
        let of_path = path.split(['M', 'L', 'Z', ' ']).filter_map(|number| number.parse().ok());
        let of_shape = ["x", "y", "cx", "cy"].iter().filter_map(|name| element.get(name)?.parse().ok());
        for place in of_path.chain(of_shape) {
            let place: f64 = place;
            assert!((-1.0..=width.max(height) + 1.0).contains(&place), "{name}: {element:?} leaves the canvas");
        }
    }
}

/// Each deadline, act and amendment of the days that are shown is named, be it beside its mark or in a list.
fn assert_names_all(name: &str, agreement: &Agreement, svg: &str) {
    let said = said(svg);
    let terms = agreement.terms();
    let last = agreement.versions().last().unwrap();
    let mut missing = Vec::new();
    for force in &terms.forces {
        if last.schedule(&force.id).is_some() {
            let shown = force.name.as_deref().unwrap_or(&force.id);
            missing.extend((!said.contains(shown)).then(|| shown.to_owned()));
        }
    }
    for entry in agreement.timeline() {
        let shown = match entry.what {
            TimelineEvent::Closes { phase } => {
                let added = terms
                    .amendments
                    .iter()
                    .flat_map(|amendment| &amendment.changes)
                    .filter_map(|change| if let Change::Add { add, .. } = change { Some(add) } else { None });
                let title = terms.phases.iter().chain(added).find(|of| of.id == phase).and_then(|of| of.title.clone());
                title.unwrap_or_else(|| phase.to_owned())
            }
            TimelineEvent::Amendment(amendment) => amendment.title.clone(),
            TimelineEvent::Act(Act { name: Some(name), .. }) => name.replace('-', " "),
            _ => continue,
        };
        missing.extend((!said.contains(&shown)).then_some(shown));
    }
    let counted = said.split_once("Acts and counts of other days: ").map(|(_, rest)| rest.split_once('.').unwrap().0);
    let counted: usize = counted.map_or(0, |number| number.parse().unwrap());
    assert!(missing.len() <= counted, "{name}: {missing:?} is not named in {said}");
    for source in terms.sources.values() {
        let title: Vec<&str> = source.title.split_whitespace().collect();
        assert!(said.contains(&title.join(" ")), "{name}: {:?} is not named", source.title);
    }
}

/// Every picture that was looked at: the name, the agreement and what was observed.
pub(crate) fn pictures() -> Vec<(String, Agreement, Vec<Observation>)> {
    let of_catalog = |entry: CatalogEntry| (entry.id.to_owned(), entry.agreement, entry.observations);
    catalog::all().map(of_catalog).chain(hard_cases()).collect()
}

#[test]
fn every_picture_is_legible_at_every_width() {
    for (name, agreement, observations) in pictures() {
        for width in [240, 390, 499, 500, 800, 1600] {
            let chart = Chart::new(&agreement).observations(&observations).width(width);
            let name = format!("{name} at {width}");
            let svg = chart.svg().unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_is_legible(&name, &svg);
            if !name.starts_with("long") && !name.starts_with("chinese") {
                assert_names_all(&name, &agreement, &svg);
            }
        }
        for how in Interpolation::ALL {
            let judged = agreement.assess(&observations, day!(2020, 6, 1));
            assert_is_legible(&name, &judged.chart().planned(*how).headline(&name).svg().unwrap());
        }
    }
}

#[test]
fn what_was_known_first_is_legible() {
    for (name, agreement, observations) in pictures() {
        let Some(first) = agreement.timeline().next() else { continue };
        let known = agreement.as_known_on(first.days.latest());
        match Chart::new(&known).observations(&observations).svg() {
            Ok(svg) => assert_is_legible(&format!("{name} as first known"), &svg),
            Err(error) => assert_eq!(error, ChartError::NoDays),
        }
    }
}

/// The pictures of the catalogue in the guide, two of which the README shows.
#[test]
fn charts_are_drawn_as_before() {
    for CatalogEntry { id, agreement, observations, .. } in catalog::all() {
        let svg = Chart::new(&agreement).observations(&observations).svg().unwrap();
        assert_is_kept(&format!("src/guide/catalogue/{id}.svg"), &svg);
    }
}

fn named(id: &str, name: &str) -> Force {
    Force { name: Some(name.to_owned()), ..Force::new(id) }
}

fn titled(id: u32, title: &str, by: Deadline) -> Phase {
    Phase { title: Some(title.to_owned()), ..Phase::new(id.to_string(), by) }
}

fn agreement(title: &str, forces: Vec<Force>, phases: Vec<Phase>) -> Agreement {
    let mut terms = Terms::new(title);
    terms.parties = vec![Party::new("A", "Aland", Role::Receiving)];
    terms.forces = forces;
    terms.phases = phases;
    Agreement::try_from(terms).unwrap()
}

fn simple(title: &str, phases: Vec<Phase>) -> Agreement {
    agreement(title, vec![Force::new("f")], phases)
}

fn one_phase() -> Vec<Phase> {
    vec![Phase::new("1", Deadline::month(2025, 9)).limit(Limit::remain(0))]
}

/// Forty phases, sixty years, twelve forces, one day, one point, other scripts, long names, nothing known.
fn hard_cases() -> Vec<(String, Agreement, Vec<Observation>)> {
    let on = |text: &str| parse_day(text).unwrap();
    let start = Baseline::new(5_000, day!(2025, 1, 1));
    let halves = |first: &str, second: &str| {
        vec![
            titled(1, first, Deadline::month(2025, 6)).limit(Limit::remain(2_500)),
            titled(2, second, Deadline::month(2025, 12)).limit(Limit::remain(0)),
        ]
    };
    let forty = (0..40).map(|n| {
        let by = Deadline::day(on(&format!("2025-{:02}-{:02}", 1 + n / 20, 1 + n % 20)));
        titled(n, &format!("the step number {n} of a long row"), by)
            .limit(Limit::remain(4_000_000_000 - n * 90_000_000))
    });
    let years = (0..12).map(|n| {
        titled(n, &format!("stage {n}"), Deadline::day(on(&format!("{}-03-01", 1950 + n * 5))))
            .limit(Limit::remain(12_000 - n * 1_000))
    });
    let yearly =
        (0..60).map(|n| Observation::present(on(&format!("{}-07-01", 1950 + n)), Quantity::About(13_000 - n * 200)));
    let twelve: Vec<String> = (0..12).map(|n| format!("f{n}")).collect();
    let forces = twelve.iter().map(|id| named(id, &format!("Contingent {id}")).baseline(start.clone())).collect();
    let limited =
        |phase, people| twelve.iter().fold(phase, |phase: Phase, id| phase.limit(Limit::remain(people).on(id)));
    let phases = vec![
        limited(Phase::new("half", Deadline::month(2025, 6)), 2_500),
        limited(titled(2, "Everybody leaves", Deadline::day(day!(2025, 12, 31))), 0),
    ];
    let ranges = twelve.iter().map(|id| Observation::present(day!(2025, 7, 5), Quantity::Range(2_300, 2_900)).of(id));
    let long =
        "Combined Joint Interagency Stabilisation and Reconstruction Task Force for the Northern and Coastal Districts";
    let compound = "Donaudampfschifffahrtselektrizit\u{e4}tenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2);
    let about = |n| vec![Observation::present(day!(2025, 7, 3), Quantity::About(n))];
    let force = |name: &str| vec![named("f", name).baseline(start.clone())];
    let case = |name: &str, agreement, seen| (name.to_owned(), agreement, seen);
    vec![
        case(
            "forty",
            agreement(&"a very long title ".repeat(40), vec![named("f", "Troops")], forty.collect()),
            Vec::new(),
        ),
        case(
            "years",
            agreement("Sixty years", vec![named("f", "Garrison of the straits")], years.collect()),
            yearly.collect(),
        ),
        case("twelve", agreement("Twelve contingents", forces, phases), ranges.collect()),
        case(
            "day",
            agreement("One day", force("Troops"), vec![titled(1, "Out", Deadline::day(day!(2025, 1, 1)))]),
            about(20),
        ),
        case("point", simple("One point", one_phase()), Vec::new()),
        case(
            "arabic",
            agreement("اتفاق انسحاب القوات الأجنبية", force("القوات الأجنبية"), halves("المرحلة الأولى", "خروج الجميع")),
            about(2_600),
        ),
        case(
            "chinese",
            agreement(
                &"关于外国军队分阶段撤出的协定".repeat(5),
                force("驻军部队"),
                halves("第一阶段撤军完成", "全部撤出"),
            ),
            about(2_400),
        ),
        case(
            "long",
            agreement(
                long,
                vec![named("f", long), named("g", &compound)],
                vec![titled(1, long, Deadline::month(2025, 6)).limit(Limit::remain(9).on("g"))],
            ),
            Vec::new(),
        ),
        case(
            "days only",
            simple(
                "No number",
                vec![titled(1, "First", Deadline::month(2025, 6)), titled(2, "Second", Deadline::month(2025, 9))],
            ),
            Vec::new(),
        ),
    ]
}

#[test]
fn what_lies_far_off_is_counted_and_not_drawn() {
    let agreement = simple("A", one_phase());
    let seen = |day| Observation::present(parse_day(day).unwrap(), 50_000);
    let texts = |seen: &[Observation]| said(&Chart::new(&agreement).observations(seen).svg().unwrap());
    // Two years before the first day are the last that are near.
    let near = texts(&[seen("2023-09-02")]);
    assert!(
        near.contains("50,000") && near.contains("count before any ceiling") && !near.contains("other days"),
        "{near}"
    );
    let far = texts(&[seen("2023-09-01")]);
    assert!(!far.contains("50,000") && !far.contains("count before"), "{far}");
    assert!(far.contains("Acts and counts of other days: 1."), "{far}");
}

/// A count that held is two signs joined by a line; one that cannot be true is counted below.
#[test]
fn what_holds_is_drawn_and_what_cannot_be_true_is_said() {
    let phase = Phase::new("1", Deadline::day(day!(2025, 6, 1))).limit(Limit::remain(10));
    let mut terms = simple("T", vec![phase]).into_terms();
    terms.forces[0].baseline = Some(Baseline::new(100, day!(2025, 1, 1)));
    let agreement = Agreement::try_from(terms).unwrap();
    let points = |seen: &[Observation]| {
        let svg = Chart::new(&agreement).observations(seen).svg().unwrap();
        let dots = elements(&svg).iter().filter(|one| one.name == "circle" && one.get("r") == Some("4")).count();
        (dots, svg.contains("Counts that cannot be true: 1."))
    };
    let held = Observation::present(day!(2025, 2, 1), 90).until(day!(2025, 4, 1));
    // The sign of the legend is one of them.
    assert_eq!(points(std::slice::from_ref(&held)), (3, false));
    assert_eq!(points(&[held, Observation::withdrawn(day!(2025, 3, 1), 101)]), (3, true));
}

/// A count that holds until its own day is drawn as one of that day.
#[test]
fn what_holds_until_its_own_day_is_drawn_as_a_count_of_it() {
    let agreement = simple("until", one_phase());
    let count = Observation::present(day!(2025, 2, 1), 90);
    let drawn =
        |count: &Observation| agreement.assess(std::slice::from_ref(count), day!(2025, 5, 1)).chart().svg().unwrap();
    assert_eq!(drawn(&count.clone().until(day!(2025, 2, 1))), drawn(&count));
}

#[test]
fn what_is_not_dated_is_said() {
    let open = simple("Open", vec![Phase::new("1", Deadline::Open).limit(Limit::remain(0))]);
    assert_eq!(Chart::new(&open).svg(), Err(ChartError::NoDays));
    let phases =
        vec![Phase::new("1", Deadline::month(2025, 9)), Phase::new("2", Deadline::Open).limit(Limit::remain(0))];
    let svg = Chart::new(&simple("Half open", phases)).svg().unwrap();
    assert!(said(&svg).contains("Not dated: phase 2 (not known)."), "{svg}");
}

#[test]
fn where_no_number_is_known_there_is_a_timeline() {
    let days = simple("No number", vec![Phase::new("1", Deadline::month(2025, 6))]);
    let svg = Chart::new(&days).svg().unwrap();
    assert!(said(&svg).contains("f: deadlines and acts") && !svg.contains("data-plot"), "{svg}");
    assert!(Chart::new(&simple("A", one_phase())).svg().unwrap().contains("data-plot"));
}

/// Whether a count was kept can be seen without colours: by the shapes of the signs.
#[test]
fn counts_have_shapes_by_what_they_say_of_the_ceiling() {
    let agreement = simple("A", vec![Phase::new("1", Deadline::day(day!(2025, 1, 31))).limit(Limit::remain(100))]);
    let drawn = |quantity: Quantity| {
        let seen = [Observation::present(day!(2025, 2, 9), quantity).source("UN")];
        let svg = Chart::new(&agreement).observations(&seen).svg().unwrap();
        let all = elements(&svg);
        let counts = all.iter().skip_while(|element| !element.text.contains("9 February 2025 (UN)")).skip(1);
        let counts = counts.take_while(|element| element.name != "title" && element.name != "text");
        counts.map(|element| format!("{} {}", element.name, element.get("class").unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(drawn(Quantity::Exact(90)), ["circle within"]);
    assert_eq!(drawn(Quantity::Exact(110)), ["path above"]);
    assert_eq!(drawn(Quantity::About(100)), ["path either", "path either"]);
    assert_eq!(drawn(Quantity::Range(40, 90)), ["path within", "circle within hollow", "circle within hollow"]);
    // An arrow points to where the number has no end.
    assert_eq!(drawn(Quantity::AtLeast(1)), ["path either", "path either", "path either hollow"]);
}

#[test]
fn an_open_count_and_the_ends_of_the_ceiling_have_their_words() {
    let agreement = simple(
        "A",
        vec![Phase::new("1", Deadline::day(day!(2025, 1, 31))).limit(Limit::remain(Quantity::About(1_000)))],
    );
    let seen = [Observation::present(day!(2025, 2, 9), Quantity::AtLeast(1))];
    let said = said(&agreement.assess(&seen, day!(2025, 3, 1)).chart().svg().unwrap());
    for words in
        ["at least 1, 9 February 2025", "strict 900", "lenient 1,100", "day of judgement, 1 March 2025", "Not binding."]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_ceiling_of_the_whole_is_said_and_not_drawn() {
    let forces = vec![named("w", "The whole"), Force { part_of: Some("w".to_owned()), ..named("p", "A part") }];
    let phases = vec![Phase::new("1", Deadline::day(day!(2025, 1, 31))).limit(Limit::remain(19_626).on("w"))];
    let seen = [Observation::present(day!(2025, 3, 9), 300).of("p")];
    let agreement = agreement("A", forces, phases);
    let svg = Chart::new(&agreement).observations(&seen).svg().unwrap();
    assert!(said(&svg).contains("part of The whole; no ceiling of its own, within the whole\u{2019}s 19,626"), "{svg}");
    assert_eq!(svg.matches("class=\"strict\"").count(), 1);
}

#[test]
fn markup_in_names_is_text() {
    let svg = Chart::new(&simple("A < B & C\u{7}\u{202e}\n\"D\"", one_phase())).svg().unwrap();
    assert!(svg.contains("A &lt; B &amp; C"), "{svg}");
    assert!(!svg.contains(['\u{7}', '\u{202e}']));
    // Where documentation shows the picture, an empty line would end it.
    assert!(!svg.contains("\n\n"));
}

#[test]
fn a_picture_needs_a_font_with_every_letter() {
    let agreement = simple("A", one_phase());
    assert_eq!(Chart::new(&agreement).fonts(&[b"no font"]).png(), Err(ChartError::Font));
    // A machine without a font cannot draw one.
    let fonts = [
        "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    ];
    let Some(font) = fonts.iter().find_map(|font| std::fs::read(font).ok()) else { return };
    let fonts = [font.as_slice()];
    let chart = Chart::new(&agreement).size(640, 400).fonts(&fonts);
    let sides = |png: &[u8]| [&png[16..20], &png[20..24]].map(|bytes| u32::from_be_bytes(bytes.try_into().unwrap()));
    for (chart, expected) in [(chart, [1_280, 800]), (chart.scale(1), [640, 400])] {
        let png = chart.png().unwrap();
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert_eq!(sides(&png), expected);
        assert!(png.len() > 2_000, "{} bytes are no picture", png.len());
    }
    let foreign = simple("\u{ac00}", one_phase());
    let error = Chart::new(&foreign).fonts(&fonts).png().unwrap_err();
    assert_eq!(error, ChartError::NoGlyph("\u{ac00}".to_owned()));
    assert_eq!(error.to_string(), "no font has \"\u{ac00}\": hand in one that does");
}

#[test]
fn a_picture_has_a_greatest_size() {
    let agreement = simple("A", one_phase());
    let chart = Chart::new(&agreement);
    let sizes = [(u32::MAX, u32::MAX), (100_000, 100_000), (20_001, 400), (400, 20_001), (20_000, 3_201)];
    for (width, height) in sizes {
        assert_eq!(chart.size(width, height).svg(), Err(ChartError::TooLarge { width, height }));
        let picture = chart.size(width, height).scale(1).png();
        assert_eq!(picture, Err(ChartError::TooLarge { width, height }));
    }
    assert!(chart.size(20_000, 3_200).svg().is_ok());
    assert_eq!(
        chart.size(100_000, 400).svg().unwrap_err().to_string(),
        "100000 by 400 pixels are too many; the most are 20000 a side and 64000000 in all"
    );
}

/// Ten times the phases and acts take about ten times as long, to draw and to put into a calendar.
#[test]
fn time_is_linear_in_phases_and_acts() {
    let crowd = |count: u32| {
        let day = |n: u32| day!(1900, 1, 1) + chrono::Days::new((n / 2).into());
        let mut terms = Terms::new("A");
        terms.parties = vec![Party::new("A", "Aland", Role::Receiving)];
        terms.forces = vec![Force::new("f")];
        let phase = |n: u32| Phase::new(n.to_string(), Deadline::day(day(n))).limit(Limit::remain(count - n));
        terms.phases = (0..count).map(phase).collect();
        terms.record = (0..count).map(|n| Act::event(day(count), format!("event-{n}"))).collect();
        Agreement::try_from(terms).unwrap()
    };
    let (few, many) = (crowd(2_000), crowd(20_000));
    let chart: fn(&Agreement) = |agreement| assert!(Chart::new(agreement).svg().is_ok());
    let calendar: fn(&Agreement) = |agreement| assert!(agreement.calendar().contains("event-7"));
    for draw in [chart, calendar] {
        assert_in_proportion(10, || draw(&few), || draw(&many));
    }
}
