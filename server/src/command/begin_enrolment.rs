//! Keeps the keys of a host that wants to enrol until its TPM has proven them.

use trustboard_attest::AdmittedKeys;
use trustboard_model::facts::HostFacts;
use trustboard_model::id::EnrolmentId;
use trustboard_model::refusal::Refusal;

use crate::ctx::Ctx;

/// Keeps the keys of a host that wants to enrol until its TPM has proven them.
pub async fn begin_enrolment(
    ctx: &Ctx,
    token: &[u8],
    facts: &HostFacts,
    keys: &AdmittedKeys,
    secret: &[u8; 32],
) -> Result<EnrolmentId, Refusal> {
    todo!()
}
