//! How quantities, shares and periods are written: a row of a table for each spelling, from which come the reader, what
//! is written, the schema, the tables of the guide and the strategies.

use std::borrow::Cow;
use std::fmt::Display;

#[cfg(test)]
mod tests;

const LONGEST_ID: usize = 64;

/// Whether a text is an id: 1 to 64 of `A-Z a-z 0-9 . _ -`.
pub(crate) fn is_id(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(legal)
}

/// What may be between the thousands of a number: a comma, or a space of any width.
pub(crate) const SEPARATORS: [char; 5] = [',', ' ', '\u{a0}', '\u{2009}', '\u{202f}'];

/// Reads a whole number without sign and leading zeros, its thousands separated or not.
pub(crate) fn number(text: &str) -> Option<u32> {
    if text.len() > 1 && text.starts_with('0') {
        return None;
    }
    digits(text).or_else(|| {
        let first = text.bytes().take(4).position(|byte| !byte.is_ascii_digit())?;
        let (first, mut rest) = text.split_at_checked(first)?;
        let mut number = digits(first)?;
        while !rest.is_empty() {
            let (group, after) = rest.strip_prefix(SEPARATORS)?.split_at_checked(3)?;
            number = number.checked_mul(1000)?.checked_add(digits(group)?)?;
            rest = after;
        }
        Some(number)
    })
}

/// Reads one or more digits, without a sign.
pub(crate) fn digits(text: &str) -> Option<u32> {
    if text.starts_with('+') { None } else { text.parse().ok() }
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
        some => digits(some)?.checked_mul(10_u32.checked_pow(power.try_into().ok()?)?),
    }
}

/// A spelling: words, then a value, then perhaps more words and another value.
#[cfg_attr(not(test), expect(dead_code, reason = "tests compare some columns with the schema and the guide"))]
pub(crate) struct Spelling<T: Spelled> {
    /// What comes first; the first of several is written.
    pub(crate) before: &'static [&'static str],
    /// The regular expression of each value.
    pub(crate) values: &'static [&'static str],
    /// The words between two values; the first of several is written.
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
    /// Words for values, which are written as the values are.
    const WORDS: &'static [(&'static str, Self::Value)];

    fn read_digits(text: &str) -> Option<Self::Value>;

    fn read_value(text: &str) -> Option<Self::Value> {
        let of_word = || Self::WORDS.iter().find(|(word, _)| uncapped(text) == *word).map(|(_, value)| *value);
        Self::read_digits(text).or_else(of_word)
    }
}

/// A text without a capital at its beginning.
fn uncapped(text: &str) -> Cow<'_, str> {
    let mut letters = text.chars();
    match letters.next().filter(char::is_ascii_uppercase) {
        Some(first) => Cow::Owned(format!("{}{}", first.to_ascii_lowercase(), letters.as_str())),
        None => Cow::Borrowed(text),
    }
}

/// Reads a text in the first spelling that fits.
pub(crate) fn read<T: Spelled>(text: &str) -> Option<T> {
    let text = &*uncapped(text);
    // No word before a value begins with a digit, and a value that is no word does.
    let begins_with_digit = text.starts_with(|first: char| first.is_ascii_digit());
    let begins_with_value = begins_with_digit || !T::WORDS.is_empty();
    let fits = |before: &&&str| if before.is_empty() { begins_with_value } else { !begins_with_digit };
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
                splits(text, between)
                    .find_map(|(first, second)| (self.says)(&[T::read_value(first)?, T::read_value(second)?]))
            }),
            _ => None,
        }
    }
}

/// The most places at which a text is split: a hyphen between two values may be within each, too.
const MOST_SPLITS: usize = 3;

/// Splits at each of the first places of some words. They are looked for by their first letter, which is faster.
fn splits<'t>(text: &'t str, words: &'static str) -> impl Iterator<Item = (&'t str, &'t str)> {
    let places = words.chars().next().into_iter().flat_map(move |first| text.match_indices(first));
    places.filter_map(move |(at, _)| Some((text.get(..at)?, text.get(at..)?.strip_prefix(words)?))).take(MOST_SPLITS)
}

/// Writes the table of the spellings of an enum, a row for each of its variants.
///
/// A row has the words before, each value with its regular expression, the words between, the variant, examples and what
/// it comes to. A value is a pattern and an expression alike. A variant may have several rows; the first is written.
macro_rules! spellings {
    ($type:ident of $of:ty, read by $read:path, with words [$($word:expr),*] {$(
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
            const WORDS: &'static [(&'static str, $of)] = &[$($word),*];

            fn read_digits(text: &str) -> Option<$of> {
                $read(text)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                #[allow(unreachable_patterns, reason = "what has several rows is written as the first says")]
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
