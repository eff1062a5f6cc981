//! `drawdown assess`: is the agreement being kept?

use crate::Failure;
use crate::arguments::Assess;
use crate::files::Asked;

pub(crate) fn run(arguments: &Assess) -> Result<String, Failure> {
    let Asked { agreement, observations } = Asked::new(&arguments.document, &arguments.question)?;
    let on = arguments.on.or_else(|| agreement.last_day(&observations));
    let on = on.ok_or_else(|| Failure::Usage("no day is known in the agreement: give one with --on".to_owned()))?;
    let assessment = agreement.assess(&observations, on);
    if arguments.json {
        let json = serde_json::to_string_pretty(&assessment).map_err(|error| Failure::Input(error.to_string()))?;
        return Ok(json + "\n");
    }
    Ok(assessment.report().text(80))
}
