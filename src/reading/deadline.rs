//! Deadlines: a text, or an object of one of four kinds, one within another.

use serde::Serialize;
use serde::de::{MapAccess, SeqAccess};
use serde::ser::{SerializeMap, Serializer};

use super::context::Ctx;
use super::object::{Slot, object};
use super::value::{Read, drain_list};
use crate::findings::Rule;
use crate::path::Segment;
use crate::terms::{Deadline, Event, MAX_DEPTH, Offset};

const UNITS: [&str; 4] = ["years", "months", "weeks", "days"];

/// The fields of all kinds.
struct Written {
    after: Slot<Event>,
    years: Slot<Option<u32>>,
    months: Slot<Option<u32>>,
    weeks: Slot<Option<u32>>,
    days: Slot<Option<u32>>,
    any: Slot<Members>,
    earliest: Slot<Members>,
    latest: Slot<Members>,
}

object! { Written, "a string such as \"2025-09\", or an object such as {\"after\": \"signature\", \"days\": 135}", {
    raw after: Event,
    raw years: Option<u32>,
    raw months: Option<u32>,
    raw weeks: Option<u32>,
    raw days: Option<u32>,
    raw any: Members,
    raw earliest: Members,
    raw latest: Members,
} => Self { after, years, months, weeks, days, any, earliest, latest } }

impl Read for Deadline {
    const EXPECTED: &'static str = Written::EXPECTED;

    /// Not known, which breaks no order.
    fn stand_in() -> Option<Self> {
        Some(Self::Open)
    }

    fn from_text(text: &str, ctx: &mut Ctx) -> Option<Self> {
        text.parse().map_err(|error| ctx.report(Rule::MalformedDeadline { error })).ok()
    }

    fn from_object<'de, A: MapAccess<'de>>(object: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        Ok(Written::from_object(object, ctx)?.and_then(|written| written.deadline(ctx)))
    }
}

impl Written {
    fn deadline(self, ctx: &mut Ctx) -> Option<Deadline> {
        let kinds =
            [self.after.is_written(), self.any.is_written(), self.earliest.is_written(), self.latest.is_written()];
        let found = kinds.iter().filter(|written| **written).count();
        if found != 1 {
            ctx.report(Rule::DeadlineKind { found });
            return None;
        }
        if self.after.is_written() {
            return self.after();
        }
        let kind: &[&str] = match &self {
            Self { any: Slot::Absent, earliest: Slot::Absent, .. } => &["latest"],
            Self { any: Slot::Absent, .. } => &["earliest"],
            _ => &["any"],
        };
        for (unit, name) in [self.years, self.months, self.weeks, self.days].iter().zip(UNITS) {
            if unit.is_written() {
                ctx.report_at(Segment::Field(name), Rule::UnknownField { field: name.to_owned(), known: kind });
            }
        }
        match (self.any, self.earliest, self.latest) {
            (Slot::Read(Members(members)), ..) => Some(Deadline::Any(members)),
            (_, Slot::Read(Members(members)), _) => Some(Deadline::Earliest(members)),
            (.., Slot::Read(Members(members))) => Some(Deadline::Latest(members)),
            _ => None,
        }
    }

    fn after(self) -> Option<Deadline> {
        let [years, months, weeks, days] = [self.years, self.months, self.weeks, self.days].map(|unit| match unit {
            Slot::Read(number) => Some(number.unwrap_or(0)),
            Slot::Failed => None,
            Slot::Absent => Some(0),
        });
        let Slot::Read(event) = self.after else { return None };
        let offset = Offset { years: years?, months: months?, weeks: weeks?, days: days? };
        Some(Deadline::After { event, offset })
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

/// A text, or an object of one of four kinds; units that are 0 are left out.
impl Serialize for Deadline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, members) = match self {
            Self::Open => return serializer.serialize_str("open"),
            Self::Period(period) => return period.serialize(serializer),
            Self::After { event, offset } => return serialize_after(event, *offset, serializer),
            Self::Any(members) => ("any", members),
            Self::Earliest(members) => ("earliest", members),
            Self::Latest(members) => ("latest", members),
        };
        let mut object = serializer.serialize_map(Some(1))?;
        object.serialize_entry(kind, members)?;
        object.end()
    }
}

fn serialize_after<S: Serializer>(event: &Event, offset: Offset, serializer: S) -> Result<S::Ok, S::Error> {
    let units = [offset.years, offset.months, offset.weeks, offset.days];
    let written = || UNITS.iter().zip(units).filter(|(_, number)| *number > 0);
    let mut object = serializer.serialize_map(Some(written().count().saturating_add(1)))?;
    object.serialize_entry("after", event)?;
    for (unit, number) in written() {
        object.serialize_entry(unit, &number)?;
    }
    object.end()
}
