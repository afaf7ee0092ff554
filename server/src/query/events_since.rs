//! The hints of committed events, for a stream that broke off.

use trustboard_model::event::EventSeq;
use trustboard_model::id::DatacenterId;
use trustboard_model::rights::Sees;
use trustboard_model::view::LiveHint;

use crate::ctx::Ctx;
use crate::live::LiveMessage;
use crate::store::StoreError;

/// The hints of committed events after `since`, for a stream that broke off: those of one
/// datacenter and of the tree, or of all that the operator sees. If there are more than `limit`, or `since` is not a
/// position in this chain, the one hint is to reload.
pub async fn events_since(
    ctx: &Ctx,
    since: EventSeq,
    datacenter: Option<DatacenterId>,
    sees: &Sees,
    limit: u32,
) -> Result<Vec<LiveMessage>, StoreError> {
    let mut read = ctx.read().await?;
    let head = read.chain_head().await?.seq;
    let messages = if since <= head {
        read.hints_since(since, datacenter, sees, limit.saturating_add(1)).await?
    } else {
        Vec::new()
    };
    let too_many = messages.iter().filter(|message| message.seq.is_some()).count();
    if since > head || too_many > usize::try_from(limit).unwrap_or(usize::MAX) {
        return Ok(vec![LiveMessage { seq: Some(head), hint: LiveHint::Reload }]);
    }
    Ok(messages)
}
