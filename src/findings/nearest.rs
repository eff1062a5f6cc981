//! Which of the known words is nearest to one that is not known.

use std::fmt;

use crate::wording::list;

/// Letters of two words that may differ, after what they begin and end with in common.
const MOST_DIFFERENT: usize = 8;
/// Ids that are compared; one document may have many unknown ids beside many known ones.
const MOST_COMPARED: usize = 100;
/// Bytes of a word that is compared.
const LONGEST: usize = 80;
/// Letters that two words of a vocabulary begin with in common if one is meant for the other: *sender* for *sending*.
const SAME_STEM: usize = 4;

/// The ids that there are, for a message: the first few, and the one that is nearest to what was written.
///
/// Displayed as the first few.
///
/// ```
/// use force_drawdown::{Rule, catalog};
/// let mut terms = catalog::get("us-iraq-2024").unwrap().agreement.into_terms();
/// terms.forces[0].party = Some("US".into());
/// let invalid = terms.validate().unwrap_err();
/// let rule = invalid.violations()[0].rule();
/// let Rule::UnknownParty { known, .. } = rule else { unreachable!() };
/// assert_eq!(known.to_string(), "IRQ, USA");
/// assert_eq!(known.nearest(), Some("USA"));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownIds {
    shown: String,
    nearest: Option<String>,
}

impl KnownIds {
    pub(crate) fn new<'a>(unknown: &str, ids: impl Iterator<Item = &'a str>) -> Self {
        let ids: Vec<&str> = ids.take(MOST_COMPARED).collect();
        Self::shown_as(list(ids.iter().copied()), unknown, &ids)
    }

    pub(crate) fn shown_as(shown: String, unknown: &str, ids: &[&str]) -> Self {
        let nearest = nearest(unknown, ids.iter().take(MOST_COMPARED).copied()).map(str::to_owned);
        Self { shown, nearest }
    }

    /// The id that was probably meant; `None` if none is near.
    #[must_use]
    pub fn nearest(&self) -> Option<&str> {
        self.nearest.as_deref()
    }
}

impl fmt::Display for KnownIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// The word that differs least from one, by a third of its letters at most; the first of several.
pub(super) fn nearest<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let is_short = |word: &str| word.len() <= LONGEST;
    let word = plain(Some(word).filter(|word| is_short(word))?);
    let distance = |known: &'a str| Some((distance(&word, &plain(known))?, known));
    words
        .filter(|known| is_short(known))
        .filter_map(distance)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// The nearest word of a vocabulary, else one of the same stem.
pub(super) fn nearest_word(word: &str, words: &'static [&'static str]) -> Option<&'static str> {
    let letters = plain(word);
    let is_of_stem = |known: &&&str| {
        let same = letters.iter().zip(plain(known)).take_while(|(ours, theirs)| **ours == *theirs).count();
        same >= SAME_STEM && same.saturating_mul(2) >= known.len()
    };
    nearest(word, words.iter().copied()).or_else(|| words.iter().find(is_of_stem).copied())
}

/// The letters of a word, without what is often confused: capitals, spaces and underscores.
fn plain(word: &str) -> Vec<char> {
    let letter = |letter: char| if matches!(letter, ' ' | '_') { '-' } else { letter.to_ascii_lowercase() };
    word.chars().map(letter).collect()
}

/// How many letters are missing, added, changed or swapped with the next; `None` where two words have little in common.
fn distance(a: &[char], b: &[char]) -> Option<usize> {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a_rest, b_rest) = (a.get(start..)?, b.get(start..)?);
    let end = a_rest.iter().rev().zip(b_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a_rest, _) = a_rest.split_at_checked(a_rest.len().checked_sub(end)?)?;
    let (b_rest, _) = b_rest.split_at_checked(b_rest.len().checked_sub(end)?)?;
    let of_digits = |rest: &[char]| !rest.is_empty() && rest.iter().all(char::is_ascii_digit);
    // One phase is not meant for another because their numbers look alike.
    if a_rest.len().max(b_rest.len()) > MOST_DIFFERENT || (of_digits(a_rest) && of_digits(b_rest)) {
        return None;
    }
    Some(edits(a_rest, b_rest)).filter(|edits| *edits <= a.len().max(b.len()) / 3)
}

/// The distance of Damerau and Levenshtein, in which no letter is edited twice.
fn edits(a: &[char], b: &[char]) -> usize {
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=b.len()).collect());
    let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX);
    for (i, letter) in a.iter().enumerate() {
        let mut row = vec![i.saturating_add(1)];
        for (j, other) in b.iter().enumerate() {
            let changed = at(&last, j).saturating_add(usize::from(letter != other));
            let removed = at(&last, j.saturating_add(1)).saturating_add(1);
            let added = at(&row, j).saturating_add(1);
            let is_swap = i
                .checked_sub(1)
                .zip(j.checked_sub(1))
                .is_some_and(|(i, j)| a.get(i) == Some(other) && b.get(j) == Some(letter));
            let swapped = if is_swap { at(&before, j.saturating_sub(1)).saturating_add(1) } else { usize::MAX };
            row.push(changed.min(removed).min(added).min(swapped));
        }
        (before, last) = (last, row);
    }
    last.last().copied().unwrap_or(a.len())
}
