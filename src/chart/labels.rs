//! Labels that share a few rows beside an axis without touching each other.

use plotters::style::text_anchor::HPos;

use super::scene::{SMALL, text_width};

/// Pixels between two labels of a row.
const GAP: f64 = 8.0;
/// Pixels between a label and the pole that it hangs from.
const POLE: f64 = 3.0;

/// Where a label stands: its row, 0 next to the axis, and which part of it stands at which column.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) label: String,
    pub(super) row: u8,
    pub(super) at: f64,
    pub(super) anchor: HPos,
}

struct Occupied {
    row: u8,
    left: f64,
    right: f64,
    x: f64,
}

/// How labels stand to the lines that lead to them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// The line ends at the middle of the label.
    Centered,
    /// The line runs along one end of the label, as the pole of a flag.
    Flags,
}

/// Labels that stand already.
pub(super) struct Shelf {
    rows: u8,
    style: Style,
    left: f64,
    right: f64,
    taken: Vec<Occupied>,
}

impl Shelf {
    /// So many rows between two columns.
    pub(super) const fn new(rows: u8, style: Style, left: f64, right: f64) -> Self {
        Self { rows, style, left, right, taken: Vec::new() }
    }

    /// The rows in use.
    pub(super) fn height(&self) -> u8 {
        self.taken.iter().map(|taken| taken.row.saturating_add(1)).max().unwrap_or(0)
    }

    /// A place for a label near a column, to the right and in the nearest row first; `None` where it would touch another, or
    /// the line that leads to it.
    ///
    /// Flags find the most room if the rightmost is placed first.
    pub(super) fn place(&mut self, x: f64, label: String) -> Option<Place> {
        let width = text_width(&label, SMALL);
        let centered = (x - width / 2.0).clamp(self.left, f64::max(self.right - width, self.left));
        let lefts = match self.style {
            Style::Centered => [Some((centered, HPos::Center)), None],
            Style::Flags => [Some((x + POLE, HPos::Left)), Some((x - POLE - width, HPos::Right))],
        };
        for (left, anchor) in lefts.into_iter().flatten() {
            let right = left + width;
            if left < self.left || self.right < right {
                continue;
            }
            for row in 0..self.rows {
                if self.taken.iter().all(|taken| taken.leaves_room(row, left, right, x)) {
                    self.taken.push(Occupied { row, left, right, x });
                    let at = match anchor {
                        HPos::Left => left,
                        HPos::Center => f64::midpoint(left, right),
                        HPos::Right => right,
                    };
                    return Some(Place { label, row, at, anchor });
                }
            }
        }
        None
    }
}

impl Occupied {
    fn leaves_room(&self, row: u8, left: f64, right: f64, x: f64) -> bool {
        let covers = |column: f64, left: f64, right: f64| left - 1.0 < column && column < right + 1.0;
        match row.cmp(&self.row) {
            std::cmp::Ordering::Equal => right + GAP <= self.left || self.right + GAP <= left,
            // The line to the farther label passes the nearer row.
            std::cmp::Ordering::Greater => !covers(x, self.left, self.right),
            std::cmp::Ordering::Less => !covers(self.x, left, right),
        }
    }
}
