//! Charts: what they hold is what was drawn before, inside the canvas and without texts on each other.

use force_drawdown::catalog::{self, CatalogEntry};
use force_drawdown::{
    Act, Agreement, Chart, ChartError, Deadline, Force, Interpolation, Limit, Observation, Party, Phase, Role, Terms,
    day,
};

use crate::golden::kept;
use crate::pace::assert_in_proportion;

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

    /// Every number of the places of the element.
    fn places(&self) -> Vec<f64> {
        let shape =
            ["x", "y", "width", "height", "cx", "cy", "r"].iter().filter_map(|name| self.get(name)?.parse().ok());
        let points = self.get("points").unwrap_or_default().split([' ', ',']).filter_map(|number| number.parse().ok());
        shape.chain(points).collect()
    }
}

/// Reads the flat SVG that plotters writes.
fn elements(svg: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    for tag in svg.split('<').skip(1).filter(|tag| !tag.starts_with('/') && !tag.starts_with('?')) {
        let (head, text) = tag.split_once('>').unwrap();
        let (name, mut rest) = head.trim_end_matches('/').split_once(' ').unwrap_or((head, ""));
        let mut attributes = Vec::new();
        while let Some((key, value)) = rest.split_once("=\"") {
            let (value, after) = value.split_once('"').unwrap();
            attributes.push((key.trim().to_owned(), value.to_owned()));
            rest = after;
        }
        elements.push(Element { name: name.to_owned(), attributes, text: text.trim().to_owned() });
    }
    elements
}

