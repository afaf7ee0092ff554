//! The inventory tree with worst-state marks.

use serde::{Deserialize, Serialize};

use super::Counts;
use crate::id::{ClusterId, DatacenterId};

/// Every datacenter, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inventory {
    /// The datacenters.
    pub datacenters: Vec<DatacenterNode>,
}

/// One datacenter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatacenterNode {
    /// Its id.
    pub id: DatacenterId,
    /// Its name.
    pub name: String,
    /// The counts of all its hosts.
    pub counts: Counts,
    /// Its clusters, by name.
    pub clusters: Vec<ClusterNode>,
}

/// One cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterNode {
    /// Its id.
    pub id: ClusterId,
    /// Its name.
    pub name: String,
    /// The counts of its hosts.
    pub counts: Counts,
}

/// The worst state below a node of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// No hosts.
    Empty,
    /// Every host passed and is fresh, and no alarm is red.
    Good,
    /// A host is unknown, stale or not applicable.
    Unknown,
    /// A red alarm waits to be reset, its condition cleared.
    Warning,
    /// A host failed.
    Bad,
}

impl Mark {
    /// The worst state in these counts.
    pub fn of(counts: &Counts) -> Self {
        if counts.hosts == 0 {
            Self::Empty
        } else if counts.failed > 0 {
            Self::Bad
        } else if counts.red > 0 {
            Self::Warning
        } else if counts.unknown + counts.not_applicable + counts.stale > 0 {
            Self::Unknown
        } else {
            Self::Good
        }
    }
}
