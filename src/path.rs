//! Places in a document.

use std::fmt::Write;

use crate::wording::path_key;

/// A step of the way from the document to a value.
#[derive(Debug)]
pub(crate) enum Segment {
    /// A field of an object.
    Field(&'static str),
    /// A key that the document chose.
    Key(String),
    /// A place in a list.
    Index(usize),
}

impl Segment {
    pub(crate) fn key(key: &str) -> Self {
        Self::Key(path_key(key))
    }
}

/// The way as paths write it, such as `phases[1].limits[0]`.
pub(crate) fn path(segments: &[Segment]) -> String {
    let mut path = String::new();
    for segment in segments {
        let dot = if path.is_empty() { "" } else { "." };
        // Writing to a string cannot fail.
        let _ = match segment {
            Segment::Field(name) => write!(path, "{dot}{name}"),
            Segment::Key(key) => write!(path, "{dot}{key}"),
            Segment::Index(index) => write!(path, "[{index}]"),
        };
    }
    path
}
