//! The place of everything: title, legend, lanes, panels, axes, and the lists below them.

use std::collections::HashSet;

use super::data::{Data, Mark, MarkKind};
use super::force::ForceData;
use super::lane::{Lane, letter};
use super::panel::{Panel, axis_width, end_labels, sign};
use super::scale::Days;
use super::svg::{Anchor, Canvas, Rect, Shape};
use super::text::Font;
use crate::day::{InWords, Window};
use crate::schedule::Interpolation;
use crate::wording::capital;

/// Below so many pixels labels are within the plots, and most names become numbers of a list.
const NARROW: f64 = 500.0;
/// The narrowest panel of several beside each other.
const CELL: f64 = 340.0;
/// More forces than these are put in several columns, where there is room.
const MOST_IN_A_COLUMN: usize = 4;
/// The lowest plot that can be read.
const LOWEST_PLOT: f64 = 60.0;

/// The picture of everything so wide, and so high where a height is given, and its height; `None` where there is too little
/// room.
pub(super) fn draw(
    data: &Data<'_>,
    headline: Option<&str>,
    of_page: Option<&str>,
    width: f64,
    height: Option<f64>,
) -> Option<(String, f64)> {
    let layout = Layout::new(data, headline, of_page, width)?;
    let plot = layout.usual_plot();
    let (mut canvas, mut drawn) = layout.draw(plot);
    if let Some(height) = height {
        // Everything but the plots keeps its height.
        let rows = layout.plot_rows();
        let plot = if rows > 0.0 { plot + (height - drawn) / rows } else { plot };
        if plot < LOWEST_PLOT || rows == 0.0 && drawn > height {
            return None;
        }
        (canvas, drawn) = (layout.draw(plot).0, height);
    }
    let (title, line) = layout.words();
    let size = of_page.map(|_| layout.font.size);
    Some((canvas.finish((width, drawn), &title, of_page.unwrap_or(&line), size), drawn))
}

struct Layout<'a> {
    data: &'a Data<'a>,
    headline: Option<&'a str>,
    /// How a page describes it, which says elsewhere what its sources are.
    of_page: Option<&'a str>,
    width: f64,
    margin: f64,
    font: Font,
    is_narrow: bool,
    columns: usize,
    /// The greatest number of each force.
    most: u32,
    /// The width of the widest label at the end of a ceiling.
    end_labels: f64,
}

impl<'a> Layout<'a> {
    fn new(data: &'a Data<'a>, headline: Option<&'a str>, of_page: Option<&'a str>, width: f64) -> Option<Self> {
        let is_narrow = width < NARROW;
        let margin = if is_narrow { 10.0 } else { 16.0 };
        let font = Font { size: (8.0 + width / 200.0).clamp(11.0, 18.0).round(), bold: false };
        let forces = data.forces.len();
        let fits = |columns: &u8| (width - 2.0 * margin) / f64::from(*columns) >= CELL * font.size / 12.0;
        let across = [4_u8, 3, 2].into_iter().find(fits).map_or(1, usize::from);
        let columns = if forces > MOST_IN_A_COLUMN { across.min(forces) } else { 1 };
        let most = data.forces.iter().map(ForceData::most).max().unwrap_or(0);
        let labels = data.forces.iter().filter_map(|force| force.required.last()).flat_map(end_labels);
        let end_labels = labels.map(|(_, text)| font.width(&text) + 8.0).fold(0.0, f64::max);
        let layout = Self { data, headline, of_page, width, margin, font, is_narrow, columns, most, end_labels };
        (width >= 240.0).then_some(layout)
    }

    fn usual_plot(&self) -> f64 {
        let whole = (self.width * 0.36).clamp(220.0, 620.0);
        let share = match (self.columns, self.data.forces.len()) {
            (1, 0 | 1) => 1.0,
            (1, 2) => 0.7,
            (1, _) => 0.5,
            _ => 0.42,
        };
        whole * share
    }

    /// How many plots of the usual height are above each other.
    fn plot_rows(&self) -> f64 {
        self.data.forces.chunks(self.columns).map(row_share).sum()
    }

    fn is_grid(&self) -> bool {
        self.columns > 1
    }

