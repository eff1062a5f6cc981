//! Objects: a macro that reads fields in any order, and what becomes of each.

use serde::de::{IgnoredAny, MapAccess};

use super::context::Ctx;
use super::value::{Read, Seed, Slot};
use crate::findings::Rule;
use crate::path::Segment;
use crate::wording::excerpt;

impl<T: Read> Slot<T> {
    pub(crate) const fn is_written(&self) -> bool {
        !matches!(self, Self::Absent | Self::Nullable)
    }

    /// A field that the object needs; `None` if it is absent and has no substitute.
    pub(crate) fn required(self, name: &'static str, ctx: &mut Ctx) -> Option<T> {
        let lost = matches!(self, Self::Failed);
        let value = self.essential(name, ctx);
        if lost && value.is_none() {
            ctx.lose();
        }
        value
    }

    /// A field that the object needs, of an object that the document can do without.
    #[inline]
    pub(crate) fn essential(self, name: &'static str, ctx: &mut Ctx) -> Option<T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Failed => T::stand_in(),
            Self::Absent | Self::Nullable | Self::Null => {
                ctx.miss(name);
                None
            }
        }
    }

    /// An optional field; treated as absent if its value is malformed.
    pub(crate) fn optional(self) -> Option<T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Failed => T::stand_in(),
            Self::Absent | Self::Nullable | Self::Null => None,
        }
    }

    /// A field that may be left out, but on which other checks depend.
    pub(crate) fn reference(self, ctx: &mut Ctx) -> Option<T> {
        if matches!(self, Self::Failed) && !T::SPARE {
            ctx.lose();
        }
        self.read()
    }

    /// A field that takes away what was there before where it is null.
    #[expect(clippy::option_option, reason = "as the field is")]
    pub(super) fn replaced(self, ctx: &mut Ctx) -> Option<Option<T>> {
        if matches!(self, Self::Null) { Some(None) } else { self.reference(ctx).map(Some) }
    }

    /// A field that reads as its default where it is left out.
    pub(crate) fn defaulted(self, ctx: &mut Ctx) -> T
    where
        T: Default,
    {
        self.reference(ctx).unwrap_or_default()
    }
}

/// Reads the value of a known key; the first of several is kept.
pub(crate) fn field<'de, T: Read, A: MapAccess<'de>>(
    slot: &mut Slot<T>,
    name: &'static str,
    object: &mut A,
    ctx: &mut Ctx,
) -> Result<(), A::Error> {
    if slot.is_written() {
        ctx.report_at(Segment::Field(name), Rule::DuplicateKey { key: name.to_owned() });
        object.next_value::<IgnoredAny>()?;
        return Ok(());
    }
    ctx.within(|| Segment::Field(name), |ctx| object.next_value_seed(Seed { ctx, slot }))
}

/// Reads past the value of a key that the object does not have.
#[cold]
pub(crate) fn unknown<'de, A: MapAccess<'de>>(
    key: &str,
    known: &'static [&'static str],
    object: &mut A,
    ctx: &mut Ctx,
) -> Result<(), A::Error> {
    ctx.report_at(Segment::key(key), Rule::UnknownField { field: excerpt(key), known });
    object.next_value::<IgnoredAny>()?;
    Ok(())
}

/// Writes how [`Read`] reads an object: each field with what becomes of it, and its key where that is not its name; then
/// how the object is built of them with the context and, if asked for, the number of unknown fields found before it.
///
/// What becomes of a field is a method of [`Slot`]; `raw` and `nullable` are the slot itself, of which one may be null.
macro_rules! object {
    (@required $slot:ident $ctx:ident) => { $slot.required(stringify!($slot), $ctx) };
    (@essential $slot:ident $ctx:ident) => { $slot.essential(stringify!($slot), $ctx) };
    (@optional $slot:ident $ctx:ident) => { Some($slot.optional()) };
    (@raw $slot:ident $ctx:ident) => { Some($slot) };
    (@nullable $slot:ident $ctx:ident) => { Some($slot) };
    (@$mode:ident $slot:ident $ctx:ident) => { Some($slot.$mode($ctx)) };
    (@absent required) => { Slot::Absent };
    (@absent essential) => { Slot::Absent };
    (@absent raw) => { Slot::Absent };
    (@absent $mode:ident) => { Slot::Nullable };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    ({ $($mode:ident $field:ident $(= $key:literal)?),+ $(,)? } => |$ctx:ident $(, $unknown_before:ident)?| $build:expr) => {
        fn put_object<'de, A: serde::de::MapAccess<'de>>(
            mut object: A,
            $ctx: &mut $crate::reading::Ctx,
            slot: &mut $crate::reading::Slot<Self>,
        ) -> Result<(), A::Error> {
            use $crate::reading::{KeySeed, Named, Slot, field, is_scalar, object, unknown};

            const KNOWN: &[&str] = &[$(object!(@key $field $($key)?)),+];
            #[allow(non_camel_case_types, reason = "named as the fields are")]
            enum Key { $($field),+ }
            let known = |key: &str| {
                $(if key == object!(@key $field $($key)?) { return Some(Key::$field); })+
                None
            };

            $(let $unknown_before = $ctx.findings.unknown_fields();)?
            $(let mut $field = object!(@absent $mode);)+
            while let Some(key) = object.next_key_seed(KeySeed(known))? {
                match key {
                    $(Named::Known(Key::$field) => field(&mut $field, object!(@key $field $($key)?), &mut object, $ctx)?,)+
                    Named::Other(key) => {
                        if is_scalar(&key) && !($($field.is_written())||+) {
                            slot.put(Self::from_scalar(&key, object, $ctx)?);
                            return Ok(());
                        }
                        unknown(&key, KNOWN, &mut object, $ctx)?;
                    }
                }
            }
            // Each is asked before any is missed, so that every missing field is reported.
            $(let $field = object!(@$mode $field $ctx);)+
            *slot = Slot::Failed;
            $(let Some($field) = $field else { return Ok(()) };)+
            if let Some(built) = $build {
                *slot = Slot::Read(built);
            }
            Ok(())
        }
    };
}

/// Writes how an object of one of several kinds is read, of which each has fields that may be written.
macro_rules! object_of_kinds {
    ($kinds:ident, $rule:ident, { $($mode:ident $field:ident),+ $(,)? } => |$ctx:ident| $build:expr) => {
        object! { { $($mode $field),+ } => |$ctx| {
            let written = [$((stringify!($field), $field.is_written())),+];
            if is_of_one_kind(&written, $kinds, |found| Rule::$rule { found }, $ctx) { $build } else { None }
        } }
    };
}

/// Whether an object is of one kind: the one whose first field is written. Reports none or several, and the written fields
/// that do not belong to the kind.
pub(super) fn is_of_one_kind(
    fields: &[(&'static str, bool)],
    kinds: &'static [&'static [&'static str]],
    rule: impl FnOnce(usize) -> Rule,
    ctx: &mut Ctx,
) -> bool {
    let written = || fields.iter().filter(|(_, is_written)| *is_written).map(|(name, _)| *name);
    let of_kind = |kind: &&&[&str]| kind.first().is_some_and(|first| written().any(|name| name == *first));
    let mut found = kinds.iter().filter(of_kind);
    let (Some(known), None) = (found.next(), found.next()) else {
        ctx.report(rule(kinds.iter().filter(of_kind).count()));
        return false;
    };
    for field in written().filter(|field| !known.contains(field)) {
        ctx.report_at(Segment::Field(field), Rule::UnknownField { field: field.to_owned(), known });
    }
    true
}

pub(crate) use object;
pub(super) use object_of_kinds;
