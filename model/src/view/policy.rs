//! Policies and exceptions as screens and the API show them.

use serde::{Deserialize, Serialize};

use super::Named;
use crate::check::CheckId;
use crate::exception::{ExceptedValue, Exception};
use crate::id::{ClusterId, DatacenterId, ExceptionId, HostId};
use crate::policy::Policy;
use crate::time::Timestamp;

/// The policy of one cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyPage {
    /// The cluster.
    pub cluster: Named<ClusterId>,
    /// Its datacenter.
    pub datacenter: Named<DatacenterId>,
    /// The policy in force.
    pub policy: Policy,
    /// The exceptions of hosts in this cluster, those that end first first.
    pub exceptions: Vec<ExceptionRow>,
    /// When this was read.
    pub now: Timestamp,
}

/// One exception with its host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionRow {
    /// The exception.
    pub exception: Exception,
    /// The host.
    pub host: Named<HostId>,
    /// Whether the latest appraisal needed it.
    pub used: bool,
}

/// What an operator does with policies and exceptions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "action")]
pub enum PolicyAction {
    /// Put another policy in force for a cluster; stored evidence is appraised again.
    Set {
        /// The cluster.
        cluster: ClusterId,
        /// The version that the operator saw; another one in force is refused as stale.
        seen: u32,
        /// The new one; its version is counted by the server.
        policy: Box<Policy>,
    },
    /// Grant an exception for exactly what the host's latest appraisal refused.
    Grant {
        /// The host.
        host: HostId,
        /// The host's revision that the operator saw.
        revision: u64,
        /// The check.
        check: CheckId,
        /// The refusal that was seen: the latest appraisal must still have it.
        value: ExceptedValue,
        /// Why.
        reason: String,
        /// For how many days.
        days: u32,
    },
    /// End an exception now.
    Revoke {
        /// Which.
        id: ExceptionId,
        /// Why.
        reason: String,
    },
}
