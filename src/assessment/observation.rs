//! What was reported of a force.

use chrono::NaiveDate;
use serde::Serialize;

use crate::day;
use crate::terms::vocabulary::vocabulary;
use crate::terms::{Period, Quantity, Share, Terms};

vocabulary! {
    /// How far an observation is to be relied on.
    #[derive(Default)]
    ObservationKind {
        /// It counts.
        #[default]
        Count = "count",
        /// It says what will be; shown and never judged.
        Forecast = "forecast",
        /// It is not to be relied on; shown and never judged.
        Doubtful = "doubtful",
    }
}

/// The number that an observation gives.
///
/// ```
/// use force_drawdown::{Quantity, assessment::Counted};
/// assert_eq!(Counted::Present(Quantity::About(2_000)).to_string(), "about 2000 present");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// So many are there.
    Present(Quantity),
    /// So many have left since the baseline.
    Withdrawn(Quantity),
    /// This share of the baseline has left.
    WithdrawnShare(Share),
}

/// A reported count of a force at the end of a day, or of one of the days of a window.
///
/// ```
/// use force_drawdown::{Observation, Quantity};
/// let seen: Vec<Observation> = serde_json::from_str(
///     r#"[{ "date": "2025-09", "present": "about 2000", "source": "report", "kind": "count" }]"#,
/// )?;
/// let september = Observation::present("2025-09".parse::<force_drawdown::Period>().unwrap(), Quantity::About(2_000));
/// assert_eq!((seen[0].date, seen[0].counted), (september.date, september.counted));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Written as an object with the fields of a row of CSV, in their order; what is absent is left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Observation {
    /// The force; may be left out where the document has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force: Option<String>,
    /// The day, or a stretch of days where it is not known.
    pub date: Period,
    /// The number.
    #[serde(flatten)]
    pub counted: Counted,
    /// When it was published; else when its source was, else on its (last) day.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "day::serialize_option")]
    pub published: Option<NaiveDate>,
    /// A key of the document's sources, or free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How far it is to be relied on; `None` is read as a count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ObservationKind>,
    /// Anything else a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `about 2000 present`, `hundreds withdrawn`, `50% withdrawn`.
impl std::fmt::Display for Counted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.number(), if let Self::Present(_) = self { "present" } else { "withdrawn" })
    }
}

impl Counted {
    /// The names of the fields that give a number, of which an observation has one.
    pub(super) const FIELDS: [&'static str; 3] = ["present", "withdrawn", "withdrawn_share"];

    /// The number that is written; else the names of what was found instead of one.
    pub(super) fn one_of(
        present: Option<Quantity>,
        withdrawn: Option<Quantity>,
        share: Option<Share>,
    ) -> Result<Self, String> {
        match (present, withdrawn, share) {
            (Some(quantity), None, None) => Ok(Self::Present(quantity)),
            (None, Some(quantity), None) => Ok(Self::Withdrawn(quantity)),
            (None, None, Some(share)) => Ok(Self::WithdrawnShare(share)),
            _ => Err(Self::names([present.is_some(), withdrawn.is_some(), share.is_some()])),
        }
    }

    /// The names of the fields that are written.
    pub(super) fn names(written: [bool; 3]) -> String {
        let names: Vec<&str> =
            Self::FIELDS.into_iter().zip(written).filter_map(|(name, is)| is.then_some(name)).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    }

    /// The name of the field that gives it.
    pub(super) const fn field(self) -> &'static str {
        let [present, withdrawn, share] = Self::FIELDS;
        match self {
            Self::Present(_) => present,
            Self::Withdrawn(_) => withdrawn,
            Self::WithdrawnShare(_) => share,
        }
    }

    /// The number as it is written.
    pub(super) fn number(self) -> String {
        match self {
            Self::Present(quantity) | Self::Withdrawn(quantity) => quantity.to_string(),
            Self::WithdrawnShare(share) => share.to_string(),
        }
    }
}

