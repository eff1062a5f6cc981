//! Delay, amend, and ask what was known on a day: the US-Iraq plan of 2024, changed twice.
//!
//! `cargo run --example change`

use std::error::Error;

use force_drawdown::{Agreement, Amendment, Limit, PhaseChange, Quantity, catalog, chrono::NaiveDate, day};

/// Days on which something falls due before or after the changes.
const DAYS: [NaiveDate; 3] = [day!(2025, 9, 30), day!(2025, 12, 29), day!(2026, 12, 31)];

fn main() -> Result<(), Box<dyn Error>> {
    let first = catalog::get("us-iraq-2024").ok_or("no such agreement")?.agreement;
    show("As first reported", &first);

    // An agreement does not change: what changes it makes another one, with the amendment on record.
    let late = first.delayed("1", 90, day!(2025, 8, 1))?;
    show("Phase 1 ninety days later", &late);

    let fewer_than_500 = PhaseChange::new("2").limits([Limit::remain(Quantity::FewerThan(500))]);
    let fewer = late.amended(Amendment::new("Fewer than 500 stay", day!(2025, 8, 25)).change(fewer_than_500))?;
    show("And fewer than 500 at the end", &fewer);

    println!("What each version changes");
    let versions: Vec<_> = fewer.versions().collect();
    for pair in versions.windows(2) {
        if let [before, after] = pair {
            println!("  version {}: {}", after.number(), after.diff(*before));
        }
    }

    // The second amendment was not adopted yet: what was known then is the first alone.
    println!();
    show("The same, as known on 2025-08-10", &fewer.as_known_on(day!(2025, 8, 10)));

    let refused = first.delayed("2", -600, day!(2025, 1, 1));
    println!("Phase 2 before phase 1 is refused:\n  {}", refused.err().ok_or("it is no mistake")?);
    Ok(())
}

fn show(what: &str, agreement: &Agreement) {
    println!("{what}, at most");
    let Some(schedule) = agreement.schedule("us") else { return };
    for day in DAYS {
        let required = schedule.required_on(day).map_or_else(|| "nothing yet".to_owned(), |most| most.to_string());
        println!("  {day}: {required}");
    }
    println!();
}
