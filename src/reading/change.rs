//! Changes of an amendment: an object of one of six kinds.

use serde::de::MapAccess;

use super::context::Ctx;
use super::object::{is_of_one_kind, object, object_of_kinds};
use super::value::{Read, Slot};
use crate::findings::Rule;
use crate::path::Segment;
use crate::terms::{Change, Deadline, PhaseChange};

/// The fields of each kind, the one that names it first.
const KINDS: &[&[&str]] = &[
    &["phase", "by", "from", "limits", "done", "conditions", "standing", "title"],
    &["add", "after"],
    &["drop"],
    &["residual"],
    &["add_force"],
    &["baseline"],
];

impl Read for Change {
    const EXPECTED: &'static str = "a change (a table or object)";

    object_of_kinds! { KINDS, ChangeKind, {
        raw phase, raw add, nullable after, raw drop, raw residual, raw add_force, raw baseline, nullable by,
        nullable from, nullable limits, nullable done, nullable conditions, nullable standing, nullable title,
    } => |ctx| {
        // An empty text, like a null, is none.
        let text = |text: Option<String>| text.filter(|text| !text.is_empty());
        match (phase, add, drop, residual, add_force, baseline) {
            (Slot::Read(phase), ..) => Some(Self::Phase(PhaseChange {
                phase,
                by: by.optional(),
                from: from.replaced(ctx).map(|from| from.and_then(|NewDeadline(from)| from)),
                limits: limits.reference(ctx),
                done: done.replaced(ctx).map(text),
                conditions: conditions.reference(ctx),
                standing: standing.optional(),
                title: title.replaced(ctx).map(text),
            })),
            (_, Slot::Read(add), ..) => {
                if !after.is_written() {
                    ctx.report_at(Segment::Field("after"), Rule::MissingField { field: "after" });
                }
                Some(Self::Add { add, after: text(after.reference(ctx)) })
            }
            (_, _, Slot::Read(drop), ..) => Some(Self::Drop { drop }),
            (.., Slot::Read(residual), _, _) => Some(Self::Residual { residual }),
            (.., Slot::Read(add_force), _) => Some(Self::AddForce { add_force }),
            (.., Slot::Read(baseline)) => Some(Self::Baseline { baseline }),
            _ => None,
        }
    } }
}

/// A new deadline, or none: the empty text.
struct NewDeadline(Option<Deadline>);

impl Read for NewDeadline {
    const EXPECTED: &'static str = Deadline::EXPECTED;

    fn from_text(text: &str, ctx: &mut Ctx) -> Option<Self> {
        if text.is_empty() { Some(Self(None)) } else { Deadline::from_text(text, ctx).map(|day| Self(Some(day))) }
    }

    fn put_object<'de, A: MapAccess<'de>>(object: A, ctx: &mut Ctx, slot: &mut Slot<Self>) -> Result<(), A::Error> {
        let mut deadline = Slot::Absent;
        Deadline::put_object(object, ctx, &mut deadline)?;
        slot.put(deadline.read().map(|deadline| Self(Some(deadline))));
        Ok(())
    }
}

/// A change that has to be one of a phase.
impl Read for PhaseChange {
    const EXPECTED: &'static str = Change::EXPECTED;

    fn put_object<'de, A: MapAccess<'de>>(object: A, ctx: &mut Ctx, slot: &mut Slot<Self>) -> Result<(), A::Error> {
        let mut change = Slot::Absent;
        Change::put_object(object, ctx, &mut change)?;
        slot.put(match change.read() {
            Some(Change::Phase(change)) => Some(change),
            Some(_) => Slot::Absent.required("phase", ctx).map(|phase: String| Self::new(phase)),
            None => None,
        });
        Ok(())
    }
}
