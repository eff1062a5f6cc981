//! The versions of a document: as many are kept resolved as stay in proportion to it.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::consolidation::{Consolidation, in_order};
use super::findings::Findings;
use super::version::Version;
use crate::record::Record;
use crate::terms::{Change, PhaseChange, Terms};

/// So many schedules and milestones are kept of the versions between the first and the last. What does not fit is
/// resolved again when it is asked about, or many amendments of many phases would take memory out of proportion.
const MOST_KEPT: usize = 1 << 16;

/// A version: since when, and its schedules if they are kept.
#[derive(Clone, Debug)]
pub(crate) struct VersionEntry {
    /// 0 is as first agreed.
    number: usize,
    /// The first day that it governs; `None` for the first version.
    pub(crate) effective: Option<NaiveDate>,
    /// The amendment that made it.
    pub(crate) amendment: Option<usize>,
    kept: Option<Version>,
}

/// Resolves every version of a document, in the order in which they take effect.
pub(crate) fn resolve(terms: &Terms, record: &Record, out: &mut Findings) -> Vec<VersionEntry> {
    let mut texts = Consolidation::new(terms);
    let mut version = Version::new(&texts, record, out);
    let mut marks = vec![VersionEntry { number: 0, effective: None, amendment: None, kept: Some(version.clone()) }];
    let mut room = MOST_KEPT;
    let mut is_kept = true;
    for (number, (amendment, with)) in (1..).zip(in_order(terms)) {
        out.begin(amendment);
        texts.advance_to(number, out);
        if with.changes.iter().all(keeps_schedule) {
            out.nothing_mended();
        } else {
            version = Version::new(&texts, record, out);
            let left = room.checked_sub(version.size());
            is_kept = left.is_some();
            room = left.unwrap_or(room);
        }
        let kept = is_kept.then(|| version.clone());
        marks.push(VersionEntry { number, effective: Some(with.effective()), amendment: Some(amendment), kept });
    }
    if let Some(last) = marks.last_mut() {
        last.kept = Some(version);
    }
    marks
}

/// Whether a change leaves every schedule as it is.
fn keeps_schedule(change: &Change) -> bool {
    let Change::Phase(fields) = change else { return false };
    let PhaseChange { by: None, from: None, limits: None, conditions: None, standing: None, .. } = fields else {
        return false;
    };
    true
}

/// The number of the version in effect on a day; 0 is as first agreed.
pub(crate) fn index_on(marks: &[VersionEntry], day: NaiveDate) -> usize {
    marks.partition_point(|mark| mark.effective.is_none_or(|effective| effective <= day)).saturating_sub(1)
}

/// All or some versions of a document, with what they are resolved from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct History<'a> {
    terms: &'a Terms,
    record: &'a Record,
    marks: &'a [VersionEntry],
}

impl<'a> History<'a> {
    pub(crate) const fn new(terms: &'a Terms, record: &'a Record, marks: &'a [VersionEntry]) -> Self {
        Self { terms, record, marks }
    }

    pub(crate) const fn terms(&self) -> &'a Terms {
        self.terms
    }

    /// One version by itself.
    pub(crate) fn only(&self, number: usize) -> Option<Self> {
        let marks = self.marks.get(number..number.checked_add(1)?)?;
        Some(Self { marks, ..*self })
    }

    /// The version in effect on a day.
    pub(crate) fn on(&self, day: NaiveDate) -> Option<Cow<'a, Version>> {
        self.get(index_on(self.marks, day))
    }

    pub(crate) fn get(&self, index: usize) -> Option<Cow<'a, Version>> {
        Some(self.walk().resolve(self.marks.get(index)?))
    }

    /// The first version, where it is kept resolved.
    pub(crate) fn first_kept(&self) -> Option<&'a Version> {
        self.marks.first()?.kept.as_ref()
    }

    pub(crate) fn last(&self) -> Option<Cow<'a, Version>> {
        self.get(self.marks.len().checked_sub(1)?)
    }

    /// Each version with the day on which the next one takes over.
    pub(crate) fn spans(&self) -> impl Iterator<Item = (&'a VersionEntry, Option<NaiveDate>)> + use<'a> {
        let next = self.marks.iter().skip(1).map(|next| next.effective).chain([None]);
        self.marks.iter().zip(next)
    }

    /// Each version, resolved.
    pub(crate) fn each(&self) -> impl Iterator<Item = Cow<'a, Version>> + use<'a> {
        let mut walk = self.walk();
        self.marks.iter().map(move |mark| walk.resolve(mark))
    }

    /// To ask about one day after the other.
    pub(crate) const fn current(&self) -> Current<'a> {
        Current { marks: self.marks, walk: self.walk(), at: None }
    }

    /// To resolve versions one after the other.
    pub(crate) const fn walk(&self) -> Walk<'a> {
        Walk { terms: self.terms, record: self.record, texts: None }
    }
}

/// Resolves versions, each later than the one before.
pub(crate) struct Walk<'a> {
    terms: &'a Terms,
    record: &'a Record,
    texts: Option<Consolidation<'a>>,
}

impl<'a> Walk<'a> {
    pub(crate) fn resolve(&mut self, mark: &'a VersionEntry) -> Cow<'a, Version> {
        if let Some(version) = &mark.kept {
            return Cow::Borrowed(version);
        }
        let texts = self.texts.get_or_insert_with(|| Consolidation::new(self.terms));
        texts.advance_to(mark.number, &mut Findings::default());
        Cow::Owned(Version::new(texts, self.record, &mut Findings::default()))
    }
}

/// The version in effect on days that only go forward.
pub(crate) struct Current<'a> {
    marks: &'a [VersionEntry],
    walk: Walk<'a>,
    at: Option<(usize, Cow<'a, Version>)>,
}

impl Current<'_> {
    pub(crate) fn on(&mut self, day: NaiveDate) -> Option<&Version> {
        let index = index_on(self.marks, day);
        if self.at.as_ref().is_none_or(|(at, _)| *at != index) {
            self.at = Some((index, self.walk.resolve(self.marks.get(index)?)));
        }
        self.at.as_ref().map(|(_, version)| &**version)
    }
}
