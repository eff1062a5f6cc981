//! Closed vocabularies: enums that are written as one kebab-case word.

/// A word that is not one of a closed vocabulary.
///
/// ```
/// use force_drawdown::Standing;
/// let error = "bound".parse::<Standing>().unwrap_err();
/// assert_eq!(error.to_string(), "expected one of binding, envisaged, found \"bound\"");
/// ```
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
#[error("expected one of {}, found {found:?}", .expected.join(", "))]
pub struct UnknownWord {
    expected: &'static [&'static str],
    found: String,
}

impl UnknownWord {
    pub(crate) fn new(expected: &'static [&'static str], found: &str) -> Self {
        let found = super::grammar::excerpt(found);
        Self { expected, found }
    }

    /// The words that are accepted.
    ///
    /// ```
    /// use force_drawdown::Standing;
    /// assert_eq!("bound".parse::<Standing>().unwrap_err().expected(), ["binding", "envisaged"]);
    /// ```
    #[must_use]
    pub const fn expected(&self) -> &'static [&'static str] {
        self.expected
    }
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$variant_meta])* $variant,)+ }

        impl $name {
            /// Every word of the vocabulary, in the order of the variants.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// Every variant, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as documents write it.
            ///
            #[doc = concat!(
                "```\nuse force_drawdown::", stringify!($name), ";\n",
                $("assert_eq!(", stringify!($name), "::", stringify!($variant), ".as_str(), ", stringify!($word), ");\n",)+
                "```",
            )]
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::terms::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::terms::UnknownWord::new(Self::WORDS, text)),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use words;
