//! The hints of committed events, for a stream that broke off.

use trustboard_model::event::EventSeq;
use trustboard_model::id::DatacenterId;

use crate::ctx::Ctx;
use crate::live::LiveMessage;
use crate::store::StoreError;

/// The hints of committed events, for a stream that broke off.
pub async fn events_since(
    ctx: &Ctx,
    since: EventSeq,
    datacenter: Option<DatacenterId>,
    limit: u32,
) -> Result<Vec<LiveMessage>, StoreError> {
    todo!()
}
