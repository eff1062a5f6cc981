//! Objects: a macro that reads fields in any order, and what becomes of each.

use serde::de::{IgnoredAny, MapAccess};

use super::context::Ctx;
use super::value::{Read, Seed, Slot};
use crate::findings::Rule;
use crate::path::Segment;
use crate::wording::excerpt;

impl<T: Read> Slot<T> {
    pub(crate) const fn is_written(&self) -> bool {
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

/// Whether a field says what it would if it were left out.
pub(crate) fn is_default<T: Default + PartialEq>(field: &T) -> bool {
    *field == T::default()
}

/// Implements [`Read`] for an object: each field with what becomes of it (a method of [`Slot`], or the slot itself where it
/// is `raw`), its key where that is not its name, and the type that reads it; then how the object is built of them.
///
/// Without the last, the fields are those of the type, which is written as it is read: without what is absent.
macro_rules! object {
    (@required $slot:ident $ctx:ident) => { $slot.required(stringify!($slot), $ctx) };
    (@essential $slot:ident $ctx:ident) => { $slot.essential(stringify!($slot), $ctx) };
    (@optional $slot:ident $ctx:ident) => { Some($slot.optional()) };
    (@reference $slot:ident $ctx:ident) => { Some($slot.reference($ctx)) };
    (@defaulted $slot:ident $ctx:ident) => { Some($slot.defaulted($ctx)) };
    (@cited $slot:ident $ctx:ident) => { Some($slot.defaulted($ctx).0) };
    (@raw $slot:ident $ctx:ident) => { Some($slot) };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@write required $self:ident $object:ident $field:ident $key:expr) => {
        serde::ser::SerializeMap::serialize_entry(&mut $object, $key, &$self.$field)?
    };
    (@write essential $self:ident $object:ident $field:ident $key:expr) => {
        object!(@write required $self $object $field $key)
    };
    (@write optional $self:ident $object:ident $field:ident $key:expr) => {
        if $self.$field.is_some() {
            object!(@write required $self $object $field $key);
        }
    };
    (@write reference $self:ident $object:ident $field:ident $key:expr) => {
        object!(@write optional $self $object $field $key)
    };
    (@write defaulted $self:ident $object:ident $field:ident $key:expr) => {
        if !$crate::reading::is_default(&$self.$field) {
            object!(@write required $self $object $field $key);
        }
    };
    (@write cited $self:ident $object:ident $field:ident $key:expr) => {
        if !$self.$field.is_empty() {
            serde::ser::SerializeMap::serialize_entry(&mut $object, $key, &$crate::terms::written_form::Cited(&$self.$field))?;
        }
    };
    ($name:ty, $expected:literal, { $($mode:ident $field:ident $(= $key:literal)?: $type:ty,)+ } $(, $item:item)*) => {
        object! { $name, $expected, { $($mode $field $(= $key)?: $type,)+ } => Self { $($field),+ } $(, $item)* }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut object = serializer.serialize_map(None)?;
                $(object!(@write $mode self object $field object!(@key $field $($key)?));)+
                serde::ser::SerializeMap::end(object)
            }
        }
    };
    ($name:ty, $expected:literal, { $($mode:ident $field:ident $(= $key:literal)?: $type:ty,)+ } => $build:expr $(, $item:item)*) => {
        impl $crate::reading::Read for $name {
            const EXPECTED: &'static str = $expected;
            $($item)*

            fn from_object<'de, A: serde::de::MapAccess<'de>>(
                object: A,
                ctx: &mut $crate::reading::Ctx,
            ) -> Result<Option<Self>, A::Error> {
                let mut slot = $crate::reading::Slot::Absent;
                Self::put_object(object, ctx, &mut slot)?;
                Ok(slot.read())
            }

            fn put_object<'de, A: serde::de::MapAccess<'de>>(
                mut object: A,
                ctx: &mut $crate::reading::Ctx,
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

                $(let mut $field = Slot::<$type>::Absent;)+
                while let Some(key) = object.next_key_seed(KeySeed(known))? {
                    match key {
                        $(Named::Known(Key::$field) => field(&mut $field, object!(@key $field $($key)?), &mut object, ctx)?,)+
                        Named::Other(key) => {
                            if is_scalar(&key) && !($($field.is_written())||+) {
                                slot.put(Self::from_scalar(&key, object, ctx)?);
                                return Ok(());
                            }
                            unknown(&key, KNOWN, &mut object, ctx)?;
                        }
                    }
                }
                // Each is asked before any is missed, so that every missing field is reported.
                $(let $field = object!(@$mode $field ctx);)+
                *slot = Slot::Failed;
                $(let Some($field) = $field else { return Ok(()) };)+
                *slot = Slot::Read($build);
                Ok(())
            }
        }
    };
}

/// Writes the fields of an object of one of several kinds, of which each may be written or not.
macro_rules! object_of_kinds {
    ($name:ident, $expected:literal, { $($field:ident: $type:ty,)+ } $(, $item:item)*) => {
        struct $name { $($field: $crate::reading::Slot<$type>),+ }

        object! { $name, $expected, { $(raw $field: $type,)+ } => Self { $($field),+ } $(, $item)* }

        impl $name {
            /// The names of the fields that are written.
            fn written(&self) -> Vec<&'static str> {
                let fields = [$((stringify!($field), self.$field.is_written())),+];
                fields.into_iter().filter(|(_, is_written)| *is_written).map(|(name, _)| name).collect()
            }
        }
    };
}

/// Reports the written fields that do not belong to the kind of the object, which is the one whose first field is written;
/// gives how many kinds there are, where it is not one.
pub(super) fn check_kind(
    written: &[&'static str],
    kinds: &'static [&'static [&'static str]],
    ctx: &mut Ctx,
) -> Result<(), usize> {
    let of_kind = |kind: &&&[&str]| kind.first().is_some_and(|name| written.contains(name));
    let mut found = kinds.iter().filter(of_kind);
    let (Some(known), None) = (found.next(), found.next()) else {
        return Err(kinds.iter().filter(of_kind).count());
    };
    for field in written.iter().filter(|field| !known.contains(field)) {
        ctx.report_at(Segment::Field(field), Rule::UnknownField { field: (*field).to_owned(), known });
    }
    Ok(())
}

pub(crate) use object;
pub(super) use object_of_kinds;
