//! Changes of an amendment: an object of one of six kinds.

use serde::de::MapAccess;

use super::context::Ctx;
use super::object::{check_kind, object, object_of_kinds};
use super::value::{Read, Slot};
use crate::findings::Rule;
use crate::path::Segment;
use crate::terms::{Change, Deadline, Force, Limit, NewBaseline, Phase, PhaseChange, Residual, Standing};

/// The fields of each kind, the one that names it first.
const KINDS: &[&[&str]] = &[
    &["phase", "by", "from", "limits", "done", "conditions", "standing", "title"],
    &["add", "after"],
    &["drop"],
    &["residual"],
    &["add_force"],
    &["baseline"],
];

object_of_kinds! { Written, "a change (a table or object)", {
    phase: String,
    add: Phase,
    after: Option<String>,
    drop: String,
    residual: Vec<Residual>,
    add_force: Force,
    baseline: NewBaseline,
    by: Option<Deadline>,
    from: NewDeadline,
    limits: Option<Vec<Limit>>,
    done: Option<String>,
    conditions: Option<Vec<String>>,
    standing: Option<Standing>,
    title: Option<String>,
} }

/// A deadline, or none: the empty text, or a null.
struct NewDeadline(Option<Deadline>);

impl Read for NewDeadline {
    const EXPECTED: &'static str = Deadline::EXPECTED;

    fn from_text(text: &str, ctx: &mut Ctx) -> Option<Self> {
        if text.is_empty() { Some(Self(None)) } else { Option::from_text(text, ctx).map(Self) }
    }

    fn from_null(_: &mut Ctx) -> Option<Self> {
        Some(Self(None))
    }

    fn from_object<'de, A: MapAccess<'de>>(object: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        Ok(Option::from_object(object, ctx)?.map(Self))
    }
}

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
        if let Err(found) = check_kind(&self.written(), KINDS, ctx) {
            ctx.report(Rule::ChangeKind { found });
            return None;
        }
        // An empty text, like a null, is none.
        let text = |text: Option<String>| text.filter(|text| !text.is_empty());
        Some(match self {
            Self { add: Slot::Read(add), after, .. } => {
                if !after.is_written() {
                    ctx.report_at(Segment::Field("after"), Rule::MissingField { field: "after" });
                }
                Change::Add { add, after: after.reference(ctx).and_then(|after| text(Some(after))) }
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
                    done: done.written(ctx).map(text),
                    conditions: conditions.reference(ctx),
                    standing: standing.optional(),
                    title: title.written(ctx).map(text),
                })
            }
            _ => return None,
        })
    }
}
