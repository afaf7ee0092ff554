//! What is left of a host that was removed.

use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::RemovedHost;

use crate::ctx::{Ctx, Halt};
use crate::store::StoreError;
use crate::store::secret::SecretHash;

/// What [`RemovedHost`] promises.
const SPANS: u32 = 50;
const EVENTS: u32 = 100;

/// A host that was removed, with its history.
pub async fn removed_host(ctx: &Ctx, host: HostId) -> Result<RemovedHost, Refusal> {
    ctx.answer(page(ctx, host).await)
}

async fn page(ctx: &Ctx, id: HostId) -> Result<RemovedHost, Halt> {
    let mut read = ctx.read().await?;
    let record = read.removed_host(id).await?.ok_or_else(|| Refusal::not_found("host"))?;
    Ok(RemovedHost {
        spans: read.spans(id, SPANS).await?,
        events: read.host_events(id, EVENTS).await?,
        host: record.host,
        cluster: record.cluster,
        datacenter: record.datacenter,
        removed_at: record.removed_at,
        removed_by: record.removed_by,
        reason: record.reason,
        ek: record.ek,
        now: ctx.clock.now(),
    })
}

/// The name of the removed host whose session credential this was, and when it was removed.
pub async fn removed_by_credential(
    ctx: &Ctx,
    credential: &[u8],
) -> Result<Option<(String, Timestamp)>, StoreError> {
    let record = ctx.read().await?.removed_by_credential(SecretHash::of(credential)).await?;
    Ok(record.map(|record| (record.host.name, record.removed_at)))
}

/// Whether there is no such host any more.
pub async fn host_is_gone(ctx: &Ctx, host: HostId) -> Result<bool, Refusal> {
    ctx.answer(gone(ctx, host).await)
}

async fn gone(ctx: &Ctx, host: HostId) -> Result<bool, Halt> {
    Ok(ctx.read().await?.removed_host(host).await?.is_some())
}
