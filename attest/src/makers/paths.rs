//! Paths from EK certificates to roots, once found.

use std::fmt;
use std::sync::Arc;

use quick_cache::sync::Cache;
use trustboard_model::digest::Sha256;

use crate::budget;

/// Where a certificate stands among the makers'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Root(usize),
    Intermediate(usize),
}

/// Paths whose signatures were all verified, by SHA-256 of the EK certificate: the same bytes
/// below the same makers have the same path. Verifying one takes longer than all else that an
/// appraisal does. A copy begins empty, and so do makers that change.
///
/// Of more than fit, those stay that were asked for again. Only certificates of trusted makers come
/// in here, so that nobody fills it at will.
pub(super) struct Paths(Cache<Sha256, Arc<[Place]>>);

impl Default for Paths {
    fn default() -> Self {
        Self(Cache::new(budget::REMEMBERED_PATHS))
    }
}

impl Clone for Paths {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for Paths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} paths", self.0.len())
    }
}

impl Paths {
    pub(super) fn get(&self, leaf: &Sha256) -> Option<Arc<[Place]>> {
        self.0.get(leaf)
    }

    pub(super) fn put(&self, leaf: Sha256, path: Arc<[Place]>) {
        self.0.insert(leaf, path);
    }
}
