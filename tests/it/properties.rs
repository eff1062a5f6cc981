//! The rules of the design, as properties of generated agreements.

mod judged;
mod leaks;
mod paths;
mod records;
mod sameness;
mod vague;

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};
use force_drawdown::{
    Agreement, Deadline, Interpolation, Observation, Quantity, Schedule, Share, Terms, day, strategies,
};
use proptest::prelude::*;

/// As many cases as asked for in the environment, else so many.
fn cases(fallback: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(asked.unwrap_or(fallback)) }
}

fn json(terms: &Terms) -> String {
    serde_json::to_string(terms).unwrap()
}

/// Every force that any version has.
fn forces(agreement: &Agreement) -> Vec<String> {
    let amendments = agreement.versions().filter_map(force_drawdown::history::Version::amendment);
    let added = amendments.flat_map(|amendment| &amendment.changes);
    let added = added.filter_map(|change| match change {
        force_drawdown::Change::AddForce { add_force } => Some(&add_force.id),
        _ => None,
    });
    agreement.terms().forces.iter().map(|force| &force.id).chain(added).cloned().collect()
}

/// The days that matter to a schedule and some around them, at most so many of them.
fn days(schedule: &Schedule<'_>, most: u64) -> RangeInclusive<NaiveDate> {
    let middle = day!(2000, 1, 1);
    let (first, last) = schedule.days().map_or((middle, middle), RangeInclusive::into_inner);
    let first = first - Days::new(3);
    first..=(last.max(first) + Days::new(3)).min(first + Days::new(most))
}

/// A number, or an end that is not there: nothing is above it.
fn or_open(end: Option<u32>) -> u64 {
    end.map_or(u64::MAX, u64::from)
}

