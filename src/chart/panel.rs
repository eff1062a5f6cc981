//! One force: its ceiling, what was counted of it, and what is not known.

use super::force::{Counted, ForceData, Sample, Staying, Stretch, ends};
use super::scale::{Days, People};
use super::svg::{Anchor, Canvas, Number, Point, Rect, Shape};
use super::text::Font;
use crate::assessment::reasons::Comparison;
use crate::assessment::{self, ObservationKind};
use crate::day::{InWords, Iso, from_day_number};
use crate::terms::{Band, Quantity};
use crate::wording::{Escaped, thousands, with_commas};

/// What is wider or higher is drawn from end to end.
const SPOT: f64 = 5.0;
/// Half the height of a sign.
const SIGN: f64 = 4.0;

/// Where a panel is drawn.
pub(super) struct Panel<'a> {
    pub(super) force: &'a ForceData<'a>,
    pub(super) days: Days,
    /// From where to where it reaches beside the days, for labels.
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) font: Font,
    /// Whether the name of the force is above it.
    pub(super) is_named: bool,
}

/// How wide the numbers of an axis up to a number are.
pub(super) fn axis_width(most: u32, font: Font) -> f64 {
    font.width(&thousands(most.max(10))) + 8.0
}

/// The words at the ends of the two lines of a ceiling.
pub(super) fn end_labels(stretch: &Stretch) -> Vec<(Option<u32>, String)> {
    let lenient = match stretch.lenient {
        Some(lenient) if lenient == stretch.strict => {
            return vec![(Some(lenient), format!("at most {}", thousands(lenient)))];
        }
        Some(lenient) => format!("lenient {}", thousands(lenient)),
        None if stretch.is_open => "lenient: no upper end".to_owned(),
        None => "lenient: not due yet".to_owned(),
    };
    vec![(stretch.lenient, lenient), (Some(stretch.strict), format!("strict {}", thousands(stretch.strict)))]
}

/// How a count is drawn, its sign and its class, and what that says.
pub(super) fn sign(count: &Counted) -> (Shape, &'static str, &'static str) {
    match (count.seen.kind, count.comparison) {
        (ObservationKind::Forecast, _) => (Shape::Square, "unjudged", "forecast"),
        (ObservationKind::Doubtful, _) => (Shape::Cross, "unjudged", "doubtful"),
        (_, Some(Comparison::AtOrBelow)) => (Shape::Circle, "within", "count at or below the ceiling"),
        (_, Some(Comparison::Above)) => (Shape::Triangle, "above", "count above the ceiling"),
        (_, Some(Comparison::Either)) => (Shape::Diamond, "either", "count that may be above or below"),
        (_, None) => (Shape::Circle, "plain", "count before any ceiling"),
    }
}

fn reported(count: &Counted) -> String {
    let counted = count.seen.counted;
    let number =
        if let assessment::Counted::Present(quantity) = counted { quantity.to_string() } else { counted.to_string() };
    with_commas(&number)
}

