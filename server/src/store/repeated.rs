//! What a steady host's newest answer has of its own. Everything else of it stands in the evidence
//! of the last appraisal in full, which it repeats.

use serde::{Deserialize, Serialize};
use trustboard_attest::Repetition;
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Nonce;
use trustboard_model::id::{AppraisalId, ChallengeId, HostId};
use trustboard_model::protocol::EvidenceMessage;
use trustboard_model::time::Timestamp;

use super::evidence::EvidenceContext;
use crate::session::wire;

/// One host's answer, about to be recorded on condition that its record is what it rests on.
#[derive(Debug)]
pub(crate) struct RepeatedRow {
    pub host: HostId,
    /// The run that it extends.
    pub appraisal: AppraisalId,
    pub revision: u64,
    /// Verified before this for the last time, the host has a gap in its past.
    pub fresh_since: Timestamp,
    pub at: Timestamp,
    pub answer: RepeatedAnswer,
}

/// The part of an answer that no other answer has, as CBOR in a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RepeatedAnswer {
    pub challenge: ChallengeId,
    pub nonce: Nonce,
    pub expires_at: Timestamp,
    pub attest: Bytes,
    pub signature: Bytes,
    pub repetition: Repetition,
}

impl RepeatedAnswer {
    /// Makes the evidence that it repeats its own: `message` is that without its logs.
    pub(crate) fn onto(
        &self,
        message: &mut EvidenceMessage,
        context: &mut EvidenceContext,
    ) -> Result<(), &'static str> {
        let quoted = message.quoted.as_mut().ok_or("quoted")?;
        quoted.attest.clone_from(&self.attest);
        quoted.signature.clone_from(&self.signature);
        message.challenge = self.challenge;
        context.challenge.nonce = self.nonce;
        context.challenge.expires_at = self.expires_at;
        Ok(())
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        wire::encode(self)
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, String> {
        wire::decode(bytes)
    }
}
