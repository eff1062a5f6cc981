//! Milestones as users see them.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Due, Origin};
use crate::terms::{Band, Terms};
use crate::wording::thousands;

/// The phase that sets a ceiling, or an authorised baseline.
///
/// ```
/// use force_drawdown::SetBy;
/// assert_eq!(SetBy::Phase("1").to_string(), "1");
/// assert_eq!(SetBy::<&str>::Baseline.to_string(), "baseline");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SetBy<Id> {
    /// An authorised baseline.
    Baseline,
    /// The phase with this id: a `&str` of the agreement, or a `String` in an assessment.
    Phase(Id),
}

/// `baseline`, or the id of the phase.
impl<Id: AsRef<str>> fmt::Display for SetBy<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Baseline => "baseline",
            Self::Phase(id) => id.as_ref(),
        })
    }
}

impl<Id: AsRef<str>> Serialize for SetBy<Id> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<Id> SetBy<Id> {
    pub(crate) fn map<Other>(self, other: impl FnOnce(Id) -> Other) -> SetBy<Other> {
        match self {
            Self::Baseline => SetBy::Baseline,
            Self::Phase(id) => SetBy::Phase(other(id)),
        }
    }
}

/// The greatest number that is required of a force on a day, at its end.
///
/// ```
/// use force_drawdown::{SetBy, catalog, day};
/// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
/// let ceiling = agreement.schedule("us").unwrap().required_on(day!(2025, 10, 1)).unwrap();
/// assert_eq!((ceiling.strict, ceiling.strict_by), (1_251, SetBy::Phase("1")));
/// assert_eq!(ceiling.lenient.zip(ceiling.lenient_by), Some((2_550, SetBy::Phase("1"))));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(bound(serialize = "Id: AsRef<str> + Serialize"))]
pub struct Ceiling<Id> {
    /// In the strict reading: earliest days, lowest ceilings.
    pub strict: u32,
    /// In the lenient reading: latest days, highest ceilings. `None` with a `lenient_by` is an open end, `None`
    /// without one is not due yet.
    pub lenient: Option<u32>,
    /// The phase or baseline that sets the strict end.
    pub strict_by: SetBy<Id>,
    /// The phase or baseline that sets the lenient end.
    pub lenient_by: Option<SetBy<Id>>,
    /// The force whose ceiling this is, if a part has none of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Id>,
}

/// `1,251-2,550`, `up to 2,550`, `at least 500 (no upper end)`, `500, not due in every reading`.
impl<Id> fmt::Display for Ceiling<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let band = Band::new(self.strict, self.lenient);
        match (&self.lenient_by, band) {
            (None, _) => write!(f, "{}, not due in every reading", thousands(self.strict)),
            (Some(_), Some(band)) => write!(f, "{band}"),
            (Some(_), None) => write!(f, "{}", thousands(self.strict)),
        }
    }
}

impl Ceiling<&str> {
    /// The same, to be kept beyond the agreement.
    pub(crate) fn into_owned(self) -> Ceiling<String> {
        let Self { strict, lenient, strict_by, lenient_by, of } = self;
        let (lenient_by, of) = (lenient_by.map(|by| by.map(str::to_owned)), of.map(str::to_owned));
        Ceiling { strict, lenient, strict_by: strict_by.map(str::to_owned), lenient_by, of }
    }
}

/// A ceiling and the days on which it falls due.
///
/// ```
/// use force_drawdown::{SetBy, catalog, day};
/// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
/// let milestones = iraq.schedule("us").unwrap().required_milestones_on(day!(2025, 1, 1));
/// // The proposed residual of an unspecified number leaves the lenient end where it was.
/// assert_eq!(milestones[1].by, SetBy::Phase("2".into()));
/// assert_eq!(milestones[1].band.to_string(), "up to 2,550");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Milestone<'a> {
    /// The phase or baseline that sets the ceiling.
    pub by: SetBy<&'a str>,
    /// The days on which the ceiling falls due, or the events that it awaits.
    pub due: Due,
    /// The ceiling from then on, in all readings.
    pub band: Band,
    /// Whether the phase closed before the present baseline, and only goes on requiring its ceiling.
    pub settled: bool,
    /// Whether this is the end of a residual: from then on, nobody may stay beyond the phase's own ceiling.
    pub residual_ends: bool,
}

pub(crate) fn set_by(terms: &Terms, setter: SetBy<Origin>) -> SetBy<&str> {
    setter.map(|at| at.phase(terms).map_or("", |phase| phase.id.as_str()))
}