impl Panel<'_> {
    fn small_bold(&self) -> Font {
        Font { bold: true, ..self.font }
    }

    /// The lines above the plot: the name, and in what and within what it is counted.
    fn header(&self) -> [Vec<String>; 2] {
        let ForceData { name, force, part_of, borrowed, .. } = *self.force;
        let part_of = part_of.map(|whole| format!(", part of {whole}")).unwrap_or_default();
        let borrowed = borrowed.filter(|_| self.force.required.is_empty()).map(|stretch| {
            let within = Band::new(stretch.strict, stretch.lenient).unwrap_or(Band::exactly(stretch.strict));
            format!("; no ceiling of its own, within the whole\u{2019}s {within}")
        });
        let unknown = if self.force.has_numbers() { "" } else { "; no number is known" };
        let about = format!("{}{part_of}{}{unknown}", force.unit(), borrowed.unwrap_or_default());
        let room = self.right - self.left;
        let name = if self.is_named { self.small_bold().wrapped(name, room) } else { Vec::new() };
        [name, self.font.wrapped(&about, room)]
    }

    pub(super) fn header_height(&self) -> f64 {
        let lines = self.header().iter().flatten().map(|_| self.font.line()).sum::<f64>();
        lines + 6.0
    }

    /// Draws it below a line; what found no room in the plot is said in the asides.
    pub(super) fn draw(&self, canvas: &mut Canvas, top: f64, height: f64, asides: &mut Vec<String>) {
        let mut y = top + self.font.line() / 2.0;
        let [name, about] = self.header();
        for (lines, font, class) in [(name, self.small_bold(), "inside"), (about, self.font, "quiet inside")] {
            for line in lines {
                canvas.text((self.left, y), Anchor::Start, font, class, &line);
                y += font.line();
            }
        }
        if !self.force.has_numbers() {
            return;
        }
        let plot_top = top + self.header_height();
        let plot = Rect::new(self.days.left, plot_top, self.days.right, plot_top + height);
        let people = People::new(self.force.most(), plot.top, plot.bottom);
        canvas.open("", &self.attributes(plot, people));
        self.axis(canvas, plot, people);
        self.draw_plot(canvas, plot, people);
        let bounds = Rect { top: plot.top - 2.0, right: self.right, bottom: plot.bottom + 2.0, ..plot };
        self.labels(canvas, people, bounds, asides);
        canvas.close();
    }

    /// Draws what is within the axes.
    pub(super) fn draw_plot(&self, canvas: &mut Canvas, plot: Rect, people: People) {
        for &(from, to) in &self.force.unknown {
            canvas.rect(self.columns(plot, from, to), "unknown");
        }
        self.ceiling(canvas, plot, people);
        if let Some(staying) = &self.force.staying {
            let Staying { from, until, low, high, .. } = *staying;
            let rect = Rect { top: people.y_or_top(high), bottom: people.y(low), ..self.columns(plot, from, until) };
            canvas.rect(rect, "staying");
        }
        self.planned(canvas, people);
        if let Some((as_of, band)) = self.force.baseline {
            self.baseline(canvas, people, as_of, band);
        }
        for count in &self.force.counts {
            self.count(canvas, people, count);
        }
    }

    /// Where days and people are on it, for programs that read the picture.
    fn attributes(&self, plot: Rect, people: People) -> String {
        let day = |number| from_day_number(number).map(|day| Iso(day).to_string()).unwrap_or_default();
        let [left, right, top, bottom] = [plot.left, plot.right, plot.top, plot.bottom].map(Number);
        format!(
            " data-force=\"{}\" data-first=\"{}\" data-last=\"{}\" data-most=\"{}\" data-plot=\"{left} {top} {right} {bottom}\"",
            Escaped(&self.force.force.id),
            day(self.days.first),
            day(self.days.last),
            people.most.round(),
        )
    }

    fn columns(&self, plot: Rect, from: i32, to: i32) -> Rect {
        let (left, right) = (self.days.x(from), self.days.x(to));
        Rect { left, right: f64::max(right, left), ..plot }
    }

    fn axis(&self, canvas: &mut Canvas, plot: Rect, people: People) {
        for tick in people.ticks(self.font.size * 2.6) {
            let y = people.y(tick);
            let number = thousands(tick);
            canvas.line(&[(plot.left, y), (plot.right, y)], if tick == 0 { "axis" } else { "grid" });
            canvas.text((plot.left - 6.0, y), Anchor::End, self.font, "quiet", &number);
        }
    }

    /// The ceiling as a band between two lines of steps: strict is solid, lenient dashed.
    fn ceiling(&self, canvas: &mut Canvas, plot: Rect, people: People) {
        for stretch in &self.force.required {
            let band = self.columns(plot, stretch.from, stretch.to);
            let band = Rect { top: people.y_or_top(stretch.lenient), bottom: people.y(stretch.strict), ..band };
            if stretch.lenient.is_some() || stretch.is_open {
                canvas.rect(band, if stretch.is_open { "unknown" } else { "band" });
            }
        }
        self.edge(canvas, people, "lenient", |stretch| stretch.lenient);
        self.edge(canvas, people, "strict", |stretch| Some(stretch.strict));
    }

    /// One end of the ceiling as steps.
    fn edge(&self, canvas: &mut Canvas, people: People, class: &str, end: fn(&Stretch) -> Option<u32>) {
        let goes_on = |a: &Stretch, b: &Stretch| a.to == b.from && end(a).is_some() == end(b).is_some();
        for run in self.force.required.chunk_by(goes_on) {
            let mut points: Vec<Point> = Vec::new();
            for (step, value) in run.iter().filter_map(|stretch| Some((stretch, end(stretch)?))) {
                let (left, right, y) = (self.days.x(step.from), self.days.x(step.to), people.y(value));
                points.extend([(left, y), (right, y)]);
                canvas.keep_off(Rect::new(left, y - 1.5, right, y + 1.5));
            }
            canvas.line(&points, class);
        }
    }

    fn planned(&self, canvas: &mut Canvas, people: People) {
        for end in [|(_, planned): &Sample| planned.low, |(_, planned): &Sample| planned.high] {
            for run in self.force.planned.chunk_by(|a, b| end(a).is_some() == end(b).is_some()) {
                let points = run.iter().filter_map(|sample| Some((self.days.x(sample.0), people.y(end(sample)?))));
                canvas.line(&straightened(points), "planned");
            }
        }
    }

    fn baseline(&self, canvas: &mut Canvas, people: People, as_of: i32, band: Band) {
        let (x, low, high) = (self.days.x(as_of), people.y(band.low()), people.y_or_top(band.high()));
        canvas.open(&format!("baseline: {band}"), "");
        canvas.line(&[(x, low), (x, high)], "base");
        for y in [low, high] {
            canvas.line(&[(x - 6.0, y), (x + 6.0, y)], "base");
        }
        canvas.close();
        canvas.keep_off(Rect::new(x - 6.0, high - 1.0, x + 6.0, low + 1.0));
    }

    /// A sign where the report gave a number, else one at each end of the range; lines over all that it may mean.
    fn count(&self, canvas: &mut Canvas, people: People, count: &Counted) {
        let seen = &count.seen;
        let (shape, class, said) = sign(count);
        let source = count.source.as_ref().map(|source| format!(" ({source})")).unwrap_or_default();
        let days = InWords(seen.days);
        canvas.open(&format!("{}, {days}{source}: {said}", reported(count)), "");
        let (left, right) = self.days.ends(ends(seen.days));
        let (low, high) = (people.y(count.people.low()), people.y_or_top(count.people.high()));
        let x = f64::midpoint(left, right);
        let number = number(count).map(|number| people.y(number));
        if right - left > SPOT && seen.days.earliest() < seen.days.latest() {
            match number {
                Some(y) => canvas.line(&[(left, y), (right, y)], class),
                None => canvas.rect(Rect::new(left, high, right, f64::max(low, high + 1.0)), &format!("{class} box")),
            }
        }
        // What held is on its first day, and on its last.
        if let Some(held) = seen.held.filter(|held| held.earliest() == seen.days.earliest()) {
            let (y, until) = (number.unwrap_or(low), self.days.x(ends(held)[1]));
            canvas.line(&[(x, y), (until, y)], class);
        }
        let is_tall = low - high > SPOT;
        if is_tall {
            canvas.line(&[(x, low), (x, high)], class);
        }
        if count.people.high().is_none() {
            canvas.line(&[(x - SIGN, high + SIGN * 1.5), (x, high), (x + SIGN, high + SIGN * 1.5)], class);
            canvas.shape(shape, (x, low), SIGN, &format!("{class} hollow"));
        } else if let Some(y) = number.or_else(|| (!is_tall).then_some(f64::midpoint(low, high))) {
            canvas.shape(shape, (x, y), SIGN, class);
        } else {
            for y in [low, high] {
                canvas.shape(shape, (x, y), SIGN * 0.8, &format!("{class} hollow"));
            }
        }
        canvas.close();
        canvas.keep_off(Rect::new(f64::min(left, x - SIGN), high - SIGN, f64::max(right, x + SIGN), low + SIGN));
    }

    /// Words beside what they name: the ends of the ceiling, the last count, counts without an upper end.
    fn labels(&self, canvas: &mut Canvas, people: People, bounds: Rect, asides: &mut Vec<String>) {
        let mut missing: Vec<String> = Vec::new();
        if let Some(stretch) = self.force.required.last() {
            let x = self.days.x(stretch.to);
            for (value, text) in end_labels(stretch) {
                let y = people.y_or_top(value);
                let places = beside((x, y), self.font);
                if !canvas.label(&places, bounds, self.font, "ceiling inside", &text) {
                    missing.push(text);
                }
            }
        }
        let last = self.force.counts.iter().rposition(|count| count.seen.kind == ObservationKind::Count);
        for (index, count) in self.force.counts.iter().enumerate() {
            let is_open = count.people.high().is_none();
            if Some(index) != last && !is_open {
                continue;
            }
            let (words, days) = (reported(count), InWords(count.seen.days));
            let (left, right) = self.days.ends(ends(count.seen.days));
            let (low, high) = (people.y(count.people.low()), people.y_or_top(count.people.high()));
            let places = around(Rect::new(left, high, right, low), self.font);
            let whole = format!("{words}, {days}");
            let mut fits = |text: &str| canvas.label(&places, bounds, self.font, "inside", text);
            if !fits(&whole) && !fits(&words) {
                missing.push(if Some(index) == last { format!("last count {whole}") } else { whole });
            }
        }
        if !missing.is_empty() {
            asides.push(format!("{}: {}.", self.force.name, missing.join("; ")));
        }
    }
}

