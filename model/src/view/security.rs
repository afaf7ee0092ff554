//! Monitor > Security of a datacenter, or of all that an operator sees.

use serde::{Deserialize, Serialize};

use super::{Columns, SavedView, Scope, SecurityFilter};
use crate::alarm::{Acknowledgement, Alarm, Condition, ResetAsked};
use crate::appraisal::SecureBoot;
use crate::configuration::ConfigurationRef;
use crate::event::EventSeq;
use crate::host::{Attestation, Freshness, IdentityState, Presence};
use crate::id::{ClusterId, DatacenterId, HostId};
use crate::reason::{Reason, ReasonCode};
use crate::time::Timestamp;
use crate::verdict::Cause;

/// An id with the name that people know it by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named<Id> {
    /// The id.
    pub id: Id,
    /// The name.
    pub name: String,
}

/// Hosts by what their columns read. `stale` and `red` overlap the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// All.
    pub hosts: u32,
    /// Attestation reads Passed.
    pub passed: u32,
    /// Attestation reads Failed.
    pub failed: u32,
    /// Attestation reads Unknown (never verified included).
    pub unknown: u32,
    /// Attestation reads N/A.
    pub not_applicable: u32,
    /// The last appraisal is older than the policy's maximum age.
    pub stale: u32,
    /// The alarm is red.
    pub red: u32,
}

impl Counts {
    /// Of two sets of hosts together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            hosts: self.hosts.saturating_add(other.hosts),
            passed: self.passed.saturating_add(other.passed),
            failed: self.failed.saturating_add(other.failed),
            unknown: self.unknown.saturating_add(other.unknown),
            not_applicable: self.not_applicable.saturating_add(other.not_applicable),
            stale: self.stale.saturating_add(other.stale),
            red: self.red.saturating_add(other.red),
        }
    }
}

/// One page of the table with what stands around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityPage {
    /// The datacenter; nothing: all that the operator sees.
    pub datacenter: Option<Named<DatacenterId>>,
    /// The datacenters that the operator sees, by name; of the page of one datacenter none.
    #[serde(default)]
    pub datacenters: Vec<Named<DatacenterId>>,
    /// The datacenter's clusters, by name; of the page of all datacenters none.
    pub clusters: Vec<Named<ClusterId>>,
    /// The filter that was applied.
    pub filter: SecurityFilter,
    /// The columns to show.
    pub columns: Columns,
    /// The views that the operator may use.
    #[serde(default)]
    pub views: Vec<SavedView>,
    /// Counts over the scope, whatever the filter.
    pub counts: Counts,
    /// Failures by their most telling reason, the most frequent first, whatever the filter.
    pub causes: Vec<CauseGroup>,
    /// The rows of this page.
    pub rows: Vec<HostRow>,
    /// How many hosts match the filter.
    pub total: u32,
    /// Rows a page.
    pub page_size: u32,
    /// When this was read.
    pub now: Timestamp,
    /// The last event that this page knows of: where the live stream begins.
    pub seq: EventSeq,
}

impl SecurityPage {
    /// The part of the inventory that it shows.
    pub fn scope(&self) -> Scope {
        match &self.datacenter {
            Some(datacenter) => Scope::Datacenter(datacenter.id),
            None => Scope::Everything,
        }
    }
}

/// Failed hosts with the same most telling reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseGroup {
    /// The reason.
    pub reason: ReasonCode,
    /// How many hosts.
    pub hosts: u32,
    /// Since when the first of them.
    pub since: Timestamp,
    /// The names of their clusters, by name; on the page of all datacenters, of these.
    pub clusters: Vec<String>,
}

