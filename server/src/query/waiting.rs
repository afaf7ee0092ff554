//! Hosts whose stored evidence waits to be judged again.

use crate::ctx::Ctx;
use crate::store::{StoreError, Wanted};

/// Hosts whose stored evidence waits to be judged again, at most `limit`.
pub(crate) async fn waiting(ctx: &Ctx, limit: u32) -> Result<Vec<Wanted>, StoreError> {
    ctx.read().await?.wanted(limit).await
}
