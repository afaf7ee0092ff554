//! Events as committed, the oldest first.

use trustboard_model::event::{Event, EventSeq};

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Events as committed, the oldest first.
pub async fn audit(ctx: &Ctx, from: EventSeq, limit: u32) -> Result<Vec<Event>, StoreError> {
    todo!()
}
