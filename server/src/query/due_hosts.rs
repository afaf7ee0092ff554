//! The connected hosts whose interval has passed, the longest waiting first.

use trustboard_model::id::HostId;
use trustboard_model::time::Timestamp;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Hosts given at a time: what the scheduler can start before it asks again.
const LIMIT: u32 = 10_000;

/// The connected hosts whose interval has passed since their last appraisal, the longest waiting
/// first; at most 10,000.
///
/// A host whose verification could not be finished stays due: how soon it is tried again is the
/// scheduler's to say.
pub async fn due_hosts(ctx: &Ctx, now: Timestamp) -> Result<Vec<HostId>, StoreError> {
    ctx.read().await?.due_hosts(now, LIMIT).await
}
