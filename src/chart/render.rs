//! A scene on a canvas of plotters.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{Pos, VPos};

use super::scene::{Mark, Point, Rect, Scene};

/// The family of fonts that texts are set in.
pub(super) const FAMILY: &str = "sans-serif";

/// Plotters sets fonts in SVG smaller than asked for, by this factor.
const SVG_FACTOR: f64 = 1.24;

type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

pub(super) fn render<DB: DrawingBackend>(scene: &Scene, area: &DrawingArea<DB, Shift>) -> Drawn<DB> {
    area.fill(&WHITE)?;
    scene.marks.iter().try_for_each(|mark| draw(mark, area))
}

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
