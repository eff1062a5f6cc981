//! The ceilings of one force after its phases, from the words of the design.

use force_drawdown::{LimitKind, Phase, Residual, ResidualStatus, Standing, Terms};

use super::numbers::{
    Ends, Number, Taken, WHOLE, ceiling, exactly, share_ceiling, share_withdrawal, taken, withdrawal, written,
};

/// What a baseline says; an authorised one is read as a ceiling is.
pub(super) fn base(terms: &Terms) -> Ends {
    let baseline = terms.forces[0].baseline.as_ref();
    baseline.map_or((0, None), |baseline| {
        if baseline.authorised { ceiling(baseline.strength) } else { written(baseline.strength) }
    })
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

/// The chain of the binding phases, or of all: each ceiling, and the phase that sets it, if not an authorised baseline.
pub(super) fn chain(terms: &Terms, all: bool) -> Vec<(Option<String>, Number)> {
    let base = base(terms);
    let baseline = terms.forces[0].baseline.as_ref();
    let is_authorised = baseline.is_some_and(|baseline| baseline.authorised);
    let in_chain = |phase: &&Phase| all || phase.standing() == Standing::Binding;
    let phases: Vec<&Phase> = terms.phases.iter().filter(in_chain).collect();
    let mut gone = Taken { people: Some(exactly(0)), share: Some(exactly(0)) };
    let mut stages = Vec::new();
    if is_authorised {
        stages.push((None, Number { people: base, taken: gone, is_raised: false }));
    }
    // A count is no ceiling: what is required may be above it, and what is planned is not.
    let is_planned_from = all && baseline.is_some() && !is_authorised;
    let cap = |ends: Ends| if is_planned_from { (ends.0.min(base.0), least(ends.1, base.1)) } else { ends };
    let mut previous = base;
    let mut highest = is_authorised.then_some(base.1).flatten();
    for phase in &phases {
        let limit = phase.limits[0].kind;
        gone = taken(gone, limit);
        let (low, high) = cap(after(limit, previous, base, gone));
        highest = least(high, highest);
        // Phases that a count caps may come to cross each other: no end is above the other.
        let low = if is_planned_from { highest.map_or(low, |highest| low.min(highest)) } else { low };
        let is_last = phases.last().is_some_and(|last| last.id == phase.id);
        let stays = terms.residual.first().filter(|_| is_last);
        let (people, is_raised) =
            stays.map_or(((low, highest), false), |residual| stay(residual, previous, (low, highest)));
        previous = people;
        stages.push((Some(phase.id.clone()), Number { people, taken: gone, is_raised }));
    }
    // In readings that only fall, none is below a later one.
    let mut floor = 0;
    for (_, number) in stages.iter_mut().rev() {
        floor = floor.max(number.people.0);
        number.people.0 = floor;
    }
    stages
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