/// The number that a report gave, where it gave one.
fn number(count: &Counted) -> Option<u32> {
    match count.seen.counted {
        assessment::Counted::Present(Quantity::Exact(n) | Quantity::About(n) | Quantity::PlusMinus(n, _)) => Some(n),
        _ => Some(count.people.low()).filter(|_| count.people.is_exact()),
    }
}

/// To the right of a point, a little higher or lower, else above or below what ends there.
fn beside((x, y): Point, font: Font) -> Vec<(Point, Anchor)> {
    let step = font.size * 0.6;
    let right = [0.0, -1.0, 1.0, -2.0, 2.0].map(|steps| ((x + 6.0, y + steps * step), Anchor::Start));
    let within = [-1.4, 1.4, -3.0, 3.0].map(|steps| ((x - 2.0, y + steps * step), Anchor::End));
    right.into_iter().chain(within).collect()
}

/// Places round a mark.
fn around(mark: Rect, font: Font) -> Vec<(Point, Anchor)> {
    let (x, y) = (f64::midpoint(mark.left, mark.right), f64::midpoint(mark.top, mark.bottom));
    let (far, above, below) = (SIGN + 5.0, mark.top - SIGN - font.size, mark.bottom + SIGN + font.size);
    let sides = [y, mark.top, mark.bottom]
        .into_iter()
        .flat_map(|y| [((mark.right + far, y), Anchor::Start), ((mark.left - far, y), Anchor::End)]);
    let ends = [above, below]
        .into_iter()
        .flat_map(|y| [((x, y), Anchor::Middle), ((mark.left, y), Anchor::Start), ((mark.right, y), Anchor::End)]);
    sides.chain(ends).collect()
}

/// The same line without the points that lie between others, to half a pixel.
fn straightened(points: impl IntoIterator<Item = Point>) -> Vec<Point> {
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
