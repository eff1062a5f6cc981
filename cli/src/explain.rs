//! `drawdown explain` and `drawdown unknowns`: why, and what is not known.

use crate::Failure;
use crate::arguments::{Explain, Unknowns};
use crate::files::Asked;
use crate::report::day_of_judgement;
use crate::text::on_a_line;

pub(crate) fn run(arguments: &Explain) -> Result<String, Failure> {
    let Asked { agreement, observations } = Asked::new(&arguments.document, &arguments.question)?;
    let (on, default) = day_of_judgement(&agreement, &observations, arguments.on)?;
    let assessment = agreement.assess(&observations, on);
    let day = default.map(|default| assessment.report().judged_on(default).day.words);
    let why = assessment.explain();
    let forces: Vec<&str> = assessment.forces.iter().map(|force| force.force.as_str()).collect();
    let phases: Vec<&str> = assessment.phases.iter().map(|phase| phase.phase.as_str()).collect();
    let paragraphs = forces.iter().zip(&why.forces).chain(phases.iter().zip(&why.phases));
    let is_asked = |(id, _): &(&&str, &String)| arguments.id.as_ref().is_none_or(|asked| asked == **id);
    let mut said: Vec<&String> = paragraphs.filter(is_asked).map(|(_, paragraph)| paragraph).collect();
    match &arguments.id {
        Some(id) if said.is_empty() => {
            let (phases, forces) = (phases.join(", "), forces.join(", "));
            let known = format!("the phases are {phases}; the forces are {forces}");
            return Err(Failure::Input(format!("no phase or force has the id {id:?}; {known}")));
        }
        Some(_) => {}
        None => said.extend(&why.record),
    }
    let paragraph = |text: &String| wrapped(&on_a_line(text)).join("\n") + "\n";
    Ok(day.iter().chain(said).map(paragraph).collect::<Vec<_>>().join("\n"))
}

pub(crate) fn unknowns(arguments: &Unknowns) -> Result<String, Failure> {
    let Asked { agreement, observations } = Asked::new(&arguments.document, &arguments.question)?;
    let on = day_of_judgement(&agreement, &observations, arguments.on)?.0;
    let unknowns = agreement.unknowns_on(on, &observations);
    Ok(unknowns.iter().map(|unknown| on_a_line(&format!("{}: {unknown}", unknown.place)) + "\n").collect())
}

/// A paragraph as lines of up to 96 characters.
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
    lines
}
