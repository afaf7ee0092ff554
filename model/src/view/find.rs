//! Hosts, clusters and datacenters found by name.

use serde::{Deserialize, Serialize};

use crate::id::{ClusterId, DatacenterId, HostId};

/// What a name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FoundId {
    /// A datacenter.
    Datacenter(DatacenterId),
    /// A cluster, in this datacenter.
    Cluster(ClusterId, DatacenterId),
    /// A host.
    Host(HostId),
}

/// One thing that has such a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What it is.
    pub id: FoundId,
    /// Its name.
    pub name: String,
    /// The names of what it is in, outermost first.
    pub within: Vec<String>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Findings {
    /// Names that begin so before names that hold it; datacenters before clusters before hosts.
    pub found: Vec<Found>,
    /// Whether there is more than is listed.
    pub more: bool,
}

impl Findings {
    /// How many are listed: what fits below a search field on a laptop.
    pub const MOST: usize = 12;

    /// The longest name that is looked for, in characters; those of hosts are not longer.
    pub const LONGEST: usize = 253;
}
