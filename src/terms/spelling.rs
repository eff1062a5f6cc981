//! How quantities, shares and periods are written: a row of a table for each spelling, from which come the reader, what
//! is written, the schema, the tables of the guide and the strategies.

use std::fmt::Display;

#[cfg(test)]
mod tests;

/// The longest id.
const LONGEST_ID: usize = 64;

/// Whether a text is an id: 1 to 64 of `A-Z a-z 0-9 . _ -`.
pub(crate) fn is_id(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(legal)
}

/// Reads a whole number without sign and leading zeros, its thousands with commas or not.
pub(crate) fn number(text: &str) -> Option<u32> {
    let bytes = text.as_bytes();
    if bytes.len() > 1 && bytes.first() == Some(&b'0') {
        return None;
    }
    digits(bytes).or_else(|| {
        let mut groups = text.split(',');
        let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
        groups.try_fold(digits(first.as_bytes())?, |number, group| {
            let group = Some(group).filter(|group| group.len() == 3)?;
            number.checked_mul(1000)?.checked_add(digits(group.as_bytes())?)
        })
    })
}

/// Reads one or more digits.
pub(crate) fn digits(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() {
        return None;
    }
    bytes.iter().try_fold(0_u32, |number, byte| {
        let digit = byte.is_ascii_digit().then(|| u32::from(byte & 0x0f))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// Reads a whole number as programs write it: `1000.0`, `2,500.00`, `1e3`, `-0`.
pub(crate) fn whole(text: &str) -> Option<u32> {
    if let Some(unsigned) = text.strip_prefix('-') {
        return whole(unsigned).filter(|number| *number == 0);
    }
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (first, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let first = if number(first).is_some() { first.replace(',', "") } else { first.to_owned() };
    if first.is_empty() || (first.len() > 1 && first.starts_with('0')) {
        return None;
    }
    let exponent: i64 = exponent.parse().ok()?;
    let all = first + decimals;
    let some = all.trim_end_matches('0');
    let zeros = all.len().saturating_sub(some.len());
    let power = exponent.checked_sub_unsigned(decimals.len() as u64)?.checked_add_unsigned(zeros as u64)?;
    match some.trim_start_matches('0') {
        "" => Some(0),
        some => digits(some.as_bytes())?.checked_mul(10_u32.checked_pow(power.try_into().ok()?)?),
    }
}

/// A spelling: words, then a value, then perhaps more words and another value.
#[cfg_attr(not(test), expect(dead_code, reason = "tests compare some columns with the schema and the guide"))]
pub(crate) struct Spelling<T: Spelled> {
    /// What comes first; the first of several is written.
    pub(crate) before: &'static [&'static str],
    /// The regular expression of each value.
    pub(crate) values: &'static [&'static str],
    /// What stands between two values; the first of several is written.
    pub(crate) between: &'static [&'static str],
    /// What it says; `None` if the values do not belong here.
    pub(crate) says: fn(&[T::Value]) -> Option<T>,
    pub(crate) examples: &'static [&'static str],
    /// What it comes to, for the guide.
    pub(crate) meaning: &'static str,
}

/// What is written in one of the spellings of a table.
pub(crate) trait Spelled: Copy + PartialEq + 'static {
    /// What the words are about: numbers of people, ratios or parts of the calendar.
    type Value: Copy + Display;

    const SPELLINGS: &'static [Spelling<Self>];

    fn read_value(text: &str) -> Option<Self::Value>;
}

/// Reads a text in the first spelling that fits.
pub(crate) fn read<T: Spelled>(text: &str) -> Option<T> {
    // Every value begins with a digit, and no word does.
    let begins_with_value = text.starts_with(|first: char| first.is_ascii_digit());
    let fits = |before: &&&str| before.is_empty() == begins_with_value;
    T::SPELLINGS.iter().find_map(|spelling| {
        let mut before = spelling.before.iter().filter(fits);
        // To compare with nothing, far from any text, takes as long as a hundred comparisons.
        let after = |before: &str| if before.is_empty() { Some(text) } else { text.strip_prefix(before) };
        before.find_map(|before| spelling.read_after(after(before)?))
    })
}

impl<T: Spelled> Spelling<T> {
    /// Reads what comes after the first words.
    pub(crate) fn read_after(&self, text: &str) -> Option<T> {
        match self.values {
            [] if text.is_empty() => (self.says)(&[]),
            [_] => (self.says)(&[T::read_value(text)?]),
            [_, _] => self.between.iter().find_map(|between| {
                let (first, second) = split_once(text, between)?;
                (self.says)(&[T::read_value(first)?, T::read_value(second)?])
            }),
            _ => None,
        }
    }
}

/// Splits at the first place of some words. They are looked for by their first letter, which is faster.
fn split_once<'t>(text: &'t str, words: &str) -> Option<(&'t str, &'t str)> {
    let mut places = text.match_indices(words.chars().next()?);
    places.find_map(|(at, _)| Some((text.get(..at)?, text.get(at..)?.strip_prefix(words)?)))
}

/// Writes the table of the spellings of an enum, a row for each of its variants.
///
/// A row has the words before, each value with its regular expression, the words between, the variant, examples and what
/// it comes to. A value is a pattern and an expression alike.
macro_rules! spellings {
    ($type:ident of $of:ty, read by $read:path {$(
        [$before:literal $(, $synonym:literal)*]
        $(($first_form:ident: $($first:tt)+) $([$between:literal $(, $other:literal)*] ($second_form:ident: $($second:tt)+))?)?
        => $variant:ident $(($($argument:ident),+))? $(if $guard:expr)?;
        $($example:literal),+ => $meaning:literal;
    )+}) => {
        impl $crate::terms::spelling::Spelled for $type {
            type Value = $of;

            const SPELLINGS: &'static [$crate::terms::spelling::Spelling<Self>] = &[$(
                $crate::terms::spelling::Spelling {
                    before: &[$before $(, $synonym)*],
                    values: &[$($first_form $(, $second_form)?)?],
                    between: &[$($($between $(, $other)*)?)?],
                    #[allow(unreachable_patterns, reason = "some patterns fit every value")]
                    says: |values: &[$of]| match *values {
                        [$($($first)+ $(, $($second)+)?)?] $(if $guard)? => Some(Self::$variant $(($($argument),+))?),
                        _ => None,
                    },
                    examples: &[$($example),+],
                    meaning: $meaning,
                },
            )+];

            fn read_value(text: &str) -> Option<$of> {
                $read(text)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match *self {$(
                    Self::$variant $(($($argument),+))? => {
                        f.write_str($before)?;
                        $(
                            std::fmt::Display::fmt(&($($first)+), f)?;
                            $(
                                f.write_str($between)?;
                                std::fmt::Display::fmt(&($($second)+), f)?;
                            )?
                        )?
                        Ok(())
                    }
                )+}
            }
        }
    };
}

pub(crate) use spellings;
