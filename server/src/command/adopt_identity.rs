//! Puts the keys that a TPM proved on record.

use trustboard_attest::AdmittedKeys;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;

use crate::ctx::Ctx;

/// Puts the keys that a TPM proved on record.
pub async fn adopt_identity(ctx: &Ctx, host: HostId, keys: &AdmittedKeys) -> Result<(), Refusal> {
    todo!()
}
