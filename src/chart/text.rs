//! How wide texts are, in Liberation Sans, and where their lines break.

use super::widths::{BOLD, REGULAR};

/// Units of an em in the tables of widths.
const EM: f64 = 2048.0;

/// A size in pixels, and a weight.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Font {
    pub(super) size: f64,
    pub(super) bold: bool,
}

impl Font {
    /// The height of a line.
    pub(super) fn line(self) -> f64 {
        (self.size * 1.35).round()
    }

    /// How wide a text is. Letters of other scripts are taken to be as wide as they are high.
    pub(super) fn width(self, text: &str) -> f64 {
        let stretches = if self.bold { &BOLD } else { &REGULAR };
        let of = |c: char| {
            let place = |&(first, widths): &(char, &'static [u16])| {
                let index = u32::from(c).checked_sub(u32::from(first))?;
                widths.get(usize::try_from(index).ok()?).copied().filter(|&width| width > 0)
            };
            match stretches.iter().find_map(place) {
                Some(width) => f64::from(width),
                // Marks that stand above or below the letter before them, and signs of direction.
                None if matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200b}'..='\u{200f}') => 0.0,
                None => EM,
            }
        };
        text.chars().map(of).sum::<f64>() * self.size / EM
    }
}