/// One host of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostRow {
    /// Its id.
    pub id: HostId,
    /// Counts up with every event of the host; commands carry it.
    pub revision: u64,
    /// Its name.
    pub name: String,
    /// Its cluster.
    pub cluster: Named<ClusterId>,
    /// Its datacenter.
    pub datacenter: Named<DatacenterId>,
    /// What the Attestation column reads.
    pub attestation: Attestation,
    /// Whether that still says something about now.
    pub freshness: Freshness,
    /// When it was last appraised.
    pub last_verified: Option<Timestamp>,
    /// Since when Attestation and reasons are as they are.
    pub since: Option<Timestamp>,
    /// When it last passed.
    pub last_passed: Option<Timestamp>,
    /// The connection.
    pub presence: Presence,
    /// Whether it is in maintenance mode.
    pub maintenance: bool,
    /// The identity on record.
    pub identity: IdentityState,
    /// The alarm.
    pub alarm: AlarmView,
    /// `2.0`, or nothing if the host has none.
    pub tpm_version: Option<String>,
    /// Secure Boot as PCR 7 proves it.
    pub secure_boot: SecureBoot,
    /// Whether a verification job is queued or running.
    pub verifying: bool,
    /// Whether the EK counts because an operator approved it by its hash, in the place of a maker's
    /// certificate: weaker.
    #[serde(default)]
    pub ek_by_operator: bool,
    /// Exceptions that were granted for this host and have not ended.
    #[serde(default)]
    pub exceptions: u32,
    /// What the Message column says.
    pub message: Message,
    /// What further columns read.
    #[serde(default)]
    pub more: HostMore,
}

/// What the columns read that are shown when somebody chooses them. Apart from the configuration
/// and the appraisal, it is what the host claims of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HostMore {
    /// What the latest appraisal was made by.
    pub attested_by: Option<AttestedBy>,
    /// The approved configuration that it matched.
    pub configuration: Option<ConfigurationRef>,
    /// The operating system.
    pub os: Option<String>,
    /// The kernel.
    pub kernel: Option<String>,
    /// The agent's version.
    pub agent: Option<String>,
    /// The TPM's maker and model.
    pub tpm_maker: Option<String>,
    /// The TPM's firmware.
    pub firmware: Option<String>,
}

/// What an appraisal was made by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttestedBy {
    /// The policy with its version: `Linux server, version 1`.
    pub policy: String,
    /// The verifier's version.
    pub verifier: String,
}

/// What the Message column says, for the catalogue to put in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "message")]
pub enum Message {
    /// Passed, and nothing to say.
    Nothing,
    /// Failed: every reason, the most telling first; never empty.
    Reasons {
        /// The reasons.
        reasons: Vec<Reason>,
    },
    /// Nothing is known.
    Unknown {
        /// Why.
        cause: Cause,
    },
    /// Passed, with warnings.
    Warnings {
        /// The failed checks that the policy only warns of.
        reasons: Vec<Reason>,
    },
    /// Never verified.
    NeverVerified,
    /// The last verification could not be finished; what the columns read is older.
    VerificationFailed {
        /// Why, in words for an operator.
        problem: String,
        /// When it was tried.
        at: Timestamp,
    },
    /// There is no session.
    NotResponding {
        /// Since when.
        since: Timestamp,
    },
    /// Disconnected by an operator.
    Disconnected {
        /// Why.
        reason: String,
    },
}

/// The alarm's column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "alarm")]
pub enum AlarmView {
    /// Green.
    Green,
    /// Red.
    Red {
        /// Its number.
        occurrence: u32,
        /// Since when.
        raised_at: Timestamp,
        /// Whether the latest appraisal still says so.
        condition: Condition,
        /// Who is on it, unless it lapsed.
        acknowledged: Option<Acknowledgement>,
        /// Who asked to reset it, if that waits for a second person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reset_asked: Option<ResetAsked>,
    },
}

impl AlarmView {
    /// What to show of `alarm` now: a lapsed acknowledgement is left out.
    pub fn of(alarm: &Alarm, now: Timestamp) -> Self {
        match alarm {
            Alarm::Green { .. } => Self::Green,
            Alarm::Red(red) => Self::Red {
                occurrence: red.occurrence,
                raised_at: red.raised_at,
                condition: red.condition,
                acknowledged: red.acknowledged.clone().filter(|ack| ack.holds(now)),
                reset_asked: red.reset_asked.clone(),
            },
        }
    }
}
