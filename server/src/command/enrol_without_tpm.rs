//! Enrols a host that has no TPM 2.0.

use trustboard_model::facts::HostFacts;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;

use crate::ctx::Ctx;

/// Enrols a host that has no TPM 2.0.
pub async fn enrol_without_tpm(
    ctx: &Ctx,
    token: &[u8],
    facts: &HostFacts,
) -> Result<(HostId, [u8; 32]), Refusal> {
    todo!()
}