struct Label {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Widths of the characters from the space to the tilde in Helvetica, in thousandths of the size.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// How much wider than Helvetica the face of a reader may be.
const WIDER: f64 = 1.12;

fn width(c: char) -> f64 {
    let index = usize::try_from(u32::from(c)).unwrap().checked_sub(32);
    f64::from(index.and_then(|index| HELVETICA.get(index)).copied().unwrap_or(if c == '\u{2026}' { 1000 } else { 600 }))
}

/// The texts with the room that they take.
fn labels(svg: &str) -> Vec<Label> {
    let texts = elements(svg).into_iter().filter(|element| element.name == "text");
    let label = |element: Element| {
        let size = element.number("font-size");
        let bold = if element.get("font-weight").is_some() { 1.06 } else { 1.0 };
        let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
        let text = escapes.iter().fold(element.text.clone(), |text, (escaped, plain)| text.replace(escaped, plain));
        let width = text.chars().map(width).sum::<f64>() / 1000.0 * size * bold * WIDER;
        let (x, y) = (element.number("x"), element.number("y"));
        let left = match element.get("text-anchor").unwrap() {
            "start" => x,
            "middle" => x - width / 2.0,
            _ => x - width,
        };
        Label { text: element.text, left, right: left + width, top: y - size / 2.0, bottom: y + size / 2.0 }
    };
    texts.map(label).collect()
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
    for element in elements(svg) {
        for place in element.places() {
            assert!((-1.0..=width.max(height) + 1.0).contains(&place), "{name}: {element:?} leaves the canvas");
        }
    }
}

#[test]
fn every_agreement_of_the_catalogue_is_legible() {
    for CatalogEntry { id, agreement, observations, .. } in catalog::all() {
        for how in Interpolation::ALL {
            assert_is_legible(
                id,
                &Chart::new(&agreement).observations(&observations).interpolation(*how).svg().unwrap(),
            );
        }
        let known = agreement.as_known_on(agreement.timeline().next().unwrap().days.latest());
        match Chart::new(&known).observations(&observations).svg() {
            Ok(svg) => assert_is_legible(&format!("{id} as first known"), &svg),
            Err(error) => assert_eq!(error, ChartError::NoDays),
        }
    }
}

/// The pictures of the catalogue in the guide, two of which the README shows.
#[test]
fn charts_are_drawn_as_before() {
    for CatalogEntry { id, agreement, observations, .. } in catalog::all() {
        let svg = Chart::new(&agreement).observations(&observations).svg().unwrap();
        let Some(before) = kept(&format!("src/guide/catalogue/{id}.svg"), &svg) else { continue };
        assert_is_drawn_as(id, &svg, &before);
    }
}

/// The same elements, each near to where it was.
fn assert_is_drawn_as(name: &str, svg: &str, before: &str) {
    let (before, now) = (elements(before), elements(svg));
    assert_eq!(before.len(), now.len(), "{name}: the number of elements");
    for (before, now) in before.iter().zip(&now) {
        assert_eq!((&before.name, &before.text), (&now.name, &now.text), "{name}");
        assert_eq!(before.get("fill"), now.get("fill"), "{name}");
        let (before, now) = (before.places(), now.places());
        let is_near = before.len() == now.len() && before.iter().zip(&now).all(|(a, b)| (a - b).abs() <= 2.0);
        assert!(is_near, "{name}: {before:?} is now {now:?}");
    }
}

fn agreement(title: &str, phases: Vec<Phase>) -> Agreement {
    let mut terms = Terms::new(title);
    terms.parties = vec![Party::new("A", "Aland", Role::Receiving)];
    terms.forces = vec![Force::new("f")];
    terms.phases = phases;
    Agreement::try_from(terms).unwrap()
}

#[test]
fn what_lies_far_off_is_counted_and_not_drawn() {
    let phases = vec![Phase::new("1", Deadline::month(2025, 9)).limit(Limit::remain(0))];
    let agreement = agreement("A", phases);
    let seen = |day| Observation::present(force_drawdown::parse_day(day).unwrap(), 50_000);
    let texts = |seen: &[Observation]| {
        let svg = Chart::new(&agreement).observations(seen).svg().unwrap();
        labels(&svg).into_iter().map(|label| label.text).collect::<Vec<_>>().join(" ")
    };
    // Two years before the first day are the last that are near.
    let near = texts(&[seen("2023-09-02")]);
    assert!(near.contains("50,000") && near.contains("observed") && !near.contains("other days"), "{near}");
    let far = texts(&[seen("2023-09-01")]);
    assert!(!far.contains("50,000") && !far.contains("observed"), "{far}");
    assert!(far.contains("Acts and counts of other days: 1."), "{far}");
}

/// A count that held is two points joined by a line; one that cannot be true is counted in the caption.
#[test]
fn what_holds_is_drawn_and_what_cannot_be_true_is_said() {
    let phase = Phase::new("1", Deadline::day(day!(2025, 6, 1))).limit(Limit::remain(10));
    let mut terms = agreement("T", vec![phase]).into_terms();
    terms.forces[0].baseline = Some(force_drawdown::Baseline::new(100, day!(2025, 1, 1)));
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

#[test]
fn what_is_not_dated_is_said() {
    let open = agreement("Open", vec![Phase::new("1", Deadline::Open).limit(Limit::remain(0))]);
    assert_eq!(Chart::new(&open).svg(), Err(ChartError::NoDays));
    let phases =
        vec![Phase::new("1", Deadline::month(2025, 9)), Phase::new("2", Deadline::Open).limit(Limit::remain(0))];
    let svg = Chart::new(&agreement("Half open", phases)).svg().unwrap();
    assert!(labels(&svg).iter().any(|label| label.text == "Not dated: phase 2 (not known)."), "{svg}");
}

#[test]
fn markup_in_names_is_text() {
    let phases = || vec![Phase::new("1", Deadline::month(2025, 9)).limit(Limit::remain(0))];
    let svg = Chart::new(&agreement("A < B & C\u{7}\n\"D\"", phases())).svg().unwrap();
    assert!(svg.contains("A &lt; B &amp; C"), "{svg}");
    assert!(!svg.contains('\u{7}'));
}

#[test]
fn a_crowd_of_phases_and_acts_stays_apart() {
    let phases = (0..40).map(|index| {
        let day = force_drawdown::parse_day(&format!("2025-{:02}-{:02}", 1 + index / 20, 1 + index % 20)).unwrap();
        let mut phase = Phase::new(format!("{index}"), Deadline::day(day));
        phase.title = Some(format!("the step with the number {index} of a long row of steps"));
        phase.limit(Limit::remain(4_000_000_000 - index))
    });
    let crowd = agreement(&"a very long title ".repeat(40), phases.collect());
    assert_is_legible("crowd", &Chart::new(&crowd).svg().unwrap());
}

#[test]
fn a_picture_needs_a_font() {
    let phases = vec![Phase::new("1", Deadline::month(2025, 9)).limit(Limit::remain(0))];
    assert_eq!(Chart::new(&agreement("A", phases)).png("never-written.png", b"no font"), Err(ChartError::Font));
}

#[test]
fn a_picture_is_written() {
    let fonts = ["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans.ttf"];
    // A machine without a font cannot draw one.
    let Some(font) = fonts.iter().find_map(|font| std::fs::read(font).ok()) else { return };
    let phases = vec![Phase::new("1", Deadline::month(2025, 9)).limit(Limit::remain(0))];
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("written.png");
    Chart::new(&agreement("A", phases)).size(640, 400).png(&file, font.leak()).unwrap();
    let png = std::fs::read(&file).unwrap();
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!((&png[16..20], &png[20..24]), (&640_u32.to_be_bytes()[..], &400_u32.to_be_bytes()[..]));
    assert!(png.len() > 2_000, "{} bytes are no picture", png.len());
}

#[test]
fn a_picture_has_a_greatest_size() {
    let phases = vec![Phase::new("1", Deadline::month(2025, 9)).limit(Limit::remain(0))];
    let agreement = agreement("A", phases);
    let chart = Chart::new(&agreement);
    let sizes = [(u32::MAX, u32::MAX), (100_000, 100_000), (20_001, 400), (400, 20_001), (20_000, 3_201)];
    for (width, height) in sizes {
        let too_large = Err(ChartError::TooLarge { width, height });
        assert_eq!(chart.size(width, height).svg(), too_large);
        assert_eq!(chart.size(width, height).png("never-written.png", b"no font").map(|()| String::new()), too_large);
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
    let calendar: fn(&Agreement) = |agreement| assert!(agreement.calendar().to_string().contains("event-7"));
    for draw in [chart, calendar] {
        assert_in_proportion(10, || draw(&few), || draw(&many));
    }
}
