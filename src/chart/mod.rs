//! Charts, drawn with plotters: what is required, planned and observed of each force, and when what happened.

mod data;
mod frame;
mod labels;
mod panel;
mod scale;
mod scene;

use std::path::Path;

use plotters::coord::Shift;
use plotters::prelude::*;

use crate::agreement::Agreement;
use crate::assessment::evidence::Evidence;
use crate::assessment::{Assessment, Observation};
use crate::schedule::Interpolation;
use data::Data;
use scene::Scene;

/// The most pixels of a side: as high as a chart of very many forces is by itself.
const GREATEST_SIDE: u32 = 20_000;

/// The most pixels of a picture, which take three bytes each: of far more the bitmap of plotters overflows.
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
    /// The canvas refused.
    #[error("the chart cannot be drawn: {0}")]
    Backend(String),
}

/// The drawdown chart of an agreement: a panel for each force above one axis of days.
///
/// Each panel shows the required ceiling as a band of steps from the strict to the lenient reading, the planned path,
/// the baseline and what was observed, each with its range; hatched who may stay, dotted what is not known. Above
/// stand the phases and the windows in which they are due, below what happened to the agreement. The last version's
/// windows are shown, and on each day the ceiling of the version in effect on it.
///
/// ```
/// use force_drawdown::{Chart, ChartError, Interpolation, catalog};
/// let iraq = catalog::get("us-iraq-2024").unwrap();
/// let chart = Chart::new(&iraq.agreement);
/// assert_eq!(chart.dimensions(), (800, 450));
/// assert!(chart.svg()?.contains("US troops in Iraq"));
///
/// let chart = chart.observations(&iraq.observations).interpolation(Interpolation::Step);
/// let svg = chart.size(1200, 600).svg()?;
/// assert!(svg.contains("width=\"1200\"") && svg.contains("observed"));
/// assert!(svg.contains("planned (step)"));
///
/// let error = chart.size(80, 45).svg().unwrap_err();
/// assert_eq!(error, ChartError::TooSmall { width: 80, height: 45 });
/// # Ok::<(), ChartError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Chart<'a> {
    agreement: &'a Agreement,
    observations: &'a [Observation],
    /// In place of the observations, where they were gathered before.
    evidence: Option<&'a Evidence>,
    how: Interpolation,
    size: Option<(u32, u32)>,
}

impl Assessment {
    /// The chart of the agreement and of all that it was assessed with.
    ///
    /// ```
    /// # use force_drawdown::doc_examples::iraq;
    /// use force_drawdown::{Observation, Quantity, day};
    /// let seen = [Observation::present(day!(2025, 8, 25), Quantity::About(2_000))];
    /// let judged = iraq().assess(&seen, day!(2025, 10, 1));
    /// assert!(judged.chart().svg()?.contains("observed"));
    /// # Ok::<(), force_drawdown::ChartError>(())
    /// ```
    #[must_use]
    pub fn chart(&self) -> Chart<'_> {
        let (agreement, evidence) = (&self.basis.agreement, &self.basis.evidence);
        Chart { evidence: Some(evidence), ..Chart::new(agreement) }
    }
}

impl<'a> Chart<'a> {
    /// A chart without observations, with the planned path drawn straight from point to point.
    #[must_use]
    pub const fn new(agreement: &'a Agreement) -> Self {
        Self { agreement, observations: &[], evidence: None, how: Interpolation::Linear, size: None }
    }

    /// The same chart with observations: those published by the day as known on which the agreement is.
    #[must_use]
    pub const fn observations(mut self, observations: &'a [Observation]) -> Self {
        (self.observations, self.evidence) = (observations, None);
        self
    }

    /// The same chart with another interpolation of the planned path.
    #[must_use]
    pub const fn interpolation(mut self, how: Interpolation) -> Self {
        self.how = how;
        self
    }

    /// The same chart in so many pixels from left to right and from top to bottom: at most 20,000 a side and 64 million
    /// in all.
    #[must_use]
    pub const fn size(mut self, width: u32, height: u32) -> Self {
        self.size = Some((width, height));
        self
    }

