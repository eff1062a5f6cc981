//! Charts in SVG and PNG: the ceiling of each force, what was counted of it, and when what happened.

mod data;
mod error;
mod force;
mod lane;
mod layout;
mod panel;
#[cfg(feature = "resvg049")]
mod png;
mod scale;
#[cfg(feature = "html")]
mod small;
mod svg;
mod text;

use chrono::NaiveDate;

use crate::agreement::Agreement;
use crate::assessment::evidence::Evidence;
use crate::assessment::{Assessment, Observation};
use crate::schedule::Interpolation;
use data::Data;
pub use error::ChartError;
use error::in_bounds;

/// Pixels from left to right, if nothing else is asked for.
const USUAL_WIDTH: u32 = 800;

/// The drawdown chart of an agreement: a panel for each force along an axis of days.
///
/// Each panel shows the required ceiling as a band from the strict reading (a solid line) to the lenient one (a dashed
/// line), the baseline, and each count with its range, coloured and shaped by whether it was at or below the ceiling of its
/// day. Above are the deadlines, below what happened to the agreement. Names that do not fit become numbers of a list. The
/// last version's deadlines are shown, and on each day the ceiling of the version in effect on it.
///
/// ```
/// use force_drawdown::{Chart, ChartError, Interpolation, catalog};
/// let iraq = catalog::get("us-iraq-2024").unwrap();
/// let chart = Chart::new(&iraq.agreement);
/// assert!(chart.svg()?.contains("US troops in Iraq: ceiling</text>"));
///
/// let chart = chart.observations(&iraq.observations).planned(Interpolation::Step);
/// let svg = chart.headline("Half as many by 2026").width(1200).svg()?;
/// assert!(svg.contains("width=\"1200\"") && svg.contains("planned, in steps"));
/// assert!(svg.contains("US troops in Iraq: ceiling and counts"));
///
/// let error = chart.size(80, 45).svg().unwrap_err();
/// assert_eq!(error, ChartError::TooSmall { width: 80, height: 45 });
/// # Ok::<(), ChartError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Chart<'a> {
    agreement: &'a Agreement,
    observations: &'a [Observation],
    /// In place of the observations, where they were gathered before.
    evidence: Option<&'a Evidence>,
    on: Option<NaiveDate>,
    planned: Option<Interpolation>,
    headline: Option<&'a str>,
    width: u32,
    height: Option<u32>,
    #[cfg(feature = "resvg049")]
    fonts: &'a [&'a [u8]],
    #[cfg(feature = "resvg049")]
    scale: u8,
}

impl Assessment {
    /// The chart of the agreement and of all that it was assessed with, with the day of judgement.
    ///
    /// ```
    /// use force_drawdown::{Observation, Quantity, catalog, day};
    /// let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let seen = [Observation::present(day!(2025, 8, 25), Quantity::About(2_000))];
    /// let judged = iraq.assess(&seen, day!(2025, 10, 1));
    /// let svg = judged.chart().svg()?;
    /// assert!(svg.contains("day of judgement, 1 October 2025"));
    /// assert!(svg.contains("about 2,000, 25 August 2025: count before any ceiling"));
    /// # Ok::<(), force_drawdown::ChartError>(())
    /// ```
    pub fn chart(&self) -> Chart<'_> {
        let (agreement, evidence) = (&self.basis.agreement, &self.basis.evidence);
        Chart { evidence: Some(evidence), on: Some(self.on), ..Chart::new(agreement) }
    }
}

impl<'a> Chart<'a> {
    /// A chart without observations and without the planned path, 800 pixels wide and as high as it needs to be.
    pub const fn new(agreement: &'a Agreement) -> Self {
        Self {
            agreement,
            observations: &[],
            evidence: None,
            on: None,
            planned: None,
            headline: None,
            width: USUAL_WIDTH,
            height: None,
            #[cfg(feature = "resvg049")]
            fonts: &[],
            #[cfg(feature = "resvg049")]
            scale: 2,
        }
    }

    /// The same chart with observations. Of an agreement as known on a day, those published later are left out.
    pub const fn observations(mut self, observations: &'a [Observation]) -> Self {
        (self.observations, self.evidence) = (observations, None);
        self
    }

    /// The same chart with the planned path as two thin lines.
    pub const fn planned(mut self, how: Interpolation) -> Self {
        self.planned = Some(how);
        self
    }

    /// The same chart with a title of your own; the title of the agreement goes into the line below.
    pub const fn headline(mut self, headline: &'a str) -> Self {
        self.headline = Some(headline);
        self
    }

    /// The same chart with a width in pixels, and as high as it needs to be. Below 500 pixels the chart is laid out for a
    /// telephone. The size of the texts follows from the width.
    pub const fn width(mut self, width: u32) -> Self {
        (self.width, self.height) = (width, None);
        self
    }

