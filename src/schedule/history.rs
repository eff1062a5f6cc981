//! The versions of a document, in the order in which they take effect.

use chrono::NaiveDate;

use super::consolidation::in_order;
use super::version::VersionEntry;
use super::version_findings::VersionFindings;
use crate::findings::Finding;
use crate::record::Record;
use crate::terms::Terms;

/// Resolves every version of a document, in the order in which they take effect, and gives what is wrong with them.
pub(crate) fn resolve(terms: &Terms, record: &Record) -> (Vec<VersionEntry>, Vec<Finding>) {
    let mut found = VersionFindings::default();
    let out = &mut found;
    let mut versions = Vec::with_capacity(terms.amendments.len().saturating_add(1));
    let mut last = VersionEntry::first(terms, record, out);
    for (number, (amendment, with)) in (1..).zip(in_order(terms)) {
        out.begin(amendment, with);
        let version = last.next(terms, record, (number, amendment), with, out);
        versions.push(std::mem::replace(&mut last, version));
    }
    versions.push(last);
    (versions, found.into_violations())
}

/// The number of the version in effect on a day; 0 is as first agreed.
pub(crate) fn index_on(versions: &[VersionEntry], day: NaiveDate) -> usize {
    let governs = |version: &VersionEntry| version.effective.is_none_or(|effective| effective <= day);
    versions.partition_point(governs).saturating_sub(1)
}

/// All or some versions of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct History<'a> {
    terms: &'a Terms,
    versions: &'a [VersionEntry],
}

impl<'a> History<'a> {
    pub(crate) const fn new(terms: &'a Terms, versions: &'a [VersionEntry]) -> Self {
        Self { terms, versions }
    }

    pub(crate) const fn terms(&self) -> &'a Terms {
        self.terms
    }

    /// Each version, in the order in which they take effect.
    pub(crate) const fn versions(&self) -> &'a [VersionEntry] {
        self.versions
    }

    /// One version by itself.
    pub(crate) fn only(&self, number: usize) -> Option<Self> {
        let versions = self.versions.get(number..number.checked_add(1)?)?;
        Some(Self { versions, ..*self })
    }

    /// The version in effect on a day.
    pub(crate) fn on(&self, day: NaiveDate) -> Option<&'a VersionEntry> {
        self.versions.get(index_on(self.versions, day))
    }

    pub(crate) const fn last(&self) -> Option<&'a VersionEntry> {
        self.versions.last()
    }

    /// Each version with the day on which the next one takes over.
    pub(crate) fn spans(&self) -> impl Iterator<Item = (&'a VersionEntry, Option<NaiveDate>)> + use<'a> {
        let next = self.versions.iter().skip(1).map(|next| next.effective).chain([None]);
        self.versions.iter().zip(next)
    }
}
