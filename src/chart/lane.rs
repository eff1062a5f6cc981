//! A lane of marks along the days: each with its name beside it, or, where names do not fit, with a number of a list.

use super::data::{Mark, MarkKind};
use super::scale::Days;
use super::svg::{Anchor, Canvas, Rect, Shape};
use super::text::Font;

/// Pixels between two labels of a row.
const GAP: f64 = 9.0;
/// Pixels between a label and the pole that it hangs from.
const POLE: f64 = 4.0;
/// Half the height of a sign.
const SIGN: f64 = 4.0;

/// Marks and where their labels are, in columns counted from the left of the days.
pub(super) struct Lane<'a> {
    marks: &'a [Mark],
    labels: Vec<Label>,
    rows: u16,
    font: Font,
    /// The left of the days that it was made for.
    left: f64,
    /// Whether labels are above the marks.
    is_above: bool,
    /// What to read beside the numbers; empty where names fit.
    pub(super) list: Vec<(String, &'a str)>,
}

/// From one column to another, in a row, 0 next to the marks.
#[derive(Clone)]
struct Label {
    text: String,
    left: f64,
    right: f64,
    row: u16,
    /// The column of the pole that leads to it.
    pole: Option<f64>,
}

impl Label {
    /// Whether they keep off each other, and off the poles that pass.
    fn leaves_room(&self, other: &Self) -> bool {
        let covers = |label: &Self, pole: Option<f64>| {
            pole.is_some_and(|column| label.left - POLE < column && column < label.right + POLE)
        };
        match other.row.cmp(&self.row) {
            std::cmp::Ordering::Equal => other.right + GAP <= self.left || self.right + GAP <= other.left,
            std::cmp::Ordering::Greater => !covers(self, other.pole),
            std::cmp::Ordering::Less => !covers(other, self.pole),
        }
    }
}

impl<'a> Lane<'a> {
    /// Names if all fit in so many rows, else what numbers each mark in the order of the days.
    pub(super) fn new(
        marks: &'a [Mark],
        days: Days,
        font: Font,
        rows: u16,
        is_above: bool,
        number: fn(usize) -> String,
    ) -> Self {
        let columns: Vec<f64> = marks.iter().map(|mark| days.middle(mark.days)).collect();
        let named = centered(marks, &columns, days, font).or_else(|| flags(marks, &columns, days, font, rows));
        let (labels, list) = if let Some(labels) = named {
            (labels, Vec::new())
        } else {
            let list = (0..).zip(marks).map(|(index, mark)| (number(index), mark.listed.as_str()));
            (numbered(&columns, days, font, number), list.collect())
        };
        let rows = labels.iter().map(|label| label.row.saturating_add(1)).max().unwrap_or(0);
        Self { marks, labels, rows, font, left: days.left, is_above, list }
    }

    /// How high it is, with its signs.
    pub(super) fn height(&self) -> f64 {
        if self.marks.is_empty() { 0.0 } else { f64::from(self.rows) * self.font.line() + 3.0 * SIGN + 4.0 }
    }

    /// Draws it below a line, along days as long as those that it was made for.
    pub(super) fn draw(&self, canvas: &mut Canvas, days: Days, top: f64) {
        let shift = days.left - self.left;
        let line = if self.is_above { top + self.height() - 2.0 * SIGN } else { top + 2.0 * SIGN };
        let out = |distance: f64| if self.is_above { line - distance } else { line + distance };
        for label in &self.labels {
            let middle = out(2.0 * SIGN + self.font.line() * (f64::from(label.row) + 0.5));
            if let Some(pole) = label.pole {
                let end =
                    if label.left < pole && pole < label.right { self.font.size * -0.5 } else { self.font.size * 0.5 };
                let end = if self.is_above { middle - end } else { middle + end };
                canvas.line(&[(pole + shift, line), (pole + shift, end)], "pole");
            }
            let at = (f64::midpoint(label.left, label.right) + shift, middle);
            canvas.text(at, Anchor::Middle, self.font, "", &label.text);
        }
        for mark in self.marks {
            canvas.open(&mark.told(), "");
            sign(canvas, mark, days, line);
            canvas.close();
        }
    }
}

