//! Vaguer words give wider answers, and never another certain one.

use super::*;
use force_drawdown::{Assessment, Band, Change, Limit, LimitKind, Outcome, Verdict, assessment::Counted, day};

/// A certain outcome or verdict, or none.
fn certain(assessment: &Assessment) -> Vec<Option<&'static str>> {
    let verdict = |verdict: Verdict| match verdict {
        Verdict::Compliant | Verdict::Exceeded => Some(verdict.as_str()),
        _ => None,
    };
    let outcome = |outcome: Outcome| match outcome {
        Outcome::Met | Outcome::Late | Outcome::Overdue | Outcome::Missed => Some(outcome.as_str()),
        _ => None,
    };
    let forces = assessment.forces.iter().map(|force| verdict(force.verdict));
    forces.chain(assessment.phases.iter().map(|phase| outcome(phase.outcome))).collect()
}

/// R5: the pace so far is a wider band, and so is where it would lead, if that is to the same step.
fn paces_are_wider(narrow: &Assessment, vague: &Assessment) -> bool {
    narrow.forces.iter().zip(&vague.forces).all(|(narrow, vague)| {
        let at_most = |low: Option<i64>, of: Option<i64>| low.is_none_or(|low| of.is_some_and(|of| low <= of));
        let minus = |n: Option<i64>| n.map(|n| -n);
        let is_pace_wider = match (narrow.observed_pace, vague.observed_pace) {
            (Some(narrow), Some(vague)) => {
                at_most(vague.low, narrow.low) && at_most(minus(vague.high), minus(narrow.high))
            }
            (narrow, _) => narrow.is_none(),
        };
        let is_same =
            narrow.reason.next.as_ref().map(|next| &next.by) == vague.reason.next.as_ref().map(|next| &next.by);
        let is_projected_wider = match (narrow.projected, vague.projected) {
            (Some(narrow), Some(vague)) => {
                let is_earlier = narrow.earliest.is_none_or(|day| vague.earliest.is_some_and(|first| first <= day));
                is_earlier && vague.latest.is_none_or(|last| narrow.latest.is_some_and(|day| day <= last))
            }
            (narrow, _) => narrow.is_none(),
        };
        is_pace_wider && (!is_same || is_projected_wider)
    })
}

fn vaguer_document() -> impl Strategy<Value = (Terms, Terms, Vec<Observation>)> {
    strategies::terms_and_vaguer().prop_flat_map(|(narrow, vague)| {
        let seen = strategies::observations(&narrow);
        (Just(narrow), Just(vague), seen)
    })
}

fn vaguer_observation() -> impl Strategy<Value = (Terms, Vec<Observation>, Observation, Observation)> {
    let seen = with_observations().prop_flat_map(|(terms, seen)| {
        let narrow = proptest::sample::select(if seen.is_empty() {
            vec![Observation::present(day!(2000, 1, 1), 5).of("us")]
        } else {
            seen.clone()
        });
        (Just(terms), Just(seen), narrow)
    });
    seen.prop_flat_map(|(terms, seen, narrow)| {
        let vague = strategies::vaguer_observation(narrow.clone(), &terms);
        (Just(terms), Just(seen), Just(narrow), vague)
    })
}

/// Whether limits are of several kinds. A verdict looks at the last ceiling alone: where that is of another kind than the
/// count, it may tell less than the ceiling before it did, which a later deadline leaves in its place.
fn is_mixed(terms: &Terms) -> bool {
    let limits = || terms.phases.iter().flat_map(|phase| &phase.limits);
    let remains = limits().filter(|limit| matches!(limit.kind, LimitKind::Remain(_))).count();
    let is_withdrawal = |limit: &&Limit| matches!(limit.kind, LimitKind::Withdraw(_) | LimitKind::Withdrawn(_));
    let numbers = limits().filter(is_withdrawal).count();
    let all = limits().count();
    all != remains && all != numbers && remains + numbers != 0
}

fn has_parts(terms: &Terms) -> bool {
    let changes = terms.amendments.iter().flat_map(|amendment| &amendment.changes);
    let adds = |change: &Change| matches!(change, Change::AddForce { add_force } if add_force.part_of.is_some());
    terms.forces.iter().any(|force| force.part_of.is_some()) || changes.into_iter().any(adds)
}

/// Whether it is said how many have left, so that it is by the baseline that nobody is there.
const fn is_withdrawn(seen: &Observation) -> bool {
    !matches!(seen.counted, Counted::Present(_))
}

/// R5: the vaguer assessment is certain only where the other is, and of the same.
fn no_more_certain(narrow: &Assessment, vague: &Assessment) -> bool {
    let pairs = certain(narrow).into_iter().zip(certain(vague));
    pairs.into_iter().all(|(narrow, vague)| crate::judge::rules::is_kept(narrow, vague))
}

