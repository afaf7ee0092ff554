//! Which revocation list is an issuer's, once found.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::paths::Place;

/// By issuer, the newest of the lists that it signed, or that it signed none: a list may have half a
/// megabyte, which is hashed to know. One entry for each certificate of the makers at the most. A
/// copy begins empty, and so do makers that change.
#[derive(Debug, Default)]
pub(super) struct SignedLists(Mutex<BTreeMap<Place, Option<usize>>>);

impl Clone for SignedLists {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl SignedLists {
    /// The one that was found before, or what `find` finds.
    pub(super) fn of(&self, issuer: Place, find: impl FnOnce() -> Option<usize>) -> Option<usize> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(&issuer) {
            return *found;
        }
        // Without the lock: two that look at a time find the same.
        let found = find();
        known().insert(issuer, found);
        found
    }
}
