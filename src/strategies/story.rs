//! Legal documents. Behind every number is one story in which forces only shrink, and every limit is written so
//! that it allows that story: so no ceiling rises in every reading, and nothing is taken away that is not there.

use chrono::NaiveDate;

use super::record;
use super::spellings::{self, NAMES};
use super::tape::{Choices, earlier, later};
use super::vaguer::{self, Reads};
use crate::day::Window;
use crate::terms::{
    Band, Baseline, BindsFrom, Citation, ConsentMode, Deadline, Event, Force, GatedStep, Instrument, Limit, MAX_PEOPLE,
    Offset, Party, Phase, Quantity, Ratio, Residual, ResidualStatus, Role, Share, Source, Standing, Terms,
};

/// What the builder knows of a phase.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) id: String,
    /// The window, where the text alone gives it.
    pub(super) window: Option<Window>,
    /// How many of each force are left after it, at least.
    pub(super) left: Vec<u32>,
}

#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) id: String,
    pub(super) base: u32,
    /// Whether its baseline counts fewer than its phases allow.
    is_few: bool,
}

pub(super) struct Writer<'c> {
    pub(super) choices: &'c mut Choices,
    pub(super) terms: Terms,
    pub(super) forces: Vec<Told>,
    pub(super) phases: Vec<Draft>,
    pub(super) start: NaiveDate,
    /// A day near the last that the text gives.
    pub(super) end: NaiveDate,
}

/// Writes a document, and keeps it open for amendments.
pub(super) fn writer(choices: &mut Choices) -> Writer<'_> {
    let start = later(NaiveDate::from_ymd_opt(1995, 1, 1).unwrap_or_default(), choices.up_to(10_000));
    let terms = Terms::new("A plan");
    let mut writer = Writer { choices, terms, forces: Vec::new(), phases: Vec::new(), start, end: start };
    writer.document();
    let (choices, terms) = (&mut *writer.choices, &mut writer.terms);
    terms.record = record::acts(choices, terms, start, writer.end);
    writer
}

