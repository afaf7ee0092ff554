//! Events: everything that can ever change the table, and who did it.

use serde::{Deserialize, Serialize};

use crate::appraisal::SecureBoot;
use crate::configuration::ConfigurationRef;
use crate::digest::Sha256;
use crate::host::{Attestation, IdentityState, Presence};
use crate::host_query::HostQuery;
use crate::id::{
    AppraisalId, BulkId, ClusterId, DatacenterId, ExceptionId, HostId, ImportId, JobId, TokenId,
    ViewId,
};
use crate::maker::{ImportCounts, MakerTrust};
use crate::reason::ReasonCode;
use crate::rights::RoleIn;
use crate::role::Role;
use crate::time::Timestamp;
use crate::view::HostAction;

/// The position of an event in the chain, from 1 without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventSeq(pub u64);

/// One committed event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its position.
    pub seq: EventSeq,
    /// When it was committed.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// The datacenter whose page it changes, if any.
    pub datacenter: Option<DatacenterId>,
    /// The host that it is about, if any.
    pub host: Option<HostId>,
    /// What happened.
    pub kind: EventKind,
    /// SHA-256 over the previous event's hash and this event's canonical JSON.
    pub hash: Sha256,
}

/// Who caused an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "by", content = "name")]
pub enum Actor {
    /// The server itself: scheduler, verifier.
    Server,
    /// The host's agent.
    Host,
    /// An operator, by name.
    Operator(String),
    /// A program with an API key of an operator.
    Key {
        /// The operator.
        operator: String,
        /// The key's name.
        key: String,
    },
    /// Somebody with a shell on the server, through the command line.
    Console(String),
}

impl Actor {
    /// An operator, or a program with a key of theirs.
    pub fn of_operator(name: &str, key: Option<&str>) -> Self {
        let operator = name.to_owned();
        match key {
            Some(key) => Self::Key { operator, key: key.to_owned() },
            None => Self::Operator(operator),
        }
    }
}

