//! Whole documents: the story, its trimmings, the record and the amendments.

use chrono::NaiveDate;

use super::story::Writer;
use super::tape::{Choices, later};
use super::{amendments, record};
use crate::terms::{BindsFrom, GatedStep, Instrument, MAX_PEOPLE, Source, Terms};

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

pub(super) fn terms(choices: &mut Choices) -> Terms {
    let mut writer = writer(choices);
    for _ in 0..3 {
        if writer.choices.once_in(2) {
            amendments::amend(&mut writer);
        }
    }
    writer.terms
}

impl Writer<'_> {
    fn document(&mut self) {
        self.terms.format = self.choices.maybe(2, |_| 1);
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
}
