//! Compares the counts that are kept with the hosts that they count.

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Compares the counts of every cluster with its hosts, and counts anew if they are not the same, which
/// they always should be. Gives how many clusters were wrong. No event: counts are no state of their own.
pub async fn recount(ctx: &Ctx) -> Result<u64, StoreError> {
    if ctx.read().await?.miscounted().await? == 0 {
        return Ok(0);
    }
    // What was read before the turn may have been on its way.
    let mut write = ctx.write().await?;
    let wrong = write.miscounted().await?;
    if wrong > 0 {
        write.recount().await?;
        write.commit().await?;
    }
    Ok(wrong)
}