proptest! {
    #![proptest_config(cases(250))]

    /// R5.
    #[test]
    fn a_vaguer_document_requires_a_wider_band((narrow, vague, seen) in vaguer_document()) {
        // Vaguer deadlines may be out of order.
        let Ok(vague) = Agreement::try_from(vague) else { return Ok(()) };
        let narrow = Agreement::try_from(narrow).unwrap();
        for force in forces(&narrow) {
            let (of_narrow, of_vague) = (narrow.schedule(&force).unwrap(), vague.schedule(&force).unwrap());
            let vague_series = of_vague.required_series(days(&of_vague, 3_000));
            for (day, wide) in vague_series {
                let tight = of_narrow.required_on(day);
                let ends = |ceiling: Option<force_drawdown::Ceiling<&str>>| {
                    ceiling.map_or((u64::MAX, u64::MAX), |c| (u64::from(c.strict), or_open(c.lenient)))
                };
                let (wide, tight) = (ends(wide), ends(tight));
                prop_assert!(
                    wide.0 <= tight.0 && tight.1 <= wide.1,
                    "{force} on {day}: {tight:?} in {wide:?}\n{}\n{}", json(narrow.terms()), json(vague.terms())
                );
            }
        }
        let judged = !(has_parts(narrow.terms()) && seen.iter().any(is_withdrawn));
        if let Some(last) = narrow.last_day(&seen).filter(|_| judged) {
            for day in [100, 300, 700].map(|days| last - Days::new(days)).into_iter().chain([last]) {
                let (mut certainly, mut vaguely) = (narrow.assess(&seen, day), vague.assess(&seen, day));
                if certainly.set_aside != vaguely.set_aside {
                    continue;
                }
                if is_mixed(narrow.terms()) {
                    certainly.forces.clear();
                    vaguely.forces.clear();
                }
                prop_assert!(
                    paces_are_wider(&certainly, &vaguely), "on {day}:\n{}\n{}\n{}", json(narrow.terms()),
                    json(vague.terms()), serde_json::to_string(&seen).unwrap()
                );
                prop_assert!(
                    no_more_certain(&certainly, &vaguely),
                    "on {day}: {:?}, {:?}\n{}\n{}\n{}", certain(&certainly), certain(&vaguely),
                    json(narrow.terms()), json(vague.terms()), serde_json::to_string(&seen).unwrap()
                );
            }
        }
    }

    /// R5.
    #[test]
    fn a_vaguer_observation_is_no_more_certain((terms, seen, narrow, vague) in vaguer_observation()) {
        let agreement = Agreement::try_from(terms).unwrap();
        let place = seen.iter().position(|seen| *seen == narrow);
        let mut seen = seen;
        let place = place.unwrap_or_else(|| {
            seen.push(narrow.clone());
            seen.len() - 1
        });
        let with = |observation: &Observation| {
            let mut seen = seen.clone();
            seen[place] = observation.clone();
            seen
        };
        let (narrow, vague) = (with(&narrow), with(&vague));
        let Some(last) = agreement.last_day(&vague) else { return Ok(()) };
        // A count still counts: what it may be dated is no later than the judgement, nor before the baseline.
        let bases = agreement.terms().forces.iter().filter_map(|force| force.baseline.as_ref());
        let rebased = agreement.terms().amendments.iter().any(|amendment| {
            amendment.changes.iter().any(|change| matches!(change, force_drawdown::Change::Baseline { .. } | force_drawdown::Change::AddForce { .. }))
        });
        let since = bases.map(|base| base.as_of).max();
        // Counts dated alike are judged as one, and no longer so if one of them is dated otherwise.
        let dated = vague[place].date.window().unwrap();
        let known = vague[place].known_from(agreement.terms()).unwrap();
        let alike = narrow.iter().filter(|seen| seen.date.window() == narrow[place].date.window()).count() > 1;
        let redated = vague[place].date != narrow[place].date;
        let unmerged = alike && redated;
        // Sums that were made go on being made, and zeros: of a whole of which nobody is there.
        let is_zero = matches!(narrow[place].counted, Counted::Present(none) if none.band() == Some(Band::exactly(0)));
        let unmade = has_parts(agreement.terms()) && (redated || is_zero || is_withdrawn(&narrow[place]));
        let counts = !rebased && !unmerged && !unmade && since.is_none_or(|since| dated.earliest() >= since);
        for day in [last, last - Days::new(100), dated.latest(), dated.latest() + Days::new(30)] {
            if counts && dated.latest() <= day && known <= day {
                let (certainly, vaguely) = (agreement.assess(&narrow, day), agreement.assess(&vague, day));
                if certainly.set_aside != vaguely.set_aside {
                    continue;
                }
                prop_assert!(
                    paces_are_wider(&certainly, &vaguely), "on {day}:\n{}\n{}\n{}", json(agreement.terms()),
                    serde_json::to_string(&narrow).unwrap(), serde_json::to_string(&vague).unwrap()
                );
                prop_assert!(
                    no_more_certain(&certainly, &vaguely),
                    "on {day}: {:?}, {:?}\n{}\n{}\n{}", certain(&certainly), certain(&vaguely), json(agreement.terms()),
                    serde_json::to_string(&narrow).unwrap(), serde_json::to_string(&vague).unwrap()
                );
            }
        }
    }
}
