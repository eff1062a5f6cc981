//! The US-Iraq plan of 2024, as reported on 6 September 2024: written down in Rust, and asked.
//!
//! `cargo run --example iraq`

use std::error::Error;

use force_drawdown::{
    Act, ActKind, Agreement, Band, Baseline, Deadline, Force, GatedStep, Instrument, Interpolation, Limit, Part, Party,
    Period, Phase, Quantity, Residual, ResidualStatus, Role, Source, Terms, Violations, chrono::NaiveDate, day,
};

const REPORT: &str = "https://english.aawsat.com/arab-world/\
                      5058336-us-iraq-deal-would-see-hundreds-troops-withdraw-first-year-sources-say";

fn main() -> Result<(), Box<dyn Error>> {
    let on = day!(2024, 9, 6);
    let agreement = plan(on)?;
    let terms = agreement.terms();
    println!("{}\n", terms.title);
    println!("On {on}: {}.", agreement.approval_on(on).sentence(terms));
    let postponed = agreement.postponements_on(on);
    let plural = if postponed == 1 { "" } else { "s" };
    println!("The announcement has been postponed {postponed} time{plural}.");
    for step in [GatedStep::Announcement, GatedStep::Execution] {
        let blockers = agreement.blockers_on(step, on);
        let blockers: Vec<_> = blockers.iter().map(|blocker| blocker.sentence(terms)).collect();
        println!("Before {step}: {}.", if blockers.is_empty() { "nothing".into() } else { blockers.join("; ") });
    }
    println!("It {} on that day.\n", if agreement.binds_on(on) { "binds" } else { "does not bind yet" });
    quarters(&agreement);
    for residual in &terms.residual {
        let purpose = residual.purpose.as_deref().unwrap_or("unknown purpose");
        println!("\nResidual: {} people ({}) for an {purpose}.", residual.strength, residual.status);
    }
    println!("\nUnknown");
    for unknown in agreement.unknowns_on(on, &[]) {
        println!("  - {unknown}");
    }
    println!("\nTimeline");
    for entry in agreement.timeline() {
        println!("  {entry}");
    }
    Ok(())
}

/// The plan: about 2,500 US troops; hundreds leave by September 2025, the rest by the end of 2026.
///
/// # Errors
///
/// None: the plan is legal.
#[allow(unreachable_pub, reason = "a test of the crate compares it with the document")]
pub fn plan(reported: NaiveDate) -> Result<Agreement, Violations> {
    let weeks = Period::Between(Part::Day(reported), Part::Month(2024, 10));
    let terms = Terms::new("US-Iraq plan for the end of the coalition mission, as reported in September 2024")
        .id("us-iraq-2024")
        .instrument(Instrument::JointStatement)
        .consent_before([GatedStep::Announcement, GatedStep::Execution])
        .party(Party::new("IRQ", "Iraq", Role::Receiving).iso3("IRQ").cow(645).gw(645))
        .party(Party::new("USA", "United States", Role::Sending).iso3("USA").cow(2).gw(2))
        .force(
            Force::new("us")
                .party("USA")
                .name("US troops in Iraq")
                .counting("as publicly announced; whether rotations overlap is not stated")
                .baseline(Baseline::new(Quantity::About(2_500), reported).source("report")),
        )
        .phase(Phase::new("1", Deadline::month(2025, 9)).limit(Limit::withdraw(Quantity::Hundreds)).source("report"))
        .phase(Phase::new("2", Deadline::end_of_year(2026)).limit(Limit::remain(0)).source("report"))
        .residual(
            Residual::new(Quantity::Unspecified, ResidualStatus::Proposed)
                .purpose("advisory relationship")
                .source("report"),
        )
        .act(
            Act::new(Period::Between(Part::Month(2024, 7), Part::Month(2024, 8)), ActKind::AnnouncementPostponed)
                .note("planned for earlier in the year")
                .source("report"),
        )
        .act(Act::event(reported, "technical-talks-concluded").source("report"))
        .act(Act::new(reported, ActKind::TextAgreed).source("report"))
        .act(Act::new(weeks, ActKind::Announced).expected().note("within weeks").source("report"))
        .source("report", Source::new("News report of the agreed plan").published(reported).url(REPORT));
    Agreement::try_from(terms)
}

/// What is required and what is planned at the end of each quarter.
fn quarters(agreement: &Agreement) {
    println!("US troops in Iraq, at the end of each quarter");
    println!("  End of   required, at most  planned (linear)");
    println!("  -------  -----------------  ----------------");
    let Some(schedule) = agreement.schedule("us") else { return };
    let quarters = (2024..=2027).flat_map(|year| (1..=4).map(move |quarter| Part::Quarter(year, quarter)));
    for quarter in quarters.skip(2).take(11) {
        let Some(days) = quarter.window() else { continue };
        let required = schedule.required_on(days.latest());
        let required = required.map_or("nothing yet".into(), |ceiling| ceiling.to_string());
        let planned = schedule.planned_on(days.latest(), Interpolation::Linear);
        let planned = planned.low.and_then(|low| Band::new(low, planned.high));
        let planned = planned.map_or("not known".into(), |band| band.to_string());
        println!("  {quarter}  {required:17}  {planned}");
    }
}
