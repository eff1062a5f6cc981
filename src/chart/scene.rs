//! What a chart is made of: marks in pixels, in the order in which they are drawn on a canvas of plotters.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// The family of fonts that texts are set in.
pub(super) const FAMILY: &str = "sans-serif";

/// Plotters sets fonts in SVG smaller than asked for, by this factor.
const SVG_FACTOR: f64 = 1.24;

/// Pixels from the left and from the top.
pub(super) type Point = (f64, f64);

// The palette of Okabe and Ito, which people with any colour vision can tell apart; shapes differ, too.
/// What a text on a pattern stands on.
pub(super) const GROUND: RGBAColor = RGBAColor(255, 255, 255, 0.85);
pub(super) const BLACK: RGBAColor = RGBAColor(30, 30, 30, 1.0);
pub(super) const GREY: RGBAColor = RGBAColor(95, 95, 95, 1.0);
pub(super) const RULE: RGBAColor = RGBAColor(225, 225, 225, 1.0);
pub(super) const REQUIRED: RGBAColor = RGBAColor(0, 114, 178, 1.0);
pub(super) const PLANNED: RGBAColor = RGBAColor(213, 94, 0, 1.0);
pub(super) const RESIDUAL: RGBAColor = RGBAColor(0, 120, 90, 1.0);

/// The size of small text, and the height of a line of it.
pub(super) const SMALL: f64 = 10.0;
pub(super) const LINE: f64 = 13.0;

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Rect {
    pub(super) const fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { left, top, right, bottom }
    }

    pub(super) fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// The part of it within another.
    pub(super) fn within(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// The part of it between two columns.
    pub(super) fn between(self, left: f64, right: f64) -> Self {
        let left = left.clamp(self.left, self.right);
        Self { left, right: right.clamp(left, self.right), ..self }
    }
}

/// One thing that is drawn.
enum Mark {
    Fill(Rect, RGBAColor),
    Frame(Rect, RGBAColor),
    Line(Vec<Point>, u32, RGBAColor),
    Area(Vec<Point>, RGBAColor),
    Dot {
        at: Point,
        radius: f64,
        filled: bool,
        ink: RGBAColor,
    },
    /// The middle of its height is at `at`.
    Text {
        at: Point,
        anchor: HPos,
        size: f64,
        bold: bool,
        ink: RGBAColor,
        text: String,
    },
}

type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

fn draw<DB: DrawingBackend>(mark: &Mark, area: &DrawingArea<DB, Shift>) -> Drawn<DB> {
    let pixels = |points: &[Point]| points.iter().copied().map(pixel).collect::<Vec<_>>();
    let corners = |rect: &Rect| [pixel((rect.left, rect.top)), pixel((rect.right, rect.bottom))];
    match mark {
        Mark::Fill(rect, ink) => area.draw(&Rectangle::new(corners(rect), ink.filled())),
        Mark::Frame(rect, ink) => area.draw(&Rectangle::new(corners(rect), ink.stroke_width(1))),
        Mark::Line(points, width, ink) => area.draw(&PathElement::new(pixels(points), ink.stroke_width(*width))),
        Mark::Area(points, ink) => area.draw(&Polygon::new(pixels(points), ink.filled())),
        Mark::Dot { at, radius, filled: true, ink } => {
            area.draw(&Circle::new(pixel(*at), whole(*radius), ink.filled()))
        }
        Mark::Dot { at, radius, filled: false, ink } => {
            area.draw(&Circle::new(pixel(*at), whole(*radius), WHITE.filled()))?;
            area.draw(&Circle::new(pixel(*at), whole(*radius), ink.stroke_width(2)))
        }
        Mark::Text { at, anchor, size, bold, ink, text } => {
            let style = if *bold { FontStyle::Bold } else { FontStyle::Normal };
            let font = (FAMILY, *size * SVG_FACTOR, style).into_font();
            let style = TextStyle::from(font).color(ink).pos(Pos::new(*anchor, VPos::Center));
            area.draw(&Text::new(text.as_str(), pixel(*at), style))
        }
    }
}

fn pixel((x, y): Point) -> (i32, i32) {
    (whole(x), whole(y))
}

#[allow(clippy::cast_possible_truncation, reason = "a float that is out of range becomes the nearest integer")]
fn whole(x: f64) -> i32 {
    x.round() as i32
}

/// The same line without the points that lie between others, to half a pixel.
pub(super) fn simplified(points: impl IntoIterator<Item = Point>) -> Vec<Point> {
    const OFF: f64 = 0.5;
    let mut points = points.into_iter();
    let Some(mut anchor) = points.next() else { return Vec::new() };
    let mut line = vec![anchor];
    let (mut lowest, mut highest) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut last = anchor;
    for point in points {
        let slopes = |from: Point| {
            let run = f64::max(point.0 - from.0, 0.001);
            ((point.1 - from.1 - OFF) / run, (point.1 - from.1 + OFF) / run)
        };
        let (low, high) = slopes(anchor);
        (lowest, highest) = (f64::max(lowest, low), f64::min(highest, high));
        if lowest > highest {
            line.push(last);
            anchor = last;
            (lowest, highest) = slopes(anchor);
        }
        last = point;
    }
    line.push(last);
    line
}

