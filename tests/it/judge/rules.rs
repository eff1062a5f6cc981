//! Missing is never zero, the curves stay apart, and vaguer words make nothing certain.

use force_drawdown::{
    Baseline, Deadline, Limit, LimitKind, Outcome, Quantity, Share, Verdict, assessment::Counted, terms::Ratio,
};
use proptest::prelude::*;

use super::cases::{Case, after, case, cases, period};
use super::numbers::{Ends, ceiling, share_ceiling, share_withdrawal, withdrawal, written, written_share};
use super::*;

/// The certain verdict, and the certain outcome of each phase; none where it is another.
pub(super) fn certain(assessment: &Assessment) -> Vec<Option<&'static str>> {
    let of_force = assessment.forces.iter().map(|force| match force.verdict {
        Verdict::Compliant | Verdict::Exceeded => Some(force.verdict.as_str()),
        _ => None,
    });
    let of_phase = assessment.phases.iter().map(|phase| phase.outcome.as_str());
    let is_certain = |outcome: &&str| ["met", "late", "overdue", "missed"].contains(outcome);
    of_force.chain(of_phase.map(|outcome| Some(outcome).filter(is_certain))).collect()
}

/// Whether what is certain of the vaguer one is so of the narrower; `missed` is one of `late` and `overdue`.
pub(crate) fn is_kept(narrow: Option<&str>, wide: Option<&str>) -> bool {
    wide.is_none() || wide == narrow || wide == Some("missed") && matches!(narrow, Some("late" | "overdue"))
}

/// Which end is let out, and by how much; where it goes beyond what there is, the end opens.
pub(super) type Wider = (u32, Option<u32>);

pub(super) fn wider() -> impl Strategy<Value = Wider> {
    (0..6_u32, prop_oneof![6 => (0..6_u32).prop_map(Some), 1 => Just(None)])
}

fn vaguer((low, high): Ends, (down, up): Wider) -> Quantity {
    let number = |n: i64| u32::try_from(n).unwrap();
    let low = number(low).saturating_sub(down);
    match (high, up) {
        (Some(high), Some(up)) => Quantity::Range(low, number(high) + up),
        _ if low == 0 => Quantity::Unspecified,
        // A least number, which as a ceiling and as a count is open, and which is exact as what is taken away.
        _ => Quantity::AtLeast(low),
    }
}

/// As much is taken away for certain.
fn vaguer_withdrawal(ends: Ends, wider: Wider) -> Quantity {
    match vaguer(ends, wider) {
        Quantity::AtLeast(_) => Quantity::Unspecified,
        other => other,
    }
}

fn vaguer_share((low, high): Ends, (down, up): Wider) -> Share {
    let percent = |n: i64| u32::try_from(n / 1_000).unwrap();
    // Outwards: an end that is left out lies beside a whole percentage.
    let (low, high) = (percent(low), percent(high.unwrap() + 999));
    let (low, high) = (low.saturating_sub(down * 10), high + up.unwrap_or(10) * 10);
    Share::Range(Ratio::percent(low), Ratio::percent(high.min(100)))
}

fn vaguer_limit(limit: &Limit, by: Wider) -> Limit {
    match limit.kind {
        LimitKind::Remain(quantity) => Limit::remain(vaguer(ceiling(quantity), by)),
        LimitKind::Withdraw(quantity) => Limit::withdraw(vaguer_withdrawal(withdrawal(quantity), by)),
        LimitKind::Withdrawn(quantity) => Limit::withdrawn(vaguer_withdrawal(withdrawal(quantity), by)),
        LimitKind::RemainShare(share) => Limit::remain_share(vaguer_share(share_ceiling(share), by)),
        LimitKind::WithdrawShare(share) => Limit::withdraw_share(vaguer_share(share_withdrawal(share), by)),
        LimitKind::WithdrawnShare(share) => Limit::withdrawn_share(vaguer_share(share_withdrawal(share), by)),
    }
}

fn vaguer_days(of: force_drawdown::Window, (before, later): Wider) -> force_drawdown::Period {
    let later = later.unwrap_or(3);
    period(of.earliest() - Days::new(before.into()), of.latest() + Days::new(later.into()))
}

/// One thing of a case made vaguer.
pub(super) fn vaguer_case(case: &Case, place: usize, by: Wider) -> Case {
    let mut vague = case.clone();
    let phases = vague.terms.phases.len();
    match place % 6 {
        5 => {
            for residual in &mut vague.terms.residual {
                residual.strength = vaguer(ceiling(residual.strength), by);
            }
        }
        0 => {
            let phase = &mut vague.terms.phases[place / 6 % phases];
            phase.limits = vec![vaguer_limit(&phase.limits[0], by)];
        }
        1 => {
            let phase = &mut vague.terms.phases[place / 6 % phases];
            let Deadline::Period(days) = &phase.by else { return vague };
            phase.by = vaguer_days(days.window().unwrap(), by).into();
        }
        2 => {
            if let Some(baseline) = &mut vague.terms.forces[0].baseline {
                let acting = if baseline.authorised { ceiling(baseline.strength) } else { written(baseline.strength) };
                let by = if baseline.authorised { (by.0, by.1.or(Some(5))) } else { by };
                *baseline = Baseline { strength: vaguer(acting, by), ..baseline.clone() };
            }
        }
        of_count if !vague.seen.is_empty() => {
            let index = place / 6 % vague.seen.len();
            let seen = &mut vague.seen[index];
            let days = seen.date.window().unwrap();
            // It is known from the same day.
            seen.published = seen.published.or(seen.until).or(Some(days.latest()));
            if of_count == 3 {
                // What holds until a day does so from a day.
                if seen.until.is_some() {
                    return vague;
                }
                seen.date = vaguer_days(days, by);
            } else {
                seen.counted = match seen.counted {
                    Counted::Present(quantity) => Counted::Present(vaguer(written(quantity), by)),
                    Counted::Withdrawn(quantity) => Counted::Withdrawn(vaguer(written(quantity), by)),
                    Counted::WithdrawnShare(share) => Counted::WithdrawnShare(vaguer_share(written_share(share), by)),
                };
            }
        }
        _ => {}
    }
    vague
}