impl Writer<'_> {
    fn document(&mut self) {
        self.terms.schema = self.choices.maybe(8, |_| "agreement.schema.json".to_owned());
        self.terms.format = self.choices.maybe(2, |_| 1);
        self.terms.id = self.choices.maybe(4, |c| format!("plan-{}", c.up_to(99)));
        self.terms.instrument = self.choices.maybe(2, |c| c.pick(Instrument::ALL)).flatten();
        self.terms.binds_from = self.choices.maybe(3, |c| c.pick(BindsFrom::ALL)).flatten();
        self.terms.consent_before =
            self.choices.maybe(2, |c| c.several(0, 2, |c| c.pick(GatedStep::ALL).unwrap_or(GatedStep::Execution)));
        self.terms.follows = self.choices.maybe(8, |_| "the one before".to_owned());
        let id = |c: &mut Choices| c.up_to(MAX_PEOPLE).saturating_add(1);
        self.terms.pax = self.choices.maybe(8, id);
        self.terms.ucdp = self.choices.maybe(8, id);
        self.terms.pam = self.choices.maybe(8, id);
        self.terms.note = self.choices.maybe(8, |_| "as \"reported\"\nλ".to_owned());
        for key in ["report", "text"] {
            if self.choices.once_in(2) {
                let published = self.choices.maybe(2, |c| c.day_after(self.start, 400));
                let url = self.choices.maybe(4, |_| "https://example.org".to_owned());
                self.terms.sources.insert(key.to_owned(), Source { published, url, ..Source::new("A text") });
            }
        }
        self.parties();
        self.story();
        self.phases();
        self.baselines();
        self.residuals();
    }

    pub(super) fn source(&mut self) -> Vec<Citation> {
        let keys: Vec<String> = self.terms.sources.keys().cloned().collect();
        if keys.is_empty() || !self.choices.once_in(5) {
            return Vec::new();
        }
        self.choices.several(1, 2, |c| {
            let clause = c.maybe(2, |_| "2 (a)".to_owned());
            Citation { clause, ..Citation::new(c.pick(&keys).unwrap_or_default()) }
        })
    }

    fn parties(&mut self) {
        let most = self.choices.up_to(2);
        for (id, _) in ["USA", "IRQ", "UN"].into_iter().zip(0..=most) {
            let role = self.choices.pick(Role::ALL).unwrap_or(Role::Sending);
            let consent = self.choices.maybe(3, |c| c.pick(ConsentMode::ALL)).flatten();
            let bodies = ["cabinet", "parliament", "court"];
            let steps = self.choices.maybe(3, |c| c.up_to(3)).unwrap_or(0);
            let domestic_steps = bodies.into_iter().zip(0..steps).map(|(body, _)| body.to_owned()).collect();
            let source = self.source();
            let iso3 = self.choices.maybe(4, |c| c.pick(&["USA", "IRQ"])).flatten().map(str::to_owned);
            let [cow, gw] = [(); 2].map(|()| self.choices.maybe(4, |c| c.up_to(988).saturating_add(2)));
            let party = Party::new(id, "A state", role);
            self.terms.parties.push(Party { iso3, cow, gw, consent, domestic_steps, source, ..party });
        }
        if let Some((last, [first, ..])) = self.terms.parties.split_last_mut()
            && self.choices.once_in(4)
        {
            (last.succeeds, last.since) = (Some(first.id.clone()), Some(self.choices.day_after(self.start, 400)));
        }
    }

    /// Who was there, and how many.
    fn story(&mut self) {
        let most = self.choices.up_to(3);
        for (id, _) in ["us", "east", "west", "north"].into_iter().zip(0..=most) {
            self.force(id);
        }
        let wholes: Vec<String> = self.terms.forces.iter().filter_map(|force| force.part_of.clone()).collect();
        for force in self.terms.forces.iter_mut().filter(|force| wholes.contains(&force.id)) {
            force.sum_of_parts = self.choices.once_in(2);
        }
    }

    /// Adds a force to the story, as a part of another or not.
    pub(super) fn force(&mut self, id: &str) -> Force {
        let whole = self.choices.maybe(3, |c| c.pick(&self.forces)).flatten();
        let unit = match &whole {
            Some(whole) => {
                self.terms.forces.iter().find(|force| force.id == whole.id).and_then(|whole| whole.unit.clone())
            }
            None => self.choices.maybe(6, |_| "tanks".to_owned()),
        };
        let most = whole.as_ref().map_or(MAX_PEOPLE, |whole| whole.base);
        let base = spellings::number(self.choices, 0, most);
        self.forces.push(Told { id: id.to_owned(), base, is_few: self.choices.once_in(6) });
        self.phases.iter_mut().for_each(|phase| phase.left.push(base));
        let party = self.choices.maybe(2, |c| c.pick(&self.terms.parties)).flatten().map(|party| party.id);
        let category = self.choices.maybe(6, |_| "combat".to_owned());
        let source = self.source();
        let part_of = whole.map(|whole| whole.id);
        let force = Force { party, category, part_of, unit, source, ..Force::new(id) };
        self.terms.forces.push(force.clone());
        force
    }

    /// Baselines, none after the first window closes.
    fn baselines(&mut self) {
        let first = self.phases.iter().find_map(|phase| phase.window).map(Window::latest);
        for (place, Told { base, is_few, .. }) in self.forces.clone().into_iter().enumerate() {
            if self.choices.once_in(4) {
                continue;
            }
            let as_of = earlier(later(self.start, self.choices.up_to(90)), self.choices.up_to(120));
            let as_of = first.map_or(as_of, |first| as_of.min(first));
            let authorised = !is_few && self.choices.up_to(4) > 2;
            let base = if is_few { self.choices.up_to(base) } else { base };
            let baseline = baseline(self.choices, base, authorised, as_of);
            let source = self.source();
            if let Some(force) = self.terms.forces.get_mut(place) {
                force.baseline = Some(Baseline { source, ..baseline });
            }
        }
    }

    /// The id of a force, which may be left out where there is no other.
    pub(super) fn named(&mut self, id: &str) -> Option<String> {
        (self.forces.len() > 1 || self.choices.once_in(2)).then(|| id.to_owned())
    }

    fn phases(&mut self) {
        let most = self.choices.up_to(7);
        let mut left: Vec<u32> = self.forces.iter().map(|told| told.base).collect();
        for (id, _) in ["1", "2", "3", "4", "5", "6", "7", "8"].into_iter().zip(0..=most) {
            self.end = self.choices.day_after(self.end, 90);
            let (by, window) = self.by();
            let mut phase = Phase { source: self.source(), ..Phase::new(id, by) };
            phase.from = self.choices.maybe(5, |c| of_record_or_near(c, earlier(self.end, 100), 100));
            phase.limits = self.limits(&mut left, limit);
            self.trimmings(&mut phase);
            self.terms.phases.push(phase);
            self.phases.push(Draft { id: id.to_owned(), window, left: left.clone() });
        }
    }

    /// What a phase may have besides its limits.
    pub(super) fn trimmings(&mut self, phase: &mut Phase) {
        let c = &mut *self.choices;
        let name = |c: &mut Choices| c.pick(NAMES).unwrap_or("handover").to_owned();
        phase.done = c.maybe(6, name);
        phase.conditions = if c.once_in(8) { c.several(1, 2, name) } else { Vec::new() };
        phase.standing = c.maybe(3, |c| c.pick(Standing::ALL)).flatten();
        phase.title = c.maybe(6, |_| "a step".to_owned());
    }

    /// A deadline in order, with its window where the text alone gives it.
    fn by(&mut self) -> (Deadline, Option<Window>) {
        let before = self.phases.iter().rev().find_map(|phase| phase.window);
        match self.choices.up_to(9) {
            0..=5 => self.dated(before),
            6 if self.choices.once_in(3) => self.before_day(before),
            6 => self.after_phase(before),
            8 if self.choices.once_in(4) => (deadline_of_record(self.choices), None),
            kind @ (7 | 8) => {
                let (first, window) = self.dated(before);
                let second = if kind == 7 { self.dated(before) } else { (deadline_of_record(self.choices), None) };
                let (members, windows) = (vec![first, second.0], window.zip(second.1));
                match self.choices.up_to(2) {
                    0 => (Deadline::Any(members), windows.map(|(one, other)| one.hull(other))),
                    1 => (Deadline::Earliest(members), windows.map(|(one, other)| one.earlier(other))),
                    _ => (Deadline::Latest(members), windows.map(|(one, other)| one.later(other))),
                }
            }
            _ => (Deadline::Open, None),
        }
    }

    /// A period of which neither end lies before the same end of the window before.
    fn dated(&mut self, before: Option<Window>) -> (Deadline, Option<Window>) {
        let day = before.map_or(self.end, |before| self.end.max(before.latest()));
        let mut options = [(); 4].map(|()| spellings::period(self.choices, day).0).to_vec();
        options.retain(|period| period.window().is_some_and(|window| follows(window, before)));
        match self.choices.pick(&options) {
            Some(period) => (period.into(), period.window()),
            None => (Deadline::day(day), Some(Window::day(day))),
        }
    }

    /// A deadline that counts from a day or a dated phase, as far as it takes to be in order.
    fn after_phase(&mut self, before: Option<Window>) -> (Deadline, Option<Window>) {
        let dated: Vec<_> = self.phases.iter().filter_map(|phase| Some((phase.id.clone(), phase.window?))).collect();
        let (event, from) = match self.choices.pick(&dated) {
            Some((id, window)) => (Event::Phase(id), window),
            None => (Event::Day(self.end), Window::day(self.end)),
        };
        let short = before.map_or(0, |before| {
            let behind = |end: fn(Window) -> NaiveDate| crate::day::days_between(end(from), end(before));
            behind(Window::earliest).max(behind(Window::latest)).max(0)
        });
        let offset = Offset {
            months: self.choices.up_to(2),
            days: u32::try_from(short).unwrap_or(0).saturating_add(self.choices.up_to(30)),
            ..Offset::default()
        };
        (Deadline::After { event, offset }, from.moved(|day| offset.from_day(day)))
    }

    fn before_day(&mut self, before: Option<Window>) -> (Deadline, Option<Window>) {
        let day = before.map_or(self.end, |before| self.end.max(before.latest()));
        let days = self.choices.up_to(60).max(1);
        let of = later(day, days);
        // The day before is also what is meant by no time at all.
        let days = if days == 1 && self.choices.once_in(2) { 0 } else { days };
        let offset = Offset { days, ..Offset::default() };
        (Deadline::Before { event: Event::Day(of), offset }, offset.before_day(of).map(Window::day))
    }

    /// Limits of some forces, each by how many of it are left, that allow the story to go on.
    pub(super) fn limits(&mut self, left: &mut [u32], limit: fn(&mut Choices, &Told, &mut u32) -> Limit) -> Vec<Limit> {
        let mut limits = Vec::new();
        for (told, left) in self.forces.clone().iter().zip(left) {
            if !self.choices.once_in(3) {
                let limit = limit(self.choices, told, left);
                limits.push(Limit { force: self.named(&told.id), source: self.source(), ..limit });
            }
        }
        limits
    }

    fn residuals(&mut self) {
        for told in &self.forces {
            self.terms.residual.extend(self.choices.maybe(5, |c| residual(c, told, self.end)));
        }
    }
}

