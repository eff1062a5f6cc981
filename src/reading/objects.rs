//! The objects of the document.

use std::collections::BTreeMap;
use std::convert::Infallible;

use chrono::NaiveDate;
use serde::de::{IgnoredAny, MapAccess, SeqAccess};
use serde::{Serialize, Serializer};

use super::context::Ctx;
use super::deadline::counted_from;
use super::object::object;
use super::value::{KeySeed, Named, Read, Seed, Slot, day_from_date};
use crate::findings::Rule;
use crate::path::{Place, Segment};
use crate::terms::{
    Act, ActKind, Amendment, Baseline, BindsFrom, Change, Citation, ConsentMode, Deadline, Effective, Event, Force,
    GatedStep, Instrument, Limit, LimitKind, MAX_PEOPLE, NewBaseline, Offset, Party, Period, Phase, Quantity, Residual,
    ResidualStatus, Role, Share, Source, Standing, Terms,
};
use crate::wording::list;

object! { Terms, "a document (a table or object)", {
    optional schema = "$schema": Option<String>,
    optional format: Option<u32>,
    optional id: Option<String>,
    required title: String,
    optional instrument: Option<Instrument>,
    optional binds_from: Option<BindsFrom>,
    optional consent_before: Option<Vec<GatedStep>>,
    optional follows: Option<String>,
    optional pax: Option<u32>,
    optional ucdp: Option<u32>,
    optional pam: Option<u32>,
    required parties: Vec<Party>,
    required forces: Vec<Force>,
    required phases: Vec<Phase>,
    defaulted residual: Option<Vec<Residual>>,
    defaulted record: Option<Vec<Act>>,
    defaulted amendments: Option<Vec<Amendment>>,
    defaulted sources: Option<BTreeMap<String, Source>>,
    optional note: Option<String>,
}, fn unit_at(&self, place: &Place) -> Option<&str> {
    self.unit_of_number(place)
} }

object! { Party, "a party (a table or object)", {
    required id: String,
    required name: String,
    required role: Role,
    optional iso3: Option<String>,
    optional cow: Option<u32>,
    optional gw: Option<u32>,
    optional consent: Option<ConsentMode>,
    reference succeeds: Option<String>,
    reference since: Option<NaiveDate>,
    defaulted domestic_steps: Option<Vec<String>>,
    optional note: Option<String>,
    cited source: Option<Citations>,
} }

object! { Force, "a force (a table or object)", {
    required id: String,
    optional name: Option<String>,
    reference party: Option<String>,
    optional category: Option<String>,
    optional area: Option<String>,
    reference part_of: Option<String>,
    defaulted sum_of_parts: Option<bool>,
    reference unit: Option<String>,
    optional counting: Option<String>,
    optional baseline: Option<Baseline>,
    optional note: Option<String>,
    cited source: Option<Citations>,
} }

object! { Baseline, "a baseline (a table or object)", {
    required strength: Quantity,
    essential as_of: NaiveDate,
    defaulted authorised: Option<bool>,
    optional note: Option<String>,
    cited source: Option<Citations>,
} }

object! { NewBaseline, "a baseline (a table or object)", {
    reference force: Option<String>,
    required strength: Quantity,
    required as_of: NaiveDate,
    defaulted authorised: Option<bool>,
    optional note: Option<String>,
    cited source: Option<Citations>,
} => Self { force, baseline: Baseline { strength, as_of, authorised, note, source } } }

object! { Phase, "a phase (a table or object)", {
    required id: String,
    required by: Deadline,
    optional title: Option<String>,
    optional from: Option<Deadline>,
    defaulted limits: Option<Vec<Limit>>,
    reference done: Option<String>,
    defaulted conditions: Option<Vec<String>>,
    optional standing: Option<Standing>,
    optional note: Option<String>,
    cited source: Option<Citations>,
} }

/// A limit, or whether it has several kinds in place of one, and which.
struct Written {
    force: Option<String>,
    kind: Result<LimitKind, (bool, String)>,
    note: Option<String>,
    source: Vec<Citation>,
}

object! { Written, "a limit (a table or object)", {
    reference force: Option<String>,
    optional remain: Option<Quantity>,
    optional withdraw: Option<Quantity>,
    optional withdrawn: Option<Quantity>,
    optional remain_share: Option<Share>,
    optional withdraw_share: Option<Share>,
    optional withdrawn_share: Option<Share>,
    optional note: Option<String>,
    cited source: Option<Citations>,
} => {
    let kind = match (remain, withdraw, withdrawn, remain_share, withdraw_share, withdrawn_share) {
        (Some(remain), None, None, None, None, None) => Ok(LimitKind::Remain(remain)),
        (None, Some(withdraw), None, None, None, None) => Ok(LimitKind::Withdraw(withdraw)),
        (None, None, Some(withdrawn), None, None, None) => Ok(LimitKind::Withdrawn(withdrawn)),
        (None, None, None, Some(remain), None, None) => Ok(LimitKind::RemainShare(remain)),
        (None, None, None, None, Some(withdraw), None) => Ok(LimitKind::WithdrawShare(withdraw)),
        (None, None, None, None, None, Some(withdrawn)) => Ok(LimitKind::WithdrawnShare(withdrawn)),
        _ => {
            let quantities = [("remain", remain), ("withdraw", withdraw), ("withdrawn", withdrawn)];
            let shares =
                [("remain_share", remain_share), ("withdraw_share", withdraw_share), ("withdrawn_share", withdrawn_share)];
            let quantities = quantities.into_iter().filter_map(|(name, written)| written.and(Some(name)));
            let found = quantities.chain(shares.into_iter().filter_map(|(name, written)| written.and(Some(name))));
            Err((found.clone().next().is_some(), list(found)))
        }
    };
    Self { force, kind, note, source }
} }