/// The sign of a mark on its line.
fn sign(canvas: &mut Canvas, mark: &Mark, days: Days, y: f64) {
    let x = days.middle(mark.days);
    let bar = |(left, right): (f64, f64)| Rect::new(left, y - SIGN, right, y + SIGN);
    match mark.kind {
        MarkKind::Phase { is_binding, first } => {
            if let Some(first) = first {
                canvas.line(&[(days.middle(first), y), (x, y)], "moved");
                canvas.rect(Rect { top: y - 2.0, bottom: y + 2.0, ..bar(days.ends(first)) }, "moved");
            }
            canvas.rect(bar(days.ends(mark.days)), if is_binding { "due" } else { "hoped" });
        }
        MarkKind::Act => canvas.shape(Shape::Circle, (x, y), SIGN, "act"),
        MarkKind::Amendment => canvas.shape(Shape::Triangle, (x, y), SIGN, "change"),
        MarkKind::Judgement => canvas.line(&[(x, y - 2.0 * SIGN), (x, y + SIGN)], "now"),
    }
}

/// The longest names in one row, each in the middle of its mark; `None` where they do not fit.
fn centered(marks: &[Mark], columns: &[f64], days: Days, font: Font) -> Option<Vec<Label>> {
    let mut free = f64::NEG_INFINITY;
    let mut place = |(mark, &column): (&Mark, &f64)| {
        let width = font.width(&mark.name);
        let left = days.within(column - width / 2.0, width);
        let label = Label { text: mark.name.clone(), left, right: left + width, row: 0, pole: Some(column) };
        let fits = left >= free && label.right <= days.right && left <= column && column <= label.right;
        free = label.right + GAP;
        fits.then_some(label)
    };
    marks.iter().zip(columns).map(&mut place).collect()
}

/// A name for each mark in one of the rows, as a flag on a pole; `None` where one finds no place.
fn flags(marks: &[Mark], columns: &[f64], days: Days, font: Font, rows: u16) -> Option<Vec<Label>> {
    // Each row takes a dozen names at most.
    if marks.len() > usize::from(rows).saturating_mul(12) {
        return None;
    }
    let mut taken: Vec<Label> = Vec::new();
    // Flags fly to the right: the rightmost find their places first.
    for (mark, &column) in marks.iter().zip(columns).rev() {
        let width = font.width(&mark.name);
        let label = |left, row| Label { text: mark.name.clone(), left, right: left + width, row, pole: Some(column) };
        let lefts = [column + POLE, column - POLE - width];
        let mut places = lefts.into_iter().flat_map(|left| (0..rows).map(move |row| label(left, row)));
        let fits = |label: &Label| {
            let is_within = days.left <= label.left && label.right <= days.right;
            is_within && taken.iter().all(|other| other.leaves_room(label))
        };
        taken.push(places.find(fits)?);
    }
    Some(taken)
}

/// A number at each mark; those that would touch share one place, from the first to the last of them.
fn numbered(columns: &[f64], days: Days, font: Font, number: fn(usize) -> String) -> Vec<Label> {
    // The first and the last mark, and the columns that they span.
    let mut groups: Vec<(usize, usize, f64, f64)> = Vec::new();
    let label = |&(first, last, from, to): &(usize, usize, f64, f64)| {
        let text = if first == last { number(first) } else { format!("{}\u{2013}{}", number(first), number(last)) };
        let width = font.width(&text);
        let left = days.within(f64::midpoint(from, to) - width / 2.0, width);
        Label { text, left, right: left + width, row: 0, pole: None }
    };
    for (index, &column) in columns.iter().enumerate() {
        let mut group = (index, index, column, column);
        while let Some(before) = groups.last() {
            if label(before).right + GAP * 0.7 <= label(&group).left {
                break;
            }
            group = (before.0, group.1, f64::min(before.2, group.2), f64::max(before.3, group.3));
            groups.pop();
        }
        groups.push(group);
    }
    groups.iter().map(label).collect()
}

/// a, b, … z, aa, ab, …
pub(super) fn letter(index: usize) -> String {
    let last = u32::try_from(index % 26).ok().and_then(|digit| char::from_digit(digit.saturating_add(10), 36));
    let before = index.checked_div(26).and_then(|more| more.checked_sub(1)).map(letter).unwrap_or_default();
    before + &last.map(String::from).unwrap_or_default()
}
