//! `drawdown diff`: what differs between two agreements.

use std::collections::HashSet;

use force_drawdown::Agreement;
use force_drawdown::history::{TimelineEntry, TimelineEvent};

use crate::Failure;
use crate::arguments::Diff;
use crate::files::Read;
use crate::text::on_a_line;

pub(crate) fn run(arguments: &Diff) -> Result<String, Failure> {
    let [before, after] = [&arguments.before, &arguments.after].map(|file| Read::new(file, arguments.format));
    let (before, after) = (before?.agreement, after?.agreement);
    let mut lines = Vec::new();
    let (old, new) = (&before.terms().title, &after.terms().title);
    if old != new {
        lines.push(format!("title, from {old:?} to {new:?}"));
    }
    compare(&mut lines, "party", &parties(&before), &parties(&after));
    if let Some((before, after)) = before.versions().last().zip(after.versions().last()) {
        lines.extend(after.diff(before).differences().iter().map(ToString::to_string));
    }
    compare(&mut lines, "record", &acts(&before), &acts(&after));
    if lines.is_empty() {
        lines.push("no change".to_owned());
    }
    Ok(lines.iter().map(|line| on_a_line(line) + "\n").collect())
}

/// Who agrees, in which role.
fn parties(agreement: &Agreement) -> Vec<String> {
    agreement.terms().parties.iter().map(|party| format!("{} ({})", party.id, party.role)).collect()
}

/// What happened, each with its days.
fn acts(agreement: &Agreement) -> Vec<String> {
    let is_act = |entry: &TimelineEntry<'_>| matches!(entry.what, TimelineEvent::Act(_) | TimelineEvent::Amendment(_));
    agreement.timeline().filter(is_act).map(|entry| entry.to_string()).collect()
}

/// A line for each text that only one of two lists has.
fn compare(lines: &mut Vec<String>, what: &str, before: &[String], after: &[String]) {
    let [old, new]: [HashSet<&String>; 2] = [before.iter().collect(), after.iter().collect()];
    lines.extend(before.iter().filter(|one| !new.contains(one)).map(|one| format!("{what} dropped: {one}")));
    lines.extend(after.iter().filter(|one| !old.contains(one)).map(|one| format!("{what} added: {one}")));
}
