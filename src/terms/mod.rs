//! As written: the agreement document, plain data with public fields.

mod act;
mod amendment;
mod deadline;
mod document;
mod event;
mod force;
pub(crate) mod fraction;
mod party;
mod period;
mod phase;
mod quantity;
pub(crate) mod setters;
mod share;
mod source;
pub(crate) mod spelling;
pub(crate) mod vocabulary;
mod written_form;

pub use crate::band::{Band, MAX_PEOPLE};
pub use crate::day::parse_day;
pub use crate::wording::{GrammarError, UnknownWord};
pub use act::{Act, ActKind};
pub use amendment::{Amendment, Change, NewBaseline, PhaseChange};
pub use deadline::{Deadline, MAX_DEPTH};
pub use document::{BindsFrom, GatedStep, Instrument, Terms};
pub use event::{Event, Offset};
pub use force::{Baseline, Force};
pub use fraction::{Ratio, ShareBand};
pub use party::{ConsentMode, Party, Role};
pub use period::{Part, Period};
pub use phase::{Limit, LimitKind, Phase, Residual, ResidualStatus, Standing};
pub use quantity::Quantity;
pub use share::Share;
pub use source::{Citation, Source};