impl Read for Limit {
    const EXPECTED: &'static str = Written::EXPECTED;

    fn from_object<'de, A: MapAccess<'de>>(object: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        let before = ctx.unknown_fields();
        let Some(Written { force, kind, note, source }) = Written::from_object(object, ctx)? else {
            return Ok(None);
        };
        let kind = kind.unwrap_or_else(|(has_several, found)| {
            // A kind that is misspelled is one mistake and not two.
            if has_several || ctx.unknown_fields() == before {
                ctx.report(Rule::LimitKind { found });
            }
            LimitKind::Remain(Quantity::Range(0, MAX_PEOPLE))
        });
        Ok(Some(Self { force, kind, note, source }))
    }
}

object! { Residual, "a residual (a table or object)", {
    reference force: Option<String>,
    required strength: Quantity,
    required status: ResidualStatus,
    optional purpose: Option<String>,
    optional until: Option<Deadline>,
    optional note: Option<String>,
    cited source: Option<Citations>,
} }

object! { Act, "an act (a table or object)", {
    required on: Period,
    required act: ActKind,
    defaulted parties: Option<Vec<String>>,
    reference body: Option<String>,
    reference name: Option<String>,
    defaulted expected: Option<bool>,
    optional published: Option<NaiveDate>,
    optional note: Option<String>,
    cited source: Option<Citations>,
} }

object! { Amendment, "an amendment (a table or object)", {
    required title: String,
    required adopted: NaiveDate,
    reference effective: Option<Effective>,
    reference unilateral: Option<String>,
    required changes: Vec<Change>,
    optional note: Option<String>,
    cited source: Option<Citations>,
} }

/// When an amendment takes effect, as an object.
struct EffectiveAfter(Event, Offset);

object! { EffectiveAfter, "a string such as \"2025-09-30\", or an object such as {\"after\": \"event:ratified\"}", {
    required after: Event,
    optional years: Option<u32>,
    optional months: Option<u32>,
    optional weeks: Option<u32>,
    optional days: Option<u32>,
} => {
    let [years, months, weeks, days] = [years, months, weeks, days].map(Option::unwrap_or_default);
    Self(after, Offset { years, months, weeks, days })
},
    fn from_date(text: &str, ctx: &mut Ctx) -> Option<Self> {
        ctx.date = Some(text.to_owned());
        None
    }
}

impl Read for Effective {
    const EXPECTED: &'static str = EffectiveAfter::EXPECTED;

    fn from_text(text: &str, ctx: &mut Ctx) -> Option<Self> {
        NaiveDate::from_text(text, ctx).map(Self::On)
    }

    fn from_object<'de, A: MapAccess<'de>>(object: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        let after = EffectiveAfter::from_object(object, ctx)?;
        Ok(match ctx.date.take() {
            Some(date) => day_from_date(&date, ctx),
            None => after.map(|EffectiveAfter(event, offset)| Self::After { event, offset }),
        })
    }
}

impl Serialize for Effective {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::On(day) => day.serialize(serializer),
            Self::After { event, offset } => counted_from("after", event, *offset, serializer),
        }
    }
}

object! { Source, "a source (a table or object)", {
    required title: String,
    optional published: Option<NaiveDate>,
    optional url: Option<String>,
    optional note: Option<String>,
},
    // Citations of it still lead somewhere.
    fn stand_in() -> Option<Self> { Some(Self::default()) }
}

object! { Citation, "a citation (a table or object)", {
    required source: String,
    optional clause: Option<String>,
    optional quote: Option<String>,
},
    const SPARE: bool = true;,
    /// The key of a source as a whole.
    fn from_text(text: &str, _: &mut Ctx) -> Option<Self> {
        Some(Self::new(text))
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

/// A table whose keys the document chooses; the first of several equal keys is kept.
impl<T: Read> Read for BTreeMap<String, T> {
    const EXPECTED: &'static str = "a table or object";

    fn from_object<'de, A: MapAccess<'de>>(mut object: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
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
            match value.read().or_else(T::stand_in) {
                Some(value) => drop(entries.insert(key, value)),
                None => ctx.lose(),
            }
        }
        Ok(Some(entries))
    }
}
