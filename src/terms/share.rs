//! Shares of a baseline as texts give them: exact rationals.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::grammar::{GrammarError, Qualifier, digits};

/// A rational number as written: a percentage with its decimals, or a fraction.
///
/// ```
/// use force_drawdown::terms::Ratio;
/// assert_eq!(Ratio::percent(50).to_string(), "50%");
/// assert_eq!(Ratio::new(2, 3).unwrap().to_string(), "2/3");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Ratio {
    numerator: u32,
    denominator: u32,
}

/// Most decimals of a percentage.
const MOST_DECIMALS: usize = 6;

impl Ratio {
    /// A fraction; `None` over 0.
    ///
    /// ```
    /// use force_drawdown::terms::Ratio;
    /// assert!(Ratio::new(1, 0).is_none());
    /// ```
    #[must_use]
    pub const fn new(numerator: u32, denominator: u32) -> Option<Self> {
        if denominator == 0 { None } else { Some(Self { numerator, denominator }) }
    }

    /// A whole percentage.
    ///
    /// ```
    /// use force_drawdown::terms::Ratio;
    /// assert_eq!(Ratio::percent(50).denominator(), 100);
    /// ```
    #[must_use]
    pub const fn percent(n: u32) -> Self {
        Self { numerator: n, denominator: 100 }
    }

    /// What is above the line.
    ///
    /// ```
    /// use force_drawdown::terms::Ratio;
    /// assert_eq!(Ratio::new(2, 3).unwrap().numerator(), 2);
    /// ```
    #[must_use]
    pub const fn numerator(self) -> u32 {
        self.numerator
    }

    /// What is below the line.
    ///
    /// ```
    /// use force_drawdown::terms::Ratio;
    /// assert_eq!(Ratio::new(2, 3).unwrap().denominator(), 3);
    /// ```
    #[must_use]
    pub const fn denominator(self) -> u32 {
        self.denominator
    }

    fn decimals(self) -> Option<usize> {
        (0..=MOST_DECIMALS).find(|&decimals| {
            let scale = u32::try_from(decimals).ok().and_then(|decimals| 10_u32.checked_pow(decimals));
            scale.and_then(|scale| scale.checked_mul(100)) == Some(self.denominator)
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let whole = |text: &str| {
            let zero = text.len() > 1 && text.starts_with('0');
            if zero { None } else { digits(text.as_bytes()) }
        };
        if let Some((n, d)) = text.split_once('/') {
            return Self::new(whole(n)?, whole(d)?);
        }
        let text = text.strip_suffix('%')?;
        let Some((percent, decimals)) = text.split_once('.') else { return Some(Self::percent(whole(text)?)) };
        let places = Some(decimals.len()).filter(|places| (1..=MOST_DECIMALS).contains(places))?;
        let scale = 10_u32.checked_pow(u32::try_from(places).ok()?)?;
        let numerator = whole(percent)?.checked_mul(scale)?.checked_add(digits(decimals.as_bytes())?)?;
        Self::new(numerator, scale.checked_mul(100)?)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimals() {
            Some(0) => write!(f, "{}%", self.numerator),
            Some(places) => {
                let scale = self.denominator.checked_div(100).unwrap_or(1);
                let whole = self.numerator.checked_div(scale).unwrap_or(0);
                let rest = self.numerator.checked_rem(scale).unwrap_or(0);
                write!(f, "{whole}.{rest:0places$}%")
            }
            None => write!(f, "{}/{}", self.numerator, self.denominator),
        }
    }
}

/// A reduced fraction; they compare by value.
///
/// ```
/// use force_drawdown::terms::Share;
/// let half = Share::percent(50).bounds().unwrap().low();
/// assert_eq!((half.numerator(), half.denominator()), (1, 2));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Fraction {
    numerator: u64,
    denominator: u64,
}

impl Fraction {
    pub(crate) const ZERO: Self = Self { numerator: 0, denominator: 1 };
    pub(crate) const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// Reduces; over 0 is read as over 1.
    pub(crate) fn new(numerator: u64, denominator: u64) -> Self {
        let denominator = denominator.max(1);
        let (mut a, mut b) = (numerator, denominator);
        while let Some(rest) = a.checked_rem(b) {
            (a, b) = (b, rest);
        }
        let reduce = |n: u64| n.checked_div(a).unwrap_or(n);
        Self { numerator: reduce(numerator), denominator: reduce(denominator) }
    }

