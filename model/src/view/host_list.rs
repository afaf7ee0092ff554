//! The Hosts tab of a datacenter: what its hosts are, as they claim it.

use serde::{Deserialize, Serialize};

use super::Named;
use crate::facts::TpmInterface;
use crate::host::{Attestation, IdentityState, Presence};
use crate::host_query::HostQuery;
use crate::id::{ClusterId, DatacenterId, HostId};
use crate::time::Timestamp;

/// Which hosts, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HostListFilter {
    /// Which.
    pub query: HostQuery,
    /// By which column.
    pub sort: HostColumn,
    /// From the last to the first.
    pub descending: bool,
    /// The page, from 1.
    pub page: u32,
}

/// A column that the list can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HostColumn {
    /// Its name.
    #[default]
    Name,
    /// Its cluster's name.
    Cluster,
    /// The operating system.
    Os,
    /// The kernel's release.
    Kernel,
    /// The TPM's maker and firmware.
    Tpm,
    /// How the operating system talks to the TPM.
    Interface,
    /// The agent's version.
    Agent,
    /// The state of its identity.
    Identity,
    /// The connection.
    Presence,
    /// When it enrolled.
    Enrolled,
}

impl HostColumn {
    /// Every column, in the order of the table.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Cluster,
        Self::Os,
        Self::Kernel,
        Self::Tpm,
        Self::Interface,
        Self::Agent,
        Self::Identity,
        Self::Presence,
        Self::Enrolled,
    ];

    /// The stable code for addresses: `kernel`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Cluster => "cluster",
            Self::Os => "os",
            Self::Kernel => "kernel",
            Self::Tpm => "tpm",
            Self::Interface => "interface",
            Self::Agent => "agent",
            Self::Identity => "identity",
            Self::Presence => "presence",
            Self::Enrolled => "enrolled",
        }
    }

    /// The column with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.code() == code)
    }
}

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostList {
    /// The datacenter.
    pub datacenter: Named<DatacenterId>,
    /// Its clusters, by name, and those of other datacenters that hosts may be moved to, each with
    /// the name of its datacenter.
    pub targets: Vec<MoveTarget>,
    /// The filter that was applied.
    pub filter: HostListFilter,
    /// The rows of this page.
    pub rows: Vec<HostListRow>,
    /// How many hosts match.
    pub total: u32,
    /// Rows a page.
    pub page_size: u32,
    /// When this was read.
    pub now: Timestamp,
}

/// A cluster that hosts can be moved to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveTarget {
    /// The cluster.
    pub cluster: Named<ClusterId>,
    /// Its datacenter.
    pub datacenter: Named<DatacenterId>,
}

/// One host with its facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostListRow {
    /// Its id and name.
    pub host: Named<HostId>,
    /// Its cluster.
    pub cluster: Named<ClusterId>,
    /// What the Attestation column reads.
    pub attestation: Attestation,
    /// The operating system's own name.
    pub os: Option<String>,
    /// The kernel's release.
    pub kernel: Option<String>,
    /// The TPM's maker: `IFX`.
    pub tpm_maker: Option<String>,
    /// The TPM's firmware: `7.85.4555.0`.
    pub tpm_firmware: Option<String>,
    /// How the operating system talks to the TPM.
    pub interface: Option<TpmInterface>,
    /// The agent's version.
    pub agent: String,
    /// The state of its identity.
    pub identity: IdentityState,
    /// The connection.
    pub presence: Presence,
    /// When it enrolled.
    pub enrolled_at: Timestamp,
}
