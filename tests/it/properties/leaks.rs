//! What was true stays true: amendments do not change the days before them, and what was known is what is told of it.

use std::fmt::Write;

use super::*;
use force_drawdown::{Act, Event, GatedStep, day, terms::Effective};

/// Everything that can be asked about a day, in words.
fn answers(agreement: &Agreement, seen: &[Observation], forces: &[String], day: NaiveDate) -> String {
    let mut all = format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{} {}\n",
        agreement.approval_on(day),
        agreement.paused_by_on(day),
        GatedStep::ALL.iter().map(|&step| agreement.blockers_on(step, day)).collect::<Vec<_>>(),
        agreement.terms().parties.iter().map(|party| agreement.consent_on(&party.id, day)).collect::<Vec<_>>(),
        agreement.binds_on(day),
        agreement.version_on(day),
    );
    let days = day - Days::new(40)..=day;
    let mut assessment = agreement.assess(seen, day);
    for force in forces {
        let Some(schedule) = agreement.schedule(force) else { continue };
        let planned: Vec<_> = Interpolation::ALL.iter().map(|&how| schedule.planned_on(day, how)).collect();
        let milestones = (schedule.required_milestones_on(day), schedule.planned_milestones_on(day));
        writeln!(all, "{:?}\n{planned:?}\n{milestones:?}", schedule.required_on(day)).unwrap();
        let (mut strict, mut lenient) = ([0; 41], [0; 41]);
        schedule.fill_required(days.clone(), &mut strict, &mut lenient);
        let gaps: Vec<_> = assessment.gaps(force, days.clone(), Interpolation::Monotone).unwrap().collect();
        writeln!(all, "{strict:?}\n{lenient:?}\n{gaps:?}\n{:?}", assessment.score(force)).unwrap();
    }
    assessment.forces.retain(|force| forces.contains(&force.force));
    let why = assessment.explain();
    for unknown in agreement.unknowns_on(day, seen) {
        writeln!(all, "{} {unknown}", unknown.place).unwrap();
    }
    format!("{all}{why:?}\n{}", serde_json::to_string_pretty(&assessment).unwrap())
}

/// Some days, the last of which is the day before another.
fn before(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    [1, 2, 3, 10, 31, 60, 100, 180, 365, 400, 800].into_iter().map(move |days| day - Days::new(days))
}

fn amended() -> impl Strategy<Value = (Terms, Terms, NaiveDate, Vec<Observation>)> {
    strategies::terms_and_amendment().prop_flat_map(|(before, after, effective)| {
        let seen = strategies::observations(&before);
        (Just(before), Just(after), Just(effective), seen)
    })
}

proptest! {
    #![proptest_config(cases(150))]

    /// R6.
    #[test]
    fn an_amendment_changes_no_answer_for_a_day_before_it((first, then, effective, seen) in amended()) {
        let (first, then) = (Agreement::try_from(first).unwrap(), Agreement::try_from(then).unwrap());
        let forces = forces(&first);
        for day in before(effective) {
            let (was, is) = (answers(&first, &seen, &forces, day), answers(&then, &seen, &forces, day));
            prop_assert!(was == is, "on {day}, before {effective}:\n{was}\n{is}\n{}", json(then.terms()));
        }
    }

    /// An amendment that takes effect with an event is as one of the day of the event, and before that is known, or as
    /// long as it is not on record, as none.
    #[test]
    fn an_amendment_that_waits_for_an_event_changes_no_answer((first, then, effective, seen) in amended()) {
        let mut waits = then.clone();
        waits.amendments.last_mut().unwrap().effective = Some(Event::Named("its-own".to_owned()).into());
        let mut happened = waits.clone();
        happened.record.push(Act::event(effective, "its-own"));
        // Behind others that take effect with events it need not fit.
        let others_wait = first.amendments.iter().any(|with| matches!(with.effective, Some(Effective::After { .. })));
        prop_assume!(!others_wait || waits.validate().is_ok());
        let [first, then, waits, happened] =
            [first, then, waits, happened].map(|terms| Agreement::try_from(terms).unwrap());
        let forces = forces(&first);
        let with = waits.terms().amendments.last().unwrap();
        let told = waits.assess(&seen, effective.max(with.adopted)).explain().record.pop().unwrap();
        prop_assert!(told.contains(", waits for “its own”"), "{}", told);
        let told = format!("{told:?}");
        let title = serde_json::to_string(&with.title).unwrap();
        let listed = format!("{{\n      \"amendment\": {title},\n      \"event\": \"event:its-own\"\n    }}");
        // All but that it waits, which is told last.
        let untold = |agreement: &Agreement, day| {
            let answers = answers(agreement, &seen, &forces, day).replace(&format!(", {told}"), "").replace(&told, "");
            answers.replace(&format!(",\n    {listed}"), "").replace(&format!("\n    {listed}\n  "), "")
        };
        for day in before(effective).chain([effective, effective + Days::new(1), effective + Days::new(400)]) {
            prop_assert_eq!(untold(&waits, day), untold(&first, day), "it waits, on {}: {}", day, json(waits.terms()));
            let known = effective - Days::new(1);
            let [is, was] = [&happened, &first].map(|agreement| untold(&agreement.as_known_on(known), day));
            prop_assert_eq!(is, was, "as known on {}, on {}: {}", known, day, json(waits.terms()));
            let [is, was] = [&happened, &then].map(|agreement| answers(agreement, &seen, &forces, day));
            prop_assert_eq!(is, was, "it happened on {}, on {}: {}", effective, day, json(waits.terms()));
        }
    }

    #[test]
    fn as_known_on_a_day_is_the_document_without_what_came_later(
        (terms, seen) in with_observations(),
        after in 0..1_500_u64,
    ) {
        let agreement = Agreement::try_from(terms.clone()).unwrap();
        let known = day!(1995, 1, 1) + Days::new(after * 5);
        let known = agreement.last_day(&[]).map_or(known, |last| known.min(last));
        // What is expected was known from the start.
        let own = |act: &Act| if act.expected { NaiveDate::MIN } else { act.on.window().unwrap().latest() };
        let known_from = |act: &Act| act.published.unwrap_or(own(act));
        let mut then = terms.clone();
        then.record.retain(|act| known_from(act) <= known);
        then.amendments.retain(|amendment| amendment.adopted <= known);
        // What was known may have broken a rule that what became known later mends.
        let Ok(then) = Agreement::try_from(then) else { return Ok(()) };
        let by_then: Vec<_> =
            seen.iter().filter(|seen| seen.known_from(&terms).unwrap() <= known).cloned().collect();
        let (as_known, forces) = (agreement.as_known_on(known), forces(&then));
        for day in [known, known - Days::new(30), known + Days::new(100), known + Days::new(1_000)] {
            let is = answers(&as_known, &seen, &forces, day);
            let is = is.replace(&format!("\"known\": \"{known}\""), "\"known\": null");
            let was = answers(&then, &by_then, &forces, day);
            prop_assert!(was == is, "on {day} as known on {known}:\n{was}\n{is}\n{}", json(&terms));
        }
    }
}
