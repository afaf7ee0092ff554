//! Evidence as it is kept: with everything of its moment that appraising it again takes.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use trustboard_attest::{
    BundledEvidence, Challenge, History, Input, Proof, RecordedIdentity, SessionIdentity, Standards,
};
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;
use trustboard_model::exception::Exception;
use trustboard_model::id::HostId;
use trustboard_model::protocol::TpmIdentity;
use trustboard_model::time::Timestamp;

/// What stands beside the message, as CBOR in a column of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EvidenceContext {
    pub challenge: Challenge,
    pub sent: KeptSent,
    pub presented: KeptKeys,
    pub proof: Proof,
    /// The identity on record that it was appraised with.
    pub identity: Option<KeptIdentity>,
    pub history: History,
}

/// What the host sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum KeptSent {
    /// The message in the column beside this one.
    Message {
        log: KeptLog,
        systemd_log: KeptLog,
    },
    Unreadable {
        problem: String,
    },
    Refused {
        problem: String,
    },
}

/// A log of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum KeptLog {
    /// Under this digest among the event logs.
    Kept(Sha256),
    Absent,
    /// The agent relied on one that was no longer there.
    NotKept(Sha256),
}

impl KeptLog {
    /// The digest of a log that is kept.
    pub(crate) fn digest(self) -> Option<Sha256> {
        match self {
            Self::Kept(digest) => Some(digest),
            Self::Absent | Self::NotKept(_) => None,
        }
    }
}

/// The keys that the TPM presented in its session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum KeptKeys {
    None,
    /// Those on record: not kept twice.
    OnRecord,
    Other(Box<TpmIdentity>),
}

/// Which identity was on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptIdentity {
    pub keys: Sha256,
    /// As it was known before this evidence.
    pub qualified_signer: Option<Bytes>,
}

/// Evidence read back, ready to be appraised again.
#[derive(Debug, Clone)]
pub(crate) struct StoredEvidence {
    pub received_at: Timestamp,
    /// When it was last appraised.
    pub appraised_at: Timestamp,
    pub challenge: Challenge,
    pub evidence: BundledEvidence,
    pub session: SessionIdentity,
    /// The identity on record: with approval and duplicates of now, the signer of then.
    pub identity: Option<RecordedIdentity>,
    pub history: History,
}

impl StoredEvidence {
    /// As an appraisal takes it.
    pub(crate) fn input<'a>(
        &'a self,
        host: HostId,
        standards: &'a Arc<Standards>,
        exceptions: &'a [Exception],
        now: Timestamp,
    ) -> Input<'a> {
        Input {
            host,
            challenge: &self.challenge,
            evidence: self.evidence.as_evidence(),
            identity: self.identity.as_ref(),
            session: &self.session,
            standards,
            exceptions,
            history: &self.history,
            received_at: self.received_at,
            now,
        }
    }
}
