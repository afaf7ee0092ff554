//! The Hosts tab of a datacenter: what its hosts are, as they claim it.

use serde::{Deserialize, Serialize};

use super::filter::percent_encoded;
use super::{InvalidFilter, Named};
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

impl HostListFilter {
    /// The filter that decoded `name=value` pairs of a query spell. Unknown names and empty values
    /// are left alone.
    pub fn parse<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, InvalidFilter> {
        let mut filter = Self { page: 1, ..Self::default() };
        for (name, value) in pairs {
            let value = value.trim();
            let bad = |problem: &str| InvalidFilter::Parameter {
                parameter: name.to_owned(),
                problem: problem.to_owned(),
            };
            match name {
                _ if value.is_empty() => {}
                "q" => filter.query = value.parse().map_err(InvalidFilter::Query)?,
                "sort" => {
                    let (column, descending) = match value.strip_prefix('-') {
                        Some(column) => (column, true),
                        None => (value, false),
                    };
                    filter.sort = HostColumn::from_code(column)
                        .ok_or_else(|| bad("there is no such column"))?;
                    filter.descending = descending;
                }
                "page" => {
                    let page = value.parse().ok().filter(|page| (1..=1_000_000).contains(page));
                    filter.page = page.ok_or_else(|| bad("expected a number from 1"))?;
                }
                _ => {}
            }
        }
        Ok(filter)
    }

    /// The query that [`Self::parse`] reads back, without the question mark; empty for all hosts by
    /// name.
    pub fn to_query(&self) -> String {
        let mut parts = Vec::new();
        if !self.query.is_all() {
            parts.push(format!("q={}", percent_encoded(&self.query.to_string())));
        }
        if self.sort != HostColumn::Name || self.descending {
            let sign = if self.descending { "-" } else { "" };
            parts.push(format!("sort={sign}{}", self.sort.code()));
        }
        if self.page > 1 {
            parts.push(format!("page={}", self.page));
        }
        parts.join("&")
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> Result<HostListFilter, InvalidFilter> {
        HostListFilter::parse(pairs.iter().copied())
    }

    #[test]
    fn the_address_says_which_and_in_which_order() {
        let all = parse(&[]).unwrap();
        assert_eq!((all.to_query().as_str(), all.page), ("", 1));
        for column in HostColumn::ALL {
            let code = format!("-{}", column.code());
            let filter = parse(&[("sort", &code), ("page", "3"), ("q", "attestation:failed")]);
            let filter = filter.unwrap();
            assert_eq!((filter.sort, filter.descending), (column, true));
            assert_eq!(filter.to_query(), format!("q=attestation:failed&sort={code}&page=3"));
        }
        for pair in [("sort", "colour"), ("page", "0"), ("q", "attestation:purple")] {
            assert_eq!(parse(&[pair]).unwrap_err().parts().0, pair.0);
        }
    }
}