/// Whether neither end of a window lies before the same end of another.
pub(super) fn follows(window: Window, before: Option<Window>) -> bool {
    before.is_none_or(|before| window.later(before) == window)
}

/// A baseline whose interval holds a number.
pub(super) fn baseline(choices: &mut Choices, base: u32, authorised: bool, as_of: NaiveDate) -> Baseline {
    let strength = held(choices, base, vaguer::baseline_reads(authorised));
    Baseline { authorised, ..Baseline::new(strength, as_of) }
}

pub(super) fn event_of_record(choices: &mut Choices) -> Event {
    let mut events = spellings::MARKS.to_vec();
    events.extend(NAMES.iter().map(|&name| Event::Named(name.to_owned())));
    choices.pick(&events).unwrap_or(Event::Signature)
}

fn deadline_of_record(choices: &mut Choices) -> Deadline {
    let event = event_of_record(choices);
    spellings::counted_from(choices, event)
}

/// A deadline that depends on the record, or a period near one of so many days.
pub(super) fn of_record_or_near(choices: &mut Choices, first: NaiveDate, days: u32) -> Deadline {
    let day = choices.day_after(first, days);
    if choices.once_in(4) { deadline_of_record(choices) } else { spellings::period(choices, day).0.into() }
}

pub(super) fn residual(choices: &mut Choices, told: &Told, end: NaiveDate) -> Residual {
    let stays = spellings::number(choices, 0, told.base);
    let strength = held(choices, stays, Quantity::as_ceiling);
    let status = choices.pick(ResidualStatus::ALL).unwrap_or(ResidualStatus::Agreed);
    let until = choices.maybe(2, |c| of_record_or_near(c, end, 300));
    Residual { force: Some(told.id.clone()), until, ..Residual::new(strength, status) }
}

