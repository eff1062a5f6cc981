//! `drawdown assess`: is the agreement being kept?

use crate::Failure;
use crate::arguments::Assess;
use crate::files::{as_known, read_agreement, read_observations};

pub(crate) fn run(arguments: &Assess) -> Result<String, Failure> {
    let agreement = read_agreement(&arguments.file)?;
    let observations = read_observations(arguments.observations.as_deref(), &agreement)?;
    let agreement = as_known(agreement, arguments.known);
    let on = arguments.on.or_else(|| agreement.last_day(&observations));
    let on = on.ok_or(Failure::Usage("no day is known in the agreement: give one with --on"))?;
    let assessment = agreement.assess(&observations, on);
    if arguments.json {
        let json = serde_json::to_string_pretty(&assessment).map_err(|error| Failure::Input(error.to_string()))?;
        return Ok(json + "\n");
    }
    Ok(assessment.report().text(80))
}
