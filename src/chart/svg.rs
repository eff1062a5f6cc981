//! A small SVG writer: rectangles, paths, marks and texts, with the places that its texts take.

use std::fmt::Write as _;

use super::text::Font;
use crate::wording::{Escaped, wrapped};

/// Pixels from the left and from the top.
pub(super) type Point = (f64, f64);

/// Colours by class, light and dark. Those of counts are apart for any colour vision; their shapes differ, too.
const STYLE: &str = include_str!("style.css");

/// Between two texts.
const GAP: f64 = 4.0;

#[derive(Clone, Copy, PartialEq, Debug, Default)]
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

    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f64 {
        self.bottom - self.top
    }

    fn is_within(self, other: Self) -> bool {
        self.left >= other.left && self.right <= other.right && self.top >= other.top && self.bottom <= other.bottom
    }

    fn touches(self, other: Self) -> bool {
        self.left < other.right + GAP
            && other.left < self.right + GAP
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Which part of a text lies at its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The room that a line of text takes, the middle of its height at the place.
pub(super) fn room((x, y): Point, anchor: Anchor, font: Font, text: &str) -> Rect {
    let width = font.width(text);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Rect::new(left, y - font.size * 0.57, left + width, y + font.size * 0.57)
}

impl Font {
    /// The text in lines that are no wider than the room.
    pub(super) fn wrapped(self, text: &str, room: f64) -> Vec<String> {
        wrapped(text, room, |text| self.width(text))
    }
}

/// A sign at a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    Circle,
    Triangle,
    Diamond,
    Square,
    Cross,
}

/// A picture that is being drawn, from back to front.
#[derive(Default)]
pub(super) struct Canvas {
    body: String,
    /// Where texts are that others keep off.
    taken: Vec<Rect>,
}

impl Canvas {
    /// The whole picture: the title and the description are for those who have it read to them. Within a page, which has
    /// the style once for all its pictures, it is without, and most texts are of the size that is given.
    pub(super) fn finish(
        self,
        (width, height): Point,
        title: &str,
        description: &str,
        size_within_page: Option<f64>,
    ) -> String {
        let (width, height) = (Number(width), Number(height));
        let size = size_within_page.map(|size| format!(" font-size=\"{}\"", Number(size)));
        let style = if size.is_some() { String::new() } else { style() };
        let body = size.as_ref().map_or(self.body.clone(), |size| self.body.replace(size, ""));
        let size = size.unwrap_or_default();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             class=\"fd\"{size} role=\"img\" style=\"max-width:100%;height:auto\">\n<title>{}</title>\n<desc>{}</desc>\n\
             {style}<rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n{}</svg>\n",
            Escaped(title),
            Escaped(description),
            body,
        )
    }

    /// Puts another picture in front of it.
    pub(super) fn put(&mut self, front: &Self) {
        self.body.push_str(&front.body);
    }

    /// Begins a group with a text that is shown where it is pointed at, and what else it says of itself.
    pub(super) fn open(&mut self, title: &str, attributes: &str) {
        self.push(format_args!("<g{attributes}>"));
        if !title.is_empty() {
            self.push(format_args!("<title>{}</title>", Escaped(title)));
        }
    }

    /// Ends a group.
    pub(super) fn close(&mut self) {
        self.push(format_args!("</g>"));
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        // A string takes whatever is written to it.
        let _ = self.body.write_fmt(element);
        self.body.push('\n');
    }

    pub(super) fn rect(&mut self, rect: Rect, class: &str) {
        if rect.width() > 0.0 && rect.height() > 0.0 {
            let [x, y, width, height] = [rect.left, rect.top, rect.width(), rect.height()].map(Number);
            self.push(format_args!(
                "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
            ));
        }
    }

    pub(super) fn line(&mut self, points: &[Point], class: &str) {
        if points.len() > 1 {
            self.path(&path(points), class);
        }
    }

    fn path(&mut self, path: &str, class: &str) {
        self.push(format_args!("<path class=\"{class}\" d=\"{path}\"/>"));
    }

    /// A sign, from its middle to its sides.
    pub(super) fn shape(&mut self, shape: Shape, (x, y): Point, r: f64, class: &str) {
        let corners = match shape {
            Shape::Circle => {
                let [x, y, r] = [x, y, r].map(Number);
                return self.push(format_args!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>"));
            }
            Shape::Triangle => vec![(x, y - r * 1.2), (x + r * 1.2, y + r), (x - r * 1.2, y + r)],
            Shape::Diamond => vec![(x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3), (x - r * 1.3, y)],
            Shape::Square => return self.rect(Rect::new(x - r, y - r, x + r, y + r), class),
            Shape::Cross => {
                let (down, up) = ([(x - r, y - r), (x + r, y + r)], [(x - r, y + r), (x + r, y - r)]);
                return self.path(&(path(&down) + &path(&up)), class);
            }
        };
        self.path(&(path(&corners) + "Z"), class);
    }

    /// Lines of text from the top down, which labels keep off; what is below them.
    pub(super) fn paragraph(&mut self, (x, top): Point, room: f64, font: Font, class: &str, text: &str) -> f64 {
        font.wrapped(text, room).iter().fold(top, |y, line| {
            self.text((x, y + font.line() / 2.0), Anchor::Start, font, class, line);
            y + font.line()
        })
    }

    /// A line of text whatever is there, which labels keep off.
    pub(super) fn text(&mut self, (x, y): Point, anchor: Anchor, font: Font, class: &str, text: &str) {
        self.taken.push(room((x, y), anchor, font, text));
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if font.bold { " font-weight=\"bold\"" } else { "" };
        // The middle of the height of small letters and digits is at the place.
        let [x, y, size] = [x, y + font.size * 0.35, font.size].map(Number);
        let text = Escaped(text);
        self.push(format_args!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor}>{text}</text>"
        ));
    }

    pub(super) fn keep_off(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// A line of text at the first of the places that is within bounds and free; says whether there is one.
    pub(super) fn label(
        &mut self,
        places: &[(Point, Anchor)],
        bounds: Rect,
        font: Font,
        class: &str,
        text: &str,
    ) -> bool {
        let fits = |&&(at, anchor): &&(Point, Anchor)| {
            let room = room(at, anchor, font, text);
            room.is_within(bounds) && !self.taken.iter().any(|taken| room.touches(*taken))
        };
        let Some(&(at, anchor)) = places.iter().find(fits) else { return false };
        self.text(at, anchor, font, class, text);
        true
    }
}

/// The colours and patterns of pictures.
pub(super) fn style() -> String {
    format!("<style>\n{STYLE}</style>\n<defs>\n{PATTERNS}</defs>\n")
}

/// Dots where nothing is known, strokes where people may stay.
const PATTERNS: &str = "\
<pattern id=\"fd-unknown\" width=\"9\" height=\"9\" patternUnits=\"userSpaceOnUse\"><circle class=\"speck\" cx=\"4.5\" cy=\"4.5\" r=\"1\"/></pattern>
<pattern id=\"fd-staying\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path class=\"stroke\" d=\"M-1 1L1 -1M0 8L8 0M7 9L9 7\"/></pattern>
";

fn path(points: &[Point]) -> String {
    let mut path = String::new();
    for (index, &(x, y)) in points.iter().enumerate() {
        let _ = write!(path, "{}{} {}", if index == 0 { 'M' } else { 'L' }, Number(x), Number(y));
    }
    path
}

/// With one digit after the point at most.
pub(super) struct Number(pub(super) f64);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", (self.0 * 10.0).round() / 10.0)
    }
}