impl Observation {
    /// A count of the only force of a document.
    ///
    /// ```
    /// use force_drawdown::{Observation, Part, Quantity, assessment::Counted};
    /// let seen = Observation::new(Part::Month(2025, 9), Counted::Present(Quantity::About(2_000)));
    /// assert_eq!((seen.date.to_string(), seen.counted.to_string()), ("2025-09".into(), "about 2000 present".into()));
    /// ```
    #[must_use]
    pub fn new(date: impl Into<Period>, counted: Counted) -> Self {
        let date = date.into();
        Self { force: None, date, counted, published: None, source: None, kind: None, note: None }
    }

    /// So many were there.
    ///
    /// ```
    /// use force_drawdown::{Observation, day};
    /// let seen = Observation::present(day!(2025, 9, 30), 2_000);
    /// assert_eq!(seen.counted.to_string(), "2000 present");
    /// ```
    #[must_use]
    pub fn present(date: impl Into<Period>, quantity: impl Into<Quantity>) -> Self {
        Self::new(date, Counted::Present(quantity.into()))
    }

    /// So many had left since the baseline.
    ///
    /// ```
    /// use force_drawdown::{Observation, Quantity, day};
    /// let seen = Observation::withdrawn(day!(2025, 9, 30), Quantity::Hundreds);
    /// assert_eq!(seen.counted.to_string(), "hundreds withdrawn");
    /// ```
    #[must_use]
    pub fn withdrawn(date: impl Into<Period>, quantity: impl Into<Quantity>) -> Self {
        Self::new(date, Counted::Withdrawn(quantity.into()))
    }

    /// This share of the baseline had left.
    ///
    /// ```
    /// use force_drawdown::{Observation, Share, day};
    /// let seen = Observation::withdrawn_share(day!(2025, 9, 30), Share::percent(20));
    /// assert_eq!(seen.counted.to_string(), "20% withdrawn");
    /// ```
    #[must_use]
    pub fn withdrawn_share(date: impl Into<Period>, share: Share) -> Self {
        Self::new(date, Counted::WithdrawnShare(share))
    }

    /// The same observation of a named force.
    ///
    /// ```
    /// use force_drawdown::{Observation, day};
    /// let seen = Observation::present(day!(2007, 11, 13), 0).of("bases");
    /// assert_eq!(seen.force.as_deref(), Some("bases"));
    /// ```
    #[must_use]
    pub fn of(mut self, force: impl Into<String>) -> Self {
        self.force = Some(force.into());
        self
    }

    /// How far it is to be relied on.
    ///
    /// ```
    /// use force_drawdown::{Observation, ObservationKind, day};
    /// let mut seen = Observation::present(day!(2025, 9, 30), 2_000);
    /// assert_eq!(seen.kind(), ObservationKind::Count);
    /// seen.kind = Some(ObservationKind::Forecast);
    /// assert_eq!(seen.kind(), ObservationKind::Forecast);
    /// ```
    #[must_use]
    pub fn kind(&self) -> ObservationKind {
        self.kind.unwrap_or_default()
    }

    /// The day from which it is known: that of its publication, else of its source's, else its own last day.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// use force_drawdown::{Observation, Part, day};
    /// let mut seen = Observation::present(Part::Month(2025, 9), 2_000);
    /// assert_eq!(seen.known_from(iraq().terms()), Some(day!(2025, 9, 30)));
    /// seen.published = Some(day!(2025, 10, 2));
    /// assert_eq!(seen.known_from(iraq().terms()), Some(day!(2025, 10, 2)));
    /// ```
    #[must_use]
    pub fn known_from(&self, terms: &Terms) -> Option<NaiveDate> {
        let of_source = || terms.sources.get(self.source.as_deref()?)?.published;
        let of_itself = || self.date.window().map(day::Window::latest);
        self.published.or_else(of_source).or_else(of_itself)
    }
}
