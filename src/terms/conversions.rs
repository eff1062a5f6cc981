//! What becomes what by itself, where a part of a document is asked for.

use chrono::NaiveDate;

use super::{
    Baseline, Change, Citation, Deadline, Effective, Event, Force, Limit, LimitKind, NewBaseline, Offset, Part, Period,
    PhaseChange, Quantity,
};

macro_rules! conversions {
    ($($(#[$meta:meta])* $from:ty => $into:ty: |$value:ident| $is:expr;)+) => {$(
        $(#[$meta])*
        impl From<$from> for $into {
            fn from($value: $from) -> Self {
                $is
            }
        }
    )+};
}

conversions! {
    u32 => Quantity: |n| Self::Exact(n);
    Part => Period: |part| Self::Of(part);
    NaiveDate => Period: |day| Self::Of(Part::Day(day));
    Part => Deadline: |part| Self::Period(part.into());
    Period => Deadline: |period| Self::Period(period);
    LimitKind => Limit: |kind| Self { force: None, kind, note: None, source: Vec::new() };
    &str => Citation: |source| Self::new(source);
    NaiveDate => Effective: |day| Self::On(day);
    Event => Effective: |event| Self::After { event, offset: Offset::default() };
    PhaseChange => Change: |change| Self::Phase(change);
    /// Adds the force.
    Force => Change: |add_force| Self::AddForce { add_force };
    NewBaseline => Change: |baseline| Self::Baseline { baseline };
    /// A new baseline of the only force.
    Baseline => Change: |baseline| NewBaseline::new(baseline).into();
    Baseline => NewBaseline: |baseline| Self::new(baseline);
}
