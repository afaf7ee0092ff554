//! The connected hosts whose interval has passed, the longest waiting first.

use trustboard_model::id::HostId;
use trustboard_model::time::Timestamp;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// The connected hosts whose interval has passed, the longest waiting first.
pub async fn due_hosts(ctx: &Ctx, now: Timestamp) -> Result<Vec<HostId>, StoreError> {
    todo!()
}
