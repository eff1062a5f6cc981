//! Places in a document: the way to a value, step by step.

use std::fmt;
use std::sync::Arc;

use crate::wording::{OnALine, excerpt};

/// One step of the way from the whole document to a value.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Segment {
    /// A field of the format.
    Field(&'static str),
    /// A key that the document chose; all findings below it share its text.
    Key(Arc<str>),
    /// A member of a list, counted from 0.
    Index(usize),
}

impl Segment {
    pub(crate) fn key(key: &str) -> Self {
        Self::Key(key.into())
    }
}

/// A place in a document.
///
/// Displayed as its path, such as `phases[1].limits[0].withdraw`, or `document` for the whole of it. Long keys are cut,
/// and control characters are escaped.
///
/// ```
/// use force_drawdown::{Terms, findings::Segment};
/// let invalid = Terms::new("Plan").validate().unwrap_err();
/// let place = invalid.violations()[0].place();
/// assert_eq!(place.to_string(), "parties");
/// assert_eq!(place.segments(), [Segment::Field("parties")]);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, Debug)]
pub struct Place(Vec<Segment>);

impl Place {
    /// The whole document.
    pub(crate) const WHOLE: Self = Self(Vec::new());

    /// The steps of the way; none for the whole document.
    ///
    /// ```
    /// use force_drawdown::{catalog, findings::Segment};
    /// let mut terms = catalog::get("us-iraq-2024").unwrap().agreement.into_terms();
    /// terms.forces[0].id = "no id".into();
    /// let invalid = terms.validate().unwrap_err();
    /// let way = [Segment::Field("forces"), Segment::Index(0), Segment::Field("id")];
    /// assert_eq!(invalid.violations()[0].place().segments(), way);
    /// ```
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// A field of the value at this place.
    #[must_use]
    pub(crate) fn field(self, name: &'static str) -> Self {
        self.then(Segment::Field(name))
    }

    /// A member of the list at this place.
    #[must_use]
    pub(crate) fn index(self, index: usize) -> Self {
        self.then(Segment::Index(index))
    }

    #[must_use]
    pub(crate) fn then(mut self, segment: Segment) -> Self {
        self.0.push(segment);
        self
    }

    pub(crate) fn enter(&mut self, segment: Segment) {
        self.0.push(segment);
    }

    pub(crate) fn leave(&mut self) {
        self.0.pop();
    }

    /// The place is below a segment that was not yet known.
    pub(crate) fn put_below(&mut self, segment: Segment) {
        self.0.insert(0, segment);
    }
}

impl From<&'static str> for Place {
    fn from(field: &'static str) -> Self {
        Self::WHOLE.field(field)
    }
}

/// Longer keys are cut, for a path is written once for each finding below it.
const LONGEST_KEY: usize = 64;

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An empty key of the document itself shows nothing of its own.
        if self.0.iter().all(|segment| matches!(segment, Segment::Key(key) if key.is_empty())) {
            return f.write_str("document");
        }
        for (position, segment) in self.0.iter().enumerate() {
            let dot = if position == 0 { "" } else { "." };
            match segment {
                Segment::Field(name) => write!(f, "{dot}{name}")?,
                Segment::Key(key) if key.len() > LONGEST_KEY => write!(f, "{dot}{}", OnALine(excerpt(key)))?,
                Segment::Key(key) => write!(f, "{dot}{}", OnALine(key))?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
