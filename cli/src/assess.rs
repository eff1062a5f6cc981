//! `drawdown assess`: is the agreement being kept?

use chrono::NaiveDate;
use force_drawdown::{
    Agreement, Assessment, Band, GatedStep, Observation, ObservationKind, Window,
    assessment::{ForceAssessment, PhaseAssessment},
    history::Version,
};

use crate::Failure;
use crate::arguments::Assess;
use crate::files::{as_known, day, read_agreement, read_observations};
use crate::table::table;

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
    Ok(report(&agreement, &observations, &assessment))
}

fn report(agreement: &Agreement, observations: &[Observation], assessment: &Assessment) -> String {
    let terms = agreement.terms();
    let on = assessment.on;
    let mut lines = vec![terms.title.clone(), String::new()];
    let known = assessment.known.map(|known| format!(", as known on {}", day(known))).unwrap_or_default();
    lines.push(format!("On {}{known}: {}.", day(on), assessment.approval.sentence(terms)));
    lines.push(format!("It {} on that day.", if assessment.binding { "binds" } else { "does not bind" }));
    let made_by = agreement.versions().nth(assessment.version).and_then(Version::amendment);
    lines.push(match made_by {
        Some(amendment) => format!("Version {}, by the amendment {:?}.", assessment.version, amendment.title),
        None => "Version 0, as first agreed.".into(),
    });
    for (step, blockers) in [
        (GatedStep::Announcement, &assessment.blockers.announcement),
        (GatedStep::Execution, &assessment.blockers.execution),
    ] {
        if !blockers.is_empty() {
            let blockers: Vec<String> = blockers.iter().map(|blocker| blocker.sentence(terms)).collect();
            lines.push(format!("Before {step}: {}.", blockers.join("; ")));
        }
    }
    let why = assessment.explain();
    lines.extend(why.record);
    section(&mut lines, "Phases", phases(&assessment.phases));
    section(&mut lines, "Forces", forces(&assessment.forces));
    section(&mut lines, "Why", why.forces.iter().chain(&why.phases).flat_map(|paragraph| wrapped(paragraph)).collect());
    let mut not_judged = aside(agreement, observations, on);
    not_judged.extend(assessment.set_aside.iter().map(|aside| {
        let of = Some(&aside.force).filter(|_| assessment.forces.len() > 1);
        let of = of.map(|force| format!(" for {force}")).unwrap_or_default();
        format!("set aside of {}{of}: {} ({})", aside.date, aside.counted, aside.reason)
    }));
    section(&mut lines, "Shown and never judged", not_judged);
    // A title or a name may hold what would break a line, or move the cursor.
    let shown = |line: &String| line.replace(char::is_control, " ") + "\n";
    lines.iter().map(shown).collect()
}

/// Forecasts and doubtful counts: those of the days until the one asked about, or published by then; and as known.
fn aside(agreement: &Agreement, observations: &[Observation], on: NaiveDate) -> Vec<String> {
    let terms = agreement.terms();
    let is_known = |seen: &Observation, day: NaiveDate| seen.known_from(terms).is_some_and(|from| from <= day);
    let shown = |seen: &&Observation| {
        let past = seen.date.window().is_some_and(|days| days.latest() <= on);
        let known = agreement.known_on().is_none_or(|day| is_known(seen, day));
        seen.kind() != ObservationKind::Count && known && (past || is_known(seen, on))
    };
    let line = |seen: &Observation| {
        let of = seen.force.as_ref().filter(|_| terms.forces.len() > 1);
        let of = of.map(|force| format!(" for {force}")).unwrap_or_default();
        let source = seen.source.as_ref().map(|source| format!(" (source: {source})")).unwrap_or_default();
        let until = seen.until.map(|until| format!(" until {}", day(until))).unwrap_or_default();
        format!("{} of {}{until}{of}: {}{source}", seen.kind(), seen.date, seen.counted)
    };
    observations.iter().filter(shown).map(line).collect()
}

fn section(lines: &mut Vec<String>, title: &str, body: Vec<String>) {
    if !body.is_empty() {
        lines.extend([String::new(), title.into()]);
        lines.extend(body.into_iter().map(|line| format!("  {line}").trim_end().to_owned()));
    }
}

fn phases(phases: &[PhaseAssessment]) -> Vec<String> {
    let mut rows = vec![["phase", "force", "due", "ceiling", "outcome", "slip in days"].map(String::from)];
    for phase in phases {
        let force = phase.force.clone().unwrap_or_else(|| "(done)".into());
        let ceiling = phase.ceiling.map_or_else(|| "-".into(), |ceiling| ceiling.to_string());
        let slip = phase.slip_days.map_or_else(|| "-".into(), |slip| slip.to_string());
        rows.push([phase.phase.clone(), force, due(phase.due), ceiling, phase.outcome_in_words(), slip]);
        if let Some(first) = &phase.original {
            let ceiling = first.ceiling.map_or_else(|| "-".into(), |ceiling| ceiling.to_string());
            let slip = first.slip_days.map_or_else(|| "-".into(), |slip| slip.to_string());
            rows.push(["  as first".into(), String::new(), due(first.due), ceiling, first.outcome.to_string(), slip]);
        }
    }
    table(&rows)
}

fn forces(forces: &[ForceAssessment]) -> Vec<String> {
    let heads = ["force", "required, at most", "latest count", "days old", "verdict", "margin", "needed a week"];
    let mut rows = vec![heads.map(String::from)];
    for force in forces {
        let required = force.ceiling.as_ref().map_or_else(|| "nothing".into(), ToString::to_string);
        let observed = force.observed.map_or_else(|| "none".into(), |seen| band(seen.low, seen.high));
        let age = force.observed.map_or_else(|| "-".into(), |seen| seen.age_days.to_string());
        let margin = force.margin.map_or_else(|| "-".into(), |margin| margin.to_string());
        let pace = force.required_pace.map_or_else(|| "-".into(), |pace| pace.to_string());
        rows.push([force.force.clone(), required, observed, age, force.verdict.to_string(), margin, pace]);
    }
    table(&rows)
}

fn band(low: u32, high: Option<u32>) -> String {
    Band::new(low, high).map_or_else(String::new, |band| band.to_string())
}

fn due(due: Option<Window>) -> String {
    due.map_or_else(|| "not known".into(), |due| due.to_string())
}

/// A paragraph as lines of up to 96 characters, and an empty one.
fn wrapped(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split(' ') {
        let fits = |line: &&mut String| line.chars().chain(word.chars()).count() < 96;
        match lines.last_mut().filter(fits) {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => line.extend([" ", word]),
            None => lines.push(word.to_owned()),
        }
    }
    lines.push(String::new());
    lines
}
