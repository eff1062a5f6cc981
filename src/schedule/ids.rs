//! Members of a list by their ids, and forces by their place.

use std::collections::HashMap;

use crate::terms::Terms;

/// Up to so many ids are searched one by one, which is faster than hashing them.
pub(crate) const FEW: usize = 16;

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

    /// The index of a force, which may be left out where the document's own list has one.
    pub(crate) fn force(&self, terms: &Terms, named: Option<&str>) -> Option<ForceIndex> {
        let index = named.map_or_else(|| (terms.forces.len() == 1).then_some(0), |id| self.get(id));
        index.map(ForceIndex)
    }
}

/// The place of a force among those of a version. Later versions only add forces, so that it is the same in each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct ForceIndex(usize);

impl ForceIndex {
    pub(crate) const fn new(index: usize) -> Self {
        Self(index)
    }

    /// What a list with a member for each force has of this one; `None` in a version that does not have it yet.
    pub(crate) fn of<T>(self, by_force: &[T]) -> Option<&T> {
        by_force.get(self.0)
    }

    pub(crate) fn of_mut<T>(self, by_force: &mut [T]) -> Option<&mut T> {
        by_force.get_mut(self.0)
    }
}
