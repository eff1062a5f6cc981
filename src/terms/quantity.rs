//! Numbers of people as texts give them.

use std::str::FromStr;

use super::Band;
use crate::band::MAX_PEOPLE;
use crate::terms::spelling::{self, number, spellings};
use crate::wording::GrammarError;

/// A number of people as the text gives it; its kind is kept.
///
/// ```
/// use force_drawdown::{Band, Quantity};
/// let about: Quantity = "around 2,500".parse().unwrap();
/// assert_eq!(about, Quantity::About(2_500));
/// assert_eq!(about.to_string(), "about 2500");
/// assert_eq!(about.band(), Band::new(2_250, Some(2_750)));
/// assert_eq!(Quantity::FewerThan(0).band(), None);
/// ```
///
/// # What it comes to as a ceiling, and as a withdrawal
///
/// ```
/// use force_drawdown::{Band, Quantity};
/// assert_eq!(Quantity::FewerThan(500).as_ceiling(), Some(Band::exactly(499)));
/// assert_eq!(Quantity::MoreThan(500).as_withdrawal(), Some(Band::exactly(501)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Quantity {
    /// `2500`: that number.
    Exact(u32),
    /// `about N`: within 10 %, rounded outwards.
    About(u32),
    /// `N +- M`.
    PlusMinus(u32, u32),
    /// `nearly N`: from 90 % of it, rounded down, to one below.
    Nearly(u32),
    /// `just over N`: from one above to 110 %, rounded up.
    JustOver(u32),
    /// `A..B`: one of these, it is not known which.
    Range(u32, u32),
    /// `between A and B`: the text allows any of these.
    Between(u32, u32),
    /// `at most N`.
    AtMost(u32),
    /// `fewer than N`.
    FewerThan(u32),
    /// `at least N`.
    AtLeast(u32),
    /// `more than N`.
    MoreThan(u32),
    /// `dozens`: 24 to 99.
    Dozens,
    /// `hundreds`: 200 to 999.
    Hundreds,
    /// `thousands`: 2000 to 9999.
    Thousands,
    /// `unspecified`: any number.
    Unspecified,
}

impl Quantity {
    /// The interval that the text gives; `None` if it is empty or leaves 0 to [`MAX_PEOPLE`].
    #[must_use]
    pub fn band(self) -> Option<Band> {
        let wide = |n: u32| u64::from(n);
        // What is about a number differs from it by 10 %.
        let low_of = |n: u32| wide(n).saturating_mul(90) / 100;
        let high_of = |n: u32| wide(n).saturating_mul(110).div_ceil(100);
        let closed = |low: u64, high: u64| Band::new(u32::try_from(low).ok()?, Some(u32::try_from(high).ok()?));
        match self {
            Self::Exact(n) => closed(wide(n), wide(n)),
            Self::About(n) => closed(low_of(n), high_of(n)),
            Self::PlusMinus(n, m) => closed(wide(n).saturating_sub(wide(m)), wide(n).saturating_add(wide(m))),
            Self::Nearly(n) => closed(low_of(n), wide(n).checked_sub(1)?),
            Self::JustOver(n) => closed(wide(n).saturating_add(1), high_of(n)),
            Self::Range(a, b) | Self::Between(a, b) => closed(wide(a), wide(b)),
            Self::AtMost(n) => closed(0, wide(n)),
            Self::FewerThan(n) => closed(0, wide(n).checked_sub(1)?),
            Self::AtLeast(n) => Band::new(n, None),
            Self::MoreThan(n) => Band::new(n.checked_add(1)?, None),
            Self::Dozens => closed(24, 99),
            Self::Hundreds => closed(200, 999),
            Self::Thousands => closed(2000, 9999),
            Self::Unspecified => Some(Band::OPEN),
        }
    }

    /// The interval of a ceiling: the greatest lawful number, which `at most`, `fewer than` and `between` give
    /// exactly.
    #[must_use]
    pub fn as_ceiling(self) -> Option<Band> {
        let band = self.band()?;
        match self {
            Self::AtMost(_) | Self::FewerThan(_) | Self::Between(..) => band.high().map(Band::exactly),
            _ => Some(band),
        }
    }

    /// The interval of people taken away: the least lawful number, which `at least`, `more than` and `between` give
    /// exactly.
    #[must_use]
    pub fn as_withdrawal(self) -> Option<Band> {
        let band = self.band()?;
        match self {
            Self::AtLeast(_) | Self::MoreThan(_) | Self::Between(..) => Some(Band::exactly(band.low())),
            _ => Some(band),
        }
    }
}

