//! Changes of an amendment: an object of one of six kinds.

use std::fmt;

use serde::de::{MapAccess, SeqAccess};

use super::context::Ctx;
use super::object::{Slot, object};
use super::value::Read;
use crate::findings::Rule;
use crate::path::Segment;
use crate::terms::{Change, Deadline, Force, Limit, NewBaseline, Phase, PhaseChange, Residual, Standing};

/// The fields of each kind, the one that names it first.
const KINDS: [&[&str]; 6] = [
    &["phase", "by", "from", "limits", "done", "conditions", "standing", "title"],
    &["add", "after"],
    &["drop"],
    &["residual"],
    &["add_force"],
    &["baseline"],
];

/// A value, or nothing: the empty text, or a null.
struct Blank<T>(Option<T>);

impl<T: Read> Read for Blank<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    const SPARE: bool = T::SPARE;

    fn from_text(text: &str, ctx: &mut Ctx) -> Option<Self> {
        if text.is_empty() { Some(Self(None)) } else { Option::from_text(text, ctx).map(Self) }
    }

    fn from_number(whole: Option<u32>, text: fmt::Arguments<'_>, ctx: &mut Ctx) -> Option<Self> {
        Option::from_number(whole, text, ctx).map(Self)
    }

    fn from_bool(value: bool, ctx: &mut Ctx) -> Option<Self> {
        Option::from_bool(value, ctx).map(Self)
    }

    fn from_null(_: &mut Ctx) -> Option<Self> {
        Some(Self(None))
    }

    fn from_list<'de, A: SeqAccess<'de>>(list: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        Ok(Option::from_list(list, ctx)?.map(Self))
    }

    fn from_object<'de, A: MapAccess<'de>>(object: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        Ok(Option::from_object(object, ctx)?.map(Self))
    }
}

/// The fields of all kinds.
struct Written {
    phase: Slot<String>,
    add: Slot<Phase>,
    after: Slot<Blank<String>>,
    drop: Slot<String>,
    residual: Slot<Vec<Residual>>,
    add_force: Slot<Force>,
    baseline: Slot<NewBaseline>,
    by: Slot<Option<Deadline>>,
    from: Slot<Blank<Deadline>>,
    limits: Slot<Option<Vec<Limit>>>,
    done: Slot<Blank<String>>,
    conditions: Slot<Option<Vec<String>>>,
    standing: Slot<Option<Standing>>,
    title: Slot<Blank<String>>,
}

object! { Written, "a change (a table or object)", {
    raw phase: String,
    raw add: Phase,
    raw after: Blank<String>,
    raw drop: String,
    raw residual: Vec<Residual>,
    raw add_force: Force,
    raw baseline: NewBaseline,
    raw by: Option<Deadline>,
    raw from: Blank<Deadline>,
    raw limits: Option<Vec<Limit>>,
    raw done: Blank<String>,
    raw conditions: Option<Vec<String>>,
    raw standing: Option<Standing>,
    raw title: Blank<String>,
} => Self {
    phase, add, after, drop, residual, add_force, baseline, by, from, limits, done, conditions, standing, title,
} }

impl Read for Change {
    const EXPECTED: &'static str = Written::EXPECTED;

    fn from_object<'de, A: MapAccess<'de>>(object: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        Ok(Written::from_object(object, ctx)?.and_then(|written| written.change(ctx)))
    }
}

/// A change that has to be one of a phase.
impl Read for PhaseChange {
    const EXPECTED: &'static str = Written::EXPECTED;

    fn from_object<'de, A: MapAccess<'de>>(object: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        Ok(match Change::from_object(object, ctx)? {
            Some(Change::Phase(change)) => Some(change),
            Some(_) => Slot::Absent.required("phase", ctx).map(|phase: String| Self::new(phase)),
            None => None,
        })
    }
}

impl Written {
    fn change(self, ctx: &mut Ctx) -> Option<Change> {
        let written = self.fields();
        let is_written = |kind: &&&[&str]| kind.first().is_some_and(|name| written.contains(&Some(*name)));
        let found = KINDS.iter().filter(is_written).count();
        let known = KINDS.iter().find(is_written).filter(|_| found == 1);
        let Some(known) = known else {
            ctx.report(Rule::ChangeKind { found });
            return None;
        };
        for field in written.into_iter().flatten().filter(|field| !known.contains(field)) {
            ctx.report_at(Segment::Field(field), Rule::UnknownField { field: field.to_owned(), known });
        }
        Some(match self {
            Self { add: Slot::Read(add), after, .. } => {
                if !after.is_written() {
                    ctx.report_at(Segment::Field("after"), Rule::MissingField { field: "after" });
                }
                Change::Add { add, after: after.written(ctx).and_then(|after| after.0) }
            }
            Self { drop: Slot::Read(drop), .. } => Change::Drop { drop },
            Self { residual: Slot::Read(residual), .. } => Change::Residual { residual },
            Self { add_force: Slot::Read(add_force), .. } => Change::AddForce { add_force },
            Self { baseline: Slot::Read(baseline), .. } => Change::Baseline { baseline },
            Self { phase: Slot::Read(phase), by, from, limits, done, conditions, standing, title, .. } => {
                Change::Phase(PhaseChange {
                    phase,
                    by: by.optional(),
                    from: from.written(ctx).map(|from| from.0),
                    limits: limits.reference(ctx),
                    done: done.written(ctx).map(|done| done.0),
                    conditions: conditions.reference(ctx),
                    standing: standing.optional(),
                    title: title.written(ctx).map(|title| title.0),
                })
            }
            _ => return None,
        })
    }

    /// The names of the fields that are written.
    fn fields(&self) -> [Option<&'static str>; 14] {
        [
            self.phase.is_written().then_some("phase"),
            self.add.is_written().then_some("add"),
            self.after.is_written().then_some("after"),
            self.drop.is_written().then_some("drop"),
            self.residual.is_written().then_some("residual"),
            self.add_force.is_written().then_some("add_force"),
            self.baseline.is_written().then_some("baseline"),
            self.by.is_written().then_some("by"),
            self.from.is_written().then_some("from"),
            self.limits.is_written().then_some("limits"),
            self.done.is_written().then_some("done"),
            self.conditions.is_written().then_some("conditions"),
            self.standing.is_written().then_some("standing"),
            self.title.is_written().then_some("title"),
        ]
    }
}
