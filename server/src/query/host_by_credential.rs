//! The host that holds a session credential.

use trustboard_model::id::HostId;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// The host that holds a session credential.
pub async fn host_by_credential(
    ctx: &Ctx,
    credential: &[u8],
) -> Result<Option<HostId>, StoreError> {
    todo!()
}
