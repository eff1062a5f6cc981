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
    let mut terms = Terms::new("US-Iraq plan for the end of the coalition mission, as reported in September 2024");
    terms.instrument = Some(Instrument::JointStatement);
    terms.consent_before = Some(vec![GatedStep::Announcement, GatedStep::Execution]);
    terms.parties = vec![Party::new("IRQ", "Iraq", Role::Receiving), Party::new("USA", "United States", Role::Sending)];
    let reported = day!(2024, 9, 6);
    terms.forces = vec![Force {
        party: Some("USA".to_owned()),
        name: Some("US troops in Iraq".to_owned()),
        baseline: Some(Baseline { source: vec!["report".into()], ..Baseline::new(Quantity::about(2_500), reported) }),
        ..Force::new("us")
    }];
    terms.phases = vec![
        Phase::new("1", Deadline::month(2025, 9)).limit(Limit::withdraw(Quantity::hundreds())),
        Phase::new("2", Deadline::end_of_year(2026)).limit(Limit::remain(0)),
    ];
    terms.residual = vec![Residual::new(Quantity::unspecified(), ResidualStatus::Proposed)];
    let summer = Period::Between(Part::month(2024, 7), Part::month(2024, 8));
    terms.record = vec![Act::new(summer, ActKind::AnnouncementPostponed), Act::new(reported, ActKind::TextAgreed)];
    terms.sources.insert("report".to_owned(), Source::new("News report of the agreed plan"));
    terms
}

/// The plan as an agreement; a test validates it.
#[must_use]
pub fn iraq() -> Agreement {
    Agreement::resolved_only(iraq_terms(), None)
}

/// A small plan that binds: of 1,000 people at most 500 stay by 30 June 2025, and nobody by the end of the year.
#[must_use]
pub fn plan() -> Agreement {
    let mut terms = Terms::new("Plan");
    terms.parties = vec![Party { consent: Some(ConsentMode::None), ..Party::new("S", "Sender", Role::Sending) }];
    terms.forces = vec![Force { baseline: Some(Baseline::new(1_000, day!(2024, 12, 31))), ..Force::new("f") }];
    terms.phases = vec![
        Phase::new("1", Deadline::day(day!(2025, 6, 30))).limit(Limit::remain(500)),
        Phase::new("2", Deadline::day(day!(2025, 12, 31))).limit(Limit::remain(0)),
    ];
    terms.record = vec![Act::new(day!(2025, 1, 1), ActKind::Announced)];
    Agreement::resolved_only(terms, None)
}
