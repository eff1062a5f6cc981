//! The versions of a document, in the order in which they take effect.

use chrono::NaiveDate;

use super::consolidation::in_order;
use super::{VersionEntry, VersionFindings};
use crate::findings::{Findings, Rule};
use crate::path::Place;
use crate::record::Record;
use crate::terms::{Amendment, Terms};

/// Resolves every version of a document, in the order in which they take effect, and adds what is wrong with them.
///
/// Amendments that wait for their event are checked as if they governed last, and make no version.
pub(crate) fn resolve(terms: &Terms, record: &Record, found: Findings) -> (Vec<VersionEntry>, Findings) {
    let mut found = VersionFindings::after(found);
    let out = &mut found;
    let order = in_order(terms, record);
    let governing = order.iter().filter(|with| with.effective.is_some()).count();
    let mut versions = Vec::with_capacity(order.len().saturating_add(1));
    let mut last = VersionEntry::first(terms, record, out);
    for (number, with) in (1..).zip(order) {
        out.begin(with.index, with.amendment);
        if let Some(effective) = with.amendment.effective.as_ref().filter(|_| with.is_out_of_range) {
            let place = Place::from("amendments").index(with.index).field("effective");
            out.push(place, Rule::DateOutOfRange { date: effective.to_string() });
        }
        let version = last.next(terms, record, number, with, out);
        versions.push(std::mem::replace(&mut last, version));
    }
    versions.push(last);
    versions.truncate(governing.saturating_add(1));
    (versions, found.into_findings())
}

/// Resolves the versions of a legal document of which something is not known yet: an amendment that refers to what is
/// not there without that does not govern.
pub(crate) fn resolve_known(terms: &Terms, record: &Record) -> Vec<VersionEntry> {
    let mut versions = vec![VersionEntry::first(terms, record, &mut VersionFindings::default())];
    for with in in_order(terms, record).into_iter().filter(|with| with.effective.is_some()) {
        let mut found = VersionFindings::default();
        let next = versions.last().map(|last| last.next(terms, record, versions.len(), with, &mut found));
        let mut found = found.into_findings().into_list().into_iter();
        versions.extend(next.filter(|_| !found.any(|found| refers_to_nothing(found.rule()))));
    }
    versions
}

/// Whether a rule is broken by a reference to what is not there, or is there twice, or by a circle of references.
const fn refers_to_nothing(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::UnknownPhase { .. }
            | Rule::UnknownForce { .. }
            | Rule::DuplicateId { .. }
            | Rule::EmptyList { .. }
            | Rule::DeadlineCircle { .. }
            | Rule::PartOfCircle { .. }
    )
}

/// All or some versions of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct History<'a> {
    pub(crate) terms: &'a Terms,
    /// In the order in which they take effect.
    pub(crate) versions: &'a [VersionEntry],
}

impl<'a> History<'a> {
    /// One version by itself.
    pub(crate) fn only(&self, number: usize) -> Option<Self> {
        let versions = self.versions.get(number..number.checked_add(1)?)?;
        Some(Self { versions, ..*self })
    }

    /// The amendments that made the versions, each with its index and with the version.
    pub(crate) fn amendments(&self) -> impl Iterator<Item = (usize, &'a Amendment, &'a VersionEntry)> + use<'a> {
        let Self { terms, versions } = *self;
        versions.iter().filter_map(|version| {
            let index = version.amendment?;
            Some((index, terms.amendments.get(index)?, version))
        })
    }

    /// The number of the version in effect on a day; 0 is as first agreed.
    pub(crate) fn number_on(&self, day: NaiveDate) -> usize {
        let governs = |version: &VersionEntry| version.effective.is_none_or(|effective| effective <= day);
        self.versions.partition_point(governs).saturating_sub(1)
    }

    pub(crate) fn on(&self, day: NaiveDate) -> Option<&'a VersionEntry> {
        self.versions.get(self.number_on(day))
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
