//! The jobs that wait for their turn, the oldest first.

use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::Trigger;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// The jobs that wait for their turn at this server, the oldest first, at most `limit`: those that
/// operators started, or the others; if it `leads`, those too of hosts that no server has a session
/// of.
pub async fn queued_jobs(
    ctx: &Ctx,
    by_operators: bool,
    leads: bool,
    limit: u32,
) -> Result<Vec<(JobId, HostId, Trigger)>, StoreError> {
    ctx.read().await?.queued_jobs(by_operators, leads, limit).await
}
