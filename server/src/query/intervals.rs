//! How often the hosts of each cluster are verified.

use std::collections::HashMap;

use trustboard_model::id::ClusterId;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Seconds between two verifications of a host, by cluster.
pub async fn intervals(ctx: &Ctx) -> Result<HashMap<ClusterId, u32>, StoreError> {
    let paces = ctx.read().await?.paces().await?;
    Ok(paces.into_iter().map(|(cluster, pace)| (cluster, pace.interval_s)).collect())
}
