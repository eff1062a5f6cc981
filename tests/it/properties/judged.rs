//! What an assessment says beside verdicts and outcomes.

use std::collections::BTreeSet;

use super::*;
use force_drawdown::{Outcome, Verdict};

proptest! {
    #![proptest_config(cases(150))]

    /// Whether it bound when due is counted day by day, the slip is there where the outcome tells it, a deadline that is
    /// not known has none, and the age of a count is that of its days.
    #[test]
    fn an_assessment_holds_together((terms, seen) in with_observations(), back in 0..500_u64, fresh in 0..400_u32) {
        let agreement = Agreement::try_from(terms).unwrap();
        let Some(last) = agreement.last_day(&seen) else { return Ok(()) };
        let on = last - Days::new(back);
        let judged = agreement.assess(&seen, on);
        let counts_from_the_end = json(agreement.terms()).contains(r#""termination""#);
        for phase in &judged.phases {
            let text = || format!("{phase:?} on {on}\n{}", json(agreement.terms()));
            let bound: BTreeSet<bool> = phase.due.into_iter().flat_map(|due| {
                (0..).map_while(move |n| Some(due.earliest() + Days::new(n)).filter(|&day| day <= due.latest().min(on)))
            }).map(|day| agreement.binds_on(day)).collect();
            let expected = bound.first().copied().filter(|_| bound.len() == 1);
            prop_assert!(counts_from_the_end || phase.binding_when_due == expected, "{expected:?}: {}", text());
            let would_be = phase.outcome_in_words().starts_with("not binding when due; would be ");
            prop_assert_eq!(would_be, phase.binding_when_due == Some(false));
            let Some(due) = phase.due else {
                prop_assert!(matches!(phase.outcome, Outcome::Awaiting | Outcome::Met | Outcome::Dropped), "{}", text());
                prop_assert_eq!(phase.slip_days, None);
                continue;
            };
            let of_done = phase.force.is_none();
            let is_there = match phase.outcome {
                Outcome::Met | Outcome::Late | Outcome::Overdue | Outcome::Missed => true,
                Outcome::Undetermined => of_done || phase.slip_days.is_some_and(|slip| slip.high.is_some()),
                Outcome::NotReported => of_done,
                _ => false,
            };
            prop_assert_eq!(phase.slip_days.is_some(), is_there, "{}", text());
            let (low, high) = phase.slip_days.map_or((None, None), |slip| (slip.low, slip.high));
            let window = (due.latest() - due.earliest()).num_days();
            prop_assert!(low.zip(high).is_none_or(|(low, high)| low + window <= high), "{}", text());
        }
        let asked = agreement.judging(on).fresh_within(fresh).assess(&seen);
        prop_assert_eq!(&asked.phases, &judged.phases);
        for (force, asked) in judged.forces.iter().zip(&asked.forces) {
            let age = force.observed.map(|seen| {
                let age = |day: NaiveDate| (on - day).num_days();
                assert_eq!((seen.age_days.low, seen.age_days.high), (Some(age(seen.latest)), Some(age(seen.earliest))));
                age(seen.earliest)
            });
            let is_fresh = age.is_none_or(|age| age <= fresh.into());
            let judges = matches!(force.verdict, Verdict::Compliant | Verdict::Exceeded | Verdict::Undetermined);
            let expected = if judges && !is_fresh { Verdict::NotReported } else { force.verdict };
            prop_assert_eq!(asked.verdict, expected);
        }
    }
}
