//! Reading: in one pass over any self-describing format, every mistake is collected with its path.

mod change;
mod context;
mod deadline;
#[cfg(feature = "serde_json1")]
mod json;
mod leaves;
mod object;
mod objects;
mod units;
mod value;

use serde::de::{Deserialize, Deserializer, Error};

use crate::findings::{Findings, Violations};
use crate::terms::{
    Act, ActKind, Amendment, Baseline, BindsFrom, Change, Citation, ConsentMode, Deadline, Event, Force, GatedStep,
    Instrument, Limit, NewBaseline, Party, Period, Phase, PhaseChange, Quantity, Residual, ResidualStatus, Role, Share,
    Source, Standing, Terms,
};
pub(crate) use context::Ctx;
#[cfg(feature = "serde_json1")]
pub(crate) use json::{read_json, without_mark};
pub(crate) use leaves::text;
pub(crate) use object::{field, object, unknown};
pub(crate) use value::{KeySeed, Named, Read, Seed, Slot, is_scalar};

/// Why a document could not be read.
///
/// ```
/// use force_drawdown::{ReadError, Terms};
/// let error = Terms::read(&mut serde_json::Deserializer::from_str("[]")).unwrap_err();
/// assert!(matches!(error, ReadError::Invalid(_)));
/// ```
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum ReadError<E> {
    /// The text is not well-formed; the error is that of the format, and there is one.
    #[error("{0}")]
    Syntax(E),
    /// The text is well-formed, and its content is not legal; every mistake is listed.
    #[error("{0}")]
    Invalid(Violations),
}

impl Terms {
    /// Reads a document, and reports every mistake of its form.
    ///
    /// The format must describe itself, as JSON and TOML do. [`Deserialize`] reads the same, with all mistakes in the text
    /// of one error. What the parts say is not checked here: [`Agreement::try_from`](crate::Agreement) does.
    ///
    /// # Errors
    ///
    /// [`ReadError::Syntax`] where the format's own parser stops; else [`ReadError::Invalid`] with every `unknown-field`,
    /// `missing-field`, `duplicate-key`, `wrong-type`, `malformed-quantity`, `malformed-share`, `malformed-deadline`,
    /// `malformed-event`, `malformed-date`, `unknown-word`, `limit-kind`, `deadline-kind`, `deadline-too-deep`, `change-kind` and
    /// `empty-list` (of deadlines).
    ///
    /// # Examples
    ///
    /// ```
    /// use force_drawdown::{ReadError, Terms};
    ///
    /// let json = r#"{ "title": "Plan", "parties": [], "forces": [], "notes": 1,
    ///     "phases": [{ "id": "1", "by": "2025-9" }] }"#;
    /// let read = Terms::read(&mut serde_json::Deserializer::from_str(json));
    /// let Err(ReadError::Invalid(invalid)) = read else { unreachable!() };
    /// let paths: Vec<_> = invalid.violations().iter().map(|found| found.path()).collect();
    /// assert_eq!(paths, ["notes", "phases[0].by"]);
    /// ```
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, ReadError<D::Error>> {
        read(deserializer)
    }
}

/// Reads any value with every mistake, and with substitutes for what could not be read, so that the rest can be checked;
/// there is none where a part is lost without a substitute, for checks of the rest would report what is no mistake.
pub(crate) fn collect<'de, T: Read, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<(Option<T>, Findings), ReadError<D::Error>> {
    let mut ctx = Ctx::new();
    let mut value = Slot::Absent;
    deserializer.deserialize_any(Seed { ctx: &mut ctx, slot: &mut value }).map_err(ReadError::Syntax)?;
    let value = value.read();
    units::settle(value.as_ref(), &mut ctx.findings);
    Ok((value.filter(|_| !ctx.is_lost), ctx.findings))
}

/// Reads any value in which nothing is wrong.
pub(crate) fn read<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, ReadError<D::Error>> {
    let (value, mut findings) = collect(deserializer)?;
    findings.put_limits_last();
    match value {
        Some(value) => findings.into_result().map(|()| value).map_err(ReadError::Invalid),
        None => Err(ReadError::Invalid(findings.into_violations())),
    }
}

impl<E: Error> ReadError<E> {
    /// As an error of the format.
    pub(crate) fn into_format(self) -> E {
        match self {
            Self::Syntax(error) => error,
            Self::Invalid(invalid) => E::custom(invalid),
        }
    }
}

/// Implements `Deserialize` by reading; the error's text has a line for every violation.
macro_rules! deserialize {
    ($($type:ty),+ $(,)?) => {$(
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::reading::read(deserializer).map_err($crate::reading::ReadError::into_format)
            }
        }
    )+};
}

pub(crate) use deserialize;

deserialize! {
    Act, ActKind, Amendment, Baseline, BindsFrom, Change, Citation, ConsentMode, Deadline, Event, Force, Instrument,
    Limit, NewBaseline, Party, Period, Phase, PhaseChange, Quantity, Residual, ResidualStatus, Role, Share, Source,
    Standing, GatedStep, Terms,
}
