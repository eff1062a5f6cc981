//! A scene on a canvas of plotters.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::scene::{Anchor, Ink, Mark, Scene};

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
    match mark {
        Mark::Fill { rect, ink } => {
            let corners = [pixel((rect.left, rect.top)), pixel((rect.right, rect.bottom))];
            area.draw(&Rectangle::new(corners, color(*ink).filled()))
        }
        Mark::Frame { rect, ink } => {
            let corners = [pixel((rect.left, rect.top)), pixel((rect.right, rect.bottom))];
            area.draw(&Rectangle::new(corners, color(*ink).stroke_width(1)))
        }
        Mark::Line { points, width, ink } => {
            let points: Vec<_> = points.iter().copied().map(pixel).collect();
            area.draw(&PathElement::new(points, color(*ink).stroke_width(*width)))
        }
        Mark::Area { points, ink } => {
            let points: Vec<_> = points.iter().copied().map(pixel).collect();
            area.draw(&Polygon::new(points, color(*ink).filled()))
        }
        Mark::Dot { at, radius, filled: true, ink } => {
            area.draw(&Circle::new(pixel(*at), whole(*radius), color(*ink).filled()))
        }
        Mark::Dot { at, radius, filled: false, ink } => {
            area.draw(&Circle::new(pixel(*at), whole(*radius), WHITE.filled()))?;
            area.draw(&Circle::new(pixel(*at), whole(*radius), color(*ink).stroke_width(2)))
        }
        Mark::Text { at, anchor, size, bold, ink, text } => {
            let horizontal = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let style = if *bold { FontStyle::Bold } else { FontStyle::Normal };
            let font = (FAMILY, *size * SVG_FACTOR, style).into_font();
            let color = color(*ink);
            let style = TextStyle::from(font).color(&color).pos(Pos::new(horizontal, VPos::Center));
            area.draw(&Text::new(text.as_str(), pixel(*at), style))
        }
    }
}

fn color(ink: Ink) -> RGBAColor {
    let (r, g, b) = ink.rgb;
    RGBAColor(r, g, b, ink.alpha)
}

fn pixel((x, y): (f64, f64)) -> (i32, i32) {
    (whole(x), whole(y))
}

#[allow(clippy::cast_possible_truncation, reason = "a float that is out of range becomes the nearest integer")]
fn whole(x: f64) -> i32 {
    x.round() as i32
}