/// A picture.
#[derive(Default)]
pub(super) struct Scene {
    marks: Vec<Mark>,
}

impl Scene {
    pub(super) fn render<DB: DrawingBackend>(&self, area: &DrawingArea<DB, Shift>) -> Drawn<DB> {
        area.fill(&WHITE)?;
        self.marks.iter().try_for_each(|mark| draw(mark, area))
    }

    pub(super) fn fill(&mut self, rect: Rect, ink: RGBAColor) {
        if rect.right > rect.left && rect.bottom > rect.top {
            self.marks.push(Mark::Fill(rect, ink));
        }
    }

    pub(super) fn frame(&mut self, rect: Rect, ink: RGBAColor) {
        self.marks.push(Mark::Frame(rect, ink));
    }

    pub(super) fn line(&mut self, points: Vec<Point>, width: u32, ink: RGBAColor) {
        if points.len() > 1 {
            self.marks.push(Mark::Line(points, width, ink));
        }
    }

    pub(super) fn area(&mut self, points: Vec<Point>, ink: RGBAColor) {
        if points.len() > 2 {
            self.marks.push(Mark::Area(points, ink));
        }
    }

    pub(super) fn dot(&mut self, at: Point, radius: f64, filled: bool, ink: RGBAColor) {
        self.marks.push(Mark::Dot { at, radius, filled, ink });
    }

    /// A line of small text.
    pub(super) fn text(&mut self, at: Point, anchor: HPos, ink: RGBAColor, text: impl Into<String>) {
        let text = printable(&text.into());
        self.marks.push(Mark::Text { at, anchor, size: SMALL, bold: false, ink, text });
    }

    /// A line of a title.
    pub(super) fn bold(&mut self, at: Point, size: f64, text: &str) {
        let text = printable(text);
        self.marks.push(Mark::Text { at, anchor: HPos::Left, size, bold: true, ink: BLACK, text });
    }

    /// Diagonal strokes over a rectangle.
    pub(super) fn hatch(&mut self, rect: Rect, ink: RGBAColor) {
        const APART: f64 = 8.0;
        let Rect { left, top, right, bottom } = rect;
        // Each stroke rises to the right: x + y is the same along it.
        let mut sum = left + top + APART;
        while sum < right + bottom {
            let from = (f64::max(left, sum - bottom), f64::min(bottom, sum - left));
            let to = (f64::min(right, sum - top), f64::max(top, sum - right));
            self.line(vec![from, to], 1, ink);
            sum += APART;
        }
    }

    /// Dots over a rectangle: nothing is known there.
    pub(super) fn dots(&mut self, rect: Rect) {
        const APART: f64 = 14.0;
        let mut y = rect.top + APART / 2.0;
        while y < rect.bottom {
            let mut x = rect.left + APART / 2.0;
            while x < rect.right {
                self.dot((x, y), 1.0, true, GREY.mix(0.55));
                x += APART;
            }
            y += APART;
        }
    }
}

/// The text without characters that XML has no place for.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || ('\u{fffe}'..='\u{ffff}').contains(&c) { ' ' } else { c }).collect()
}

/// How wide a text is, at most, in the usual sans-serif faces: those of `DejaVu Sans`, which is a wide one.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    let em = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '\'' | '|' => 0.30,
        ' ' | ',' | '.' | ':' | ';' => 0.33,
        'f' | 't' | 'r' | '(' | ')' | '-' | '[' | ']' | '/' | '"' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '\u{2026}' => 1.0,
        'A'..='Z' => 0.75,
        's' | 'c' | 'z' | 'k' | 'v' | 'x' | 'y' => 0.60,
        'a'..='z' | '0'..='9' => 0.64,
        c if c.is_ascii() => 0.84,
        '\u{80}'..='\u{24f}' => 0.72,
        _ => 1.0,
    };
    text.chars().map(em).sum::<f64>() * size
}

/// The text, cut with an ellipsis where it would be wider.
pub(super) fn fitted(text: &str, size: f64, width: f64) -> String {
    if text_width(text, size) <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        cut.push(c);
        if text_width(&cut, size) + size > width {
            cut.pop();
            break;
        }
    }
    format!("{}\u{2026}", cut.trim_end_matches([' ', ',', ';']))
}

/// The text in lines that are no wider, at most so many; what is left over is cut.
pub(super) fn wrapped(text: &str, size: f64, width: f64, lines: usize) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        let is_last = done.len().saturating_add(1) >= lines;
        if line.is_empty() || is_last || text_width(&longer, size) <= width {
            line = longer;
        } else {
            done.push(std::mem::replace(&mut line, word.to_owned()));
        }
    }
    done.push(line);
    done.iter().map(|line| fitted(line, size, width)).collect()
}
