//! A hash of short names that is cheaper than the standard one, with a seed of its own for each table.

use std::hash::{BuildHasher, Hasher, RandomState};

/// The seed of a table. Nobody can know it, so that nobody can choose names that all fall together.
#[derive(Clone, Debug)]
pub(super) struct NameHash {
    seed: u64,
    factor: u64,
}

impl Default for NameHash {
    fn default() -> Self {
        let random = RandomState::new();
        // An odd factor loses no bit of what it multiplies.
        Self { seed: random.hash_one(0), factor: random.hash_one(1) | 1 }
    }
}

impl BuildHasher for NameHash {
    type Hasher = NameHasher;

    fn build_hasher(&self) -> NameHasher {
        NameHasher { hash: self.seed, factor: self.factor }
    }
}

#[derive(Debug)]
pub(super) struct NameHasher {
    hash: u64,
    factor: u64,
}

impl NameHasher {
    /// Multiplies to 128 bits and folds the halves, so that each bit of a word reaches every bit of the hash.
    fn add(&mut self, word: u64) {
        let product = u128::from(self.hash ^ word).wrapping_mul(self.factor.into());
        let [low, high] = [product, product >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or(0));
        self.hash = low ^ high.rotate_left(23);
    }
}

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        // The number of the last bytes goes with them, so that zeros at the end count.
        let mut last = [0; 8];
        last.iter_mut().zip(rest).for_each(|(last, byte)| *last = *byte);
        self.add(u64::from_le_bytes(last) ^ u64::try_from(bytes.len()).unwrap_or(0).rotate_left(56));
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(byte.into());
    }

    fn finish(&self) -> u64 {
        self.hash
    }
}
