//! How wide texts are, in Liberation Sans.

use std::sync::LazyLock;

/// Units of an em in the tables of widths.
const EM: f64 = 2048.0;

/// A size in pixels, and a weight.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Font {
    pub(super) size: f64,
    pub(super) bold: bool,
}

impl Font {
    pub(super) fn line(self) -> f64 {
        (self.size * 1.35).round()
    }

    /// How wide a text is. Letters of other scripts are taken to be as wide as they are high.
    pub(super) fn width(self, text: &str) -> f64 {
        let stretches = if self.bold { &*BOLD } else { &*REGULAR };
        let of = |c: char| {
            let place = |(first, widths): &(u32, Vec<u16>)| {
                let index = u32::from(c).checked_sub(*first)?;
                widths.get(usize::try_from(index).ok()?).copied().filter(|&width| width > 0)
            };
            match stretches.iter().find_map(place) {
                Some(width) => f64::from(width),
                // Marks above or below the letter before them, and signs of direction.
                None if matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200b}'..='\u{200f}') => 0.0,
                None => EM,
            }
        };
        text.chars().map(of).sum::<f64>() * self.size / EM
    }
}

/// Advance widths of Liberation Sans 2.1, in parts of an em; Arial and Helvetica have the same. Latin, Cyrillic and
/// punctuation, a line for each stretch of characters: the weight, the first of them as a hexadecimal number, and the width
/// of each from there on; 0 where the font has none.
const WIDTHS: &str = include_str!("widths.txt");

/// The first character of each stretch, and the width of each from there on.
type Stretches = Vec<(u32, Vec<u16>)>;

static REGULAR: LazyLock<Stretches> = LazyLock::new(|| stretches("regular"));
static BOLD: LazyLock<Stretches> = LazyLock::new(|| stretches("bold"));

fn stretches(weight: &str) -> Stretches {
    let stretch = |line: &str| {
        let mut numbers = line.strip_prefix(weight)?.split_whitespace();
        let first = u32::from_str_radix(numbers.next()?, 16).ok()?;
        Some((first, numbers.filter_map(|width| width.parse().ok()).collect()))
    };
    WIDTHS.lines().filter_map(stretch).collect()
}
