//! Members of a list by their ids.

use std::collections::HashMap;

/// Up to so many ids are searched one by one, which is faster than hashing them.
const FEW: usize = 16;

/// The index of each id of a list; of equal ids, of the last.
#[derive(Default)]
pub(crate) struct Ids<'a> {
    few: Vec<&'a str>,
    many: HashMap<&'a str, usize>,
}

impl<'a> Ids<'a> {
    pub(crate) fn new(ids: impl ExactSizeIterator<Item = &'a str>) -> Self {
        if ids.len() <= FEW {
            Self { few: ids.collect(), many: HashMap::new() }
        } else {
            Self { few: Vec::new(), many: ids.enumerate().map(|(index, id)| (id, index)).collect() }
        }
    }

    pub(crate) fn get(&self, id: &str) -> Option<usize> {
        self.few.iter().rposition(|few| *few == id).or_else(|| self.many.get(id).copied())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.few.is_empty() && self.many.is_empty()
    }
}
