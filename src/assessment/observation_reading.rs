//! Observations from any self-describing format, with every mistake and its path.

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, Error, MapAccess};

use super::observation::{Counted, Observation, ObservationKind};
use crate::findings::Rule;
use crate::reading::{Ctx, Read, ReadError, Slot, collect, object};
use crate::terms::{Period, Quantity, Share};

impl Read for ObservationKind {
    const EXPECTED: &'static str = "a word such as \"count\"";

    fn from_text(text: &str, ctx: &mut Ctx) -> Option<Self> {
        text.parse().map_err(|error| ctx.report(Rule::Unlisted { error })).ok()
    }
}

/// The fields of an observation, before its number and date are asked for, so that a mistake in one hides none in the other.
struct Written {
    force: Option<String>,
    date: Slot<Period>,
    counted: Result<Counted, String>,
    published: Option<NaiveDate>,
    source: Option<String>,
    kind: Option<ObservationKind>,
    note: Option<String>,
}

object! { Written, "an observation (a table or object)", {
    optional force: Option<String>,
    raw date: Period,
    optional present: Option<Quantity>,
    optional withdrawn: Option<Quantity>,
    optional withdrawn_share: Option<Share>,
    optional published: Option<NaiveDate>,
    optional source: Option<String>,
    optional kind: Option<ObservationKind>,
    optional note: Option<String>,
} => {
    let counted = Counted::one_of(present, withdrawn, withdrawn_share);
    Self { force, date, counted, published, source, kind, note }
} }

impl Read for Observation {
    const EXPECTED: &'static str = Written::EXPECTED;

    fn from_object<'de, A: MapAccess<'de>>(object: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        let before = ctx.count();
        let Some(written) = Written::from_object(object, ctx)? else { return Ok(None) };
        let Written { force, date, counted, published, source, kind, note } = written;
        let counted = counted.map_err(|found| {
            // A field that is misspelled is one mistake and not two.
            if !ctx.has_unknown_field_since(before) {
                ctx.report(Rule::CountKind { found });
            }
        });
        let date = date.required("date", ctx);
        let both = date.zip(counted.ok());
        Ok(both.map(|(date, counted)| Self { force, date, counted, published, source, kind, note }))
    }
}

impl Observation {
    /// Reads a list of observations, and reports every mistake with its path, such as `[3].date`.
    ///
    /// The format must describe itself, as JSON does. [`Deserialize`] reads the same, with all mistakes in the text of one
    /// error. Whether the forces are those of an agreement is not checked here:
    /// [`Agreement::check_observations`](crate::Agreement::check_observations) does.
    ///
    /// # Errors
    ///
    /// [`ReadError::Syntax`] where the format's own parser stops; else [`ReadError::Invalid`] with every `unknown-field`,
    /// `missing-field`, `duplicate-key`, `wrong-type`, `malformed-quantity`, `malformed-share`, `malformed-deadline` (of
    /// `date`), `malformed-date`, `unknown-word` and `count-kind`.
    ///
    /// # Examples
    ///
    /// ```
    /// use force_drawdown::{Observation, ReadError};
    ///
    /// let json = r#"[{ "date": "2025-09", "present": 5 }, { "date": "2025-9", "present": 5, "withdrawn": 6 }]"#;
    /// let Err(ReadError::Invalid(invalid)) = Observation::read_list(&mut serde_json::Deserializer::from_str(json)) else {
    ///     unreachable!("it has two mistakes");
    /// };
    /// let paths: Vec<_> = invalid.violations().iter().map(|violation| violation.path()).collect();
    /// assert_eq!(paths, ["[1].date", "[1]"]);
    /// ```
    pub fn read_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Self>, ReadError<D::Error>> {
        collect(deserializer).map_err(ReadError::Syntax)?.into_sound().map_err(ReadError::Invalid)
    }
}

impl<'de> Deserialize<'de> for Observation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        collect(deserializer)?.into_sound().map_err(Error::custom)
    }
}

impl<'de> Deserialize<'de> for ObservationKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        collect(deserializer)?.into_sound().map_err(Error::custom)
    }
}
