//! What was reported of a force, and how it is read from any self-describing format, with every mistake and its path.

use chrono::NaiveDate;
use serde::Serialize;
use serde::de::{Deserialize, Deserializer};
use serde::ser::SerializeMap;

use crate::day;
use crate::findings::Rule;
use crate::reading::{Ctx, Read, ReadError, deserialize, object, read, text};
use crate::terms::fields::fields;
use crate::terms::vocabulary::vocabulary;
use crate::terms::{Period, Quantity, Share, Terms};
use crate::wording::list;

vocabulary! {
    /// How far an observation is to be relied on.
    #[derive(Default)]
    ObservationKind {
        /// A count that is judged.
        #[default]
        Count = "count",
        /// A number that is foretold; shown and never judged.
        Forecast = "forecast",
        /// A count that is not reliable; shown and never judged.
        Doubtful = "doubtful",
    }
}

/// The number that an observation gives; displayed as `about 2000 present`, `hundreds withdrawn` or `50% withdrawn`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// The number of people who are there.
    Present(Quantity),
    /// The number of people who have left since the baseline.
    Withdrawn(Quantity),
    /// The share of the baseline that has left.
    WithdrawnShare(Share),
}

fields! {
    /// A reported count of a force at the end of a day, or of one of the days of a window.
    ///
    /// Written as an object with the fields of a row of CSV, in their order; absent fields are left out.
    ///
    /// ```
    /// use force_drawdown::{Observation, ObservationKind, Part, Quantity, Share, Terms, day};
    /// let json = r#"[{ "date": "2025-09", "present": "about 2000", "source": "report" }]"#;
    /// let seen: Vec<Observation> = serde_json::from_str(json)?;
    /// let september = Observation::present(Part::Month(2025, 9), Quantity::About(2_000));
    /// assert_eq!(seen, [september.source("report")]);
    /// assert_eq!(seen[0].kind(), ObservationKind::Count);
    /// assert_eq!(seen[0].known_from(&Terms::new("Plan")), Some(day!(2025, 9, 30)));
    ///
    /// let left = Observation::withdrawn_share(day!(2025, 9, 30), Share::percent(20));
    /// assert_eq!(left.of("us").counted.to_string(), "20% withdrawn");
    /// let planned = Observation::withdrawn(day!(2026, 1, 1), 700);
    /// assert!(planned.of_kind(ObservationKind::Forecast).kind() != ObservationKind::Count);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    Observation("A count of the only force of a document.", date: impl Into<Period>, counted: Counted) {
        /// The force; may be left out where the document has one.
        optional text force as of;
        /// The day, or a stretch of days where it is not known.
        required given date: Period;
        /// The day until which it was so every day, where `date` is a day.
        optional value until: NaiveDate;
        /// The number.
        flattened given counted: Counted;
        /// The day of the baseline since which so many have left, where the force has several.
        optional value since: NaiveDate;
        /// When it was published; else when its source was, else on its last day, until which it held.
        optional value published: NaiveDate;
        /// A key of the document's sources, or free text.
        optional text source;
        /// How far it is to be relied on; `None` is read as a count.
        optional value kind as of_kind: ObservationKind;
        /// Anything else a reader should know.
        optional text note;
    }
}

impl std::fmt::Display for Counted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.number(), if let Self::Present(_) = self { "present" } else { "withdrawn" })
    }
}

impl Counted {
    /// The names of the fields that give a number, of which an observation has one.
    pub(in crate::assessment) const FIELDS: [&'static str; 3] = ["present", "withdrawn", "withdrawn_share"];

    /// The number that is written; else the names of what was found instead of one.
    pub(super) fn one_of(written: [Option<Self>; 3]) -> Result<Self, String> {
        match written {
            [Some(only), None, None] | [None, Some(only), None] | [None, None, Some(only)] => Ok(only),
            _ => Err(Self::names(written.map(|one| one.is_some()))),
        }
    }

    /// The names of the fields that are written.
    pub(super) fn names(written: [bool; 3]) -> String {
        list(Self::FIELDS.into_iter().zip(written).filter_map(|(name, is)| is.then_some(name)))
    }

    pub(super) const fn field(self) -> &'static str {
        let [present, withdrawn, share] = Self::FIELDS;
        match self {
            Self::Present(_) => present,
            Self::Withdrawn(_) => withdrawn,
            Self::WithdrawnShare(_) => share,
        }
    }

    /// Writes it as the field of its name.
    fn write<M: SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Present(quantity) | Self::Withdrawn(quantity) => object.serialize_entry(self.field(), quantity),
            Self::WithdrawnShare(share) => object.serialize_entry(self.field(), share),
        }
    }

    pub(super) fn number(self) -> String {
        match self {
            Self::Present(quantity) | Self::Withdrawn(quantity) => quantity.to_string(),
            Self::WithdrawnShare(share) => share.to_string(),
        }
    }
}

