//! What is unknown on a day: what the text leaves open, and which counts are missing.

use std::fmt;

use chrono::NaiveDate;

use super::Observation;
use super::evidence::{Bases, Evidence};
use crate::agreement::Agreement;
use crate::day::Iso;
use crate::path::Place;
use crate::schedule::{Due, ForceIndex, ForceText, VersionEntry};
use crate::terms::fraction::{ShareEnd, Side};
use crate::terms::vocabulary::vocabulary;
use crate::terms::{Band, Deadline, Force, LimitKind, Quantity, Ratio, Share, ShareBand, Terms};
use crate::wording::{excerpt, thousands};

vocabulary! {
    /// A kind of unknown thing.
    UnknownKind {
        /// A number or a share that the text gives in vague words, or not at all.
        Number = "number",
        /// A day of which the text, or the record, gives only a first and a last day.
        Window = "window",
        /// A day that is open, or waits for an event that is not on record.
        Deadline = "deadline",
        /// The number of people of a force, without a count on record.
        Count = "count",
    }
}

/// One thing that is unknown on a day; see [`Agreement::unknowns_on`].
///
/// Displayed in words, such as `how many leave in phase 1: "hundreds" is read as 200 to 999`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    /// The kind of the unknown thing.
    pub kind: UnknownKind,
    /// Where the document writes the unknown thing; for a missing count, the force.
    pub place: Place,
    words: String,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.words)
    }
}

impl Agreement {
    /// Everything that the text in effect on a day leaves open, in document order, and each force without a count.
    ///
    /// ```
    /// use force_drawdown::{catalog, day};
    /// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let unknowns = iraq.unknowns_on(day!(2024, 9, 6), &[]);
    /// assert_eq!(unknowns[2].place.to_string(), "phases[0].limits[0].withdraw");
    /// let words = "how many leave in phase 1: \"hundreds\" is read as 200 to 999";
    /// assert_eq!(unknowns[2].to_string(), words);
    /// let kinds: Vec<_> = unknowns.iter().map(|unknown| unknown.kind.as_str()).collect();
    /// assert_eq!(kinds, ["number", "window", "number", "number", "count"]);
    /// ```
    #[must_use]
    pub fn unknowns_on(&self, day: NaiveDate, observations: &[Observation]) -> Vec<Unknown> {
        let Some(version) = self.history().on(day) else { return Vec::new() };
        let mut search = Search { terms: self.terms(), version, found: Vec::new() };
        search.baselines();
        search.phases();
        search.residuals();
        search.counts(&Evidence::gather(self, observations).judged_on(self.terms(), version, day), day);
        search.found
    }
}

struct Search<'a> {
    terms: &'a Terms,
    version: &'a VersionEntry,
    found: Vec<Unknown>,
}

impl<'a> Search<'a> {
    fn push(&mut self, kind: UnknownKind, place: Place, words: String) {
        self.found.push(Unknown { kind, place, words });
    }

