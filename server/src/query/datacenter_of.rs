//! The datacenter that a cluster lies in.

use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::refusal::Refusal;

use crate::ctx::{Ctx, Halt};

/// The datacenter that a cluster lies in.
pub async fn datacenter_of(ctx: &Ctx, cluster: ClusterId) -> Result<DatacenterId, Refusal> {
    ctx.answer(find(ctx, cluster).await)
}

async fn find(ctx: &Ctx, cluster: ClusterId) -> Result<DatacenterId, Halt> {
    let datacenter = ctx.read().await?.datacenter_of(cluster).await?;
    Ok(datacenter.ok_or_else(|| Refusal::not_found("cluster"))?)
}
