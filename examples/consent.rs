//! Who still has to say yes: a treaty between two capitals, one of which has to ask its cabinet and its parliament.
//!
//! `cargo run --example consent`

use std::error::Error;

use chrono::NaiveDate;
use force_drawdown::terms::parse_day;
use force_drawdown::{
    Act, ActKind, Agreement, Deadline, Force, GatedStep, Instrument, Limit, Party, Phase, Role, Terms,
};

fn main() -> Result<(), Box<dyn Error>> {
    let day = |text| parse_day(text).ok_or("no such day");
    let mut terms = Terms::new("Treaty on the withdrawal");
    terms.instrument = Some(Instrument::Treaty);
    let mut host = Party::new("H", "Host", Role::Receiving);
    host.domestic_steps = vec!["cabinet".into(), "parliament".into()];
    terms.parties = vec![host, Party::new("S", "Sender", Role::Sending)];
    terms.forces = vec![Force::new("f")];
    terms.phases = vec![Phase::new("1", Deadline::end_of_year(2026)).limit(Limit::remain(0))];
    let step = |on, body: &str| Act { body: Some(body.into()), ..Act::new(on, ActKind::DomesticStep).by(["H"]) };
    terms.record = vec![
        Act::new(day("2025-01-10")?, ActKind::Signed).by(["H", "S"]),
        Act::new(day("2025-02-01")?, ActKind::Approved).by(["S"]),
        step(day("2025-02-03")?, "cabinet"),
        step(day("2025-04-01")?, "parliament"),
        Act::new(day("2025-04-02")?, ActKind::Approved).by(["H"]),
        Act::new(day("2025-04-20")?, ActKind::Announced),
        Act::new(day("2025-05-01")?, ActKind::InForce),
    ];
    let agreement = Agreement::try_from(terms)?;
    for text in ["2025-01-09", "2025-01-10", "2025-03-01", "2025-04-02", "2025-05-01"] {
        tell(&agreement, day(text)?);
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