    /// The days of a column, and from where to where it reaches.
    fn days(&self, column: usize) -> (Days, f64, f64) {
        let columns = f64::from(u32::try_from(self.columns).unwrap_or(1));
        let index = f64::from(u32::try_from(column).unwrap_or(0));
        let gap = 18.0;
        let cell = (self.width - 2.0 * self.margin + gap) / columns;
        let left = self.margin + cell * index;
        let right = left + cell - gap;
        let axis = if self.data.has_numbers() { axis_width(self.most, self.font) } else { 0.0 };
        let is_too_wide = self.is_narrow || self.is_grid() || self.end_labels > cell / 4.0;
        let beside = if is_too_wide { 0.0 } else { self.end_labels };
        let Data { first, last, .. } = *self.data;
        (Days { first, last, left: left + axis, right: right - beside }, left, right)
    }

    /// The picture and its height, with plots so high.
    fn draw(&self, plot: f64) -> (Canvas, f64) {
        let mut canvas = Canvas::default();
        let (title, line) = self.words();
        let mut y = self.head(&mut canvas, &title, &line);
        let (days, ..) = self.days(0);
        // In a grid names would be there once for each column.
        let rows = match (self.is_grid(), self.is_narrow) {
            (true, _) => 0,
            (_, true) => 2,
            _ => 4,
        };
        let number = |index: usize| index.saturating_add(1).to_string();
        let phases = Lane::new(&self.data.phases, days, self.font, rows, true, number);
        let acts = Lane::new(&self.data.acts, days, self.font, rows, false, letter);
        let (lane_top, panels_top) = (y, y + phases.height());
        // The windows lie behind the panels, and end where these do.
        let (mut front, mut asides) = (Canvas::default(), Vec::new());
        y = self.panels(&mut front, panels_top, plot, &mut asides);
        for column in 0..self.columns {
            self.windows(&mut canvas, self.days(column).0, panels_top - 4.0, y);
        }
        canvas.put(&front);
        for column in 0..self.columns {
            let days = self.days(column).0;
            phases.draw(&mut canvas, days, lane_top);
            if !self.is_grid() {
                self.day_axis(&mut canvas, days, y);
            }
        }
        if !self.is_grid() {
            y += self.font.line() + 8.0;
        }
        for column in 0..self.columns {
            acts.draw(&mut canvas, self.days(column).0, y);
        }
        y += acts.height() + 6.0;
        let lists = [("Deadlines", &phases.list), ("What happened", &acts.list)];
        for (heading, list) in lists {
            y = self.list(&mut canvas, y, heading, list);
        }
        y = self.foot(&mut canvas, y, &asides);
        (canvas, (y + self.margin / 2.0).ceil())
    }

    /// What is measured; and how to read it.
    fn words(&self) -> (String, String) {
        let data = self.data;
        let agreement = data.agreement.terms().title.trim();
        let has_ceiling = data.forces.iter().any(|force| !force.required.is_empty());
        let has_counts = data.forces.iter().any(|force| !force.counts.is_empty());
        let what = match (has_ceiling, has_counts) {
            (true, true) => "ceiling and counts",
            (true, false) => "ceiling",
            (false, true) => "counts",
            (false, false) if data.has_numbers() => "numbers",
            (false, false) => "deadlines and acts",
        };
        let wholes = data.forces.iter().filter(|force| force.part_of.is_none());
        let names: Vec<&str> = wholes.map(|force| force.name).collect();
        let measured = match names.as_slice() {
            [name] => format!("{name}: {what}"),
            [a, b] => format!("{a} and {b}: {what}"),
            [first, more @ ..] => format!("{first} and {} more: {what}", more.len()),
            [] => what.to_owned(),
        };
        let is_vague = data.forces.iter().flat_map(|force| &force.required).any(|one| one.lenient != Some(one.strict));
        let ceiling =
            if is_vague { "ceiling from the strict to the lenient reading" } else { "ceiling as the text sets it" };
        let shown = [has_ceiling.then_some(ceiling), has_counts.then_some("counts as reported")];
        let shown: Vec<&str> = shown.into_iter().flatten().collect();
        let mut line = agreement.to_owned();
        let mut sentence = |text: &str| {
            line.push_str(if line.ends_with(['.', '!', '?']) || line.is_empty() { " " } else { ". " });
            line.push_str(text);
        };
        if self.headline.is_some() {
            sentence(&capital(&measured));
        }
        if !shown.is_empty() {
            sentence(&capital(&shown.join("; ")));
        }
        if !data.ever_binds() {
            sentence("Not binding");
        }
        line.push('.');
        (self.headline.map_or(measured, str::to_owned), line)
    }

