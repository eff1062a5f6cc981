//! Values that are vaguer than others: each contains the other, as it acts in its place.

use super::spellings;
use super::tape::{Choices, earlier, later};
use crate::assessment::{Counted, Observation};
use crate::day::Window;
use crate::terms::spelling::{Spelled, Spelling};
use crate::terms::{
    Band, Baseline, Change, Deadline, Limit, LimitKind, MAX_PEOPLE, Part, Period, Quantity, Ratio, Residual, Share,
    ShareBand, Terms,
};

/// How a quantity acts in its place.
pub(super) type Reads = fn(Quantity) -> Option<Band>;
/// How a share acts in its place.
pub(super) type ReadsShare = fn(Share) -> Option<ShareBand>;

/// A value in any spelling that holds what it has to, written with some of the values on offer.
fn spelt<T: Spelled>(choices: &mut Choices, offers: &[T::Value], holds: impl Fn(T) -> bool) -> Option<T> {
    let said = |spelling: &Spelling<T>| {
        let mut said: Vec<T> = match spelling.values {
            [] => (spelling.says)(&[]).into_iter().collect(),
            [_] => offers.iter().filter_map(|offer| (spelling.says)(&[*offer])).collect(),
            _ => {
                let pairs = offers.iter().flat_map(|first| offers.iter().map(move |second| [*first, *second]));
                pairs.filter_map(|pair| (spelling.says)(&pair)).collect()
            }
        };
        said.retain(|value| holds(*value));
        Some(said).filter(|said| !said.is_empty())
    };
    let spelt: Vec<Vec<T>> = T::SPELLINGS.iter().filter_map(said).collect();
    let of_one = choices.pick(&spelt)?;
    choices.pick(&of_one)
}

/// A quantity of any kind whose interval contains a band.
pub(super) fn holding(choices: &mut Choices, band: Band, reads: Reads) -> Quantity {
    let n = band.low();
    let most = band.high().unwrap_or(MAX_PEOPLE);
    let mut spread = || choices.up_to(n.checked_div(4).unwrap_or(0).saturating_add(3));
    let (low, high) = (n.saturating_sub(spread()), most.saturating_add(spread()).min(MAX_PEOPLE));
    let beside = [n, low, high].map(|n| n.saturating_sub(1));
    let above = [most, high].map(|n| n.saturating_add(1));
    let widths = [high.saturating_sub(n), high.saturating_sub(low)];
    let offers = [&[n, low, high, most][..], &beside, &above, &widths].concat();
    let holds = |quantity: Quantity| reads(quantity).is_some_and(|wide| wide.contains_band(band));
    spelt(choices, &offers, holds).unwrap_or(Quantity::Unspecified)
}

pub(super) fn quantity(choices: &mut Choices, narrow: Quantity, reads: Reads) -> Quantity {
    match reads(narrow) {
        Some(band) if !choices.once_in(8) => holding(choices, band, reads),
        _ => narrow,
    }
}

/// A share of any kind whose interval contains that of another.
pub(super) fn share(choices: &mut Choices, narrow: Share, reads: ReadsShare) -> Share {
    let Some(bounds) = reads(narrow) else { return narrow };
    let percents = |ratio: Ratio| ratio.numerator().saturating_mul(100);
    let floor = percents(bounds.low()).checked_div(bounds.low().denominator()).unwrap_or(0);
    let ceil = percents(bounds.high()).div_ceil(bounds.high().denominator().max(1));
    let percent = |n: u64| u32::try_from(n).unwrap_or(100);
    let low = Ratio::percent(percent(floor).saturating_sub(choices.up_to(10)));
    let high = Ratio::percent(percent(ceil).saturating_add(choices.up_to(10)).min(100));
    let mut offers = vec![low, high];
    if let Share::Exact(ratio) = narrow {
        offers.insert(0, ratio);
    }
    let holds = |share: Share| reads(share).is_some_and(|wide| wide.contains_band(bounds));
    spelt(choices, &offers, holds).unwrap_or(narrow)
}

/// A stretch of days that contains another.
fn period(choices: &mut Choices, narrow: Period) -> Period {
    let Some(window) = narrow.window() else { return narrow };
    let (before, after) = (choices.up_to(40), choices.up_to(40));
    Period::Between(Part::Day(earlier(window.earliest(), before)), Part::Day(later(window.latest(), after)))
}

pub(super) fn deadline(choices: &mut Choices, narrow: &Deadline) -> Deadline {
    let mut vague = narrow.clone();
    match &mut vague {
        Deadline::Open => {}
        Deadline::Period(days) if choices.once_in(2) => *days = period(choices, *days),
        Deadline::Period(days) => {
            let day = choices.day_after(days.window().map(Window::latest).unwrap_or_default(), 60);
            return Deadline::any([vague, spellings::period(choices, day).0.into()]);
        }
        Deadline::After { offset, .. } | Deadline::Before { offset, .. } => {
            offset.days = offset.days.saturating_add(choices.up_to(40));
            return Deadline::any([narrow.clone(), vague]);
        }
        // It goes no deeper than deadlines are nested.
        Deadline::Any(members) | Deadline::Earliest(members) | Deadline::Latest(members) => {
            if let Some(Deadline::Period(first)) = members.first_mut() {
                *first = period(choices, *first);
            }
        }
    }
    vague
}

