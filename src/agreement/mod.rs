//! Validated: the agreement, its versions, and what the record says of it.

mod amending;
mod bounds;
mod document_rules;
mod oddities;
mod state_codes;
mod timeline;
mod version_diff;

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use crate::reading::ReadError;
pub use timeline::{TimelineEntry, TimelineEvent};
pub use version_diff::{Diff, Difference, Version};

use crate::findings::{Findings, Violations};
use crate::record::{self, Acts, ApprovalState, Blocker, Consent, Record};
use crate::schedule::Schedule;
use crate::schedule::history::{History, index_on, resolve};
use crate::schedule::version::VersionEntry;
use crate::schedule::version_findings::VersionFindings;
use crate::terms::{GatedStep, Terms};

/// An agreement that passed validation: the only way to ask questions.
///
/// It is made from [`Terms`], or read as such from any serde format.
///
/// ```
/// use force_drawdown::{Agreement, day};
/// let agreement: Agreement = serde_json::from_str(
///     r#"{
///         "title": "Plan",
///         "parties": [{ "id": "H", "name": "Host", "role": "receiving" }],
///         "forces": [{ "id": "f", "baseline": { "strength": 1000, "as_of": "2024-12-31" } }],
///         "phases": [{ "id": "1", "by": "2025-06-30", "limits": [{ "remain_share": "50%" }] }]
///     }"#,
/// )?;
/// let ceiling = agreement.schedule("f").unwrap().required_on(day!(2025, 6, 30));
/// assert_eq!(ceiling.unwrap().to_string(), "500");
/// # Ok::<(), serde_json::Error>(())
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
    /// [`Violations`] holds at least one violation; the codes are listed at [`Rule`](crate::Rule).
    ///
    /// ```
    /// use force_drawdown::Terms;
    /// let invalid = Terms::new("Plan").validate().unwrap_err();
    /// let codes: Vec<_> = invalid.violations().iter().map(|violation| violation.code()).collect();
    /// assert_eq!(codes, ["empty-list"; 3]); // parties, forces, phases
    /// ```
    pub fn validate(&self) -> Result<(), Violations> {
        Resolved::new(self).map(|_| ())
    }
}

struct Resolved {
    record: Record,
    versions: Vec<VersionEntry>,
}

impl Resolved {
    fn new(terms: &Terms) -> Result<Self, Violations> {
        Self::checked(terms, Findings::default())
    }

    /// Checks a document of which something may have been found in reading it, and resolves it.
    fn checked(terms: &Terms, mut findings: Findings) -> Result<Self, Violations> {
        if let Some(too_large) = bounds::too_large(terms) {
            return Err(Violations::new(vec![too_large]));
        }
        document_rules::check(terms, &mut findings);
        let acts = Acts::new(terms);
        record::check(&acts, &mut findings);
        let record = Record::new(&acts);
        let mut of_versions = VersionFindings::default();
        let versions = resolve(terms, &record, &mut of_versions);
        findings.extend(of_versions.into_violations());
        findings.into_result().map(|()| Self { record, versions })
    }
}

impl TryFrom<Terms> for Agreement {
    type Error = Violations;

    fn try_from(terms: Terms) -> Result<Self, Violations> {
        let Resolved { record, versions } = Resolved::new(&terms)?;
        Ok(Self::new(Checked { terms, record, versions, known: None }))
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
        Self::read(deserializer).map_err(|error| match error {
            ReadError::Syntax(error) => error,
            ReadError::Invalid(invalid) => serde::de::Error::custom(invalid),
        })
    }
}

impl Agreement {
    fn new(checked: Checked) -> Self {
        Self(Arc::new(checked))
    }