    /// Title, line and legend; what is below them.
    fn head(&self, canvas: &mut Canvas, title: &str, line: &str) -> f64 {
        let room = self.width - 2.0 * self.margin;
        let large = Font { size: (self.font.size * 1.5).round(), bold: true };
        let y = canvas.paragraph((self.margin, self.margin), room, large, "", title);
        let mut y = canvas.paragraph((self.margin, y), room, self.font, "quiet", line) + 6.0;
        let mut x = self.margin;
        let entries = self.legend();
        if entries.is_empty() {
            return y + 2.0;
        }
        for (label, sign) in entries {
            let lines = self.font.wrapped(&label, room - 24.0);
            let wide = 24.0 + lines.iter().map(|line| self.font.width(line)).fold(0.0, f64::max);
            if x > self.margin && x + wide > self.width - self.margin {
                x = self.margin;
                y += self.font.line();
            }
            sign.draw(canvas, (x, y + self.font.line() / 2.0));
            y = canvas.paragraph((x + 22.0, y), room - 24.0, self.font, "", &label) - self.font.line();
            x += wide + 14.0;
        }
        y + self.font.line() + 8.0
    }

    /// The signs without a label beside them, each with its meaning.
    fn legend(&self) -> Vec<(String, Sign)> {
        let forces = &self.data.forces;
        let counts = forces.iter().flat_map(|force| &force.counts).map(|count| {
            let (shape, class, said) = sign(count);
            (said.to_owned(), Sign::Count(shape, class))
        });
        let has_baseline = forces.iter().any(|force| force.baseline.is_some());
        let baseline = has_baseline.then(|| ("baseline".to_owned(), Sign::Baseline));
        let planned = forces.iter().find(|force| force.is_planned()).and_then(|force| force.how).map(|how| match how {
            Interpolation::Step => "planned, in steps",
            Interpolation::Linear => "planned, straight from point to point",
            Interpolation::Monotone => "planned, smoothly from point to point",
        });
        let staying = forces.iter().filter_map(|force| force.staying.as_ref());
        let is_open = |force: &ForceData<'_>| force.required.iter().any(|stretch| stretch.is_open);
        let is_unknown = forces.iter().any(|force| !force.unknown.is_empty() || is_open(force));
        let unknown = is_unknown.then(|| ("not known".to_owned(), Sign::Area("unknown")));
        let is_moved = |mark: &Mark| matches!(mark.kind, MarkKind::Phase { first: Some(_), .. });
        let is_any_moved = self.data.phases.iter().any(is_moved);
        let moved = is_any_moved.then(|| ("deadline as first agreed".to_owned(), Sign::Line("moved")));
        let mut signs: Vec<(String, Sign)> = counts
            .chain(baseline)
            .chain(planned.map(|planned| (planned.to_owned(), Sign::Line("planned"))))
            .chain(staying.map(|staying| (staying.label.clone(), Sign::Area("staying"))))
            .chain(unknown)
            .chain(moved)
            .collect();
        let mut told = HashSet::new();
        signs.retain(|(label, _)| told.insert(label.clone()));
        signs
    }

    /// The windows of the deadlines as columns, and the day of judgement.
    fn windows(&self, canvas: &mut Canvas, days: Days, top: f64, bottom: f64) {
        if bottom <= top {
            return;
        }
        for phase in &self.data.phases {
            let (left, right) = days.ends(phase.days);
            canvas.rect(Rect::new(left, top, right, bottom), "window");
        }
        if let Some(on) = self.data.on.filter(|&on| days.first <= on && on <= days.last) {
            let x = days.middle([on; 2]);
            canvas.line(&[(x, top), (x, bottom)], "now");
        }
    }

    /// Every force; what is below them.
    fn panels(&self, canvas: &mut Canvas, top: f64, plot: f64, asides: &mut Vec<String>) -> f64 {
        let is_named = self.data.forces.len() > 1 || self.headline.is_some();
        let gap = if self.is_grid() { self.font.line() + 24.0 } else { 16.0 };
        let mut y = top;
        if !self.data.has_numbers() {
            return y;
        }
        for row in self.data.forces.chunks(self.columns) {
            let panel = |(column, force)| {
                let (days, left, right) = self.days(column);
                Panel { force, days, left, right, font: self.font, is_named }
            };
            let panels: Vec<Panel<'_>> = row.iter().enumerate().map(panel).collect();
            let header = panels.iter().map(Panel::header_height).fold(0.0, f64::max);
            let plot = plot * row_share(row);
            for panel in &panels {
                // The plots of a row end in one line.
                panel.draw(canvas, y + header - panel.header_height(), plot, asides);
                if self.is_grid() && panel.force.has_numbers() {
                    self.day_axis(canvas, panel.days, y + header + plot);
                }
            }
            y += header + plot + gap;
        }
        y - gap + if self.is_grid() { self.font.line() + 8.0 } else { 0.0 }
    }

