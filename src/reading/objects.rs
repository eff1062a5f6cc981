//! The objects of the document.

use std::collections::BTreeMap;
use std::convert::Infallible;

use chrono::NaiveDate;
use serde::de::{IgnoredAny, MapAccess, SeqAccess};
use serde::{Serialize, Serializer};

use super::context::Ctx;
use super::deadline::counted_from;
use super::object::object;
use super::value::{KeySeed, Named, Read, Seed, Slot};
use crate::findings::Rule;
use crate::path::{Place, Segment};
use crate::terms::{
    Act, Amendment, Baseline, Citation, Effective, Force, Limit, LimitKind, MAX_PEOPLE, NewBaseline, Offset, Party,
    Phase, Quantity, Residual, Source, Terms, act_fields, amendment_fields, baseline_fields, citation_fields,
    force_fields, party_fields, phase_fields, residual_fields, source_fields, terms_fields,
};
use crate::wording::list;

/// Implements [`Read`] for the parts that are read as the table of their fields says.
macro_rules! parts {
    ($($part:ident, $expected:literal, $fields:ident $({ $($item:item)+ })?;)+) => {$(
        impl Read for $part {
            const EXPECTED: &'static str = concat!($expected, " (a table or object)");
            $fields! {}
            $($($item)+)?
        }
    )+};
}

parts! {
    Terms, "a document", terms_fields {
        fn unit_at(&self, place: &Place) -> Option<&str> {
            self.unit_of_number(place)
        }
    };
    Party, "a party", party_fields;
    Force, "a force", force_fields;
    Baseline, "a baseline", baseline_fields;
    Phase, "a phase", phase_fields;
    Residual, "a residual", residual_fields;
    Act, "an act", act_fields;
    Amendment, "an amendment", amendment_fields;
    Source, "a source", source_fields;
    Citation, "a citation", citation_fields {
        const SPARE: bool = true;
        /// The key of a source as a whole.
        fn from_text(text: &str, _: &mut Ctx) -> Option<Self> {
            Some(Self::new(text))
        }
    };
}

impl Read for NewBaseline {
    const EXPECTED: &'static str = Baseline::EXPECTED;

    object! {
        { reference force, required strength, required as_of, defaulted authorised, optional note, cited source }
        => |ctx| Some(Self { force, baseline: Baseline { strength, as_of, authorised, note, source } })
    }
}

impl Read for Limit {
    const EXPECTED: &'static str = "a limit (a table or object)";

    object! { {
        reference force, optional remain, optional withdraw, optional withdrawn, optional remain_share,
        optional withdraw_share, optional withdrawn_share, optional note, cited source,
    } => |ctx, unknown_before| {
        let kinds = [
            remain.map(LimitKind::Remain),
            withdraw.map(LimitKind::Withdraw),
            withdrawn.map(LimitKind::Withdrawn),
            remain_share.map(LimitKind::RemainShare),
            withdraw_share.map(LimitKind::WithdrawShare),
            withdrawn_share.map(LimitKind::WithdrawnShare),
        ];
        let mut written = kinds.iter().flatten();
        let kind = match (written.next(), written.next()) {
            (Some(kind), None) => *kind,
            (none, _) => {
                // A kind that is misspelled is one mistake and not two.
                if none.is_some() || ctx.findings.unknown_fields() == unknown_before {
                    let found = list(kinds.iter().flatten().map(|kind| kind.field()));
                    ctx.report(Rule::LimitKind { found });
                }
                LimitKind::Remain(Quantity::Range(0, MAX_PEOPLE))
            }
        };
        Some(Self { force, kind, note, source })
    } }
}

impl Read for Effective {
    const EXPECTED: &'static str =
        "a string such as \"2025-09-30\", or an object such as {\"after\": \"event:ratified\"}";
    const MAY_BE_A_DAY: bool = true;

    fn from_text(text: &str, ctx: &mut Ctx) -> Option<Self> {
        NaiveDate::from_text(text, ctx).map(Self::On)
    }

    object! { { required after, optional years, optional months, optional weeks, optional days } => |ctx| {
        let [years, months, weeks, days] = [years, months, weeks, days].map(Option::unwrap_or_default);
        Some(Self::After { event: after, offset: Offset { years, months, weeks, days } })
    } }
}

impl Serialize for Effective {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::On(day) => day.serialize(serializer),
            Self::After { event, offset } => counted_from("after", event, *offset, serializer),
        }
    }
}

/// Reads the field `source`: a key, or a list of keys and citations.
#[derive(Default)]
pub(crate) struct Citations(pub(crate) Vec<Citation>);

impl Read for Citations {
    const EXPECTED: &'static str = "a key of sources, or a list of keys and citations";
    const SPARE: bool = true;

    fn from_text(text: &str, _: &mut Ctx) -> Option<Self> {
        Some(Self(vec![Citation::new(text)]))
    }

    fn from_list<'de, A: SeqAccess<'de>>(list: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        Ok(Vec::from_list(list, ctx)?.map(Self))
    }
}

impl Slot<Citations> {
    /// What is cited: nothing where it is left out.
    fn cited(self, ctx: &mut Ctx) -> Vec<Citation> {
        self.defaulted(ctx).0
    }
}

/// Sources by keys that the document chooses; the first of several equal keys is kept.
impl Read for BTreeMap<String, Source> {
    const EXPECTED: &'static str = "a table or object";

    fn put_object<'de, A: MapAccess<'de>>(mut object: A, ctx: &mut Ctx, slot: &mut Slot<Self>) -> Result<(), A::Error> {
        let mut entries = Self::new();
        while let Some(key) = object.next_key_seed(KeySeed(|_: &str| None::<Infallible>))? {
            let Named::Other(key) = key;
            let segment = || Segment::key(&key);
            if entries.contains_key(&key) {
                ctx.report_at(segment(), Rule::DuplicateKey { key: crate::wording::excerpt(&key) });
                object.next_value::<IgnoredAny>()?;
                continue;
            }
            let mut value = Slot::Absent;
            ctx.within(segment, |ctx| object.next_value_seed(Seed { ctx, slot: &mut value }))?;
            // Citations of one that could not be read still lead somewhere.
            entries.insert(key, value.read().unwrap_or_default());
        }
        *slot = Slot::Read(entries);
        Ok(())
    }
}