    /// The same chart with a width and a height in pixels: at most 20,000 pixels a side, and 64 million in all.
    pub const fn size(mut self, width: u32, height: u32) -> Self {
        (self.width, self.height) = (width, Some(height));
        self
    }

    /// The same chart with the fonts of a PNG, each the bytes of a file; without any, those of the system are taken.
    #[cfg(feature = "resvg049")]
    pub const fn fonts(mut self, fonts: &'a [&'a [u8]]) -> Self {
        self.fonts = fonts;
        self
    }

    /// The same chart with a scale: the pixels of a PNG for each pixel of the SVG, a side. The scale is 2 if none is given,
    /// and at least 1.
    #[cfg(feature = "resvg049")]
    pub const fn scale(mut self, scale: u8) -> Self {
        self.scale = if scale == 0 { 1 } else { scale };
        self
    }

    /// The chart as SVG, light or dark as the reader prefers. Texts are measured in Liberation Sans, which is as wide as
    /// Arial and Helvetica.
    ///
    /// # Errors
    ///
    /// [`ChartError::NoDays`] where no day is known, [`ChartError::TooSmall`] where it does not fit,
    /// [`ChartError::TooLarge`] where the picture would have too many pixels.
    pub fn svg(&self) -> Result<String, ChartError> {
        Ok(self.drawn(None)?.0)
    }

    /// The bytes of the chart as a PNG file, drawn by the resvg crate, light, in twice as many pixels as the SVG unless
    /// [`scale`](Self::scale) says otherwise.
    ///
    /// ```
    /// use force_drawdown::{Chart, ChartError, catalog};
    /// let iraq = catalog::get("us-iraq-2024").unwrap();
    /// let chart = Chart::new(&iraq.agreement);
    /// assert_eq!(chart.fonts(&[b"no font"]).png(), Err(ChartError::Font));
    /// ```
    ///
    /// # Errors
    ///
    /// As [`svg`](Self::svg); [`ChartError::Font`] where a font cannot be read, [`ChartError::NoFont`] where there is none
    /// at all, [`ChartError::NoGlyph`] where a text has a letter that no font has.
    #[cfg(feature = "resvg049")]
    pub fn png(&self) -> Result<Vec<u8>, ChartError> {
        in_bounds(self.width, self.height.unwrap_or(1), self.scale)?;
        let (svg, height, _) = self.drawn(None)?;
        in_bounds(self.width, height, self.scale)?;
        png::png(&svg, self.scale, self.fonts)
    }

    /// The picture within a page, which has a description for it, and the [style](page_style) once; and its first and last day.
    #[cfg(feature = "html")]
    pub(crate) fn within_page(&self, description: &str) -> Result<(String, [i32; 2]), ChartError> {
        self.drawn(Some(description)).map(|(svg, _, days)| (svg, days))
    }

    /// A small picture without words for a page of several, of which the title says what it is of; and its first and last day.
    #[cfg(feature = "html")]
    pub(crate) fn small(&self, title: &str) -> Result<(String, [i32; 2]), ChartError> {
        let data = self.data()?;
        Ok((small::draw(&data).finish(small::SIZE, title, "", Some(0.0)), [data.first, data.last]))
    }

    fn data(&self) -> Result<Data<'a>, ChartError> {
        let gathered = self.evidence.is_none().then(|| Evidence::gather(self.agreement, self.observations));
        let evidence = gathered.as_ref().or(self.evidence).ok_or(ChartError::NoDays)?;
        Data::new(self.agreement, evidence, self.on, self.planned).ok_or(ChartError::NoDays)
    }

    /// The picture, its height in pixels, and its first and last day.
    fn drawn(&self, of_page: Option<&str>) -> Result<(String, u32, [i32; 2]), ChartError> {
        in_bounds(self.width, self.height.unwrap_or(1), 1)?;
        let data = self.data()?;
        let drawn = layout::draw(&data, self.headline, of_page, self.width.into(), self.height.map(f64::from));
        let too_small = ChartError::TooSmall { width: self.width, height: self.height.unwrap_or(self.width) };
        let (svg, height) = drawn.ok_or(too_small)?;
        Ok((svg, whole(height), [data.first, data.last]))
    }
}

/// What the pictures within a page look like.
#[cfg(feature = "html")]
pub(crate) fn page_style() -> String {
    let style = svg::style();
    format!(
        "<svg class=\"fd\" width=\"0\" height=\"0\" aria-hidden=\"true\" style=\"position:absolute\">{style}</svg>\n"
    )
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "out of range it becomes the nearest integer"
)]
fn whole(pixels: f64) -> u32 {
    pixels.ceil() as u32
}
