//! Validated: the agreement, its versions, and what the record says of it.

mod amending;
mod document_rules;
mod oddities;
mod timeline;
mod version_diff;

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use crate::reading::ReadError;
use crate::reading::collect;
pub(crate) use document_rules::{quantity_mistake, share_mistake};
pub(crate) use timeline::sentence_of;
pub use timeline::{TimelineEntry, TimelineEvent};
pub use version_diff::{Diff, Difference, Version};

use crate::findings::{Findings, Violations};
use crate::record::{self, Acts, ApprovalState, Blocker, Consent, Record};
use crate::schedule::history::{resolve, resolve_known};
use crate::schedule::{History, Schedule, VersionEntry};
use crate::terms::{GatedStep, Terms};

/// An agreement that passed validation: the only way to ask questions.
///
/// | you want | call |
/// | --- | --- |
/// | to check a document | [`Agreement::read`] from any serde format, [`Agreement::try_from`] its [`Terms`] |
/// | what is odd about it | [`advice`](Self::advice) |
/// | the document | [`terms`](Self::terms), [`into_terms`](Self::into_terms) |
/// | who still has to say yes | [`approval_on`](Self::approval_on), [`consent_on`](Self::consent_on), [`blockers_on`](Self::blockers_on) |
/// | whether it applies | [`binds_on`](Self::binds_on), [`paused_by_on`](Self::paused_by_on) |
/// | what is required and planned | [`schedule`](Self::schedule) |
/// | what changed | [`versions`](Self::versions), [`version_on`](Self::version_on), [`as_known_on`](Self::as_known_on) |
/// | what would change | [`amended`](Self::amended), [`delayed`](Self::delayed) |
/// | whether it was kept | [`assess`](Self::assess) |
/// | what is not known | [`unknowns_on`](Self::unknowns_on) |
/// | everything in order of time | [`timeline`](Self::timeline), [`last_day`](Self::last_day) |
///
/// # What is wrong with a document?
///
/// ```
/// use force_drawdown::{Agreement, ReadError};
/// let read = |text| Agreement::read(&mut serde_json::Deserializer::from_str(text));
/// assert!(matches!(read("{"), Err(ReadError::Syntax(_))));
/// let Err(ReadError::Invalid(invalid)) = read(r#"{ "title": "Plan" }"#) else {
///     unreachable!()
/// };
/// assert_eq!(invalid.violations()[0].code(), "missing-field");
/// ```
///
/// # What is required?
///
/// ```
/// use force_drawdown::{Agreement, day};
/// let agreement: Agreement = serde_json::from_str(
///     r#"{ "title": "Plan",
///     "parties": [{ "id": "H", "name": "Host", "role": "receiving" }],
///     "forces": [{ "id": "f", "baseline": { "strength": 1000, "as_of": "2024-12-31" } }],
///     "phases": [{ "id": "1", "by": "2025-06", "limits": [{ "remain_share": "50%" }] }]
///     }"#,
/// )?;
/// let ceiling = agreement.schedule("f").unwrap().required_on(day!(2025, 6, 30));
/// assert_eq!(ceiling.unwrap().to_string(), "500");
/// assert!(agreement.schedule("g").is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Who still has to say yes?
///
/// ```
/// use force_drawdown::{Act, ActKind, Agreement, GatedStep, catalog, day};
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let day = day!(2024, 9, 6);
/// let state = agreement.approval_on(day).to_string();
/// assert_eq!(state, "awaiting consent of IRQ and USA");
/// assert!(agreement.consent_on("IRQ", day).unwrap().needed);
/// assert!(agreement.consent_on("GBR", day).is_none());
/// assert_eq!(agreement.blockers_on(GatedStep::Announcement, day).len(), 2);
/// assert_eq!(agreement.postponements_on(day), 1);
///
/// // Both consent, and later one of them stops withdrawing for a month.
/// let terms = agreement.into_terms()
///     .act(Act::new(day!(2024, 9, 27), ActKind::Approved))
///     .act(Act::new(day!(2025, 6, 1), ActKind::Paused).by("USA"))
///     .act(Act::new(day!(2025, 7, 1), ActKind::Resumed).by("USA"));
/// let agreement = Agreement::try_from(terms).unwrap();
/// assert!(!agreement.binds_on(day!(2024, 9, 26)));
/// assert!(agreement.binds_on(day!(2024, 9, 27)));
/// assert_eq!(agreement.paused_by_on(day!(2025, 6, 30)), ["USA"]);
/// assert!(agreement.paused_by_on(day!(2025, 7, 1)).is_empty());
/// ```
///
/// # What would change?
///
/// ```
/// use force_drawdown::{Amendment, Deadline, PhaseChange, catalog, day};
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let adopted = day!(2025, 8, 25);
/// let sooner = PhaseChange::new("2").by(Deadline::month(2026, 9));
/// let roadmap = Amendment::new("Roadmap", adopted).change(sooner);
/// let amended = agreement.amended(roadmap).unwrap();
/// assert_eq!((agreement.version_on(adopted), amended.version_on(adopted)), (0, 1));
/// let late = agreement.delayed("2", 30, adopted).unwrap();
/// let milestones = late.schedule("us").unwrap().required_milestones_on(adopted);
/// assert_eq!(milestones[1].due.to_string(), "2027-01-30");
/// ```
///
/// # Which version is in effect, and what was known?
///
/// ```
/// use force_drawdown::{catalog, day};
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let (before, adopted) = (day!(2025, 7, 31), day!(2025, 8, 1));
/// let late = agreement.delayed("1", 30, adopted).unwrap();
/// assert_eq!((late.version_on(before), late.version_on(adopted)), (0, 1));
/// assert_eq!(late.known_on(), None);
///
/// let known = late.as_known_on(before);
/// assert_eq!((known.versions().len(), late.versions().len()), (1, 2));
/// assert_eq!(known.known_on(), Some(before));
/// assert_eq!(known.terms(), agreement.terms());
/// ```
#[derive(Clone)]
pub struct Agreement(Arc<Checked>);

