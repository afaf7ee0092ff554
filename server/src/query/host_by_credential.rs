//! The host that holds a session credential.

use trustboard_model::id::HostId;

use crate::ctx::Ctx;
use crate::store::StoreError;
use crate::store::secret::SecretHash;

/// The host that holds a session credential. The look-up is by the credential's hash, so its
/// timing says nothing about credentials on record.
pub async fn host_by_credential(
    ctx: &Ctx,
    credential: &[u8],
) -> Result<Option<HostId>, StoreError> {
    ctx.read_behind().await?.host_by_credential(SecretHash::of(credential)).await
}