/// An observation that says less: of more days, or of more numbers. It is known from the same day.
pub(super) fn observation(choices: &mut Choices, narrow: &Observation, terms: &Terms) -> Observation {
    let mut vague = narrow.clone();
    vague.published = narrow.known_from(terms);
    // What held did so from a day on.
    if choices.once_in(2) && narrow.until.is_none() {
        vague.date = period(choices, narrow.date);
    } else {
        vague.counted = match narrow.counted {
            Counted::Present(n) => Counted::Present(quantity(choices, n, Quantity::band)),
            Counted::Withdrawn(n) => Counted::Withdrawn(quantity(choices, n, Quantity::band)),
            Counted::WithdrawnShare(s) => {
                let vaguer = share(choices, s, Share::bounds);
                let holds = holds_in_people(vaguer, s, narrow.force.as_deref(), terms);
                Counted::WithdrawnShare(if holds { vaguer } else { s })
            }
        };
    }
    vague
}

/// Whether a share holds another in people, too, of each baseline of its force: in an open end there is less room.
fn holds_in_people(vaguer: Share, narrow: Share, force: Option<&str>, terms: &Terms) -> bool {
    let left = |share: Share, base| share.bounds().unwrap_or(ShareBand::ANY).rest().counted_of(base);
    baselines(terms, force).filter_map(|base| baseline_reads(base.authorised)(base.strength)).all(|base| {
        let ((low, high), (narrow_low, narrow_high)) = (left(vaguer, base), left(narrow, base));
        low <= narrow_low && high.is_none_or(|high| narrow_high.is_some_and(|narrow| narrow <= high))
    })
}

/// The baselines of a force, in all amendments; of the first one if it is not named.
pub(super) fn baselines<'a>(terms: &'a Terms, force: Option<&'a str>) -> impl Iterator<Item = &'a Baseline> {
    let sole = terms.forces.first().map(|force| force.id.as_str());
    let is_it = move |id: Option<&str>| id.or(sole) == force.or(sole);
    let first = terms.all_forces().filter(move |one| is_it(Some(&one.id))).filter_map(|one| one.baseline.as_ref());
    first.chain(terms.changes().filter_map(move |change| match change {
        Change::Baseline { baseline } if is_it(baseline.force.as_deref()) => Some(&baseline.baseline),
        _ => None,
    }))
}

/// The document with one quantity, share or deadline vaguer.
pub(super) fn terms(choices: &mut Choices, narrow: &Terms) -> Terms {
    let mut vague = narrow.clone();
    let (forces, phases) = (vague.forces.len(), vague.phases.len());
    // Phases first, so that a document shrinks towards them.
    let parts = [phases, phases, forces, vague.residual.len()];
    let mut place = choices.place_in(parts.iter().sum());
    let part = parts.iter().position(|count| place.checked_sub(*count).map(|rest| place = rest).is_none());
    let phase = vague.phases.get_mut(place);
    match part {
        Some(0) => phase.into_iter().for_each(|phase| phase.by = deadline(choices, &phase.by)),
        Some(1) => phase.into_iter().flat_map(|phase| &mut phase.limits).for_each(|narrow| limit(choices, narrow)),
        Some(2) => {
            if let Some(baseline) = vague.forces.get_mut(place).and_then(|force| force.baseline.as_mut()) {
                let reads = baseline_reads(baseline.authorised);
                baseline.strength = quantity(choices, baseline.strength, reads);
            }
        }
        _ => vague.residual.get_mut(place).into_iter().for_each(|narrow| residual(choices, narrow)),
    }
    vague
}

/// How the strength of a baseline acts: an authorised one is a ceiling, and has an upper end.
pub(super) fn baseline_reads(authorised: bool) -> Reads {
    let closed: Reads = |quantity| quantity.as_ceiling().filter(|band| band.high().is_some());
    if authorised { closed } else { Quantity::band }
}

fn limit(choices: &mut Choices, limit: &mut Limit) {
    use LimitKind as Kind;
    limit.kind = match limit.kind {
        Kind::Remain(narrow) => Kind::Remain(quantity(choices, narrow, Quantity::as_ceiling)),
        Kind::Withdraw(narrow) => Kind::Withdraw(quantity(choices, narrow, Quantity::as_withdrawal)),
        Kind::Withdrawn(narrow) => Kind::Withdrawn(quantity(choices, narrow, Quantity::as_withdrawal)),
        Kind::RemainShare(narrow) => Kind::RemainShare(share(choices, narrow, Share::as_ceiling)),
        Kind::WithdrawShare(narrow) => Kind::WithdrawShare(share(choices, narrow, Share::as_withdrawal)),
        Kind::WithdrawnShare(narrow) => Kind::WithdrawnShare(share(choices, narrow, Share::as_withdrawal)),
    };
}

fn residual(choices: &mut Choices, residual: &mut Residual) {
    match &mut residual.until {
        Some(until) if choices.once_in(2) => *until = deadline(choices, until),
        _ => residual.strength = quantity(choices, residual.strength, Quantity::as_ceiling),
    }
}
