//! Events as committed, the oldest first.

use trustboard_model::event::{Event, EventSeq};

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Events from `from` on as committed, the oldest first; at most `limit`.
pub async fn audit(ctx: &Ctx, from: EventSeq, limit: u32) -> Result<Vec<Event>, StoreError> {
    ctx.read().await?.events(from, limit).await
}
