//! Events that complete a phase, and what had not happened yet: every small case, judged as in each reading.

use std::collections::BTreeSet;

use force_drawdown::{Act, Phase};

use super::cases::{after, period};
use super::*;

const DAYS: u32 = 5;
const NAME: &str = "handed-over";

type Days = (u32, u32);

/// What is known of the event: its days, and a day at whose end it had not happened, or the last of several.
#[derive(Clone, Copy, Debug)]
struct Case {
    due: Days,
    event: Option<Days>,
    denied: Option<Days>,
}

impl Case {
    fn agreement(self) -> Option<Agreement> {
        let phase = Phase::new("1", period(after(self.due.0), after(self.due.1)).into()).done(NAME);
        let mut terms = agreement("", r#"{ "id": "1", "by": "2000-01-01" }"#, "").terms().clone();
        terms.phases = vec![phase];
        let days = |(first, last): Days| period(after(first), after(last));
        terms.record.extend(self.event.map(|event| Act::event(days(event), NAME)));
        terms.record.extend(self.denied.map(|denied| Act::not_yet(days(denied), NAME)));
        Agreement::try_from(terms).ok()
    }

    /// What one reading gives.
    fn reading(self, due: u32, event: Option<u32>, on: u32) -> &'static str {
        let is_denied = self.denied.is_some_and(|denied| denied.1 >= self.due.1 && denied.1 <= on);
        match event.filter(|&event| event <= on) {
            Some(event) if event <= due => "met",
            Some(_) => "late",
            None if on < due => "pending",
            None if is_denied => "overdue",
            None => "not-reported",
        }
    }

    /// The outcome that all readings give.
    fn outcome(self, on: u32) -> &'static str {
        let from = self.denied.map_or(0, |denied| denied.1 + 1);
        let events: Vec<Option<u32>> =
            self.event.map_or(vec![None], |event| (event.0.max(from)..=event.1).map(Some).collect());
        let of_due = |due: u32| events.iter().map(move |&event| self.reading(due, event, on));
        let found: BTreeSet<&str> = (self.due.0..=self.due.1).flat_map(of_due).collect();
        match found.first() {
            Some(only) if found.len() == 1 => only,
            _ if found == BTreeSet::from(["late", "overdue"]) => "missed",
            _ if found.contains("pending") => "pending",
            _ => "undetermined",
        }
    }
}

#[test]
fn what_had_not_happened_is_judged_as_in_each_reading() {
    let windows = || (0..DAYS).flat_map(|first| (first..DAYS).map(move |last| (first, last)));
    let perhaps = || windows().map(Some).chain([None]);
    let mut judged = 0;
    for due in windows() {
        for event in perhaps() {
            for denied in perhaps() {
                let case = Case { due, event, denied };
                // What happened by a day cannot be denied of it.
                let is_lawful = event.zip(denied).is_none_or(|(event, denied)| denied.1 < event.1);
                let agreement = case.agreement();
                assert_eq!(agreement.is_some(), is_lawful, "{case:?}");
                let Some(agreement) = agreement else { continue };
                for on in 0..=DAYS {
                    let assessment = agreement.assess(&[], after(on));
                    assert_eq!(assessment.phases[0].outcome.as_str(), case.outcome(on), "{case:?} on {on}");
                    judged += 1;
                }
            }
        }
    }
    assert_eq!(judged, 10_440);
}