/// What every copy of an agreement, and each assessment made from it, shares.
struct Checked {
    terms: Terms,
    record: Record,
    versions: Vec<VersionEntry>,
    known: Option<NaiveDate>,
}

impl Terms {
    /// Every violation of the document, or none.
    ///
    /// # Errors
    ///
    /// [`Violations`] lists every broken rule; the codes are those of [`Rule`](crate::Rule).
    ///
    /// ```
    /// use force_drawdown::Terms;
    /// let invalid = Terms::new("Plan").validate().unwrap_err();
    /// let codes: Vec<_> = invalid.violations().iter().map(|found| found.code()).collect();
    /// assert_eq!(codes, ["empty-list"; 3]); // parties, forces, phases
    /// ```
    pub fn validate(&self) -> Result<(), Violations> {
        resolved(self, Findings::of_violations()).map(|_| ())
    }
}

/// Checks a document of which something may have been found in reading it, and resolves it.
fn resolved(terms: &Terms, mut findings: Findings) -> Result<(Record, Vec<VersionEntry>), Violations> {
    document_rules::check_acts(terms)?;
    document_rules::check_wholes(terms)?;
    let acts = Acts::new(terms);
    let record = Record::new(&acts);
    document_rules::check_versions(terms, &record)?;
    document_rules::check(terms, &mut findings);
    record::check(&acts, &mut findings);
    let (versions, findings) = resolve(terms, &record, findings);
    findings.into_result().map(|()| (record, versions))
}

impl TryFrom<Terms> for Agreement {
    type Error = Violations;

    fn try_from(terms: Terms) -> Result<Self, Violations> {
        let (record, versions) = resolved(&terms, Findings::of_violations())?;
        Ok(Self::new(terms, record, versions, None))
    }
}

/// Equal terms, as known on the same day.
impl PartialEq for Agreement {
    fn eq(&self, other: &Self) -> bool {
        self.known_on() == other.known_on() && self.terms() == other.terms()
    }
}

impl Eq for Agreement {}

/// The terms alone; everything else follows from them.
impl fmt::Debug for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Agreement").field(self.terms()).finish()
    }
}

impl Serialize for Agreement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.terms.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Agreement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(deserializer).map_err(ReadError::into_format)
    }
}

impl Agreement {
    fn new(terms: Terms, record: Record, versions: Vec<VersionEntry>, known: Option<NaiveDate>) -> Self {
        Self(Arc::new(Checked { terms, record, versions, known }))
    }

