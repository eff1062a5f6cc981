//! Labels that share a few rows beside an axis without touching each other.

use plotters::style::text_anchor::HPos;

use super::scene::{SMALL, text_width};

/// Pixels between two labels of a row.
const GAP: f64 = 8.0;
/// Pixels between a label and the pole that it hangs from.
const POLE: f64 = 3.0;

/// A label that has its place: from one column to another, in a row, 0 next to the axis.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) label: String,
    pub(super) row: u8,
    pub(super) anchor: HPos,
    left: f64,
    right: f64,
    /// The column of the line that leads to it.
    x: f64,
}

/// Rows between two columns, and what has its place there.
pub(super) struct Shelf {
    pub(super) rows: u8,
    /// Whether the line ends at the middle of a label. Else it runs along one end, as the pole of a flag.
    pub(super) is_centered: bool,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) taken: Vec<Place>,
}

impl Shelf {
    /// The rows in use.
    pub(super) fn height(&self) -> u8 {
        self.taken.iter().map(|taken| taken.row.saturating_add(1)).max().unwrap_or(0)
    }

    /// A place for a label near a column, to the right and in the nearest row first; `None` where it would touch another, or
    /// the line that leads to it.
    ///
    /// Flags find the most room if the rightmost is placed first.
    pub(super) fn place(&mut self, x: f64, label: &str) -> Option<Place> {
        let width = text_width(label, SMALL);
        let centered = (x - width / 2.0).clamp(self.left, f64::max(self.right - width, self.left));
        let flags = [(x + POLE, HPos::Left), (x - POLE - width, HPos::Right)];
        let lefts = if self.is_centered { vec![(centered, HPos::Center)] } else { flags.into() };
        let fits = |place: &Place| {
            let is_within = self.left <= place.left && place.right <= self.right;
            is_within && self.taken.iter().all(|taken| taken.leaves_room(place))
        };
        let place = |(left, anchor)| Place { label: label.to_owned(), row: 0, anchor, left, right: left + width, x };
        let mut places = lefts
            .into_iter()
            .map(place)
            .flat_map(|place| (0..self.rows).map(move |row| Place { row, ..place.clone() }));
        let found = places.find(fits)?;
        self.taken.push(found.clone());
        Some(found)
    }
}

impl Place {
    /// The column at which its anchor is.
    pub(super) fn at(&self) -> f64 {
        match self.anchor {
            HPos::Left => self.left,
            HPos::Center => f64::midpoint(self.left, self.right),
            HPos::Right => self.right,
        }
    }

    fn leaves_room(&self, other: &Self) -> bool {
        let covers = |label: &Self, column: f64| label.left - 1.0 < column && column < label.right + 1.0;
        match other.row.cmp(&self.row) {
            std::cmp::Ordering::Equal => other.right + GAP <= self.left || self.right + GAP <= other.left,
            // The line to the farther label passes the nearer row.
            std::cmp::Ordering::Greater => !covers(self, other.x),
            std::cmp::Ordering::Less => !covers(other, self.x),
        }
    }
}
