//! Where things are in the inventory: what administrators do with datacenters, clusters and hosts.

use serde::{Deserialize, Serialize};

use super::{Counts, Named};
use crate::configuration::ConfigurationRef;
use crate::id::{ClusterId, DatacenterId, HostId};
use crate::policy::Profile;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// What an administrator does with the inventory. Names that were seen are carried along: if
/// something is called otherwise by now, the page must show that first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "action")]
pub enum Arrange {
    /// Make a datacenter.
    CreateDatacenter {
        /// Its name, which is free.
        name: String,
    },
    /// Give a datacenter another name.
    RenameDatacenter {
        /// Which.
        id: DatacenterId,
        /// What it was called on the page.
        seen: String,
        /// Its new name.
        name: String,
    },
    /// Delete a datacenter that has no cluster.
    DeleteDatacenter {
        /// Which.
        id: DatacenterId,
    },
    /// Make a cluster.
    CreateCluster {
        /// Its datacenter.
        datacenter: DatacenterId,
        /// Its name, which is free there.
        name: String,
        /// The policy that it begins with.
        profile: Profile,
    },
    /// Give a cluster another name.
    RenameCluster {
        /// Which.
        id: ClusterId,
        /// What it was called on the page.
        seen: String,
        /// Its new name.
        name: String,
    },
    /// Move a cluster with its hosts to another datacenter. What they are judged by stays.
    MoveCluster {
        /// Which.
        id: ClusterId,
        /// Where it was on the page.
        from: DatacenterId,
        /// Where it goes.
        to: DatacenterId,
    },
    /// Delete a cluster that has no host.
    DeleteCluster {
        /// Which.
        id: ClusterId,
    },
    /// Move hosts to another cluster, by whose policy and configurations they are judged then.
    MoveHosts {
        /// Which; at most [`Arrange::MAX_HOSTS`].
        hosts: Vec<HostId>,
        /// The datacenter whose page was seen: a host that has left it meanwhile is not moved.
        from: DatacenterId,
        /// Where they go.
        to: ClusterId,
    },
    /// Take hosts out of the inventory. Their history stays.
    RemoveHosts {
        /// Which; at most [`Arrange::MAX_HOSTS`].
        hosts: Vec<HostId>,
        /// The datacenter whose page was seen: a host that has left it meanwhile is not removed.
        from: DatacenterId,
        /// Why.
        reason: String,
        /// What was typed to confirm: the host's name, or how many hosts if they are several.
        confirm: String,
    },
}

impl Arrange {
    /// The most hosts of one action: one transaction, in which every other write waits.
    pub const MAX_HOSTS: usize = 500;

    /// The stable code: `move-hosts`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::CreateDatacenter { .. } => "create-datacenter",
            Self::RenameDatacenter { .. } => "rename-datacenter",
            Self::DeleteDatacenter { .. } => "delete-datacenter",
            Self::CreateCluster { .. } => "create-cluster",
            Self::RenameCluster { .. } => "rename-cluster",
            Self::MoveCluster { .. } => "move-cluster",
            Self::DeleteCluster { .. } => "delete-cluster",
            Self::MoveHosts { .. } => "move-hosts",
            Self::RemoveHosts { .. } => "remove-hosts",
        }
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Arranged {
    /// Whether anything was written.
    pub changed: bool,
    /// The datacenter that was made.
    pub datacenter: Option<DatacenterId>,
    /// The cluster that was made.
    pub cluster: Option<ClusterId>,
    /// Hosts that were moved or removed.
    pub hosts: u32,
    /// Hosts that were not, each with the reason.
    pub left: Vec<HostLeft>,
}

/// A host that was not moved or removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostLeft {
    /// Its name; its id, if nobody knows it.
    pub host: String,
    /// Why.
    pub why: Refusal,
}

/// The Configuration tab of a datacenter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatacenterSettings {
    /// The datacenter.
    pub datacenter: Named<DatacenterId>,
    /// Its clusters, by name.
    pub clusters: Vec<ClusterSettings>,
    /// The datacenters that clusters can be moved to, by name.
    pub others: Vec<Named<DatacenterId>>,
    /// When this was read.
    pub now: Timestamp,
}

/// What holds for the hosts of one cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterSettings {
    /// The cluster.
    pub cluster: Named<ClusterId>,
    /// The counts of its hosts.
    pub counts: Counts,
    /// The policy's name.
    pub policy: String,
    /// The policy's version.
    pub policy_version: u32,
    /// Seconds between two verifications.
    pub interval_s: u32,
    /// Seconds after which an appraisal is stale.
    pub max_age_s: u32,
    /// What its hosts may boot; nothing is compared if there is nothing.
    pub approved: Vec<ConfigurationRef>,
    /// Enrolment tokens that are good now.
    pub tokens: u32,
}

/// A host that was removed: what is left of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedHost {
    /// Its id and name.
    pub host: Named<HostId>,
    /// The name of its last cluster.
    pub cluster: String,
    /// Its last datacenter.
    pub datacenter: Named<DatacenterId>,
    /// When it was removed.
    pub removed_at: Timestamp,
    /// By whom.
    pub removed_by: crate::event::Actor,
    /// Why.
    pub reason: String,
    /// SHA-256 of the EK that was on record.
    pub ek: Option<crate::digest::Sha256>,
    /// The latest appraisal spans, newest first, at most 50.
    pub spans: Vec<super::Span>,
    /// The latest events, newest first, at most 100.
    pub events: Vec<super::EventRow>,
    /// When this was read.
    pub now: Timestamp,
}