    /// Reads and validates a document, keeping its violations typed.
    ///
    /// # Errors
    ///
    /// [`ReadError::Syntax`] if the input is not well-formed; otherwise [`ReadError::Invalid`] with every mistake of
    /// form and every broken rule.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, ReadError<D::Error>> {
        let (terms, mut findings) = collect(deserializer)?;
        findings.hold_back();
        let Some(terms) = terms else { return Err(ReadError::Invalid(findings.into_violations())) };
        let (record, versions) = resolved(&terms, findings).map_err(ReadError::Invalid)?;
        Ok(Self::new(terms, record, versions, None))
    }

    /// Reads and validates the whole text of a JSON file. A byte order mark is skipped, where `serde_json` stops at one.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read); text after the document is a [`ReadError::Syntax`].
    ///
    /// ```
    /// use force_drawdown::{Agreement, catalog};
    /// let json = catalog::get("us-iraq-2024").unwrap().json;
    /// let agreement = Agreement::read_json(format!("\u{feff}{json}\r\n").as_bytes()).unwrap();
    /// assert_eq!(agreement.terms().phases.len(), 2);
    /// ```
    #[cfg(feature = "serde_json1")]
    pub fn read_json(bytes: &[u8]) -> Result<Self, ReadError<serde_json::Error>> {
        crate::reading::read_json(bytes, |json| Self::read(json))
    }

    /// The document.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.0.terms
    }

    /// The document, taken out of the agreement.
    #[must_use]
    pub fn into_terms(self) -> Terms {
        Arc::try_unwrap(self.0).map_or_else(|shared| shared.terms.clone(), |checked| checked.terms)
    }

    pub(crate) fn record(&self) -> &Record {
        &self.0.record
    }

    pub(crate) fn history(&self) -> History<'_> {
        History { terms: &self.0.terms, versions: &self.0.versions }
    }

    /// The schedule of a force, over all versions; `None` if there is no such force.
    #[must_use]
    pub fn schedule(&self, force: &str) -> Option<Schedule<'_>> {
        Schedule::new(self.history(), force)
    }

    /// The schedule of each force of the last version.
    #[cfg(any(feature = "chart", feature = "csv1"))]
    pub(crate) fn schedules(&self) -> impl Iterator<Item = Schedule<'_>> {
        Schedule::all(self.history())
    }

    /// The number of the version in effect on a day; version 0 is as first agreed.
    #[must_use]
    pub fn version_on(&self, day: NaiveDate) -> usize {
        self.history().number_on(day)
    }

    /// The agreement as it was known at the end of a day: without later amendments, and without acts that were
    /// published later. Amendments whose event is among these, and those that cannot be without them, do not govern.
    #[must_use]
    pub fn as_known_on(&self, day: NaiveDate) -> Self {
        let mut terms = self.0.terms.clone();
        terms.amendments.retain(|amendment| amendment.adopted <= day);
        terms.record.retain(|act| record::known_from(act).is_none_or(|known| known <= day));
        Self::resolved_only(terms, Some(self.0.known.map_or(day, |known| known.min(day))))
    }

    /// Resolves terms that are known to be legal, or a part of such, without checking them.
    pub(crate) fn resolved_only(terms: Terms, known: Option<NaiveDate>) -> Self {
        let record = Record::new(&Acts::new(&terms));
        let versions = resolve_known(&terms, &record);
        Self::new(terms, record, versions, known)
    }

    /// The cut-off day given to [`as_known_on`](Self::as_known_on); `None` if the whole record counts.
    #[must_use]
    pub fn known_on(&self) -> Option<NaiveDate> {
        self.0.known
    }

    /// The approval state at the end of a day.
    #[must_use]
    pub fn approval_on(&self, day: NaiveDate) -> ApprovalState {
        self.0.record.approval_on(&self.0.terms, day)
    }

    /// The ids of the parties that have paused their withdrawal at the end of a day, in the order of the document.
    #[must_use]
    pub fn paused_by_on(&self, day: NaiveDate) -> Vec<String> {
        self.0.record.paused_by_on(&self.0.terms, day)
    }

    /// The consent of a party at the end of a day; `None` if there is no such party.
    #[must_use]
    pub fn consent_on(&self, party: &str, day: NaiveDate) -> Option<Consent> {
        self.0.record.consent_on(&self.0.terms, party, day)
    }

    /// Everything that a step still waits for at the end of a day; empty once the step is taken.
    #[must_use]
    pub fn blockers_on(&self, step: GatedStep, day: NaiveDate) -> Vec<Blocker> {
        self.0.record.blockers_on(&self.0.terms, step, day)
    }

    /// The number of times that the announcement was postponed, until the end of a day.
    #[must_use]
    pub fn postponements_on(&self, day: NaiveDate) -> usize {
        self.0.record.postponements_on(day)
    }

    /// Whether the agreement binds on a day.
    #[must_use]
    pub fn binds_on(&self, day: NaiveDate) -> bool {
        self.0.record.binds_on(day)
    }
}
