//! One force: its ceiling, its plan and what was seen of it.

use super::data::{ForceData, Sample, Sighting, Staying, Stretch};
use super::scale::{Days, People};
use super::scene::{
    Anchor, BLACK, GREY, GROUND, PLANNED, REQUIRED, RESIDUAL, RULE, Rect, Scene, fitted, text_width, wrapped,
};
use crate::assessment::ObservationKind;
use crate::day::day_number;
use crate::terms::thousands;

/// Height of the line with the name of the force.
const HEADER: f64 = 18.0;
const SMALL: f64 = 10.0;

/// Where a panel is drawn, its header included.
pub(super) struct Panel<'a> {
    pub(super) force: &'a ForceData<'a>,
    pub(super) days: Days,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// How wide the labels of the axis of people are.
pub(super) fn axis_width(force: &ForceData<'_>) -> f64 {
    let people = People::new(force.most, 0.0, 100.0);
    text_width(&thousands(force.most).to_string(), SMALL).max(text_width(&people_label(people), SMALL))
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
        let people = People::new(self.force.most, plot.top, plot.bottom);
        self.header(scene, plot);
        self.axis(scene, plot, people);
        self.unknown(scene, plot, people);
        for stretch in &self.force.required {
            self.stretch(scene, plot, people, *stretch);
        }
        self.stairs(scene, people);
        if let Some(staying) = &self.force.staying {
            self.staying(scene, plot, people, staying);
        }
        self.planned(scene, people);
        self.baseline(scene, people);
        for sighting in &self.force.sightings {
            self.sighting(scene, people, sighting);
        }
        scene.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], 1, GREY);
    }

    fn header(&self, scene: &mut Scene, plot: Rect) {
        let ForceData { name, unit, .. } = *self.force;
        let width = plot.right - plot.left;
        let name = fitted(name, 11.0, width * 0.75);
        let after = plot.left + text_width(&name, 11.0) * 1.1 + 8.0;
        let middle = self.top + HEADER / 2.0 - 1.0;
        scene.bold((plot.left, middle), Anchor::Start, 11.0, BLACK, name);
        scene.text((after, middle), Anchor::Start, SMALL, GREY, fitted(unit, SMALL, plot.right - after));
    }

    fn axis(&self, scene: &mut Scene, plot: Rect, people: People) {
        for tick in people.ticks(26.0) {
            let y = people.y(tick);
            scene.line(vec![(plot.left, y), (plot.right, y)], 1, RULE);
            scene.text((plot.left - 6.0, y), Anchor::End, SMALL, GREY, thousands(tick).to_string());
        }
    }

    fn unknown(&self, scene: &mut Scene, plot: Rect, people: People) {
        for &(from, to) in &self.force.unknown {
            let rect = plot.between(self.days.x(from), self.days.x(to));
            scene.fill(rect, GREY.alpha(0.07));
            scene.dots(rect, GREY.alpha(0.55));
            let why = self.force.awaiting.as_deref().filter(|_| to >= self.days.last).unwrap_or("not known");
            self.note(scene, rect, (rect.top + people.y(0)) / 2.0, why);
        }
        if self.force.most == 0 && self.force.planned.iter().all(|sample| sample.high.is_none()) {
            let middle = ((plot.left + plot.right) / 2.0, (plot.top + plot.bottom) / 2.0 + 22.0);
            scene.text(middle, Anchor::Middle, SMALL, GREY, "no number is known");
        }
    }

    /// A text on a white ground within a rectangle, where it fits.
    fn note(&self, scene: &mut Scene, rect: Rect, middle: f64, text: &str) {
        let room = rect.right - rect.left - 10.0;
        let longest = text.split_whitespace().map(|word| text_width(word, SMALL)).fold(0.0, f64::max);
        if room < longest || longest == 0.0 {
            return;
        }
        let lines = wrapped(text, SMALL, room, 3);
        let center = (rect.left + rect.right) / 2.0;
        let height = 13.0;
        let mut y = middle - height * (f64::from(u8::try_from(lines.len()).unwrap_or(3)) - 1.0) / 2.0;
        for line in lines {
            let half = text_width(&line, SMALL) / 2.0 + 3.0;
            scene.fill(Rect::new(center - half, y - 7.0, center + half, y + 7.0).within(rect), GROUND);
            scene.text((center, y), Anchor::Middle, SMALL, BLACK, line);
            y += height;
        }
    }

    fn stretch(&self, scene: &mut Scene, plot: Rect, people: People, stretch: Stretch) {
        let Stretch { from, to, strict, lenient, is_open } = stretch;
        let columns = plot.between(self.days.x(from), self.days.x(to));
        let band = Rect { top: people.y_or_top(lenient), bottom: people.y(strict), ..columns };
        let is_limited = lenient.is_some();
        scene.fill(band, REQUIRED.alpha(if is_limited { 0.24 } else { 0.10 }));
        if is_open {
            scene.dots(band, GREY.alpha(0.55));
        }
    }

    /// The two ends of the ceiling as steps.
    fn stairs(&self, scene: &mut Scene, people: People) {
        let strict = self.force.required.iter().map(|stretch| (stretch, Some(stretch.strict)));
        let lenient = self.force.required.iter().map(|stretch| (stretch, stretch.lenient));
        let x = |day| self.days.x(day);
        for steps in [lenient.collect::<Vec<_>>(), strict.collect()] {
            let mut line: Vec<(f64, f64)> = Vec::new();
            let mut end = None;
            for (stretch, people_on) in steps {
                let Some(number) = people_on else {
                    scene.line(std::mem::take(&mut line), 2, REQUIRED);
                    continue;
                };
                if end != Some(stretch.from) {
                    scene.line(std::mem::take(&mut line), 2, REQUIRED);
                }
                line.extend([(x(stretch.from), people.y(number)), (x(stretch.to), people.y(number))]);
                end = Some(stretch.to);
            }
            scene.line(line, 2, REQUIRED);
        }
    }

    fn staying(&self, scene: &mut Scene, plot: Rect, people: People, staying: &Staying) {
        let columns = plot.between(self.days.x(staying.from), self.days.x(staying.until));
        let rect = Rect { top: people.y_or_top(staying.high), bottom: people.y(staying.low), ..columns };
        scene.hatch(rect, RESIDUAL.alpha(0.8));
        if rect.height() > 44.0 {
            self.note(scene, rect, (rect.top + rect.bottom) / 2.0, &staying.label);
        }
    }

    fn planned(&self, scene: &mut Scene, people: People) {
        let both = |sample: &Sample| Some((sample.day, sample.low?, sample.high?));
        for run in self.force.planned.chunk_by(|a, b| both(a).is_some() == both(b).is_some()) {
            let ends: Vec<_> = run.iter().filter_map(both).collect();
            let up = ends.iter().map(|&(day, _, high)| (self.days.x(day), people.y(high)));
            let back = ends.iter().rev().map(|&(day, low, _)| (self.days.x(day), people.y(low)));
            scene.area(up.chain(back).collect(), PLANNED.alpha(0.10));
        }
        for end in [|sample: &Sample| sample.low, |sample: &Sample| sample.high] {
            for run in self.force.planned.chunk_by(|a, b| end(a).is_some() == end(b).is_some()) {
                let point = |sample: &Sample| Some((self.days.x(sample.day), people.y(end(sample)?)));
                scene.line(straightened(run.iter().filter_map(point)), 1, PLANNED);
            }
        }
    }

    fn baseline(&self, scene: &mut Scene, people: People) {
        let Some((as_of, band)) = self.force.baseline else { return };
        let x = self.days.x(as_of);
        let (low, high) = (people.y(band.low()), people.y_or_top(band.high()));
        scene.line(vec![(x, low), (x, high)], 3, PLANNED);
        for y in [low, high] {
            scene.line(vec![(x - 4.0, y), (x + 4.0, y)], 2, PLANNED);
        }
    }

    fn sighting(&self, scene: &mut Scene, people: People, sighting: &Sighting) {
        let (left, right) =
            (self.days.x(day_number(sighting.window.earliest())), self.days.x(day_number(sighting.window.latest())));
        let (low, high) = (people.y(sighting.band.low()), people.y_or_top(sighting.band.high()));
        let (x, y) = ((left + right) / 2.0, (low + high) / 2.0);
        let ink = if sighting.kind == ObservationKind::Count { BLACK } else { GREY };
        scene.line(vec![(left, y), (right, y)], 1, ink);
        scene.line(vec![(x, low), (x, high)], 2, ink);
        for end in [low, high] {
            scene.line(vec![(x - 3.0, end), (x + 3.0, end)], 1, ink);
        }
        symbol(scene, sighting.kind, (x, y));
    }
}

/// The sign of an observation.
pub(super) fn symbol(scene: &mut Scene, kind: ObservationKind, (x, y): (f64, f64)) {
    match kind {
        ObservationKind::Count => scene.dot((x, y), 4.0, true, BLACK),
        ObservationKind::Forecast => scene.dot((x, y), 4.0, false, GREY),
        ObservationKind::Doubtful => {
            scene.line(vec![(x - 4.0, y - 4.0), (x + 4.0, y + 4.0)], 2, GREY);
            scene.line(vec![(x - 4.0, y + 4.0), (x + 4.0, y - 4.0)], 2, GREY);
        }
    }
}

/// The same line without points in the middle of a level or of a plumb piece.
fn straightened(points: impl Iterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let mut line: Vec<(f64, f64)> = Vec::new();
    for point in points {
        if let [.., a, b] = line.as_slice() {
            let level = |a: f64, b: f64, c: f64| a.round() == b.round() && b.round() == c.round();
            if level(a.1, b.1, point.1) || level(a.0, b.0, point.0) {
                line.pop();
            }
        }
        line.push(point);
    }
    line
}
