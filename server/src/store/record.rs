//! What is on record, in domain types: what commands decide upon and queries show.

use serde::{Deserialize, Serialize};
use trustboard_attest::History;
use trustboard_attest::endorsement::{Certificate, RevocationList};
use trustboard_model::alarm::Alarm;
use trustboard_model::appraisal::{ClockInfo, SecureBoot};
use trustboard_model::checkpoint::OsLogsSeen;
use trustboard_model::event::Actor;
use trustboard_model::host::{Attestation, IdentityState, Presence};
use trustboard_model::id::{
    AppraisalId, ClusterId, DatacenterId, HostId, KeyId, OperatorId, SessionId, TokenId,
};
use trustboard_model::maker::MakerTrust;
use trustboard_model::reason::Reason;
use trustboard_model::rights::Rights;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::Verdict;
use trustboard_model::view::{By, MakerDecided, Named, Viewer};

use super::secret::SecretHash;

/// A host as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HostRecord {
    pub id: HostId,
    pub name: String,
    pub revision: u64,
    pub cluster: Named<ClusterId>,
    pub datacenter: Named<DatacenterId>,
    /// The cluster's policy: seconds after which an appraisal is stale.
    pub max_age_s: u32,
    pub presence: Presence,
    pub presence_since: Timestamp,
    pub presence_reason: Option<String>,
    /// Why it is in maintenance mode, if it is.
    pub maintenance: Option<String>,
    pub identity: IdentityState,
    /// Nothing: never verified.
    pub attested: Option<Attested>,
    pub alarm: Alarm,
    /// Why the last verification could not be finished, until one is.
    pub problem: Option<Problem>,
    pub tpm_version: Option<String>,
    /// Exceptions that have not ended.
    pub exceptions: u32,
    /// Whether an operator approved the EK on record by its hash.
    pub ek_by_operator: bool,
    /// Whether a job is queued or running.
    pub verifying: bool,
}

/// What the latest appraisal concluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attested {
    pub appraisal: AppraisalId,
    pub verdict: Verdict,
    /// Failed checks that the policy only warns of.
    pub warnings: Vec<Reason>,
    pub secure_boot: SecureBoot,
    /// Since when all of the above is so.
    pub since: Timestamp,
    pub last_verified: Timestamp,
    pub last_passed: Option<Timestamp>,
}

/// A verification that could not be finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub text: String,
    pub at: Timestamp,
}

impl HostRecord {
    /// What the Attestation column reads.
    pub(crate) fn attestation(&self) -> Attestation {
        self.attested.as_ref().map_or(Attestation::Unknown, |at| Attestation::of(&at.verdict))
    }
}

/// What a host's next appraisal is compared with and judged by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredHistory {
    pub clock: Option<ClockInfo>,
    pub secure_boot_on_at: Option<Timestamp>,
    pub passed_at: Option<Timestamp>,
    #[serde(default)]
    pub os_logs: OsLogsSeen,
}

impl From<StoredHistory> for History {
    fn from(stored: StoredHistory) -> Self {
        let StoredHistory { clock, secure_boot_on_at, passed_at, os_logs } = stored;
        Self { clock, secure_boot_on_at, passed_at, os_logs }
    }
}

/// An operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OperatorRecord {
    pub id: OperatorId,
    pub name: String,
    pub rights: Rights,
    pub password_hash: Option<String>,
    /// The code of the language that they chose.
    pub language: Option<String>,
    /// Who disabled them, and when.
    pub disabled: Option<By>,
}

impl OperatorRecord {
    /// This operator, signed in.
    pub(crate) fn viewer(self) -> Viewer {
        let Self { id, name, rights, language, .. } = self;
        Viewer { id, name, key: None, session: None, language, rights }
    }
}

/// An API key with its operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyRecord {
    pub operator: OperatorRecord,
    pub id: KeyId,
    pub name: String,
    pub role: Role,
    /// Nothing: all that the operator's rights are for.
    pub datacenters: Option<Vec<DatacenterId>>,
    pub expires_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

impl KeyRecord {
    /// A program that came with this key.
    pub(crate) fn viewer(self) -> Viewer {
        let rights = self.operator.rights.limited(self.role, self.datacenters.as_deref());
        Viewer { rights, key: Some(self.name), ..self.operator.viewer() }
    }
}

impl SessionRecord {
    /// Who is signed in with it.
    pub(crate) fn viewer(self) -> Viewer {
        Viewer { session: Some(self.id), ..self.operator.viewer() }
    }
}

/// A session with its operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SessionRecord {
    pub id: SessionId,
    pub operator: OperatorRecord,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
}

/// An enrolment token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TokenRecord {
    pub id: TokenId,
    pub cluster: ClusterId,
    pub datacenter: DatacenterId,
    pub expires_at: Timestamp,
    /// Hosts that may still enrol, running enrolments taken off.
    pub free: u32,
    pub revoked: bool,
}

/// An enrolment between the request and the activated credential, or just after.
pub(crate) struct EnrolmentRecord {
    pub token: TokenId,
    pub cluster: ClusterId,
    pub datacenter: DatacenterId,
    pub secret: SecretHash,
    pub facts: trustboard_model::facts::HostFacts,
    pub ek: trustboard_model::digest::Sha256,
    pub expires_at: Timestamp,
    /// The host that came of it.
    pub host: Option<HostId>,
}

/// A host that was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RemovedRecord {
    pub host: Named<HostId>,
    /// The name of its last cluster.
    pub cluster: String,
    pub datacenter: Named<DatacenterId>,
    pub removed_at: Timestamp,
    pub removed_by: Actor,
    pub reason: String,
    /// The EK that was on record.
    pub ek: Option<trustboard_model::digest::Sha256>,
}

/// A TPM maker's certificate that was imported or decided upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MakerRecord {
    pub certificate: Certificate,
    pub trust: MakerTrust,
    /// The file it came in.
    pub file: String,
    pub by: Actor,
    pub at: Timestamp,
    pub decision: Option<MakerDecided>,
}

/// A TPM maker's revocation list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MakerListRecord {
    pub list: RevocationList,
    pub file: String,
    pub by: Actor,
    pub at: Timestamp,
}
