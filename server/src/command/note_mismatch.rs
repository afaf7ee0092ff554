//! Records that another TPM answered than the one on record.

use trustboard_model::id::HostId;
use trustboard_model::protocol::TpmIdentity;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Records that another TPM answered than the one on record.
pub async fn note_mismatch(
    ctx: &Ctx,
    host: HostId,
    presented: &TpmIdentity,
) -> Result<(), StoreError> {
    todo!()
}
