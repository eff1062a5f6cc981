//! The small picture of an agreement beside others: the ceiling and the counts of its first force, without words.

use super::data::Data;
use super::panel::Panel;
use super::scale::{Days, People};
use super::svg::{Canvas, Rect};
use super::text::Font;

/// Pixels from left to right and from top to bottom.
pub(super) const SIZE: (f64, f64) = (320.0, 96.0);

/// Draws a force that is a part of none, if a number is known of one; else the deadlines.
pub(super) fn draw(data: &Data<'_>) -> Canvas {
    let mut canvas = Canvas::default();
    let plot = Rect::new(4.0, 6.0, SIZE.0 - 4.0, SIZE.1 - 6.0);
    let days = Days { first: data.first, last: data.last, left: plot.left, right: plot.right };
    let known = || data.forces.iter().filter(|force| force.has_numbers());
    canvas.line(&[(plot.left, plot.bottom), (plot.right, plot.bottom)], "axis");
    for phase in &data.phases {
        let (left, right) = days.ends(phase.days);
        canvas.rect(Rect { left, right, ..plot }, "window");
    }
    if let Some(force) = known().find(|force| force.part_of.is_none()).or_else(|| known().next()) {
        let font = Font { size: 11.0, bold: false };
        let panel = Panel { force, days, left: plot.left, right: plot.right, font, is_named: false };
        panel.draw_plot(&mut canvas, plot, People::new(force.most(), plot.top, plot.bottom));
    }
    canvas
}