/// What happened. One variant for each thing that a command can change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "event")]
#[expect(missing_docs, reason = "each variant says what its fields are about")]
pub enum EventKind {
    /// A datacenter was made.
    DatacenterCreated { id: DatacenterId, name: String },
    /// A cluster was made.
    ClusterCreated { id: ClusterId, name: String },
    /// A datacenter got another name.
    DatacenterRenamed { id: DatacenterId, from: String, to: String },
    /// An empty datacenter was deleted.
    DatacenterDeleted { id: DatacenterId, name: String },
    /// A cluster got another name.
    ClusterRenamed { id: ClusterId, from: String, to: String },
    /// A cluster was moved to another datacenter, with that many hosts.
    ClusterMoved {
        id: ClusterId,
        name: String,
        from: DatacenterId,
        from_name: String,
        to: DatacenterId,
        to_name: String,
        hosts: u32,
    },
    /// An empty cluster was deleted, with its policy and tokens.
    ClusterDeleted { id: ClusterId, name: String },
    /// An enrolment token was made.
    TokenCreated { id: TokenId, cluster: ClusterId },
    /// An enrolment token was revoked.
    TokenRevoked { id: TokenId },
    /// An operator was made.
    OperatorCreated {
        name: String,
        role: Option<Role>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        datacenters: Vec<RoleIn>,
    },
    /// An operator got other roles or another password.
    OperatorChanged {
        name: String,
        role: Option<Role>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        datacenters: Vec<RoleIn>,
    },
    /// A code was made with which the first administrator may be made.
    SetupCodeCreated,
    /// A link was made that signs an operator in, once.
    SignInLinkMade { name: String, expires_at: Timestamp },
    /// An operator changed their own password.
    PasswordChanged { name: String },
    /// An operator's password was taken away, and their sessions ended.
    PasswordReset { name: String },
    /// An operator is let in no longer; their sessions ended.
    OperatorDisabled { name: String, reason: String },
    /// An operator is let in again.
    OperatorEnabled { name: String },
    /// Sessions of an operator were ended by somebody.
    SessionsEnded { name: String, count: u32 },
    /// An operator made an API key. Without datacenters it is for all of theirs.
    KeyCreated {
        name: String,
        key: String,
        role: Role,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        datacenters: Option<Vec<String>>,
        expires_at: Timestamp,
    },
    /// An API key was revoked.
    KeyRevoked { name: String, key: String },
    /// What is set for the whole server changed.
    SettingsChanged { two_person_approvals: bool, two_person_resets: bool },
    /// Somebody signed in.
    SignedIn { name: String },
    /// Somebody signed out.
    SignedOut { name: String },
    /// A sign-in was refused.
    SignInRefused { name: String },
    /// A host enrolled.
    HostEnrolled { name: String, tpm: bool },
    /// A host was moved to another cluster: it is judged by that one's standards from now on.
    HostMoved { name: String, from: ClusterId, from_name: String, to: ClusterId, to_name: String },
    /// A host was taken out of the inventory. Its history stays.
    HostRemoved { name: String, reason: String },
    /// The identity on record changed; the reason is the operator's who accepted it.
    IdentityChanged {
        from: IdentityState,
        to: IdentityState,
        ek: Option<Sha256>,
        reason: Option<String>,
    },
    /// The agent came, went, or an operator disconnected it.
    PresenceChanged { from: Presence, to: Presence, reason: Option<String> },
    /// An appraisal concluded something else than the one before.
    Appraised {
        appraisal: AppraisalId,
        job: Option<JobId>,
        from: Option<Attestation>,
        to: Attestation,
        secure_boot: SecureBoot,
        reasons: Vec<ReasonCode>,
    },
    /// A verification could not be finished (no answer, agent's error). The verdict stands.
    VerificationFailed { job: Option<JobId>, problem: String },
    /// The alarm was raised.
    AlarmRaised { occurrence: u32, reasons: Vec<ReasonCode> },
    /// The alarm's condition no longer holds; the alarm stays red.
    AlarmConditionCleared { occurrence: u32 },
    /// The alarm's condition holds again, or nothing is known about it.
    AlarmConditionChanged { occurrence: u32 },
    /// Somebody is on it.
    AlarmAcknowledged { occurrence: u32, comment: String, until: Option<Timestamp> },
    /// An operator reset the alarm to green.
    AlarmReset {
        occurrence: u32,
        reason: String,
        condition_held: bool,
        reasons: Vec<ReasonCode>,
        /// Who asked for it, where another person confirmed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked_by: Option<String>,
    },
    /// Somebody asked for a reset that takes a second person.
    ResetAsked { occurrence: u32, reason: String },
    /// The reset that somebody asked for was declined, or taken back.
    ResetDeclined { occurrence: u32, asked_by: String, reason: String },
    /// The state that a reset was asked of is no more.
    ResetLapsed { occurrence: u32, asked_by: String },
    /// Maintenance mode began.
    MaintenanceEntered { reason: String },
    /// Maintenance mode ended.
    MaintenanceLeft,
    /// A job was started by an operator.
    JobStarted { job: JobId },
    /// An action on many hosts was started. The events of the single hosts follow.
    BulkStarted { bulk: BulkId, action: HostAction, hosts: u32, query: Option<HostQuery> },
    /// An action on many hosts ended, or was stopped.
    BulkEnded { bulk: BulkId, changed: u32, unchanged: u32, failed: u32, cancelled: bool },
    /// Whether alarms of a datacenter reset themselves when a host passes.
    AutomaticResetChanged { name: String, on: bool },
    /// A draft was made from what a host booted. `values` is SHA-256 of the reference values.
    ConfigurationCaptured { configuration: ConfigurationRef, host: String, values: Sha256 },
    /// A draft was made from an event log.
    ConfigurationImported { configuration: ConfigurationRef, file: String, values: Sha256 },
    /// A draft was edited.
    ConfigurationEdited { configuration: ConfigurationRef, values: Sha256 },
    /// Somebody approved a configuration; `complete` if no other approval is needed.
    ConfigurationApproved { configuration: ConfigurationRef, values: Sha256, complete: bool },
    /// A newer version took its place.
    ConfigurationSuperseded { configuration: ConfigurationRef, version: u32 },
    /// A configuration was taken out of use, or a draft thrown away.
    ConfigurationRetired { configuration: ConfigurationRef, reason: String },
    /// What the host booted was made the next version of a configuration.
    ChangeAccepted { configuration: ConfigurationRef, reason: String },
    /// A cluster's policy was changed: `from` and `to` are its versions.
    PolicyChanged { cluster: ClusterId, name: String, from: u32, to: u32, changes: Vec<String> },
    /// An exception was granted for the host.
    ExceptionGranted {
        exception: ExceptionId,
        code: ReasonCode,
        reason: String,
        expires_at: Timestamp,
    },
    /// An exception ended: an operator's reason, or nothing if its time came.
    ExceptionEnded { exception: ExceptionId, code: ReasonCode, reason: Option<String> },
    /// Certificates of TPM makers were imported; the fingerprints are those trusted at once.
    MakersImported { import: ImportId, file: String, trusted: Vec<Sha256>, counts: ImportCounts },
    /// A TPM maker's certificate counts for something else now.
    MakerTrustChanged {
        fingerprint: Sha256,
        subject: String,
        from: MakerTrust,
        to: MakerTrust,
        note: Option<String>,
    },
    /// A TPM maker's certificate or revocation list was removed.
    MakerRemoved { fingerprint: Sha256, subject: String, reason: String },
    /// A saved view of the table of hosts may be used by everybody: what it shows, as an address.
    ViewShared { view: ViewId, name: String, filter: String },
    /// It may not any more, or is gone.
    ViewUnshared { view: ViewId, name: String },
    /// The chain of events was verified and is whole; `head` is the hash of its last event.
    ChainVerified { events: u64, head: Sha256 },
    /// The chain of events was verified and is not whole: the first event that is not what was
    /// committed.
    ChainBroken { first: EventSeq, problem: String },
    /// The database was backed up, and the backup was checked.
    BackupMade {
        /// Bytes of the backup.
        bytes: u64,
        /// Events in it.
        events: u64,
    },
    /// The database was put back as a backup has it. What happened after the backup is not in the
    /// chain.
    BackupRestored {
        /// The backup's file.
        file: String,
        /// Events in it.
        events: u64,
    },
    /// Evidence and conclusions were taken away because they are not kept any longer.
    PastForgotten {
        evidence: u64,
        evidence_before: Timestamp,
        conclusions: u64,
        conclusions_before: Timestamp,
    },
}

