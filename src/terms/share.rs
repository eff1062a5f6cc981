//! Shares of a baseline as texts give them: exact rationals.

use std::str::FromStr;

use crate::wording::GrammarError;

use super::fraction::{Ratio, ShareBand, Side};
use super::spelling::{self, spellings};

/// A share of the baseline as the text gives it; its kind is kept.
///
/// ```
/// use force_drawdown::{Share, terms::Ratio};
/// let share: Share = "over 12.5%".parse().unwrap();
/// assert_eq!(share.to_string(), "more than 12.5%");
/// assert_eq!(Share::percent(50), Share::Exact(Ratio::percent(50)));
/// assert_eq!(Share::percent(101).bounds(), None);
/// let half = Share::AtMost(Ratio::percent(50)).as_ceiling().unwrap();
/// assert_eq!(half.low(), half.high());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Share {
    /// `50%`, `2/3`: that share.
    Exact(Ratio),
    /// `about 30%`: within 10 % of itself, at most all.
    About(Ratio),
    /// `13%..20%`: one of these, it is not known which.
    Range(Ratio, Ratio),
    /// `at most 50%`: from none.
    AtMost(Ratio),
    /// `fewer than 50%`: from none, and not that share itself.
    FewerThan(Ratio),
    /// `at least 50%`: up to all.
    AtLeast(Ratio),
    /// `more than 50%`: up to all, and not that share itself.
    MoreThan(Ratio),
}

impl Share {
    /// A whole percentage.
    #[must_use]
    pub const fn percent(n: u32) -> Self {
        Self::Exact(Ratio::percent(n))
    }

    /// The interval that the text gives; `None` if it is empty or leaves 0 to 1.
    #[must_use]
    pub fn bounds(self) -> Option<ShareBand> {
        let (at, none, all) = (|ratio| (ratio, Side::At), (Ratio::ZERO, Side::At), (Ratio::ONE, Side::At));
        match self {
            Self::Exact(ratio) => ShareBand::new(at(ratio), at(ratio)),
            Self::About(ratio) => {
                let most = Some(ratio.tenths(11)).filter(|most| most.compare(Ratio::ONE).is_lt());
                (ratio.compare(Ratio::ONE).is_le())
                    .then(|| ShareBand::new(at(ratio.tenths(9)), most.map_or(all, at)))?
            }
            Self::Range(low, high) => ShareBand::new(at(low), at(high)),
            Self::AtMost(ratio) => ShareBand::new(none, at(ratio)),
            Self::FewerThan(ratio) => ShareBand::new(none, (ratio, Side::Below)),
            Self::AtLeast(ratio) => ShareBand::new(at(ratio), all),
            Self::MoreThan(ratio) => ShareBand::new((ratio, Side::Above), all),
        }
    }

    /// The interval of a ceiling: the greatest lawful share, which `at most` and `fewer than` give exactly.
    #[must_use]
    pub fn as_ceiling(self) -> Option<ShareBand> {
        let bounds = self.bounds()?;
        match self {
            Self::AtMost(_) | Self::FewerThan(_) => Some(ShareBand { low: bounds.high, ..bounds }),
            _ => Some(bounds),
        }
    }

    /// The interval of a share taken away: the least lawful one, which `at least` and `more than` give exactly.
    #[must_use]
    pub fn as_withdrawal(self) -> Option<ShareBand> {
        let bounds = self.bounds()?;
        match self {
            Self::AtLeast(_) | Self::MoreThan(_) => Some(ShareBand { high: bounds.low, ..bounds }),
            _ => Some(bounds),
        }
    }
}

spellings! { Share of Ratio, read by Ratio::parse, with words [
    ("half", Ratio::of(1, 2)), ("one half", Ratio::of(1, 2)), ("a half", Ratio::of(1, 2)),
    ("one third", Ratio::of(1, 3)), ("one-third", Ratio::of(1, 3)), ("a third", Ratio::of(1, 3)),
    ("two thirds", Ratio::of(2, 3)), ("two-thirds", Ratio::of(2, 3)),
    ("one quarter", Ratio::of(1, 4)), ("one-quarter", Ratio::of(1, 4)), ("a quarter", Ratio::of(1, 4)),
    ("three quarters", Ratio::of(3, 4)), ("three-quarters", Ratio::of(3, 4))
] {
    [""] (RATIO: ratio) => Exact(ratio);
        "50%", "50 %", "50 per cent", "12.5%", "2/3" => "that share; a percentage has up to six decimals";
    ["about ", "around ", "some ", "roughly ", "approximately ",
        "circa ", "ca. ", "c. ", "~", "close to ", "an estimated "]
        (RATIO: ratio) => About(ratio);
        "about 30%" => "within 10 % of itself, at most all: 27 % to 33 %";
    [""] (RATIO: low) [".."] (RATIO: high) => Range(low, high);
        "13%..20%" => "13 % to 20 %: we do not know which";
    ["", "from "] (RATIO: low) [" to ", "–", " – ", "-", " - "] (RATIO: high) => Range(low, high);
        "13% to 20%" => "the same";
    ["at most ", "up to ", "no more than ", "not more than ", "no greater than ", "not exceeding ",
        "a maximum of "] (RATIO: ratio) => AtMost(ratio);
        "at most 50%" => "none to 50 %";
    ["fewer than ", "less than ", "under ", "below "] (RATIO: ratio) => FewerThan(ratio);
        "fewer than 50%" => "none to 50 %, without 50 % itself";
    ["at least ", "no fewer than ", "no less than ", "not less than ", "a minimum of "] (RATIO: ratio) => AtLeast(ratio);
        "at least 50%" => "50 % to all";
    ["more than ", "over "] (RATIO: ratio) => MoreThan(ratio);
        "more than 50%" => "50 % to all, without 50 % itself";
} }

/// The regular expression of a percentage or a fraction.
const RATIO: &str =
    r"((0|[1-9][0-9]*)(\.[0-9]{1,6})?([ \u00a0\u2009\u202f]?%| percent| per cent)|(0|[1-9][0-9]*)/[1-9][0-9]*)";

impl FromStr for Share {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        let error = || GrammarError::new("a share of the baseline", "\"50%\", \"2/3\" or \"about 30%\"", text);
        spelling::read(text).ok_or_else(error)
    }
}
