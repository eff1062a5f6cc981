//! What stands around the panels: title, legend, phases, the axis of days with what happened, and the caption.

use plotters::style::text_anchor::HPos;
use plotters::style::{Color, RGBAColor};

use super::data::{Data, ForceData, PhaseMark};
use super::labels::{Place, Shelf};
use super::panel::{Panel, axis_width, baseline_sign, boxed, point};
use super::scale::Days;
use super::scene::{
    BLACK, GREY, LINE, PLANNED, REQUIRED, RESIDUAL, RULE, Rect, SMALL, Scene, fitted, text_width, wrapped,
};
use crate::agreement::Agreement;
use crate::assessment::ObservationKind;
use crate::day::{Iso, Window, day_number};

const MARGIN: f64 = 14.0;
const TITLE: f64 = 15.0;
/// What a later version moved.
const MOVED: RGBAColor = RGBAColor(95, 95, 95, 0.7);
/// The lowest plot that can be read, with its header.
const LOWEST_PANEL: f64 = 74.0;

/// Draws everything; `None` where there is too little room.
pub(super) fn scene(agreement: &Agreement, data: &Data<'_>, how: &str, (width, height): (f64, f64)) -> Option<Scene> {
    let mut scene = Scene::default();
    let axis = data.forces.iter().map(axis_width).fold(24.0, f64::max) + 10.0;
    let days = Days { first: data.first, last: data.last, left: MARGIN + axis, right: width - MARGIN };
    if days.right - days.left < 200.0 {
        return None;
    }
    let frame = Frame { agreement, data, days, width };
    let below_head = frame.head(&mut scene, how);
    let phases = frame.phase_labels();
    let panels_top = below_head + f64::from(phases.rows) * LINE + if data.phases.is_empty() { 0.0 } else { 14.0 };
    let acts = frame.act_labels();
    let caption = frame.caption(&acts);
    let caption_height = f64::from(u8::try_from(caption.len()).unwrap_or(4)) * LINE;
    let caption_top = height - 8.0 - caption_height;
    let lane_height = if data.acts.is_empty() { 0.0 } else { 12.0 + f64::from(acts.rows) * LINE + 4.0 };
    let axis_bottom = caption_top - 4.0 - lane_height;
    let panels_bottom = axis_bottom - 17.0;
    let count = u16::try_from(data.forces.len()).unwrap_or(u16::MAX).max(1);
    let panel_height = (panels_bottom - panels_top) / f64::from(count);
    if panel_height < LOWEST_PANEL {
        return None;
    }
    frame.columns(&mut scene, panels_top, panels_bottom);
    let mut top = panels_top;
    for force in &data.forces {
        Panel { force, days, top, bottom: top + panel_height - 4.0 }.draw(&mut scene);
        top += panel_height;
    }
    frame.phases(&mut scene, &phases, panels_top);
    frame.day_axis(&mut scene, panels_bottom - 4.0);
    frame.acts(&mut scene, &acts, axis_bottom + 5.0);
    let mut y = caption_top + LINE / 2.0;
    for line in caption {
        scene.text((MARGIN, y), HPos::Left, GREY, line);
        y += LINE;
    }
    Some(scene)
}

/// Labels with their places, where they found one.
struct Labels {
    places: Vec<Option<Place>>,
    rows: u8,
    are_flags: bool,
}

struct Frame<'a> {
    agreement: &'a Agreement,
    data: &'a Data<'a>,
    days: Days,
    width: f64,
}

