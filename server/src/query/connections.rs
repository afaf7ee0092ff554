//! Who counts as connected, and to which server.

use trustboard_model::id::HostId;

use crate::ctx::Ctx;
use crate::store::{GoneReplica, StoreError};

/// The servers that are gone and to which hosts still count as connected.
pub async fn gone_replicas(ctx: &Ctx) -> Result<Vec<GoneReplica>, StoreError> {
    ctx.read().await?.gone_replicas(ctx.clock.now()).await
}

/// The hosts that count as connected to this server.
pub async fn connected_here(ctx: &Ctx) -> Result<Vec<HostId>, StoreError> {
    ctx.read().await?.connected_here().await
}
