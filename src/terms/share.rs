//! Shares of a baseline as texts give them: exact rationals.

use std::fmt;
use std::str::FromStr;

use crate::wording::GrammarError;

use super::fraction::{Ratio, ShareBand};
use super::spelling::Qualifier;

/// A share of the baseline as the text gives it; its kind is kept.
///
/// ```
/// use force_drawdown::Share;
/// let share: Share = "12.5%".parse().unwrap();
/// assert_eq!(share.to_string(), "12.5%");
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
    /// `fewer than 50%`: from none.
    FewerThan(Ratio),
    /// `at least 50%`: up to all.
    AtLeast(Ratio),
    /// `more than 50%`: up to all.
    MoreThan(Ratio),
}

impl Share {
    /// A whole percentage.
    ///
    /// ```
    /// use force_drawdown::Share;
    /// assert_eq!(Share::percent(50).to_string(), "50%");
    /// ```
    #[must_use]
    pub const fn percent(n: u32) -> Self {
        Self::Exact(Ratio::percent(n))
    }

    /// The interval that the text gives; `None` if it is empty or leaves 0 to 1.
    ///
    /// ```
    /// use force_drawdown::Share;
    /// assert!(Share::percent(100).bounds().is_some());
    /// assert!(Share::percent(101).bounds().is_none());
    /// ```
    #[must_use]
    pub fn bounds(self) -> Option<ShareBand> {
        match self {
            Self::Exact(ratio) => ShareBand::new(ratio, ratio),
            Self::About(ratio) if ratio.compare(Ratio::ONE).is_le() => {
                ShareBand::new(ratio.tenths(9), ratio.tenths(11).min(Ratio::ONE))
            }
            Self::About(_) => None,
            Self::Range(low, high) => ShareBand::new(low, high),
            Self::FewerThan(ratio) if ratio.numerator() == 0 => None,
            Self::AtMost(ratio) | Self::FewerThan(ratio) => ShareBand::new(Ratio::ZERO, ratio),
            Self::MoreThan(ratio) if ratio.numerator() == ratio.denominator() => None,
            Self::AtLeast(ratio) | Self::MoreThan(ratio) => ShareBand::new(ratio, Ratio::ONE),
        }
    }

    /// The interval of a ceiling: the greatest lawful share, which `at most` and `fewer than` give exactly.
    ///
    /// ```
    /// use force_drawdown::{Ratio, Share};
    /// let most = Share::AtMost(Ratio::percent(50)).as_ceiling().unwrap();
    /// assert_eq!(most.low(), most.high());
    /// ```
    #[must_use]
    pub fn as_ceiling(self) -> Option<ShareBand> {
        let bounds = self.bounds()?;
        match self {
            Self::AtMost(_) | Self::FewerThan(_) => ShareBand::new(bounds.high(), bounds.high()),
            _ => Some(bounds),
        }
    }

    /// The interval of a share taken away: the least lawful one, which `at least` and `more than` give exactly.
    ///
    /// ```
    /// use force_drawdown::{Ratio, Share};
    /// let least = Share::AtLeast(Ratio::percent(50)).as_withdrawal().unwrap();
    /// assert_eq!(least.low(), least.high());
    /// ```
    #[must_use]
    pub fn as_withdrawal(self) -> Option<ShareBand> {
        let bounds = self.bounds()?;
        match self {
            Self::AtLeast(_) | Self::MoreThan(_) => ShareBand::new(bounds.low(), bounds.low()),
            _ => Some(bounds),
        }
    }
}

impl FromStr for Share {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        let error = || GrammarError::new("a share of the baseline", "\"50%\", \"2/3\" or \"about 30%\"", text);
        parse(text).ok_or_else(error)
    }
}

fn parse(text: &str) -> Option<Share> {
    if let Some((qualifier, rest)) = Qualifier::split(text) {
        let ratio = Ratio::parse(rest)?;
        return match qualifier {
            Qualifier::About => Some(Share::About(ratio)),
            Qualifier::AtMost => Some(Share::AtMost(ratio)),
            Qualifier::FewerThan => Some(Share::FewerThan(ratio)),
            Qualifier::AtLeast => Some(Share::AtLeast(ratio)),
            Qualifier::MoreThan => Some(Share::MoreThan(ratio)),
            Qualifier::Nearly | Qualifier::JustOver => None,
        };
    }
    if let Some((low, high)) = text.split_once("..") {
        return Some(Share::Range(Ratio::parse(low)?, Ratio::parse(high)?));
    }
    Ratio::parse(text).map(Share::Exact)
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(ratio) => write!(f, "{ratio}"),
            Self::About(ratio) => write!(f, "about {ratio}"),
            Self::Range(low, high) => write!(f, "{low}..{high}"),
            Self::AtMost(ratio) => write!(f, "at most {ratio}"),
            Self::FewerThan(ratio) => write!(f, "fewer than {ratio}"),
            Self::AtLeast(ratio) => write!(f, "at least {ratio}"),
            Self::MoreThan(ratio) => write!(f, "more than {ratio}"),
        }
    }
}
