//! The hosts that hold session credentials.

use std::collections::HashMap;

use trustboard_model::digest::Sha256;
use trustboard_model::id::HostId;

use crate::ctx::Ctx;
use crate::store::StoreError;
use crate::store::secret::sha256;

/// The host that holds a session credential. The look-up is by the credential's hash, so its
/// timing says nothing about credentials on record.
pub async fn host_by_credential(
    ctx: &Ctx,
    credential: &[u8],
) -> Result<Option<HostId>, StoreError> {
    let hash = sha256(&[credential]);
    Ok(hosts_by_credentials(ctx, &[hash]).await?.remove(&hash))
}

/// The hosts that hold the credentials with these hashes; those that nobody holds are left out.
pub async fn hosts_by_credentials(
    ctx: &Ctx,
    hashes: &[Sha256],
) -> Result<HashMap<Sha256, HostId>, StoreError> {
    ctx.read_behind().await?.hosts_by_credentials(hashes).await
}
