//! The agreements that the examples of the documentation ask about: the plan of 2024 for the end of the coalition mission in
//! Iraq, and a small one.

use crate::terms::{
    Act, ActKind, Baseline, ConsentMode, Deadline, Force, GatedStep, Instrument, Limit, Part, Party, Period, Phase,
    Quantity, Residual, ResidualStatus, Role, Source, Terms,
};
use crate::{Agreement, day};

/// The plan as a document.
#[must_use]
pub fn iraq_terms() -> Terms {
    let reported = day!(2024, 9, 6);
    let summer = Period::Between(Part::Month(2024, 7), Part::Month(2024, 8));
    Terms::new("US-Iraq plan for the end of the coalition mission, as reported in September 2024")
        .instrument(Instrument::JointStatement)
        .consent_before([GatedStep::Announcement, GatedStep::Execution])
        .party(Party::new("IRQ", "Iraq", Role::Receiving))
        .party(Party::new("USA", "United States", Role::Sending))
        .force(
            Force::new("us")
                .party("USA")
                .name("US troops in Iraq")
                .baseline(Baseline::new(Quantity::About(2_500), reported).source("report")),
        )
        .phase(Phase::new("1", Deadline::month(2025, 9)).limit(Limit::withdraw(Quantity::Hundreds)))
        .phase(Phase::new("2", Deadline::end_of_year(2026)).limit(Limit::remain(0)))
        .residual(Residual::new(Quantity::Unspecified, ResidualStatus::Proposed))
        .act(Act::new(summer, ActKind::AnnouncementPostponed))
        .act(Act::new(reported, ActKind::TextAgreed))
        .source("report", Source::new("News report of the agreed plan"))
}

/// The plan as an agreement; a test validates it.
#[must_use]
pub fn iraq() -> Agreement {
    Agreement::resolved_only(iraq_terms(), None)
}

/// A small plan that binds: of 1,000 people at most 500 stay by 30 June 2025, and nobody by the end of the year.
#[must_use]
pub fn plan() -> Agreement {
    let terms = Terms::new("Plan")
        .party(Party::new("S", "Sender", Role::Sending).consent(ConsentMode::None))
        .force(Force::new("f").baseline(Baseline::new(1_000, day!(2024, 12, 31))))
        .phase(Phase::new("1", Deadline::day(day!(2025, 6, 30))).limit(Limit::remain(500)))
        .phase(Phase::new("2", Deadline::day(day!(2025, 12, 31))).limit(Limit::remain(0)))
        .act(Act::new(day!(2025, 1, 1), ActKind::Announced));
    Agreement::resolved_only(terms, None)
}