    fn forces(&self) -> &'a [ForceText] {
        &self.version.full.text.forces
    }

    fn name(&self, force: &ForceText) -> String {
        excerpt(force.at.force(self.terms).map_or("", Force::called))
    }

    /// ` of US troops in Iraq`, where there are several forces.
    fn of(&self, force: ForceIndex) -> String {
        let several = force.of(self.forces()).filter(|_| self.forces().len() > 1);
        several.map(|force| format!(" of {}", self.name(force))).unwrap_or_default()
    }

    fn baselines(&mut self) {
        for force in self.forces() {
            let Some(base) = force.baselines.last() else { continue };
            let Some(reading) = number(base.strength, Some(base.band)) else { continue };
            let words = format!("the number of {} on {}: {reading}", self.name(force), Iso(base.as_of));
            self.push(UnknownKind::Number, base.place().field("strength"), words);
        }
    }

    fn phases(&mut self) {
        let text = &self.version.full;
        for (index, (phase, resolved)) in text.phases().enumerate() {
            let id = phase.id(self.terms);
            let what = format!("the day by which phase {id} is complete");
            self.day(&what, phase.by(self.terms), &resolved.due, phase.by_place());
            for at in text.limits_of(index) {
                let Some(limit) = phase.limits(self.terms).get(at.limit) else { continue };
                let Some(words) = limit_words(limit.kind, &self.of(at.force), id) else { continue };
                let place = phase.limit_place(at.limit).field(limit.kind.field());
                self.push(UnknownKind::Number, place, words);
            }
        }
    }

    fn residuals(&mut self) {
        let text = &self.version.full.text;
        for (index, residual) in text.residual(self.terms).iter().enumerate() {
            let is_it = |force: &ForceText| residual.force.as_ref().is_none_or(|id| id == force.id(self.terms));
            let Some(force) = self.forces().iter().position(is_it).map(ForceIndex::new) else { continue };
            let (of, status) = (self.of(force), residual.status);
            if let Some(reading) = number(residual.strength, residual.strength.as_ceiling()) {
                let words = format!("how many{of} may stay after the last phase ({status}): {reading}");
                self.push(UnknownKind::Number, text.residual_place(index).field("strength"), words);
            }
            if let Some(until) = &residual.until {
                let known = self.version.full.untils.get(index).copied().flatten();
                let due = known.map_or(Due::Awaiting([].into()), Due::Known);
                let place = text.residual_place(index).field("until");
                self.day(&format!("the last day of the residual{of}"), until, &due, place);
            }
        }
    }

    fn counts(&mut self, evidence: &Evidence, on: NaiveDate) {
        for (index, force) in (0..).map(ForceIndex::new).zip(self.forces()) {
            if evidence.counts(index, &Bases::judging(self.version, index)).is_empty() {
                let words = format!("the number of {} on {}: no count is on record", self.name(force), Iso(on));
                self.push(UnknownKind::Count, force.at.of_force(), words);
            }
        }
    }

    /// A day that is not one day.
    fn day(&mut self, what: &str, written: &Deadline, due: &Due, place: Place) {
        match due {
            Due::Known(window) if window.earliest() == window.latest() => {}
            Due::Known(window) => {
                let written = excerpt(&written.to_string());
                self.push(UnknownKind::Window, place, format!("{what}: {written:?} is read as {window}"));
            }
            Due::Awaiting(_) => self.push(UnknownKind::Deadline, place, format!("{what}: {due}")),
        }
    }
}

/// What a limit leaves open of a force in a phase; `None` if it is exact.
fn limit_words(kind: LimitKind, of: &str, phase: &str) -> Option<String> {
    let share = |share: Share, bounds: Option<ShareBand>| {
        let bounds = bounds.filter(|bounds| bounds.low() != bounds.high())?;
        Some(format!("\"{share}\" is read as {} to {}", end(bounds.low), end(bounds.high)))
    };
    let (what, does, reading) = match kind {
        LimitKind::Remain(n) => ("how many", "may remain after", number(n, n.as_ceiling())),
        LimitKind::Withdraw(n) => ("how many", "leave in", number(n, n.as_withdrawal())),
        LimitKind::Withdrawn(n) => ("how many", "have left after", number(n, n.as_withdrawal())),
        LimitKind::RemainShare(s) => ("which share", "may remain after", share(s, s.as_ceiling())),
        LimitKind::WithdrawShare(s) => ("which share", "leaves in", share(s, s.as_withdrawal())),
        LimitKind::WithdrawnShare(s) => ("which share", "has left after", share(s, s.as_withdrawal())),
    };
    Some(format!("{what}{of} {does} phase {phase}: {}", reading?))
}

/// How a vague number is read; `None` if it is exact.
fn number(written: Quantity, band: Option<Band>) -> Option<String> {
    let band = band.filter(|band| band.high() != Some(band.low()))?;
    Some(match (written, band.high()) {
        (Quantity::Unspecified, _) => "the text gives no number".to_owned(),
        (_, Some(high)) => format!("\"{written}\" is read as {} to {}", thousands(band.low()), thousands(high)),
        (_, None) => format!("\"{written}\" is read as {} or more", thousands(band.low())),
    })
}

/// The end of a share; an end that is not in it is next to what it names.
fn end(of: ShareEnd) -> String {
    let side = match of.side {
        Side::Below => "just below ",
        Side::At => "",
        Side::Above => "just above ",
    };
    format!("{side}{}", part(of.at))
}

/// `27%`, or `1/3` where that is no whole number of percent.
fn part(of: Ratio) -> String {
    let (hundred, denominator) = (u128::from(of.numerator()).saturating_mul(100), u128::from(of.denominator()));
    match hundred.checked_div(denominator).filter(|_| hundred.checked_rem(denominator) == Some(0)) {
        Some(percent) => format!("{percent}%"),
        None => format!("{}/{}", of.numerator(), of.denominator()),
    }
}