    fn day_axis(&self, canvas: &mut Canvas, days: Days, y: f64) {
        canvas.line(&[(days.left, y), (days.right, y)], "axis");
        let mut free = 0.0;
        for (x, label) in days.ticks(self.font.size * 5.0) {
            canvas.line(&[(x, y), (x, y + 4.0)], "axis");
            let half = self.font.width(&label) / 2.0;
            let middle =
                x.clamp(days.left + half - 4.0, f64::max(self.width - self.margin - half, days.left + half - 4.0));
            if middle - half >= free {
                let at = (middle, y + 5.0 + self.font.line() / 2.0);
                canvas.text(at, Anchor::Middle, self.font, "quiet inside", &label);
                free = middle + half + 8.0;
            }
        }
    }

    /// The names that numbers mean, in as many columns as there is room for; what is below.
    fn list(&self, canvas: &mut Canvas, top: f64, heading: &str, list: &[(String, &str)]) -> f64 {
        if list.is_empty() {
            return top;
        }
        let bold = Font { bold: true, ..self.font };
        let room = self.width - 2.0 * self.margin;
        let y = canvas.paragraph((self.margin, top + 4.0), room, bold, "", heading);
        let fits = |columns: &u8| room / f64::from(*columns) >= self.font.size * 28.0;
        let columns = [3_u8, 2].into_iter().find(fits).unwrap_or(1);
        let wide = room / f64::from(columns);
        let indent = list.iter().map(|(number, _)| bold.width(number)).fold(0.0, f64::max) + 8.0;
        let mut bottom = y;
        let each = list.len().div_ceil(usize::from(columns)).max(1);
        for (column, items) in list.chunks(each).enumerate() {
            let x = self.margin + wide * f64::from(u8::try_from(column).unwrap_or(0));
            let mut y = y;
            for (number, text) in items {
                canvas.paragraph((x, y), wide, bold, "", number);
                y = canvas.paragraph((x + indent, y), wide - indent - 14.0, self.font, "", text);
            }
            bottom = f64::max(bottom, y);
        }
        bottom + 4.0
    }

    /// What the picture does not show, and its sources; what is below.
    fn foot(&self, canvas: &mut Canvas, top: f64, asides: &[String]) -> f64 {
        let Data { outside, set_aside, .. } = *self.data;
        let (undated, sources) = (self.data.undated.join("; "), self.data.sources());
        let lines = [
            (!undated.is_empty()).then(|| format!("Not dated: {undated}.")),
            (outside > 0).then(|| format!("Acts and counts of other days: {outside}.")),
            (set_aside > 0).then(|| format!("Counts that cannot be true: {set_aside}.")),
            self.data.agreement.known_on().map(|known| format!("As known on {}.", InWords(Window::day(known)))),
            (!sources.is_empty() && self.of_page.is_none()).then(|| format!("Sources: {sources}.")),
        ];
        let room = self.width - 2.0 * self.margin;
        let below = |y, line: &String| canvas.paragraph((self.margin, y), room, self.font, "quiet", line);
        asides.iter().chain(lines.iter().flatten()).fold(top + 4.0, below)
    }
}

/// How high the plots of a row are.
fn row_share(row: &[ForceData<'_>]) -> f64 {
    row.iter().map(ForceData::share).fold(0.0, f64::max)
}

/// A sign of the legend, 18 pixels wide.
#[derive(Clone, Copy)]
enum Sign {
    Count(Shape, &'static str),
    Baseline,
    Line(&'static str),
    Area(&'static str),
}

impl Sign {
    fn draw(self, canvas: &mut Canvas, (x, y): (f64, f64)) {
        match self {
            Self::Count(shape, class) => canvas.shape(shape, (x + 9.0, y), 4.0, class),
            Self::Baseline => {
                canvas.line(&[(x + 9.0, y - 5.0), (x + 9.0, y + 5.0)], "base");
                for y in [y - 5.0, y + 5.0] {
                    canvas.line(&[(x + 4.0, y), (x + 14.0, y)], "base");
                }
            }
            Self::Line(class) => canvas.line(&[(x, y), (x + 18.0, y)], class),
            Self::Area(class) => canvas.rect(Rect::new(x, y - 6.0, x + 18.0, y + 6.0), class),
        }
    }
}
