//! How the server itself is.

use serde::{Deserialize, Serialize};

use super::Late;
use crate::time::Timestamp;

/// Everything that the server knows of its own health. What cannot be known is nothing, never zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// The server's version.
    pub version: String,
    /// Since when this process serves.
    pub started_at: Timestamp,
    /// The database.
    pub database: DatabaseHealth,
    /// Verification jobs.
    pub jobs: JobsHealth,
    /// Agents that are connected to this server.
    pub sessions: u32,
    /// Agents that were connected to a server which ended, and have not come back yet; nothing if
    /// there are none.
    #[serde(default)]
    pub returning: Option<Returning>,
    /// Live streams of browsers.
    pub streams: u32,
    /// How many there may be.
    pub most_streams: u32,
    /// Verifications that ended with an appraisal.
    pub rate: VerificationRate,
    /// Servers that share the work.
    pub replicas: u32,
    /// The certificates that the server shows.
    pub certificates: Vec<CertificateHealth>,
    /// Bytes that are free where the database is; nothing if the system does not say.
    pub disk: Option<DiskHealth>,
    /// How far verifications are behind their intervals.
    #[serde(default)]
    pub schedule: ScheduleHealth,
    /// Since when the server cannot write, if it cannot.
    #[serde(default)]
    pub read_only_since: Option<Timestamp>,
    /// What is kept, kind by kind.
    #[serde(default)]
    pub kept: Vec<KeptHealth>,
    /// When that was counted; nothing if it was not.
    #[serde(default)]
    pub kept_at: Option<Timestamp>,
    /// The latest errors in the log since the server started, newest first.
    pub errors: Vec<LoggedError>,
    /// When this was read.
    pub now: Timestamp,
}

/// Agents that were connected to a server which ended, and have not come back yet. Until they do,
/// or until their time is over, their hosts count as connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returning {
    /// How many.
    pub hosts: u32,
    /// When those that are still missing are recorded as not responding.
    pub until: Timestamp,
}

/// How far verifications are behind their intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ScheduleHealth {
    /// By how much at this moment, on this server, in milliseconds.
    pub behind_ms: u64,
    /// Whether that has lasted, on this server or another one.
    pub late: Option<Late>,
}

/// The database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseHealth {
    /// Bytes of the database.
    pub bytes: u64,
    /// Bytes of its write-ahead log; nothing if it has none.
    pub log_bytes: Option<u64>,
    /// When it was last backed up, as far as the server was told.
    pub backed_up_at: Option<Timestamp>,
}

/// A kind of data that the server keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeptKind {
    /// What hosts sent.
    Evidence,
    /// Runs of appraisals that concluded the same.
    Conclusions,
    /// Verification jobs with their steps.
    Jobs,
    /// Actions on many hosts.
    BulkJobs,
    /// Operators' sessions.
    Sessions,
    /// Hosts that were removed.
    RemovedHosts,
    /// Reports of imported makers' certificates.
    Imports,
    /// Events of the audit.
    Events,
}

impl KeptKind {
    /// Every kind, as it is listed.
    pub const ALL: [Self; 8] = [
        Self::Evidence,
        Self::Conclusions,
        Self::Jobs,
        Self::BulkJobs,
        Self::Sessions,
        Self::RemovedHosts,
        Self::Imports,
        Self::Events,
    ];
}

/// How much there is of a kind, and what became of the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptHealth {
    /// The kind.
    pub kind: KeptKind,
    /// For how many days it is kept; nothing: for ever.
    pub days: Option<u32>,
    /// How many there are.
    pub rows: u64,
    /// When the oldest of them is from.
    pub oldest: Option<Timestamp>,
    /// When it was last tidied, since this server started.
    pub tidied_at: Option<Timestamp>,
    /// How many that took away.
    pub removed: u64,
}

/// Verification jobs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobsHealth {
    /// Those that wait.
    pub queued: u32,
    /// Those that run.
    pub running: u32,
    /// Since when the oldest one waits.
    pub oldest: Option<Timestamp>,
    /// Hosts whose stored evidence waits to be judged again.
    pub judge_again: u32,
}

/// Verifications in the last hour, or since the server started if that is less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificationRate {
    /// How many.
    pub count: u64,
    /// In how many seconds.
    pub seconds: u32,
}

/// A certificate that the server shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateHealth {
    /// To whom.
    pub shown_to: ShownTo,
    /// Until when it is valid; nothing if that cannot be read.
    pub expires_at: Option<Timestamp>,
}

/// Who sees a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShownTo {
    /// Browsers.
    Browsers,
    /// Agents, who trust it by its fingerprint: its expiry does not concern them.
    Agents,
}

/// The file system that the database is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskHealth {
    /// Bytes that the server may still write.
    pub free: u64,
    /// All bytes.
    pub total: u64,
}

/// An error as the log has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedError {
    /// When.
    pub at: Timestamp,
    /// The part of the server.
    pub part: String,
    /// What it says, shortened.
    pub message: String,
}
