//! An event log by its digest.

use trustboard_model::digest::Sha256;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// An event log by its digest; nothing if it is not kept any more.
pub async fn event_log(ctx: &Ctx, digest: Sha256) -> Result<Option<Vec<u8>>, StoreError> {
    ctx.read().await?.event_log(digest).await
}
