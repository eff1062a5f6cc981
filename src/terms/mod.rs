//! As written: the agreement document, plain data with public fields.
//!
//! The types of a document are listed at the [root of the crate](crate); here are the smaller parts of them.

mod act;
mod amendment;
mod conversions;
mod deadline;
mod document;
mod event;
pub(crate) mod fields;
mod force;
pub(crate) mod fraction;
mod party;
mod period;
mod phase;
mod quantity;
mod share;
mod source;
pub(crate) mod spelling;
pub(crate) mod state_codes;
pub(crate) mod vocabulary;

pub(crate) use crate::band::{Band, MAX_PEOPLE};
pub use crate::wording::{GrammarError, UnknownWord};
pub use amendment::Effective;
pub use event::Offset;
pub use fraction::{Ratio, ShareBand};
pub use source::Citation;

// A type that is exported at the root has its page there alone.
#[doc(hidden)]
pub use self::{
    act::{Act, ActKind},
    amendment::{Amendment, Change, NewBaseline, PhaseChange},
    deadline::Deadline,
    document::{BindsFrom, GatedStep, Instrument, Terms},
    event::Event,
    force::{Baseline, Force},
    party::{ConsentMode, Party, Role},
    period::{Part, Period},
    phase::{Limit, LimitKind, Phase, Residual, ResidualStatus, Standing},
    quantity::Quantity,
    share::Share,
    source::Source,
};
pub(crate) use deadline::MAX_DEPTH;
pub(crate) use quantity::{PEOPLE, is_of};
// The tables of fields, for reading.
pub(crate) use self::{
    act::act_fields,
    amendment::amendment_fields,
    document::terms_fields,
    force::{baseline_fields, force_fields},
    party::party_fields,
    phase::{phase_fields, residual_fields},
    source::{citation_fields, source_fields},
};
