//! One action on many hosts: what is chosen, what would happen, how far it is.

use serde::{Deserialize, Serialize};

use super::{HostAction, Named};
use crate::event::EventSeq;
use crate::host_query::HostQuery;
use crate::id::{BulkId, DatacenterId, HostId};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// Which part of the inventory is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "scope", content = "id")]
pub enum Scope {
    /// Everything that the operator may see.
    Everything,
    /// One datacenter.
    Datacenter(DatacenterId),
}

impl Scope {
    /// The datacenter, if it is one.
    pub const fn datacenter(self) -> Option<DatacenterId> {
        match self {
            Self::Everything => None,
            Self::Datacenter(id) => Some(id),
        }
    }
}

/// Hosts that somebody chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "selection")]
pub enum Selection {
    /// These, each as it was seen: one that has changed since is refused as stale.
    Hosts {
        /// The hosts; at most [`Selection::MAX_HOSTS`].
        hosts: Vec<Seen>,
    },
    /// All that match. Which these are is decided when the job starts; a host whose latest event
    /// is younger than `seen` is refused as stale where that matters.
    Matching {
        /// Where.
        scope: Scope,
        /// What.
        query: HostQuery,
        /// The last event that the operator's page knew of.
        seen: EventSeq,
    },
    /// Those on which an earlier job failed, to try them again.
    FailedOf {
        /// The job.
        job: BulkId,
        /// The last event that the operator's page knew of.
        seen: EventSeq,
    },
}

impl Selection {
    /// The most hosts that are named one by one; more are chosen by a query.
    pub const MAX_HOSTS: usize = 1000;
    /// The most hosts that a query may choose: twice the hosts of the largest installation that
    /// the server is built for.
    pub const MAX_MATCHING: u32 = 200_000;
}

/// A host with the revision of it that the operator saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Seen {
    /// The host.
    pub host: HostId,
    /// Its revision.
    pub revision: u64,
}

/// An action on all hosts of a selection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkRequest {
    /// The hosts.
    #[serde(flatten)]
    pub selection: Selection,
    /// What to do to each.
    #[serde(flatten)]
    pub action: HostAction,
}

/// What an action would do. Writes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkPreview {
    /// The hosts of the selection.
    pub hosts: u32,
    /// Those that would change.
    pub changing: u32,
    /// Those for which it is so already.
    pub unchanged: u32,
    /// Those that have changed since the operator's page was read.
    pub stale: u32,
    /// Those that the operator may see and not act on.
    pub forbidden: u32,
    /// Those whose state does not allow it (disconnected), or that are no longer there.
    #[serde(default)]
    pub impossible: u32,
    /// Of those that would change: the alarm's condition still holds.
    pub condition_holds: u32,
    /// Where those that would change are, the most first.
    pub datacenters: Vec<(Named<DatacenterId>, u32)>,
    /// The first few that would change, by name.
    pub examples: Vec<Named<HostId>>,
}

/// Where a bulk job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BulkState {
    /// Not all hosts have been dealt with.
    Running,
    /// Stopped by an operator; what was done stays done.
    Cancelled,
    /// Every host has been dealt with.
    Done,
}

/// One action on many hosts, as it goes on. Survives a restart of the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkJob {
    /// Its id.
    pub id: BulkId,
    /// What is done.
    pub action: HostAction,
    /// The hosts' query, if they were chosen by one.
    #[serde(default)]
    pub query: Option<HostQuery>,
    /// Who started it.
    pub started_by: String,
    /// When.
    pub started_at: Timestamp,
    /// When the last host was dealt with, or it was cancelled.
    pub ended_at: Option<Timestamp>,
    /// How far it is.
    pub state: BulkState,
    /// The hosts of the selection.
    pub total: u32,
    /// Dealt with and changed. For "verify, then reset": verified and reset.
    pub changed: u32,
    /// Dealt with, and it was so already.
    pub unchanged: u32,
    /// Refused or failed.
    pub failed: u32,
    /// Those that failed, in the job's order; at most [`BulkJob::MAX_FAILURES`] at a time.
    pub failures: Vec<BulkFailure>,
    /// When this was read.
    pub now: Timestamp,
    /// The last event that this page knows of: from where to try again.
    pub seq: EventSeq,
}

impl BulkJob {
    /// Failures on one page.
    pub const MAX_FAILURES: usize = 100;

    /// Hosts that wait or are being dealt with.
    pub const fn waiting(&self) -> u32 {
        self.total.saturating_sub(self.done())
    }

    /// Hosts that have been dealt with.
    pub const fn done(&self) -> u32 {
        self.changed.saturating_add(self.unchanged).saturating_add(self.failed)
    }
}

/// A host on which an action was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkFailure {
    /// The host.
    pub host: Named<HostId>,
    /// Why.
    pub refusal: Refusal,
}

/// A bulk job in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkRow {
    /// Its id.
    pub id: BulkId,
    /// What is done: the action's code.
    pub action: String,
    /// Who started it.
    pub started_by: String,
    /// When.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How far it is.
    pub state: BulkState,
    /// The hosts of the selection.
    pub total: u32,
    /// Hosts that have been dealt with, however.
    pub done: u32,
    /// Of those, refused or failed.
    pub failed: u32,
}
