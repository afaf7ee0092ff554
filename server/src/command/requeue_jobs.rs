//! Puts jobs that were running when the server ended back into the queue.

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Puts jobs that were running when the server ended back into the queue.
pub async fn requeue_jobs(ctx: &Ctx) -> Result<u64, StoreError> {
    todo!()
}
