//! Consent is derived from the record, whatever the order in which it is written down.

use super::*;
use force_drawdown::{Act, ActKind, GatedStep, Window};

proptest! {
    #![proptest_config(cases(150))]

    /// What is only expected changes no answer, but for being listed.
    #[test]
    fn what_is_expected_counts_for_nothing(
        (terms, extra, on, observations) in strategies::terms().prop_flat_map(|terms| {
            let observations = strategies::observations(&terms);
            (Just(terms), (strategies::period(), proptest::sample::select(ActKind::ALL)), 0..4_000_u64, observations)
        }),
    ) {
        let mut certain = terms.clone();
        certain.record.retain(|act| !act.expected);
        let mut foreseen = terms;
        let act = Act { name: Some("handover".into()), body: Some("cabinet".into()), ..Act::new(extra.0, extra.1) };
        foreseen.record.push(act.expected());
        let (certain, foreseen) = (Agreement::try_from(certain).unwrap(), Agreement::try_from(foreseen).unwrap());
        let first = certain.terms().record.iter().filter_map(|act| act.on.window()).map(Window::earliest).min();
        let on = first.unwrap_or(day!(2005, 1, 1)) + Days::new(on);
        let mut judged = foreseen.assess(&observations, on);
        judged.expected.clear();
        prop_assert_eq!(&judged, &certain.assess(&observations, on));
        prop_assert_eq!(foreseen.last_day(&observations), certain.last_day(&observations));
        prop_assert_eq!(foreseen.unknowns_on(on, &observations), certain.unknowns_on(on, &observations));
    }

    /// R7.
    #[test]
    fn the_order_of_the_record_does_not_matter(
        (terms, shuffled) in strategies::terms().prop_flat_map(|terms| {
            let record = Just(terms.record.clone()).prop_shuffle();
            (Just(terms), record)
        }),
    ) {
        let mut other = terms.clone();
        other.record = shuffled;
        let (one, other) = (Agreement::try_from(terms).unwrap(), Agreement::try_from(other).unwrap());
        let windows = one.terms().record.iter().map(|act| act.on.window().unwrap());
        for day in windows.flat_map(|window| [window.earliest(), window.latest(), window.latest() + Days::new(1)]) {
            prop_assert_eq!(one.approval_on(day), other.approval_on(day));
            prop_assert_eq!(one.paused_by_on(day), other.paused_by_on(day));
            prop_assert_eq!(one.binds_on(day), other.binds_on(day));
            prop_assert_eq!(one.postponements_on(day), other.postponements_on(day));
            for &step in GatedStep::ALL {
                prop_assert_eq!(one.blockers_on(step, day), other.blockers_on(step, day));
            }
            for force in forces(&one) {
                let (one, other) = (one.schedule(&force).unwrap(), other.schedule(&force).unwrap());
                prop_assert_eq!(one.required_on(day), other.required_on(day));
                prop_assert_eq!(one.planned_milestones_on(day), other.planned_milestones_on(day));
            }
        }
    }
}
