//! As written: the agreement document, plain data with public fields.

mod amendment;
mod band;
mod cited;
mod deadline;
mod document;
mod event;
mod force;
pub(crate) mod grammar;
mod party;
mod period;
mod phase;
mod quantity;
pub(crate) mod read;
mod record;
mod share;
mod source;
pub(crate) mod words;

pub use crate::day::parse_day;
pub use amendment::{Amendment, Change, NewBaseline, PhaseChange};
pub(crate) use band::thousands;
pub use band::{Band, MAX_PEOPLE};
pub use deadline::{Deadline, MAX_DEPTH};
pub use document::{BindsFrom, Instrument, Step, Terms};
pub use event::{Event, Offset};
pub use force::{Baseline, Force};
pub use grammar::GrammarError;
pub use party::{ConsentMode, Party, Role};
pub use period::{Part, Period};
pub use phase::{Limit, LimitKind, Phase, Residual, ResidualStatus, Standing};
pub use quantity::Quantity;
pub use record::{Act, ActKind};
pub use share::{Fraction, Ratio, Share, ShareBand};
pub use source::{Citation, Source};
pub use words::UnknownWord;