    /// Pixels from left to right and from top to bottom: as set, else 800 by 450, higher for more than two forces.
    #[must_use]
    pub fn dimensions(&self) -> (u32, u32) {
        let forces = u32::try_from(self.agreement.terms().forces.len()).unwrap_or(u32::MAX);
        self.size.unwrap_or((800, forces.saturating_sub(2).saturating_mul(110).saturating_add(450).min(GREATEST_SIDE)))
    }

    /// The chart as SVG. Texts are set in the reader's sans-serif face.
    ///
    /// # Errors
    ///
    /// [`ChartError::NoDays`] where no day is known, [`ChartError::TooSmall`] where it does not fit,
    /// [`ChartError::TooLarge`] where the picture would have too many pixels.
    pub fn svg(&self) -> Result<String, ChartError> {
        let scene = self.scene()?;
        let mut svg = String::new();
        let area = SVGBackend::with_string(&mut svg, self.dimensions()).into_drawing_area();
        scene.render(&area).map_err(|error| backend(&error))?;
        area.present().map_err(|error| backend(&error))?;
        drop(area);
        Ok(self.with_title(svg))
    }

    /// Draws the chart to a PNG file, with the bytes of a font: the canvas of plotters has none of its own.
    ///
    /// The font is kept for the life of the program, as the sans-serif face of plotters.
    ///
    /// # Errors
    ///
    /// As [`svg`](Self::svg), [`ChartError::Font`] where the font cannot be read, and [`ChartError::Backend`] where the
    /// file cannot be written.
    pub fn png(&self, path: impl AsRef<Path>, font: &'static [u8]) -> Result<(), ChartError> {
        let scene = self.scene()?;
        plotters::style::register_font(scene::FAMILY, FontStyle::Normal, font).map_err(|_| ChartError::Font)?;
        let area = BitMapBackend::new(path.as_ref(), self.dimensions()).into_drawing_area();
        scene.render(&area).map_err(|error| backend(&error))?;
        area.present().map_err(|error| backend(&error))
    }

    /// Draws the chart on any canvas of plotters, of whatever size that has.
    ///
    /// # Errors
    ///
    /// As [`svg`](Self::svg), and [`ChartError::Backend`] where the canvas refuses.
    pub fn draw<DB: DrawingBackend>(&self, area: &DrawingArea<DB, Shift>) -> Result<(), ChartError> {
        let (width, height) = area.dim_in_pixel();
        self.size(width, height).scene()?.render(area).map_err(|error| backend(&error))
    }

    fn scene(&self) -> Result<Scene, ChartError> {
        let (width, height) = self.dimensions();
        let area = u64::from(width).saturating_mul(u64::from(height));
        if width.max(height) > GREATEST_SIDE || area > GREATEST_AREA {
            return Err(ChartError::TooLarge { width, height });
        }
        let gathered = self.evidence.is_none().then(|| Evidence::gather(self.agreement, self.observations));
        let evidence = gathered.as_ref().or(self.evidence).ok_or(ChartError::NoDays)?;
        let data = Data::new(self.agreement, evidence, self.how).ok_or(ChartError::NoDays)?;
        let size = (f64::from(width), f64::from(height));
        let scene = frame::scene(self.agreement, &data, &self.how.to_string(), size);
        scene.ok_or(ChartError::TooSmall { width, height })
    }

    /// Names the picture for those who have it read to them, and lets a page that is narrower show all of it.
    fn with_title(&self, svg: String) -> String {
        let Some((start, rest)) = svg.split_once('>') else { return svg };
        let title = scene::printable(&self.agreement.terms().title)
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        format!("{start} role=\"img\" style=\"max-width:100%;height:auto\">\n<title>{title}</title>{rest}")
    }
}

fn backend<E: std::error::Error + Send + Sync>(error: &DrawingAreaErrorKind<E>) -> ChartError {
    ChartError::Backend(error.to_string())
}
