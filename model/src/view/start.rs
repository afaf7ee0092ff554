//! The first steps: from an empty server to the first green host.

use serde::{Deserialize, Serialize};

use super::Named;
use crate::id::{ClusterId, DatacenterId};

/// How far the first steps are. What was done stays done: a host that fails later does not bring
/// the list back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FirstSteps {
    /// The datacenter to go on with: the one that was made last.
    pub datacenter: Option<Named<DatacenterId>>,
    /// The cluster to go on with: the one that was made last.
    pub cluster: Option<Named<ClusterId>>,
    /// Whether an enrolment token was ever made.
    pub token: bool,
    /// Whether a host has enrolled.
    pub host: bool,
    /// Whether a host has ever passed.
    pub green: bool,
}

impl FirstSteps {
    /// Whether all of them are done.
    pub const fn are_done(&self) -> bool {
        self.green
    }
}
