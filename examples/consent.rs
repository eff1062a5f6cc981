//! Who still has to say yes: a treaty between two capitals, one of which has to ask its cabinet and its parliament.
//!
//! `cargo run --example consent`

use std::error::Error;

use force_drawdown::{
    Act, ActKind, Agreement, Deadline, Force, GatedStep, Instrument, Limit, Party, Phase, Role, Terms,
    chrono::NaiveDate, day,
};

fn main() -> Result<(), Box<dyn Error>> {
    let terms = Terms::new("Treaty on the withdrawal")
        .instrument(Instrument::Treaty)
        .party(Party::new("H", "Host", Role::Receiving).domestic_step("cabinet").domestic_step("parliament"))
        .party(Party::new("S", "Sender", Role::Sending))
        .force(Force::new("f"))
        .phase(Phase::new("1", Deadline::end_of_year(2026)).limit(Limit::remain(0)))
        .act(Act::new(day!(2025, 1, 10), ActKind::Signed).by_all(["H", "S"]))
        .act(Act::new(day!(2025, 2, 1), ActKind::Approved).by("S"))
        .act(Act::new(day!(2025, 2, 3), ActKind::DomesticStep).by("H").body("cabinet"))
        .act(Act::new(day!(2025, 4, 1), ActKind::DomesticStep).by("H").body("parliament"))
        .act(Act::new(day!(2025, 4, 2), ActKind::Approved).by("H"))
        .act(Act::new(day!(2025, 4, 20), ActKind::Announced))
        .act(Act::new(day!(2025, 5, 1), ActKind::InForce));
    let agreement = Agreement::try_from(terms)?;
    for on in [day!(2025, 1, 9), day!(2025, 1, 10), day!(2025, 3, 1), day!(2025, 4, 2), day!(2025, 5, 1)] {
        tell(&agreement, on);
    }
    Ok(())
}

fn tell(agreement: &Agreement, on: NaiveDate) {
    let terms = agreement.terms();
    println!("{on}: {}", agreement.approval_on(on).sentence(terms));
    for party in &terms.parties {
        if let Some(consent) = agreement.consent_on(&party.id, on) {
            println!("  {consent}");
        }
    }
    for step in [GatedStep::Announcement, GatedStep::Execution] {
        for blocker in agreement.blockers_on(step, on) {
            println!("  before {step}: {}", blocker.sentence(terms));
        }
    }
    println!("  it {}\n", if agreement.binds_on(on) { "binds" } else { "does not bind yet" });
}
