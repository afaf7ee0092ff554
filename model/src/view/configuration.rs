//! Approved configurations as screens and the API show them, and what operators do with them.

use serde::{Deserialize, Serialize};

use super::Named;
use crate::comparison::Difference;
use crate::configuration::{ConfigurationRef, ConfigurationState, Reference};
use crate::digest::Sha256;
use crate::host::Attestation;
use crate::id::{ClusterId, ConfigurationId, HostId};
use crate::pcr::PcrIndex;
use crate::role::Role;
use crate::time::Timestamp;

/// One version of a configuration in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigurationRow {
    /// Which.
    pub configuration: ConfigurationRef,
    /// Counts up with every change of it; actions carry it.
    pub revision: u64,
    /// Where it is in its life.
    pub state: ConfigurationState,
    /// What an operator wrote of it.
    pub notes: String,
    /// The clusters whose hosts may match it.
    pub clusters: Vec<Named<ClusterId>>,
    /// How many further clusters it is for, which whoever asked does not see.
    #[serde(default)]
    pub elsewhere: u32,
    /// Where it came from.
    pub source: Source,
    /// When it was captured or imported, and by whom.
    pub created: By,
    /// The approvals so far, in order.
    pub approvals: Vec<By>,
    /// When it last left `Approved`, and by whom.
    pub ended: Option<By>,
    /// Hosts whose latest appraisal matched it.
    pub hosts: u64,
    /// When a host last matched it.
    pub last_matched: Option<Timestamp>,
}

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// Their name.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

/// Where a configuration's values came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "from")]
pub enum Source {
    /// A host that verified at that time.
    Host {
        /// The host.
        host: HostId,
        /// Its name then.
        name: String,
        /// When the evidence was received.
        at: Timestamp,
    },
    /// An event log that an operator imported.
    File {
        /// The file's name as the browser gave it.
        name: String,
    },
}

/// One version with everything that a reviewer needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigurationPage {
    /// As in the list.
    pub row: ConfigurationRow,
    /// The measured values, event by event.
    pub reference: Reference,
    /// The registers that it may speak of: those that the log explains.
    pub offered: Vec<PcrIndex>,
    /// SHA-256 of the event log that they came from.
    pub log: Sha256,
    /// Every version of the same name, newest first.
    pub versions: Vec<ConfigurationRow>,
    /// The version that this one is compared with: the newest approved one of the same name.
    pub before: Option<ConfigurationRef>,
    /// How it differs from that one.
    pub differences: Vec<Difference>,
    /// Whether approving it takes two operators.
    pub two_approvals: bool,
    /// What whoever asked may do with it: their weakest role in the datacenters of its clusters;
    /// for one without clusters, their strongest anywhere.
    pub role: Option<Role>,
}

/// What an operator does with configurations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "action")]
pub enum ConfigurationAction {
    /// Make a draft from what a host booted, by its latest appraisal, whose log replayed.
    Capture {
        /// The host.
        host: HostId,
        /// The name; with that of an existing one it becomes its next version.
        name: String,
        /// Notes.
        notes: String,
        /// The clusters; empty for the host's own.
        clusters: Vec<ClusterId>,
        /// The registers that it shall speak of; empty for the usual ones.
        pcrs: Vec<PcrIndex>,
    },
    /// Change a draft: notes, clusters, registers, which events vary.
    Edit {
        /// The draft.
        id: ConfigurationId,
        /// [`ConfigurationRow::revision`] as it was on the page; another one is refused as stale.
        revision: u64,
        /// Notes.
        notes: String,
        /// The clusters.
        clusters: Vec<ClusterId>,
        /// The registers that it shall speak of.
        pcrs: Vec<PcrIndex>,
        /// The events (by number in the log) that may vary.
        varies: Vec<u32>,
    },
    /// Approve a draft, or give the second approval. An older approved version of the same name
    /// is superseded unless `keep_older`.
    Approve {
        /// Which.
        id: ConfigurationId,
        /// [`ConfigurationRow::revision`] as it was on the page: nobody approves what they have
        /// not seen.
        revision: u64,
        /// Whether older versions stay approved.
        keep_older: bool,
    },
    /// Take one out of use, or throw a draft away.
    Retire {
        /// Which.
        id: ConfigurationId,
        /// [`ConfigurationRow::revision`] as it was on the page.
        revision: u64,
        /// Why.
        reason: String,
    },
    /// Accept what a failed host booted: a new version of the closest configuration, approved at
    /// once (or awaiting the second approval).
    AcceptChange {
        /// The host.
        host: HostId,
        /// The host's revision that the operator saw.
        revision: u64,
        /// Why.
        reason: String,
        /// Whether the older version stays approved.
        keep_older: bool,
    },
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigurationDone {
    /// The version that it was about.
    pub configuration: ConfigurationRef,
    /// Its state now.
    pub state: ConfigurationState,
    /// Hosts whose stored evidence is being appraised again because of it.
    pub reappraised: u64,
}

/// What a change would do, or did, to the hosts that it concerns: from appraising their stored
/// evidence again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Impact {
    /// Hosts that were looked at.
    pub hosts: u64,
    /// Hosts whose stored evidence could not be appraised again: nothing is known of them.
    pub without_evidence: u64,
    /// Hosts that there was no time to look at.
    #[serde(default)]
    pub not_looked_at: u64,
    /// Hosts that would read something else, those that turn red first, at most
    /// [`Impact::MOST`].
    pub changes: Vec<ImpactRow>,
    /// How many would turn from anything into Failed.
    pub turn_red: u64,
    /// How many would turn from anything into Passed.
    pub turn_green: u64,
}

impl Impact {
    /// How many hosts are listed by name.
    pub const MOST: usize = 200;
}

/// One host that would read something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImpactRow {
    /// The host.
    pub host: Named<HostId>,
    /// Its cluster.
    pub cluster: Named<ClusterId>,
    /// As it reads now.
    pub from: Attestation,
    /// As it would read.
    pub to: Attestation,
}
