//! Records an appraisal: the only way in which an Attestation cell changes.

use trustboard_attest::Appraisal;
use trustboard_model::facts::HostFacts;
use trustboard_model::host::Attestation;
use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::{Step, Trigger};

use crate::ctx::Ctx;
use crate::store::StoreError;

/// A finished verification.
#[derive(Debug, Clone)]
pub struct Recording {
    /// The host.
    pub host: HostId,
    /// What the verifier concluded.
    pub appraisal: Appraisal,
    /// Why it was verified.
    pub trigger: Trigger,
    /// The job, if it has a row already.
    pub job: Option<JobId>,
    /// The steps that are not on record yet.
    pub steps: Vec<Step>,
    /// The facts that were signed with the evidence.
    pub facts: Option<HostFacts>,
    /// The event log, if it was sent.
    pub log: Option<Vec<u8>>,
    /// The evidence as sent (CBOR); the newest is kept for each host.
    pub evidence: Vec<u8>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// What the Attestation column reads now.
    pub attestation: Attestation,
    /// Whether it concluded something else than the one before.
    pub changed: bool,
    /// The host's revision now.
    pub revision: u64,
}

/// Records an appraisal: the only way in which an Attestation cell changes.
pub async fn record_appraisal(ctx: &Ctx, recording: Recording) -> Result<Recorded, StoreError> {
    todo!()
}
