//! One visitor for every type: whatever a format delivers reaches the type, or is a violation.

use std::convert::Infallible;
use std::fmt;

use serde::de::{DeserializeSeed, Error};
use serde::de::{Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::context::Ctx;
use crate::day;
use crate::path::{Place, Segment};
use crate::terms::spelling::whole;
use crate::wording::excerpt;

/// The key under which serde carries the numbers of JSON where their digits are kept.
const NUMBER_KEY: &str = "$serde_json::private::Number";
/// The key under which serde carries the dates of TOML.
const DATE_KEY: &str = "$__toml_private_datetime";

/// A type that is read without stopping at a mistake.
///
/// Every method gives `None` where it recorded a violation, and an error only where the format's own syntax ends the
/// reading. A type overrides the methods of what it is written as.
pub(crate) trait Read: Sized {
    /// What is expected here, for people.
    const EXPECTED: &'static str;

    /// The checks of the whole do not miss one that is lost.
    const SPARE: bool = false;

    /// Its text may be that of a day.
    const MAY_BE_A_DAY: bool = false;

    /// A value in place of one that could not be read, with which no rule is broken.
    fn stand_in() -> Option<Self> {
        None
    }

    /// The unit of the number at a place within it, where that is known.
    fn unit_at(&self, place: &Place) -> Option<&str> {
        let _ = place;
        Some("persons")
    }

    fn from_text(text: &str, ctx: &mut Ctx) -> Option<Self> {
        ctx.wrong_type(Self::EXPECTED, format_args!("the text {:?}", excerpt(text)))
    }

    /// `whole` is there where the number is one of 0 to 4294967295.
    fn from_number(whole: Option<u32>, text: fmt::Arguments<'_>, ctx: &mut Ctx) -> Option<Self> {
        let _ = whole;
        ctx.wrong_type(Self::EXPECTED, format_args!("the number {text}"))
    }

    fn from_bool(value: bool, ctx: &mut Ctx) -> Option<Self> {
        ctx.wrong_type(Self::EXPECTED, value)
    }

    fn from_list<'de, A: SeqAccess<'de>>(list: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        drain_list(list)?;
        Ok(ctx.wrong_type(Self::EXPECTED, "a list"))
    }

    /// A date that the format has as such: a day as its text would be; one with a time of day is none.
    fn from_date(text: &str, ctx: &mut Ctx) -> Option<Self> {
        match text.split_at_checked(10) {
            _ if !Self::MAY_BE_A_DAY => ctx.wrong_type(Self::EXPECTED, "a date without quotes"),
            Some((_, "")) => Self::from_text(text, ctx),
            Some((day, _)) if day::parse_day(day).is_ok() => {
                ctx.wrong_type(Self::EXPECTED, format_args!("the time {text}; write the day: {day}"))
            }
            _ => ctx.wrong_type(Self::EXPECTED, format_args!("the time {text}")),
        }
    }

    /// Reads an object to where it is wanted.
    fn put_object<'de, A: MapAccess<'de>>(mut object: A, ctx: &mut Ctx, slot: &mut Slot<Self>) -> Result<(), A::Error> {
        if let Some(Named::Other(key)) = object.next_key_seed(KeySeed(|_: &str| None::<Infallible>))? {
            if is_scalar(&key) {
                slot.put(Self::from_scalar(&key, object, ctx)?);
                return Ok(());
            }
            drain_object(object)?;
        }
        slot.put(ctx.wrong_type(Self::EXPECTED, "a table or object"));
        Ok(())
    }

    /// The value of an object whose first key [`is_scalar`].
    fn from_scalar<'de, A: MapAccess<'de>>(key: &str, mut object: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        let mut text = Slot::<String>::Absent;
        object.next_value_seed(Seed { ctx, slot: &mut text })?;
        if object.next_key::<IgnoredAny>()?.is_some() {
            drain_object(object)?;
            return Ok(ctx.wrong_type(Self::EXPECTED, "a table or object"));
        }
        Ok(text.read().and_then(|text| match key {
            NUMBER_KEY => Self::from_number(whole(&text), format_args!("{text}"), ctx),
            _ => Self::from_date(&text, ctx),
        }))
    }
}

/// Whether serde carries a number or a date as an object with this key.
pub(crate) fn is_scalar(key: &str) -> bool {
    key == NUMBER_KEY || key == DATE_KEY
}

/// Reads past the value of a key and what is left of its object.
pub(crate) fn drain_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<(), A::Error> {
    object.next_value::<IgnoredAny>()?;
    while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

pub(super) fn drain_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<(), A::Error> {
    while list.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

/// A key of an object.
pub(crate) enum Named<K> {
    Known(K),
    Other(String),
}

/// Reads a key without keeping its text, if the function knows it.
pub(crate) struct KeySeed<F>(pub(crate) F);

impl<'de, K, F: Fn(&str) -> Option<K>> DeserializeSeed<'de> for KeySeed<F> {
    type Value = Named<K>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Named<K>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<K, F: Fn(&str) -> Option<K>> Visitor<'_> for KeySeed<F> {
    type Value = Named<K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Named<K>, E> {
        Ok((self.0)(key).map_or_else(|| Named::Other(key.to_owned()), Named::Known))
    }

    fn visit_bool<E: Error>(self, key: bool) -> Result<Named<K>, E> {
        Ok(Named::Other(key.to_string()))
    }

    fn visit_i64<E: Error>(self, key: i64) -> Result<Named<K>, E> {
        Ok(Named::Other(key.to_string()))
    }

    fn visit_u64<E: Error>(self, key: u64) -> Result<Named<K>, E> {
        Ok(Named::Other(key.to_string()))
    }
}

/// What became of a part.
pub(crate) enum Slot<T> {
    /// It is not written.
    Absent,
    /// It is not written, and may be null.
    Nullable,
    /// It is null.
    Null,
    /// It is written, and a violation was recorded.
    Failed,
    /// It was read.
    Read(T),
}

impl<T: Read> Slot<T> {
    pub(crate) fn put(&mut self, value: Option<T>) {
        *self = value.map_or(Self::Failed, Self::Read);
    }

    pub(crate) fn read(self) -> Option<T> {
        if let Self::Read(value) = self { Some(value) } else { None }
    }
}

/// Reads a `T` from the value at the place of the context, to where the caller wants it: a value that is given
/// back through the layers of the format is copied in each.
pub(crate) struct Seed<'a, T> {
    pub(super) ctx: &'a mut Ctx,
    pub(super) slot: &'a mut Slot<T>,
}

impl<'de, T: Read> DeserializeSeed<'de> for Seed<'_, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! numbers {
    ($($visit:ident: $number:ty;)+) => {
        $(fn $visit<E: Error>(self, value: $number) -> Result<(), E> {
            self.slot.put(T::from_number(u32::try_from(value).ok(), format_args!("{value}"), self.ctx));
            Ok(())
        })+
    };
}

impl<'de, T: Read> Visitor<'de> for Seed<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    numbers! {
        visit_i64: i64;
        visit_u64: u64;
        visit_i128: i128;
        visit_u128: u128;
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        let text = format!("{value:?}");
        self.slot.put(T::from_number(whole(&text), format_args!("{text}"), self.ctx));
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.slot.put(T::from_bool(value, self.ctx));
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.slot.put(T::from_text(text, self.ctx));
        Ok(())
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<(), E> {
        self.slot.put(self.ctx.wrong_type(T::EXPECTED, "bytes"));
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        match self.slot {
            Slot::Nullable => *self.slot = Slot::Null,
            _ => self.slot.put(self.ctx.wrong_type(T::EXPECTED, "null")),
        }
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        self.slot.put(T::from_list(list, self.ctx)?);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<(), A::Error> {
        T::put_object(object, self.ctx, self.slot)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<(), A::Error> {
        let (_, variant) = data.variant::<IgnoredAny>()?;
        variant.newtype_variant::<IgnoredAny>()?;
        self.slot.put(self.ctx.wrong_type(T::EXPECTED, "a tagged value"));
        Ok(())
    }
}

/// A list, without the members that could not be read.
impl<T: Read> Read for Vec<T> {
    const EXPECTED: &'static str = "a list";
    const SPARE: bool = T::SPARE;

    fn from_list<'de, A: SeqAccess<'de>>(mut list: A, ctx: &mut Ctx) -> Result<Option<Self>, A::Error> {
        // No capacity from the format's hint, which a hostile document may inflate.
        let mut members = Self::new();
        for index in 0.. {
            let mut member = Slot::Absent;
            let seed = |ctx: &mut Ctx| list.next_element_seed(Seed { ctx, slot: &mut member });
            if ctx.within(|| Segment::Index(index), seed)?.is_none() {
                break;
            }
            if !matches!(member, Slot::Read(_)) {
                member.put(T::stand_in());
            }
            if let Slot::Read(member) = member {
                // Most lists are short, and a vector that grows by itself begins with room for four.
                match members.len() {
                    0 => members.reserve_exact(2),
                    2 => members.reserve_exact(6),
                    _ => {}
                }
                members.push(member);
            } else if !T::SPARE {
                ctx.lose();
            }
        }
        Ok(Some(members))
    }
}
