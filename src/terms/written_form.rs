//! Serialising of the fields whose written form is not that of their type.

use serde::{Serialize, Serializer};

use super::Citation;

/// A lone plain citation is written as its key, anything else as a list.
pub(crate) struct Cited<'a>(pub(crate) &'a [Citation]);

impl Serialize for Cited<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            [Citation { source, clause: None, quote: None }] => serializer.serialize_str(source),
            citations => citations.serialize(serializer),
        }
    }
}

/// Writes citations for `serialize_with`.
pub(super) fn serialize<S: Serializer>(citations: &[Citation], serializer: S) -> Result<S::Ok, S::Error> {
    Cited(citations).serialize(serializer)
}

/// A value that is written even where it is absent, as the empty text: no id and no deadline is empty.
#[expect(clippy::ref_option, reason = "serde calls it with a reference")]
pub(super) fn serialize_absent<S: Serializer, T: Serialize>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => value.serialize(serializer),
        None => serializer.serialize_str(""),
    }
}

/// A field that is set, or taken away.
#[expect(clippy::ref_option, clippy::option_option, reason = "serde calls it with a reference to the field")]
pub(super) fn serialize_taken_away<S: Serializer, T: Serialize>(
    field: &Option<Option<T>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serialize_absent(&field.as_ref().and_then(Option::as_ref), serializer)
}
