//! The jobs that wait for their turn, the oldest first.

use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::Trigger;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// The jobs that wait for their turn, the oldest first.
pub async fn queued_jobs(ctx: &Ctx) -> Result<Vec<(JobId, HostId, Trigger)>, StoreError> {
    ctx.read().await?.queued_jobs().await
}