spellings! { Quantity of u32, read by number, with words [] {
    [""] (NUMBER: n) => Exact(n);
        "2500", "2,500", "2 500" => "2500";
    [""] (NUMBER: a) [".."] (NUMBER: b) => Range(a, b);
        "250..350" => "250 to 350: we do not know which";
    ["", "from "] (NUMBER: a) [" to ", "–", " – ", "-", " - "] (NUMBER: b) => Range(a, b) if !is_elided(a, b);
        "250 to 350" => "the same, unless the thousands of the first may be left out";
    ["about ", "around ", "some ", "roughly ", "approximately ",
        "circa ", "ca. ", "c. ", "~", "close to ", "an estimated "]
        (NUMBER: n) => About(n);
        "about 2500" => "within 10 %, rounded outwards: 2250 to 2750";
    [""] (NUMBER: n) [" +- ", " ± "] (NUMBER: m) => PlusMinus(n, m);
        "2500 +- 100" => "2400 to 2600; nothing below 0";
    ["nearly ", "almost ", "just under "] (NUMBER: n) => Nearly(n);
        "nearly 1000" => "90 %, rounded down, to one less: 900 to 999";
    ["just over "] (NUMBER: n) => JustOver(n);
        "just over 1000" => "one more to 110 %, rounded up: 1001 to 1100";
    ["between "] (NUMBER: a) [" and "] (NUMBER: b) => Between(a, b);
        "between 250 and 350" => "250 to 350: the text allows any";
    ["at most ", "up to ", "no more than ", "not more than ", "no greater than ", "not exceeding ",
        "a maximum of "] (NUMBER: n) => AtMost(n);
        "at most 500" => "0 to 500";
    ["fewer than ", "less than ", "under ", "below "] (NUMBER: n) => FewerThan(n);
        "fewer than 500" => "0 to 499";
    ["at least ", "no fewer than ", "no less than ", "not less than ", "a minimum of "] (NUMBER: n) => AtLeast(n);
        "at least 500" => "500 to open";
    ["more than ", "over "] (NUMBER: n) => MoreThan(n);
        "more than 500" => "501 to open";
    ["dozens", "several dozen", "a few dozen"] => Dozens;
        "dozens" => "24 to 99";
    ["hundreds", "several hundred", "a few hundred"] => Hundreds;
        "hundreds" => "200 to 999";
    ["thousands", "several thousand", "a few thousand"] => Thousands;
        "thousands" => "2000 to 9999";
    ["unspecified"] => Unspecified;
        "unspecified" => "0 to open";
} }

/// The regular expression of a number, its thousands with commas, with spaces or with nothing between them.
const NUMBER: &str = r"(0|[1-9][0-9]{0,9}|[1-9][0-9]{0,2}([, \u00a0\u2009\u202f][0-9]{3})+)";

/// Whether the thousands of the first of two numbers may be left out, as in "2-3,000": the second has three digits more.
const fn is_elided(a: u32, b: u32) -> bool {
    matches!((a, b), (1..=9, 1_000..) | (10..=99, 10_000..) | (100..=999, 100_000..))
}

/// Words for people, of which each may come after a number of them.
pub(crate) const PEOPLE: [&str; 9] = [
    "troops",
    "soldiers",
    "people",
    "personnel",
    "persons",
    "men",
    "military personnel",
    "service members",
    "peacekeepers",
];

/// Whether a word after a number says what is counted in a unit.
pub(crate) fn is_of(word: &str, unit: &str) -> bool {
    word == unit || (PEOPLE.contains(&word) && PEOPLE.contains(&unit))
}

impl Quantity {
    /// Reads a number, and the word after it if there is one: "2,500 troops", "hundreds of soldiers", "300 tanks".
    pub(crate) fn with_word(text: &str) -> Result<(Self, Option<&str>), GrammarError> {
        if let Some(number) = spelling::read(text) {
            return Ok((number, None));
        }
        let is_of_words = |text: &str| text.chars().all(|letter| letter.is_ascii_alphabetic() || letter == ' ');
        let parts = text.rmatch_indices(' ').filter_map(|(end, _)| text.split_at_checked(end));
        let mut parts = parts.take_while(|(_, words)| is_of_words(words));
        let read = parts.find_map(|(number, words)| Some((spelling::read(number)?, words.strip_prefix(' ')?)));
        if let Some((number, words)) = read.filter(|(_, words)| !words.is_empty() && !words.starts_with(' ')) {
            return Ok((number, Some(words.strip_prefix("of ").unwrap_or(words))));
        }
        Err(Self::malformed(text))
    }

    fn malformed(text: &str) -> GrammarError {
        let example = "2500, \"about 2500\", \"between 250 and 350\", \"hundreds\" or \"unspecified\"";
        GrammarError::new("a number of people up to 4294967294", example, text)
    }
}

/// Reads a number of people; a word for people may come after it.
impl FromStr for Quantity {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        match Self::with_word(text)? {
            (number, None) => Ok(number),
            (number, Some(word)) if PEOPLE.contains(&word) => Ok(number),
            (_, Some(_)) => Err(Self::malformed(text)),
        }
    }
}

const _: () = assert!(MAX_PEOPLE == u32::MAX - 1);
