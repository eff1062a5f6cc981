//! What a function is given: which argument is which, and of which type.

use datafusion_common::arrow::datatypes::DataType;
use datafusion_common::{Result, plan_err};

use crate::function::Question;

/// The type of the fingerprint, which no argument of a user has.
pub(crate) const FINGERPRINT: DataType = DataType::FixedSizeBinary(8);

/// Where the arguments of a call lie.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    /// The force is given by its key, and not by the names of the agreement and the force.
    pub(crate) by_key: bool,
    /// How many arguments there are without the fingerprint.
    pub(crate) own: usize,
    /// The last argument is the fingerprint of the documents.
    pub(crate) is_marked: bool,
}

impl Call {
    /// Reads a call from the types of its arguments.
    pub(crate) fn read(question: Question, types: &[DataType]) -> Result<Self> {
        let is_marked = types.last() == Some(&FINGERPRINT);
        let own = types.len().saturating_sub(usize::from(is_marked));
        let rest = question.rest().len();
        let most = if question.is_planned() { rest.saturating_add(1) } else { rest };
        let fits = |names: usize| (names.saturating_add(rest)..=names.saturating_add(most)).contains(&own);
        let by_key = match types.first() {
            // A null may be either.
            Some(DataType::Null) => !fits(2),
            first => question != Question::Key && first.is_some_and(DataType::is_integer),
        };
        if own == 0 || !fits(if by_key { 1 } else { 2 }) {
            return plan_err!("{} takes {}", question.name(), question.usage());
        }
        Ok(Self { by_key, own, is_marked })
    }

    /// How many arguments say which force is meant.
    pub(crate) fn names(self) -> usize {
        if self.by_key { 1 } else { 2 }
    }

    /// The place of the interpolation, if the call has one.
    pub(crate) fn how(self, question: Question) -> Option<usize> {
        let place = self.names().saturating_add(question.rest().len());
        (place < self.own).then_some(place)
    }

    /// The types that the arguments are cast to.
    pub(crate) fn coerced(self, question: Question, types: &[DataType]) -> Result<Vec<DataType>> {
        let names = if self.by_key { &[Kind::Key][..] } else { &[Kind::Name, Kind::Name] };
        let how = question.is_planned().then_some(&Kind::How);
        let kinds = names.iter().chain(question.rest()).chain(how);
        let mut coerced = Vec::with_capacity(types.len());
        for (kind, given) in kinds.zip(types.iter().take(self.own)) {
            if !kind.takes(given) {
                return plan_err!("{}: {} is {}, not {given}", question.name(), kind.name(), kind.wants());
            }
            coerced.push(kind.data_type());
        }
        coerced.extend(self.is_marked.then_some(FINGERPRINT));
        Ok(coerced)
    }
}

/// What an argument is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Name,
    Key,
    Day,
    Low,
    High,
    How,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "the agreement or the force",
            Self::Key => "the key",
            Self::Day => "the day",
            Self::Low => "the lowest number",
            Self::High => "the highest number",
            Self::How => "the interpolation",
        }
    }

    fn wants(self) -> &'static str {
        match self {
            Self::Name | Self::How => "text",
            Self::Key | Self::Low | Self::High => "a whole number",
            Self::Day => "a date, or a number of days since 1970-01-01",
        }
    }

    fn data_type(self) -> DataType {
        match self {
            Self::Name => DataType::Utf8View,
            Self::How => DataType::Utf8,
            Self::Day => DataType::Date32,
            Self::Key | Self::Low | Self::High => DataType::UInt32,
        }
    }

    /// Whether a type can be cast to that of the argument without a loss that nobody sees, such as that of a fraction.
    fn takes(self, given: &DataType) -> bool {
        let given = if let DataType::Dictionary(_, of) = given { of } else { given };
        given.is_null()
            || match self {
                Self::Name | Self::How => given.is_string(),
                Self::Key | Self::Low | Self::High => given.is_integer(),
                Self::Day => given.is_string() || given.is_integer() || given.is_temporal() && !is_time(given),
            }
    }
}

/// Whether a type is temporal but holds no day.
fn is_time(given: &DataType) -> bool {
    matches!(given, DataType::Time32(_) | DataType::Time64(_) | DataType::Duration(_) | DataType::Interval(_))
}
