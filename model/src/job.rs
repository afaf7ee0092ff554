//! Jobs: pieces of verification work, with every step on record.

use serde::{Deserialize, Serialize};

use crate::id::JobId;
use crate::time::Timestamp;

/// Why a verification was started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "trigger")]
pub enum Trigger {
    /// The interval came round.
    Scheduled,
    /// The agent connected after a boot.
    Boot,
    /// The agent connected again within the same boot.
    Reconnect,
    /// An operator asked.
    Operator {
        /// Their name.
        name: String,
        /// The name of their API key, if it was a program that asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<String>,
        /// Reset the alarm if the host passes, giving this reason.
        then_reset: Option<String>,
    },
    /// What the host is judged by changed: its stored evidence was appraised again.
    Reappraised {
        /// What changed.
        because: Because,
    },
}

/// What makes stored evidence be appraised again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// The policy of its cluster.
    Policy,
    /// The configurations that are approved for its cluster.
    Configurations,
    /// An exception was granted, revoked, or ended.
    Exceptions,
    /// The certificates of TPM makers.
    Makers,
    /// The official list of revocations.
    Revocations,
    /// An operator approved its endorsement key.
    Identity,
    /// It was moved to another cluster.
    Cluster,
}

impl Because {
    /// Every cause.
    pub const ALL: [Self; 7] = [
        Self::Policy,
        Self::Configurations,
        Self::Exceptions,
        Self::Makers,
        Self::Revocations,
        Self::Identity,
        Self::Cluster,
    ];
}

/// How far a job is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum JobState {
    /// Waits for its turn.
    Queued,
    /// Runs.
    Running,
    /// Ended with an appraisal.
    Done,
    /// Ended without one.
    Failed {
        /// Why, in words for an operator.
        problem: String,
    },
}

/// One step of a job: what vCenter hides in `vpxd.log`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// Which step.
    pub kind: StepKind,
    /// Sizes, durations, codes, words of the agent.
    pub detail: String,
}

/// The steps of a verification, in their usual order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// The job was queued.
    Queued,
    /// The host's session was found.
    SessionFound,
    /// There is no session.
    SessionMissing,
    /// The host was asked who it is.
    IdentityAsked,
    /// The identity was compared with the record.
    IdentityCompared,
    /// The TPM was challenged to activate a credential.
    CredentialSent,
    /// The TPM proved its identity.
    IdentityProven,
    /// The challenge was sent.
    ChallengeSent,
    /// The evidence arrived.
    EvidenceReceived,
    /// The agent answered that it cannot.
    AgentRefused,
    /// The evidence was appraised.
    Appraised,
    /// The result was committed.
    Recorded,
    /// The alarm was reset as asked.
    AlarmReset,
    /// The alarm was not reset, because the host did not pass.
    AlarmKept,
    /// Something went wrong.
    Problem,
}

/// A job with its log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Why it was started.
    pub trigger: Trigger,
    /// How far it is.
    pub state: JobState,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What happened, oldest first.
    pub steps: Vec<Step>,
}
