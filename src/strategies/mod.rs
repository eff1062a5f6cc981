//! Strategies for proptest that generate legal documents, for testing code that works on agreements.
//!
//! What they generate is legal by construction: nothing is generated and then thrown away. A value is built from a tape
//! of choices, each of which shrinks to the plainest of its options, so that a failing case comes down to a document
//! with one force, one phase and plain numbers.
//!
//! ```
//! use force_drawdown::{day, strategies};
//! use proptest::prelude::*;
//!
//! proptest!(|((quantity, text) in strategies::spelled_quantity())| {
//!     prop_assert_eq!(text.parse(), Ok(quantity));
//!     prop_assert!(quantity.band().is_some());
//! });
//! proptest!(ProptestConfig::with_cases(8), |(agreement in strategies::agreement())| {
//!     let day = day!(2010, 1, 1);
//!     for force in &agreement.terms().forces {
//!         let required = agreement.schedule(&force.id).and_then(|s| s.required_on(day));
//!         let ends = required.and_then(|it| Some((it.strict, it.lenient?)));
//!         prop_assert!(ends.is_none_or(|(strict, lenient)| strict <= lenient));
//!     }
//! });
//! // What is vaguer contains what it is vaguer than.
//! let narrow = force_drawdown::Quantity::Exact(500);
//! let vaguer = strategies::vaguer_quantity(narrow, force_drawdown::Quantity::as_ceiling);
//! proptest!(|(vague in vaguer)| prop_assert!(vague.as_ceiling().unwrap().contains(500)));
//! ```

mod amendments;
mod observations;
mod record;
mod spellings;
mod story;
mod tape;
mod vaguer;

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::agreement::Agreement;
use crate::assessment::Observation;
use crate::terms::{Band, Deadline, Event, Period, Quantity, Share, ShareBand, Terms};
use tape::built;

/// Choices that a leaf takes at most.
const LEAF: usize = 80;
/// Choices that a document takes, more or less; a longer one ends plainly.
const DOCUMENT: usize = 600;

/// A quantity of any kind within its range.
pub fn quantity() -> impl Strategy<Value = Quantity> {
    spelled_quantity().prop_map(|(quantity, _)| quantity)
}

/// A quantity with one of its spellings: `around 2,500` for `about 2500`.
pub fn spelled_quantity() -> impl Strategy<Value = (Quantity, String)> {
    built(LEAF, spellings::quantity)
}

/// A share of any kind within none to all.
pub fn share() -> impl Strategy<Value = Share> {
    spelled_share().prop_map(|(share, _)| share)
}

/// A share with one of its spellings.
pub fn spelled_share() -> impl Strategy<Value = (Share, String)> {
    built(LEAF, spellings::share)
}

/// A stretch of days of any kind within the years 1 to 9999.
pub fn period() -> impl Strategy<Value = Period> {
    spelled_period().prop_map(|(period, _)| period)
}

/// A stretch of days with one of its spellings.
pub fn spelled_period() -> impl Strategy<Value = (Period, String)> {
    built(LEAF, |choices| {
        let day = spellings::any_day(choices);
        spellings::period(choices, day)
    })
}

/// An event of any kind; phases and names are any ids.
pub fn event() -> impl Strategy<Value = Event> {
    built(LEAF, spellings::event)
}

/// A deadline of any kind, nested up to four deep.
pub fn deadline() -> impl Strategy<Value = Deadline> {
    let counted = built(LEAF, |choices| {
        let event = spellings::event(choices);
        spellings::counted_from(choices, event)
    });
    let leaf = prop_oneof![3 => period().prop_map(Deadline::from), 1 => counted, 1 => Just(Deadline::Open)].boxed();
    (0..3).fold(leaf.clone(), |member, _| {
        let members = || proptest::collection::vec(member.clone(), 1..=3);
        prop_oneof![
            5 => leaf.clone(),
            1 => members().prop_map(Deadline::Any),
            1 => members().prop_map(Deadline::Earliest),
            1 => members().prop_map(Deadline::Latest),
        ]
        .boxed()
    })
}

/// A legal document: 1 to 3 parties, 1 to 4 forces (parts of others among them) with baselines of every kind, 1 to 8
/// phases with every kind of deadline and limit, residuals, a record in a legal order and up to 3 amendments.
///
/// Amendments are written to fit, and one that does not after all is left out.
pub fn terms() -> impl Strategy<Value = Terms> {
    built(DOCUMENT, amendments::terms)
}

/// An agreement on the terms that [`terms`] generates.
///
/// # Panics
///
/// If the strategy has made an illegal document, which would be an error of the strategy.
pub fn agreement() -> impl Strategy<Value = Agreement> {
    #[expect(clippy::panic, reason = "an illegal document is an error of the strategies, which a test must not miss")]
    terms().prop_map(|terms| match Agreement::try_from(terms) {
        Ok(agreement) => agreement,
        Err(invalid) => panic!("the strategy has made an illegal document:\n{invalid}"),
    })
}

/// A legal document, the same with one more amendment, legal too, and the day on which that takes effect.
pub fn terms_and_amendment() -> impl Strategy<Value = (Terms, Terms, NaiveDate)> {
    built(DOCUMENT, |choices| {
        let mut writer = story::writer(choices);
        if writer.choices.once_in(2) {
            amendments::amend(&mut writer, true);
        }
        let before = writer.terms.clone();
        let effective = amendments::amend_surely(&mut writer);
        (before, writer.terms, effective)
    })
}

/// Up to 8 observations of the forces of a document, of every kind, and at times a count of each force on one day.
pub fn observations(terms: &Terms) -> impl Strategy<Value = Vec<Observation>> + use<> {
    let terms = terms.clone();
    built(LEAF * 3, move |choices| observations::observations(choices, &terms))
}

/// A quantity that is no less vague than another: its interval, as `reads` has it, contains the other's.
///
/// `reads` is [`Quantity::band`], [`Quantity::as_ceiling`] or [`Quantity::as_withdrawal`], by the place of the quantity.
pub fn vaguer_quantity(narrow: Quantity, reads: fn(Quantity) -> Option<Band>) -> impl Strategy<Value = Quantity> {
    built(LEAF, move |choices| vaguer::quantity(choices, narrow, reads))
}

/// A share that is no less vague than another, where it is read by [`Share::bounds`], [`Share::as_ceiling`] or
/// [`Share::as_withdrawal`].
pub fn vaguer_share(narrow: Share, reads: fn(Share) -> Option<ShareBand>) -> impl Strategy<Value = Share> {
    built(LEAF, move |choices| vaguer::share(choices, narrow, reads))
}

/// A deadline that is no less vague than another: it is known when the other is, and its window contains the other's.
pub fn vaguer_deadline(narrow: Deadline) -> impl Strategy<Value = Deadline> {
    built(LEAF, move |choices| vaguer::deadline(choices, &narrow))
}

/// An observation that is no less vague than another: of more days or of more numbers, known from the same day.
pub fn vaguer_observation(narrow: Observation, terms: &Terms) -> impl Strategy<Value = Observation> + use<> {
    let terms = terms.clone();
    built(LEAF, move |choices| vaguer::observation(choices, &narrow, &terms))
}

/// A document without amendments, and the same with one quantity, share or deadline no less vague.
///
/// The vaguer one may break a rule: deadlines that are vaguer may be out of order.
pub fn terms_and_vaguer() -> impl Strategy<Value = (Terms, Terms)> {
    built(DOCUMENT, |choices| {
        let narrow = story::writer(choices).terms;
        let vague = vaguer::terms(choices, &narrow);
        (narrow, vague)
    })
}