proptest! {
    #![proptest_config(cases(120))]

    /// R1 and R2.
    #[test]
    fn within_a_version_ends_only_fall_and_stay_in_order(terms in strategies::terms()) {
        let agreement = Agreement::try_from(terms).unwrap();
        for version in agreement.versions() {
            for force in forces(&agreement) {
                let Some(schedule) = version.schedule(&force) else { continue };
                let terminated = force_drawdown::ActKind::Terminated;
                let ends = agreement.terms().record.iter().any(|act| act.act == terminated);
                let mut before = (u64::MAX, u64::MAX);
                for (day, ceiling) in schedule.required_series(days(&schedule, 3_000)) {
                    let now = ceiling.map_or((u64::MAX, u64::MAX), |c| (u64::from(c.strict), or_open(c.lenient)));
                    prop_assert!(now.0 <= now.1, "{force} on {day}: {ceiling:?}");
                    // After a termination less is required.
                    let fell = now.0 <= before.0 && now.1 <= before.1;
                    prop_assert!(fell || ends, "{force} on {day}: {before:?} to {now:?}\n{}", json(agreement.terms()));
                    before = now;
                }
                for &how in Interpolation::ALL {
                    let (mut low, mut high) = (None, None);
                    for (day, planned) in schedule.planned_series(days(&schedule, 3_000), how) {
                        let falls = |before: Option<u32>, now: Option<u32>| {
                            before.zip(now).is_none_or(|(before, now)| now <= before)
                        };
                        let in_order = planned.low.zip(planned.high).is_none_or(|(low, high)| low <= high);
                        prop_assert!(in_order, "{how} {force} on {day}: {planned:?}\n{}", json(agreement.terms()));
                        prop_assert!(
                            falls(low, planned.low) && falls(high, planned.high),
                            "{how} {force} on {day}: {low:?}, {high:?} to {planned:?}\n{}", json(agreement.terms())
                        );
                        (low, high) = (planned.low.or(low), planned.high.or(high));
                    }
                }
            }
        }
    }

    /// R3: what is not known is none, and an end that is open has no number.
    #[test]
    fn what_is_missing_is_never_zero(terms in strategies::terms()) {
        let agreement = Agreement::try_from(terms).unwrap();
        for force in forces(&agreement) {
            let schedule = agreement.schedule(&force).unwrap();
            let days = days(&schedule, 3_000);
            let (first, last) = days.into_inner();
            for version in agreement.versions() {
                let Some(schedule) = version.schedule(&force) else { continue };
                let is_part = schedule.force().unwrap().part_of.is_some();
                if schedule.required_milestones_on(first).is_empty() && !is_part {
                    prop_assert_eq!(schedule.required_on(last), None);
                }
            }
            let never = day!(1, 1, 1);
            prop_assert_eq!(schedule.required_on(never), None);
            for &how in Interpolation::ALL {
                let planned = schedule.planned_on(never, how);
                prop_assert_eq!((planned.low, planned.high), (None, None));
            }
        }
        let assessment = agreement.assess(&[], agreement.last_day(&[]).unwrap_or_default());
        for force in &assessment.forces {
            prop_assert_eq!((force.observed, force.margin, force.required_pace), (None, None, None));
        }
    }

    #[test]
    fn a_series_is_the_answers_day_by_day(terms in strategies::terms()) {
        let agreement = Agreement::try_from(terms).unwrap();
        for force in forces(&agreement) {
            let schedule = agreement.schedule(&force).unwrap();
            let days = days(&schedule, 400);
            let mut count = 0;
            for (day, required) in schedule.required_series(days.clone()) {
                prop_assert_eq!(required, schedule.required_on(day));
                count += 1;
            }
            prop_assert_eq!(count, (*days.end() - *days.start()).num_days() + 1);
            for &how in Interpolation::ALL {
                for (day, planned) in schedule.planned_series(days.clone(), how) {
                    prop_assert_eq!(planned, schedule.planned_on(day, how));
                }
            }
        }
    }

    /// R9.
    #[test]
    fn a_document_is_read_back(terms in strategies::terms()) {
        let text = json(&terms);
        prop_assert_eq!(&serde_json::from_str::<Terms>(&text).unwrap(), &terms);
        let agreement: Agreement = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(agreement.terms(), &terms);
        prop_assert_eq!(serde_json::to_string(&agreement).unwrap(), text.clone());
        let text = toml::to_string(&terms).unwrap();
        prop_assert_eq!(&toml::from_str::<Terms>(&text).unwrap(), &terms);
    }

    /// R10, and one day asked about by all.
    #[test]
    fn every_query_answers(terms in strategies::terms(), number in -800_000..3_000_000_i32) {
        let agreement = Agreement::try_from(terms).unwrap();
        let day = NaiveDate::from_num_days_from_ce_opt(number).unwrap_or(NaiveDate::MAX);
        for day in [day, NaiveDate::MIN, NaiveDate::MAX] {
            let _ = (agreement.approval_on(day), agreement.binds_on(day), agreement.as_known_on(day));
            let assessment = agreement.assess(&[], day);
            let report = assessment.report();
            let _ = (assessment.explain(), report.text(80), report.markdown(), report.html());
            let _ = (agreement.unknowns_on(day, &[]), agreement.default_day(&[], day));
            for force in forces(&agreement) {
                let schedule = agreement.schedule(&force).unwrap();
                let _ = (schedule.required_on(day), schedule.planned_milestones_on(day));
                for &how in Interpolation::ALL {
                    let _ = schedule.planned_on(day, how);
                }
            }
        }
        prop_assert!(agreement.timeline().count() >= agreement.terms().record.len());
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// R9 of the leaves, and R10: a value is legal and is read back as it was written.
    #[test]
    fn a_leaf_is_read_back(
        (quantity, number) in strategies::spelled_quantity(),
        (share, part) in strategies::spelled_share(),
        period in strategies::period(),
        event in strategies::event(),
        deadline in strategies::deadline(),
    ) {
        prop_assert_eq!(number.parse::<Quantity>(), Ok(quantity));
        prop_assert_eq!(quantity.to_string().parse::<Quantity>(), Ok(quantity));
        let band = quantity.band().unwrap();
        prop_assert!(band.high().is_none_or(|high| band.low() <= high));
        for acting in [quantity.as_ceiling().unwrap(), quantity.as_withdrawal().unwrap()] {
            prop_assert!(band.contains_band(acting));
        }
        prop_assert_eq!(part.parse::<Share>(), Ok(share));
        prop_assert!(share.bounds().is_some());
        prop_assert_eq!(period.to_string().parse(), Ok(period));
        prop_assert_eq!(event.to_string().parse(), Ok(event));
        let text = serde_json::to_string(&deadline).unwrap();
        prop_assert_eq!(serde_json::from_str::<Deadline>(&text).unwrap(), deadline);
    }
}

fn with_observations() -> impl Strategy<Value = (Terms, Vec<Observation>)> {
    strategies::terms().prop_flat_map(|terms| {
        let seen = strategies::observations(&terms);
        (Just(terms), seen)
    })
}
