//! The ceilings of one force after its phases, from the words of the design.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use force_drawdown::{
    Agreement, Amendment, Baseline, Change, LimitKind, Milestone, Phase, Residual, ResidualStatus, SetBy, Standing,
    Terms,
};

use super::numbers::{
    Ends, Number, Taken, WHOLE, ceiling, exactly, share_ceiling, share_withdrawal, taken, withdrawal, written,
};

/// Nothing is known of how many there were.
pub(super) const NO_BASE: Ends = (0, None);

/// What a baseline says; an authorised one is read as a ceiling is.
pub(super) fn base(baseline: &Baseline) -> Ends {
    if baseline.authorised { ceiling(baseline.strength) } else { written(baseline.strength) }
}

/// The baselines of the versions up to that in effect on a day; the first may have none.
pub(super) fn baselines(agreement: &Agreement, on: NaiveDate) -> Vec<Option<Baseline>> {
    let is_known = |adopted: NaiveDate| agreement.known_on().is_none_or(|known| adopted <= known);
    let in_effect = |amendment: &&Amendment| amendment.adopted <= on && is_known(amendment.adopted);
    let amendments = agreement.terms().amendments.iter().filter(in_effect);
    let recounts = amendments.flat_map(|amendment| &amendment.changes).map(|change| match change {
        Change::Baseline { baseline } => Some(baseline.baseline.clone()),
        other => panic!("no case has {other:?}"),
    });
    std::iter::once(agreement.terms().forces[0].baseline.clone()).chain(recounts).collect()
}

/// The last due day of each phase whose days are known, of the binding phases or of all.
pub(super) fn closings(agreement: &Agreement, all: bool) -> BTreeMap<String, NaiveDate> {
    let schedule = agreement.versions().next().unwrap().schedule("us").unwrap();
    let day = agreement.terms().forces[0].baseline.as_ref().map_or(NaiveDate::MIN, |baseline| baseline.as_of);
    let milestones = if all { schedule.planned_milestones_on(day) } else { schedule.required_milestones_on(day) };
    let closing = |at: &Milestone<'_>| match at.by {
        SetBy::Phase(id) => Some((id.to_owned(), at.due.window()?.latest())),
        SetBy::Baseline => None,
    };
    milestones.iter().filter_map(closing).collect()
}

/// The ends of a share of a base, rounded down.
fn part(base: Ends, share: Ends) -> Ends {
    let most = share.1.unwrap();
    let high = base.1.map_or((most == 0).then_some(0), |base| Some(base * most / WHOLE));
    (base.0 * share.0 / WHOLE, high)
}

fn rest(gone: Ends) -> Ends {
    (WHOLE - gone.1.unwrap(), Some(WHOLE - gone.0))
}

/// What is left, with nothing below 0.
fn less(before: Ends, gone: Ends) -> Ends {
    (gone.1.map_or(0, |gone| (before.0 - gone).max(0)), before.1.map(|before| (before - gone.0).max(0)))
}

/// A share of a base less than before, rounded down.
fn less_share(before: Ends, base: Ends, gone: Ends) -> Ends {
    let left = |before: i64, base: i64, gone: i64| (before * WHOLE - base * gone).div_euclid(WHOLE).max(0);
    let most = gone.1.unwrap();
    let low = base.1.map_or(if most == 0 { before.0 } else { 0 }, |base| left(before.0, base, most));
    (low, before.1.map(|before| left(before, base.0, gone.0)))
}

/// The lower of two upper ends, of which either may be open.
fn least(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    one.into_iter().chain(other).min()
}

fn after(limit: LimitKind, previous: Ends, base: Ends, gone: Taken) -> Ends {
    match limit {
        LimitKind::Remain(quantity) => ceiling(quantity),
        LimitKind::Withdraw(quantity) => less(previous, withdrawal(quantity)),
        LimitKind::Withdrawn(quantity) => less(base, withdrawal(quantity)),
        LimitKind::RemainShare(share) => part(base, share_ceiling(share)),
        LimitKind::WithdrawnShare(share) => part(base, rest(share_withdrawal(share))),
        // The base counts once, where only shares come before.
        LimitKind::WithdrawShare(share) => match gone.share {
            Some(all) => part(base, rest((all.0.min(WHOLE), Some(all.1.unwrap().min(WHOLE))))),
            None => less_share(previous, base, share_withdrawal(share)),
        },
    }
}

/// A ceiling, and the phase that sets it, if not an authorised baseline.
#[derive(Clone)]
pub(super) struct Ceiling {
    pub(super) phase: Option<String>,
    pub(super) number: Number,
}

