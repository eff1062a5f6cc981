//! Serialising of the fields whose written form is not that of their type.

use serde::{Serialize, Serializer};

use super::Citation;

/// A lone plain citation is written as its key, anything else as a list.
pub(super) fn serialize<S: Serializer>(citations: &[Citation], serializer: S) -> Result<S::Ok, S::Error> {
    match citations {
        [Citation { source, clause: None, quote: None }] => serializer.serialize_str(source),
        _ => citations.serialize(serializer),
    }
}

/// A null where there is nothing, which a format without one refuses rather than loses.
pub(super) fn serialize_null<S: Serializer, T: Serialize>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => value.serialize(serializer),
        None => serializer.serialize_unit(),
    }
}

/// A field that is taken away is a null, which a format without one refuses rather than loses.
pub(super) fn serialize_taken_away<S: Serializer, T: Serialize>(
    field: &Option<Option<T>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match field {
        Some(Some(value)) => value.serialize(serializer),
        _ => serializer.serialize_unit(),
    }
}
