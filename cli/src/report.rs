//! `drawdown report`: the judgement in words, to be quoted.

use std::time::SystemTime;

use chrono::NaiveDate;
use force_drawdown::report::DefaultDay;
use force_drawdown::{Agreement, Observation};

use crate::Failure;
use crate::arguments::{Report, ReportFormat};
use crate::files::Asked;

pub(crate) fn run(arguments: &Report) -> Result<String, Failure> {
    let Asked { agreement, observations } = Asked::new(&arguments.document, &arguments.question)?;
    let (on, default) = day_of_judgement(&agreement, &observations, arguments.on)?;
    let mut report = agreement.assess(&observations, on).report();
    if let Some(default) = default {
        report = report.judged_on(default);
    }
    Ok(match arguments.format {
        ReportFormat::Text => report.text(arguments.width.into()),
        ReportFormat::Markdown => report.markdown(),
        ReportFormat::Html => report.html(),
    })
}

/// The day that is asked about; and if none is, the day that is taken for it.
pub(crate) fn day_of_judgement(
    agreement: &Agreement,
    observations: &[Observation],
    asked: Option<NaiveDate>,
) -> Result<(NaiveDate, Option<DefaultDay>), Failure> {
    if let Some(asked) = asked {
        return Ok((asked, None));
    }
    let default = today().and_then(|today| agreement.default_day(observations, today));
    let default =
        default.ok_or_else(|| Failure::Usage("no day is known in the agreement: give one with --on".to_owned()))?;
    Ok((default.day, Some(default)))
}

/// Today in UTC.
fn today() -> Option<NaiveDate> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let seconds = i64::try_from(since.as_secs()).ok()?;
    chrono::DateTime::from_timestamp(seconds, 0).map(|now| now.date_naive())
}
