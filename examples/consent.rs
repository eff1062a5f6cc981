//! Who still has to say yes: a treaty between two capitals, one of which has to ask its cabinet and its parliament.
//!
//! `cargo run --example consent`

use std::error::Error;

use chrono::NaiveDate;
use force_drawdown::{
    Act, ActKind, Agreement, Deadline, Force, GatedStep, Instrument, Limit, Party, Phase, Role, Terms, day,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut terms = Terms::new("Treaty on the withdrawal");
    terms.instrument = Some(Instrument::Treaty);
    let mut host = Party::new("H", "Host", Role::Receiving);
    host.domestic_steps = vec!["cabinet".into(), "parliament".into()];
    terms.parties = vec![host, Party::new("S", "Sender", Role::Sending)];
    terms.forces = vec![Force::new("f")];
    terms.phases = vec![Phase::new("1", Deadline::end_of_year(2026)).limit(Limit::remain(0))];
    let step = |on, body: &str| Act { body: Some(body.into()), ..Act::new(on, ActKind::DomesticStep).by(["H"]) };
    terms.record = vec![
        Act::new(day!(2025, 1, 10), ActKind::Signed).by(["H", "S"]),
        Act::new(day!(2025, 2, 1), ActKind::Approved).by(["S"]),
        step(day!(2025, 2, 3), "cabinet"),
        step(day!(2025, 4, 1), "parliament"),
        Act::new(day!(2025, 4, 2), ActKind::Approved).by(["H"]),
        Act::new(day!(2025, 4, 20), ActKind::Announced),
        Act::new(day!(2025, 5, 1), ActKind::InForce),
    ];
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
