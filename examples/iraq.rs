//! The US-Iraq plan of 2024, as reported on 6 September 2024: written down in Rust, and asked.
//!
//! `cargo run --example iraq`

use std::error::Error;

use chrono::NaiveDate;
use force_drawdown::{
    Act, ActKind, Agreement, Band, Baseline, Ceiling, Deadline, Force, GatedStep, Instrument, Interpolation, Limit,
    Part, Party, Period, Phase, Planned, Quantity, Residual, ResidualStatus, Role, Source, Terms, Violations, day,
};

const REPORT: &str = "https://english.aawsat.com/arab-world/\
                      5058336-us-iraq-deal-would-see-hundreds-troops-withdraw-first-year-sources-say";

fn main() -> Result<(), Box<dyn Error>> {
    let reported = day!(2024, 9, 6);
    let agreement = plan(reported)?;
    print!("{}", briefing(&agreement, reported));
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

fn briefing(agreement: &Agreement, on: NaiveDate) -> String {
    let terms = agreement.terms();
    let mut lines = vec![terms.title.clone(), String::new()];
    lines.push(format!("On {}: {}.", Part::Day(on), agreement.approval_on(on).sentence(terms)));
    let postponed = agreement.postponements_on(on);
    lines.push(format!(
        "The announcement has been postponed {postponed} time{}.",
        if postponed == 1 { "" } else { "s" }
    ));
    for step in [GatedStep::Announcement, GatedStep::Execution] {
        let blockers: Vec<String> =
            agreement.blockers_on(step, on).iter().map(|blocker| blocker.sentence(terms)).collect();
        lines.push(format!(
            "Before {step}: {}.",
            if blockers.is_empty() { "nothing".into() } else { blockers.join("; ") }
        ));
    }
    lines.push(format!("It {} on that day.", if agreement.binds_on(on) { "binds" } else { "does not bind yet" }));
    lines.push(String::new());
    lines.extend(quarters(agreement));
    lines.push(String::new());
    lines.extend(residual(agreement));
    lines.push(String::new());
    lines.push("Unknown".into());
    lines.extend(agreement.unknowns_on(on, &[]).iter().map(|unknown| format!("  - {unknown}")));
    lines.push(String::new());
    lines.push("Timeline".into());
    lines.extend(agreement.timeline().map(|dated| format!("  {dated}")));
    lines.join("\n") + "\n"
}

/// Required and planned bands at the end of each quarter.
fn quarters(agreement: &Agreement) -> Vec<String> {
    let Some(schedule) = agreement.schedule("us") else { return Vec::new() };
    let row = |quarter: &str, required: &str, planned: &str| format!("  {quarter:7}  {required:17}  {planned}");
    let mut lines = vec![
        "US troops in Iraq, at the end of each quarter".into(),
        row("End of", "required, at most", "planned (linear)"),
        row(&"-".repeat(7), &"-".repeat(17), &"-".repeat(16)),
    ];
    let quarters = (2024..=2027).flat_map(|year| (1..=4).map(move |quarter| (year, quarter)));
    for (year, quarter) in quarters.skip(2).take(11) {
        let part = Part::Quarter(year, quarter);
        let Some(last) = part.window().map(force_drawdown::Window::latest) else { continue };
        let planned = schedule.planned_on(last, Interpolation::Linear);
        lines.push(row(&part.to_string(), &required(schedule.required_on(last)), &path(planned)));
    }
    lines
}

fn required(ceiling: Option<Ceiling<&str>>) -> String {
    ceiling.map_or_else(|| "nothing yet".into(), |ceiling| ceiling.to_string())
}

fn path(planned: Planned) -> String {
    match planned.low.and_then(|low| Band::new(low, planned.high)) {
        Some(band) => band.to_string(),
        None => "not known".into(),
    }
}

fn residual(agreement: &Agreement) -> Vec<String> {
    let one = |residual: &Residual| {
        let purpose = residual.purpose.as_deref().unwrap_or("a purpose not stated");
        format!("Residual: {} people ({}) for an {purpose}.", residual.strength, residual.status)
    };
    agreement.terms().residual.iter().map(one).collect()
}
