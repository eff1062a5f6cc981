//! Why a chart was not drawn.

const GREATEST_SIDE: u32 = 20_000;

/// The most pixels of a picture, which take four bytes each.
const GREATEST_AREA: u64 = 64_000_000;

/// Why a chart was not drawn.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ChartError {
    /// There is nothing to draw along an axis of days.
    #[error("no day of the agreement is known")]
    NoDays,
    /// The forces, phases and acts do not fit.
    #[error("{width} by {height} pixels are too few")]
    TooSmall {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
    /// More pixels than a picture may have.
    #[error("{width} by {height} pixels are too many; the most are {GREATEST_SIDE} a side and {GREATEST_AREA} in all")]
    TooLarge {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
    /// The bytes are not those of an OpenType or TrueType font.
    #[error("the font cannot be read")]
    Font,
    /// No font was handed in, and the system has none.
    #[error("there is no font to write with: hand one in")]
    NoFont,
    /// No font has a letter of this text.
    #[error("no font has {0:?}: hand in one that does")]
    NoGlyph(String),
    /// The PNG cannot be drawn.
    #[error("the chart cannot be drawn: {0}")]
    Backend(String),
}

/// Refuses more pixels than a picture may have, with so many for each of the SVG.
pub(super) fn in_bounds(width: u32, height: u32, scale: u8) -> Result<(), ChartError> {
    let (width, height) = (width.saturating_mul(scale.into()), height.saturating_mul(scale.into()));
    let area = u64::from(width).saturating_mul(u64::from(height));
    let fits = width.max(height) <= GREATEST_SIDE && area <= GREATEST_AREA;
    if fits { Ok(()) } else { Err(ChartError::TooLarge { width, height }) }
}
