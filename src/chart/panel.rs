//! One force: its ceiling, its plan and what was seen of it.

use plotters::style::Color;
use plotters::style::text_anchor::HPos;

use super::data::{ForceData, Sample, Staying, Stretch};
use super::scale::{Days, People};
use super::scene::{
    BLACK, GREY, GROUND, LINE, PLANNED, Point, REQUIRED, RESIDUAL, RULE, Rect, SMALL, Scene, fitted, simplified,
    text_width, wrapped,
};
use crate::assessment::ObservationKind;
use crate::assessment::sums::InPeople;
use crate::day::day_number;
use crate::wording::thousands;

/// Height of the line with the name of the force.
const HEADER: f64 = 18.0;
/// The least width and height of an observation.
const SPOT: f64 = 6.0;

/// Where a panel is drawn, its header included.
pub(super) struct Panel<'a> {
    pub(super) force: &'a ForceData<'a>,
    pub(super) days: Days,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// How wide the labels of the axis of people are.
pub(super) fn axis_width(force: &ForceData<'_>) -> f64 {
    let people = People::new(force.most(), 0.0, 100.0);
    text_width(&thousands(force.most()).to_string(), SMALL).max(text_width(&people_label(people), SMALL))
}

fn people_label(people: People) -> String {
    people.ticks(20.0).last().map(|&most| thousands(most).to_string()).unwrap_or_default()
}

impl Panel<'_> {
    fn plot(&self) -> Rect {
        Rect::new(self.days.left, self.top + HEADER, self.days.right, self.bottom)
    }

    pub(super) fn draw(&self, scene: &mut Scene) {
        let plot = self.plot();
        let people = People::new(self.force.most(), plot.top, plot.bottom);
        self.header(scene, plot);
        Self::axis(scene, plot, people);
        self.unknown(scene, plot, people);
        self.planned(scene, people);
        for stretch in &self.force.required {
            self.stretch(scene, plot, people, *stretch);
        }
        self.stairs(scene, people);
        if let Some(staying) = &self.force.staying {
            self.staying(scene, plot, people, staying);
        }
        self.baseline(scene, people);
        for sighting in &self.force.sightings {
            self.sighting(scene, people, sighting);
        }
        scene.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], 1, GREY);
    }

    fn header(&self, scene: &mut Scene, plot: Rect) {
        let ForceData { name, unit, part_of, .. } = *self.force;
        let part = part_of.map(|whole| format!(", part of {whole}")).unwrap_or_default();
        let name = fitted(&format!("{name} ({unit}{part})"), 12.0, plot.right - plot.left);
        scene.bold((plot.left, self.top + HEADER / 2.0 - 1.0), 11.0, &name);
    }

    fn axis(scene: &mut Scene, plot: Rect, people: People) {
        for tick in people.ticks(26.0) {
            let y = people.y(tick);
            scene.line(vec![(plot.left, y), (plot.right, y)], 1, RULE);
            scene.text((plot.left - 6.0, y), HPos::Right, GREY, thousands(tick).to_string());
        }
    }

    fn unknown(&self, scene: &mut Scene, plot: Rect, people: People) {
        for &(from, to) in &self.force.unknown {
            let rect = plot.between(self.days.x(from), self.days.x(to));
            scene.fill(rect, GREY.mix(0.07));
            scene.dots(rect);
            let why = self.force.awaiting.as_deref().filter(|_| to >= self.days.last).unwrap_or("not known");
            Self::note(scene, rect, f64::midpoint(rect.top, people.y(0)), why);
        }
        if self.force.most() == 0 && self.force.planned.iter().all(|sample| sample.high.is_none()) {
            let middle = (f64::midpoint(plot.left, plot.right), f64::midpoint(plot.top, plot.bottom) + 22.0);
            scene.text(middle, HPos::Center, GREY, "no number is known");
        }
    }

    /// A text on a white ground within a rectangle, where it fits.
    fn note(scene: &mut Scene, rect: Rect, middle: f64, text: &str) {
        let room = rect.right - rect.left - 10.0;
        let longest = text.split_whitespace().map(|word| text_width(word, SMALL)).fold(0.0, f64::max);
        if room < longest || longest == 0.0 {
            return;
        }
        let lines = wrapped(text, SMALL, room, 4);
        let center = f64::midpoint(rect.left, rect.right);
        let half = lines.iter().map(|line| text_width(line, SMALL)).fold(0.0, f64::max) / 2.0 + 3.0;
        let height = f64::from(u8::try_from(lines.len()).unwrap_or(4)) * LINE;
        let top = middle - height / 2.0;
        scene.fill(Rect::new(center - half, top - 1.0, center + half, top + height + 1.0).within(rect), GROUND);
        let mut y = top + LINE / 2.0;
        for line in lines {
            scene.text((center, y), HPos::Center, BLACK, line);
            y += LINE;
        }
    }

    fn stretch(&self, scene: &mut Scene, plot: Rect, people: People, stretch: Stretch) {
        let Stretch { from, to, strict, lenient, is_open } = stretch;
        let columns = plot.between(self.days.x(from), self.days.x(to));
        let band = Rect { top: people.y_or_top(lenient), bottom: people.y(strict), ..columns };
        scene.fill(band, REQUIRED.mix(if lenient.is_some() { 0.24 } else { 0.10 }));
        if is_open {
            scene.dots(band);
        }
    }

    /// The two ends of the ceiling as steps.
    fn stairs(&self, scene: &mut Scene, people: People) {
        for end in [|stretch: &Stretch| stretch.lenient, |stretch: &Stretch| Some(stretch.strict)] {
            let goes_on = |a: &Stretch, b: &Stretch| a.to == b.from && end(a).is_some() == end(b).is_some();
            for run in self.force.required.chunk_by(goes_on) {
                let levels = run.iter().filter_map(|stretch| Some((stretch, people.y(end(stretch)?))));
                let points = levels.flat_map(|(step, y)| [step.from, step.to].map(|day| (self.days.x(day), y)));
                scene.line(points.collect(), 2, REQUIRED);
            }
        }
    }

    fn staying(&self, scene: &mut Scene, plot: Rect, people: People, staying: &Staying) {
        let columns = plot.between(self.days.x(staying.from), self.days.x(staying.until));
        let rect = Rect { top: people.y_or_top(staying.high), bottom: people.y(staying.low), ..columns };
        scene.hatch(rect, RESIDUAL.mix(0.8));
        if rect.height() > 4.5 * LINE {
            Self::note(scene, rect, f64::midpoint(rect.top, rect.bottom), &staying.label);
        } else {
            let above = Rect { top: rect.top - 4.0 * LINE, bottom: rect.top, ..rect };
            Self::note(scene, above.within(plot), rect.top - LINE, &staying.label);
        }
    }

    fn planned(&self, scene: &mut Scene, people: People) {
        let ends = [|sample: &Sample| sample.low, |sample: &Sample| sample.high];
        let line = |run: &[Sample], end: fn(&Sample) -> Option<u32>| {
            simplified(run.iter().filter_map(|sample| Some((self.days.x(sample.day), people.y(end(sample)?)))))
        };
        for run in
            self.force.planned.chunk_by(|a, b| ends.map(|end| end(a).is_some()) == ends.map(|end| end(b).is_some()))
        {
            let [low, high] = ends.map(|end| line(run, end));
            if !low.is_empty() && !high.is_empty() {
                scene.area(low.iter().chain(high.iter().rev()).copied().collect(), PLANNED.mix(0.09));
            }
            scene.line(low, 1, PLANNED);
            scene.line(high, 1, PLANNED);
        }
    }

    fn baseline(&self, scene: &mut Scene, people: People) {
        let Some((as_of, band)) = self.force.baseline else { return };
        baseline_sign(scene, self.days.x(as_of), [people.y(band.low()), people.y_or_top(band.high())]);
    }

    /// A point where day and number are known, else a box over all that they may be.
    fn sighting(&self, scene: &mut Scene, people: People, sighting: &InPeople) {
        let Some(band) = sighting.people else { return };
        let (earliest, latest) = (sighting.window.earliest(), sighting.window.latest());
        let (left, right) = (self.days.x(day_number(earliest)), self.days.x(day_number(latest)));
        let (bottom, top) = (people.y(band.low()), people.y_or_top(band.high()));
        let middle = (f64::midpoint(left, right), f64::midpoint(top, bottom));
        // What held is a point on its first day, joined with that on its last.
        if let Some(held) = sighting.held.filter(|held| held.earliest() == earliest) {
            scene.line(vec![middle, (self.days.x(day_number(held.latest())), middle.1)], 1, BLACK);
        }
        if right - left < SPOT && bottom - top < SPOT {
            point(scene, sighting.kind, middle);
            return;
        }
        let widened = |from: f64, to: f64| {
            let more = f64::max(SPOT - (to - from), 0.0) / 2.0;
            (from - more, to + more)
        };
        let ((left, right), (top, bottom)) = (widened(left, right), widened(top, bottom));
        boxed(scene, sighting.kind, Rect::new(left, top, right, bottom));
    }
}

