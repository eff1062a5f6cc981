//! Objects: a macro that reads fields in any order, and what becomes of each.

use serde::de::{IgnoredAny, MapAccess};

use super::context::Ctx;
use super::value::{Read, Seed};
use crate::findings::Rule;
use crate::path::Segment;
use crate::wording::excerpt;

/// What became of a field of an object.
pub(crate) enum Slot<T> {
    /// It is not written.
    Absent,
    /// It is written, and a violation was recorded.
    Failed,
    /// It was read.
    Read(T),
}

impl<T: Read> Slot<T> {
    pub(super) const fn is_written(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// A field that the object needs; `None` where there is neither it nor a stand-in.
    pub(crate) fn required(self, name: &'static str, ctx: &mut Ctx) -> Option<T> {
        let lost = matches!(self, Self::Failed);
        let value = self.essential(name, ctx);
        if lost && value.is_none() {
            ctx.lose();
        }
        value
    }

    /// A field that the object needs, of an object that the document can do without.
    pub(crate) fn essential(self, name: &'static str, ctx: &mut Ctx) -> Option<T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Failed => T::stand_in(),
            Self::Absent => {
                ctx.report_at(Segment::Field(name), Rule::MissingField { field: name });
                ctx.lose();
                None
            }
        }
    }

    /// The value, if it is written.
    pub(super) fn written(self, ctx: &mut Ctx) -> Option<T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Failed if T::SPARE => None,
            Self::Failed => {
                ctx.lose();
                None
            }
            Self::Absent => None,
        }
    }
}

/// Fields for which null and absent are the same.
impl<T: Read> Slot<Option<T>> {
    /// A field that may be left out, and is where it could not be read.
    pub(crate) fn optional(self) -> Option<T> {
        match self {
            Self::Read(value) => value,
            Self::Failed => T::stand_in(),
            Self::Absent => None,
        }
    }

    /// A field that may be left out, but on which other checks depend.
    pub(crate) fn reference(self, ctx: &mut Ctx) -> Option<T> {
        self.written(ctx).flatten()
    }
}

impl<T: Read + Default> Slot<Option<T>> {
    /// A field that reads as its default where it is left out.
    pub(crate) fn defaulted(self, ctx: &mut Ctx) -> T {
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
    let mut value = None;
    ctx.within(|| Segment::Field(name), |ctx| object.next_value_seed(Seed::new(ctx, &mut value)))?;
    *slot = value.map_or(Slot::Failed, Slot::Read);
    Ok(())
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

/// Implements [`Read`] for an object: each field with what becomes of it (a method of [`Slot`], or the slot itself where it
/// is `raw`), its key where that is not its name, and the type that reads it; then how the object is built of them.
macro_rules! object {
    (@required $slot:ident $ctx:ident) => { $slot.required(stringify!($slot), $ctx) };
    (@essential $slot:ident $ctx:ident) => { $slot.essential(stringify!($slot), $ctx) };
    (@optional $slot:ident $ctx:ident) => { Some($slot.optional()) };
    (@reference $slot:ident $ctx:ident) => { Some($slot.reference($ctx)) };
    (@defaulted $slot:ident $ctx:ident) => { Some($slot.defaulted($ctx)) };
    (@raw $slot:ident $ctx:ident) => { Some($slot) };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    ($name:ty, $expected:literal, { $($mode:ident $field:ident $(= $key:literal)?: $type:ty,)+ } => $build:expr $(, $item:item)*) => {
        impl $crate::reading::Read for $name {
            const EXPECTED: &'static str = $expected;
            $($item)*

            fn from_object<'de, A: serde::de::MapAccess<'de>>(
                mut object: A,
                ctx: &mut $crate::reading::Ctx,
            ) -> Result<Option<Self>, A::Error> {
                use $crate::reading::{KeySeed, Named, Slot, drain_object, field, object, scalar, unknown};

                const KNOWN: &[&str] = &[$(object!(@key $field $($key)?)),+];
                #[allow(non_camel_case_types, reason = "named as the fields are")]
                enum Key { $($field),+ }
                let known = |key: &str| {
                    $(if key == object!(@key $field $($key)?) { return Some(Key::$field); })+
                    None
                };

                $(let mut $field = Slot::<$type>::Absent;)+
                while let Some(key) = object.next_key_seed(KeySeed(known))? {
                    match key {
                        $(Named::Known(Key::$field) => field(&mut $field, object!(@key $field $($key)?), &mut object, ctx)?,)+
                        Named::Other(key) => match scalar(&key) {
                            Some(found) => {
                                drain_object(object)?;
                                return Ok(ctx.wrong_type(Self::EXPECTED, found));
                            }
                            None => unknown(&key, KNOWN, &mut object, ctx)?,
                        },
                    }
                }
                // Each is asked before any is missed, so that every missing field is reported.
                $(let $field = object!(@$mode $field ctx);)+
                let ($(Some($field),)+) = ($($field,)+) else { return Ok(None) };
                Ok(Some($build))
            }
        }
    };
}

pub(crate) use object;
