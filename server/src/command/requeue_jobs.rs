//! Puts jobs that were running when the server ended back into the queue.

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Puts jobs that were running when the server ended back into the queue, so that what an
/// operator started is finished. Gives how many. Their logs stay as they are and are continued.
pub async fn requeue_jobs(ctx: &Ctx) -> Result<u64, StoreError> {
    let mut write = ctx.write().await?;
    let requeued = write.requeue_jobs().await?;
    if requeued > 0 {
        write.commit().await?;
    }
    Ok(requeued)
}
