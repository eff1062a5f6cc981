//! The place of a force, as a type of its own.

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
