//! Documents that are recounted, and documents that end: the slow judge and the crate say the same of them.

use force_drawdown::{
    Act, ActKind, Amendment, ApprovalState, Baseline, Change, Deadline, Event, Force, Interpolation, Limit,
    NewBaseline, Party, Phase, PhaseChange, Quantity, Role, SetBy, Share, Verdict, assessment::Counted,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::cases::{Case, FIRST, Judging, TheCrate, after, assert_agreed, case, cases};
use super::chains::{baselines, closings};
use super::naive::Naive;
use super::rules::{certain, is_kept, still_counts, vaguer_case, wider};
use super::*;
use crate::sums::written_out::written_out;

/// Recounts, each after the one before, and of some counts the baseline that they count from, or a day of none.
fn recounted() -> impl Strategy<Value = Case> {
    let recount = (1..9_u32, 6..24_u32, 0..3_u32, proptest::bool::weighted(0.2), 0..4_u32);
    let since = proptest::option::weighted(0.3, 0..4_usize);
    (case(), proptest::collection::vec(recount, 1..4), proptest::collection::vec(since, 6))
        .prop_map(|(mut case, recounts, since)| {
            let mut bases: Vec<NaiveDate> = case.terms.forces[0].baseline.iter().map(|base| base.as_of).collect();
            let mut as_of = bases.first().copied().unwrap_or(FIRST);
            let mut adopted = FIRST;
            for (gap, strength, spread, authorised, wait) in recounts {
                as_of = as_of + Days::new(gap.into());
                adopted = adopted.max(as_of + Days::new(wait.into()));
                let baseline = Baseline::new(Quantity::Range(strength, strength + spread), as_of);
                let baseline = NewBaseline { force: None, baseline: Baseline { authorised, ..baseline } };
                case.terms.amendments.push(Amendment::new("Recount", adopted).change(Change::Baseline { baseline }));
                bases.push(as_of);
            }
            for (seen, since) in case.seen.iter_mut().zip(since) {
                if !matches!(seen.counted, Counted::Present(_)) {
                    seen.since = since.map(|place| bases.get(place).copied().unwrap_or(after(1)));
                }
            }
            case
        })
        .prop_filter("not legal", |case| Agreement::try_from(case.terms.clone()).is_ok())
}

/// Consents of two parties that are given, refused and withdrawn, an application before them, and an end.
fn ended() -> impl Strategy<Value = Case> {
    let mut kinds = vec![ActKind::Approved; 4];
    kinds.extend([ActKind::Refused, ActKind::ConsentWithdrawn]);
    let acts = proptest::collection::vec((proptest::sample::select(kinds), 0..2_usize, 0..16_u32), 0..10);
    let applied = proptest::option::weighted(0.2, 0..16_u32);
    let end = proptest::option::weighted(0.8, (2..24_u32, prop_oneof![3 => Just(0_u32), 1 => 1..3_u32]));
    let from_end = (0..7_u8, 0..4_u32, any::<bool>());
    (case(), acts, proptest::bool::weighted(0.7), applied, end, from_end)
        .prop_map(|(mut case, acts, needs, applied, end, (kind, days, has_next))| {
            let act = |day: u32, kind| Act::new(after(day), kind).published(FIRST);
            if needs {
                let parties = ["A", "B"];
                case.terms.parties = parties.map(|id| Party::new(id, id, Role::Sending)).to_vec();
                let consent = |(kind, party, day): (ActKind, usize, u32)| act(day, kind).by(parties[party]);
                case.terms.record.extend(acts.into_iter().map(consent));
            }
            case.terms.record.extend(applied.map(|day| act(day, ActKind::ProvisionallyApplied)));
            if let Some((first, length)) = end {
                let last = after(first + length);
                case.terms.record.retain(|act| act.on.window().unwrap().earliest() <= after(first));
                let on = super::cases::period(after(first), last);
                case.terms.record.push(Act::new(on, ActKind::Terminated).published(FIRST));
            }
            let after_end = || Deadline::after(Event::Termination).days(days);
            let last = case.terms.phases.last_mut().unwrap();
            last.by = match (kind, last.by.clone()) {
                (0 | 1, _) => after_end(),
                (2, by) => Deadline::latest([by, after_end()]),
                (3, by) => Deadline::earliest([by, after_end()]),
                (4, by) => Deadline::any([by, after_end()]),
                (_, by) => by,
            };
            if has_next {
                let by = Deadline::after(Event::Phase(last.id.clone())).days(2);
                let limit = Limit::withdraw(1);
                case.terms.phases.push(Phase::new("next", by).limit(limit));
            }
            case
        })
        .prop_filter("not legal", |case| Agreement::try_from(case.terms.clone()).is_ok())
}

/// A force that is made up of two parts, of which some counts are.
fn summed() -> impl Strategy<Value = Case> {
    let of = proptest::collection::vec((0..6_u8, 0..5_u32), 6);
    (case(), of).prop_map(|(mut case, of)| {
        case.known = None;
        case.terms.forces[0].sum_of_parts = true;
        case.terms.forces.extend(["a", "b"].map(|id| Force::new(id).part_of("us")));
        for limit in case.terms.phases.iter_mut().flat_map(|phase| &mut phase.limits) {
            limit.force = Some("us".to_owned());
        }
        for residual in &mut case.terms.residual {
            residual.force = Some("us".to_owned());
        }
        let mut all = Vec::new();
        for (seen, (of, more)) in case.seen.drain(..).zip(of) {
            let of_force = |id: &str| Observation { force: Some(id.to_owned()), ..seen.clone() };
            match of {
                0 => all.push(of_force("us")),
                1 => all.push(of_force("a")),
                2 => all.push(of_force("b")),
                _ => {
                    let other = Observation { counted: Counted::Present(more.into()), until: None, ..of_force("b") };
                    all.extend([of_force("a"), other]);
                }
            }
        }
        Case { seen: all, ..case }
    })
}

/// A kind of case, and whether one is of it.
type Kind = (&'static str, fn(&Case, &Agreement) -> bool);

/// Of 400 cases, so many at least are of each kind.
fn assert_exercised(cases: &impl Strategy<Value = Case>, least: usize, kinds: &[Kind]) {
    let mut runner = TestRunner::deterministic();
    let drawn: Vec<Case> = (0..400).map(|_| cases.new_tree(&mut runner).unwrap().current()).collect();
    for (name, is_of) in kinds {
        let found = drawn.iter().filter(|case| is_of(case, &case.agreement())).count();
        assert!(found >= least, "{name}: {found}");
    }
}

/// Each rule that the slow judge reads is one that answers depend on.
#[test]
fn each_rule_is_exercised() {
    assert_exercised(
        &recounted(),
        10,
        &[
            ("a recount in effect", |case, agreement| agreement.version_on(case.on) > 0),
            ("a settled phase", |case, agreement| milestones(case, agreement).iter().any(|at| at.1)),
            ("a phase that has moved", |case, agreement| {
                let found = milestones(case, agreement);
                found.first().is_some_and(|first| first.1 && first.0.as_ref() != Some(&case.terms.phases[0].id))
                    && found.iter().any(|at| at.0.as_ref() == Some(&case.terms.phases[0].id))
            }),
            ("an authorised recount in effect", |case, agreement| {
                let first = milestones(case, agreement).into_iter().next();
                agreement.version_on(case.on) > 0 && first.is_some_and(|first| first == (None, false))
            }),
            ("an authorised number that goes on after a count", |case, agreement| {
                milestones(case, agreement).into_iter().next().is_some_and(|first| first == (None, true))
            }),
            ("a number withdrawn of several baselines", |case, agreement| {
                let several = agreement.version_on(case.on) > 0 && case.terms.forces[0].baseline.is_some();
                let second = case.terms.amendments[0].changes.iter().find_map(|change| match change {
                    Change::Baseline { baseline } => Some(baseline.baseline.as_of),
                    _ => None,
                });
                let is_of_both = |seen: &Observation| {
                    let is_withdrawn = !matches!(seen.counted, Counted::Present(_));
                    is_withdrawn && seen.since.is_none() && Some(seen.date.window().unwrap().earliest()) >= second
                };
                several && case.assess().forces[0].observed.is_some() && case.seen.iter().any(is_of_both)
            }),
            ("a number since a day", |case, _| case.seen.iter().any(|seen| seen.since.is_some())),
        ],
    );
    assert_exercised(
        &ended(),
        8,
        &[
            ("after the end", |case, agreement| agreement.approval_on(case.on) == ApprovalState::Terminated),
            ("required after the end", |case, agreement| {
                let is_over = agreement.approval_on(case.on) == ApprovalState::Terminated;
                is_over && case.assess().forces[0].verdict != Verdict::NotBinding
            }),
            ("refused", |case, agreement| matches!(agreement.approval_on(case.on), ApprovalState::Refused { .. })),
            ("bound though refused", |case, agreement| {
                matches!(agreement.approval_on(case.on), ApprovalState::Refused { .. }) && agreement.binds_on(case.on)
            }),
            (
                "withdrawn from what is in force",
                |case, agreement| matches!(agreement.approval_on(case.on), ApprovalState::InForce { withdrawn_by, .. } if !withdrawn_by.is_empty()),
            ),
            ("suspended", |case, agreement| agreement.approval_on(case.on) == ApprovalState::Suspended),
            ("a share without its bound", |case, _| {
                case.seen.iter().any(|seen| {
                    matches!(seen.counted, Counted::WithdrawnShare(Share::MoreThan(_) | Share::FewerThan(_)))
                })
            }),
        ],
    );
    assert_exercised(
        &summed(),
        40,
        &[("a sum that is judged", |case, agreement| {
            let sums = written_out(agreement, &case.seen, case.on).len() > case.seen.len();
            sums && case.assess().forces[0].observed.is_some()
        })],
    );
    // A plan that ends before a step that is not known, and one that goes on.
    let ends = |case: &Case, agreement: &Agreement| {
        agreement.schedule("us").unwrap().planned_on(after(29), Interpolation::Step).high.is_none() && case.on > FIRST
    };
    let goes_on = |case: &Case, agreement: &Agreement| {
        agreement.schedule("us").unwrap().planned_on(after(29), Interpolation::Step).high.is_some() && case.on > FIRST
    };
    assert_exercised(&case(), 100, &[("a plan that ends", ends), ("a plan that goes on", goes_on)]);
}

/// Both wait while the third is settled, and stay in their order when there is one more recount.
#[test]
fn phases_that_have_moved_keep_their_order() {
    let phases = r#"{ "id": "1", "by": { "after": "event:x" }, "limits": [{ "remain": 12 }] },
        { "id": "2", "by": { "after": "event:x" }, "limits": [{ "remain": 12 }], "standing": "envisaged" },
        { "id": "3", "by": "2000-01-01", "limits": [{ "remain": 12 }] }"#;
    let recount = |day: &str| {
        format!(
            r#"{{ "title": "Recount", "adopted": "{day}", "changes": [{{ "baseline": {{ "strength": 6, "as_of": "{day}" }} }}] }}"#
        )
    };
    let amendments = format!(r#", "amendments": [{}, {}]"#, recount("2000-01-02"), recount("2000-01-03"));
    let agreement = agreement(r#", "baseline": { "strength": 12, "as_of": "2000-01-01" }"#, phases, &amendments);
    for on in ["2000-01-02", "2000-01-03"] {
        let planned = agreement.schedule("us").unwrap().planned_milestones_on(day(on));
        let order: Vec<String> = planned.iter().map(|at| at.by.to_string()).collect();
        assert_eq!(order, ["3", "1", "2"], "on {on}");
    }
}

/// The phases that are planned on the day of judgement, and whether each is settled.
fn milestones(case: &Case, agreement: &Agreement) -> Vec<(Option<String>, bool)> {
    let milestones = agreement.schedule("us").unwrap().planned_milestones_on(case.on);
    let phase = |by| if let SetBy::Phase(id) = by { Some(str::to_owned(id)) } else { None };
    milestones.iter().map(|at| (phase(at.by), at.settled)).collect()
}

proptest! {
    #![proptest_config(cases(700))]

    #[test]
    fn the_slow_judge_agrees_after_recounts(case in recounted()) {
        assert_agreed(&case);
    }

    /// Of what the parts add up to, written out, the slow judge says the same of the whole.
    #[test]
    fn the_slow_judge_agrees_on_sums(case in summed()) {
        let agreement = case.agreement();
        let of_whole = |seen: &Observation| seen.force.as_deref() == Some("us");
        let mut alone = case.clone();
        alone.terms.forces.truncate(1);
        alone.terms.forces[0].sum_of_parts = false;
        alone.seen = written_out(&agreement, &case.seen, case.on).into_iter().filter(of_whole).collect();
        let (whole, slow) = (TheCrate::on(&agreement, case.on).judge(&case.seen), alone.agreement());
        prop_assert_eq!(whole, Naive::on(&slow, case.on).judge(&alone.seen), "{}", case.text());
    }

    #[test]
    fn the_slow_judge_agrees_before_and_after_an_end(case in ended()) {
        for on in [case.on, after(4), after(30)] {
            assert_agreed(&Case { on, ..case.clone() });
        }
    }

    /// R5.
    #[test]
    fn what_is_vaguer_is_no_more_certain_after_recounts(case in recounted(), place in 0..100_usize, by in wider()) {
        let vague = vaguer_case(&case, place, by);
        let Ok(of_vague) = Agreement::try_from(vague.terms.clone()) else { return Ok(()) };
        let of_narrow = case.agreement();
        // A deadline settles what it settled, and a count is of the baselines that it was of.
        let settled = |agreement: &Agreement| -> Vec<Option<usize>> {
            let (closings, baselines) = (closings(agreement, true), baselines(agreement, case.on));
            let settles = |phase: &Phase| {
                let closes = closings.get(&phase.id)?;
                baselines[1..].iter().position(|recount| recount.as_ref().is_some_and(|recount| *closes < recount.as_of))
            };
            case.terms.phases.iter().map(settles).collect()
        };
        // No reading has all ceilings that a recount leaves in contradiction: it is legal as it is a recount and no more.
        let mut changed = case.terms.clone();
        for amendment in &mut changed.amendments {
            let title = PhaseChange::new(case.terms.phases[0].id.clone()).title("more than a recount");
            amendment.changes.push(Change::Phase(title));
        }
        if Agreement::try_from(changed).is_err() {
            return Ok(());
        }
        let is_redated = case.seen.iter().zip(&vague.seen).any(|(narrow, wide)| narrow.date != wide.date);
        if is_redated || !still_counts(&case, &vague) || settled(&of_narrow) != settled(&of_vague) {
            return Ok(());
        }
        let (narrow, wide) = (certain(&case.assess()), certain(&vague.assess()));
        let kept = narrow.iter().zip(&wide).all(|(narrow, wide)| is_kept(*narrow, *wide));
        prop_assert!(kept, "{narrow:?}, {wide:?}\n{}\n{}", case.text(), vague.text());
    }
}
