//! One cause: hosts that fail in the same way, what differs, and what is left to do about them.

use serde::{Deserialize, Serialize};

use super::{ConfigurationRow, Named};
use crate::comparison::Comparison;
use crate::configuration::ConfigurationRef;
use crate::event::EventSeq;
use crate::host_query::Fingerprint;
use crate::id::{DatacenterId, HostId};
use crate::reason::{Reason, ReasonCode};
use crate::time::Timestamp;

/// The page of one cause, over every datacenter that the viewer sees. When all is dealt with, both
/// counts are zero: what happened is in the hosts' histories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CausePage {
    /// What `difference:` and `cause:` find its hosts by.
    pub cause: Fingerprint,
    /// The most telling reason; nothing if no host fails so and no alarm is red because of it.
    pub reason: Option<ReasonCode>,
    /// Hosts that fail so now: `difference:CAUSE`.
    pub failing: u32,
    /// Of those, the stored evidence waits to be judged again, because what is approved has changed.
    pub judging: u32,
    /// Red alarms that stand for it: `cause:CAUSE`.
    pub red: u32,
    /// Of those, the condition no longer holds: the host passes again.
    pub cleared: u32,
    /// Where these hosts are, the most first.
    pub datacenters: Vec<(Named<DatacenterId>, u32)>,
    /// Since when the first of them.
    pub since: Option<Timestamp>,
    /// A host that fails so now, and what it differs in: as all of them do.
    pub example: Option<CauseExample>,
    /// The approved configuration that most of those which pass again match now.
    pub matched: Option<ConfigurationRef>,
    /// Versions of the closest configuration that wait for their second approval.
    pub awaiting: Vec<ConfigurationRow>,
    /// When this was read.
    pub now: Timestamp,
    /// The last event that this page knows of.
    pub seq: EventSeq,
}

/// A host that stands for all hosts of a cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseExample {
    /// Which: the first by id, so that it stays the same while it fails.
    pub host: Named<HostId>,
    /// Its revision: what was seen is what is accepted.
    pub revision: u64,
    /// Its datacenter.
    pub datacenter: DatacenterId,
    /// Its most telling reason, with its facts.
    pub reason: Reason,
    /// What it booted beside what is approved.
    pub comparison: Option<Comparison>,
    /// Whether approving takes two operators.
    pub two_approvals: bool,
}
