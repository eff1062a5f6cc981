//! The names of agreements and forces, found by a hash that is cheaper than the standard one.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use super::columns::NO_KEY;

/// A place of the table that has no key.
const FREE: u64 = u64::MAX;

/// The lower half of a place of the table.
const KEY: u64 = 0xffff_ffff;

/// Why an agreement was not added to a portfolio.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum AddError {
    /// The portfolio has an agreement of that id or name.
    #[error("there is an agreement {name:?} already")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// The keys, which have 32 bits, are used up, or the names together are longer than 4 GiB.
    #[error("the portfolio has no room for the agreement")]
    Full,
}

/// The name of the agreement and the id of the force of each key.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    agreements: HashSet<Box<str>>,
    /// The name of each agreement, and behind it the ids of its forces.
    text: String,
    /// Where the two names of each key are in the text.
    ranges: Vec<[Range<u32>; 2]>,
    /// Each key at the place of its hash, or at the next free one. The upper half of a place is that of the hash. At most
    /// a quarter of the places are taken, so that most keys are at the first place where they are looked for.
    table: Vec<u64>,
    seed: Seed,
}

impl Names {
    /// Gives the forces of an agreement the keys that follow. If there is an error, nothing is added.
    pub(super) fn add(&mut self, agreement: &str, forces: &[&str]) -> Result<Range<u32>, AddError> {
        if self.agreements.contains(agreement) {
            return Err(AddError::NameTaken { name: agreement.to_owned() });
        }
        let (first, end) = (self.ranges.len(), self.ranges.len().saturating_add(forces.len()));
        let length = forces.iter().map(|force| force.len()).fold(agreement.len(), usize::saturating_add);
        let is_room = u32::try_from(self.text.len().saturating_add(length)).is_ok();
        let (Ok(first), Ok(end), true) = (u32::try_from(first), u32::try_from(end), is_room) else {
            return Err(AddError::Full);
        };
        self.agreements.insert(agreement.into());
        let agreement = self.write(agreement);
        for force in forces {
            let force = self.write(force);
            self.ranges.push([agreement.clone(), force]);
        }
        let mut moved = first..end;
        let places = self.ranges.len().saturating_mul(4);
        if places > self.table.len() {
            self.table = vec![FREE; places.checked_next_power_of_two().unwrap_or(places)];
            moved = 0..end;
        }
        moved.for_each(|key| self.enter(key));
        Ok(first..end)
    }

    fn write(&mut self, name: &str) -> Range<u32> {
        let end = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let start = end(&self.text);
        self.text.push_str(name);
        start..end(&self.text)
    }

    fn enter(&mut self, key: u32) {
        let Some(names) = self.of(key) else { return };
        let hash = self.seed.hash(names);
        if let Some(place) = self.place(hash, names).and_then(|(place, _)| self.table.get_mut(place)) {
            *place = hash & !KEY | u64::from(key);
        }
    }

    /// The place that has the key of these names, or the free one where it would be, with what is there.
    fn place(&self, hash: u64, names: (&str, &str)) -> Option<(usize, u64)> {
        let mask = self.table.len().wrapping_sub(1);
        let mut place = usize::try_from(hash & KEY).ok()? & mask;
        loop {
            let found = *self.table.get(place)?;
            if found == FREE || (found ^ hash) & !KEY == 0 && self.is(key(found), names) {
                return Some((place, found));
            }
            place = place.wrapping_add(1) & mask;
        }
    }

    /// Whether a key is that of these names. It compares bytes, for which no ends of characters are looked for.
    fn is(&self, key: u32, (agreement, force): (&str, &str)) -> bool {
        let is_at = |at: &Range<u32>, name: &str| self.text.as_bytes().get(wide(at)) == Some(name.as_bytes());
        let ranges = usize::try_from(key).ok().and_then(|key| self.ranges.get(key));
        ranges.is_some_and(|[first, second]| is_at(first, agreement) && is_at(second, force))
    }

    pub(super) fn of(&self, key: u32) -> Option<(&str, &str)> {
        let [agreement, force] = self.ranges.get(usize::try_from(key).ok()?)?;
        Some((self.text.get(wide(agreement))?, self.text.get(wide(force))?))
    }

    /// The key of two names, or [`NO_KEY`].
    pub(super) fn key(&self, names: (&str, &str)) -> u32 {
        self.place(self.seed.hash(names), names).map_or(NO_KEY, |(_, found)| key(found))
    }
}

fn wide(range: &Range<u32>) -> Range<usize> {
    let [start, end] = [range.start, range.end].map(|at| usize::try_from(at).unwrap_or(usize::MAX));
    start..end
}

fn key(place: u64) -> u32 {
    u32::try_from(place & KEY).unwrap_or(NO_KEY)
}

/// The seed of a table. Nobody can know it, so that nobody can choose names that all fall together.
#[derive(Clone, Debug)]
struct Seed {
    first: u64,
    factor: u64,
}

impl Default for Seed {
    fn default() -> Self {
        let random = RandomState::new();
        // An odd factor loses no bit of what it multiplies.
        Self { first: random.hash_one(0), factor: random.hash_one(1) | 1 }
    }
}

impl Seed {
    fn hash(&self, (agreement, force): (&str, &str)) -> u64 {
        self.add(self.add(self.first, agreement.as_bytes()), force.as_bytes())
    }

    /// Adds a name by words of eight bytes. The last word overlaps the one before it, and the length goes with it.
    fn add(&self, hash: u64, name: &[u8]) -> u64 {
        let mut hash = hash ^ u64::try_from(name.len()).unwrap_or(u64::MAX);
        let Some(last) = name.last_chunk() else { return self.fold(hash ^ short(name)) };
        let (words, rest) = name.as_chunks();
        for word in words {
            hash = self.fold(hash ^ u64::from_le_bytes(*word));
        }
        if rest.is_empty() { hash } else { self.fold(hash ^ u64::from_le_bytes(*last)) }
    }

    /// Multiplies to 128 bits and folds the halves, so that each bit of a word reaches every bit of the hash.
    fn fold(&self, word: u64) -> u64 {
        let product = u128::from(word).wrapping_mul(self.factor.into());
        let [low, high] = [product, product >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or(0));
        low ^ high
    }
}

/// A name of less than eight bytes, as one word.
fn short(name: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    name.iter().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::{NO_KEY, Names, Seed};

    #[test]
    fn names_whose_hashes_are_equal_are_told_apart() {
        let mut names = Names { seed: Seed { first: 0, factor: 0 }, ..Names::default() };
        let agreements: Vec<String> = (0..40).map(|number| number.to_string()).collect();
        for agreement in &agreements {
            names.add(agreement, &["f", "fg"]).ok();
        }
        for (agreement, key) in agreements.iter().zip((0..).step_by(2)) {
            let keys = ["f", "fg", "g", ""].map(|force| names.key((agreement, force)));
            assert_eq!(keys, [key, key + 1, NO_KEY, NO_KEY]);
            assert_eq!((names.key((agreement, "fgf")), names.of(key)), (NO_KEY, Some((agreement.as_str(), "f"))));
        }
        assert_eq!(names.key(("40", "f")), NO_KEY);
    }
}