/// The chain of the binding phases, or of all, in the version of the last of some baselines.
pub(super) fn chain(
    terms: &Terms,
    baselines: &[Option<Baseline>],
    closings: &BTreeMap<String, NaiveDate>,
    all: bool,
) -> Vec<Ceiling> {
    let baseline = baselines.last().unwrap().as_ref();
    let base = baseline.map_or(NO_BASE, base);
    let is_authorised = baseline.is_some_and(|baseline| baseline.authorised);
    // The first version in which a phase is settled.
    let settled_in = |phase: &Phase| {
        let closes = closings.get(&phase.id)?;
        (1..baselines.len()).find(|&version| *closes < baselines[version].as_ref().unwrap().as_of)
    };
    let is_settled = |phase: &&&Phase| settled_in(phase).is_some();
    let in_chain = |phase: &&Phase| all || phase.standing() == Standing::Binding;
    // A new authorised baseline is there in place of the phases before it, and stays so.
    let authorises = |baseline: &&Option<Baseline>| baseline.as_ref().is_some_and(|baseline| baseline.authorised);
    let numbers: Vec<_> = baselines[1..].iter().filter(authorises).flatten().map(|one| one.as_of).collect();
    let is_before = |closes: &NaiveDate| numbers.iter().any(|as_of| closes < as_of);
    let stays_listed = |phase: &&Phase| !closings.get(&phase.id).is_some_and(is_before);
    let phases: Vec<&Phase> = terms.phases.iter().filter(in_chain).filter(stays_listed).collect();
    let last_settled = phases.iter().rposition(|phase| is_settled(&phase));
    let as_before = |versions: usize, id: Option<&String>| {
        let before = chain(terms, &baselines[..versions], closings, all);
        let kept = before.into_iter().find(|ceiling| ceiling.phase.as_ref() == id).unwrap();
        // What was taken away for it was of another base.
        Ceiling { number: Number { taken: Taken::default(), ..kept.number }, ..kept }
    };
    let kept = if let Some(place) = last_settled {
        // As it was in the last version in which it was not settled.
        Some(as_before(settled_in(phases[place]).unwrap(), Some(&phases[place].id)))
    } else {
        // A count changes nothing in what was authorised before it.
        let goes_on = !is_authorised && baselines.iter().any(|baseline| authorises(&baseline));
        goes_on.then(|| as_before(baselines.len() - 1, None))
    };
    let waits = |phase: &Phase| !closings.contains_key(&phase.id);
    let has_moved = last_settled.is_some_and(|last| phases[..last].iter().any(|phase| waits(phase)));
    let open: Vec<&Phase> = phases.iter().filter(|phase| !is_settled(phase)).copied().collect();
    let is_last = |phase: &Phase| open.last().is_some_and(|last| last.id == phase.id);
    let mut stages: Vec<Ceiling> = Vec::new();
    let mut gone = Taken { people: Some(exactly(0)), share: Some(exactly(0)) };
    if is_authorised {
        stages.push(Ceiling { phase: None, number: Number { people: base, taken: gone, is_raised: false } });
    }
    let mut previous = base;
    // What caps the same ends of all that follows: what is settled, and in a plan the count that it starts from. A count
    // is no ceiling of what is required.
    let mut cap = (i64::MAX, None);
    if all && baseline.is_some() && !is_authorised {
        cap = base;
    }
    if let Some(kept) = &kept {
        cap = (cap.0.min(kept.number.people.0), least(cap.1, kept.number.people.1));
        previous = cap;
        gone = Taken::default();
    }
    let settled = kept.into_iter().collect::<Vec<_>>();
    let mut highest = is_authorised.then_some(base.1).flatten();
    for phase in &open {
        let limit = phase.limits[0].kind;
        gone = taken(gone, limit);
        let (low, high) = after(limit, previous, base, gone);
        highest = least(least(high, cap.1), highest);
        // What was taken away says nothing of a ceiling that is another's, below all that is left by its own words.
        let is_anothers = highest.is_some_and(|highest| highest < low);
        let own = if is_anothers { Taken::default() } else { gone };
        // What a count caps, or a recount leaves, may come to cross each other: no end is above the other.
        let low = highest.map_or(low.min(cap.0), |highest| low.min(cap.0).min(highest));
        let stays = terms.residual.first().filter(|_| is_last(phase));
        let (people, is_raised) =
            stays.map_or(((low, highest), false), |residual| stay(residual, previous, (low, highest)));
        previous = people;
        if has_moved {
            cap = (cap.0.min(people.0), least(cap.1, people.1));
        }
        stages.push(Ceiling { phase: Some(phase.id.clone()), number: Number { people, taken: own, is_raised } });
    }
    // In readings that only fall, none is below a later one; what is settled stays as it is.
    let mut floor = 0;
    for stage in stages.iter_mut().rev() {
        floor = floor.max(stage.number.people.0);
        stage.number.people.0 = floor;
    }
    settled.into_iter().chain(stages).collect()
}

/// The ceiling where some may stay, and whether it is higher for them in some reading.
fn stay(residual: &Residual, before: Ends, after: Ends) -> (Ends, bool) {
    let strength = ceiling(residual.strength);
    let low = strength.0.min(before.0).max(after.0);
    let high = least(strength.1, before.1).and_then(|may_stay| after.1.map(|high| high.max(may_stay)));
    let may_stay = |least: i64| least > after.0;
    let is_raised = strength.1.is_none_or(may_stay) && before.1.is_none_or(may_stay);
    let low = if residual.status == ResidualStatus::Agreed { low } else { after.0 };
    ((low, high), is_raised)
}