    /// Reads and validates a document, keeping its violations typed.
    ///
    /// # Errors
    ///
    /// [`ReadError::Syntax`] where the text is not even of its format, else [`ReadError::Invalid`] with everything
    /// that is wrong with the document, in reading it and in what it says.
    ///
    /// ```
    /// use force_drawdown::{Agreement, ReadError};
    /// let read = |text: &str| Agreement::read(&mut serde_json::Deserializer::from_str(text));
    /// assert!(matches!(read("{"), Err(ReadError::Syntax(_))));
    /// let Err(ReadError::Invalid(invalid)) = read(r#"{ "title": "Plan" }"#) else { unreachable!() };
    /// assert_eq!(invalid.violations()[0].code(), "missing-field");
    /// ```
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, ReadError<D::Error>> {
        let reading = Terms::read_collecting(deserializer).map_err(ReadError::Syntax)?;
        let mut findings = reading.findings;
        findings.hold_back();
        let Some(terms) = reading.value.filter(|_| !reading.structural) else {
            return Err(ReadError::Invalid(Violations::new(findings.into_list())));
        };
        let Resolved { record, versions } = Resolved::checked(&terms, findings).map_err(ReadError::Invalid)?;
        Ok(Self::new(Checked { terms, record, versions, known: None }))
    }

