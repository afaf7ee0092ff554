//! Hosts that were found trusted, ready to recognise the same evidence again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use trustboard_attest::Steady;
use trustboard_model::id::HostId;

/// What the latest full appraisal of each host left, if it was trusted. Lost with the process:
/// then the next appraisal is a full one.
#[derive(Debug, Default)]
pub(super) struct SteadyHosts(Mutex<HashMap<HostId, Arc<Steady>>>);

impl SteadyHosts {
    pub(super) fn get(&self, host: HostId) -> Option<Arc<Steady>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&host).cloned()
    }

    /// Takes the place of what was remembered before.
    pub(super) fn put(&self, host: HostId, steady: Option<Steady>) {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match steady {
            Some(steady) => hosts.insert(host, Arc::new(steady)),
            None => hosts.remove(&host),
        };
    }
}