impl Frame<'_> {
    /// Title and legend; what is below them.
    fn head(&self, scene: &mut Scene, how: &str) -> f64 {
        let room = self.width - 2.0 * MARGIN;
        let mut y = 18.0;
        // Bold faces run wider.
        for line in wrapped(&self.agreement.terms().title, TITLE * 1.1, room, 2) {
            scene.bold((MARGIN, y), TITLE, &line);
            y += 19.0;
        }
        y += 1.0;
        let mut x = MARGIN;
        for (label, sign) in self.legend(how) {
            let wide = 24.0 + text_width(&label, SMALL);
            if x > MARGIN && x + wide > self.width - MARGIN {
                x = MARGIN;
                y += LINE + 2.0;
            }
            sign(scene, x, y);
            scene.text((x + 22.0, y), HPos::Left, BLACK, label);
            x += wide + 9.0;
        }
        y + LINE
    }

    /// The signs that are drawn, each with what it stands for and how it looks in the legend, 18 pixels wide.
    fn legend(&self, how: &str) -> Vec<(String, Sign)> {
        let Data { forces, phases, acts, .. } = self.data;
        let mut signs: Vec<(String, Sign)> = Vec::new();
        let mut entry = |shown, label: &str, sign| signs.extend(Some((label.to_owned(), sign)).filter(|_| shown));
        let of_forces = |shown: fn(&ForceData<'_>) -> bool| forces.iter().any(shown);
        entry(of_forces(|force| !force.required.is_empty()), "required: strict to lenient", |scene, x, y| {
            scene.fill(Rect::new(x, y - 5.0, x + 18.0, y + 5.0), REQUIRED.mix(0.24));
            for y in [y - 5.0, y + 5.0] {
                scene.line(vec![(x, y), (x + 18.0, y)], 2, REQUIRED);
            }
        });
        let is_planned = of_forces(|force| force.planned.iter().any(|sample| sample.high.is_some()));
        entry(is_planned, &format!("planned ({how})"), |scene, x, y| {
            let corners = vec![(x, y - 5.0), (x + 18.0, y + 1.0), (x + 18.0, y + 5.0), (x, y + 1.0)];
            scene.area(corners, PLANNED.mix(0.10));
            scene.line(vec![(x, y - 5.0), (x + 18.0, y + 1.0)], 1, PLANNED);
            scene.line(vec![(x, y - 1.0), (x + 18.0, y + 5.0)], 1, PLANNED);
        });
        entry(of_forces(|force| force.baseline.is_some()), "baseline", |scene, x, y| {
            baseline_sign(scene, x + 9.0, [y - 5.0, y + 5.0]);
        });
        let kinds = || forces.iter().flat_map(|force| &force.sightings).map(|sighting| sighting.kind);
        let mut seen = |kind, label, sign| entry(kinds().any(|seen| seen == kind), label, sign);
        seen(ObservationKind::Count, "observed", |scene, x, y| seen_sign(scene, ObservationKind::Count, x, y));
        seen(ObservationKind::Forecast, "forecast", |scene, x, y| seen_sign(scene, ObservationKind::Forecast, x, y));
        seen(ObservationKind::Doubtful, "doubtful", |scene, x, y| seen_sign(scene, ObservationKind::Doubtful, x, y));
        entry(of_forces(|force| force.staying.is_some()), "residual", |scene, x, y| {
            scene.hatch(Rect::new(x, y - 5.0, x + 18.0, y + 5.0), RESIDUAL.mix(0.8));
        });
        let is_open = |force: &ForceData<'_>| force.required.iter().any(|stretch| stretch.is_open);
        let is_unknown = forces.iter().any(|force| !force.unknown.is_empty() || is_open(force));
        entry(is_unknown, "not known", |scene, x, y| {
            scene.fill(Rect::new(x, y - 5.0, x + 18.0, y + 5.0), GREY.mix(0.07));
            scene.dots(Rect::new(x, y - 5.0, x + 18.0, y + 5.0));
        });
        entry(!phases.is_empty(), "deadline", |scene, x, y| {
            scene.fill(Rect::new(x, y - 3.0, x + 18.0, y + 3.0), BLACK);
        });
        entry(phases.iter().any(|phase| phase.first.is_some()), "as first agreed", |scene, x, y| {
            scene.line(vec![(x, y), (x + 18.0, y)], 1, MOVED);
            scene.fill(Rect::new(x, y - 3.0, x + 5.0, y + 3.0), MOVED);
        });
        entry(acts.iter().any(|act| !act.is_amendment), "act", |scene, x, y| act_sign(scene, false, (x + 9.0, y)));
        entry(acts.iter().any(|act| act.is_amendment), "amendment", |scene, x, y| act_sign(scene, true, (x + 9.0, y)));
        signs
    }

    fn middle(&self, window: Window) -> f64 {
        let (left, right) = self.ends(window);
        f64::midpoint(left, right)
    }

    /// From the first to the last day of a window, at least so wide that it is seen.
    fn ends(&self, window: Window) -> (f64, f64) {
        let left = self.days.x(day_number(window.earliest()));
        let right = self.days.x(day_number(window.latest()).saturating_add(1));
        if right - left < 3.0 { (right - 3.0, right) } else { (left, right) }
    }

    /// Centered in one row where all fit, else as flags in several.
    fn phase_labels(&self) -> Labels {
        let flag = |rows: &mut Shelf, phase: &PhaseMark| {
            let x = self.middle(phase.window);
            phase.labels.iter().find_map(|label| rows.place(x, &fitted(label, SMALL, 260.0)))
        };
        let mut row =
            Shelf { rows: 1, is_centered: true, left: self.days.left, right: self.days.right, taken: Vec::new() };
        let longest = |phase: &PhaseMark| row.place(self.middle(phase.window), phase.labels.first()?).map(Some);
        if let Some(places) = self.data.phases.iter().map(longest).collect::<Option<Vec<_>>>() {
            return Labels { places, rows: row.height(), are_flags: false };
        }
        let mut rows = Shelf { rows: 4, is_centered: false, taken: Vec::new(), ..row };
        let mut places: Vec<_> = self.data.phases.iter().rev().map(|phase| flag(&mut rows, phase)).collect();
        places.reverse();
        Labels { places, rows: rows.height(), are_flags: true }
    }

    /// The windows as columns behind everything.
    fn columns(&self, scene: &mut Scene, top: f64, bottom: f64) {
        for phase in &self.data.phases {
            let (left, right) = self.ends(phase.window);
            scene.fill(Rect::new(left, top, right, bottom - 4.0), GREY.mix(0.13));
        }
    }

    fn phases(&self, scene: &mut Scene, labels: &Labels, panels_top: f64) {
        let bar = panels_top - 6.0;
        for (phase, place) in self.data.phases.iter().zip(&labels.places) {
            if let Some(first) = phase.first {
                let (left, right) = self.ends(first);
                scene.line(vec![(f64::midpoint(left, right), bar), (self.middle(phase.window), bar)], 1, MOVED);
                scene.fill(Rect::new(left, bar - 3.0, right, bar + 3.0), MOVED);
            }
            let (left, right) = self.ends(phase.window);
            let rect = Rect::new(left, bar - 3.0, right, bar + 3.0);
            if phase.is_binding {
                scene.fill(rect, BLACK);
            } else {
                scene.frame(rect, BLACK);
            }
            if let Some(place) = place {
                let y = bar - 6.0 - LINE * (f64::from(place.row) + 0.5);
                let x = self.middle(phase.window);
                let end = if labels.are_flags { y - 5.0 } else { y + 6.0 };
                scene.line(vec![(x, end), (x, bar - 3.0)], 1, GREY.mix(0.6));
                scene.text((place.at(), y), place.anchor, BLACK, &place.label);
            }
        }
    }

    fn day_axis(&self, scene: &mut Scene, y: f64) {
        let mut free = 0.0;
        for (x, label) in self.days.ticks(54.0) {
            scene.line(vec![(x, y), (x, y + 4.0)], 1, GREY);
            let half = text_width(&label, SMALL) / 2.0;
            let middle = x.clamp(half + 2.0, f64::max(self.width - half - 2.0, half + 2.0));
            if middle - half >= free {
                scene.text((middle, y + 11.0), HPos::Center, BLACK, label);
                free = middle + half + 6.0;
            }
        }
    }

    /// The labels of what happened, amendments first.
    fn act_labels(&self) -> Labels {
        let mut rows =
            Shelf { rows: 5, is_centered: false, left: MARGIN, right: self.width - MARGIN, taken: Vec::new() };
        let mut places: Vec<Option<Place>> = vec![None; self.data.acts.len()];
        for amendments in [true, false] {
            let wanted = self.data.acts.iter().zip(&mut places).rev();
            for (act, place) in wanted.filter(|(act, _)| act.is_amendment == amendments) {
                let x = self.days.x(act.day);
                let fits = |&room: &f64| rows.place(x, &fitted(&act.label, SMALL, room));
                *place = [260.0, 150.0, 90.0].iter().find_map(fits);
            }
        }
        Labels { places, rows: rows.height(), are_flags: true }
    }

    fn acts(&self, scene: &mut Scene, labels: &Labels, y: f64) {
        if !self.data.acts.is_empty() {
            scene.line(vec![(self.days.left, y), (self.days.right, y)], 1, RULE);
        }
        for (act, place) in self.data.acts.iter().zip(&labels.places) {
            let x = self.days.x(act.day);
            if let Some(place) = place {
                let middle = y + 6.0 + LINE * (f64::from(place.row) + 0.5);
                scene.line(vec![(x, y), (x, middle + 5.0)], 1, GREY.mix(0.6));
                scene.text((place.at(), middle), place.anchor, BLACK, &place.label);
            }
            act_sign(scene, act.is_amendment, (x, y));
        }
    }

    fn caption(&self, acts: &Labels) -> Vec<String> {
        let room = self.width - 2.0 * MARGIN;
        let terms = self.agreement.terms();
        let mut lines = Vec::new();
        if !self.data.undated.is_empty() {
            lines.extend(wrapped(&format!("Not dated: {}.", self.data.undated.join("; ")), SMALL, room, 1));
        }
        let silent = acts.places.iter().filter(|place| place.is_none()).count();
        let known = match self.agreement.known_on() {
            Some(known) => format!("As known on {}.", Iso(known)),
            None => "As known with all that is on record.".to_owned(),
        };
        let said = |what: &str, number| if number == 0 { String::new() } else { format!(" {what}: {number}.") };
        let more = said("Acts without a label", silent)
            + &said("Acts and counts of other days", self.data.outside)
            + &said("Counts that cannot be true", self.data.set_aside);
        let source = |source: &crate::terms::Source| match source.published {
            Some(published) => format!("{} ({})", source.title, Iso(published)),
            None => source.title.clone(),
        };
        let sources: Vec<String> = terms.sources.values().map(source).collect();
        let sources = if sources.is_empty() { String::new() } else { format!(" Sources: {}.", sources.join("; ")) };
        lines.extend(wrapped(&format!("{known}{more}{sources}"), SMALL, room, 2));
        lines
    }
}

/// Draws a sign of the legend from a place on.
type Sign = fn(&mut Scene, f64, f64);

fn seen_sign(scene: &mut Scene, kind: ObservationKind, x: f64, y: f64) {
    point(scene, kind, (x + 4.0, y));
    boxed(scene, kind, Rect::new(x + 12.0, y - 5.0, x + 18.0, y + 5.0));
}

fn act_sign(scene: &mut Scene, is_amendment: bool, (x, y): (f64, f64)) {
    if is_amendment {
        scene.area(vec![(x, y - 6.0), (x + 5.0, y + 4.0), (x - 5.0, y + 4.0)], BLACK);
    } else {
        scene.dot((x, y), 3.0, false, BLACK);
    }
}
