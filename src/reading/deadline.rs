//! Deadlines: a text, or an object of one of five kinds, one within another.

use serde::Serialize;
use serde::de::SeqAccess;
use serde::ser::{SerializeMap, Serializer};

use super::context::Ctx;
use super::object::{is_of_one_kind, object, object_of_kinds};
use super::value::{Read, Slot, drain_list};
use crate::findings::Rule;
use crate::terms::{Deadline, Event, MAX_DEPTH, Offset};

const UNITS: [&str; 4] = ["years", "months", "weeks", "days"];

/// The fields of each kind, the one that names it first.
const KINDS: &[&[&str]] = &[
    &["after", "years", "months", "weeks", "days"],
    &["before", "years", "months", "weeks", "days"],
    &["any"],
    &["earliest"],
    &["latest"],
];

impl Read for Deadline {
    const EXPECTED: &'static str =
        "a string such as \"2025-09\", or an object such as {\"after\": \"signature\", \"days\": 135}";
    const MAY_BE_A_DAY: bool = true;

    /// Not known, which breaks no order.
    fn stand_in() -> Option<Self> {
        Some(Self::Open)
    }

    fn from_text(text: &str, ctx: &mut Ctx) -> Option<Self> {
        text.parse().map_err(|error| ctx.report(Rule::MalformedDeadline { error })).ok()
    }

    object_of_kinds! { KINDS, DeadlineKind, {
        raw after, raw before, nullable years, nullable months, nullable weeks, nullable days, raw any, raw earliest,
        raw latest,
    } => |ctx| {
        let offset = || {
            let [years, months, weeks, days] = [&years, &months, &weeks, &days].map(number);
            Some(Offset { years: years?, months: months?, weeks: weeks?, days: days? })
        };
        match (after, before, any, earliest, latest) {
            (Slot::Read(event), ..) => offset().map(|offset| Self::After { event, offset }),
            (_, Slot::Read(event), ..) => offset().map(|offset| Self::Before { event, offset }),
            (_, _, Slot::Read(Members(members)), ..) => Some(Self::Any(members)),
            (.., Slot::Read(Members(members)), _) => Some(Self::Earliest(members)),
            (.., Slot::Read(Members(members))) => Some(Self::Latest(members)),
            _ => None,
        }
    } }
}

/// How many of a unit: none where it is not written.
const fn number(unit: &Slot<u32>) -> Option<u32> {
    match unit {
        Slot::Read(number) => Some(*number),
        Slot::Failed => None,
        Slot::Absent | Slot::Nullable | Slot::Null => Some(0),
    }
}

/// The list of `any`, `earliest` or `latest`.
struct Members(Vec<Deadline>);

impl Read for Members {
    const EXPECTED: &'static str = "a list of deadlines";

    fn from_list<'de, A: SeqAccess<'de>>(list: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        if ctx.depth >= MAX_DEPTH {
            // The rest is read past, and not followed.
            ctx.report(Rule::DeadlineTooDeep { deepest: MAX_DEPTH });
            drain_list(list)?;
            return Ok(None);
        }
        ctx.depth = ctx.depth.saturating_add(1);
        let members = Vec::from_list(list, ctx)?;
        ctx.depth = ctx.depth.saturating_sub(1);
        if members.as_ref().is_some_and(Vec::is_empty) {
            ctx.report(Rule::EmptyList { list: "a list of deadlines" });
            return Ok(None);
        }
        Ok(members.map(Self))
    }
}

/// A text, or an object of one of five kinds.
impl Serialize for Deadline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, members) = match self {
            Self::Open => return serializer.serialize_str("open"),
            Self::Period(period) => return period.serialize(serializer),
            Self::After { event, offset } => return counted_from("after", event, *offset, serializer),
            Self::Before { event, offset } => return counted_from("before", event, *offset, serializer),
            Self::Any(members) => ("any", members),
            Self::Earliest(members) => ("earliest", members),
            Self::Latest(members) => ("latest", members),
        };
        let mut object = serializer.serialize_map(Some(1))?;
        object.serialize_entry(kind, members)?;
        object.end()
    }
}

/// Writes what is so long after or before an event; units that are 0 are left out.
pub(super) fn counted_from<S: Serializer>(
    side: &str,
    event: &Event,
    offset: Offset,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let units = [offset.years, offset.months, offset.weeks, offset.days];
    let written = || UNITS.iter().zip(units).filter(|(_, number)| *number > 0);
    let mut object = serializer.serialize_map(Some(written().count().saturating_add(1)))?;
    object.serialize_entry(side, event)?;
    for (unit, number) in written() {
        object.serialize_entry(unit, &number)?;
    }
    object.end()
}