/// The sign of a baseline between its two ends.
pub(super) fn baseline_sign(scene: &mut Scene, x: f64, ends: [f64; 2]) {
    scene.line(ends.map(|y| (x, y)).into(), 3, PLANNED);
    for y in ends {
        scene.line(vec![(x - 4.0, y), (x + 4.0, y)], 2, PLANNED);
    }
}

/// The sign of an observation.
pub(super) fn point(scene: &mut Scene, kind: ObservationKind, (x, y): Point) {
    match kind {
        ObservationKind::Count => scene.dot((x, y), 4.0, true, BLACK),
        ObservationKind::Forecast => scene.dot((x, y), 4.0, false, GREY),
        ObservationKind::Doubtful => cross(scene, Rect::new(x - 4.0, y - 4.0, x + 4.0, y + 4.0), 2),
    }
}

/// The sign of an observation that is not exact.
pub(super) fn boxed(scene: &mut Scene, kind: ObservationKind, rect: Rect) {
    match kind {
        ObservationKind::Count => {
            scene.fill(rect, BLACK.mix(0.65));
            scene.frame(rect, BLACK);
        }
        ObservationKind::Forecast => {
            scene.fill(rect, GROUND);
            scene.frame(rect, BLACK);
        }
        ObservationKind::Doubtful => {
            scene.fill(rect, GROUND);
            scene.frame(rect, GREY);
            cross(scene, rect, 1);
        }
    }
}

fn cross(scene: &mut Scene, rect: Rect, width: u32) {
    let Rect { left, top, right, bottom } = rect;
    scene.line(vec![(left, top), (right, bottom)], width, GREY);
    scene.line(vec![(left, bottom), (right, top)], width, GREY);
}
