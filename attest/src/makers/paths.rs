//! Paths from EK certificates to roots, once found.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use trustboard_model::digest::Sha256;

use crate::budget;

/// Where a certificate stands among the makers'.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Root(usize),
    Intermediate(usize),
}

/// Paths whose signatures were all verified, by SHA-256 of the EK certificate: the same bytes
/// below the same makers have the same path. Verifying one takes longer than all else that an
/// appraisal does. A copy begins empty, and so do makers that change.
#[derive(Debug, Default)]
pub(super) struct Paths(Mutex<HashMap<Sha256, Box<[Place]>>>);

impl Clone for Paths {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Paths {
    pub(super) fn get(&self, leaf: &Sha256) -> Option<Box<[Place]>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(leaf).cloned()
    }

    /// Remembers a path. A full store is emptied: whoever still needs one finds it again.
    pub(super) fn put(&self, leaf: Sha256, path: Box<[Place]>) {
        let mut paths = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if paths.len() >= budget::REMEMBERED_PATHS {
            paths.clear();
        }
        paths.insert(leaf, path);
    }
}