    /// The document.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// assert_eq!(iraq().terms().forces[0].id, "us");
    /// ```
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.0.terms
    }

    /// The document, given away.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// use force_drawdown::Agreement;
    /// let mut terms = iraq().into_terms();
    /// terms.note = Some("checked again".into());
    /// assert!(Agreement::try_from(terms).is_ok());
    /// ```
    #[must_use]
    pub fn into_terms(self) -> Terms {
        Arc::try_unwrap(self.0).map_or_else(|shared| shared.terms.clone(), |checked| checked.terms)
    }

    pub(crate) fn record(&self) -> &Record {
        &self.0.record
    }

    /// Its versions, each resolved.
    pub(crate) fn history(&self) -> History<'_> {
        History::new(&self.0.terms, &self.0.versions)
    }

    /// The schedule of a force, over all versions; `None` if there is no such force.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// let agreement = iraq();
    /// assert_eq!(agreement.schedule("us").unwrap().force().unwrap().name.as_deref(), Some("US troops in Iraq"));
    /// assert!(agreement.schedule("uk").is_none());
    /// ```
    #[must_use]
    pub fn schedule(&self, force: &str) -> Option<Schedule<'_>> {
        Schedule::new(self.history(), force)
    }

    /// The schedule of each force of the last version.
    #[cfg(any(feature = "plotters03", feature = "csv1", feature = "icalendar017"))]
    pub(crate) fn schedules(&self) -> impl Iterator<Item = Schedule<'_>> {
        Schedule::all(self.history())
    }

    /// The number of the version in effect on a day; 0 is as first agreed.
    ///
    /// ```
    /// # use force_drawdown::{day, doc_examples::iraq};
    /// let late = iraq().delayed("1", 30, day!(2025, 8, 1)).unwrap();
    /// assert_eq!(late.version_on(day!(2025, 7, 31)), 0);
    /// assert_eq!(late.version_on(day!(2025, 8, 1)), 1);
    /// ```
    #[must_use]
    pub fn version_on(&self, day: NaiveDate) -> usize {
        index_on(&self.0.versions, day)
    }

    /// The agreement as it was known at the end of a day: without acts published after it and amendments adopted
    /// after it.
    ///
    /// ```
    /// # use force_drawdown::{day, doc_examples::iraq};
    /// let late = iraq().delayed("1", 30, day!(2025, 8, 1)).unwrap();
    /// assert_eq!(late.as_known_on(day!(2025, 7, 31)).versions().count(), 1);
    /// assert_eq!(late.as_known_on(day!(2025, 8, 1)).versions().count(), 2);
    /// ```
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
        let versions = resolve(&terms, &record, &mut VersionFindings::default());
        Self::new(Checked { terms, record, versions, known })
    }

    /// The day as known on which this agreement is, if not with all that is on record.
    ///
    /// ```
    /// # use force_drawdown::{day, doc_examples::iraq};
    /// assert_eq!(iraq().known_on(), None);
    /// assert_eq!(iraq().as_known_on(day!(2024, 9, 6)).known_on(), Some(day!(2024, 9, 6)));
    /// ```
    #[must_use]
    pub fn known_on(&self) -> Option<NaiveDate> {
        self.0.known
    }

    /// The approval state at the end of a day.
    ///
    /// ```
    /// # use force_drawdown::{day, doc_examples::iraq};
    /// let agreement = iraq();
    /// assert_eq!(agreement.approval_on(day!(2024, 9, 5)).to_string(), "under negotiation");
    /// assert_eq!(agreement.approval_on(day!(2024, 9, 6)).to_string(), "awaiting consent of IRQ and USA");
    /// ```
    #[must_use]
    pub fn approval_on(&self, day: NaiveDate) -> ApprovalState {
        self.0.record.approval_on(&self.0.terms, day)
    }

    /// The parties that have stopped withdrawing for a while, at the end of a day.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// use force_drawdown::{Act, ActKind, Agreement, day};
    /// let mut terms = iraq().into_terms();
    /// terms.record.push(Act::new(day!(2025, 6, 1), ActKind::Paused).by("USA"));
    /// terms.record.push(Act::new(day!(2025, 7, 1), ActKind::Resumed).by("USA"));
    /// let agreement = Agreement::try_from(terms).unwrap();
    /// assert_eq!(agreement.paused_by_on(day!(2025, 6, 30)), ["USA"]);
    /// assert!(agreement.paused_by_on(day!(2025, 7, 1)).is_empty());
    /// ```
    #[must_use]
    pub fn paused_by_on(&self, day: NaiveDate) -> Vec<String> {
        self.0.record.paused_by_on(&self.0.terms, day)
    }

    /// The consent of a party at the end of a day; `None` if there is no such party.
    ///
    /// ```
    /// # use force_drawdown::{day, doc_examples::iraq};
    /// assert!(iraq().consent_on("IRQ", day!(2024, 9, 6)).unwrap().needed);
    /// assert!(iraq().consent_on("GBR", day!(2024, 9, 6)).is_none());
    /// ```
    #[must_use]
    pub fn consent_on(&self, party: &str, day: NaiveDate) -> Option<Consent> {
        self.0.record.consent_on(&self.0.terms, party, day)
    }

    /// What a step still waits for at the end of a day; nothing once it is taken.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// use force_drawdown::{Blocker, GatedStep, day};
    /// let blockers = iraq().blockers_on(GatedStep::Announcement, day!(2024, 9, 6));
    /// assert_eq!(blockers[0], Blocker::Consent { party: "IRQ".into() });
    /// assert_eq!(blockers.len(), 2);
    /// ```
    #[must_use]
    pub fn blockers_on(&self, step: GatedStep, day: NaiveDate) -> Vec<Blocker> {
        self.0.record.blockers_on(&self.0.terms, step, day)
    }

    /// How many times the announcement has been postponed by the end of a day.
    ///
    /// ```
    /// # use force_drawdown::{day, doc_examples::iraq};
    /// assert_eq!(iraq().postponements_on(day!(2024, 9, 6)), 1);
    /// ```
    #[must_use]
    pub fn postponements_on(&self, day: NaiveDate) -> usize {
        self.0.record.postponements_on(day)
    }

    /// Whether the agreement binds on a day.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// use force_drawdown::{Act, ActKind, Agreement, day};
    /// let mut terms = iraq().into_terms();
    /// terms.record.push(Act::new(day!(2024, 9, 27), ActKind::Approved));
    /// let agreement = Agreement::try_from(terms).unwrap();
    /// assert!(!agreement.binds_on(day!(2024, 9, 26)));
    /// assert!(agreement.binds_on(day!(2024, 9, 27)));
    /// ```
    #[must_use]
    pub fn binds_on(&self, day: NaiveDate) -> bool {
        self.0.record.binds_on(day)
    }
}