/// A limit that takes a force from what is left of its base to no more than that.
fn limit(choices: &mut Choices, told: &Told, left: &mut u32) -> Limit {
    let (base, before) = (told.base, *left);
    let goes = match choices.up_to(5) {
        0 => before,
        1 => 0,
        _ => choices.up_to(before),
    };
    let after = before.saturating_sub(goes);
    // Nothing is taken away from those who may not be there.
    let most = match (told.is_few, base) {
        (true, _) => 0,
        (_, 0) => 2,
        _ => 5,
    };
    let kind = choices.up_to(most);
    *left = after;
    match kind {
        0 => enough(choices, told, left),
        1 => Limit::withdraw(held(choices, goes, Quantity::as_withdrawal)),
        2 => Limit::withdrawn(held(choices, base.saturating_sub(after), Quantity::as_withdrawal)),
        // Without the share itself.
        3 if after < base && choices.once_in(4) => Limit::remain_share(Share::FewerThan(exact(after, 1, base))),
        5 if after < base && choices.once_in(4) => {
            let gone = exact(base.saturating_sub(after).saturating_sub(1), 0, base);
            Limit::withdrawn_share(Share::MoreThan(gone))
        }
        4 => {
            let (ratio, gone) = fraction(choices, goes, base);
            // Rounding takes one more, and never more than is there.
            *left = before.saturating_sub(gone.saturating_add(1));
            Limit::withdraw_share(vaguer::share(choices, Share::Exact(ratio), Share::as_withdrawal))
        }
        _ => {
            let (ratio, rest) = fraction(choices, after, base);
            *left = rest;
            if kind == 3 {
                Limit::remain_share(vaguer::share(choices, Share::Exact(ratio), Share::as_ceiling))
            } else {
                Limit::withdrawn_share(vaguer::share(choices, Share::Exact(ratio.rest()), Share::as_withdrawal))
            }
        }
    }
}

/// A limit that leaves no fewer than there are.
pub(super) fn enough(choices: &mut Choices, _told: &Told, left: &mut u32) -> Limit {
    Limit::remain(held(choices, *left, Quantity::as_ceiling))
}

/// A quantity whose interval holds a number.
fn held(choices: &mut Choices, n: u32, reads: Reads) -> Quantity {
    vaguer::holding(choices, Band::exactly(n), reads)
}

/// A part of a whole and so many more.
fn exact(part: u32, more: u32, whole: u32) -> Ratio {
    Ratio::new(part.saturating_add(more), whole).unwrap_or(Ratio::percent(0))
}

/// A part of a whole, exactly or as a percentage that is no larger, with what it comes to, rounded down.
fn fraction(choices: &mut Choices, part: u32, whole: u32) -> (Ratio, u32) {
    if choices.once_in(3) {
        return (exact(part, 0, whole), part);
    }
    let wide = |n: u32| u64::from(n);
    let percent = wide(part).saturating_mul(100).checked_div(wide(whole)).unwrap_or(0);
    let comes_to = percent.saturating_mul(wide(whole)).checked_div(100).unwrap_or(0);
    let narrow = |n: u64| u32::try_from(n).unwrap_or(0);
    (Ratio::percent(narrow(percent)), narrow(comes_to))
}
