//! Event logs by their digests.

use std::collections::HashMap;
use std::sync::Arc;

use trustboard_model::digest::Sha256;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// An event log by its digest; nothing if it is not kept any more.
pub async fn event_log(ctx: &Ctx, digest: Sha256) -> Result<Option<Vec<u8>>, StoreError> {
    ctx.read().await?.event_log(digest).await
}

/// Event logs by their digests, for what hosts wait for; those that are not kept any more are left
/// out.
pub async fn event_logs(
    ctx: &Ctx,
    digests: &[Sha256],
) -> Result<HashMap<Sha256, Arc<Vec<u8>>>, StoreError> {
    ctx.read_behind().await?.event_logs(digests).await
}
