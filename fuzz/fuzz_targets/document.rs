//! Any agreement that can be read answers every question without panic, overflow or contradiction.
#![no_main]

use chrono::NaiveDate;
use force_drawdown::{Agreement, GatedStep, Interpolation, MAX_PEOPLE, Observation, Planned, Quantity, Share};
use libfuzzer_sys::fuzz_target;

/// Days about which everything is asked: the first and last that there are, and all of which the agreement speaks.
fn days(agreement: &Agreement) -> Vec<NaiveDate> {
    let ends = [(1, 1, 1), (2000, 2, 29), (9999, 12, 31)];
    let mut days: Vec<_> =
        ends.iter().filter_map(|&(year, month, day)| NaiveDate::from_ymd_opt(year, month, day)).collect();
    for dated in agreement.timeline().take(8) {
        for day in [dated.days.earliest(), dated.days.latest()] {
            days.extend([day.pred_opt(), Some(day), day.succ_opt()].into_iter().flatten());
        }
    }
    days.sort();
    days.dedup();
    days
}

fn observations(agreement: &Agreement, days: &[NaiveDate]) -> Vec<Observation> {
    let mut observations = Vec::new();
    for force in agreement.terms().forces.iter().take(3) {
        for (index, &day) in days.iter().enumerate().take(12) {
            let observation = match index % 3 {
                0 => Observation::present(day, Quantity::About(1_000 + u32::try_from(index).unwrap_or(0))),
                1 => {
                    Observation::withdrawn(day, if index % 2 == 0 { Quantity::Unspecified } else { MAX_PEOPLE.into() })
                }
                _ => Observation::withdrawn_share(day, Share::percent(u32::try_from(index * 9).unwrap_or(0))),
            };
            observations.push(observation.of(force.id.as_str()));
        }
    }
    observations
}

fn ask(agreement: &Agreement, days: &[NaiveDate], observations: &[Observation]) {
    for force in agreement.terms().forces.iter().take(4) {
        let Some(schedule) = agreement.schedule(&force.id) else { panic!("{} is a force", force.id) };
        let _ = schedule.days();
        for &day in days {
            if let Some(ceiling) = schedule.required_on(day) {
                assert!(ceiling.lenient.is_none_or(|lenient| ceiling.strict <= lenient), "{ceiling:?}");
            }
            for how in [Interpolation::Step, Interpolation::Linear, Interpolation::Monotone] {
                let Planned { low, high, .. } = schedule.planned_on(day, how);
                assert!(low.zip(high).is_none_or(|(low, high)| low <= high));
            }
            let _ = (schedule.required_milestones_on(day), schedule.planned_milestones_on(day));
            let _ = agreement.assess(observations, day).score(&force.id);
        }
        // The curves fall within a version.
        for pair in days.windows(2) {
            let &[first, last] = pair else { continue };
            if agreement.version_on(first) != agreement.version_on(last) {
                continue;
            }
            for how in [Interpolation::Step, Interpolation::Linear, Interpolation::Monotone] {
                let (before, after) = (schedule.planned_on(first, how), schedule.planned_on(last, how));
                assert!(
                    before.low.zip(after.low).is_none_or(|(before, after)| after <= before),
                    "{how:?} {first} {last}"
                );
                assert!(
                    before.high.zip(after.high).is_none_or(|(before, after)| after <= before),
                    "{how:?} {first} {last}"
                );
            }
        }
        if let (Some(&first), Some(week)) =
            (days.get(1), days.get(1).and_then(|day| day.checked_add_days(chrono::Days::new(7))))
        {
            let assessment = agreement.assess(observations, week);
            let gaps = assessment.gaps(&force.id, first..=week, Interpolation::Monotone);
            assert_eq!(gaps.map(Iterator::count), Some(8));
        }
    }
    for &day in days {
        let _ = (agreement.approval_on(day), agreement.paused_by_on(day), agreement.binds_on(day));
        for party in agreement.terms().parties.iter().take(4) {
            let _ = agreement.consent_on(&party.id, day);
        }
        for step in [GatedStep::Announcement, GatedStep::Execution] {
            let _ = agreement.blockers_on(step, day);
        }
        let assessment = agreement.assess(observations, day);
        let _ = (assessment.explain(), assessment.report().html());
        serde_json::to_string(&assessment).expect("an assessment can be written");
    }
    let _ = (agreement.last_day(observations), agreement.check_observations(observations));
    let versions: Vec<_> = agreement.versions().take(4).collect();
    for pair in versions.windows(2) {
        if let &[before, after] = pair {
            let _ = format!("{:?}", after.diff(before));
        }
    }
    for dated in agreement.timeline() {
        let _ = dated.to_string();
    }
}

fuzz_target!(|data: &[u8]| {
    let agreement = match Agreement::read(&mut serde_json::Deserializer::from_slice(data)) {
        Ok(agreement) => agreement,
        Err(error) => {
            let shown = error.in_text(&String::from_utf8_lossy(data)).to_string();
            assert!(shown.starts_with(error.to_string().lines().next().unwrap_or_default()), "{shown}");
            return;
        }
    };
    let mut days = days(&agreement);
    days.truncate(24);
    let observations = observations(&agreement, &days);
    ask(&agreement, &days, &observations);
    if let Some(&middle) = days.get(days.len() / 2) {
        ask(&agreement.as_known_on(middle), days.get(..6).unwrap_or(&days), &observations);
    }
    if let (Some(phase), Some(&day)) = (agreement.terms().phases.first(), days.last()) {
        let _ = agreement.delayed(&phase.id, 40, day).map(|delayed| delayed.assess(&observations, day));
    }
    let json = serde_json::to_string(&agreement).expect("an agreement can be written");
    let again: Agreement = serde_json::from_str(&json).expect("what is written can be read");
    assert_eq!(again.terms(), agreement.terms());
});