impl Observation {
    /// A count of people who were there.
    #[must_use]
    pub fn present(date: impl Into<Period>, quantity: impl Into<Quantity>) -> Self {
        Self::new(date, Counted::Present(quantity.into()))
    }

    /// A count of people who had left since the baseline.
    #[must_use]
    pub fn withdrawn(date: impl Into<Period>, quantity: impl Into<Quantity>) -> Self {
        Self::new(date, Counted::Withdrawn(quantity.into()))
    }

    /// This share of the baseline had left.
    #[must_use]
    pub fn withdrawn_share(date: impl Into<Period>, share: Share) -> Self {
        Self::new(date, Counted::WithdrawnShare(share))
    }

    /// How far it is to be relied on.
    #[must_use]
    pub fn kind(&self) -> ObservationKind {
        self.kind.unwrap_or_default()
    }

    /// The days on which it held, if it did so for more than one.
    pub(super) fn held(&self) -> Option<day::Window> {
        let first = self.date.window().filter(|days| days.earliest() == days.latest())?.earliest();
        day::Window::new(first, self.until.filter(|&until| until > first && day::is_in_range(until))?)
    }

    /// The day from which it is known: that of its publication, else of its source's, else its own last day.
    #[must_use]
    pub fn known_from(&self, terms: &Terms) -> Option<NaiveDate> {
        let of_source = || terms.sources.get(self.source.as_deref()?)?.published;
        let of_itself = || self.held().or(self.date.window()).map(day::Window::latest);
        self.published.or_else(of_source).or_else(of_itself)
    }
}

text! { ObservationKind, "a word such as \"count\"", Unlisted; }

impl Read for Observation {
    const EXPECTED: &'static str = "an observation (a table or object)";

    // The date is asked for last, so that a mistake in it hides none in the number.
    object! { {
        optional force, raw date, optional until, optional present, optional withdrawn, optional withdrawn_share,
        optional since, optional published, optional source, optional kind, optional note,
    } => |ctx, unknown_before| {
        let share = withdrawn_share.map(Counted::WithdrawnShare);
        let counted = Counted::one_of([present.map(Counted::Present), withdrawn.map(Counted::Withdrawn), share]);
        let counted = counted.map_err(|found| {
            // A field that is misspelled is one mistake and not two.
            if ctx.findings.unknown_fields() == unknown_before {
                ctx.report(Rule::CountKind { found });
            }
        });
        let read = |(date, counted)| Self { force, date, until, counted, since, published, source, kind, note };
        date.required("date", ctx).zip(counted.ok()).map(read)
    } }
}

impl Observation {
    /// Reads a list of observations in a format that describes itself, as JSON does, and reports every mistake with its
    /// path, such as `[3].date`. [`Deserialize`] reads the same, with all mistakes in the text of one error.
    /// [`Agreement::check_observations`](crate::Agreement::check_observations) also knows the forces.
    ///
    /// # Errors
    ///
    /// [`ReadError::Syntax`] where the format's own parser stops; else [`ReadError::Invalid`] with every `unknown-field`,
    /// `missing-field`, `duplicate-key`, `wrong-type`, `malformed-quantity`, `malformed-share`, `malformed-deadline` (of
    /// `date`), `malformed-date`, `unknown-word` and `count-kind`.
    ///
    /// ```
    /// use force_drawdown::{Observation, ReadError};
    /// let json = r#"[{ "date": "2025-09", "present": 5 },
    ///     { "date": "2025-9", "present": 5, "withdrawn": 6 }]"#;
    /// let mut json = serde_json::Deserializer::from_str(json);
    /// let read = Observation::read_list(&mut json);
    /// let Err(ReadError::Invalid(invalid)) = read else { unreachable!() };
    /// let paths: Vec<_> = invalid.violations().iter().map(|found| found.path()).collect();
    /// assert_eq!(paths, ["[1].date", "[1]"]);
    /// ```
    pub fn read_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Self>, ReadError<D::Error>> {
        read(deserializer)
    }

    /// Reads the whole text of a JSON file with a list of observations, as [`read_list`](Self::read_list) does. A byte
    /// order mark is skipped.
    ///
    /// # Errors
    ///
    /// Those of [`read_list`](Self::read_list); text after the list is a [`ReadError::Syntax`].
    ///
    /// ```
    /// use force_drawdown::Observation;
    /// let json = br#"[{ "date": "2025-09", "present": 1e3 }]"#;
    /// let seen = Observation::read_json(json).unwrap();
    /// assert_eq!(seen[0].counted.to_string(), "1000 present");
    /// ```
    #[cfg(feature = "serde_json1")]
    pub fn read_json(bytes: &[u8]) -> Result<Vec<Self>, ReadError<serde_json::Error>> {
        crate::reading::read_json(bytes, |json| Self::read_list(json))
    }
}

deserialize! { Observation, ObservationKind }