    /// What is above the line.
    ///
    /// ```
    /// use force_drawdown::terms::Share;
    /// assert_eq!(Share::percent(75).bounds().unwrap().low().numerator(), 3);
    /// ```
    #[must_use]
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// What is below the line; at least 1.
    ///
    /// ```
    /// use force_drawdown::terms::Share;
    /// assert_eq!(Share::percent(75).bounds().unwrap().low().denominator(), 4);
    /// ```
    #[must_use]
    pub const fn denominator(self) -> u64 {
        self.denominator
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |a: u64, b: u64| u128::from(a).wrapping_mul(u128::from(b));
        cross(self.numerator, other.denominator).cmp(&cross(other.numerator, self.denominator))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<Ratio> for Fraction {
    fn from(ratio: Ratio) -> Self {
        Self::new(u64::from(ratio.numerator), u64::from(ratio.denominator))
    }
}

/// A closed interval of shares within 0 to 1.
///
/// ```
/// use force_drawdown::terms::Share;
/// let about = "about 30%".parse::<Share>().unwrap().bounds().unwrap();
/// assert_eq!((about.low().numerator(), about.low().denominator()), (27, 100));
/// assert_eq!((about.high().numerator(), about.high().denominator()), (33, 100));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ShareBand {
    low: Fraction,
    high: Fraction,
}

impl ShareBand {
    fn new(low: Fraction, high: Fraction) -> Option<Self> {
        (low <= high && high <= Fraction::ONE).then_some(Self { low, high })
    }

    /// The low end.
    ///
    /// ```
    /// use force_drawdown::terms::Share;
    /// assert_eq!(Share::percent(0).bounds().unwrap().low().numerator(), 0);
    /// ```
    #[must_use]
    pub const fn low(self) -> Fraction {
        self.low
    }

    /// The high end.
    ///
    /// ```
    /// use force_drawdown::terms::Share;
    /// let high = Share::percent(100).bounds().unwrap().high();
    /// assert_eq!(high.numerator(), high.denominator());
    /// ```
    #[must_use]
    pub const fn high(self) -> Fraction {
        self.high
    }
}

/// A share of the baseline as the text gives it; its kind is kept.
///
/// ```
/// use force_drawdown::terms::Share;
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
    /// use force_drawdown::terms::Share;
    /// assert_eq!(Share::percent(50).to_string(), "50%");
    /// ```
    #[must_use]
    pub const fn percent(n: u32) -> Self {
        Self::Exact(Ratio::percent(n))
    }

    /// The interval that the text gives; `None` if it is empty or leaves 0 to 1.
    ///
    /// ```
    /// use force_drawdown::terms::Share;
    /// assert!(Share::percent(100).bounds().is_some());
    /// assert!(Share::percent(101).bounds().is_none());
    /// ```
    #[must_use]
    pub fn bounds(self) -> Option<ShareBand> {
        let scaled = |ratio: Ratio, tenths: u64| {
            let numerator = u64::from(ratio.numerator).saturating_mul(tenths);
            Fraction::new(numerator, u64::from(ratio.denominator).saturating_mul(10))
        };
        match self {
            Self::Exact(ratio) => ShareBand::new(ratio.into(), ratio.into()),
            Self::About(ratio) if Fraction::from(ratio) <= Fraction::ONE => {
                ShareBand::new(scaled(ratio, 9), scaled(ratio, 11).min(Fraction::ONE))
            }
            Self::About(_) => None,
            Self::Range(low, high) => ShareBand::new(low.into(), high.into()),
            Self::FewerThan(ratio) if ratio.numerator == 0 => None,
            Self::AtMost(ratio) | Self::FewerThan(ratio) => ShareBand::new(Fraction::ZERO, ratio.into()),
            Self::MoreThan(ratio) if ratio.numerator == ratio.denominator => None,
            Self::AtLeast(ratio) | Self::MoreThan(ratio) => ShareBand::new(ratio.into(), Fraction::ONE),
        }
    }

    /// The interval of a ceiling: the greatest lawful share, which `at most` and `fewer than` give exactly.
    ///
    /// ```
    /// use force_drawdown::terms::{Ratio, Share};
    /// let most = Share::AtMost(Ratio::percent(50)).as_ceiling().unwrap();
    /// assert_eq!(most.low(), most.high());
    /// ```
    #[must_use]
    pub fn as_ceiling(self) -> Option<ShareBand> {
        let bounds = self.bounds()?;
        match self {
            Self::AtMost(_) | Self::FewerThan(_) => ShareBand::new(bounds.high, bounds.high),
            _ => Some(bounds),
        }
    }

    /// The interval of a share taken away: the least lawful one, which `at least` and `more than` give exactly.
    ///
    /// ```
    /// use force_drawdown::terms::{Ratio, Share};
    /// let least = Share::AtLeast(Ratio::percent(50)).as_withdrawal().unwrap();
    /// assert_eq!(least.low(), least.high());
    /// ```
    #[must_use]
    pub fn as_withdrawal(self) -> Option<ShareBand> {
        let bounds = self.bounds()?;
        match self {
            Self::AtLeast(_) | Self::MoreThan(_) => ShareBand::new(bounds.low, bounds.low),
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
