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

/// Nothing: a null, or the empty text in TOML, which has no null. No id and no deadline is empty.
fn nothing<S: Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
    if std::any::type_name::<S>().trim_start_matches("&mut ").starts_with("toml") {
        serializer.serialize_str("")
    } else {
        serializer.serialize_unit()
    }
}

/// A value that is written even where it is not there.
#[expect(clippy::ref_option, reason = "serde calls it with a reference")]
pub(super) fn serialize_null<S: Serializer, T: Serialize>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => value.serialize(serializer),
        None => nothing(serializer),
    }
}

/// A field that is set, or taken away.
#[expect(clippy::ref_option, clippy::option_option, reason = "serde calls it with a reference to the field")]
pub(super) fn serialize_taken_away<S: Serializer, T: Serialize>(
    field: &Option<Option<T>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match field {
        Some(Some(value)) => value.serialize(serializer),
        _ => nothing(serializer),
    }
}