/// As many counts count; R5 speaks of those that can be true.
pub(super) fn still_counts(narrow: &Case, vague: &Case) -> bool {
    if !narrow.assess().set_aside.is_empty() {
        return false;
    }
    let baseline = vague.terms.forces[0].baseline.as_ref();
    narrow.seen.iter().zip(&vague.seen).all(|(narrow, wide)| {
        let window = wide.date.window().unwrap();
        let in_time = baseline.is_none_or(|base| window.earliest() >= base.as_of) && window.latest() <= vague.on;
        narrow.date == wide.date || in_time
    })
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// R5.
    #[test]
    fn what_is_vaguer_is_no_more_certain(case in case(), place in 0..100_usize, by in wider()) {
        let vague = vaguer_case(&case, place, by);
        // Of windows that are let out, one may come before the other; of ceilings, one may rise above the other.
        let legal = Agreement::try_from(vague.terms.clone()).is_ok();
        if legal && still_counts(&case, &vague) {
            let (narrow, wide) = (certain(&case.assess()), certain(&vague.assess()));
            let kept = narrow.iter().zip(&wide).all(|(narrow, wide)| is_kept(*narrow, *wide));
            prop_assert!(kept, "{narrow:?}, {wide:?}\n{}\n{}", case.text(), vague.text());
        }
    }

    /// What was met, or completed late, stays so whatever is counted later. What is overdue may come to be late, and in
    /// some readings only: then it is missed.
    #[test]
    fn what_came_of_a_phase_stays(
        mut case in case(), present in 0..30_u32, spread in 0..3_u32, gap in 0..9_u64, length in 0..3_u64
    ) {
        case.known = None;
        case.seen.retain(|seen| seen.until.unwrap_or_else(|| seen.date.window().unwrap().latest()) <= case.on);
        let before = case.assess();
        let first = case.on + Days::new(gap + 1);
        let mut later = Case { on: first + Days::new(length), ..case.clone() };
        let number = Quantity::Range(present, present + spread);
        later.seen.push(force_drawdown::Observation::present(period(first, later.on), number));
        for (was, is) in before.phases.iter().zip(later.assess().phases) {
            let is_past = was.due.is_some_and(|due| due.latest() <= case.on);
            let stays = match (was.outcome.as_str(), is.outcome.as_str()) {
                _ if !is_past => true,
                ("missed" | "overdue", is) => matches!(is, "missed" | "late" | "overdue"),
                ("met" | "late", is) => is == was.outcome.as_str(),
                _ => true,
            };
            prop_assert!(stays, "{} becomes {}\n{}", was.outcome, is.outcome, later.text());
        }
    }

    /// R3.
    #[test]
    fn without_counts_nothing_is_certain(mut case in case()) {
        case.seen.clear();
        let assessment = case.assess();
        prop_assert!(certain(&assessment).iter().all(Option::is_none), "{}", case.text());
        let force = &assessment.forces[0];
        prop_assert_eq!((force.observed, force.margin, force.required_pace), (None, None, None));
        prop_assert_eq!(case.assess().score("us"), None);
        for phase in assessment.phases {
            let is_open = matches!(phase.outcome, Outcome::Pending | Outcome::NotReported | Outcome::Awaiting);
            prop_assert!(is_open, "{}", case.text());
            prop_assert_eq!(phase.slip_days.and_then(|slip| slip.high), None);
        }
    }

    #[test]
    fn what_was_seen_or_published_later_changes_nothing(
        case in case(), present in 0..30_u32, first in 0..26_u32, length in 0..3_u32, late in 1..30_u32
    ) {
        let on = (case.on - super::cases::FIRST).num_days().try_into().unwrap();
        let (first, last) = (first.min(on), on + late);
        let mut more = case.clone();
        more.seen.push(force_drawdown::Observation::present(period(after(first), after(last)), present));
        prop_assert_eq!(more.assess(), case.assess(), "{}", more.text());
        if let Some(known) = case.known {
            let published = known + Days::new(late.into());
            let mut more = case.clone();
            let date = period(after(first), after((first + length).min(on)));
            let counted = force_drawdown::Observation::present(date, present);
            more.seen.insert(0, force_drawdown::Observation { published: Some(published), ..counted });
            prop_assert_eq!(more.assess(), case.assess(), "{}", more.text());
        }
    }

    /// R4: a document that plans otherwise, between the same milestones, is judged alike. Assessing takes no
    /// interpolation.
    #[test]
    fn what_is_planned_between_milestones_is_not_judged(case in case(), before in 0..8_u64) {
        let assess: fn(&Agreement, &[force_drawdown::Observation], NaiveDate) -> Assessment = Agreement::assess;
        let mut other = case.clone();
        for phase in &mut other.terms.phases {
            let Deadline::Period(days) = &phase.by else { continue };
            let until = days.window().unwrap().earliest() - Days::new(before);
            phase.from = Some(Deadline::day(until));
        }
        prop_assert_eq!(assess(&other.agreement(), &other.seen, other.on), case.assess(), "{}", other.text());
    }
}
