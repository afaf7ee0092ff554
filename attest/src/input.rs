//! What an appraisal is made from.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use trustboard_model::appraisal::ClockInfo;
use trustboard_model::checkpoint::OsLogsSeen;
use trustboard_model::digest::{Nonce, Sha256};
use trustboard_model::exception::Exception;
use trustboard_model::id::HostId;
use trustboard_model::protocol::{EvidenceMessage, TpmIdentity};
use trustboard_model::time::Timestamp;

use crate::Standards;

/// Everything that one appraisal depends on.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The host whose session the evidence came in on.
    pub host: HostId,
    /// The challenge, from the server's own record. The server has already used it up.
    pub challenge: &'a Challenge,
    /// What the host sent.
    pub evidence: Evidence<'a>,
    /// The identity on record, if there is one.
    pub identity: Option<&'a RecordedIdentity>,
    /// Who the TPM says it is in this session, and what it proved.
    pub session: &'a SessionIdentity,
    /// What the hosts of its cluster are judged by.
    pub standards: &'a Arc<Standards>,
    /// The exceptions that were granted for this host.
    pub exceptions: &'a [Exception],
    /// What earlier evidence of this identity said.
    pub history: &'a History,
    /// When the answer to the challenge arrived.
    pub received_at: Timestamp,
    /// Now: the same as `received_at`, unless stored evidence is appraised again.
    pub now: Timestamp,
}

/// A challenge as the server recorded it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// The host that it was made for.
    pub host: HostId,
    /// Its nonce.
    pub nonce: Nonce,
    /// After this moment an answer is too late.
    pub expires_at: Timestamp,
}

/// What a host sent in answer to a challenge.
#[derive(Debug, Clone, Copy)]
pub enum Evidence<'a> {
    /// A message that was read.
    Sent {
        /// The message.
        message: &'a EvidenceMessage,
        /// The event log it speaks of.
        log: Log<'a>,
        /// systemd's measurement log, if it speaks of one.
        systemd_log: Log<'a>,
    },
    /// A message that could not be read: the row must say so.
    Unreadable {
        /// What is wrong with it.
        problem: &'a str,
    },
    /// The agent answered that it cannot.
    Refused {
        /// The agent's words.
        problem: &'a str,
    },
}

/// A log that need not be sent again once it was.
#[derive(Debug, Clone, Copy)]
pub enum Log<'a> {
    /// The bytes, as sent now or as stored when they were sent before.
    Bytes(&'a [u8]),
    /// The agent says that there is none.
    Absent,
    /// The agent relied on a log that the server no longer has.
    NotKept(Sha256),
}

/// An identity on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedIdentity {
    /// The keys as they were when the identity was taken.
    pub tpm: TpmIdentity,
    /// Whether an operator approved the EK by its hash.
    pub approved_by_operator: bool,
    /// The name of another host with the same EK or AK, if there is one.
    pub duplicate_of: Option<String>,
    /// The qualified signer of the first verified quote, if there was one.
    pub qualified_signer: Option<Vec<u8>>,
}

/// Who the TPM is in this session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionIdentity {
    /// The keys that it presented; nothing without a TPM 2.0.
    pub presented: Option<TpmIdentity>,
    /// What it proved.
    pub proof: Proof,
}

/// Whether the TPM unwrapped a credential for its EK and AK in this session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// It did.
    Proven,
    /// It was not asked: no identity on record, or another one.
    NotAsked,
    /// It answered with a wrong secret, or not at all.
    Failed {
        /// What happened.
        problem: String,
    },
}

/// What earlier verified quotes of this identity said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct History {
    /// Counters of the latest verified quote.
    pub clock: Option<ClockInfo>,
    /// When Secure Boot was last proven on.
    pub secure_boot_on_at: Option<Timestamp>,
    /// When the host last passed.
    pub passed_at: Option<Timestamp>,
    /// How far the operating system's own logs were read.
    pub os_logs: OsLogsSeen,
}