impl EventKind {
    /// Every code: what the audit trail can be asked for.
    pub const CODES: &'static [&'static str] = &[
        "datacenter-created",
        "cluster-created",
        "datacenter-renamed",
        "datacenter-deleted",
        "cluster-renamed",
        "cluster-moved",
        "cluster-deleted",
        "token-created",
        "token-revoked",
        "operator-created",
        "operator-changed",
        "setup-code-created",
        "signed-in",
        "signed-out",
        "sign-in-refused",
        "host-enrolled",
        "host-moved",
        "host-removed",
        "identity-changed",
        "presence-changed",
        "appraised",
        "verification-failed",
        "alarm-raised",
        "alarm-condition-cleared",
        "alarm-condition-changed",
        "alarm-acknowledged",
        "alarm-reset",
        "maintenance-entered",
        "maintenance-left",
        "job-started",
        "configuration-captured",
        "configuration-imported",
        "configuration-edited",
        "configuration-approved",
        "configuration-superseded",
        "configuration-retired",
        "change-accepted",
        "policy-changed",
        "exception-granted",
        "exception-ended",
        "makers-imported",
        "maker-trust-changed",
        "maker-removed",
        "chain-verified",
        "chain-broken",
        "backup-made",
        "backup-restored",
        "sign-in-link-made",
        "password-changed",
        "password-reset",
        "operator-disabled",
        "operator-enabled",
        "sessions-ended",
        "key-created",
        "key-revoked",
        "settings-changed",
        "reset-asked",
        "reset-declined",
        "reset-lapsed",
        "bulk-started",
        "bulk-ended",
        "automatic-reset-changed",
        "view-shared",
        "view-unshared",
        "past-forgotten",
    ];

    /// The stable code: `alarm-reset`. The same as the serialised tag.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DatacenterCreated { .. } => "datacenter-created",
            Self::ClusterCreated { .. } => "cluster-created",
            Self::DatacenterRenamed { .. } => "datacenter-renamed",
            Self::DatacenterDeleted { .. } => "datacenter-deleted",
            Self::ClusterRenamed { .. } => "cluster-renamed",
            Self::ClusterMoved { .. } => "cluster-moved",
            Self::ClusterDeleted { .. } => "cluster-deleted",
            Self::TokenCreated { .. } => "token-created",
            Self::TokenRevoked { .. } => "token-revoked",
            Self::OperatorCreated { .. } => "operator-created",
            Self::OperatorChanged { .. } => "operator-changed",
            Self::SetupCodeCreated => "setup-code-created",
            Self::SignInLinkMade { .. } => "sign-in-link-made",
            Self::PasswordChanged { .. } => "password-changed",
            Self::PasswordReset { .. } => "password-reset",
            Self::OperatorDisabled { .. } => "operator-disabled",
            Self::OperatorEnabled { .. } => "operator-enabled",
            Self::SessionsEnded { .. } => "sessions-ended",
            Self::KeyCreated { .. } => "key-created",
            Self::KeyRevoked { .. } => "key-revoked",
            Self::SettingsChanged { .. } => "settings-changed",
            Self::SignedIn { .. } => "signed-in",
            Self::SignedOut { .. } => "signed-out",
            Self::SignInRefused { .. } => "sign-in-refused",
            Self::HostEnrolled { .. } => "host-enrolled",
            Self::HostMoved { .. } => "host-moved",
            Self::HostRemoved { .. } => "host-removed",
            Self::IdentityChanged { .. } => "identity-changed",
            Self::PresenceChanged { .. } => "presence-changed",
            Self::Appraised { .. } => "appraised",
            Self::VerificationFailed { .. } => "verification-failed",
            Self::AlarmRaised { .. } => "alarm-raised",
            Self::AlarmConditionCleared { .. } => "alarm-condition-cleared",
            Self::AlarmConditionChanged { .. } => "alarm-condition-changed",
            Self::AlarmAcknowledged { .. } => "alarm-acknowledged",
            Self::AlarmReset { .. } => "alarm-reset",
            Self::ResetAsked { .. } => "reset-asked",
            Self::ResetDeclined { .. } => "reset-declined",
            Self::ResetLapsed { .. } => "reset-lapsed",
            Self::MaintenanceEntered { .. } => "maintenance-entered",
            Self::MaintenanceLeft => "maintenance-left",
            Self::JobStarted { .. } => "job-started",
            Self::BulkStarted { .. } => "bulk-started",
            Self::BulkEnded { .. } => "bulk-ended",
            Self::AutomaticResetChanged { .. } => "automatic-reset-changed",
            Self::ConfigurationCaptured { .. } => "configuration-captured",
            Self::ConfigurationImported { .. } => "configuration-imported",
            Self::ConfigurationEdited { .. } => "configuration-edited",
            Self::ConfigurationApproved { .. } => "configuration-approved",
            Self::ConfigurationSuperseded { .. } => "configuration-superseded",
            Self::ConfigurationRetired { .. } => "configuration-retired",
            Self::ChangeAccepted { .. } => "change-accepted",
            Self::PolicyChanged { .. } => "policy-changed",
            Self::ExceptionGranted { .. } => "exception-granted",
            Self::ExceptionEnded { .. } => "exception-ended",
            Self::MakersImported { .. } => "makers-imported",
            Self::MakerTrustChanged { .. } => "maker-trust-changed",
            Self::MakerRemoved { .. } => "maker-removed",
            Self::ViewShared { .. } => "view-shared",
            Self::ViewUnshared { .. } => "view-unshared",
            Self::ChainVerified { .. } => "chain-verified",
            Self::ChainBroken { .. } => "chain-broken",
            Self::BackupMade { .. } => "backup-made",
            Self::BackupRestored { .. } => "backup-restored",
            Self::PastForgotten { .. } => "past-forgotten",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_the_events() {
        for code in EventKind::CODES {
            assert_eq!(EventKind::CODES.iter().filter(|other| *other == code).count(), 1, "{code}");
        }
        for kind in [
            EventKind::MaintenanceLeft,
            EventKind::SetupCodeCreated,
            EventKind::SignedIn { name: String::new() },
            EventKind::ChainBroken { first: EventSeq(1), problem: String::new() },
        ] {
            assert!(EventKind::CODES.contains(&kind.code()));
            let tagged = serde_json::to_value(&kind).unwrap();
            assert_eq!(tagged["event"], kind.code());
        }
    }
}
