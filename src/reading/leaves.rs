//! Values that are one text, number or truth: how they are read, and how they are written.

use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::context::Ctx;
use super::value::Read;
use crate::day;
use crate::findings::Rule;
use crate::terms::{
    ActKind, BindsFrom, ConsentMode, Event, GatedStep, Instrument, MAX_PEOPLE, Period, Quantity, Ratio, ResidualStatus,
    Role, Share, Standing,
};
use crate::wording::excerpt;

/// Implements [`Read`] for a type that parses a text.
macro_rules! text {
    ($($type:ty, $expected:literal, $rule:ident $({ $($item:item)+ })?;)+) => {$(
        impl Read for $type {
            const EXPECTED: &'static str = $expected;

            fn from_text(text: &str, ctx: &mut Ctx) -> Option<Self> {
                text.parse().map_err(|error| ctx.report(Rule::$rule { error })).ok()
            }

            $($($item)+)?
        }
    )+};
}

pub(crate) use text;

impl Read for Quantity {
    const EXPECTED: &'static str = "an integer, or a string such as \"about 2500\"";

    /// What a word after it says is compared with its force when the whole is read.
    fn from_text(text: &str, ctx: &mut Ctx) -> Option<Self> {
        let (number, word) =
            Self::with_word(text).map_err(|error| ctx.report(Rule::MalformedQuantity { error })).ok()?;
        if let Some(word) = word {
            let (number, found, unit) = (excerpt(text), excerpt(word), String::new());
            ctx.report(Rule::OtherUnit { number, found, unit });
        }
        Some(number)
    }

    fn from_number(whole: Option<u32>, text: fmt::Arguments<'_>, ctx: &mut Ctx) -> Option<Self> {
        match whole {
            Some(number) => Some(Self::Exact(number)),
            None => Self::from_text(&text.to_string(), ctx),
        }
    }

    /// Closed, unlike "unspecified", for an authorised baseline has to be.
    fn stand_in() -> Option<Self> {
        Some(Self::Range(0, MAX_PEOPLE))
    }
}

text! {
    Share, "a string such as \"50%\" or \"2/3\"", MalformedShare {
        fn stand_in() -> Option<Self> {
            Some(Self::Range(Ratio::percent(0), Ratio::percent(100)))
        }
    };
    Period, "a string such as \"2025-09\"", MalformedDeadline {
        const MAY_BE_A_DAY: bool = true;
    };
    Event, "a string such as \"entry-into-force\" or \"phase:ID\"", MalformedEvent {
        const MAY_BE_A_DAY: bool = true;
    };
    Instrument, "a word such as \"treaty\"", Unlisted;
    BindsFrom, "a word such as \"approval\"", Unlisted;
    GatedStep, "a word such as \"execution\"", Unlisted {
        /// One gate less breaks no rule.
        const SPARE: bool = true;
    };
    Role, "a word such as \"sending\"", Unlisted {
        /// A role that need not consent.
        fn stand_in() -> Option<Self> {
            Some(Self::Witness)
        }
    };
    ConsentMode, "a word such as \"approval\"", Unlisted {
        fn stand_in() -> Option<Self> {
            Some(Self::None)
        }
    };
    Standing, "a word such as \"binding\"", Unlisted {
        /// In one chain only.
        fn stand_in() -> Option<Self> {
            Some(Self::Envisaged)
        }
    };
    ResidualStatus, "a word such as \"agreed\"", Unlisted {
        fn stand_in() -> Option<Self> {
            Some(Self::Proposed)
        }
    };
    ActKind, "a word such as \"approved\"", Unlisted {
        /// An act that may come at any time.
        fn stand_in() -> Option<Self> {
            Some(Self::TextAgreed)
        }
    };
}

impl Read for NaiveDate {
    const EXPECTED: &'static str = "a string such as \"2024-09-06\"";
    const MAY_BE_A_DAY: bool = true;

    fn from_text(text: &str, ctx: &mut Ctx) -> Option<Self> {
        day::parse_day(text).map_err(|error| ctx.report(Rule::MalformedDate { error })).ok()
    }
}

impl Read for String {
    const EXPECTED: &'static str = "a string";

    fn from_text(text: &str, _: &mut Ctx) -> Option<Self> {
        Some(text.to_owned())
    }

    /// The digits are taken as the id, so that an id without quotes is one mistake, and its references are none.
    fn from_number(_: Option<u32>, text: fmt::Arguments<'_>, ctx: &mut Ctx) -> Option<Self> {
        ctx.wrong_type::<Self>(Self::EXPECTED, format_args!("the number {text}"));
        Some(text.to_string())
    }
}

impl Read for bool {
    const EXPECTED: &'static str = "true or false";
    const SPARE: bool = true;

    fn from_bool(value: bool, _: &mut Ctx) -> Option<Self> {
        Some(value)
    }
}

impl Read for u32 {
    const EXPECTED: &'static str = "a whole number from 0 to 4294967295";

    fn from_number(whole: Option<u32>, text: fmt::Arguments<'_>, ctx: &mut Ctx) -> Option<Self> {
        whole.or_else(|| ctx.wrong_type(Self::EXPECTED, format_args!("the number {text}")))
    }
}

/// An exact number is an integer, anything else a string.
impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Exact(number) => serializer.serialize_u32(*number),
            _ => serializer.collect_str(self),
        }
    }
}

macro_rules! written_as_displayed {
    ($($type:ty),+) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+};
}

written_as_displayed!(Share, Period, Event);
