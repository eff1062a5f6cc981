//! Phased force-drawdown agreements as checked data.

mod day;
mod violation;

pub mod terms;

mod schedule;

mod agreement;

mod assessment;

pub use agreement::*;
pub use assessment::*;
pub use day::Window;
pub use schedule::{Ceiling, Due, Interpolation, Milestone, Planned, Schedule, SetBy};
pub use terms::{
    Act, ActKind, Amendment, Band, Baseline, BindsFrom, Change, Citation, ConsentMode, Deadline, Event, Force,
    GrammarError, Instrument, Limit, LimitKind, NewBaseline, Offset, Part, Party, Period, Phase, PhaseChange, Quantity,
    Ratio, Residual, ResidualStatus, Role, Share, Source, Standing, Step, Terms,
};
pub use violation::{Invalid, Rule, Violation};
